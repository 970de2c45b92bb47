-- What assigning goes by, and what the room holds of a street: households, members and ties in force, as columns without names.

-- ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.assignment_settings(p_org_unit int) returns jsonb language sql stable set search_path = '' as $$
  with here as (
    select u.id, u.path from public.org_units u where u.id = p_org_unit
  ), base as (
    select coalesce((
      select s.value
      from here
      join public.org_units above on above.path operator(extensions.@>) here.path
      join public.settings s on s.org_unit_id = above.id and s.key = 'assignment'
      order by extensions.nlevel(above.path) desc
      limit 1),
      '{"urban": {"min": 6, "max": 15}, "rural": {"min": 6, "max": 15}, "minBuildings": 6, "care": {"min": 2, "max": 3}, "farM": 800,
        "sameStairwellM": 60, "sameBuildingM": 30, "kinshipM": 150, "interestM": 40, "changeM": 50, "interests": []}') as value
  ), own as (
    -- A community that sets its own limits has them in the street's plans too.
    select u.id, s.value -> coalesce(u.kind::text, 'urban') as band
    from here
    join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) here.path and u.id <> here.id
    join public.settings s on s.org_unit_id = u.id and s.key = 'assignment'
  ), listed as (
    select own.id, own.band -> 'min' as min, own.band -> 'max' as max from own
    union all
    select (l.item ->> 'communityId')::int, l.item -> 'min', l.item -> 'max'
    from base cross join lateral pg_catalog.jsonb_array_elements(coalesce(base.value -> 'communityLimits', '[]')) as l(item)
    where (l.item ->> 'communityId')::int not in (select own.id from own)
  )
  select base.value || coalesce((
    select pg_catalog.jsonb_build_object('communityLimits',
      pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('communityId', l.id, 'min', l.min, 'max', l.max) order by l.id))
    from listed l having count(*) > 0), '{}')
  from base
$$;
comment on function public.assignment_settings(int) is
  'Limits and weights of assigning in force for a unit: its own, else those of the nearest unit above, else the defaults of the product, with '
  'communityLimits [{communityId, min, max}] of the communities below that set their own.';

-- ── the columns of a street ───────────────────────────────────────────────────────────────────────────────────────
create function private.my_grid_contacts() returns setof int language sql stable security definer rows 50 set search_path = '' as $$
  select distinct l.member_id from public.contact_links l where l.valid_to is null and l.id in (select private.my_grid_links())
$$;
comment on function private.my_grid_contacts() is 'Members who keep contact with what is in the caller''s own grid, wherever they live.';
revoke all on function private.my_grid_contacts() from public, anon, authenticated, service_role;
grant execute on function private.my_grid_contacts() to authenticated;
create policy "members who keep contact in one's own grid" on public.members for select to authenticated
  using (id in (select private.my_grid_contacts()));

-- Columns are written as JSON text directly, as in scope_snapshot. Things are named by id: the console knows their positions.
create function public.assignment_scope(p_land int) returns json language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_land public.lands;
  v_communities int[];
  v_households json;
  v_stairwells json;
  v_members json;
  v_terms json;
  v_kinships json;
  v_current json;
begin
  select * into v_land from public.lands l where l.id = p_land;
  if not found then
    raise exception using errcode = 'P0001', message = 'land_unknown', detail = json_build_object('landId', p_land)::text;
  end if;
  select coalesce(array_agg(u.id order by u.code), '{}') into v_communities
  from public.org_units u
  where u.level = 'community' and u.path operator(extensions.<@) (select s.path from public.org_units s where s.id = v_land.org_unit_id);

  with household as materialized (
    select h.id, h.building_id, h.stairwell_id, h.community_id, h.category, h.room, c.place, h.sort_key
    from unnest(v_communities) with ordinality as c(id, place)
    join public.households h on h.community_id = c.id
    join public.buildings b on b.id = h.building_id and b.land_id = p_land
  ), liked as materialized (
    select i.household_id, sum(1::bigint << i.interest) as bits from public.household_interests i group by i.household_id
  ), tied as materialized (
    select l.household_id, l.member_id from public.contact_links l
    where l.kind = 'household' and l.valid_to is null and l.community_id = any (v_communities)
  ), row_of as materialized (
    select h.*, coalesce(i.bits, 0) as bits, coalesce(t.member_id, 0) as member_id
    from household h left join liked i on i.household_id = h.id left join tied t on t.household_id = h.id
    order by h.place, h.sort_key collate "C", h.id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(h.id::text, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(h.building_id::text, ','), '') || ']')::json,
    'stairwell', ('[' || coalesce(string_agg(coalesce(h.stairwell_id, 0)::text, ','), '') || ']')::json,
    'community', ('[' || coalesce(string_agg(h.community_id::text, ','), '') || ']')::json,
    'category', ('[' || coalesce(string_agg(h.category::text, ','), '') || ']')::json,
    'interests', ('[' || coalesce(string_agg(h.bits::text, ','), '') || ']')::json,
    'member', ('[' || coalesce(string_agg(h.member_id::text, ','), '') || ']')::json,
    'room', coalesce(json_agg(h.room), '[]'))
  into v_households from row_of h;

  with stairwell as materialized (
    select s.id, s.building_id, s.name from public.buildings b join public.stairwells s on s.building_id = b.id
    where b.land_id = p_land order by s.building_id, s.sort, s.id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(s.id::text, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(s.building_id::text, ','), '') || ']')::json,
    'name', coalesce(json_agg(s.name), '[]'))
  into v_stairwells from stairwell s;

  with liked as materialized (
    select i.member_id, sum(1::bigint << i.interest) as bits from public.member_interests i group by i.member_id
  ), carer as materialized (
    select l.frail_member_id, l.member_id from public.contact_links l
    where l.kind = 'frail_care' and l.valid_to is null and l.community_id = any (v_communities)
  ), row_of as materialized (
    select m.*, coalesce(i.bits, 0) as bits, coalesce(c.member_id, 0) as carer_id
    from public.members m left join liked i on i.member_id = m.id left join carer c on c.frail_member_id = m.id
    where m.community_id = any (v_communities)
    order by m.id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(m.id::text, ','), '') || ']')::json,
    'community', ('[' || coalesce(string_agg(m.community_id::text, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(coalesce(m.building_id, 0)::text, ','), '') || ']')::json,
    'household', ('[' || coalesce(string_agg(coalesce(m.household_id, 0)::text, ','), '') || ']')::json,
    'partyGroup', ('[' || coalesce(string_agg(coalesce(m.party_group_id, 0)::text, ','), '') || ']')::json,
    'frail', ('[' || coalesce(string_agg((m.condition = 'frail')::int::text, ','), '') || ']')::json,
    'committee', ('[' || coalesce(string_agg(m.committee::int::text, ','), '') || ']')::json,
    'leader', ('[' || coalesce(string_agg(m.group_leader::int::text, ','), '') || ']')::json,
    'interests', ('[' || coalesce(string_agg(m.bits::text, ','), '') || ']')::json,
    'carer', ('[' || coalesce(string_agg(m.carer_id::text, ','), '') || ']')::json)
  into v_members from row_of m;

  select coalesce(json_agg(json_build_array(t.member_id, t.exempt_reason, t.min_households, t.max_households, t.reach_m) order by t.member_id), '[]')
  into v_terms
  from public.member_terms t join public.members m on m.id = t.member_id
  where m.community_id = any (v_communities)
    and num_nonnulls(t.exempt_reason, t.min_households, t.max_households, t.reach_m) > 0;

  with kin as materialized (
    select k.member_id, k.household_id
    from public.kinships k join public.members m on m.id = k.member_id join public.households h on h.id = k.household_id
    where m.community_id = any (v_communities) and h.community_id = any (v_communities)
    order by k.member_id, k.household_id
  )
  select json_build_object(
    'member', ('[' || coalesce(string_agg(k.member_id::text, ','), '') || ']')::json,
    'household', ('[' || coalesce(string_agg(k.household_id::text, ','), '') || ']')::json)
  into v_kinships from kin k;

  select coalesce(json_agg(json_build_array(e.community_id, e.number, e.mode) order by e.community_id), '[]') into v_current
  from public.assignment_editions e where e.community_id = any (v_communities) and e.valid_to is null;

  return json_build_object('version', 1, 'landId', p_land, 'settings', public.assignment_settings(v_land.org_unit_id), 'households', v_households,
    'stairwells', v_stairwells, 'members', v_members, 'terms', v_terms, 'kinships', v_kinships, 'editions', v_current);
end
$$;
comment on function public.assignment_scope(int) is
  'Households, members and ties in force of a land as far as the caller sees them, column by column and without names → {version, landId, settings, '
  'households: {id, building, stairwell, community, category, interests, member, room}, stairwells: {id, building, name}, members: {id, community, '
  'building, household, partyGroup, frail, committee, leader, interests, carer}, terms: [[member, exempt, min, max, reachM]], kinships: {member, '
  'household}, editions: [[community, number, mode]]}. Ids throughout, 0 for none; interests by bit; households in natural order of address and room '
  'within a community, communities by code. Errors: land_unknown.';
