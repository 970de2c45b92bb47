-- A coordinate of an arc has nine figures at most, each one of them: where the comma between two was optional, a run of more figures
-- read as several coordinates, and the line went to the land as it was. Nothing else of the function differs.

create or replace function private.import_row_errors(p_import uuid)
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
    and pg_catalog.jsonb_array_length(i.item -> 'xy') % 2 = 0 and (i.item ->> 'xy') ~ '^\[-?[0-9]{1,9}(?:, -?[0-9]{1,9})*\]$', false)
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
