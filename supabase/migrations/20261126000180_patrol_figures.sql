-- Figures of walks by community, grid and person. src/rooms/patrol counts the same.

create function private.new_cm(p_tracks uuid[]) returns table (track_id uuid, cm bigint) language plpgsql stable rows 5000 set search_path = '' as $$
#variable_conflict use_column
declare
  v_row record;
  v_street int;
  v_walked int4multirange;
begin
  for v_row in
    select w.track_id, w.street_id, pg_catalog.range_agg(pg_catalog.int4range(w.from_cm, w.to_cm)) as parts
    from public.patrol_tracks t join public.patrol_walked w on w.track_id = t.id
    where t.id = any (p_tracks)
    group by w.track_id, w.street_id, t.day, t.started_at
    order by w.street_id, t.day, t.started_at, w.track_id
  loop
    if v_street is distinct from v_row.street_id then
      v_street := v_row.street_id;
      v_walked := '{}';
    end if;
    if not v_row.parts operator(pg_catalog.<@) v_walked then
      track_id := v_row.track_id;
      select sum(pg_catalog.upper(p.part) - pg_catalog.lower(p.part)) into cm
      from unnest(v_row.parts operator(pg_catalog.-) v_walked) as p(part);
      return next;
      v_walked := v_walked operator(pg_catalog.+) v_row.parts;
    end if;
  end loop;
end
$$;
comment on function private.new_cm(uuid[]) is
  'Of walks in the order of time, by walk and street: what no earlier one of them had walked, centimetres; nothing where it was all known.';

create function public.patrol_figures(p_org_unit int, p_from date, p_to date) returns json language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_rows json;
begin
  if p_org_unit is null or not exists (
      select from public.org_units here join public.org_units u on u.path operator(extensions.<@) here.path
      where here.id = p_org_unit
        and u.id in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor'))) then
    perform private.fail('not_allowed');
  elsif p_from is null or p_to is null or p_from > p_to or p_to - p_from > 366 then
    perform private.refuse_patrol('period');
  end if;
  with track as materialized (
    select t.*, case when w.id is not null then t.person_id end as known_person,
      case when w.id is not null or t.grid_id in (select private.shared_grids()) then t.grid_id end as known_grid
    from public.org_units here
    join public.org_units street on street.path operator(extensions.<@) here.path or street.path operator(extensions.@>) here.path
    join public.lands l on l.org_unit_id = street.id
    cross join lateral private.read_tracks(l.id, p_from, p_to) t
    left join lateral (select x.id from private.read_walkers(l.id, p_from, p_to) as x(id)) w on w.id = t.id
    left join public.org_units community on community.id = t.community_id
    where here.id = p_org_unit and t.state = 'matched'
      and (community.path operator(extensions.<@) here.path or community.id is null and street.path operator(extensions.<@) here.path)
  ), new_cm as (
    select n.track_id, sum(n.cm) as cm from private.new_cm(array(select t.id from track t)) n group by n.track_id
  )
  select coalesce(json_agg(r order by r."communityId", r."gridId", r."personId"), '[]') into v_rows
  from (
    select t.community_id as "communityId", t.known_grid as "gridId", t.known_person as "personId", count(*) as walks,
      sum(pg_catalog.round(extract(epoch from t.ended_at - t.started_at)))::bigint as seconds,
      sum(t.street_m) as "streetM", sum(t.yard_m) as "yardM", coalesce(sum(n.cm), 0) as "newCm"
    from track t left join new_cm n on n.track_id = t.id
    group by t.community_id, t.known_grid, t.known_person) r;
  return v_rows;
end
$$;
comment on function public.patrol_figures(int, date, date) is
  'Matched walks of a unit and of some days, both counted, by community, grid they were for and person → [{communityId, gridId, personId, walks, seconds, '
  'streetM, yardM, newCm: streets walked that no earlier walk of the period had, centimetres}]: rows add up, and newCm to the streets walked at all, each '
  'counted once. Whoever may not know who walked gets null, and null for a grid with one worker. For grid leaders and above, and auditors. Errors: not_allowed, patrol_invalid {field: period}.';
