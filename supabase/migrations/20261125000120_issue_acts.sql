-- Acts on slips: who may, what must hold, what comes of it. All go through one door, in the office, by a reporter's code, or by rule.

-- ── who is who at a slip ──────────────────────────────────────────────────────────────────────────────────────────
create function private.posts_at(p_community int, p_grid uuid) returns table (person_id uuid, role public.post_role) language sql stable rows 20
set search_path = '' as $$
  select distinct o.person_id, o.role
  from public.posts o
  join public.people p on p.id = o.person_id and p.active
  join public.org_units home on home.id = o.org_unit_id
  join public.org_units community on community.id = p_community
  where o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
    and case when o.role in ('grid_leader', 'grid_worker') then o.grid_id = p_grid and home.path operator(extensions.@>) community.path
      else home.path operator(extensions.@>) community.path
        or o.role in ('member', 'cadre') and home.path operator(extensions.<@) community.path end
$$;
comment on function private.posts_at(int, uuid) is 'Who holds which post today over a place: of its grid, community or above; members and cadres of the community.';

create function private.role_level(p_role text) returns public.issue_level language sql immutable set search_path = '' as $$
  select case p_role when 'district_admin' then 'district' when 'street_officer' then 'street' when 'community_secretary' then 'community'
    else 'grid' end::public.issue_level
$$;
comment on function private.role_level(text) is 'Highest level of slips that a role deals with.';

create function private.issue_actors(p_issue public.issues) returns text[] language sql stable set search_path = '' as $$
  select coalesce((
      select array_agg(p.role::text order by private.role_level(p.role::text), p.role)
      from private.posts_at(p_issue.community_id, p_issue.grid_id) p
      where p.person_id = private.my_person() and exists (select from private.my_posts())), '{}')
    || case when p_issue.handler_id in (select private.my_own_person()) then array['handler'] else '{}'::text[] end
$$;
comment on function private.issue_actors(public.issues) is 'What the caller is at a slip: roles over its place, the lowest first, and handler.';

create function private.sees_issue(p_issue public.issues) returns boolean language sql stable set search_path = '' as $$
  select coalesce(p_issue.community_id in (select private.my_household_communities()) or p_issue.grid_id in (select private.my_grids())
    or p_issue.handler_id in (select private.my_own_person()) or p_issue.reported_by in (select private.my_own_person()), false)
$$;
comment on function private.sees_issue(public.issues) is 'Whether the caller sees a slip; the same as the policy of the table.';

create function private.require_issue(p_issue int, p_is_locked boolean default false) returns public.issues language plpgsql set search_path = '' as $$
declare
  v_issue public.issues;
begin
  if p_is_locked then
    select * into v_issue from public.issues i where i.id = p_issue for update;
  else
    select * into v_issue from public.issues i where i.id = p_issue;
  end if;
  -- One answer for hidden and for absent, so that nothing can be probed.
  if v_issue.id is null or not private.sees_issue(v_issue) then
    perform private.fail('not_allowed');
  end if;
  return v_issue;
end
$$;
comment on function private.require_issue(int, boolean) is 'A slip the caller sees, locked where asked for; not_allowed else.';

-- ── what stands in the way ────────────────────────────────────────────────────────────────────────────────────────
create function private.masked_name(p_person uuid) returns text language sql stable set search_path = '' as $$
  select p.name_masked from public.people p where p.id = p_person
$$;
comment on function private.masked_name(uuid) is 'Masked name of a person.';

create function private.issue_refusal(p_issue public.issues, p_act public.issue_act, p_actors text[], out actor text, out code text, out detail jsonb)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_variable
declare
  v_rule private.issue_act_rules;
  v_is_below boolean := false;
  v_actor text;
begin
  select * into v_rule from private.issue_act_rules r where r.act = p_act;
  detail := '{}';
  foreach v_actor in array p_actors loop
    if v_actor = any (v_rule.actors) then
      if v_actor in ('handler', 'reporter', 'system') or private.role_level(v_actor) >= p_issue.level then
        actor := v_actor;
        exit;
      end if;
      v_is_below := true;
    end if;
  end loop;
  code := case
    when actor is null and not v_is_below then 'not_allowed'
    when v_rule.needs <> 'closed' and p_issue.outcome is not null then 'issue_closed'
    when v_rule.needs = 'closed' and p_issue.outcome is null then 'issue_open'
    when p_act = 'claim' and p_issue.state <> 'reported' then 'issue_taken'
    when v_rule.needs = 'finished' and p_issue.finished_at is null then 'issue_unfinished'
    when p_act in ('progress', 'finish', 'remind') and p_issue.finished_at is not null then 'issue_finished'
    when not p_issue.state = any (v_rule.from_states) then 'issue_state'
    when actor is null then 'issue_level'
    when p_act = 'escalate' and p_issue.level = 'district' or p_act = 'hand_down' and p_issue.level = 'grid' then 'issue_level_end'
    when p_act = 'publish' and p_issue.outcome not in ('solved', 'explained') then 'issue_not_publishable'
    -- Others were told that theirs is in good hands here.
    when p_act = 'withdraw' and exists (select from public.issues i where i.duplicate_of = p_issue.id) then 'issue_has_duplicates'
    -- What the reporter said stands until the slip is opened again.
    when p_act = 'rate' and actor <> 'reporter' and exists (
      select from public.issue_events e where e.issue_id = p_issue.id and e.act = 'rate' and e.actor = 'reporter' and not exists (
        select from public.issue_events o where o.issue_id = p_issue.id and o.act = 'reopen' and o.id > e.id)) then 'issue_rated'
    when actor = 'reporter' and p_act = 'reopen' and p_issue.closed_at + pg_catalog.make_interval(days =>
      (public.issue_settings(p_issue.community_id) ->> 'reopenDays')::int) < private.clock() then 'issue_too_late' end;
  detail := case code
    when 'issue_taken' then pg_catalog.jsonb_build_object('by', private.masked_name(p_issue.handler_id), 'at', p_issue.claimed_at)
    when 'issue_closed' then pg_catalog.jsonb_build_object('outcome', p_issue.outcome, 'at', p_issue.closed_at)
    when 'issue_finished' then pg_catalog.jsonb_build_object('at', p_issue.finished_at)
    when 'issue_state' then pg_catalog.jsonb_build_object('state', p_issue.state)
    when 'issue_level' then pg_catalog.jsonb_build_object('level', p_issue.level)
    when 'issue_level_end' then pg_catalog.jsonb_build_object('level', p_issue.level)
    when 'issue_not_publishable' then pg_catalog.jsonb_build_object('outcome', p_issue.outcome)
    else '{}' end;
end
$$;
comment on function private.issue_refusal(public.issues, public.issue_act, text[]) is
  'What stands in the way of an act by who is one of these: code and detail, null where nothing does; and as what it would be done. Codes: not_allowed, '
  'issue_taken {by, at}, issue_closed {outcome, at}, issue_open, issue_unfinished, issue_finished {at}, issue_state {state}, issue_level {level}: the slip is '
  'at a level above, issue_level_end {level}, issue_not_publishable {outcome}, issue_has_duplicates, issue_rated, issue_too_late.';

create function private.require_fresh(p_issue public.issues, p_revision int) returns void language plpgsql set search_path = '' as $$
begin
  if p_issue.revision is distinct from p_revision then
    perform private.fail('issue_stale', (
      select pg_catalog.jsonb_build_object('serverRevision', p_issue.revision, 'by', private.masked_name(e.person_id), 'act', e.act, 'at', e.at)
      from public.issue_events e where e.issue_id = p_issue.id order by e.id desc limit 1));
  end if;
end
$$;
comment on function private.require_fresh(public.issues, int) is 'issue_stale {serverRevision, by, act, at} unless the caller saw the slip as it is. The row is locked by then.';

-- ── the act ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.require_original(p_issue public.issues, p_input jsonb) returns public.issues language plpgsql set search_path = '' as $$
declare
  v_other public.issues;
  v_reason text;
begin
  if private.is_count(p_input -> 'ofIssue') then
    -- Two slips at once made each other's duplicate would wait here for each other; the database ends one of them.
    select * into v_other from public.issues i where i.id = (p_input ->> 'ofIssue')::int for share;
  end if;
  v_reason := case
    when v_other.id is null or not private.sees_issue(v_other) then 'unknown'
    when v_other.id = p_issue.id then 'same'
    when v_other.land_id <> p_issue.land_id then 'other_land'
    when v_other.outcome = 'withdrawn' then 'withdrawn'
    when v_other.duplicate_of is not null then 'duplicate_itself'
    when exists (select from public.issues i where i.duplicate_of = p_issue.id) then 'has_duplicates' end;
  if v_reason is not null then
    perform private.fail('duplicate_invalid', pg_catalog.jsonb_build_object('reason', v_reason,
      'number', case when v_reason = 'duplicate_itself' then (select i.number from public.issues i where i.id = v_other.duplicate_of) end));
  end if;
  return v_other;
end
$$;
comment on function private.require_original(public.issues, jsonb) is
  'The slip that this one is the same as; duplicate_invalid {reason: unknown | same | other_land | withdrawn | duplicate_itself | has_duplicates, number}.';

create function private.target_level(p_issue public.issues, p_act public.issue_act, p_input jsonb) returns public.issue_level
language plpgsql stable set search_path = '' as $$
declare
  v_levels public.issue_level[] := pg_catalog.enum_range(null::public.issue_level);
  v_at int := pg_catalog.array_position(v_levels, p_issue.level);
  v_to int := case p_act when 'escalate' then v_at + 1 else v_at - 1 end;
begin
  if coalesce(pg_catalog.jsonb_typeof(p_input -> 'level'), 'null') <> 'null' then
    v_to := coalesce(pg_catalog.array_position(v_levels::text[], p_input ->> 'level'), 0);
    if v_to = 0 or (p_act = 'escalate') <> (v_to > v_at) or v_to = v_at then
      perform private.fail('level_invalid', pg_catalog.jsonb_build_object('level', p_issue.level));
    end if;
  end if;
  return v_levels[v_to];
end
$$;
comment on function private.target_level(public.issues, public.issue_act, jsonb) is
  'Level a slip goes to: the one said, else the next above or below; level_invalid {level} where that lies on the other side.';

create function private.apply_issue_act(p_issue public.issues, p_act public.issue_act, p_input jsonb, p_actors text[], p_person uuid)
returns public.issues language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock();
  v_rule private.issue_act_rules;
  v_stop record;
  v_input jsonb := coalesce(p_input, '{}');
  v_old public.issues := p_issue;
  v_new public.issues := p_issue;
  v_original public.issues;
  v_note text;
  v_detail jsonb := '{}';
  v_event public.issue_events;
begin
  if pg_catalog.jsonb_typeof(v_input) <> 'object' then
    perform private.fail('issue_invalid', '{"field": "input"}');
  end if;
  select * into v_rule from private.issue_act_rules r where r.act = p_act;
  v_stop := private.issue_refusal(p_issue, p_act, p_actors);
  if v_stop.code is not null then
    perform private.fail(v_stop.code, v_stop.detail);
  end if;
  v_note := private.issue_text(v_input, 'note', 0, 1000);
  if v_rule.takes_note and pg_catalog.length(coalesce(v_note, '')) < 2 and v_stop.actor <> 'system' then
    perform private.fail('note_missing');
  end if;

  v_new.state := coalesce(v_rule.to_state, v_old.state);
  v_new.revision := v_old.revision + 1;
  if p_act in ('claim', 'assign') then
    v_new.handler_id := p_person;
    if p_act = 'assign' then
      select p.person_id into v_new.handler_id from private.posts_at(p_issue.community_id, p_issue.grid_id) p
      where p.person_id::text = v_input ->> 'personId' and p.role <> 'auditor' limit 1;
      if v_new.handler_id is null then
        perform private.fail('person_invalid');
      end if;
      v_detail := pg_catalog.jsonb_build_object('personId', v_new.handler_id);
    end if;
    v_new.claimed_at := v_now;
    v_new.finished_at := null;
  elsif p_act = 'remind' then
    v_new.reminders := least(v_old.reminders + 1, 255);
  elsif p_act = 'finish' then
    v_new.finished_at := v_now;
  elsif p_act = 'return' then
    v_new.finished_at := null;
  elsif p_act in ('close', 'explain', 'mark_duplicate', 'withdraw') then
    v_new.closed_at := v_now;
    v_new.outcome := case p_act when 'close' then 'solved' when 'explain' then 'explained' when 'mark_duplicate' then 'duplicate' else 'withdrawn' end;
    if p_act = 'mark_duplicate' then
      v_original := private.require_original(p_issue, v_input);
      v_new.duplicate_of := v_original.id;
      v_detail := pg_catalog.jsonb_build_object('ofIssue', v_original.id, 'number', v_original.number);
      insert into public.issue_links as l (issue_id, other_id, kind, at, person_id) values (p_issue.id, v_original.id, 'duplicate', v_now, p_person)
      on conflict (least(issue_id, other_id), greatest(issue_id, other_id))
      do update set issue_id = p_issue.id, other_id = v_original.id, kind = 'duplicate', at = v_now, person_id = p_person;
    end if;
  elsif p_act in ('escalate', 'hand_down') then
    v_new.level := private.target_level(p_issue, p_act, v_input);
    v_new.top_level := greatest(v_old.top_level, v_new.level);
    v_new.handler_id := null;
    v_new.claimed_at := null;
    v_new.finished_at := null;
    v_new.due_at := private.issue_due(p_issue.community_id, p_issue.category, v_new.level, v_now);
    v_detail := pg_catalog.jsonb_build_object('dueAt', v_new.due_at);
  elsif p_act = 'reopen' then
    -- What nobody handled goes back to where anybody may claim it.
    v_new.state := case when v_old.handler_id is null then 'reported' else v_rule.to_state end;
    v_new.outcome := null;
    v_new.closed_at := null;
    v_new.finished_at := null;
    v_new.published_at := null;
    v_new.duplicate_of := null;
    v_new.satisfaction := null;
    v_new.due_at := private.issue_due(p_issue.community_id, p_issue.category, v_old.level, v_now);
    v_detail := pg_catalog.jsonb_build_object('dueAt', v_new.due_at);
    update public.issue_links l set kind = 'related' where l.issue_id = p_issue.id and l.kind = 'duplicate';
  elsif p_act = 'publish' then
    v_new.published_at := v_now;
  elsif p_act = 'unpublish' then
    v_new.published_at := null;
  end if;
  if p_act = 'rate' or p_act = 'close' and coalesce(pg_catalog.jsonb_typeof(v_input -> 'satisfaction'), 'null') <> 'null' then
    if not coalesce((v_input -> 'satisfaction')::text ~ '^[1-5]$', false) then
      perform private.fail('satisfaction_invalid');
    end if;
    v_new.satisfaction := (v_input ->> 'satisfaction')::smallint;
    v_detail := v_detail || pg_catalog.jsonb_build_object('satisfaction', v_new.satisfaction);
  end if;

  update public.issues i set state = v_new.state, level = v_new.level, top_level = v_new.top_level, outcome = v_new.outcome,
    claimed_at = v_new.claimed_at, finished_at = v_new.finished_at, closed_at = v_new.closed_at, published_at = v_new.published_at,
    due_at = v_new.due_at, handler_id = v_new.handler_id, satisfaction = v_new.satisfaction, reminders = v_new.reminders,
    duplicate_of = v_new.duplicate_of, revision = v_new.revision
  where i.id = p_issue.id;
  if pg_catalog.jsonb_typeof(v_input -> 'photos') = 'array' then
    v_detail := v_detail || pg_catalog.jsonb_build_object('photos', pg_catalog.jsonb_array_length(v_input -> 'photos'));
  end if;
  insert into public.issue_events (issue_id, at, person_id, actor, act, from_state, to_state, from_level, to_level, note, detail)
  values (p_issue.id, v_now, p_person, v_stop.actor, p_act::text, v_old.state, v_new.state, v_old.level, v_new.level, coalesce(v_note, ''), v_detail)
  returning * into v_event;
  if p_act = 'publish' then
    perform private.put_on_board(v_new);
  elsif v_old.state = 'published' and v_new.state <> 'published' then
    delete from private.issue_board b where b.issue_id = p_issue.id;
  end if;
  perform private.keep_photos(v_event, case p_act when 'finish' then 'proof' when 'close' then 'proof' else 'progress' end, v_input -> 'photos');
  if p_person is not null then
    perform private.write_audit('issue_' || p_act, 'issue', p_issue.id::text, p_issue.community_id,
      pg_catalog.jsonb_build_object('number', p_issue.number, 'as', v_stop.actor));
  end if;
  return v_new;
end
$$;
comment on function private.apply_issue_act(public.issues, public.issue_act, jsonb, text[], uuid) is
  'Do an act on a slip that is locked, by who is one of these actors: state, dates, links, photos, history; returns the slip as it is then. p_input: {note?, '
  'personId (assign), level? (escalate, hand_down), ofIssue (mark_duplicate), satisfaction (rate; close?), photos?: [base64]}. Errors: those of '
  'private.issue_refusal, note_missing, issue_invalid {field}, person_invalid, duplicate_invalid {reason}, level_invalid {level}, satisfaction_invalid, '
  'photo_invalid.';

-- ── how a slip is told ────────────────────────────────────────────────────────────────────────────────────────────
create function private.issue_json(p_issue public.issues) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_issue.id, 'number', p_issue.number, 'revision', p_issue.revision, 'landId', p_issue.land_id,
    'communityId', p_issue.community_id, 'buildingId', p_issue.building_id, 'gridId', p_issue.grid_id,
    'lngLat', pg_catalog.jsonb_build_array(extensions.st_x(p_issue.geom), extensions.st_y(p_issue.geom)),
    'category', p_issue.category, 'title', p_issue.title, 'detail', p_issue.detail, 'state', p_issue.state, 'level', p_issue.level,
    'topLevel', p_issue.top_level, 'outcome', p_issue.outcome, 'source', p_issue.source, 'reportedAt', p_issue.reported_at,
    'claimedAt', p_issue.claimed_at, 'finishedAt', p_issue.finished_at, 'closedAt', p_issue.closed_at, 'publishedAt', p_issue.published_at,
    'dueAt', p_issue.due_at, 'satisfaction', p_issue.satisfaction, 'reminders', p_issue.reminders, 'duplicateOf', p_issue.duplicate_of,
    'handlerId', p_issue.handler_id, 'handler', private.masked_name(p_issue.handler_id))
$$;
comment on function private.issue_json(public.issues) is 'A slip as colleagues see it, with the masked name of who handles it.';

-- ── public ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.report_issue(p_issue jsonb, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('report_issue', p_request_key, pg_catalog.jsonb_build_array(p_issue));
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_kept := private.enter_by_me(p_issue);
  perform private.write_audit('issue_reported', 'issue', v_kept ->> 'id', (select i.community_id from public.issues i where i.id = (v_kept ->> 'id')::int),
    pg_catalog.jsonb_build_object('number', v_kept ->> 'number'));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.report_issue(jsonb, uuid) is
  'Report a matter {lngLat, category, title, detail?, source?: worker | member | reception, householdId?, reporter?: {name?, phone?}, photos?: [base64]} → '
  '{id, number, dueAt}. For who holds a post whose communities hold the place; auditors do not, receptions are entered by grid leaders and above. Errors: '
  'not_allowed, issue_invalid {field}, place_outside, photo_invalid, request_key_reused.';

create function private.enter_by_me(p_issue jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_role public.post_role;
  v_source text := p_issue ->> 'source';
  v_issue public.issues;
begin
  select o.role into v_role from private.my_posts() o where o.role <> 'auditor' order by o.role limit 1;
  if v_role is null then
    perform private.fail('not_allowed');
  end if;
  v_source := coalesce(v_source, case when v_role = 'member' then 'member' else 'worker' end);
  if v_source not in ('worker', 'member', 'reception') then
    perform private.fail('issue_invalid', '{"field": "source"}');
  elsif (v_source = 'member') <> (v_role = 'member')
    or v_source = 'reception' and v_role not in ('district_admin', 'street_officer', 'community_secretary', 'grid_leader') then
    perform private.fail('not_allowed');
  end if;
  v_issue := private.enter_issue(p_issue, v_source::public.issue_source, private.my_person(), v_role::text);
  -- Told where it would be entered: nobody learns from it more than what the map shows.
  if v_issue.community_id not in (select private.my_communities()) then
    perform private.fail('not_allowed');
  end if;
  return pg_catalog.jsonb_build_object('id', v_issue.id, 'number', v_issue.number, 'dueAt', v_issue.due_at);
end
$$;
comment on function private.enter_by_me(jsonb) is 'Enter a slip in the caller''s name; see public.report_issue.';

create function public.act_on_issue(p_issue int, p_act public.issue_act, p_input jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('act_on_issue', p_request_key, pg_catalog.jsonb_build_array(p_issue, p_act, p_input, p_revision));
  v_issue public.issues;
  v_actors text[];
  v_stop record;
begin
  if v_kept is not null then
    return v_kept;
  elsif p_act is null then
    perform private.fail('issue_invalid', '{"field": "act"}');
  end if;
  v_issue := private.require_issue(p_issue, true);
  v_actors := private.issue_actors(v_issue);
  -- Who may not at all, and who comes too late to claim it, hear that first; then who saw it as it was.
  v_stop := private.issue_refusal(v_issue, p_act, v_actors);
  if v_stop.code in ('not_allowed', 'issue_taken') then
    perform private.fail(v_stop.code, v_stop.detail);
  end if;
  perform private.require_fresh(v_issue, p_revision);
  v_issue := private.apply_issue_act(v_issue, p_act, p_input, v_actors, private.my_person());
  return private.keep_answer(p_request_key, private.issue_json(v_issue));
end
$$;
comment on function public.act_on_issue(int, public.issue_act, jsonb, int, uuid) is
  'Do an act on a slip, built on the revision that was seen → the slip, see private.issue_json. Input and errors as private.apply_issue_act; besides '
  'issue_stale {serverRevision, by, act, at}, request_key_reused. Of many who claim it at once one does, the others hear issue_taken {by, at}.';

create function public.link_issues(p_issue int, p_other int, p_kind text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('link_issues', p_request_key, pg_catalog.jsonb_build_array(p_issue, p_other, p_kind));
  v_issue public.issues;
  v_other public.issues;
  v_role text;
  v_now timestamptz := private.clock();
  v_count int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_issue := private.require_issue(p_issue);
  v_other := private.require_issue(p_other);
  select a.role into v_role from unnest(private.issue_actors(v_issue)) as a(role)
  where a.role in ('grid_worker', 'grid_leader', 'community_secretary', 'street_officer', 'district_admin', 'handler') limit 1;
  if v_role is null then
    perform private.fail('not_allowed');
  elsif p_kind is null or p_kind not in ('related', 'none') or p_issue = p_other or v_issue.land_id <> v_other.land_id then
    perform private.fail('link_invalid');
  end if;
  if p_kind = 'none' then
    -- What a duplicate is one and the same as goes by its own act.
    delete from public.issue_links l where l.kind = 'related'
      and least(l.issue_id, l.other_id) = least(p_issue, p_other) and greatest(l.issue_id, l.other_id) = greatest(p_issue, p_other);
  else
    insert into public.issue_links (issue_id, other_id, kind, at, person_id) values (p_issue, p_other, 'related', v_now, private.my_person())
    on conflict do nothing;
  end if;
  get diagnostics v_count = row_count;
  if v_count > 0 then
    insert into public.issue_events (issue_id, at, person_id, actor, act, from_state, to_state, from_level, to_level, detail)
    select i.id, v_now, private.my_person(), v_role, case p_kind when 'none' then 'unlink' else 'link' end, i.state, i.state, i.level, i.level,
      pg_catalog.jsonb_build_object('ofIssue', o.id, 'number', o.number)
    from public.issues i join public.issues o on o.id = case i.id when p_issue then p_other else p_issue end
    where i.id in (p_issue, p_other) order by i.id;
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('changed', v_count > 0));
end
$$;
comment on function public.link_issues(int, int, text, uuid) is
  'Link two slips of a street one sees, p_kind related, or take that link away, none; both histories tell it → {changed}. Duplicates are linked by the act '
  'mark_duplicate. Errors: not_allowed, link_invalid, request_key_reused.';
