-- Who may call what came with issues: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;
