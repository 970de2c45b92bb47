-- Secrets of second factors are kept sealed, with a key that is not in the database; and the browser of a session is noted by
-- whatever first tells of it.

-- ── the key ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.factor_key() returns text language plpgsql stable set search_path = '' as $$
declare
  v_key text := nullif(pg_catalog.current_setting('gewu.factor_key', true), '');
begin
  if v_key is null and pg_catalog.to_regclass('vault.decrypted_secrets') is not null then
    execute 'select s.decrypted_secret from vault.decrypted_secrets s where s.name = ''gewu_factor_key''' into v_key;
  end if;
  return v_key;
end
$$;
comment on function private.factor_key() is
  'Key of the secrets of second factors: given to the connection by the server that stands before the database, which keeps it in its secrets '
  'file; on a hosted project from the vault, the root key of which is outside the database. Null where neither is.';

-- ── sealing and opening ───────────────────────────────────────────────────────────────────────────────────────────────
create function private.sealed(p_person uuid, p_secret bytea) returns bytea language plpgsql volatile set search_path = '' as $$
declare
  v_key text := private.factor_key();
begin
  if v_key is null then
    perform private.fail('second_factor_unavailable');
  end if;
  -- The person is sealed in, so that a row copied to somebody else opens nothing there. The key is random: no stretching.
  return extensions.pgp_sym_encrypt_bytea(pg_catalog.uuid_send(p_person) || p_secret, v_key, 'cipher-algo=aes256, s2k-mode=1');
end
$$;
comment on function private.sealed(uuid, bytea) is
  'A secret of a person sealed: AES-256 with a check of integrity (RFC 4880). Errors: second_factor_unavailable, without a key.';

create function private.opened(p_person uuid, p_stored bytea) returns bytea language plpgsql stable set search_path = '' as $$
declare
  v_open bytea;
begin
  -- Twenty bytes are a secret in clear, of before there was a key; what is sealed is longer.
  if pg_catalog.octet_length(p_stored) = 20 then
    return p_stored;
  end if;
  begin
    v_open := extensions.pgp_sym_decrypt_bytea(p_stored, private.factor_key());
  exception when external_routine_invocation_exception then
    return null;
  end;
  return case when pg_catalog.substr(v_open, 1, 16) = pg_catalog.uuid_send(p_person) then pg_catalog.substr(v_open, 17) end;
end
$$;
comment on function private.opened(uuid, bytea) is 'The secret of a person as it was before sealing; null without the key it was sealed with.';

create function private.open_secret(p_person uuid, p_stored bytea) returns bytea language plpgsql stable set search_path = '' as $$
declare
  v_secret bytea := private.opened(p_person, p_stored);
begin
  if v_secret is null then
    perform private.fail('second_factor_unavailable');
  end if;
  return v_secret;
end
$$;
comment on function private.open_secret(uuid, bytea) is 'The secret of a person. Errors: second_factor_unavailable, without the key it was sealed with.';

create function private.seal_second_factors(p_key text default null) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_sealed int;
  v_closed int;
begin
  if p_key is not null then
    perform pg_catalog.set_config('gewu.factor_key', p_key, true);
  end if;
  update private.second_factors f set secret = private.sealed(f.person_id, f.secret) where pg_catalog.octet_length(f.secret) = 20;
  get diagnostics v_sealed = row_count;
  select count(*) into v_closed from private.second_factors f where private.opened(f.person_id, f.secret) is null;
  return pg_catalog.jsonb_build_object('sealed', v_sealed, 'closed', v_closed);
end
$$;
comment on function private.seal_second_factors(text) is
  'Seal secrets that are still in clear, with the key given or the one in force → {sealed, closed}; closed counts those another key sealed. '
  'The server calls it at every start. Errors: second_factor_unavailable.';

comment on column private.second_factors.secret is 'Shared secret, 20 random bytes, sealed with a key that is not in the database; see private.sealed.';

-- A hosted project makes its key here; elsewhere the server brings one at its next start.
do $key$
begin
  if pg_catalog.to_regclass('vault.decrypted_secrets') is not null then
    if private.factor_key() is null then
      execute 'select vault.create_secret($1, ''gewu_factor_key'', ''Seals the secrets of second factors'')'
      using pg_catalog.encode(extensions.gen_random_bytes(32), 'base64');
    end if;
    perform private.seal_second_factors();
  end if;
end
$key$;

-- ── who asks the secret ───────────────────────────────────────────────────────────────────────────────────────────────
create or replace function private.check_code(p_person uuid, p_code text) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_factor private.second_factors;
  v_code text := pg_catalog.regexp_replace(coalesce(p_code, ''), '\s', '', 'g');
  v_step bigint;
begin
  -- Locked, so that two attempts at once are two attempts.
  select * into v_factor from private.second_factors f where f.person_id = p_person and f.confirmed_at is not null for update;
  if not found then
    perform private.fail('second_factor_absent');
  end if;
  if v_factor.locked_until > pg_catalog.clock_timestamp() then
    perform private.fail('second_factor_locked', pg_catalog.jsonb_build_object('until', v_factor.locked_until));
  end if;
  if v_code ~ '^[0-9]{6}$' then
    v_step := private.matching_step(private.open_secret(p_person, v_factor.secret), v_code, v_factor.last_step);
  else
    update private.recovery_codes r set used_at = pg_catalog.clock_timestamp()
    where r.person_id = p_person and r.hash = private.recovery_hash(p_person, v_code) and r.used_at is null;
    if found then
      v_step := v_factor.last_step;
    end if;
  end if;
  if v_step is not null then
    update private.second_factors f set last_step = v_step, failures = 0, locked_until = null where f.person_id = p_person;
    return null;
  end if;
  -- Counted, so it must not be undone: refused by answer, not by error.
  update private.second_factors f
  set failures = case when f.failures >= 4 then 0 else f.failures + 1 end,
    locked_until = case when f.failures >= 4 then pg_catalog.clock_timestamp() + interval '15 minutes' end
  where f.person_id = p_person;
  perform private.write_audit('second_factor_failed', 'person', p_person::text, private.home_unit(p_person),
    pg_catalog.jsonb_build_object('attemptsLeft', 4 - v_factor.failures));
  return private.refuse('second_factor_wrong', pg_catalog.jsonb_build_object('attemptsLeft', 4 - v_factor.failures));
end
$$;
comment on function private.check_code(uuid, text) is
  'Null where a code is right; else the refusal second_factor_wrong {attemptsLeft} to hand on. Five wrong ones in a row lock for 15 minutes. '
  'Recovery codes need no key. Errors: second_factor_absent, second_factor_locked, second_factor_unavailable.';

create or replace function public.begin_second_factor() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.my_person();
  v_secret bytea := extensions.gen_random_bytes(20);
  v_account text;
begin
  if v_person is null then
    perform private.fail('not_allowed');
  end if;
  insert into private.second_factors as f (person_id, secret) values (v_person, private.sealed(v_person, v_secret))
  on conflict (person_id) do update set secret = excluded.secret, begun_at = excluded.begun_at where f.confirmed_at is null;
  if not found then
    perform private.fail('second_factor_present');
  end if;
  if pg_catalog.to_regclass('auth.users') is not null then
    select u.email into v_account from auth.users u where u.id = auth.uid();
  end if;
  v_account := coalesce(v_account, v_person::text);
  return pg_catalog.jsonb_build_object('secret', private.base32(v_secret), 'uri', pg_catalog.format(
    'otpauth://totp/Gewu:%s?secret=%s&issuer=Gewu&algorithm=SHA1&digits=6&period=30',
    pg_catalog.replace(pg_catalog.replace(v_account, '%', '%25'), '+', '%2B'), private.base32(v_secret)));
end
$$;
comment on function public.begin_second_factor() is
  'A new secret for an authenticator, not asked for before confirm_second_factor → {secret, uri}. Errors: not_allowed, second_factor_present, '
  'second_factor_unavailable.';

create or replace function public.confirm_second_factor(p_code text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_factor private.second_factors;
  v_step bigint;
  v_codes text[];
begin
  select * into v_session from private.my_session() s where not s.must_change;
  if not found then
    perform private.fail('not_allowed');
  end if;
  select * into v_factor from private.second_factors f where f.person_id = v_session.person_id for update;
  if v_factor.person_id is null then
    perform private.fail('second_factor_absent');
  elsif v_factor.confirmed_at is not null then
    perform private.fail('second_factor_present');
  end if;
  -- Whoever guesses here was shown the secret: nothing to count.
  v_step := private.matching_step(private.open_secret(v_factor.person_id, v_factor.secret),
    pg_catalog.regexp_replace(coalesce(p_code, ''), '\s', '', 'g'), 0);
  if v_step is null then
    perform private.fail('second_factor_wrong');
  end if;
  update private.second_factors f set confirmed_at = pg_catalog.clock_timestamp(), last_step = v_step where f.person_id = v_session.person_id;
  select array_agg(pg_catalog.substr(c.code, 1, 5) || '-' || pg_catalog.substr(c.code, 6, 5)) into v_codes
  from (select pg_catalog.lower(pg_catalog.substr(private.base32(extensions.gen_random_bytes(10)), 1, 10)) as code
    from pg_catalog.generate_series(1, 10)) c;
  insert into private.recovery_codes (person_id, hash)
  select v_session.person_id, private.recovery_hash(v_session.person_id, c.code) from pg_catalog.unnest(v_codes) as c(code);
  perform private.mark_answered(v_session.person_id, v_session.session_id);
  perform private.write_audit('second_factor_confirmed', 'person', v_session.person_id::text, private.home_unit(v_session.person_id), '{}');
  return pg_catalog.jsonb_build_object('recoveryCodes', pg_catalog.to_jsonb(v_codes));
end
$$;
comment on function public.confirm_second_factor(text) is
  'Prove the new secret with a first code; from now on every session is asked → {recoveryCodes}, shown this once. Errors: not_allowed, '
  'second_factor_absent, second_factor_present, second_factor_wrong, second_factor_unavailable.';

-- ── the browser of a session ──────────────────────────────────────────────────────────────────────────────────────────
create function private.my_browser() returns text language sql stable set search_path = '' as $$
  select pg_catalog.left(coalesce(nullif(pg_catalog.current_setting('request.headers', true), ''), '{}')::jsonb ->> 'user-agent', 300)
$$;
comment on function private.my_browser() is 'What the browser behind the request calls itself; null where it does not say.';

create or replace function private.mark_answered(p_person uuid, p_session uuid) returns void language sql set search_path = '' as $$
  insert into private.session_activity as a (session_id, person_id, last_seen_at, idle_at, user_agent, second_factor_at)
  select p_session, p_person, n.now, n.now + pg_catalog.make_interval(mins => private.idle_minutes(p_person)), private.my_browser(), n.now
  from (select pg_catalog.clock_timestamp() as now) n
  where p_session is not null
  on conflict (session_id) do update
  set second_factor_at = excluded.second_factor_at, last_seen_at = excluded.last_seen_at, idle_at = excluded.idle_at,
    user_agent = coalesce(a.user_agent, excluded.user_agent)
$$;
comment on function private.mark_answered(uuid, uuid) is 'The session has answered the second factor; that counts as a touch.';

create or replace function public.touch_session() returns jsonb language plpgsql security definer set search_path = '' as $$
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
    values (v_session.session_id, v_session.person_id, v_now, v_now + pg_catalog.make_interval(mins => v_minutes), private.my_browser())
    on conflict (session_id) do update
    set last_seen_at = excluded.last_seen_at, idle_at = excluded.idle_at, user_agent = coalesce(a.user_agent, excluded.user_agent)
    where a.last_seen_at < excluded.last_seen_at - interval '1 minute' or a.idle_at > excluded.idle_at
      or a.user_agent is null and excluded.user_agent is not null;
    select a.idle_at into v_idle_at from private.session_activity a where a.session_id = v_session.session_id;
  end if;
  return pg_catalog.jsonb_build_object('idleAt', v_idle_at, 'idleMinutes', v_minutes);
end
$$;
comment on function public.touch_session() is
  'Tell that the session is in use → {idleAt, idleMinutes}. Unused for idleMinutes it ends, and nothing revives it. Errors: session_ended.';
comment on column private.session_activity.user_agent is 'What the browser called itself at the first touch or answer that said so.';
