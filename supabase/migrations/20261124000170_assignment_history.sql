-- What became of the assignments of a unit.

create function public.assignment_history(p_org_unit int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_communities int[];
begin
  select array_agg(u.id order by u.id) into v_communities
  from public.org_units home
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) home.path
  where home.id = p_org_unit and u.id in (select private.my_household_communities());
  if v_communities is null then
    perform private.fail('not_allowed');
  end if;
  return (
    with event as (
      select e.valid_from as at, (array_agg(e.published_by))[1] as person_id,
        case when e.plan_id is not null then 'published' else 'imported' end as action, e.plan_id,
        case when count(*) = 1 then min(e.number) end as edition_number,
        pg_catalog.jsonb_build_object('text', (array_agg(e.note))[1]) as note, count(*) as communities, sum(e.changed_households) as households
      from public.assignment_editions e where e.community_id = any (v_communities)
      group by e.plan_id, e.valid_from
      union all
      -- Drafts are the business of those who see them whole.
      select d.at, d.person_id, 'saved', p.id, null, d.note, null, d.households
      from public.assignment_plans p
      cross join lateral (
        select max(e.at) as at, (array_agg(e.person_id))[1] as person_id,
          (array_agg(e.note order by e.seq desc))[1] || pg_catalog.jsonb_build_object('edits', count(*)) as note,
          sum(pg_catalog.jsonb_array_length(e.delta -> 'ties')) as households
        from public.assignment_edits e where e.plan_id = p.id group by e.revision
      ) d
      where p.community_ids && v_communities and private.sees_assignment(p)
      union all
      select case when a.action = 'opened' then p.created_at else p.updated_at end, p.created_by, a.action, p.id, null, '{}'::jsonb, null, 0
      from public.assignment_plans p cross join (values ('opened'), ('discarded')) as a(action)
      where p.community_ids && v_communities and private.sees_assignment(p) and (a.action = 'opened' or p.status = 'discarded')
    )
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', e.at, 'by', w.name_masked, 'action', e.action,
      'planNumber', p.number, 'planTitle', p.title, 'planId', p.id, 'editionNumber', e.edition_number, 'note', e.note,
      'communities', e.communities, 'households', e.households) order by e.at desc), '[]')
    from (select * from event order by at desc limit 500) e
    left join public.assignment_plans p on p.id = e.plan_id
    left join public.people w on w.id = e.person_id);
end
$$;
comment on function public.assignment_history(int) is
  'What became of the assignments of a unit, newest first, at most 500 → [{at, by, action: imported | published | opened | saved | discarded, '
  'planNumber, planTitle, planId, editionNumber (where one community got one), note, communities, households}]. Of plans that reach beyond what '
  'the caller sees, publications only. Errors: not_allowed.';
