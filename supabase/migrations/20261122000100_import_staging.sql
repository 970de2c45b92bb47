-- Rows of an import are unpacked once, with shapes made once, and all that checks and writes reads them from there.
-- (Read anew from the chunks for each table, and position by position through plpgsql, a city of 23,000 buildings took 27 s.)

-- Called once a household: as one expression it costs a fifth of matching part by part. Runs of nine digits and more are rare.
create or replace function private.natural_key(p_text text) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  if p_text ~ '[0-9]{9}' then
    return (select pg_catalog.string_agg(
        case when part[1] ~ '^[0-9]' then pg_catalog.lpad(part[1], 8, '0') else part[1] end, '' order by place)
      from pg_catalog.regexp_matches(p_text, '[0-9]+|[^0-9]+', 'g') with ordinality as m(part, place));
  end if;
  return nullif(pg_catalog.regexp_replace(
    pg_catalog.regexp_replace(p_text, '([0-9]+)', '0000000\1', 'g'), '0*([0-9]{8})(?![0-9])', '\1', 'g'), '');
end
$$;

create function private.stage_import(p_import uuid) returns void language plpgsql set search_path = '' as $$
begin
  drop table if exists pg_temp.staged_rows;
  drop table if exists pg_temp.staged_shapes;
  create temporary table staged_rows (kind text not null, idx int not null, item jsonb) on commit drop;
  insert into pg_temp.staged_rows
  select c.kind, row_number() over (partition by c.kind order by c.seq, e.place) - 1, e.item
  from public.import_chunks c
  cross join lateral pg_catalog.jsonb_array_elements(c.rows) with ordinality as e(item, place)
  where c.import_id = p_import
  order by c.kind, c.seq, e.place;
  create index on pg_temp.staged_rows (kind, idx);
  analyze pg_temp.staged_rows;

  -- Written as PostGIS would take it or not at all: it takes an unclosed ring without a word on some versions, and its
  -- errors must not be caught and survived row by row on the embedded engine.
  create temporary table staged_shapes (kind text not null, idx int not null, shape extensions.geometry) on commit drop;
  insert into pg_temp.staged_shapes
  with area as (
    select s.kind, s.idx, case
      when s.kind = 'compounds' then pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_array(s.item -> 'ring'))
      -- [[[lng, lat]…]…] is a polygon, one level more a collection of them.
      when pg_catalog.jsonb_typeof(s.item #> '{rings,0,0,0}') = 'array' then s.item -> 'rings'
      else pg_catalog.jsonb_build_array(s.item -> 'rings') end as polygons
    from pg_temp.staged_rows s
    where s.kind in ('compounds', 'buildings') or (s.kind = 'features' and not s.item ? 'line')
  ), shaped as (
    select a.kind, a.idx, case
      when a.polygons::text !~ ('^\[(?:(?:, )?\[(?:(?:, )?\[(?:(?:, )?' || p.position || ')+\])+\])+\]$') then null
      when exists (
        select from pg_catalog.jsonb_array_elements(a.polygons) as polygon
        cross join lateral pg_catalog.jsonb_array_elements(polygon) as ring
        where pg_catalog.jsonb_array_length(ring) not between 4 and 100000 or ring -> 0 <> ring -> -1) then null
      else extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(
        '{"type":"MultiPolygon","coordinates":' || a.polygons::text || '}')), 4326) end as shape
    from area a cross join (values (private.position_pattern())) as p(position)
    union all
    select s.kind, s.idx, case
      when (s.item -> 'line')::text ~ ('^\[(?:(?:, )?' || p.position || ')+\]$')
        and pg_catalog.jsonb_array_length(s.item -> 'line') between 2 and 100000
      then extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(
        '{"type":"LineString","coordinates":' || (s.item -> 'line')::text || '}')), 4326) end
    from pg_temp.staged_rows s cross join (values (private.position_pattern())) as p(position)
    where s.kind = 'streets' or (s.kind = 'features' and s.item ? 'line')
  )
  select h.kind, h.idx, case when extensions.st_xmin(h.shape) >= -180 and extensions.st_xmax(h.shape) <= 180
    and extensions.st_ymin(h.shape) >= -90 and extensions.st_ymax(h.shape) <= 90 then h.shape end
  from shaped h;
  create index on pg_temp.staged_shapes (kind, idx);
  analyze pg_temp.staged_shapes;
end
$$;
comment on function private.stage_import(uuid) is
  'Unpack the rows of an import into the temporary tables staged_rows (kind, idx from 0, item) and staged_shapes (kind, idx, '
  'shape in degrees, null where the row holds none: unclosed, too short, not numbers, no place on Earth).';

create function private.position_pattern() returns text language sql immutable parallel safe set search_path = '' as $$
  select '\[-?[0-9]+(?:\.[0-9]+)?, -?[0-9]+(?:\.[0-9]+)?(?:, -?[0-9]+(?:\.[0-9]+)?)?\]'
$$;
comment on function private.position_pattern() is 'Pattern of a position as jsonb writes it: two or three numbers.';

create function private.staged_count(p_kind text) returns int language plpgsql stable set search_path = '' as $$
begin
  return (select count(*) from pg_temp.staged_rows s where s.kind = p_kind);
end
$$;
comment on function private.staged_count(text) is 'How many rows of a kind are staged.';

-- ── checks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
drop function private.import_row_errors(uuid);
create function private.import_row_errors(p_import uuid)
returns table (kind text, "row" int, code text, "values" jsonb) language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with size as materialized (
    select k.kind, private.staged_count(k.kind) as n
    from unnest(array['communities', 'partyGroups', 'nodes', 'cells', 'compounds', 'buildings', 'stairwells', 'households',
      'residents', 'grids']) as k(kind)
  ), reference as (
    -- Every index into another kind: child, field, parent, and whether −1 or nothing is allowed.
    select * from (values
      ('partyGroups', 'community', 'communities', false), ('cells', 'community', 'communities', false),
      ('arcs', 'start', 'nodes', false), ('arcs', 'end', 'nodes', false), ('arcs', 'left', 'cells', true), ('arcs', 'right', 'cells', true),
      ('compounds', 'community', 'communities', false), ('buildings', 'community', 'communities', false),
      ('buildings', 'compound', 'compounds', true), ('buildings', 'cell', 'cells', true), ('stairwells', 'building', 'buildings', false),
      ('households', 'building', 'buildings', false), ('households', 'stairwell', 'stairwells', true),
      ('residents', 'household', 'households', false), ('members', 'community', 'communities', false),
      ('members', 'partyGroup', 'partyGroups', true), ('members', 'building', 'buildings', true),
      ('members', 'household', 'households', true), ('stations', 'community', 'communities', true),
      ('grids', 'community', 'communities', false), ('gridCells', 'cell', 'cells', false), ('gridCells', 'grid', 'grids', false)
    ) as r(kind, field, parent, optional)
  ), required as (
    -- Texts that may not be empty, and numbers with their range.
    select * from (values
      ('communities', 'name', 'text', null::float8, null::float8), ('communities', 'code', 'code', null, null),
      ('partyGroups', 'name', 'text', null, null), ('partyGroups', 'code', 'group_code', null, null),
      ('nodes', 'x', 'int', null, null), ('nodes', 'y', 'int', null, null), ('cells', 'areaM2', 'number', 1e-9, 1e12),
      ('cells', 'labelX', 'int', null, null), ('cells', 'labelY', 'int', null, null), ('arcs', 'kind', 'int', 0, 6),
      ('compounds', 'name', 'text', null, null), ('buildings', 'lng', 'number', -180, 180), ('buildings', 'lat', 'number', -85, 85),
      ('households', 'category', 'int', 0, 7), ('households', 'residentCount', 'int', 0, 1000),
      ('residents', 'name', 'text', null, null), ('members', 'name', 'text', null, null), ('stairwells', 'name', 'text', null, null),
      ('streets', 'class', 'text', null, null), ('stations', 'name', 'text', null, null), ('stations', 'lng', 'number', -180, 180),
      ('stations', 'lat', 'number', -85, 85), ('grids', 'code', 'text', null, null), ('grids', 'name', 'text', null, null)
    ) as r(kind, field, type, low, high)
  ), chosen as (
    select * from (values
      ('communities', 'kind', array['urban', 'rural'], true), ('compounds', 'status', array['managed', 'self_managed', 'unmanaged'], false),
      ('members', 'condition', array['able', 'frail'], true), ('residents', 'sex', array['m', 'f'], true),
      ('features', 'kind', array['water', 'green', 'railway'], false), ('grids', 'kind', array['basic', 'dedicated'], true),
      ('stations', 'level', array['street_centre', 'community_station', 'grid_home', 'compound_point', 'stairwell_contact'], false)
    ) as c(kind, field, words, optional)
  ), item as (
    select s.kind, s.idx, s.item from pg_temp.staged_rows s
  )
  select i.kind, i.idx, 'row_invalid', '{}'::jsonb from item i where pg_catalog.jsonb_typeof(i.item) <> 'object'
  union all
  select i.kind, i.idx, 'reference_unknown', pg_catalog.jsonb_build_object('field', r.field, 'index', i.item -> r.field)
  from item i
  join reference r on r.kind = i.kind
  join size s on s.kind = r.parent
  where case
    when coalesce(i.item -> r.field, 'null') in ('null', '-1') then not r.optional
    when (i.item -> r.field)::text ~ '^[0-9]{1,9}$' then (i.item ->> r.field)::int >= s.n
    else true end
  union all
  select i.kind, i.idx, 'value_invalid', pg_catalog.jsonb_build_object('field', q.field, 'value', pg_catalog.left((i.item -> q.field)::text, 80))
  from item i
  join required q on q.kind = i.kind
  where not coalesce(case q.type
    when 'text' then pg_catalog.jsonb_typeof(i.item -> q.field) = 'string' and pg_catalog.btrim(i.item ->> q.field) <> ''
    when 'code' then (i.item ->> q.field) ~ '^[0-9]{12}$'
    when 'group_code' then (i.item ->> q.field) ~ '^[0-9]{14}$'
    when 'int' then case when (i.item -> q.field)::text ~ '^-?[0-9]{1,9}$'
      then (i.item ->> q.field)::int between coalesce(q.low, -2147483648) and coalesce(q.high, 2147483647) end
    else case when pg_catalog.jsonb_typeof(i.item -> q.field) = 'number'
      then (i.item ->> q.field)::float8 between q.low and q.high end end, false)
  union all
  select i.kind, i.idx, 'value_invalid', pg_catalog.jsonb_build_object('field', c.field, 'value', pg_catalog.left((i.item -> c.field)::text, 80))
  from item i
  join chosen c on c.kind = i.kind
  where not coalesce(i.item ->> c.field = any (c.words), c.optional)
  union all
  select d.kind, d.idx, 'code_duplicate', pg_catalog.jsonb_build_object('code', d.code)
  from (
    select i.kind, i.idx, i.item ->> 'code' as code, row_number() over (partition by i.kind, i.item ->> 'code' order by i.idx) as nth
    from item i where i.kind in ('communities', 'partyGroups', 'grids') and i.item ->> 'code' is not null
  ) d where d.nth > 1
  union all
  select i.kind, i.idx, 'code_taken', pg_catalog.jsonb_build_object('code', u.code, 'name', u.name)
  from item i
  join public.org_units u on u.code = i.item ->> 'code'
  join public.imports m on m.id = p_import
  where i.kind in ('communities', 'partyGroups')
    -- Units that are already there, in the street the land is for, are used as they are.
    and not (m.meta -> 'street' is null
      and u.path operator(extensions.<@) (select s.path from public.org_units s where s.id = m.org_unit_id))
  union all
  select i.kind, i.idx, 'arc_shape_invalid', '{}'
  from item i
  where i.kind = 'arcs' and not coalesce(
    pg_catalog.jsonb_typeof(i.item -> 'xy') = 'array' and pg_catalog.jsonb_array_length(i.item -> 'xy') >= 4
    and pg_catalog.jsonb_array_length(i.item -> 'xy') % 2 = 0 and (i.item ->> 'xy') ~ '^\[(-?[0-9]{1,9}(, )?)+\]$', false)
  union all
  select i.kind, i.idx, 'arc_without_cell', '{}'
  from item i
  where i.kind = 'arcs' and coalesce(i.item ->> 'left', '-1') !~ '^[0-9]' and coalesce(i.item ->> 'right', '-1') !~ '^[0-9]'
  union all
  select i.kind, i.idx, 'arc_ends_elsewhere', '{}'
  from item i
  join item s on s.kind = 'nodes' and s.idx = case when (i.item -> 'start')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'start')::int end
  join item e on e.kind = 'nodes' and e.idx = case when (i.item -> 'end')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'end')::int end
  where i.kind = 'arcs' and pg_catalog.jsonb_typeof(i.item -> 'xy') = 'array'
    and (i.item -> 'xy' -> 0, i.item -> 'xy' -> 1, i.item -> 'xy' -> -2, i.item -> 'xy' -> -1)
      is distinct from (s.item -> 'x', s.item -> 'y', e.item -> 'x', e.item -> 'y')
  union all
  select i.kind, i.idx, 'unplaced_without_reason', '{}'
  from item i
  where i.kind = 'buildings' and coalesce(i.item -> 'cell', 'null') in ('null', '-1')
    and coalesce(pg_catalog.btrim(i.item ->> 'needsReview'), '') = ''
  union all
  select h.kind, h.idx, case when h.shape is null then 'ring_invalid' else 'ring_self_crossing' end, '{}'
  from pg_temp.staged_shapes h
  join item i on i.kind = h.kind and i.idx = h.idx
  where (h.kind in ('compounds', 'buildings') or (h.kind = 'features' and not i.item ? 'line'))
    -- A building that is there already may keep its outline.
    and not (h.kind = 'buildings' and h.shape is null and pg_catalog.jsonb_typeof(i.item -> 'id') = 'number' and not i.item ? 'rings')
    and not coalesce(extensions.st_isvalid(h.shape), false)
  union all
  select h.kind, h.idx, 'line_invalid', '{}'
  from pg_temp.staged_shapes h
  join item i on i.kind = h.kind and i.idx = h.idx
  where (h.kind = 'streets' or (h.kind = 'features' and i.item ? 'line')) and h.shape is null
  union all
  select i.kind, i.idx, 'grid_id_invalid', '{}'
  from item i
  where i.kind = 'grids' and i.item ->> 'id' is not null
    and i.item ->> 'id' !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
  union all
  select d.kind, d.idx, 'cell_repeated', pg_catalog.jsonb_build_object('cell', d.cell)
  from (
    select i.kind, i.idx, i.item ->> 'cell' as cell, row_number() over (partition by i.item ->> 'cell' order by i.idx) as nth
    from item i where i.kind = 'gridCells'
  ) d where d.nth > 1
  union all
  select i.kind, i.idx, 'grid_other_community', pg_catalog.jsonb_build_object('cell', i.item -> 'cell', 'grid', i.item -> 'grid')
  from item i
  join item c on c.kind = 'cells' and c.idx = case when (i.item -> 'cell')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'cell')::int end
  join item g on g.kind = 'grids' and g.idx = case when (i.item -> 'grid')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'grid')::int end
  where i.kind = 'gridCells' and c.item -> 'community' is distinct from g.item -> 'community'
  union all
  select i.kind, i.idx, 'cell_other_community', pg_catalog.jsonb_build_object('cell', i.item -> 'cell')
  from item i
  join item c on c.kind = 'cells' and c.idx = case when (i.item -> 'cell')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'cell')::int end
  where i.kind = 'buildings' and c.item -> 'community' is distinct from i.item -> 'community'
  union all
  select k.kind, 0, 'rows_missing', '{}'
  from unnest(array['communities', 'nodes', 'cells', 'arcs']) as k(kind)
  where private.staged_count(k.kind) = 0
    and exists (select from public.imports m where m.id = p_import and m.kind = 'land');
end
$$;
comment on function private.import_row_errors(uuid) is
  'What is wrong with each staged row taken by itself or with the rows it refers to; empty when all is well.';

-- ── writing: rows are checked by now, so their fields are taken by type ───────────────────────────────────────────────
create or replace function private.import_organisation(p_import public.imports) returns int language plpgsql set search_path = '' as $$
declare
  v_street int := p_import.org_unit_id;
begin
  if pg_catalog.jsonb_typeof(p_import.meta -> 'street') = 'object' then
    if coalesce(p_import.meta -> 'street' ->> 'code', '') !~ '^[0-9]{12}$' or coalesce(p_import.meta -> 'street' ->> 'name', '') = '' then
      perform private.fail('import_street_invalid');
    end if;
    if exists (select from public.org_units u where u.code = p_import.meta -> 'street' ->> 'code') then
      perform private.fail('import_street_taken', pg_catalog.jsonb_build_object('code', p_import.meta -> 'street' ->> 'code'));
    end if;
    insert into public.org_units (parent_id, level, code, name, initials)
    values (p_import.org_unit_id, 'street', p_import.meta -> 'street' ->> 'code', p_import.meta -> 'street' ->> 'name',
      coalesce(p_import.meta -> 'street' ->> 'initials', ''))
    returning id into v_street;
  end if;
  if exists (select from public.lands l where l.org_unit_id = v_street) then
    perform private.fail('land_exists', pg_catalog.jsonb_build_object('orgUnitId', v_street));
  end if;
  insert into public.org_units (parent_id, level, code, name, initials, kind)
  select v_street, 'community', s.item ->> 'code', s.item ->> 'name', coalesce(s.item ->> 'initials', ''),
    (s.item ->> 'kind')::public.community_kind
  from pg_temp.staged_rows s where s.kind = 'communities'
  order by s.idx
  on conflict (code) do nothing;
  insert into public.org_units (parent_id, level, code, name, initials)
  select c.id, 'party_group', s.item ->> 'code', s.item ->> 'name', coalesce(s.item ->> 'initials', '')
  from pg_temp.staged_rows s
  join pg_temp.staged_rows i on i.kind = 'communities' and i.idx = (s.item ->> 'community')::int
  join public.org_units c on c.code = i.item ->> 'code'
  where s.kind = 'partyGroups'
  order by s.idx
  on conflict (code) do nothing;
  return v_street;
end
$$;

create function private.lattice_line(p_xy text) returns extensions.geometry language sql immutable parallel safe set search_path = '' as $$
  -- [1, 2, 3, 4] reads as LINESTRING(1 2,3 4).
  select extensions.st_geomfromtext('LINESTRING(' || pg_catalog.regexp_replace(
    pg_catalog.btrim(p_xy, '[]'), '(-?[0-9]+), (-?[0-9]+)', '\1 \2', 'g') || ')', 0)
$$;
comment on function private.lattice_line(text) is 'Line on the lattice from a list of x, y, x, y … as jsonb writes it.';

create or replace function private.import_topology(p_import uuid, p_land int, p_communities int[], p_cell_base int) returns void
language plpgsql set search_path = '' as $$
declare
  v_nodes int := private.reserve_ids('public.land_nodes', private.staged_count('nodes'));
begin
  insert into public.land_nodes (id, land_id, x, y)
  select v_nodes + s.idx, p_land, (s.item ->> 'x')::int, (s.item ->> 'y')::int
  from pg_temp.staged_rows s where s.kind = 'nodes' order by s.idx;
  insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y, needs_review)
  select p_cell_base + s.idx, p_land, p_communities[(s.item ->> 'community')::int + 1], (s.item ->> 'areaM2')::float8,
    (s.item ->> 'labelX')::int, (s.item ->> 'labelY')::int, nullif(s.item ->> 'needsReview', '')
  from pg_temp.staged_rows s where s.kind = 'cells' order by s.idx;
  insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell)
  select p_land, v_nodes + (s.item ->> 'start')::int, v_nodes + (s.item ->> 'end')::int, private.lattice_line(s.item ->> 'xy'),
    (s.item ->> 'kind')::smallint, p_cell_base + nullif((s.item ->> 'left')::int, -1), p_cell_base + nullif((s.item ->> 'right')::int, -1)
  from pg_temp.staged_rows s where s.kind = 'arcs' order by s.idx;
end
$$;

create or replace function private.import_buildings(p_import uuid, p_land int, p_communities int[], p_cell_base int, p_building_base int)
returns void language plpgsql set search_path = '' as $$
declare
  v_compounds int := private.reserve_ids('public.compounds', private.staged_count('compounds'));
begin
  insert into public.compounds (id, land_id, community_id, name, initials, status, note, geom, source_ref)
  select v_compounds + s.idx, p_land, p_communities[(s.item ->> 'community')::int + 1], s.item ->> 'name',
    coalesce(s.item ->> 'initials', ''), (s.item ->> 'status')::public.compound_status, s.item ->> 'note',
    extensions.st_geometryn(h.shape, 1), s.item ->> 'sourceRef'
  from pg_temp.staged_rows s join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'compounds' order by s.idx;
  insert into public.buildings (
    id, land_id, community_id, compound_id, cell_id, name, address, initials, kind, floors, geom, point, source_ref, needs_review, underground)
  select p_building_base + s.idx, p_land, p_communities[(s.item ->> 'community')::int + 1],
    v_compounds + nullif((s.item ->> 'compound')::int, -1), p_cell_base + nullif((s.item ->> 'cell')::int, -1),
    coalesce(s.item ->> 'name', ''), coalesce(s.item ->> 'address', ''), coalesce(s.item ->> 'initials', ''),
    coalesce(s.item ->> 'kind', 'residential'), private.floors_of(s.item -> 'floors'), h.shape,
    extensions.st_setsrid(extensions.st_makepoint((s.item ->> 'lng')::float8, (s.item ->> 'lat')::float8), 4326),
    s.item ->> 'sourceRef', nullif(s.item ->> 'needsReview', ''), coalesce(s.item -> 'underground' = 'true', false)
  from pg_temp.staged_rows s join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'buildings' order by s.idx;
  insert into public.streets (land_id, name, initials, class, hard, geom, source_ref, tunnel, bridge, layer)
  select p_land, coalesce(s.item ->> 'name', ''), coalesce(s.item ->> 'initials', ''), s.item ->> 'class',
    coalesce(s.item -> 'hard' = 'true', false), h.shape, s.item ->> 'sourceRef', coalesce(s.item ->> 'tunnel', ''),
    coalesce(s.item ->> 'bridge', ''), coalesce(private.json_int(s.item, 'layer'), 0)
  from pg_temp.staged_rows s join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'streets' order by s.idx;
  insert into public.land_features (land_id, kind, name, geom)
  select p_land, s.item ->> 'kind', coalesce(s.item ->> 'name', ''), h.shape
  from pg_temp.staged_rows s join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'features' order by s.idx;
  insert into public.stations (land_id, community_id, name, initials, level, capacity, hours, point)
  select p_land, p_communities[nullif((s.item ->> 'community')::int, -1) + 1], s.item ->> 'name', coalesce(s.item ->> 'initials', ''),
    (s.item ->> 'level')::public.station_level, greatest(0, coalesce(private.json_int(s.item, 'capacity'), 0)), coalesce(s.item ->> 'hours', ''),
    extensions.st_setsrid(extensions.st_makepoint((s.item ->> 'lng')::float8, (s.item ->> 'lat')::float8), 4326)
  from pg_temp.staged_rows s where s.kind = 'stations' order by s.idx;
end
$$;

create function private.floors_of(p_floors jsonb) returns smallint language sql immutable parallel safe set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_floors) = 'number' then greatest(0, least(200, (p_floors::text)::float8)) else 0 end::smallint
$$;
comment on function private.floors_of(jsonb) is 'Floors of a row, 0 to 200; 0 where it says none.';

create or replace function private.import_people(p_import uuid, p_communities int[], p_building_base int) returns void
language plpgsql set search_path = '' as $$
declare
  v_stairwells int := private.reserve_ids('public.stairwells', private.staged_count('stairwells'));
  v_households int := private.reserve_ids('public.households', private.staged_count('households'));
  v_residents int := private.reserve_ids('public.residents', private.staged_count('residents'));
  v_members int := private.reserve_ids('public.members', private.staged_count('members'));
begin
  insert into public.stairwells (id, building_id, name, sort)
  select v_stairwells + s.idx, p_building_base + (s.item ->> 'building')::int, s.item ->> 'name', coalesce(private.json_int(s.item, 'sort'), s.idx)
  from pg_temp.staged_rows s where s.kind = 'stairwells' order by s.idx;

  insert into public.households (
    id, community_id, building_id, stairwell_id, room, address, sort_key, head_name_masked, initials, category, resident_count, phone_masked)
  select v_households + s.idx, b.community_id, b.id, v_stairwells + nullif((s.item ->> 'stairwell')::int, -1),
    coalesce(s.item ->> 'room', ''), coalesce(s.item ->> 'address', ''),
    coalesce(private.natural_key(coalesce(s.item ->> 'address', '') || ' ' || coalesce(s.item ->> 'room', '')), ''),
    -- Masks are functions with a search path of their own, dear by the row: asked only where there is something to mask.
    case when s.item ->> 'headName' <> '' then private.mask_name(s.item ->> 'headName') end, coalesce(s.item ->> 'initials', ''),
    (s.item ->> 'category')::smallint, (s.item ->> 'residentCount')::smallint,
    case when s.item ->> 'phone' <> '' then private.mask_phone(s.item ->> 'phone') end
  from pg_temp.staged_rows s
  join public.buildings b on b.id = p_building_base + (s.item ->> 'building')::int
  where s.kind = 'households'
  order by s.idx;

  insert into public.residents (
    id, household_id, community_id, building_id, name_masked, relation, birth_year, sex, phone_masked, id_number_masked)
  select v_residents + s.idx, h.id, h.community_id, h.building_id, private.mask_name(s.item ->> 'name'), coalesce(s.item ->> 'relation', ''),
    private.json_int(s.item, 'birthYear'), s.item ->> 'sex', private.mask_phone(s.item ->> 'phone'), private.mask_id_number(s.item ->> 'idNumber')
  from pg_temp.staged_rows s
  join public.households h on h.id = v_households + (s.item ->> 'household')::int
  where s.kind = 'residents'
  order by s.idx;
  insert into private.resident_identities (resident_id, name, phone, id_number)
  select v_residents + s.idx, s.item ->> 'name', nullif(s.item ->> 'phone', ''), nullif(s.item ->> 'idNumber', '')
  from pg_temp.staged_rows s where s.kind = 'residents';
  insert into private.resident_tags (resident_id, tag)
  select distinct v_residents + s.idx, t.tag
  from pg_temp.staged_rows s
  cross join lateral pg_catalog.jsonb_array_elements_text(
    case when pg_catalog.jsonb_typeof(s.item -> 'tags') = 'array' then s.item -> 'tags' else '[]' end) as t(tag)
  where s.kind = 'residents' and t.tag <> '';

  -- A household that names its head but lists nobody gets its head as a resident: a name is never thrown away.
  with head as materialized (
    select h.id, h.community_id, h.building_id, s.item ->> 'headName' as name, nullif(s.item ->> 'phone', '') as phone
    from pg_temp.staged_rows s
    join public.households h on h.id = v_households + s.idx
    where s.kind = 'households' and s.item ->> 'headName' <> ''
      and not exists (select from public.residents e where e.household_id = h.id)
  ), made as (
    insert into public.residents (household_id, community_id, building_id, name_masked, relation, phone_masked)
    select h.id, h.community_id, h.building_id, private.mask_name(h.name), '户主', private.mask_phone(h.phone) from head h
    returning id, household_id
  )
  insert into private.resident_identities (resident_id, name, phone)
  select m.id, h.name, h.phone from made m join head h on h.id = m.household_id;

  insert into public.members (
    id, party_group_id, community_id, building_id, household_id, name_masked, initials, condition, exempt_reason, phone_masked)
  select v_members + s.idx, g.id, p_communities[(s.item ->> 'community')::int + 1],
    p_building_base + nullif((s.item ->> 'building')::int, -1), v_households + nullif((s.item ->> 'household')::int, -1),
    private.mask_name(s.item ->> 'name'), coalesce(s.item ->> 'initials', ''),
    coalesce(s.item ->> 'condition', 'able')::public.member_condition, nullif(s.item ->> 'exemptReason', ''), private.mask_phone(s.item ->> 'phone')
  from pg_temp.staged_rows s
  left join pg_temp.staged_rows i on i.kind = 'partyGroups' and i.idx = (s.item ->> 'partyGroup')::int
  left join public.org_units g on g.code = i.item ->> 'code'
  where s.kind = 'members'
  order by s.idx;
  insert into private.member_identities (member_id, name, phone)
  select v_members + s.idx, s.item ->> 'name', nullif(s.item ->> 'phone', '') from pg_temp.staged_rows s where s.kind = 'members';
end
$$;

create or replace function private.import_grids(p_import uuid, p_land int, p_communities int[], p_cell_base int) returns void
language plpgsql set search_path = '' as $$
declare
  v_edition int;
begin
  insert into public.grid_editions (land_id, number, published_by, note)
  select p_land, 1, i.created_by, coalesce(i.meta ->> 'note', '') from public.imports i where i.id = p_import
  returning id into v_edition;
  drop table if exists pg_temp.new_grids;
  drop table if exists pg_temp.new_grid_cells;
  create temporary table new_grids (
    idx int, grid_id uuid, code text, name text, community_id int, kind public.grid_kind) on commit drop;
  create temporary table new_grid_cells (cell_id int, grid_id uuid) on commit drop;
  insert into pg_temp.new_grids
  select s.idx, coalesce((s.item ->> 'id')::uuid, pg_catalog.gen_random_uuid()), s.item ->> 'code', s.item ->> 'name',
    p_communities[(s.item ->> 'community')::int + 1], coalesce(s.item ->> 'kind', 'basic')::public.grid_kind
  from pg_temp.staged_rows s
  -- A grid without a cell has no polygon; it is left out and the report says so.
  where s.kind = 'grids' and s.idx in (select (c.item ->> 'grid')::int from pg_temp.staged_rows c where c.kind = 'gridCells');
  insert into pg_temp.new_grid_cells
  select p_cell_base + (s.item ->> 'cell')::int, g.grid_id
  from pg_temp.staged_rows s
  join pg_temp.new_grids g on g.idx = (s.item ->> 'grid')::int
  where s.kind = 'gridCells';
  analyze pg_temp.new_grids;
  analyze pg_temp.new_grid_cells;
  perform private.write_grids(v_edition);
end
$$;

drop function private.import_rows(uuid, text);
drop function private.import_count(uuid, text);
drop function private.json_polygon(jsonb);
drop function private.json_line(jsonb);
drop function private.json_is_line(jsonb, int, boolean);
