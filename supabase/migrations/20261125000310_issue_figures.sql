-- Figures of slips by community and grid, over the time in which they were reported. src/core/issues/figures.ts counts the same.

create function public.issue_figures(p_org_unit int, p_from timestamptz, p_to timestamptz) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  v_now timestamptz := private.clock();
  v_communities int[];
  v_rows json;
begin
  select array_agg(u.id) into v_communities
  from public.org_units here
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) here.path
  where here.id = p_org_unit and u.id in (select private.my_communities());
  if v_communities is null then
    perform private.fail('not_allowed');
  elsif p_from is null or p_to is null then
    perform private.fail('issue_invalid', '{"field": "period"}');
  end if;
  with slip as (
    select i.*, i.outcome in ('solved', 'explained') as is_settled, coalesce(i.finished_at, i.closed_at) <= i.due_at as is_punctual
    from public.issues i
    where i.community_id = any (v_communities) and i.reported_at >= p_from and i.reported_at < p_to
      and (i.community_id in (select private.my_household_communities()) or i.grid_id in (select private.my_grids())
        or i.handler_id in (select private.my_own_person()) or i.reported_by in (select private.my_own_person()))
  ), area as (
    select s.community_id, s.grid_id, count(*) as received, count(*) filter (where s.outcome = 'duplicate') as duplicates,
      count(*) filter (where s.outcome = 'withdrawn') as withdrawn, count(*) filter (where s.outcome = 'solved') as solved,
      count(*) filter (where s.outcome = 'explained') as explained, count(*) filter (where s.outcome is null) as open,
      count(*) filter (where s.outcome is null and s.due_at < v_now) as overdue, count(*) filter (where s.is_settled and s.is_punctual) as on_time,
      count(*) filter (where s.is_settled and not s.is_punctual) as late,
      count(*) filter (where s.is_settled and s.satisfaction is not null) as rated,
      count(*) filter (where s.is_settled and s.satisfaction >= 4) as satisfied,
      coalesce(sum(s.satisfaction) filter (where s.is_settled), 0) as satisfaction_sum,
      count(*) filter (where s.is_settled and s.top_level = 'grid') as stayed
    from slip s group by s.community_id, s.grid_id
  )
  select coalesce(json_agg(json_build_object('communityId', a.community_id, 'gridId', a.grid_id, 'received', a.received, 'duplicates', a.duplicates,
    'withdrawn', a.withdrawn, 'collected', a.received - a.duplicates - a.withdrawn, 'solved', a.solved, 'explained', a.explained,
    'settled', a.solved + a.explained, 'open', a.open, 'overdue', a.overdue, 'onTime', a.on_time, 'late', a.late, 'rated', a.rated, 'satisfied', a.satisfied,
    'satisfactionSum', a.satisfaction_sum, 'stayed', a.stayed) order by a.community_id, a.grid_id), '[]')
  into v_rows from area a;
  return v_rows;
end
$$;
comment on function public.issue_figures(int, timestamptz, timestamptz) is
  'Slips of a unit that the caller sees, reported from one moment until before another, counted by community and grid; parts add up → [{communityId, gridId '
  'or null, received = duplicates + withdrawn + collected, collected = settled + open, settled = solved + explained = onTime + late, overdue: of the open, '
  'rated, satisfied (4 or 5) and satisfactionSum: of the settled, stayed: settled that never left the grid''s level}]. Errors: not_allowed, issue_invalid '
  '{field}.';
revoke all on function public.issue_figures(int, timestamptz, timestamptz) from public, anon, service_role;
grant execute on function public.issue_figures(int, timestamptz, timestamptz) to authenticated;
