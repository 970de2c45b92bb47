-- Reading the papers of a plan: where it stands, what the caller may do with it, what was said, what it was.

create function public.plan_papers(p_plan uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_plan public.plans;
  v_rule jsonb;
  v_writes boolean;
begin
  select * into v_plan from public.plans p where p.id = p_plan;
  if not found or not private.sees_plan(v_plan) then
    perform private.fail('plan_unknown', pg_catalog.jsonb_build_object('planId', p_plan));
  end if;
  v_rule := private.plan_rule(v_plan.land_id);
  v_writes := coalesce(private.may_redesign(v_plan.land_id) or v_plan.community_ids <@ private.my_plan_communities(v_plan.land_id), false);
  return pg_catalog.jsonb_build_object(
    'planId', v_plan.id, 'number', v_plan.number, 'title', v_plan.title, 'status', v_plan.status, 'revision', v_plan.revision,
    'stage', v_plan.stage, 'stageAt', v_plan.stage_at,
    'stageBy', (select e.name_masked from public.people e where e.id = v_plan.stage_by),
    'submittedBy', (select e.name_masked from public.people e where e.id = v_plan.submitted_by),
    'createdBy', (select e.name_masked from public.people e where e.id = v_plan.created_by),
    'isMine', coalesce(v_plan.submitted_by = private.my_person(), false),
    'communityIds', v_plan.community_ids,
    'mayWrite', v_writes, 'mayDecide', private.may_redesign(v_plan.land_id), 'mayPublish', private.publishes(v_plan.land_id),
    'mayRule', private.plan_unit(v_plan) in (select private.my_units_as('district_admin')),
    'approvers', private.plan_approvers(v_plan),
    'rule', v_rule || pg_catalog.jsonb_build_object('orgUnitId', private.plan_unit(v_plan),
      'revision', coalesce((select s.revision from public.settings s where s.org_unit_id = private.plan_unit(v_plan) and s.key = 'plan_rule'), 0)),
    'comments', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', c.id, 'act', c.act, 'gridId', c.grid_id, 'text', c.text,
        'revision', c.revision, 'by', e.name_masked, 'at', c.at) order by c.id), '[]')
      from public.plan_comments c left join public.people e on e.id = c.person_id where c.plan_id = p_plan),
    'snapshots', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', s.id, 'kind', s.kind, 'name', s.name, 'revision', s.revision,
        'by', e.name_masked, 'at', s.at) order by s.id desc), '[]')
      from public.plan_snapshots s left join public.people e on e.id = s.person_id where s.plan_id = p_plan),
    'waivers', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('code', w.code, 'gridId', w.grid_id, 'compoundId', w.compound_id,
        'reason', w.reason, 'by', e.name_masked, 'at', w.at) order by w.id), '[]')
      from public.plan_waivers w left join public.people e on e.id = w.person_id where w.plan_id = p_plan));
end
$$;
comment on function public.plan_papers(uuid) is
  'Papers of a plan → {planId, number, title, status, revision, stage, stageAt, stageBy, submittedBy, createdBy, isMine, communityIds, mayWrite, '
  'mayDecide, mayPublish, mayRule, approvers, rule: {approvalRequired, officerPublishes, orgUnitId, revision}, comments, snapshots, waivers}; names '
  'are masked. Errors: plan_unknown.';

create function public.plan_snapshot(p_snapshot int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_document jsonb;
  v_grids int[];
begin
  select p.* into v_plan from public.plan_snapshots s join public.plans p on p.id = s.plan_id where s.id = p_snapshot;
  if not found or not private.sees_plan(v_plan) then
    perform private.fail('snapshot_unknown', pg_catalog.jsonb_build_object('snapshotId', p_snapshot));
  end if;
  select d.document into v_document from private.plan_snapshot_documents d where d.snapshot_id = p_snapshot;
  if v_plan.land_id in (select private.my_whole_lands()) then
    return v_document;
  end if;
  -- Who sees a part of the land sees that part of the snapshot.
  select coalesce(array_agg((g.place - 1)::int order by g.place), '{}') into v_grids
  from pg_catalog.jsonb_array_elements(v_document -> 'grids') with ordinality as g(item, place)
  where (g.item ->> 'communityId')::int in (select private.my_communities());
  return (
    with cell as materialized (
      select i.id::int as id, g.place::int as place, pg_catalog.array_position(v_grids, g.grid::int) - 1 as grid
      from pg_catalog.jsonb_array_elements_text(v_document -> 'cellIds') with ordinality as i(id, place)
      join pg_catalog.jsonb_array_elements_text(v_document -> 'cellGrid') with ordinality as g(grid, place) using (place)
      where i.id::int < 0 or i.id::int in (select private.my_cells())
    )
    select v_document || pg_catalog.jsonb_build_object(
      'grids', (select coalesce(pg_catalog.jsonb_agg(v_document -> 'grids' -> g.place order by g.place), '[]') from unnest(v_grids) as g(place)),
      'cellIds', (select coalesce(pg_catalog.jsonb_agg(c.id order by c.place), '[]') from cell c),
      'cellGrid', (select coalesce(pg_catalog.jsonb_agg(coalesce(c.grid, -1) order by c.place), '[]') from cell c)));
end
$$;
comment on function public.plan_snapshot(int) is
  'A plan as it was when the snapshot was taken, in the form of plan_document, as far as the caller sees the land. Errors: snapshot_unknown.';

-- Nothing by default, then by name.
revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;
grant execute on function
  public.submit_plan(uuid, int, text, uuid), public.return_plan(uuid, text, uuid), public.approve_plan(uuid, int, text, uuid),
  public.comment_plan(uuid, uuid, text, uuid), public.snapshot_plan(uuid, int, text, uuid), public.rebase_plan_draft(uuid, int, int, jsonb, uuid),
  public.plan_papers(uuid), public.plan_snapshot(int)
to authenticated;
