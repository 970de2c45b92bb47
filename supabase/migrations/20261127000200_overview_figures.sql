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

create function private.overview_households(p_org_unit int)
returns table (household_id int, community_id int, building_id int, category smallint, grid_id uuid, area text)
language sql stable rows 8000 set search_path = '' as $$
  select h.id, h.community_id, h.building_id, h.category, gc.grid_id,
    case c.area_level when 'grid' then gc.grid_id::text when 'community' then c.community_id::text else c.street_id::text end
  from private.overview_communities(p_org_unit) c
  join public.households h on h.community_id = c.community_id
  join public.buildings b on b.id = h.building_id
  left join public.grid_editions e on e.land_id = b.land_id and e.valid_to is null
  left join public.grid_cells gc on gc.edition_id = e.id and gc.cell_id = b.cell_id
$$;
comment on function private.overview_households(int) is 'Households of a unit with the grid in force they lie in, and the area they are counted under.';

create function private.overview_ties(p_org_unit int, p_starts date[]) returns table (place int, household_id int, began date)
language sql stable rows 50000 set search_path = '' as $$
  select p.place, t.household_id,
    coalesce(max((t.valid_from at time zone 'Asia/Shanghai')::date) filter (where t.is_own), max((t.valid_from at time zone 'Asia/Shanghai')::date))
  from private.overview_periods(p_starts) p
  join (
    select l.household_id, l.community_id, l.valid_from, l.valid_to, true as is_own from public.contact_links l
    where l.kind = 'household' and l.community_id in (select c.community_id from private.overview_communities(p_org_unit) c)
    union all
    select h.id, l.community_id, l.valid_from, l.valid_to, false from public.contact_links l join public.households h on h.building_id = l.building_id
    where l.kind = 'building' and l.community_id in (select c.community_id from private.overview_communities(p_org_unit) c)
  ) t on t.valid_from <= p.until_at and (t.valid_to is null or t.valid_to > p.until_at)
  where t.is_own or exists (select from public.assignment_editions e
    where e.community_id = t.community_id and e.mode = 'building' and e.valid_from <= p.until_at and (e.valid_to is null or e.valid_to > p.until_at))
  group by p.place, t.household_id
$$;
comment on function private.overview_ties(int, date[]) is
  'Households of a unit that a member kept contact with at the end of each period, themselves or, where whole buildings were shared out, with their building, '
  'and since which day.';

create function private.overview_grids(p_org_unit int, p_starts date[])
returns table (place int, area text, grids int, above int, below int, vacant int)
language sql stable rows 200 set search_path = '' as $$
  with home as materialized (
    select c.*, public.grid_settings(c.street_id) as limits from private.overview_communities(p_org_unit) c
  ), lived as materialized (
    select h.grid_id, count(*) as households from private.overview_households(p_org_unit) h group by h.grid_id
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
returns table (place int, area text, received int, collected int, settled int, overdue int, on_time int, stayed int, by_state int[], by_level int[])
language sql stable rows 200 set search_path = '' as $$
  with slip as (
    select p.place, p.until_at, i.*,
      case c.area_level when 'grid' then here.id::text when 'community' then c.community_id::text else c.street_id::text end as area,
      -- As it stood when the period ended: what was closed since then was open.
      case when i.closed_at <= p.until_at then i.outcome end as outcome_then, coalesce(i.finished_at, i.closed_at) <= i.due_at as is_punctual
    from private.overview_periods(p_starts) p
    join private.overview_communities(p_org_unit) c on true
    join public.issues i on i.community_id = c.community_id and i.reported_at >= p.from_at and i.reported_at < p.until_at
    left join lateral (
      select g.id from public.grid_editions e join public.grids g on g.edition_id = e.id and g.id = i.grid_id
      where c.area_level = 'grid' and e.land_id = i.land_id and e.valid_to is null) here on true
  ), told as (
    select s.*, s.outcome_then is distinct from 'duplicate' and s.outcome_then is distinct from 'withdrawn' as is_collected,
      coalesce(s.outcome_then in ('solved', 'explained'), false) as is_settled
    from slip s
  )
  select t.place, t.area, count(*)::int, (count(*) filter (where t.is_collected))::int, (count(*) filter (where t.is_settled))::int,
    (count(*) filter (where t.outcome_then is null and t.due_at < t.until_at))::int, (count(*) filter (where t.is_settled and t.is_punctual))::int,
    (count(*) filter (where t.is_settled and t.top_level = 'grid'))::int,
    array[(count(*) filter (where t.is_collected))::int, (count(*) filter (where t.is_collected and t.state >= 'claimed'))::int,
      (count(*) filter (where t.is_collected and t.state >= 'supervised'))::int, (count(*) filter (where t.is_collected and t.state = 'published'))::int],
    array[(count(*) filter (where t.is_settled and t.top_level = 'grid'))::int, (count(*) filter (where t.is_settled and t.top_level = 'community'))::int,
      (count(*) filter (where t.is_settled and t.top_level = 'street'))::int, (count(*) filter (where t.is_settled and t.top_level = 'district'))::int]
  from told t
  group by t.place, t.area
$$;
comment on function private.overview_slips(int, date[]) is
  'Slips reported in each period by area, as they stood when it ended, with the words of issue_figures; by_state: collected ones that have come so far as '
  'reported, claimed, supervised, published; by_level: settled ones by the highest level they came to, from the grid up. State and level are those of now.';
