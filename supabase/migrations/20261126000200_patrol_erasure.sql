-- Erasing a resident who is a member and walks patrols: who walked is forgotten with the rest.

create function private.walks_of(p_resident public.residents) returns setof uuid language sql stable set search_path = '' as $$
  select t.id
  from private.memberships_of(p_resident) as k(member_id)
  join public.members m on m.id = k.member_id
  join public.patrol_tracks t on t.person_id = m.person_id
$$;
comment on function private.walks_of(public.residents) is 'Walks of the members who are the resident.';

create or replace function private.erasure_of(p_resident public.residents) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('residentId', p_resident.id, 'name', p_resident.name_masked, 'relation', p_resident.relation,
    'erasedAt', p_resident.erased_at,
    'phone', p_resident.phone_masked is not null, 'idNumber', p_resident.id_number_masked is not null,
    'birth', p_resident.birth_year is not null or p_resident.sex is not null,
    'tags', (select count(*) from private.resident_tags t where t.resident_id = p_resident.id),
    'isHead', private.is_head(p_resident),
    'memberships', (select count(*) from private.memberships_of(p_resident)),
    'walks', (select count(*) from private.walks_of(p_resident)),
    'reveals', (select count(*) from public.audit_log l
      where l.object_type = 'resident' and l.object_id = p_resident.id::text and l.action = 'resident_revealed'))
$$;
comment on function private.erasure_of(public.residents) is 'What erasing a resident takes away, without a letter of it; see public.preview_erasure.';
comment on function public.preview_erasure(int) is
  'What erasing a resident would take away, for administrators and street officers → {residentId, name (masked), relation, erasedAt, phone, '
  'idNumber, birth: whether there is any, tags, memberships, walks: how many, isHead: whether name and telephone of the household go too, reveals: how '
  'often seen in clear; that stays on record}. Errors: not_allowed.';

create or replace function public.erase_resident(p_resident int, p_reason text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_slips int[];
  v_walks uuid[];
  v_answer jsonb;
begin
  select array_agg(r.issue_id) into v_slips
  from public.residents p
  join private.resident_identities n on n.resident_id = p.id
  join private.issue_reporters r on r.name = n.name
  join public.issues i on i.id = r.issue_id
  where p.id = p_resident and (r.phone = n.phone or i.household_id = p.household_id);
  select coalesce(array_agg(w.id), '{}') into v_walks
  from public.residents p cross join lateral private.walks_of(p) as w(id) where p.id = p_resident;
  -- Refused where it is not for the caller to do.
  v_answer := private.erase_resident(p_resident, p_reason, p_request_key);
  perform private.forget_reporters(v_slips);
  perform private.forget_raw(v_walks);
  perform private.forget_walkers(v_walks);
  return v_answer;
end
$$;
comment on function public.erase_resident(int, text, uuid) is
  'Erase what tells who a resident is: name, telephone, identity number, birth, sex, relation and tags, the same of him or her as a member and as a reporter '
  'of slips, who walked on patrols and the raw fixes of these, and what the household shows of its head; cannot be undone → {residentId, erasedAt}. Stay: the '
  'row, numbers and category of the household, the slips, what was walked on which day, and who saw it when. For administrators and street officers, with a '
  'reason of four characters. Errors: not_allowed, reason_required, resident_erased {at}, request_key_reused.';
update public.data_register d set retention_basis = d.retention_basis || '; or until erased on request'
where d.class = 'track';
revoke all on function private.walks_of(public.residents) from public, anon, authenticated, service_role;
