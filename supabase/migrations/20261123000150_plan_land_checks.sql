-- What is wrong with a plan, now with the land it has: its own borders, homes and links. Pieces are counted by neighbours, so that a
-- bridge joins and a wall parts.

create function private.neighbours_of_plan(p_plan uuid, p_land int) returns table (cell_a int, cell_b int) language sql stable set search_path = '' as $$
  (
    select distinct least(a.left_cell, a.right_cell), greatest(a.left_cell, a.right_cell)
    from private.arcs_of_plan(p_plan, p_land) a
    where a.left_cell <> a.right_cell
    union
    select l.cell_a, l.cell_b from public.plan_links l where l.plan_id = p_plan and l.kind = 'bridge'
  )
  except
  select l.cell_a, l.cell_b from public.plan_links l where l.plan_id = p_plan and l.kind = 'wall'
$$;
comment on function private.neighbours_of_plan(uuid, int) is 'Pairs of cells that are neighbours in a plan, the smaller id first.';

-- Lists tell the planner nothing of their length: guessed short, they are joined row against row.
create function private.label_pieces(p_cells int[], p_groups int[], p_from int[], p_to int[]) returns table (cell_id int, piece int)
language plpgsql stable set search_path = '' set enable_nestloop = off as $$
#variable_conflict use_column
declare
  v_left_cells int[];
  v_left_groups int[];
  v_from int[];
  v_to int[];
  v_reached int[];
  v_pieces int[];
begin
  select array_agg(c.id), array_agg(c.grp) into v_left_cells, v_left_groups from unnest(p_cells, p_groups) c(id, grp) where c.grp >= 0;
  select array_agg(e.a), array_agg(e.b) into v_from, v_to
  from (
    select e.a, e.b
    from (select f.a, f.b from unnest(p_from, p_to) f(a, b) union all select f.b, f.a from unnest(p_from, p_to) f(a, b)) e
    join unnest(p_cells, p_groups) s(id, grp) on s.id = e.a
    join unnest(p_cells, p_groups) t(id, grp) on t.id = e.b
    where s.grp = t.grp and s.grp >= 0
  ) e;
  -- Each round reaches one more piece of every group that has cells left, from the cell with the lowest id.
  while v_left_cells is not null loop
    with recursive edge as materialized (
      select e.a, e.b from unnest(v_from, v_to) e(a, b)
    ), reached as (
      select min(c.id) as id, min(c.id) as piece from unnest(v_left_cells, v_left_groups) c(id, grp) group by c.grp
      union
      select e.b, r.piece from reached r join edge e on e.a = r.id
    )
    select array_agg(r.id), array_agg(r.piece) into v_reached, v_pieces from reached r;
    return query select r.id, r.piece from unnest(v_reached, v_pieces) r(id, piece);
    select array_agg(c.id), array_agg(c.grp) into v_left_cells, v_left_groups
    from unnest(v_left_cells, v_left_groups) c(id, grp) left join unnest(v_reached) r(id) on r.id = c.id where r.id is null;
    if v_left_cells is not null then
      select array_agg(e.a), array_agg(e.b) into v_from, v_to
      from unnest(v_from, v_to) e(a, b) join unnest(v_left_cells) c(id) on c.id = e.a;
    end if;
  end loop;
end
$$;
comment on function private.label_pieces(int[], int[], int[], int[]) is
  'Pieces of groups of cells: cells of one group joined by neighbours, each piece called by its lowest cell. Groups below 0 are none. '
  'O(neighbours), once more for each further piece of what is not reached by then.';

create function private.shape_of_cells(p_plan uuid, p_cells int[]) returns extensions.geometry language sql stable set search_path = '' as $$
  with list as (
    select array_agg(a.line) as lines, array_agg(case when a.left_cell = any (p_cells) then 0 else -1 end) as lefts,
      array_agg(case when a.right_cell = any (p_cells) then 0 else -1 end) as rights
    from private.arcs_around(p_plan, p_cells) a
    where coalesce(a.left_cell = any (p_cells), false) <> coalesce(a.right_cell = any (p_cells), false)
  )
  select extensions.st_collect(f.face) from list i cross join lateral private.group_faces(i.lines, i.lefts, i.rights) f
$$;
comment on function private.shape_of_cells(uuid, int[]) is 'Land of some cells of a plan on the lattice, inner borders left out.';

create or replace function private.plan_findings(p_plan uuid)
returns table (code text, severity text, grid_ids uuid[], cell_ids int[], building_ids int[], "values" jsonb,
  waived boolean, geometry jsonb, sort_1 text, sort_2 text)
language plpgsql stable set search_path = '' as $$
declare
  v_plan public.plans;
  v_limits jsonb;
  v_ids uuid[];
  v_cells int[];
  v_groups int[];
  v_communities int[];
  v_from int[];
  v_to int[];
  v_piece_cells int[];
  v_pieces int[];
  v_in_pieces int[];
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
    select b.id, coalesce(o.cell_id, b.cell_id) as cell_id, b.compound_id, coalesce(h.households, 0) as households, coalesce(m.members, 0) as members
    from public.buildings b
    left join public.plan_land_buildings o on o.plan_id = p_plan and o.building_id = b.id
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
    join private.cells_of_plan(p_plan, v_plan.land_id) k on k.cell_id = c.cell_id
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

  -- ── pieces: cells joined by shared borders, or by decree ────────────────────────────────────────────────────────
  select array_agg(n.cell_a), array_agg(n.cell_b) into v_from, v_to from private.neighbours_of_plan(p_plan, v_plan.land_id) n;
  select array_agg(l.cell_id), array_agg(l.piece) into v_piece_cells, v_pieces from private.label_pieces(v_cells, v_groups, v_from, v_to) l;
  select array_agg(g.grp) into v_in_pieces
  from (
    select v.grp from unnest(v_piece_cells, v_pieces) l(cell_id, piece) join unnest(v_cells, v_groups) v(cell_id, grp) on v.cell_id = l.cell_id
    group by v.grp having count(distinct l.piece) > 1
  ) g;
  if v_in_pieces is null then
    return;
  end if;
  -- The parts of the communities' land these grids lie in.
  select array_agg(case when k.concerned then k.community_id else -1 end order by k.cell_id) into v_communities
  from (
    select c.cell_id, c.community_id, bool_or(v.grp = any (v_in_pieces)) over (partition by c.community_id) as concerned
    from private.cells_of_plan(p_plan, v_plan.land_id) c join unnest(v_cells, v_groups) v(cell_id, grp) on v.cell_id = c.cell_id
  ) k;

  return query
  with part as materialized (
    select l.cell_id, l.piece as part from private.label_pieces(v_cells, v_communities, v_from, v_to) l
  ), piece as materialized (
    select v.grp, l.piece as first, count(*) as cells, array_agg(l.cell_id order by l.cell_id) as ids,
      (select p.part from part p where p.cell_id = l.piece) as part
    from unnest(v_piece_cells, v_pieces) l(cell_id, piece)
    join unnest(v_cells, v_groups) v(cell_id, grp) on v.cell_id = l.cell_id
    where v.grp = any (v_in_pieces)
    group by v.grp, l.piece
  ), ranked as (
    select p.*, row_number() over (partition by p.grp, p.part order by p.cells desc, p.first) as rank from piece p
  ), broken as (
    select r.grp, count(*) as pieces,
      (select array_agg(i.id order by i.id) from ranked o cross join lateral unnest(o.ids) as i(id) where o.grp = r.grp and o.rank > 1) as strays
    from ranked r group by r.grp having count(*) > count(distinct r.part)
  )
  select 'grid_in_pieces', 'error', array[g.grid_id], b.strays, '{}'::int[], pg_catalog.jsonb_build_object('pieces', b.pieces), false,
    extensions.st_asgeojson(private.to_degrees(v_plan.land_id, private.shape_of_cells(p_plan, b.strays)), 7)::jsonb, g.code, g.grid_id::text
  from broken b
  join public.plan_grids g on g.plan_id = p_plan and g.grid_id = v_ids[b.grp + 1];
end
$$;
comment on function private.plan_findings(uuid) is
  'Findings of a plan by the rules in src/core/README.md, on the land as the plan has it, except coverage_broken, which publication itself finds.';
