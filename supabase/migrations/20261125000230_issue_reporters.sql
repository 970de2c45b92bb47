-- Who reported a slip: one door out, erasure on request, and a time after which it is forgotten.

-- ── the one door ──────────────────────────────────────────────────────────────────────────────────────────────────────
drop index public.audit_log_reveals;
create index audit_log_reveals on public.audit_log (person_id, at) where action in ('resident_revealed', 'reporter_revealed');

create or replace function private.spend_reveal(p_person uuid) returns int language plpgsql set search_path = '' as $$
declare
  -- The day of those who work here.
  v_midnight timestamptz := pg_catalog.date_trunc('day', pg_catalog.now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
  v_limit int := coalesce((private.setting_at(private.home_unit(p_person), 'reveals_per_day') ->> 'limit')::int, 50);
  v_used int;
begin
  -- The person's row makes two at once count one after the other.
  perform 1 from public.people p where p.id = p_person for no key update;
  select count(*) into v_used from public.audit_log l
  where l.person_id = p_person and l.action in ('resident_revealed', 'reporter_revealed') and l.at >= v_midnight;
  if v_used >= v_limit then
    perform private.fail('reveal_limit_reached',
      pg_catalog.jsonb_build_object('limit', v_limit, 'used', v_used, 'resetsAt', v_midnight + interval '1 day'));
  end if;
  return v_limit - v_used - 1;
end
$$;
comment on function private.spend_reveal(uuid) is
  'How many residents and reporters the person may still see in clear today after this one. The log counts. Errors: reveal_limit_reached {limit, used, resetsAt}.';

create function private.without_reporter(p_text text, p_issue int) returns text language sql stable set search_path = '' as $$
  select coalesce((
    -- A number is often parted by blanks or dashes where it stands among words.
    select pg_catalog.regexp_replace(pg_catalog.replace(p_text, coalesce(r.name, ''), coalesce(private.mask_name(r.name), '')),
      coalesce(pg_catalog.array_to_string(pg_catalog.string_to_array(pg_catalog.translate(r.phone, '+', ''), null), '[ -]*'), '$^'),
      coalesce(private.mask_phone(r.phone), ''), 'g')
    from private.issue_reporters r where r.issue_id = p_issue), p_text)
$$;
comment on function private.without_reporter(text, int) is
  'A text about a slip with the reporter''s name and telephone masked: the log is never shortened, so they must not enter it.';

create function public.reveal_issue_reporter(p_issue int, p_reason text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_issue public.issues;
  v_reporter private.issue_reporters;
  v_reason text := private.clean_text(p_reason);
  v_left int;
begin
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_issue from public.issues i where i.id = p_issue and (i.handler_id in (select private.my_own_person())
    or i.community_id in (select u.id from private.my_units_as('street_officer', 'community_secretary') as u(id)));
  if not found then
    perform private.fail('not_allowed');
  end if;
  select * into v_reporter from private.issue_reporters r where r.issue_id = p_issue;
  if coalesce(v_reporter.name, v_reporter.phone) is null then
    perform private.fail('reporter_absent');
  end if;
  v_left := private.spend_reveal(private.my_person());
  perform private.write_audit('reporter_revealed', 'issue', p_issue::text, v_issue.community_id, pg_catalog.jsonb_build_object(
    'number', v_issue.number, 'reason', pg_catalog.left(private.without_reporter(v_reason, p_issue), 500)));
  return pg_catalog.jsonb_build_object('issueId', p_issue, 'name', v_reporter.name, 'phone', v_reporter.phone, 'revealsLeft', v_left);
end
$$;
comment on function public.reveal_issue_reporter(int, text) is
  'Who reported a slip, in clear → {issueId, name, phone, revealsLeft}, for who handles it, the secretary of its community and the street''s officers, with a '
  'reason of four characters. Leaves a row in the audit log and counts as one of the reveals of the day. Errors: reason_required, not_allowed, reporter_absent, '
  'reveal_limit_reached {limit, used, resetsAt}.';

-- ── erasure ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.forget_reporters(p_issues int[]) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  -- The words of a slip often name who wrote them.
  update public.issues i set title = private.without_reporter(i.title, i.id), detail = private.without_reporter(i.detail, i.id), household_id = null
  where i.id = any (p_issues);
  delete from private.issue_reporters r where r.issue_id = any (p_issues);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.forget_reporters(int[]) is 'Erase name, telephone, household and code of who reported these slips → how many; the slips stay.';

create function public.erase_issue_reporter(p_issue int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('erase_issue_reporter', p_request_key, pg_catalog.jsonb_build_array(p_issue, p_reason));
  v_issue public.issues;
  v_reason text := private.clean_text(p_reason);
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_issue from public.issues i
  where i.id = p_issue and i.community_id in (select private.my_units_as('district_admin', 'street_officer'));
  if not found then
    perform private.fail('not_allowed');
  elsif pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  v_reason := private.without_reporter(v_reason, p_issue);
  if private.forget_reporters(array[p_issue]) = 0 then
    perform private.fail('reporter_absent');
  end if;
  perform private.write_audit('reporter_erased', 'issue', p_issue::text, v_issue.community_id,
    pg_catalog.jsonb_build_object('number', v_issue.number, 'reason', pg_catalog.left(v_reason, 500)));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('issueId', p_issue));
end
$$;
comment on function public.erase_issue_reporter(int, text, uuid) is
  'Erase who reported a slip: name, telephone, household, the code it is followed by, and both where the slip''s own words tell them; cannot be undone → '
  '{issueId}. For administrators and street officers, with a reason of four characters. Errors: not_allowed, reason_required, reporter_absent, request_key_reused.';

-- Erasing a resident erases him or her as a reporter: of the same name and telephone, or of the same name in the household.
alter function public.erase_resident(int, text, uuid) set schema private;
alter function private.erase_resident(int, text, uuid) security invoker;
revoke all on function private.erase_resident(int, text, uuid) from public, anon, authenticated, service_role;
create function public.erase_resident(p_resident int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_slips int[];
  v_answer jsonb;
begin
  select array_agg(r.issue_id) into v_slips
  from public.residents p
  join private.resident_identities n on n.resident_id = p.id
  join private.issue_reporters r on r.name = n.name
  join public.issues i on i.id = r.issue_id
  where p.id = p_resident and (r.phone = n.phone or i.household_id = p.household_id);
  -- Refused where it is not for the caller to do.
  v_answer := private.erase_resident(p_resident, p_reason, p_request_key);
  perform private.forget_reporters(v_slips);
  return v_answer;
end
$$;
comment on function public.erase_resident(int, text, uuid) is
  'Erase what tells who a resident is: name, telephone, identity number, birth, sex, relation and tags, the same of him or her as a member and as a reporter '
  'of slips, and what the household shows of its head; cannot be undone → {residentId, erasedAt}. Stay: the row, numbers and category of the household, the '
  'slips, and who saw it when. For administrators and street officers, with a reason of four characters. Errors: not_allowed, reason_required, '
  'resident_erased {at}, request_key_reused.';
update public.data_register d set retention_basis = 'since the slip was closed, or until erased on request'
where d.schema_name = 'private' and d.table_name = 'issue_reporters' and d.column_name <> 'issue_id';

-- ── retention ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create or replace function private.run_retention() returns jsonb language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_counts jsonb := '{}';
  v_count int;
begin
  delete from private.idempotency_keys k where k.at < v_now - private.retention_of('idempotency_keys', 'answer');
  get diagnostics v_count = row_count;
  v_counts := v_counts || pg_catalog.jsonb_build_object('requestKeys', v_count);

  with old as (
    update public.imports i set status = 'cancelled'
    where i.status = 'open' and i.created_at < v_now - private.retention_of('import_chunks', 'rows') returning i.id
  )
  delete from public.import_chunks c using old where c.import_id = old.id;
  get diagnostics v_count = row_count;
  v_counts := v_counts || pg_catalog.jsonb_build_object('importChunks', v_count);

  if pg_catalog.to_regclass('auth.sessions') is not null then
    delete from auth.sessions s using private.session_activity v
    where v.session_id = s.id and v.idle_at < v_now - private.retention_of('session_activity', 'idle_at');
    get diagnostics v_count = row_count;
    v_counts := v_counts || pg_catalog.jsonb_build_object('sessions', v_count);
    delete from private.session_activity v where not exists (select from auth.sessions s where s.id = v.session_id);
  end if;

  delete from private.second_factors f where f.confirmed_at is null and f.begun_at < v_now - private.retention_of('second_factors', 'secret');
  get diagnostics v_count = row_count;
  v_counts := v_counts || pg_catalog.jsonb_build_object('secondFactors', v_count);

  delete from private.resident_tags t where t.noted_on < v_now - private.retention_of('resident_tags', 'tag');
  get diagnostics v_count = row_count;
  v_counts := v_counts || pg_catalog.jsonb_build_object('tags', v_count);

  delete from private.people_identities i using public.people p
  where p.id = i.person_id and p.retired_at < v_now - private.retention_of('people_identities', 'name');
  get diagnostics v_count = row_count;
  v_counts := v_counts || pg_catalog.jsonb_build_object('identities', v_count);
  update public.people p set phone_masked = null
  where p.phone_masked is not null and p.retired_at < v_now - private.retention_of('people', 'phone_masked');

  v_counts := v_counts || pg_catalog.jsonb_build_object('reporters', private.forget_reporters(array(
    select r.issue_id from private.issue_reporters r join public.issues i on i.id = r.issue_id
    where i.closed_at < v_now - private.retention_of('issue_reporters', 'name'))));

  -- By a person for the own unit, by the server for the highest.
  perform private.write_audit('retention_run', 'system', 'retention',
    coalesce(private.home_unit(private.my_person()), (select min(u.id) from public.org_units u where u.parent_id is null)), v_counts);
  return v_counts;
end
$$;
comment on function private.run_retention() is
  'Delete what the register says is kept no longer → counts by kind: {requestKeys, importChunks, sessions, secondFactors, tags, identities, reporters}. '
  'The server runs it daily; the log itself is never shortened.';
