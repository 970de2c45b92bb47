-- Visits and the person: erased on request, forgotten in time.

create function private.forget_visits(p_visits uuid[]) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  update public.visits v set purpose = 'other', person_id = null, member_id = null
  where v.id = any (p_visits) and (v.purpose <> 'other' or num_nonnulls(v.person_id, v.member_id) > 0);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.forget_visits(uuid[]) is 'Forget who went and what for; that the household was visited on the day, and what came of it, stays → how many.';

create function private.visits_about(p_resident public.residents) returns setof uuid language sql stable set search_path = '' as $$
  select v.id from public.visits v where v.household_id = p_resident.household_id and private.is_head(p_resident)
  union
  select v.id
  from private.memberships_of(p_resident) as k(member_id)
  join public.members m on m.id = k.member_id
  join public.visits v on v.member_id = m.id or v.person_id = m.person_id
$$;
comment on function private.visits_about(public.residents) is 'Visits to the household of a resident who is its head, and those he or she made as a member.';

create or replace function private.erasure_of(p_resident public.residents) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('residentId', p_resident.id, 'name', p_resident.name_masked, 'relation', p_resident.relation,
    'erasedAt', p_resident.erased_at,
    'phone', p_resident.phone_masked is not null, 'idNumber', p_resident.id_number_masked is not null,
    'birth', p_resident.birth_year is not null or p_resident.sex is not null,
    'tags', (select count(*) from private.resident_tags t where t.resident_id = p_resident.id),
    'isHead', private.is_head(p_resident),
    'memberships', (select count(*) from private.memberships_of(p_resident)),
    'walks', (select count(*) from private.walks_of(p_resident)),
    'visits', (select count(*) from private.visits_about(p_resident)),
    'reveals', (select count(*) from public.audit_log l
      where l.object_type = 'resident' and l.object_id = p_resident.id::text and l.action = 'resident_revealed'))
$$;
comment on function public.preview_erasure(int) is
  'What erasing a resident would take away, for administrators and street officers → {residentId, name (masked), relation, erasedAt, phone, '
  'idNumber, birth: whether there is any, tags, memberships, walks, visits: how many, isHead: whether name and telephone of the household go too, reveals: how '
  'often seen in clear; that stays on record}. Errors: not_allowed.';

create or replace function public.erase_resident(p_resident int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_slips int[];
  v_walks uuid[];
  v_visits uuid[];
  v_answer jsonb;
begin
  select array_agg(r.issue_id) into v_slips
  from public.residents p
  join private.resident_identities n on n.resident_id = p.id
  join private.issue_reporters r on r.name = n.name
  join public.issues i on i.id = r.issue_id
  where p.id = p_resident and (r.phone = n.phone or i.household_id = p.household_id);
  select coalesce(array_agg(w.id), '{}') into v_walks
  from public.residents p cross join lateral private.walks_of(p) as w(id) where p.id = p_resident;
  select coalesce(array_agg(v.id), '{}') into v_visits
  from public.residents p cross join lateral private.visits_about(p) as v(id) where p.id = p_resident;
  -- Refused where it is not for the caller to do.
  v_answer := private.erase_resident(p_resident, p_reason, p_request_key);
  perform private.forget_reporters(v_slips);
  perform private.forget_raw(v_walks);
  perform private.forget_walkers(v_walks);
  perform private.forget_visits(v_visits);
  return v_answer;
end
$$;
comment on function public.erase_resident(int, text, uuid) is
  'Erase what tells who a resident is: name, telephone, identity number, birth, sex, relation and tags, the same of him or her as a member and as a reporter '
  'of slips, who walked on patrols and the raw fixes of these, who went on visits and what for, and what the household shows of its head; cannot be undone → '
  '{residentId, erasedAt}. Stay: the row, numbers and category of the household, the slips, what was walked and visited on which day, and who saw it when. For '
  'administrators and street officers, with a reason of four characters. Errors: not_allowed, reason_required, resident_erased {at}, request_key_reused.';
update public.data_register d set retention_basis = d.retention_basis || '; or until erased on request'
where d.table_name = 'visits' and d.class = 'track';

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

  v_counts := v_counts || pg_catalog.jsonb_build_object('visits', private.forget_visits(array(
    select v.id from public.visits v
    where v.visited_on < (v_now at time zone 'Asia/Shanghai')::date - private.retention_of('visits', 'purpose'))));

  -- By a person for the own unit, by the server for the highest.
  perform private.write_audit('retention_run', 'system', 'retention',
    coalesce(private.home_unit(private.my_person()), (select min(u.id) from public.org_units u where u.parent_id is null)), v_counts);
  return v_counts;
end
$$;
comment on function private.run_retention() is
  'Delete what the register says is kept no longer → counts by kind: {requestKeys, importChunks, sessions, secondFactors, tags, identities, reporters, visits}. '
  'The server runs it daily; the log itself is never shortened.';
