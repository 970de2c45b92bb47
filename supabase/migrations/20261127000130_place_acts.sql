-- Who manages a compound, and units of work.

create function public.set_compound_status(p_compound int, p_expected public.compound_status, p_status public.compound_status, p_note text,
  p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('set_compound_status', p_request_key, pg_catalog.jsonb_build_array(p_compound, p_expected, p_status, p_note));
  v_note text := pg_catalog.left(private.clean_text(p_note), 200);
  v_old public.compounds;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  select * into v_old from public.compounds k where k.id = p_compound and k.community_id in (select private.my_charge()) for no key update;
  if not found or p_status is null then
    perform private.fail('not_allowed');
  elsif v_old.status is distinct from p_expected then
    perform private.fail('stale', pg_catalog.jsonb_build_object('status', v_old.status));
  end if;
  update public.compounds k set status = p_status, note = v_note where k.id = p_compound and (k.status, k.note) is distinct from (p_status, v_note);
  if found then
    perform private.write_audit('compound_status_set', 'compound', p_compound::text, v_old.community_id,
      pg_catalog.jsonb_build_object('name', v_old.name, 'from', v_old.status, 'to', p_status));
  end if;
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('compoundId', p_compound, 'status', p_status, 'note', v_note,
    'former', pg_catalog.jsonb_build_object('status', v_old.status, 'note', v_old.note)));
end
$$;
comment on function public.set_compound_status(int, public.compound_status, public.compound_status, text, uuid) is
  'Say who manages a compound from now on, where it still stands as expected, with a note or none → {compoundId, status, note, former: {status, note}, with which '
  'it can be undone}. Secretaries and above. Errors: not_allowed, stale {status: how it stands}, request_key_reused.';

create function private.work_unit_json(p_unit public.work_units) returns jsonb language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('id', p_unit.id, 'communityId', p_unit.community_id, 'compoundId', p_unit.compound_id, 'name', p_unit.name,
    'kind', p_unit.kind, 'status', p_unit.status, 'branch', p_unit.branch, 'note', p_unit.note, 'lngLat', private.lng_lat(p_unit.geom),
    'revision', p_unit.revision)
$$;
comment on function private.work_unit_json(public.work_units) is
  'A unit of work → {id, communityId, compoundId, name, kind, status, branch, note, lngLat, revision}.';

create function private.charged_work_unit(p_unit int) returns public.work_units language plpgsql set search_path = '' as $$
declare
  v_unit public.work_units;
begin
  select * into v_unit from public.work_units w where w.id = p_unit and w.community_id in (select private.my_charge()) for update;
  if not found then
    perform private.fail('not_allowed');
  end if;
  return v_unit;
end
$$;
comment on function private.charged_work_unit(int) is 'A unit of work in the caller''s charge, locked. Error: not_allowed, also where there is none.';

create function public.save_work_unit(p_unit jsonb, p_revision int, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('save_work_unit', p_request_key, pg_catalog.jsonb_build_array(p_unit, p_revision));
  v_new public.work_units;
  v_old public.work_units;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  if pg_catalog.jsonb_typeof(p_unit) is distinct from 'object' then
    perform private.fail('work_unit_invalid', '{"field": "unit"}');
  end if;
  v_new.id := private.document_id(p_unit, 'id', 'work_unit_invalid');
  v_new.community_id := private.document_integer(p_unit, 'communityId', 1, 2147483647, 'work_unit_invalid');
  v_new.compound_id := private.document_id(p_unit, 'compoundId', 'work_unit_invalid');
  v_new.name := private.document_text(p_unit, 'name', 1, 60, 'work_unit_invalid');
  v_new.kind := private.document_word(p_unit, 'kind', null::public.work_unit_kind, 'work_unit_invalid');
  v_new.status := private.document_word(p_unit, 'status', null::public.work_unit_status, 'work_unit_invalid');
  if coalesce(pg_catalog.jsonb_typeof(p_unit -> 'branch'), 'null') <> 'null' then
    v_new.branch := private.document_word(p_unit, 'branch', null::public.branch_kind, 'work_unit_invalid');
  end if;
  v_new.note := nullif(private.document_text(p_unit, 'note', 0, 200, 'work_unit_invalid'), '');
  v_new.geom := private.document_place(p_unit, 'lngLat', 'work_unit_invalid');
  select l.id into v_new.land_id
  from public.org_units u
  join public.org_units street on street.path operator(extensions.@>) u.path
  join public.lands l on l.org_unit_id = street.id
  where u.id = v_new.community_id and u.level = 'community' and u.id in (select private.my_charge());
  if v_new.land_id is null then
    perform private.fail('not_allowed');
  elsif v_new.compound_id is not null and not exists (
    select from public.compounds k where k.id = v_new.compound_id and k.community_id = v_new.community_id) then
    perform private.fail('work_unit_invalid', '{"field": "compoundId"}');
  elsif v_new.geom is not null and (private.issue_place(v_new.geom)).land_id <> v_new.land_id then
    perform private.fail('place_outside');
  end if;
  if v_new.id is not null then
    v_old := private.charged_work_unit(v_new.id);
    if v_old.land_id <> v_new.land_id then
      perform private.fail('not_allowed');
    end if;
    perform private.require_revision(p_revision, v_old.revision, v_old.updated_by, v_old.updated_at);
    update public.work_units w set community_id = v_new.community_id, compound_id = v_new.compound_id, name = v_new.name, kind = v_new.kind,
      status = v_new.status, branch = v_new.branch, note = v_new.note, geom = v_new.geom
    where w.id = v_new.id returning * into v_new;
  else
    insert into public.work_units (land_id, community_id, compound_id, name, kind, status, branch, note, geom, updated_at, updated_by)
    values (v_new.land_id, v_new.community_id, v_new.compound_id, v_new.name, v_new.kind, v_new.status, v_new.branch, v_new.note, v_new.geom,
      private.clock(), private.my_person())
    returning * into v_new;
  end if;
  perform private.write_audit('work_unit_saved', 'work_unit', v_new.id::text, v_new.community_id,
    pg_catalog.jsonb_build_object('name', v_new.name, 'isNew', v_old.id is null));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('id', v_new.id, 'revision', v_new.revision));
end
$$;
comment on function public.save_work_unit(jsonb, int, uuid) is
  'Enter a unit of work {communityId, compoundId: of the community or null, name, kind, status, branch: null for none, note, lngLat: null where unknown}, or change '
  'the one with id and the revision that was read → {id, revision}. Secretaries and above. Errors: not_allowed, work_unit_invalid {field, least, most}, '
  'place_outside, stale {revision, by, at}, request_key_reused.';

create function public.remove_work_unit(p_unit int, p_request_key uuid default null) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('remove_work_unit', p_request_key, pg_catalog.to_jsonb(p_unit));
  v_unit public.work_units;
begin
  if v_kept is not null then
    return v_kept;
  end if;
  v_unit := private.charged_work_unit(p_unit);
  delete from public.work_units w where w.id = p_unit;
  perform private.write_audit('work_unit_removed', 'work_unit', p_unit::text, v_unit.community_id, pg_catalog.jsonb_build_object('name', v_unit.name));
  return private.keep_answer(p_request_key, private.work_unit_json(v_unit));
end
$$;
comment on function public.remove_work_unit(int, uuid) is
  'Take a unit of work away → what it was, private.work_unit_json; saved without its id it is there again. Secretaries and above. Errors: not_allowed, '
  'request_key_reused.';
