-- Row-level security: every table, read only. All writing goes through functions that check for themselves.
-- A policy is a sentence: rows of <what> are seen by <whom>. Sets are computed once a statement (hashed), never by row.

do $rls$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid::regclass from pg_catalog.pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  loop
    execute pg_catalog.format('alter table %s enable row level security', v_table);
    execute pg_catalog.format('revoke all on %s from public, anon, authenticated, service_role', v_table);
  end loop;
end
$rls$;

-- ── organisation ──────────────────────────────────────────────────────────────────────────────────────────────────
create policy "units above, at and below one's posts" on public.org_units for select to authenticated
  using (id in (select private.my_org_units()));
create policy "settings of the units one sees" on public.settings for select to authenticated
  using (org_unit_id in (select private.my_org_units()));
create policy "the log of their territory, for auditors" on public.audit_log for select to authenticated
  using (org_unit_id in (select private.my_units_as('auditor')));

-- ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────
create policy "oneself, and who holds posts in one's territory" on public.people for select to authenticated
  using (id in (select private.my_people()));
create policy "posts of the people one sees" on public.posts for select to authenticated
  using (person_id in (select private.my_people()));

-- ── land ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create policy "lands of one's territory" on public.lands for select to authenticated
  using (id in (select private.my_lands()));
create policy "nodes of the lands one sees" on public.land_nodes for select to authenticated
  using (land_id in (select private.my_lands()));
create policy "borders of the cells one sees" on public.land_arcs for select to authenticated
  using (
    land_id in (select private.my_whole_lands())
    or left_cell in (select private.my_cells())
    or right_cell in (select private.my_cells()));
create policy "cells of the communities one sees" on public.cells for select to authenticated
  using (community_id in (select private.my_communities()));
create policy "streets of the lands one sees" on public.streets for select to authenticated
  using (land_id in (select private.my_lands()));
create policy "water, green and railways of the lands one sees" on public.land_features for select to authenticated
  using (land_id in (select private.my_lands()));
create policy "stations of the lands one sees" on public.stations for select to authenticated
  using (land_id in (select private.my_lands())
    and (community_id is null or community_id in (select private.my_communities())));

-- ── grids and plans ───────────────────────────────────────────────────────────────────────────────────────────────
create policy "editions of the lands one sees" on public.grid_editions for select to authenticated
  using (land_id in (select private.my_lands()));
create policy "grids of the communities one sees" on public.grids for select to authenticated
  using (community_id in (select private.my_communities()));
create policy "cells of grids of the communities one sees" on public.grid_cells for select to authenticated
  using (community_id in (select private.my_communities()));
create policy "plans of the lands one sees whole" on public.plans for select to authenticated
  using (land_id in (select private.my_whole_lands()));
create policy "grids of the plans one sees" on public.plan_grids for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "cells of the plans one sees" on public.plan_cells for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "edits of the plans one sees" on public.plan_edits for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "waivers of the plans one sees" on public.plan_waivers for select to authenticated
  using (plan_id in (select p.id from public.plans p));

-- ── households: masked, and only with a post that has to do with them ─────────────────────────────────────────────
create policy "compounds of the communities one sees" on public.compounds for select to authenticated
  using (community_id in (select private.my_communities()));
create policy "buildings of one's communities, or of one's own grid" on public.buildings for select to authenticated
  using (community_id in (select private.my_household_communities()) or id in (select private.my_grid_buildings()));
create policy "stairwells of the buildings one sees" on public.stairwells for select to authenticated
  using (building_id in (select b.id from public.buildings b));
create policy "households of one's communities, or of one's own grid" on public.households for select to authenticated
  using (community_id in (select private.my_household_communities()) or building_id in (select private.my_grid_buildings()));
create policy "residents of one's communities, or of one's own grid" on public.residents for select to authenticated
  using (community_id in (select private.my_household_communities()) or building_id in (select private.my_grid_buildings()));
create policy "members of one's communities, or of one's own grid" on public.members for select to authenticated
  using (community_id in (select private.my_household_communities()) or building_id in (select private.my_grid_buildings()));

-- ── imports ───────────────────────────────────────────────────────────────────────────────────────────────────────
create policy "one's own imports" on public.imports for select to authenticated
  using (created_by in (select private.my_person() where exists (select private.my_posts())));

-- ── grants: reading only, by name ─────────────────────────────────────────────────────────────────────────────────
grant select on
  public.org_units, public.settings, public.audit_log, public.people, public.posts, public.lands, public.land_nodes,
  public.land_arcs, public.cells, public.streets, public.land_features, public.stations, public.grid_editions,
  public.grids, public.grid_cells, public.plans, public.plan_grids, public.plan_cells, public.plan_edits,
  public.plan_waivers, public.compounds, public.buildings, public.stairwells, public.households, public.residents,
  public.members, public.imports
to authenticated;
