-- Scenarios of sites: saved whole, published as stations with the walks to them, given up.

create function private.refuse_siting(p_field text, p_more jsonb default '{}') returns void language sql set search_path = '' as $$
  select private.fail('siting_invalid', pg_catalog.jsonb_build_object('field', p_field) || p_more)
$$;
comment on function private.refuse_siting(text, jsonb) is 'Raise siting_invalid {field, …}.';

create function private.are_places(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_value) = 'array' then pg_catalog.jsonb_array_length(p_value) <= 2000
    and not exists (select from pg_catalog.jsonb_array_elements(p_value) v where not private.is_lng_lat(v)) else false end
$$;
comment on function private.are_places(jsonb) is 'Whether a value is a list of at most 2,000 places.';

create function private.is_station_level(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select private.are_words_of(pg_catalog.jsonb_build_array(p_value), pg_catalog.enum_range(null::public.station_level)::text[])
$$;
comment on function private.is_station_level(jsonb) is 'Whether a value is a level of stations.';

create function private.is_siting_task(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(p_value) = 'object'
    and coalesce(p_value ->> 'aim' in ('most_served', 'fewest_stations', 'least_total_walk', 'least_worst_walk'), false)
    and coalesce(p_value ->> 'candidates' in ('public_buildings', 'buildings', 'junctions', 'by_hand'), false)
    and private.json_ints(p_value -> 'communityIds', 1, 2147483647) is not null
    and private.is_number_between(p_value -> 'limitM', 1, 20000) and private.is_count(p_value -> 'count') and private.is_number_between(p_value -> 'count', 0, 200)
    and private.are_words_of(p_value -> 'keptLevels', pg_catalog.enum_range(null::public.station_level)::text[])
    and private.is_station_level(p_value -> 'level')
    and private.is_count(p_value -> 'capacity') and pg_catalog.jsonb_typeof(p_value -> 'keepsCapacity') = 'boolean'
    and private.is_number_between(p_value -> 'budget', 0, 1000000000) and private.is_number_between(p_value -> 'costEach', 0, 1000000000)
    and case when pg_catalog.jsonb_typeof(p_value -> 'weights') = 'array' then pg_catalog.jsonb_array_length(p_value -> 'weights') = 8
      and not exists (select from pg_catalog.jsonb_array_elements(p_value -> 'weights') w where not private.is_number_between(w, 1, 10)) else false end
    and private.are_places(p_value -> 'added') and private.are_places(p_value -> 'forced') and private.are_places(p_value -> 'barred')
$$;
comment on function private.is_siting_task(jsonb) is
  'Whether a value says what a scenario was asked for {aim, communityIds: none for the whole land, limitM, keptLevels, level, count, capacity, keepsCapacity, '
  'budget, costEach, weights: by category, candidates, added, forced, barred: places}.';

create function private.are_sites(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_value) = 'array' then pg_catalog.jsonb_array_length(p_value) <= 200 and not exists (
    select from pg_catalog.jsonb_array_elements(p_value) s
    where not coalesce(pg_catalog.jsonb_typeof(s) = 'object' and private.is_lng_lat(s -> 'at') and private.is_station_level(s -> 'level')
      and pg_catalog.jsonb_typeof(s -> 'name') = 'string' and pg_catalog.length(private.clean_text(s ->> 'name')) between 1 and 60
      and private.is_count(s -> 'capacity') and private.is_count(s -> 'communityId') and pg_catalog.jsonb_typeof(s -> 'byHand') = 'boolean'
      and (pg_catalog.jsonb_typeof(s -> 'buildingId') = 'null' or private.is_count(s -> 'buildingId')), false)) else false end
$$;
comment on function private.are_sites(jsonb) is
  'Whether a value is a list of at most 200 stations to be {at, name, level, capacity, communityId, buildingId: or null, byHand}.';

create function private.are_siting_figures(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select coalesce(case when pg_catalog.jsonb_typeof(p_value) = 'object' and (select pg_catalog.bool_and(private.is_number_between(p_value -> k.key, 0, 1000000000))
      from unnest(array['households', 'served', 'full', 'far', 'refused', 'servedBefore', 'meanM', 'worstM']) as k(key))
    -- A building may be shared out between two stations in parts of a household.
    then pg_catalog.abs((p_value ->> 'served')::float8 + (p_value ->> 'full')::float8 + (p_value ->> 'far')::float8 + (p_value ->> 'refused')::float8
      - (p_value ->> 'households')::float8) < 0.5 end, false)
$$;
comment on function private.are_siting_figures(jsonb) is
  'Whether a value is {households = served + full + far + refused, servedBefore, meanM, worstM}.';

create function private.pick_keys(p_value jsonb, p_keys text[]) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_object_agg(k.key, p_value -> k.key) from unnest(p_keys) as k(key)
$$;
comment on function private.pick_keys(jsonb, text[]) is 'These keys of a document and no other.';

create function private.require_scenario(p_scenario uuid) returns public.siting_scenarios language plpgsql set search_path = '' as $$
declare
  v_scenario public.siting_scenarios;
begin
  select * into v_scenario from public.siting_scenarios s where s.id = p_scenario and private.may_redesign(s.land_id) for update;
  if not found then
    perform private.fail('not_allowed');
  elsif v_scenario.state <> 'draft' then
    perform private.fail('siting_state', pg_catalog.jsonb_build_object('state', v_scenario.state));
  end if;
  return v_scenario;
end
$$;
comment on function private.require_scenario(uuid) is 'A draft that the caller may change, locked. Errors: not_allowed, siting_state {state}.';

create function private.require_sites_on(p_land int, p_sites jsonb) returns void language plpgsql stable set search_path = '' as $$
begin
  -- Junctions on the border are candidates: in degrees they lie a hair beside it.
  if exists (
    select from pg_catalog.jsonb_array_elements(p_sites) s
    cross join lateral (select private.document_place(s, 'at', 'siting_invalid') as point) p
    where not exists (
      select from public.grid_editions e join public.grids g on g.edition_id = e.id
      where e.land_id = p_land and e.valid_to is null and extensions.st_dwithin(g.geom, p.point, 0.00002))
    and not exists (
      select from unnest(private.communities_of(array[p_land])) as c(id) join public.org_units u on u.id = c.id
      where extensions.st_dwithin(u.geom, p.point, 0.00002))) then
    perform private.fail('place_outside');
  end if;
end
$$;
comment on function private.require_sites_on(int, jsonb) is 'place_outside unless each of these sites lies on the land, or within 2 m of it.';

create function public.save_siting_scenario(p_scenario jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_siting_scenario', p_request_key, pg_catalog.jsonb_build_array(p_scenario, p_revision));
  v_id uuid;
  v_old public.siting_scenarios;
  v_new public.siting_scenarios;
  v_bad int;
begin
  if v_kept is not null then
    return v_kept;
  elsif not exists (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_scenario), '') <> 'object' then
    perform private.refuse_siting('scenario');
  elsif not private.is_count(p_scenario -> 'landId') then
    perform private.refuse_siting('landId');
  elsif p_scenario ->> 'id' is not null and not coalesce(p_scenario ->> 'id' ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', false) then
    perform private.refuse_siting('id');
  end if;
  v_id := (p_scenario ->> 'id')::uuid;
  v_new.land_id := (p_scenario ->> 'landId')::int;
  perform private.require_redesign(v_new.land_id);
  if v_id is not null and exists (select from public.siting_scenarios s where s.id = v_id) then
    v_old := private.require_scenario(v_id);
    if v_old.land_id <> v_new.land_id then
      perform private.refuse_siting('landId');
    end if;
    perform private.require_revision(p_revision, v_old.revision, v_old.saved_by, v_old.saved_at);
  else
    perform private.require_revision(p_revision, 0, null, null);
  end if;

  v_new.title := coalesce(private.clean_text(p_scenario ->> 'title'), '');
  if coalesce(pg_catalog.jsonb_typeof(p_scenario -> 'title'), '') <> 'string' or pg_catalog.length(v_new.title) not between 1 and 60 then
    perform private.refuse_siting('title', '{"least": 1, "most": 60}');
  elsif not coalesce(private.is_siting_task(p_scenario -> 'task'), false)
    or not private.json_ints(p_scenario -> 'task' -> 'communityIds', 1, 2147483647) <@ private.communities_of(array[v_new.land_id]) then
    perform private.refuse_siting('task');
  elsif not coalesce(private.are_sites(p_scenario -> 'sites'), false) then
    perform private.refuse_siting('sites');
  elsif not private.are_siting_figures(p_scenario -> 'figures') then
    perform private.refuse_siting('figures');
  elsif not private.is_number_between(p_scenario -> 'value', 0, 1000000000000) then
    perform private.refuse_siting('value');
  elsif not private.is_number_between(p_scenario -> 'bound', 0, 1000000000000) then
    perform private.refuse_siting('bound');
  end if;
  select min(s.place)::int - 1 into v_bad
  from pg_catalog.jsonb_array_elements(p_scenario -> 'sites') with ordinality as s(value, place)
  where not (s.value ->> 'communityId')::int = any (private.communities_of(array[v_new.land_id]))
    or pg_catalog.jsonb_typeof(s.value -> 'buildingId') = 'number'
      and not exists (select from public.buildings b where b.id = (s.value ->> 'buildingId')::int and b.land_id = v_new.land_id);
  if v_bad is not null then
    perform private.refuse_siting('sites', pg_catalog.jsonb_build_object('index', v_bad));
  end if;
  perform private.require_sites_on(v_new.land_id, p_scenario -> 'sites');
  v_new.task := private.pick_keys(p_scenario -> 'task', array['aim', 'communityIds', 'limitM', 'keptLevels', 'level', 'count', 'capacity', 'keepsCapacity', 'budget',
    'costEach', 'weights', 'candidates', 'added', 'forced', 'barred']);
  select coalesce(pg_catalog.jsonb_agg(private.pick_keys(s.value, array['at', 'level', 'capacity', 'communityId', 'buildingId', 'byHand'])
    || pg_catalog.jsonb_build_object('name', private.clean_text(s.value ->> 'name')) order by s.place), '[]') into v_new.sites
  from pg_catalog.jsonb_array_elements(p_scenario -> 'sites') with ordinality as s(value, place);
  v_new.figures := private.pick_keys(p_scenario -> 'figures', array['households', 'served', 'full', 'far', 'refused', 'servedBefore', 'meanM', 'worstM']);

  if v_old.id is null then
    -- Two at once number one after the other.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('siting_scenarios'), v_new.land_id);
    insert into public.siting_scenarios (id, land_id, number, title, task, sites, figures, value, bound, saved_by, saved_at)
    values (coalesce(v_id, pg_catalog.gen_random_uuid()), v_new.land_id,
      coalesce((select max(s.number) from public.siting_scenarios s where s.land_id = v_new.land_id), 0) + 1, v_new.title, v_new.task, v_new.sites, v_new.figures,
      (p_scenario ->> 'value')::float8, (p_scenario ->> 'bound')::float8, private.my_person(), private.clock())
    returning * into v_new;
  else
    update public.siting_scenarios s set title = v_new.title, task = v_new.task, sites = v_new.sites, figures = v_new.figures,
      value = (p_scenario ->> 'value')::float8, bound = (p_scenario ->> 'bound')::float8, revision = s.revision + 1, saved_by = private.my_person(),
      saved_at = private.clock()
    where s.id = v_old.id returning * into v_new;
  end if;
  perform private.write_audit('siting_saved', 'siting_scenario', v_new.id::text, (select l.org_unit_id from public.lands l where l.id = v_new.land_id),
    pg_catalog.jsonb_build_object('number', v_new.number, 'title', v_new.title, 'revision', v_new.revision));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', v_new.id, 'number', v_new.number, 'revision', v_new.revision));
end
$$;
comment on function public.save_siting_scenario(jsonb, int, uuid) is
  'Save a draft whole {id?, landId, title, task: private.is_siting_task, sites: private.are_sites, figures: private.are_siting_figures, value, bound}, built on the '
  'revision that was read, 0 for a new one → {id, number, revision}. Street officers and administrators. Errors: not_allowed, siting_invalid {field, index}, '
  'place_outside, siting_state {state}, stale {revision, by, at}, request_key_reused.';

create function public.publish_siting_scenario(p_scenario uuid, p_revision int, p_access jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_kept jsonb := private.first_answer('publish_siting_scenario', p_request_key, pg_catalog.jsonb_build_array(p_scenario, p_revision, p_access));
  v_scenario public.siting_scenarios;
  v_communities int[];
  v_stations int[];
  v_ids int[];
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform 1 from public.lands l
  where l.id = (select s.land_id from public.siting_scenarios s where s.id = p_scenario) and private.may_redesign(l.id) for no key update;
  v_scenario := private.require_scenario(p_scenario);
  perform private.require_revision(p_revision, v_scenario.revision, v_scenario.saved_by, v_scenario.saved_at);
  if v_scenario.sites = '[]' then
    perform private.refuse_siting('sites', '{"least": 1}');
  elsif exists (select from pg_catalog.jsonb_array_elements(v_scenario.sites) s
      where not (s ->> 'communityId')::int = any (private.communities_of(array[v_scenario.land_id]))) then
    perform private.refuse_siting('sites');
  end if;
  perform private.require_sites_on(v_scenario.land_id, v_scenario.sites);
  -- The walks are those of the land as it is, before the stations are there.
  v_communities := private.json_ints(p_access -> 'communities', 1, 2147483647);
  perform private.hold_access(v_scenario.land_id, v_communities, private.json_ints(p_access -> 'revisions', 0, 2147483647));
  v_ids := private.json_ints(p_access -> 'stationIds', -pg_catalog.jsonb_array_length(v_scenario.sites), 2147483647);
  if v_ids is null then
    perform private.refuse_access('stationIds');
  end if;

  with site as (
    select s.value, s.place, pg_catalog.nextval(pg_catalog.pg_get_serial_sequence('public.stations', 'id'))::int as id
    from pg_catalog.jsonb_array_elements(v_scenario.sites) with ordinality as s(value, place)
  ), station as (
    insert into public.stations (id, land_id, community_id, name, level, capacity, point, updated_by, updated_at)
    select s.id, v_scenario.land_id, case when s.value ->> 'level' <> 'street_centre' then (s.value ->> 'communityId')::int end, s.value ->> 'name',
      (s.value ->> 'level')::public.station_level, (s.value ->> 'capacity')::int, private.document_place(s.value, 'at', 'siting_invalid'), private.my_person(), private.clock()
    from site s
  )
  select array_agg(s.id order by s.place) into v_stations from site s;
  perform private.keep_access(v_scenario.land_id, v_communities,
    array(select a.revision from unnest(v_communities) with ordinality as c(id, place) join public.community_access a on a.community_id = c.id order by c.place),
    p_access || pg_catalog.jsonb_build_object('stationIds', pg_catalog.to_jsonb(
      array(select case when i.id < 0 then v_stations[-i.id] else i.id end from unnest(v_ids) with ordinality as i(id, place) order by i.place))));

  update public.siting_scenarios s set state = 'published', revision = s.revision + 1, published_at = private.clock(), saved_by = private.my_person(),
    saved_at = private.clock()
  where s.id = p_scenario returning * into v_scenario;
  perform private.write_audit('siting_published', 'siting_scenario', p_scenario::text, (select l.org_unit_id from public.lands l where l.id = v_scenario.land_id),
    pg_catalog.jsonb_build_object('number', v_scenario.number, 'title', v_scenario.title, 'stations', v_stations));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_scenario, 'revision', v_scenario.revision, 'stations', v_stations));
end
$$;
comment on function public.publish_siting_scenario(uuid, int, jsonb, uuid) is
  'Make stations of the sites of a draft as it was seen, and keep the walks with them {communities, revisions, building, accessCm, stationIds: −k for the k-th '
  'site, from 1, walkCm}, measured for these revisions of the land without the new stations; communities left out are to be measured again → {id, revision, '
  'stations: their numbers, in the order of the sites}. All or nothing. Errors: not_allowed, siting_state {state}, stale, siting_invalid {field: sites}, place_outside, '
  'access_invalid {field, index}, access_stale {communityIds}, request_key_reused.';

create function public.discard_siting_scenario(p_scenario uuid, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('discard_siting_scenario', p_request_key, pg_catalog.to_jsonb(p_scenario));
  v_scenario public.siting_scenarios;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_scenario := private.require_scenario(p_scenario);
  update public.siting_scenarios s set state = 'dropped', revision = s.revision + 1, saved_by = private.my_person(), saved_at = private.clock()
  where s.id = p_scenario;
  perform private.write_audit('siting_dropped', 'siting_scenario', p_scenario::text, (select l.org_unit_id from public.lands l where l.id = v_scenario.land_id),
    pg_catalog.jsonb_build_object('number', v_scenario.number, 'title', v_scenario.title));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_scenario));
end
$$;
comment on function public.discard_siting_scenario(uuid, uuid) is 'Give a draft up; it is shown no more → {id}. Errors: not_allowed, siting_state {state}, request_key_reused.';
