-- Personal data: a register of what is held where, one door out with a limit, a report of who saw what, exports on record, retention.

-- ── the register ──────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.data_register (
  schema_name text not null,
  table_name text not null,
  column_name text not null,
  class text not null check (class in ('name', 'phone', 'id_number', 'health', 'track', 'credential', 'account', 'import', 'technical')),
  mask text not null,
  retention_days int check (retention_days > 0),
  retention_basis text not null,
  primary key (schema_name, table_name, column_name)
);
comment on table public.data_register is 'Register of personal data: each column of schema private, and those of public that hold masks or personal data.';
comment on column public.data_register.schema_name is 'Schema.';
comment on column public.data_register.table_name is 'Table.';
comment on column public.data_register.column_name is 'Column.';
comment on column public.data_register.class is
  'name, phone, id_number; health (and vulnerability) and track (where someone went) are sensitive; credential opens accounts; account tells how '
  'one is used; import is what arrived and is not entered yet; technical tells nothing of anybody.';
comment on column public.data_register.mask is 'How it looks to colleagues: the pattern of a mask, or hidden.';
comment on column public.data_register.retention_days is 'Days it is kept after what retention_basis says; null where that alone decides.';
comment on column public.data_register.retention_basis is 'What the time is counted from, or what it lives and dies with.';
alter table public.data_register enable row level security;
revoke all on public.data_register from public, anon, authenticated, service_role;
create policy "the register, for administrators and auditors" on public.data_register for select to authenticated
  using ((select exists (select from private.my_units_as('district_admin', 'auditor'))));
grant select on public.data_register to authenticated;

insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('private', 'resident_identities', 'resident_id', 'technical', 'hidden', null, 'with the resident'),
  ('private', 'resident_identities', 'name', 'name', '张*', null, 'with the resident'),
  ('private', 'resident_identities', 'phone', 'phone', '138****0001', null, 'with the resident'),
  ('private', 'resident_identities', 'id_number', 'id_number', '110101********1234', null, 'with the resident'),
  ('private', 'resident_tags', 'resident_id', 'technical', 'hidden', null, 'with the tag'),
  ('private', 'resident_tags', 'tag', 'health', 'hidden', 1095, 'since it was noted'),
  ('private', 'resident_tags', 'noted_on', 'technical', 'hidden', null, 'with the tag'),
  ('private', 'people_identities', 'person_id', 'technical', 'hidden', null, 'with the person'),
  ('private', 'people_identities', 'name', 'name', '李*', 1095, 'since the person retired'),
  ('private', 'people_identities', 'phone', 'phone', '139****0001', 1095, 'since the person retired'),
  ('private', 'member_identities', 'member_id', 'technical', 'hidden', null, 'with the member'),
  ('private', 'member_identities', 'name', 'name', '王*', null, 'with the member'),
  ('private', 'member_identities', 'phone', 'phone', '137****0001', null, 'with the member'),
  ('private', 'accounts', 'person_id', 'technical', 'hidden', null, 'with the person'),
  ('private', 'accounts', 'must_change', 'account', 'hidden', null, 'with the person'),
  ('private', 'accounts', 'password_changed_at', 'account', 'hidden', null, 'with the person'),
  ('private', 'accounts', 'password_failures', 'account', 'hidden', null, 'with the person'),
  ('private', 'accounts', 'password_locked_until', 'account', 'hidden', null, 'with the person'),
  ('private', 'password_history', 'id', 'technical', 'hidden', null, 'with the password'),
  ('private', 'password_history', 'person_id', 'technical', 'hidden', null, 'with the password'),
  ('private', 'password_history', 'hash', 'credential', 'hidden', null, 'until five newer ones, or the person retires'),
  ('private', 'password_history', 'at', 'account', 'hidden', null, 'with the password'),
  ('private', 'session_activity', 'session_id', 'technical', 'hidden', 1, 'since the session ended'),
  ('private', 'session_activity', 'person_id', 'account', 'hidden', 1, 'since the session ended'),
  ('private', 'session_activity', 'last_seen_at', 'account', 'hidden', 1, 'since the session ended'),
  ('private', 'session_activity', 'idle_at', 'account', 'hidden', 1, 'since the session ended'),
  ('private', 'session_activity', 'user_agent', 'account', 'hidden', 1, 'since the session ended'),
  ('private', 'session_activity', 'second_factor_at', 'account', 'hidden', 1, 'since the session ended'),
  ('private', 'second_factors', 'person_id', 'technical', 'hidden', null, 'with the factor'),
  ('private', 'second_factors', 'secret', 'credential', 'hidden', 1, 'while it is not confirmed; then until removed'),
  ('private', 'second_factors', 'begun_at', 'account', 'hidden', null, 'with the factor'),
  ('private', 'second_factors', 'confirmed_at', 'account', 'hidden', null, 'with the factor'),
  ('private', 'second_factors', 'last_step', 'technical', 'hidden', null, 'with the factor'),
  ('private', 'second_factors', 'failures', 'account', 'hidden', null, 'with the factor'),
  ('private', 'second_factors', 'locked_until', 'account', 'hidden', null, 'with the factor'),
  ('private', 'recovery_codes', 'person_id', 'technical', 'hidden', null, 'with the factor'),
  ('private', 'recovery_codes', 'hash', 'credential', 'hidden', null, 'with the factor'),
  ('private', 'recovery_codes', 'used_at', 'account', 'hidden', null, 'with the factor'),
  ('private', 'idempotency_keys', 'person_id', 'technical', 'hidden', 1, 'since the call'),
  ('private', 'idempotency_keys', 'key', 'technical', 'hidden', 1, 'since the call'),
  ('private', 'idempotency_keys', 'function', 'technical', 'hidden', 1, 'since the call'),
  ('private', 'idempotency_keys', 'arguments', 'technical', 'hidden', 1, 'since the call'),
  ('private', 'idempotency_keys', 'answer', 'account', 'hidden', 1, 'since the call'),
  ('private', 'idempotency_keys', 'at', 'technical', 'hidden', 1, 'since the call'),
  ('private', 'audit_head', 'is_only', 'technical', 'hidden', null, 'with the log'),
  ('private', 'audit_head', 'last_id', 'technical', 'hidden', null, 'with the log'),
  ('private', 'audit_head', 'rows', 'technical', 'hidden', null, 'with the log'),
  ('private', 'audit_head', 'hash', 'technical', 'hidden', null, 'with the log'),
  ('private', 'former_land_things', 'land_id', 'technical', 'hidden', null, 'with the land'),
  ('private', 'former_land_things', 'to_edition', 'technical', 'hidden', null, 'with the land'),
  ('private', 'former_land_things', 'kind', 'technical', 'hidden', null, 'with the land'),
  ('private', 'former_land_things', 'thing_id', 'technical', 'hidden', null, 'with the land'),
  ('private', 'former_land_things', 'was', 'technical', 'hidden', null, 'with the land; buildings and ways, no people'),
  ('private', 'former_land_things', 'at', 'technical', 'hidden', null, 'with the land'),
  ('public', 'import_chunks', 'rows', 'import', 'hidden', 30, 'since the import was begun'),
  ('public', 'people', 'name_masked', 'name', '李*', null, 'for good: who acted'),
  ('public', 'people', 'phone_masked', 'phone', '139****0001', 1095, 'since the person retired'),
  ('public', 'households', 'head_name_masked', 'name', '张*', null, 'with the household'),
  ('public', 'households', 'phone_masked', 'phone', '138****0001', null, 'with the household'),
  ('public', 'residents', 'name_masked', 'name', '张*', null, 'with the resident'),
  ('public', 'residents', 'phone_masked', 'phone', '138****0001', null, 'with the resident'),
  ('public', 'residents', 'id_number_masked', 'id_number', '110101********1234', null, 'with the resident'),
  ('public', 'members', 'name_masked', 'name', '王*', null, 'with the member'),
  ('public', 'members', 'phone_masked', 'phone', '137****0001', null, 'with the member'),
  ('public', 'audit_log', 'person_id', 'account', 'who acted, by identity', null, 'for good, append-only'),
  ('public', 'audit_log', 'detail', 'account', 'reasons and figures', null, 'for good, append-only');

alter table private.resident_tags add column noted_on date not null default current_date;
comment on column private.resident_tags.noted_on is 'When it was noted or last confirmed; forgotten after the time in the register.';

-- ── the one door ──────────────────────────────────────────────────────────────────────────────────────────────────────
create index audit_log_reveals on public.audit_log (person_id, at) where action = 'resident_revealed';

create function private.spend_reveal(p_person uuid) returns int language plpgsql set search_path = '' as $$
declare
  -- The day of those who work here.
  v_midnight timestamptz := pg_catalog.date_trunc('day', pg_catalog.now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
  v_limit int := coalesce((private.setting_at(private.home_unit(p_person), 'reveals_per_day') ->> 'limit')::int, 50);
  v_used int;
begin
  -- The person's row makes two at once count one after the other.
  perform 1 from public.people p where p.id = p_person for no key update;
  select count(*) into v_used from public.audit_log l
  where l.person_id = p_person and l.action = 'resident_revealed' and l.at >= v_midnight;
  if v_used >= v_limit then
    perform private.fail('reveal_limit_reached',
      pg_catalog.jsonb_build_object('limit', v_limit, 'used', v_used, 'resetsAt', v_midnight + interval '1 day'));
  end if;
  return v_limit - v_used - 1;
end
$$;
comment on function private.spend_reveal(uuid) is
  'How many residents the person may still see in clear today after this one. The log counts. Errors: reveal_limit_reached {limit, used, resetsAt}.';

create or replace function public.reveal_resident(p_resident int, p_purpose text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_resident public.residents;
  v_purpose text := private.clean_text(p_purpose);
  v_reason text := private.clean_text(p_reason);
  v_left int;
begin
  if v_purpose is null then
    perform private.fail('purpose_required');
  end if;
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_resident from public.residents r
  where r.id = p_resident and (
    r.community_id in (
      select u.id from private.my_units_as('street_officer', 'community_secretary') as u(id))
    or r.building_id in (select private.my_grid_buildings()));
  if not found then
    perform private.fail('not_allowed');
  end if;
  v_left := private.spend_reveal(private.my_person());
  perform private.write_audit('resident_revealed', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('purpose', pg_catalog.left(v_purpose, 200), 'reason', pg_catalog.left(v_reason, 500)));
  return (
    select pg_catalog.jsonb_build_object('residentId', i.resident_id, 'name', i.name, 'phone', i.phone, 'idNumber', i.id_number,
      'tags', coalesce((select pg_catalog.jsonb_agg(t.tag order by t.tag) from private.resident_tags t where t.resident_id = p_resident), '[]'),
      'revealsLeft', v_left)
    from private.resident_identities i where i.resident_id = p_resident);
end
$$;
comment on function public.reveal_resident(int, text, text) is
  'A resident in clear → {residentId, name, phone, idNumber, tags, revealsLeft}, for street officers, secretaries, and grid leaders and workers of '
  'the grid. Asks purpose and a reason of four characters, and leaves a row in the audit log; so many a day and no more. Errors: '
  'purpose_required, reason_required, not_allowed, reveal_limit_reached {limit, used, resetsAt}.';

create function public.access_report(p_resident int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from public.residents r
    where r.id = p_resident and r.community_id in (select private.my_units_as('district_admin', 'auditor'))) then
    perform private.fail('not_allowed');
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', l.at, 'by', p.name_masked, 'personId', l.person_id, 'action', l.action,
      'purpose', l.detail ->> 'purpose', 'reason', l.detail ->> 'reason') order by l.id desc), '[]')
    from public.audit_log l left join public.people p on p.id = l.person_id
    where l.object_type = 'resident' and l.object_id = p_resident::text);
end
$$;
comment on function public.access_report(int) is
  'Who saw a resident in clear, newest first, for administrators and auditors → [{at, by, personId, action, purpose, reason}]. Errors: not_allowed.';

-- ── exports ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.record_export(p_kind text, p_reason text, p_rows int, p_filter jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('record_export', p_request_key, pg_catalog.jsonb_build_array(p_kind, p_reason, p_rows, p_filter));
  v_person uuid := private.my_person();
  v_unit int := private.home_unit(v_person);
  v_reason text := private.clean_text(p_reason);
  v_id uuid := pg_catalog.gen_random_uuid();
  v_at timestamptz := pg_catalog.clock_timestamp();
  v_watermark text;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if not exists (select from private.my_posts()) then
    perform private.fail('not_allowed');
  end if;
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  if not coalesce(p_kind ~ '^[a-z][a-z_]{0,39}$' and p_rows between 0 and 10000000 and pg_catalog.length(coalesce(p_filter, '{}')::text) <= 4000, false) then
    perform private.fail('export_invalid');
  end if;
  select pg_catalog.concat_ws(' ', p.name_masked, u.name, pg_catalog.to_char(v_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'),
    pg_catalog.upper(pg_catalog.left(v_id::text, 8)))
  into v_watermark
  from public.people p left join public.org_units u on u.id = v_unit
  where p.id = v_person;
  perform private.write_audit('export_recorded', 'export', v_id::text, v_unit, pg_catalog.jsonb_build_object('kind', p_kind,
    'reason', pg_catalog.left(v_reason, 500), 'rows', p_rows, 'filter', coalesce(p_filter, '{}'), 'watermark', v_watermark));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('exportId', v_id, 'watermark', v_watermark, 'at', v_at));
end
$$;
comment on function public.record_export(text, text, int, jsonb, uuid) is
  'Put an export on record before it is handed out → {exportId, watermark, at}; the watermark names who, where, when and the export. Errors: '
  'not_allowed, reason_required, export_invalid, request_key_reused.';

-- ── retention ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.retention_of(p_table text, p_column text) returns interval language sql stable set search_path = '' as $$
  select pg_catalog.make_interval(days => d.retention_days) from public.data_register d
  where d.table_name = p_table and d.column_name = p_column and d.schema_name in ('private', 'public')
$$;
comment on function private.retention_of(text, text) is 'How long a column is kept, by the register.';

create function private.run_retention() returns jsonb language plpgsql set search_path = '' as $$
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

  -- By a person for the own unit, by the server for the highest.
  perform private.write_audit('retention_run', 'system', 'retention',
    coalesce(private.home_unit(private.my_person()), (select min(u.id) from public.org_units u where u.parent_id is null)), v_counts);
  return v_counts;
end
$$;
comment on function private.run_retention() is
  'Delete what the register says is kept no longer → counts by kind: {requestKeys, importChunks, sessions, secondFactors, tags, identities}. '
  'The server runs it daily; the log itself is never shortened.';

create function public.run_retention() returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from private.my_units_as('district_admin')) then
    perform private.fail('not_allowed');
  end if;
  return private.run_retention();
end
$$;
comment on function public.run_retention() is 'Run retention now, for administrators → counts by kind, see private.run_retention. Errors: not_allowed.';
