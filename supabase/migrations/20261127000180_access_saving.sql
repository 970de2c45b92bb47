-- Walks to stations as they come from where they are measured.

create function private.refuse_access(p_field text, p_more jsonb default '{}') returns void language sql set search_path = '' as $$
  select private.fail('access_invalid', pg_catalog.jsonb_build_object('field', p_field) || p_more)
$$;
comment on function private.refuse_access(text, jsonb) is 'Raise access_invalid {field, …}.';

create function private.stale_access() returns table (land_id int, community_id int, revision int) language sql stable rows 20 set search_path = '' as $$
  select l.id, c.id, coalesce(a.revision, 0)
  from public.lands l
  cross join lateral unnest(private.communities_of(array[l.id])) as c(id)
  left join public.community_access a on a.community_id = c.id
  where a.measured_revision is distinct from a.revision or a.revision is null
  order by l.id, c.id
$$;
comment on function private.stale_access() is 'Communities whose walks are not those of the present, with the revision they are to be measured for.';

create function private.hold_access(p_land int, p_communities int[], p_revisions int[]) returns void language plpgsql set search_path = '' as $$
declare
  v_moved int[];
begin
  if p_communities is null or pg_catalog.cardinality(p_communities) = 0 or p_revisions is null
    or pg_catalog.cardinality(p_revisions) <> pg_catalog.cardinality(p_communities)
    or (select count(distinct c.id) from unnest(p_communities) as c(id) where c.id = any (private.communities_of(array[p_land]))) <> pg_catalog.cardinality(p_communities) then
    perform private.refuse_access('communities');
  end if;
  -- Land first: whoever changes it holds it until the change stands.
  perform 1 from public.lands l where l.id = p_land for no key update;
  insert into public.community_access (community_id) select c.id from unnest(p_communities) as c(id) order by c.id on conflict (community_id) do nothing;
  perform 1 from public.community_access a where a.community_id = any (p_communities) order by a.community_id for update;
  select array_agg(a.community_id order by a.community_id) into v_moved
  from unnest(p_communities, p_revisions) as c(id, revision) join public.community_access a on a.community_id = c.id
  where a.revision is distinct from c.revision;
  if v_moved is not null then
    perform private.fail('access_stale', pg_catalog.jsonb_build_object('communityIds', v_moved));
  end if;
end
$$;
comment on function private.hold_access(int, int[], int[]) is
  'Hold the walks of these communities of a land, which are still of these revisions. Errors: access_invalid {field: communities}, access_stale {communityIds}.';

create function private.keep_access(p_land int, p_communities int[], p_revisions int[], p_access jsonb) returns int language plpgsql set search_path = '' as $$
declare
  v_land public.lands;
  v_building int[] := private.json_ints(p_access -> 'building', 1, 2147483647);
  v_access int[] := private.json_ints(p_access -> 'accessCm', -1, 100000);
  v_station int[] := private.json_ints(p_access -> 'stationIds', 0, 2147483647);
  v_walk int[] := private.json_ints(p_access -> 'walkCm', -1, 100000000);
  v_n int := pg_catalog.cardinality(v_building);
  v_bad int;
begin
  select * into v_land from public.lands l where l.id = p_land;
  perform private.hold_access(p_land, p_communities, p_revisions);
  if v_n is null or v_n > 200000 then
    perform private.refuse_access('building');
  elsif v_access is null or pg_catalog.cardinality(v_access) <> v_n then
    perform private.refuse_access('accessCm');
  elsif v_station is null or pg_catalog.cardinality(v_station) <> 5 * v_n then
    perform private.refuse_access('stationIds');
  elsif v_walk is null or pg_catalog.cardinality(v_walk) <> 5 * v_n then
    perform private.refuse_access('walkCm');
  -- All buildings of the communities, each once, and no other.
  elsif (select count(*) from public.buildings b where b.land_id = p_land and b.community_id = any (p_communities)) <> v_n
    or (select count(distinct b.id) from unnest(v_building) as a(id) join public.buildings b on b.id = a.id
      and b.land_id = p_land and b.community_id = any (p_communities)) <> v_n then
    perform private.refuse_access('building');
  end if;
  select min(w.place)::int - 1 into v_bad
  from unnest(v_station, v_walk) with ordinality as w(station_id, walk_cm, place)
  cross join lateral (select (w.place::int - 1) / 5 + 1 as k, (w.place::int - 1) % 5 + 1 as level) at
  left join public.stations s on s.id = w.station_id and s.land_id = p_land
    and s.level = (pg_catalog.enum_range(null::public.station_level))[at.level]
  where w.walk_cm < 0 and w.station_id <> 0 or w.walk_cm >= 0 and (s.id is null or v_access[at.k] < 0);
  if v_bad is not null then
    perform private.refuse_access('stationIds', pg_catalog.jsonb_build_object('index', v_bad));
  end if;
  -- Nobody walks shorter than straight; 50 m for where in its outline the door is taken to be.
  with building as materialized (
    -- Brought into metres once, not once for each of five stations.
    select t.k, private.in_frame(b.geom, v_land) as shape from unnest(v_building) with ordinality as t(id, k) join public.buildings b on b.id = t.id
  ), station as materialized (
    select s.id, private.in_frame(s.point, v_land) as point from public.stations s where s.land_id = p_land
  )
  select min(w.place)::int - 1 into v_bad
  from unnest(v_station, v_walk) with ordinality as w(station_id, walk_cm, place)
  join station s on s.id = w.station_id
  join building b on b.k = (w.place - 1) / 5 + 1
  where w.walk_cm < extensions.st_distance(b.shape, s.point) * 100 - 5000;
  if v_bad is not null then
    perform private.refuse_access('walkCm', pg_catalog.jsonb_build_object('index', v_bad));
  end if;

  delete from public.building_access a where a.community_id = any (p_communities) and a.land_id = p_land and a.building_id <> all (v_building);
  insert into public.building_access as a (building_id, land_id, community_id, access_cm, station_ids, walk_cm)
  select b.id, p_land, b.community_id, v_access[t.k], v_station[5 * t.k - 4 : 5 * t.k], v_walk[5 * t.k - 4 : 5 * t.k]
  from unnest(v_building) with ordinality as t(id, k) join public.buildings b on b.id = t.id
  on conflict (building_id) do update set land_id = excluded.land_id, community_id = excluded.community_id, access_cm = excluded.access_cm,
    station_ids = excluded.station_ids, walk_cm = excluded.walk_cm
  where (a.access_cm, a.station_ids, a.walk_cm, a.community_id) is distinct from (excluded.access_cm, excluded.station_ids, excluded.walk_cm, excluded.community_id);
  update public.community_access a set measured_revision = a.revision, measured_at = private.clock() where a.community_id = any (p_communities);
  return v_n;
end
$$;
comment on function private.keep_access(int, int[], int[], jsonb) is
  'Keep the walks of communities of a land, measured for these revisions {building, accessCm, stationIds, walkCm: five a building, as public.building_access has '
  'them}, whole: every building of the communities once, stations of the land and of the level, no walk shorter than the straight line by more than 50 m; returns '
  'how many buildings. Errors: access_invalid {field, index}, access_stale {communityIds}.';

create function public.save_access(p_land int, p_communities int[], p_revisions int[], p_access jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_kept jsonb := private.first_answer('save_access', p_request_key, pg_catalog.jsonb_build_array(p_land, p_communities, p_revisions, p_access));
begin
  if v_kept is not null then
    return v_kept;
  end if;
  -- Whoever sees a part of the land sees a part of its walls and of its stations.
  perform private.require_redesign(p_land);
  return private.keep_answer(p_request_key,
    pg_catalog.jsonb_build_object('buildings', private.keep_access(p_land, p_communities, p_revisions, p_access)));
end
$$;
comment on function public.save_access(int, int[], int[], jsonb, uuid) is
  'Keep walks to stations measured for the revisions that coverage_scope gave, as private.keep_access says → {buildings}. For those who see the whole land with its '
  'walls, and write: street officers and administrators. Errors: not_allowed, access_invalid {field, index}, access_stale {communityIds}: measure again, '
  'request_key_reused.';
