-- What walks become: raw fixes for whoever matches them, the match with its proof, checkpoints confirmed by hand.

create function private.track_moment(p_seconds bigint) returns timestamptz language sql immutable set search_path = '' as $$
  select pg_catalog.to_timestamp(p_seconds::float8)
$$;
comment on function private.track_moment(bigint) is 'Moment of so many seconds since 1970.';

create function private.fixes_json(p_track uuid) returns json language sql stable set search_path = '' as $$
  with base as (
    select min(f.from_at) as from_at from private.patrol_fixes f where f.track_id = p_track
  ), fix as (
    select (pg_catalog.date_part('epoch', f.from_at - b.from_at) * 1000)::bigint + x.at_ms as at_ms, x.lng, x.lat, x.accuracy, f.seq, x.place
    from private.patrol_fixes f cross join base b
    cross join lateral unnest(f.at_ms, f.lng_e7, f.lat_e7, f.accuracy_dm) with ordinality as x(at_ms, lng, lat, accuracy, place)
    where f.track_id = p_track
  )
  select json_build_object('fromMs', (select pg_catalog.round(pg_catalog.date_part('epoch', b.from_at)::numeric * 1000) from base b),
    'atMs', ('[' || coalesce(string_agg(x.at_ms::text, ',' order by x.seq, x.place), '') || ']')::json,
    'lngE7', ('[' || coalesce(string_agg(x.lng::text, ',' order by x.seq, x.place), '') || ']')::json,
    'latE7', ('[' || coalesce(string_agg(x.lat::text, ',' order by x.seq, x.place), '') || ']')::json,
    'accuracyDm', ('[' || coalesce(string_agg(x.accuracy::text, ',' order by x.seq, x.place), '') || ']')::json)
  from fix x
$$;
comment on function private.fixes_json(uuid) is 'Raw fixes of a walk in the order they were recorded → {fromMs, atMs, lngE7, latE7, accuracyDm}.';

create function private.raw_line(p_track public.patrol_tracks) returns extensions.geometry language sql stable set search_path = '' as $$
  with fix as (
    select x.lng, x.lat, f.from_at + x.at_ms * interval '1 millisecond' as at, row_number() over (order by f.seq, x.place) as place, count(*) over () as n
    from private.patrol_fixes f
    cross join lateral unnest(f.at_ms, f.lng_e7, f.lat_e7) with ordinality as x(at_ms, lng, lat, place)
    where f.track_id = p_track.id
  ), point as (
    -- Every so many-th, so that no more than some 2,000 are left.
    select extensions.st_makepoint((x.lng / 1e7 - l.lng0) * l.m_per_deg_lng, (x.lat / 1e7 - l.lat0) * l.m_per_deg_lat) as geom, x.at, x.place
    from fix x join public.lands l on l.id = p_track.land_id
    where x.place % greatest(1, x.n / 2000) = 0 or x.place = x.n
  )
  select case when count(*) = 1 then min(p.geom::text)::extensions.geometry
    else extensions.st_simplify(extensions.st_makeline(p.geom order by p.at, p.place), 5, true) end
  from point p
$$;
comment on function private.raw_line(public.patrol_tracks) is
  'The raw fixes of a walk as a line in metres of the frame, sampled and simplified to 5 m; a point where there is but one, null where none are kept.';

-- ── raw fixes ─────────────────────────────────────────────────────────────────────────────────────────────────────
drop index public.audit_log_reveals;
create index audit_log_reveals on public.audit_log (person_id, at) where action in ('resident_revealed', 'reporter_revealed', 'track_revealed');

create or replace function private.spend_reveal(p_person uuid) returns int language plpgsql set search_path = '' as $$
declare
  -- The day of those who work here.
  v_midnight timestamptz := pg_catalog.date_trunc('day', pg_catalog.now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
  v_limit int := coalesce((private.setting_at(private.home_unit(p_person), 'reveals_per_day') ->> 'limit')::int, 50);
  v_used int;
begin
  -- The person's row makes two at once count one after the other.
  perform 1 from public.people p where p.id = p_person for no key update;
  select count(*) into v_used from public.audit_log l
  where l.person_id = p_person and l.action in ('resident_revealed', 'reporter_revealed', 'track_revealed') and l.at >= v_midnight;
  if v_used >= v_limit then
    perform private.fail('reveal_limit_reached',
      pg_catalog.jsonb_build_object('limit', v_limit, 'used', v_used, 'resetsAt', v_midnight + interval '1 day'));
  end if;
  return v_limit - v_used - 1;
end
$$;
comment on function private.spend_reveal(uuid) is
  'How many residents, reporters and raw walks the person may still see today after this one. The log counts. Errors: reveal_limit_reached {limit, used, '
  'resetsAt}.';

create function public.raw_track(p_track uuid, p_reason text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_track public.patrol_tracks;
  v_reason text := private.clean_text(p_reason);
  v_left int;
begin
  select * into v_track from public.patrol_tracks t where t.id = p_track;
  -- One answer for hidden and for absent, so that nothing can be probed.
  if v_track.id is null or not (private.is_own_track(v_track) or private.leads_track(v_track)) then
    perform private.fail('not_allowed');
  elsif not v_track.has_raw then
    perform private.fail('raw_gone');
  end if;
  if not private.is_own_track(v_track) then
    if pg_catalog.length(coalesce(v_reason, '')) < 4 then
      perform private.fail('reason_required');
    end if;
    v_left := private.spend_reveal(private.my_person());
    perform private.write_audit('track_revealed', 'track', p_track::text, v_track.community_id,
      pg_catalog.jsonb_build_object('day', v_track.day, 'reason', pg_catalog.left(v_reason, 500)));
  end if;
  return private.fixes_json(p_track)::jsonb || pg_catalog.jsonb_build_object('trackId', p_track, 'revealsLeft', v_left, 'yards', (
    select coalesce(pg_catalog.jsonb_agg(extensions.st_asgeojson(y.geom, 7)::jsonb -> 'coordinates' order by y.place), '[]')
    from public.patrol_yards y where y.track_id = p_track));
end
$$;
comment on function public.raw_track(uuid, text) is
  'The raw fixes of a walk → {trackId, fromMs, atMs, lngE7, latE7, accuracyDm, yards: lines off the streets [[lng, lat]], revealsLeft}: one''s own, revealsLeft '
  'null; those of the territory, for grid leaders and above, with a reason of four characters, a row in the audit log and as one of the reveals of the day. Errors: not_allowed, raw_gone, '
  'reason_required, reveal_limit_reached {limit, used, resetsAt}.';

create function public.tracks_to_match(p_land int, p_own boolean default false, p_after uuid default null) returns json
language plpgsql security definer set search_path = '' as $$
declare
  v_tracks uuid[];
  v_others uuid[];
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  end if;
  select coalesce(array_agg(t.id), '{}'), coalesce(array_agg(t.id order by t.id) filter (where not t.is_own), '{}') into v_tracks, v_others
  from (
    select t.id, private.is_own_track(t) as is_own from public.patrol_tracks t
    where t.land_id = p_land and t.state = 'ended' and t.has_raw and (p_after is null or t.id > p_after) and (private.is_own_track(t)
      -- The walker's phone matches first; who orders patrols reads only what it left.
      or not coalesce(p_own, false) and t.ended_at <= private.clock() - interval '30 minutes' and private.leads_track(t))
    order by t.id limit 20) t;
  perform private.write_audit('tracks_read_to_match', 'track', t.id::text,
    coalesce(t.community_id, (select l.org_unit_id from public.lands l where l.id = t.land_id)), pg_catalog.jsonb_build_object('day', t.day))
  from public.patrol_tracks t where t.id = any (v_others);
  return (
    select coalesce(json_agg(json_build_object('trackId', t.id, 'communityId', t.community_id, 'startedAt', t.started_at, 'endedAt', t.ended_at,
      'fixes', private.fixes_json(t.id)) order by t.id), '[]')
    from public.patrol_tracks t where t.id = any (v_tracks));
end
$$;
comment on function public.tracks_to_match(int, boolean, uuid) is
  'Ended walks of a land not yet matched, 20 at a time by id after one: the caller''s own, and unless p_own those of the communities led that ended 30 minutes '
  'ago → [{trackId, communityId, startedAt, endedAt, fixes: {fromMs, atMs, lngE7, latE7, accuracyDm}}]. Each walk of another that was read is on record. '
  'Errors: not_allowed.';

-- ── the match ─────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.refuse_match(p_reason text, p_index int) returns void language sql set search_path = '' as $$
  select private.fail('match_invalid', pg_catalog.jsonb_build_object('reason', p_reason, 'index', p_index))
$$;
comment on function private.refuse_match(text, int) is 'Raise match_invalid {reason, index}.';

create function private.yard_line(p_line jsonb) returns extensions.geometry language sql immutable set search_path = '' as $$
  select case when case when pg_catalog.jsonb_typeof(p_line) = 'array' then pg_catalog.jsonb_array_length(p_line) between 2 and 5000 and not exists (
      select from pg_catalog.jsonb_array_elements(p_line) p
      where pg_catalog.jsonb_typeof(p) <> 'array' or p -> 2 is not null
        or not (private.is_number_between(p -> 0, -180, 180) and private.is_number_between(p -> 1, -85, 85))) else false end
    then extensions.st_setsrid(extensions.st_geomfromgeojson(pg_catalog.jsonb_build_object('type', 'LineString', 'coordinates', p_line)), 4326) end
$$;
comment on function private.yard_line(jsonb) is 'A line [[lng, lat]] of 2 to 5,000 positions, WGS84; null where it is none.';

create function private.match_reach_m() returns float8 language sql immutable set search_path = '' as $$
  -- 80 m, and the 5 m the line was simplified by.
  select 85.0::float8
$$;
comment on function private.match_reach_m() is 'How far from its raw line, in metres, a walk may be said to have been.';

create function private.keep_match(p_track public.patrol_tracks, p_match jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_land public.lands;
  v_raw extensions.geometry := private.raw_line(p_track);
  v_from timestamptz := p_track.started_at - interval '1 minute';
  v_to timestamptz := p_track.ended_at + interval '1 minute';
  v_reach_m float8 := private.match_reach_m();
  -- How far off a building counts as passed: of the street, as the console knows it.
  v_pass_m float8 := (private.patrol_rules_of(null, p_track.land_id) ->> 'passM')::float8;
  v_s jsonb := p_match -> 'stretches';
  v_street int[];
  v_from_cm int[];
  v_to_cm int[];
  v_from_s int[];
  v_to_s int[];
  v_sure int[];
  v_n int;
  v_bad int;
begin
  select * into v_land from public.lands l where l.id = p_track.land_id;
  v_street := private.patrol_ints(v_s, 'streetId', 1, 2147483647, null);
  v_n := pg_catalog.cardinality(v_street);
  v_from_cm := private.patrol_ints(v_s, 'fromCm', 0, 2147483647, v_n);
  v_to_cm := private.patrol_ints(v_s, 'toCm', 0, 2147483647, v_n);
  v_from_s := private.patrol_ints(v_s, 'fromS', 0, 2147483647, v_n);
  v_to_s := private.patrol_ints(v_s, 'toS', 0, 2147483647, v_n);
  v_sure := private.patrol_ints(v_s, 'confidence', 0, 100, v_n);
  if v_n > 20000 then
    perform private.refuse_match('count', v_n);
  end if;
  v_bad := private.bad_stretch(p_track.land_id, v_street, v_from_cm, v_to_cm, false);
  if v_bad is not null then
    perform private.refuse_match('stretch', v_bad);
  end if;
  select min(s.place) - 1 into v_bad from unnest(v_from_s, v_to_s) with ordinality as s(from_s, to_s, place)
  where s.from_s > s.to_s or private.track_moment(s.from_s) < v_from or private.track_moment(s.to_s) > v_to;
  if v_bad is not null then
    perform private.refuse_match('time', v_bad);
  end if;
  with line as materialized (
    select s.id, private.in_frame(s.geom, v_land) as geom, extensions.st_length(private.in_frame(s.geom, v_land)) as m
    from public.streets s where s.id = any (v_street)
  )
  select min(s.place) - 1 into v_bad
  from unnest(v_street, v_from_cm, v_to_cm) with ordinality as s(street_id, from_cm, to_cm, place)
  join line on line.id = s.street_id
  -- Both ends, and places between no more than 40 m apart.
  cross join lateral (select pg_catalog.ceil((s.to_cm - s.from_cm) / 4000.0)::int as parts) n
  cross join lateral pg_catalog.generate_series(0, n.parts) as at(part)
  where not extensions.st_dwithin(v_raw, extensions.st_lineinterpolatepoint(line.geom,
    least(1.0, (s.from_cm + (s.to_cm - s.from_cm)::float8 * at.part / n.parts) / 100 / line.m)), v_reach_m);
  if v_bad is not null then
    perform private.refuse_match('far', v_bad);
  end if;

  delete from public.patrol_walked w where w.track_id = p_track.id;
  insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
  select p_track.id, s.place, s.street_id, s.from_cm, s.to_cm, private.track_moment(s.from_s), private.track_moment(s.to_s), s.sure
  from unnest(v_street, v_from_cm, v_to_cm, v_from_s, v_to_s, v_sure) with ordinality as s(street_id, from_cm, to_cm, from_s, to_s, sure, place);

  -- ── off the streets ───────────────────────────────────────────────────────────────────────────────────────────────
  if coalesce(pg_catalog.jsonb_typeof(p_match -> 'yards'), '') <> 'array' or pg_catalog.jsonb_array_length(p_match -> 'yards') > 500 then
    perform private.refuse_patrol('yards');
  end if;
  delete from public.patrol_yards y where y.track_id = p_track.id;
  insert into public.patrol_yards (track_id, place, geom, metres)
  select p_track.id, y.place, y.geom, extensions.st_length(private.in_frame(y.geom, v_land))
  from (select y.place, private.yard_line(y.value -> 'line') as geom from pg_catalog.jsonb_array_elements(p_match -> 'yards') with ordinality as y(value, place)) y
  where y.geom is not null;
  if (select count(*) from public.patrol_yards y where y.track_id = p_track.id) <> pg_catalog.jsonb_array_length(p_match -> 'yards') then
    perform private.refuse_patrol('yards');
  end if;
  select min(y.place) - 1 into v_bad from public.patrol_yards y
  cross join lateral extensions.st_dumppoints(private.in_frame(y.geom, v_land)) as d
  where y.track_id = p_track.id and not extensions.st_dwithin(v_raw, d.geom, v_reach_m);
  if v_bad is not null then
    perform private.refuse_match('yard', v_bad);
  end if;

  -- ── checkpoints; what was confirmed by hand stays ────────────────────────────────────────────────────────────────────
  if coalesce(pg_catalog.jsonb_typeof(p_match -> 'marks'), '') <> 'array' or pg_catalog.jsonb_array_length(p_match -> 'marks') > 500
    or exists (select from pg_catalog.jsonb_array_elements(p_match -> 'marks') v where not private.is_count(v -> 'checkpointId')) then
    perform private.refuse_patrol('marks');
  end if;
  delete from public.patrol_marks m where m.track_id = p_track.id and m.mark <> 'confirmed';
  insert into public.patrol_marks (track_id, checkpoint_id, mark, at)
  select distinct on (m.id) p_track.id, m.id, m.mark, m.at
  from (
    select (v.value ->> 'checkpointId')::int as id, private.patrol_moment(v.value, 'at') as at,
      case v.value ->> 'mark' when 'visited' then 'visited' when 'probable' then 'probable' end::public.checkpoint_mark as mark
    from pg_catalog.jsonb_array_elements(p_match -> 'marks') v) m
  join public.patrol_checkpoints c on c.id = m.id and c.land_id = p_track.land_id and c.community_id in (select private.my_patrol_communities())
    and extensions.st_dwithin(v_raw, private.in_frame(c.geom, v_land), v_reach_m + c.radius_m)
  where m.mark is not null and m.at between v_from and v_to
  order by m.id, m.mark, m.at
  on conflict (track_id, checkpoint_id) do nothing;
  select min(v.place) - 1 into v_bad from pg_catalog.jsonb_array_elements(p_match -> 'marks') with ordinality as v(value, place)
  where not exists (select from public.patrol_marks m where m.track_id = p_track.id and m.checkpoint_id = (v.value ->> 'checkpointId')::int);
  if v_bad is not null then
    perform private.refuse_match('mark', v_bad);
  end if;

  -- ── buildings ─────────────────────────────────────────────────────────────────────────────────────────────────────
  v_street := private.patrol_ints(p_match -> 'passes', 'buildingId', 1, 2147483647, null);
  v_n := pg_catalog.cardinality(v_street);
  v_from_s := private.patrol_ints(p_match -> 'passes', 'atS', 0, 2147483647, v_n);
  if v_n > 20000 then
    perform private.refuse_match('count', v_n);
  end if;
  select min(p.place) - 1 into v_bad from unnest(v_street, v_from_s) with ordinality as p(id, at_s, place)
  left join public.buildings b on b.id = p.id and b.land_id = p_track.land_id
  where b.id is null or not (private.track_moment(p.at_s) between v_from and v_to)
    or not extensions.st_dwithin(v_raw, private.in_frame(extensions.st_envelope(b.geom), v_land), v_reach_m + v_pass_m);
  if v_bad is not null then
    perform private.refuse_match('building', v_bad);
  end if;
  delete from public.patrol_passes p where p.track_id = p_track.id;
  insert into public.patrol_passes (track_id, building_id, at)
  select p_track.id, p.id, max(private.track_moment(p.at_s)) from unnest(v_street, v_from_s) as p(id, at_s) group by p.id;
end
$$;
comment on function private.keep_match(public.patrol_tracks, jsonb) is
  'Keep what a walk was, instead of what was kept before, once all of it is on the land, within the time of the walk and within 80 m of its raw fixes, buildings '
  'within what counts as passed besides. Errors: patrol_invalid {field}, match_invalid {reason: count | stretch | time | far | yard | mark | building, index}.';

create function public.save_track_match(p_track uuid, p_match jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_track_match', p_request_key, pg_catalog.jsonb_build_array(p_track, p_match));
  v_track public.patrol_tracks;
  v_is_own boolean;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_track from public.patrol_tracks t where t.id = p_track for update;
  v_is_own := private.is_own_track(v_track);
  if v_track.id is null or not (v_is_own or private.leads_track(v_track)) then
    perform private.fail('not_allowed');
  elsif v_track.state = 'open' then
    perform private.fail('track_open');
  elsif not v_track.has_raw then
    perform private.fail('raw_gone');
  elsif coalesce(pg_catalog.jsonb_typeof(p_match), '') <> 'object' then
    perform private.refuse_patrol('match');
  elsif coalesce(pg_catalog.jsonb_typeof(p_match -> 'dropped'), '') <> 'object' or exists (
      select from pg_catalog.jsonb_each(p_match -> 'dropped') d where d.key !~ '^[a-z_]{1,30}$' or not private.is_count(d.value)) then
    perform private.refuse_patrol('dropped');
  end if;
  perform private.keep_match(v_track, p_match);
  update public.patrol_tracks t set state = 'matched', dropped = p_match -> 'dropped', matched_by = private.my_person(), matched_at = private.clock(),
    street_m = coalesce((select sum(w.to_cm - w.from_cm) from public.patrol_walked w where w.track_id = p_track) / 100.0, 0),
    yard_m = coalesce((select sum(y.metres) from public.patrol_yards y where y.track_id = p_track), 0)
  where t.id = p_track returning street_m, yard_m into v_track.street_m, v_track.yard_m;
  if not v_is_own or v_track.state = 'matched' then
    perform private.write_audit('track_matched', 'track', p_track::text, v_track.community_id,
      pg_catalog.jsonb_build_object('day', v_track.day, 'again', v_track.state = 'matched'));
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('streetM', v_track.street_m, 'yardM', v_track.yard_m));
end
$$;
comment on function public.save_track_match(uuid, jsonb, uuid) is
  'Keep what a walk was, whole {stretches: {streetId, fromCm, toCm, fromS, toS, confidence}, yards: [{line}], marks: [{checkpointId, mark: visited | probable, '
  'at}], passes: {buildingId, atS}, dropped: {<reason>: n}} → {streetM, yardM}. For the walker, and grid leaders and above of its community. Errors: '
  'not_allowed, track_open, raw_gone, patrol_invalid {field}, match_invalid {reason, index}, request_key_reused.';

-- ── by hand ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.mark_checkpoint(p_track uuid, p_checkpoint int, p_at timestamptz, p_accuracy double precision, p_lng double precision, p_lat double precision)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_track public.patrol_tracks := private.my_track(p_track);
  v_checkpoint public.patrol_checkpoints;
  v_metres float8;
  v_within float8;
  v_refusal text;
  v_rules jsonb;
begin
  select * into v_checkpoint from public.patrol_checkpoints c
  where c.id = p_checkpoint and c.land_id = v_track.land_id and c.community_id in (select private.my_patrol_communities()) and c.removed_at is null;
  if not found then
    perform private.fail('not_allowed');
  elsif not coalesce(p_accuracy between 0 and 10000 and p_lng between -180 and 180 and p_lat between -85 and 85, false) then
    perform private.refuse_patrol('lngLat');
  elsif p_at is null or p_at < v_track.started_at - interval '1 minute' or p_at > v_track.ended_at + interval '1 minute' then
    perform private.refuse_patrol('at');
  -- A walk without fixes proves nothing any more.
  elsif v_track.consent_version is null or v_track.state <> 'open' and not v_track.has_raw then
    perform private.fail('track_closed');
  end if;
  v_refusal := (private.refusals_of_moments(v_track, array[p_at]))[1];
  if v_refusal in ('hours', 'day_off') then
    v_rules := private.patrol_rules_of(v_track.community_id, v_track.land_id);
    perform private.fail('outside_hours', pg_catalog.jsonb_build_object('fromMinute', v_rules -> 'fromMinute', 'toMinute', v_rules -> 'toMinute'));
  elsif v_refusal is not null then
    perform private.refuse_patrol('at', pg_catalog.jsonb_build_object('reason', v_refusal));
  end if;
  perform private.require_consent(v_track.person_id);
  v_metres := extensions.st_distance(extensions.st_setsrid(extensions.st_makepoint(p_lng, p_lat), 4326)::extensions.geography,
    v_checkpoint.geom::extensions.geography);
  -- A phone that knows its place to a kilometre is nowhere.
  v_within := v_checkpoint.radius_m + least(p_accuracy, 100);
  if v_metres > v_within then
    perform private.fail('too_far', pg_catalog.jsonb_build_object('metres', pg_catalog.round(v_metres), 'withinM', pg_catalog.round(v_within)));
  end if;
  -- Afterwards the walk itself must have come by.
  if v_track.state <> 'open' then
    v_within := v_checkpoint.radius_m + private.match_reach_m();
    select extensions.st_distance(private.raw_line(v_track), private.in_frame(v_checkpoint.geom, l)) into v_metres
    from public.lands l where l.id = v_track.land_id;
    if not coalesce(v_metres <= v_within, false) then
      perform private.fail('too_far', pg_catalog.jsonb_build_object('metres', pg_catalog.round(v_metres), 'withinM', pg_catalog.round(v_within)));
    end if;
  end if;
  insert into public.patrol_marks as m (track_id, checkpoint_id, mark, at) values (p_track, p_checkpoint, 'confirmed', p_at)
  on conflict (track_id, checkpoint_id) do update set mark = 'confirmed', at = case when m.mark = 'confirmed' then m.at else excluded.at end
  returning at into p_at;
  return pg_catalog.jsonb_build_object('checkpointId', p_checkpoint, 'at', p_at);
end
$$;
comment on function public.mark_checkpoint(uuid, int, timestamptz, double precision, double precision, double precision) is
  'Confirm by hand on an own walk that one is at a checkpoint: at a moment, with the position''s accuracy in metres and its longitude and latitude → '
  '{checkpointId, at}; confirmed already is no error. The moment is held to the same rules as a fix; where the walk has ended, its raw fixes must have come '
  'by. Errors: not_allowed, too_far {metres, withinM}, outside_hours {fromMinute, toMinute}, track_closed: it has ended without fixes, consent_required '
  '{version}, patrol_invalid {field, reason}.';
