-- Who may call what: nothing by default, then by name. Nobody but signed-in people, and nothing for anonymous.

revoke all on all functions in schema public from public, anon, authenticated, service_role;
revoke all on all functions in schema private from public, anon, authenticated, service_role;
revoke all on all sequences in schema public from public, anon, authenticated, service_role;
revoke all on all sequences in schema private from public, anon, authenticated, service_role;

-- Policies call these in the caller's name. The schema itself stays closed, so nobody can name them.
grant execute on function
  private.my_person(), private.my_posts(), private.my_org_units(), private.my_units_as(public.post_role[]), private.my_communities(),
  private.my_household_communities(), private.my_grid_buildings(), private.my_lands(), private.my_whole_lands(), private.my_cells(),
  private.my_people()
to authenticated;

grant execute on function
  public.whoami(), public.scope_snapshot(int), public.grid_settings(int), public.org_totals(int), public.search_people(text, int),
  public.open_plan_draft(int, text), public.plan_document(uuid), public.grid_edition(int, int), public.save_plan_draft(uuid, int, jsonb),
  public.copy_plan_draft(uuid, text, int, jsonb), public.plan_edits_since(uuid, int), public.check_plan(uuid),
  public.publish_plan(uuid, int, jsonb), public.discard_plan(uuid), public.plan_history(int),
  public.reveal_resident(int, text, text),
  public.import_begin(text, int, jsonb), public.import_chunk(uuid, text, int, jsonb), public.import_check(uuid), public.import_commit(uuid),
  public.import_cancel(uuid),
  public.save_setting(int, text, jsonb), public.set_person_active(uuid, boolean),
  public.appoint(uuid, int, public.post_role, uuid, date), public.end_post(int, date)
to authenticated;
