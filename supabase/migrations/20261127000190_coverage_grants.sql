-- Who may call what came with who is not served: nothing by default, then by name.

revoke all on all functions in schema private from public, anon, service_role;

do $grants$
declare
  v_function text;
begin
  foreach v_function in array array[
    'coverage_settings(int)', 'coverage_scope(int)', 'refresh_gap_day(int)', 'save_access(int, int[], int[], jsonb, uuid)',
    'save_siting_scenario(jsonb, int, uuid)', 'publish_siting_scenario(uuid, int, jsonb, uuid)', 'discard_siting_scenario(uuid, uuid)'] loop
    execute pg_catalog.format('revoke all on function public.%s from public, anon, authenticated, service_role', v_function);
    execute pg_catalog.format('grant execute on function public.%s to authenticated', v_function);
  end loop;
end
$grants$;
