-- Accounts, second factors, requests that repeat, and the log's chain, as the database alone sees them.
begin;
select plan(21);

select has_table('public', 'data_register', 'the register of personal data');
select table_privs_are('private', 'accounts', 'authenticated', array[]::text[], 'nobody reads the state of accounts');
select table_privs_are('private', 'second_factors', 'authenticated', array[]::text[], 'nobody reads secrets');
select table_privs_are('private', 'password_history', 'authenticated', array[]::text[], 'nobody reads hashes');
select table_privs_are('private', 'idempotency_keys', 'authenticated', array[]::text[], 'nobody reads answers given to others');
select table_privs_are('public', 'data_register', 'anon', array[]::text[], 'anonymous people do not read the register');
select function_privs_are('public', 'create_account', array['text', 'text', 'text', 'integer', 'post_role', 'text', 'uuid', 'uuid'], 'anon', array[]::text[], 'anonymous people make no accounts');
select function_privs_are('private', 'run_retention', array[]::text[], 'authenticated', array[]::text[], 'retention without a check is the server''s');

select is(private.totp_code('12345678901234567890'::bytea, 1), '287082', 'RFC 6238 at 59 s');
select is(private.base32('foobarfoob'::bytea), 'MZXW6YTBOJTG633C', 'base 32 as in RFC 4648');
select is(private.password_weakness('gewu-street-2026', null, null), null, 'sixteen characters will do');
select is(private.password_weakness('Password2026!', null, null), 'common', 'the commonest will not');

insert into public.org_units (id, parent_id, level, code, name) values (900011, null, 'district', '990200000000', '试区');
insert into public.people (id, name_masked) values ('00000000-0000-4000-9000-0000000000f3', '孙*');
insert into public.posts (id, person_id, org_unit_id, role, valid_from) values (900011, '00000000-0000-4000-9000-0000000000f3', 900011, 'district_admin', '2020-01-01');
select throws_ok($$ insert into public.posts (person_id, org_unit_id, role) values ('00000000-0000-4000-9000-0000000000f3', 900011, 'auditor') $$, 'P0001', 'roles_conflict', 'an administrator is no auditor');
select lives_ok($$ insert into public.posts (person_id, org_unit_id, role, valid_from, valid_to) values ('00000000-0000-4000-9000-0000000000f3', 900011, 'auditor', '2019-01-01', '2019-12-31') $$, 'but may have been one');
select throws_ok($$ select private.require_other_administrator('00000000-0000-4000-9000-0000000000f3') $$, 'P0001', 'last_administrator', 'the last one stays');
select throws_ok($$ select private.require_revision(1, 2, null, null) $$, 'P0001', 'stale', 'what was built on another revision is refused');
select is(private.first_answer('f', null, '[]'), null, 'without a key the work is done');
select throws_ok($$ select private.first_answer('f', '00000000-0000-4000-d000-000000000001', '[]') $$, 'P0001', 'not_allowed', 'nobody has no keys');

insert into public.audit_log (action, object_type, object_id) values ('test', 'test', '1'), ('test', 'test', '2');
select is(private.verify_audit_chain() ->> 'firstBroken', null, 'the chain is whole');
alter table public.audit_log disable trigger append_only;
update public.audit_log set object_id = '3' where id = (select max(id) - 1 from public.audit_log);
select is((private.verify_audit_chain() ->> 'firstBroken')::bigint, (select max(id) - 1 from public.audit_log), 'and shows where it was broken');
select is(private.refuse('password_wrong') ->> 'message', 'password_wrong', 'a refusal that is kept is an answer');

select * from finish();
rollback;
