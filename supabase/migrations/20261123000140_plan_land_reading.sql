-- Drafts with land of their own: opened, read, copied as they were at a revision.

-- A draft begins with the neighbourhood by decree that is in force.
create or replace function private.make_plan(p_land int, p_title text, p_edition int, p_person uuid) returns public.plans
language plpgsql set search_path = '' as $$
declare
  v_plan public.plans;
begin
  -- The land's row orders those who number plans and editions.
  perform 1 from public.lands l where l.id = p_land for update;
  insert into public.plans (land_id, number, title, base_edition_id, created_by)
  select p_land, coalesce(max(p.number), 0) + 1, coalesce(nullif(pg_catalog.btrim(p_title), ''), '—'), p_edition, p_person
  from public.plans p where p.land_id = p_land
  returning * into v_plan;
  insert into public.plan_links (plan_id, cell_a, cell_b, kind)
  select v_plan.id, l.cell_a, l.cell_b, l.kind from public.land_links l where l.land_id = p_land and l.to_edition is null;
  return v_plan;
end
$$;
comment on function private.make_plan(int, text, int, uuid) is 'A new draft with the land''s next number and links, else empty.';

-- ── copying ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.things_before(p_plan uuid, p_revision int, p_kind text) returns table (id int, was jsonb)
language sql stable set search_path = '' as $$
  select distinct on (t.id) t.id, t.was
  from public.plan_edits e
  cross join lateral (
    select (coalesce(b, a) ->> 'id')::int as id, b as was
    from pg_catalog.jsonb_array_elements(e.delta -> 'land' -> 'before' -> p_kind) b
    full join pg_catalog.jsonb_array_elements(e.delta -> 'land' -> 'after' -> p_kind) a on a -> 'id' = b -> 'id'
  ) t
  where e.plan_id = p_plan and e.revision > p_revision and e.delta ? 'land'
  order by t.id, e.revision, e.seq
$$;
comment on function private.things_before(uuid, int, text) is
  'Things of the land that edits after a revision touched, as the first of these edits found them; null where they were not there.';

create function private.copy_land(p_plan uuid, p_copy uuid, p_land int, p_revision int) returns void language plpgsql set search_path = '' as $$
declare
  v_undone jsonb;
begin
  -- Land that was drawn on cells which are no more stays behind.
  if not exists (
    select from unnest(private.own_cells(p_plan)) o(id) join public.cells c on c.id = o.id and c.to_edition is not null
    union all
    select from public.plan_land_arcs o join public.land_arcs a on a.id = o.arc_id and a.to_edition is not null where o.plan_id = p_plan
  ) then
    insert into public.plan_land_nodes (plan_id, node_id, gone, x, y)
    select p_copy, o.node_id, o.gone, o.x, o.y from public.plan_land_nodes o where o.plan_id = p_plan;
    insert into public.plan_land_cells (plan_id, cell_id, gone, community_id, label_x, label_y)
    select p_copy, o.cell_id, o.gone, o.community_id, o.label_x, o.label_y from public.plan_land_cells o where o.plan_id = p_plan;
    insert into public.plan_land_arcs (plan_id, arc_id, gone, start_node, end_node, line, kind, left_cell, right_cell)
    select p_copy, o.arc_id, o.gone, o.start_node, o.end_node, o.line, o.kind, o.left_cell, o.right_cell
    from public.plan_land_arcs o where o.plan_id = p_plan;
    insert into public.plan_land_buildings (plan_id, building_id, cell_id)
    select p_copy, o.building_id, o.cell_id from public.plan_land_buildings o where o.plan_id = p_plan;
  end if;
  select pg_catalog.jsonb_build_object(
    'before', pg_catalog.jsonb_object_agg(k.kind, k.ids), 'after', pg_catalog.jsonb_object_agg(k.kind, k.was))
  into v_undone
  from (
    select s.kind, coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', t.id)) filter (where t.id is not null), '[]') as ids,
      coalesce(pg_catalog.jsonb_agg(t.was) filter (where t.was is not null), '[]') as was
    from (values ('nodes'), ('cells'), ('arcs'), ('buildings')) s(kind)
    left join lateral private.things_before(p_plan, p_revision, s.kind) t on true
    group by s.kind
  ) k;
  if private.patch_size(v_undone -> 'after') > 0 or v_undone -> 'before' <> '{"nodes": [], "cells": [], "arcs": [], "buildings": []}' then
    perform private.write_land(p_copy, p_land, v_undone);
  end if;
end
$$;
comment on function private.copy_land(uuid, uuid, int, int) is 'The land of a plan as it was at a revision becomes the land of its copy.';

create or replace function private.copy_plan_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_person uuid := private.my_person();
  v_copy public.plans;
  v_at int := p_at_revision;
  v_revision int := 0;
begin
  -- Land first, plan second, in this order everywhere, so that two sessions wait and never deadlock.
  perform 1 from public.lands l where l.id = (select p.land_id from public.plans p where p.id = p_plan) for update;
  v_plan := private.require_plan(p_plan);
  if p_at_revision is null or p_at_revision < 0 or p_at_revision > v_plan.revision then
    perform private.fail('revision_unknown', pg_catalog.jsonb_build_object('serverRevision', v_plan.revision));
  end if;
  -- Where land was redrawn, the way back ends at the last change of the land below it, or at the plan's publication.
  if exists (select from public.plan_edits e where e.plan_id = p_plan and e.delta ? 'land') then
    v_at := greatest(v_at, case when v_plan.status in ('published', 'superseded') then v_plan.revision else
      (select max(e.revision) from public.plan_edits e where e.plan_id = p_plan and e.delta ? 'carried') end);
  end if;
  -- A plan is a whole column over the cells, so its copy stands on whatever edition is in force now.
  v_copy := private.make_plan(v_plan.land_id, p_title,
    (select e.id from public.grid_editions e where e.land_id = v_plan.land_id and e.valid_to is null), v_person);

  -- As it was: of each grid and cell that was touched later, what the first later edit found.
  insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind, locked)
  with later as (
    select distinct on (c.id) c.id, c.before
    from public.plan_edits e cross join lateral private.read_grid_changes(e.delta) c
    where e.plan_id = p_plan and e.revision > v_at
    order by c.id, e.revision, e.seq
  )
  select v_copy.id, g.grid_id, g.code, g.name, g.community_id, g.kind, g.locked
  from public.plan_grids g
  where g.plan_id = p_plan and g.grid_id::text not in (select l.id from later l)
  union all
  select v_copy.id, l.id::uuid, l.before ->> 'code', l.before ->> 'name', private.json_int(l.before, 'communityId'),
    (l.before ->> 'kind')::public.grid_kind, (l.before ->> 'locked')::boolean
  from later l where l.before is not null;

  perform private.copy_land(p_plan, v_copy.id, v_plan.land_id, v_at);
  insert into public.plan_cells (plan_id, cell_id, grid_id)
  with later as (
    select distinct on (c.cell) c.cell, c.was
    from public.plan_edits e cross join lateral private.read_cell_changes(e.delta) c
    where e.plan_id = p_plan and e.revision > v_at
    order by c.cell, e.revision, e.seq
  ), drawn as (
    -- Land that came after the plan shows the grid its label point lay in when the plan came into force.
    select c.cell_id, min(g.id::text)::uuid as grid_id
    from private.cells_of_plan(v_copy.id, v_plan.land_id) c
    join public.grid_editions e on e.plan_id = p_plan
    join public.grids g on g.edition_id = e.id and g.community_id = c.community_id
      and extensions.st_intersects(g.geom, private.to_degrees(v_plan.land_id, extensions.st_makepoint(c.label_x, c.label_y)))
    where v_plan.status in ('published', 'superseded') and c.cell_id not in (select p.cell_id from public.plan_cells p where p.plan_id = p_plan)
    group by c.cell_id
  )
  select v_copy.id, c.cell_id, case when l.cell is not null then l.was::uuid else coalesce(p.grid_id, d.grid_id) end
  from private.cells_of_plan(v_copy.id, v_plan.land_id) c
  left join public.plan_cells p on p.plan_id = p_plan and p.cell_id = c.cell_id
  left join later l on l.cell = c.cell_id
  left join drawn d on d.cell_id = c.cell_id;

  delete from public.plan_links l where l.plan_id = v_copy.id;
  insert into public.plan_links (plan_id, cell_a, cell_b, kind)
  with later as (
    select distinct on (c.cell_a, c.cell_b) c.cell_a, c.cell_b, c.before
    from public.plan_edits e cross join lateral private.read_link_changes(e.delta) c
    where e.plan_id = p_plan and e.revision > v_at
    order by c.cell_a, c.cell_b, e.revision, e.seq
  ), link as (
    select l.cell_a, l.cell_b, l.kind from public.plan_links l
    where l.plan_id = p_plan and (l.cell_a, l.cell_b) not in (select x.cell_a, x.cell_b from later x)
    union all
    select x.cell_a, x.cell_b, x.before::public.link_kind from later x where x.before is not null
  )
  select v_copy.id, l.cell_a, l.cell_b, l.kind
  from link l
  join public.plan_cells a on a.plan_id = v_copy.id and a.cell_id = l.cell_a
  join public.plan_cells b on b.plan_id = v_copy.id and b.cell_id = l.cell_b;

  insert into public.plan_notes (plan_id, note_id, x, y, text)
  with later as (
    select distinct on (t.id) t.id, t.before
    from public.plan_edits e
    cross join lateral (
      select coalesce(i -> 'before' ->> 'id', i -> 'after' ->> 'id') as id, nullif(i -> 'before', 'null') as before
      from pg_catalog.jsonb_array_elements(e.delta -> 'notes') i
    ) t
    where e.plan_id = p_plan and e.revision > v_at
    order by t.id, e.revision, e.seq
  )
  select v_copy.id, n.note_id, n.x, n.y, n.text from public.plan_notes n
  where n.plan_id = p_plan and n.note_id not in (select l.id from later l)
  union all
  select v_copy.id, l.id, (l.before ->> 'x')::int, (l.before ->> 'y')::int, l.before ->> 'text' from later l where l.before is not null;

  update public.plans p
  set settings = coalesce((
    select e.delta -> 'settings' from public.plan_edits e
    where e.plan_id = p_plan and e.revision > v_at and pg_catalog.jsonb_typeof(e.delta -> 'settings') = 'object'
    order by e.revision, e.seq limit 1), pg_catalog.jsonb_build_object('before', v_plan.settings)) -> 'before'
  where p.id = v_copy.id;
  update public.plans p set settings = nullif(p.settings, 'null') where p.id = v_copy.id;

  if pg_catalog.jsonb_typeof(p_edits) = 'array' and pg_catalog.jsonb_array_length(p_edits) > 0 then
    v_revision := 1;
    perform private.apply_edits(v_copy.id, v_plan.land_id, v_revision, p_edits, v_person);
    update public.plans p set revision = v_revision where p.id = v_copy.id;
  end if;
  perform private.write_audit('plan_copied', 'plan', v_copy.id::text,
    (select l.org_unit_id from public.lands l where l.id = v_plan.land_id),
    pg_catalog.jsonb_build_object('number', v_copy.number, 'title', v_copy.title, 'from', v_plan.number, 'atRevision', p_at_revision));
  return pg_catalog.jsonb_build_object('planId', v_copy.id, 'number', v_copy.number, 'revision', v_revision);
end
$$;
comment on function private.copy_plan_draft(uuid, text, int, jsonb) is
  'A new draft: the plan as of a revision, with edits on top; its land, links, notes and aims too. Of a plan that redrew land and was '
  'published, or carried to changed land since, it is the plan as of then at the earliest.';

-- ── reading: as the caller, so policies decide ────────────────────────────────────────────────────────────────────
create or replace function public.plan_document(p_plan uuid) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_result jsonb;
  v_land jsonb;
begin
  with grid as materialized (
    select g.*, row_number() over (order by g.code, g.grid_id) - 1 as at from public.plan_grids g where g.plan_id = p_plan
  )
  select pg_catalog.jsonb_build_object(
    'planId', p.id, 'landId', p.land_id, 'number', p.number, 'title', p.title, 'status', p.status, 'revision', p.revision,
    'baseEditionId', p.base_edition_id, 'createdBy', (select e.name_masked from public.people e where e.id = p.created_by),
    'updatedAt', p.updated_at, 'settings', p.settings,
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.grid_id, 'code', g.code, 'name', g.name,
      'communityId', g.community_id, 'kind', g.kind, 'locked', g.locked) order by g.at), '[]') from grid g),
    'cellIds', (select coalesce(pg_catalog.jsonb_agg(c.cell_id order by c.cell_id), '[]') from public.plan_cells c where c.plan_id = p_plan),
    'cellGrid', (select coalesce(pg_catalog.jsonb_agg(coalesce(g.at, -1) order by c.cell_id), '[]')
      from public.plan_cells c left join grid g on g.grid_id = c.grid_id where c.plan_id = p_plan),
    'links', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_build_array(l.cell_a, l.cell_b),
      'kind', l.kind) order by l.cell_a, l.cell_b), '[]') from public.plan_links l where l.plan_id = p_plan),
    'notes', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', n.note_id, 'x', n.x, 'y', n.y, 'text', n.text)
      order by n.note_id), '[]') from public.plan_notes n where n.plan_id = p_plan))
  into v_result
  from public.plans p where p.id = p_plan;
  if v_result is null then
    raise exception using errcode = 'P0001', message = 'plan_unknown', detail = pg_catalog.jsonb_build_object('planId', p_plan)::text;
  end if;

  -- What the plan has otherwise than the land: on the side before as the land has it, on the side after as the plan does.
  with node as (
    select o.node_id as id, o.gone, o.x, o.y, n.x as x0, n.y as y0
    from public.plan_land_nodes o left join public.land_nodes n on n.id = o.node_id where o.plan_id = p_plan
  ), cell as (
    select o.cell_id as id, o.gone, o.community_id, o.label_x, o.label_y, c.community_id as community0, c.label_x as x0, c.label_y as y0
    from public.plan_land_cells o left join public.cells c on c.id = o.cell_id where o.plan_id = p_plan
  ), arc as (
    select o.arc_id as id, s.side, s.start_node, s.end_node, s.left_cell, s.right_cell, s.kind,
      -- LINESTRING(1 2,3 4) reads as [1,2,3,4].
      ('[' || pg_catalog.translate(pg_catalog.btrim(extensions.st_astext(s.line), 'LINESTRG( )'), ' ', ',') || ']')::jsonb as xy
    from public.plan_land_arcs o
    left join public.land_arcs a on a.id = o.arc_id
    cross join lateral (values
      ('before', a.start_node, a.end_node, a.left_cell, a.right_cell, a.kind, a.line),
      ('after', o.start_node, o.end_node, o.left_cell, o.right_cell, o.kind, o.line)
    ) s(side, start_node, end_node, left_cell, right_cell, kind, line)
    where o.plan_id = p_plan and s.line is not null
  ), arcs as (
    select a.side, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', a.id, 'start', a.start_node, 'end', a.end_node,
      'left', a.left_cell, 'right', a.right_cell, 'kind', a.kind, 'xy', a.xy) order by a.id) as list
    from arc a group by a.side
  ), building as (
    select o.building_id as id, o.cell_id, b.cell_id as cell0
    from public.plan_land_buildings o join public.buildings b on b.id = o.building_id where o.plan_id = p_plan
  )
  select pg_catalog.jsonb_build_object(
    'before', pg_catalog.jsonb_build_object(
      'nodes', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', n.id, 'x', n.x0, 'y', n.y0) order by n.id)
        from node n where n.x0 is not null), '[]'),
      'cells', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', c.id, 'communityId', c.community0, 'labelX', c.x0,
        'labelY', c.y0) order by c.id) from cell c where c.community0 is not null), '[]'),
      'arcs', coalesce((select a.list from arcs a where a.side = 'before'), '[]'),
      'buildings', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', b.id, 'cell', b.cell0) order by b.id)
        from building b), '[]')),
    'after', pg_catalog.jsonb_build_object(
      'nodes', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', n.id, 'x', n.x, 'y', n.y) order by n.id)
        from node n where not n.gone), '[]'),
      'cells', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', c.id, 'communityId', c.community_id,
        'labelX', c.label_x, 'labelY', c.label_y) order by c.id) from cell c where not c.gone), '[]'),
      'arcs', coalesce((select a.list from arcs a where a.side = 'after'), '[]'),
      'buildings', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', b.id, 'cell', b.cell_id) order by b.id)
        from building b), '[]')))
  into v_land;
  return v_result || pg_catalog.jsonb_build_object('land',
    nullif(v_land, '{"before": {"nodes": [], "cells": [], "arcs": [], "buildings": []}, "after": {"nodes": [], "cells": [], "arcs": [], "buildings": []}}'));
end
$$;
comment on function public.plan_document(uuid) is
  'A plan → {planId, landId, number, title, status, revision, baseEditionId, createdBy, updatedAt, settings, grids: [GridRecord], cellIds, '
  'cellGrid, land, links: [{cells, kind}], notes}, where cellGrid[i] is the position in grids of the grid of cellIds[i], or −1; land is '
  'what the plan has otherwise than the land as it is, {before, after} as in a delta, or null. Errors: plan_unknown.';
