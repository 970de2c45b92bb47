-- Copies of plans of assignment as they were, and drafts that are carried over to the editions in force.

create function private.copy_assignment(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans;
  v_copy public.assignment_plans;
  v_revision int := 0;
begin
  -- Land first, plan second, in this order everywhere, so that two sessions wait and never deadlock.
  perform 1 from public.lands l where l.id = (select p.land_id from public.assignment_plans p where p.id = p_plan) for update;
  v_plan := private.require_assignment(p_plan);
  if p_at_revision is null or p_at_revision < 0 or p_at_revision > v_plan.revision then
    perform private.fail('revision_unknown', pg_catalog.jsonb_build_object('serverRevision', v_plan.revision));
  end if;
  v_copy := private.make_assignment(v_plan.land_id, v_plan.org_unit_id, p_title, private.my_person());

  -- As it was: of whatever was touched later, what the first later edit found. What has left the unit since stays out.
  insert into public.assignment_ties (plan_id, household_id, member_id, pinned)
  with later_tie as materialized (
    select distinct on (t.household) t.household, t.was
    from public.assignment_edits e cross join lateral private.read_ties(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.household, e.revision, e.seq
  ), later_pin as materialized (
    select distinct on (t.household) t.household, t.was
    from public.assignment_edits e cross join lateral private.read_pins(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.household, e.revision, e.seq
  ), known as (
    select a.household_id from public.assignment_ties a where a.plan_id = p_plan
    union select t.household from later_tie t union select n.household from later_pin n
  ), state as (
    select k.household_id, case when t.household is not null then t.was else a.member_id end as member_id,
      case when n.household is not null then n.was else coalesce(a.pinned, false) end as pinned
    from known k
    join public.households h on h.id = k.household_id and h.community_id = any (v_copy.community_ids)
    left join public.assignment_ties a on a.plan_id = p_plan and a.household_id = k.household_id
    left join later_tie t on t.household = k.household_id
    left join later_pin n on n.household = k.household_id
  )
  select v_copy.id, s.household_id, s.member_id, s.pinned from state s where s.member_id is not null or s.pinned;

  insert into public.assignment_care (plan_id, frail_member_id, member_id)
  with later as materialized (
    select distinct on (t.member) t.member, t.was
    from public.assignment_edits e cross join lateral private.read_care(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.member, e.revision, e.seq
  )
  select v_copy.id, s.frail, s.carer
  from (
    select a.frail_member_id as frail, a.member_id as carer from public.assignment_care a
    where a.plan_id = p_plan and a.frail_member_id not in (select l.member from later l)
    union all select l.member, l.was from later l where l.was is not null
  ) s
  join public.members m on m.id = s.frail and m.community_id = any (v_copy.community_ids);

  insert into public.assignment_exclusions (plan_id, member_id, household_id, reason)
  with later as materialized (
    select distinct on (t.member, t.household) t.member, t.household, t.before
    from public.assignment_edits e cross join lateral private.read_exclusions(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.member, t.household, e.revision, e.seq
  )
  select v_copy.id, s.member, s.household, s.reason
  from (
    select a.member_id as member, a.household_id as household, a.reason from public.assignment_exclusions a
    where a.plan_id = p_plan and (a.member_id, a.household_id) not in (select l.member, l.household from later l)
    union all select l.member, l.household, l.before from later l where l.before is not null
  ) s
  join public.households h on h.id = s.household and h.community_id = any (v_copy.community_ids);

  insert into public.assignment_terms (plan_id, member_id, exempt_reason, min_households, max_households, reach_m)
  with later as materialized (
    select distinct on (t.member) t.member, t.before
    from public.assignment_edits e cross join lateral private.read_terms(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.member, e.revision, e.seq
  )
  select v_copy.id, a.member_id, a.exempt_reason, a.min_households, a.max_households, a.reach_m
  from public.assignment_terms a where a.plan_id = p_plan and a.member_id not in (select l.member from later l)
  union all
  select v_copy.id, l.member, l.before ->> 'exempt', private.json_int(l.before, 'minHouseholds'), private.json_int(l.before, 'maxHouseholds'),
    private.json_int(l.before, 'reachM')
  from later l where l.before is not null;

  insert into public.assignment_modes (plan_id, community_id, mode)
  with later as materialized (
    select distinct on (t.community) t.community, t.before
    from public.assignment_edits e cross join lateral private.read_modes(e.delta) t
    where e.plan_id = p_plan and e.revision > p_at_revision order by t.community, e.revision, e.seq
  )
  select v_copy.id, a.community_id, a.mode from public.assignment_modes a
  where a.plan_id = p_plan and a.community_id not in (select l.community from later l)
  union all
  select v_copy.id, l.community, l.before::public.assignment_mode from later l where l.before <> 'household';

  -- Null aims are an answer too, so they travel in an object.
  update public.assignment_plans p
  set aims = nullif(coalesce((
    select pg_catalog.jsonb_build_object('was', e.delta -> 'aims' -> 'before')
    from public.assignment_edits e
    where e.plan_id = p_plan and e.revision > p_at_revision and nullif(e.delta -> 'aims', 'null') is not null
    order by e.revision, e.seq limit 1), pg_catalog.jsonb_build_object('was', v_plan.aims)) -> 'was', 'null')
  where p.id = v_copy.id;

  if pg_catalog.jsonb_typeof(p_edits) = 'array' and pg_catalog.jsonb_array_length(p_edits) > 0 then
    v_revision := 1;
    perform private.apply_assignment_edits(v_copy.id, v_revision, p_edits, private.my_person());
    update public.assignment_plans p set revision = v_revision where p.id = v_copy.id;
  end if;
  perform private.write_audit('assignment_copied', 'assignment', v_copy.id::text, v_plan.org_unit_id,
    pg_catalog.jsonb_build_object('number', v_copy.number, 'title', v_copy.title, 'from', v_plan.number, 'atRevision', p_at_revision));
  return pg_catalog.jsonb_build_object('planId', v_copy.id, 'number', v_copy.number, 'revision', v_revision);
end
$$;
comment on function private.copy_assignment(uuid, text, int, jsonb) is 'A copy of a plan as it was; see public.copy_assignment_draft.';

create function public.copy_assignment_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(
    private.first_answer('copy_assignment_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_title, p_at_revision, p_edits)),
    private.keep_answer(p_request_key, private.copy_assignment(p_plan, p_title, p_at_revision, p_edits)));
end
$$;
comment on function public.copy_assignment_draft(uuid, text, int, jsonb, uuid) is
  'A new draft: the plan as of a revision, with edits on top, on the editions in force → {planId, number, revision}. Errors: not_allowed, '
  'revision_unknown {serverRevision}, delta_invalid, request_key_reused.';

-- ── carrying over to the editions in force ────────────────────────────────────────────────────────────────────────
create function private.assignment_in_force(p_plan public.assignment_plans, p_communities int[]) returns jsonb
language sql stable set search_path = '' set jit = off as $$
  with tie as (
    select coalesce(t.household_id, l.household_id) as household, t.member_id as was, l.member_id as becomes
    from (
      select a.household_id, a.member_id from public.assignment_ties a join public.households h on h.id = a.household_id
      where a.plan_id = p_plan.id and h.community_id = any (p_communities)
    ) t
    full join (
      select c.household_id, c.member_id from public.contact_links c
      where c.kind = 'household' and c.valid_to is null and c.community_id = any (p_communities)
    ) l on l.household_id = t.household_id
    where t.member_id is distinct from l.member_id
  ), care as (
    select coalesce(t.frail_member_id, l.frail_member_id) as member, t.member_id as was, l.member_id as becomes
    from (
      select a.frail_member_id, a.member_id from public.assignment_care a join public.members m on m.id = a.frail_member_id
      where a.plan_id = p_plan.id and m.community_id = any (p_communities)
    ) t
    full join (
      select c.frail_member_id, c.member_id from public.contact_links c
      where c.kind = 'frail_care' and c.valid_to is null and c.community_id = any (p_communities)
    ) l on l.frail_member_id = t.frail_member_id
    where t.member_id is distinct from l.member_id
  ), terms as (
    select t.member_id as member, private.terms_record(t.exempt_reason, t.min_households, t.max_households, t.reach_m) as before
    from public.assignment_terms t join public.members m on m.id = t.member_id
    where t.plan_id = p_plan.id and m.community_id = any (p_communities)
  ), mode as (
    select c.id as community, coalesce(a.mode, 'household') as was, coalesce(e.mode, 'household') as becomes
    from unnest(p_communities) as c(id)
    left join public.assignment_modes a on a.plan_id = p_plan.id and a.community_id = c.id
    left join public.assignment_editions e on e.community_id = c.id and e.valid_to is null
    where coalesce(a.mode, 'household') <> coalesce(e.mode, 'household')
  )
  select pg_catalog.jsonb_build_object(
    'ties', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('household', t.household, 'from', t.was, 'to', t.becomes)
      order by t.household), '[]') from tie t),
    'care', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('member', c.member, 'from', c.was, 'to', c.becomes)
      order by c.member), '[]') from care c),
    'terms', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('member', t.member, 'before', t.before, 'after', null)
      order by t.member), '[]') from terms t),
    'modes', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('community', m.community, 'before', m.was, 'after', m.becomes)
      order by m.community), '[]') from mode m))
$$;
comment on function private.assignment_in_force(public.assignment_plans, int[]) is
  'The delta that turns a plan, in these communities, into the assignment in force; pins and exclusions stay.';

create function private.rebase_assignment(p_plan uuid, p_revision int, p_take int[]) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans;
  v_take int[];
  v_delta jsonb;
  v_revision int;
begin
  perform 1 from public.lands l where l.id = (select p.land_id from public.assignment_plans p where p.id = p_plan) for update;
  v_plan := private.require_assignment(p_plan);
  perform private.require_assignment_draft(v_plan, p_revision);
  select coalesce(array_agg(c.id order by c.id), '{}') into v_take from unnest(v_plan.community_ids) as c(id) where c.id = any (p_take);
  v_delta := private.assignment_in_force(v_plan, v_take);
  v_revision := v_plan.revision;
  if v_delta <> '{"ties": [], "care": [], "terms": [], "modes": []}' then
    v_revision := v_revision + 1;
    perform private.apply_assignment_edits(p_plan, v_revision, pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('delta', v_delta,
      'note', pg_catalog.jsonb_build_object('key', 'assignment.note.followed',
        'values', pg_catalog.jsonb_build_object('households', pg_catalog.jsonb_array_length(v_delta -> 'ties'))))), private.my_person());
  end if;
  update public.assignment_plans p
  set revision = v_revision, base_numbers = private.edition_numbers(p.community_ids), updated_at = pg_catalog.clock_timestamp()
  where p.id = p_plan;
  perform private.write_audit('assignment_rebased', 'assignment', p_plan::text, v_plan.org_unit_id, pg_catalog.jsonb_build_object(
    'number', v_plan.number, 'title', v_plan.title, 'taken', pg_catalog.cardinality(v_take),
    'households', pg_catalog.jsonb_array_length(v_delta -> 'ties')));
  return pg_catalog.jsonb_build_object('revision', v_revision);
end
$$;
comment on function private.rebase_assignment(uuid, int, int[]) is 'A draft stands on the editions in force from now on; see public.rebase_assignment_draft.';

create function public.rebase_assignment_draft(p_plan uuid, p_revision int, p_take int[], p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(
    private.first_answer('rebase_assignment_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, pg_catalog.to_jsonb(p_take))),
    private.keep_answer(p_request_key, private.rebase_assignment(p_plan, p_revision, p_take)));
end
$$;
comment on function public.rebase_assignment_draft(uuid, int, int[], uuid) is
  'Carry a draft over to the editions in force: in the communities p_take it becomes what they say, as an edit of its own; in the others it stays as '
  'it is → {revision}. Errors: not_allowed, plan_not_draft, plan_stale {serverRevision, by, at}, request_key_reused.';

-- ── care that is set by hand ──────────────────────────────────────────────────────────────────────────────────────
create function private.follow_care(p_frail int, p_community int, p_member int) returns void language plpgsql set search_path = '' as $$
declare
  v_plan record;
begin
  for v_plan in
    select p.id, p.revision, c.member_id
    from public.assignment_plans p
    left join public.assignment_care c on c.plan_id = p.id and c.frail_member_id = p_frail
    where p.status = 'draft' and p_community = any (p.community_ids) and c.member_id is distinct from p_member
      and not exists (
        select from public.assignment_edits e cross join lateral private.read_care(e.delta) t
        where e.plan_id = p.id and t.member = p_frail and e.note ->> 'key' is distinct from 'assignment.note.careSet')
    order by p.id for update of p
  loop
    perform private.apply_assignment_edits(v_plan.id, v_plan.revision + 1, pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
      'delta', pg_catalog.jsonb_build_object('ties', '[]'::jsonb, 'care', pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
        'member', p_frail, 'from', v_plan.member_id, 'to', p_member))),
      'note', pg_catalog.jsonb_build_object('key', 'assignment.note.careSet'))), private.my_person());
    update public.assignment_plans p set revision = p.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = v_plan.id;
  end loop;
end
$$;
comment on function private.follow_care(int, int, int) is
  'A frail member got another carer by hand, or none: drafts that have not decided on the carer themselves follow, as an edit of their own.';
