-- Who may call what came with patrols: nothing by default, then by name.

revoke all on all functions in schema private from public, anon, service_role;

do $grants$
declare
  v_function text;
begin
  foreach v_function in array array[
    'patrol_settings(int)', 'patrol_scope(int, date, date)', 'track_yards(int, date, date)', 'my_patrol(date)', 'set_duties(int, jsonb, uuid)',
    'set_gates(int, jsonb, uuid)', 'save_checkpoint(jsonb, uuid)', 'remove_checkpoint(int, uuid)', 'restore_checkpoint(int, uuid)',
    'save_patrol_plan(jsonb, int, uuid)', 'publish_patrol_plan(uuid, int, uuid)', 'end_patrol_plan(uuid, uuid)', 'discard_patrol_plan(uuid, uuid)',
    'give_patrol_consent(int, uuid)', 'withdraw_patrol_consent(uuid)', 'open_track(uuid, jsonb)', 'add_fixes(uuid, int, jsonb)',
    'end_track(uuid, timestamptz, int)', 'discard_track(uuid)', 'import_track(uuid, jsonb)', 'raw_track(uuid, text)', 'tracks_to_match(int, boolean, uuid)',
    'save_track_match(uuid, jsonb, uuid)', 'mark_checkpoint(uuid, int, timestamptz, double precision, double precision, double precision)',
    'run_patrol_rules(int)', 'patrol_figures(int, date, date)'] loop
    execute pg_catalog.format('revoke all on function public.%s from public, anon, authenticated, service_role', v_function);
    execute pg_catalog.format('grant execute on function public.%s to authenticated', v_function);
  end loop;
end
$grants$;
