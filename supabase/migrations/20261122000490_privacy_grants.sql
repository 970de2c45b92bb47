-- Who may call what came with sealed secrets and erasure: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;

grant execute on function public.preview_erasure(int), public.erase_resident(int, text, uuid) to authenticated;
