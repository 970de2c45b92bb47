-- What is wrong with an assignment: the same codes, ids and values as the console's own check (src/core/README.md).

create function private.assignment_findings(p_plan uuid)
returns table (code text, severity text, member_ids int[], household_ids int[], "values" jsonb, waived boolean, about int)
language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans;
  v_settings jsonb;
begin
  select * into v_plan from public.assignment_plans p where p.id = p_plan;
  select coalesce(v_plan.aims, public.assignment_settings(l.org_unit_id)) into v_settings from public.lands l where l.id = v_plan.land_id;

  return query
  with household as materialized (
    select h.id, h.community_id, h.building_id, h.category in (1, 2, 3, 4, 7) as special, t.member_id
    from public.households h
    join public.buildings b on b.id = h.building_id and b.land_id = v_plan.land_id
    left join public.assignment_ties t on t.plan_id = p_plan and t.household_id = h.id
    where h.community_id = any (v_plan.community_ids)
  ), load as materialized (
    select h.member_id, count(*) as households, count(distinct h.building_id) as buildings, array_agg(h.id order by h.id) as ids
    from household h where h.member_id is not null group by h.member_id
  ), care as materialized (
    select m.id as frail_id, m.community_id, c.member_id
    from public.members m left join public.assignment_care c on c.plan_id = p_plan and c.frail_member_id = m.id
    where m.condition = 'frail' and m.community_id = any (v_plan.community_ids)
  ), community_limit as materialized (
    select (l.item ->> 'communityId')::int as community_id, (l.item ->> 'min')::int as min, (l.item ->> 'max')::int as max
    from pg_catalog.jsonb_array_elements(coalesce(v_settings -> 'communityLimits', '[]')) as l(item)
  ), member as materialized (
    select m.id, m.community_id, m.community_id = any (v_plan.community_ids) as covered, m.committee,
      m.condition <> 'frail' and (case when p.member_id is not null then p.exempt_reason else r.exempt_reason end) is null as able,
      (case when p.member_id is not null then p.min_households else r.min_households end) as own_min,
      (case when p.member_id is not null then p.max_households else r.max_households end) as own_max,
      coalesce(k.min, (v_settings -> coalesce(u.kind::text, 'urban') ->> 'min')::int) as usual_min,
      coalesce(k.max, (v_settings -> coalesce(u.kind::text, 'urban') ->> 'max')::int) as usual_max,
      coalesce(o.mode, 'household') as mode,
      coalesce(l.households, 0) as households, coalesce(l.buildings, 0) as buildings, coalesce(l.ids, '{}') as ids
    from public.members m
    join public.org_units u on u.id = m.community_id
    left join load l on l.member_id = m.id
    left join public.assignment_terms p on p.plan_id = p_plan and p.member_id = m.id
    left join public.member_terms r on r.member_id = m.id
    left join community_limit k on k.community_id = m.community_id
    left join public.assignment_modes o on o.plan_id = p_plan and o.community_id = m.community_id
    where m.community_id = any (v_plan.community_ids)
      or m.id in (select l.member_id from load l union all select c.member_id from care c)
  ), finding as (
    select 'household_unserved' as code, null::int[] as member_ids, array_agg(h.id order by h.id) as household_ids,
      pg_catalog.jsonb_build_object('communityId', h.community_id, 'households', count(*)) as "values", h.community_id as about
    from household h where h.member_id is null group by h.community_id
    union all
    select 'tie_other_community', array[m.id], array_agg(h.id order by h.id), pg_catalog.jsonb_build_object('households', count(*)), m.id
    from household h join member m on m.id = h.member_id and m.community_id <> h.community_id group by m.id
    union all
    select 'member_exempt_carries', array[m.id], m.ids, pg_catalog.jsonb_build_object('households', m.households), m.id
    from member m where not m.able and m.households > 0
    union all
    select 'tie_excluded', array[e.member_id], array_agg(h.id order by h.id), pg_catalog.jsonb_build_object('households', count(*)), e.member_id
    from public.assignment_exclusions e join household h on h.id = e.household_id and h.member_id = e.member_id
    where e.plan_id = p_plan group by e.member_id
    union all
    select 'member_above_max', array[m.id], null,
      pg_catalog.jsonb_build_object('households', m.households, 'max', coalesce(m.own_max, m.usual_max), 'unit', 'household'), m.id
    from member m
    where m.covered and m.able and m.households > coalesce(m.own_max, case when m.mode = 'household' then m.usual_max end)
    union all
    select 'member_below_min', array[m.id], null,
      pg_catalog.jsonb_build_object('households', m.households, 'min', coalesce(m.own_min, m.usual_min), 'unit', 'household'), m.id
    from member m
    where m.covered and m.able and m.households < coalesce(m.own_min, case when m.mode = 'household' then m.usual_min end)
    union all
    select 'member_below_min', array[m.id], null, pg_catalog.jsonb_build_object('buildings', m.buildings, 'households', m.households,
      'min', v_settings -> 'minBuildings', 'unit', 'building'), m.id
    from member m
    where m.covered and m.able and m.mode = 'building' and m.own_min is null and m.buildings < (v_settings ->> 'minBuildings')::int
    union all
    select 'special_without_committee', null, array_agg(h.id order by h.id),
      pg_catalog.jsonb_build_object('communityId', h.community_id, 'households', count(*)), h.community_id
    from household h join member m on m.id = h.member_id and not m.committee where h.special group by h.community_id
    union all
    select 'frail_without_carer', array_agg(c.frail_id order by c.frail_id), null,
      pg_catalog.jsonb_build_object('communityId', c.community_id, 'members', count(*)), c.community_id
    from care c left join member m on m.id = c.member_id where not coalesce(m.able, false) group by c.community_id
    union all
    select 'care_above_max', array[c.member_id], null, pg_catalog.jsonb_build_object('members', count(*), 'max', v_settings -> 'care' -> 'max'), c.member_id
    from public.assignment_care c join public.members m on m.id = c.frail_member_id and m.community_id = any (v_plan.community_ids)
    where c.plan_id = p_plan group by c.member_id having count(*) > (v_settings -> 'care' ->> 'max')::int
  )
  select f.code, case when f.code in ('member_below_min', 'special_without_committee', 'care_above_max') then 'warning' else 'error' end,
    coalesce(f.member_ids, '{}'), coalesce(f.household_ids, '{}'), f."values",
    exists (select from public.assignment_waivers w
      where w.plan_id = p_plan and w.code = f.code and coalesce(w.community_id, w.member_id) = f.about),
    f.about
  from finding f;
end
$$;
comment on function private.assignment_findings(uuid) is
  'Findings of a plan of assignment by the rules in src/core/README.md; about: the community or the member they are of.';

create function private.assignment_findings_json(p_plan uuid) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(
    pg_catalog.jsonb_build_object('code', f.code, 'severity', f.severity, 'memberIds', f.member_ids, 'householdIds', f.household_ids,
      'values', f."values") || case when f.waived then '{"waived": true}'::jsonb else '{}' end
    order by pg_catalog.array_position(array['household_unserved', 'tie_other_community', 'member_exempt_carries', 'tie_excluded',
      'member_above_max', 'member_below_min', 'special_without_committee', 'frail_without_carer', 'care_above_max'], f.code), f.about), '[]')
  from private.assignment_findings(p_plan) f
$$;
comment on function private.assignment_findings_json(uuid) is 'Findings as they travel, in the order of their codes, then of the community or member.';

create function public.check_assignment(p_plan uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not coalesce((select private.sees_assignment(p) from public.assignment_plans p where p.id = p_plan), false) then
    perform private.fail('not_allowed');
  end if;
  return private.assignment_findings_json(p_plan);
end
$$;
comment on function public.check_assignment(uuid) is
  'Findings of a plan of assignment → [{code, severity, memberIds, householdIds, values, waived?}]. Errors: not_allowed.';
