-- A change of land, third part: all of it in one transaction, and imports of two kinds.

create function private.change_faces(p_land int, p_cells int[]) returns table (cell_id int, face extensions.geometry)
language sql stable set search_path = '' as $$
  select p_cells[f.grp + 1], f.face
  from private.land_faces(p_land, p_cells, array(select pg_catalog.generate_subscripts(p_cells, 1) - 1)) f
$$;
comment on function private.change_faces(int, int[]) is 'Polygons on the lattice of single cells.';

-- Rows in staging are few; guessed at without statistics they are joined row against row.
create function private.change_apply(p_import public.imports) returns jsonb
language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  v_land public.lands;
  v_edition int;
  v_person uuid := private.my_person();
  v_errors jsonb;
  v_error_count int;
  v_counts jsonb;
  v_grids jsonb;
  v_drafts jsonb;
begin
  select * into v_land from public.lands l where l.org_unit_id = p_import.org_unit_id for update;
  if not found then
    perform private.fail('land_missing', pg_catalog.jsonb_build_object('orgUnitId', p_import.org_unit_id));
  end if;
  if v_land.edition is distinct from private.json_int(p_import.meta, 'baseEdition') then
    perform private.fail('land_outdated', pg_catalog.jsonb_build_object('edition', v_land.edition));
  end if;
  v_edition := v_land.edition + 1;
  perform private.stage_import(p_import.id);
  select coalesce(pg_catalog.jsonb_object_agg(k.kind, k.n), '{}') into v_counts
  from (select s.kind, count(*) as n from pg_temp.staged_rows s group by s.kind) k;

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (
    select x.*, row_number() over (order by x.kind, x.row) as nth
    from (select * from private.import_row_errors(p_import.id) union all select * from private.change_row_errors(p_import, v_land.id)) x
  ) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  -- ── as it is, before anything moves ─────────────────────────────────────────────────────────────────────────────────
  drop table if exists pg_temp.change_ids;
  drop table if exists pg_temp.former_faces;
  drop table if exists pg_temp.former_areas;
  drop table if exists pg_temp.former_homes;
  drop table if exists pg_temp.change_overlaps;
  create temporary table change_ids (kind text, idx int, id int, fresh boolean) on commit drop;
  create temporary table former_faces on commit drop as
    select f.cell_id, f.face from private.change_faces(v_land.id, array(
      select (s.item ->> 'id')::int from pg_temp.staged_rows s
      where (s.kind = 'gone' and s.item ->> 'thing' = 'cell') or (s.kind = 'cells' and s.item ->> 'change' = 'recut'))) f;
  create temporary table former_areas on commit drop as
    select c.community_id, sum(c.area_m2) as area_m2 from public.cells c where c.land_id = v_land.id and c.to_edition is null group by c.community_id;
  create temporary table former_homes on commit drop as
    select h.id as household_id, b.cell_id from public.households h join public.buildings b on b.id = h.building_id where b.land_id = v_land.id;
  perform private.archive_things(v_land.id, v_edition);

  -- ── as it will be ───────────────────────────────────────────────────────────────────────────────────────────────────
  insert into pg_temp.change_ids (kind, idx, id, fresh)
  select s.kind, s.idx, u.id, false from pg_temp.staged_rows s join public.org_units u on u.code = s.item ->> 'code' where s.kind = 'communities';
  perform private.number_rows('nodes', 'public.land_nodes');
  perform private.number_rows('cells', 'public.cells');
  perform private.number_rows('compounds', 'public.compounds');
  perform private.number_rows('buildings', 'public.buildings');
  perform private.number_rows('streets', 'public.streets');
  perform private.number_rows('features', 'public.land_features');
  analyze pg_temp.change_ids;
  update public.lands l set edition = v_edition, source = l.source || pg_catalog.jsonb_build_object('changes',
    coalesce(l.source -> 'changes', '[]') || pg_catalog.jsonb_build_object('edition', v_edition, 'importId', p_import.id))
  where l.id = v_land.id;
  perform private.change_topology(v_land.id, v_edition);
  perform private.change_things(v_land.id);

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.change_land_errors(v_land.id) x) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  create temporary table change_overlaps on commit drop as
    with face as materialized (
      select f.cell_id, f.face from private.change_faces(v_land.id, array(
        select i.id from pg_temp.change_ids i join pg_temp.staged_rows s on s.kind = i.kind and s.idx = i.idx
        where i.kind = 'cells' and s.item ->> 'change' in ('recut', 'new'))) f
    )
    select n.cell_id, c.community_id, o.cell_id as former_id,
      extensions.st_area(extensions.st_intersection(n.face, o.face)) * 0.000025 as area_m2
    from face n
    join public.cells c on c.id = n.cell_id
    join pg_temp.former_faces o on o.face operator(extensions.&&) n.face;
  v_grids := private.change_grids(v_land.id, v_person, coalesce(p_import.meta ->> 'note', ''));
  if v_grids -> 'errors' <> '[]' then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts,
      'errorCount', pg_catalog.jsonb_array_length(v_grids -> 'errors'), 'errors', v_grids -> 'errors');
  end if;
  v_drafts := private.change_drafts(v_land.id, v_edition, v_grids, v_person);
  return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', 0, 'errors', '[]'::jsonb,
    'landEdition', v_edition, 'gridEdition', v_grids -> 'number', 'changedCells', v_grids -> 'changedCells',
    'movedHouseholds', v_grids -> 'movedHouseholds', 'review', v_grids -> 'review', 'drafts', v_drafts);
end
$$;
comment on function private.change_apply(public.imports) is
  'Make the next edition of a land and of its grids and say what is wrong with it → {landId, orgUnitId, counts, errorCount, errors, '
  'landEdition, gridEdition, changedCells, movedHouseholds, review, drafts}. The caller keeps or undoes it. Errors: land_missing, land_outdated.';

-- ── the life of an import, now of two kinds ───────────────────────────────────────────────────────────────────────────
create or replace function private.import_apply(p_import public.imports) returns jsonb
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
  if p_import.kind = 'land_change' then
    return private.change_apply(p_import);
  end if;
  perform private.stage_import(p_import.id);
  select coalesce(pg_catalog.jsonb_object_agg(k.kind, k.n), '{}') into v_counts
  from (select s.kind, count(*) as n from pg_temp.staged_rows s group by s.kind) k;

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
  select array_agg(u.id order by s.idx) into v_communities
  from pg_temp.staged_rows s
  join public.org_units u on u.code = s.item ->> 'code'
  where s.kind = 'communities';

  v_cells := private.reserve_ids('public.cells', private.staged_count('cells'));
  v_buildings := private.reserve_ids('public.buildings', private.staged_count('buildings'));
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

create or replace function public.import_begin(p_kind text, p_org_unit int, p_meta jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_level public.org_level;
  v_edition int;
  v_frame jsonb := p_meta -> 'frame';
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  end if;
  if p_kind is null or p_kind not in ('land', 'land_change') then
    perform private.fail('import_kind_unknown', pg_catalog.jsonb_build_object('kind', p_kind));
  end if;
  if p_kind = 'land_change' then
    select l.edition into v_edition from public.lands l where l.org_unit_id = p_org_unit;
    if v_edition is null then
      perform private.fail('land_missing', pg_catalog.jsonb_build_object('orgUnitId', p_org_unit));
    end if;
    if v_edition is distinct from private.json_int(p_meta, 'baseEdition') then
      perform private.fail('land_outdated', pg_catalog.jsonb_build_object('edition', v_edition));
    end if;
    -- The street is there: without this its communities would be taken for new ones whose codes are taken.
    p_meta := p_meta - 'street';
  else
    if private.json_number(v_frame, 'lng0') is null or private.json_number(v_frame, 'lat0') is null
      or private.json_number(v_frame, 'mPerDegLng') is null or private.json_number(v_frame, 'mPerDegLat') is null then
      perform private.fail('import_frame_invalid');
    end if;
    select u.level into v_level from public.org_units u where u.id = p_org_unit;
    if pg_catalog.jsonb_typeof(p_meta -> 'street') is distinct from 'object' and v_level <> 'street' then
      perform private.fail('import_street_missing');
    end if;
  end if;
  insert into public.imports (kind, org_unit_id, meta, created_by)
  values (p_kind, p_org_unit, p_meta, private.my_person())
  returning id into v_id;
  return pg_catalog.jsonb_build_object('importId', v_id);
end
$$;
comment on function public.import_begin(text, int, jsonb) is
  'Begin an import → {importId}. Kind land: p_org_unit is the street, or the unit above it where p_meta.street = {code, name, initials?} '
  'makes a new one; p_meta.frame is the land''s frame. Kind land_change: p_org_unit is a street with land, p_meta.baseEdition the edition '
  'of the land the change was made on. Errors: not_allowed, import_kind_unknown, import_frame_invalid, import_street_missing, '
  'land_missing, land_outdated {edition}.';

create or replace function public.import_check(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
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
  'Dry run of import_commit → what it would answer but the ids of land and street, with {errorCount, errors: [{kind, row, code, values}]}, '
  'at most 200 errors listed; nothing stays. Errors: import_unknown, not_allowed, land_missing, land_outdated.';

create or replace function public.import_commit(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
  v_result := private.import_apply(v_import);
  if (v_result ->> 'errorCount')::int > 0 then
    perform private.fail('import_invalid', v_result - 'landId' - 'orgUnitId');
  end if;
  if v_import.kind = 'land' then
    -- The next thing is that the land is read. Without statistics its snapshot is joined row against row: 40 s for a city
    -- instead of 2, and the embedded engine has nobody who gathers them later. Only what joins: texts and shapes take long and tell
    -- them nothing.
    analyze public.cells (id, land_id, community_id, to_edition), public.land_nodes (id, land_id, to_edition),
      public.land_arcs (id, land_id, start_node, end_node, left_cell, right_cell, to_edition),
      public.buildings (id, land_id, community_id, compound_id, cell_id),
      public.households (id, community_id, building_id), public.residents (id, household_id, community_id, building_id),
      public.members (id, community_id, building_id), public.grid_cells;
  end if;
  delete from public.import_chunks c where c.import_id = p_import;
  update public.imports i set status = 'committed', report = v_result - 'errors' - 'errorCount' where i.id = p_import;
  perform private.write_audit(case v_import.kind when 'land_change' then 'land_changed' else 'land_imported' end, 'import', p_import::text,
    (v_result ->> 'orgUnitId')::int, case v_import.kind when 'land_change' then v_result - 'errors' - 'errorCount' - 'review' else v_result -> 'counts' end);
  return v_result - 'errors' - 'errorCount';
end
$$;

-- The edition is read when the land is held, not before: a draft opened while the land changes stands on the new cells.
create or replace function public.open_plan_draft(p_land int, p_title text) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_person uuid := private.require_redesign(p_land);
  v_edition int;
  v_plan public.plans;
begin
  perform 1 from public.lands l where l.id = p_land for update;
  select e.id into v_edition from public.grid_editions e where e.land_id = p_land and e.valid_to is null;
  v_plan := private.make_plan(p_land, p_title, v_edition, v_person);
  insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind)
  select v_plan.id, g.id, g.code, g.name, g.community_id, g.kind from public.grids g where g.edition_id = v_edition;
  insert into public.plan_cells (plan_id, cell_id, grid_id)
  select v_plan.id, c.id, gc.grid_id
  from public.cells c
  left join public.grid_cells gc on gc.edition_id = v_edition and gc.cell_id = c.id
  where c.land_id = p_land and c.to_edition is null;
  perform private.write_audit('plan_opened', 'plan', v_plan.id::text,
    (select l.org_unit_id from public.lands l where l.id = p_land), pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'revision', v_plan.revision);
end
$$;

revoke all on all functions in schema private from public;
grant execute on function public.land_source(int) to authenticated;
