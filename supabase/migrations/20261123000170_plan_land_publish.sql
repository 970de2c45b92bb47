-- Publication of a draft with land of its own: the same transaction makes the next edition of the land.

create function private.publish_land(p_plan public.plans, p_person uuid) returns int language plpgsql set search_path = '' as $$
declare
  v_land public.lands;
  v_edition int;
  v_own int[] := private.own_cells(p_plan.id);
  v_first_cell int;
  v_first_node int;
begin
  select * into v_land from public.lands l where l.id = p_plan.land_id;
  v_edition := v_land.edition + 1;

  -- ── as it is and as it will be, before anything moves ───────────────────────────────────────────────────────────
  drop table if exists pg_temp.own_ids;
  drop table if exists pg_temp.own_faces;
  drop table if exists pg_temp.former_faces;
  drop table if exists pg_temp.former_homes;
  drop table if exists pg_temp.change_overlaps;
  create temporary table former_faces on commit drop as
    select f.cell_id, f.face from private.change_faces(v_land.id, array(select o.id from unnest(v_own) o(id) where o.id > 0)) f;
  create temporary table own_faces on commit drop as
    select f.cell_id, f.face from private.faces_of_plan(p_plan.id, array(
      select c.cell_id from private.cells_of_plan(p_plan.id, v_land.id) c where c.cell_id = any (v_own))) f;
  create temporary table former_homes on commit drop as
    select b.id as building_id, b.cell_id from public.plan_land_buildings o join public.buildings b on b.id = o.building_id where o.plan_id = p_plan.id;
  perform private.set_drafts_aside(v_land.id, p_plan.id, array(select f.cell_id from pg_temp.former_faces f), p_person);

  insert into private.former_land_things (land_id, to_edition, kind, thing_id, was)
  select v_land.id, v_edition, 'cell', c.id, pg_catalog.to_jsonb(c) from public.cells c where c.id in (select f.cell_id from pg_temp.former_faces f)
  union all
  select v_land.id, v_edition, 'building', b.id, pg_catalog.to_jsonb(b) || pg_catalog.jsonb_build_object(
    'geom', extensions.st_asgeojson(b.geom, 9)::jsonb, 'point', extensions.st_asgeojson(b.point, 9)::jsonb)
  from public.buildings b where b.id in (select h.building_id from pg_temp.former_homes h);

  -- ── ids of the plan's own things; a node that moved is another node ─────────────────────────────────────────────
  create temporary table own_ids (kind text, own_id int, id int) on commit drop;
  v_first_cell := private.reserve_ids('public.cells', (select count(*)::int from public.plan_land_cells o where o.plan_id = p_plan.id and o.cell_id < 0));
  v_first_node := private.reserve_ids('public.land_nodes', (select count(*)::int from public.plan_land_nodes o where o.plan_id = p_plan.id and not o.gone));
  insert into pg_temp.own_ids (kind, own_id, id)
  select 'cell', o.cell_id, v_first_cell + (row_number() over (order by o.cell_id desc))::int - 1
  from public.plan_land_cells o where o.plan_id = p_plan.id and o.cell_id < 0
  union all
  select 'node', o.node_id, v_first_node + (row_number() over (order by o.node_id desc))::int - 1
  from public.plan_land_nodes o where o.plan_id = p_plan.id and not o.gone;

  -- ── nodes, cells, arcs: what is gone ends, what is new begins, a cell that is drawn otherwise keeps its id ──────
  update public.lands l set edition = v_edition, source = l.source || pg_catalog.jsonb_build_object('changes',
    coalesce(l.source -> 'changes', '[]') || pg_catalog.jsonb_build_object('edition', v_edition, 'planId', p_plan.id))
  where l.id = v_land.id;
  insert into public.land_nodes (id, land_id, x, y, from_edition)
  select i.id, v_land.id, o.x, o.y, v_edition
  from public.plan_land_nodes o join pg_temp.own_ids i on i.kind = 'node' and i.own_id = o.node_id where o.plan_id = p_plan.id and not o.gone;
  update public.land_nodes n set to_edition = v_edition
  from public.plan_land_nodes o where o.plan_id = p_plan.id and n.id = o.node_id;

  insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y, from_edition)
  select i.id, v_land.id, o.community_id, extensions.st_area(f.face) * 0.000025, o.label_x, o.label_y, v_edition
  from public.plan_land_cells o
  join pg_temp.own_ids i on i.kind = 'cell' and i.own_id = o.cell_id
  join pg_temp.own_faces f on f.cell_id = o.cell_id
  where o.plan_id = p_plan.id;
  update public.cells c set to_edition = v_edition
  from public.plan_land_cells o where o.plan_id = p_plan.id and c.id = o.cell_id and o.gone;
  update public.cells c
  set area_m2 = extensions.st_area(f.face) * 0.000025, label_x = n.label_x, label_y = n.label_y
  from pg_temp.own_faces f
  join private.cells_of_plan(p_plan.id, v_land.id) n on n.cell_id = f.cell_id
  where f.cell_id > 0 and c.id = f.cell_id;

  update public.land_arcs a set to_edition = v_edition
  from public.plan_land_arcs o where o.plan_id = p_plan.id and a.id = o.arc_id;
  insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell, from_edition)
  select v_land.id, coalesce(s.id, o.start_node), coalesce(e.id, o.end_node), o.line, o.kind, coalesce(l.id, o.left_cell), coalesce(r.id, o.right_cell), v_edition
  from public.plan_land_arcs o
  left join pg_temp.own_ids s on s.kind = 'node' and s.own_id = o.start_node
  left join pg_temp.own_ids e on e.kind = 'node' and e.own_id = o.end_node
  left join pg_temp.own_ids l on l.kind = 'cell' and l.own_id = o.left_cell
  left join pg_temp.own_ids r on r.kind = 'cell' and r.own_id = o.right_cell
  where o.plan_id = p_plan.id and not o.gone
  order by o.arc_id desc;

  -- ── buildings: a home's point lies in its cell, however the border runs through the house ───────────────────────
  update public.buildings b set cell_id = coalesce(i.id, o.cell_id)
  from public.plan_land_buildings o left join pg_temp.own_ids i on i.kind = 'cell' and i.own_id = o.cell_id
  where o.plan_id = p_plan.id and b.id = o.building_id;
  update public.buildings b
  set point = private.to_degrees(v_land.id, extensions.st_pointonsurface(extensions.st_intersection(t.face,
    case when extensions.st_area(extensions.st_intersection(t.face, t.outline)) > 0 then t.outline else t.box end)))
  from (
    select h.id, f.face, private.to_lattice(v_land.id, h.geom) as outline, private.to_lattice(v_land.id, extensions.st_envelope(h.geom)) as box
    from pg_temp.own_faces f
    left join pg_temp.own_ids i on i.kind = 'cell' and i.own_id = f.cell_id
    join public.buildings h on h.cell_id = coalesce(i.id, f.cell_id)
    where not extensions.st_contains(f.face, private.to_lattice(v_land.id, h.point))
  ) t
  where b.id = t.id and extensions.st_area(extensions.st_intersection(t.face, t.box)) > 0;

  -- ── the plan itself now has ids of the land, and no land of its own ─────────────────────────────────────────────
  update public.plan_cells p set cell_id = i.id from pg_temp.own_ids i where i.kind = 'cell' and p.plan_id = p_plan.id and p.cell_id = i.own_id;
  with link as (
    delete from public.plan_links l where l.plan_id = p_plan.id and l.cell_a < 0 returning l.*
  ), named as (
    select coalesce(a.id, l.cell_a) as a, coalesce(b.id, l.cell_b) as b, l.kind
    from link l
    left join pg_temp.own_ids a on a.kind = 'cell' and a.own_id = l.cell_a
    left join pg_temp.own_ids b on b.kind = 'cell' and b.own_id = l.cell_b
  )
  insert into public.plan_links (plan_id, cell_a, cell_b, kind)
  select p_plan.id, least(n.a, n.b), greatest(n.a, n.b), n.kind from named n;
  create temporary table change_overlaps on commit drop as
    select coalesce(i.id, f.cell_id) as cell_id, c.community_id, o.cell_id as former_id,
      extensions.st_area(extensions.st_intersection(f.face, o.face)) * 0.000025 as area_m2
    from pg_temp.own_faces f
    left join pg_temp.own_ids i on i.kind = 'cell' and i.own_id = f.cell_id
    join public.cells c on c.id = coalesce(i.id, f.cell_id)
    join pg_temp.former_faces o on o.face operator(extensions.&&) f.face;
  delete from public.plan_land_nodes o where o.plan_id = p_plan.id;
  delete from public.plan_land_cells o where o.plan_id = p_plan.id;
  delete from public.plan_land_arcs o where o.plan_id = p_plan.id;
  delete from public.plan_land_buildings o where o.plan_id = p_plan.id;

  -- ── the land as a whole; what was stored otherwise before is not this plan's affair ─────────────────────────────
  if exists (
    select from private.land_errors(v_land.id) e
    where e.code = 'coverage_broken' or (e.kind = 'cells' and e.thing_id in (select o.cell_id from pg_temp.change_overlaps o))
  ) then
    perform private.fail('coverage_broken', pg_catalog.jsonb_build_object('landId', v_land.id));
  end if;
  return v_edition;
end
$$;
comment on function private.publish_land(public.plans, uuid) is
  'Make the land of a plan the next edition of the land: real ids, homes, areas, and proof that the cells tile it; the plan then stands '
  'on that edition. Leaves former_faces, former_homes and change_overlaps for what follows. Returns the edition. Error: coverage_broken.';

create function private.publish_links(p_plan public.plans, p_number int) returns void language sql set search_path = '' as $$
  update public.land_links l set to_edition = p_number
  where l.land_id = p_plan.land_id and l.to_edition is null
    and not exists (select from public.plan_links p where p.plan_id = p_plan.id and (p.cell_a, p.cell_b, p.kind) = (l.cell_a, l.cell_b, l.kind));
  insert into public.land_links (land_id, cell_a, cell_b, kind, from_edition)
  select p_plan.land_id, p.cell_a, p.cell_b, p.kind, p_number
  from public.plan_links p
  where p.plan_id = p_plan.id
    and not exists (select from public.land_links l where l.land_id = p_plan.land_id and l.to_edition is null and (l.cell_a, l.cell_b) = (p.cell_a, p.cell_b));
$$;
comment on function private.publish_links(public.plans, int) is 'Links of a published plan are those of the land from this edition of the grids on.';

create or replace function private.write_publication(p_plan public.plans, p_person uuid, p_findings jsonb) returns int
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_has_land boolean := private.has_own_land(p_plan.id);
  v_land_edition int;
  v_former int;
  v_edition int;
  v_number int;
  v_changed int;
  v_moved int;
begin
  if v_has_land then
    v_land_edition := private.publish_land(p_plan, p_person);
  else
    drop table if exists pg_temp.former_homes;
    create temporary table former_homes (building_id int, cell_id int) on commit drop;
  end if;
  update public.grid_editions e set valid_to = v_now
  where e.land_id = p_plan.land_id and e.valid_to is null
  returning e.id, e.number into v_former, v_number;

  select count(*) into v_changed
  from public.plan_cells c
  left join public.grid_cells g on g.edition_id = v_former and g.cell_id = c.cell_id
  where c.plan_id = p_plan.id and c.grid_id is distinct from g.grid_id;
  with moved as materialized (
    select b.id
    from public.plan_cells c
    join public.buildings b on b.cell_id = c.cell_id
    left join pg_temp.former_homes f on f.building_id = b.id
    left join public.grid_cells g on g.edition_id = v_former and g.cell_id = coalesce(f.cell_id, b.cell_id)
    where c.plan_id = p_plan.id and c.grid_id is distinct from g.grid_id
  )
  select count(*) into v_moved from public.households h join moved m on m.id = h.building_id;

  insert into public.grid_editions (land_id, number, plan_id, valid_from, published_by, note, changed_cells, moved_households)
  values (p_plan.land_id, coalesce(v_number, 0) + 1, p_plan.id, v_now, p_person, p_plan.title, v_changed, v_moved)
  returning id, number into v_edition, v_number;

  drop table if exists pg_temp.new_grids;
  drop table if exists pg_temp.new_grid_cells;
  create temporary table new_grids on commit drop as
    select g.grid_id, g.code, g.name, g.community_id, g.kind from public.plan_grids g where g.plan_id = p_plan.id;
  create temporary table new_grid_cells on commit drop as
    select c.cell_id, c.grid_id from public.plan_cells c where c.plan_id = p_plan.id and c.grid_id is not null;
  perform private.write_grids(v_edition);
  perform private.publish_links(p_plan, v_number);

  update public.plans p set status = 'superseded' where p.land_id = p_plan.land_id and p.status = 'published';
  update public.plans p set status = 'published', published_at = v_now, updated_at = v_now where p.id = p_plan.id;
  if v_has_land then
    -- The grids are others, so drafts are outdated; but they stand on the cells there are.
    perform private.change_drafts(p_plan.land_id, v_land_edition, '{}', p_person);
  end if;
  perform private.write_audit('plan_published', 'plan', p_plan.id::text,
    (select l.org_unit_id from public.lands l where l.id = p_plan.land_id),
    pg_catalog.jsonb_build_object('number', p_plan.number, 'title', p_plan.title, 'revision', p_plan.revision, 'edition', v_number,
      'changedCells', v_changed, 'movedHouseholds', v_moved, 'findings', pg_catalog.jsonb_array_length(p_findings))
    || case when v_has_land then pg_catalog.jsonb_build_object('landEdition', v_land_edition) else '{}' end);
  return v_number;
end
$$;
comment on function private.write_publication(public.plans, uuid, jsonb) is
  'Close the edition in force and open the next from a plan; where the plan redrew land, the next edition of the land with it, and other '
  'drafts are taken along. Returns the number of the edition of the grids. Error: coverage_broken.';

revoke all on all functions in schema private from public;
