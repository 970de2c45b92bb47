-- What a Supabase project already has and a bare PostgreSQL lacks: the API roles, the schemas `auth` and `extensions`,
-- and auth.uid(). Run before the migrations, as often as you like: it makes only what is absent.

do $bootstrap$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
end
$bootstrap$;

create schema if not exists extensions;
create schema if not exists auth;
grant usage on schema auth to authenticated;
grant usage on schema extensions to authenticated, service_role;

do $bootstrap$
begin
  if pg_catalog.to_regprocedure('auth.uid()') is null then
    -- The embedded API sets request.jwt.claim.sub, PostgREST sets request.jwt.claims.
    create function auth.uid() returns uuid language sql stable set search_path = '' as $$
      select coalesce(
        nullif(pg_catalog.current_setting('request.jwt.claim.sub', true), ''),
        nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
      )::uuid
    $$;
  end if;
  if pg_catalog.to_regprocedure('auth.jwt()') is null then
    create function auth.jwt() returns jsonb language sql stable set search_path = '' as $$
      select coalesce(nullif(pg_catalog.current_setting('request.jwt.claims', true), ''), '{}')::jsonb
    $$;
  end if;
end
$bootstrap$;
