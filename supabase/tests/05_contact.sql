-- The chain of contact: masks, one link in force, and functions that anonymous people cannot call.
begin;
select plan(15);

select has_table('public', 'contact_links', 'links of the chain');
select table_privs_are('public', 'contact_links', 'authenticated', array['SELECT'], 'links are read only');
select table_privs_are('public', 'contact_links', 'anon', array[]::text[], 'anonymous people see no link');
select col_is_null('public', 'contact_links', 'valid_to', 'a link in force has no end');
select function_privs_are('public', 'my_households', array[]::text[], 'anon', array[]::text[], 'anonymous people have no households');
select function_privs_are('public', 'assignment_papers', array['integer', 'text', 'text'], 'anon', array[]::text[], 'nor papers');
select function_privs_are('private', 'my_contact_residents', array[]::text[], 'authenticated', array[]::text[], 'whom a member may call is asked by reveal_resident alone');

insert into public.org_units (id, parent_id, level, code, name, kind) values
  (900021, null, 'district', '990300000000', '试区', null), (900022, 900021, 'street', '990301000000', '试街道', null),
  (900023, 900022, 'community', '990301001000', '试社区', 'urban'), (900024, 900023, 'party_group', '99030100100001', '试党小组', null);
insert into public.members (id, community_id, party_group_id, name_masked) values (900021, 900023, 900024, '某*'), (900022, 900023, 900024, '某*');
insert into private.member_identities (member_id, name, phone) values (900021, '周吴郑', '13900002222');
select is(name_masked || phone_masked, '周*139****2222', 'a member is masked as the identity is written') from public.members where id = 900021;

insert into public.contact_links (kind, community_id, member_id, party_group_id) values ('committee', 900023, 900021, 900024);
select is(committee, true, 'who answers for a group is of the committee') from public.members where id = 900021;
select throws_ok($$ insert into public.contact_links (kind, community_id, member_id, party_group_id) values ('committee', 900023, 900022, 900024) $$, '23505', null, 'one link in force for each target');
select throws_ok($$ insert into public.contact_links (kind, community_id, member_id) values ('committee', 900023, 900022) $$, '23514', null, 'a link has a target');
update public.contact_links set valid_to = clock_timestamp() where party_group_id = 900024;
select is(committee, false, 'and is no more when the link ends') from public.members where id = 900021;
select is(private.notice_masking(900023) ->> 'heads', 'surname', 'papers show surnames where nothing else is set');
select is(private.links_held('committee', 900024), '[]', 'a link that ended is held by nobody');
select throws_ok('select public.household_chain(1)', 'P0001', 'not_allowed', 'nobody reads a chain without a post');

select * from finish();
rollback;
