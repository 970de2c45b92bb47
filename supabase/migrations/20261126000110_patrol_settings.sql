-- Settings of patrols, and what all functions of patrols read their input with.

-- ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────
alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check
  check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day', 'plan_rule', 'assignment', 'notice_masking', 'issues', 'patrol'));
comment on column public.settings.key is
  'grid_limits, idle_minutes, reveals_per_day, plan_rule; assignment: limits and weights of assigning households; notice_masking: how names stand on notices; '
  'issues: deadlines and rules of slips; patrol: duties, speeds, hours and retention of patrols.';
comment on column public.settings.value is
  'grid_limits: {urban:{lower,upper,target}, rural:{lower,upper,target}, minMembers}; idle_minutes: {minutes}; reveals_per_day: {limit}; plan_rule: '
  '{approvalRequired, officerPublishes}; assignment: see private.is_assignment_setting; notice_masking: {heads, members: surname | full, phonesOnNotice}; '
  'issues: see private.is_issue_setting; patrol: see private.is_patrol_setting.';

create function public.patrol_settings(p_org_unit int) returns jsonb language sql stable set search_path = '' as $$
  select '{"dutyByClass": {"residential": "daily", "living_street": "daily", "pedestrian": "daily", "service": "daily", "unclassified": "daily",
    "road": "daily", "footway": "weekly", "path": "weekly", "steps": "weekly", "tertiary": "weekly", "tertiary_link": "weekly", "secondary": "weekly",
    "secondary_link": "weekly", "track": "weekly", "cycleway": "weekly", "primary": "none", "primary_link": "none", "trunk": "none", "trunk_link": "none",
    "motorway": "none", "motorway_link": "none"}, "otherwise": "weekly", "serveMPerS": 0.7, "walkMPerS": 1.2, "shiftMinutes": 180, "coveredShare": 0.9,
    "partialShare": 0.1, "passM": 25, "fromMinute": 420, "toMinute": 1260, "onDaysOff": true, "rawDays": 30, "nameDays": 180, "consentVersion": 1}'::jsonb
    || coalesce((
      select s.value
      from public.org_units here
      join public.org_units above on above.path operator(extensions.@>) here.path
      join public.settings s on s.org_unit_id = above.id and s.key = 'patrol'
      where here.id = p_org_unit
      order by extensions.nlevel(above.path) desc
      limit 1), '{}')
$$;
comment on function public.patrol_settings(int) is
  'What patrols go by in a unit: its own setting, else that of the nearest unit above, else the defaults of the product; see private.is_patrol_setting.';

create function private.is_number_between(p_value jsonb, p_least numeric, p_most numeric) returns boolean language sql immutable set search_path = '' as $$
  select coalesce(case when pg_catalog.jsonb_typeof(p_value) = 'number' then p_value::text::numeric between p_least and p_most end, false)
$$;
comment on function private.is_number_between(jsonb, numeric, numeric) is 'Whether a value is a number within bounds, which count.';

create function private.is_patrol_setting(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(p_value) = 'object' and pg_catalog.jsonb_typeof(p_value -> 'onDaysOff') = 'boolean'
    and p_value ->> 'otherwise' in ('daily', 'weekly', 'none')
    and private.is_number_between(p_value -> 'serveMPerS', 0.1, 3) and private.is_number_between(p_value -> 'walkMPerS', 0.1, 3)
    and private.is_number_between(p_value -> 'coveredShare', 0, 1) and private.is_number_between(p_value -> 'partialShare', 0, 1)
    and (select pg_catalog.bool_and(private.is_count(p_value -> k.key) and private.is_number_between(p_value -> k.key, k.least, k.most))
      from (values ('shiftMinutes', 10, 1440), ('passM', 1, 200), ('fromMinute', 0, 1439), ('toMinute', 1, 1440), ('rawDays', 1, 365),
        ('nameDays', 1, 3650), ('consentVersion', 1, 9999)) as k(key, least, most))
    and case when private.is_count(p_value -> 'fromMinute') and private.is_count(p_value -> 'toMinute') and private.is_count(p_value -> 'rawDays')
        and private.is_count(p_value -> 'nameDays')
      then (p_value ->> 'fromMinute')::int < (p_value ->> 'toMinute')::int and (p_value ->> 'rawDays')::int <= (p_value ->> 'nameDays')::int else false end
    and case when pg_catalog.jsonb_typeof(p_value -> 'dutyByClass') = 'object' then not exists (
      select from pg_catalog.jsonb_each(p_value -> 'dutyByClass') c
      where c.key !~ '^[a-z_]{1,40}$' or not coalesce(c.value #>> '{}' in ('daily', 'weekly', 'none'), false)) else false end
$$;
comment on function private.is_patrol_setting(jsonb) is
  'Whether a value holds all rules of patrols: {dutyByClass: {<class of way>: duty}, otherwise: duty, serveMPerS, walkMPerS, shiftMinutes, coveredShare, '
  'partialShare, passM, fromMinute < toMinute: minutes of the day in Shanghai, onDaysOff, rawDays ≤ nameDays, consentVersion}.';

alter function private.require_valid_setting(text, jsonb) rename to require_valid_issue_setting;
comment on function private.require_valid_issue_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting of the office, of contact or of slips.';
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_key is distinct from 'patrol' then
    perform private.require_valid_issue_setting(p_key, p_value);
  elsif not coalesce(private.is_patrol_setting(p_value), false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';

create or replace function private.may_save_setting(p_org_unit int, p_key text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(p_org_unit in (select private.my_units_as('district_admin'))
    or p_key in ('grid_limits', 'assignment', 'notice_masking', 'issues', 'patrol') and p_org_unit in (select private.my_units_as('street_officer'))
    or p_key = 'assignment' and p_org_unit in (select private.my_units_as('community_secretary')), false)
$$;
comment on function private.may_save_setting(int, text) is
  'Whether the caller may set a unit''s own setting: administrators any; street officers limits of grids, assignment, masking of notices, rules of slips and '
  'of patrols; secretaries the assignment of their community.';

-- ── reading input ─────────────────────────────────────────────────────────────────────────────────────────────────
create function private.refuse_patrol(p_field text, p_more jsonb default '{}') returns void language sql set search_path = '' as $$
  select private.fail('patrol_invalid', pg_catalog.jsonb_build_object('field', p_field) || p_more)
$$;
comment on function private.refuse_patrol(text, jsonb) is 'Raise patrol_invalid {field, …}.';

create function private.patrol_text(p_document jsonb, p_field text, p_least int, p_most int) returns text language plpgsql immutable set search_path = '' as $$
declare
  v_text text := coalesce(private.clean_text(p_document ->> p_field), '');
begin
  if coalesce(pg_catalog.jsonb_typeof(p_document -> p_field), 'null') not in ('string', 'null') or pg_catalog.length(v_text) not between p_least and p_most then
    perform private.refuse_patrol(p_field, pg_catalog.jsonb_build_object('least', p_least, 'most', p_most));
  end if;
  return v_text;
end
$$;
comment on function private.patrol_text(jsonb, text, int, int) is
  'A line of a document without blanks around it, empty for none; patrol_invalid {field, least, most} where it is no text, or too short or too long.';

create function private.patrol_number(p_document jsonb, p_field text, p_least numeric, p_most numeric) returns numeric
language plpgsql immutable set search_path = '' as $$
begin
  if not private.is_number_between(p_document -> p_field, p_least, p_most) then
    perform private.refuse_patrol(p_field, pg_catalog.jsonb_build_object('least', p_least, 'most', p_most));
  end if;
  return (p_document -> p_field)::text::numeric;
end
$$;
comment on function private.patrol_number(jsonb, text, numeric, numeric) is 'A number of a document within bounds; patrol_invalid {field, least, most} else.';

create function private.patrol_day(p_document jsonb, p_field text) returns date language plpgsql stable set search_path = '' as $$
begin
  if p_document ->> p_field is null then
    return null;
  elsif not coalesce(p_document ->> p_field ~ '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$', false) then
    perform private.refuse_patrol(p_field);
  end if;
  return (p_document ->> p_field)::date;
exception when datetime_field_overflow or invalid_datetime_format then
  perform private.refuse_patrol(p_field);
end
$$;
comment on function private.patrol_day(jsonb, text) is 'A day of a document, ISO; null where none is said. Error: patrol_invalid {field}.';

create function private.patrol_moment(p_document jsonb, p_field text) returns timestamptz language plpgsql stable set search_path = '' as $$
begin
  if not coalesce(p_document ->> p_field ~ '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$', false) then
    perform private.refuse_patrol(p_field);
  end if;
  return (p_document ->> p_field)::timestamptz;
exception when datetime_field_overflow or invalid_datetime_format or invalid_time_zone_displacement_value then
  perform private.refuse_patrol(p_field);
end
$$;
comment on function private.patrol_moment(jsonb, text) is 'A moment of a document, ISO 8601 with its zone. Error: patrol_invalid {field}.';

create function private.patrol_uuid(p_document jsonb, p_field text) returns uuid language plpgsql immutable set search_path = '' as $$
begin
  if p_document ->> p_field is null then
    return null;
  elsif not coalesce(p_document ->> p_field ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', false) then
    perform private.refuse_patrol(p_field);
  end if;
  return (p_document ->> p_field)::uuid;
end
$$;
comment on function private.patrol_uuid(jsonb, text) is 'An identity of a document; null where none is said. Error: patrol_invalid {field}.';

create function private.patrol_point(p_value jsonb, p_field text) returns extensions.geometry language plpgsql immutable set search_path = '' as $$
begin
  if not (private.is_number_between(p_value -> 0, -180, 180) and private.is_number_between(p_value -> 1, -85, 85)) then
    perform private.refuse_patrol(p_field);
  end if;
  return extensions.st_setsrid(extensions.st_makepoint((p_value ->> 0)::float8, (p_value ->> 1)::float8), 4326);
end
$$;
comment on function private.patrol_point(jsonb, text) is 'A place [lng, lat], WGS84. Error: patrol_invalid {field}.';

create function private.json_ints(p_value jsonb, p_least bigint, p_most bigint) returns int[] language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_value) = 'array' then (
    select case when coalesce(pg_catalog.bool_and(i.number is not null), true) then coalesce(array_agg(i.number::int order by i.place), '{}') end
    from (
      select case when n.number between p_least and p_most then n.number end as number, n.place
      from (
        select case when e.value::text ~ '^-?[0-9]{1,10}$' then e.value::text::bigint end as number, e.place
        from pg_catalog.jsonb_array_elements(p_value) with ordinality as e(value, place)) n) i) end
$$;
comment on function private.json_ints(jsonb, bigint, bigint) is 'A list of whole numbers within bounds, which count; null where it is none.';

create function private.patrol_ints(p_document jsonb, p_field text, p_least bigint, p_most bigint, p_count int) returns int[]
language plpgsql immutable set search_path = '' as $$
declare
  v_numbers int[] := private.json_ints(p_document -> p_field, p_least, p_most);
begin
  if v_numbers is null or pg_catalog.cardinality(v_numbers) <> coalesce(p_count, pg_catalog.cardinality(v_numbers)) then
    perform private.refuse_patrol(p_field);
  end if;
  return v_numbers;
end
$$;
comment on function private.patrol_ints(jsonb, text, bigint, bigint, int) is
  'A column of whole numbers of a document, of a length where one is given. Error: patrol_invalid {field}.';

create function private.in_frame(p_geom extensions.geometry, p_land public.lands) returns extensions.geometry language sql immutable set search_path = '' as $$
  select extensions.st_setsrid(extensions.st_scale(extensions.st_translate(p_geom, -p_land.lng0, -p_land.lat0), p_land.m_per_deg_lng, p_land.m_per_deg_lat), 0)
$$;
comment on function private.in_frame(extensions.geometry, public.lands) is 'A geometry in WGS84, in metres of the frame of a land.';

create function private.bad_stretch(p_land int, p_streets int[], p_from int[], p_to int[], p_may_gap boolean) returns int
language sql stable set search_path = '' as $$
  with line as materialized (
    select s.id, extensions.st_length(private.in_frame(s.geom, l)) * 100 as cm
    from public.streets s join public.lands l on l.id = s.land_id
    where s.land_id = p_land and s.id = any (p_streets)
  )
  -- Rounding of the last centimetre, once in the browser and once here.
  select min(s.place)::int - 1
  from unnest(p_streets, p_from, p_to) with ordinality as s(street_id, from_cm, to_cm, place)
  left join line on line.id = s.street_id
  where not coalesce(s.from_cm >= 0 and s.from_cm < s.to_cm and (s.to_cm <= line.cm + 2 or p_may_gap and s.street_id = 0), false)
$$;
comment on function private.bad_stretch(int, int[], int[], int[], boolean) is
  'Place, from 0, of the first stretch that is none of a street of the land; null where all are. Where gaps may be, street 0 has any length.';

create function private.is_work_day(p_day date) returns boolean language sql stable set search_path = '' as $$
  select coalesce((select w.is_working from public.work_days w where w.day = p_day), pg_catalog.date_part('isodow', p_day) < 6)
$$;
comment on function private.is_work_day(date) is 'Whether a day in Shanghai is worked.';

create function private.patrol_rules_of(p_community int, p_land int) returns jsonb language sql stable set search_path = '' as $$
  select public.patrol_settings(coalesce(p_community, (select l.org_unit_id from public.lands l where l.id = p_land)))
$$;
comment on function private.patrol_rules_of(int, int) is 'Settings of patrols in force for a community, or for the street of a land where none is known.';

create function private.today() returns date language sql stable set search_path = '' as $$
  select (private.clock() at time zone 'Asia/Shanghai')::date
$$;
comment on function private.today() is 'The day in Shanghai by the clock of rules.';
