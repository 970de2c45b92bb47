import type { TestDatabase } from './test-database'

/** The edition in force and whether all of it is there: one grid for each cell, figures that add up, one plan published. */
export interface State {
  number: number
  open: number
  cells: number
  households: number
  planStatus: string
  planEdition: number | null
}

export async function readState(db: TestDatabase, landId: number, plan: string): Promise<State> {
  const [state] = await db.query<State>(
    `select max(e.number)::int as number, count(*) filter (where e.valid_to is null)::int as open,
      (select count(*)::int from public.grid_cells c join public.grid_editions o on o.id = c.edition_id where o.land_id = $1 and o.valid_to is null) as cells,
      (select sum(g.households)::int from public.grids g join public.grid_editions o on o.id = g.edition_id where o.land_id = $1 and o.valid_to is null) as households,
      (select status::text from public.plans where id = $2) as "planStatus",
      (select number from public.grid_editions where plan_id = $2) as "planEdition"
     from public.grid_editions e where e.land_id = $1`, [landId, plan])
  return state
}

/** Speak as an account for the rest of the session, with the rights of the owner. */
export async function signIn(db: TestDatabase, sub: string): Promise<void> {
  await db.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', $2, false)`, [sub, JSON.stringify({ sub })])
}

export async function openDraft(db: TestDatabase, landId: number): Promise<string> {
  const [{ plan }] = await db.query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, '断电') as plan`, [landId])
  return plan.planId
}
