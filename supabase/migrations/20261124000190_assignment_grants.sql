-- Who may call what came with assignments: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;

grant execute on function
  public.assignment_settings(int), public.assignment_scope(int), public.open_assignment_draft(int, text, uuid), public.assignment_document(uuid),
  public.assignment_edits_since(uuid, int), public.save_assignment_draft(uuid, int, jsonb, uuid),
  public.copy_assignment_draft(uuid, text, int, jsonb, uuid), public.rebase_assignment_draft(uuid, int, int[], uuid),
  public.check_assignment(uuid), public.publish_assignment(uuid, int, jsonb, uuid), public.discard_assignment(uuid),
  public.assignment_history(int), public.assignment_edition(int, int)
to authenticated;
