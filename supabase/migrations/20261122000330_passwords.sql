-- Passwords: strength, history, changing one's own, giving a first one. They are kept by the sign-in service alone, as bcrypt.

create table private.password_history (
  id bigint generated always as identity primary key,
  person_id uuid not null references public.people (id) on delete cascade,
  hash text not null,
  at timestamptz not null default now()
);
comment on table private.password_history is 'Hashes of the last five passwords of each person, so that none comes back.';
comment on column private.password_history.id is 'Identity, ascending in time.';
comment on column private.password_history.person_id is 'Whose.';
comment on column private.password_history.hash is 'bcrypt.';
comment on column private.password_history.at is 'When it was set.';
create index password_history_person on private.password_history (person_id, id desc);
alter table private.password_history enable row level security;
revoke all on private.password_history from public, anon, authenticated, service_role;

-- ── strength ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.has_run(p_text text) returns boolean language sql immutable set search_path = '' as $$
  -- Five neighbours on a keyboard row, in the alphabet or among the digits, in either direction.
  select exists (
    select from (values ('qwertyuiop'), ('asdfghjkl'), ('zxcvbnm'), ('1234567890'), ('01234'), ('abcdefghijklmnopqrstuvwxyz'), ('1qaz2wsx3edc4rfv'),
      ('!@#$%^&*()')) as r(row)
    cross join lateral pg_catalog.generate_series(1, pg_catalog.length(r.row) - 4) as s(start)
    cross join lateral (values (pg_catalog.substr(r.row, s.start, 5)), (pg_catalog.reverse(pg_catalog.substr(r.row, s.start, 5)))) as w(run)
    where pg_catalog.strpos(p_text, w.run) > 0)
$$;
comment on function private.has_run(text) is 'Whether a text in lower case holds five neighbouring keys in a row: qwert, 45678, edcba.';

create function private.password_weakness(p_password text, p_person uuid, p_email text) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_lower text := pg_catalog.lower(coalesce(p_password, ''));
  -- What is left of Password2026! once decorations are off.
  v_stem text := pg_catalog.translate(pg_catalog.regexp_replace(v_lower, '^[^a-z]+|[^a-z]+$', '', 'g'), '@013$5', 'aoiess');
  v_mailbox text := pg_catalog.lower(pg_catalog.split_part(coalesce(p_email, ''), '@', 1));
  v_kinds int;
begin
  if pg_catalog.length(v_lower) < 10 then
    return 'too_short';
  elsif pg_catalog.octet_length(p_password) > 72 then
    -- bcrypt reads no further.
    return 'too_long';
  elsif pg_catalog.length(v_mailbox) >= 4 and pg_catalog.strpos(v_lower, v_mailbox) > 0
    or exists (
      select from private.people_identities i
      where i.person_id = p_person
        and (pg_catalog.strpos(v_lower, pg_catalog.lower(i.name)) > 0
          or pg_catalog.length(i.phone) >= 7 and pg_catalog.strpos(v_lower, i.phone) > 0)) then
    return 'personal';
  elsif pg_catalog.length(pg_catalog.regexp_replace(v_lower, '(.)\1+', '\1', 'g')) < 5 or v_lower ~ '^(.{1,4})\1+$' or v_lower ~ '(.)\1{3}' then
    return 'repeated';
  elsif private.has_run(v_lower) then
    return 'run';
  elsif v_stem in ('password', 'passwordpassword', 'passw', 'passwd', 'admin', 'administrator', 'administrators', 'welcome', 'welcometo', 'letmein',
    'iloveyou', 'woaini', 'woainima', 'changeme', 'monkey', 'dragon', 'football', 'baseball', 'sunshine', 'princess', 'superman', 'michael',
    'shadow', 'master', 'secret', 'default', 'guest', 'test', 'testtest', 'user', 'root', 'login', 'hello', 'helloworld', 'trustnoone', 'starwars',
    'whatever', 'freedom', 'computer', 'internet', 'zhongguo', 'china', 'nihao', 'nihaoma', 'mima', 'wangge', 'shequ', 'jiedao', 'gewu',
    'pass', 'passwordone', 'abc', 'aa', 'qaz', 'wsx', 'asd', 'zxc', 'qwe') then
    return 'common';
  end if;
  v_kinds := (p_password ~ '[a-z]')::int + (p_password ~ '[A-Z]')::int + (p_password ~ '[0-9]')::int + (p_password ~ '[^a-zA-Z0-9]')::int;
  if v_kinds < 3 and pg_catalog.length(p_password) < 16 then
    return 'few_kinds';
  end if;
  return null;
end
$$;
comment on function private.password_weakness(text, uuid, text) is
  'Why a password will not do, or null: too_short (under 10 characters), too_long (over 72 bytes), repeated, run, common, personal (holds '
  'the mailbox, name or telephone number of its owner), few_kinds (fewer than three of lower, upper, digit, other, and under 16 characters).';

create function private.require_strong(p_password text, p_person uuid, p_email text) returns void language plpgsql stable set search_path = '' as $$
declare
  v_weakness text := private.password_weakness(p_password, p_person, p_email);
begin
  if v_weakness is not null then
    perform private.fail('password_weak', pg_catalog.jsonb_build_object('reason', v_weakness));
  end if;
end
$$;
comment on function private.require_strong(text, uuid, text) is 'password_weak {reason} unless the password will do.';

-- ── setting and checking ──────────────────────────────────────────────────────────────────────────────────────────────
create function private.matches_hash(p_password text, p_hash text) returns boolean language sql immutable set search_path = '' as $$
  -- 2b marks the same computation as 2a and is not known to pgcrypto.
  select coalesce(extensions.crypt(p_password, h.hash) = h.hash, false)
  from (select pg_catalog.regexp_replace(p_hash, '^\$2[by]\$', '$2a$') as hash) h
  where h.hash like '$2a$%'
$$;
comment on function private.matches_hash(text, text) is 'Whether a password is the one of a bcrypt hash; null where the hash is none.';

create function private.set_password(p_person uuid, p_password text, p_must_change boolean) returns void
language plpgsql set search_path = '' as $$
declare
  v_hash text := extensions.crypt(p_password, extensions.gen_salt('bf', 10));
begin
  update auth.users u set encrypted_password = v_hash, updated_at = pg_catalog.now()
  where u.id = (select p.user_id from public.people p where p.id = p_person);
  insert into private.password_history (person_id, hash) values (p_person, v_hash);
  delete from private.password_history h
  where h.person_id = p_person
    and h.id not in (select k.id from private.password_history k where k.person_id = p_person order by k.id desc limit 5);
  insert into private.accounts as a (person_id, must_change, password_changed_at)
  values (p_person, p_must_change, case when not p_must_change then pg_catalog.clock_timestamp() end)
  on conflict (person_id) do update
  set must_change = excluded.must_change, password_changed_at = coalesce(excluded.password_changed_at, a.password_changed_at),
    password_failures = 0, password_locked_until = null;
end
$$;
comment on function private.set_password(uuid, text, boolean) is 'Set a password, remember its hash among the last five, and say whether it must be changed.';

create function private.check_password(p_person uuid, p_password text) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_account private.accounts;
begin
  insert into private.accounts (person_id) values (p_person) on conflict (person_id) do nothing;
  select * into v_account from private.accounts a where a.person_id = p_person for update;
  if v_account.password_locked_until > pg_catalog.clock_timestamp() then
    perform private.fail('password_locked', pg_catalog.jsonb_build_object('until', v_account.password_locked_until));
  end if;
  if coalesce((select private.matches_hash(p_password, u.encrypted_password)
    from auth.users u join public.people p on p.user_id = u.id where p.id = p_person), false) then
    update private.accounts a set password_failures = 0, password_locked_until = null where a.person_id = p_person;
    return null;
  end if;
  -- Counted, so it must not be undone: refused by answer, not by error.
  update private.accounts a
  set password_failures = case when a.password_failures >= 4 then 0 else a.password_failures + 1 end,
    password_locked_until = case when a.password_failures >= 4 then pg_catalog.clock_timestamp() + interval '15 minutes' end
  where a.person_id = p_person;
  return private.refuse('password_wrong', pg_catalog.jsonb_build_object('attemptsLeft', 4 - v_account.password_failures));
end
$$;
comment on function private.check_password(uuid, text) is
  'Null where the password is the person''s; else the refusal password_wrong {attemptsLeft} to hand on. Five wrong ones in a row lock for 15 '
  'minutes. Errors: password_locked.';

create function public.change_password(p_old text, p_new text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_refusal jsonb;
  v_email text;
  v_ended int;
begin
  select * into v_session from private.my_session();
  if not found or v_session.factor_pending or pg_catalog.to_regclass('auth.users') is null then
    perform private.fail('not_allowed');
  end if;
  v_refusal := private.check_password(v_session.person_id, p_old);
  if v_refusal is not null then
    return v_refusal;
  end if;
  select u.email into v_email from auth.users u where u.id = auth.uid();
  perform private.require_strong(p_new, v_session.person_id, v_email);
  if p_new = p_old or exists (
    select from private.password_history h where h.person_id = v_session.person_id and private.matches_hash(p_new, h.hash)) then
    perform private.fail('password_used');
  end if;
  perform private.set_password(v_session.person_id, p_new, false);
  v_ended := private.end_sessions(auth.uid(), v_session.session_id);
  perform private.write_audit('password_changed', 'person', v_session.person_id::text, private.home_unit(v_session.person_id),
    pg_catalog.jsonb_build_object('endedSessions', v_ended));
  return pg_catalog.jsonb_build_object('changed', true, 'endedSessions', v_ended);
end
$$;
comment on function public.change_password(text, text) is
  'Change one''s own password and end one''s other sessions → {changed, endedSessions}. Errors: not_allowed, password_wrong {attemptsLeft}, '
  'password_locked {until}, password_weak {reason}, password_used (among the last five).';
