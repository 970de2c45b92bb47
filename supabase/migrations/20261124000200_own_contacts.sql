-- What a member who signs in sees: the own contact households and the frail members cared for, masked, and of nobody else's anything.

create index members_person on public.members (person_id) where person_id is not null;

create function private.my_memberships() returns setof int language sql stable security definer set search_path = '' rows 1 as $$
  select m.id from public.members m where m.person_id = private.my_person()
$$;
comment on function private.my_memberships() is 'The caller as a member; nothing where he or she is none.';

create function private.my_contact_households() returns setof int language sql stable security definer set search_path = '' rows 15 as $$
  select l.household_id from public.contact_links l
  where l.valid_to is null and l.kind = 'household' and l.member_id in (select private.my_memberships())
$$;
comment on function private.my_contact_households() is 'Households the caller carries today.';

create function private.my_contact_buildings() returns setof int language sql stable security definer set search_path = '' rows 10 as $$
  select distinct h.building_id from public.households h where h.id in (select private.my_contact_households())
$$;
comment on function private.my_contact_buildings() is 'Buildings of the households the caller carries today.';

create function private.my_contact_members() returns setof int language sql stable security definer set search_path = '' rows 4 as $$
  select private.my_memberships()
  union
  select l.frail_member_id from public.contact_links l
  where l.valid_to is null and l.kind = 'frail_care' and l.member_id in (select private.my_memberships())
$$;
comment on function private.my_contact_members() is 'The caller as a member, and the frail members he or she cares for today.';

create function private.my_contact_residents() returns setof int language sql stable security definer set search_path = '' rows 15 as $$
  select r.id from public.residents r
  where r.household_id in (select private.my_contact_households()) and private.is_head(r)
  union
  select r.id
  from public.members m
  join private.member_identities n on n.member_id = m.id
  join public.residents r on r.household_id = m.household_id
  join private.resident_identities i on i.resident_id = r.id and i.name = n.name
  where m.condition = 'frail' and m.id in (select private.my_contact_members())
$$;
comment on function private.my_contact_residents() is
  'Residents whom the caller may see in clear to call them: heads of the households he or she carries, and the frail members cared for.';

create policy "households one carries" on public.households for select to authenticated
  using (id in (select private.my_contact_households()));
create policy "buildings of the households one carries" on public.buildings for select to authenticated
  using (id in (select private.my_contact_buildings()));
create policy "oneself as a member, and the frail one cares for" on public.members for select to authenticated
  using (id in (select private.my_contact_members()));
create policy "one's own links in force" on public.contact_links for select to authenticated
  using (valid_to is null and member_id in (select private.my_memberships()));

-- ── my households ─────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.household_limits(p_member int) returns int[] language sql stable set search_path = '' as $$
  select array[
    coalesce(t.min_households, (own.value ->> 'min')::int, (s.value -> k.kind ->> 'min')::int, 6),
    coalesce(t.max_households, (own.value ->> 'max')::int, (s.value -> k.kind ->> 'max')::int, 15)]
  from public.members m
  join public.org_units u on u.id = m.community_id
  left join public.member_terms t on t.member_id = m.id
  cross join lateral (select coalesce(u.kind::text, 'urban') as kind) k
  cross join lateral (select private.setting_at(u.id, 'assignment') as value) s
  left join lateral (
    select e.value from pg_catalog.jsonb_array_elements(case when pg_catalog.jsonb_typeof(s.value -> 'communityLimits') = 'array'
      then s.value -> 'communityLimits' else '[]' end) e
    where e.value ->> 'communityId' = u.id::text limit 1) own on true
  where m.id = p_member
$$;
comment on function private.household_limits(int) is
  'Fewest and most households of a member: the own terms, else what the nearest setting says of the community or its kind, else 6 and 15.';

create function public.my_households() returns jsonb language sql stable security definer set search_path = '' set jit = off as $$
  select pg_catalog.jsonb_build_object(
    'memberId', m.id, 'name', m.name_masked, 'community', u.name, 'group', g.name,
    'home', case when w.id is not null then pg_catalog.jsonb_build_object('lng', extensions.st_x(w.point), 'lat', extensions.st_y(w.point)) end,
    'minHouseholds', (private.household_limits(m.id))[1], 'maxHouseholds', (private.household_limits(m.id))[2],
    'households', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', h.id, 'buildingId', h.building_id, 'address', h.address,
        'stairwell', coalesce(s.name, ''), 'room', h.room, 'head', h.head_name_masked, 'category', h.category, 'residents', h.resident_count,
        'phone', h.phone_masked, 'headResidentId', (
          select min(r.id) from public.residents r where r.household_id = h.id and r.erased_at is null and private.is_head(r)),
        'lng', extensions.st_x(b.point), 'lat', extensions.st_y(b.point), 'since', l.valid_from) order by h.sort_key, h.id), '[]')
      from public.contact_links l
      join public.households h on h.id = l.household_id
      join public.buildings b on b.id = h.building_id
      left join public.stairwells s on s.id = h.stairwell_id
      where l.valid_to is null and l.kind = 'household' and l.member_id = m.id),
    'frail', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', f.id, 'name', f.name_masked, 'phone', f.phone_masked,
        'address', coalesce(h.address, b.address, ''), 'lng', extensions.st_x(b.point), 'lat', extensions.st_y(b.point), 'since', l.valid_from,
        'residentId', (
          select min(r.id)
          from private.member_identities n
          join public.residents r on r.household_id = f.household_id and r.erased_at is null
          join private.resident_identities i on i.resident_id = r.id and i.name = n.name
          where n.member_id = f.id)) order by f.id), '[]')
      from public.contact_links l
      join public.members f on f.id = l.frail_member_id
      left join public.households h on h.id = f.household_id
      left join public.buildings b on b.id = f.building_id
      where l.valid_to is null and l.kind = 'frail_care' and l.member_id = m.id),
    'leaders', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('role', l.kind, 'name', c.name_masked, 'phone', c.phone_masked)
        order by l.kind, c.id), '[]')
      from public.contact_links l
      join public.members c on c.id = l.member_id
      where l.valid_to is null and c.id <> m.id and (l.led_member_id = m.id or l.party_group_id = m.party_group_id)))
  from public.members m
  join public.org_units u on u.id = m.community_id
  left join public.org_units g on g.id = m.party_group_id
  left join public.buildings w on w.id = m.building_id
  where m.id = (select min(o.id) from private.my_memberships() as o(id))
$$;
comment on function public.my_households() is
  'The part of the chain that is the caller''s own as a member, masked → {memberId, name, community, group, home, minHouseholds, maxHouseholds, '
  'households: [{id, buildingId, address, stairwell, room, head, category, residents, phone, headResidentId, lng, lat, since}], '
  'frail: [{id, name, phone, address, lng, lat, since, residentId}], leaders: [{role: group_leader | committee, name, phone}]}; '
  'null for who is no member.';

-- ── the one door ──────────────────────────────────────────────────────────────────────────────────────────────────────
create or replace function public.reveal_resident(p_resident int, p_purpose text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_resident public.residents;
  v_purpose text := private.clean_text(p_purpose);
  v_reason text := private.clean_text(p_reason);
  v_in_office boolean;
  v_left int;
begin
  if v_purpose is null then
    perform private.fail('purpose_required');
  end if;
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_resident from public.residents r where r.id = p_resident;
  v_in_office := coalesce(v_resident.community_id in (select u.id from private.my_units_as('street_officer', 'community_secretary') as u(id))
    or v_resident.building_id in (select private.my_grid_buildings()), false);
  if not v_in_office and not coalesce(v_resident.id in (select private.my_contact_residents()), false) then
    perform private.fail('not_allowed');
  end if;
  if v_resident.erased_at is not null then
    perform private.fail('resident_erased', pg_catalog.jsonb_build_object('at', v_resident.erased_at));
  end if;
  v_left := private.spend_reveal(private.my_person());
  perform private.write_audit('resident_revealed', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('purpose', pg_catalog.left(private.without_identity(v_purpose, p_resident), 200),
      'reason', pg_catalog.left(private.without_identity(v_reason, p_resident), 500)));
  -- Who calls needs a name and a number; the rest is for those in office.
  return (
    select pg_catalog.jsonb_build_object('residentId', i.resident_id, 'name', i.name, 'phone', i.phone,
      'idNumber', case when v_in_office then i.id_number end,
      'tags', coalesce((select pg_catalog.jsonb_agg(t.tag order by t.tag) from private.resident_tags t where t.resident_id = p_resident and v_in_office), '[]'),
      'revealsLeft', v_left)
    from private.resident_identities i where i.resident_id = p_resident);
end
$$;
comment on function public.reveal_resident(int, text, text) is
  'A resident in clear → {residentId, name, phone, idNumber, tags, revealsLeft}, for street officers, secretaries, and grid leaders and workers of '
  'the grid; a member gets name and telephone, no more, of the heads of the own contact households and of the frail members cared for. Asks purpose and '
  'a reason of four characters, and leaves a row in the audit log, in which the resident''s own name and numbers are masked; so many a day and no '
  'more. Errors: purpose_required, reason_required, not_allowed, resident_erased {at}, reveal_limit_reached {limit, used, resetsAt}.';
