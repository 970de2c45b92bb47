-- Publication of an assignment: one transaction that checks, ends the links that change, begins the new ones, registers terms, and gives
-- each community where anything differs its next edition. A tie that stays keeps its row and its beginning.

create function private.take_assignment_waivers(p_plan uuid, p_waivers jsonb, p_person uuid) returns void language plpgsql set search_path = '' as $$
begin
  if p_waivers is null or p_waivers = 'null' then
    return;
  end if;
  if pg_catalog.jsonb_typeof(p_waivers) <> 'array' or exists (
    select from pg_catalog.jsonb_array_elements(p_waivers) w
    where not coalesce(pg_catalog.length(pg_catalog.btrim(w ->> 'reason')) >= 4 and case w ->> 'code'
      when 'member_above_max' then exists (select from public.members m where m.id = private.json_int(w, 'memberId'))
      when 'household_unserved' then exists (select from public.org_units u where u.id = private.json_int(w, 'communityId'))
      when 'frail_without_carer' then exists (select from public.org_units u where u.id = private.json_int(w, 'communityId')) end, false)) then
    perform private.fail('waiver_invalid');
  end if;
  insert into public.assignment_waivers (plan_id, code, community_id, member_id, reason, person_id)
  select p_plan, w ->> 'code', case when w ->> 'code' <> 'member_above_max' then private.json_int(w, 'communityId') end,
    case when w ->> 'code' = 'member_above_max' then private.json_int(w, 'memberId') end, pg_catalog.btrim(w ->> 'reason'), p_person
  from pg_catalog.jsonb_array_elements(p_waivers) w;
end
$$;
comment on function private.take_assignment_waivers(uuid, jsonb, uuid) is 'Record reasons for errors of an assignment that may stand. Error: waiver_invalid.';

create function private.register_terms(p_plan public.assignment_plans, p_person uuid, p_at timestamptz) returns table (community_id int, members int)
language sql set search_path = '' as $$
  with wanted as materialized (
    select t.*, m.community_id
    from public.assignment_terms t
    join public.members m on m.id = t.member_id
    left join public.member_terms r on r.member_id = t.member_id
    where t.plan_id = p_plan.id and (t.exempt_reason, t.min_households, t.max_households, t.reach_m)
      is distinct from (r.exempt_reason, r.min_households, r.max_households, r.reach_m)
  ), written as (
    insert into public.member_terms as r (member_id, exempt_reason, min_households, max_households, reach_m, updated_at, updated_by)
    select w.member_id, w.exempt_reason, w.min_households, w.max_households, w.reach_m, p_at, p_person from wanted w
    on conflict (member_id) do update
    set exempt_reason = excluded.exempt_reason, min_households = excluded.min_households, max_households = excluded.max_households,
      reach_m = excluded.reach_m, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
      -- Words about a reason go with the reason.
      note = case when r.exempt_reason is not distinct from excluded.exempt_reason then r.note else '' end
  )
  select w.community_id, count(*)::int from wanted w group by w.community_id
$$;
comment on function private.register_terms(public.assignment_plans, uuid, timestamptz) is
  'The terms of a plan become the registered ones; returns how many of which community differ from before.';

create function private.write_assignment(p_plan public.assignment_plans, p_person uuid, p_findings jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_editions jsonb;
  v_drafts jsonb;
begin
  drop table if exists pg_temp.changed_links;
  create temporary table changed_links on commit drop as
    select 'household'::public.contact_kind as kind, coalesce(h.community_id, l.community_id) as community_id, h.id as target, h.member_id, l.id as former
    from (
      select o.id, o.community_id, t.member_id
      from public.assignment_ties t join public.households o on o.id = t.household_id
      where t.plan_id = p_plan.id and t.member_id is not null and o.community_id = any (p_plan.community_ids)
    ) h
    full join (
      select c.* from public.contact_links c
      where c.kind = 'household' and c.valid_to is null and c.community_id = any (p_plan.community_ids)
    ) l on l.household_id = h.id
    where h.member_id is distinct from l.member_id
    union all
    select 'frail_care', coalesce(f.community_id, l.community_id), f.id, f.member_id, l.id
    from (
      select m.id, m.community_id, c.member_id
      from public.assignment_care c join public.members m on m.id = c.frail_member_id
      where c.plan_id = p_plan.id and m.community_id = any (p_plan.community_ids)
    ) f
    full join (
      select c.* from public.contact_links c
      where c.kind = 'frail_care' and c.valid_to is null and c.community_id = any (p_plan.community_ids)
    ) l on l.frail_member_id = f.id
    where f.member_id is distinct from l.member_id;
  analyze pg_temp.changed_links;
  drop table if exists pg_temp.changed_terms;
  create temporary table changed_terms on commit drop as select * from private.register_terms(p_plan, p_person, v_now);

  -- ── the next edition where anything differs ─────────────────────────────────────────────────────────────────────
  drop table if exists pg_temp.new_editions;
  create temporary table new_editions on commit drop as
    with link as (
      select c.community_id, count(*) filter (where c.kind = 'household') as households, count(*) filter (where c.kind = 'frail_care') as care
      from pg_temp.changed_links c group by c.community_id
    ), held as (
      select h.community_id, count(*) as households, count(t.member_id) as served
      from public.households h left join public.assignment_ties t on t.plan_id = p_plan.id and t.household_id = h.id
      where h.community_id = any (p_plan.community_ids) group by h.community_id
    )
    select u.id as community_id, e.id as former, coalesce(e.number, 0) + 1 as number, coalesce(o.mode, 'household') as mode,
      coalesce(held.households, 0) as households, coalesce(held.served, 0) as served, coalesce(link.households, 0) as changed_households,
      coalesce(link.care, 0) as changed_care, coalesce(r.members, 0) as changed_terms
    from unnest(p_plan.community_ids) as u(id)
    left join public.assignment_editions e on e.community_id = u.id and e.valid_to is null
    left join public.assignment_modes o on o.plan_id = p_plan.id and o.community_id = u.id
    left join held on held.community_id = u.id
    left join link on link.community_id = u.id
    left join pg_temp.changed_terms r on r.community_id = u.id
    where link.community_id is not null or r.community_id is not null or coalesce(o.mode, 'household') <> coalesce(e.mode, 'household');
  update public.assignment_editions e set valid_to = v_now from pg_temp.new_editions n where e.id = n.former;
  insert into public.assignment_editions (community_id, number, plan_id, mode, valid_from, published_by, note, households, served_households,
    changed_households, changed_care, changed_terms)
  select n.community_id, n.number, p_plan.id, n.mode, v_now, p_person, p_plan.title, n.households, n.served, n.changed_households, n.changed_care,
    n.changed_terms
  from pg_temp.new_editions n;

  -- ── links: those that change end, the new ones begin at the same moment ─────────────────────────────────────────
  update public.contact_links l set valid_to = v_now from pg_temp.changed_links c where l.id = c.former;
  insert into public.contact_links (kind, community_id, member_id, household_id, frail_member_id, valid_from, edition_id, plan_id)
  select c.kind, c.community_id, c.member_id, case when c.kind = 'household' then c.target end, case when c.kind = 'frail_care' then c.target end,
    v_now, e.id, p_plan.id
  from pg_temp.changed_links c
  join public.assignment_editions e on e.community_id = c.community_id and e.valid_to is null
  where c.member_id is not null
  order by c.community_id, c.target;

  update public.assignment_plans p set status = 'published', published_at = v_now, updated_at = v_now where p.id = p_plan.id;
  update public.assignment_plans p set status = 'superseded'
  where p.land_id = p_plan.land_id and p.status = 'published' and p.id <> p_plan.id
    and not exists (select from public.assignment_editions e where e.plan_id = p.id and e.valid_to is null);

  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('communityId', e.community_id, 'number', e.number,
    'changedHouseholds', e.changed_households, 'changedCare', e.changed_care, 'changedTerms', e.changed_terms) order by e.community_id), '[]')
  into v_editions
  from public.assignment_editions e where e.plan_id = p_plan.id and e.valid_to is null;
  -- Drafts that stand on what has just ended: their next look at the bases says so, and whoever published is told of them.
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('planId', p.id, 'number', p.number, 'title', p.title,
    'by', (select w.name_masked from public.people w where w.id = p.created_by)) order by p.number), '[]')
  into v_drafts
  from public.assignment_plans p
  where p.land_id = p_plan.land_id and p.status = 'draft'
    and exists (select from pg_temp.new_editions n where n.community_id = any (p.community_ids));
  perform private.write_audit('assignment_published', 'assignment', p_plan.id::text, p_plan.org_unit_id,
    (select pg_catalog.jsonb_build_object('number', p_plan.number, 'title', p_plan.title, 'revision', p_plan.revision, 'communities', count(*),
      'changedHouseholds', coalesce(sum(n.changed_households), 0), 'changedCare', coalesce(sum(n.changed_care), 0),
      'changedTerms', coalesce(sum(n.changed_terms), 0), 'findings', pg_catalog.jsonb_array_length(p_findings)) from pg_temp.new_editions n));
  return pg_catalog.jsonb_build_object('editions', v_editions, 'drafts', v_drafts);
end
$$;
comment on function private.write_assignment(public.assignment_plans, uuid, jsonb) is
  'Bring a checked plan into force → {editions: [{communityId, number, changedHouseholds, changedCare, changedTerms}], drafts: those that stand on what '
  'has ended}.';

create function private.publish_assignment(p_plan uuid, p_revision int, p_waivers jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans;
  v_moved jsonb;
  v_findings jsonb;
  v_written jsonb;
begin
  -- Land first, plan second, in this order everywhere, so that two publications wait and never deadlock.
  perform 1 from public.lands l where l.id = (select p.land_id from public.assignment_plans p where p.id = p_plan) for update;
  v_plan := private.require_assignment(p_plan);
  perform private.require_assignment_draft(v_plan, p_revision);
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('communityId', c.id, 'number', e.number, 'at', e.valid_from,
    'by', (select p.name_masked from public.people p where p.id = e.published_by)) order by c.id)
  into v_moved
  from unnest(v_plan.community_ids, v_plan.base_numbers) as c(id, base)
  join public.assignment_editions e on e.community_id = c.id and e.valid_to is null and e.number <> c.base;
  if v_moved is not null then
    perform private.fail('plan_base_outdated', pg_catalog.jsonb_build_object('communities', v_moved));
  end if;

  -- In a block of its own: a refusal gives back waivers and all else, and still answers with its findings.
  begin
    perform private.take_assignment_waivers(p_plan, p_waivers, private.my_person());
    v_findings := private.assignment_findings_json(p_plan);
    if exists (
      select from pg_catalog.jsonb_array_elements(v_findings) f where f ->> 'severity' = 'error' and f -> 'waived' is null) then
      raise exception using errcode = 'GW002', message = 'refused';
    end if;
    v_written := private.write_assignment(v_plan, private.my_person(), v_findings);
  exception when sqlstate 'GW002' then
    return pg_catalog.jsonb_build_object('published', false, 'findings', v_findings);
  end;
  return pg_catalog.jsonb_build_object('published', true, 'findings', v_findings) || v_written;
end
$$;
comment on function private.publish_assignment(uuid, int, jsonb) is 'Bring a draft of assignment into force; see public.publish_assignment.';

create function public.publish_assignment(p_plan uuid, p_revision int, p_waivers jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('publish_assignment', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_waivers)),
    private.keep_answer(p_request_key, private.publish_assignment(p_plan, p_revision, p_waivers)));
end
$$;
comment on function public.publish_assignment(uuid, int, jsonb, uuid) is
  'Bring a draft of assignment into force → {published: true, editions: [{communityId, number, changedHouseholds, changedCare, changedTerms}], drafts: '
  '[{planId, number, title, by}] that stand on what has ended, findings}, or {published: false, findings} and nothing changed. p_waivers = [{code, '
  'communityId | memberId, reason}]. Errors: not_allowed, plan_not_draft, plan_stale {serverRevision, by, at}, plan_base_outdated {communities: '
  '[{communityId, number, by, at}]}, waiver_invalid, request_key_reused.';
