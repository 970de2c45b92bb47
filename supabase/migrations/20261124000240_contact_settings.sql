-- Settings of contact: limits and weights of assigning households, and how names stand on notices.

create function private.is_count(p_value jsonb) returns boolean language sql immutable parallel safe set search_path = '' as $$
  select coalesce(p_value::text ~ '^[0-9]{1,9}$', false)
$$;
comment on function private.is_count(jsonb) is 'Whether a value is a whole number from 0 to nine digits.';

create function private.is_limits(p_value jsonb) returns boolean language sql immutable parallel safe set search_path = '' as $$
  select private.is_count(p_value -> 'min') and private.is_count(p_value -> 'max')
    and case when private.is_count(p_value -> 'min') and private.is_count(p_value -> 'max')
      then (p_value ->> 'min')::int <= (p_value ->> 'max')::int and (p_value ->> 'max')::int <= 10000 else false end
$$;
comment on function private.is_limits(jsonb) is 'Whether a value is {min, max}: whole numbers in order, at most 10,000.';

create function private.is_assignment_setting(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_typeof(p_value) = 'object'
    and private.is_limits(p_value -> 'urban') and private.is_limits(p_value -> 'rural') and private.is_limits(p_value -> 'care')
    and (select pg_catalog.bool_and(private.is_count(p_value -> k.key)) from (values ('minBuildings'), ('farM'), ('sameStairwellM'),
      ('sameBuildingM'), ('kinshipM'), ('interestM'), ('changeM')) as k(key))
    and case when pg_catalog.jsonb_typeof(p_value -> 'interests') = 'array' then
      pg_catalog.jsonb_array_length(p_value -> 'interests') <= 32 and not exists (
        select from pg_catalog.jsonb_array_elements(p_value -> 'interests') i
        where pg_catalog.jsonb_typeof(i.value) <> 'string' or pg_catalog.length(pg_catalog.btrim(i.value #>> '{}')) not between 1 and 40) else false end
    and case coalesce(pg_catalog.jsonb_typeof(p_value -> 'communityLimits'), 'none') when 'none' then true when 'array' then not exists (
      select from pg_catalog.jsonb_array_elements(p_value -> 'communityLimits') c
      where not private.is_limits(c.value) or not private.is_count(c.value -> 'communityId')) else false end
$$;
comment on function private.is_assignment_setting(jsonb) is
  'Whether a value holds all limits and weights of assigning households: {urban, rural, care: {min, max}, minBuildings, farM, sameStairwellM, sameBuildingM, '
  'kinshipM, interestM, changeM: whole, interests: at most 32 names of at most 40 characters, communityLimits?: [{communityId, min, max}]}.';

alter function private.require_valid_setting(text, jsonb) rename to require_valid_office_setting;
comment on function private.require_valid_office_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting of grids, plans or sessions.';
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_key is null or p_key not in ('assignment', 'notice_masking') then
    perform private.require_valid_office_setting(p_key, p_value);
  elsif not coalesce(case p_key
    when 'assignment' then private.is_assignment_setting(p_value)
    else p_value ->> 'heads' in ('surname', 'full') and p_value ->> 'members' in ('surname', 'full')
      and pg_catalog.jsonb_typeof(p_value -> 'phonesOnNotice') = 'boolean' end, false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';
comment on column public.settings.value is
  'grid_limits: {urban:{lower,upper,target}, rural:{lower,upper,target}, minMembers}; idle_minutes: {minutes}; reveals_per_day: {limit}; plan_rule: '
  '{approvalRequired, officerPublishes}; assignment: see private.is_assignment_setting; notice_masking: {heads, members: surname | full, phonesOnNotice}.';

create function private.may_save_setting(p_org_unit int, p_key text) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(p_org_unit in (select private.my_units_as('district_admin'))
    or p_key in ('grid_limits', 'assignment', 'notice_masking') and p_org_unit in (select private.my_units_as('street_officer'))
    or p_key = 'assignment' and p_org_unit in (select private.my_units_as('community_secretary')), false)
$$;
comment on function private.may_save_setting(int, text) is
  'Whether the caller may set a unit''s own setting: administrators any; street officers limits of grids, assignment and masking of notices; secretaries the '
  'assignment of their community.';

create or replace function public.save_setting(p_org_unit int, p_key text, p_value jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_setting', p_request_key, pg_catalog.jsonb_build_array(p_org_unit, p_key, p_value, p_revision));
  v_setting public.settings;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if not private.may_save_setting(p_org_unit, p_key) then
    perform private.fail('not_allowed');
  end if;
  perform private.require_valid_setting(p_key, p_value);
  select * into v_setting from public.settings s where s.org_unit_id = p_org_unit and s.key = p_key for update;
  if found then
    perform private.require_revision(p_revision, v_setting.revision, v_setting.updated_by, v_setting.updated_at);
    update public.settings s set value = p_value where s.org_unit_id = p_org_unit and s.key = p_key returning * into v_setting;
  else
    perform private.require_revision(p_revision, 0, null, null);
    insert into public.settings (org_unit_id, key, value, revision, updated_by) values (p_org_unit, p_key, p_value, 1, private.my_person())
    on conflict (org_unit_id, key) do nothing
    returning * into v_setting;
    if not found then
      -- Someone set it in between.
      select * into v_setting from public.settings s where s.org_unit_id = p_org_unit and s.key = p_key;
      perform private.require_revision(0, v_setting.revision, v_setting.updated_by, v_setting.updated_at);
    end if;
  end if;
  perform private.write_audit('setting_saved', 'setting', p_org_unit || '/' || p_key, p_org_unit, p_value);
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('value', p_value, 'revision', v_setting.revision));
end
$$;
comment on function public.save_setting(int, text, jsonb, int, uuid) is
  'Set a unit''s own setting, built on the revision that was read, 0 for none → {value, revision}. Administrators; grid_limits, assignment and '
  'notice_masking street officers too, assignment secretaries for their community. Errors: not_allowed, setting_invalid, stale {revision, by, at}, '
  'request_key_reused.';
