-- A person sees the territory of valid posts, and nothing else; an administrator of nothing sees nothing.
begin;
select plan(9);

insert into public.org_units (id, parent_id, level, code, name, kind) values
  (900001, null, 'district', '990100000000', '试区', null), (900002, 900001, 'street', '990101000000', '试街道', null),
  (900003, 900002, 'community', '990101001000', '试一社区', 'urban'), (900004, 900002, 'community', '990101002000', '试二社区', 'urban');
insert into public.people (id, user_id, name_masked) values ('00000000-0000-4000-9000-0000000000f2', '00000000-0000-4000-8000-0000000000f2', '钱*');
insert into public.posts (id, person_id, org_unit_id, role, valid_from) values (900001, '00000000-0000-4000-9000-0000000000f2', 900003, 'community_secretary', '2020-01-01');
-- Where the platform's accounts are, the person needs one, and a session.
do $$
begin
  if to_regclass('auth.users') is not null then
    insert into auth.users (id) values ('00000000-0000-4000-8000-0000000000f2');
    insert into auth.sessions (id, user_id, created_at)
    values ('00000000-0000-4000-c000-0000000000f2', '00000000-0000-4000-8000-0000000000f2', now());
  end if;
end
$$;

select is(path::text, 'u900001.u900002.u900003', 'a unit''s path is derived from its parent') from public.org_units where id = 900003;
select throws_ok($$ insert into public.org_units (parent_id, level, code, name) values (-1, 'street', '990109000000', '无') $$, 'P0001', 'parent_unknown', 'no unit hangs in the air');
select throws_ok($$ update public.org_units set parent_id = 900001 where id = 900004 $$, 'P0001', 'org_unit_move_unsupported', 'no unit moves with its past');

select set_config('request.jwt.claim.sub', '00000000-0000-4000-8000-0000000000f2', true);
select set_config('request.jwt.claims', '{"sub":"00000000-0000-4000-8000-0000000000f2","session_id":"00000000-0000-4000-c000-0000000000f2"}', true);
set local role authenticated;
select results_eq('select id from public.org_units order by id', 'values (900001), (900002), (900003)', 'own unit and those above, not the sister');
reset role;

update public.posts set valid_to = current_date where id = 900001;
set local role authenticated;
select isnt_empty('select id from public.org_units', 'the last day counts');
reset role;
update public.posts set valid_to = current_date - 1 where id = 900001;
set local role authenticated;
select is_empty('select id from public.org_units', 'the day after does not');
reset role;
update public.posts set valid_to = null where id = 900001;
update public.people set active = false where id = '00000000-0000-4000-9000-0000000000f2';
set local role authenticated;
select is_empty('select id from public.org_units', 'an inactive person sees nothing');
select throws_ok('select public.open_plan_draft(1, ''x'')', 'P0001', 'not_allowed', 'and does nothing');
select throws_ok('select * from private.resident_identities', '42501', null, 'nobody looks into private');
reset role;

select * from finish();
rollback;
