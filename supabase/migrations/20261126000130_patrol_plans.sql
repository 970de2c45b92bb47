-- Plans of patrols: saved whole as drafts, brought into force, ended.

create function private.route_json(p_route public.patrol_routes) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('number', p_route.number, 'personId', p_route.person_id, 'start', private.lng_lat(p_route.start_geom),
    'end', private.lng_lat(p_route.end_geom), 'gridIds', p_route.grid_ids, 'seconds', p_route.seconds, 'metres', p_route.metres,
    'servedM', p_route.served_m, 'steps', pg_catalog.jsonb_build_object('streetId', p_route.step_street, 'fromCm', p_route.step_from_cm,
      'toCm', p_route.step_to_cm, 'flags', p_route.step_flags), 'checkpoints', p_route.checkpoints)
$$;
comment on function private.route_json(public.patrol_routes) is
  'A route → {number, personId, start, end, gridIds, seconds, metres, servedM, steps: {streetId, fromCm, toCm, flags}, checkpoints}.';

create function private.read_route(p_plan public.patrol_plans, p_route jsonb) returns public.patrol_routes language plpgsql stable set search_path = '' as $$
declare
  v_route public.patrol_routes;
  v_number jsonb;
  v_bad int;
begin
  if coalesce(pg_catalog.jsonb_typeof(p_route), '') <> 'object' then
    perform private.refuse_patrol('routes');
  end if;
  v_route.plan_id := p_plan.id;
  v_route.number := private.patrol_number(p_route, 'number', 1, 50);
  v_number := pg_catalog.jsonb_build_object('route', v_route.number);
  v_route.person_id := private.patrol_uuid(p_route, 'personId');
  if v_route.person_id is not null and not exists (
      select from public.posts o join public.org_units home on home.id = o.org_unit_id join public.org_units here on here.id = p_plan.community_id
      join public.people p on p.id = o.person_id and p.active
      where o.person_id = v_route.person_id and o.role in ('grid_leader', 'grid_worker') and home.path operator(extensions.@>) here.path
        and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)) then
    perform private.refuse_patrol('personId', v_number);
  end if;
  v_route.start_geom := private.patrol_point(p_route -> 'start', 'start');
  if coalesce(pg_catalog.jsonb_typeof(p_route -> 'end'), 'null') <> 'null' then
    v_route.end_geom := private.patrol_point(p_route -> 'end', 'end');
  end if;
  if coalesce(pg_catalog.jsonb_typeof(p_route -> 'gridIds'), '') <> 'array' or pg_catalog.jsonb_array_length(p_route -> 'gridIds') > 200 then
    perform private.refuse_patrol('gridIds', v_number);
  end if;
  select coalesce(array_agg(private.patrol_uuid(pg_catalog.jsonb_build_object('gridIds', g.value), 'gridIds') order by g.place), '{}') into v_route.grid_ids
  from pg_catalog.jsonb_array_elements(p_route -> 'gridIds') with ordinality as g(value, place);
  if exists (select from unnest(v_route.grid_ids) as t(id) where not exists (select from public.grids g join public.grid_editions e on e.id = g.edition_id
      where g.id = t.id and g.community_id = p_plan.community_id and e.land_id = p_plan.land_id)) then
    perform private.refuse_patrol('gridIds', v_number);
  end if;
  v_route.seconds := private.patrol_number(p_route, 'seconds', 0, 864000);
  v_route.metres := private.patrol_number(p_route, 'metres', 0, 1000000);
  v_route.served_m := private.patrol_number(p_route, 'servedM', 0, 1000000);
  v_route.step_street := private.patrol_ints(p_route -> 'steps', 'streetId', 0, 2147483647, null);
  v_route.step_from_cm := private.patrol_ints(p_route -> 'steps', 'fromCm', 0, 2147483647, pg_catalog.cardinality(v_route.step_street));
  v_route.step_to_cm := private.patrol_ints(p_route -> 'steps', 'toCm', 0, 2147483647, pg_catalog.cardinality(v_route.step_street));
  v_route.step_flags := private.patrol_ints(p_route -> 'steps', 'flags', 0, 3, pg_catalog.cardinality(v_route.step_street))::smallint[];
  v_bad := private.bad_stretch(p_plan.land_id, v_route.step_street, v_route.step_from_cm, v_route.step_to_cm, true);
  if v_bad is not null or pg_catalog.cardinality(v_route.step_street) > 20000
    or exists (select from unnest(v_route.step_street, v_route.step_flags) as s(street, flags) where s.street = 0 and s.flags >= 2) then
    perform private.refuse_patrol('steps', v_number || pg_catalog.jsonb_build_object('index', v_bad));
  end if;
  v_route.checkpoints := private.patrol_ints(p_route, 'checkpoints', 1, 2147483647, null);
  if exists (select from unnest(v_route.checkpoints) as t(id) where not exists (
      select from public.patrol_checkpoints c where c.id = t.id and c.land_id = p_plan.land_id and c.community_id = p_plan.community_id)) then
    perform private.refuse_patrol('checkpoints', v_number);
  elsif v_route.seconds > p_plan.shift_s + 0.5 then
    perform private.fail('route_over_shift', v_number || pg_catalog.jsonb_build_object('minutes', pg_catalog.ceil((v_route.seconds - p_plan.shift_s) / 60)));
  end if;
  return v_route;
end
$$;
comment on function private.read_route(public.patrol_plans, jsonb) is
  'A route of a document, as private.route_json gives it, checked against the land, the people of the community and the shift. Errors: patrol_invalid {field, '
  'route, index}, route_over_shift {route, minutes: missing}.';

create function private.require_patrol_plan(p_plan uuid, p_states public.patrol_state[]) returns public.patrol_plans language plpgsql set search_path = '' as $$
declare
  v_plan public.patrol_plans;
begin
  select * into v_plan from public.patrol_plans p where p.id = p_plan and p.community_id in (select private.my_led_communities()) for update;
  if not found then
    perform private.fail('not_allowed');
  elsif not v_plan.state = any (p_states) then
    perform private.fail('patrol_plan_state', pg_catalog.jsonb_build_object('state', v_plan.state));
  end if;
  return v_plan;
end
$$;
comment on function private.require_patrol_plan(uuid, public.patrol_state[]) is
  'A plan that the caller may change, locked, in one of these states. Errors: not_allowed, patrol_plan_state {state}.';

create function public.save_patrol_plan(p_plan jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_patrol_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision));
  v_id uuid;
  v_old public.patrol_plans;
  v_plan public.patrol_plans;
begin
  if v_kept is not null then
    return v_kept;
  elsif not exists (select private.my_led_communities()) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_plan), '') <> 'object' then
    perform private.refuse_patrol('plan');
  end if;
  v_id := private.patrol_uuid(p_plan, 'id');
  v_plan.community_id := private.patrol_number(p_plan, 'communityId', 1, 2147483647);
  v_plan.land_id := private.patrol_number(p_plan, 'landId', 1, 2147483647);
  if v_plan.community_id not in (select private.my_led_communities()) or not exists (
      select from public.lands l join public.org_units street on street.id = l.org_unit_id
      join public.org_units u on u.id = v_plan.community_id and u.path operator(extensions.<@) street.path where l.id = v_plan.land_id) then
    perform private.fail('not_allowed');
  end if;
  if v_id is not null and exists (select from public.patrol_plans p where p.id = v_id) then
    v_old := private.require_patrol_plan(v_id, '{draft}');
    if v_old.land_id <> v_plan.land_id then
      perform private.refuse_patrol('landId');
    end if;
    perform private.require_revision(p_revision, v_old.revision, v_old.saved_by, v_old.saved_at);
  else
    perform private.require_revision(p_revision, 0, null, null);
  end if;
  v_plan.id := coalesce(v_id, pg_catalog.gen_random_uuid());
  v_plan.title := private.patrol_text(p_plan, 'title', 1, 60);
  if not coalesce(p_plan ->> 'kind' = any (pg_catalog.enum_range(null::public.patrol_kind)::text[]), false) then
    perform private.refuse_patrol('kind');
  elsif not coalesce(p_plan ->> 'occasion' = any (pg_catalog.enum_range(null::public.patrol_occasion)::text[]), false) then
    perform private.refuse_patrol('occasion');
  elsif not coalesce(p_plan ->> 'aim' = any (pg_catalog.enum_range(null::public.patrol_aim)::text[]), false) then
    perform private.refuse_patrol('aim');
  elsif not coalesce(case when pg_catalog.jsonb_typeof(p_plan -> 'weekdays') = 'array' then pg_catalog.jsonb_array_length(p_plan -> 'weekdays') = 7
      and not exists (select from pg_catalog.jsonb_array_elements(p_plan -> 'weekdays') d where pg_catalog.jsonb_typeof(d) <> 'boolean') end, false) then
    perform private.refuse_patrol('weekdays');
  end if;
  v_plan.kind := (p_plan ->> 'kind')::public.patrol_kind;
  v_plan.occasion := (p_plan ->> 'occasion')::public.patrol_occasion;
  v_plan.aim := (p_plan ->> 'aim')::public.patrol_aim;
  select array_agg(d.value::text::boolean order by d.place) into v_plan.weekdays
  from pg_catalog.jsonb_array_elements(p_plan -> 'weekdays') with ordinality as d(value, place);
  v_plan.valid_from := private.patrol_day(p_plan, 'validFrom');
  v_plan.valid_to := private.patrol_day(p_plan, 'validTo');
  if v_plan.valid_from is null then
    perform private.refuse_patrol('validFrom');
  elsif v_plan.valid_to < v_plan.valid_from then
    perform private.refuse_patrol('validTo');
  end if;
  v_plan.start_minute := private.patrol_number(p_plan, 'startMinute', 0, 1439);
  v_plan.shift_s := private.patrol_number(p_plan, 'shiftS', 60, 86400);
  v_plan.serve_m_per_s := private.patrol_number(p_plan, 'serveMPerS', 0.05, 10);
  v_plan.walk_m_per_s := private.patrol_number(p_plan, 'walkMPerS', 0.05, 10);
  v_plan.bound_s := private.patrol_number(p_plan, 'boundS', 0, 100000000);
  if not coalesce(case when pg_catalog.jsonb_typeof(p_plan -> 'routes') = 'array' then pg_catalog.jsonb_array_length(p_plan -> 'routes') between 1 and 50 end, false) then
    perform private.refuse_patrol('routes', '{"least": 1, "most": 50}');
  elsif (select count(distinct r -> 'number') < count(*) from pg_catalog.jsonb_array_elements(p_plan -> 'routes') r) then
    perform private.refuse_patrol('number');
  end if;

  if v_old.id is null then
    -- Two at once number one after the other.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('patrol_plans'), v_plan.land_id);
    insert into public.patrol_plans (id, land_id, community_id, number, title, kind, occasion, aim, weekdays, valid_from, valid_to, start_minute, shift_s,
      serve_m_per_s, walk_m_per_s, bound_s, saved_by, saved_at)
    values (v_plan.id, v_plan.land_id, v_plan.community_id,
      coalesce((select max(p.number) from public.patrol_plans p where p.land_id = v_plan.land_id), 0) + 1, v_plan.title, v_plan.kind, v_plan.occasion,
      v_plan.aim, v_plan.weekdays, v_plan.valid_from, v_plan.valid_to, v_plan.start_minute, v_plan.shift_s, v_plan.serve_m_per_s, v_plan.walk_m_per_s,
      v_plan.bound_s, private.my_person(), private.clock())
    returning * into v_plan;
  else
    update public.patrol_plans p set community_id = v_plan.community_id, title = v_plan.title, kind = v_plan.kind, occasion = v_plan.occasion,
      aim = v_plan.aim, weekdays = v_plan.weekdays, valid_from = v_plan.valid_from, valid_to = v_plan.valid_to, start_minute = v_plan.start_minute,
      shift_s = v_plan.shift_s, serve_m_per_s = v_plan.serve_m_per_s, walk_m_per_s = v_plan.walk_m_per_s, bound_s = v_plan.bound_s,
      revision = p.revision + 1, saved_by = private.my_person(), saved_at = private.clock()
    where p.id = v_plan.id returning * into v_plan;
    delete from public.patrol_routes r where r.plan_id = v_plan.id;
  end if;
  insert into public.patrol_routes select t.* from pg_catalog.jsonb_array_elements(p_plan -> 'routes') r cross join lateral private.read_route(v_plan, r) t;
  perform private.write_audit('patrol_plan_saved', 'patrol_plan', v_plan.id::text, v_plan.community_id,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title, 'revision', v_plan.revision));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', v_plan.id, 'number', v_plan.number, 'revision', v_plan.revision));
end
$$;
comment on function public.save_patrol_plan(jsonb, int, uuid) is
  'Save a draft whole {id?, landId, communityId, title, kind, occasion, aim, weekdays, validFrom, validTo, startMinute, shiftS, serveMPerS, walkMPerS, boundS, '
  'routes: [private.route_json]}, built on the revision that was read, 0 for a new one → {id, number, revision}. Grid leaders and above in their communities. '
  'Errors: not_allowed, patrol_invalid {field, route, index}, route_over_shift {route, minutes}, patrol_plan_state {state}, stale {revision, by, at}, '
  'request_key_reused.';

create function public.publish_patrol_plan(p_plan uuid, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('publish_patrol_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision));
  v_plan public.patrol_plans;
  v_unnamed int[];
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_patrol_plan(p_plan, '{draft}');
  perform private.require_revision(p_revision, v_plan.revision, v_plan.saved_by, v_plan.saved_at);
  select array_agg(r.number order by r.number) into v_unnamed from public.patrol_routes r where r.plan_id = p_plan and r.person_id is null;
  if v_unnamed is not null then
    perform private.fail('route_unnamed', pg_catalog.jsonb_build_object('routes', v_unnamed));
  elsif coalesce(v_plan.valid_to, case when not true = any (v_plan.weekdays) then v_plan.valid_from end) < private.today() then
    perform private.refuse_patrol('validTo');
  end if;
  update public.patrol_plans p set state = 'published', revision = p.revision + 1, saved_by = private.my_person(), saved_at = private.clock(),
    published_by = private.my_person(), published_at = private.clock()
  where p.id = p_plan returning * into v_plan;
  perform private.write_audit('patrol_plan_published', 'patrol_plan', p_plan::text, v_plan.community_id,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_plan, 'revision', v_plan.revision));
end
$$;
comment on function public.publish_patrol_plan(uuid, int, uuid) is
  'Bring a draft into force as it was seen; each route has a named person → {id, revision}. Errors: not_allowed, stale, patrol_plan_state {state}, '
  'route_unnamed {routes}, patrol_invalid {field: validTo}: its days are over, request_key_reused.';

create function public.end_patrol_plan(p_plan uuid, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('end_patrol_plan', p_request_key, pg_catalog.to_jsonb(p_plan));
  v_plan public.patrol_plans;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_patrol_plan(p_plan, '{published}');
  -- In force through today; one whose days had not come yet was never walked.
  update public.patrol_plans p set state = 'ended', revision = p.revision + 1, saved_by = private.my_person(), saved_at = private.clock(),
    valid_to = greatest(p.valid_from, least(p.valid_to, private.today()))
  where p.id = p_plan returning * into v_plan;
  perform private.write_audit('patrol_plan_ended', 'patrol_plan', p_plan::text, v_plan.community_id,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_plan, 'revision', v_plan.revision));
end
$$;
comment on function public.end_patrol_plan(uuid, uuid) is
  'Stop a plan in force; it held through today → {id, revision}. Errors: not_allowed, patrol_plan_state {state}, request_key_reused.';

create function public.discard_patrol_plan(p_plan uuid, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('discard_patrol_plan', p_request_key, pg_catalog.to_jsonb(p_plan));
  v_plan public.patrol_plans;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_patrol_plan(p_plan, '{draft}');
  delete from public.patrol_plans p where p.id = p_plan;
  perform private.write_audit('patrol_plan_discarded', 'patrol_plan', p_plan::text, v_plan.community_id,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', p_plan));
end
$$;
comment on function public.discard_patrol_plan(uuid, uuid) is 'Throw a draft away → {id}. Errors: not_allowed, patrol_plan_state {state}, request_key_reused.';
