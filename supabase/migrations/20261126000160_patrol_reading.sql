-- What the room holds of a street's patrols, one's own day, and ways off the streets.

create function private.plan_json(p_plan public.patrol_plans) returns json language sql stable set search_path = '' as $$
  select json_build_object('id', p_plan.id, 'number', p_plan.number, 'title', p_plan.title, 'communityId', p_plan.community_id, 'kind', p_plan.kind,
    'occasion', p_plan.occasion, 'state', p_plan.state, 'aim', p_plan.aim, 'weekdays', p_plan.weekdays, 'validFrom', p_plan.valid_from,
    'validTo', p_plan.valid_to, 'startMinute', p_plan.start_minute, 'shiftS', p_plan.shift_s, 'serveMPerS', p_plan.serve_m_per_s,
    'walkMPerS', p_plan.walk_m_per_s, 'boundS', p_plan.bound_s, 'revision', p_plan.revision,
    'routes', (select coalesce(json_agg(private.route_json(r) order by r.number), '[]') from public.patrol_routes r where r.plan_id = p_plan.id))
$$;
comment on function private.plan_json(public.patrol_plans) is 'A plan as in public.save_patrol_plan, with number, state and revision.';

create function private.track_json(p_track public.patrol_tracks) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_track.id, 'personId', p_track.person_id, 'planId', p_track.plan_id, 'route', p_track.route,
    'communityId', p_track.community_id, 'gridId', p_track.grid_id, 'day', p_track.day, 'startedAt', p_track.started_at, 'endedAt', p_track.ended_at,
    'source', p_track.source, 'state', p_track.state, 'fixes', p_track.fixes, 'dropped', private.add_counts(p_track.refused, p_track.dropped),
    'streetM', p_track.street_m, 'yardM', p_track.yard_m, 'hasRaw', p_track.has_raw)
$$;
comment on function private.track_json(public.patrol_tracks) is
  'A walk without its fixes → {id, personId, planId, route, communityId, gridId, day, startedAt, endedAt, source, state, fixes, dropped, streetM, yardM, hasRaw}.';

create function private.read_tracks(p_land int, p_from date, p_to date) returns setof public.patrol_tracks language sql stable rows 500 set search_path = '' as $$
  -- Walks the caller may know of: one's own; those of the territory, for grid leaders and above and for auditors.
  select t.* from public.patrol_tracks t
  where t.land_id = p_land and t.day between p_from and p_to
    and (t.person_id in (select private.my_own_person())
      or t.community_id in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor'))
      or t.community_id is null and t.land_id in (select private.my_whole_lands()))
$$;
comment on function private.read_tracks(int, date, date) is 'Walks of a period that the caller may know of, whoever walked.';

create function private.read_walkers(p_land int, p_from date, p_to date) returns setof uuid language sql stable rows 500 set search_path = '' as $$
  -- Each set is asked for once a statement, not once a walk.
  select t.id from public.patrol_tracks t
  where t.land_id = p_land and t.day between p_from and p_to
    and (t.person_id in (select private.my_own_person()) or t.community_id in (select private.my_led_communities())
      or t.community_id is null and p_land in (select l.id from public.lands l where l.org_unit_id in (select private.my_units_as('district_admin', 'street_officer'))))
$$;
comment on function private.read_walkers(int, date, date) is
  'Walks of a period of which the caller may know who walked, and the raw fixes: as private.is_own_track or private.leads_track say of one.';

create function private.shared_grids() returns setof uuid language sql stable rows 500 set search_path = '' as $$
  select o.grid_id from public.posts o
  where o.grid_id is not null and o.role in ('grid_leader', 'grid_worker') and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
  group by o.grid_id having count(distinct o.person_id) > 1
$$;
comment on function private.shared_grids() is 'Grids with two people or more: of the others, the grid of a walk says who walked it.';

create function private.patrol_walked_json(p_land int, p_from date, p_to date) returns json language sql stable set search_path = '' set jit = off as $$
  -- Columns are written as JSON text directly, as in scope_snapshot. What one may not know of is told by the day.
  with known as materialized (
    select t.id, row_number() over (order by t.day, t.started_at, t.id) as place from private.read_tracks(p_land, p_from, p_to) t
  ), row_of as materialized (
    select coalesce(k.place, 0) as track, w.street_id, w.from_cm, w.to_cm, w.confidence,
      pg_catalog.date_part('epoch', case when k.id is not null then w.from_at else private.midnight(w.from_at) end)::bigint as from_s,
      pg_catalog.date_part('epoch', case when k.id is not null then w.to_at else private.midnight(w.to_at) end)::bigint as to_s
    from public.patrol_tracks t
    join public.patrol_walked w on w.track_id = t.id
    left join known k on k.id = t.id
    where t.land_id = p_land and t.day between p_from and p_to and (k.id is not null or t.community_id in (select private.my_patrol_communities()))
    -- Unknown walks in the order of streets: the order must not tell which parts were walked together.
    order by k.place, case when k.id is not null then w.place else w.street_id end, case when k.id is null then w.from_cm end
  )
  select json_build_object(
    'track', ('[' || coalesce(string_agg(r.track::text, ','), '') || ']')::json,
    'streetId', ('[' || coalesce(string_agg(r.street_id::text, ','), '') || ']')::json,
    'fromCm', ('[' || coalesce(string_agg(r.from_cm::text, ','), '') || ']')::json,
    'toCm', ('[' || coalesce(string_agg(r.to_cm::text, ','), '') || ']')::json,
    'fromS', ('[' || coalesce(string_agg(r.from_s::text, ','), '') || ']')::json,
    'toS', ('[' || coalesce(string_agg(r.to_s::text, ','), '') || ']')::json,
    'confidence', ('[' || coalesce(string_agg(r.confidence::text, ','), '') || ']')::json)
  from row_of r
$$;
comment on function private.patrol_walked_json(int, date, date) is
  'What was walked in a period, as columns → {track: place among private.read_tracks from 1, 0 for a walk the caller may not know of, streetId, fromCm, toCm, '
  'fromS, toS, confidence}.';

create function public.patrol_scope(p_land int, p_from date default null, p_to date default null) returns json
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_to date := coalesce(p_to, private.today());
  v_from date := coalesce(p_from, coalesce(p_to, private.today()) - 27);
  v_unit int;
  v_tracks json;
  v_marks json;
  v_passes json;
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('land_unknown', pg_catalog.jsonb_build_object('landId', p_land));
  elsif v_from > v_to or v_to - v_from > 366 then
    perform private.refuse_patrol('period');
  end if;
  select l.org_unit_id into v_unit from public.lands l where l.id = p_land;

  -- Auditors see walks, not who walked, nor what tells it: the route, and a grid with one worker.
  select coalesce(json_agg(case when w.id is not null then private.track_json(t)
    else private.track_json(t) || '{"personId": null, "planId": null, "route": null}'
      || case when t.grid_id in (select private.shared_grids()) then '{}' else '{"gridId": null}'::jsonb end end order by t.day, t.started_at, t.id), '[]')
  into v_tracks from private.read_tracks(p_land, v_from, v_to) t left join private.read_walkers(p_land, v_from, v_to) as w(id) on w.id = t.id;

  with known as materialized (
    select t.id, row_number() over (order by t.day, t.started_at, t.id) as place from private.read_tracks(p_land, v_from, v_to) t
  )
  select coalesce(json_agg(json_build_object('checkpointId', m.checkpoint_id, 'track', coalesce(k.place, 0), 'mark', m.mark,
    'at', told.at) order by told.at, m.checkpoint_id, k.place, m.mark), '[]')
  into v_marks
  from public.patrol_tracks t
  join public.patrol_marks m on m.track_id = t.id
  left join known k on k.id = t.id
  cross join lateral (select case when k.id is not null then m.at else private.midnight(m.at) end as at) told
  where t.land_id = p_land and t.day between v_from and v_to and (k.id is not null or t.community_id in (select private.my_patrol_communities()));

  with pass as (
    select p.building_id, max(p.at) as at
    from public.patrol_tracks t join public.patrol_passes p on p.track_id = t.id
    where t.land_id = p_land and (t.person_id in (select private.my_own_person())
      or t.community_id in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor'))
      or t.community_id is null and t.land_id in (select private.my_whole_lands()))
    group by p.building_id
    union all
    select p.building_id, private.midnight(max(p.at))
    from public.patrol_tracks t join public.patrol_passes p on p.track_id = t.id
    where t.land_id = p_land and t.community_id in (select private.my_patrol_communities())
    group by p.building_id
  ), latest as (
    select p.building_id, max(p.at) as at from pass p group by p.building_id order by p.building_id
  )
  select json_build_object('building', coalesce(json_agg(l.building_id), '[]'),
    'atS', coalesce(json_agg(pg_catalog.date_part('epoch', l.at)::bigint), '[]')) into v_passes from latest l;

  return json_build_object('version', 1, 'landId', p_land, 'nowMs', pg_catalog.round(pg_catalog.date_part('epoch', private.clock())::numeric * 1000),
    'fromDay', v_from, 'toDay', v_to, 'settings', public.patrol_settings(v_unit),
    'duties', private.duties_json(p_land), 'gates', private.gates_json(p_land),
    'checkpoints', (select coalesce(json_agg(private.checkpoint_json(c, c.community_id in (select private.my_led_communities())) order by c.id), '[]') from public.patrol_checkpoints c
      where c.land_id = p_land and c.removed_at is null and c.community_id in (select private.my_patrol_communities())),
    'plans', (select coalesce(json_agg(private.plan_json(p) order by p.number), '[]') from public.patrol_plans p
      where p.land_id = p_land and p.community_id in (select private.my_patrol_communities()) and (p.state <> 'ended' or p.valid_to >= v_from)),
    'tracks', v_tracks, 'walked', private.patrol_walked_json(p_land, v_from, v_to), 'marks', v_marks, 'passes', v_passes,
    'patrollers', (
      select coalesce(json_agg(json_build_object('personId', w.person_id, 'name', w.name_masked, 'role', w.role, 'communityId', w.org_unit_id,
        'gridIds', w.grids) order by w.org_unit_id, w.role, w.name_masked, w.person_id), '[]')
      from (
        select distinct on (o.person_id) o.person_id, p.name_masked, o.role, o.org_unit_id,
          (select coalesce(json_agg(distinct g.grid_id), '[]') from public.posts g where g.person_id = o.person_id and g.grid_id is not null
            and g.role in ('grid_leader', 'grid_worker') and g.valid_from <= current_date and (g.valid_to is null or g.valid_to >= current_date)) as grids
        from public.posts o
        join public.people p on p.id = o.person_id and p.active
        join public.org_units street on street.id = v_unit
        join public.org_units u on u.id = o.org_unit_id and u.path operator(extensions.<@) street.path
        where o.role in ('grid_leader', 'grid_worker') and o.org_unit_id in (select private.my_patrol_communities())
          and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
        order by o.person_id, o.role, o.id) w));
end
$$;
comment on function public.patrol_scope(int, date, date) is
  'What the room holds of a street''s patrols and of the walks of some days, both counted, the last 28 unless told → {version, landId, nowMs, fromDay, toDay, '
  'settings, duties, gates, checkpoints, plans, tracks, walked: columns, marks, passes: {building, atS}: latest of each, patrollers: masked}. Grid leaders and '
  'above see the walks of their territory, auditors without who walked; grid workers their own, and of others what was walked on which day. Errors: '
  'land_unknown, patrol_invalid {field: period}.';

create function public.track_yards(p_land int, p_from date, p_to date) returns json language plpgsql security definer set search_path = '' as $$
declare
  v_others int;
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  elsif p_from is null or p_to is null or p_from > p_to or p_to - p_from > 366 then
    perform private.refuse_patrol('period');
  end if;
  select count(distinct y.track_id) into v_others
  from private.read_walkers(p_land, p_from, p_to) as w(id)
  join public.patrol_tracks t on t.id = w.id and t.person_id is distinct from private.my_person()
  join public.patrol_yards y on y.track_id = t.id;
  if v_others > 0 then
    perform private.write_audit('track_yards_read', 'land', p_land::text, (select l.org_unit_id from public.lands l where l.id = p_land),
      pg_catalog.jsonb_build_object('from', p_from, 'to', p_to, 'walks', v_others));
  end if;
  return (
    -- In the order of places: it must not tell which were walked together.
    select coalesce(json_agg(json_build_object('line', extensions.st_asgeojson(y.geom, 7)::json -> 'coordinates', 'metres', y.metres)
      order by extensions.st_xmin(y.geom), extensions.st_ymin(y.geom), y.metres), '[]')
    from private.read_walkers(p_land, p_from, p_to) as w(id)
    join public.patrol_yards y on y.track_id = w.id);
end
$$;
comment on function public.track_yards(int, date, date) is
  'Ways off the streets on walks of a period, for those who may read these raw, without the walk → [{line: [[lng, lat]], metres}]; that those of '
  'others were read is on record. Errors: not_allowed, patrol_invalid {field: period}.';

-- ── one's own day ─────────────────────────────────────────────────────────────────────────────────────────────────
create function public.my_patrol(p_day date default null) returns json language plpgsql stable security definer set search_path = '' as $$
declare
  v_person uuid := private.require_walker();
  v_day date := coalesce(p_day, private.today());
  v_rules jsonb := public.patrol_settings(private.home_unit(v_person));
  v_version int := (v_rules ->> 'consentVersion')::int;
begin
  return json_build_object('nowMs', pg_catalog.round(pg_catalog.date_part('epoch', private.clock())::numeric * 1000), 'day', v_day,
    'consent', json_build_object('version', v_version, 'givenAt', (select c.given_at from public.patrol_consents c
      where c.person_id = v_person and c.version = v_version and c.withdrawn_at is null)),
    'settings', v_rules, 'isRecorded', (v_rules ->> 'onDaysOff')::boolean or private.is_work_day(v_day),
    'routes', (
      select coalesce(json_agg(json_build_object('planId', p.id, 'planNumber', p.number, 'title', p.title, 'kind', p.kind, 'landId', p.land_id,
        'communityId', p.community_id, 'startMinute', p.start_minute, 'shiftS', p.shift_s, 'walkMPerS', p.walk_m_per_s, 'route', private.route_json(r),
        'checkpoints', (
          select coalesce(json_agg(private.checkpoint_json(c, c.community_id in (select private.my_led_communities())) || pg_catalog.jsonb_build_object('mark', m.mark, 'markedAt', m.at) order by x.place), '[]')
          from unnest(r.checkpoints) with ordinality as x(id, place)
          join public.patrol_checkpoints c on c.id = x.id and c.community_id = p.community_id and c.removed_at is null
          left join lateral (
            select m.mark, m.at from public.patrol_marks m join public.patrol_tracks t on t.id = m.track_id
            where m.checkpoint_id = c.id and t.person_id = v_person and t.day = v_day order by m.mark = 'probable', m.at limit 1) m on true))
        order by p.start_minute, p.number, r.number), '[]')
      from public.patrol_plans p join public.patrol_routes r on r.plan_id = p.id
      -- An ended one held through the day it was ended on, which may be before its first.
      where r.person_id = v_person and (p.state = 'published' or p.state = 'ended' and v_day <= (p.saved_at at time zone 'Asia/Shanghai')::date) and v_day >= p.valid_from and (p.valid_to is null or v_day <= p.valid_to)
        and p.community_id in (select private.my_patrol_communities())
        and (p.weekdays[pg_catalog.date_part('isodow', v_day)::int] or not true = any (p.weekdays) and v_day = p.valid_from)),
    'tracks', (
      select coalesce(json_agg(private.track_json(t) || pg_catalog.jsonb_build_object('landId', t.land_id,
        'batches', (select coalesce(pg_catalog.jsonb_agg(f.seq order by f.seq), '[]') from private.patrol_fixes f where f.track_id = t.id))
        order by t.started_at, t.id), '[]')
      from public.patrol_tracks t where t.person_id = v_person and (t.day = v_day or t.state = 'open')));
end
$$;
comment on function public.my_patrol(date) is
  'The caller''s patrol of a day, today in Shanghai unless told → {nowMs, day, consent: {version, givenAt: null where not given}, settings, isRecorded: whether '
  'walks are recorded on the day, routes: [{planId, planNumber, title, kind, landId, communityId, startMinute, shiftS, walkMPerS, route, checkpoints: with mark '
  'and markedAt on one''s own walks of the day}], tracks: own ones of the day, and open ones, with batches: [seq]}. Errors: not_allowed.';
