-- Stations are opened, changed, closed and opened again; what they offer week by week.

create function private.require_station_charge(p_land int, p_community int) returns void language plpgsql stable set search_path = '' as $$
begin
  -- The street centre belongs to the street; any other station to its community, which lies on the land.
  if not exists (
    select from public.lands l
    join public.org_units street on street.id = l.org_unit_id
    join public.org_units u on u.path operator(extensions.<@) street.path
    where l.id = p_land and u.id = coalesce(p_community, street.id) and (p_community is null or u.level = 'community')
      and case when p_community is null then u.id in (select private.my_units_as('district_admin', 'street_officer'))
        else u.id in (select private.my_charge()) end) then
    perform private.fail('not_allowed');
  end if;
end
$$;
comment on function private.require_station_charge(int, int) is
  'not_allowed unless the caller is in charge of the community of the land, or, where none is given, as of the street centre, of the street.';

create function private.charged_station(p_station int) returns public.stations language plpgsql set search_path = '' as $$
declare
  v_station public.stations;
begin
  -- Land first: its changes take stations along.
  perform 1 from public.lands l where l.id = (select s.land_id from public.stations s where s.id = p_station) for key share;
  select * into v_station from public.stations s where s.id = p_station for update;
  if not found then
    perform private.fail('not_allowed');
  end if;
  perform private.require_station_charge(v_station.land_id, v_station.community_id);
  return v_station;
end
$$;
comment on function private.charged_station(int) is 'A station in the caller''s charge, locked. Error: not_allowed, also where there is none.';

create function public.save_station(p_station jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_station', p_request_key, pg_catalog.jsonb_build_array(p_station, p_revision));
  v_new public.stations;
  v_old public.stations;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if pg_catalog.jsonb_typeof(p_station) is distinct from 'object' then
    perform private.fail('station_invalid', '{"field": "station"}');
  end if;
  v_new.id := private.document_id(p_station, 'id', 'station_invalid');
  v_new.land_id := private.document_integer(p_station, 'landId', 1, 2147483647, 'station_invalid');
  v_new.community_id := private.document_id(p_station, 'communityId', 'station_invalid');
  v_new.name := private.document_text(p_station, 'name', 1, 60, 'station_invalid');
  v_new.level := private.document_word(p_station, 'level', null::public.station_level, 'station_invalid');
  v_new.capacity := private.document_integer(p_station, 'capacity', 0, 1000000, 'station_invalid');
  v_new.hours := private.document_text(p_station, 'hours', 0, 200, 'station_invalid');
  v_new.point := private.document_place(p_station, 'lngLat', 'station_invalid');
  if (v_new.level = 'street_centre') <> (v_new.community_id is null) then
    perform private.fail('station_invalid', '{"field": "communityId"}');
  elsif v_new.point is null then
    perform private.fail('station_invalid', '{"field": "lngLat"}');
  end if;
  perform private.require_station_charge(v_new.land_id, v_new.community_id);
  if (private.issue_place(v_new.point)).land_id <> v_new.land_id then
    perform private.fail('place_outside');
  end if;
  if v_new.id is not null then
    v_old := private.charged_station(v_new.id);
    if v_old.land_id <> v_new.land_id then
      perform private.fail('not_allowed');
    end if;
    perform private.require_revision(p_revision, v_old.revision, v_old.updated_by, v_old.updated_at);
    update public.stations s set community_id = v_new.community_id, name = v_new.name, level = v_new.level, capacity = v_new.capacity, hours = v_new.hours,
      point = v_new.point, initials = case when s.name = v_new.name then s.initials else '' end
    where s.id = v_new.id returning * into v_new;
  else
    insert into public.stations (land_id, community_id, name, level, capacity, hours, point, updated_at, updated_by)
    values (v_new.land_id, v_new.community_id, v_new.name, v_new.level, v_new.capacity, v_new.hours, v_new.point, private.clock(), private.my_person())
    returning * into v_new;
  end if;
  perform private.write_audit('station_saved', 'station', v_new.id::text,
    coalesce(v_new.community_id, (select l.org_unit_id from public.lands l where l.id = v_new.land_id)),
    pg_catalog.jsonb_build_object('name', v_new.name, 'level', v_new.level, 'isNew', v_old.id is null));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', v_new.id, 'revision', v_new.revision));
end
$$;
comment on function public.save_station(jsonb, int, uuid) is
  'Open a station {landId, communityId: null of the street centre and of it alone, name, level, capacity: households, 0 where unknown, hours, lngLat}, or change '
  'the one with id and the revision that was read → {id, revision}. Secretaries and above for their communities, street officers and above for the street centre. '
  'Errors: not_allowed, station_invalid {field, least, most}, place_outside, stale {revision, by, at}, request_key_reused.';

create function public.close_station(p_station int, p_revision int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('close_station', p_request_key, pg_catalog.jsonb_build_array(p_station, p_revision, p_reason));
  v_reason text := private.clean_text(p_reason);
  v_station public.stations;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_station := private.charged_station(p_station);
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  perform private.require_revision(p_revision, v_station.revision, v_station.updated_by, v_station.updated_at);
  insert into private.closed_stations (station_id, land_id, community_id, was, activities, reason, closed_by, closed_at)
  select v_station.id, v_station.land_id, v_station.community_id,
    pg_catalog.to_jsonb(v_station) || pg_catalog.jsonb_build_object('point', extensions.st_ashexewkb(v_station.point)),
    coalesce((select pg_catalog.jsonb_agg(a order by a.id) from public.station_activities a where a.station_id = v_station.id), '[]'),
    pg_catalog.left(v_reason, 200), private.my_person(), private.clock();
  delete from public.stations s where s.id = v_station.id;
  perform private.write_audit('station_closed', 'station', v_station.id::text,
    coalesce(v_station.community_id, (select l.org_unit_id from public.lands l where l.id = v_station.land_id)),
    pg_catalog.jsonb_build_object('name', v_station.name, 'reason', pg_catalog.left(v_reason, 200)));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', v_station.id));
end
$$;
comment on function public.close_station(int, int, text, uuid) is
  'Close a station with its activities, for a reason of four characters → {id}; public.reopen_station brings both back. Who may save it. Errors: not_allowed, '
  'reason_required, stale {revision, by, at}, request_key_reused.';

create function public.reopen_station(p_station int, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('reopen_station', p_request_key, pg_catalog.to_jsonb(p_station));
  v_closed private.closed_stations;
  v_station public.stations;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_closed from private.closed_stations c where c.station_id = p_station for update;
  if not found then
    perform private.fail('not_allowed');
  end if;
  perform private.require_station_charge(v_closed.land_id, v_closed.community_id);
  insert into public.stations
  select r.* from pg_catalog.jsonb_populate_record(null::public.stations, v_closed.was || pg_catalog.jsonb_build_object(
    'revision', (v_closed.was ->> 'revision')::int + 1, 'updated_at', private.clock(), 'updated_by', private.my_person())) r
  returning * into v_station;
  insert into public.station_activities select a.* from pg_catalog.jsonb_populate_recordset(null::public.station_activities, v_closed.activities) a;
  delete from private.closed_stations c where c.station_id = p_station;
  perform private.write_audit('station_reopened', 'station', p_station::text,
    coalesce(v_station.community_id, (select l.org_unit_id from public.lands l where l.id = v_station.land_id)),
    pg_catalog.jsonb_build_object('name', v_station.name));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_station, 'revision', v_station.revision));
end
$$;
comment on function public.reopen_station(int, uuid) is
  'Open a closed station again under its number, with its activities → {id, revision}. Who may save it. Errors: not_allowed, request_key_reused.';

-- ── what they offer ───────────────────────────────────────────────────────────────────────────────────────────────
create function private.activity_json(p_activity public.station_activities) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_activity.id, 'stationId', p_activity.station_id, 'title', p_activity.title, 'weekdays', p_activity.weekdays,
    'fromMinute', p_activity.from_minute, 'toMinute', p_activity.to_minute, 'place', p_activity.place, 'seats', p_activity.seats)
$$;
comment on function private.activity_json(public.station_activities) is 'An activity → {id, stationId, title, weekdays, fromMinute, toMinute, place, seats}.';

create function private.revised_station(p_station int, p_revision int) returns public.stations language plpgsql set search_path = '' as $$
declare
  v_station public.stations := private.charged_station(p_station);
begin
  perform private.require_revision(p_revision, v_station.revision, v_station.updated_by, v_station.updated_at);
  update public.stations s set revision = s.revision + 1 where s.id = p_station returning * into v_station;
  return v_station;
end
$$;
comment on function private.revised_station(int, int) is
  'A station in the caller''s charge of which something beside its row changes, as it was seen, with the revision it has from now on. Errors: not_allowed, stale.';

create function public.save_station_activity(p_activity jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_station_activity', p_request_key, pg_catalog.jsonb_build_array(p_activity, p_revision));
  v_new public.station_activities;
  v_station public.stations;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if pg_catalog.jsonb_typeof(p_activity) is distinct from 'object' then
    perform private.fail('station_invalid', '{"field": "activity"}');
  end if;
  v_new.id := private.document_id(p_activity, 'id', 'station_invalid');
  v_new.station_id := private.document_integer(p_activity, 'stationId', 1, 2147483647, 'station_invalid');
  v_new.title := private.document_text(p_activity, 'title', 1, 60, 'station_invalid');
  v_new.from_minute := private.document_integer(p_activity, 'fromMinute', 0, 1439, 'station_invalid');
  v_new.to_minute := private.document_integer(p_activity, 'toMinute', v_new.from_minute + 1, 1440, 'station_invalid');
  v_new.place := private.document_text(p_activity, 'place', 0, 60, 'station_invalid');
  v_new.seats := private.document_integer(p_activity, 'seats', 0, 100000, 'station_invalid');
  if pg_catalog.jsonb_typeof(p_activity -> 'weekdays') is distinct from 'array' then
    perform private.fail('station_invalid', '{"field": "weekdays"}');
  end if;
  select array_agg(case when pg_catalog.jsonb_typeof(d.value) = 'boolean' then (d.value)::boolean end order by d.place) into v_new.weekdays
  from pg_catalog.jsonb_array_elements(p_activity -> 'weekdays') with ordinality as d(value, place);
  if pg_catalog.cardinality(v_new.weekdays) is distinct from 7 or pg_catalog.array_position(v_new.weekdays, null) is not null
    or not true = any (v_new.weekdays) then
    perform private.fail('station_invalid', '{"field": "weekdays"}');
  end if;
  v_station := private.revised_station(v_new.station_id, p_revision);
  if v_new.id is not null then
    update public.station_activities a set title = v_new.title, weekdays = v_new.weekdays, from_minute = v_new.from_minute, to_minute = v_new.to_minute,
      place = v_new.place, seats = v_new.seats
    where a.id = v_new.id and a.station_id = v_new.station_id returning * into v_new;
    if not found then
      perform private.fail('not_allowed');
    end if;
  else
    insert into public.station_activities (station_id, title, weekdays, from_minute, to_minute, place, seats)
    values (v_new.station_id, v_new.title, v_new.weekdays, v_new.from_minute, v_new.to_minute, v_new.place, v_new.seats) returning * into v_new;
  end if;
  perform private.write_audit('station_activity_saved', 'station', v_station.id::text,
    coalesce(v_station.community_id, (select l.org_unit_id from public.lands l where l.id = v_station.land_id)),
    pg_catalog.jsonb_build_object('title', v_new.title));
  return private.keep_answer(p_request_key, private.activity_json(v_new) || pg_catalog.jsonb_build_object('revision', v_station.revision));
end
$$;
comment on function public.save_station_activity(jsonb, int, uuid) is
  'Enter an activity {stationId, title, weekdays: seven, Monday first, one at least, fromMinute, toMinute, place, seats: 0 for no limit}, or change the one with '
  'id, with the revision of the station that was read → private.activity_json and revision, that of the station from now on. Who may save the station. Errors: '
  'not_allowed, station_invalid {field, least, most}, stale {revision, by, at}, request_key_reused.';

create function public.remove_station_activity(p_activity int, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('remove_station_activity', p_request_key, pg_catalog.jsonb_build_array(p_activity, p_revision));
  v_station public.stations;
  v_activity public.station_activities;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_station := private.revised_station((select a.station_id from public.station_activities a where a.id = p_activity), p_revision);
  delete from public.station_activities a where a.id = p_activity returning * into v_activity;
  perform private.write_audit('station_activity_removed', 'station', v_station.id::text,
    coalesce(v_station.community_id, (select l.org_unit_id from public.lands l where l.id = v_station.land_id)),
    pg_catalog.jsonb_build_object('title', v_activity.title));
  return private.keep_answer(p_request_key, private.activity_json(v_activity) || pg_catalog.jsonb_build_object('revision', v_station.revision));
end
$$;
comment on function public.remove_station_activity(int, int, uuid) is
  'Take an activity away, with the revision of the station that was read → what it was, private.activity_json, and revision, that of the station from now on; '
  'saved without its id it is there again. Who may save the station. Errors: not_allowed, stale {revision, by, at}, request_key_reused.';
