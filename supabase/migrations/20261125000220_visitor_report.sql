-- A resident's own slip: handing it in without signing in, and following it by a code.

alter table private.issue_reporters add column request_hash bytea unique check (length(request_hash) = 32);
comment on column private.issue_reporters.request_hash is 'SHA-256 of the key of the call that handed it in, so that a call sent again makes no second slip.';
insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('private', 'issue_reporters', 'request_hash', 'credential', 'hidden', 730, 'since the slip was closed');

create function private.new_follow_code() returns text language sql volatile set search_path = '' as $$
  select pg_catalog.string_agg(pg_catalog.substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', pg_catalog.substring(b.bits, 5 * n + 1, 5)::bit(5)::int + 1, 1), '' order by n)
  from (select ('x' || pg_catalog.encode(extensions.gen_random_bytes(10), 'hex'))::bit(80) as bits) b
  cross join pg_catalog.generate_series(0, 15) n
$$;
comment on function private.new_follow_code() is 'A code of 80 random bits: sixteen characters of Crockford''s base 32.';

create function private.code_hash(p_code text) returns bytea language sql immutable set search_path = '' as $$
  -- As people type it: small letters, dashes and blanks, O for 0, I and L for 1.
  select pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.translate(pg_catalog.regexp_replace(
    pg_catalog.upper(pg_catalog.left(coalesce(p_code, ''), 100)), '[^0-9A-Z]', '', 'g'), 'OIL', '011'), 'UTF8'))
$$;
comment on function private.code_hash(text) is 'What is kept of a code.';

create function private.issue_by_code(p_code text) returns public.issues language plpgsql stable set search_path = '' as $$
declare
  v_issue public.issues;
begin
  select i.* into v_issue from private.issue_reporters r join public.issues i on i.id = r.issue_id
  where r.follow_hash = private.code_hash(p_code);
  if not found then
    perform private.fail('code_unknown');
  end if;
  return v_issue;
end
$$;
comment on function private.issue_by_code(text) is
  'The slip a code opens. Every wrong code is hashed, looked for and refused alike: code_unknown.';

create function private.bound_reports(p_land int) returns void language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock();
  v_hour int;
  v_day int;
begin
  select count(*) filter (where i.reported_at > v_now - interval '1 hour'), count(*) into v_hour, v_day
  from public.issues i where i.land_id = p_land and i.source = 'public' and i.reported_at > v_now - interval '1 day';
  if v_hour >= 60 or v_day >= 300 then
    perform private.fail('too_many_reports', pg_catalog.jsonb_build_object('hour', v_hour, 'day', v_day));
  end if;
end
$$;
comment on function private.bound_reports(int) is
  'Not more than 60 slips an hour and 300 a day come from the public page of a street, whoever sends them. Errors: too_many_reports.';

create function public.visitor_report(p_slip jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_key bytea := pg_catalog.sha256(pg_catalog.convert_to(p_request_key::text, 'UTF8'));
  v_code text := private.new_follow_code();
  v_land public.lands;
  v_issue public.issues;
begin
  if not coalesce(pg_catalog.jsonb_typeof(p_slip) = 'object' and p_slip ->> 'landId' ~ '^[0-9]{1,9}$', false) then
    perform private.fail('issue_invalid', '{"field": "landId"}');
  end if;
  v_land := private.open_land((p_slip ->> 'landId')::int);
  -- One after the other for a street, so that the count holds and what is sent twice at once is found the second time.
  perform pg_catalog.pg_advisory_xact_lock(20261125, v_land.id);
  if v_key is not null then
    -- Sent again because the answer was lost. The code told then is kept nowhere: another takes its place.
    update private.issue_reporters r set follow_hash = private.code_hash(v_code)
    from public.issues i
    where r.request_hash = v_key and i.id = r.issue_id and i.land_id = v_land.id
    returning i.* into v_issue;
    if found then
      return pg_catalog.jsonb_build_object('number', v_issue.number, 'followCode', v_code);
    end if;
  end if;
  perform private.bound_reports(v_land.id);
  if p_slip -> 'consent' is distinct from 'true' then
    perform private.fail('consent_missing');
  end if;
  -- Only what a visitor may say; whose household it is, is not for a stranger to tell.
  v_issue := private.enter_issue(pg_catalog.jsonb_build_object('lngLat', p_slip -> 'lngLat', 'category', p_slip -> 'category', 'title', p_slip -> 'title',
    'detail', p_slip -> 'detail', 'reporter', p_slip -> 'reporter', 'photos', p_slip -> 'photos'), 'public', null, 'reporter');
  if v_issue.land_id <> v_land.id then
    perform private.fail('place_outside');
  end if;
  insert into private.issue_reporters (issue_id, follow_hash, request_hash) values (v_issue.id, private.code_hash(v_code), v_key)
  on conflict (issue_id) do update set follow_hash = excluded.follow_hash, request_hash = excluded.request_hash;
  return pg_catalog.jsonb_build_object('number', v_issue.number, 'followCode', v_code);
end
$$;
comment on function public.visitor_report(jsonb, uuid) is
  'Hand in a slip {landId, lngLat, category, title, detail?, reporter?: {name, phone}, photos?: [base64], consent: true} → {number, followCode}. The code is '
  'told once. The same key makes no second slip but gives a new code for the first. For anybody; bounded by street and hour. Errors: land_unknown, '
  'consent_missing, issue_invalid {field}, place_outside, photo_invalid, too_many_reports, duplicate key.';

create function private.followed_issue(p_issue int) returns jsonb language sql stable set search_path = '' as $$
  with slip as materialized (
    select i as issue, i.*, private.board_compound(i, 1) as compound
    from public.issues i where i.id = p_issue
  ), event as materialized (
    -- Words from office to office are none of the reporter's; that a slip went up or was given back is.
    select e.id, e.at, e.act, case when e.act in ('progress', 'finish', 'explain', 'publish')
      or e.actor = 'reporter' and e.act in ('reopen', 'rate') then nullif(e.note, '') end as note
    from public.issue_events e
    where e.issue_id = p_issue and e.act in ('report', 'claim', 'assign', 'progress', 'supervise', 'finish', 'explain', 'close', 'mark_duplicate', 'escalate',
      'hand_down', 'reopen', 'rate', 'publish', 'unpublish', 'withdraw')
  ), known as materialized (
    select private.names_in((select pg_catalog.string_agg(e.note, ' ') from event e), s.community_id) as names from slip s
  )
  select pg_catalog.jsonb_build_object(
    'number', s.number, 'street', st.name, 'place', coalesce((s.compound).name, u.name), 'category', s.category, 'title', s.title, 'detail', s.detail,
    'state', s.state, 'level', s.level, 'outcome', s.outcome, 'reportedAt', s.reported_at, 'claimedAt', s.claimed_at, 'finishedAt', s.finished_at,
    'closedAt', s.closed_at, 'publishedAt', s.published_at, 'dueAt', case when s.outcome is null then s.due_at end, 'satisfaction', s.satisfaction,
    'photos', (select count(*) from public.issue_photos p where p.issue_id = s.id and p.kind = 'report'),
    'events', (
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', e.at, 'act', e.act, 'note', private.mask_words(e.note, k.names)) order by e.id)
      from event e),
    'mayRate', (private.issue_refusal(s.issue, 'rate', '{reporter}')).code is null,
    'mayReopen', (private.issue_refusal(s.issue, 'reopen', '{reporter}')).code is null,
    'reopenUntil', s.closed_at + pg_catalog.make_interval(days => (public.issue_settings(s.community_id) ->> 'reopenDays')::int),
    'mayWithdraw', (private.issue_refusal(s.issue, 'withdraw', '{reporter}')).code is null)
  from slip s
  cross join known k
  join public.org_units u on u.id = s.community_id
  join public.lands l on l.id = s.land_id
  join public.org_units st on st.id = l.org_unit_id
$$;
comment on function private.followed_issue(int) is
  'A slip as its reporter sees it → {number, street, place, category, title, detail, state, level, outcome, reportedAt, claimedAt, finishedAt, closedAt, '
  'publishedAt, dueAt, satisfaction, photos, events: [{at, act, note}], mayRate, mayReopen, reopenUntil, mayWithdraw}: nobody''s name, nobody''s telephone.';

create function public.visitor_follow(p_code text) returns jsonb language sql stable security definer set search_path = '' as $$
  select private.followed_issue((private.issue_by_code(p_code)).id)
$$;
comment on function public.visitor_follow(text) is
  'The slip a code opens, as its reporter sees it; see private.followed_issue. For anybody with the code. Errors: code_unknown.';

create function private.act_by_code(p_code text, p_act public.issue_act, p_input jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_issue public.issues := private.issue_by_code(p_code);
begin
  select * into v_issue from public.issues i where i.id = v_issue.id for update;
  -- The history is never shortened: a code must not fill it.
  if (select count(*) from public.issue_events e where e.issue_id = v_issue.id and e.actor = 'reporter') >= 30 then
    perform private.fail('too_many_reports');
  end if;
  v_issue := private.apply_issue_act(v_issue, p_act, p_input, '{reporter}', null);
  return private.followed_issue(v_issue.id);
end
$$;
comment on function private.act_by_code(text, public.issue_act, jsonb) is
  'An act of the reporter on the slip a code opens → the slip, see private.followed_issue. Errors: code_unknown, too_many_reports, those of private.apply_issue_act.';

create function public.visitor_rate(p_code text, p_satisfaction int, p_note text default '') returns jsonb
language sql security definer set search_path = '' as $$
  select private.act_by_code(p_code, 'rate', pg_catalog.jsonb_build_object('satisfaction', p_satisfaction, 'note', p_note))
$$;
comment on function public.visitor_rate(text, int, text) is
  'The reporter says how it was settled, 1 to 5 → the slip, see private.followed_issue. For anybody with the code. Errors: code_unknown, issue_open, '
  'satisfaction_invalid, issue_invalid {field}, too_many_reports.';

create function public.visitor_withdraw(p_code text) returns jsonb language sql security definer set search_path = '' as $$
  select private.act_by_code(p_code, 'withdraw', '{}')
$$;
comment on function public.visitor_withdraw(text) is
  'The reporter takes back what nobody has claimed → the slip, see private.followed_issue. For anybody with the code. Errors: code_unknown, issue_closed, '
  'issue_state, too_many_reports.';

create function public.visitor_reopen(p_code text, p_note text) returns jsonb language sql security definer set search_path = '' as $$
  select private.act_by_code(p_code, 'reopen', pg_catalog.jsonb_build_object('note', p_note))
$$;
comment on function public.visitor_reopen(text, text) is
  'The reporter says that it is not settled → the slip, see private.followed_issue. For anybody with the code. Errors: code_unknown, issue_open, note_missing, '
  'issue_too_late, issue_invalid {field}, too_many_reports.';
