import type { TestDatabase } from './test-database'

/**
 * The edition in force and whether all of it is there: one grid for each cell, figures that add up, one plan published; and
 * the edition of the land with it, without a cell that two editions have, the plan's own land where it was or taken in.
 */
export interface State {
  number: number
  open: number
  cells: number
  households: number
  planStatus: string
  planEdition: number | null
  landEdition: number
  arcs: number
  ownThings: number
}

export async function readState(db: TestDatabase, landId: number, plan: string): Promise<State> {
  const [state] = await db.query<State>(
    `select max(e.number)::int as number, count(*) filter (where e.valid_to is null)::int as open,
      (select count(*)::int from public.grid_cells c join public.grid_editions o on o.id = c.edition_id where o.land_id = $1 and o.valid_to is null) as cells,
      (select sum(g.households)::int from public.grids g join public.grid_editions o on o.id = g.edition_id where o.land_id = $1 and o.valid_to is null) as households,
      (select status::text from public.plans where id = $2) as "planStatus",
      (select number from public.grid_editions where plan_id = $2) as "planEdition",
      (select edition from public.lands where id = $1) as "landEdition",
      (select count(*)::int from public.land_arcs where land_id = $1 and to_edition is null) as arcs,
      (select count(*)::int from public.plan_land_arcs where plan_id = $2) + (select count(*)::int from public.plan_land_nodes where plan_id = $2) as "ownThings"
     from public.grid_editions e where e.land_id = $1`, [landId, plan])
  return state
}

/** Speak as an account for the rest of the session, with the rights of the owner. */
export async function signIn(db: TestDatabase, sub: string): Promise<void> {
  await db.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', $2, false)`, [sub, JSON.stringify({ sub })])
}

/** A draft that redraws land: a node within a community is a lattice step further east, with its borders. At revision 1. */
export async function openDraft(db: TestDatabase, landId: number): Promise<string> {
  const [{ plan }] = await db.query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, '断电') as plan`, [landId])
  const [{ land }] = await db.query<{ land: unknown }>(
    `with node as (
       select n.id, n.x, n.y from public.land_nodes n
       where n.land_id = $1 and n.to_edition is null and 1 = (
         select count(distinct coalesce(c.community_id, 0)) from public.land_arcs a
         cross join lateral (values (a.left_cell), (a.right_cell)) s(cell) left join public.cells c on c.id = s.cell
         where a.land_id = $1 and a.to_edition is null and n.id in (a.start_node, a.end_node))
       order by n.y, n.x limit 1
     ), arc as (
       select a.*, m.dx, extensions.st_x(extensions.st_startpoint(a.line)) + m.dx * (a.start_node = n.id)::int as x0, extensions.st_y(extensions.st_startpoint(a.line)) as y0,
         extensions.st_x(extensions.st_endpoint(a.line)) + m.dx * (a.end_node = n.id)::int as x1, extensions.st_y(extensions.st_endpoint(a.line)) as y1
       from node n join public.land_arcs a on a.land_id = $1 and a.to_edition is null and n.id in (a.start_node, a.end_node)
       cross join (values (0), (1)) as m(dx)
     ), side as (
       select m.dx, jsonb_build_object('cells', '[]'::jsonb, 'buildings', '[]'::jsonb,
         'nodes', (select jsonb_build_array(jsonb_build_object('id', n.id, 'x', n.x + m.dx, 'y', n.y)) from node n),
         'arcs', (select jsonb_agg(jsonb_build_object('id', a.id, 'start', a.start_node, 'end', a.end_node, 'left', a.left_cell, 'right', a.right_cell,
           'kind', a.kind, 'xy', jsonb_build_array(a.x0, a.y0, a.x1, a.y1))) from arc a where a.dx = m.dx)) as patch
       from (values (0), (1)) as m(dx)
     )
     select jsonb_build_object('before', (select patch from side where dx = 0), 'after', (select patch from side where dx = 1)) as land`, [landId])
  await db.query('select public.save_plan_draft($1, 0, $2::jsonb)', [plan.planId, JSON.stringify([{ delta: { cells: [], grids: [], land } }])])
  return plan.planId
}
