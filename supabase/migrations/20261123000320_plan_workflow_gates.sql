-- Opening, saving, copying, carrying over and publishing a draft, as its stage, its communities and the rule of the street allow. The work
-- itself is done by the functions of the same names in schema private.

-- ── opening ───────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.open_community_draft(p_land int, p_title text, p_communities int[]) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_edition int;
  v_plan public.plans;
begin
  select e.id into v_edition from public.grid_editions e where e.land_id = p_land and e.valid_to is null;
  v_plan := private.make_plan(p_land, p_title, v_edition, private.my_person());
  update public.plans p set community_ids = p_communities where p.id = v_plan.id;
  -- The whole column, so that publishing it leaves the other communities as they are.
  insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind)
  select v_plan.id, g.id, g.code, g.name, g.community_id, g.kind from public.grids g where g.edition_id = v_edition;
  insert into public.plan_cells (plan_id, cell_id, grid_id)
  select v_plan.id, c.id, gc.grid_id
  from public.cells c
  left join public.grid_cells gc on gc.edition_id = v_edition and gc.cell_id = c.id
  where c.land_id = p_land and c.to_edition is null;
  perform private.write_audit('plan_opened', 'plan', v_plan.id::text, private.plan_unit(v_plan),
    pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title, 'communityIds', p_communities));
  return pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'revision', v_plan.revision);
end
$$;
comment on function private.open_community_draft(int, text, int[]) is 'A new draft, copied from the grids in force, that may change these communities only.';

create function private.open_draft(p_land int, p_title text) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_communities int[] := private.my_plan_communities(p_land);
begin
  if v_communities is null or private.may_redesign(p_land) then
    return private.open_plan_draft(p_land, p_title);
  end if;
  return private.open_community_draft(p_land, p_title, v_communities);
end
$$;
comment on function private.open_draft(int, text) is 'A new draft of the land; limited to their communities for secretaries.';

create or replace function public.open_plan_draft(p_land int, p_title text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('open_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_land, p_title)),
    private.keep_answer(p_request_key, private.open_draft(p_land, p_title)));
end
$$;
comment on function public.open_plan_draft(int, text, uuid) is
  'A new draft, copied from the grids in force → {planId, number, revision}; a community secretary''s is limited to his or her communities. '
  'Errors: not_allowed, request_key_reused.';

-- ── saving ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.touched_communities(p_plan uuid, p_after_revision int) returns setof int language sql stable rows 10 set search_path = '' as $$
  with edit as materialized (
    select e.delta from public.plan_edits e where e.plan_id = p_plan and e.revision > p_after_revision
  ), record as (
    select g.before, g.after from edit e cross join lateral private.read_grid_changes(e.delta) g
  )
  select private.json_int(r.before, 'communityId') from record r where r.before is not null
  union
  select private.json_int(r.after, 'communityId') from record r where r.after is not null
  union
  -- A cell lies in the community of its grid. Grids that are gone by now were among the records.
  select g.community_id
  from edit e cross join lateral private.read_cell_changes(e.delta) c
  join public.plan_grids g on g.plan_id = p_plan and g.grid_id::text in (c.was, c.becomes)
  union
  select private.json_int(c.item, 'communityId')
  from edit e cross join (values ('before'), ('after')) as s(side)
  cross join lateral pg_catalog.jsonb_array_elements(coalesce(nullif(e.delta -> 'land', 'null') -> s.side -> 'cells', '[]')) as c(item)
  union
  -- A border within a community is its affair; one between two, or at the edge of the land, no edit moves. Cells that are not
  -- there any more stand among those above.
  select coalesce(o.community_id, k.community_id)
  from edit e cross join (values ('before'), ('after')) as s(side)
  cross join lateral pg_catalog.jsonb_array_elements(coalesce(nullif(e.delta -> 'land', 'null') -> s.side -> 'arcs', '[]')) as a(item)
  left join public.plan_land_cells o on o.plan_id = p_plan and o.cell_id = (a.item ->> 'left')::int
  left join public.cells k on k.id = (a.item ->> 'left')::int
  left join public.plan_land_cells ro on ro.plan_id = p_plan and ro.cell_id = (a.item ->> 'right')::int
  left join public.cells rk on rk.id = (a.item ->> 'right')::int
  where coalesce(o.community_id, k.community_id) = coalesce(ro.community_id, rk.community_id)
  union
  select b.community_id
  from edit e
  cross join lateral pg_catalog.jsonb_array_elements(coalesce(nullif(e.delta -> 'land', 'null') -> 'after' -> 'buildings', '[]')) as h(item)
  join public.buildings b on b.id = (h.item ->> 'id')::int
  union
  select coalesce(o.community_id, k.community_id)
  from edit e
  cross join lateral pg_catalog.jsonb_array_elements(coalesce(nullif(e.delta -> 'links', 'null'), '[]')) as l(item)
  cross join lateral pg_catalog.jsonb_array_elements_text(l.item -> 'cells') as c(id)
  left join public.plan_land_cells o on o.plan_id = p_plan and o.cell_id = c.id::int
  left join public.cells k on k.id = c.id::int
$$;
comment on function private.touched_communities(uuid, int) is 'Communities whose grids, land or links the edits of a plan after a revision touch.';

create function private.require_within(p_plan public.plans, p_after_revision int) returns void language plpgsql set search_path = '' as $$
declare
  v_outside jsonb;
begin
  if p_plan.community_ids is null then
    return;
  end if;
  select pg_catalog.jsonb_agg(u.name order by u.code) into v_outside
  from private.touched_communities(p_plan.id, p_after_revision) t(id)
  join public.org_units u on u.id = t.id
  where not t.id = any (p_plan.community_ids);
  if v_outside is not null then
    perform private.fail('outside_draft', pg_catalog.jsonb_build_object('communities', v_outside));
  end if;
end
$$;
comment on function private.require_within(public.plans, int) is
  'outside_draft {communities} where edits after a revision leave the communities a draft is limited to; raised after they were applied, which undoes them.';

create function private.require_editable(p_plan public.plans) returns void language plpgsql set search_path = '' as $$
begin
  if p_plan.status = 'draft' and p_plan.stage = 'submitted' then
    perform private.fail('plan_submitted', pg_catalog.jsonb_build_object('at', p_plan.stage_at,
      'by', (select e.name_masked from public.people e where e.id = p_plan.stage_by)));
  end if;
end
$$;
comment on function private.require_editable(public.plans) is 'plan_submitted {by, at} where a draft rests with those who approve it.';

create function private.reopen(p_plan public.plans) returns void language plpgsql set search_path = '' as $$
begin
  if p_plan.stage in ('approved', 'returned') then
    perform private.bring_to(p_plan, 'drafting', 'reopened', '');
  end if;
end
$$;
comment on function private.reopen(public.plans) is 'A draft that was approved or returned is being drawn again: an approval is of what was seen.';

create function private.save_draft(p_plan uuid, p_base_revision int, p_edits jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_plan public.plans := private.require_plan(p_plan);
  v_answer jsonb;
begin
  perform private.require_editable(v_plan);
  v_answer := private.save_plan_draft(p_plan, p_base_revision, p_edits);
  if (v_answer ->> 'revision')::int > v_plan.revision then
    perform private.require_within(v_plan, v_plan.revision);
    perform private.reopen(v_plan);
  end if;
  return v_answer;
end
$$;
comment on function private.save_draft(uuid, int, jsonb) is 'Save edits of a draft that may be edited, within its communities; an approval is taken back.';

create or replace function public.save_plan_draft(p_plan uuid, p_base_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('save_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_base_revision, p_edits)),
    private.keep_answer(p_request_key, private.save_draft(p_plan, p_base_revision, p_edits)));
end
$$;
comment on function public.save_plan_draft(uuid, int, jsonb, uuid) is
  'Save edits [{delta, note}] built on a revision, all or none → {revision}; takes an approval back. Errors: not_allowed, plan_not_draft, '
  'plan_submitted {by, at}, outside_draft {communities}, plan_stale {serverRevision, by, at}, delta_invalid {index, reason, …} with reason malformed, '
  'cell_unknown, cell_repeated, cell_from_mismatch, grid_unknown, grid_repeated, grid_before_mismatch, grid_community_changed, grid_not_empty, '
  'community_unknown or other_community, and those of redrawn land; request_key_reused.';

-- ── copying and carrying over to the edition in force ─────────────────────────────────────────────────────────────
create function private.follow_edition(p_plan uuid, p_communities int[]) returns int language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_edition int;
  v_delta jsonb;
begin
  select * into v_plan from public.plans p where p.id = p_plan;
  select e.id into v_edition from public.grid_editions e where e.land_id = v_plan.land_id and e.valid_to is null;
  with now as materialized (
    select coalesce(p.grid_id, g.id) as id,
      case when p.grid_id is not null then private.grid_record(p) end as before,
      case when g.id is not null then pg_catalog.jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name, 'communityId', g.community_id,
        'kind', g.kind, 'locked', coalesce(p.locked, false)) end as after
    from (select * from public.plan_grids p where p.plan_id = p_plan and not p.community_id = any (p_communities)) p
    full join (select * from public.grids g where g.edition_id = v_edition and not g.community_id = any (p_communities)) g on g.id = p.grid_id
  ), moved as materialized (
    select p.cell_id, p.grid_id as was, g.grid_id as becomes
    from public.plan_cells p
    join public.cells c on c.id = p.cell_id and not c.community_id = any (p_communities)
    left join public.grid_cells g on g.edition_id = v_edition and g.cell_id = p.cell_id
    where p.plan_id = p_plan and p.grid_id is distinct from g.grid_id
  )
  select pg_catalog.jsonb_build_object(
    'cells', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', m.cell_id, 'from', m.was, 'to', m.becomes) order by m.cell_id), '[]')
      from moved m),
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('before', n.before, 'after', n.after) order by n.id), '[]')
      from now n where n.before is distinct from n.after))
  into v_delta;
  if v_delta = '{"cells": [], "grids": []}' then
    return v_plan.revision;
  end if;
  perform private.apply_edits(p_plan, v_plan.land_id, v_plan.revision + 1, pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
    'delta', v_delta, 'note', pg_catalog.jsonb_build_object('key', 'redesign.note.followed',
      'values', pg_catalog.jsonb_build_object('cells', pg_catalog.jsonb_array_length(v_delta -> 'cells'))))), private.my_person());
  update public.plans p set revision = p.revision + 1, updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  return v_plan.revision + 1;
end
$$;
comment on function private.follow_edition(uuid, int[]) is
  'Outside these communities a draft becomes what the edition in force is, as an edit of its own; returns the revision.';

create function private.copy_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_answer jsonb := private.copy_plan_draft(p_plan, p_title, p_at_revision, p_edits);
  v_copy public.plans;
  v_from public.plans;
begin
  select * into v_from from public.plans p where p.id = p_plan;
  if v_from.community_ids is null then
    return v_answer;
  end if;
  -- Who may redesign the land makes a draft of all of it; a secretary's stays as limited as it was.
  update public.plans p
  set community_ids = case when private.may_redesign(p.land_id) then null else v_from.community_ids end
  where p.id = (v_answer ->> 'planId')::uuid returning * into v_copy;
  perform private.require_within(v_copy, 0);
  return v_answer || pg_catalog.jsonb_build_object('revision', private.follow_edition(v_copy.id, v_from.community_ids));
end
$$;
comment on function private.copy_draft(uuid, text, int, jsonb) is 'A copy of a draft; of one that is limited to communities, the others are as in the edition in force.';

create or replace function public.copy_plan_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(
    private.first_answer('copy_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_title, p_at_revision, p_edits)),
    private.keep_answer(p_request_key, private.copy_draft(p_plan, p_title, p_at_revision, p_edits)));
end
$$;
comment on function public.copy_plan_draft(uuid, text, int, jsonb, uuid) is
  'A new draft: the plan as of a revision, with edits on top → {planId, number, revision}. Based on the edition in force. '
  'Errors: not_allowed, revision_unknown, outside_draft, delta_invalid, request_key_reused.';

create function private.rebase_draft(p_plan uuid, p_revision int, p_edition int, p_edits jsonb) returns jsonb
language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_edition public.grid_editions;
  v_snapshot int;
  v_followed int;
  v_revision int;
begin
  -- Land first, plan second, as everywhere.
  perform 1 from public.lands l where l.id = (select p.land_id from public.plans p where p.id = p_plan) for update;
  v_plan := private.require_plan(p_plan);
  perform private.require_stage(v_plan, p_revision, 'drafting', 'approved', 'returned');
  select * into v_edition from public.grid_editions e where e.land_id = v_plan.land_id and e.valid_to is null;
  if v_edition.number is distinct from p_edition then
    perform private.fail('plan_base_outdated', pg_catalog.jsonb_build_object('editionNumber', v_edition.number, 'at', v_edition.valid_from,
      'by', (select e.name_masked from public.people e where e.id = v_edition.published_by)));
  end if;
  v_snapshot := private.take_snapshot(v_plan, 'rebased');
  update public.plans p set base_edition_id = v_edition.id, updated_at = pg_catalog.clock_timestamp() where p.id = p_plan;
  v_revision := v_plan.revision;
  if v_plan.community_ids is not null then
    v_revision := private.follow_edition(p_plan, v_plan.community_ids);
  end if;
  v_followed := v_revision;
  v_revision := (private.save_plan_draft(p_plan, v_revision, p_edits) ->> 'revision')::int;
  -- The edition's own changes lie outside by nature; those that were sent must not.
  perform private.require_within(v_plan, v_followed);
  perform private.reopen(v_plan);
  perform private.write_audit('plan_rebased', 'plan', p_plan::text, private.plan_unit(v_plan),
    private.plan_audit_detail(v_plan) || pg_catalog.jsonb_build_object('edition', p_edition));
  return pg_catalog.jsonb_build_object('revision', v_revision, 'snapshotId', v_snapshot);
end
$$;
comment on function private.rebase_draft(uuid, int, int, jsonb) is 'A draft stands on the edition in force from now on; see public.rebase_plan_draft.';

create function public.rebase_plan_draft(p_plan uuid, p_revision int, p_edition int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(
    private.first_answer('rebase_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_edition, p_edits)),
    private.keep_answer(p_request_key, private.rebase_draft(p_plan, p_revision, p_edition, p_edits)));
end
$$;
comment on function public.rebase_plan_draft(uuid, int, int, jsonb, uuid) is
  'Carry a draft over to the edition in force, which is number p_edition: the edits turn the draft as it is into its changes on that edition; a snapshot '
  'of before is kept, and outside the communities of a limited draft the edition itself is taken → {revision, snapshotId}. Errors: not_allowed, '
  'plan_not_draft, plan_stage_other, plan_stale, plan_base_outdated {editionNumber, by, at}, outside_draft {communities}, delta_invalid, '
  'request_key_reused.';

-- ── publishing ────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.publishes(p_land int) returns boolean language sql stable set search_path = '' as $$
  select private.may_redesign(p_land) and ((private.plan_rule(p_land) ->> 'officerPublishes')::boolean
    or exists (select from public.lands l where l.id = p_land and l.org_unit_id in (select private.my_units_as('district_admin'))))
$$;
comment on function private.publishes(int) is 'Whether the caller brings plans of a land into force: the administrator, or the street officer where the rule says so.';

create function private.require_publishable(p_plan uuid) returns void language plpgsql set search_path = '' as $$
declare
  v_land int := (select p.land_id from public.plans p where p.id = p_plan);
  v_plan public.plans;
begin
  perform private.require_redesign(v_land);
  -- Land first, plan second, as everywhere.
  perform 1 from public.lands l where l.id = v_land for update;
  v_plan := private.require_plan(p_plan);
  if v_plan.status <> 'draft' then
    return;
  elsif not private.publishes(v_land) then
    perform private.fail('publish_not_allowed');
  elsif v_plan.stage <> 'approved' and (private.plan_rule(v_land) ->> 'approvalRequired')::boolean then
    perform private.fail('plan_not_approved', pg_catalog.jsonb_build_object('stage', v_plan.stage, 'approvers', private.plan_approvers(v_plan)));
  end if;
end
$$;
comment on function private.require_publishable(uuid) is
  'publish_not_allowed where the rule of the street leaves publishing to the administrator, plan_not_approved {stage, approvers} where it asks for approval.';

create function private.publish_draft(p_plan uuid, p_revision int, p_waivers jsonb) returns jsonb language plpgsql set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_answer jsonb;
begin
  perform private.require_publishable(p_plan);
  v_answer := private.publish_plan(p_plan, p_revision, p_waivers);
  if (v_answer ->> 'published')::boolean then
    select * into v_plan from public.plans p where p.id = p_plan;
    perform private.take_snapshot(v_plan, 'published');
    perform private.note_act(v_plan, 'published', '');
  end if;
  return v_answer;
end
$$;
comment on function private.publish_draft(uuid, int, jsonb) is 'Publish a draft that may be published, and keep it as a snapshot.';

create or replace function public.publish_plan(p_plan uuid, p_revision int, p_waivers jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('publish_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_waivers)),
    private.keep_answer(p_request_key, private.publish_draft(p_plan, p_revision, p_waivers)));
end
$$;
comment on function public.publish_plan(uuid, int, jsonb, uuid) is
  'Bring a draft into force → {published: true, editionNumber, findings}, or {published: false, findings} and nothing changed. '
  'p_waivers = [{code, gridId, compoundId, reason}]. Errors: not_allowed, publish_not_allowed, plan_not_approved {stage, approvers}, plan_not_draft, '
  'plan_stale, plan_base_outdated, waiver_invalid, request_key_reused.';
