-- Masks are made by the database, at writing.
begin;
select plan(14);

select is(private.mask_name('张三丰'), '张*', 'a name keeps its first character');
select is(private.mask_name(''), null, 'no name, no mask');
select is(private.mask_phone('13812340001'), '138****0001', 'a mobile number keeps three and four digits');
select is(private.mask_phone('12345'), '****', 'a short number shows nothing');
select is(private.mask_id_number('110101199001011234'), '110101********1234', 'an identity number keeps six and four');
select is(private.mask_id_number('123'), '****', 'another document shows nothing');
select is(private.natural_key('2号楼') < private.natural_key('10号楼'), true, 'house numbers in natural order');

insert into public.people (id, name_masked) values ('00000000-0000-4000-9000-0000000000f1', '某*');
insert into private.people_identities (person_id, name, phone) values ('00000000-0000-4000-9000-0000000000f1', '赵钱孙', '13900001111');
select is(name_masked, '赵*', 'the mask follows the identity') from public.people where id = '00000000-0000-4000-9000-0000000000f1';
select is(phone_masked, '139****1111', 'so does the number') from public.people where id = '00000000-0000-4000-9000-0000000000f1';
update private.people_identities set phone = null where person_id = '00000000-0000-4000-9000-0000000000f1';
select is(phone_masked, null, 'and when it is taken away') from public.people where id = '00000000-0000-4000-9000-0000000000f1';

select throws_ok($$ insert into public.people (name_masked) values ('赵钱孙') $$, '23514', null, 'a name in clear does not fit where masks go');
select throws_ok($$ insert into public.people (name_masked, phone_masked) values ('赵*', '13900001111') $$, '23514', null, 'nor does a number');

insert into public.audit_log (action, object_type, object_id) values ('test', 'test', '1');
select throws_ok($$ update public.audit_log set action = 'x' $$, 'P0001', 'append_only', 'the log is not changed');
select throws_ok($$ delete from public.audit_log $$, 'P0001', 'append_only', 'nor shortened');

select * from finish();
rollback;
