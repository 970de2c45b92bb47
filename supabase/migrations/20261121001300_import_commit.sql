-- The commit of an import: one function writes everything, and its caller decides whether it stays.

create function private.import_organisation(p_import public.imports) returns int language plpgsql set search_path = '' as $$
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
  select v_street, 'community', r.row ->> 'code', r.row ->> 'name', coalesce(r.row ->> 'initials', ''),
    (r.row ->> 'kind')::public.community_kind
  from private.import_rows(p_import.id, 'communities') r
  order by r.idx
  on conflict (code) do nothing;
  insert into public.org_units (parent_id, level, code, name, initials)
  select c.id, 'party_group', r.row ->> 'code', r.row ->> 'name', coalesce(r.row ->> 'initials', '')
  from private.import_rows(p_import.id, 'partyGroups') r
  join private.import_rows(p_import.id, 'communities') i on i.idx = private.json_int(r.row, 'community')
  join public.org_units c on c.code = i.row ->> 'code'
  order by r.idx
  on conflict (code) do nothing;
  return v_street;
end
$$;
comment on function private.import_organisation(public.imports) is
  'Make the street where it is new, its communities and party groups; those already there stay. Returns the street. '
  'Errors: import_street_invalid, import_street_taken, land_exists.';

create function private.import_topology(p_import uuid, p_land int, p_communities int[], p_cell_base int) returns void
language plpgsql set search_path = '' as $$
declare
  v_nodes int := private.reserve_ids('public.land_nodes', private.import_count(p_import, 'nodes'));
begin
  insert into public.land_nodes (id, land_id, x, y)
  select v_nodes + r.idx, p_land, private.json_int(r.row, 'x'), private.json_int(r.row, 'y')
  from private.import_rows(p_import, 'nodes') r order by r.idx;
  insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y, needs_review)
  select p_cell_base + r.idx, p_land, p_communities[private.json_int(r.row, 'community') + 1], private.json_number(r.row, 'areaM2'),
    private.json_int(r.row, 'labelX'), private.json_int(r.row, 'labelY'), nullif(r.row ->> 'needsReview', '')
  from private.import_rows(p_import, 'cells') r order by r.idx;
  insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell)
  select p_land, v_nodes + private.json_int(r.row, 'start'), v_nodes + private.json_int(r.row, 'end'),
    -- [1, 2, 3, 4] reads as LINESTRING(1 2,3 4).
    extensions.st_geomfromtext('LINESTRING(' || pg_catalog.regexp_replace(
      pg_catalog.btrim(r.row ->> 'xy', '[]'), '(-?[0-9]+), (-?[0-9]+)', '\1 \2', 'g') || ')', 0),
    private.json_int(r.row, 'kind'), p_cell_base + nullif(private.json_int(r.row, 'left'), -1),
    p_cell_base + nullif(private.json_int(r.row, 'right'), -1)
  from private.import_rows(p_import, 'arcs') r order by r.idx;
end
$$;
comment on function private.import_topology(uuid, int, int[], int) is 'Write nodes, cells and arcs of an import; row i of the cells becomes p_cell_base + i.';

create function private.import_buildings(p_import uuid, p_land int, p_communities int[], p_cell_base int, p_building_base int)
returns void language plpgsql set search_path = '' as $$
declare
  v_compounds int := private.reserve_ids('public.compounds', private.import_count(p_import, 'compounds'));
begin
  insert into public.compounds (id, land_id, community_id, name, initials, status, note, geom)
  select v_compounds + r.idx, p_land, p_communities[private.json_int(r.row, 'community') + 1], r.row ->> 'name',
    coalesce(r.row ->> 'initials', ''), (r.row ->> 'status')::public.compound_status, r.row ->> 'note',
    extensions.st_geometryn(private.json_polygon(pg_catalog.jsonb_build_array(r.row -> 'ring')), 1)
  from private.import_rows(p_import, 'compounds') r order by r.idx;
  insert into public.buildings (
    id, land_id, community_id, compound_id, cell_id, name, address, initials, kind, floors, geom, point, source_ref, needs_review)
  select p_building_base + r.idx, p_land, p_communities[private.json_int(r.row, 'community') + 1],
    v_compounds + nullif(private.json_int(r.row, 'compound'), -1), p_cell_base + nullif(private.json_int(r.row, 'cell'), -1),
    coalesce(r.row ->> 'name', ''), coalesce(r.row ->> 'address', ''), coalesce(r.row ->> 'initials', ''),
    coalesce(r.row ->> 'kind', 'residential'), greatest(0, least(200, coalesce(private.json_number(r.row, 'floors'), 0)))::smallint,
    private.json_polygon(r.row -> 'rings'),
    extensions.st_setsrid(extensions.st_makepoint(private.json_number(r.row, 'lng'), private.json_number(r.row, 'lat')), 4326),
    r.row ->> 'sourceRef', nullif(r.row ->> 'needsReview', '')
  from private.import_rows(p_import, 'buildings') r order by r.idx;
  insert into public.streets (land_id, name, initials, class, hard, geom, source_ref)
  select p_land, coalesce(r.row ->> 'name', ''), coalesce(r.row ->> 'initials', ''), r.row ->> 'class',
    coalesce(r.row -> 'hard' = 'true', false), private.json_line(r.row -> 'line'), r.row ->> 'sourceRef'
  from private.import_rows(p_import, 'streets') r order by r.idx;
  insert into public.land_features (land_id, kind, name, geom)
  select p_land, r.row ->> 'kind', coalesce(r.row ->> 'name', ''),
    case when r.row ? 'line' then private.json_line(r.row -> 'line') else private.json_polygon(r.row -> 'rings') end
  from private.import_rows(p_import, 'features') r order by r.idx;
  insert into public.stations (land_id, community_id, name, initials, level, capacity, hours, point)
  select p_land, p_communities[nullif(private.json_int(r.row, 'community'), -1) + 1], r.row ->> 'name', coalesce(r.row ->> 'initials', ''),
    (r.row ->> 'level')::public.station_level, greatest(0, coalesce(private.json_int(r.row, 'capacity'), 0)), coalesce(r.row ->> 'hours', ''),
    extensions.st_setsrid(extensions.st_makepoint(private.json_number(r.row, 'lng'), private.json_number(r.row, 'lat')), 4326)
  from private.import_rows(p_import, 'stations') r order by r.idx;
end
$$;
comment on function private.import_buildings(uuid, int, int[], int, int) is
  'Write compounds, buildings, streets, features and stations; row i of the buildings becomes p_building_base + i.';

create function private.import_people(p_import uuid, p_communities int[], p_building_base int) returns void
language plpgsql set search_path = '' as $$
declare
  v_stairwells int := private.reserve_ids('public.stairwells', private.import_count(p_import, 'stairwells'));
  v_households int := private.reserve_ids('public.households', private.import_count(p_import, 'households'));
  v_residents int := private.reserve_ids('public.residents', private.import_count(p_import, 'residents'));
  v_members int := private.reserve_ids('public.members', private.import_count(p_import, 'members'));
begin
  insert into public.stairwells (id, building_id, name, sort)
  select v_stairwells + r.idx, p_building_base + private.json_int(r.row, 'building'), r.row ->> 'name', coalesce(private.json_int(r.row, 'sort'), r.idx)
  from private.import_rows(p_import, 'stairwells') r order by r.idx;

  insert into public.households (
    id, community_id, building_id, stairwell_id, room, address, sort_key, head_name_masked, initials, category, resident_count, phone_masked)
  select v_households + r.idx, b.community_id, b.id, v_stairwells + nullif(private.json_int(r.row, 'stairwell'), -1),
    coalesce(r.row ->> 'room', ''), coalesce(r.row ->> 'address', ''),
    coalesce(private.natural_key(coalesce(r.row ->> 'address', '') || ' ' || coalesce(r.row ->> 'room', '')), ''),
    private.mask_name(r.row ->> 'headName'), coalesce(r.row ->> 'initials', ''), private.json_int(r.row, 'category'),
    private.json_int(r.row, 'residentCount'), private.mask_phone(r.row ->> 'phone')
  from private.import_rows(p_import, 'households') r
  join public.buildings b on b.id = p_building_base + private.json_int(r.row, 'building')
  order by r.idx;

  insert into public.residents (
    id, household_id, community_id, building_id, name_masked, relation, birth_year, sex, phone_masked, id_number_masked)
  select v_residents + r.idx, h.id, h.community_id, h.building_id, private.mask_name(r.row ->> 'name'), coalesce(r.row ->> 'relation', ''),
    private.json_int(r.row, 'birthYear'), r.row ->> 'sex', private.mask_phone(r.row ->> 'phone'), private.mask_id_number(r.row ->> 'idNumber')
  from private.import_rows(p_import, 'residents') r
  join public.households h on h.id = v_households + private.json_int(r.row, 'household')
  order by r.idx;
  insert into private.resident_identities (resident_id, name, phone, id_number)
  select v_residents + r.idx, r.row ->> 'name', nullif(r.row ->> 'phone', ''), nullif(r.row ->> 'idNumber', '')
  from private.import_rows(p_import, 'residents') r;
  insert into private.resident_tags (resident_id, tag)
  select distinct v_residents + r.idx, t.tag
  from private.import_rows(p_import, 'residents') r
  cross join lateral pg_catalog.jsonb_array_elements_text(
    case when pg_catalog.jsonb_typeof(r.row -> 'tags') = 'array' then r.row -> 'tags' else '[]' end) as t(tag)
  where t.tag <> '';

  -- A household that names its head but lists nobody gets its head as a resident: a name is never thrown away.
  with head as materialized (
    select h.id, h.community_id, h.building_id, r.row ->> 'headName' as name, nullif(r.row ->> 'phone', '') as phone
    from private.import_rows(p_import, 'households') r
    join public.households h on h.id = v_households + r.idx
    where coalesce(r.row ->> 'headName', '') <> ''
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
  select v_members + r.idx, g.id, p_communities[private.json_int(r.row, 'community') + 1],
    p_building_base + nullif(private.json_int(r.row, 'building'), -1), v_households + nullif(private.json_int(r.row, 'household'), -1),
    private.mask_name(r.row ->> 'name'), coalesce(r.row ->> 'initials', ''),
    coalesce(r.row ->> 'condition', 'able')::public.member_condition, nullif(r.row ->> 'exemptReason', ''), private.mask_phone(r.row ->> 'phone')
  from private.import_rows(p_import, 'members') r
  left join private.import_rows(p_import, 'partyGroups') i on i.idx = private.json_int(r.row, 'partyGroup')
  left join public.org_units g on g.code = i.row ->> 'code'
  order by r.idx;
  insert into private.member_identities (member_id, name, phone)
  select v_members + r.idx, r.row ->> 'name', nullif(r.row ->> 'phone', '') from private.import_rows(p_import, 'members') r;
end
$$;
comment on function private.import_people(uuid, int[], int) is
  'Write stairwells, households, residents and members: masks to public, names and numbers to private.';

create function private.import_grids(p_import uuid, p_land int, p_communities int[], p_cell_base int) returns void
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
  select r.idx, coalesce((r.row ->> 'id')::uuid, pg_catalog.gen_random_uuid()), r.row ->> 'code', r.row ->> 'name',
    p_communities[private.json_int(r.row, 'community') + 1], coalesce(r.row ->> 'kind', 'basic')::public.grid_kind
  from private.import_rows(p_import, 'grids') r
  -- A grid without a cell has no polygon; it is left out and the report says so.
  where r.idx in (select private.json_int(c.row, 'grid') from private.import_rows(p_import, 'gridCells') c);
  insert into pg_temp.new_grid_cells
  select p_cell_base + private.json_int(r.row, 'cell'), g.grid_id
  from private.import_rows(p_import, 'gridCells') r
  join pg_temp.new_grids g on g.idx = private.json_int(r.row, 'grid');
  perform private.write_grids(v_edition);
end
$$;
comment on function private.import_grids(uuid, int, int[], int) is 'Write the first edition of the grids; cells without a grid stay without.';

-- Rows in staging have no statistics worth the name; guessed at one, they are joined row against row, in minutes.
create function private.import_apply(p_import public.imports) returns jsonb
language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  v_errors jsonb;
  v_error_count int;
  v_street int;
  v_land int;
  v_communities int[];
  v_cells int;
  v_buildings int;
  v_counts jsonb;
begin
  select pg_catalog.jsonb_object_agg(k.kind, k.n) into v_counts
  from (select c.kind, sum(pg_catalog.jsonb_array_length(c.rows)) as n
    from public.import_chunks c where c.import_id = p_import.id group by c.kind) k;
  v_counts := coalesce(v_counts, '{}');

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.import_row_errors(p_import.id) x) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', null, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  v_street := private.import_organisation(p_import);
  insert into public.lands (org_unit_id, lng0, lat0, m_per_deg_lng, m_per_deg_lat, source)
  values (v_street, private.json_number(p_import.meta -> 'frame', 'lng0'), private.json_number(p_import.meta -> 'frame', 'lat0'),
    private.json_number(p_import.meta -> 'frame', 'mPerDegLng'), private.json_number(p_import.meta -> 'frame', 'mPerDegLat'),
    coalesce(p_import.meta -> 'source', '{}'))
  returning id into v_land;
  select array_agg(u.id order by r.idx) into v_communities
  from private.import_rows(p_import.id, 'communities') r
  join public.org_units u on u.code = r.row ->> 'code';

  v_cells := private.reserve_ids('public.cells', private.import_count(p_import.id, 'cells'));
  v_buildings := private.reserve_ids('public.buildings', private.import_count(p_import.id, 'buildings'));
  perform private.import_topology(p_import.id, v_land, v_communities, v_cells);
  perform private.import_buildings(p_import.id, v_land, v_communities, v_cells, v_buildings);

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.import_land_errors(v_land, v_cells, v_buildings) x) e;
  if v_error_count = 0 then
    perform private.import_people(p_import.id, v_communities, v_buildings);
    perform private.import_grids(p_import.id, v_land, v_communities, v_cells);
  end if;
  return pg_catalog.jsonb_build_object('landId', v_land, 'orgUnitId', v_street, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
end
$$;
comment on function private.import_apply(public.imports) is
  'Write everything of an import and say what is wrong with it → {landId, orgUnitId, counts, errorCount, errors}. The caller keeps or undoes it.';

create function public.import_check(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
  -- Statistics of an empty table make the planner try row against row: minutes become hours at 60,000 households.
  analyze public.import_chunks;
  begin
    v_result := private.import_apply(v_import);
    raise exception using errcode = 'GW001', message = 'undo';
  exception when sqlstate 'GW001' then
    -- Written and undone: the dry run is the real run.
    null;
  end;
  return v_result - 'landId' - 'orgUnitId';
end
$$;
comment on function public.import_check(uuid) is
  'Dry run of import_commit → {counts, errorCount, errors: [{kind, row, code, values}]}, at most 200 errors listed; nothing stays.';

create function public.import_commit(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
  -- As in import_check.
  analyze public.import_chunks;
  v_result := private.import_apply(v_import);
  if (v_result ->> 'errorCount')::int > 0 then
    perform private.fail('import_invalid', v_result - 'landId' - 'orgUnitId');
  end if;
  delete from public.import_chunks c where c.import_id = p_import;
  update public.imports i set status = 'committed', report = v_result - 'errors' - 'errorCount' where i.id = p_import;
  perform private.write_audit('land_imported', 'import', p_import::text, (v_result ->> 'orgUnitId')::int, v_result -> 'counts');
  return v_result - 'errors' - 'errorCount';
end
$$;
comment on function public.import_commit(uuid) is
  'Check an import as a whole and enter it → {landId, orgUnitId, counts}; the land then has grid edition 1. '
  'Error import_invalid carries {counts, errorCount, errors}; nothing of it stays. Others: import_unknown, not_allowed, '
  'import_street_invalid, import_street_taken, land_exists.';
