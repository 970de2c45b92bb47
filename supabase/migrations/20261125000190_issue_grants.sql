-- Who may call what came with issues: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;

grant execute on function
  public.issue_settings(int), public.issue_scope(int), public.report_issue(jsonb, uuid), public.report_issues(int, jsonb, boolean, uuid),
  public.act_on_issue(int, public.issue_act, jsonb, int, uuid), public.issue_detail(int), public.issue_photo(int), public.my_issues(),
  public.near_issues(int, double precision, double precision, public.issue_category), public.link_issues(int, int, text, uuid),
  public.run_issue_rules(int)
to authenticated;
