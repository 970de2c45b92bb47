-- From arcs to polygons: the one way by which grids and cells get their shapes.

create function private.land_faces(p_land int, p_cells int[], p_groups int[])
returns table (grp int, face extensions.geometry) language sql stable set search_path = '' as $$
  with member as materialized (
    select c.cell, c.grp from unnest(p_cells, p_groups) as c(cell, grp)
  ), side as materialized (
    select a.line, coalesce(l.grp, -1) as l, coalesce(r.grp, -1) as r
    from public.land_arcs a
    left join member l on l.cell = a.left_cell
    left join member r on r.cell = a.right_cell
    where a.land_id = p_land and a.to_edition is null
  ), border as materialized (
    select s.line, s.l, s.r from side s where s.l <> s.r
  ), face as materialized (
    select extensions.st_forcepolygonccw(d.geom) as geom, row_number() over () as id
    from extensions.st_dump((select extensions.st_polygonize(b.line) from border b)) as d
  ), ring as materialized (
    select f.id, extensions.st_exteriorring(f.geom) as line from face f
  ), walk as materialized (
    -- An arc walked from either end: its first step, and the group on the left of that step.
    select extensions.st_x(extensions.st_pointn(b.line, 1)) as x0, extensions.st_y(extensions.st_pointn(b.line, 1)) as y0,
      extensions.st_x(extensions.st_pointn(b.line, 2)) as x1, extensions.st_y(extensions.st_pointn(b.line, 2)) as y1, b.l as grp
    from border b
    union all
    select extensions.st_x(extensions.st_pointn(b.line, -1)), extensions.st_y(extensions.st_pointn(b.line, -1)),
      extensions.st_x(extensions.st_pointn(b.line, -2)), extensions.st_y(extensions.st_pointn(b.line, -2)), b.r
    from border b
  ), known as materialized (
    -- A ring begins where an arc begins, so its first step names the arc, and the arc names the group inside.
    select r.id, w.grp
    from ring r
    join walk w
      on w.x0 = extensions.st_x(extensions.st_pointn(r.line, 1)) and w.y0 = extensions.st_y(extensions.st_pointn(r.line, 1))
      and w.x1 = extensions.st_x(extensions.st_pointn(r.line, 2)) and w.y1 = extensions.st_y(extensions.st_pointn(r.line, 2))
  ), searched as (
    -- Should a ring begin elsewhere, all of its steps are asked.
    select distinct on (r.id) r.id, w.grp
    from ring r
    cross join lateral extensions.st_dumpsegments(r.line) as s
    join walk w
      on w.x0 = extensions.st_x(extensions.st_pointn(s.geom, 1)) and w.y0 = extensions.st_y(extensions.st_pointn(s.geom, 1))
      and w.x1 = extensions.st_x(extensions.st_pointn(s.geom, 2)) and w.y1 = extensions.st_y(extensions.st_pointn(s.geom, 2))
    where r.id not in (select k.id from known k)
    order by r.id, w.grp
  )
  select k.grp, f.geom
  from face f
  join (select * from known union all select * from searched) k on k.id = f.id
  where k.grp >= 0
$$;
comment on function private.land_faces(int, int[], int[]) is
  'Polygons on the lattice of groups of cells: only arcs whose two sides lie in different groups are polygonized, so inner '
  'borders vanish, and a group in pieces gives one face for each piece. Groups are numbers from 0; a cell without a group '
  'carries -1 and gives no face. O(points of the borders).';

create function private.faces_tile(p_land int, p_cells int[], p_groups int[], p_face_groups int[], p_faces extensions.geometry[])
returns boolean language sql stable set search_path = '' as $$
  with member as materialized (
    select c.cell, c.grp from unnest(p_cells, p_groups) as c(cell, grp)
  ), border as materialized (
    select a.line, coalesce(l.grp, -1) as l, coalesce(r.grp, -1) as r
    from public.land_arcs a
    left join member l on l.cell = a.left_cell
    left join member r on r.cell = a.right_cell
    where a.land_id = p_land and a.to_edition is null and coalesce(l.grp, -1) <> coalesce(r.grp, -1)
  ), drawn as materialized (
    select f.grp, s.geom
    from unnest(p_face_groups, p_faces) as f(grp, face)
    cross join lateral extensions.st_dumpsegments(f.face) as s
  ), recorded as materialized (
    select b.l, b.r, s.geom from border b cross join lateral extensions.st_dumpsegments(b.line) as s
  ), step as (
    select d.grp, extensions.st_x(extensions.st_startpoint(d.geom)) as x0, extensions.st_y(extensions.st_startpoint(d.geom)) as y0,
      extensions.st_x(extensions.st_endpoint(d.geom)) as x1, extensions.st_y(extensions.st_endpoint(d.geom)) as y1, 1 as times
    from drawn d
    union all
    select r.l, extensions.st_x(extensions.st_startpoint(r.geom)), extensions.st_y(extensions.st_startpoint(r.geom)),
      extensions.st_x(extensions.st_endpoint(r.geom)), extensions.st_y(extensions.st_endpoint(r.geom)), -1
    from recorded r where r.l >= 0
    union all
    select r.r, extensions.st_x(extensions.st_endpoint(r.geom)), extensions.st_y(extensions.st_endpoint(r.geom)),
      extensions.st_x(extensions.st_startpoint(r.geom)), extensions.st_y(extensions.st_startpoint(r.geom)), -1
    from recorded r where r.r >= 0
  )
  select not exists (
    select from step s group by s.grp, s.x0, s.y0, s.x1, s.y1 having sum(s.times) <> 0)
$$;
comment on function private.faces_tile(int, int[], int[], int[], extensions.geometry[]) is
  'Whether the polygons tile the land exactly. Every directed segment of a group''s polygons must be one of the group''s '
  'arcs, walked with the group on its left, as often, and the other way round. A plane region is determined by its oriented '
  'boundary, and boundaries of neighbours cancel, so this proves: no gap, no overlap, union equals the land. Exact, since '
  'all coordinates are whole numbers; and independent of ST_Coverage*, which PostGIS 3.3 lacks.';

create function private.to_degrees(p_land int, p_geom extensions.geometry) returns extensions.geometry
language sql stable set search_path = '' as $$
  select extensions.st_setsrid(
    extensions.st_affine(
      p_geom, 0.005 / l.m_per_deg_lng, 0::float8, 0::float8, 0::float8, 0.005 / l.m_per_deg_lat, 0::float8,
      0::float8, 0::float8, 1::float8, l.lng0, l.lat0, 0::float8),
    4326)
  from public.lands l where l.id = p_land
$$;
comment on function private.to_degrees(int, extensions.geometry) is
  'Lattice geometry in degrees WGS84. The same vertex gives the same degrees, so neighbours stay exact.';

create function private.write_grids(p_edition int) returns void language plpgsql set search_path = '' as $$
declare
  v_land int;
  v_ids uuid[];
  v_cells int[];
  v_groups int[];
  v_face_groups int[];
  v_faces extensions.geometry[];
begin
  select e.land_id into v_land from public.grid_editions e where e.id = p_edition;
  select array_agg(g.grid_id order by g.grid_id) into v_ids from pg_temp.new_grids g;
  select array_agg(c.cell_id order by c.cell_id), array_agg(g.place - 1 order by c.cell_id) into v_cells, v_groups
  from pg_temp.new_grid_cells c
  join unnest(v_ids) with ordinality as g(id, place) on g.id = c.grid_id;

  select array_agg(f.grp), array_agg(f.face) into v_face_groups, v_faces
  from private.land_faces(v_land, v_cells, v_groups) f;

  if not coalesce(private.faces_tile(v_land, v_cells, v_groups, v_face_groups, v_faces), false) then
    perform private.fail('coverage_broken', pg_catalog.jsonb_build_object('landId', v_land));
  end if;

  with lived as (
    select b.cell_id, sum(h.households) as households, sum(h.residents) as residents, sum(m.members) as members
    from public.buildings b
    left join lateral (
      select count(*) as households, sum(h.resident_count) as residents from public.households h where h.building_id = b.id) h on true
    left join lateral (select count(*) as members from public.members m where m.building_id = b.id) m on true
    where b.land_id = v_land and b.cell_id is not null
    group by b.cell_id
  ), figure as (
    select n.grid_id, sum(c.area_m2) as area_m2, coalesce(sum(l.households), 0) as households,
      coalesce(sum(l.residents), 0) as residents, coalesce(sum(l.members), 0) as members
    from pg_temp.new_grid_cells n
    join public.cells c on c.id = n.cell_id
    left join lived l on l.cell_id = c.id
    group by n.grid_id
  ), shape as (
    select v_ids[f.grp + 1] as grid_id, private.to_degrees(v_land, extensions.st_multi(extensions.st_collect(f.face))) as geom
    from unnest(v_face_groups, v_faces) as f(grp, face)
    group by f.grp
  )
  insert into public.grids (edition_id, id, code, name, community_id, kind, geom, area_m2, households, residents, members)
  select p_edition, g.grid_id, g.code, g.name, g.community_id, g.kind, s.geom, f.area_m2, f.households, f.residents, f.members
  from pg_temp.new_grids g
  join figure f on f.grid_id = g.grid_id
  join shape s on s.grid_id = g.grid_id;

  insert into public.grid_cells (edition_id, cell_id, grid_id, community_id)
  select p_edition, n.cell_id, n.grid_id, c.community_id
  from pg_temp.new_grid_cells n
  join public.cells c on c.id = n.cell_id
  where n.grid_id is not null;
end
$$;
comment on function private.write_grids(int) is
  'Write grids and grid cells of an edition from the temporary tables new_grids and new_grid_cells: polygons derived from '
  'arcs and proved to tile, figures summed. Error: coverage_broken.';
