-- Neighbourhood by decree goes out with the grids it was published with: those in force, and those of former editions.

create or replace function public.scope_snapshot(p_land int) returns json language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_land public.lands;
  v_edition public.grid_editions;
  v_communities int[];
  v_cells int[];
  v_head json;
  v_ground json;
  v_grids json;
  v_cell_grid json;
  v_built json;
  v_round json;
begin
  select * into v_land from public.lands l where l.id = p_land;
  if not found then
    raise exception using errcode = 'P0001', message = 'land_unknown', detail = json_build_object('landId', p_land)::text;
  end if;
  select * into v_edition from public.grid_editions e where e.land_id = p_land and e.valid_to is null;

  select array_agg(u.id order by u.code) into v_communities
  from public.org_units u
  where u.level = 'community'
    and u.path operator(extensions.<@) (select s.path from public.org_units s where s.id = v_land.org_unit_id)
    and exists (select from public.cells c where c.community_id = u.id and c.land_id = p_land and c.to_edition is null);
  v_communities := coalesce(v_communities, '{}');

  select json_build_object(
    'version', 1,
    'land', json_build_object('id', v_land.id, 'orgUnitId', v_land.org_unit_id, 'lng0', v_land.lng0, 'lat0', v_land.lat0,
      'mPerDegLng', v_land.m_per_deg_lng, 'mPerDegLat', v_land.m_per_deg_lat, 'edition', v_land.edition),
    'settings', public.grid_settings(v_land.org_unit_id),
    'communities', to_json(v_communities),
    'edition', json_build_object('id', v_edition.id, 'number', v_edition.number,
      'validFrom', v_edition.valid_from, 'validTo', v_edition.valid_to,
      'links', (select coalesce(json_agg(json_build_object('cells', json_build_array(l.cell_a, l.cell_b), 'kind', l.kind) order by l.cell_a, l.cell_b), '[]')
        from public.land_links l where l.land_id = p_land and l.to_edition is null)),
    'orgUnits', (
      select json_build_object(
        'id', coalesce(json_agg(u.id order by u.path), '[]'), 'parentId', coalesce(json_agg(u.parent_id order by u.path), '[]'),
        'level', coalesce(json_agg(u.level order by u.path), '[]'), 'code', coalesce(json_agg(u.code order by u.path), '[]'),
        'name', coalesce(json_agg(u.name order by u.path), '[]'), 'initials', coalesce(json_agg(u.initials order by u.path), '[]'),
        'kind', coalesce(json_agg(u.kind order by u.path), '[]'))
      from (
        select o.*
        from public.org_units o, (select s.path as street from public.org_units s where s.id = v_land.org_unit_id) s
        where o.path operator(extensions.<@) s.street or o.path operator(extensions.@>) s.street
        order by o.path
      ) u))
  into v_head;

  -- Cells in the order of their ids; every index below is a position in this order.
  select array_agg(c.id order by c.id) into v_cells
  from public.cells c where c.land_id = p_land and c.to_edition is null;
  v_cells := coalesce(v_cells, '{}');

  with cell as materialized (
    select c.id, (row_number() over (order by c.id) - 1)::int as at, c.community_id, c.area_m2, c.label_x, c.label_y
    from public.cells c where c.land_id = p_land and c.to_edition is null
  ), community as materialized (
    select u.id, (u.place - 1)::int as at from unnest(v_communities) with ordinality as u(id, place)
  ), arc as materialized (
    select a.id, a.start_node, a.end_node, a.kind, coalesce(lc.at, -1) as l, coalesce(rc.at, -1) as r,
      extensions.st_asencodedpolyline(extensions.st_setsrid(a.line, 4326), 0) as line
    from public.land_arcs a
    left join cell lc on lc.id = a.left_cell
    left join cell rc on rc.id = a.right_cell
    where a.land_id = p_land and a.to_edition is null
  ), node as materialized (
    select n.id, (row_number() over (order by n.id) - 1)::int as at, n.x, n.y
    from public.land_nodes n
    where n.land_id = p_land and n.to_edition is null
      and n.id in (select a.start_node from arc a union all select a.end_node from arc a)
  ), placed as materialized (
    select a.*, s.at as s, e.at as e
    from arc a join node s on s.id = a.start_node join node e on e.id = a.end_node
    order by a.id
  )
  select json_build_object(
    'nodes', (
      select json_build_object(
        'id', ('[' || coalesce(string_agg(n.id::text, ',' order by n.at), '') || ']')::json,
        'x', ('[' || coalesce(string_agg(n.x::text, ',' order by n.at), '') || ']')::json,
        'y', ('[' || coalesce(string_agg(n.y::text, ',' order by n.at), '') || ']')::json)
      from node n),
    'cells', (
      select json_build_object(
        'id', ('[' || coalesce(string_agg(c.id::text, ',' order by c.at), '') || ']')::json,
        'community', ('[' || coalesce(string_agg(m.at::text, ',' order by c.at), '') || ']')::json,
        'areaM2', ('[' || coalesce(string_agg(c.area_m2::text, ',' order by c.at), '') || ']')::json,
        'labelX', ('[' || coalesce(string_agg(c.label_x::text, ',' order by c.at), '') || ']')::json,
        'labelY', ('[' || coalesce(string_agg(c.label_y::text, ',' order by c.at), '') || ']')::json)
      from cell c join community m on m.id = c.community_id),
    'arcs', (
      select json_build_object(
        'id', ('[' || coalesce(string_agg(a.id::text, ','), '') || ']')::json,
        'start', ('[' || coalesce(string_agg(a.s::text, ','), '') || ']')::json,
        'end', ('[' || coalesce(string_agg(a.e::text, ','), '') || ']')::json,
        'left', ('[' || coalesce(string_agg(a.l::text, ','), '') || ']')::json,
        'right', ('[' || coalesce(string_agg(a.r::text, ','), '') || ']')::json,
        'kind', ('[' || coalesce(string_agg(a.kind::text, ','), '') || ']')::json,
        'line', coalesce(json_agg(a.line), '[]'))
      from placed a))
  into v_ground;

  with grid as materialized (
    select g.*, (row_number() over (order by g.code) - 1)::int as at
    from public.grids g where g.edition_id = v_edition.id
  ), community as materialized (
    select u.id, (u.place - 1)::int as at from unnest(v_communities) with ordinality as u(id, place)
  )
  select
    (select json_build_object(
      'id', coalesce(json_agg(g.id order by g.at), '[]'), 'code', coalesce(json_agg(g.code order by g.at), '[]'),
      'name', coalesce(json_agg(g.name order by g.at), '[]'), 'community', coalesce(json_agg(m.at order by g.at), '[]'),
      'kind', coalesce(json_agg(g.kind order by g.at), '[]'))
     from grid g join community m on m.id = g.community_id),
    (select ('[' || coalesce(string_agg(coalesce(g.at, -1)::text, ',' order by c.id), '') || ']')::json
     from unnest(v_cells) as c(id)
     left join public.grid_cells gc on gc.edition_id = v_edition.id and gc.cell_id = c.id
     left join grid g on g.id = gc.grid_id)
  into v_grids, v_cell_grid;

  with cell as materialized (
    select u.id, (u.place - 1)::int as at from unnest(v_cells) with ordinality as u(id, place)
  ), community as materialized (
    select u.id, (u.place - 1)::int as at from unnest(v_communities) with ordinality as u(id, place)
  ), compound as materialized (
    select k.*, (row_number() over (order by k.id) - 1)::int as at from public.compounds k where k.land_id = p_land
  ), lived as materialized (
    select h.building_id, count(*) as households, sum(h.resident_count) as residents,
      count(*) filter (where h.category = 0) as c0, count(*) filter (where h.category = 1) as c1,
      count(*) filter (where h.category = 2) as c2, count(*) filter (where h.category = 3) as c3,
      count(*) filter (where h.category = 4) as c4, count(*) filter (where h.category = 5) as c5,
      count(*) filter (where h.category = 6) as c6, count(*) filter (where h.category = 7) as c7
    from public.households h
    where h.community_id = any (v_communities)
    group by h.building_id
  ), member as materialized (
    select m.id, m.building_id, (m.condition = 'frail')::int as frail
    from public.members m where m.community_id = any (v_communities)
  ), carried as (
    select m.building_id, count(*) as members from member m group by m.building_id
  ), building as materialized (
    select b.id, coalesce(c.at, -1) as cell, g.at as community, coalesce(k.at, -1) as compound, b.name, b.address, b.floors,
      coalesce(l.households, 0) as households, coalesce(l.residents, 0) as residents, coalesce(r.members, 0) as members,
      coalesce(l.c0, 0) as c0, coalesce(l.c1, 0) as c1, coalesce(l.c2, 0) as c2, coalesce(l.c3, 0) as c3,
      coalesce(l.c4, 0) as c4, coalesce(l.c5, 0) as c5, coalesce(l.c6, 0) as c6, coalesce(l.c7, 0) as c7,
      extensions.st_asencodedpolyline(
        extensions.st_translate(extensions.st_exteriorring(extensions.st_geometryn(b.geom, 1)), -v_land.lng0, -v_land.lat0), 7) as outline
    from public.buildings b
    join community g on g.id = b.community_id
    left join cell c on c.id = b.cell_id
    left join compound k on k.id = b.compound_id
    left join lived l on l.building_id = b.id
    left join carried r on r.building_id = b.id
    where b.land_id = p_land
    order by b.id
  )
  select json_build_object(
    'buildings', (
      select json_build_object(
        'id', ('[' || coalesce(string_agg(b.id::text, ','), '') || ']')::json,
        'cell', ('[' || coalesce(string_agg(b.cell::text, ','), '') || ']')::json,
        'community', ('[' || coalesce(string_agg(b.community::text, ','), '') || ']')::json,
        'compound', ('[' || coalesce(string_agg(b.compound::text, ','), '') || ']')::json,
        'name', coalesce(json_agg(b.name), '[]'), 'address', coalesce(json_agg(b.address), '[]'),
        'floors', ('[' || coalesce(string_agg(b.floors::text, ','), '') || ']')::json,
        'households', ('[' || coalesce(string_agg(b.households::text, ','), '') || ']')::json,
        'residents', ('[' || coalesce(string_agg(b.residents::text, ','), '') || ']')::json,
        'members', ('[' || coalesce(string_agg(b.members::text, ','), '') || ']')::json,
        'byCategory', json_build_array(
          ('[' || coalesce(string_agg(b.c0::text, ','), '') || ']')::json, ('[' || coalesce(string_agg(b.c1::text, ','), '') || ']')::json,
          ('[' || coalesce(string_agg(b.c2::text, ','), '') || ']')::json, ('[' || coalesce(string_agg(b.c3::text, ','), '') || ']')::json,
          ('[' || coalesce(string_agg(b.c4::text, ','), '') || ']')::json, ('[' || coalesce(string_agg(b.c5::text, ','), '') || ']')::json,
          ('[' || coalesce(string_agg(b.c6::text, ','), '') || ']')::json, ('[' || coalesce(string_agg(b.c7::text, ','), '') || ']')::json),
        'outline', coalesce(json_agg(b.outline), '[]'))
      from building b),
    'compounds', (
      select json_build_object(
        'id', coalesce(json_agg(k.id order by k.at), '[]'), 'community', coalesce(json_agg(g.at order by k.at), '[]'),
        'name', coalesce(json_agg(k.name order by k.at), '[]'), 'initials', coalesce(json_agg(k.initials order by k.at), '[]'),
        'status', coalesce(json_agg(k.status order by k.at), '[]'), 'note', coalesce(json_agg(k.note order by k.at), '[]'),
        'ring', coalesce(json_agg(extensions.st_asencodedpolyline(
          extensions.st_translate(extensions.st_exteriorring(k.geom), -v_land.lng0, -v_land.lat0), 7) order by k.at), '[]'))
      from compound k join community g on g.id = k.community_id),
    'members', (
      select json_build_object(
        'id', coalesce(json_agg(m.id order by m.id), '[]'), 'building', coalesce(json_agg(coalesce(b.at, -1) order by m.id), '[]'),
        'frail', coalesce(json_agg(m.frail order by m.id), '[]'))
      from member m
      left join (select b.id, (row_number() over (order by b.id) - 1)::int as at from building b) b on b.id = m.building_id))
  into v_built;

  select json_build_object(
    'streets', (
      select json_build_object(
        'id', coalesce(json_agg(s.id order by s.id), '[]'), 'name', coalesce(json_agg(s.name order by s.id), '[]'),
        'class', coalesce(json_agg(s.class order by s.id), '[]'),
        'line', coalesce(json_agg(extensions.st_asencodedpolyline(
          extensions.st_translate(s.geom, -v_land.lng0, -v_land.lat0), 7) order by s.id), '[]'))
      from public.streets s where s.land_id = p_land),
    'features', (
      select json_build_object(
        'id', coalesce(json_agg(f.id order by f.id), '[]'), 'kind', coalesce(json_agg(f.kind order by f.id), '[]'),
        'name', coalesce(json_agg(f.name order by f.id), '[]'),
        'line', coalesce(json_agg(extensions.st_asencodedpolyline(extensions.st_translate(
          case when extensions.st_dimension(f.part) = 2 then extensions.st_exteriorring(f.part) else f.part end,
          -v_land.lng0, -v_land.lat0), 7) order by f.id), '[]'))
      from (
        select f.id, f.kind, f.name, (extensions.st_dump(f.geom)).geom as part
        from public.land_features f where f.land_id = p_land
      ) f),
    'stations', (
      select json_build_object(
        'id', coalesce(json_agg(s.id order by s.id), '[]'), 'name', coalesce(json_agg(s.name order by s.id), '[]'),
        'level', coalesce(json_agg(s.level order by s.id), '[]'), 'capacity', coalesce(json_agg(s.capacity order by s.id), '[]'),
        'community', coalesce(json_agg(coalesce(g.place - 1, -1) order by s.id), '[]'),
        'lng', coalesce(json_agg(extensions.st_x(s.point) order by s.id), '[]'),
        'lat', coalesce(json_agg(extensions.st_y(s.point) order by s.id), '[]'))
      from public.stations s
      left join unnest(v_communities) with ordinality as g(id, place) on g.id = s.community_id
      where s.land_id = p_land))
  into v_round;

  -- One object from five: each loses its braces. Positions, not trimming: the parts end in nested braces themselves.
  return (
    '{' || substr(v_head::text, 2, length(v_head::text) - 2)
    || ',' || substr(v_ground::text, 2, length(v_ground::text) - 2)
    || ',"grids":' || v_grids::text || ',"cellGrid":' || v_cell_grid::text
    || ',' || substr(v_built::text, 2, length(v_built::text) - 2)
    || ',' || substr(v_round::text, 2, length(v_round::text) - 2) || '}')::json;
end
$$;
comment on function public.scope_snapshot(int) is
  'All of a land the caller may see, column by column. Lattice arcs are polylines of precision 0 (x, y); WGS84 lines are '
  'polylines of precision 7 relative to the land''s origin, since PostGIS encodes 32-bit numbers and 117 degrees do not fit. '
  'Errors: land_unknown.';

create or replace function public.grid_edition(p_land int, p_number int) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_result jsonb;
begin
  with edition as materialized (
    select e.* from public.grid_editions e where e.land_id = p_land and e.number = p_number
  ), grid as materialized (
    select g.*, row_number() over (order by g.code, g.id) - 1 as at from public.grids g join edition e on e.id = g.edition_id
  ), listed as materialized (
    select c.cell_id, g.at
    from public.grid_cells c join edition e on e.id = c.edition_id
    left join grid g on g.id = c.grid_id
  ), later as (
    select c.id as cell_id, extensions.st_setsrid(extensions.st_makepoint(
      l.lng0 + c.label_x * 0.005 / l.m_per_deg_lng, l.lat0 + c.label_y * 0.005 / l.m_per_deg_lat), 4326) as label
    from edition e
    join public.lands l on l.id = e.land_id and l.edition > e.land_edition
    join public.cells c on c.land_id = l.id and c.to_edition is null and c.from_edition > e.land_edition
  ), cell as (
    select i.cell_id, i.at from listed i
    union all
    -- On a border both would have it: the first by code does.
    select n.cell_id, min(g.at)
    from later n join grid g on extensions.st_intersects(g.geom, n.label)
    where n.cell_id not in (select i.cell_id from listed i)
    group by n.cell_id
  )
  select pg_catalog.jsonb_build_object(
    'id', e.id, 'number', e.number, 'validFrom', e.valid_from, 'validTo', e.valid_to, 'note', e.note, 'landEdition', e.land_edition,
    'publishedBy', (select p.name_masked from public.people p where p.id = e.published_by),
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name,
      'communityId', g.community_id, 'kind', g.kind, 'locked', false) order by g.at), '[]') from grid g),
    'links', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_build_array(l.cell_a, l.cell_b),
      'kind', l.kind) order by l.cell_a, l.cell_b), '[]') from public.land_links l
      where l.land_id = e.land_id and l.from_edition <= e.number and (l.to_edition is null or l.to_edition > e.number)),
    'cellIds', (select coalesce(pg_catalog.jsonb_agg(c.cell_id order by c.cell_id), '[]') from cell c),
    'cellGrid', (select coalesce(pg_catalog.jsonb_agg(coalesce(c.at, -1) order by c.cell_id), '[]') from cell c))
  into v_result
  from edition e;
  if v_result is null then
    raise exception using errcode = 'P0001', message = 'edition_unknown',
      detail = pg_catalog.jsonb_build_object('landId', p_land, 'number', p_number)::text;
  end if;
  return v_result;
end
$$;
comment on function public.grid_edition(int, int) is
  'An edition of the grids → {id, number, validFrom, validTo, note, landEdition, publishedBy, grids, links: [{cells, kind}], cellIds, cellGrid}; '
  'cells without a grid are not listed. Cells that the land got later are listed with the grid they lie in. Errors: edition_unknown.';
