-- How a slip comes to be: settings and deadlines, where a place lies, photos, and the one way in.

-- ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────
alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check
  check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day', 'plan_rule', 'assignment', 'notice_masking', 'issues'));
comment on column public.settings.key is
  'grid_limits, idle_minutes, reveals_per_day, plan_rule; assignment: limits and weights of assigning households; notice_masking: how names stand on notices; '
  'issues: deadlines and rules of slips.';
comment on column public.settings.value is
  'grid_limits: {urban:{lower,upper,target}, rural:{lower,upper,target}, minMembers}; idle_minutes: {minutes}; reveals_per_day: {limit}; plan_rule: '
  '{approvalRequired, officerPublishes}; assignment: see private.is_assignment_setting; notice_masking: {heads, members: surname | full, phonesOnNotice}; '
  'issues: see private.is_issue_setting.';

create function public.issue_settings(p_org_unit int) returns jsonb language sql stable set search_path = '' as $$
  select '{"deadlines": {"sanitation": [2, 3, 5, 10], "property": [3, 5, 10, 15], "facilities": [3, 5, 10, 15], "noise": [1, 2, 3, 5],
    "safety": [1, 1, 2, 5], "fire": [1, 1, 2, 5], "parking": [3, 5, 10, 15], "greening": [5, 5, 10, 15], "dispute": [5, 7, 10, 15],
    "welfare": [3, 5, 10, 15], "policy": [5, 7, 10, 15], "other": [5, 7, 10, 15]},
    "escalateAfterDays": 2, "duplicateM": 50, "duplicateDays": 30, "maskBelow": 3, "reopenDays": 15, "isPublic": true}'::jsonb
    || coalesce((
      select s.value
      from public.org_units here
      join public.org_units above on above.path operator(extensions.@>) here.path
      join public.settings s on s.org_unit_id = above.id and s.key = 'issues'
      where here.id = p_org_unit
      order by extensions.nlevel(above.path) desc
      limit 1), '{}')
$$;
comment on function public.issue_settings(int) is
  'Deadlines and rules of slips in force for a unit: its own, else those of the nearest unit above, else the defaults of the product; see '
  'private.is_issue_setting.';

create function private.is_issue_setting(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(p_value) = 'object' and pg_catalog.jsonb_typeof(p_value -> 'isPublic') = 'boolean'
    and (select pg_catalog.bool_and(private.is_count(p_value -> k.key) and pg_catalog.length((p_value -> k.key)::text) <= 4)
      from (values ('escalateAfterDays'), ('duplicateM'), ('duplicateDays'), ('maskBelow'), ('reopenDays')) as k(key))
    and (select pg_catalog.bool_and(case when pg_catalog.jsonb_typeof(d.days) = 'array' then pg_catalog.jsonb_array_length(d.days) = 4 and not exists (
        select from pg_catalog.jsonb_array_elements(d.days) n where not private.is_count(n.value) or pg_catalog.length(n.value::text) > 2) else false end)
      from (select p_value -> 'deadlines' -> c.category::text as days
        from unnest(pg_catalog.enum_range(null::public.issue_category)) as c(category)) d)
$$;
comment on function private.is_issue_setting(jsonb) is
  'Whether a value holds all rules of slips: {deadlines: {<category>: [grid, community, street, district]: working days below 100}, escalateAfterDays (0: '
  'never), duplicateM, duplicateDays, maskBelow, reopenDays: whole, isPublic}.';

alter function private.require_valid_setting(text, jsonb) rename to require_valid_contact_setting;
comment on function private.require_valid_contact_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting of the office or of contact.';
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_key is distinct from 'issues' then
    perform private.require_valid_contact_setting(p_key, p_value);
  elsif not coalesce(private.is_issue_setting(p_value), false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';

create or replace function private.may_save_setting(p_org_unit int, p_key text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(p_org_unit in (select private.my_units_as('district_admin'))
    or p_key in ('grid_limits', 'assignment', 'notice_masking', 'issues') and p_org_unit in (select private.my_units_as('street_officer'))
    or p_key = 'assignment' and p_org_unit in (select private.my_units_as('community_secretary')), false)
$$;
comment on function private.may_save_setting(int, text) is
  'Whether the caller may set a unit''s own setting: administrators any; street officers limits of grids, assignment, masking of notices and rules of slips; '
  'secretaries the assignment of their community.';

create function private.issue_due(p_community int, p_category public.issue_category, p_level public.issue_level, p_from timestamptz)
returns timestamptz language sql stable set search_path = '' as $$
  select private.add_working_days(p_from, (public.issue_settings(p_community) -> 'deadlines' -> p_category::text
    ->> (pg_catalog.array_position(pg_catalog.enum_range(null::public.issue_level), p_level) - 1))::int)
$$;
comment on function private.issue_due(int, public.issue_category, public.issue_level, timestamptz) is
  'Deadline of a slip that comes to a level at a moment, by the settings of its community.';

-- ── where a place lies ────────────────────────────────────────────────────────────────────────────────────────────
create index buildings_geom on public.buildings using gist (geom);

create function private.issue_place(p_point extensions.geometry, out land_id int, out community_id int, out grid_id uuid, out building_id int)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  select e.land_id, g.community_id, g.id into land_id, community_id, grid_id
  from public.grids g
  join public.grid_editions e on e.id = g.edition_id and e.valid_to is null
  where extensions.st_intersects(g.geom, p_point)
  order by g.code, g.id limit 1;
  if land_id is null then
    -- Land without a grid still belongs to its community.
    select l.id, u.id into land_id, community_id
    from public.org_units u
    join public.org_units street on street.path operator(extensions.@>) u.path
    join public.lands l on l.org_unit_id = street.id
    where u.level = 'community' and extensions.st_intersects(u.geom, p_point)
    order by u.code limit 1;
  end if;
  if land_id is null then
    perform private.fail('place_outside');
  end if;
  select b.id into building_id from public.buildings b
  where extensions.st_intersects(b.geom, p_point) and b.land_id = issue_place.land_id
  order by b.id limit 1;
end
$$;
comment on function private.issue_place(extensions.geometry) is
  'Land, community, grid in force and building that hold a place; grid and building null where none does. Error: place_outside.';

create function private.follow_grids() returns trigger language plpgsql set search_path = '' as $$
begin
  with placed as (
    select distinct on (i.id) i.id, n.id as grid_id, n.community_id
    from changed n
    join public.grid_editions e on e.id = n.edition_id
    join public.issues i on i.land_id = e.land_id and extensions.st_intersects(n.geom, i.geom)
    order by i.id, n.code, n.id
  ), follow as (
    select i.id, p.grid_id, coalesce(p.community_id, i.community_id) as community_id
    from public.issues i left join placed p on p.id = i.id
    where i.land_id in (select e.land_id from changed n join public.grid_editions e on e.id = n.edition_id)
  )
  update public.issues i set grid_id = f.grid_id, community_id = f.community_id
  from follow f where f.id = i.id and (i.grid_id, i.community_id) is distinct from (f.grid_id, f.community_id);
  return null;
end
$$;
comment on function private.follow_grids() is 'Trigger: slips lie in the grids of the edition that comes into force, and in the communities of these.';
create trigger follow_grids after insert on public.grids referencing new table as changed
  for each statement execute function private.follow_grids();

-- ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.clean_lines(p_text text) returns text language sql immutable set search_path = '' as $$
  select nullif(pg_catalog.btrim(pg_catalog.string_agg(coalesce(private.clean_text(l.line), ''), E'\n' order by l.place), E'\n'), '')
  from pg_catalog.regexp_split_to_table(p_text, E'\r\n|\r|\n') with ordinality as l(line, place)
$$;
comment on function private.clean_lines(text) is 'Text of several lines without controls and invisible marks; null where nothing is left.';

create function private.issue_text(p_slip jsonb, p_field text, p_least int, p_most int) returns text language plpgsql immutable set search_path = '' as $$
declare
  v_text text := case when p_field in ('detail', 'note') then private.clean_lines(p_slip ->> p_field) else private.clean_text(p_slip ->> p_field) end;
begin
  if coalesce(pg_catalog.jsonb_typeof(p_slip -> p_field), 'null') not in ('string', 'null')
    or pg_catalog.length(coalesce(v_text, '')) not between p_least and p_most then
    perform private.fail('issue_invalid', pg_catalog.jsonb_build_object('field', p_field, 'least', p_least, 'most', p_most));
  end if;
  return v_text;
end
$$;
comment on function private.issue_text(jsonb, text, int, int) is
  'A text of a slip without blanks around it, null for none; issue_invalid {field, least, most} where it is no text, or too short or too long.';

-- ── photos ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.photo_type(p_bytes bytea) returns text language plpgsql immutable set search_path = '' as $$
declare
  v_at int := 2;
  v_size int := pg_catalog.length(p_bytes);
begin
  if pg_catalog.substr(p_bytes, 1, 8) = '\x89504e470d0a1a0a' then
    return case when position('eXIf'::bytea in p_bytes) = 0 then 'image/png' end;
  elsif pg_catalog.substr(p_bytes, 1, 4) = 'RIFF'::bytea and pg_catalog.substr(p_bytes, 9, 4) = 'WEBP'::bytea then
    return case when position('EXIF'::bytea in p_bytes) = 0 and position('XMP '::bytea in p_bytes) = 0 then 'image/webp' end;
  elsif pg_catalog.substr(p_bytes, 1, 3) <> '\xffd8ff' then
    return null;
  end if;
  -- The segments before the picture itself: APP1 holds Exif and XMP, with place and camera.
  while v_at + 4 <= v_size and pg_catalog.get_byte(p_bytes, v_at) = 255 loop
    if pg_catalog.get_byte(p_bytes, v_at + 1) = 225 then
      return null;
    elsif pg_catalog.get_byte(p_bytes, v_at + 1) = 218 then
      return 'image/jpeg';
    end if;
    v_at := v_at + 2 + pg_catalog.get_byte(p_bytes, v_at + 2) * 256 + pg_catalog.get_byte(p_bytes, v_at + 3);
  end loop;
  return null;
end
$$;
comment on function private.photo_type(bytea) is
  'Media type of a JPEG, PNG or WebP image by its bytes; null for anything else, and for an image that carries Exif or XMP.';

create function private.keep_photos(p_event public.issue_events, p_kind text, p_photos jsonb) returns int language plpgsql set search_path = '' as $$
declare
  v_photo record;
  v_bytes bytea;
  v_reason text;
begin
  if coalesce(pg_catalog.jsonb_typeof(p_photos), 'null') = 'null' then
    return 0;
  elsif pg_catalog.jsonb_typeof(p_photos) <> 'array' or pg_catalog.jsonb_array_length(p_photos) > 4 then
    perform private.fail('photo_invalid', '{"reason": "count", "most": 4}');
  end if;
  for v_photo in select p.value #>> '{}' as text, pg_catalog.jsonb_typeof(p.value) as type, p.place - 1 as index
    from pg_catalog.jsonb_array_elements(p_photos) with ordinality as p(value, place) loop
    v_reason := null;
    if v_photo.type <> 'string' or v_photo.text !~ '^[A-Za-z0-9+/]+={0,2}$' or pg_catalog.length(v_photo.text) % 4 <> 0 then
      v_reason := 'type';
    elsif pg_catalog.length(v_photo.text) > 409600 then
      v_reason := 'size';
    else
      v_bytes := pg_catalog.decode(v_photo.text, 'base64');
      if private.photo_type(v_bytes) is null then
        v_reason := 'type';
      end if;
    end if;
    if v_reason is not null then
      perform private.fail('photo_invalid', pg_catalog.jsonb_build_object('index', v_photo.index, 'reason', v_reason));
    end if;
    insert into public.issue_photos (issue_id, event_id, kind, type, bytes) values (p_event.issue_id, p_event.id, p_kind, private.photo_type(v_bytes), v_bytes);
  end loop;
  return pg_catalog.jsonb_array_length(p_photos);
end
$$;
comment on function private.keep_photos(public.issue_events, text, jsonb) is
  'Keep photos, a list of at most four of 300 KB in base64, that came with an event; returns how many. Errors: photo_invalid {index, reason: type | size} or '
  '{reason: count, most}.';

-- ── the one way in ────────────────────────────────────────────────────────────────────────────────────────────────
create function private.take_issue_numbers(p_year int, p_count int) returns int language sql set search_path = '' as $$
  insert into private.issue_numbers as n (year, last_number) values (p_year, p_count)
  on conflict (year) do update set last_number = n.last_number + p_count
  returning last_number - p_count + 1
$$;
comment on function private.take_issue_numbers(int, int) is 'Take so many numbers of a year; returns the first.';

create function private.issue_number(p_year int, p_number int) returns text language sql immutable set search_path = '' as $$
  select 'GZ-' || p_year || '-' || pg_catalog.lpad(p_number::text, greatest(4, pg_catalog.length(p_number::text)), '0')
$$;
comment on function private.issue_number(int, int) is 'A slip''s number as people say it.';

create function private.enter_issue(p_slip jsonb, p_source public.issue_source, p_person uuid, p_actor text) returns public.issues
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := private.clock();
  v_issue public.issues;
  v_event public.issue_events;
  v_place record;
  v_point extensions.geometry;
  v_year int;
  v_name text;
  v_phone text;
begin
  if pg_catalog.jsonb_typeof(p_slip) is distinct from 'object' then
    perform private.fail('issue_invalid', '{"field": "slip"}');
  elsif not coalesce(case when pg_catalog.jsonb_typeof(p_slip -> 'lngLat' -> 0) = 'number' and pg_catalog.jsonb_typeof(p_slip -> 'lngLat' -> 1) = 'number'
      then (p_slip -> 'lngLat' ->> 0)::numeric between -180 and 180 and (p_slip -> 'lngLat' ->> 1)::numeric between -85 and 85 end, false) then
    perform private.fail('issue_invalid', '{"field": "lngLat"}');
  elsif not coalesce(p_slip ->> 'category' = any (pg_catalog.enum_range(null::public.issue_category)::text[]), false) then
    perform private.fail('issue_invalid', '{"field": "category"}');
  end if;
  v_issue.title := private.issue_text(p_slip, 'title', 2, 80);
  v_issue.detail := coalesce(private.issue_text(p_slip, 'detail', 0, 2000), '');
  v_issue.category := (p_slip ->> 'category')::public.issue_category;
  if coalesce(pg_catalog.jsonb_typeof(p_slip -> 'reporter'), 'null') not in ('object', 'null') then
    perform private.fail('issue_invalid', '{"field": "reporter"}');
  end if;
  v_name := private.issue_text(p_slip -> 'reporter', 'name', 0, 40);
  -- Without what people put between the digits, so that one number is one number.
  v_phone := pg_catalog.regexp_replace(pg_catalog.translate(private.issue_text(p_slip -> 'reporter', 'phone', 0, 20), ' -', ''), '^\+86', '');
  if v_phone !~ '^[0-9+][0-9]{4,19}$' then
    perform private.fail('issue_invalid', '{"field": "phone"}');
  end if;

  v_point := extensions.st_setsrid(extensions.st_makepoint((p_slip -> 'lngLat' ->> 0)::float8, (p_slip -> 'lngLat' ->> 1)::float8), 4326);
  v_place := private.issue_place(v_point);
  if coalesce(pg_catalog.jsonb_typeof(p_slip -> 'householdId'), 'null') <> 'null' then
    -- Whose household it is may be told by who sees the household; hidden and absent get one answer.
    if private.is_count(p_slip -> 'householdId') then
      select h.id into v_issue.household_id from public.households h
      where h.id = (p_slip ->> 'householdId')::int and h.community_id = v_place.community_id
        and (h.community_id in (select private.my_household_communities()) or h.building_id in (select private.my_grid_buildings())
          or h.id in (select private.my_contact_households()));
    end if;
    if v_issue.household_id is null then
      perform private.fail('issue_invalid', '{"field": "householdId"}');
    end if;
  end if;

  v_year := pg_catalog.date_part('year', v_now at time zone 'Asia/Shanghai');
  insert into public.issues (number, land_id, community_id, building_id, grid_id, geom, category, title, detail, source, reported_at, due_at, reported_by,
    household_id)
  values (private.issue_number(v_year, private.take_issue_numbers(v_year, 1)), v_place.land_id, v_place.community_id, v_place.building_id, v_place.grid_id,
    v_point, v_issue.category, v_issue.title, v_issue.detail, p_source, v_now,
    private.issue_due(v_place.community_id, v_issue.category, 'grid', v_now), p_person, v_issue.household_id)
  returning * into v_issue;
  insert into public.issue_events (issue_id, at, person_id, actor, act, to_state, to_level, detail)
  values (v_issue.id, v_now, p_person, p_actor, 'report', v_issue.state, v_issue.level, pg_catalog.jsonb_build_object('dueAt', v_issue.due_at,
    'photos', case when pg_catalog.jsonb_typeof(p_slip -> 'photos') = 'array' then pg_catalog.jsonb_array_length(p_slip -> 'photos') else 0 end))
  returning * into v_event;
  perform private.keep_photos(v_event, 'report', p_slip -> 'photos');
  if v_name is not null or v_phone is not null then
    insert into private.issue_reporters (issue_id, name, phone) values (v_issue.id, v_name, v_phone);
  end if;
  return v_issue;
end
$$;
comment on function private.enter_issue(jsonb, public.issue_source, uuid, text) is
  'Enter a slip {lngLat, category, title, detail?, householdId?, reporter?: {name?, phone?}, photos?: [base64]}: place, number, deadline, first event, photos '
  'and reporter. The caller has been let in before. Errors: issue_invalid {field}, place_outside, photo_invalid.';
