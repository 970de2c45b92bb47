-- What is to be walked: duties of streets, shut gates, checkpoints. Set on the map, by grid leaders and above in their own territory.

-- ── duties ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.duties_json(p_land int) returns json language sql stable set search_path = '' as $$
  select coalesce(json_agg(json_build_object('id', d.id, 'streetId', d.street_id, 'fromCm', d.from_cm, 'toCm', d.to_cm, 'duty', d.duty,
    'bothSides', d.both_sides, 'reason', d.reason, 'by', coalesce(p.name_masked, ''), 'at', d.set_at) order by d.street_id, d.from_cm), '[]')
  from public.patrol_duties d left join public.people p on p.id = d.set_by
  where d.land_id = p_land
$$;
comment on function private.duties_json(int) is 'Rules of duty of a land → [{id, streetId, fromCm, toCm, duty, bothSides, reason, by (masked), at}].';

create function private.is_off_territory(p_land int, p_communities int[], p_streets int[], p_from int[], p_to int[]) returns boolean
language sql stable set search_path = '' as $$
  with territory as materialized (
    select private.in_frame(g.geom, l) as geom
    from public.lands l
    join public.grid_editions e on e.land_id = l.id and e.valid_to is null
    join public.grids g on g.edition_id = e.id and g.community_id = any (p_communities)
    where l.id = p_land
  ), line as materialized (
    select s.id, t.geom, extensions.st_length(t.geom) * 100 as cm
    from public.streets s join public.lands l on l.id = s.land_id cross join lateral (select private.in_frame(s.geom, l) as geom) t
    where s.land_id = p_land and s.id = any (p_streets)
  )
  select exists (
    select from unnest(p_streets, p_from, p_to) as r(street_id, from_cm, to_cm)
    join line on line.id = r.street_id
    cross join lateral (select extensions.st_linesubstring(line.geom, least(1.0, r.from_cm / line.cm), least(1.0, r.to_cm / line.cm)) as geom) part
    where not exists (select from territory t where extensions.st_intersects(t.geom, part.geom)))
$$;
comment on function private.is_off_territory(int, int[], int[], int[], int[]) is
  'Whether a stretch of these lies wholly outside the grids in force of some communities; one on their border, or across it, does not.';

create function public.set_duties(p_land int, p_rules jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('set_duties', p_request_key, pg_catalog.jsonb_build_array(p_land, p_rules));
  v_led int[];
  v_streets int[];
  v_from int[];
  v_to int[];
  v_bad int;
  v_rule record;
  v_now timestamptz := private.clock();
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select coalesce(array_agg(c.id), '{}') into v_led from private.my_led_communities() as c(id);
  if p_land is null or v_led = '{}' or p_land not in (select private.my_patrol_lands()) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_rules), '') <> 'array' or pg_catalog.jsonb_array_length(p_rules) not between 1 and 5000 then
    perform private.refuse_patrol('rules', '{"least": 1, "most": 5000}');
  end if;
  select min(r.place) - 1 into v_bad from pg_catalog.jsonb_array_elements(p_rules) with ordinality as r(value, place)
  where pg_catalog.jsonb_typeof(r.value) <> 'object'
    or not (private.is_count(r.value -> 'streetId') and private.is_count(r.value -> 'fromCm') and private.is_count(r.value -> 'toCm'))
    or not coalesce(coalesce(r.value ->> 'duty', 'daily') in ('daily', 'weekly', 'none'), false)
    or coalesce(pg_catalog.jsonb_typeof(r.value -> 'bothSides'), 'null') not in ('boolean', 'null')
    or coalesce(pg_catalog.jsonb_typeof(r.value -> 'reason'), 'null') not in ('string', 'null')
    or pg_catalog.length(coalesce(private.clean_text(r.value ->> 'reason'), '')) > 200;
  if v_bad is not null then
    perform private.refuse_patrol('rules', pg_catalog.jsonb_build_object('index', v_bad));
  end if;
  select array_agg((r.value ->> 'streetId')::int order by r.place), array_agg((r.value ->> 'fromCm')::int order by r.place),
    array_agg((r.value ->> 'toCm')::int order by r.place)
  into v_streets, v_from, v_to from pg_catalog.jsonb_array_elements(p_rules) with ordinality as r(value, place);
  v_bad := private.bad_stretch(p_land, v_streets, v_from, v_to, false);
  if v_bad is not null then
    perform private.refuse_patrol('rules', pg_catalog.jsonb_build_object('index', v_bad));
  elsif exists (select from pg_catalog.jsonb_array_elements(p_rules) r where r ->> 'duty' = 'none' and pg_catalog.length(coalesce(private.clean_text(r ->> 'reason'), '')) < 2) then
    perform private.fail('reason_required');
  elsif not exists (select from public.lands l where l.id = p_land and l.org_unit_id in (select private.my_units_as('district_admin', 'street_officer')))
    and private.is_off_territory(p_land, v_led, v_streets, v_from, v_to) then
    perform private.fail('not_allowed');
  end if;

  -- Two at once go one after the other: rules of a street never overlap.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('patrol_duties'), p_land);
  for v_rule in
    select (r.value ->> 'streetId')::int as street_id, (r.value ->> 'fromCm')::int as from_cm, (r.value ->> 'toCm')::int as to_cm,
      (r.value ->> 'duty')::public.street_duty as duty, coalesce((r.value ->> 'bothSides')::boolean, false) as both_sides,
      coalesce(private.clean_text(r.value ->> 'reason'), '') as reason
    from pg_catalog.jsonb_array_elements(p_rules) with ordinality as r(value, place) order by r.place
  loop
    with cut as (
      delete from public.patrol_duties d
      where d.street_id = v_rule.street_id and d.from_cm < v_rule.to_cm and d.to_cm > v_rule.from_cm returning d.*
    )
    insert into public.patrol_duties (land_id, street_id, from_cm, to_cm, duty, both_sides, reason, set_by, set_at)
    select c.land_id, c.street_id, part.from_cm, part.to_cm, c.duty, c.both_sides, c.reason, c.set_by, c.set_at
    from cut c cross join lateral (values (c.from_cm, v_rule.from_cm), (v_rule.to_cm, c.to_cm)) as part(from_cm, to_cm)
    where part.from_cm < part.to_cm;
    if v_rule.duty is not null then
      insert into public.patrol_duties (land_id, street_id, from_cm, to_cm, duty, both_sides, reason, set_by, set_at)
      values (p_land, v_rule.street_id, v_rule.from_cm, v_rule.to_cm, v_rule.duty, v_rule.both_sides, v_rule.reason, private.my_person(), v_now);
    end if;
  end loop;
  perform private.write_audit('patrol_duties_set', 'land', p_land::text, (select l.org_unit_id from public.lands l where l.id = p_land),
    pg_catalog.jsonb_build_object('count', pg_catalog.jsonb_array_length(p_rules), 'duty', coalesce(p_rules -> 0 ->> 'duty', 'cleared'),
      'reason', pg_catalog.left(coalesce(private.clean_text(p_rules -> 0 ->> 'reason'), ''), 200)));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('duties', private.duties_json(p_land)::jsonb));
end
$$;
comment on function public.set_duties(int, jsonb, uuid) is
  'Set duties on parts of streets [{streetId, fromCm, toCm, duty: null takes away what was set, bothSides?, reason?}], at most 5,000, the later over the '
  'earlier; what a rule was cut from keeps the rest → {duties: all of the land, private.duties_json}. Grid leaders and secretaries on stretches that lie '
  'in or reach into their community, officers and administrators on the whole land. none asks for a reason. Errors: not_allowed, patrol_invalid {field, index}, '
  'reason_required, request_key_reused.';

-- ── gates ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.lng_lat(p_geom extensions.geometry) returns json language sql immutable set search_path = '' as $$
  select case when p_geom is not null then json_build_array(
    pg_catalog.round(extensions.st_x(p_geom)::numeric, 7), pg_catalog.round(extensions.st_y(p_geom)::numeric, 7)) end
$$;
comment on function private.lng_lat(extensions.geometry) is 'A place as [lng, lat]; null of none.';

create function private.gates_json(p_land int) returns json language sql stable set search_path = '' as $$
  select coalesce(json_agg(json_build_object('id', g.id, 'lngLat', private.lng_lat(g.geom), 'reason', g.reason) order by g.id), '[]')
  from public.patrol_gates g where g.land_id = p_land
$$;
comment on function private.gates_json(int) is 'Shut gates of a land → [{id, lngLat, reason}].';

create function public.set_gates(p_land int, p_input jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('set_gates', p_request_key, pg_catalog.jsonb_build_array(p_land, p_input));
  v_gate jsonb;
  v_place record;
  v_point extensions.geometry;
  v_remove int[];
begin
  if v_kept is not null then
    return v_kept;
  elsif p_land is null or p_land not in (select private.my_patrol_lands()) or not exists (select private.my_led_communities()) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_input -> 'add'), 'array') <> 'array' or pg_catalog.jsonb_array_length(coalesce(p_input -> 'add', '[]')) > 500 then
    perform private.refuse_patrol('add');
  end if;
  for v_gate in select g from pg_catalog.jsonb_array_elements(coalesce(p_input -> 'add', '[]')) g loop
    v_point := private.patrol_point(v_gate -> 'lngLat', 'lngLat');
    v_place := private.issue_place(v_point);
    if v_place.land_id <> p_land or v_place.community_id not in (select private.my_led_communities()) then
      perform private.fail('not_allowed');
    end if;
    insert into public.patrol_gates (land_id, community_id, geom, reason, set_by, set_at)
    values (p_land, v_place.community_id, v_point, private.patrol_text(v_gate, 'reason', 0, 200), private.my_person(), private.clock());
  end loop;
  v_remove := private.json_ints(coalesce(p_input -> 'remove', '[]'), 1, 2147483647);
  if v_remove is null then
    perform private.refuse_patrol('remove');
  elsif exists (select from public.patrol_gates g where g.id = any (v_remove)
      and (g.land_id <> p_land or g.community_id not in (select private.my_led_communities()))) then
    perform private.fail('not_allowed');
  end if;
  delete from public.patrol_gates g where g.id = any (v_remove);
  perform private.write_audit('patrol_gates_set', 'land', p_land::text, (select l.org_unit_id from public.lands l where l.id = p_land),
    pg_catalog.jsonb_build_object('added', pg_catalog.jsonb_array_length(coalesce(p_input -> 'add', '[]')), 'removed', pg_catalog.cardinality(v_remove)));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('gates', private.gates_json(p_land)::jsonb));
end
$$;
comment on function public.set_gates(int, jsonb, uuid) is
  'Shut gates and open them {add: [{lngLat, reason?}], remove: [id]} → {gates: all of the land}; one that is open already is no error. Grid leaders and above '
  'in their communities. Errors: not_allowed, patrol_invalid {field}, place_outside, request_key_reused.';

-- ── checkpoints ───────────────────────────────────────────────────────────────────────────────────────────────────
create function private.midnight(p_at timestamptz) returns timestamptz language sql stable set search_path = '' as $$
  select pg_catalog.date_trunc('day', p_at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
$$;
comment on function private.midnight(timestamptz) is 'Midnight in Shanghai that begins the day of a moment.';

create function private.checkpoint_json(p_checkpoint public.patrol_checkpoints, p_is_led boolean) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_checkpoint.id, 'name', p_checkpoint.name, 'note', p_checkpoint.note,
    'lngLat', private.lng_lat(p_checkpoint.geom), 'communityId', p_checkpoint.community_id, 'radiusM', p_checkpoint.radius_m,
    'dwellS', p_checkpoint.dwell_s, 'everyDays', p_checkpoint.every_days,
    'lastAt', (select case when p_is_led then max(m.at) else private.midnight(max(m.at)) end
      from public.patrol_marks m where m.checkpoint_id = p_checkpoint.id and m.mark <> 'probable'))
$$;
comment on function private.checkpoint_json(public.patrol_checkpoints, boolean) is
  'A checkpoint → {id, name, note, lngLat, communityId, radiusM, dwellS, everyDays, lastAt: last visited or confirmed, the day of it for who does not order '
  'patrols there}.';

create function public.save_checkpoint(p_checkpoint jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_checkpoint', p_request_key, p_checkpoint);
  v_old public.patrol_checkpoints;
  v_new public.patrol_checkpoints;
  v_place record;
begin
  if v_kept is not null then
    return v_kept;
  elsif not exists (select private.my_led_communities()) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_checkpoint), '') <> 'object' then
    perform private.refuse_patrol('checkpoint');
  end if;
  v_new.name := private.patrol_text(p_checkpoint, 'name', 1, 60);
  v_new.note := private.patrol_text(p_checkpoint, 'note', 0, 400);
  v_new.radius_m := private.patrol_number(p_checkpoint, 'radiusM', 5, 200);
  v_new.dwell_s := private.patrol_number(p_checkpoint, 'dwellS', 0, 3600);
  v_new.every_days := private.patrol_number(p_checkpoint, 'everyDays', 1, 366);
  v_new.geom := private.patrol_point(p_checkpoint -> 'lngLat', 'lngLat');
  v_place := private.issue_place(v_new.geom);
  if v_place.community_id not in (select private.my_led_communities()) then
    perform private.fail('not_allowed');
  end if;
  if coalesce(pg_catalog.jsonb_typeof(p_checkpoint -> 'id'), 'null') <> 'null' then
    select * into v_old from public.patrol_checkpoints c
    where c.id = private.patrol_number(p_checkpoint, 'id', 1, 2147483647)::int and c.community_id in (select private.my_led_communities()) for update;
    if v_old.id is null or v_old.land_id <> v_place.land_id then
      perform private.fail('not_allowed');
    end if;
    update public.patrol_checkpoints c set name = v_new.name, note = v_new.note, radius_m = v_new.radius_m, dwell_s = v_new.dwell_s,
      every_days = v_new.every_days, geom = v_new.geom, community_id = v_place.community_id, set_by = private.my_person(), set_at = private.clock()
    where c.id = v_old.id returning * into v_new;
  else
    insert into public.patrol_checkpoints (land_id, community_id, name, note, geom, radius_m, dwell_s, every_days, set_by, set_at)
    values (v_place.land_id, v_place.community_id, v_new.name, v_new.note, v_new.geom, v_new.radius_m, v_new.dwell_s, v_new.every_days,
      private.my_person(), private.clock())
    returning * into v_new;
  end if;
  perform private.write_audit('checkpoint_saved', 'checkpoint', v_new.id::text, v_new.community_id, pg_catalog.jsonb_build_object('name', v_new.name));
  return private.keep_answer(p_request_key, private.checkpoint_json(v_new, true));
end
$$;
comment on function public.save_checkpoint(jsonb, uuid) is
  'Enter a checkpoint {name, note, lngLat, radiusM, dwellS, everyDays}, or change the one with id → private.checkpoint_json. Grid leaders and above in their '
  'communities. Errors: not_allowed, patrol_invalid {field}, place_outside, request_key_reused.';

create function private.set_checkpoint_removed(p_id int, p_is_removed boolean) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_checkpoint public.patrol_checkpoints;
begin
  update public.patrol_checkpoints c set removed_at = case when p_is_removed then private.clock() end
  where c.id = p_id and c.community_id in (select private.my_led_communities()) returning * into v_checkpoint;
  if not found then
    perform private.fail('not_allowed');
  end if;
  perform private.write_audit(case when p_is_removed then 'checkpoint_removed' else 'checkpoint_restored' end, 'checkpoint', p_id::text,
    v_checkpoint.community_id, pg_catalog.jsonb_build_object('name', v_checkpoint.name));
  return pg_catalog.jsonb_build_object('id', p_id);
end
$$;
comment on function private.set_checkpoint_removed(int, boolean) is 'Take a checkpoint away, or put it back. Error: not_allowed.';

create function public.remove_checkpoint(p_id int, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('remove_checkpoint', p_request_key, pg_catalog.to_jsonb(p_id)),
    private.keep_answer(p_request_key, private.set_checkpoint_removed(p_id, true)));
end
$$;
comment on function public.remove_checkpoint(int, uuid) is 'Take a checkpoint away; what was marked stays → {id}. Errors: not_allowed, request_key_reused.';
create function public.restore_checkpoint(p_id int, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('restore_checkpoint', p_request_key, pg_catalog.to_jsonb(p_id)),
    private.keep_answer(p_request_key, private.set_checkpoint_removed(p_id, false)));
end
$$;
comment on function public.restore_checkpoint(int, uuid) is 'Put a checkpoint back that was taken away → {id}. Errors: not_allowed, request_key_reused.';
