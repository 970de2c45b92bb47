-- Visits by area, and all figures of the leadership in one answer, with the outlines of the areas they are told by.

create function private.overview_visits(p_org_unit int, p_starts date[])
returns table (place int, area text, due int, late int, visits int, met int, rated int, satisfaction_sum int)
language sql stable rows 200 set search_path = '' as $$
  with period as materialized (
    select * from private.overview_periods(p_starts)
  ), rhythm as materialized (
    select c.community_id, (s.value ->> 'visitDays')::int as days, (s.value ->> 'visitSpecialDays')::int as special_days,
      array(select e.code::smallint from pg_catalog.jsonb_array_elements_text(s.value -> 'specialCategories') as e(code)) as special,
      s.value -> 'reasons' operator(pg_catalog.?) 'visit_overdue' as is_judged
    from private.overview_communities(p_org_unit) c
    cross join lateral (select public.coverage_settings(c.community_id) as value) s
  ), home as materialized (
    select h.id as household_id, o.area, r.is_judged, case when h.category = any (r.special) then r.special_days else r.days end as days
    from private.overview_homes(p_org_unit) o join rhythm r on r.community_id = o.community_id join public.households h on h.building_id = o.building_id
  ), made as materialized (
    select v.household_id, h.area, h.is_judged, h.days, v.visited_on, v.outcome in ('met', 'follow_up') as is_met, v.satisfaction
    from home h join public.visits v on v.household_id = h.household_id
  ), span as materialized (
    -- A visit is the last one until the next; of two on a day the first is so for no day. Many households have the same days.
    select s.area, s.days, s.visited_on, s.next_on, count(*) as households
    from (select m.area, m.days, m.visited_on, lead(m.visited_on) over (partition by m.household_id order by m.visited_on) as next_on
      from made m where m.is_met and m.is_judged) s
    group by s.area, s.days, s.visited_on, s.next_on
  ), first as materialized (
    select m.household_id, min(m.visited_on) as day from made m where m.is_met group by m.household_id
  ), tied as materialized (
    select h.area, h.days, t.since, t.began, t.ended, f.day as first_day, count(*) as households
    from home h join private.overview_ties(p_org_unit) t on t.household_id = h.household_id left join first f on f.household_id = h.household_id
    where h.is_judged
    group by h.area, h.days, t.since, t.began, t.ended, f.day
  ), standing as (
    select p.place, s.area, s.visited_on + s.days < p.to_day as is_late, s.households
    from period p join span s on s.visited_on <= p.to_day and (s.next_on is null or s.next_on > p.to_day)
    union all
    -- Not visited by then: from the day the member was given the household.
    select p.place, t.area, t.since + t.days < p.to_day, t.households
    from period p join tied t on t.began <= p.until_at and (t.ended is null or t.ended > p.until_at) and (t.first_day is null or t.first_day > p.to_day)
  ), due as (
    select s.place, s.area, sum(s.households) as due, coalesce(sum(s.households) filter (where s.is_late), 0) as late from standing s group by s.place, s.area
  ), within as (
    select p.place, m.area, sum(m.visits) as visits, sum(m.met) as met, sum(m.rated) as rated, sum(m.satisfaction_sum) as satisfaction_sum
    from period p
    join (
      select m.area, m.visited_on, count(*) as visits, count(*) filter (where m.is_met) as met, count(m.satisfaction) as rated, sum(m.satisfaction) as satisfaction_sum
      from made m group by m.area, m.visited_on
    ) m on m.visited_on between p.from_day and p.to_day
    group by p.place, m.area
  )
  select a.place, a.area, coalesce(d.due, 0)::int, coalesce(d.late, 0)::int, coalesce(w.visits, 0)::int, coalesce(w.met, 0)::int, coalesce(w.rated, 0)::int,
    coalesce(w.satisfaction_sum, 0)::int
  from (select d.place, d.area from due d union select w.place, w.area from within w) a
  left join due d on d.place = a.place and d.area is not distinct from a.area
  left join within w on w.place = a.place and w.area is not distinct from a.area
$$;
comment on function private.overview_visits(int, date[]) is
  'By area: households somebody has to visit at the end of each period (visited before, or a member keeps contact) and those that are late by the rhythm of '
  'their community, of communities whose rules judge that; and the visits made in the period, those where somebody was met, and the satisfaction given.';

create function private.overview_visits_since(p_org_unit int, out since date, out full_from date) language sql stable set search_path = '' as $$
  select first.day, first.day + (
      select max(greatest((s.value ->> 'visitDays')::int, (s.value ->> 'visitSpecialDays')::int))
      from private.overview_communities(p_org_unit) c cross join lateral (select public.coverage_settings(c.community_id) as value) s)
  from (
    select min(v.visited_on) as day
    from private.overview_homes(p_org_unit) o join public.households h on h.building_id = o.building_id join public.visits v on v.household_id = h.id
    where v.outcome in ('met', 'follow_up')) first
$$;
comment on function private.overview_visits_since(int, out date, out date) is
  'The first day on record that somebody of a unit was met on a visit, and the first day by which every household could have been visited since in time; null '
  'while there is none. Before the latter nobody can say who was late.';

create function public.overview_figures(p_org_unit int, p_period text default 'month') returns json
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_now timestamptz := private.clock();
  v_starts date[] := private.overview_starts(p_period);
  v_level text;
  v_areas json;
  v_rows json;
  v_visits record;
begin
  -- Of a part one leads no figure is told under the name of the whole.
  if p_org_unit in (select private.my_units_as('district_admin', 'auditor', 'street_officer', 'community_secretary')) then
    select c.area_level into v_level from private.overview_communities(p_org_unit) c limit 1;
  end if;
  if v_level is null then
    perform private.fail('not_allowed');
  elsif v_starts is null then
    perform private.fail('overview_invalid', '{"field": "period"}');
  end if;
  select s.since, s.full_from into v_visits from private.overview_visits_since(p_org_unit) s;

  with area as materialized (
    select a.id, a.unit_id, a.land_id, a.code, a.name, a.kind from (
      select u.id::text as id, u.id as unit_id, max(c.land_id) as land_id, u.code, u.name, u.kind::text as kind
      from private.overview_communities(p_org_unit) c
      join public.org_units u on u.id = case c.area_level when 'community' then c.community_id when 'street' then c.street_id end
      group by u.id
      union all
      select g.id::text, null, c.land_id, g.code, g.name, null
      from private.overview_communities(p_org_unit) c
      join public.grid_editions e on e.land_id = c.land_id and e.valid_to is null
      join public.grids g on g.edition_id = e.id and g.community_id = c.community_id
      where c.area_level = 'grid') a
  ), home as materialized (
    select o.area, count(*)::int as households from private.overview_homes(p_org_unit) o join public.households h on h.building_id = o.building_id group by o.area
  ), tied as materialized (
    select p.place, t.area, sum(t.households)::int as tied
    from private.overview_periods(v_starts) p
    join (select t.area, t.began, t.ended, count(*) as households from private.overview_ties(p_org_unit) t group by t.area, t.began, t.ended) t
      on t.began <= p.until_at and (t.ended is null or t.ended > p.until_at)
    group by p.place, t.area
  ), visit as materialized (
    select * from private.overview_visits(p_org_unit, v_starts)
  ), grid as materialized (
    select * from private.overview_grids(p_org_unit, v_starts)
  ), slip as materialized (
    select * from private.overview_slips(p_org_unit, v_starts)
  ), gap as materialized (
    select * from private.overview_gaps(p_org_unit, v_starts)
  ), place_of as materialized (
    -- Whatever lies in none of the areas, as homes on land without a grid, stands under none: sums leave nobody out.
    select p.place, p.to_day, a.area from private.overview_periods(v_starts) p
    cross join (
      select a.id as area from area a union select h.area from home h union select s.area from slip s union select v.area from visit v union select g.area from grid g
        union select x.area from gap x) a
  ), figure as (
    select o.place - 1 as period, a.id as area, coalesce(sum(h.households), 0) as households, coalesce(sum(t.tied), 0) as tied,
      coalesce(sum(v.due), 0) as due,
      case when o.place = cardinality(v_starts) or o.to_day >= v_visits.full_from then coalesce(sum(v.late), 0) end as late,
      coalesce(sum(v.visits), 0) as visits, coalesce(sum(v.met), 0) as met,
      coalesce(sum(v.rated), 0) as rated, coalesce(sum(v.satisfaction_sum), 0) as "satisfactionSum",
      coalesce(sum(g.grids), 0) as grids, coalesce(sum(g.above), 0) as above, coalesce(sum(g.below), 0) as below, coalesce(sum(g.vacant), 0) as vacant,
      coalesce(sum(s.received), 0) as received, coalesce(sum(s.collected), 0) as collected, coalesce(sum(s.settled), 0) as settled,
      coalesce(sum(s.overdue), 0) as overdue, coalesce(sum(s.open_overdue), 0) as "openOverdue",
      coalesce(sum(s.collected_so_far), 0) as "collectedSoFar", coalesce(sum(s.settled_so_far), 0) as "settledSoFar",
      -- Now every household is judged; whoever has none has none unserved.
      case when o.place = cardinality(v_starts) then coalesce(sum(x.gap), 0) else sum(x.gap) end as gap, coalesce(sum(x.unjudged), 0) as unjudged,
      max(x.by_main) as "byMain", max(x.by_any) as "byAny",
      array[coalesce(sum(s.by_state[1]), 0), coalesce(sum(s.by_state[2]), 0), coalesce(sum(s.by_state[3]), 0), coalesce(sum(s.by_state[4]), 0)] as "byState",
      array[coalesce(sum(s.by_level[1]), 0), coalesce(sum(s.by_level[2]), 0), coalesce(sum(s.by_level[3]), 0), coalesce(sum(s.by_level[4]), 0)] as "byLevel"
    from place_of o
    left join area a on a.id = o.area
    left join home h on h.area is not distinct from o.area
    left join tied t on t.place = o.place and t.area is not distinct from o.area
    left join visit v on v.place = o.place and v.area is not distinct from o.area
    left join grid g on g.place = o.place and g.area is not distinct from o.area
    left join slip s on s.place = o.place and s.area is not distinct from o.area
    left join gap x on x.place = o.place and x.area is not distinct from o.area
    group by o.place, o.to_day, a.id
  )
  select (select json_agg(json_build_object('id', a.id, 'unitId', a.unit_id, 'landId', a.land_id, 'code', a.code, 'name', a.name, 'kind', a.kind)
      order by a.code) from area a),
    (select json_agg(f order by f.period, f.area) from figure f)
  into v_areas, v_rows;

  return json_build_object('version', 1, 'unitId', p_org_unit, 'areaLevel', v_level,
    'trail', (
      select json_agg(json_build_object('id', u.id, 'level', u.level, 'name', u.name) order by extensions.nlevel(u.path))
      from public.org_units here join public.org_units u on u.path operator(extensions.@>) here.path and u.level <> 'work_zone'
      where here.id = p_org_unit and u.id in (select private.my_units_as('district_admin', 'auditor', 'street_officer', 'community_secretary'))),
    'now', v_now, 'today', private.today(), 'period', p_period, 'visitsSince', v_visits.since,
    'editions', (
      select coalesce(json_agg(e.id order by e.id), '[]') from public.grid_editions e
      where e.valid_to is null and e.land_id in (select c.land_id from private.overview_communities(p_org_unit) c)),
    'periods', (select json_agg(json_build_object('from', p.from_day, 'to', p.to_day) order by p.place) from private.overview_periods(v_starts) p),
    'areas', coalesce(v_areas, '[]'), 'rows', coalesce(v_rows, '[]'));
end
$$;
comment on function public.overview_figures(int, text) is
  'Figures of a unit by area in the last periods (week | month | quarter | year), the last of them in progress → {version, unitId, areaLevel: street | community '
  '| grid, trail: [{id, level, name}]: the unit and those above it that the caller may ask for, the highest first, now, today, period, visitsSince: first day '
  'somebody was met on a visit, or null, editions: ids of the grid editions in force, periods: [{from, to}], areas: [{id, unitId, landId, code, name, kind}], '
  'rows: [{period, area: id of an area, null for what lies in none, households, tied, due, late: null where the records of visits do not reach back far enough, '
  'visits, met, rated, satisfactionSum, grids, above, below, vacant, received, collected, settled, overdue, openOverdue: open and overdue, whenever reported, '
  'collectedSoFar, settledSoFar: when as much of the period had gone as has of the last one, byState: [reported, claimed, supervised, published], byLevel: '
  '[grid, community, street, district], gap, byMain, byAny: households not served, in all, by main and by any reason, null where no day of the period was kept, '
  'unjudged: 0 but now}]}. A street is told by its communities, several streets by street, a community by its grids; rows of a period add up, but days of gaps '
  'are not kept by grid and stand under none. Households are those of now; ties, rhythm of visits and grids those at the end of the period; slips those reported '
  'in it. No names of people. For secretaries and above, and auditors, of units they lead. Errors: not_allowed, overview_invalid {field: period}.';

create function public.overview_outlines(p_org_unit int) returns json
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_outlines json;
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'auditor', 'street_officer', 'community_secretary'))
    or not exists (select from private.overview_communities(p_org_unit)) then
    perform private.fail('not_allowed');
  end if;
  with grid as materialized (
    select c.*, g.id as grid_id, g.geom
    from private.overview_communities(p_org_unit) c
    join public.grid_editions e on e.land_id = c.land_id and e.valid_to is null
    join public.grids g on g.edition_id = e.id and g.community_id = c.community_id
  ), shape as materialized (
    select g.grid_id::text as area, g.geom from grid g where g.area_level = 'grid'
    union all
    select u.id::text, coalesce(u.geom, (
      select extensions.st_union(g.geom) from grid g where u.id in (g.community_id, g.street_id)))
    from public.org_units u
    where u.id in (select case c.area_level when 'community' then c.community_id when 'street' then c.street_id end
      from private.overview_communities(p_org_unit) c)
  ), extent as (
    -- A two thousandth of what is drawn is less than a point of a screen.
    select greatest(extensions.st_xmax(b.box) - extensions.st_xmin(b.box), extensions.st_ymax(b.box) - extensions.st_ymin(b.box)) / 2000 as tolerance
    from (select extensions.st_extent(s.geom) as box from shape s) b
  )
  select json_agg(json_build_object('area', s.area, 'geometry',
    extensions.st_asgeojson(extensions.st_simplifypreservetopology(s.geom, e.tolerance), 6)::json) order by s.area)
  into v_outlines from shape s cross join extent e where s.geom is not null;
  return coalesce(v_outlines, '[]');
end
$$;
comment on function public.overview_outlines(int) is
  'Outlines of the areas that figures of a unit are told by, coarse enough for a picture → [{area, geometry: GeoJSON}]; the official territory, else the land of '
  'its grids; none where neither is known. Errors: not_allowed.';
