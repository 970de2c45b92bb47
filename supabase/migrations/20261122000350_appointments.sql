-- Acts on people, posts and settings: each checks the revision it was made on, keeps administrators and auditors apart, and leaves
-- every district an administrator.

-- ── administrator and auditor are different people ────────────────────────────────────────────────────────────────────
create function private.keep_roles_apart() returns trigger language plpgsql set search_path = '' as $$
begin
  -- The person's row orders two appointments of one person.
  perform 1 from public.people p where p.id = new.person_id for no key update;
  if exists (
    select from public.posts o
    where o.person_id = new.person_id and o.id <> new.id and o.role in ('district_admin', 'auditor') and o.role <> new.role
      and pg_catalog.daterange(o.valid_from, o.valid_to, '[]') && pg_catalog.daterange(new.valid_from, new.valid_to, '[]')) then
    perform private.fail('roles_conflict');
  end if;
  return new;
end
$$;
comment on function private.keep_roles_apart() is 'Trigger: nobody is administrator and auditor on the same day. Error: roles_conflict.';
create trigger keep_roles_apart before insert or update on public.posts for each row when (new.role in ('district_admin', 'auditor'))
  execute function private.keep_roles_apart();

-- ── every district keeps an administrator ─────────────────────────────────────────────────────────────────────────────
create function private.require_other_administrator(p_person uuid, p_post int default null) returns void language plpgsql set search_path = '' as $$
declare
  v_unit int;
begin
  for v_unit in
    select distinct o.org_unit_id from public.posts o
    where o.person_id = p_person and o.role = 'district_admin' and (p_post is null or o.id = p_post)
      and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
    order by 1
  loop
    -- The unit's row makes two who remove each other wait; the second then sees what the first did.
    perform 1 from public.org_units u where u.id = v_unit for no key update;
    if exists (select from public.people p where p.id = p_person and p.active) and not exists (
      select from public.posts o join public.people p on p.id = o.person_id
      where o.org_unit_id = v_unit and o.role = 'district_admin' and p.active and p.user_id is not null
        and case when p_post is null then o.person_id <> p_person else o.id <> p_post end
        and o.valid_from <= current_date and o.valid_to is null) then
      perform private.fail('last_administrator', pg_catalog.jsonb_build_object('orgUnitId', v_unit));
    end if;
  end loop;
end
$$;
comment on function private.require_other_administrator(uuid, int) is
  'last_administrator unless each unit the person administers has another administrator, with an account and for an unlimited time. '
  'Locks those units until the transaction ends.';

-- ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.ban_account(p_user uuid, p_is_banned boolean) returns void language plpgsql set search_path = '' as $$
begin
  if p_user is not null and pg_catalog.to_regclass('auth.users') is not null then
    -- A date the sign-in services can read; infinity is none.
    update auth.users u set banned_until = case when p_is_banned then timestamptz '2999-12-31 00:00:00+00' end where u.id = p_user;
  end if;
end
$$;
comment on function private.ban_account(uuid, boolean) is 'Close an account to the sign-in service, or open it again.';

drop function public.set_person_active(uuid, boolean);
create function public.set_person_active(p_person uuid, p_active boolean, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('set_person_active', p_request_key, pg_catalog.jsonb_build_array(p_person, p_active, p_revision));
  v_unit int;
  v_person public.people;
  v_ended int := 0;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.require_admin_of(p_person);
  -- Who shuts himself out cannot undo it.
  if p_active is null or (not p_active and p_person = private.my_person()) then
    perform private.fail('not_allowed');
  end if;
  if not p_active then
    perform private.require_other_administrator(p_person);
  end if;
  v_person := private.lock_person(p_person);
  perform private.require_revision(p_revision, v_person.revision, v_person.updated_by, v_person.updated_at);
  update public.people p set active = p_active where p.id = p_person returning * into v_person;
  perform private.ban_account(v_person.user_id, not p_active);
  if not p_active then
    v_ended := private.end_sessions(v_person.user_id);
  end if;
  perform private.write_audit(case when p_active then 'person_activated' else 'person_deactivated' end, 'person', p_person::text, v_unit,
    pg_catalog.jsonb_build_object('endedSessions', v_ended));
  return private.keep_answer(p_request_key,
    pg_catalog.jsonb_build_object('personId', p_person, 'active', p_active, 'revision', v_person.revision));
end
$$;
comment on function public.set_person_active(uuid, boolean, int, uuid) is
  'Let a person in or shut him or her out at once, for administrators → {personId, active, revision}. Errors: not_allowed, last_administrator, '
  'person_retired, stale {revision, by, at}, request_key_reused.';

create function public.retire_person(p_person uuid, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('retire_person', p_request_key, pg_catalog.jsonb_build_array(p_person, p_revision));
  v_unit int;
  v_person public.people;
  v_posts int;
  v_ended int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.require_admin_of(p_person);
  if p_person = private.my_person() then
    perform private.fail('not_allowed');
  end if;
  perform private.require_other_administrator(p_person);
  v_person := private.lock_person(p_person);
  perform private.require_revision(p_revision, v_person.revision, v_person.updated_by, v_person.updated_at);
  update public.people p set active = false, retired_at = pg_catalog.clock_timestamp() where p.id = p_person returning * into v_person;
  -- A post that has not begun keeps one day; nobody who has left holds it.
  update public.posts o set valid_to = greatest(o.valid_from, current_date)
  where o.person_id = p_person and (o.valid_to is null or o.valid_to > current_date);
  get diagnostics v_posts = row_count;
  perform private.ban_account(v_person.user_id, true);
  v_ended := private.end_sessions(v_person.user_id);
  delete from private.second_factors f where f.person_id = p_person;
  delete from private.password_history h where h.person_id = p_person;
  perform private.write_audit('person_retired', 'person', p_person::text, v_unit,
    pg_catalog.jsonb_build_object('endedPosts', v_posts, 'endedSessions', v_ended));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('personId', p_person, 'endedPosts', v_posts, 'endedSessions', v_ended,
    'revision', v_person.revision));
end
$$;
comment on function public.retire_person(uuid, int, uuid) is
  'A person leaves for good: posts and sessions end, the account closes, what he or she did stays on record; for administrators, not for oneself → '
  '{personId, endedPosts, endedSessions, revision}. Errors: not_allowed, last_administrator, person_retired, stale {revision, by, at}, request_key_reused.';

-- ── posts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
drop function public.appoint(uuid, int, public.post_role, uuid, date);
create function public.appoint(
  p_person uuid, p_org_unit int, p_role public.post_role, p_grid uuid, p_valid_from date, p_request_key uuid default null)
returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('appoint', p_request_key,
    pg_catalog.jsonb_build_array(p_person, p_org_unit, p_role, p_grid, p_valid_from));
  v_id int;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform private.require_admin(p_org_unit);
  perform private.require_admin_of(p_person);
  if p_role is null then
    perform private.fail('not_allowed');
  end if;
  perform private.lock_person(p_person);
  insert into public.posts (person_id, org_unit_id, role, grid_id, valid_from)
  values (p_person, p_org_unit, p_role, p_grid, coalesce(p_valid_from, current_date)) returning id into v_id;
  perform private.write_audit('post_given', 'post', v_id::text, p_org_unit, pg_catalog.jsonb_build_object('personId', p_person, 'role', p_role));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('postId', v_id));
end
$$;
comment on function public.appoint(uuid, int, public.post_role, uuid, date, uuid) is
  'Give a person known in the territory a post there, for administrators → {postId}. Errors: not_allowed, person_retired, roles_conflict, '
  'request_key_reused.';

drop function public.end_post(int, date);
create function public.end_post(p_post int, p_last_day date, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('end_post', p_request_key, pg_catalog.jsonb_build_array(p_post, p_last_day, p_revision));
  v_post public.posts;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_post from public.posts o where o.id = p_post;
  perform private.require_admin(v_post.org_unit_id);
  if v_post.role = 'district_admin' then
    perform private.require_other_administrator(v_post.person_id, p_post);
  end if;
  select * into v_post from public.posts o where o.id = p_post for update;
  perform private.require_revision(p_revision, v_post.revision, v_post.updated_by, v_post.updated_at);
  if p_last_day is null or p_last_day < v_post.valid_from
    or (v_post.person_id = private.my_person() and v_post.role = 'district_admin' and p_last_day < current_date) then
    perform private.fail('not_allowed');
  end if;
  update public.posts o set valid_to = p_last_day where o.id = p_post returning * into v_post;
  perform private.write_audit('post_ended', 'post', p_post::text, v_post.org_unit_id,
    pg_catalog.jsonb_build_object('personId', v_post.person_id, 'role', v_post.role, 'lastDay', p_last_day));
  return private.keep_answer(p_request_key,
    pg_catalog.jsonb_build_object('postId', p_post, 'validTo', p_last_day, 'revision', v_post.revision));
end
$$;
comment on function public.end_post(int, date, int, uuid) is
  'End a post with its last day, for administrators → {postId, validTo, revision}. Errors: not_allowed, last_administrator, '
  'stale {revision, by, at}, request_key_reused.';

-- ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if not coalesce(case p_key
    when 'grid_limits' then (
      select pg_catalog.bool_and(private.json_int(p_value -> k.kind, 'lower') between 0 and private.json_int(p_value -> k.kind, 'target')
        and private.json_int(p_value -> k.kind, 'target') <= private.json_int(p_value -> k.kind, 'upper')
        and private.json_int(p_value -> k.kind, 'upper') between 1 and 100000)
      from (values ('urban'), ('rural')) as k(kind)) and private.json_int(p_value, 'minMembers') between 0 and 1000
    when 'idle_minutes' then private.json_int(p_value, 'minutes') between 5 and 480
    when 'reveals_per_day' then private.json_int(p_value, 'limit') between 1 and 1000
  end, false) then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';

drop function public.save_setting(int, text, jsonb);
create function public.save_setting(p_org_unit int, p_key text, p_value jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_setting', p_request_key, pg_catalog.jsonb_build_array(p_org_unit, p_key, p_value, p_revision));
  v_setting public.settings;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if p_key = 'grid_limits' and p_org_unit in (select private.my_units_as('street_officer')) then
    null;
  else
    perform private.require_admin(p_org_unit);
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
  'Set a unit''s own setting, built on the revision that was read, 0 for none → {value, revision}. Administrators; grid_limits street officers '
  'too. Errors: not_allowed, setting_invalid, stale {revision, by, at}, request_key_reused.';
