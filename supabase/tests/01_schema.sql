-- Shape of the schema and privileges, as pgTAP sees them.
begin;
select plan(14);

select has_schema('private', 'personal data has a schema of its own');
select has_extension('extensions', 'postgis', 'postgis lives in extensions');
select has_extension('extensions', 'ltree', 'ltree lives in extensions');
select has_table('public', 'plans', 'plans');
select has_table('public', 'grid_editions', 'editions of the grids');
select has_table('private', 'resident_identities', 'names in clear are private');
select hasnt_column('public', 'residents', 'name', 'no name in clear in public');
select hasnt_column('public', 'residents', 'id_number', 'no identity number in clear in public');
select hasnt_column('public', 'members', 'phone', 'no telephone number in clear in public');
select is_empty(
  $$ select c.relname from pg_class c where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
     and c.relkind = 'r' and not c.relrowsecurity $$,
  'every table has row-level security');
select schema_privs_are('private', 'authenticated', array[]::text[], 'signed-in people cannot name anything private');
select table_privs_are('public', 'households', 'authenticated', array['SELECT'], 'households are read only');
select table_privs_are('public', 'households', 'anon', array[]::text[], 'anonymous people may do nothing');
select function_privs_are('public', 'publish_plan', array['uuid', 'integer', 'jsonb', 'uuid'], 'anon', array[]::text[], 'anonymous people publish nothing');

select * from finish();
rollback;
