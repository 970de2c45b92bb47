-- Drafts with land of their own when the land below them changes, by an import or by the publication of another draft: what lies
-- apart stays, what touches the change is set aside, with a line in the draft's log that holds all of it.

create function private.set_land_aside(p_plan public.plans, p_person uuid) returns void language plpgsql set search_path = '' as $$
declare
  v_own int[] := private.own_cells(p_plan.id);
  v_edit jsonb := public.plan_document(p_plan.id) -> 'land';
  v_former jsonb;
  v_inherited jsonb;
  v_links jsonb;
begin
  -- What the draft had where, before its land goes.
  drop table if exists pg_temp.aside_shares;
  create temporary table aside_shares on commit drop as
    with drawn as materialized (
      select f.cell_id, f.face
      from private.faces_of_plan(p_plan.id, array(
        select c.cell_id from private.cells_of_plan(p_plan.id, p_plan.land_id) c where c.cell_id = any (v_own))) f
    )
    select l.cell_id, p.grid_id, sum(extensions.st_area(extensions.st_intersection(l.face, d.face))) as area
    from private.change_faces(p_plan.land_id, array(select o.id from unnest(v_own) o(id) where o.id > 0)) l
    join drawn d on d.face operator(extensions.&&) l.face
    join public.plan_cells p on p.plan_id = p_plan.id and p.cell_id = d.cell_id
    group by l.cell_id, p.grid_id;
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', p.cell_id, 'from', p.grid_id) order by p.cell_id), '[]') into v_former
  from public.plan_cells p where p.plan_id = p_plan.id and p.cell_id = any (v_own);
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_build_array(l.cell_a, l.cell_b), 'kind', l.kind)), '[]')
  into v_links from public.plan_links l where l.plan_id = p_plan.id and l.cell_a < 0;

  delete from public.plan_links l where l.plan_id = p_plan.id and l.cell_a < 0;
  delete from public.plan_land_nodes o where o.plan_id = p_plan.id;
  delete from public.plan_land_cells o where o.plan_id = p_plan.id;
  delete from public.plan_land_arcs o where o.plan_id = p_plan.id;
  delete from public.plan_land_buildings o where o.plan_id = p_plan.id;
  delete from public.plan_cells p where p.plan_id = p_plan.id and (p.cell_id < 0 or p.cell_id = any (v_own));
  insert into public.plan_cells (plan_id, cell_id, grid_id)
  select distinct on (o.id) p_plan.id, o.id, s.grid_id
  from unnest(v_own) o(id)
  join public.cells c on c.id = o.id
  left join pg_temp.aside_shares s on s.cell_id = o.id and s.area > 0
  order by o.id, s.area desc nulls last, s.grid_id;
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', p.cell_id, 'to', p.grid_id) order by p.cell_id), '[]') into v_inherited
  from public.plan_cells p where p.plan_id = p_plan.id and p.cell_id = any (v_own);

  -- The delta itself is empty: whoever replays it has old cells or new ones, never both.
  insert into public.plan_edits (plan_id, revision, seq, delta, note, person_id)
  values (p_plan.id, p_plan.revision + 1, 0, pg_catalog.jsonb_build_object('cells', '[]'::jsonb, 'grids', '[]'::jsonb, 'carried',
      pg_catalog.jsonb_build_object('landSetAside', v_edit, 'gone', v_former, 'inherited', v_inherited, 'links', v_links)),
    pg_catalog.jsonb_build_object('key', 'redesign.note.landSetAside',
      'values', pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_array_length(v_inherited))), p_person);
  update public.plans p set revision = p.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = p_plan.id;
  -- An approval was of the land that is set aside.
  if p_plan.stage = 'approved' then
    perform private.reopen(p_plan);
  end if;
end
$$;
comment on function private.set_land_aside(public.plans, uuid) is
  'Take its own land from a draft: cells of the land come back in the grid that had most of them. The land edit stands in the log, as '
  'carried.landSetAside.';

create function private.set_drafts_aside(p_land int, p_except uuid, p_cells int[], p_person uuid) returns void language plpgsql set search_path = '' as $$
declare
  v_plan public.plans;
begin
  for v_plan in
    select * from public.plans p where p.land_id = p_land and p.status = 'draft' and p.id is distinct from p_except order by p.id for update
  loop
    if private.own_cells(v_plan.id) && p_cells then
      perform private.set_land_aside(v_plan, p_person);
    end if;
  end loop;
end
$$;
comment on function private.set_drafts_aside(int, uuid, int[], uuid) is 'Set land aside that drafts have drawn on or beside cells about to change.';

create or replace function private.change_drafts(p_land int, p_edition int, p_grids jsonb, p_person uuid) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_plan public.plans;
  v_carried jsonb;
  v_done jsonb := '[]';
  v_touched boolean := exists (select from pg_temp.change_overlaps) or exists (select from pg_temp.former_faces);
  v_number int := (select e.number from public.grid_editions e where e.land_id = p_land and e.valid_to is null);
begin
  update public.land_links l set to_edition = v_number
  from public.cells c
  where l.land_id = p_land and l.to_edition is null and l.from_edition < v_number and c.id in (l.cell_a, l.cell_b) and c.to_edition = p_edition;
  for v_plan in select * from public.plans p where p.land_id = p_land and p.status = 'draft' order by p.id for update loop
    drop table if exists pg_temp.former_column;
    create temporary table former_column on commit drop as
      select p.cell_id, g.community_id, p.grid_id
      from public.plan_cells p join public.plan_grids g on g.plan_id = p.plan_id and g.grid_id = p.grid_id
      where p.plan_id = v_plan.id;
    drop table if exists pg_temp.inherited;
    create temporary table inherited on commit drop as select * from private.inherit_column();
    -- What the draft said of cells that are gone or recut stands in the log with what became of it.
    select pg_catalog.jsonb_build_object(
      'gone', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', p.cell_id, 'from', p.grid_id) order by p.cell_id)
        from public.plan_cells p join public.cells c on c.id = p.cell_id and c.to_edition = p_edition where p.plan_id = v_plan.id), '[]'),
      'inherited', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', i.cell_id, 'from', p.grid_id, 'to', i.grid_id) order by i.cell_id)
        from pg_temp.inherited i left join public.plan_cells p on p.plan_id = v_plan.id and p.cell_id = i.cell_id), '[]'),
      'links', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_build_array(l.cell_a, l.cell_b), 'kind', l.kind))
        from public.plan_links l
        where l.plan_id = v_plan.id and exists (select from public.cells c where c.id in (l.cell_a, l.cell_b) and c.to_edition = p_edition)), '[]'))
    into v_carried;
    delete from public.plan_links l
    where l.plan_id = v_plan.id and exists (select from public.cells c where c.id in (l.cell_a, l.cell_b) and c.to_edition = p_edition);
    delete from public.plan_cells p using public.cells c where p.plan_id = v_plan.id and c.id = p.cell_id and c.to_edition = p_edition;
    insert into public.plan_cells (plan_id, cell_id, grid_id)
    select v_plan.id, i.cell_id, i.grid_id from pg_temp.inherited i
    on conflict (plan_id, cell_id) do update set grid_id = excluded.grid_id;
    insert into public.plan_cells (plan_id, cell_id)
    select v_plan.id, c.cell_id from private.cells_of_plan(v_plan.id, p_land) c
    on conflict (plan_id, cell_id) do nothing;
    if v_touched then
      -- The delta itself is empty: whoever replays it has old cells or new ones, never both.
      insert into public.plan_edits (plan_id, revision, seq, delta, note, person_id)
      values (v_plan.id, v_plan.revision + 1, 0, pg_catalog.jsonb_build_object('cells', '[]'::jsonb, 'grids', '[]'::jsonb, 'carried', v_carried),
        pg_catalog.jsonb_build_object('key', 'redesign.note.landChanged', 'values', pg_catalog.jsonb_build_object('edition', p_edition,
          'cells', pg_catalog.jsonb_array_length(v_carried -> 'inherited'))), p_person);
    end if;
    -- The new grids are the old ones over new cells: a draft that was up to date still is; one that was not stays so.
    update public.plans p
    set revision = p.revision + v_touched::int, updated_at = pg_catalog.clock_timestamp(),
      base_edition_id = case when p.base_edition_id = (p_grids ->> 'formerEditionId')::int then (p_grids ->> 'editionId')::int else p.base_edition_id end
    where p.id = v_plan.id;
    v_done := v_done || pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'title', v_plan.title,
      'cells', pg_catalog.jsonb_array_length(v_carried -> 'inherited'),
      'outdated', v_plan.base_edition_id is distinct from (p_grids ->> 'formerEditionId')::int,
      'landSetAside', exists (select from public.plan_edits e where e.plan_id = v_plan.id and e.revision = v_plan.revision
        and e.at >= pg_catalog.now() and e.delta -> 'carried' ? 'landSetAside'));
  end loop;
  return v_done;
end
$$;
comment on function private.change_drafts(int, int, jsonb, uuid) is
  'Take open drafts to the changed cells: each cell inherits by the draft''s own column, links of cells that are no more end, the step is '
  'logged as an edit → [{planId, number, title, cells, outdated, landSetAside}].';

-- Rows in staging are few; guessed at without statistics they are joined row against row.
create or replace function private.change_apply(p_import public.imports) returns jsonb
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
  -- Land that drafts have drawn on cells that change, or under houses that change, cannot be carried along.
  perform private.set_drafts_aside(v_land.id, null, array(
    select f.cell_id from pg_temp.former_faces f
    union
    select (c.item ->> 'id')::int from pg_temp.staged_rows b join pg_temp.staged_rows c on c.kind = 'cells' and c.idx = (b.item ->> 'cell')::int
    where b.kind = 'buildings' and c.item ->> 'id' is not null), v_person);
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
