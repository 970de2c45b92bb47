-- Who may call what: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;

grant execute on function
  public.open_plan_draft(int, text, uuid), public.save_plan_draft(uuid, int, jsonb, uuid),
  public.copy_plan_draft(uuid, text, int, jsonb, uuid), public.publish_plan(uuid, int, jsonb, uuid), public.import_commit(uuid, uuid),
  public.save_setting(int, text, jsonb, int, uuid), public.set_person_active(uuid, boolean, int, uuid),
  public.appoint(uuid, int, public.post_role, uuid, date, uuid), public.end_post(int, date, int, uuid),
  public.touch_session(), public.my_sessions(), public.end_session(uuid), public.end_other_sessions(),
  public.change_password(text, text),
  public.begin_second_factor(), public.confirm_second_factor(text), public.answer_second_factor(text), public.remove_second_factor(text, text),
  public.create_account(text, text, text, int, public.post_role, text, uuid, uuid), public.give_account(uuid, text, text, uuid),
  public.reset_password(uuid, text, uuid), public.retire_person(uuid, int, uuid), public.drop_second_factor(uuid, uuid),
  public.account_list(int),
  public.access_report(int), public.record_export(text, text, int, jsonb, uuid), public.run_retention(), public.verify_audit_chain()
to authenticated;
