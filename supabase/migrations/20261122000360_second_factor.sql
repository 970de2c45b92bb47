-- Second factor: time-based one-time passwords (RFC 6238: HMAC-SHA-1, six digits, steps of 30 s), asked for by the database itself and so
-- the same whatever stands before it.

create table private.recovery_codes (
  person_id uuid not null references private.second_factors (person_id) on delete cascade,
  hash bytea not null,
  used_at timestamptz,
  primary key (person_id, hash)
);
comment on table private.recovery_codes is 'Codes that stand in for the second factor when the telephone is lost, each once.';
comment on column private.recovery_codes.person_id is 'Whose.';
comment on column private.recovery_codes.hash is 'SHA-256 over person and code; a code has 50 random bits.';
comment on column private.recovery_codes.used_at is 'When it was used up; null while it was not.';
alter table private.recovery_codes enable row level security;
revoke all on private.recovery_codes from public, anon, authenticated, service_role;

create function private.base32(p_bytes bytea) returns text language sql immutable set search_path = '' as $$
  select pg_catalog.string_agg(pg_catalog.substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', d.value + 1, 1), '' order by d.place)
  from (
    -- Bit 0 of get_bit is the lowest of its byte, RFC 4648 begins with the highest.
    select b.at / 5 as place, sum(pg_catalog.get_bit(p_bytes, b.at / 8 * 8 + 7 - b.at % 8) << (4 - b.at % 5))::int as value
    from pg_catalog.generate_series(0, pg_catalog.length(p_bytes) * 8 - 1) as b(at)
    group by b.at / 5
  ) d
$$;
comment on function private.base32(bytea) is 'Bytes in base 32 (RFC 4648, section 6), for whole groups of five bytes.';

create function private.totp_code(p_secret bytea, p_step bigint) returns text language plpgsql immutable set search_path = '' as $$
declare
  v_mac bytea := extensions.hmac(pg_catalog.int8send(p_step), p_secret, 'sha1');
  v_offset int := pg_catalog.get_byte(v_mac, 19) & 15;
  v_number bigint := ((pg_catalog.get_byte(v_mac, v_offset) & 127) * 16777216) + (pg_catalog.get_byte(v_mac, v_offset + 1) * 65536)
    + (pg_catalog.get_byte(v_mac, v_offset + 2) * 256) + pg_catalog.get_byte(v_mac, v_offset + 3);
begin
  return pg_catalog.lpad((v_number % 1000000)::text, 6, '0');
end
$$;
comment on function private.totp_code(bytea, bigint) is 'The six digits of a secret at a step (RFC 4226, section 5.3).';

create function private.matching_step(p_secret bytea, p_code text, p_after bigint) returns bigint language sql stable set search_path = '' as $$
  select min(s.step)
  from pg_catalog.generate_series(-1, 1) as w(shift)
  cross join lateral (select pg_catalog.floor(extract(epoch from pg_catalog.clock_timestamp()) / 30)::bigint + w.shift as step) s
  where s.step > p_after and private.totp_code(p_secret, s.step) = p_code
$$;
comment on function private.matching_step(bytea, text, bigint) is
  'Step of a code that is right now, one step early or late allowed, and later than p_after, so that no code is taken twice; null else.';

create function private.recovery_hash(p_person uuid, p_code text) returns bytea language sql immutable set search_path = '' as $$
  select pg_catalog.sha256(pg_catalog.convert_to(p_person::text || pg_catalog.lower(pg_catalog.regexp_replace(p_code, '[^0-9A-Za-z]', '', 'g')), 'UTF8'))
$$;
comment on function private.recovery_hash(uuid, text) is 'Hash of a recovery code, however it was typed.';

create function private.mark_answered(p_person uuid, p_session uuid) returns void language sql set search_path = '' as $$
  insert into private.session_activity as a (session_id, person_id, last_seen_at, idle_at, second_factor_at)
  select p_session, p_person, n.now, n.now + pg_catalog.make_interval(mins => private.idle_minutes(p_person)), n.now
  from (select pg_catalog.clock_timestamp() as now) n
  where p_session is not null
  on conflict (session_id) do update
  set second_factor_at = excluded.second_factor_at, last_seen_at = excluded.last_seen_at, idle_at = excluded.idle_at
$$;
comment on function private.mark_answered(uuid, uuid) is 'The session has answered the second factor.';

create function private.check_code(p_person uuid, p_code text) returns jsonb language plpgsql set search_path = '' as $$
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
    v_step := private.matching_step(v_factor.secret, v_code, v_factor.last_step);
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
  'Errors: second_factor_absent, second_factor_locked.';

-- ── public ────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.begin_second_factor() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.my_person();
  v_secret bytea := extensions.gen_random_bytes(20);
  v_account text;
begin
  if v_person is null then
    perform private.fail('not_allowed');
  end if;
  insert into private.second_factors as f (person_id, secret) values (v_person, v_secret)
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
  'A new secret for an authenticator, not asked for before confirm_second_factor → {secret, uri}. Errors: not_allowed, second_factor_present.';

create function public.confirm_second_factor(p_code text) returns jsonb language plpgsql security definer set search_path = '' as $$
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
  v_step := private.matching_step(v_factor.secret, pg_catalog.regexp_replace(coalesce(p_code, ''), '\s', '', 'g'), 0);
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
  'second_factor_absent, second_factor_present, second_factor_wrong.';

create function public.answer_second_factor(p_code text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_session record;
  v_refusal jsonb;
begin
  select * into v_session from private.my_session();
  if not found then
    perform private.fail('not_allowed');
  end if;
  v_refusal := private.check_code(v_session.person_id, p_code);
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.mark_answered(v_session.person_id, v_session.session_id);
  perform private.write_audit('second_factor_answered', 'person', v_session.person_id::text, private.home_unit(v_session.person_id), '{}');
  return pg_catalog.jsonb_build_object('answered', true, 'recoveryCodesLeft',
    (select count(*) from private.recovery_codes r where r.person_id = v_session.person_id and r.used_at is null));
end
$$;
comment on function public.answer_second_factor(text) is
  'Answer the second factor for this session, with a code or a recovery code → {answered, recoveryCodesLeft}. Errors: not_allowed, '
  'second_factor_absent, second_factor_wrong {attemptsLeft}, second_factor_locked {until}.';

create function public.remove_second_factor(p_password text, p_code text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.my_person();
  v_refusal jsonb;
begin
  if v_person is null or pg_catalog.to_regclass('auth.users') is null then
    perform private.fail('not_allowed');
  end if;
  v_refusal := coalesce(private.check_password(v_person, p_password), private.check_code(v_person, p_code));
  if v_refusal is not null then
    return v_refusal;
  end if;
  delete from private.second_factors f where f.person_id = v_person;
  perform private.write_audit('second_factor_removed', 'person', v_person::text, private.home_unit(v_person), '{}');
  return pg_catalog.jsonb_build_object('removed', true);
end
$$;
comment on function public.remove_second_factor(text, text) is
  'Do without the second factor again; asks the password and a code → {removed}. Errors: not_allowed, second_factor_absent, '
  'password_wrong {attemptsLeft}, password_locked {until}, second_factor_wrong {attemptsLeft}, second_factor_locked {until}.';

create function public.drop_second_factor(p_person uuid, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('drop_second_factor', p_request_key, pg_catalog.jsonb_build_array(p_person));
  v_unit int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.require_admin_of(p_person);
  if p_person = private.my_person() then
    perform private.fail('not_allowed');
  end if;
  delete from private.second_factors f where f.person_id = p_person;
  if not found then
    perform private.fail('second_factor_absent');
  end if;
  perform private.end_sessions((select p.user_id from public.people p where p.id = p_person));
  perform private.write_audit('second_factor_dropped', 'person', p_person::text, v_unit, '{}');
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('personId', p_person));
end
$$;
comment on function public.drop_second_factor(uuid, uuid) is
  'Take away the second factor of a person who lost telephone and recovery codes, and end his or her sessions; for administrators, not for oneself → {personId}. '
  'Errors: not_allowed, second_factor_absent, request_key_reused.';
