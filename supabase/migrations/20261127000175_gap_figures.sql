-- How many are not served, by community and by day.

create function private.count_gaps(p_land int)
returns table (community_id int, households int, by_main int[], by_any int[], unjudged int) language sql stable rows 20 set search_path = '' set jit = off as $$
  select c.id, count(g.household_id)::int,
    -- The lowest bit that is set is the main reason; where none is, it is 0.
    array[count(*) filter (where g.reasons & -g.reasons = 1), count(*) filter (where g.reasons & -g.reasons = 2), count(*) filter (where g.reasons & -g.reasons = 4),
      count(*) filter (where g.reasons & -g.reasons = 8), count(*) filter (where g.reasons & -g.reasons = 16), count(*) filter (where g.reasons & -g.reasons = 32),
      count(*) filter (where g.reasons & -g.reasons = 64), count(*) filter (where g.reasons & -g.reasons = 128)]::int[],
    array[count(*) filter (where g.reasons & 1 > 0), count(*) filter (where g.reasons & 2 > 0), count(*) filter (where g.reasons & 4 > 0),
      count(*) filter (where g.reasons & 8 > 0), count(*) filter (where g.reasons & 16 > 0), count(*) filter (where g.reasons & 32 > 0),
      count(*) filter (where g.reasons & 64 > 0), count(*) filter (where g.reasons & 128 > 0)]::int[],
    (count(*) filter (where g.unjudged > 0))::int
  from unnest(private.communities_of(array[p_land])) as c(id)
  left join private.household_gaps(p_land) g on g.community_id = c.id
  group by c.id
$$;
comment on function private.count_gaps(int) is
  'Households of a land by community, also those of which there are none: in all, by main reason, by any reason (private.gap_reasons), and those of which a reason '
  'could not be judged.';

-- ── days ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.refresh_gap_day(p_land int default null) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  insert into public.gap_days as d (day, community_id, households, by_main, by_any)
  select private.today(), g.community_id, g.households, g.by_main, g.by_any
  from public.lands l cross join lateral private.count_gaps(l.id) g
  where p_land is null or l.id = p_land
  order by g.community_id
  on conflict (day, community_id) do update set households = excluded.households, by_main = excluded.by_main, by_any = excluded.by_any
  where (d.households, d.by_main, d.by_any) is distinct from (excluded.households, excluded.by_main, excluded.by_any);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.refresh_gap_day(int) is 'Keep what today comes to so far, on all lands or one; returns how many communities came to something else.';

create function public.refresh_gap_day(p_land int) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  end if;
  return pg_catalog.jsonb_build_object('day', private.today(), 'communities', private.refresh_gap_day(p_land));
end
$$;
comment on function public.refresh_gap_day(int) is
  'Keep what a land comes to today, so that the days are told wherever the database runs → {day, communities: how many changed}. Called after what changes who is '
  'served. Errors: not_allowed.';
