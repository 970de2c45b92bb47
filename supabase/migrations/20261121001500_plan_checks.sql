-- What is wrong with a plan: the same codes, ids and values as the console's own check (src/core/README.md).

create function private.plan_findings(p_plan uuid)
returns table (code text, severity text, grid_ids uuid[], cell_ids int[], building_ids int[], "values" jsonb,
  waived boolean, geometry jsonb, sort_1 text, sort_2 text)
language plpgsql stable set search_path = '' as $$
declare
  v_plan public.plans;
  v_limits jsonb;
  v_ids uuid[];
  v_cells int[];
  v_groups int[];
  v_in_pieces int[];
  v_communities int[];
begin
  select * into v_plan from public.plans p where p.id = p_plan;
  select public.grid_settings(l.org_unit_id) into v_limits from public.lands l where l.id = v_plan.land_id;
  select coalesce(array_agg(g.grid_id order by g.grid_id), '{}') into v_ids from public.plan_grids g where g.plan_id = p_plan;
  select array_agg(c.cell_id order by c.cell_id), array_agg(coalesce(i.place - 1, -1) order by c.cell_id) into v_cells, v_groups
  from public.plan_cells c left join unnest(v_ids) with ordinality as i(id, place) on i.id = c.grid_id
  where c.plan_id = p_plan;

  -- ── sums by grid ────────────────────────────────────────────────────────────────────────────────────────────────
  return query
  with member as materialized (
    select m.building_id, count(*) as members from public.members m where m.building_id is not null group by m.building_id
  ), building as materialized (
    select b.id, b.cell_id, b.compound_id, coalesce(h.households, 0) as households, coalesce(m.members, 0) as members
    from public.buildings b
    left join (
      select h.building_id, count(*) as households
      from public.households h join public.buildings o on o.id = h.building_id and o.land_id = v_plan.land_id
      group by h.building_id
    ) h on h.building_id = b.id
    left join member m on m.building_id = b.id
    where b.land_id = v_plan.land_id
  ), lived as materialized (
    select b.cell_id, sum(b.households) as households, sum(b.members) as members
    from building b where b.cell_id is not null group by b.cell_id
  ), cell as materialized (
    select c.cell_id, c.grid_id, k.community_id, coalesce(l.households, 0) as households, coalesce(l.members, 0) as members
    from public.plan_cells c
    join public.cells k on k.id = c.cell_id
    left join lived l on l.cell_id = c.cell_id
    where c.plan_id = p_plan
  ), grid as materialized (
    select g.grid_id, g.code, g.kind, g.community_id, count(c.cell_id) as cells, coalesce(sum(c.households), 0) as households,
      coalesce(sum(c.members), 0) as members, v_limits -> coalesce(u.kind::text, 'urban') as band,
      count(*) filter (where g.kind = 'basic') over (partition by g.community_id) as siblings,
      array_agg(c.cell_id order by c.cell_id) filter (where c.community_id <> g.community_id) as strangers
    from public.plan_grids g
    join public.org_units u on u.id = g.community_id
    left join cell c on c.grid_id = g.grid_id
    where g.plan_id = p_plan
    group by g.grid_id, g.code, g.kind, g.community_id, u.kind
  ), compound as (
    select k.id, k.community_id, sum(b.households) as households, array_agg(distinct c.cell_id) as cells,
      array_agg(distinct c.grid_id) filter (where c.grid_id is not null) as grids,
      (v_limits -> coalesce(u.kind::text, 'urban') ->> 'upper')::numeric as upper
    from public.compounds k
    join public.org_units u on u.id = k.community_id
    join building b on b.compound_id = k.id
    join cell c on c.cell_id = b.cell_id
    group by k.id, k.community_id, u.kind
  ), finding as (
    select 'cell_without_grid' as code, null::uuid[] as grid_ids, array_agg(c.cell_id order by c.cell_id) as cell_ids, null::int[] as building_ids,
      pg_catalog.jsonb_build_object('cells', count(*), 'households', sum(c.households), 'communityId', c.community_id) as "values",
      u.code as sort_1, '' as sort_2
    from cell c join public.org_units u on u.id = c.community_id
    where c.grid_id is null group by c.community_id, u.code
    union all
    select 'grid_empty', array[g.grid_id], null, null, '{}', g.code, g.grid_id::text from grid g where g.cells = 0
    union all
    select 'grid_crosses_community', array[g.grid_id], g.strangers, null,
      pg_catalog.jsonb_build_object('cells', pg_catalog.cardinality(g.strangers)), g.code, g.grid_id::text
    from grid g where g.strangers is not null
    union all
    select 'grid_above_upper', array[g.grid_id], null, null,
      pg_catalog.jsonb_build_object('households', g.households, 'upper', g.band -> 'upper'), g.code, g.grid_id::text
    from grid g where g.cells > 0 and g.kind = 'basic' and g.households > (g.band ->> 'upper')::numeric
    union all
    select 'grid_below_lower', array[g.grid_id], null, null,
      pg_catalog.jsonb_build_object('households', g.households, 'lower', g.band -> 'lower'), g.code, g.grid_id::text
    from grid g where g.cells > 0 and g.kind = 'basic' and g.households < (g.band ->> 'lower')::numeric and g.siblings > 1
    union all
    select 'grid_members_few', array[g.grid_id], null, null,
      pg_catalog.jsonb_build_object('members', g.members, 'minimum', v_limits -> 'minMembers'), g.code, g.grid_id::text
    from grid g where g.cells > 0 and g.kind = 'basic' and g.members < (v_limits ->> 'minMembers')::numeric
    union all
    select 'compound_split', k.grids, k.cells, null,
      pg_catalog.jsonb_build_object('compoundId', k.id, 'grids', pg_catalog.cardinality(k.grids), 'households', k.households),
      pg_catalog.lpad(k.id::text, 12, '0'), ''
    from compound k where pg_catalog.cardinality(k.grids) > 1 and k.households <= k.upper
    union all
    select 'grid_code_duplicate', array_agg(g.grid_id order by g.grid_id::text), null, null,
      pg_catalog.jsonb_build_object('code', g.code, 'grids', count(*)), g.code, ''
    from grid g group by g.code having count(*) > 1
    union all
    select 'building_unplaced', null, null, array_agg(b.id order by b.id),
      pg_catalog.jsonb_build_object('buildings', count(*), 'households', sum(b.households)), '', ''
    from building b where b.cell_id is null having count(*) > 0
  )
  select f.code, case when f.code in ('grid_members_few', 'building_unplaced') then 'warning' else 'error' end,
    coalesce(f.grid_ids, '{}'), coalesce(f.cell_ids, '{}'), coalesce(f.building_ids, '{}'), f."values",
    exists (
      select from public.plan_waivers w
      where w.plan_id = p_plan and w.code = f.code
        and case when f.code = 'compound_split' then w.compound_id = (f."values" ->> 'compoundId')::int else w.grid_id = f.grid_ids[1] end),
    null::jsonb, f.sort_1, f.sort_2
  from finding f;

  -- ── pieces: a grid with more faces than one is looked at closely ────────────────────────────────────────────────
  select array_agg(f.grp) into v_in_pieces
  from (select f.grp from private.land_faces(v_plan.land_id, v_cells, v_groups) f group by f.grp having count(*) > 1) f;
  if v_in_pieces is null then
    return;
  end if;
  select array_agg(c.community_id order by c.id) into v_communities
  from public.cells c where c.id = any (v_cells);

  return query
  with face as materialized (
    select f.grp, f.face, row_number() over () as piece
    from private.land_faces(v_plan.land_id, v_cells, v_groups) f where f.grp = any (v_in_pieces)
  ), land_part as materialized (
    select f.grp as community_id, f.face, row_number() over () as part
    from private.land_faces(v_plan.land_id, v_cells, v_communities) f
  ), cell as materialized (
    select v.grp, v.cell_id, k.community_id, f.piece, f.face,
      -- The part of the community's land the cell lies in.
      (select p.part from land_part p
       where p.community_id = k.community_id and extensions.st_contains(p.face, extensions.st_makepoint(k.label_x, k.label_y))) as part
    from unnest(v_cells, v_groups) as v(cell_id, grp)
    join public.cells k on k.id = v.cell_id
    join face f on f.grp = v.grp and extensions.st_contains(f.face, extensions.st_makepoint(k.label_x, k.label_y))
  ), piece as materialized (
    select c.grp, c.piece, count(*) as cells, min(c.cell_id) as first, array_agg(c.cell_id order by c.cell_id) as ids,
      (array_agg(c.part order by c.cell_id))[1] as part
    from cell c group by c.grp, c.piece
  ), ranked as (
    select p.*, row_number() over (partition by p.grp, p.part order by p.cells desc, p.first) as rank from piece p
  ), broken as (
    select r.grp, count(*) as pieces, count(distinct r.part) as parts,
      (select array_agg(i.id order by i.id) from ranked o cross join lateral unnest(o.ids) as i(id) where o.grp = r.grp and o.rank > 1) as strays,
      (select extensions.st_collect(f.face) from ranked o join face f on f.piece = o.piece where o.grp = r.grp and o.rank > 1) as shape
    from ranked r group by r.grp
  )
  select 'grid_in_pieces', 'error', array[g.grid_id], b.strays, '{}'::int[], pg_catalog.jsonb_build_object('pieces', b.pieces), false,
    extensions.st_asgeojson(private.to_degrees(v_plan.land_id, b.shape), 7)::jsonb, g.code, g.grid_id::text
  from broken b
  join public.plan_grids g on g.plan_id = p_plan and g.grid_id = v_ids[b.grp + 1]
  where b.pieces > b.parts;
end
$$;
comment on function private.plan_findings(uuid) is
  'Findings of a plan by the rules in src/core/README.md, except coverage_broken, which publication itself finds.';

create function private.findings_json(p_plan uuid) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(
    pg_catalog.jsonb_build_object('code', f.code, 'severity', f.severity, 'gridIds', f.grid_ids, 'cellIds', f.cell_ids,
      'buildingIds', f.building_ids, 'values', f."values")
    || case when f.waived then '{"waived": true}'::jsonb else '{}' end
    || case when f.geometry is null then '{}'::jsonb else pg_catalog.jsonb_build_object('geometry', f.geometry) end
    order by pg_catalog.array_position(array['cell_without_grid', 'grid_empty', 'grid_in_pieces', 'grid_crosses_community', 'grid_above_upper',
      'grid_below_lower', 'grid_members_few', 'compound_split', 'grid_code_duplicate', 'building_unplaced', 'coverage_broken'], f.code),
      f.sort_1 collate "C", f.sort_2 collate "C"), '[]')
  from private.plan_findings(p_plan) f
$$;
comment on function private.findings_json(uuid) is 'Findings as they travel, in the order of their codes, then of grid codes.';

create function public.check_plan(p_plan uuid) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
begin
  if not exists (select from public.plans p where p.id = p_plan and p.land_id in (select private.my_whole_lands())) then
    perform private.fail('not_allowed');
  end if;
  return private.findings_json(p_plan);
end
$$;
comment on function public.check_plan(uuid) is
  'Findings of a plan → [{code, severity, gridIds, cellIds, buildingIds, values, waived?, geometry?}]. Errors: not_allowed.';
