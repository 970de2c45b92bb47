-- Who may call what came with the chain: nothing by default, then by name.

revoke all on all functions in schema public from public, anon, service_role;
revoke all on all functions in schema private from public, anon, service_role;

-- Policies call these in the caller's name.
grant execute on function private.my_memberships(), private.my_contact_households(), private.my_contact_buildings(), private.my_contact_members()
to authenticated;
grant execute on function
  public.my_households(), public.household_chain(int), public.chain_breaks(int), public.grid_staffing(int),
  public.set_contact_link(public.contact_kind, int, int, uuid), public.assignment_papers(int, text, text)
to authenticated;
