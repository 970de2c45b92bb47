-- What is wrong with the rows of an import: each error names the kind, the row (from 0) and a code.

create function private.import_row_errors(p_import uuid)
returns table (kind text, "row" int, code text, "values" jsonb) language sql stable set search_path = '' as $$
  with size as materialized (
    select k.kind, private.import_count(p_import, k.kind) as n
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
  ), item as materialized (
    select c.kind, (row_number() over (partition by c.kind order by c.seq, e.place) - 1)::int as idx, e.item
    from public.import_chunks c
    cross join lateral pg_catalog.jsonb_array_elements(c.rows) with ordinality as e(item, place)
    where c.import_id = p_import
  )
  select i.kind, i.idx, 'row_invalid', '{}'::jsonb from item i where pg_catalog.jsonb_typeof(i.item) <> 'object'
  union all
  select i.kind, i.idx, 'reference_unknown', pg_catalog.jsonb_build_object('field', r.field, 'index', i.item -> r.field)
  from item i
  join reference r on r.kind = i.kind
  join size s on s.kind = r.parent
  where case
    when coalesce(i.item -> r.field, 'null') in ('null', '-1') then not r.optional
    else coalesce(private.json_int(i.item, r.field), -1) not between 0 and s.n - 1 end
  union all
  select i.kind, i.idx, 'value_invalid', pg_catalog.jsonb_build_object('field', q.field, 'value', pg_catalog.left((i.item -> q.field)::text, 80))
  from item i
  join required q on q.kind = i.kind
  where not coalesce(case q.type
    when 'text' then pg_catalog.jsonb_typeof(i.item -> q.field) = 'string' and pg_catalog.btrim(i.item ->> q.field) <> ''
    when 'code' then (i.item ->> q.field) ~ '^[0-9]{12}$'
    when 'group_code' then (i.item ->> q.field) ~ '^[0-9]{14}$'
    when 'int' then private.json_int(i.item, q.field) between coalesce(q.low, -2147483648) and coalesce(q.high, 2147483647)
    else private.json_number(i.item, q.field) between q.low and q.high end, false)
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
  where i.kind = 'arcs' and coalesce(private.json_int(i.item, 'left'), -1) < 0 and coalesce(private.json_int(i.item, 'right'), -1) < 0
  union all
  select i.kind, i.idx, 'arc_ends_elsewhere', '{}'
  from item i
  join item s on s.kind = 'nodes' and s.idx = private.json_int(i.item, 'start')
  join item e on e.kind = 'nodes' and e.idx = private.json_int(i.item, 'end')
  where i.kind = 'arcs' and pg_catalog.jsonb_typeof(i.item -> 'xy') = 'array'
    and (i.item -> 'xy' -> 0, i.item -> 'xy' -> 1, i.item -> 'xy' -> -2, i.item -> 'xy' -> -1)
      is distinct from (s.item -> 'x', s.item -> 'y', e.item -> 'x', e.item -> 'y')
  union all
  select i.kind, i.idx, 'unplaced_without_reason', '{}'
  from item i
  where i.kind = 'buildings' and coalesce(private.json_int(i.item, 'cell'), -1) < 0
    and coalesce(pg_catalog.btrim(i.item ->> 'needsReview'), '') = ''
  union all
  select i.kind, i.idx, case when s.shape is null then 'ring_invalid' else 'ring_self_crossing' end, '{}'
  from item i
  cross join lateral (
    select private.json_polygon(case i.kind
      when 'compounds' then pg_catalog.jsonb_build_array(i.item -> 'ring') else i.item -> 'rings' end) as shape
  ) s
  where (i.kind in ('compounds', 'buildings') or (i.kind = 'features' and not i.item ? 'line'))
    and not coalesce(extensions.st_isvalid(s.shape), false)
  union all
  select i.kind, i.idx, 'line_invalid', '{}'
  from item i
  where (i.kind = 'streets' or (i.kind = 'features' and i.item ? 'line')) and private.json_line(i.item -> 'line') is null
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
  join item c on c.kind = 'cells' and c.idx = private.json_int(i.item, 'cell')
  join item g on g.kind = 'grids' and g.idx = private.json_int(i.item, 'grid')
  where i.kind = 'gridCells' and c.item -> 'community' is distinct from g.item -> 'community'
  union all
  select i.kind, i.idx, 'cell_other_community', pg_catalog.jsonb_build_object('cell', i.item -> 'cell')
  from item i
  join item c on c.kind = 'cells' and c.idx = private.json_int(i.item, 'cell')
  where i.kind = 'buildings' and c.item -> 'community' is distinct from i.item -> 'community'
  union all
  select k.kind, 0, 'rows_missing', '{}'
  from unnest(array['communities', 'nodes', 'cells', 'arcs']) as k(kind)
  where private.import_count(p_import, k.kind) = 0
$$;
comment on function private.import_row_errors(uuid) is
  'What is wrong with each row taken by itself or with the rows it refers to; empty when all is well.';

create function private.import_land_errors(p_land int, p_cell_base int, p_building_base int)
returns table (kind text, "row" int, code text, "values" jsonb) language plpgsql stable set search_path = '' as $$
declare
  v_cells int[];
  v_groups int[];
  v_face_groups int[];
  v_faces extensions.geometry[];
begin
  select array_agg(c.id order by c.id), array_agg(c.id - p_cell_base order by c.id) into v_cells, v_groups
  from public.cells c where c.land_id = p_land;
  select array_agg(f.grp), array_agg(f.face) into v_face_groups, v_faces
  from private.land_faces(p_land, v_cells, v_groups) f;

  return query
  select 'cells', c.id - p_cell_base, 'cell_in_pieces', pg_catalog.jsonb_build_object('pieces', count(f.grp))
  from public.cells c
  left join unnest(v_face_groups) as f(grp) on f.grp = c.id - p_cell_base
  where c.land_id = p_land
  group by c.id
  having count(f.grp) <> 1;

  if not private.faces_tile(p_land, v_cells, v_groups, v_face_groups, v_faces) then
    return query select 'arcs', 0, 'coverage_broken', '{}'::jsonb;
  end if;

  return query
  select 'cells', f.grp, 'label_outside', '{}'::jsonb
  from unnest(v_face_groups, v_faces) as f(grp, face)
  join public.cells c on c.id = f.grp + p_cell_base
  where not extensions.st_contains(f.face, extensions.st_makepoint(c.label_x, c.label_y));

  return query
  select 'buildings', b.id - p_building_base, 'building_outside_cell', pg_catalog.jsonb_build_object('cell', f.grp)
  from unnest(v_face_groups, v_faces) as f(grp, face)
  join public.buildings b on b.cell_id = f.grp + p_cell_base
  join public.lands l on l.id = p_land
  where not extensions.st_contains(f.face, extensions.st_makepoint(
    (extensions.st_x(b.point) - l.lng0) * l.m_per_deg_lng / 0.005, (extensions.st_y(b.point) - l.lat0) * l.m_per_deg_lat / 0.005));
end
$$;
comment on function private.import_land_errors(int, int, int) is
  'What is wrong with the land as a whole: cells in pieces or without area, borders that cross or leave gaps, labels and '
  'buildings outside their cell.';
