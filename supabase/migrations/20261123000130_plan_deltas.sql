-- Deltas with all they may hold: grids, cells, land, links, notes, aims. In this order: grids put, cells that go leave their
-- grids, land, the other cells, links, notes, aims, grids removed. What was and what will be change places to take it back.

create or replace function private.read_cell_changes(p_delta jsonb)
returns table (place bigint, cell int, was text, becomes text) language sql immutable set search_path = '' as $$
  select c.place, private.json_id(c.item, 'cell'), c.item ->> 'from', c.item ->> 'to'
  from pg_catalog.jsonb_array_elements(p_delta -> 'cells') with ordinality as c(item, place)
$$;

create function private.apply_cells(p_plan uuid, p_index int, p_delta jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_cell record;
begin
  -- Checked together; the first at fault is named. A cell that comes with the land edit is in no grid, one that goes may not be in one.
  select f.* into v_cell
  from (
    select c.place, c.cell, c.was, c.becomes, p.grid_id as current,
      case
        when p.cell_id is null and n.id is null then 'cell_unknown'
        when row_number() over (partition by c.cell order by c.place) > 1 then 'cell_repeated'
        when p.grid_id::text is distinct from c.was then 'cell_from_mismatch'
        when c.becomes is null then null
        when o.id is not null then 'cell_unknown'
        when g.grid_id is null or c.becomes in (select r.id from private.read_grid_changes(p_delta) r where r.after is null) then 'grid_unknown'
        when g.community_id <> coalesce(n.community_id, l.community_id, k.community_id) then 'other_community'
      end as reason
    from private.read_cell_changes(p_delta) c
    left join public.plan_cells p on p.plan_id = p_plan and p.cell_id = c.cell
    left join private.cells_that_come(p_delta) n on n.id = c.cell
    left join private.cells_that_go(p_delta) o on o.id = c.cell
    left join public.plan_land_cells l on l.plan_id = p_plan and l.cell_id = c.cell
    left join public.cells k on k.id = c.cell
    left join public.plan_grids g on g.plan_id = p_plan and g.grid_id::text = c.becomes
    union all
    select 0, o.id, p.grid_id::text, null, p.grid_id, 'land_cell_in_grid'
    from private.cells_that_go(p_delta) o
    join public.plan_cells p on p.plan_id = p_plan and p.cell_id = o.id and p.grid_id is not null
    where o.id not in (select c.cell from private.read_cell_changes(p_delta) c where c.cell is not null)
  ) f
  where f.reason is not null
  order by f.place
  limit 1;
  if found then
    perform private.refuse_delta(p_index, v_cell.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
      'cellId', v_cell.cell, 'expected', v_cell.was, 'got', v_cell.current, 'gridId', v_cell.becomes)));
  end if;
  if p_delta -> 'land' is not null then
    delete from public.plan_cells p using private.cells_that_go(p_delta) o where p.plan_id = p_plan and p.cell_id = o.id;
    insert into public.plan_cells (plan_id, cell_id) select p_plan, n.id from private.cells_that_come(p_delta) n;
  end if;
  update public.plan_cells p
  set grid_id = c.becomes::uuid
  from private.read_cell_changes(p_delta) c
  where p.plan_id = p_plan and p.cell_id = c.cell;
end
$$;
comment on function private.apply_cells(uuid, int, jsonb) is 'Check and make the moves of cells of a delta; its land edit is applied by then.';

create function private.cells_that_come(p_delta jsonb) returns table (id int, community_id int) language sql immutable set search_path = '' as $$
  select (a ->> 'id')::int, (a ->> 'communityId')::int
  from pg_catalog.jsonb_array_elements(p_delta -> 'land' -> 'after' -> 'cells') a
  where not exists (select from pg_catalog.jsonb_array_elements(p_delta -> 'land' -> 'before' -> 'cells') b where b -> 'id' = a -> 'id')
$$;
comment on function private.cells_that_come(jsonb) is 'Cells a delta makes, or makes again.';

create function private.cells_that_go(p_delta jsonb) returns table (id int) language sql immutable set search_path = '' as $$
  select (b ->> 'id')::int
  from pg_catalog.jsonb_array_elements(p_delta -> 'land' -> 'before' -> 'cells') b
  where not exists (select from pg_catalog.jsonb_array_elements(p_delta -> 'land' -> 'after' -> 'cells') a where a -> 'id' = b -> 'id')
$$;
comment on function private.cells_that_go(jsonb) is 'Cells a delta does away with.';

create function private.read_link_changes(p_delta jsonb)
returns table (place bigint, cell_a int, cell_b int, before text, after text) language sql immutable set search_path = '' as $$
  select l.place, private.json_id(pg_catalog.jsonb_build_object('id', l.item -> 'cells' -> 0), 'id'),
    private.json_id(pg_catalog.jsonb_build_object('id', l.item -> 'cells' -> 1), 'id'), l.item ->> 'before', l.item ->> 'after'
  from pg_catalog.jsonb_array_elements(p_delta -> 'links') with ordinality as l(item, place)
$$;
comment on function private.read_link_changes(jsonb) is 'Pairs of cells that a delta joins, parts or leaves as they lie.';

create function private.apply_links(p_plan uuid, p_index int, p_delta jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_link record;
begin
  if p_delta -> 'links' is not null then
    if pg_catalog.jsonb_typeof(p_delta -> 'links') <> 'array' then
      perform private.refuse_delta(p_index, 'malformed');
    end if;
    select f.* into v_link
    from (
      select c.*,
        case
          when coalesce(c.before, 'wall') not in ('bridge', 'wall') or coalesce(c.after, 'wall') not in ('bridge', 'wall') then 'malformed'
          when c.cell_a is null or c.cell_b is null or (c.cell_a >= c.cell_b and c.after is not null) then 'link_cell_unknown'
          when c.before is distinct from l.kind::text
            or row_number() over (partition by c.cell_a, c.cell_b order by c.place) > 1 then 'link_before_mismatch'
          when c.after is not null and (select count(*) from public.plan_cells p where p.plan_id = p_plan and p.cell_id in (c.cell_a, c.cell_b)) < 2
            then 'link_cell_unknown'
        end as reason
      from private.read_link_changes(p_delta) c
      left join public.plan_links l on l.plan_id = p_plan and l.cell_a = c.cell_a and l.cell_b = c.cell_b
    ) f
    where f.reason is not null
    order by f.place
    limit 1;
    if found then
      perform private.refuse_delta(p_index, v_link.reason, pg_catalog.jsonb_build_object('cellId', v_link.cell_a, 'otherCellId', v_link.cell_b));
    end if;
    delete from public.plan_links l using private.read_link_changes(p_delta) c
    where l.plan_id = p_plan and l.cell_a = c.cell_a and l.cell_b = c.cell_b;
    insert into public.plan_links (plan_id, cell_a, cell_b, kind)
    select p_plan, c.cell_a, c.cell_b, c.after::public.link_kind from private.read_link_changes(p_delta) c where c.after is not null;
  end if;

  -- A cell that goes takes no link with it unsaid: taken back, the link would be missing.
  if p_delta -> 'land' is not null then
    select o.id, l.cell_a, l.cell_b into v_link
    from private.cells_that_go(p_delta) o
    join public.plan_links l on l.plan_id = p_plan and o.id in (l.cell_a, l.cell_b)
    limit 1;
    if found then
      perform private.refuse_delta(p_index, 'link_cell_unknown', pg_catalog.jsonb_build_object('cellId', v_link.cell_a, 'otherCellId', v_link.cell_b));
    end if;
  end if;
end
$$;
comment on function private.apply_links(uuid, int, jsonb) is 'Check and apply the links of a delta; its cells are what they will be by then.';

create function private.apply_notes(p_plan uuid, p_index int, p_delta jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_most constant int := 500;
  v_note record;
begin
  if pg_catalog.jsonb_typeof(p_delta -> 'notes') <> 'array' then
    perform private.refuse_delta(p_index, 'malformed');
  end if;
  select f.* into v_note
  from (
    select c.*,
      case
        when c.id is null or pg_catalog.length(c.id) not between 1 and 40 then 'malformed'
        when c.before is distinct from (case when n.note_id is not null then
            pg_catalog.jsonb_build_object('id', n.note_id, 'x', n.x, 'y', n.y, 'text', n.text) end)
          or (c.before ->> 'id') <> (c.after ->> 'id')
          or row_number() over (partition by c.id order by c.place) > 1 then 'note_before_mismatch'
        when c.after is not null and (private.json_int(c.after, 'x') is null or private.json_int(c.after, 'y') is null
          or pg_catalog.jsonb_typeof(c.after -> 'text') is distinct from 'string' or pg_catalog.length(c.after ->> 'text') > 500) then 'malformed'
      end as reason
    from (
      select i.place, coalesce(i.item -> 'before' ->> 'id', i.item -> 'after' ->> 'id') as id,
        nullif(i.item -> 'before', 'null') as before, nullif(i.item -> 'after', 'null') as after
      from pg_catalog.jsonb_array_elements(p_delta -> 'notes') with ordinality as i(item, place)
    ) c
    left join public.plan_notes n on n.plan_id = p_plan and n.note_id = c.id
  ) f
  where f.reason is not null
  order by f.place
  limit 1;
  if found then
    perform private.refuse_delta(p_index, v_note.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('noteId', v_note.id)));
  end if;
  delete from public.plan_notes n using pg_catalog.jsonb_array_elements(p_delta -> 'notes') i
  where n.plan_id = p_plan and n.note_id = i -> 'before' ->> 'id';
  insert into public.plan_notes (plan_id, note_id, x, y, text)
  select p_plan, i -> 'after' ->> 'id', (i -> 'after' ->> 'x')::int, (i -> 'after' ->> 'y')::int, i -> 'after' ->> 'text'
  from pg_catalog.jsonb_array_elements(p_delta -> 'notes') i where coalesce(i -> 'after', 'null') <> 'null';
  if (select count(*) from public.plan_notes n where n.plan_id = p_plan) > v_most then
    perform private.refuse_delta(p_index, 'malformed', pg_catalog.jsonb_build_object('most', v_most));
  end if;
end
$$;
comment on function private.apply_notes(uuid, int, jsonb) is 'Check and apply the notes of a delta: at most 500 of 500 characters.';

create function private.apply_settings(p_plan uuid, p_index int, p_change jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_after jsonb := nullif(p_change -> 'after', 'null');
begin
  if nullif(p_change -> 'before', 'null') is distinct from (select p.settings from public.plans p where p.id = p_plan) then
    perform private.refuse_delta(p_index, 'settings_before_mismatch');
  end if;
  if v_after is not null then
    begin
      perform private.require_valid_setting('grid_limits', v_after);
    exception when sqlstate 'P0001' then
      perform private.refuse_delta(p_index, 'malformed');
    end;
  end if;
  update public.plans p set settings = v_after where p.id = p_plan;
end
$$;
comment on function private.apply_settings(uuid, int, jsonb) is 'Check and apply the aims of a delta: limits as a street has them, or none.';

create or replace function private.apply_delta(p_plan uuid, p_land int, p_index int, p_delta jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_grid record;
begin
  if pg_catalog.jsonb_typeof(p_delta -> 'cells') is distinct from 'array'
    or pg_catalog.jsonb_typeof(p_delta -> 'grids') is distinct from 'array' then
    perform private.refuse_delta(p_index, 'malformed');
  end if;
  -- What is null is not there.
  p_delta := p_delta - array(select d.key from pg_catalog.jsonb_each(p_delta) d where d.value = 'null');

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

  -- ── land and cells, links, notes, aims ──────────────────────────────────────────────────────────────────────────
  if p_delta -> 'land' is not null then
    perform private.apply_land(p_plan, p_land, p_index, p_delta -> 'land');
  end if;
  perform private.apply_cells(p_plan, p_index, p_delta);
  if p_delta -> 'links' is not null or p_delta -> 'land' is not null then
    perform private.apply_links(p_plan, p_index, p_delta);
  end if;
  if p_delta -> 'notes' is not null then
    perform private.apply_notes(p_plan, p_index, p_delta);
  end if;
  if p_delta -> 'settings' is not null then
    perform private.apply_settings(p_plan, p_index, p_delta -> 'settings');
  end if;

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
  'Apply one delta to a plan: put grids, redraw land, move cells, links, notes, aims, remove grids. Anything that does not fit raises '
  'delta_invalid, which undoes all.';
comment on function public.save_plan_draft(uuid, int, jsonb, uuid) is
  'Save edits [{delta, note}] built on a revision, all or none → {revision}. Errors: not_allowed, plan_not_draft, '
  'plan_stale {serverRevision, by, at}, delta_invalid {index, reason, …} with reason malformed, cell_unknown, cell_repeated, '
  'cell_from_mismatch, grid_unknown, grid_repeated, grid_before_mismatch, grid_community_changed, grid_not_empty, '
  'community_unknown, other_community, land_before_mismatch, land_id_taken, land_cell_in_grid, land_outline_changed, '
  'land_invalid {problem}, link_cell_unknown, link_before_mismatch, note_before_mismatch or settings_before_mismatch; request_key_reused.';
