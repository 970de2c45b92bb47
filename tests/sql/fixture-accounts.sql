-- Accounts of the people of fixture-world.sql, in the tables of GoTrue as a hosted project has them: the columns our functions
-- touch, and those that must not be left out.
create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
create table auth.users (
  instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255), encrypted_password varchar(255),
  email_confirmed_at timestamptz, confirmation_token varchar(255), recovery_token varchar(255), email_change_token_new varchar(255),
  email_change varchar(255), last_sign_in_at timestamptz, raw_app_meta_data jsonb, raw_user_meta_data jsonb, created_at timestamptz,
  updated_at timestamptz, phone text unique default null, phone_confirmed_at timestamptz, phone_change text default '',
  confirmed_at timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current varchar(255) default '', banned_until timestamptz, reauthentication_token varchar(255) default '',
  is_sso_user boolean not null default false, deleted_at timestamptz, is_anonymous boolean not null default false
);
create unique index users_email_partial_key on auth.users (email) where not is_sso_user;
create unique index confirmation_token_idx on auth.users (confirmation_token) where confirmation_token !~ '^[0-9 ]*$';
create table auth.identities (
  provider_id text not null, user_id uuid not null references auth.users on delete cascade, identity_data jsonb not null, provider text not null,
  last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz,
  email text generated always as (lower(identity_data ->> 'email')) stored, id uuid primary key default gen_random_uuid(),
  unique (provider_id, provider)
);
create table auth.sessions (
  id uuid primary key, user_id uuid not null references auth.users on delete cascade, created_at timestamptz, updated_at timestamptz,
  factor_id uuid, aal auth.aal_level, not_after timestamptz, refreshed_at timestamp, user_agent text, ip inet, tag text
);
create table auth.refresh_tokens (
  instance_id uuid, id bigserial primary key, token varchar(255) unique, user_id varchar(255), revoked boolean, created_at timestamptz,
  updated_at timestamptz, parent varchar(255), session_id uuid references auth.sessions on delete cascade
);

insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
  email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select '00000000-0000-0000-0000-000000000000', p.user_id, 'authenticated', 'authenticated',
  'person' || right(p.user_id::text, 2)::int || '@test.example', extensions.crypt('a long test password', extensions.gen_salt('bf', 4)),
  now(), '', '', '', '', '{}', '{}', now(), now()
from public.people p;
insert into auth.sessions (id, user_id, created_at, aal)
select ('00000000-0000-4000-c000-0000000000' || right(p.user_id::text, 2))::uuid, p.user_id, now(), 'aal1' from public.people p;
insert into auth.refresh_tokens (token, user_id, revoked, session_id) select 'token ' || s.id, s.user_id, false, s.id from auth.sessions s;

-- Person 11 has no account. Person 3 saw resident 10 once.
insert into public.people (id, name_masked) values ('00000000-0000-4000-9000-000000000011', '某*');
insert into private.people_identities (person_id, name, phone) values ('00000000-0000-4000-9000-000000000011', '李四11', '13900000011');
insert into public.posts (person_id, org_unit_id, role, valid_from) values ('00000000-0000-4000-9000-000000000011', 1, 'cadre', '2020-01-01');
insert into public.audit_log (person_id, action, object_type, object_id, org_unit_id, detail)
values ('00000000-0000-4000-9000-000000000003', 'resident_revealed', 'resident', '10', 4, '{"purpose": "visit", "reason": "核实住址"}');

-- What the server gives its connections.
select set_config('gewu.factor_key', 'the key of the tests, which is no secret', false);
