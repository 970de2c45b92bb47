-- What the clock does to walks: forgotten ones end, raw fixes go, then who walked and when.

create function private.forget_walkers(p_tracks uuid[]) returns int language plpgsql set search_path = '' as $$
declare
  v_count int;
begin
  update public.patrol_walked w set from_at = private.midnight(w.from_at), to_at = private.midnight(w.from_at) where w.track_id = any (p_tracks);
  update public.patrol_marks m set at = private.midnight(m.at) where m.track_id = any (p_tracks);
  update public.patrol_passes p set at = private.midnight(p.at) where p.track_id = any (p_tracks);
  -- The route names who walks it.
  update public.patrol_tracks t set person_id = null, plan_id = null, route = null,
    -- A grid with one worker names who walks it.
    grid_id = case when t.grid_id in (select private.shared_grids()) then t.grid_id end, consent_version = null, matched_by = null,
    matched_at = private.midnight(t.matched_at), started_at = private.midnight(t.started_at),
    ended_at = private.midnight(t.started_at) + (t.ended_at - t.started_at)
  where t.id = any (p_tracks);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.forget_walkers(uuid[]) is
  'Forget who walked and at what time of the day; what was walked on which day, and how long it took, stays → how many. Raw fixes are gone before.';

create function private.run_patrol_rules(p_land int default null) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock();
  v_today date := private.today();
  v_track public.patrol_tracks;
  v_ids uuid[];
  v_closed int := 0;
  v_raw int := 0;
  v_names int := 0;
begin
  -- Whatever of it still waited on a phone would be too old.
  for v_track in
    select t.* from public.patrol_tracks t
    where t.state = 'open' and t.started_at < v_now - interval '8 days' and (p_land is null or t.land_id = p_land) order by t.id for update skip locked
  loop
    perform private.close_track(v_track, '-infinity');
    v_closed := v_closed + 1;
  end loop;

  select coalesce(array_agg(t.id), '{}') into v_ids
  from (
    select x.id from public.patrol_tracks x
    join (select u.id as land_id, c.id as community_id, (public.patrol_settings(coalesce(c.id, u.org_unit_id)) ->> 'rawDays')::int as days
      from public.lands u left join lateral (select distinct t.community_id as id from public.patrol_tracks t where t.land_id = u.id) c on true
      where p_land is null or u.id = p_land) rule
      on rule.land_id = x.land_id and rule.community_id is not distinct from x.community_id
    -- Batches nothing of which was stored go too: they tell when they were sent.
    where x.id in (select f.track_id from private.patrol_fixes f) and x.state <> 'open' and x.day < v_today - rule.days
    for update of x skip locked) t;
  if v_ids <> '{}' then
    v_raw := private.forget_raw(v_ids);
  end if;

  select coalesce(array_agg(t.id), '{}') into v_ids
  from (
    select x.id from public.patrol_tracks x
    join (select u.id as land_id, c.id as community_id, (public.patrol_settings(coalesce(c.id, u.org_unit_id)) ->> 'nameDays')::int as days
      from public.lands u left join lateral (select distinct t.community_id as id from public.patrol_tracks t where t.land_id = u.id and t.person_id is not null) c on true
      where p_land is null or u.id = p_land) rule
      on rule.land_id = x.land_id and rule.community_id is not distinct from x.community_id
    where x.person_id is not null and not x.has_raw and x.state = 'matched' and x.day < v_today - rule.days
    for update of x skip locked) t;
  if v_ids <> '{}' then
    v_names := private.forget_walkers(v_ids);
  end if;
  -- Consents that were taken back, by the rule of the person's unit.
  delete from public.patrol_consents c
  where p_land is null and c.withdrawn_at < v_now - interval '1 day'
    and c.withdrawn_at < v_now - pg_catalog.make_interval(days => (public.patrol_settings(private.home_unit(c.person_id)) ->> 'nameDays')::int);
  if v_raw + v_names + v_closed > 0 then
    perform private.write_audit('patrol_rules_run', 'system', 'patrol',
      coalesce((select l.org_unit_id from public.lands l where l.id = p_land), (select min(u.id) from public.org_units u where u.parent_id is null)),
      pg_catalog.jsonb_build_object('rawDeleted', v_raw, 'namesForgotten', v_names, 'closed', v_closed));
  end if;
  return pg_catalog.jsonb_build_object('rawDeleted', v_raw, 'namesForgotten', v_names, 'closed', v_closed);
end
$$;
comment on function private.run_patrol_rules(int) is
  'Retention of walks, on all lands or one: walks left open for 8 days end; raw fixes and ways off streets go after rawDays, with walks that were never '
  'matched; who walked, and at what time, after nameDays → {rawDeleted, namesForgotten, closed}. Days are Shanghai''s by the clock of rules; walks somebody '
  'works on right now wait for the next time.';

create function public.run_patrol_rules(p_land int) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if p_land is null or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  end if;
  return private.run_patrol_rules(p_land);
end
$$;
comment on function public.run_patrol_rules(int) is
  'Let retention of walks take effect on a land, so that it holds wherever the database runs → {rawDeleted, namesForgotten, closed}. Errors: not_allowed.';
