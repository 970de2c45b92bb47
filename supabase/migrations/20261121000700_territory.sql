-- Who may see which territory. Every policy asks one of these functions, once a statement.
-- All are security definer: they read posts and people, which the caller may not.

create function private.my_person() returns uuid language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_session text := coalesce(nullif(pg_catalog.current_setting('request.jwt.claims', true), ''), '{}')::jsonb ->> 'session_id';
  v_alive boolean;
begin
  if v_user is null then
    return null;
  end if;
  -- A token outlives sign-out, ban and deletion; the account and its session are asked each time. The platform's
  -- tables may be absent where no API stands before the database.
  if pg_catalog.to_regclass('auth.users') is not null then
    execute 'select exists (select from auth.users u where u.id = $1
      and (u.banned_until is null or u.banned_until < pg_catalog.now()) and u.deleted_at is null)'
    into v_alive using v_user;
    if not v_alive then
      return null;
    end if;
  end if;
  if v_session is not null and pg_catalog.to_regclass('auth.sessions') is not null then
    execute 'select exists (select from auth.sessions s where s.id::text = $1 and s.user_id = $2)'
    into v_alive using v_session, v_user;
    if not v_alive then
      return null;
    end if;
  end if;
  return (select p.id from public.people p where p.user_id = v_user and p.active);
end
$$;
comment on function private.my_person() is
  'The active person behind the request, or null: unknown, inactive, banned or deleted accounts and ended sessions are nobody.';

create function private.my_posts() returns setof public.posts language sql stable security definer set search_path = '' as $$
  select p.*
  from public.posts p
  where p.person_id = private.my_person()
    and p.valid_from <= current_date and (p.valid_to is null or p.valid_to >= current_date)
$$;
comment on function private.my_posts() is 'Posts of the caller that are valid today; both end days count.';

create function private.my_org_units() returns setof int language sql stable security definer set search_path = '' as $$
  select distinct u.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.org_units u
    on u.path operator(extensions.<@) home.path or u.path operator(extensions.@>) home.path
$$;
comment on function private.my_org_units() is 'Units the caller sees: those of the posts, all below and all above them.';

create function private.my_units_as(variadic p_roles public.post_role[]) returns setof int
language sql stable security definer set search_path = '' as $$
  select distinct u.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.org_units u on u.path operator(extensions.<@) home.path
  where p.role = any (p_roles)
$$;
comment on function private.my_units_as(public.post_role[]) is 'Units at or below a post of the caller with one of these roles.';

create function private.my_communities() returns setof int language sql stable security definer set search_path = '' as $$
  select distinct u.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.org_units u
    on u.level = 'community'
    and (u.path operator(extensions.<@) home.path or u.path operator(extensions.@>) home.path)
$$;
comment on function private.my_communities() is
  'Communities whose land and grids the caller sees: all within the post''s unit, or the one the post''s unit lies in.';

create function private.my_household_communities() returns setof int language sql stable security definer set search_path = '' as $$
  select distinct u.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) home.path
  where p.role in ('district_admin', 'auditor', 'street_officer', 'community_secretary')
$$;
comment on function private.my_household_communities() is
  'Communities whose buildings, households and members the caller sees, masked: admins, auditors, street officers, secretaries.';

create function private.my_grid_buildings() returns setof int language sql stable security definer set search_path = '' as $$
  select b.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.grid_cells gc on gc.grid_id = p.grid_id
  join public.grid_editions e on e.id = gc.edition_id and e.valid_to is null
  join public.org_units community
    on community.id = gc.community_id
    and (community.path operator(extensions.<@) home.path or community.path operator(extensions.@>) home.path)
  join public.buildings b on b.cell_id = gc.cell_id
  where p.role in ('grid_leader', 'grid_worker') and p.grid_id is not null
$$;
comment on function private.my_grid_buildings() is
  'Buildings on the cells of the caller''s own grid as it is in force, for grid leaders and workers.';
create index grid_cells_by_grid on public.grid_cells (grid_id);

create function private.my_lands() returns setof int language sql stable security definer set search_path = '' as $$
  select distinct l.id
  from private.my_posts() p
  join public.org_units home on home.id = p.org_unit_id
  join public.lands l on true
  join public.org_units street on street.id = l.org_unit_id
    and (street.path operator(extensions.<@) home.path or street.path operator(extensions.@>) home.path)
$$;
comment on function private.my_lands() is 'Lands of the streets at, above or below the caller''s posts.';

create function private.my_whole_lands() returns setof int language sql stable security definer set search_path = '' as $$
  select l.id
  from public.lands l
  where l.org_unit_id in (select private.my_units_as('district_admin', 'auditor', 'street_officer'))
$$;
comment on function private.my_whole_lands() is 'Lands the caller sees whole, with their plans: admins, auditors, street officers.';

create function private.my_cells() returns setof int language sql stable security definer set search_path = '' as $$
  select c.id from public.cells c where c.community_id in (select private.my_communities())
$$;
comment on function private.my_cells() is 'Cells the caller sees.';

create function private.my_people() returns setof uuid language sql stable security definer set search_path = '' as $$
  select private.my_person() where exists (select from private.my_posts())
  union
  select po.person_id
  from public.posts po
  where po.org_unit_id in (
    select private.my_units_as('district_admin', 'auditor', 'street_officer', 'community_secretary'))
$$;
comment on function private.my_people() is 'People the caller sees, masked: him- or herself, and those who hold or held a post in the territory.';

create function private.may_redesign(p_land int) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.lands l
    where l.id = p_land and l.org_unit_id in (select private.my_units_as('district_admin', 'street_officer')))
$$;
comment on function private.may_redesign(int) is 'Whether the caller may write and publish plans of a land: its street officer, or the district''s administrator.';

create function private.require_redesign(p_land int) returns uuid language plpgsql stable security definer set search_path = '' as $$
begin
  if p_land is null or not private.may_redesign(p_land) then
    perform private.fail('not_allowed');
  end if;
  return private.my_person();
end
$$;
comment on function private.require_redesign(int) is 'The caller''s person, or not_allowed where he or she may not write plans of the land.';

create function private.write_audit(p_action text, p_object_type text, p_object_id text, p_org_unit int, p_detail jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into public.audit_log (person_id, action, object_type, object_id, org_unit_id, detail)
  values (private.my_person(), p_action, p_object_type, p_object_id, p_org_unit, coalesce(p_detail, '{}'))
$$;
comment on function private.write_audit(text, text, text, int, jsonb) is 'Append one row to the audit log in the caller''s name.';
