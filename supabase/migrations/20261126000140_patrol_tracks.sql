-- How walks come in: consent, batches of fixes stored once, working hours, files, and the end of a walk.

-- ── consent ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.consent_version(p_person uuid) returns int language sql stable set search_path = '' as $$
  select (public.patrol_settings(private.home_unit(p_person)) ->> 'consentVersion')::int
$$;
comment on function private.consent_version(uuid) is 'Version of the words a person must have agreed to, by the unit he or she belongs to.';

create function private.require_consent(p_person uuid) returns int language plpgsql set search_path = '' as $$
declare
  v_version int := private.consent_version(p_person);
begin
  -- Held to the end of the transaction: who takes it back at the same moment waits, and finds what came in.
  perform from public.patrol_consents c where c.person_id = p_person and c.version = v_version and c.withdrawn_at is null for share;
  if not found then
    perform private.fail('consent_required', pg_catalog.jsonb_build_object('version', v_version));
  end if;
  return v_version;
end
$$;
comment on function private.require_consent(uuid) is 'Version of the consent in force that a person gave, which cannot be taken back before the transaction ends; consent_required {version} without.';

create function private.require_walker() returns uuid language plpgsql stable set search_path = '' as $$
declare
  v_person uuid := private.my_person();
begin
  if v_person is null or not exists (select from private.my_posts() o where o.role not in ('member', 'cadre', 'auditor')) then
    perform private.fail('not_allowed');
  end if;
  return v_person;
end
$$;
comment on function private.require_walker() is 'The caller, who may patrol: any post but a member''s, a cadre''s or an auditor''s. Error: not_allowed.';

create function public.give_patrol_consent(p_version int, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('give_patrol_consent', p_request_key, pg_catalog.to_jsonb(p_version));
  v_person uuid := private.require_walker();
  v_version int := private.consent_version(v_person);
  v_given timestamptz;
begin
  if v_kept is not null then
    return v_kept;
  elsif p_version is distinct from v_version then
    perform private.fail('consent_outdated', pg_catalog.jsonb_build_object('version', v_version));
  end if;
  insert into public.patrol_consents (person_id, version, given_at) values (v_person, v_version, private.clock())
  on conflict (person_id, version) where withdrawn_at is null do nothing returning given_at into v_given;
  if v_given is null then
    select c.given_at into v_given from public.patrol_consents c where c.person_id = v_person and c.version = v_version and c.withdrawn_at is null;
  else
    perform private.write_audit('patrol_consent_given', 'person', v_person::text, private.home_unit(v_person), pg_catalog.jsonb_build_object('version', v_version));
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('version', v_version, 'givenAt', v_given));
end
$$;
comment on function public.give_patrol_consent(int, uuid) is
  'Agree that one''s own walks are recorded, to the words of a version → {version, givenAt}; given already is no error. Errors: not_allowed, consent_outdated '
  '{version}, request_key_reused.';

create function private.forget_raw(p_tracks uuid[]) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  delete from private.patrol_fixes f where f.track_id = any (p_tracks);
  delete from public.patrol_yards y where y.track_id = any (p_tracks);
  update public.patrol_tracks t set has_raw = false where t.id = any (p_tracks) and t.has_raw;
  get diagnostics v_count = row_count;
  -- Without fixes they never become anything.
  delete from public.patrol_tracks t where t.id = any (p_tracks) and t.state <> 'matched';
  return v_count;
end
$$;
comment on function private.forget_raw(uuid[]) is
  'Delete the raw fixes of walks and the ways off streets made of them, and walks that were never matched as a whole → how many had any.';

create function public.withdraw_patrol_consent(p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('withdraw_patrol_consent', p_request_key, '[]');
  v_person uuid := private.my_person();
  v_tracks uuid[];
  v_count int;
  v_is_held boolean;
begin
  if v_kept is not null then
    return v_kept;
  elsif v_person is null then
    perform private.fail('not_allowed');
  end if;
  -- First the consent: what comes in under it right now is waited for, and deleted with the rest. Batches that come later find no walk.
  update public.patrol_consents c set withdrawn_at = private.clock() where c.person_id = v_person and c.withdrawn_at is null;
  v_is_held := found;
  select coalesce(array_agg(t.id), '{}') into v_tracks
  from (select x.id from public.patrol_tracks x
    where x.person_id = v_person and (x.state <> 'matched' or exists (select from private.patrol_fixes f where f.track_id = x.id)) for update) t;
  v_count := private.forget_raw(v_tracks);
  if v_is_held or v_tracks <> '{}' then
    perform private.write_audit('patrol_consent_withdrawn', 'person', v_person::text, private.home_unit(v_person), pg_catalog.jsonb_build_object('tracks', v_count));
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('tracks', v_count));
end
$$;
comment on function public.withdraw_patrol_consent(uuid) is
  'Take one''s consent back: nothing is recorded any more, and the raw fixes of all one''s own walks are deleted, walks not yet matched with them → {tracks: '
  'how many had raw fixes}. Errors: not_allowed, request_key_reused.';

-- ── fixes ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.add_counts(p_one jsonb, p_other jsonb) returns jsonb language sql immutable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_object_agg(c.key, c.n), '{}') from (
    select e.key, sum(e.value::int) as n
    from (select * from pg_catalog.jsonb_each_text(p_one) union all select * from pg_catalog.jsonb_each_text(p_other)) e group by e.key) c
$$;
comment on function private.add_counts(jsonb, jsonb) is 'Counts by name, added up.';

create function private.refusals_of_moments(p_track public.patrol_tracks, p_moments timestamptz[]) returns text[] language sql stable set search_path = '' as $$
  with rule as materialized (
    select private.clock() as now, (r.rules ->> 'fromMinute')::int as from_minute, (r.rules ->> 'toMinute')::int as to_minute,
      (r.rules ->> 'onDaysOff')::boolean or private.is_work_day(p_track.day) as is_recorded
    from (select private.patrol_rules_of(p_track.community_id, p_track.land_id) as rules) r
  )
  select array_agg(case when m.at > r.now + interval '2 minutes' then 'future' when m.at < r.now - interval '7 days' then 'too_old'
    when h.here::date <> p_track.day then 'other_day' when not r.is_recorded then 'day_off'
    when not (pg_catalog.date_part('hour', h.here) * 60 + pg_catalog.date_part('minute', h.here) between r.from_minute and r.to_minute - 1) then 'hours' end
    order by m.place)
  from unnest(p_moments) with ordinality as m(at, place)
  cross join rule r
  cross join lateral (select m.at at time zone 'Asia/Shanghai' as here) h
$$;
comment on function private.refusals_of_moments(public.patrol_tracks, timestamptz[]) is
  'By moment, why nothing of a walk may be kept of it: future, too_old (7 days), other_day, day_off, hours of the place; null where it may.';

create function private.keep_fixes(p_track public.patrol_tracks, p_seq int, p_from timestamptz, p_at int[], p_lng int[], p_lat int[], p_accuracy int[], p_hash bytea)
returns jsonb language plpgsql set search_path = '' as $$
declare
  v_refusals text[] := private.refusals_of_moments(p_track, array(
    select p_from + f.at_ms * interval '1 millisecond' from unnest(p_at) with ordinality as f(at_ms, place) order by f.place));
  v_batch private.patrol_fixes;
begin
  with judged as (
    select f.* from unnest(p_at, p_lng, p_lat, p_accuracy, v_refusals) with ordinality as f(at_ms, lng, lat, accuracy, reason, place)
  )
  select coalesce(array_agg(j.at_ms order by j.place) filter (where j.reason is null), '{}'),
    coalesce(array_agg(j.lng order by j.place) filter (where j.reason is null), '{}'),
    coalesce(array_agg(j.lat order by j.place) filter (where j.reason is null), '{}'),
    coalesce(array_agg(j.accuracy::smallint order by j.place) filter (where j.reason is null), '{}'),
    (select coalesce(pg_catalog.jsonb_object_agg(r.reason, r.n), '{}')
      from (select x.reason, count(*) as n from judged x where x.reason is not null group by x.reason) r)
  into v_batch.at_ms, v_batch.lng_e7, v_batch.lat_e7, v_batch.accuracy_dm, v_batch.dropped from judged j;
  if p_track.fixes + pg_catalog.cardinality(v_batch.at_ms) > 40000 then
    perform private.fail('track_full', '{"most": 40000}');
  end if;
  insert into private.patrol_fixes (track_id, seq, from_at, at_ms, lng_e7, lat_e7, accuracy_dm, dropped, hash)
  values (p_track.id, p_seq, p_from, v_batch.at_ms, v_batch.lng_e7, v_batch.lat_e7, v_batch.accuracy_dm, v_batch.dropped, p_hash);
  update public.patrol_tracks t set fixes = t.fixes + pg_catalog.cardinality(v_batch.at_ms), refused = private.add_counts(t.refused, v_batch.dropped),
    has_raw = t.has_raw or v_batch.at_ms <> '{}'
  where t.id = p_track.id;
  return pg_catalog.jsonb_build_object('stored', pg_catalog.cardinality(v_batch.at_ms), 'dropped', v_batch.dropped);
end
$$;
comment on function private.keep_fixes(public.patrol_tracks, int, timestamptz, int[], int[], int[], int[], bytea) is
  'Store the fixes of a batch that may be kept, and count those that may not: outside the hours, on days off, of another day, older than 7 days, in the future '
  '→ {stored, dropped: {<reason>: n}}. The walk is locked. Error: track_full {most}.';

create function private.read_fixes(p_fixes jsonb, p_most int, out from_at timestamptz, out at_ms int[], out lng_e7 int[], out lat_e7 int[], out accuracy_dm int[])
language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(pg_catalog.jsonb_typeof(p_fixes), '') <> 'object' then
    perform private.refuse_patrol('fixes');
  end if;
  -- 2020 to 2099.
  from_at := pg_catalog.to_timestamp(private.patrol_number(p_fixes, 'fromMs', 1577836800000, 4102444800000)::float8 / 1000);
  at_ms := private.patrol_ints(p_fixes, 'atMs', -86400000, 172800000, null);
  if pg_catalog.cardinality(at_ms) not between 1 and p_most then
    perform private.refuse_patrol('fixes', pg_catalog.jsonb_build_object('least', 1, 'most', p_most));
  end if;
  lng_e7 := private.patrol_ints(p_fixes, 'lngE7', -1800000000, 1800000000, pg_catalog.cardinality(at_ms));
  lat_e7 := private.patrol_ints(p_fixes, 'latE7', -850000000, 850000000, pg_catalog.cardinality(at_ms));
  accuracy_dm := private.patrol_ints(p_fixes, 'accuracyDm', -1, 32767, pg_catalog.cardinality(at_ms));
end
$$;
comment on function private.read_fixes(jsonb, int) is
  'Fixes of a document {fromMs, atMs, lngE7, latE7, accuracyDm}: columns of whole numbers of one length. Error: patrol_invalid {field}.';

-- ── a walk as it is recorded ──────────────────────────────────────────────────────────────────────────────────────
create function private.begin_track(p_track uuid, p_person uuid, p_input jsonb, p_started timestamptz, p_source public.track_source)
returns public.patrol_tracks language plpgsql set search_path = '' as $$
declare
  v_track public.patrol_tracks;
  v_post record;
begin
  v_track.land_id := private.patrol_number(p_input, 'landId', 1, 2147483647);
  v_track.plan_id := private.patrol_uuid(p_input, 'planId');
  if coalesce(pg_catalog.jsonb_typeof(p_input -> 'route'), 'null') <> 'null' then
    v_track.route := private.patrol_number(p_input, 'route', 1, 50);
  end if;
  if v_track.land_id not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  end if;
  -- The community and grid of the post that sends one out there.
  select u.id as community_id, o.grid_id into v_post
  from public.posts o
  join public.org_units home on home.id = o.org_unit_id
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) home.path and home.level = 'community'
  join public.org_units street on street.path operator(extensions.@>) u.path
  join public.lands l on l.org_unit_id = street.id and l.id = v_track.land_id
  where o.person_id = p_person and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
  order by o.role = 'grid_worker' desc, o.role = 'grid_leader' desc, o.id limit 1;
  v_track.community_id := v_post.community_id;
  v_track.grid_id := v_post.grid_id;
  if v_track.plan_id is not null then
    select p.community_id, coalesce(v_track.grid_id, r.grid_ids[1]) into v_track.community_id, v_track.grid_id
    from public.patrol_plans p join public.patrol_routes r on r.plan_id = p.id and r.number = v_track.route
    where p.id = v_track.plan_id and p.land_id = v_track.land_id and p.state <> 'draft' and p.community_id in (select private.my_patrol_communities());
    if not found then
      perform private.refuse_patrol('planId');
    end if;
  end if;
  insert into public.patrol_tracks (id, land_id, community_id, grid_id, person_id, plan_id, route, day, started_at, source, consent_version)
  values (p_track, v_track.land_id, v_track.community_id, v_track.grid_id, p_person, v_track.plan_id,
    case when v_track.plan_id is not null then v_track.route end, (p_started at time zone 'Asia/Shanghai')::date, p_started, p_source,
    private.require_consent(p_person))
  on conflict (id) do nothing returning * into v_track;
  return v_track;
end
$$;
comment on function private.begin_track(uuid, uuid, jsonb, timestamptz, public.track_source) is
  'A new walk {landId, planId?, route?} of a person, in the community and for the grid of the post there or of the plan; all null where the id is taken. '
  'Errors: not_allowed, patrol_invalid {field}, consent_required {version}.';

create function private.my_track(p_track uuid) returns public.patrol_tracks language plpgsql set search_path = '' as $$
declare
  v_track public.patrol_tracks;
begin
  -- The consent before the walk, as where it is taken back: two at once wait for each other and never for ever.
  perform from public.patrol_consents c where c.person_id = private.my_person() and c.withdrawn_at is null order by c.id for share;
  select * into v_track from public.patrol_tracks t where t.id = p_track for update;
  if v_track.id is null or not private.is_own_track(v_track) then
    perform private.fail('not_allowed');
  end if;
  return v_track;
end
$$;
comment on function private.my_track(uuid) is 'An own walk, locked; not_allowed else.';

create function public.open_track(p_track uuid, p_input jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.require_walker();
  v_now timestamptz := private.clock();
  v_started timestamptz;
  v_track public.patrol_tracks;
  v_rules jsonb;
begin
  if p_track is null or coalesce(pg_catalog.jsonb_typeof(p_input), '') <> 'object' then
    perform private.refuse_patrol('track');
  end if;
  v_started := private.patrol_moment(p_input, 'startedAt');
  if v_started not between v_now - interval '7 days' and v_now + interval '2 minutes' then
    perform private.refuse_patrol('startedAt');
  end if;
  v_track := private.begin_track(p_track, v_person, p_input, v_started, 'recorded');
  if v_track.id is not null then
    if (private.refusals_of_moments(v_track, array[v_started]))[1] is not null then
      v_rules := private.patrol_rules_of(v_track.community_id, v_track.land_id);
      perform private.fail('outside_hours', pg_catalog.jsonb_build_object('fromMinute', v_rules -> 'fromMinute', 'toMinute', v_rules -> 'toMinute'));
    end if;
  else
    v_track := private.my_track(p_track);
  end if;
  return pg_catalog.jsonb_build_object('id', v_track.id, 'state', v_track.state, 'day', v_track.day);
end
$$;
comment on function public.open_track(uuid, jsonb) is
  'Begin a walk under an id made up where it is recorded {landId, planId?, route?, startedAt} → {id, state, day}; sent again it answers the same. Errors: '
  'not_allowed, patrol_invalid {field}, consent_required {version}, outside_hours {fromMinute, toMinute}.';

create function public.add_fixes(p_track uuid, p_seq int, p_fixes jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  -- The row of the walk makes batches that come at once go one after the other.
  v_track public.patrol_tracks := private.my_track(p_track);
  v_hash bytea;
  v_kept private.patrol_fixes;
  v_fixes record;
begin
  if p_seq is null or p_seq not between 0 and 9999 then
    perform private.refuse_patrol('seq');
  end if;
  v_hash := pg_catalog.sha256(pg_catalog.convert_to(p_fixes::text, 'UTF8'));
  select * into v_kept from private.patrol_fixes f where f.track_id = p_track and f.seq = p_seq;
  if found then
    if v_kept.hash is distinct from v_hash then
      perform private.fail('batch_differs', pg_catalog.jsonb_build_object('seq', p_seq));
    end if;
    return pg_catalog.jsonb_build_object('stored', pg_catalog.cardinality(v_kept.at_ms), 'dropped', v_kept.dropped);
  elsif v_track.state <> 'open' then
    perform private.fail('track_closed');
  end if;
  perform private.require_consent(v_track.person_id);
  v_fixes := private.read_fixes(p_fixes, 2000);
  return private.keep_fixes(v_track, p_seq, v_fixes.from_at, v_fixes.at_ms, v_fixes.lng_e7, v_fixes.lat_e7, v_fixes.accuracy_dm, v_hash);
end
$$;
comment on function public.add_fixes(uuid, int, jsonb) is
  'Store a batch of at most 2,000 fixes {fromMs, atMs, lngE7, latE7, accuracyDm} of an own open walk, numbered from 0 → {stored, dropped: {<reason>: n}}. The '
  'same batch sent again is answered as at first and stored once. Errors: not_allowed, batch_differs {seq}, track_closed, track_full {most}, consent_required '
  '{version}, patrol_invalid {field}.';

create function private.close_track(p_track public.patrol_tracks, p_ended timestamptz) returns public.patrol_tracks language plpgsql set search_path = '' as $$
declare
  v_track public.patrol_tracks;
  v_last timestamptz;
  v_close timestamptz := (p_track.day + pg_catalog.make_interval(mins => (private.patrol_rules_of(p_track.community_id, p_track.land_id) ->> 'toMinute')::int))
    at time zone 'Asia/Shanghai';
begin
  select max(f.from_at + (select max(a) from unnest(f.at_ms) a) * interval '1 millisecond') into v_last from private.patrol_fixes f where f.track_id = p_track.id;
  -- Nothing outside the hours is known of a walk, its end neither.
  update public.patrol_tracks t set ended_at = greatest(t.started_at, v_last, least(p_ended, v_close)),
    state = case when t.fixes = 0 then 'matched' else 'ended' end::public.track_state
  where t.id = p_track.id returning * into v_track;
  return v_track;
end
$$;
comment on function private.close_track(public.patrol_tracks, timestamptz) is 'End an open walk, at the latest when the hours end; one without fixes has nothing to match.';

create function public.end_track(p_track uuid, p_ended_at timestamptz, p_last_seq int) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_track public.patrol_tracks := private.my_track(p_track);
  v_missing int[];
begin
  if v_track.state = 'open' then
    if p_ended_at is null or p_last_seq is null or p_last_seq not between -1 and 9999 then
      perform private.refuse_patrol('lastSeq');
    end if;
    select array_agg(n order by n) into v_missing from pg_catalog.generate_series(0, p_last_seq) n
    where not exists (select from private.patrol_fixes f where f.track_id = p_track and f.seq = n);
    if v_missing is null then
      v_track := private.close_track(v_track, least(p_ended_at, private.clock()));
    end if;
  end if;
  return pg_catalog.jsonb_build_object('state', v_track.state, 'missing', coalesce(v_missing, '{}'));
end
$$;
comment on function public.end_track(uuid, timestamptz, int) is
  'End an own walk of which batches 0 to a number, −1 for none, were sent → {state, missing: [seq]}; with batches missing it stays open. Ended already is no '
  'error. Errors: not_allowed, patrol_invalid {field}.';

create function public.discard_track(p_track uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_person uuid := private.require_walker();
  v_track public.patrol_tracks;
begin
  select * into v_track from public.patrol_tracks t where t.id = p_track and t.person_id = v_person for update;
  if v_track.state = 'matched' and v_track.fixes > 0 then
    perform private.fail('track_matched');
  elsif v_track.id is not null then
    delete from public.patrol_tracks t where t.id = p_track;
    perform private.write_audit('track_discarded', 'track', p_track::text, coalesce(v_track.community_id, private.home_unit(v_person)),
      pg_catalog.jsonb_build_object('day', v_track.day, 'fixes', v_track.fixes));
  end if;
  return pg_catalog.jsonb_build_object('id', p_track);
end
$$;
comment on function public.discard_track(uuid) is
  'Delete an own walk that is not matched yet, with its fixes → {id}; one that is not there is no error. Errors: not_allowed, track_matched.';

-- ── a walk from a file ────────────────────────────────────────────────────────────────────────────────────────────
create function public.import_track(p_track uuid, p_input jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_walker();
  v_person uuid;
  v_fixes record;
  v_track public.patrol_tracks;
  v_seq int := 0;
  v_size int;
begin
  if p_track is null or coalesce(pg_catalog.jsonb_typeof(p_input), '') <> 'object' then
    perform private.refuse_patrol('track');
  end if;
  v_person := coalesce(private.patrol_uuid(p_input, 'personId'), v_me);
  if v_person <> v_me and not exists (select from public.posts o where o.person_id = v_person and o.role in ('grid_leader', 'grid_worker')
      and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date) and o.org_unit_id in (select private.my_led_communities())) then
    perform private.fail('not_allowed');
  end if;
  v_fixes := private.read_fixes(p_input -> 'fixes', 40000);
  v_track := private.begin_track(p_track, v_person, p_input, v_fixes.from_at + (select min(a) from unnest(v_fixes.at_ms) a) * interval '1 millisecond', 'gpx');
  if v_track.id is null then
    select * into v_track from public.patrol_tracks t where t.id = p_track;
    if v_track.person_id is distinct from v_person or v_track.source <> 'gpx' then
      perform private.fail('not_allowed');
    end if;
    return pg_catalog.jsonb_build_object('id', p_track, 'stored', v_track.fixes, 'dropped', v_track.refused);
  end if;
  v_size := pg_catalog.cardinality(v_fixes.at_ms);
  while v_seq * 2000 < v_size loop
    perform private.keep_fixes(v_track, v_seq, v_fixes.from_at, v_fixes.at_ms[v_seq * 2000 + 1:v_seq * 2000 + 2000],
      v_fixes.lng_e7[v_seq * 2000 + 1:v_seq * 2000 + 2000], v_fixes.lat_e7[v_seq * 2000 + 1:v_seq * 2000 + 2000],
      v_fixes.accuracy_dm[v_seq * 2000 + 1:v_seq * 2000 + 2000], null);
    v_seq := v_seq + 1;
  end loop;
  select * into v_track from public.patrol_tracks t where t.id = p_track;
  if v_track.fixes = 0 then
    perform private.fail('track_empty', pg_catalog.jsonb_build_object('dropped', v_track.refused));
  end if;
  update public.patrol_tracks t set started_at = (
    select min(f.from_at + (select min(a) from unnest(f.at_ms) a) * interval '1 millisecond') from private.patrol_fixes f where f.track_id = p_track)
  where t.id = p_track;
  v_track := private.close_track(v_track, '-infinity');
  perform private.write_audit('track_imported', 'track', p_track::text, coalesce(v_track.community_id, private.home_unit(v_person)),
    pg_catalog.jsonb_build_object('day', v_track.day, 'fixes', v_track.fixes));
  return pg_catalog.jsonb_build_object('id', p_track, 'stored', v_track.fixes, 'dropped', v_track.refused);
end
$$;
comment on function public.import_track(uuid, jsonb) is
  'Enter a walk from a file {landId, personId?, planId?, route?, fixes}, of the caller or, by a leader, of a person of the territory, with at most 40,000 fixes '
  'as in add_fixes, under an id made up before → {id, stored, dropped}; sent again it answers the same. What may not be recorded is not kept here either. '
  'Errors: not_allowed, patrol_invalid {field}, consent_required {version}, track_empty {dropped}.';
