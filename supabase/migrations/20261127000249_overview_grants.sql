-- Who may call what came with the overview: nothing by default, then by name.

revoke all on all functions in schema private from public, anon, service_role;

do $grants$
declare
  v_function text;
begin
  foreach v_function in array array['overview_figures(int, text)', 'overview_outlines(int)'] loop
    execute pg_catalog.format('revoke all on function public.%s from public, anon, authenticated, service_role', v_function);
    execute pg_catalog.format('grant execute on function public.%s to authenticated', v_function);
  end loop;
end
$grants$;
