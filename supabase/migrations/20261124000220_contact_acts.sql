-- Links of the chain that no plan of assignment makes: committee, group leader, building leader, and care from hand to hand.

create function private.require_contact_member(p_member int, p_community int, p_group int, p_is_carrier boolean) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_member public.members;
  v_reason text;
begin
  select * into v_member from public.members m where m.id = p_member;
  v_reason := case
    when v_member.id is null or v_member.community_id <> p_community then 'member_other_community'
    when v_member.party_group_id is distinct from coalesce(p_group, v_member.party_group_id) then 'member_other_group'
    when p_is_carrier and (v_member.condition = 'frail' or v_member.exempt_reason is not null) then 'member_not_able' end;
  if v_reason is not null then
    perform private.fail('contact_invalid', pg_catalog.jsonb_build_object('reason', v_reason, 'memberId', p_member));
  end if;
end
$$;
comment on function private.require_contact_member(int, int, int, boolean) is
  'contact_invalid unless the member is of the community, of the party group where one is given, and, to carry, neither frail nor exempt.';

create function public.set_contact_link(p_kind public.contact_kind, p_target int, p_member int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('set_contact_link', p_request_key, pg_catalog.jsonb_build_array(p_kind, p_target, p_member));
  v_community int;
  v_targets int[] := array[p_target];
  v_now timestamptz;
  v_ended int;
  v_begun int := 0;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  -- The target's row makes two who set the same link go one after the other. What is hidden and what is not there get one answer.
  if p_kind = 'building' then
    select b.community_id into v_community from public.buildings b where b.id = p_target for no key update;
  elsif p_kind = 'frail_care' then
    select m.community_id into v_community from public.members m where m.id = p_target and m.condition = 'frail';
  elsif p_kind in ('committee', 'group_leader') then
    select u.parent_id into v_community from public.org_units u where u.id = p_target and u.level = 'party_group' for no key update;
  end if;
  if v_community is null or v_community not in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary')) then
    perform private.fail('not_allowed');
  end if;
  if p_kind = 'frail_care' then
    -- Land first, as everywhere: a publication may be giving the same frail member a carer.
    perform 1
    from public.org_units u
    join public.org_units street on street.path operator(extensions.@>) u.path
    join public.lands l on l.org_unit_id = street.id
    where u.id = v_community for update of l;
  end if;
  if p_member is not null then
    perform private.require_contact_member(p_member, v_community, case when p_kind = 'group_leader' then p_target end,
      p_kind in ('building', 'frail_care'));
  end if;
  if p_kind = 'group_leader' then
    select coalesce(array_agg(m.id), '{}') into v_targets from public.members m where m.party_group_id = p_target;
  end if;

  v_now := pg_catalog.clock_timestamp();
  update public.contact_links l set valid_to = v_now
  where l.valid_to is null and l.community_id = v_community and l.kind = p_kind and l.member_id is distinct from p_member
    and coalesce(l.building_id, l.frail_member_id, l.party_group_id, l.led_member_id) = any (v_targets);
  get diagnostics v_ended = row_count;
  if p_member is not null then
    insert into public.contact_links (kind, community_id, member_id, building_id, frail_member_id, party_group_id, led_member_id, valid_from)
    select p_kind, v_community, p_member, case p_kind when 'building' then t.id end, case p_kind when 'frail_care' then t.id end,
      case p_kind when 'committee' then t.id end, case p_kind when 'group_leader' then t.id end, v_now
    from unnest(v_targets) as t(id)
    where not exists (
      select from public.contact_links l where l.valid_to is null and l.community_id = v_community and l.kind = p_kind
        and coalesce(l.building_id, l.frail_member_id, l.party_group_id, l.led_member_id) = t.id);
    get diagnostics v_begun = row_count;
  end if;
  if p_kind = 'frail_care' and v_ended + v_begun > 0 then
    perform private.follow_care(p_target, v_community, p_member);
  end if;
  if v_ended + v_begun > 0 then
    perform private.write_audit('contact_link_set', p_kind::text, p_target::text, v_community,
      pg_catalog.jsonb_build_object('memberId', p_member, 'ended', v_ended, 'begun', v_begun));
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('kind', p_kind, 'target', p_target, 'memberId', p_member,
    'ended', v_ended, 'begun', v_begun));
end
$$;
comment on function public.set_contact_link(public.contact_kind, int, int, uuid) is
  'Who answers for a party group as one of the committee (kind committee, target: the group), leads its members (group_leader, target: the group, all its '
  'members at once), leads a building (building), or cares for a frail member (frail_care); null ends the link. What was stays with its dates → {kind, '
  'target, memberId, ended, begun}; all 0 where it was so already. For administrators, street officers and secretaries of the place. Households change '
  'hands by plans alone. Errors: not_allowed, contact_invalid {reason: member_other_community | member_other_group | member_not_able, memberId}, '
  'request_key_reused.';
