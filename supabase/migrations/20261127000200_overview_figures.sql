-- Figures for the leadership: ties, visits, grids and slips by area, period after period, each counted once.

create function private.overview_starts(p_period text) returns date[] language sql stable set search_path = '' as $$
  select pg_catalog.array_agg((pg_catalog.date_trunc(p_period, private.today()::timestamp) - b.back * ('1 ' || p.unit)::interval * p.units)::date order by b.back desc)
  from (values ('week', 9, 'week', 1), ('month', 9, 'month', 1), ('quarter', 6, 'month', 3), ('year', 4, 'year', 1)) as p(period, told, unit, units)
  cross join lateral pg_catalog.generate_series(0, p.told - 1) as b(back)
  where p.period = p_period
$$;
comment on function private.overview_starts(text) is
  'First days in Shanghai of the last weeks (from Monday), months, quarters or years, that in progress included; null for any other word.';

create function private.overview_periods(p_starts date[]) returns table (place int, from_day date, to_day date, from_at timestamptz, until_at timestamptz)
language sql stable set search_path = '' as $$
  select s.place::int, s.day, coalesce(s.next_day - 1, (c.now at time zone 'Asia/Shanghai')::date), s.day::timestamp at time zone 'Asia/Shanghai',
    coalesce(s.next_day::timestamp at time zone 'Asia/Shanghai', c.now)
  from (select d.day, d.place, lead(d.day) over (order by d.place) as next_day from unnest(p_starts) with ordinality as d(day, place)) s
  cross join (select private.clock() as now) c
$$;
comment on function private.overview_periods(date[]) is
  'Periods that begin on these days, each up to the day before the next, the last up to now: their days, and the moments they begin and end at in Shanghai.';

create function private.overview_communities(p_org_unit int) returns table (community_id int, street_id int, land_id int, area_level text)
language sql stable rows 20 set search_path = '' as $$
  select c.id, s.id, l.id,
    case when here.level = 'community' then 'grid' when count(*) over (partition by here.id) = count(*) over (partition by s.id) then 'community' else 'street' end
  from public.org_units here
  join public.org_units c on c.level = 'community' and c.path operator(extensions.<@) here.path
  join public.org_units s on s.level = 'street' and s.path operator(extensions.@>) c.path
  left join public.lands l on l.org_unit_id = s.id
  where here.id = p_org_unit and c.id in (select private.my_household_communities())
$$;
comment on function private.overview_communities(int) is
  'Communities of a unit that the caller answers for, and what figures of the unit are told by: the grids of a community, the communities of one street, the '
  'streets where there are several.';

create function private.overview_homes(p_org_unit int) returns table (building_id int, community_id int, grid_id uuid, area text)
language sql stable rows 5000 set search_path = '' as $$
  select b.id, c.community_id, gc.grid_id,
    case c.area_level when 'grid' then gc.grid_id::text when 'community' then c.community_id::text else c.street_id::text end
  from private.overview_communities(p_org_unit) c
  join public.buildings b on b.community_id = c.community_id
  left join public.grid_editions e on e.land_id = c.land_id and e.valid_to is null
  left join public.grid_cells gc on gc.edition_id = e.id and gc.cell_id = b.cell_id
$$;
comment on function private.overview_homes(int) is 'Buildings of a unit with the grid in force they lie in, and the area their households are counted under.';

create function private.overview_ties(p_org_unit int) returns table (household_id int, area text, began timestamptz, ended timestamptz, since date)
language sql stable rows 25000 set search_path = '' as $$
  with home as materialized (
    select * from private.overview_homes(p_org_unit)
  )
  select l.household_id, o.area, l.valid_from, l.valid_to, (l.valid_from at time zone 'Asia/Shanghai')::date
  from home o join public.households h on h.building_id = o.building_id join public.contact_links l on l.household_id = h.id
  union all
  -- A building's link is that of its households while whole buildings are shared out, where none of their own is there.
  select h.id, o.area, pg_catalog.lower(s.span), pg_catalog.upper(s.span), (l.valid_from at time zone 'Asia/Shanghai')::date
  from home o
  join public.contact_links l on l.building_id = o.building_id and l.kind = 'building'
  join public.assignment_editions e on e.community_id = o.community_id and e.mode = 'building'
    and pg_catalog.tstzrange(e.valid_from, e.valid_to) operator(pg_catalog.&&) pg_catalog.tstzrange(l.valid_from, l.valid_to)
  join public.households h on h.building_id = o.building_id
  cross join lateral unnest(
    pg_catalog.tstzmultirange(pg_catalog.tstzrange(e.valid_from, e.valid_to) operator(pg_catalog.*) pg_catalog.tstzrange(l.valid_from, l.valid_to))
    operator(pg_catalog.-) coalesce((select pg_catalog.range_agg(pg_catalog.tstzrange(x.valid_from, x.valid_to)) from public.contact_links x where x.household_id = h.id), '{}')
  ) as s(span)
$$;
comment on function private.overview_ties(int) is
  'When a member kept contact with households of a unit: their own links, and those of their building while whole buildings were shared out; no two of a household '
  'at the same time; since: the day the link began, which may be before it counted for the household.';

create function private.overview_grids(p_org_unit int, p_starts date[])
returns table (place int, area text, grids int, above int, below int, vacant int)
language sql stable rows 200 set search_path = '' as $$
  with home as materialized (
    select c.*, public.grid_settings(c.street_id) as limits from private.overview_communities(p_org_unit) c
  ), lived as materialized (
    select o.grid_id, count(*) as households from private.overview_homes(p_org_unit) o join public.households h on h.building_id = o.building_id group by o.grid_id
  ), grid as (
    select p.place, p.to_day, g.id, home.area_level, home.street_id, g.community_id, home.limits -> coalesce(u.kind::text, 'urban') as band,
      case when e.valid_to is null then coalesce(l.households, 0) else g.households end as households,
      count(*) filter (where g.kind = 'basic') over (partition by p.place, g.community_id) as siblings
    from private.overview_periods(p_starts) p
    join home on true
    join public.org_units u on u.id = home.community_id
    join public.grid_editions e on e.land_id = home.land_id and e.valid_from <= p.until_at and (e.valid_to is null or e.valid_to > p.until_at)
    join public.grids g on g.edition_id = e.id and g.community_id = home.community_id
    left join lived l on l.grid_id = g.id
  )
  select g.place, case g.area_level when 'grid' then g.id::text when 'community' then g.community_id::text else g.street_id::text end,
    count(*)::int, (count(*) filter (where g.households > (g.band ->> 'upper')::int))::int,
    (count(*) filter (where g.households < (g.band ->> 'lower')::int and g.siblings <> 1))::int,
    (count(*) filter (where not exists (
      select from public.posts o
      where o.grid_id = g.id and o.role = 'grid_worker' and o.valid_from <= g.to_day and (o.valid_to is null or o.valid_to >= g.to_day))))::int
  from grid g
  group by 1, 2
$$;
comment on function private.overview_grids(int, date[]) is
  'Grids in force at the end of each period by area: how many there are, have more households than their limits allow, fewer, and no worker on the last day. '
  'Those in force now by their households of now, former ones by those of their publication; the one grid of a community is never below.';

create function private.overview_slips(p_org_unit int, p_starts date[])
returns table (place int, area text, received int, collected int, settled int, overdue int, open_overdue int, collected_so_far int,
  settled_so_far int, by_state int[], by_level int[])
language sql stable rows 200 set search_path = '' as $$
  with period as materialized (
    -- As much of each as has gone of the last one: a month just begun is not held against a whole one.
    select p.*, least(p.until_at, p.from_at + (max(p.until_at) over () - max(p.from_at) over ())) as so_far
    from private.overview_periods(p_starts) p
  ), slip as (
    select p.place, p.until_at, p.so_far, i.reported_at >= p.from_at as is_received, i.*,
      case c.area_level when 'grid' then here.id::text when 'community' then c.community_id::text else c.street_id::text end as area,
      -- As it stood when the period ended: what was closed since then was open.
      case when i.closed_at <= p.until_at then i.outcome end as outcome_then, case when i.closed_at <= p.so_far then i.outcome end as outcome_so_far
    from period p
    join private.overview_communities(p_org_unit) c on true
    join public.issues i on i.community_id = c.community_id and i.reported_at < p.until_at
      and (i.reported_at >= p.from_at or i.due_at < p.until_at and (i.closed_at is null or i.closed_at > p.until_at))
    left join lateral (
      select g.id from public.grid_editions e join public.grids g on g.edition_id = e.id and g.id = i.grid_id
      where c.area_level = 'grid' and e.land_id = i.land_id and e.valid_to is null) here on true
  ), told as (
    select s.*, s.is_received and s.outcome_then is distinct from 'duplicate' and s.outcome_then is distinct from 'withdrawn' as is_collected,
      s.is_received and coalesce(s.outcome_then in ('solved', 'explained'), false) as is_settled, s.outcome_then is null and s.due_at < s.until_at as is_late,
      s.is_received and s.reported_at < s.so_far as is_early
    from slip s
  )
  select t.place, t.area, (count(*) filter (where t.is_received))::int, (count(*) filter (where t.is_collected))::int,
    (count(*) filter (where t.is_settled))::int, (count(*) filter (where t.is_received and t.is_late))::int, (count(*) filter (where t.is_late))::int,
    (count(*) filter (where t.is_early and t.outcome_so_far is distinct from 'duplicate' and t.outcome_so_far is distinct from 'withdrawn'))::int,
    (count(*) filter (where t.is_early and t.outcome_so_far in ('solved', 'explained')))::int,
    array[(count(*) filter (where t.is_collected))::int, (count(*) filter (where t.is_collected and t.state >= 'claimed'))::int,
      (count(*) filter (where t.is_collected and t.state >= 'supervised'))::int, (count(*) filter (where t.is_collected and t.state = 'published'))::int],
    array[(count(*) filter (where t.is_settled and t.top_level = 'grid'))::int, (count(*) filter (where t.is_settled and t.top_level = 'community'))::int,
      (count(*) filter (where t.is_settled and t.top_level = 'street'))::int, (count(*) filter (where t.is_settled and t.top_level = 'district'))::int]
  from told t
  group by t.place, t.area
$$;
comment on function private.overview_slips(int, date[]) is
  'Slips reported in each period by area, as they stood when it ended, with the words of issue_figures; open_overdue: all that were open and overdue then, '
  'whenever reported; so_far: those reported in as much of the period as has gone of the last one, as they stood then; by_state: collected ones that have come so '
  'far as reported, claimed, supervised, published; by_level: settled ones by the highest level they came to, from the grid up. State and level are those of now.';
