-- What a community goes by when it is told who is not served.

alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check
  check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day', 'plan_rule', 'assignment', 'notice_masking', 'issues', 'patrol', 'coverage'));
comment on column public.settings.key is
  'grid_limits, idle_minutes, reveals_per_day, plan_rule; assignment: limits and weights of assigning households; notice_masking: how names stand on notices; '
  'issues: deadlines and rules of slips; patrol: duties, speeds, hours and retention of patrols; coverage: who counts as not served.';
comment on column public.settings.value is
  'grid_limits: {urban:{lower,upper,target}, rural:{lower,upper,target}, minMembers}; idle_minutes: {minutes}; reveals_per_day: {limit}; plan_rule: '
  '{approvalRequired, officerPublishes}; assignment: see private.is_assignment_setting; notice_masking: {heads, members: surname | full, phonesOnNotice}; '
  'issues: see private.is_issue_setting; patrol: see private.is_patrol_setting; coverage: see private.is_coverage_setting.';

create function public.coverage_settings(p_org_unit int) returns jsonb language sql stable set search_path = '' as $$
  select '{"reasons": ["no_grid", "no_worker", "compound_unmanaged", "no_member", "member_overloaded", "visit_overdue", "station_too_far", "not_patrolled"],
    "visitDays": 14, "visitSpecialDays": 7, "specialCategories": [1, 2, 3, 7], "stationLimitM": 800,
    "stationLevels": ["street_centre", "community_station", "grid_home"], "patrolDays": 14, "accessLimitM": 150}'::jsonb
    || coalesce((
      select s.value
      from public.org_units here
      join public.org_units above on above.path operator(extensions.@>) here.path
      join public.settings s on s.org_unit_id = above.id and s.key = 'coverage'
      where here.id = p_org_unit
      order by extensions.nlevel(above.path) desc
      limit 1), '{}')
$$;
comment on function public.coverage_settings(int) is
  'What counts as not served in a unit: its own setting, else that of the nearest unit above, else the defaults of the product; see private.is_coverage_setting.';

create function private.coverage_settings_of(p_units int[]) returns table (org_unit_id int, rules jsonb) language sql stable rows 100 set search_path = '' as $$
  -- The few that were set are looked for once, not for each unit.
  with entry as materialized (
    select u.path, s.value from public.settings s join public.org_units u on u.id = s.org_unit_id where s.key = 'coverage'
  ), otherwise as materialized (
    select public.coverage_settings(null) as rules
  )
  select u.id, o.rules || coalesce((
    select e.value from entry e where e.path operator(extensions.@>) u.path order by extensions.nlevel(e.path) desc limit 1), '{}')
  from public.org_units u cross join otherwise o where u.id = any (p_units)
$$;
comment on function private.coverage_settings_of(int[]) is 'public.coverage_settings of many units at once.';

create function private.gap_reasons() returns text[] language sql immutable parallel safe set search_path = '' as $$
  select array['no_grid', 'no_worker', 'compound_unmanaged', 'no_member', 'member_overloaded', 'visit_overdue', 'station_too_far', 'not_patrolled']
$$;
comment on function private.gap_reasons() is
  'Why a household is not served, in the order in which it is mended: the first that holds is its main reason. Position k, from 0, is bit k of a mask.';

create function private.are_words_of(p_value jsonb, p_words text[]) returns boolean language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_value) = 'array' then
    (select count(*) = count(distinct w.word) and coalesce(pg_catalog.bool_and(coalesce(w.word #>> '{}' = any (p_words), false)), true)
      from pg_catalog.jsonb_array_elements(p_value) as w(word)) else false end
$$;
comment on function private.are_words_of(jsonb, text[]) is 'Whether a value is a list of some of these words, none of them twice.';

create function private.is_coverage_setting(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(p_value) = 'object'
    and private.are_words_of(p_value -> 'reasons', private.gap_reasons())
    and private.are_words_of(p_value -> 'stationLevels', array['street_centre', 'community_station', 'grid_home', 'compound_point', 'stairwell_contact'])
    and (select pg_catalog.bool_and(private.is_count(p_value -> k.key) and private.is_number_between(p_value -> k.key, k.least, k.most))
      from (values ('visitDays', 1, 3650), ('visitSpecialDays', 1, 3650), ('stationLimitM', 1, 20000), ('patrolDays', 1, 3650),
        ('accessLimitM', 1, 1000)) as k(key, least, most))
    and coalesce((select count(*) = count(distinct c.code) from unnest(private.json_ints(p_value -> 'specialCategories', 0, 7)) as c(code)), false)
    and private.json_ints(p_value -> 'specialCategories', 0, 7) is not null
$$;
comment on function private.is_coverage_setting(jsonb) is
  'Whether a value says who is not served: {reasons: those that are judged, visitDays, visitSpecialDays: for the categories in specialCategories, codes 0 to 7, '
  'stationLimitM, stationLevels: those that count, patrolDays, accessLimitM}.';

alter function private.require_valid_setting(text, jsonb) rename to require_valid_patrol_setting;
comment on function private.require_valid_patrol_setting(text, jsonb) is
  'setting_invalid unless key and value are of a setting of the office, of contact, of slips or of patrols.';
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_key is distinct from 'coverage' then
    perform private.require_valid_patrol_setting(p_key, p_value);
  elsif not coalesce(private.is_coverage_setting(p_value), false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';

create or replace function private.may_save_setting(p_org_unit int, p_key text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(p_org_unit in (select private.my_units_as('district_admin'))
    or p_key in ('grid_limits', 'assignment', 'notice_masking', 'issues', 'patrol', 'coverage') and p_org_unit in (select private.my_units_as('street_officer'))
    or p_key = 'assignment' and p_org_unit in (select private.my_units_as('community_secretary')), false)
$$;
comment on function private.may_save_setting(int, text) is
  'Whether the caller may set a unit''s own setting: administrators any; street officers limits of grids, assignment, masking of notices, rules of slips, of '
  'patrols and of who is not served; secretaries the assignment of their community.';

-- ── the limit of access legs bends walks ──────────────────────────────────────────────────────────────────────────
create function private.follow_access_limit() returns trigger language plpgsql set search_path = '' as $$
begin
  if (case when tg_op <> 'INSERT' then old.value -> 'accessLimitM' end) is distinct from (case when tg_op <> 'DELETE' then new.value -> 'accessLimitM' end) then
    perform private.outdate_access(array(
      select u.id from public.org_units here join public.org_units u on u.path operator(extensions.<@) here.path and u.level = 'community'
      where here.id = case when tg_op = 'DELETE' then old.org_unit_id else new.org_unit_id end));
  end if;
  return null;
end
$$;
comment on function private.follow_access_limit() is 'Trigger: with another limit of access legs, walks of the unit are to be measured again.';
create trigger follow_access_limit_set after insert or update on public.settings
  for each row when (new.key = 'coverage') execute function private.follow_access_limit();
create trigger follow_access_limit_unset after delete on public.settings
  for each row when (old.key = 'coverage') execute function private.follow_access_limit();
