-- Extensions in their own schema, the schema of personal data and policy helpers, and no privilege by default.

create schema if not exists extensions;
create extension if not exists postgis with schema extensions;
create extension if not exists ltree with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_trgm with schema extensions;

create schema private;
comment on schema private is
  'Personal data in clear, and functions that policies call. Never exposed by the API; no table here is granted to anyone.';
comment on schema public is 'The console''s tables and functions, as the API serves them.';

-- ── privileges: ours alone ────────────────────────────────────────────────────────────────────────────────────────
-- A hosted project grants everything in public to the API roles by default; here each grant is made by name.
revoke all on schema public from public, anon, authenticated, service_role;
revoke all on schema private from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from public, anon, authenticated, service_role;
grant usage on schema public to authenticated;
grant usage on schema extensions to authenticated;

-- ── functions many tables use ─────────────────────────────────────────────────────────────────────────────────────
create function private.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'P0001', message = 'append_only',
    detail = pg_catalog.jsonb_build_object('table', tg_table_name)::text;
end
$$;
comment on function private.refuse_change() is 'Trigger of append-only tables: refuses update, delete and truncate with append_only.';

create function private.natural_key(p_text text) returns text language sql immutable parallel safe set search_path = '' as $$
  select pg_catalog.string_agg(
    case when part[1] ~ '^[0-9]' then pg_catalog.lpad(part[1], 8, '0') else part[1] end, '' order by place)
  from pg_catalog.regexp_matches(p_text, '[0-9]+|[^0-9]+', 'g') with ordinality as m(part, place)
$$;
comment on function private.natural_key(text) is
  'Sort key in natural order: each run of digits padded to eight, so that 2号楼 comes before 10号楼.';

create function private.mask_name(p_name text) returns text language sql immutable parallel safe set search_path = '' as $$
  select case when p_name is null or p_name = '' then null else pg_catalog.left(p_name, 1) || '*' end
$$;
comment on function private.mask_name(text) is 'Name as colleagues see it: first character and one star, whatever the length.';

create function private.mask_phone(p_phone text) returns text language sql immutable parallel safe set search_path = '' as $$
  select case
    when p_phone is null or p_phone = '' then null
    when pg_catalog.length(p_phone) >= 10 then pg_catalog.left(p_phone, 3) || '****' || pg_catalog.right(p_phone, 4)
    else '****' end
$$;
comment on function private.mask_phone(text) is 'Telephone number masked: 138****0001; numbers shorter than ten show nothing.';

create function private.mask_id_number(p_id_number text) returns text language sql immutable parallel safe set search_path = '' as $$
  select case
    when p_id_number is null or p_id_number = '' then null
    when pg_catalog.length(p_id_number) = 18 then pg_catalog.left(p_id_number, 6) || '********' || pg_catalog.right(p_id_number, 4)
    else '****' end
$$;
comment on function private.mask_id_number(text) is 'Identity number masked: 110101********1234; other lengths show nothing.';

create function private.fail(p_code text, p_detail jsonb default '{}') returns void language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'P0001', message = p_code, detail = p_detail::text;
end
$$;
comment on function private.fail(text, jsonb) is 'Raise a stable error code as the message, with what is needed to explain it as JSON detail.';
