-- What a member reads of the own visits, and what is told of the visits to a household.

create function private.visit_json(p_visit public.visits, p_is_near boolean) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_visit.id, 'householdId', p_visit.household_id, 'kind', p_visit.kind,
    'purpose', case when p_is_near then p_visit.purpose end, 'outcome', p_visit.outcome, 'satisfaction', p_visit.satisfaction, 'visitedOn', p_visit.visited_on,
    'by', case when p_is_near then (select p.name_masked from public.people p where p.id = p_visit.person_id) end,
    'member', case when p_is_near then (select m.name_masked from public.members m where m.id = p_visit.member_id) end,
    'isUndoable', coalesce(p_visit.person_id = private.my_person() and private.midnight(p_visit.logged_at) = private.midnight(private.clock()), false))
$$;
comment on function private.visit_json(public.visits, boolean) is
  'A visit → {id, householdId, kind, purpose, outcome, satisfaction, visitedOn, by: who logged it, member: who went, masked, isUndoable: whether the caller can '
  'take it back today}. Who is not near, as an auditor, reads no purpose and nobody''s name: null.';

create function public.my_visits() returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_households int[];
begin
  if not exists (select from private.my_memberships()) then
    return null;
  end if;
  select coalesce(array_agg(h.id), '{}') into v_households from private.my_contact_households() as h(id);
  return (
    with land as materialized (
      select b.land_id, array_agg(distinct h.community_id) as communities
      from public.households h join public.buildings b on b.id = h.building_id where h.id = any (v_households) group by b.land_id
    ), judged as materialized (
      select g.* from land l cross join lateral private.household_gaps(l.land_id, l.communities) g where g.household_id = any (v_households)
    )
    select pg_catalog.jsonb_build_object('today', private.today(),
      'households', (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('householdId', g.household_id, 'lastVisitOn', g.last_visit, 'dueOn', g.visit_due,
          'isOverdue', g.reasons & 32 > 0, 'taskId', t.id, 'taskDueOn', t.due_on) order by g.sort_key, g.household_id), '[]')
        from judged g left join public.visit_tasks t on t.household_id = g.household_id and t.state = 'open'),
      'visits', (
        select coalesce(pg_catalog.jsonb_agg(private.visit_json(o.visit, true) order by (o.visit).visited_on desc, (o.visit).logged_at desc), '[]')
        from (select v as visit from public.visits v
          where v.household_id = any (v_households) and v.person_id = private.my_person() and v.visited_on > private.today() - 60
          order by v.visited_on desc, v.logged_at desc limit 200) o)));
end
$$;
comment on function public.my_visits() is
  'The workbook of the caller as a member → {today, households: [{householdId, lastVisitOn: last visit that counts, dueOn: last day the next one is in time, '
  'isOverdue, taskId, taskDueOn: planned one, null for none}] in natural order, visits: [private.visit_json] one logged there in the last 60 days, newest first, '
  'at most 200}; null for who is no member.';

create function public.visits_of(p_household int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_community int;
  v_is_near boolean := exists (select from private.my_visit_households(array[p_household]));
begin
  select h.community_id into v_community from public.households h where h.id = p_household;
  if v_community is null or not v_is_near and v_community not in (select private.my_household_communities()) then
    perform private.fail('not_allowed');
  end if;
  return pg_catalog.jsonb_build_object('householdId', p_household, 'visits', (
    select coalesce(pg_catalog.jsonb_agg(private.visit_json(o.visit, v_is_near) order by (o.visit).visited_on desc, (o.visit).logged_at desc), '[]')
    from (select v as visit from public.visits v where v.household_id = p_household order by v.visited_on desc, v.logged_at desc limit 200) o));
end
$$;
comment on function public.visits_of(int) is
  'Visits to a household, newest first, at most 200 → {householdId, visits: [private.visit_json]}, for who sees the household. Errors: not_allowed.';
