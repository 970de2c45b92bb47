-- Publication: one transaction that checks, derives polygons, proves that they tile, closes the old edition, opens the new.

create function private.take_waivers(p_plan uuid, p_waivers jsonb, p_person uuid) returns void language plpgsql set search_path = '' as $$
begin
  if p_waivers is null or p_waivers = 'null' then
    return;
  end if;
  if pg_catalog.jsonb_typeof(p_waivers) <> 'array' or exists (
    select from pg_catalog.jsonb_array_elements(p_waivers) w
    where not coalesce(w ->> 'code' in ('grid_above_upper', 'grid_below_lower', 'compound_split')
      and pg_catalog.length(pg_catalog.btrim(w ->> 'reason')) >= 4
      and case when w ->> 'code' = 'compound_split' then private.json_int(w, 'compoundId') is not null
        else w ->> 'gridId' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' end, false)) then
    perform private.fail('waiver_invalid');
  end if;
  insert into public.plan_waivers (plan_id, code, grid_id, compound_id, reason, person_id)
  select p_plan, w ->> 'code', (w ->> 'gridId')::uuid, private.json_int(w, 'compoundId'), pg_catalog.btrim(w ->> 'reason'), p_person
  from pg_catalog.jsonb_array_elements(p_waivers) w;
end
$$;
comment on function private.take_waivers(uuid, jsonb, uuid) is 'Record reasons for errors that may stand. Error: waiver_invalid.';

create function private.write_publication(p_plan public.plans, p_person uuid, p_findings jsonb) returns int
language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_former int;
  v_edition int;
  v_number int;
  v_changed int;
  v_moved int;
begin
  update public.grid_editions e set valid_to = v_now
  where e.land_id = p_plan.land_id and e.valid_to is null
  returning e.id, e.number into v_former, v_number;

  select count(*), coalesce(sum(h.households), 0) into v_changed, v_moved
  from public.plan_cells c
  left join public.grid_cells g on g.edition_id = v_former and g.cell_id = c.cell_id
  left join lateral (
    select count(*) as households from public.households h join public.buildings b on b.id = h.building_id where b.cell_id = c.cell_id
  ) h on true
  where c.plan_id = p_plan.id and c.grid_id is distinct from g.grid_id;

  insert into public.grid_editions (land_id, number, plan_id, valid_from, published_by, note, changed_cells, moved_households)
  values (p_plan.land_id, coalesce(v_number, 0) + 1, p_plan.id, v_now, p_person, p_plan.title, v_changed, v_moved)
  returning id, number into v_edition, v_number;

  drop table if exists pg_temp.new_grids;
  drop table if exists pg_temp.new_grid_cells;
  create temporary table new_grids on commit drop as
    select g.grid_id, g.code, g.name, g.community_id, g.kind from public.plan_grids g where g.plan_id = p_plan.id;
  create temporary table new_grid_cells on commit drop as
    select c.cell_id, c.grid_id from public.plan_cells c where c.plan_id = p_plan.id and c.grid_id is not null;
  perform private.write_grids(v_edition);

  update public.plans p set status = 'superseded' where p.land_id = p_plan.land_id and p.status = 'published';
  update public.plans p set status = 'published', published_at = v_now, updated_at = v_now where p.id = p_plan.id;
  perform private.write_audit('plan_published', 'plan', p_plan.id::text,
    (select l.org_unit_id from public.lands l where l.id = p_plan.land_id),
    pg_catalog.jsonb_build_object('number', p_plan.number, 'title', p_plan.title, 'revision', p_plan.revision, 'edition', v_number,
      'changedCells', v_changed, 'movedHouseholds', v_moved, 'findings', pg_catalog.jsonb_array_length(p_findings)));
  return v_number;
end
$$;
comment on function private.write_publication(public.plans, uuid, jsonb) is
  'Close the edition in force and open the next from a plan; returns its number. Error: coverage_broken.';

create function public.publish_plan(p_plan uuid, p_revision int, p_waivers jsonb) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_plan public.plans;
  v_land int;
  v_person uuid := private.my_person();
  v_findings jsonb;
  v_number int;
begin
  select p.land_id into v_land from public.plans p where p.id = p_plan;
  perform private.require_redesign(v_land);
  -- Land first, plan second, in this order everywhere, so that two publications wait and never deadlock.
  perform 1 from public.lands l where l.id = v_land for update;
  v_plan := private.require_plan(p_plan);
  if v_plan.status <> 'draft' then
    perform private.fail('plan_not_draft', pg_catalog.jsonb_build_object('status', v_plan.status));
  end if;
  if v_plan.revision is distinct from p_revision then
    perform private.fail('plan_stale', pg_catalog.jsonb_build_object('serverRevision', v_plan.revision,
      'by', (select e.name_masked from public.plan_edits d join public.people e on e.id = d.person_id
        where d.plan_id = p_plan order by d.revision desc, d.seq desc limit 1), 'at', v_plan.updated_at));
  end if;
  if v_plan.base_edition_id is distinct from
    (select e.id from public.grid_editions e where e.land_id = v_land and e.valid_to is null) then
    perform private.fail('plan_base_outdated', (
      select pg_catalog.jsonb_build_object('editionNumber', e.number, 'at', e.valid_from,
        'by', (select p.name_masked from public.people p where p.id = e.published_by))
      from public.grid_editions e where e.land_id = v_land and e.valid_to is null));
  end if;

  -- In a block of its own: a refusal gives back waivers and all else, and still answers with its findings.
  begin
    perform private.take_waivers(p_plan, p_waivers, v_person);
    v_findings := private.findings_json(p_plan);
    if exists (
      select from pg_catalog.jsonb_array_elements(v_findings) f where f ->> 'severity' = 'error' and f -> 'waived' is null) then
      raise exception using errcode = 'GW002', message = 'refused';
    end if;
    v_number := private.write_publication(v_plan, v_person, v_findings);
  exception
    when sqlstate 'GW002' then
      return pg_catalog.jsonb_build_object('published', false, 'findings', v_findings);
    when sqlstate 'P0001' then
      if sqlerrm <> 'coverage_broken' then
        raise;
      end if;
      return pg_catalog.jsonb_build_object('published', false, 'findings', v_findings || pg_catalog.jsonb_build_array(
        pg_catalog.jsonb_build_object('code', 'coverage_broken', 'severity', 'error', 'gridIds', '[]'::jsonb, 'cellIds', '[]'::jsonb,
          'buildingIds', '[]'::jsonb, 'values', '{}'::jsonb)));
  end;
  return pg_catalog.jsonb_build_object('published', true, 'editionNumber', v_number, 'findings', v_findings);
end
$$;
comment on function public.publish_plan(uuid, int, jsonb) is
  'Bring a draft into force → {published: true, editionNumber, findings}, or {published: false, findings} and nothing changed. '
  'p_waivers = [{code, gridId, compoundId, reason}]. Errors: not_allowed, plan_not_draft, plan_stale, plan_base_outdated, waiver_invalid.';
