-- Accounts: administrators create, reset, suspend and retire them. Accounts live in the tables of the sign-in service, written the
-- same way for GoTrue and for the embedded one.

create function private.require_admin_of(p_person uuid) returns int language plpgsql stable security definer set search_path = '' as $$
declare
  v_unit int;
begin
  select o.org_unit_id into v_unit from public.posts o
  where o.person_id = p_person and o.org_unit_id in (select private.my_units_as('district_admin')) order by o.id limit 1;
  perform private.require_admin(v_unit);
  return v_unit;
end
$$;
comment on function private.require_admin_of(uuid) is 'Unit of a post that makes the person one of the caller''s, who administers it; not_allowed else.';

create function private.lock_person(p_person uuid) returns public.people language plpgsql set search_path = '' as $$
declare
  v_person public.people;
begin
  select * into v_person from public.people p where p.id = p_person for no key update;
  if v_person.retired_at is not null then
    perform private.fail('person_retired', pg_catalog.jsonb_build_object('at', v_person.retired_at));
  end if;
  return v_person;
end
$$;
comment on function private.lock_person(uuid) is 'The person, locked against other acts of administration. Errors: person_retired.';

create function private.clean_text(p_text text) returns text language sql immutable set search_path = '' as $$
  -- Controls, and marks that turn the direction of writing or are not seen at all.
  select nullif(pg_catalog.btrim(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
    p_text, '[[:cntrl:]\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g'), '\s+', ' ', 'g')), '')
$$;
comment on function private.clean_text(text) is 'Text of one line without controls and invisible marks; null where nothing is left.';

create function private.require_email(p_email text) returns text language plpgsql stable set search_path = '' as $$
declare
  v_email text := pg_catalog.lower(pg_catalog.btrim(coalesce(p_email, '')));
begin
  if pg_catalog.to_regclass('auth.users') is null then
    perform private.fail('accounts_unavailable');
  end if;
  if pg_catalog.length(v_email) > 200 or v_email !~ '^[a-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$' then
    perform private.fail('email_invalid');
  end if;
  if exists (select from auth.users u where pg_catalog.lower(u.email) = v_email) then
    perform private.fail('email_taken');
  end if;
  return v_email;
end
$$;
comment on function private.require_email(text) is 'The address as accounts keep it. Errors: accounts_unavailable, email_invalid, email_taken.';

create function private.write_account(p_person uuid, p_email text, p_password text) returns void language plpgsql set search_path = '' as $$
declare
  -- GoTrue looks accounts up by an instance that is always this one; the embedded service has no such column.
  v_has_instance boolean := exists (
    select from pg_catalog.pg_attribute a
    where a.attrelid = pg_catalog.to_regclass('auth.users') and a.attname = 'instance_id' and not a.attisdropped);
begin
  update public.people p set user_id = p_person where p.id = p_person;
  -- GoTrue reads empty tokens, not null ones. The account's id is the person's: one name for one human.
  execute pg_catalog.format(
    'insert into auth.users (%s id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token, email_change,
       email_change_token_new, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
     values (%s $1, ''authenticated'', ''authenticated'', $2, '''', now(), '''', '''', '''', '''',
       ''{"provider": "email", "providers": ["email"]}'', ''{}'', now(), now())',
    case when v_has_instance then 'instance_id,' else '' end, case when v_has_instance then '''00000000-0000-0000-0000-000000000000'',' else '' end)
  using p_person, p_email;
  insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
  values (pg_catalog.gen_random_uuid(), 'email', p_person::text, p_person, pg_catalog.jsonb_build_object('sub', p_person, 'email', p_email,
    'email_verified', true, 'phone_verified', false), pg_catalog.now(), pg_catalog.now());
  perform private.set_password(p_person, p_password, true);
exception when unique_violation then
  perform private.fail('email_taken');
end
$$;
comment on function private.write_account(uuid, text, text) is 'Make the account of a person, with a password that must be changed. Errors: email_taken.';

create function public.create_account(
  p_name text, p_email text, p_phone text, p_org_unit int, p_role public.post_role, p_first_password text, p_grid uuid default null,
  p_request_key uuid default null)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('create_account', p_request_key, pg_catalog.jsonb_build_array(p_name, p_email, p_phone, p_org_unit, p_role, p_grid));
  v_name text := private.clean_text(p_name);
  v_phone text := pg_catalog.regexp_replace(coalesce(private.clean_text(p_phone), ''), '[ ()-]', '', 'g');
  v_person uuid := pg_catalog.gen_random_uuid();
  v_email text;
  v_post int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform private.require_admin(p_org_unit);
  if p_role is null then
    perform private.fail('not_allowed');
  end if;
  if v_name is null or pg_catalog.length(v_name) > 60 then
    perform private.fail('name_invalid');
  end if;
  if v_phone !~ '^(\+?[0-9]{5,20})?$' then
    perform private.fail('phone_invalid');
  end if;
  v_email := private.require_email(p_email);
  insert into public.people (id, name_masked) values (v_person, private.mask_name(v_name));
  insert into private.people_identities (person_id, name, phone) values (v_person, v_name, nullif(v_phone, ''));
  perform private.require_strong(p_first_password, v_person, v_email);
  perform private.write_account(v_person, v_email, p_first_password);
  insert into public.posts (person_id, org_unit_id, role, grid_id) values (v_person, p_org_unit, p_role, p_grid) returning id into v_post;
  perform private.write_audit('account_created', 'person', v_person::text, p_org_unit, pg_catalog.jsonb_build_object('role', p_role, 'postId', v_post));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('personId', v_person, 'email', v_email, 'postId', v_post));
end
$$;
comment on function public.create_account(text, text, text, int, public.post_role, text, uuid, uuid) is
  'A new person with a post and an account, for administrators → {personId, email, postId}. The password must be changed at the first sign-in. '
  'Errors: not_allowed, name_invalid, phone_invalid, email_invalid, email_taken, password_weak {reason}, accounts_unavailable, request_key_reused.';

create function public.give_account(p_person uuid, p_email text, p_first_password text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('give_account', p_request_key, pg_catalog.jsonb_build_array(p_person, p_email));
  v_unit int;
  v_email text;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.require_admin_of(p_person);
  if (private.lock_person(p_person)).user_id is not null then
    perform private.fail('account_present');
  end if;
  v_email := private.require_email(p_email);
  perform private.require_strong(p_first_password, p_person, v_email);
  perform private.write_account(p_person, v_email, p_first_password);
  perform private.write_audit('account_given', 'person', p_person::text, v_unit, '{}');
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('personId', p_person, 'email', v_email));
end
$$;
comment on function public.give_account(uuid, text, text, uuid) is
  'An account for a person who has none, for administrators → {personId, email}. Errors: not_allowed, person_retired, account_present, '
  'email_invalid, email_taken, password_weak {reason}, accounts_unavailable, request_key_reused.';

create function public.reset_password(p_person uuid, p_first_password text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('reset_password', p_request_key, pg_catalog.jsonb_build_array(p_person));
  v_unit int;
  v_person public.people;
  v_email text;
  v_ended int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.require_admin_of(p_person);
  -- One's own is changed, with the old one.
  if p_person = private.my_person() then
    perform private.fail('not_allowed');
  end if;
  v_person := private.lock_person(p_person);
  if pg_catalog.to_regclass('auth.users') is not null then
    select u.email into v_email from auth.users u where u.id = v_person.user_id;
  end if;
  if v_email is null then
    perform private.fail('account_missing');
  end if;
  perform private.require_strong(p_first_password, p_person, v_email);
  perform private.set_password(p_person, p_first_password, true);
  v_ended := private.end_sessions(v_person.user_id);
  perform private.write_audit('password_reset', 'person', p_person::text, v_unit, pg_catalog.jsonb_build_object('endedSessions', v_ended));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('personId', p_person, 'endedSessions', v_ended));
end
$$;
comment on function public.reset_password(uuid, text, uuid) is
  'Give a person a new first password and end his or her sessions, for administrators, not for oneself → {personId, endedSessions}. '
  'Errors: not_allowed, person_retired, account_missing, password_weak {reason}, request_key_reused.';

create function public.account_list(p_org_unit int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_emails jsonb := '{}';
begin
  perform private.require_admin(p_org_unit);
  if pg_catalog.to_regclass('auth.users') is not null then
    select coalesce(pg_catalog.jsonb_object_agg(u.id, u.email), '{}') into v_emails from auth.users u;
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('personId', p.id, 'name', p.name_masked, 'email', v_emails ->> p.user_id::text,
      'active', p.active, 'retired', p.retired_at is not null, 'mustChangePassword', coalesce(a.must_change, false),
      'hasSecondFactor', f.confirmed_at is not null, 'lastSeenAt', s.last_seen_at, 'revision', p.revision) order by p.created_at, p.id), '[]')
    from public.people p
    left join private.accounts a on a.person_id = p.id
    left join private.second_factors f on f.person_id = p.id
    left join lateral (select max(v.last_seen_at) as last_seen_at from private.session_activity v where v.person_id = p.id) s on true
    where p.id in (
      select o.person_id from public.posts o
      join public.org_units u on u.id = o.org_unit_id
      join public.org_units here on here.id = p_org_unit and u.path operator(extensions.<@) here.path));
end
$$;
comment on function public.account_list(int) is
  'Accounts of those who hold or held a post at or below a unit, for its administrators → [{personId, name, email, active, retired, '
  'mustChangePassword, hasSecondFactor, lastSeenAt, revision}]; email is null for a person without an account. Errors: not_allowed.';
