-- Households not served by area: now as they are judged now, at the end of former periods as the days were kept.

create function private.overview_gaps(p_org_unit int, p_starts date[])
returns table (place int, area text, gap int, by_main int[], by_any int[], unjudged int)
language sql stable rows 200 set search_path = '' as $$
  with community as materialized (
    select * from private.overview_communities(p_org_unit)
  ), period as materialized (
    select p.*, p.place = max(p.place) over () as is_now from private.overview_periods(p_starts) p
  ), reason as materialized (
    select r.place::int as at, 1 << (r.place - 1)::int as bit from unnest(private.gap_reasons()) with ordinality as r(code, place)
  ), judged as materialized (
    select h.area, g.reasons, g.unjudged
    from (select c.land_id, pg_catalog.array_agg(c.community_id) as communities from community c where c.land_id is not null group by c.land_id) l
    cross join lateral private.household_gaps(l.land_id, l.communities) g
    join private.overview_homes(p_org_unit) h on h.building_id = g.building_id
  ), counted as (
    -- Few combinations of reasons occur; each is taken apart once.
    select j.area, j.reasons, count(*) as households, count(*) filter (where j.unjudged <> 0) as unjudged from judged j group by j.area, j.reasons
  ), split as (
    select c.area, r.at, sum(c.households) filter (where c.reasons & -c.reasons = r.bit) as main, sum(c.households) filter (where c.reasons & r.bit <> 0) as anyhow,
      sum(c.households) filter (where c.reasons <> 0) as gap, sum(c.unjudged) as unjudged
    from counted c cross join reason r group by c.area, r.at
  ), kept as (
    select p.place, c.area_level, c.community_id, c.street_id, d.by_main, d.by_any
    from period p
    join community c on not p.is_now
    join lateral (
      select * from public.gap_days d where d.community_id = c.community_id and d.day between p.from_day and p.to_day order by d.day desc limit 1) d on true
  )
  select p.place, s.area, max(coalesce(s.gap, 0))::int, array_agg(coalesce(s.main, 0)::int order by s.at), array_agg(coalesce(s.anyhow, 0)::int order by s.at),
    max(s.unjudged)::int
  from split s join period p on p.is_now
  group by p.place, s.area
  union all
  select k.place, k.area, (select sum(m.n) from unnest(k.by_main) as m(n))::int, k.by_main, k.by_any, null
  from (
    select k.place, case k.area_level when 'community' then k.community_id::text when 'street' then k.street_id::text end as area,
      array(select sum(v.main)::int from unnest(array_agg(k.by_main)) with ordinality as v(main, at) group by (v.at - 1) % 8 order by (v.at - 1) % 8) as by_main,
      array(select sum(v.anyhow)::int from unnest(array_agg(k.by_any)) with ordinality as v(anyhow, at) group by (v.at - 1) % 8 order by (v.at - 1) % 8) as by_any,
      -- A sum that leaves a community out would tell less than there was.
      count(*) as days, max((select count(*) from community c where case k.area_level when 'community' then c.community_id = k.community_id
        when 'street' then c.street_id = k.street_id else true end)) as communities
    from kept k
    group by k.place, k.area_level, case k.area_level when 'community' then k.community_id::text when 'street' then k.street_id::text end
  ) k
  where k.days = k.communities
$$;
comment on function private.overview_gaps(int, date[]) is
  'Households not served by area, by main reason and by any reason as private.gap_reasons has them: those of the last period as they are judged now, with those '
  'for which something could not be judged; those of former ones as the last day kept of the period has them, where every community of the area has one. Days '
  'are not kept by grid: of a community former ones stand under no area.';
