-- What the room holds of a street's slips, one slip as a whole, what lies near, photos, and one's own.

create function private.my_issues_of(p_land int) returns setof public.issues language sql stable rows 5000 set search_path = '' as $$
  select i.* from public.issues i
  where i.land_id = p_land
    and (i.community_id in (select private.my_household_communities()) or i.grid_id in (select private.my_grids())
      or i.handler_id in (select private.my_own_person()) or i.reported_by in (select private.my_own_person()))
$$;
comment on function private.my_issues_of(int) is 'Slips of a land that the caller sees; the same as the policy of the table.';

-- Columns are written as JSON text directly, as in scope_snapshot. Words are sent by their place in the type.
create function public.issue_scope(p_land int) returns json language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_columns json;
  v_grids uuid[];
  v_handlers uuid[];
begin
  if p_land is null or p_land not in (select private.my_lands()) then
    perform private.fail('land_unknown', pg_catalog.jsonb_build_object('landId', p_land));
  end if;
  select coalesce(array_agg(distinct i.grid_id) filter (where i.grid_id is not null), '{}'),
    coalesce(array_agg(distinct i.handler_id) filter (where i.handler_id is not null), '{}')
  into v_grids, v_handlers from private.my_issues_of(p_land) i;

  with word as materialized (
    select pg_catalog.enum_range(null::public.issue_category) as categories, pg_catalog.enum_range(null::public.issue_state) as states,
      pg_catalog.enum_range(null::public.issue_level) as levels, pg_catalog.enum_range(null::public.issue_outcome) as outcomes,
      pg_catalog.enum_range(null::public.issue_source) as sources
  ), row_of as materialized (
    select i.id, i.number, i.title, pg_catalog.round(extensions.st_x(i.geom)::numeric, 7) as lng, pg_catalog.round(extensions.st_y(i.geom)::numeric, 7) as lat,
      coalesce(i.building_id, 0) as building, i.community_id as community, coalesce(g.place, 0) as grid, coalesce(h.place, 0) as handler,
      pg_catalog.array_position(w.categories, i.category) - 1 as category, pg_catalog.array_position(w.states, i.state) - 1 as state,
      pg_catalog.array_position(w.levels, i.level) - 1 as level, pg_catalog.array_position(w.levels, i.top_level) - 1 as top_level,
      coalesce(pg_catalog.array_position(w.outcomes, i.outcome), 0) as outcome, pg_catalog.array_position(w.sources, i.source) - 1 as source,
      pg_catalog.date_part('epoch', i.reported_at)::bigint as reported, coalesce(pg_catalog.date_part('epoch', i.claimed_at), 0)::bigint as claimed,
      coalesce(pg_catalog.date_part('epoch', i.finished_at), 0)::bigint as finished, coalesce(pg_catalog.date_part('epoch', i.closed_at), 0)::bigint as closed,
      coalesce(pg_catalog.date_part('epoch', i.published_at), 0)::bigint as published, pg_catalog.date_part('epoch', i.due_at)::bigint as due,
      case when i.outcome is null then 0 when coalesce(i.finished_at, i.closed_at) <= i.due_at then 1 else 2 end as on_time,
      coalesce(i.satisfaction, 0) as satisfaction, i.reminders, coalesce(i.duplicate_of, 0) as duplicate_of
    from private.my_issues_of(p_land) i
    cross join word w
    left join unnest(v_grids) with ordinality as g(id, place) on g.id = i.grid_id
    left join unnest(v_handlers) with ordinality as h(id, place) on h.id = i.handler_id
    order by i.reported_at, i.id
  )
  select json_build_object(
    'id', ('[' || coalesce(string_agg(r.id::text, ','), '') || ']')::json,
    'number', coalesce(json_agg(r.number), '[]'),
    'title', coalesce(json_agg(r.title), '[]'),
    'lngLat', ('[' || coalesce(string_agg(r.lng || ',' || r.lat, ','), '') || ']')::json,
    'building', ('[' || coalesce(string_agg(r.building::text, ','), '') || ']')::json,
    'community', ('[' || coalesce(string_agg(r.community::text, ','), '') || ']')::json,
    'grid', ('[' || coalesce(string_agg(r.grid::text, ','), '') || ']')::json,
    'category', ('[' || coalesce(string_agg(r.category::text, ','), '') || ']')::json,
    'state', ('[' || coalesce(string_agg(r.state::text, ','), '') || ']')::json,
    'level', ('[' || coalesce(string_agg(r.level::text, ','), '') || ']')::json,
    'topLevel', ('[' || coalesce(string_agg(r.top_level::text, ','), '') || ']')::json,
    'outcome', ('[' || coalesce(string_agg(r.outcome::text, ','), '') || ']')::json,
    'source', ('[' || coalesce(string_agg(r.source::text, ','), '') || ']')::json,
    'reported', ('[' || coalesce(string_agg(r.reported::text, ','), '') || ']')::json,
    'claimed', ('[' || coalesce(string_agg(r.claimed::text, ','), '') || ']')::json,
    'finished', ('[' || coalesce(string_agg(r.finished::text, ','), '') || ']')::json,
    'closed', ('[' || coalesce(string_agg(r.closed::text, ','), '') || ']')::json,
    'published', ('[' || coalesce(string_agg(r.published::text, ','), '') || ']')::json,
    'due', ('[' || coalesce(string_agg(r.due::text, ','), '') || ']')::json,
    'onTime', ('[' || coalesce(string_agg(r.on_time::text, ','), '') || ']')::json,
    'satisfaction', ('[' || coalesce(string_agg(r.satisfaction::text, ','), '') || ']')::json,
    'reminders', ('[' || coalesce(string_agg(r.reminders::text, ','), '') || ']')::json,
    'duplicateOf', ('[' || coalesce(string_agg(r.duplicate_of::text, ','), '') || ']')::json,
    'handler', ('[' || coalesce(string_agg(r.handler::text, ','), '') || ']')::json)
  into v_columns from row_of r;

  return json_build_object('version', 1, 'landId', p_land, 'now', pg_catalog.date_part('epoch', private.clock()) * 1000,
    'settings', public.issue_settings((select l.org_unit_id from public.lands l where l.id = p_land)), 'issues', v_columns,
    'grids', pg_catalog.to_json(v_grids),
    'handlers', (select coalesce(json_agg(json_build_object('personId', h.id, 'name', private.masked_name(h.id)) order by h.place), '[]')
      from unnest(v_handlers) with ordinality as h(id, place)));
end
$$;
comment on function public.issue_scope(int) is
  'Slips of a land as far as the caller sees them, column by column by time of report, without who reported them → {version, landId, now (ms since 1970), '
  'settings, issues: {id, number, title, lngLat (by turns), building, community: ids, 0 for none; grid, handler: place from 1 in the lists beside, 0 for none; '
  'category, state, level, topLevel, source: place in the type from 0; outcome: from 1, 0 while open; reported, claimed, finished, closed, published, due: '
  'seconds since 1970, 0 for none; onTime: 1 settled by its deadline, 2 late, 0 open; satisfaction, reminders, duplicateOf}, grids: [id], handlers: '
  '[{personId, name}], masked}. Errors: land_unknown.';

-- ── near by ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.near_point(p_land int, p_point extensions.geometry, p_category public.issue_category, p_but int) returns jsonb
language sql stable set search_path = '' as $$
  with rule as (
    select (s.value ->> 'duplicateM')::float8 as m, pg_catalog.make_interval(days => (s.value ->> 'duplicateDays')::int) as days
    from public.lands l cross join lateral public.issue_settings(l.org_unit_id) as s(value) where l.id = p_land
  ), near as (
    select i.*, extensions.st_distance(i.geom::extensions.geography, p_point::extensions.geography) as m
    from rule cross join public.issues i
    -- A degree is nowhere here shorter than 30 km.
    where i.geom operator(extensions.&&) extensions.st_expand(p_point, rule.m / 30000) and i.land_id = p_land and i.category = p_category
      and i.reported_at > private.clock() - rule.days and i.id is distinct from p_but and i.outcome is distinct from 'withdrawn'
      and i.duplicate_of is null
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', n.id, 'number', n.number, 'title', n.title, 'state', n.state, 'outcome', n.outcome,
    'reportedAt', n.reported_at, 'distanceM', pg_catalog.round(n.m::numeric, 1)) order by n.m, n.id), '[]')
  from near n cross join rule
  where n.m <= rule.m
    and (n.community_id in (select private.my_household_communities()) or n.grid_id in (select private.my_grids())
      or n.handler_id in (select private.my_own_person()) or n.reported_by in (select private.my_own_person()))
$$;
comment on function private.near_point(int, extensions.geometry, public.issue_category, int) is
  'Slips of a category near a place that the caller sees and that may be the same matter, by the settings of the street, but for one.';

create function public.near_issues(p_land int, p_lng double precision, p_lat double precision, p_category public.issue_category) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_land is null or p_land not in (select private.my_lands()) then
    perform private.fail('not_allowed');
  elsif not coalesce(p_lng between -180 and 180 and p_lat between -85 and 85 and p_category is not null, false) then
    perform private.fail('issue_invalid', '{"field": "lngLat"}');
  end if;
  return private.near_point(p_land, extensions.st_setsrid(extensions.st_makepoint(p_lng, p_lat), 4326), p_category, null);
end
$$;
comment on function public.near_issues(int, double precision, double precision, public.issue_category) is
  'Likely duplicates of a matter about to be reported, the nearest first → [{id, number, title, state, outcome, reportedAt, distanceM}]. Errors: not_allowed, '
  'issue_invalid {field}.';

-- ── one slip ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.open_acts(p_issue public.issues) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('act', a.act, 'code', r.code, 'detail', r.detail) order by a.act)
  from unnest(pg_catalog.enum_range(null::public.issue_act)) as a(act)
  cross join lateral private.issue_refusal(p_issue, a.act, private.issue_actors(p_issue)) r
$$;
comment on function private.open_acts(public.issues) is 'Each act on a slip with what stands in the caller''s way, code null where nothing does.';

create function public.issue_detail(p_issue int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_issue public.issues;
  v_may_assign boolean;
begin
  select * into v_issue from public.issues i where i.id = p_issue;
  if v_issue.id is null or not private.sees_issue(v_issue) then
    perform private.fail('not_allowed');
  end if;
  v_may_assign := (private.issue_refusal(v_issue, 'assign', private.issue_actors(v_issue))).code is null;
  return pg_catalog.jsonb_build_object(
    'now', private.clock(),
    'issue', private.issue_json(v_issue),
    'reporter', (select pg_catalog.jsonb_build_object('name', private.mask_name(r.name), 'phone', private.mask_phone(r.phone))
      from private.issue_reporters r where r.issue_id = p_issue and (r.name is not null or r.phone is not null)),
    'reportedBy', private.masked_name(v_issue.reported_by),
    'household', (select pg_catalog.jsonb_build_object('id', h.id, 'room', h.room) from public.households h
      where h.id = v_issue.household_id and (h.community_id in (select private.my_household_communities()) or h.building_id in (select private.my_grid_buildings()))),
    'events', (select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', e.id, 'at', e.at, 'actor', e.actor, 'act', e.act,
        'by', private.masked_name(e.person_id), 'fromState', e.from_state, 'toState', e.to_state, 'fromLevel', e.from_level, 'toLevel', e.to_level,
        'note', e.note, 'detail', e.detail, 'to', private.masked_name((e.detail ->> 'personId')::uuid),
        'photos', coalesce((select pg_catalog.jsonb_agg(p.id order by p.id) from public.issue_photos p where p.event_id = e.id), '[]')) order by e.id)
      from public.issue_events e where e.issue_id = p_issue),
    'links', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', o.id, 'number', o.number, 'title', o.title, 'state', o.state,
        'outcome', o.outcome, 'kind', l.kind, 'isOriginal', l.kind = 'duplicate' and l.issue_id = p_issue) order by l.at, o.id), '[]')
      from public.issue_links l
      join public.issues o on o.id = case l.issue_id when p_issue then l.other_id else l.issue_id end
      where p_issue in (l.issue_id, l.other_id) and private.sees_issue(o)),
    'near', private.near_point(v_issue.land_id, v_issue.geom, v_issue.category, p_issue),
    'acts', private.open_acts(v_issue),
    'people', case when v_may_assign then (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('personId', p.person_id, 'name', private.masked_name(p.person_id), 'role', p.role,
        'open', (select count(*) from public.issues i where i.handler_id = p.person_id and i.outcome is null))
        order by private.role_level(p.role::text), p.role, p.person_id), '[]')
      from private.posts_at(v_issue.community_id, v_issue.grid_id) p where p.role <> 'auditor') else '[]' end);
end
$$;
comment on function public.issue_detail(int) is
  'A slip as a whole → {now, issue (private.issue_json), reporter: {name, phone} masked or null, reportedBy, household: {id, room} or null, events: [{id, at, '
  'actor, act, by, fromState, toState, fromLevel, toLevel, note, detail, to, photos: [id]}], links: [{id, number, title, state, outcome, kind, isOriginal: the '
  'one that this is a duplicate of}], near: likely duplicates, acts: [{act, code: what stands in the way or null, detail}], people: whom it may be given to '
  '[{personId, name, role, open: slips in hand}]}. Errors: not_allowed.';

create function public.issue_photo(p_photo int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_photo public.issue_photos;
  v_issue public.issues;
begin
  select * into v_photo from public.issue_photos p where p.id = p_photo;
  select * into v_issue from public.issues i where i.id = v_photo.issue_id;
  if v_issue.id is null or not private.sees_issue(v_issue) then
    perform private.fail('not_allowed');
  end if;
  return pg_catalog.jsonb_build_object('type', v_photo.type, 'kind', v_photo.kind,
    'base64', pg_catalog.translate(pg_catalog.encode(v_photo.bytes, 'base64'), E'\n', ''));
end
$$;
comment on function public.issue_photo(int) is 'A photo of a slip one sees → {type, kind, base64}. Errors: not_allowed.';

-- ── one's own ─────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.my_issues() returns jsonb language sql stable security definer set search_path = '' as $$
  with me as materialized (
    select p.id from private.my_own_person() as p(id)
  ), mine as (
    select i.id, case when i.handler_id in (select me.id from me) then 'handled' when i.reported_by in (select me.id from me) then 'reported' else 'open' end as why
    from public.issues i
    where i.handler_id in (select me.id from me) or i.reported_by in (select me.id from me)
      or i.grid_id in (select private.my_grids()) and i.state = 'reported' and i.outcome is null
    order by i.outcome is not null, i.due_at, i.id limit 500
  )
  select coalesce(pg_catalog.jsonb_agg(private.issue_json(i) || pg_catalog.jsonb_build_object('why', m.why,
    'acts', (select coalesce(pg_catalog.jsonb_agg(a -> 'act'), '[]') from pg_catalog.jsonb_array_elements(
      case when i.outcome is null then private.open_acts(i) else '[]' end) a where a ->> 'code' is null))
    order by i.outcome is not null, i.due_at, i.id), '[]')
  from mine m join public.issues i on i.id = m.id
$$;
comment on function public.my_issues() is
  'One''s own slips, open ones first by deadline, 500 at most → [private.issue_json and {why: handled by me | reported by me | open: waits in my grid, acts: '
  'what I may do now, of open ones}].';
