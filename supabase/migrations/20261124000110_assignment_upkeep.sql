-- What follows by itself: flags of members, exemptions in one place, links and drafts when households, members or buildings go.

-- ── flags of members follow the links ─────────────────────────────────────────────────────────────────────────────
create function private.keep_member_flags() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.members m
  set committee = f.committee, group_leader = f.group_leader
  from (
    select t.id,
      exists (select from public.contact_links l where l.member_id = t.id and l.kind = 'committee' and l.valid_to is null) as committee,
      exists (select from public.contact_links l where l.member_id = t.id and l.kind = 'group_leader' and l.valid_to is null) as group_leader
    from (select new.member_id union select old.member_id where tg_op = 'UPDATE') as t(id)
  ) f
  where m.id = f.id and (m.committee, m.group_leader) is distinct from (f.committee, f.group_leader);
  return null;
end
$$;
comment on function private.keep_member_flags() is 'Trigger: members are of a committee, or lead a group, while a link in force says so.';
create trigger keep_flags_inserted after insert on public.contact_links
  for each row when (new.kind in ('committee', 'group_leader')) execute function private.keep_member_flags();
create trigger keep_flags_updated after update on public.contact_links
  for each row when (new.kind in ('committee', 'group_leader')) execute function private.keep_member_flags();

-- ── exemptions: members.exempt_reason and member_terms say the same ───────────────────────────────────────────────
create function private.keep_exemption() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    update public.members m set exempt_reason = null where m.id = old.member_id and m.exempt_reason is not null;
  else
    update public.members m set exempt_reason = new.exempt_reason where m.id = new.member_id and m.exempt_reason is distinct from new.exempt_reason;
  end if;
  return null;
end
$$;
comment on function private.keep_exemption() is 'Trigger: the exemption of a member is what the registered terms say.';
create trigger keep_exemption after insert or update or delete on public.member_terms
  for each row execute function private.keep_exemption();

create function private.register_exemption() returns trigger language plpgsql set search_path = '' as $$
declare
  v_known boolean := new.exempt_reason in ('aged_70', 'seriously_ill', 'long_away', 'other');
begin
  if new.exempt_reason is null then
    update public.member_terms t set exempt_reason = null, note = '' where t.member_id = new.id and t.exempt_reason is not null;
    return null;
  end if;
  insert into public.member_terms as t (member_id, exempt_reason, note)
  values (new.id, case when v_known then new.exempt_reason else 'other' end, case when v_known then '' else pg_catalog.left(new.exempt_reason, 200) end)
  on conflict (member_id) do update set exempt_reason = excluded.exempt_reason, note = excluded.note
  where t.exempt_reason is distinct from excluded.exempt_reason;
  return null;
end
$$;
comment on function private.register_exemption() is
  'Trigger: an exemption that arrives with a member becomes registered terms; a reason in other words becomes the note of reason other.';
create trigger register_exemption_inserted after insert on public.members
  for each row when (new.exempt_reason is not null) execute function private.register_exemption();
create trigger register_exemption_updated after update of exempt_reason on public.members
  for each row when (new.exempt_reason is distinct from old.exempt_reason) execute function private.register_exemption();

insert into public.member_terms (member_id, exempt_reason, note)
select m.id, case when m.exempt_reason in ('aged_70', 'seriously_ill', 'long_away', 'other') then m.exempt_reason else 'other' end,
  case when m.exempt_reason in ('aged_70', 'seriously_ill', 'long_away', 'other') then '' else pg_catalog.left(m.exempt_reason, 200) end
from public.members m where m.exempt_reason is not null;

-- ── households, members and buildings that go ─────────────────────────────────────────────────────────────────────
create function private.end_links(p_households int[], p_members int[], p_at timestamptz) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  update public.contact_links l set valid_to = p_at
  where l.valid_to is null and l.id in (
    select h.id from public.contact_links h where h.household_id = any (p_households)
    union all select m.id from public.contact_links m where m.member_id = any (p_members)
    union all select m.id from public.contact_links m where m.frail_member_id = any (p_members)
    union all select m.id from public.contact_links m where m.led_member_id = any (p_members));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.end_links(int[], int[], timestamptz) is 'End the links to these households and of and to these members; returns how many.';

create function private.release_from_drafts(p_households int[], p_members int[], p_note text, p_person uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_plan record;
  v_delta jsonb;
begin
  for v_plan in
    select p.* from public.assignment_plans p
    where p.status = 'draft' and p.id in (
      select t.plan_id from public.assignment_ties t where t.household_id = any (p_households) or t.member_id = any (p_members)
      union select c.plan_id from public.assignment_care c where c.frail_member_id = any (p_members) or c.member_id = any (p_members)
      union select e.plan_id from public.assignment_exclusions e where e.household_id = any (p_households) or e.member_id = any (p_members)
      union select e.plan_id from public.assignment_terms e where e.member_id = any (p_members))
    order by p.id for update of p
  loop
    with tie as (
      delete from public.assignment_ties t
      where t.plan_id = v_plan.id and (t.household_id = any (p_households) or t.member_id = any (p_members)) returning t.*
    ), care as (
      delete from public.assignment_care c
      where c.plan_id = v_plan.id and (c.frail_member_id = any (p_members) or c.member_id = any (p_members)) returning c.*
    ), exclusion as (
      delete from public.assignment_exclusions e
      where e.plan_id = v_plan.id and (e.household_id = any (p_households) or e.member_id = any (p_members)) returning e.*
    ), terms as (
      delete from public.assignment_terms e where e.plan_id = v_plan.id and e.member_id = any (p_members) returning e.*
    )
    select pg_catalog.jsonb_build_object(
      'ties', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('household', t.household_id, 'from', t.member_id, 'to', null)
        order by t.household_id), '[]') from tie t where t.member_id is not null),
      'pins', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('household', t.household_id, 'from', true, 'to', false)
        order by t.household_id), '[]') from tie t where t.pinned),
      'care', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('member', c.frail_member_id, 'from', c.member_id, 'to', null)
        order by c.frail_member_id), '[]') from care c),
      'exclusions', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('member', e.member_id, 'household', e.household_id,
        'before', e.reason, 'after', null) order by e.household_id, e.member_id), '[]') from exclusion e),
      'terms', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('member', e.member_id, 'before',
        pg_catalog.jsonb_build_object('exempt', e.exempt_reason, 'minHouseholds', e.min_households, 'maxHouseholds', e.max_households,
          'reachM', e.reach_m), 'after', null) order by e.member_id), '[]') from terms e))
    into v_delta;
    insert into public.assignment_edits (plan_id, revision, seq, delta, note, person_id)
    values (v_plan.id, v_plan.revision + 1, 0, v_delta,
      pg_catalog.jsonb_build_object('key', p_note, 'values', pg_catalog.jsonb_build_object('households', pg_catalog.jsonb_array_length(v_delta -> 'ties'))),
      p_person);
    update public.assignment_plans p set revision = p.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = v_plan.id;
  end loop;
end
$$;
comment on function private.release_from_drafts(int[], int[], text, uuid) is
  'Take households and members out of all drafts, each as an edit of its own in the draft''s log, so that whoever has it open hears of it.';

create function private.follow_moved() returns trigger language plpgsql set search_path = '' as $$
declare
  v_ids int[];
begin
  -- A statement that moves nobody to another community is all but every one.
  select array_agg(n.id order by n.id) into v_ids
  from changed n join former o on o.id = n.id where n.community_id <> o.community_id;
  if v_ids is null then
    return null;
  end if;
  if tg_table_name = 'households' then
    perform private.release_from_drafts(v_ids, '{}', 'assignment.note.landChanged', private.my_person());
    perform private.end_links(v_ids, '{}', pg_catalog.clock_timestamp());
  else
    perform private.release_from_drafts('{}', v_ids, 'assignment.note.landChanged', private.my_person());
    perform private.end_links('{}', v_ids, pg_catalog.clock_timestamp());
  end if;
  return null;
end
$$;
comment on function private.follow_moved() is
  'Trigger: households and members that come to another community have nobody there yet; their links end, and drafts let go of them.';
create trigger follow_moved after update on public.households
  referencing old table as former new table as changed for each statement execute function private.follow_moved();
create trigger follow_moved after update on public.members
  referencing old table as former new table as changed for each statement execute function private.follow_moved();

create function private.end_building_link() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.contact_links l set valid_to = pg_catalog.clock_timestamp() where l.building_id = old.id and l.valid_to is null;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
comment on function private.end_building_link() is 'Trigger: a building that is pulled down or comes to another community has nobody in charge any more.';
create trigger end_link_deleted before delete on public.buildings for each row execute function private.end_building_link();
create trigger end_link_moved before update of community_id on public.buildings
  for each row when (new.community_id is distinct from old.community_id) execute function private.end_building_link();

-- ── erasure reaches what a member does for others ─────────────────────────────────────────────────────────────────
create function private.forget_contacts(p_members int[], p_household int) returns void language plpgsql set search_path = '' as $$
begin
  delete from public.kinships k where k.member_id = any (p_members) or k.household_id = p_household;
  delete from public.household_interests i where i.household_id = p_household;
  if p_members is null then
    return;
  end if;
  delete from public.member_interests i where i.member_id = any (p_members);
  -- Plans before links, as a publication takes them.
  perform private.release_from_drafts('{}', p_members, 'assignment.note.memberErased', private.my_person());
  perform private.end_links('{}', p_members, pg_catalog.clock_timestamp());
  -- Nobody is led to a door by a member without a name.
  insert into public.member_terms (member_id, exempt_reason, note) select m.id, 'other', '' from unnest(p_members) as m(id)
  on conflict (member_id) do update
  set exempt_reason = 'other', note = '', min_households = null, max_households = null, reach_m = null, updated_at = pg_catalog.clock_timestamp(),
    updated_by = private.my_person();
end
$$;
comment on function private.forget_contacts(int[], int) is
  'Of erased members and of a household whose head was erased (null: of none): kinships and interests go; links of the members end, drafts let go '
  'of them, and they carry nobody from now on.';

create or replace function public.erase_resident(p_resident int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('erase_resident', p_request_key, pg_catalog.jsonb_build_array(p_resident, p_reason));
  v_resident public.residents;
  v_reason text := private.clean_text(p_reason);
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_gone jsonb;
  v_members int[];
  v_head_of int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform private.require_erasable(p_resident);
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- Land first, as everywhere: a publication may be giving a household to the member whom this erases.
  perform 1 from public.lands l where l.id = (
    select b.land_id from public.residents r join public.buildings b on b.id = r.building_id where r.id = p_resident) for update;
  -- Two of one household at once go one after the other: whoever comes second sees whether it still has a head.
  perform 1 from public.households h where h.id = (select r.household_id from public.residents r where r.id = p_resident) for no key update;
  select * into v_resident from public.residents r where r.id = p_resident for no key update;
  if v_resident.erased_at is not null then
    perform private.fail('resident_erased', pg_catalog.jsonb_build_object('at', v_resident.erased_at));
  end if;
  v_gone := private.erasure_of(v_resident) - array['residentId', 'name', 'relation', 'erasedAt', 'reveals'];
  v_reason := private.without_identity(v_reason, p_resident);

  select array_agg(m.id) into v_members from private.memberships_of(v_resident) as m(id);
  delete from private.member_identities i where i.member_id = any (v_members);
  -- Group, place and condition stay: they are figures of the community.
  update public.members m set name_masked = '某*', initials = '', phone_masked = null where m.id = any (v_members);
  if private.is_head(v_resident) then
    v_head_of := v_resident.household_id;
    update public.households h set head_name_masked = null, phone_masked = null,
      initials = coalesce((select b.initials from public.buildings b where b.id = h.building_id), '')
    where h.id = v_head_of;
  end if;
  perform private.forget_contacts(v_members, v_head_of);
  delete from private.resident_tags t where t.resident_id = p_resident;
  delete from private.resident_identities i where i.resident_id = p_resident;
  update public.residents r set name_masked = '某*', relation = '', birth_year = null, sex = null, phone_masked = null, id_number_masked = null,
    erased_at = v_now
  where r.id = p_resident;
  perform private.write_audit('resident_erased', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('reason', pg_catalog.left(v_reason, 500), 'gone', v_gone));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('residentId', p_resident, 'erasedAt', v_now));
end
$$;
comment on function public.erase_resident(int, text, uuid) is
  'Erase what tells who a resident is: name, telephone, identity number, birth, sex, relation and tags, the same of him or her as a member, with '
  'kinships, interests and the households looked after, and what the household shows of its head; cannot be undone → {residentId, erasedAt}. Stay: '
  'the row, numbers and category of the household, and who saw it when. For administrators and street officers, with a reason of four characters. '
  'Errors: not_allowed, reason_required, resident_erased {at}, request_key_reused.';
