-- Acts of the administrator: settings, people, posts. Each leaves a row in the audit log.

create function private.require_admin(p_org_unit int) returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin')) then
    perform private.fail('not_allowed');
  end if;
end
$$;
comment on function private.require_admin(int) is 'not_allowed unless the caller administers the unit.';

create function public.save_setting(p_org_unit int, p_key text, p_value jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  end if;
  if p_key is distinct from 'grid_limits' or not coalesce((
    select pg_catalog.bool_and(private.json_int(p_value -> k.kind, 'lower') between 0 and private.json_int(p_value -> k.kind, 'target')
      and private.json_int(p_value -> k.kind, 'target') <= private.json_int(p_value -> k.kind, 'upper')
      and private.json_int(p_value -> k.kind, 'upper') between 1 and 100000)
    from (values ('urban'), ('rural')) as k(kind)) and private.json_int(p_value, 'minMembers') between 0 and 1000, false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
  insert into public.settings (org_unit_id, key, value) values (p_org_unit, p_key, p_value)
  on conflict (org_unit_id, key) do update set value = excluded.value;
  perform private.write_audit('setting_saved', 'setting', p_org_unit || '/' || p_key, p_org_unit, p_value);
  return p_value;
end
$$;
comment on function public.save_setting(int, text, jsonb) is
  'Set a unit''s own limits, for administrators and street officers → the value. Errors: not_allowed, setting_invalid.';

create function public.set_person_active(p_person uuid, p_active boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_unit int;
begin
  select o.org_unit_id into v_unit from public.posts o
  where o.person_id = p_person and o.org_unit_id in (select private.my_units_as('district_admin')) order by o.id limit 1;
  perform private.require_admin(v_unit);
  -- Who shuts himself out cannot undo it.
  if p_active is null or (not p_active and p_person = private.my_person()) then
    perform private.fail('not_allowed');
  end if;
  update public.people p set active = p_active where p.id = p_person;
  perform private.write_audit(case when p_active then 'person_activated' else 'person_deactivated' end, 'person', p_person::text, v_unit, '{}');
  return pg_catalog.jsonb_build_object('personId', p_person, 'active', p_active);
end
$$;
comment on function public.set_person_active(uuid, boolean) is
  'Let a person in or shut him or her out at once, for administrators → {personId, active}. Errors: not_allowed.';

create function public.appoint(p_person uuid, p_org_unit int, p_role public.post_role, p_grid uuid, p_valid_from date) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id int;
begin
  perform private.require_admin(p_org_unit);
  if p_role is null or not exists (
    select from public.posts o where o.person_id = p_person and o.org_unit_id in (select private.my_units_as('district_admin'))) then
    perform private.fail('not_allowed');
  end if;
  insert into public.posts (person_id, org_unit_id, role, grid_id, valid_from)
  values (p_person, p_org_unit, p_role, p_grid, coalesce(p_valid_from, current_date)) returning id into v_id;
  perform private.write_audit('post_given', 'post', v_id::text, p_org_unit, pg_catalog.jsonb_build_object('personId', p_person, 'role', p_role));
  return pg_catalog.jsonb_build_object('postId', v_id);
end
$$;
comment on function public.appoint(uuid, int, public.post_role, uuid, date) is
  'Give a person known in the territory a post there, for administrators → {postId}. Errors: not_allowed.';

create function public.end_post(p_post int, p_last_day date) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_post public.posts;
begin
  select * into v_post from public.posts o where o.id = p_post for update;
  perform private.require_admin(v_post.org_unit_id);
  if p_last_day is null or p_last_day < v_post.valid_from
    or (v_post.person_id = private.my_person() and v_post.role = 'district_admin' and p_last_day < current_date) then
    perform private.fail('not_allowed');
  end if;
  update public.posts o set valid_to = p_last_day where o.id = p_post;
  perform private.write_audit('post_ended', 'post', p_post::text, v_post.org_unit_id,
    pg_catalog.jsonb_build_object('personId', v_post.person_id, 'role', v_post.role, 'lastDay', p_last_day));
  return pg_catalog.jsonb_build_object('postId', p_post, 'validTo', p_last_day);
end
$$;
comment on function public.end_post(int, date) is 'End a post with its last day, for administrators → {postId, validTo}. Errors: not_allowed.';
