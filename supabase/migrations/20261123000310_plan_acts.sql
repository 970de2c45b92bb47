-- Acts on a draft: submit, withdraw, return, approve, comment, take a snapshot. Each names the revision it was made on.

create function private.note_act(p_plan public.plans, p_act text, p_text text, p_grid uuid default null) returns int
language sql set search_path = '' as $$
  insert into public.plan_comments (plan_id, act, grid_id, text, revision, person_id)
  values (p_plan.id, p_act, p_grid, coalesce(pg_catalog.btrim(p_text), ''), p_plan.revision, private.my_person())
  returning id
$$;
comment on function private.note_act(public.plans, text, text, uuid) is 'Append an act or a comment to the papers of a plan; returns its id.';

create function private.take_snapshot(p_plan public.plans, p_kind text, p_name text default '') returns int
language plpgsql set search_path = '' as $$
declare
  v_id int;
begin
  insert into public.plan_snapshots (plan_id, kind, name, revision, person_id)
  values (p_plan.id, p_kind, p_name, p_plan.revision, private.my_person()) returning id into v_id;
  insert into private.plan_snapshot_documents (snapshot_id, document) values (v_id, public.plan_document(p_plan.id));
  return v_id;
end
$$;
comment on function private.take_snapshot(public.plans, text, text) is 'Keep a plan as it is; returns the snapshot''s id.';

create function private.require_words(p_text text, p_least int) returns text language plpgsql set search_path = '' as $$
declare
  v_text text := private.clean_text(p_text);
begin
  if pg_catalog.length(coalesce(v_text, '')) < p_least then
    perform private.fail('comment_required', pg_catalog.jsonb_build_object('least', p_least));
  elsif pg_catalog.length(v_text) > 1000 then
    perform private.fail('comment_too_long', pg_catalog.jsonb_build_object('most', 1000));
  end if;
  return coalesce(v_text, '');
end
$$;
comment on function private.require_words(text, int) is 'A comment without blanks around it, comment_required where it is shorter than that, comment_too_long beyond 1,000.';

create function private.require_stage(p_plan public.plans, p_revision int, variadic p_stages public.plan_stage[]) returns void
language plpgsql set search_path = '' as $$
begin
  if p_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', p_plan.status));
  elsif not p_plan.stage = any (p_stages) then
    perform private.fail('plan_stage_other', pg_catalog.jsonb_build_object('stage', p_plan.stage, 'at', p_plan.stage_at,
      'by', (select e.name_masked from public.people e where e.id = p_plan.stage_by)));
  elsif p_plan.revision is distinct from p_revision then
    perform private.fail('plan_stale', pg_catalog.jsonb_build_object('serverRevision', p_plan.revision,
      'by', (select e.name_masked from public.plan_edits d join public.people e on e.id = d.person_id
        where d.plan_id = p_plan.id order by d.revision desc, d.seq desc limit 1), 'at', p_plan.updated_at));
  end if;
end
$$;
comment on function private.require_stage(public.plans, int, public.plan_stage[]) is 'Errors plan_not_draft, plan_stage_other, plan_stale unless the draft stands at one of these stages and at this revision.';

create function private.bring_to(p_plan public.plans, p_stage public.plan_stage, p_act text, p_text text) returns jsonb
language plpgsql set search_path = '' as $$
begin
  update public.plans p
  set stage = p_stage, stage_by = private.my_person(), stage_at = pg_catalog.clock_timestamp(),
    submitted_by = case when p_stage = 'submitted' then private.my_person() else p.submitted_by end
  where p.id = p_plan.id;
  perform private.note_act(p_plan, p_act, p_text);
  return pg_catalog.jsonb_build_object('stage', p_stage, 'revision', p_plan.revision);
end
$$;
comment on function private.bring_to(public.plans, public.plan_stage, text, text) is 'Bring a draft to a stage and note by whom and with which words.';

create function private.plan_audit_detail(p_plan public.plans) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('number', p_plan.number, 'title', p_plan.title, 'revision', p_plan.revision)
$$;
comment on function private.plan_audit_detail(public.plans) is 'What the log says of a plan.';

create function private.plan_unit(p_plan public.plans) returns int language sql stable set search_path = '' as $$
  select l.org_unit_id from public.lands l where l.id = p_plan.land_id
$$;
comment on function private.plan_unit(public.plans) is 'Street of a plan.';

-- ── public ────────────────────────────────────────────────────────────────────────────────────────────────────────
create function public.submit_plan(p_plan uuid, p_revision int, p_comment text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('submit_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_comment));
  v_plan public.plans;
  v_comment text;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_plan(p_plan);
  perform private.require_stage(v_plan, p_revision, 'drafting', 'returned');
  perform private.require_current_base(v_plan);
  v_comment := private.require_words(p_comment, 0);
  perform private.take_snapshot(v_plan, 'submitted');
  v_kept := private.bring_to(v_plan, 'submitted', 'submitted', v_comment);
  perform private.write_audit('plan_submitted', 'plan', p_plan::text, private.plan_unit(v_plan), private.plan_audit_detail(v_plan));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.submit_plan(uuid, int, text, uuid) is
  'Submit a draft: it rests until it is approved, returned or withdrawn → {stage, revision}. Errors: not_allowed, plan_not_draft, plan_stage_other '
  '{stage, by, at}, plan_stale, plan_base_outdated, comment_too_long, request_key_reused.';

create function private.require_current_base(p_plan public.plans) returns void language plpgsql set search_path = '' as $$
begin
  if p_plan.base_edition_id is distinct from
    (select e.id from public.grid_editions e where e.land_id = p_plan.land_id and e.valid_to is null) then
    perform private.fail('plan_base_outdated', (
      select pg_catalog.jsonb_build_object('editionNumber', e.number, 'at', e.valid_from,
        'by', (select p.name_masked from public.people p where p.id = e.published_by))
      from public.grid_editions e where e.land_id = p_plan.land_id and e.valid_to is null));
  end if;
end
$$;
comment on function private.require_current_base(public.plans) is 'plan_base_outdated {editionNumber, at, by} unless the edition the plan was copied from is in force.';

create function public.return_plan(p_plan uuid, p_comment text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('return_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_comment));
  v_plan public.plans;
  v_is_own boolean;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_plan(p_plan);
  v_is_own := coalesce(v_plan.submitted_by = private.my_person(), false);
  -- Who submitted it takes it back; others need the right over the land, and say why.
  if not v_is_own then
    perform private.require_redesign(v_plan.land_id);
  end if;
  perform private.require_stage(v_plan, v_plan.revision, 'submitted', 'approved');
  if v_is_own then
    v_kept := private.bring_to(v_plan, 'drafting', 'withdrawn', private.require_words(p_comment, 0));
  else
    v_kept := private.bring_to(v_plan, 'returned', 'returned', private.require_words(p_comment, 2));
  end if;
  perform private.write_audit(case when v_is_own then 'plan_withdrawn' else 'plan_returned' end, 'plan', p_plan::text, private.plan_unit(v_plan),
    private.plan_audit_detail(v_plan));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.return_plan(uuid, text, uuid) is
  'Give a submitted or approved draft back with a comment, or take one''s own back → {stage, revision}. Errors: not_allowed, plan_not_draft, '
  'plan_stage_other, comment_required {least}, comment_too_long, request_key_reused.';

create function public.approve_plan(p_plan uuid, p_revision int, p_comment text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('approve_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_comment));
  v_plan public.plans;
  v_comment text;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_plan(p_plan);
  perform private.require_redesign(v_plan.land_id);
  perform private.require_stage(v_plan, p_revision, 'submitted');
  if v_plan.submitted_by = private.my_person() and (private.plan_rule(v_plan.land_id) ->> 'approvalRequired')::boolean then
    perform private.fail('own_submission', pg_catalog.jsonb_build_object('approvers', private.plan_approvers(v_plan)));
  end if;
  v_comment := private.require_words(p_comment, 0);
  perform private.take_snapshot(v_plan, 'approved');
  v_kept := private.bring_to(v_plan, 'approved', 'approved', v_comment);
  perform private.write_audit('plan_approved', 'plan', p_plan::text, private.plan_unit(v_plan), private.plan_audit_detail(v_plan));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.approve_plan(uuid, int, text, uuid) is
  'Approve a submitted draft, for officers of the street and administrators → {stage, revision}. Errors: not_allowed, plan_not_draft, plan_stage_other, '
  'plan_stale, own_submission {approvers} where the street asks for another person''s approval, comment_too_long, request_key_reused.';

create function public.comment_plan(p_plan uuid, p_grid uuid, p_text text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('comment_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_grid, p_text));
  v_plan public.plans;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_plan(p_plan);
  if p_grid is not null and not exists (select from public.plan_grids g where g.plan_id = p_plan and g.grid_id = p_grid
    and (v_plan.community_ids is null or g.community_id = any (v_plan.community_ids))) then
    perform private.fail('grid_unknown', pg_catalog.jsonb_build_object('gridId', p_grid));
  end if;
  v_kept := pg_catalog.jsonb_build_object('commentId', private.note_act(v_plan, 'comment', private.require_words(p_text, 1), p_grid));
  perform private.write_audit('plan_commented', 'plan', p_plan::text, private.plan_unit(v_plan), private.plan_audit_detail(v_plan));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.comment_plan(uuid, uuid, text, uuid) is
  'Say something of a plan, or of one of its grids → {commentId}. Errors: not_allowed, grid_unknown, comment_required, comment_too_long, request_key_reused.';

create function public.snapshot_plan(p_plan uuid, p_revision int, p_name text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_kept jsonb := private.first_answer('snapshot_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_name));
  v_plan public.plans;
  v_name text := pg_catalog.left(private.clean_text(p_name), 60);
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_plan := private.require_plan(p_plan);
  perform private.require_stage(v_plan, p_revision, 'drafting', 'submitted', 'approved', 'returned');
  if coalesce(v_name, '') = '' then
    perform private.fail('name_required');
  end if;
  v_kept := pg_catalog.jsonb_build_object('snapshotId', private.take_snapshot(v_plan, 'named', v_name));
  perform private.write_audit('plan_snapshot_taken', 'plan', p_plan::text, private.plan_unit(v_plan),
    private.plan_audit_detail(v_plan) || pg_catalog.jsonb_build_object('name', v_name));
  return private.keep_answer(p_request_key, v_kept);
end
$$;
comment on function public.snapshot_plan(uuid, int, text, uuid) is
  'Keep a draft as it is under a name → {snapshotId}. Errors: not_allowed, plan_not_draft, plan_stale, name_required, request_key_reused.';
