-- Who am I, sums by unit, search, history, and the one door through which personal data leaves in clear.

create function public.whoami() returns jsonb language sql stable security definer set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'personId', p.id, 'name', p.name_masked,
    'posts', coalesce((
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('role', o.role, 'orgUnitId', u.id, 'orgName', u.name, 'level', u.level,
        'gridId', o.grid_id,
        'landId', (select l.id from public.lands l join public.org_units s on s.id = l.org_unit_id
          where s.path operator(extensions.@>) u.path limit 1)) order by u.path, o.id)
      from private.my_posts() o join public.org_units u on u.id = o.org_unit_id), '[]'))
  from public.people p where p.id = private.my_person() and exists (select from private.my_posts())
$$;
comment on function public.whoami() is
  'The person behind the request → {personId, name (masked), posts: [{role, orgUnitId, orgName, level, landId, gridId}]}, or null '
  'for nobody: unknown, inactive, or without a post valid today. landId is the land of the street the unit is or lies in; null above streets.';

create function public.org_totals(p_parent int) returns jsonb language sql stable set search_path = '' set jit = off as $$
  with child as materialized (
    select u.* from public.org_units u where u.parent_id is not distinct from p_parent and u.valid_to is null
  ), community as materialized (
    -- Each community below a child, with the child it counts for.
    select u.id, c.id as child_id
    from child c join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) c.path
  ), lived as materialized (
    select h.community_id, count(*) as households, sum(h.resident_count) as residents
    from public.households h where h.community_id in (select k.id from community k) group by h.community_id
  ), built as materialized (
    select b.community_id, count(*) as buildings
    from public.buildings b where b.community_id in (select k.id from community k) group by b.community_id
  ), area as materialized (
    select c.community_id, sum(c.area_m2) as area_m2
    from public.cells c where c.to_edition is null and c.community_id in (select k.id from community k) group by c.community_id
  ), gridded as materialized (
    select g.community_id, count(*) as grids
    from public.grids g join public.grid_editions e on e.id = g.edition_id and e.valid_to is null
    where g.community_id in (select k.id from community k) group by g.community_id
  ), carried as materialized (
    select m.community_id, count(*) as members
    from public.members m where m.community_id in (select k.id from community k) group by m.community_id
  ), grouped as materialized (
    select m.party_group_id, count(*) as members
    from public.members m where m.party_group_id in (select c.id from child c) group by m.party_group_id
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'id', c.id, 'name', c.name, 'code', c.code, 'level', c.level, 'kind', c.kind, 'grids', t.grids, 'households', t.households,
    'residents', t.residents, 'members', case when c.level = 'party_group' then coalesce(p.members, 0) else t.members end,
    'buildings', t.buildings, 'areaM2', t.area_m2) order by c.code), '[]')
  from child c
  left join grouped p on p.party_group_id = c.id
  cross join lateral (
    select coalesce(sum(g.grids), 0) as grids, coalesce(sum(l.households), 0) as households, coalesce(sum(l.residents), 0) as residents,
      coalesce(sum(m.members), 0) as members, coalesce(sum(b.buildings), 0) as buildings, coalesce(sum(a.area_m2), 0) as area_m2
    from community k
    left join gridded g on g.community_id = k.id
    left join lived l on l.community_id = k.id
    left join carried m on m.community_id = k.id
    left join built b on b.community_id = k.id
    left join area a on a.community_id = k.id
    where k.child_id = c.id
  ) t
$$;
comment on function public.org_totals(int) is
  'Sums of the units right below one, of what the caller sees → [{id, name, code, level, kind, grids, households, residents, members, '
  'buildings, areaM2}]. Figures of a unit are the sums of its communities; a party group has members only. Null asks for the roots.';

create function public.search_people(p_query text, p_limit int) returns jsonb language sql stable set search_path = '' set jit = off as $$
  with asked as (
    select pg_catalog.btrim(p_query) as q,
      pg_catalog.regexp_replace(pg_catalog.btrim(p_query), '([\\%_])', '\\\1', 'g') as pattern,
      greatest(1, least(coalesce(p_limit, 20), 100)) as n
  ), household as (
    select 'household' as kind, h.id, h.building_id, pg_catalog.concat_ws(' ', h.head_name_masked, h.room) as label, h.address as detail,
      h.category::int as category, h.sort_key,
      case when h.head_name_masked = a.q or h.initials ilike a.pattern || '%' then 0 when h.address ilike a.pattern || '%' then 1 else 2 end as rank
    from asked a, public.households h
    where a.q <> '' and (h.address ilike '%' || a.pattern || '%' or h.head_name_masked ilike a.pattern || '%'
      or h.initials ilike a.pattern || '%' or h.address || h.room ilike '%' || a.pattern || '%')
    order by rank, h.sort_key
    limit (select a.n from asked a)
  ), member as (
    select 'member' as kind, m.id, m.building_id, m.name_masked as label, coalesce(b.address, u.name, '') as detail, null::int as category,
      coalesce(private_sort.key, '') as sort_key,
      case when m.name_masked = a.q or m.initials ilike a.pattern || '%' then 0 else 2 end as rank
    from asked a, public.members m
    left join public.buildings b on b.id = m.building_id
    left join public.org_units u on u.id = m.community_id
    cross join lateral (select coalesce(b.address, u.name, '') as key) private_sort
    where a.q <> '' and (m.name_masked ilike a.pattern || '%' or m.initials ilike a.pattern || '%' or b.address ilike '%' || a.pattern || '%')
    order by rank, sort_key, m.id
    limit (select a.n from asked a)
  ), found as (
    select f.*, row_number() over (order by f.rank, f.kind, f.sort_key, f.id) as place
    from (select * from household union all select * from member) f
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', f.kind, 'id', f.id, 'buildingId', f.building_id, 'label', f.label,
    'detail', f.detail, 'category', f.category) order by f.place), '[]')
  from found f where f.place <= (select a.n from asked a)
$$;
comment on function public.search_people(text, int) is
  'Households and members the caller sees, by masked name, pinyin initials or address, best first and then in natural order → '
  '[{kind: household | member, id, buildingId, label, detail, category}]; at most 100.';

create function public.plan_history(p_land int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_plans boolean := p_land in (select private.my_whole_lands());
begin
  if p_land is null or p_land not in (select private.my_lands()) then
    perform private.fail('not_allowed');
  end if;
  return (
    with event as (
      select e.valid_from as at, e.published_by as person_id, case when e.plan_id is null then 'imported' else 'published' end as action,
        p.number as plan_number, p.title as plan_title, e.number as edition_number, null::uuid as plan_id,
        pg_catalog.jsonb_build_object('text', e.note) as note, e.changed_cells as cells, e.moved_households as households
      from public.grid_editions e left join public.plans p on p.id = e.plan_id
      where e.land_id = p_land
      union all
      -- Drafts are the business of those who see plans.
      select d.at, d.person_id, 'saved', p.number, p.title, null, p.id, d.note, d.cells, d.households
      from public.plans p
      cross join lateral (
        select max(e.at) as at, (array_agg(e.person_id))[1] as person_id,
          (array_agg(e.note order by e.seq desc))[1] || pg_catalog.jsonb_build_object('edits', count(distinct e.seq)) as note,
          count(distinct c.cell)::int as cells,
          (select count(*)::int from public.households h join public.buildings b on b.id = h.building_id
           where b.cell_id = any (array_agg(c.cell))) as households
        from public.plan_edits e left join lateral private.read_cell_changes(e.delta) c on true
        where e.plan_id = p.id group by e.revision
      ) d
      where p.land_id = p_land and v_plans
      union all
      select case when a.action = 'opened' then p.created_at else p.updated_at end, p.created_by, a.action, p.number, p.title, null, p.id,
        '{}'::jsonb, 0, 0
      from public.plans p cross join (values ('opened'), ('discarded')) as a(action)
      where p.land_id = p_land and v_plans and (a.action = 'opened' or p.status = 'discarded')
    )
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', e.at, 'by', w.name_masked, 'action', e.action,
      'planNumber', e.plan_number, 'planTitle', e.plan_title, 'planId', e.plan_id, 'editionNumber', e.edition_number, 'note', e.note,
      'cells', e.cells, 'households', e.households) order by e.at desc), '[]')
    from (select * from event order by at desc limit 500) e
    left join public.people w on w.id = e.person_id);
end
$$;
comment on function public.plan_history(int) is
  'What became of the grids of a land, newest first, at most 500 → [{at, by, action: imported | published | opened | saved | '
  'discarded, planNumber, planTitle, planId, editionNumber, note, cells, households}]. Who does not see plans sees editions only. '
  'Errors: not_allowed.';

create function public.reveal_resident(p_resident int, p_purpose text, p_reason text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_resident public.residents;
begin
  if coalesce(pg_catalog.btrim(p_purpose), '') = '' then
    perform private.fail('purpose_required');
  end if;
  if pg_catalog.length(coalesce(pg_catalog.btrim(p_reason), '')) < 4 then
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
  perform private.write_audit('resident_revealed', 'resident', p_resident::text, v_resident.community_id,
    pg_catalog.jsonb_build_object('purpose', pg_catalog.left(pg_catalog.btrim(p_purpose), 200), 'reason', pg_catalog.left(pg_catalog.btrim(p_reason), 500)));
  return (
    select pg_catalog.jsonb_build_object('residentId', i.resident_id, 'name', i.name, 'phone', i.phone, 'idNumber', i.id_number,
      'tags', coalesce((select pg_catalog.jsonb_agg(t.tag order by t.tag) from private.resident_tags t where t.resident_id = p_resident), '[]'))
    from private.resident_identities i where i.resident_id = p_resident);
end
$$;
comment on function public.reveal_resident(int, text, text) is
  'A resident in clear → {residentId, name, phone, idNumber, tags}, for street officers, secretaries, and grid leaders and workers of '
  'the grid. Asks purpose and a reason of four characters, and leaves a row in the audit log. Errors: purpose_required, '
  'reason_required, not_allowed.';
