-- Plans: open, read, save, copy, discard. A plan changes only by reversible deltas, each checked before it is applied.

create function private.refuse_delta(p_index int, p_reason text, p_values jsonb default '{}') returns void
language plpgsql set search_path = '' as $$
begin
  perform private.fail('delta_invalid', pg_catalog.jsonb_build_object('index', p_index, 'reason', p_reason) || p_values);
end
$$;
comment on function private.refuse_delta(int, text, jsonb) is 'Raise delta_invalid for the edit at p_index with the reason, in the words of the client''s own check.';

create function private.grid_record(p_grid public.plan_grids) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_grid.grid_id, 'code', p_grid.code, 'name', p_grid.name,
    'communityId', p_grid.community_id, 'kind', p_grid.kind, 'locked', p_grid.locked)
$$;
comment on function private.grid_record(public.plan_grids) is 'Attributes of a plan''s grid as they travel.';

create function private.read_grid_changes(p_delta jsonb)
returns table (place bigint, id text, before jsonb, after jsonb) language sql immutable set search_path = '' as $$
  select g.place, coalesce(g.item -> 'before' ->> 'id', g.item -> 'after' ->> 'id'),
    nullif(g.item -> 'before', 'null'), nullif(g.item -> 'after', 'null')
  from pg_catalog.jsonb_array_elements(p_delta -> 'grids') with ordinality as g(item, place)
$$;
comment on function private.read_grid_changes(jsonb) is 'Grids put and removed by a delta.';

create function private.read_cell_changes(p_delta jsonb)
returns table (place bigint, cell int, was text, becomes text) language sql immutable set search_path = '' as $$
  select c.place, private.json_int(c.item, 'cell'), c.item ->> 'from', c.item ->> 'to'
  from pg_catalog.jsonb_array_elements(p_delta -> 'cells') with ordinality as c(item, place)
$$;
comment on function private.read_cell_changes(jsonb) is 'Cells that change hands by a delta.';

create function private.apply_delta(p_plan uuid, p_land int, p_index int, p_delta jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_grid record;
  v_cell record;
begin
  if pg_catalog.jsonb_typeof(p_delta -> 'cells') is distinct from 'array'
    or pg_catalog.jsonb_typeof(p_delta -> 'grids') is distinct from 'array' then
    perform private.refuse_delta(p_index, 'malformed');
  end if;

  -- ── grids: checked one by one, they are few ─────────────────────────────────────────────────────────────────────
  for v_grid in
    select c.*, row_number() over (partition by c.id order by c.place) as nth, private.grid_record(g) as current, g.grid_id
    from private.read_grid_changes(p_delta) c
    left join public.plan_grids g on g.plan_id = p_plan and g.grid_id::text = c.id
    order by c.place
  loop
    if v_grid.id is null or v_grid.id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then
      perform private.refuse_delta(p_index, 'grid_unknown');
    elsif v_grid.nth > 1 or (v_grid.before ->> 'id') <> (v_grid.after ->> 'id') then
      perform private.refuse_delta(p_index, 'grid_repeated', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    elsif v_grid.before is distinct from (case when v_grid.grid_id is not null then v_grid.current end) then
      perform private.refuse_delta(p_index, 'grid_before_mismatch', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    elsif v_grid.before is not null and v_grid.after is not null
      and v_grid.before -> 'communityId' is distinct from v_grid.after -> 'communityId' then
      perform private.refuse_delta(p_index, 'grid_community_changed', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    end if;
    continue when v_grid.after is null;
    if coalesce(v_grid.after ->> 'code', '') = '' or pg_catalog.length(v_grid.after ->> 'code') > 24
      or pg_catalog.length(coalesce(v_grid.after ->> 'name', '')) > 80
      or coalesce(v_grid.after ->> 'kind', '') not in ('basic', 'dedicated')
      or pg_catalog.jsonb_typeof(v_grid.after -> 'locked') is distinct from 'boolean' then
      perform private.refuse_delta(p_index, 'malformed', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    elsif not exists (
      select from public.cells c
      where c.community_id = private.json_int(v_grid.after, 'communityId') and c.land_id = p_land and c.to_edition is null) then
      perform private.refuse_delta(p_index, 'community_unknown', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    end if;
    insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind, locked)
    values (p_plan, v_grid.id::uuid, v_grid.after ->> 'code', coalesce(v_grid.after ->> 'name', ''),
      private.json_int(v_grid.after, 'communityId'), (v_grid.after ->> 'kind')::public.grid_kind, (v_grid.after ->> 'locked')::boolean)
    on conflict (plan_id, grid_id) do update
    set code = excluded.code, name = excluded.name, kind = excluded.kind, locked = excluded.locked;
  end loop;

  -- ── cells: checked together; the first at fault is named ────────────────────────────────────────────────────────
  select f.* into v_cell
  from (
    select c.place, c.cell, c.was, c.becomes, p.grid_id as current,
      case
        when p.cell_id is null then 'cell_unknown'
        when row_number() over (partition by c.cell order by c.place) > 1 then 'cell_repeated'
        when p.grid_id::text is distinct from c.was then 'cell_from_mismatch'
        when c.becomes is null then null
        when g.grid_id is null or c.becomes in (select r.id from private.read_grid_changes(p_delta) r where r.after is null) then 'grid_unknown'
        when g.community_id <> k.community_id then 'other_community'
      end as reason
    from private.read_cell_changes(p_delta) c
    left join public.plan_cells p on p.plan_id = p_plan and p.cell_id = c.cell
    left join public.cells k on k.id = p.cell_id
    left join public.plan_grids g on g.plan_id = p_plan and g.grid_id::text = c.becomes
  ) f
  where f.reason is not null
  order by f.place
  limit 1;
  if found then
    perform private.refuse_delta(p_index, v_cell.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
      'cellId', v_cell.cell, 'expected', v_cell.was, 'got', v_cell.current, 'gridId', v_cell.becomes)));
  end if;
  update public.plan_cells p
  set grid_id = c.becomes::uuid
  from private.read_cell_changes(p_delta) c
  where p.plan_id = p_plan and p.cell_id = c.cell;

  -- ── removed grids: they must be empty by now ────────────────────────────────────────────────────────────────────
  for v_grid in select r.id from private.read_grid_changes(p_delta) r where r.after is null order by r.place loop
    if exists (select from public.plan_cells p where p.plan_id = p_plan and p.grid_id = v_grid.id::uuid) then
      perform private.refuse_delta(p_index, 'grid_not_empty', pg_catalog.jsonb_build_object('gridId', v_grid.id));
    end if;
    delete from public.plan_grids g where g.plan_id = p_plan and g.grid_id = v_grid.id::uuid;
  end loop;
end
$$;
comment on function private.apply_delta(uuid, int, int, jsonb) is
  'Apply one delta to a plan: put grids, move cells, remove grids. Anything that does not fit raises delta_invalid, which undoes all.';

create function private.apply_edits(p_plan uuid, p_land int, p_revision int, p_edits jsonb, p_person uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_edit record;
begin
  for v_edit in
    select e.item, (e.place - 1)::int as at from pg_catalog.jsonb_array_elements(p_edits) with ordinality as e(item, place) order by e.place
  loop
    perform private.apply_delta(p_plan, p_land, v_edit.at, v_edit.item -> 'delta');
    insert into public.plan_edits (plan_id, revision, seq, delta, note, person_id)
    values (p_plan, p_revision, v_edit.at, v_edit.item -> 'delta', coalesce(nullif(v_edit.item -> 'note', 'null'), '{}'), p_person);
  end loop;
end
$$;
comment on function private.apply_edits(uuid, int, int, jsonb, uuid) is 'Apply edits in order and log each under the revision they lead to.';

create function private.make_plan(p_land int, p_title text, p_edition int, p_person uuid) returns public.plans
language plpgsql set search_path = '' as $$
declare
  v_plan public.plans;
begin
  -- The land's row orders those who number plans and editions.
  perform 1 from public.lands l where l.id = p_land for update;
  insert into public.plans (land_id, number, title, base_edition_id, created_by)
  select p_land, coalesce(max(p.number), 0) + 1, coalesce(nullif(pg_catalog.btrim(p_title), ''), '—'), p_edition, p_person
  from public.plans p where p.land_id = p_land
  returning * into v_plan;
  return v_plan;
end
$$;
comment on function private.make_plan(int, text, int, uuid) is 'A new empty draft with the land''s next number.';

create function private.require_plan(p_plan uuid) returns public.plans language plpgsql security definer set search_path = '' as $$
declare
  v_plan public.plans;
begin
  select * into v_plan from public.plans p where p.id = p_plan for update;
  if not found or not private.may_redesign(v_plan.land_id) then
    perform private.fail('not_allowed');
  end if;
  return v_plan;
end
$$;
comment on function private.require_plan(uuid) is 'The plan, locked, if the caller may write it; not_allowed else, also where there is none.';

-- ── public ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.open_plan_draft(p_land int, p_title text) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_person uuid := private.require_redesign(p_land);
  v_edition int;
  v_plan public.plans;
begin
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
comment on function public.open_plan_draft(int, text) is 'A new draft, copied from the grids in force → {planId, number, revision}. Errors: not_allowed.';

create function public.save_plan_draft(p_plan uuid, p_base_revision int, p_edits jsonb) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_plan public.plans := private.require_plan(p_plan);
  v_person uuid := private.my_person();
  v_last record;
begin
  if v_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', v_plan.status));
  end if;
  if v_plan.revision is distinct from p_base_revision then
    select e.at, p.name_masked as person into v_last
    from public.plan_edits e left join public.people p on p.id = e.person_id
    where e.plan_id = p_plan order by e.revision desc, e.seq desc limit 1;
    perform private.fail('plan_stale', pg_catalog.jsonb_build_object('serverRevision', v_plan.revision, 'by', v_last.person, 'at', v_last.at));
  end if;
  if pg_catalog.jsonb_typeof(p_edits) is distinct from 'array' then
    perform private.refuse_delta(0, 'malformed');
  end if;
  if pg_catalog.jsonb_array_length(p_edits) = 0 then
    return pg_catalog.jsonb_build_object('revision', v_plan.revision);
  end if;
  perform private.apply_edits(p_plan, v_plan.land_id, v_plan.revision + 1, p_edits, v_person);
  update public.plans p set revision = v_plan.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  return pg_catalog.jsonb_build_object('revision', v_plan.revision + 1);
end
$$;
comment on function public.save_plan_draft(uuid, int, jsonb) is
  'Save edits [{delta, note}] built on a revision, all or none → {revision}. Errors: not_allowed, plan_not_draft, '
  'plan_stale {serverRevision, by, at}, delta_invalid {index, reason, …} with reason malformed, cell_unknown, cell_repeated, '
  'cell_from_mismatch, grid_unknown, grid_repeated, grid_before_mismatch, grid_community_changed, grid_not_empty, '
  'community_unknown or other_community.';

create function public.copy_plan_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_person uuid := private.my_person();
  v_copy public.plans;
  v_revision int := 0;
begin
  -- Land first, plan second, in this order everywhere, so that two sessions wait and never deadlock.
  perform 1 from public.lands l where l.id = (select p.land_id from public.plans p where p.id = p_plan) for update;
  v_plan := private.require_plan(p_plan);
  if p_at_revision is null or p_at_revision < 0 or p_at_revision > v_plan.revision then
    perform private.fail('revision_unknown', pg_catalog.jsonb_build_object('serverRevision', v_plan.revision));
  end if;
  -- A plan is a whole column over the cells, so its copy stands on whatever edition is in force now.
  v_copy := private.make_plan(v_plan.land_id, p_title,
    (select e.id from public.grid_editions e where e.land_id = v_plan.land_id and e.valid_to is null), v_person);

  -- As it was: of each grid and cell that was touched later, what the first later edit found.
  insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind, locked)
  with later as (
    select distinct on (c.id) c.id, c.before
    from public.plan_edits e cross join lateral private.read_grid_changes(e.delta) c
    where e.plan_id = p_plan and e.revision > p_at_revision
    order by c.id, e.revision, e.seq
  )
  select v_copy.id, g.grid_id, g.code, g.name, g.community_id, g.kind, g.locked
  from public.plan_grids g
  where g.plan_id = p_plan and g.grid_id::text not in (select l.id from later l)
  union all
  select v_copy.id, l.id::uuid, l.before ->> 'code', l.before ->> 'name', private.json_int(l.before, 'communityId'),
    (l.before ->> 'kind')::public.grid_kind, (l.before ->> 'locked')::boolean
  from later l where l.before is not null;

  insert into public.plan_cells (plan_id, cell_id, grid_id)
  with later as (
    select distinct on (c.cell) c.cell, c.was
    from public.plan_edits e cross join lateral private.read_cell_changes(e.delta) c
    where e.plan_id = p_plan and e.revision > p_at_revision
    order by c.cell, e.revision, e.seq
  )
  select v_copy.id, p.cell_id, case when l.cell is null then p.grid_id else l.was::uuid end
  from public.plan_cells p left join later l on l.cell = p.cell_id
  where p.plan_id = p_plan;

  if pg_catalog.jsonb_typeof(p_edits) = 'array' and pg_catalog.jsonb_array_length(p_edits) > 0 then
    v_revision := 1;
    perform private.apply_edits(v_copy.id, v_plan.land_id, v_revision, p_edits, v_person);
    update public.plans p set revision = v_revision where p.id = v_copy.id;
  end if;
  perform private.write_audit('plan_copied', 'plan', v_copy.id::text,
    (select l.org_unit_id from public.lands l where l.id = v_plan.land_id),
    pg_catalog.jsonb_build_object('number', v_copy.number, 'title', v_copy.title, 'from', v_plan.number, 'atRevision', p_at_revision));
  return pg_catalog.jsonb_build_object('planId', v_copy.id, 'number', v_copy.number, 'revision', v_revision);
end
$$;
comment on function public.copy_plan_draft(uuid, text, int, jsonb) is
  'A new draft: the plan as of a revision, with edits on top → {planId, number, revision}. Based on the edition in force. '
  'Errors: not_allowed, revision_unknown, delta_invalid.';

create function public.discard_plan(p_plan uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_plan public.plans := private.require_plan(p_plan);
begin
  if v_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', v_plan.status));
  end if;
  update public.plans p set status = 'discarded', updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  perform private.write_audit('plan_discarded', 'plan', p_plan::text,
    (select l.org_unit_id from public.lands l where l.id = v_plan.land_id), pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return pg_catalog.jsonb_build_object('discarded', true);
end
$$;
comment on function public.discard_plan(uuid) is 'Give a draft up; it and its edits are kept → {discarded}. Errors: not_allowed, plan_not_draft.';

-- ── reading: as the caller, so policies decide ────────────────────────────────────────────────────────────────────
create function public.plan_document(p_plan uuid) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_result jsonb;
begin
  with grid as materialized (
    select g.*, row_number() over (order by g.code, g.grid_id) - 1 as at from public.plan_grids g where g.plan_id = p_plan
  )
  select pg_catalog.jsonb_build_object(
    'planId', p.id, 'landId', p.land_id, 'number', p.number, 'title', p.title, 'status', p.status, 'revision', p.revision,
    'baseEditionId', p.base_edition_id, 'createdBy', (select e.name_masked from public.people e where e.id = p.created_by),
    'updatedAt', p.updated_at,
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.grid_id, 'code', g.code, 'name', g.name,
      'communityId', g.community_id, 'kind', g.kind, 'locked', g.locked) order by g.at), '[]') from grid g),
    'cellIds', (select coalesce(pg_catalog.jsonb_agg(c.cell_id order by c.cell_id), '[]') from public.plan_cells c where c.plan_id = p_plan),
    'cellGrid', (select coalesce(pg_catalog.jsonb_agg(coalesce(g.at, -1) order by c.cell_id), '[]')
      from public.plan_cells c left join grid g on g.grid_id = c.grid_id where c.plan_id = p_plan))
  into v_result
  from public.plans p where p.id = p_plan;
  if v_result is null then
    raise exception using errcode = 'P0001', message = 'plan_unknown', detail = pg_catalog.jsonb_build_object('planId', p_plan)::text;
  end if;
  return v_result;
end
$$;
comment on function public.plan_document(uuid) is
  'A plan → {planId, landId, number, title, status, revision, baseEditionId, createdBy, updatedAt, grids: [GridRecord], cellIds, '
  'cellGrid}, where cellGrid[i] is the position in grids of the grid of cellIds[i], or −1. Errors: plan_unknown.';

create function public.grid_edition(p_land int, p_number int) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_result jsonb;
begin
  with edition as materialized (
    select e.* from public.grid_editions e where e.land_id = p_land and e.number = p_number
  ), grid as materialized (
    select g.*, row_number() over (order by g.code, g.id) - 1 as at from public.grids g join edition e on e.id = g.edition_id
  ), cell as materialized (
    select c.cell_id, g.at
    from public.grid_cells c join edition e on e.id = c.edition_id
    left join grid g on g.id = c.grid_id
  )
  select pg_catalog.jsonb_build_object(
    'id', e.id, 'number', e.number, 'validFrom', e.valid_from, 'validTo', e.valid_to, 'note', e.note,
    'publishedBy', (select p.name_masked from public.people p where p.id = e.published_by),
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name,
      'communityId', g.community_id, 'kind', g.kind, 'locked', false) order by g.at), '[]') from grid g),
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
  'An edition of the grids → {id, number, validFrom, validTo, note, publishedBy, grids, cellIds, cellGrid}; cells without a grid '
  'are not listed. Errors: edition_unknown.';

create function public.plan_edits_since(p_plan uuid, p_revision int) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('revision', e.revision, 'seq', e.seq, 'delta', e.delta, 'note', e.note,
    'by', p.name_masked, 'at', e.at) order by e.revision, e.seq), '[]')
  from public.plan_edits e left join public.people p on p.id = e.person_id
  where e.plan_id = p_plan and e.revision > p_revision
$$;
comment on function public.plan_edits_since(uuid, int) is 'Edits after a revision, in order → [{revision, seq, delta, note, by, at}].';
