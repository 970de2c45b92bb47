-- Deltas of assignment plans: all of a delta is checked before any of it is applied, in the order of its lists, in the words of the
-- console's own check (src/core/README.md).

create function private.json_list(p_delta jsonb, p_key text) returns jsonb language sql immutable set search_path = '' as $$
  select coalesce(nullif(p_delta -> p_key, 'null'), '[]')
$$;
comment on function private.json_list(jsonb, text) is 'A list of a delta, empty where it has none.';

create function private.read_ties(p_delta jsonb) returns table (place bigint, household int, was int, becomes int)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'household', '^[0-9]{1,9}$')::int,
    pg_catalog.substring(t.item ->> 'from', '^[0-9]{1,9}$')::int, pg_catalog.substring(t.item ->> 'to', '^[0-9]{1,9}$')::int
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'ties')) with ordinality as t(item, place)
$$;
comment on function private.read_ties(jsonb) is 'Households that change hands by a delta.';

create function private.read_pins(p_delta jsonb) returns table (place bigint, household int, was boolean, becomes boolean)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'household', '^[0-9]{1,9}$')::int, (t.item ->> 'from')::boolean, (t.item ->> 'to')::boolean
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'pins')) with ordinality as t(item, place)
$$;
comment on function private.read_pins(jsonb) is 'Pins a delta puts and takes.';

create function private.read_care(p_delta jsonb) returns table (place bigint, member int, was int, becomes int)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'member', '^[0-9]{1,9}$')::int,
    pg_catalog.substring(t.item ->> 'from', '^[0-9]{1,9}$')::int, pg_catalog.substring(t.item ->> 'to', '^[0-9]{1,9}$')::int
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'care')) with ordinality as t(item, place)
$$;
comment on function private.read_care(jsonb) is 'Frail members who get another carer by a delta.';

create function private.read_exclusions(p_delta jsonb) returns table (place bigint, member int, household int, before text, after text)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'member', '^[0-9]{1,9}$')::int, pg_catalog.substring(t.item ->> 'household', '^[0-9]{1,9}$')::int, t.item ->> 'before', t.item ->> 'after'
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'exclusions')) with ordinality as t(item, place)
$$;
comment on function private.read_exclusions(jsonb) is 'Pairs a delta excludes or lets be again.';

create function private.read_terms(p_delta jsonb) returns table (place bigint, member int, before jsonb, after jsonb)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'member', '^[0-9]{1,9}$')::int, nullif(t.item -> 'before', 'null'), nullif(t.item -> 'after', 'null')
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'terms')) with ordinality as t(item, place)
$$;
comment on function private.read_terms(jsonb) is 'Terms of members that a delta changes.';

create function private.read_modes(p_delta jsonb) returns table (place bigint, community int, before text, after text)
language sql immutable set search_path = '' as $$
  select t.place, pg_catalog.substring(t.item ->> 'community', '^[0-9]{1,9}$')::int, t.item ->> 'before', t.item ->> 'after'
  from pg_catalog.jsonb_array_elements(private.json_list(p_delta, 'modes')) with ordinality as t(item, place)
$$;
comment on function private.read_modes(jsonb) is 'Communities that are shared out otherwise by a delta.';

create function private.terms_record(p_exempt text, p_min int, p_max int, p_reach int) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('exempt', p_exempt, 'minHouseholds', p_min, 'maxHouseholds', p_max, 'reachM', p_reach)
$$;
comment on function private.terms_record(text, int, int, int) is 'Terms of a member as they travel.';

create function private.is_terms(p_terms jsonb) returns boolean language sql immutable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_typeof(p_terms) = 'object'
    and coalesce(p_terms ->> 'exempt' in ('aged_70', 'seriously_ill', 'long_away', 'other'), true)
    and (select pg_catalog.bool_and(p_terms ->> k.key is null or coalesce(private.json_int(p_terms, k.key) between 0 and k.most, false))
      from (values ('minHouseholds', 10000), ('maxHouseholds', 10000), ('reachM', 999999999)) as k(key, most))
    and coalesce(private.json_int(p_terms, 'minHouseholds') <= private.json_int(p_terms, 'maxHouseholds'), true), false)
$$;
comment on function private.is_terms(jsonb) is 'Whether a value is terms of a member: a known reason or none, whole numbers or none, in order.';

create function private.is_assignment_delta(p_delta jsonb) returns boolean language sql immutable set search_path = '' as $$
  with list as (
    select k.key, private.json_list(p_delta, k.key) as items
    from unnest(array['ties', 'pins', 'care', 'exclusions', 'terms', 'modes']) as k(key)
  )
  select pg_catalog.jsonb_typeof(p_delta) = 'object' and pg_catalog.jsonb_typeof(p_delta -> 'ties') = 'array'
    and pg_catalog.bool_and(pg_catalog.jsonb_typeof(l.items) = 'array')
    and coalesce(pg_catalog.jsonb_typeof(nullif(p_delta -> 'aims', 'null')), 'object') = 'object'
    and not exists (
      select from list i
      cross join lateral pg_catalog.jsonb_array_elements(case when pg_catalog.jsonb_typeof(i.items) = 'array' then i.items else '[]' end) as e(item)
      where not coalesce(case when i.key in ('ties', 'pins', 'exclusions') then pg_catalog.jsonb_typeof(e.item -> 'household') = 'number' else true end
        and case i.key
        when 'ties' then case pg_catalog.jsonb_typeof(e.item -> 'from') when 'null' then true when 'number' then (e.item ->> 'from') ~ '^[0-9]{1,9}$' end
          and case pg_catalog.jsonb_typeof(e.item -> 'to') when 'null' then true when 'number' then (e.item ->> 'to') ~ '^[0-9]{1,9}$' end
        when 'pins' then pg_catalog.jsonb_typeof(e.item -> 'from') = 'boolean' and pg_catalog.jsonb_typeof(e.item -> 'to') = 'boolean'
        when 'care' then case pg_catalog.jsonb_typeof(e.item -> 'from') when 'null' then true when 'number' then (e.item ->> 'from') ~ '^[0-9]{1,9}$' end
          and case pg_catalog.jsonb_typeof(e.item -> 'to') when 'null' then true when 'number' then (e.item ->> 'to') ~ '^[0-9]{1,9}$' end
        when 'exclusions' then pg_catalog.jsonb_typeof(e.item -> 'before') in ('string', 'null')
          and pg_catalog.jsonb_typeof(e.item -> 'after') in ('string', 'null') and coalesce(pg_catalog.length(e.item ->> 'after') <= 500, true)
        when 'terms' then pg_catalog.jsonb_typeof(e.item -> 'before') in ('object', 'null') and pg_catalog.jsonb_typeof(e.item -> 'after') in ('object', 'null')
        else pg_catalog.jsonb_typeof(e.item -> 'before') = 'string' and pg_catalog.jsonb_typeof(e.item -> 'after') = 'string' end, false))
  from list l
$$;
comment on function private.is_assignment_delta(jsonb) is 'Whether a value has the shape of a delta: lists of entries that say what was and what will be.';

-- ── checking ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.assignment_delta_fault(p_plan public.assignment_plans, p_street extensions.ltree, p_delta jsonb)
returns table (reason text, "values" jsonb) language plpgsql stable set search_path = '' as $$
begin
  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('householdId', f.household, 'memberId', f.member,
    'expected', f.current, 'from', f.was))
  from (
    select t.place, t.household, t.was, t.becomes as member, a.member_id as current,
      case
        when b.id is null then 'household_unknown'
        when not h.community_id = any (p_plan.community_ids) then 'household_outside'
        when row_number() over (partition by t.household order by t.place) > 1 then 'household_repeated'
        when t.becomes is not null and u.id is null then 'member_unknown'
        when a.member_id is distinct from t.was then 'tie_from_mismatch'
      end as reason
    from private.read_ties(p_delta) t
    left join public.households h on h.id = t.household
    left join public.buildings b on b.id = h.building_id and b.land_id = p_plan.land_id
    left join public.members m on m.id = t.becomes
    left join public.org_units u on u.id = m.community_id and u.path operator(extensions.<@) p_street
    left join public.assignment_ties a on a.plan_id = p_plan.id and a.household_id = t.household
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('householdId', f.household))
  from (
    select t.place, t.household,
      case
        when b.id is null then 'household_unknown'
        when not h.community_id = any (p_plan.community_ids) then 'household_outside'
        when row_number() over (partition by t.household order by t.place) > 1 then 'household_repeated'
        when coalesce(a.pinned, false) is distinct from t.was then 'pin_from_mismatch'
      end as reason
    from private.read_pins(p_delta) t
    left join public.households h on h.id = t.household
    left join public.buildings b on b.id = h.building_id and b.land_id = p_plan.land_id
    left join public.assignment_ties a on a.plan_id = p_plan.id and a.household_id = t.household
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('memberId', f.at_fault))
  from (
    select t.place, case when u.id is not null and m.community_id = any (p_plan.community_ids) and v.id is null then t.becomes else t.member end as at_fault,
      case
        when u.id is null then 'member_unknown'
        when not m.community_id = any (p_plan.community_ids) then 'member_outside'
        when row_number() over (partition by t.member order by t.place) > 1 then 'member_repeated'
        when t.becomes is not null and v.id is null then 'member_unknown'
        when a.member_id is distinct from t.was then 'care_from_mismatch'
      end as reason
    from private.read_care(p_delta) t
    left join public.members m on m.id = t.member
    left join public.org_units u on u.id = m.community_id and u.path operator(extensions.<@) p_street
    left join public.members c on c.id = t.becomes
    left join public.org_units v on v.id = c.community_id and v.path operator(extensions.<@) p_street
    left join public.assignment_care a on a.plan_id = p_plan.id and a.frail_member_id = t.member
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('memberId', f.member, 'householdId', f.household))
  from (
    select t.place, t.member, t.household,
      case
        when b.id is null then 'household_unknown'
        when not h.community_id = any (p_plan.community_ids) then 'household_outside'
        when u.id is null then 'member_unknown'
        when row_number() over (partition by t.member, t.household order by t.place) > 1 then 'exclusion_repeated'
        when a.reason is distinct from t.before then 'exclusion_before_mismatch'
        when t.after !~ '\S' then 'exclusion_invalid'
      end as reason
    from private.read_exclusions(p_delta) t
    left join public.households h on h.id = t.household
    left join public.buildings b on b.id = h.building_id and b.land_id = p_plan.land_id
    left join public.members m on m.id = t.member
    left join public.org_units u on u.id = m.community_id and u.path operator(extensions.<@) p_street
    left join public.assignment_exclusions a on a.plan_id = p_plan.id and a.member_id = t.member and a.household_id = t.household
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('memberId', f.member))
  from (
    select t.place, t.member,
      case
        when u.id is null then 'member_unknown'
        when not m.community_id = any (p_plan.community_ids) then 'member_outside'
        when row_number() over (partition by t.member order by t.place) > 1 then 'member_repeated'
        when t.before is distinct from case when a.plan_id is not null then
          private.terms_record(a.exempt_reason, a.min_households, a.max_households, a.reach_m) end then 'terms_before_mismatch'
        when t.after is not null and not private.is_terms(t.after) then 'terms_invalid'
      end as reason
    from private.read_terms(p_delta) t
    left join public.members m on m.id = t.member
    left join public.org_units u on u.id = m.community_id and u.path operator(extensions.<@) p_street
    left join public.assignment_terms a on a.plan_id = p_plan.id and a.member_id = t.member
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  return query
  select f.reason, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('communityId', f.community))
  from (
    select t.place, t.community,
      case
        when u.id is null then 'community_unknown'
        when not u.id = any (p_plan.community_ids) then 'community_outside'
        when row_number() over (partition by t.community order by t.place) > 1 then 'community_repeated'
        when coalesce(a.mode::text, 'household') is distinct from t.before then 'mode_before_mismatch'
        when t.after not in ('household', 'building') then 'mode_invalid'
      end as reason
    from private.read_modes(p_delta) t
    left join public.org_units u on u.id = t.community and u.level = 'community' and u.path operator(extensions.<@) p_street
    left join public.assignment_modes a on a.plan_id = p_plan.id and a.community_id = t.community
  ) f where f.reason is not null order by f.place limit 1;
  if found then return; end if;

  if nullif(p_delta -> 'aims', 'null') is null then
    return;
  elsif nullif(p_delta -> 'aims' -> 'before', 'null') is distinct from p_plan.aims then
    return query select 'aims_before_mismatch', '{}'::jsonb;
  elsif nullif(p_delta -> 'aims' -> 'after', 'null') is not null and not private.is_assignment_setting(p_delta -> 'aims' -> 'after') then
    return query select 'aims_invalid', '{}'::jsonb;
  end if;
end
$$;
comment on function private.assignment_delta_fault(public.assignment_plans, extensions.ltree, jsonb) is
  'The first thing in which a delta does not fit a plan of the street at this path, in the words of the console; no row where it fits.';

-- ── applying ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.apply_assignment_delta(p_plan public.assignment_plans, p_street extensions.ltree, p_index int, p_delta jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_fault record;
begin
  if not coalesce(private.is_assignment_delta(p_delta), false) then
    perform private.refuse_delta(p_index, 'malformed');
  end if;
  select * into v_fault from private.assignment_delta_fault(p_plan, p_street, p_delta);
  if found then
    perform private.refuse_delta(p_index, v_fault.reason, v_fault."values");
  end if;

  -- A household with nobody and no pin has no row.
  with change as materialized (
    select coalesce(t.household, n.household) as household,
      case when t.household is not null then t.becomes else a.member_id end as member,
      case when n.household is not null then n.becomes else coalesce(a.pinned, false) end as pinned
    from private.read_ties(p_delta) t
    full join private.read_pins(p_delta) n on n.household = t.household
    left join public.assignment_ties a on a.plan_id = p_plan.id and a.household_id = coalesce(t.household, n.household)
  ), emptied as (
    delete from public.assignment_ties a using change c
    where a.plan_id = p_plan.id and a.household_id = c.household and c.member is null and not c.pinned
  )
  insert into public.assignment_ties (plan_id, household_id, member_id, pinned)
  select p_plan.id, c.household, c.member, c.pinned from change c where c.member is not null or c.pinned
  on conflict (plan_id, household_id) do update set member_id = excluded.member_id, pinned = excluded.pinned;

  delete from public.assignment_care a using private.read_care(p_delta) c
  where a.plan_id = p_plan.id and a.frail_member_id = c.member and c.becomes is null;
  insert into public.assignment_care (plan_id, frail_member_id, member_id)
  select p_plan.id, c.member, c.becomes from private.read_care(p_delta) c where c.becomes is not null
  on conflict (plan_id, frail_member_id) do update set member_id = excluded.member_id;

  delete from public.assignment_exclusions a using private.read_exclusions(p_delta) e
  where a.plan_id = p_plan.id and a.member_id = e.member and a.household_id = e.household and e.after is null;
  insert into public.assignment_exclusions (plan_id, member_id, household_id, reason)
  select p_plan.id, e.member, e.household, e.after from private.read_exclusions(p_delta) e where e.after is not null
  on conflict (plan_id, member_id, household_id) do update set reason = excluded.reason;

  delete from public.assignment_terms a using private.read_terms(p_delta) t
  where a.plan_id = p_plan.id and a.member_id = t.member and t.after is null;
  insert into public.assignment_terms (plan_id, member_id, exempt_reason, min_households, max_households, reach_m)
  select p_plan.id, t.member, t.after ->> 'exempt', private.json_int(t.after, 'minHouseholds'), private.json_int(t.after, 'maxHouseholds'),
    private.json_int(t.after, 'reachM')
  from private.read_terms(p_delta) t where t.after is not null
  on conflict (plan_id, member_id) do update set exempt_reason = excluded.exempt_reason, min_households = excluded.min_households,
    max_households = excluded.max_households, reach_m = excluded.reach_m;

  delete from public.assignment_modes a using private.read_modes(p_delta) m where a.plan_id = p_plan.id and a.community_id = m.community;
  insert into public.assignment_modes (plan_id, community_id, mode)
  select p_plan.id, m.community, m.after::public.assignment_mode from private.read_modes(p_delta) m where m.after <> 'household';

  if nullif(p_delta -> 'aims', 'null') is not null then
    update public.assignment_plans p set aims = nullif(p_delta -> 'aims' -> 'after', 'null') where p.id = p_plan.id;
  end if;
end
$$;
comment on function private.apply_assignment_delta(public.assignment_plans, extensions.ltree, int, jsonb) is
  'Apply one delta to a plan of assignment. Anything that does not fit raises delta_invalid {index, reason, …}, which undoes all.';

create function private.apply_assignment_edits(p_plan uuid, p_revision int, p_edits jsonb, p_person uuid) returns void
language plpgsql set search_path = '' as $$
declare
  v_street extensions.ltree;
  v_plan public.assignment_plans;
  v_edit record;
begin
  select u.path into v_street
  from public.assignment_plans p join public.lands l on l.id = p.land_id join public.org_units u on u.id = l.org_unit_id where p.id = p_plan;
  for v_edit in
    select e.item, (e.place - 1)::int as at from pg_catalog.jsonb_array_elements(p_edits) with ordinality as e(item, place) order by e.place
  loop
    -- Aims change from edit to edit, so the plan is read for each.
    select * into v_plan from public.assignment_plans p where p.id = p_plan;
    perform private.apply_assignment_delta(v_plan, v_street, v_edit.at, v_edit.item -> 'delta');
    insert into public.assignment_edits (plan_id, revision, seq, delta, note, person_id)
    values (p_plan, p_revision, v_edit.at, v_edit.item -> 'delta', coalesce(nullif(v_edit.item -> 'note', 'null'), '{}'), p_person);
  end loop;
end
$$;
comment on function private.apply_assignment_edits(uuid, int, jsonb, uuid) is 'Apply edits in order and log each under the revision they lead to.';
