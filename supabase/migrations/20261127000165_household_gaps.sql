-- The one definition of who is not served: every household of a land with the reasons that hold today, judged when it is asked.

create function private.coverage_rules(p_communities int[])
returns table (community_id int, judged int, visit_days int, special_days int, special int, limit_cm int, levels boolean[], patrol_days int, by_building boolean)
language sql stable rows 100 set search_path = '' as $$
  with known as materialized (
    select * from private.coverage_settings_of(p_communities)
  )
  select k.org_unit_id,
    (select coalesce(sum(1 << (r.place - 1)::int), 0)::int from unnest(private.gap_reasons()) with ordinality as r(reason, place)
      where k.rules -> 'reasons' operator(pg_catalog.?) r.reason),
    (k.rules ->> 'visitDays')::int, (k.rules ->> 'visitSpecialDays')::int,
    (select coalesce(sum(1 << c.code::int), 0)::int from pg_catalog.jsonb_array_elements_text(k.rules -> 'specialCategories') as c(code)),
    (k.rules ->> 'stationLimitM')::int * 100,
    array(select k.rules -> 'stationLevels' operator(pg_catalog.?) l.level::text
      from unnest(pg_catalog.enum_range(null::public.station_level)) with ordinality as l(level, place) order by l.place),
    (k.rules ->> 'patrolDays')::int,
    exists (select from public.assignment_editions e where e.community_id = k.org_unit_id and e.valid_to is null and e.mode = 'building')
  from known k
$$;
comment on function private.coverage_rules(int[]) is
  'What communities go by, as columns: judged: reasons as bits; visit_days; special_days for categories in special, codes as bits; limit_cm on foot; levels of '
  'stations that count, five; patrol_days; by_building: whether whole buildings are shared out, not households.';

create function private.household_gaps(p_land int, p_communities int[] default null)
returns table (household_id int, community_id int, building_id int, stairwell_id int, category smallint, room text, sort_key text, member_id int,
  last_visit date, visit_due date, last_pass date, reasons int, unjudged int)
language sql stable rows 20000 set search_path = '' set jit = off as $$
  with today as materialized (
    select private.today() as day
  ), rule as materialized (
    select r.* from private.coverage_rules(coalesce(p_communities, private.communities_of(array[p_land]))) r
  ), household as materialized (
    select h.id, h.community_id, h.building_id, h.stairwell_id, h.category, h.room, h.sort_key
    from public.buildings b join public.households h on h.building_id = b.id
    where b.land_id = p_land and (p_communities is null or h.community_id = any (p_communities))
  ), home as materialized (
    select distinct h.building_id, h.community_id from household h
  ), staffed as materialized (
    select distinct o.grid_id from today n join public.posts o on o.valid_from <= n.day and (o.valid_to is null or o.valid_to >= n.day)
    where o.role = 'grid_worker' and o.grid_id is not null
  ), place as materialized (
    -- What holds of a building holds of all who live in it.
    select b.id as building_id, o.community_id, g.grid_id is null as no_grid, g.grid_id is not null and w.grid_id is null as no_worker,
      k.status is not distinct from 'unmanaged' as unmanaged, l.member_id as keeper_id, (l.valid_from at time zone 'Asia/Shanghai')::date as kept_since,
      (select (max(p.at) at time zone 'Asia/Shanghai')::date from public.patrol_passes p where p.building_id = b.id) as last_pass,
      coalesce(a.access_cm, -1) < 0 or not f.is_near and f.is_gone as unknown, f.is_near
    from home o
    join rule r on r.community_id = o.community_id
    join public.buildings b on b.id = o.building_id
    left join public.compounds k on k.id = b.compound_id
    left join (public.grid_cells g join public.grid_editions e on e.id = g.edition_id and e.valid_to is null and e.land_id = p_land) on g.cell_id = b.cell_id
    left join staffed w on w.grid_id = g.grid_id
    left join public.contact_links l on l.building_id = b.id and l.kind = 'building' and l.valid_to is null and r.by_building
    left join public.building_access a on a.building_id = b.id
    cross join lateral (
      select coalesce(r.levels[1] and a.walk_cm[1] between 0 and r.limit_cm or r.levels[2] and a.walk_cm[2] between 0 and r.limit_cm
          or r.levels[3] and a.walk_cm[3] between 0 and r.limit_cm or r.levels[4] and a.walk_cm[4] between 0 and r.limit_cm
          or r.levels[5] and a.walk_cm[5] between 0 and r.limit_cm, false) as is_near,
        -- The nearest one was closed since: what is the nearest now is not known.
        coalesce(r.levels[1] and a.station_ids[1] < 0 or r.levels[2] and a.station_ids[2] < 0 or r.levels[3] and a.station_ids[3] < 0
          or r.levels[4] and a.station_ids[4] < 0 or r.levels[5] and a.station_ids[5] < 0, false) as is_gone) f
  ), tie as materialized (
    select l.household_id, l.member_id, (l.valid_from at time zone 'Asia/Shanghai')::date as since
    from public.contact_links l
    where l.kind = 'household' and l.valid_to is null and l.household_id in (select h.id from household h)
  ), street as materialized (
    select public.assignment_settings(l.org_unit_id) as limits from public.lands l where l.id = p_land
  ), most as materialized (
    -- Households a member of a community may carry where these are shared out one by one; limits as private.assignment_findings has them.
    select u.id as community_id, coalesce(own.most, (s.limits -> coalesce(u.kind::text, 'urban') ->> 'max')::int) as households
    from street s
    join public.org_units u on u.level = 'community'
    left join (select (i.item ->> 'communityId')::int as community_id, (i.item ->> 'max')::int as most
      from street s cross join lateral pg_catalog.jsonb_array_elements(coalesce(s.limits -> 'communityLimits', '[]')) as i(item)) own on own.community_id = u.id
    where not exists (select from public.assignment_editions e where e.community_id = u.id and e.valid_to is null and e.mode = 'building')
  ), overloaded as materialized (
    select n.member_id
    from (select l.member_id, count(*) as households from public.contact_links l
      where l.kind = 'household' and l.valid_to is null and l.member_id in (select t.member_id from tie t) group by l.member_id) n
    join public.members m on m.id = n.member_id
    join most on most.community_id = m.community_id
    left join public.member_terms t on t.member_id = m.id
    where n.households > coalesce(t.max_households, most.households)
  ), visited as materialized (
    select h.id, (select max(v.visited_on) from public.visits v where v.household_id = h.id and v.outcome in ('met', 'follow_up')) as last_visit
    from household h
  )
  select h.id, h.community_id, h.building_id, h.stairwell_id, h.category, h.room, h.sort_key, f.member_id, v.last_visit, f.visit_due, p.last_pass,
    -- Operators on bits are of one precedence, from left to right: each shift stands in brackets.
    r.judged & (p.no_grid::int | (p.no_worker::int << 1) | (p.unmanaged::int << 2) | ((f.member_id is null)::int << 3) | ((o.member_id is not null)::int << 4)
      | (coalesce(n.day > f.visit_due, false)::int << 5) | ((not p.unknown and not p.is_near)::int << 6)
      | (coalesce(p.last_pass < n.day - r.patrol_days, true)::int << 7)),
    r.judged & (p.unknown::int << 6)
  from household h
  cross join today n
  join rule r on r.community_id = h.community_id
  join place p on p.building_id = h.building_id and p.community_id = h.community_id
  join visited v on v.id = h.id
  left join tie t on t.household_id = h.id
  left join overloaded o on o.member_id = t.member_id
  cross join lateral (
    select coalesce(t.member_id, p.keeper_id) as member_id,
      coalesce(v.last_visit, t.since, p.kept_since) + case when (r.special >> h.category) & 1 = 1 then r.special_days else r.visit_days end as visit_due) f
$$;
comment on function private.household_gaps(int, int[]) is
  'Who is not served on a land, all communities or some: every household with the member who keeps contact (of the building, where whole buildings are shared '
  'out; null: nobody), its last visit that counts, the last day the next one is in time (null: nobody has to visit), the day a patrol last came by, reasons that '
  'hold as bits (private.gap_reasons) and reasons that could not be judged as bits. Each reason only where the settings of the household''s community judge it. '
  'no_grid: its building has no cell, or the cell no grid in force; no_worker: it has a grid and nobody holds a post of grid worker there today; '
  'compound_unmanaged; no_member; member_overloaded: the member carries more households than the upper limit, never where whole buildings are shared out; '
  'visit_overdue: visit_due is over; station_too_far: none of the levels that count is within the limit on foot, which counts, or can be reached at all; not '
  'judged where no walk is known; not_patrolled: nobody on patrol came by for more than patrolDays, or ever. Days are Shanghai''s.';
revoke all on function private.coverage_rules(int[]), private.household_gaps(int, int[]) from public, anon, authenticated, service_role;
