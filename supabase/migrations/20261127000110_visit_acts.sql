-- Visits are logged and taken back; visits are planned and dropped.

create function private.my_charge() returns setof int language sql stable set search_path = '' rows 20 as $$
  select u.id from private.my_units_as('district_admin', 'street_officer', 'community_secretary') as u(id)
$$;
comment on function private.my_charge() is 'Units the caller is in charge of: administrators, street officers, secretaries.';

create function private.my_visit_households(p_households int[]) returns setof int language sql stable set search_path = '' rows 20 as $$
  select h.id from public.households h
  where h.id = any (p_households) and (h.community_id in (select private.my_charge()) or h.building_id in (select private.my_grid_buildings())
    or h.id in (select private.my_contact_households()))
$$;
comment on function private.my_visit_households(int[]) is
  'Those of the households whose visits the caller logs: of the communities in his or her charge, of the own grid, or the ones carried as a member.';

create function private.read_visit(p_item jsonb) returns public.visits language plpgsql stable set search_path = '' as $$
declare
  v_visit public.visits;
  v_today date := private.today();
begin
  if pg_catalog.jsonb_typeof(p_item) is distinct from 'object' then
    perform private.fail('visit_invalid', '{"field": "visits"}');
  elsif not coalesce(p_item ->> 'id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', false) then
    perform private.fail('visit_invalid', '{"field": "id"}');
  end if;
  v_visit.id := (p_item ->> 'id')::uuid;
  v_visit.household_id := private.document_integer(p_item, 'householdId', 1, 2147483647, 'visit_invalid');
  v_visit.member_id := private.document_id(p_item, 'memberId', 'visit_invalid');
  v_visit.kind := private.document_word(p_item, 'kind', null::public.visit_kind, 'visit_invalid');
  v_visit.purpose := private.document_word(p_item, 'purpose', null::public.visit_purpose, 'visit_invalid');
  v_visit.outcome := private.document_word(p_item, 'outcome', null::public.visit_outcome, 'visit_invalid');
  if coalesce(pg_catalog.jsonb_typeof(p_item -> 'satisfaction'), 'null') <> 'null' then
    v_visit.satisfaction := private.document_integer(p_item, 'satisfaction', 1, 5, 'visit_invalid');
  end if;
  -- A phone may have been without a network for long; a workbook is entered by the month.
  v_visit.visited_on := private.document_day(p_item, 'visitedOn', v_today - 60, v_today, 'visit_invalid');
  if v_visit.purpose <> 'other' and (v_visit.kind = 'event') <> (v_visit.purpose in ('family_event', 'dispute', 'illness', 'errand', 'worry')) then
    perform private.fail('visit_invalid', '{"field": "purpose"}');
  elsif v_visit.satisfaction is not null and v_visit.outcome not in ('met', 'follow_up') then
    perform private.fail('visit_invalid', '{"field": "satisfaction"}');
  end if;
  return v_visit;
end
$$;
comment on function private.read_visit(jsonb) is 'A visit of public.log_visits as a row, what the caller may not say left out. Error: visit_invalid {field, least, most}.';

create function public.log_visits(p_visits jsonb, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('log_visits', p_request_key, p_visits);
  v_person uuid := private.my_person();
  v_mine int[];
  v_item jsonb;
  v_visit public.visits;
  v_found public.visits;
  v_own int;
  v_ids uuid[] := '{}';
  v_new uuid[] := '{}';
  v_tasks int[] := '{}';
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if not (case when pg_catalog.jsonb_typeof(p_visits) = 'array' then pg_catalog.jsonb_array_length(p_visits) between 1 and 200 else false end) then
    perform private.fail('visit_invalid', '{"field": "visits"}');
  end if;
  select array_agg(h.id) into v_mine from private.my_visit_households(array(
    select (private.read_visit(i.item)).household_id from pg_catalog.jsonb_array_elements(p_visits) as i(item))) as h(id);
  for v_item in select i.item from pg_catalog.jsonb_array_elements(p_visits) as i(item) loop
    v_visit := private.read_visit(v_item);
    if not coalesce(v_visit.household_id = any (v_mine), false) then
      perform private.fail('not_allowed');
    end if;
    select * into v_found from public.visits v where v.id = v_visit.id;
    if found then
      -- Sent again after its key was forgotten: it stands already. Anybody else's number is refused.
      if (v_found.person_id, v_found.household_id, v_found.visited_on) is distinct from (v_person, v_visit.household_id, v_visit.visited_on) then
        perform private.fail('not_allowed');
      end if;
      v_ids := v_ids || v_visit.id;
      continue;
    end if;
    select h.community_id into v_visit.community_id from public.households h where h.id = v_visit.household_id;
    -- A member goes as him- or herself; whoever is in office may enter the workbook of the member who keeps contact.
    select l.member_id into v_own from public.contact_links l
    where l.household_id = v_visit.household_id and l.kind = 'household' and l.valid_to is null and l.member_id in (select private.my_memberships());
    v_visit.member_id := coalesce(v_own, v_visit.member_id);
    if v_visit.member_id is not null and not exists (
      select from public.members m where m.id = v_visit.member_id and m.community_id = v_visit.community_id) then
      perform private.fail('visit_invalid', '{"field": "memberId"}');
    end if;
    v_visit.task_id := null;
    if v_visit.outcome in ('met', 'follow_up') then
      update public.visit_tasks t set state = 'done', ended_at = private.clock()
      where t.household_id = v_visit.household_id and t.state = 'open' and (t.set_at at time zone 'Asia/Shanghai')::date <= v_visit.visited_on
      returning t.id into v_visit.task_id;
    end if;
    insert into public.visits (id, household_id, community_id, member_id, person_id, kind, purpose, outcome, satisfaction, visited_on, logged_at, task_id)
    values (v_visit.id, v_visit.household_id, v_visit.community_id, v_visit.member_id, v_person, v_visit.kind, v_visit.purpose, v_visit.outcome,
      v_visit.satisfaction, v_visit.visited_on, private.clock(), v_visit.task_id);
    v_ids := v_ids || v_visit.id;
    v_new := v_new || v_visit.id;
    v_tasks := v_tasks || v_visit.task_id;
  end loop;
  perform private.write_audit('visits_logged', 'visit', v_new[1]::text, c.community_id, pg_catalog.jsonb_build_object('visits', c.n))
  from (select v.community_id, count(*) as n from public.visits v where v.id = any (v_new) group by v.community_id order by 1) c;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('ids', v_ids, 'tasks', pg_catalog.array_remove(v_tasks, null)));
end
$$;
comment on function public.log_visits(jsonb, uuid) is
  'Enter visits [{id: made up by the caller, householdId, kind, purpose, outcome, satisfaction: 1 to 5 or null, visitedOn: day of the last 60, memberId: who '
  'went, where somebody in office enters it; null: the caller}], at most 200, all or none → {ids, tasks: planned visits they did}. A visit where somebody '
  'was met does the planned one of the household. Members for the households they carry, grid leaders and workers for their grid, secretaries and above for '
  'theirs. A visit sent again stands once. Errors: not_allowed, visit_invalid {field, least, most}, request_key_reused.';

create function public.undo_visit(p_visit uuid, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('undo_visit', p_request_key, pg_catalog.to_jsonb(p_visit));
  v_visit public.visits;
  v_task int;
  v_keeper int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_visit from public.visits v where v.id = p_visit and v.person_id in (select private.my_own_person()) for update;
  if not found then
    perform private.fail('not_allowed');
  elsif private.midnight(v_visit.logged_at) <> private.midnight(private.clock()) then
    perform private.fail('visit_settled', pg_catalog.jsonb_build_object('at', v_visit.logged_at));
  end if;
  delete from public.visits v where v.id = p_visit;
  -- A visit made since does the planned one as well; else it is open again, for as long as somebody keeps contact.
  update public.visits v set task_id = v_visit.task_id
  where v.id = (
    select o.id from public.visits o join public.visit_tasks t on t.id = v_visit.task_id
    where o.household_id = t.household_id and o.task_id is null and o.outcome in ('met', 'follow_up')
      and o.visited_on >= (t.set_at at time zone 'Asia/Shanghai')::date
    order by o.visited_on, o.logged_at, o.id limit 1);
  if not found then
    select l.member_id into v_keeper from public.contact_links l where l.household_id = v_visit.household_id and l.kind = 'household' and l.valid_to is null;
    update public.visit_tasks t set member_id = coalesce(v_keeper, t.member_id),
      state = case when v_keeper is null then 'dropped' else 'open' end::public.visit_task_state,
      ended_at = case when v_keeper is null then private.clock() end
    where t.id = v_visit.task_id and t.state = 'done'
      and not exists (select from public.visit_tasks o where o.household_id = t.household_id and o.state = 'open')
    returning case when v_keeper is not null then t.id end into v_task;
  end if;
  perform private.write_audit('visit_undone', 'visit', p_visit::text, v_visit.community_id, pg_catalog.jsonb_build_object('visitedOn', v_visit.visited_on));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_visit, 'taskId', v_task));
end
$$;
comment on function public.undo_visit(uuid, uuid) is
  'Take back a visit one logged oneself today → {id, taskId: the planned visit that is open again, null for none, as where another '
  'visit did it too}. Errors: not_allowed, visit_settled {at}: it was logged on a day before, request_key_reused.';

-- ── planned visits ────────────────────────────────────────────────────────────────────────────────────────────────
create function public.plan_visits(p_land int, p_households int[], p_due date, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('plan_visits', p_request_key, pg_catalog.jsonb_build_array(p_land, p_households, p_due));
  v_households int[];
  v_communities int[];
  v_tasks int[];
  v_without int[];
  v_planned int[];
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select array_agg(distinct h.id), array_agg(distinct h.community_id) into v_households, v_communities
  from public.households h join public.buildings b on b.id = h.building_id and b.land_id = p_land
  where h.id = any (p_households) and h.community_id in (select private.my_charge());
  if v_households is null or pg_catalog.cardinality(v_households) <> (select count(distinct i.id) from unnest(p_households) as i(id)) then
    perform private.fail('not_allowed');
  elsif pg_catalog.cardinality(v_households) > 5000 then
    perform private.fail('visit_invalid', '{"field": "households", "least": 1, "most": 5000}');
  end if;
  perform private.document_day(pg_catalog.jsonb_build_object('dueOn', p_due), 'dueOn', private.today(), private.today() + 366, 'visit_invalid');
  with asked as materialized (
    -- Who keeps contact with a whole building carries none of its households: nobody's workbook has them.
    select h.id as household_id, h.community_id, l.member_id
    from public.households h left join public.contact_links l on l.household_id = h.id and l.kind = 'household' and l.valid_to is null
    where h.id = any (v_households)
  ), made as (
    insert into public.visit_tasks (household_id, community_id, member_id, due_on, set_by, set_at)
    select a.household_id, a.community_id, a.member_id, p_due, private.my_person(), private.clock()
    from asked a where a.member_id is not null order by a.household_id
    on conflict (household_id) where state = 'open' do nothing
    returning id, household_id
  )
  select (select coalesce(array_agg(m.id order by m.id), '{}') from made m),
    (select coalesce(array_agg(a.household_id order by a.household_id), '{}') from asked a where a.member_id is null),
    (select coalesce(array_agg(a.household_id order by a.household_id), '{}') from asked a
      where a.member_id is not null and a.household_id not in (select m.household_id from made m))
  into v_tasks, v_without, v_planned;
  if v_tasks <> '{}' then
    perform private.write_audit('visits_planned', 'land', p_land::text, c.id, pg_catalog.jsonb_build_object('visits', c.n, 'dueOn', p_due))
    from (select t.community_id as id, count(*) as n from public.visit_tasks t where t.id = any (v_tasks) group by t.community_id order by 1) c;
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('tasks', v_tasks, 'withoutMember', v_without, 'planned', v_planned));
end
$$;
comment on function public.plan_visits(int, int[], date, uuid) is
  'Ask the members who keep contact with these households of a land, at most 5,000, to visit them until a day from today to a year from now → {tasks: new '
  'ones, withoutMember: households no member carries, as where whole buildings are shared out, planned: those with an open one, which stays as it is}. Secretaries and above. Errors: '
  'not_allowed, visit_invalid {field, least, most}, request_key_reused.';

create function public.drop_visit_tasks(p_tasks int[], p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('drop_visit_tasks', p_request_key, pg_catalog.to_jsonb(p_tasks));
  v_found int;
  v_dropped int[];
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform 1 from public.visit_tasks t where t.id = any (p_tasks) and t.community_id in (select private.my_charge()) order by t.id for update;
  get diagnostics v_found = row_count;
  if v_found = 0 or v_found <> (select count(distinct i.id) from unnest(p_tasks) as i(id)) then
    perform private.fail('not_allowed');
  end if;
  with dropped as (
    update public.visit_tasks t set state = 'dropped', ended_at = private.clock() where t.id = any (p_tasks) and t.state = 'open' returning t.id
  )
  select coalesce(array_agg(d.id order by d.id), '{}') into v_dropped from dropped d;
  perform private.write_audit('visit_tasks_dropped', 'visit_task', c.first::text, c.id, pg_catalog.jsonb_build_object('visits', c.n))
  from (select t.community_id as id, count(*) as n, min(t.id) as first from public.visit_tasks t where t.id = any (v_dropped) group by t.community_id order by 1) c;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('tasks', v_dropped));
end
$$;
comment on function public.drop_visit_tasks(int[], uuid) is
  'Give up planned visits that are open → {tasks: those given up}; ones that are done stay so. Secretaries and above. Errors: not_allowed, request_key_reused.';
