-- What the room holds of a street: every household with its reasons, walks, stations, units of work, planned visits, scenarios and days.

create function private.siting_json(p_scenario public.siting_scenarios) returns json language sql stable set search_path = '' as $$
  select json_build_object('id', p_scenario.id, 'number', p_scenario.number, 'title', p_scenario.title, 'state', p_scenario.state, 'task', p_scenario.task,
    'sites', p_scenario.sites, 'figures', p_scenario.figures, 'value', p_scenario.value, 'bound', p_scenario.bound, 'revision', p_scenario.revision,
    'savedAt', p_scenario.saved_at, 'savedBy', coalesce((select p.name_masked from public.people p where p.id = p_scenario.saved_by), ''))
$$;
comment on function private.siting_json(public.siting_scenarios) is
  'A scenario → {id, number, title, state, task, sites, figures, value, bound, revision, savedAt, savedBy: masked}; communities of task and sites by id.';

create function private.day_number(p_day date) returns int language sql immutable parallel safe set search_path = '' as $$
  select coalesce(p_day - '1970-01-01', 0)
$$;
comment on function private.day_number(date) is 'Days since 1970; 0 for none.';

-- Columns are written as JSON text directly, as in scope_snapshot. Things are named by id: the console knows their positions.
create function public.coverage_scope(p_land int) returns json language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_communities int[];
  v_whole int[];
  v_buildings int[];
  v_households json;
  v_access json;
  v_stairwells json;
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('land_unknown', pg_catalog.jsonb_build_object('landId', p_land));
  end if;
  select coalesce(array_agg(u.id order by u.code), '{}') into v_communities
  from unnest(private.communities_of(array[p_land])) as c(id) join public.org_units u on u.id = c.id
  where u.id in (select private.my_patrol_communities());
  -- Whole communities for staff, the own grid for its leaders and workers.
  v_whole := array(select c.id from private.my_household_communities() as c(id));
  v_buildings := array(select g.id from private.my_grid_buildings() as g(id));

  with row_of as materialized (
    select g.*
    from private.household_gaps(p_land, v_communities) g
    join unnest(v_communities) with ordinality as c(id, place) on c.id = g.community_id
    where g.community_id = any (v_whole) or g.building_id = any (v_buildings)
    order by c.place, g.sort_key collate "C", g.household_id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(h.household_id::text, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(h.building_id::text, ','), '') || ']')::json,
    'stairwell', ('[' || coalesce(string_agg(coalesce(h.stairwell_id, 0)::text, ','), '') || ']')::json,
    'community', ('[' || coalesce(string_agg(h.community_id::text, ','), '') || ']')::json,
    'category', ('[' || coalesce(string_agg(h.category::text, ','), '') || ']')::json,
    'room', coalesce(json_agg(h.room), '[]'),
    'member', ('[' || coalesce(string_agg(coalesce(h.member_id, 0)::text, ','), '') || ']')::json,
    'lastVisit', ('[' || coalesce(string_agg(private.day_number(h.last_visit)::text, ','), '') || ']')::json,
    'visitDue', ('[' || coalesce(string_agg(private.day_number(h.visit_due)::text, ','), '') || ']')::json,
    'lastPass', ('[' || coalesce(string_agg(private.day_number(h.last_pass)::text, ','), '') || ']')::json,
    'reasons', ('[' || coalesce(string_agg(h.reasons::text, ','), '') || ']')::json,
    'unjudged', ('[' || coalesce(string_agg(h.unjudged::text, ','), '') || ']')::json)
  into v_households from row_of h;

  with row_of as materialized (
    select a.* from public.building_access a
    where a.land_id = p_land and (a.community_id = any (v_whole) or a.building_id = any (v_buildings))
    order by a.building_id
  )
  select json_build_object(
    'building', ('[' || coalesce(string_agg(a.building_id::text, ','), '') || ']')::json,
    'accessCm', ('[' || coalesce(string_agg(a.access_cm::text, ','), '') || ']')::json,
    'stationIds', ('[' || coalesce(string_agg(pg_catalog.array_to_string(a.station_ids, ','), ','), '') || ']')::json,
    'walkCm', ('[' || coalesce(string_agg(pg_catalog.array_to_string(a.walk_cm, ','), ','), '') || ']')::json)
  into v_access from row_of a;

  with row_of as materialized (
    select s.id, s.building_id, s.name from public.buildings b join public.stairwells s on s.building_id = b.id
    where b.land_id = p_land and (b.community_id = any (v_whole) or b.id = any (v_buildings))
    order by s.building_id, s.sort, s.id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(s.id::text, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(s.building_id::text, ','), '') || ']')::json,
    'name', coalesce(json_agg(s.name), '[]'))
  into v_stairwells from row_of s;

  return json_build_object('version', 1, 'landId', p_land, 'nowMs', pg_catalog.round(pg_catalog.date_part('epoch', private.clock())::numeric * 1000),
    'today', private.today(),
    'communities', (
      select coalesce(json_agg(json_build_object('id', c.id, 'settings', r.rules, 'revision', coalesce(a.revision, 0),
        'isFresh', a.measured_revision is not null and a.measured_revision = a.revision) order by c.place), '[]')
      from unnest(v_communities) with ordinality as c(id, place) join private.coverage_settings_of(v_communities) r on r.org_unit_id = c.id
      left join public.community_access a on a.community_id = c.id),
    'households', v_households, 'access', v_access, 'stairwells', v_stairwells,
    'closedGates', (select coalesce(json_agg(private.lng_lat(g.geom) order by g.id), '[]') from public.patrol_gates g where g.land_id = p_land),
    'stations', (
      select coalesce(json_agg(json_build_object('id', s.id, 'hours', s.hours, 'revision', s.revision, 'activities', (
        select coalesce(json_agg(private.activity_json(a) order by a.from_minute, a.id), '[]')
        from public.station_activities a where a.station_id = s.id)) order by s.id), '[]')
      from public.stations s where s.land_id = p_land and (s.community_id is null or s.community_id in (select private.my_communities()))),
    -- Named to whoever may open them again.
    'closedStations', (
      select coalesce(json_agg(json_build_object('id', c.station_id, 'name', c.was ->> 'name', 'level', c.was ->> 'level', 'communityId', c.community_id,
        'reason', c.reason, 'closedAt', c.closed_at) order by c.closed_at desc, c.station_id), '[]')
      from private.closed_stations c
      where c.land_id = p_land and case when c.community_id is null then p_land in (select l.id from public.lands l
          where l.org_unit_id in (select private.my_units_as('district_admin', 'street_officer'))) else c.community_id in (select private.my_charge()) end),
    'workUnits', (
      select coalesce(json_agg(private.work_unit_json(w) order by w.name collate "C", w.id), '[]')
      from public.work_units w where w.land_id = p_land and w.community_id = any (v_communities)),
    'tasks', (
      select coalesce(json_agg(json_build_object('id', t.id, 'householdId', t.household_id, 'memberId', t.member_id, 'dueOn', t.due_on, 'state', t.state)
        order by t.due_on, t.id), '[]')
      from public.visit_tasks t join public.households h on h.id = t.household_id join public.buildings b on b.id = h.building_id and b.land_id = p_land
      where t.state = 'open' and t.community_id = any (v_communities) and (t.community_id = any (v_whole) or b.id = any (v_buildings))),
    -- Of the whole land, so for those who see it whole.
    'scenarios', (
      select coalesce(json_agg(private.siting_json(s) order by s.number), '[]') from public.siting_scenarios s
      where s.land_id = p_land and s.state <> 'dropped' and p_land in (select private.my_whole_lands())),
    'trend', (
      select coalesce(json_agg(json_build_object('day', d.day, 'communityId', d.community_id, 'households', d.households, 'byMain', d.by_main, 'byAny', d.by_any)
        order by d.day, d.community_id), '[]')
      from public.gap_days d where d.community_id = any (v_communities) and d.community_id = any (v_whole) and d.day > private.today() - 400));
end
$$;
comment on function public.coverage_scope(int) is
  'Who is not served on a land as far as the caller sees it, staff their communities, grid leaders and workers their grid → {version, landId, nowMs, today, '
  'communities: [{id, settings, revision, isFresh: whether walks are those of this revision}], households: columns {id, building, stairwell, community, category, '
  'room, member, lastVisit, visitDue, lastPass, reasons, unjudged}, access: columns {building, accessCm, stationIds, walkCm: five a building}, stairwells: columns '
  '{id, building, name}, closedGates: [lngLat], stations: [{id, hours, revision, activities}], closedStations: those the caller may open again, '
  '[{id, name, level, communityId, reason, closedAt}], newest first, workUnits, tasks: open ones, scenarios: for those who see the land whole, trend: days of 400 days, not for grids}. Ids throughout, 0 for none; days since 1970; see private.household_gaps. Errors: land_unknown.';
