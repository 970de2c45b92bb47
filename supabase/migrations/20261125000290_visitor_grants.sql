-- Who may call what: nothing by default, then by name. The visitor's functions are the only ones for people who did not sign in.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;
grant execute on function
  public.reveal_issue_reporter(int, text), public.erase_issue_reporter(int, text, uuid), public.erase_resident(int, text, uuid)
to authenticated;

grant usage on schema public to anon;
-- Also to those who signed in: the page for residents is the same for them.
grant execute on function
  public.visitor_places(text), public.visitor_map(int), public.visitor_report(jsonb, uuid), public.visitor_follow(text),
  public.visitor_rate(text, int, text), public.visitor_withdraw(text), public.visitor_reopen(text, text),
  public.visitor_board(int, text, jsonb), public.visitor_board_figures(int)
to anon, authenticated;
