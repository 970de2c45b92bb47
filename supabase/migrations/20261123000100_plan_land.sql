-- A draft may redraw land: what of it differs from the land it stands on, kept thing by thing; neighbours by decree, notes,
-- aims. Ids below 0 are the plan's own until it is published.

-- ── land of a plan: only what differs from the land as it is ──────────────────────────────────────────────────────
create table public.plan_land_nodes (
  plan_id uuid not null references public.plans (id),
  node_id int not null check (node_id <> 0),
  gone boolean not null default false,
  x int,
  y int,
  primary key (plan_id, node_id),
  check (gone = (x is null) and gone = (y is null) and (node_id > 0 or not gone))
);
comment on table public.plan_land_nodes is 'Nodes of the land that are new, moved or gone in a plan, as of its last revision.';
comment on column public.plan_land_nodes.plan_id is 'Plan.';
comment on column public.plan_land_nodes.node_id is 'Node of the land, or below 0 the plan''s own.';
comment on column public.plan_land_nodes.gone is 'The plan has it no more.';
comment on column public.plan_land_nodes.x is 'Lattice abscissa, 5 mm.';
comment on column public.plan_land_nodes.y is 'Lattice ordinate, 5 mm.';

create table public.plan_land_cells (
  plan_id uuid not null references public.plans (id),
  cell_id int not null check (cell_id <> 0),
  gone boolean not null default false,
  community_id int references public.org_units (id),
  label_x int,
  label_y int,
  primary key (plan_id, cell_id),
  check (gone = (community_id is null) and gone = (label_x is null) and gone = (label_y is null) and (cell_id > 0 or not gone))
);
comment on table public.plan_land_cells is 'Cells that are new, have another label point or are gone in a plan, as of its last revision.';
comment on column public.plan_land_cells.plan_id is 'Plan.';
comment on column public.plan_land_cells.cell_id is 'Cell of the land, or below 0 the plan''s own.';
comment on column public.plan_land_cells.gone is 'The plan has it no more.';
comment on column public.plan_land_cells.community_id is 'Community it lies in.';
comment on column public.plan_land_cells.label_x is 'Lattice abscissa of a point inside.';
comment on column public.plan_land_cells.label_y is 'Lattice ordinate of a point inside.';

create table public.plan_land_arcs (
  plan_id uuid not null references public.plans (id),
  arc_id int not null check (arc_id <> 0),
  gone boolean not null default false,
  start_node int,
  end_node int,
  line extensions.geometry(LineString, 0),
  kind smallint check (kind between 0 and 6),
  left_cell int,
  right_cell int,
  primary key (plan_id, arc_id),
  check (gone = (start_node is null) and gone = (end_node is null) and gone = (line is null) and gone = (kind is null)
    and gone = (left_cell is null and right_cell is null) and (arc_id > 0 or not gone))
);
comment on table public.plan_land_arcs is 'Borders that are new, run otherwise or are gone in a plan, as of its last revision.';
comment on column public.plan_land_arcs.plan_id is 'Plan.';
comment on column public.plan_land_arcs.arc_id is 'Arc of the land, or below 0 the plan''s own.';
comment on column public.plan_land_arcs.gone is 'The plan has it no more.';
comment on column public.plan_land_arcs.start_node is 'Node of the first point: of the land or the plan''s own, as are all ids here.';
comment on column public.plan_land_arcs.end_node is 'Node of the last point.';
comment on column public.plan_land_arcs.line is 'Points with integer lattice coordinates.';
comment on column public.plan_land_arcs.kind is 'What it follows, as in land_arcs.';
comment on column public.plan_land_arcs.left_cell is 'Cell on the left of the line''s direction; null outside the land.';
comment on column public.plan_land_arcs.right_cell is 'Cell on the right; null outside the land.';

create table public.plan_land_buildings (
  plan_id uuid not null references public.plans (id),
  building_id int not null references public.buildings (id) on delete cascade,
  cell_id int not null,
  primary key (plan_id, building_id)
);
comment on table public.plan_land_buildings is 'Buildings that lie in another cell in a plan, as of its last revision.';
comment on column public.plan_land_buildings.plan_id is 'Plan.';
comment on column public.plan_land_buildings.building_id is 'Building.';
comment on column public.plan_land_buildings.cell_id is 'Cell of the land, or below 0 the plan''s own.';
create index plan_land_buildings_building on public.plan_land_buildings (building_id);

-- ── neighbours by decree, notes, aims ─────────────────────────────────────────────────────────────────────────────
create type public.link_kind as enum ('bridge', 'wall');
comment on type public.link_kind is 'bridge: two cells are neighbours by decree; wall: they are none though they share a border.';

create table public.plan_links (
  plan_id uuid not null references public.plans (id),
  cell_a int not null,
  cell_b int not null,
  kind public.link_kind not null,
  primary key (plan_id, cell_a, cell_b),
  check (cell_a < cell_b)
);
comment on table public.plan_links is 'Neighbourhood by decree in a plan, as of its last revision; all of it, those of the land too.';
comment on column public.plan_links.plan_id is 'Plan.';
comment on column public.plan_links.cell_a is 'Cell with the smaller id; below 0 the plan''s own.';
comment on column public.plan_links.cell_b is 'The other cell.';
comment on column public.plan_links.kind is 'Joined or parted.';

create table public.land_links (
  id int generated always as identity primary key,
  land_id int not null references public.lands (id),
  cell_a int not null references public.cells (id),
  cell_b int not null references public.cells (id),
  kind public.link_kind not null,
  from_edition int not null,
  to_edition int,
  check (cell_a < cell_b),
  check (to_edition is null or to_edition > from_edition)
);
comment on table public.land_links is 'Neighbourhood by decree that was published with a plan, by number of the edition of the grids.';
comment on column public.land_links.id is 'Identity.';
comment on column public.land_links.land_id is 'Land.';
comment on column public.land_links.cell_a is 'Cell with the smaller id.';
comment on column public.land_links.cell_b is 'The other cell.';
comment on column public.land_links.kind is 'Joined or parted.';
comment on column public.land_links.from_edition is 'Number of the first edition of the grids that has it.';
comment on column public.land_links.to_edition is 'Number of the first edition of the grids that no longer has it; null while current.';
create unique index land_links_current on public.land_links (land_id, cell_a, cell_b) where to_edition is null;

create table public.plan_notes (
  plan_id uuid not null references public.plans (id),
  note_id text not null check (pg_catalog.length(note_id) between 1 and 40),
  x int not null,
  y int not null,
  text text not null check (pg_catalog.length(text) <= 500),
  primary key (plan_id, note_id)
);
comment on table public.plan_notes is 'Notes pinned to the map of a plan, as of its last revision.';
comment on column public.plan_notes.plan_id is 'Plan.';
comment on column public.plan_notes.note_id is 'Identity within the plan.';
comment on column public.plan_notes.x is 'Lattice abscissa, 5 mm.';
comment on column public.plan_notes.y is 'Lattice ordinate, 5 mm.';
comment on column public.plan_notes.text is 'What it says; may be empty.';

alter table public.plans add column settings jsonb;
comment on column public.plans.settings is 'Limits the plan aims at; null for the street''s own. Findings keep to the street''s own.';
comment on column public.plan_edits.delta is
  '{cells: [{cell, from, to}], grids: [{before, after}], land?, links?, notes?, settings?} in database ids; ids below 0 are the plan''s own.';

-- Its cells may be the plan's own: what a cell id stands for is checked with each delta.
alter table public.plan_cells drop constraint plan_cells_cell_id_fkey;
comment on table public.plan_cells is 'The column cell → grid of a plan as of its last revision; one row for each cell of its land.';
comment on column public.plan_cells.cell_id is 'Cell of the land, or below 0 the plan''s own.';

-- ── who sees what ─────────────────────────────────────────────────────────────────────────────────────────────────
do $rls$
declare
  v_name text;
begin
  foreach v_name in array array['plan_land_nodes', 'plan_land_cells', 'plan_land_arcs', 'plan_land_buildings', 'plan_links', 'plan_notes', 'land_links'] loop
    execute pg_catalog.format('alter table public.%I enable row level security', v_name);
    execute pg_catalog.format('revoke all on public.%I from public, anon, authenticated, service_role', v_name);
    execute pg_catalog.format('grant select on public.%I to authenticated', v_name);
  end loop;
end
$rls$;
create policy "nodes of the plans one sees" on public.plan_land_nodes for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "own cells of the plans one sees" on public.plan_land_cells for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "borders of the plans one sees" on public.plan_land_arcs for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "buildings moved by the plans one sees" on public.plan_land_buildings for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "links of the plans one sees" on public.plan_links for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "notes on the plans one sees" on public.plan_notes for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "links of the cells one sees" on public.land_links for select to authenticated
  using (cell_a in (select private.my_cells()) or cell_b in (select private.my_cells()));

-- ── the land as a plan has it ─────────────────────────────────────────────────────────────────────────────────────
create function private.has_own_land(p_plan uuid) returns boolean language sql stable set search_path = '' as $$
  select exists (select from public.plan_land_arcs a where a.plan_id = p_plan)
    or exists (select from public.plan_land_cells c where c.plan_id = p_plan)
    or exists (select from public.plan_land_nodes n where n.plan_id = p_plan)
    or exists (select from public.plan_land_buildings b where b.plan_id = p_plan)
$$;
comment on function private.has_own_land(uuid) is 'Whether anything of the land differs in a plan.';

create function private.cells_of_plan(p_plan uuid, p_land int) returns table (cell_id int, community_id int, label_x int, label_y int)
language sql stable set search_path = '' as $$
  select c.id, c.community_id, c.label_x, c.label_y
  from public.cells c
  where c.land_id = p_land and c.to_edition is null
    and not exists (select from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = c.id)
  union all
  select o.cell_id, o.community_id, o.label_x, o.label_y from public.plan_land_cells o where o.plan_id = p_plan and not o.gone
$$;
comment on function private.cells_of_plan(uuid, int) is 'Cells of a land as a plan has them.';

create function private.arcs_of_plan(p_plan uuid, p_land int)
returns table (arc_id int, start_node int, end_node int, line extensions.geometry, kind smallint, left_cell int, right_cell int)
language sql stable set search_path = '' as $$
  select a.id, a.start_node, a.end_node, a.line, a.kind, a.left_cell, a.right_cell
  from public.land_arcs a
  where a.land_id = p_land and a.to_edition is null
    and not exists (select from public.plan_land_arcs o where o.plan_id = p_plan and o.arc_id = a.id)
  union all
  select o.arc_id, o.start_node, o.end_node, o.line, o.kind, o.left_cell, o.right_cell
  from public.plan_land_arcs o where o.plan_id = p_plan and not o.gone
$$;
comment on function private.arcs_of_plan(uuid, int) is 'Borders of a land as a plan has them.';

create function private.arcs_around(p_plan uuid, p_cells int[])
returns table (arc_id int, start_node int, end_node int, line extensions.geometry, kind smallint, left_cell int, right_cell int)
language sql stable set search_path = '' as $$
  select a.id, a.start_node, a.end_node, a.line, a.kind, a.left_cell, a.right_cell
  from public.land_arcs a
  where (a.left_cell = any (p_cells) or a.right_cell = any (p_cells)) and a.to_edition is null
    and not exists (select from public.plan_land_arcs o where o.plan_id = p_plan and o.arc_id = a.id)
  union all
  select o.arc_id, o.start_node, o.end_node, o.line, o.kind, o.left_cell, o.right_cell
  from public.plan_land_arcs o
  where o.plan_id = p_plan and not o.gone and (o.left_cell = any (p_cells) or o.right_cell = any (p_cells))
$$;
comment on function private.arcs_around(uuid, int[]) is 'Borders of some cells as a plan has them. O(borders of these cells).';

create function private.own_cells(p_plan uuid) returns int[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct t.cell_id order by t.cell_id), '{}')
  from (
    select o.cell_id from public.plan_land_cells o where o.plan_id = p_plan
    union all
    select s.cell_id from public.plan_land_arcs o cross join lateral (values (o.left_cell), (o.right_cell)) s(cell_id)
    where o.plan_id = p_plan and not o.gone
    union all
    select s.cell_id
    from public.plan_land_arcs o
    join public.land_arcs a on a.id = o.arc_id
    cross join lateral (values (a.left_cell), (a.right_cell)) s(cell_id)
    where o.plan_id = p_plan
    union all
    select o.cell_id from public.plan_land_buildings o where o.plan_id = p_plan
    union all
    select b.cell_id from public.plan_land_buildings o join public.buildings b on b.id = o.building_id where o.plan_id = p_plan
  ) t
  where t.cell_id is not null
$$;
comment on function private.own_cells(uuid) is
  'Cells a plan has made, done away with or drawn otherwise, by their borders, labels or buildings: ids of the land and its own.';
