-- Import of land: rows arrive in chunks, are checked as a whole, and enter in one transaction or not at all.

-- ── reading rows without trusting them ────────────────────────────────────────────────────────────────────────────
-- In plpgsql: a function with its own search_path is never inlined, and then SQL costs twice as much a call.
create function private.json_number(p_row jsonb, p_key text) returns double precision
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return case when pg_catalog.jsonb_typeof(p_row -> p_key) = 'number' then (p_row ->> p_key)::double precision end;
end
$$;
comment on function private.json_number(jsonb, text) is 'A number of a row, or null where there is none.';

create function private.json_int(p_row jsonb, p_key text) returns int language plpgsql immutable parallel safe set search_path = '' as $$
declare
  v_item jsonb := p_row -> p_key;
  v_text text := v_item::text;
begin
  return case when pg_catalog.jsonb_typeof(v_item) = 'number' and v_text ~ '^-?[0-9]{1,9}$' then v_text::int end;
end
$$;
comment on function private.json_int(jsonb, text) is 'A whole number of at most nine digits of a row, or null where there is none.';

-- What PostGIS is given is checked before: it takes an unclosed ring without a word on some versions, and its errors must
-- not be caught and survived row by row on the embedded engine.
create function private.json_is_line(p_line jsonb, p_least int, p_closed boolean) returns boolean
language sql immutable parallel safe set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_line) = 'array' then
    pg_catalog.jsonb_array_length(p_line) between p_least and 100000
    and (not p_closed or p_line -> 0 = p_line -> -1)
    and not exists (
      select from pg_catalog.jsonb_array_elements(p_line) as p(at)
      where case when pg_catalog.jsonb_typeof(p.at) = 'array' and pg_catalog.jsonb_typeof(p.at -> 0) = 'number'
          and pg_catalog.jsonb_typeof(p.at -> 1) = 'number' and pg_catalog.jsonb_array_length(p.at) <= 3
        then not ((p.at ->> 0)::numeric between -180 and 180 and (p.at ->> 1)::numeric between -90 and 90) else true end)
  else false end
$$;
comment on function private.json_is_line(jsonb, int, boolean) is
  'Whether it is a list of at least so many positions in degrees, and closed where it must be.';

create function private.json_polygon(p_rings jsonb) returns extensions.geometry language plpgsql immutable set search_path = '' as $$
declare
  -- [[[lng, lat]…]…] is a polygon, one level more a collection of them.
  v_many boolean := pg_catalog.jsonb_typeof(p_rings -> 0 -> 0 -> 0) = 'array';
  v_polygons jsonb := case when v_many then p_rings else pg_catalog.jsonb_build_array(p_rings) end;
begin
  if pg_catalog.jsonb_typeof(p_rings) is distinct from 'array' or pg_catalog.jsonb_array_length(p_rings) = 0 or exists (
    select from pg_catalog.jsonb_array_elements(v_polygons) as polygon
    where case when pg_catalog.jsonb_typeof(polygon) = 'array' and polygon <> '[]' then exists (
      select from pg_catalog.jsonb_array_elements(polygon) as ring where not private.json_is_line(ring, 4, true)) else true end) then
    return null;
  end if;
  return extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(
    pg_catalog.jsonb_build_object('type', 'MultiPolygon', 'coordinates', v_polygons))), 4326);
end
$$;
comment on function private.json_polygon(jsonb) is 'Polygons of rings in degrees, or null where they are none: unclosed, too short, not numbers.';

create function private.json_line(p_line jsonb) returns extensions.geometry language plpgsql immutable set search_path = '' as $$
begin
  if not private.json_is_line(p_line, 2, false) then
    return null;
  end if;
  return extensions.st_setsrid(extensions.st_force2d(extensions.st_geomfromgeojson(
    pg_catalog.jsonb_build_object('type', 'LineString', 'coordinates', p_line))), 4326);
end
$$;
comment on function private.json_line(jsonb) is 'Line of positions in degrees, or null where they are none.';

-- ── the life of an import ──────────────────────────────────────────────────────────────────────────────────────────────
create function private.require_import(p_import uuid) returns public.imports language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports i
  where i.id = p_import and i.created_by is not distinct from private.my_person()
    -- An import without a person is the owner's own, made without a token; nobody signed in may take it for his.
    and (i.created_by is not null or auth.uid() is null)
  for update;
  if not found or v_import.status <> 'open' then
    perform private.fail('import_unknown', pg_catalog.jsonb_build_object('importId', p_import));
  end if;
  if v_import.created_by is not null
    and v_import.org_unit_id not in (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  end if;
  return v_import;
end
$$;
comment on function private.require_import(uuid) is 'The caller''s open import, locked; import_unknown or not_allowed else.';

create function public.import_begin(p_kind text, p_org_unit int, p_meta jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_level public.org_level;
  v_frame jsonb := p_meta -> 'frame';
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  end if;
  if p_kind is distinct from 'land' then
    perform private.fail('import_kind_unknown', pg_catalog.jsonb_build_object('kind', p_kind));
  end if;
  if private.json_number(v_frame, 'lng0') is null or private.json_number(v_frame, 'lat0') is null
    or private.json_number(v_frame, 'mPerDegLng') is null or private.json_number(v_frame, 'mPerDegLat') is null then
    perform private.fail('import_frame_invalid');
  end if;
  select u.level into v_level from public.org_units u where u.id = p_org_unit;
  if pg_catalog.jsonb_typeof(p_meta -> 'street') is distinct from 'object' and v_level <> 'street' then
    perform private.fail('import_street_missing');
  end if;
  insert into public.imports (kind, org_unit_id, meta, created_by)
  values (p_kind, p_org_unit, p_meta, private.my_person())
  returning id into v_id;
  return pg_catalog.jsonb_build_object('importId', v_id);
end
$$;
comment on function public.import_begin(text, int, jsonb) is
  'Begin an import → {importId}. p_org_unit is the street, or the unit above it where p_meta.street = {code, name, initials?} '
  'makes a new one. p_meta.frame is the land''s frame. Errors: not_allowed, import_kind_unknown, import_frame_invalid, import_street_missing.';

create function public.import_chunk(p_import uuid, p_kind text, p_seq int, p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_import(p_import);
  if pg_catalog.jsonb_typeof(p_rows) is distinct from 'array' then
    perform private.fail('import_chunk_invalid', pg_catalog.jsonb_build_object('kind', p_kind, 'seq', p_seq));
  end if;
  begin
    -- Sent again after a lost answer, a chunk replaces itself.
    insert into public.import_chunks (import_id, kind, seq, rows) values (p_import, p_kind, p_seq, p_rows)
    on conflict (import_id, kind, seq) do update set rows = excluded.rows;
  exception when check_violation or not_null_violation then
    perform private.fail('import_chunk_invalid', pg_catalog.jsonb_build_object('kind', p_kind, 'seq', p_seq));
  end;
  return pg_catalog.jsonb_build_object('rows', pg_catalog.jsonb_array_length(p_rows));
end
$$;
comment on function public.import_chunk(uuid, text, int, jsonb) is
  'Add rows to an import → {rows}. Chunks of a kind are read in the order of p_seq; the same p_seq again replaces. '
  'Errors: import_unknown, not_allowed, import_chunk_invalid.';

create function public.import_cancel(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_import(p_import);
  delete from public.import_chunks c where c.import_id = p_import;
  update public.imports i set status = 'cancelled' where i.id = p_import;
  return pg_catalog.jsonb_build_object('cancelled', true);
end
$$;
comment on function public.import_cancel(uuid) is 'Give an import up and forget its rows → {cancelled}. Errors: import_unknown, not_allowed.';

create function private.import_rows(p_import uuid, p_kind text) returns table (idx int, "row" jsonb)
language sql stable set search_path = '' as $$
  select (row_number() over (order by c.seq, e.place) - 1)::int, e.item
  from public.import_chunks c
  cross join lateral pg_catalog.jsonb_array_elements(c.rows) with ordinality as e(item, place)
  where c.import_id = p_import and c.kind = p_kind
$$;
comment on function private.import_rows(uuid, text) is 'Rows of a kind through all chunks, numbered from 0.';

create function private.import_count(p_import uuid, p_kind text) returns int language sql stable set search_path = '' as $$
  select coalesce(sum(pg_catalog.jsonb_array_length(c.rows)), 0)::int
  from public.import_chunks c where c.import_id = p_import and c.kind = p_kind
$$;
comment on function private.import_count(uuid, text) is 'How many rows of a kind an import holds.';

create function private.reserve_ids(p_table text, p_count int) returns int language plpgsql set search_path = '' as $$
declare
  v_sequence regclass := pg_catalog.pg_get_serial_sequence(p_table, 'id')::regclass;
  v_first bigint;
begin
  -- Only imports write these tables, and they hold one lock, so nobody draws in between.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('gewu.import'));
  v_first := pg_catalog.nextval(v_sequence);
  perform pg_catalog.setval(v_sequence, v_first + greatest(p_count, 1) - 1);
  return v_first;
end
$$;
comment on function private.reserve_ids(text, int) is 'First of p_count consecutive new ids of a table, so that row i of an import becomes id first + i.';
