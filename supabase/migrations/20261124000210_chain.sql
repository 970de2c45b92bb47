-- The chain of responsibility, read from district to door, and its breaks counted; staffing of the grids.

-- ── who holds what ────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.posts_held(p_org_unit int, p_grid uuid, variadic p_roles public.post_role[]) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('role', o.role, 'name', p.name_masked, 'phone', p.phone_masked,
    'since', o.valid_from, 'personId', p.id, 'memberId', null) order by o.role, o.valid_from, o.id), '[]')
  from public.posts o join public.people p on p.id = o.person_id and p.active
  where (o.org_unit_id = p_org_unit or p_org_unit is null) and o.grid_id is not distinct from p_grid and o.role = any (p_roles)
    and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
$$;
comment on function private.posts_held(int, uuid, public.post_role[]) is
  'Who holds posts of these roles today, masked: at a unit, or in a grid → [{role, name, phone, since, personId, memberId: null}].';

create function private.links_held(p_kind public.contact_kind, p_target int) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('role', l.kind, 'name', m.name_masked, 'phone', m.phone_masked,
    'since', l.valid_from, 'personId', m.person_id, 'memberId', m.id)), '[]')
  from public.contact_links l join public.members m on m.id = l.member_id
  where l.valid_to is null and (p_kind = 'household' and l.household_id = p_target or p_kind = 'building' and l.building_id = p_target
    or p_kind = 'committee' and l.party_group_id = p_target or p_kind = 'group_leader' and l.led_member_id = p_target
    or p_kind = 'frail_care' and l.frail_member_id = p_target)
$$;
comment on function private.links_held(public.contact_kind, int) is
  'Who holds the link in force to a target, masked → [{role, name, phone, since, personId, memberId}], one at most.';

create function private.chain_level(p_level text, p_id text, p_name text, p_holders jsonb, p_break text) returns jsonb
language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('level', p_level, 'id', p_id, 'name', p_name, 'holders', p_holders,
    'break', case when p_break is not null and not exists (
      select from pg_catalog.jsonb_array_elements(p_holders) h
      where p_break not in ('community_without_cadre', 'grid_without_worker')
        or h.value ->> 'role' = case p_break when 'community_without_cadre' then 'cadre' else 'grid_worker' end) then p_break end)
$$;
comment on function private.chain_level(text, text, text, jsonb, text) is
  'One level of a chain; break: the code given where nobody holds what it asks for, else null.';

create function public.household_chain(p_household int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_home public.households;
  v_member public.members;
  v_group public.org_units;
  v_building public.buildings;
  v_grid public.grids;
  v_levels jsonb;
  v_beside jsonb := '[]';
begin
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_home from public.households h
  where h.id = p_household and (h.community_id in (select private.my_household_communities())
    or h.building_id in (select private.my_grid_buildings()) or h.id in (select private.my_contact_households()));
  if not found then
    perform private.fail('not_allowed');
  end if;
  select m.* into v_member from public.contact_links l join public.members m on m.id = l.member_id
  where l.valid_to is null and l.household_id = p_household;
  select * into v_group from public.org_units u where u.id = v_member.party_group_id;
  select * into v_building from public.buildings b where b.id = v_home.building_id;
  select g.* into v_grid
  from public.grid_cells c
  join public.grid_editions e on e.id = c.edition_id and e.valid_to is null
  join public.grids g on g.edition_id = c.edition_id and g.id = c.grid_id
  where c.cell_id = v_building.cell_id;

  select pg_catalog.jsonb_agg(private.chain_level(u.level::text, u.id::text, u.name,
    case u.level when 'district' then private.posts_held(u.id, null, 'district_admin', 'cadre')
      when 'community' then private.posts_held(u.id, null, 'community_secretary', 'cadre')
      else private.posts_held(u.id, null, 'street_officer', 'cadre') end,
    case u.level when 'community' then 'community_without_cadre' end) order by extensions.nlevel(u.path))
  into v_levels
  from public.org_units here join public.org_units u on u.path operator(extensions.@>) here.path
  where here.id = v_home.community_id;
  v_levels := v_levels || pg_catalog.jsonb_build_array(
    private.chain_level('party_group', v_group.id::text, v_group.name, private.links_held('committee', v_group.id),
      case when v_member.id is not null then case when v_group.id is null then 'member_without_group' else 'group_without_committee' end end),
    private.chain_level('group_leader', v_group.id::text, v_group.name, private.links_held('group_leader', v_member.id),
      case when v_group.id is not null then 'group_without_leader' end),
    private.chain_level('member', v_member.id::text, v_member.name_masked, private.links_held('household', p_household), 'household_without_member'),
    private.chain_level('household', p_household::text, v_home.head_name_masked, '[]', null));
  if v_grid.id is not null then
    v_beside := v_beside || private.chain_level('grid', v_grid.id::text, v_grid.name,
      private.posts_held(null, v_grid.id, 'grid_leader', 'grid_worker'), 'grid_without_worker');
  end if;
  v_beside := v_beside || private.chain_level('building', v_building.id::text, v_building.name, private.links_held('building', v_building.id),
    case when (select count(*) from public.households h where h.building_id = v_building.id) > 1 then 'building_without_leader' end);
  return pg_catalog.jsonb_build_object('householdId', p_household, 'communityId', v_home.community_id, 'address', v_home.address, 'room', v_home.room,
    'head', v_home.head_name_masked, 'category', v_home.category, 'residents', v_home.resident_count, 'levels', v_levels, 'beside', v_beside,
    'breaks', (select count(*) from pg_catalog.jsonb_array_elements(v_levels || v_beside) l where l.value ->> 'break' is not null));
end
$$;
comment on function public.household_chain(int) is
  'The chain of a household from district to door, masked, for who sees the household → {householdId, communityId, address, room, head, category, '
  'residents, levels: [{level, id, name, holders: [{role, name, phone, since, personId, memberId}], break}], beside: [same], breaks}. Levels: district, '
  'street, work_zone, community, party_group, group_leader, member, household, from the top; beside: grid and building. break: its code as in '
  'chain_breaks, else null; above a missing member party_group and group_leader are empty, and no break of their own. Errors: not_allowed.';

-- ── breaks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.chain_breaks(p_org_unit int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
begin
  if p_org_unit is null or p_org_unit not in (
    select private.my_units_as('district_admin', 'auditor', 'street_officer', 'community_secretary')) then
    perform private.fail('not_allowed');
  end if;
  return (
    with community as materialized (
      select u.id from public.org_units here
      join public.org_units u on u.path operator(extensions.<@) here.path and u.level = 'community'
      where here.id = p_org_unit and (u.valid_to is null or u.valid_to >= current_date)
    ), party_group as materialized (
      select u.id from public.org_units u join community c on c.id = u.parent_id
      where u.level = 'party_group' and (u.valid_to is null or u.valid_to >= current_date)
    ), grid as materialized (
      select g.id as grid_id from public.grids g join public.grid_editions e on e.id = g.edition_id and e.valid_to is null
      where g.community_id in (select c.id from community c)
    ), shared_building as materialized (
      select h.building_id as id from public.households h where h.community_id in (select c.id from community c)
      group by h.building_id having count(*) > 1
    ), cadre as materialized (
      select distinct o.org_unit_id from public.posts o join public.people p on p.id = o.person_id and p.active
      where o.role = 'cadre' and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
    ), worker as materialized (
      select distinct o.grid_id from public.posts o join public.people p on p.id = o.person_id and p.active
      where o.role = 'grid_worker' and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
    ), link as materialized (
      select l.household_id, l.frail_member_id, l.party_group_id, l.building_id, l.led_member_id from public.contact_links l
      where l.valid_to is null and l.community_id in (select c.id from community c)
    ), member as materialized (
      select m.id, m.party_group_id, m.condition from public.members m where m.community_id in (select c.id from community c)
    ), checked as (
      select 1 as place, c.id::text as id, d.org_unit_id is null as is_break from community c left join cadre d on d.org_unit_id = c.id
      union all
      select 2, g.id::text, l.party_group_id is null from party_group g left join link l on l.party_group_id = g.id
      union all
      -- A group of nobody has no leader either.
      select 3, g.id::text, bool_or(l.led_member_id is null)
      from party_group g left join member m on m.party_group_id = g.id left join link l on l.led_member_id = m.id group by g.id
      union all
      select 4, m.id::text, g.id is null from member m left join party_group g on g.id = m.party_group_id
      union all
      select 5, h.id::text, l.household_id is null
      from public.households h left join link l on l.household_id = h.id where h.community_id in (select c.id from community c)
      union all
      select 6, b.id::text, l.building_id is null from shared_building b left join link l on l.building_id = b.id
      union all
      select 7, g.grid_id::text, w.grid_id is null from grid g left join worker w on w.grid_id = g.grid_id
      union all
      select 8, m.id::text, l.frail_member_id is null from member m left join link l on l.frail_member_id = m.id where m.condition = 'frail'
    ), counted as (
      select c.place, count(*) as total, count(*) filter (where c.is_break) as count,
        pg_catalog.jsonb_agg(case when c.place = 7 then pg_catalog.to_jsonb(c.id) else pg_catalog.to_jsonb(c.id::int) end
          order by pg_catalog.length(c.id), c.id) filter (where c.is_break) as ids
      from checked c group by c.place
    )
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('level', k.level, 'code', k.code, 'total', coalesce(c.total, 0),
      'count', coalesce(c.count, 0), 'ids', coalesce(c.ids, '[]')) order by k.place)
    from (values (1, 'community', 'community_without_cadre'), (2, 'party_group', 'group_without_committee'), (3, 'party_group', 'group_without_leader'),
      (4, 'member', 'member_without_group'), (5, 'household', 'household_without_member'), (6, 'building', 'building_without_leader'),
      (7, 'grid', 'grid_without_worker'), (8, 'member', 'frail_without_carer')) as k(place, level, code)
    left join counted c on c.place = k.place);
end
$$;
comment on function public.chain_breaks(int) is
  'Breaks of the chain in a unit and all below, for administrators, auditors, street officers and secretaries of the place → eight rows [{level, code, total, '
  'count, ids}], count of total things looked at; ids ascend, of grids as text. The chain is whole where every count is 0: each community has a cadre, '
  'each party group a committee member and a leader of every one of its members, each member a group, each household a member, each building of two '
  'households or more a leader, each grid a worker, each frail member a carer. Errors: not_allowed.';

-- ── staffing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.grid_staffing(p_land int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_grids uuid[];
begin
  select array_agg(g.id) into v_grids
  from public.grids g
  join public.grid_editions e on e.id = g.edition_id and e.valid_to is null and e.land_id = p_land
  where g.community_id in (select private.my_household_communities())
    or g.id in (select o.grid_id from private.my_posts() o where o.role in ('grid_leader', 'grid_worker')
      and g.community_id in (select private.my_communities()));
  if v_grids is null then
    perform private.fail('not_allowed');
  end if;
  return (
    with held as materialized (
      select o.grid_id, o.role, o.person_id, min(o.valid_from) as since from public.posts o join public.people p on p.id = o.person_id and p.active
      where o.role in ('grid_leader', 'grid_worker') and o.grid_id is not null
        and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
        and exists (select from public.grids g join public.grid_editions e on e.id = g.edition_id and e.valid_to is null and e.land_id = p_land
          where g.id = o.grid_id)
      group by o.grid_id, o.role, o.person_id
    ), busy as materialized (
      select h.person_id, count(distinct h.grid_id) as grids from held h group by h.person_id
    ), team as (
      select h.grid_id, count(distinct h.person_id) as people,
        pg_catalog.jsonb_agg(w.person order by h.since, h.person_id) filter (where h.role = 'grid_leader') as leaders,
        pg_catalog.jsonb_agg(w.person order by h.since, h.person_id) filter (where h.role = 'grid_worker') as workers
      from held h
      join busy b on b.person_id = h.person_id
      join public.people p on p.id = h.person_id
      cross join lateral (select pg_catalog.jsonb_build_object('personId', p.id, 'name', p.name_masked, 'phone', p.phone_masked, 'since', h.since,
        'grids', b.grids) as person) w
      group by h.grid_id
    )
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('gridId', g.id, 'code', g.code, 'name', g.name, 'communityId', g.community_id,
      'households', g.households, 'members', g.members, 'leaders', coalesce(t.leaders, '[]'), 'workers', coalesce(t.workers, '[]'),
      'teamSize', coalesce(t.people, 0), 'vacancies', (
        select coalesce(pg_catalog.jsonb_agg(v.role order by v.place), '[]')
        from (values (1, 'grid_leader', t.leaders), (2, 'grid_worker', t.workers)) as v(place, role, holders) where v.holders is null))
      order by g.code)
    from public.grids g
    join public.grid_editions e on e.id = g.edition_id and e.valid_to is null and e.land_id = p_land
    left join team t on t.grid_id = g.id
    where g.id = any (v_grids));
end
$$;
comment on function public.grid_staffing(int) is
  'Who works in the grids in force that the caller sees, masked; leaders and workers of a grid see their own → [{gridId, code, name, communityId, households, '
  'members, leaders: [{personId, name, phone, since, grids}], workers: [same], teamSize, vacancies: [grid_leader | grid_worker]}] by code. grids: in how '
  'many grids of the land the person works; teamSize: people who lead or work, each once. Errors: not_allowed.';
