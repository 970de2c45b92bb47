-- Erasing one resident on request: what tells who it is goes, for good; the row, the household's figures and the log of who saw it stay.

alter table public.residents add column erased_at timestamptz;
comment on column public.residents.erased_at is
  'When what tells who it is was erased on request; null while it was not. The row stays for the household''s figures and the log.';

update public.data_register d set retention_basis = d.retention_basis || ', or until erased on request'
where d.retention_basis in ('with the resident', 'with the member') and d.class <> 'technical';
update public.data_register d set retention_basis = d.retention_basis || ', or until its head is erased on request'
where d.schema_name = 'public' and d.table_name = 'households';

-- ── what belongs to a resident ────────────────────────────────────────────────────────────────────────────────────────
create function private.require_erasable(p_resident int) returns public.residents language plpgsql stable set search_path = '' as $$
declare
  v_resident public.residents;
begin
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_resident from public.residents r
  where r.id = p_resident and r.community_id in (select private.my_units_as('district_admin', 'street_officer'));
  if not found then
    perform private.fail('not_allowed');
  end if;
  return v_resident;
end
$$;
comment on function private.require_erasable(int) is
  'The resident, for administrators and street officers of the place; not_allowed else.';

create function private.is_head(p_resident public.residents) returns boolean language sql stable set search_path = '' as $$
  select coalesce(p_resident.relation = '户主' or h.head_name_masked = p_resident.name_masked and not exists (
    select from public.residents e where e.household_id = h.id and e.relation = '户主'), false)
  from public.households h where h.id = p_resident.household_id
$$;
comment on function private.is_head(public.residents) is 'Whether the household carries the resident''s name and telephone: as its head, or, where none is called so, by the mask.';

create function private.memberships_of(p_resident public.residents) returns setof int language sql stable set search_path = '' as $$
  select m.id
  from private.resident_identities i
  join private.member_identities n on n.name = i.name
  join public.members m on m.id = n.member_id
  where i.resident_id = p_resident.id
    and (m.household_id = p_resident.household_id or m.building_id = p_resident.building_id and n.phone = i.phone)
$$;
comment on function private.memberships_of(public.residents) is
  'Members who are the resident: of the same name in the household, or of the same name and telephone in the building. No key joins the two.';

create function private.without_identity(p_text text, p_resident int) returns text language sql stable set search_path = '' as $$
  select coalesce((
    select pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(p_text, i.name, private.mask_name(i.name)),
      coalesce(i.phone, ''), coalesce(private.mask_phone(i.phone), '')), coalesce(i.id_number, ''), coalesce(private.mask_id_number(i.id_number), ''))
    from private.resident_identities i where i.resident_id = p_resident), p_text)
$$;
comment on function private.without_identity(text, int) is
  'A text about a resident with name, telephone and identity number masked: the log is never shortened, so they must not enter it.';

-- ── look, then erase ──────────────────────────────────────────────────────────────────────────────────────────────────
create function private.erasure_of(p_resident public.residents) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('residentId', p_resident.id, 'name', p_resident.name_masked, 'relation', p_resident.relation,
    'erasedAt', p_resident.erased_at,
    'phone', p_resident.phone_masked is not null, 'idNumber', p_resident.id_number_masked is not null,
    'birth', p_resident.birth_year is not null or p_resident.sex is not null,
    'tags', (select count(*) from private.resident_tags t where t.resident_id = p_resident.id),
    'isHead', private.is_head(p_resident),
    'memberships', (select count(*) from private.memberships_of(p_resident)),
    'reveals', (select count(*) from public.audit_log l
      where l.object_type = 'resident' and l.object_id = p_resident.id::text and l.action = 'resident_revealed'))
$$;
comment on function private.erasure_of(public.residents) is 'What erasing a resident takes away, without a letter of it; see public.preview_erasure.';

create function public.preview_erasure(p_resident int) returns jsonb language sql stable security definer set search_path = '' as $$
  select private.erasure_of(private.require_erasable(p_resident))
$$;
comment on function public.preview_erasure(int) is
  'What erasing a resident would take away, for administrators and street officers → {residentId, name (masked), relation, erasedAt, phone, '
  'idNumber, birth: whether there is any, tags, memberships: how many, isHead: whether name and telephone of the household go too, reveals: how '
  'often seen in clear; that stays on record}. Errors: not_allowed.';

create function public.erase_resident(p_resident int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('erase_resident', p_request_key, pg_catalog.jsonb_build_array(p_resident, p_reason));
  v_resident public.residents;
  v_reason text := private.clean_text(p_reason);
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_gone jsonb;
  v_members int[];
begin
  if v_kept is not null then
    return v_kept;
  end if;
  perform private.require_erasable(p_resident);
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- Two of one household at once go one after the other: whoever comes second sees whether it still has a head.
  perform 1 from public.households h where h.id = (select r.household_id from public.residents r where r.id = p_resident) for update;
  select * into v_resident from public.residents r where r.id = p_resident for update;
  if v_resident.erased_at is not null then
    perform private.fail('resident_erased', pg_catalog.jsonb_build_object('at', v_resident.erased_at));
  end if;
  v_gone := private.erasure_of(v_resident) - array['residentId', 'name', 'relation', 'erasedAt', 'reveals'];
  v_reason := private.without_identity(v_reason, p_resident);

  select array_agg(m.id) into v_members from private.memberships_of(v_resident) as m(id);
  delete from private.member_identities i where i.member_id = any (v_members);
  -- Group, place, condition and whether exempt stay: they are figures of the community.
  update public.members m set name_masked = '某*', initials = '', phone_masked = null, exempt_reason = case when m.exempt_reason is not null then '—' end
  where m.id = any (v_members);
  if private.is_head(v_resident) then
    update public.households h set head_name_masked = null, phone_masked = null,
      initials = coalesce((select b.initials from public.buildings b where b.id = h.building_id), '')
    where h.id = v_resident.household_id;
  end if;
  delete from private.resident_tags t where t.resident_id = p_resident;
  delete from private.resident_identities i where i.resident_id = p_resident;
  update public.residents r set name_masked = '某*', relation = '', birth_year = null, sex = null, phone_masked = null, id_number_masked = null,
    erased_at = v_now
  where r.id = p_resident;
  perform private.write_audit('resident_erased', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('reason', pg_catalog.left(v_reason, 500), 'gone', v_gone));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('residentId', p_resident, 'erasedAt', v_now));
end
$$;
comment on function public.erase_resident(int, text, uuid) is
  'Erase what tells who a resident is: name, telephone, identity number, birth, sex, relation and tags, the same of him or her as a member, and '
  'what the household shows of its head; cannot be undone → {residentId, erasedAt}. Stay: the row, numbers and category of the household, and who '
  'saw it when. For administrators and street officers, with a reason of four characters. Errors: not_allowed, reason_required, '
  'resident_erased {at}, request_key_reused.';

-- ── the one door, and the report ──────────────────────────────────────────────────────────────────────────────────────
create or replace function public.reveal_resident(p_resident int, p_purpose text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_resident public.residents;
  v_purpose text := private.clean_text(p_purpose);
  v_reason text := private.clean_text(p_reason);
  v_left int;
begin
  if v_purpose is null then
    perform private.fail('purpose_required');
  end if;
  if pg_catalog.length(coalesce(v_reason, '')) < 4 then
    perform private.fail('reason_required');
  end if;
  -- One answer for hidden and for absent, so that nothing can be probed.
  select * into v_resident from public.residents r
  where r.id = p_resident and (
    r.community_id in (
      select u.id from private.my_units_as('street_officer', 'community_secretary') as u(id))
    or r.building_id in (select private.my_grid_buildings()));
  if not found then
    perform private.fail('not_allowed');
  end if;
  if v_resident.erased_at is not null then
    perform private.fail('resident_erased', pg_catalog.jsonb_build_object('at', v_resident.erased_at));
  end if;
  v_left := private.spend_reveal(private.my_person());
  perform private.write_audit('resident_revealed', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('purpose', pg_catalog.left(private.without_identity(v_purpose, p_resident), 200),
      'reason', pg_catalog.left(private.without_identity(v_reason, p_resident), 500)));
  return (
    select pg_catalog.jsonb_build_object('residentId', i.resident_id, 'name', i.name, 'phone', i.phone, 'idNumber', i.id_number,
      'tags', coalesce((select pg_catalog.jsonb_agg(t.tag order by t.tag) from private.resident_tags t where t.resident_id = p_resident), '[]'),
      'revealsLeft', v_left)
    from private.resident_identities i where i.resident_id = p_resident);
end
$$;
comment on function public.reveal_resident(int, text, text) is
  'A resident in clear → {residentId, name, phone, idNumber, tags, revealsLeft}, for street officers, secretaries, and grid leaders and workers of '
  'the grid. Asks purpose and a reason of four characters, and leaves a row in the audit log, in which the resident''s own name and numbers are '
  'masked; so many a day and no more. Errors: purpose_required, reason_required, not_allowed, resident_erased {at}, '
  'reveal_limit_reached {limit, used, resetsAt}.';

create or replace function public.access_report(p_resident int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_erased boolean;
begin
  select r.erased_at is not null into v_erased from public.residents r
  where r.id = p_resident and r.community_id in (select private.my_units_as('district_admin', 'auditor'));
  if not found then
    perform private.fail('not_allowed');
  end if;
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', l.at, 'by', p.name_masked, 'personId', l.person_id, 'action', l.action,
      'purpose', case when not v_erased then l.detail ->> 'purpose' end,
      'reason', case when not v_erased or l.action <> 'resident_revealed' then l.detail ->> 'reason' end) order by l.id desc), '[]')
    from public.audit_log l left join public.people p on p.id = l.person_id
    where l.object_type = 'resident' and l.object_id = p_resident::text);
end
$$;
comment on function public.access_report(int) is
  'Who saw a resident in clear, or erased it, newest first, for administrators and auditors → [{at, by, personId, action, purpose, reason}]. Of an '
  'erased resident it tells who and when, and no longer what for. Errors: not_allowed.';
