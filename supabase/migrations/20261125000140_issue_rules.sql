-- What the clock does to slips, and the reception day: many slips at once.

create function private.escalate_overdue(p_now timestamptz default null, p_land int default null) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_now timestamptz := coalesce(p_now, private.clock());
  v_issue public.issues;
  v_days int;
  v_supervised int := 0;
  v_escalated int := 0;
begin
  for v_issue in
    select i.* from public.issues i
    where i.outcome is null and i.due_at < v_now and i.finished_at is null and (p_land is null or i.land_id = p_land)
      and (i.level < 'district' or i.state = 'claimed')
    order by i.id for update skip locked
  loop
    v_days := (public.issue_settings(v_issue.community_id) ->> 'escalateAfterDays')::int;
    if v_issue.level < 'district' and v_days > 0 and private.add_working_days(v_issue.due_at, v_days) < v_now then
      perform private.apply_issue_act(v_issue, 'escalate', '{}', '{system}', null);
      v_escalated := v_escalated + 1;
    elsif v_issue.state = 'claimed' then
      perform private.apply_issue_act(v_issue, 'supervise', '{}', '{system}', null);
      v_supervised := v_supervised + 1;
    end if;
  end loop;
  return pg_catalog.jsonb_build_object('supervised', v_supervised, 'escalated', v_escalated);
end
$$;
comment on function private.escalate_overdue(timestamptz, int) is
  'What is overdue without a result: claimed slips come under supervision, and those overdue by escalateAfterDays working days go to the level above, with a '
  'deadline of their own there; on the district''s nothing goes further. All lands or one → {supervised, escalated}. Slips somebody works on right now wait '
  'for the next time. The moment is the server''s, private.clock(), unless given.';

create function public.run_issue_rules(p_land int) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if p_land is null or p_land not in (select private.my_lands()) then
    perform private.fail('not_allowed');
  end if;
  return private.escalate_overdue(null, p_land);
end
$$;
comment on function public.run_issue_rules(int) is
  'Let the rules of deadlines take effect on a street, so that they hold wherever the database runs → {supervised, escalated}. Errors: not_allowed.';

-- ── the reception day ─────────────────────────────────────────────────────────────────────────────────────────────
create function public.report_issues(p_land int, p_issues jsonb, p_dry_run boolean default false, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_kept jsonb := private.first_answer('report_issues', p_request_key, pg_catalog.jsonb_build_array(p_land, p_issues, p_dry_run));
  v_row record;
  v_entered jsonb := '[]';
  v_one jsonb;
  v_errors jsonb := '[]';
  v_detail text;
begin
  if v_kept is not null then
    return v_kept;
  elsif p_land is null or p_land not in (select private.my_lands())
    or not exists (select from private.my_posts() o where o.role in ('district_admin', 'street_officer', 'community_secretary', 'grid_leader')) then
    perform private.fail('not_allowed');
  elsif coalesce(pg_catalog.jsonb_typeof(p_issues), '') <> 'array' or pg_catalog.jsonb_array_length(p_issues) not between 1 and 500 then
    perform private.fail('issue_invalid', '{"field": "issues", "least": 1, "most": 500}');
  end if;
  -- Each row is tried on its own; all stay or none.
  begin
    for v_row in select r.value, r.place - 1 as index from pg_catalog.jsonb_array_elements(p_issues) with ordinality as r(value, place) loop
      begin
        if pg_catalog.jsonb_typeof(v_row.value) <> 'object' then
          perform private.fail('issue_invalid', '{"field": "slip"}');
        end if;
        v_one := private.enter_by_me(v_row.value || '{"source": "reception"}');
        if (select i.land_id from public.issues i where i.id = (v_one ->> 'id')::int) <> p_land then
          perform private.fail('place_outside');
        end if;
        v_entered := v_entered || v_one;
      exception when raise_exception then
        get stacked diagnostics v_detail = pg_exception_detail;
        v_errors := v_errors || pg_catalog.jsonb_build_object('row', v_row.index, 'code', sqlerrm, 'detail', coalesce(nullif(v_detail, ''), '{}')::jsonb);
      end;
    end loop;
    if p_dry_run or v_errors <> '[]' then
      raise exception 'taken_back';
    end if;
  exception when raise_exception then
    if sqlerrm <> 'taken_back' then
      raise;
    end if;
    return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('entered', '[]'::jsonb, 'errors', v_errors));
  end;
  perform private.write_audit('reception_entered', 'land', p_land::text, (select l.org_unit_id from public.lands l where l.id = p_land),
    pg_catalog.jsonb_build_object('count', pg_catalog.jsonb_array_length(v_entered), 'first', v_entered -> 0 ->> 'number', 'last', v_entered -> -1 ->> 'number'));
  return private.keep_answer(p_request_key, pg_catalog.jsonb_build_object('entered', v_entered, 'errors', v_errors));
end
$$;
comment on function public.report_issues(int, jsonb, boolean, uuid) is
  'Enter the slips of a reception day, at most 500 as in report_issue, all or none; p_dry_run only tries → {entered: [{id, number, dueAt}], errors: [{row, '
  'code, detail}]}. For grid leaders and above. Errors: not_allowed, issue_invalid {field}, request_key_reused.';
