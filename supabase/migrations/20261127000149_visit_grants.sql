-- Who may call what came with visits, stations, compounds and units of work: nothing by default, then by name.

revoke all on all functions in schema private from public, anon, service_role;

do $grants$
declare
  v_function text;
begin
  foreach v_function in array array[
    'log_visits(jsonb, uuid)', 'undo_visit(uuid, uuid)', 'plan_visits(int, int[], date, uuid)', 'drop_visit_tasks(int[], uuid)', 'my_visits()',
    'visits_of(int)', 'save_station(jsonb, int, uuid)', 'close_station(int, int, text, uuid)', 'reopen_station(int, uuid)',
    'save_station_activity(jsonb, int, uuid)', 'remove_station_activity(int, int, uuid)',
    'set_compound_status(int, public.compound_status, public.compound_status, text, uuid)',
    'save_work_unit(jsonb, int, uuid)', 'remove_work_unit(int, uuid)'] loop
    execute pg_catalog.format('revoke all on function public.%s from public, anon, authenticated, service_role', v_function);
    execute pg_catalog.format('grant execute on function public.%s to authenticated', v_function);
  end loop;
end
$grants$;
