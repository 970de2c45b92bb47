-- What is printed of the ties in force: the public notice, plates and cards, workbooks, the register. Masked, and on record before it is handed out.

create function private.notice_masking(p_org_unit int) returns jsonb language sql stable set search_path = '' as $$
  select '{"heads": "surname", "members": "surname", "phonesOnNotice": false}'::jsonb || coalesce(private.setting_at(p_org_unit, 'notice_masking'), '{}')
$$;
comment on function private.notice_masking(int) is
  'How names stand on papers of a unit → {heads, members: surname | full, phonesOnNotice}: as set for it or the nearest unit above, else surnames alone, '
  'and no telephone on the public notice.';

create function public.assignment_papers(p_org_unit int, p_kind text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_communities int[];
  v_masking jsonb := private.notice_masking(p_org_unit);
  v_full_heads boolean := v_masking ->> 'heads' = 'full';
  v_full_members boolean := v_masking ->> 'members' = 'full';
  -- On a wall or a door: nothing of health, need or limits.
  v_is_public boolean := p_kind in ('notice', 'plates', 'cards');
  -- Whoever reads a plate or a card is to call.
  v_phones boolean := p_kind in ('plates', 'cards') or (p_kind = 'notice' and (v_masking -> 'phonesOnNotice')::boolean);
  v_rows jsonb;
  v_record jsonb;
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary')) then
    perform private.fail('not_allowed');
  end if;
  if not coalesce(p_kind in ('notice', 'plates', 'cards', 'workbook', 'register'), false) then
    perform private.fail('export_invalid');
  end if;
  select array_agg(u.id order by u.code) into v_communities
  from public.org_units here
  join public.org_units u on u.path operator(extensions.<@) here.path and u.level = 'community' and (u.valid_to is null or u.valid_to >= current_date)
  where here.id = p_org_unit and here.level in ('street', 'work_zone', 'community');
  if v_communities is null then
    perform private.fail('export_invalid');
  end if;

  select pg_catalog.jsonb_build_object(
    'communities', (
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', u.id, 'code', u.code, 'name', u.name, 'edition', coalesce(e.number, 0),
        'validFrom', e.valid_from) order by u.code)
      from public.org_units u left join public.assignment_editions e on e.community_id = u.id and e.valid_to is null
      where u.id = any (v_communities)),
    'members', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', m.id, 'communityId', m.community_id,
        'name', coalesce(case when v_full_members then i.name end, m.name_masked), 'phone', case when v_phones then i.phone end, 'group', g.name,
        'committee', m.committee, 'leader', m.group_leader, 'frail', not v_is_public and m.condition = 'frail',
        'exempt', case when not v_is_public then m.exempt_reason end, 'minHouseholds', case when not v_is_public then t.min_households end,
        'maxHouseholds', case when not v_is_public then t.max_households end, 'reachM', case when not v_is_public then t.reach_m end)
        order by m.community_id, m.id), '[]')
      from public.members m
      left join private.member_identities i on i.member_id = m.id and (v_phones or v_full_members)
      left join public.org_units g on g.id = m.party_group_id
      left join public.member_terms t on t.member_id = m.id
      where m.community_id = any (v_communities)),
    'households', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', h.id, 'communityId', h.community_id, 'buildingId', h.building_id,
        'memberId', l.member_id, 'address', h.address, 'stairwell', coalesce(s.name, ''), 'room', h.room,
        'head', coalesce(n.name, h.head_name_masked), 'category', case when not v_is_public then h.category end, 'residents', h.resident_count)
        order by pg_catalog.array_position(v_communities, h.community_id), h.sort_key, h.id), '[]')
      from public.households h
      left join public.contact_links l on l.household_id = h.id and l.valid_to is null and l.kind = 'household'
      left join public.stairwells s on s.id = h.stairwell_id
      left join lateral (
        select i.name from public.residents r join private.resident_identities i on i.resident_id = r.id
        where v_full_heads and r.household_id = h.id and private.is_head(r) order by r.id limit 1) n on true
      where h.community_id = any (v_communities)),
    'care', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('memberId', l.member_id, 'frailId', l.frail_member_id)
        order by l.member_id, l.frail_member_id), '[]')
      from public.contact_links l
      where l.valid_to is null and l.kind = 'frail_care' and l.community_id = any (v_communities) and not v_is_public))
  into v_rows;
  v_record := public.record_export('assignment_' || p_kind, p_reason, pg_catalog.jsonb_array_length(v_rows -> 'households'),
    pg_catalog.jsonb_build_object('orgUnitId', p_org_unit, 'members', pg_catalog.jsonb_array_length(v_rows -> 'members'),
      'fullHeads', v_full_heads, 'fullMembers', v_full_members, 'phones', v_phones));
  return v_record || v_rows;
end
$$;
comment on function public.assignment_papers(int, text, text) is
  'Rows of the papers of a street, a work zone or a community: notice, plates, cards, workbook or register, for administrators, street officers and '
  'secretaries of the place → '
  '{exportId, watermark, at, communities: [{id, code, name, edition, validFrom}], members: [{id, communityId, name, phone, group, committee, leader, '
  'frail, exempt, minHouseholds, maxHouseholds, reachM}], households: [{id, communityId, buildingId, memberId, address, stairwell, room, head, category, '
  'residents}], care: [{memberId, frailId}]}. Names are masked unless the setting notice_masking says full. A member''s telephone is in clear on plates '
  'and cards, on the notice where the setting says so, else null; telephones of households never. What hangs in public tells no category, exemption, '
  'limit or care. On record as an export, with reason and rows, before it is handed out. Errors: not_allowed, export_invalid, reason_required.';
