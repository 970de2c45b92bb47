-- Plans of assignment: open, read, save, discard. Like plans of grids they change by reversible deltas only.

-- ── who ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.may_assign(p_org_unit int) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(p_org_unit in (select private.my_units_as('district_admin', 'street_officer', 'community_secretary')), false)
$$;
comment on function private.may_assign(int) is
  'Whether the caller assigns the households of a unit: its community''s secretary, its street''s officer, or the district''s administrator.';

create function private.sees_assignment(p_plan public.assignment_plans) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(p_plan.community_ids <@ (select array_agg(c.id) from private.my_household_communities() as c(id)), false)
$$;
comment on function private.sees_assignment(public.assignment_plans) is 'Whether the caller sees a plan: who sees the households of all its communities.';

create function private.require_assignment(p_plan uuid) returns public.assignment_plans
language plpgsql security definer set search_path = '' as $$
declare
  v_plan public.assignment_plans;
begin
  select * into v_plan from public.assignment_plans p where p.id = p_plan for update;
  if not found or not private.may_assign(v_plan.org_unit_id) then
    perform private.fail('not_allowed');
  end if;
  return v_plan;
end
$$;
comment on function private.require_assignment(uuid) is 'The plan, locked, if the caller may write it; not_allowed else, also where there is none.';

create function private.require_assignment_draft(p_plan public.assignment_plans, p_revision int) returns void language plpgsql set search_path = '' as $$
begin
  if p_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', p_plan.status));
  elsif p_plan.revision is distinct from p_revision then
    perform private.fail('plan_stale', pg_catalog.jsonb_build_object('serverRevision', p_plan.revision) || coalesce((
      select pg_catalog.jsonb_build_object('by', p.name_masked, 'at', e.at)
      from public.assignment_edits e left join public.people p on p.id = e.person_id
      where e.plan_id = p_plan.id order by e.revision desc, e.seq desc limit 1),
      pg_catalog.jsonb_build_object('by', null, 'at', p_plan.updated_at)));
  end if;
end
$$;
comment on function private.require_assignment_draft(public.assignment_plans, int) is
  'plan_not_draft {status} or plan_stale {serverRevision, by, at} unless the plan is a draft at this revision. It is locked by then.';

-- ── opening ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.edition_numbers(p_communities int[]) returns int[] language sql stable set search_path = '' as $$
  select array_agg(coalesce(e.number, 0) order by c.place)
  from unnest(p_communities) with ordinality as c(id, place)
  left join public.assignment_editions e on e.community_id = c.id and e.valid_to is null
$$;
comment on function private.edition_numbers(int[]) is 'Numbers of the editions of assignment in force, by community; 0 for none.';

create function private.make_assignment(p_land int, p_org_unit int, p_title text, p_person uuid) returns public.assignment_plans
language plpgsql set search_path = '' as $$
declare
  v_communities int[];
  v_plan public.assignment_plans;
begin
  -- The land's row orders those who number plans and publish.
  perform 1 from public.lands l where l.id = p_land for update;
  select array_agg(u.id order by u.id) into v_communities
  from public.org_units home
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) home.path
  where home.id = p_org_unit;
  insert into public.assignment_plans (land_id, org_unit_id, number, title, community_ids, base_numbers, created_by)
  select p_land, p_org_unit, coalesce(max(p.number), 0) + 1, coalesce(private.clean_text(p_title), '—'), v_communities,
    private.edition_numbers(v_communities), p_person
  from public.assignment_plans p where p.land_id = p_land
  returning * into v_plan;
  return v_plan;
end
$$;
comment on function private.make_assignment(int, int, text, uuid) is 'A new empty draft for a unit, on the editions in force, with the land''s next number.';

create function private.last_assignments(p_plan public.assignment_plans) returns table (community_id int, plan_id uuid)
language sql stable set search_path = '' as $$
  select distinct on (c.id) c.id, p.id
  from unnest(p_plan.community_ids) as c(id)
  join public.assignment_plans p on p.land_id = p_plan.land_id and p.status in ('published', 'superseded') and c.id = any (p.community_ids)
  order by c.id, p.published_at desc
$$;
comment on function private.last_assignments(public.assignment_plans) is 'For each community a plan covers, the plan that came into force there last; none where none did.';

create function private.open_assignment(p_org_unit int, p_title text) returns jsonb language plpgsql set search_path = '' set jit = off as $$
declare
  v_land int;
  v_plan public.assignment_plans;
begin
  if not private.may_assign(p_org_unit) then
    perform private.fail('not_allowed');
  end if;
  select l.id into v_land
  from public.org_units u
  join public.org_units street on street.path operator(extensions.@>) u.path
  join public.lands l on l.org_unit_id = street.id
  where u.id = p_org_unit and u.level in ('street', 'work_zone', 'community');
  if v_land is null then
    perform private.fail('land_missing', pg_catalog.jsonb_build_object('orgUnitId', p_org_unit));
  end if;
  v_plan := private.make_assignment(v_land, p_org_unit, p_title, private.my_person());
  -- Pins, exclusions and modes go on from the last plan that came into force.
  insert into public.assignment_ties (plan_id, household_id, member_id, pinned)
  select v_plan.id, l.household_id, l.member_id, coalesce(t.pinned and t.member_id = l.member_id, false)
  from public.contact_links l
  left join private.last_assignments(v_plan) latest on latest.community_id = l.community_id
  left join public.assignment_ties t on t.plan_id = latest.plan_id and t.household_id = l.household_id
  where l.kind = 'household' and l.valid_to is null and l.community_id = any (v_plan.community_ids);
  insert into public.assignment_exclusions (plan_id, member_id, household_id, reason)
  select v_plan.id, e.member_id, e.household_id, e.reason
  from private.last_assignments(v_plan) latest
  join public.assignment_exclusions e on e.plan_id = latest.plan_id
  join public.households h on h.id = e.household_id and h.community_id = latest.community_id;
  insert into public.assignment_care (plan_id, frail_member_id, member_id)
  select v_plan.id, l.frail_member_id, l.member_id
  from public.contact_links l where l.kind = 'frail_care' and l.valid_to is null and l.community_id = any (v_plan.community_ids);
  insert into public.assignment_modes (plan_id, community_id, mode)
  select v_plan.id, e.community_id, e.mode
  from public.assignment_editions e
  where e.valid_to is null and e.mode <> 'household' and e.community_id = any (v_plan.community_ids);
  perform private.write_audit('assignment_opened', 'assignment', v_plan.id::text, p_org_unit,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'revision', v_plan.revision);
end
$$;
comment on function private.open_assignment(int, text) is 'A new draft from the ties in force; see public.open_assignment_draft.';

create function public.open_assignment_draft(p_org_unit int, p_title text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('open_assignment_draft', p_request_key, pg_catalog.jsonb_build_array(p_org_unit, p_title)),
    private.keep_answer(p_request_key, private.open_assignment(p_org_unit, p_title)));
end
$$;
comment on function public.open_assignment_draft(int, text, uuid) is
  'A new draft for a community, or for a street with all its communities, copied from the ties in force, with the pins and exclusions of the plan '
  'they came with → {planId, number, revision}. Errors: not_allowed, land_missing {orgUnitId}, request_key_reused.';

-- ── reading: as the caller, so policies decide ────────────────────────────────────────────────────────────────────
create function public.assignment_document(p_plan uuid) returns json language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans;
  v_ties json;
begin
  select * into v_plan from public.assignment_plans p where p.id = p_plan;
  if not found then
    raise exception using errcode = 'P0001', message = 'plan_unknown', detail = json_build_object('planId', p_plan)::text;
  end if;
  with home as materialized (
    select h.id, t.member_id, t.pinned
    from public.households h left join public.assignment_ties t on t.plan_id = p_plan and t.household_id = h.id
    where h.community_id = any (v_plan.community_ids)
    order by h.id
  )
  select json_build_object(
    'household', ('[' || coalesce(string_agg(h.id::text, ','), '') || ']')::json,
    'member', ('[' || coalesce(string_agg(coalesce(h.member_id, 0)::text, ','), '') || ']')::json,
    'pinned', ('[' || coalesce(string_agg(h.id::text, ',') filter (where h.pinned), '') || ']')::json)
  into v_ties from home h;
  return json_build_object(
    'planId', v_plan.id, 'landId', v_plan.land_id, 'orgUnitId', v_plan.org_unit_id, 'number', v_plan.number, 'title', v_plan.title,
    'status', v_plan.status, 'revision', v_plan.revision, 'createdBy', (select e.name_masked from public.people e where e.id = v_plan.created_by),
    'updatedAt', v_plan.updated_at,
    'bases', (
      select json_agg(json_build_object('communityId', c.id, 'number', c.base, 'inForce', coalesce(e.number, 0), 'at', e.valid_from,
        'by', (select p.name_masked from public.people p where p.id = e.published_by)) order by c.id)
      from unnest(v_plan.community_ids, v_plan.base_numbers) as c(id, base)
      left join public.assignment_editions e on e.community_id = c.id and e.valid_to is null),
    'ties', v_ties,
    'care', (select coalesce(json_agg(json_build_array(m.id, coalesce(c.member_id, 0)) order by m.id), '[]')
      from public.members m left join public.assignment_care c on c.plan_id = p_plan and c.frail_member_id = m.id
      where m.community_id = any (v_plan.community_ids) and (m.condition = 'frail' or c.member_id is not null or m.id in (
        select l.frail_member_id from public.contact_links l
        where l.kind = 'frail_care' and l.valid_to is null and l.community_id = any (v_plan.community_ids)))),
    'exclusions', (select coalesce(json_agg(json_build_object('member', e.member_id, 'household', e.household_id, 'reason', e.reason)
      order by e.household_id, e.member_id), '[]') from public.assignment_exclusions e where e.plan_id = p_plan),
    'terms', (select coalesce(json_agg(json_build_array(t.member_id, t.exempt_reason, t.min_households, t.max_households, t.reach_m)
      order by t.member_id), '[]') from public.assignment_terms t where t.plan_id = p_plan),
    'modes', (select coalesce(json_agg(json_build_array(m.community_id, m.mode) order by m.community_id), '[]')
      from public.assignment_modes m where m.plan_id = p_plan),
    'aims', v_plan.aims,
    'waivers', (select coalesce(json_agg(json_build_object('code', w.code, 'communityId', w.community_id, 'memberId', w.member_id, 'reason', w.reason)
      order by w.id), '[]') from public.assignment_waivers w where w.plan_id = p_plan));
end
$$;
comment on function public.assignment_document(uuid) is
  'A plan of assignment → {planId, landId, orgUnitId, number, title, status, revision, createdBy, updatedAt, bases: [{communityId, number: it stands '
  'on, inForce, at, by}], ties: {household, member, pinned: households}, care: [[frail, carer]], exclusions: [{member, household, reason}], '
  'terms: [[member, exempt, min, max, reachM]], modes: [[community, mode]], aims, waivers}; all households and frail members it covers, 0 for '
  'nobody. Errors: plan_unknown.';

create function public.assignment_edits_since(p_plan uuid, p_revision int) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('revision', e.revision, 'seq', e.seq, 'delta', e.delta, 'note', e.note,
    'by', p.name_masked, 'at', e.at) order by e.revision, e.seq), '[]')
  from public.assignment_edits e left join public.people p on p.id = e.person_id
  where e.plan_id = p_plan and e.revision > p_revision
$$;
comment on function public.assignment_edits_since(uuid, int) is 'Edits of a plan after a revision, in order → [{revision, seq, delta, note, by, at}].';

create function public.assignment_edition(p_community int, p_number int) returns json language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_edition public.assignment_editions;
begin
  select * into v_edition from public.assignment_editions e where e.community_id = p_community and e.number = p_number;
  if not found then
    raise exception using errcode = 'P0001', message = 'edition_unknown',
      detail = json_build_object('communityId', p_community, 'number', p_number)::text;
  end if;
  return (
    with link as materialized (
      select l.* from public.contact_links l
      where l.community_id = p_community and l.kind in ('household', 'frail_care')
        and l.valid_from <= v_edition.valid_from and (l.valid_to is null or l.valid_to > v_edition.valid_from)
    )
    select json_build_object('id', v_edition.id, 'communityId', p_community, 'number', v_edition.number, 'validFrom', v_edition.valid_from,
      'validTo', v_edition.valid_to, 'note', v_edition.note, 'mode', v_edition.mode,
      'publishedBy', (select p.name_masked from public.people p where p.id = v_edition.published_by),
      'households', v_edition.households, 'servedHouseholds', v_edition.served_households, 'changedHouseholds', v_edition.changed_households,
      'ties', (select json_build_object(
          'household', ('[' || coalesce(string_agg(h.id::text, ',' order by h.id), '') || ']')::json,
          'member', ('[' || coalesce(string_agg(coalesce(l.member_id, 0)::text, ',' order by h.id), '') || ']')::json)
        from public.households h left join link l on l.household_id = h.id where h.community_id = p_community),
      'care', (select coalesce(json_agg(json_build_array(m.id, coalesce(l.member_id, 0)) order by m.id), '[]')
        from public.members m left join link l on l.frail_member_id = m.id
        where m.community_id = p_community and (m.condition = 'frail' or l.id is not null or m.id in (
          select c.frail_member_id from public.contact_links c
          where c.kind = 'frail_care' and c.valid_to is null and c.community_id = p_community)))));
end
$$;
comment on function public.assignment_edition(int, int) is
  'The assignment of a community as it came into force with an edition → {id, communityId, number, validFrom, validTo, note, mode, publishedBy, '
  'households, servedHouseholds, changedHouseholds, ties: {household, member}, care: [[frail, carer]]}: today''s households and frail members, 0 for '
  'nobody. Errors: edition_unknown.';

-- ── saving and giving up ──────────────────────────────────────────────────────────────────────────────────────────
create function private.save_assignment(p_plan uuid, p_base_revision int, p_edits jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.assignment_plans := private.require_assignment(p_plan);
begin
  perform private.require_assignment_draft(v_plan, p_base_revision);
  if pg_catalog.jsonb_typeof(p_edits) is distinct from 'array' then
    perform private.refuse_delta(0, 'malformed');
  elsif pg_catalog.jsonb_array_length(p_edits) = 0 then
    return pg_catalog.jsonb_build_object('revision', v_plan.revision);
  end if;
  perform private.apply_assignment_edits(p_plan, v_plan.revision + 1, p_edits, private.my_person());
  update public.assignment_plans p set revision = v_plan.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  return pg_catalog.jsonb_build_object('revision', v_plan.revision + 1);
end
$$;
comment on function private.save_assignment(uuid, int, jsonb) is 'Save edits of a draft; see public.save_assignment_draft.';

create function public.save_assignment_draft(p_plan uuid, p_base_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('save_assignment_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_base_revision, p_edits)),
    private.keep_answer(p_request_key, private.save_assignment(p_plan, p_base_revision, p_edits)));
end
$$;
comment on function public.save_assignment_draft(uuid, int, jsonb, uuid) is
  'Save edits [{delta, note}] built on a revision, all or none → {revision}. Errors: not_allowed, plan_not_draft, plan_stale {serverRevision, by, at}, '
  'delta_invalid {index, reason, …} with reason malformed or one of those in src/core/README.md; request_key_reused.';

create function public.discard_assignment(p_plan uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_plan public.assignment_plans := private.require_assignment(p_plan);
begin
  if v_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', v_plan.status));
  end if;
  update public.assignment_plans p set status = 'discarded', updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  perform private.write_audit('assignment_discarded', 'assignment', p_plan::text, v_plan.org_unit_id,
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return pg_catalog.jsonb_build_object('discarded', true);
end
$$;
comment on function public.discard_assignment(uuid) is 'Give a draft up; it and its edits are kept → {discarded}. Errors: not_allowed, plan_not_draft.';
