-- Sessions: who is behind a request, and what stands between signing in and the territory. A session is somebody's while the
-- account, the session and the person are alive and someone has used it lately; a first password must be changed and a
-- second factor answered before it sees anything.

-- ── what an account is, beyond auth.users ─────────────────────────────────────────────────────────────────────────────
create table private.accounts (
  person_id uuid primary key references public.people (id) on delete cascade,
  must_change boolean not null default false,
  password_changed_at timestamptz,
  password_failures int not null default 0,
  password_locked_until timestamptz
);
comment on table private.accounts is 'State of accounts that the sign-in service does not keep; a person without a row has an account in order.';
comment on column private.accounts.person_id is 'Whose.';
comment on column private.accounts.must_change is 'The password was given by another and must be changed before anything else.';
comment on column private.accounts.password_changed_at is 'When the person last chose a password.';
comment on column private.accounts.password_failures is 'Wrong old passwords in a row, of change_password and remove_second_factor.';
comment on column private.accounts.password_locked_until is 'No old password is heard until then.';

create table private.session_activity (
  session_id uuid primary key,
  person_id uuid not null references public.people (id) on delete cascade,
  last_seen_at timestamptz not null,
  idle_at timestamptz not null,
  user_agent text,
  second_factor_at timestamptz
);
comment on table private.session_activity is 'When each session was last used, and whether it answered the second factor.';
-- No foreign key: the schema auth belongs to the platform, and its tables may be made after these.
comment on column private.session_activity.session_id is 'Session in auth.sessions.';
comment on column private.session_activity.person_id is 'Whose.';
comment on column private.session_activity.last_seen_at is 'Last touch, to the minute.';
comment on column private.session_activity.idle_at is 'The session ends unless touched before.';
comment on column private.session_activity.user_agent is 'What the browser called itself at the first touch.';
comment on column private.session_activity.second_factor_at is 'When the second factor was answered; null while it was not.';
create index session_activity_person on private.session_activity (person_id);

create table private.second_factors (
  person_id uuid primary key references public.people (id) on delete cascade,
  secret bytea not null,
  begun_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  failures int not null default 0,
  locked_until timestamptz
);
comment on table private.second_factors is 'Secrets of time-based one-time passwords (RFC 6238).';
comment on column private.second_factors.person_id is 'Whose.';
comment on column private.second_factors.secret is 'Shared secret, 20 random bytes.';
comment on column private.second_factors.begun_at is 'When the secret was made.';
comment on column private.second_factors.confirmed_at is 'When a first code proved the secret arrived; null before, and then nothing is asked.';
comment on column private.second_factors.last_step is 'Step of 30 s of the last code taken; codes of this step and before are refused.';
comment on column private.second_factors.failures is 'Wrong codes in a row.';
comment on column private.second_factors.locked_until is 'No code is heard until then.';

do $close$
declare
  v_table text;
begin
  foreach v_table in array array['accounts', 'session_activity', 'second_factors'] loop
    execute pg_catalog.format('alter table private.%I enable row level security', v_table);
    execute pg_catalog.format('revoke all on private.%I from public, anon, authenticated, service_role', v_table);
  end loop;
end
$close$;

alter table public.people add column retired_at timestamptz;
comment on column public.people.retired_at is 'When the person left for good; null while he or she has not.';
alter table public.people add check (retired_at is null or not active);

-- ── settings of a person's unit ───────────────────────────────────────────────────────────────────────────────────────
alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day'));
comment on column public.settings.key is
  'grid_limits: households by kind of community, and members of a grid. idle_minutes: sessions unused so long end. '
  'reveals_per_day: residents a person may see in clear in a day.';
comment on column public.settings.value is
  'grid_limits: {urban:{lower,upper,target}, rural:{lower,upper,target}, minMembers}; idle_minutes: {minutes}; reveals_per_day: {limit}.';

create function private.home_unit(p_person uuid) returns int language sql stable set search_path = '' as $$
  select o.org_unit_id
  from public.posts o join public.org_units u on u.id = o.org_unit_id
  where o.person_id = p_person
  order by o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date) desc, extensions.nlevel(u.path), o.id
  limit 1
$$;
comment on function private.home_unit(uuid) is 'Unit a person belongs to: that of the highest post valid today, else of the highest post held; null without posts.';

create function private.setting_at(p_org_unit int, p_key text) returns jsonb language sql stable set search_path = '' as $$
  select s.value
  from public.org_units here
  join public.org_units above on above.path operator(extensions.@>) here.path
  join public.settings s on s.org_unit_id = above.id and s.key = p_key
  where here.id = p_org_unit
  order by extensions.nlevel(above.path) desc
  limit 1
$$;
comment on function private.setting_at(int, text) is 'A setting in force for a unit: its own, else that of the nearest unit above; null where none is set.';

create function private.idle_minutes(p_person uuid) returns int language sql stable set search_path = '' as $$
  select coalesce((private.setting_at(private.home_unit(p_person), 'idle_minutes') ->> 'minutes')::int, 30)
$$;
comment on function private.idle_minutes(uuid) is 'Minutes after which an unused session of the person ends: as set for his or her unit, else 30.';

-- ── who is behind the request ─────────────────────────────────────────────────────────────────────────────────────────
create function private.my_session()
returns table (person_id uuid, session_id uuid, must_change boolean, has_factor boolean, factor_pending boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_claim text;
  v_idle_at timestamptz;
  v_answered_at timestamptz;
begin
  if v_user is null then
    return;
  end if;
  -- A token outlives sign-out, ban and deletion; the account and its session are asked each time. The platform's tables
  -- may be absent where no API stands before the database.
  if pg_catalog.to_regclass('auth.users') is not null then
    perform from auth.users u
    where u.id = v_user and (u.banned_until is null or u.banned_until < pg_catalog.now()) and u.deleted_at is null;
    if not found then
      return;
    end if;
  end if;
  select p.id, coalesce(a.must_change, false), f.confirmed_at is not null
  into person_id, must_change, has_factor
  from public.people p
  left join private.accounts a on a.person_id = p.id
  left join private.second_factors f on f.person_id = p.id
  where p.user_id = v_user and p.active and exists (
    select from public.posts o
    where o.person_id = p.id and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date));
  if person_id is null then
    return;
  end if;
  if pg_catalog.to_regclass('auth.sessions') is not null then
    v_claim := coalesce(nullif(pg_catalog.current_setting('request.jwt.claims', true), ''), '{}')::jsonb ->> 'session_id';
    -- Compared as text: what is no identity is no session.
    -- No limit is under five minutes: in the first five nobody looks it up.
    select s.id, v.second_factor_at, coalesce(v.idle_at, case when s.created_at > pg_catalog.now() - interval '5 minutes' then 'infinity'
      else s.created_at + pg_catalog.make_interval(mins => private.idle_minutes(my_session.person_id)) end)
    into session_id, v_answered_at, v_idle_at
    from auth.sessions s left join private.session_activity v on v.session_id = s.id
    where s.user_id = v_user and s.id::text = v_claim and (s.not_after is null or s.not_after > pg_catalog.now());
    if session_id is null or coalesce(v_idle_at, '-infinity') < pg_catalog.now() then
      return;
    end if;
  end if;
  factor_pending := has_factor and v_answered_at is null;
  return next;
end
$$;
comment on function private.my_session() is
  'The active person behind the request with the state of the session, one row; none for unknown, inactive, retired, banned or deleted '
  'accounts, for people without a post valid today, and for sessions that ended or were not used for longer than the limit.';

create or replace function private.my_person() returns uuid language sql stable security definer set search_path = '' as $$
  select s.person_id from private.my_session() s where not s.must_change and not s.factor_pending
$$;
comment on function private.my_person() is
  'The person behind the request, or null: nobody, as in my_session, or somebody who must change the password or answer the second factor first.';

create or replace function private.fail(p_code text, p_detail jsonb default '{}') returns void language plpgsql set search_path = '' as $$
declare
  v_code text := p_code;
begin
  -- Who may do nothing yet should hear what to do first, whichever check he or she ran into.
  if p_code in ('not_allowed', 'import_unknown') then
    select coalesce(case when s.factor_pending then 'second_factor_required' when s.must_change then 'password_change_required' end, p_code)
    into v_code from private.my_session() s;
  end if;
  raise exception using errcode = 'P0001', message = coalesce(v_code, p_code), detail = p_detail::text;
end
$$;
comment on function private.fail(text, jsonb) is
  'Raise a stable error code as the message, with what is needed to explain it as JSON detail. A missing right is called by its cause: '
  'second_factor_required or password_change_required while these are pending.';

create function private.refuse(p_code text, p_detail jsonb default '{}') returns jsonb language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.set_config('response.status', '400', true);
  return pg_catalog.jsonb_build_object('code', 'P0001', 'message', p_code, 'details', p_detail::text, 'hint', null);
end
$$;
comment on function private.refuse(text, jsonb) is
  'A refusal that is remembered: answered as raised errors are, with status 400, but without an error, so that what was counted stays. '
  'PostgREST and the embedded API read response.status.';

create or replace function private.write_audit(p_action text, p_object_type text, p_object_id text, p_org_unit int, p_detail jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into public.audit_log (person_id, action, object_type, object_id, org_unit_id, detail)
  values ((select s.person_id from private.my_session() s), p_action, p_object_type, p_object_id, p_org_unit, coalesce(p_detail, '{}'))
$$;
comment on function private.write_audit(text, text, text, int, jsonb) is
  'Append one row to the audit log in the caller''s name. Called last: the log''s chain is locked from here to the end of the transaction.';

create or replace function public.whoami() returns jsonb language sql stable security definer set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'personId', p.id, 'name', p.name_masked, 'mustChangePassword', s.must_change, 'secondFactorRequired', s.factor_pending,
    'hasSecondFactor', s.has_factor, 'idleMinutes', private.idle_minutes(p.id),
    'posts', coalesce((
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('role', o.role, 'orgUnitId', u.id, 'orgName', u.name, 'level', u.level,
        'gridId', o.grid_id,
        'landId', (select l.id from public.lands l join public.org_units t on t.id = l.org_unit_id
          where t.path operator(extensions.@>) u.path limit 1)) order by u.path, o.id)
      from private.my_posts() o join public.org_units u on u.id = o.org_unit_id), '[]'))
  from private.my_session() s join public.people p on p.id = s.person_id
$$;
comment on function public.whoami() is
  'The person behind the request → {personId, name (masked), posts: [{role, orgUnitId, orgName, level, landId, gridId}], mustChangePassword, '
  'secondFactorRequired, hasSecondFactor, idleMinutes}, or null for nobody: unknown, inactive, idle, or without a post valid today. posts is empty '
  'until the second factor is answered and the password changed. landId is the land of the street the unit is or lies in; null above streets.';

-- ── one's own sessions ────────────────────────────────────────────────────────────────────────────────────────────────
create function public.touch_session() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_minutes int;
  v_idle_at timestamptz;
begin
  select * into v_session from private.my_session();
  if not found then
    perform private.fail('session_ended');
  end if;
  v_minutes := private.idle_minutes(v_session.person_id);
  if v_session.session_id is not null then
    -- Once a minute is exact enough for a limit of minutes; a touch in between costs one read.
    insert into private.session_activity as a (session_id, person_id, last_seen_at, idle_at, user_agent)
    values (v_session.session_id, v_session.person_id, v_now, v_now + pg_catalog.make_interval(mins => v_minutes),
      pg_catalog.left(coalesce(nullif(pg_catalog.current_setting('request.headers', true), ''), '{}')::jsonb ->> 'user-agent', 300))
    on conflict (session_id) do update
    set last_seen_at = excluded.last_seen_at, idle_at = excluded.idle_at, user_agent = coalesce(a.user_agent, excluded.user_agent)
    where a.last_seen_at < excluded.last_seen_at - interval '1 minute' or a.idle_at > excluded.idle_at;
    select a.idle_at into v_idle_at from private.session_activity a where a.session_id = v_session.session_id;
  end if;
  return pg_catalog.jsonb_build_object('idleAt', v_idle_at, 'idleMinutes', v_minutes);
end
$$;
comment on function public.touch_session() is
  'Tell that the session is in use → {idleAt, idleMinutes}. Unused for idleMinutes it ends, and nothing revives it. Errors: session_ended.';

create function private.end_sessions(p_user uuid, p_keep uuid default null) returns int language plpgsql set search_path = '' as $$
declare
  v_count int := 0;
begin
  if p_user is null or pg_catalog.to_regclass('auth.sessions') is null then
    return 0;
  end if;
  delete from private.session_activity v
  where v.session_id in (select s.id from auth.sessions s where s.user_id = p_user and s.id is distinct from p_keep);
  -- Its refresh tokens go with it.
  delete from auth.sessions s where s.user_id = p_user and s.id is distinct from p_keep;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.end_sessions(uuid, uuid) is 'End all sessions of an account but one; returns how many ended. They are nobody''s with the next statement.';

create function public.my_sessions() returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_session record;
begin
  select * into v_session from private.my_session() s where not s.factor_pending;
  if not found or pg_catalog.to_regclass('auth.sessions') is null then
    return '[]';
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', s.id, 'createdAt', s.created_at,
      'lastSeenAt', coalesce(v.last_seen_at, s.created_at), 'userAgent', coalesce(s.user_agent, v.user_agent), 'current', s.id = v_session.session_id)
      order by coalesce(v.last_seen_at, s.created_at) desc, s.id), '[]')
    from auth.sessions s left join private.session_activity v on v.session_id = s.id
    where s.user_id = auth.uid() and (s.not_after is null or s.not_after > pg_catalog.now())
      and coalesce(v.idle_at, s.created_at + pg_catalog.make_interval(mins => private.idle_minutes(v_session.person_id))) >= pg_catalog.now());
end
$$;
comment on function public.my_sessions() is 'The caller''s live sessions, last used first → [{id, createdAt, lastSeenAt, userAgent, current}].';

create function public.end_session(p_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_count int := 0;
begin
  select * into v_session from private.my_session() s where not s.factor_pending;
  if not found then
    perform private.fail('not_allowed');
  end if;
  if pg_catalog.to_regclass('auth.sessions') is not null then
    delete from auth.sessions s where s.id = p_id and s.user_id = auth.uid();
    get diagnostics v_count = row_count;
    delete from private.session_activity v where v.session_id = p_id and v_count > 0;
  end if;
  if v_count > 0 then
    perform private.write_session_end(v_session.person_id, v_count);
  end if;
  return pg_catalog.jsonb_build_object('ended', v_count);
end
$$;
comment on function public.end_session(uuid) is 'End one of the caller''s own sessions, on whatever machine → {ended: 0 or 1}. Errors: not_allowed.';

create function private.write_session_end(p_person uuid, p_count int) returns void language sql security definer set search_path = '' as $$
  -- Named outright: the session that acts may be the one that is gone.
  insert into public.audit_log (person_id, action, object_type, object_id, org_unit_id, detail)
  values (p_person, 'sessions_ended', 'person', p_person::text, private.home_unit(p_person), pg_catalog.jsonb_build_object('count', p_count))
$$;
comment on function private.write_session_end(uuid, int) is 'Append to the log that a person ended sessions of his or her own.';

create function public.end_other_sessions() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_count int;
begin
  select * into v_session from private.my_session() s where not s.factor_pending;
  if not found then
    perform private.fail('not_allowed');
  end if;
  v_count := private.end_sessions(auth.uid(), v_session.session_id);
  if v_count > 0 then
    perform private.write_session_end(v_session.person_id, v_count);
  end if;
  return pg_catalog.jsonb_build_object('ended', v_count);
end
$$;
comment on function public.end_other_sessions() is 'End all of the caller''s sessions but this one → {ended}. Errors: not_allowed.';
