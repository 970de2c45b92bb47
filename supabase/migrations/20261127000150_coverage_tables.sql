-- Who is not served (服务盲区): walks to stations as they were measured, what a day came to, and sites for new stations.

create type public.siting_state as enum ('draft', 'published', 'dropped');
comment on type public.siting_state is 'Of a scenario of sites: can be edited; its sites are stations; was given up.';

-- ── walks ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.community_access (
  community_id int primary key references public.org_units (id),
  revision int not null default 0 check (revision >= 0),
  measured_revision int check (measured_revision <= revision),
  measured_at timestamptz
);
comment on table public.community_access is
  'By community, whether its walks to stations are still those that were measured: they are where measured_revision = revision. A community without a row has '
  'revision 0 and was never measured.';
comment on column public.community_access.community_id is 'Community.';
comment on column public.community_access.revision is
  'Grows by one with each change of stations, streets, buildings, outlines of compounds, water, green, railways, shut gates or the edition of its land, and of the '
  'limit of access legs.';
comment on column public.community_access.measured_revision is 'The revision its walks were measured for; null: never measured.';
comment on column public.community_access.measured_at is 'When they were measured.';

create table public.building_access (
  building_id int primary key references public.buildings (id) on delete cascade,
  land_id int not null references public.lands (id),
  community_id int not null references public.org_units (id),
  access_cm int not null check (access_cm >= -1),
  station_ids int[] not null check (cardinality(station_ids) = 5),
  walk_cm int[] not null check (cardinality(walk_cm) = 5)
);
comment on table public.building_access is
  'Walks from buildings to the nearest station of each of the five levels, street_centre, community_station, grid_home, compound_point, stairwell_contact in this '
  'order. Measured over streets, walls and shut gates outside the database. A building without a row was not measured yet.';
comment on column public.building_access.building_id is 'Building.';
comment on column public.building_access.land_id is 'Land of the building.';
comment on column public.building_access.community_id is 'Community of the building; follows it.';
comment on column public.building_access.access_cm is 'Centimetres from the door to the street; −1: not brought onto the streets, so that nothing is known.';
comment on column public.building_access.station_ids is 'By level, the nearest station; 0 where none can be reached; −1 where it was closed, or is of another level, since they were measured.';
comment on column public.building_access.walk_cm is 'By level, centimetres on foot with both access legs; −1 where none can be reached, or none is known.';
create index building_access_community on public.building_access (community_id);

create function private.communities_of(p_lands int[]) returns int[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(u.id order by u.id), '{}')
  from public.lands l
  join public.org_units street on street.id = l.org_unit_id
  join public.org_units u on u.path operator(extensions.<@) street.path and u.level = 'community'
  where l.id = any (p_lands)
$$;
comment on function private.communities_of(int[]) is 'Communities of lands, ascending.';

create function private.outdate_access(p_communities int[]) returns void language sql set search_path = '' as $$
  -- In one order, so that two at once wait for each other.
  insert into public.community_access (community_id, revision)
  select c.id, 1 from (select distinct t.id from unnest(p_communities) as t(id)) c order by c.id
  on conflict (community_id) do update set revision = public.community_access.revision + 1
$$;
comment on function private.outdate_access(int[]) is 'Walks of these communities are to be measured again.';

create function private.forget_stations(p_stations int[]) returns void language sql set search_path = '' as $$
  update public.building_access a set
    station_ids = array(select case when s.id = any (p_stations) then -1 else s.id end from unnest(a.station_ids) with ordinality as s(id, level) order by s.level),
    walk_cm = array(select case when s.id = any (p_stations) then -1 else s.cm end from unnest(a.station_ids, a.walk_cm) with ordinality as s(id, cm, level) order by s.level)
  where p_stations <> '{}' and a.station_ids operator(pg_catalog.&&) p_stations
$$;
comment on function private.forget_stations(int[]) is 'Walks to these stations tell nothing any more, nor which would be the nearest instead.';

-- Planned once a session, perhaps for tables of no row, and then run on those of an import.
create function private.follow_places() returns trigger language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  v_lands int[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct n.land_id) into v_lands from changed n;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct o.land_id) into v_lands from former o;
  -- What does not bend a walk, as a name, outdates none.
  elsif tg_table_name = 'stations' then
    select array_agg(distinct n.land_id) into v_lands from changed n join former o on o.id = n.id
    where n.level <> o.level or not extensions.st_orderingequals(n.point, o.point);
  elsif tg_table_name = 'streets' then
    select array_agg(distinct n.land_id) into v_lands from changed n join former o on o.id = n.id
    where n.class <> o.class or not extensions.st_orderingequals(n.geom, o.geom);
  elsif tg_table_name = 'buildings' then
    select array_agg(distinct n.land_id) into v_lands from changed n join former o on o.id = n.id
    where n.community_id <> o.community_id or not extensions.st_orderingequals(n.geom, o.geom) or not extensions.st_orderingequals(n.point, o.point);
  elsif tg_table_name = 'land_features' then
    select array_agg(distinct n.land_id) into v_lands from changed n join former o on o.id = n.id
    where n.kind <> o.kind or not extensions.st_orderingequals(n.geom, o.geom);
  else
    select array_agg(distinct n.land_id) into v_lands from changed n join former o on o.id = n.id
    where not extensions.st_orderingequals(n.geom, o.geom);
  end if;
  if v_lands is null then
    return null;
  end if;
  -- First, as whoever keeps walks does: waits until those that are being kept stand, and then sees them.
  perform private.outdate_access(private.communities_of(v_lands));
  if tg_table_name = 'stations' and tg_op = 'DELETE' then
    perform private.forget_stations(array(select o.id from former o));
  elsif tg_table_name = 'stations' and tg_op = 'UPDATE' then
    perform private.forget_stations(array(select o.id from former o join changed n on n.id = o.id where n.level <> o.level));
  elsif tg_table_name = 'buildings' and tg_op = 'UPDATE' then
    update public.building_access a set community_id = n.community_id
    from changed n join former o on o.id = n.id
    where n.community_id <> o.community_id and a.building_id = n.id;
  end if;
  return null;
end
$$;
comment on function private.follow_places() is
  'Trigger: when stations, streets, buildings, outlines of compounds, land features or shut gates change, walks on their land are to be measured again.';
do $follow$
declare
  v_table text;
begin
  foreach v_table in array array['stations', 'streets', 'buildings', 'compounds', 'land_features', 'patrol_gates'] loop
    execute pg_catalog.format('create trigger follow_places_inserted after insert on public.%I referencing new table as changed
      for each statement execute function private.follow_places()', v_table);
    execute pg_catalog.format('create trigger follow_places_deleted after delete on public.%I referencing old table as former
      for each statement execute function private.follow_places()', v_table);
    execute pg_catalog.format('create trigger follow_places_updated after update on public.%I referencing old table as former new table as changed
      for each statement execute function private.follow_places()', v_table);
  end loop;
end
$follow$;

create function private.follow_edition() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.outdate_access(private.communities_of(array[new.id]));
  return null;
end
$$;
comment on function private.follow_edition() is 'Trigger: with a new edition of a land its walls may stand elsewhere, so that walks are to be measured again.';
create trigger follow_edition after update of edition on public.lands
  for each row when (new.edition <> old.edition) execute function private.follow_edition();

insert into public.community_access (community_id, revision)
select c.id, 1 from unnest(private.communities_of(array(select l.id from public.lands l))) as c(id);

-- ── days ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.gap_days (
  day date not null,
  community_id int not null references public.org_units (id),
  households int not null check (households >= 0),
  by_main int[] not null check (cardinality(by_main) = 8),
  by_any int[] not null check (cardinality(by_any) = 8),
  primary key (day, community_id)
);
comment on table public.gap_days is
  'What a community came to on a day, by the rules of that day; the last of the day stands. Reasons in the order no_grid, no_worker, compound_unmanaged, no_member, '
  'member_overloaded, visit_overdue, station_too_far, not_patrolled.';
comment on column public.gap_days.day is 'Day in Shanghai.';
comment on column public.gap_days.community_id is 'Community.';
comment on column public.gap_days.households is 'Households in all, served ones too.';
comment on column public.gap_days.by_main is 'Households by main reason, the first that holds; their sum is the households not served.';
comment on column public.gap_days.by_any is 'Households for which a reason holds, whether it is the main one or not.';
create index gap_days_community on public.gap_days (community_id, day);

-- ── sites ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.siting_scenarios (
  id uuid primary key default gen_random_uuid(),
  land_id int not null references public.lands (id),
  number int not null check (number > 0),
  title text not null check (length(title) between 1 and 60),
  state public.siting_state not null default 'draft',
  task jsonb not null,
  sites jsonb not null,
  figures jsonb not null,
  value double precision not null check (value >= 0),
  bound double precision not null check (bound >= 0),
  revision int not null default 1 check (revision > 0),
  saved_by uuid references public.people (id),
  saved_at timestamptz not null,
  published_at timestamptz,
  unique (land_id, number),
  check ((state = 'published') = (published_at is not null))
);
comment on table public.siting_scenarios is 'Where new stations would stand and whom they would serve (选址方案), saved whole to be compared and published.';
comment on column public.siting_scenarios.id is 'Identity.';
comment on column public.siting_scenarios.land_id is 'Land.';
comment on column public.siting_scenarios.number is 'Running number within the land.';
comment on column public.siting_scenarios.title is 'Title.';
comment on column public.siting_scenarios.state is 'Draft, published, or given up.';
comment on column public.siting_scenarios.task is 'What was asked, see private.is_siting_task; communities by id.';
comment on column public.siting_scenarios.sites is 'Stations it puts, see private.are_sites; communities by id.';
comment on column public.siting_scenarios.figures is 'Households and walks with it, see private.are_siting_figures.';
comment on column public.siting_scenarios.value is 'What the aim came to: weighted households, stations, weighted metres or metres.';
comment on column public.siting_scenarios.bound is 'What nothing can better, in the same unit; equal where it is proved.';
comment on column public.siting_scenarios.revision is 'Grows by one with each change; a change names the revision it saw.';
comment on column public.siting_scenarios.saved_by is 'Who last changed it.';
comment on column public.siting_scenarios.saved_at is 'When.';
comment on column public.siting_scenarios.published_at is 'When its sites became stations; null of others.';

-- ── who sees it: functions only ───────────────────────────────────────────────────────────────────────────────────
do $rls$
declare
  v_table text;
begin
  foreach v_table in array array['community_access', 'building_access', 'gap_days', 'siting_scenarios'] loop
    execute pg_catalog.format('alter table public.%I enable row level security', v_table);
    execute pg_catalog.format('revoke all on public.%I from public, anon, authenticated, service_role', v_table);
  end loop;
end
$rls$;

-- ── what the rule asks of each household and building ─────────────────────────────────────────────────────────────
drop index public.patrol_passes_building;
create index patrol_passes_latest on public.patrol_passes (building_id, at);
