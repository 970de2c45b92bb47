import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { CoverageSettings } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { decodeSnapshot, type SnapshotJson } from '@/data/scope-snapshot'
import { measureAccessOfLand } from '@/rooms/coverage/operations/measure-access-of-land'
import type { SqlSession } from './sql-session'

/**
 * Measures walks to stations where they are no longer those of the present, then keeps what today comes to, as the system: so that
 * who is served is known and counted also while nobody looks.
 * @param clockShiftS seconds by which the clock of rules goes ahead
 * @returns communities that were measured; one that changed meanwhile is not among them, and stays for the next time
 */
export async function runCoverageRules(sql: SqlSession, clockShiftS: number): Promise<number> {
  const stale = await sql.query<StaleCommunity>('select land_id as land, community_id as community, revision from private.stale_access()')
  let measured = 0
  for (const land of new Set(stale.map((one) => one.land))) {
    measured += await measureLand(sql, clockShiftS, land, stale.filter((one) => one.land === land))
  }
  await byClock(sql, clockShiftS, (inner) => inner.query('select private.refresh_gap_day()'))
  return measured
}

interface StaleCommunity {
  readonly land: number
  readonly community: number
  readonly revision: number
}

async function measureLand(sql: SqlSession, clockShiftS: number, land: number, stale: readonly StaleCommunity[]): Promise<number> {
  const { scope, closedGates, settings } = await readGround(sql, land)
  const revisionOf = new Map(stale.map(({ community, revision }) => [community, revision]))
  // A community without land yet has no walls to go by.
  const communities = scope.communities.filter(({ id }) => revisionOf.has(id)).map(({ id }) => id)
  if (communities.length === 0) return 0
  const { measured } = measureAccessOfLand(scope, closedGates, settings)
  const buildings = [...scope.buildings.ids.keys()].filter((k) => revisionOf.has(scope.communities[scope.buildings.community[k]].id))
  const fives = (column: Int32Array): number[] => buildings.flatMap((k) => [...column.subarray(5 * k, 5 * k + 5)])
  const access = {
    building: buildings.map((k) => scope.buildings.ids[k]),
    accessCm: buildings.map((k) => measured.accessCm[k]),
    stationIds: fives(measured.stationIds),
    walkCm: fives(measured.walkCm),
  }
  try {
    await byClock(sql, clockShiftS, (inner) =>
      inner.query('select private.keep_access($1, $2, $3, $4)', [land, communities, communities.map((id) => revisionOf.get(id)!), access]))
  } catch (error) {
    if ((error as Error).message === 'access_stale') return 0
    throw error
  }
  return communities.length
}

interface Ground {
  readonly scope: Scope
  readonly closedGates: readonly LngLat[]
  /** By community of the scope. */
  readonly settings: readonly CoverageSettings[]
}

/** All of a land in one statement, so as of one moment: walls of one edition with buildings of another would be none. */
async function readGround(sql: SqlSession, land: number): Promise<Ground> {
  const [{ snapshot, gates, rules }] = await sql.query<{ snapshot: SnapshotJson; gates: LngLat[]; rules: Readonly<Record<string, CoverageSettings>> }>(
    `select public.scope_snapshot($1) as snapshot,
       (select coalesce(json_agg(private.lng_lat(g.geom) order by g.id), '[]') from public.patrol_gates g where g.land_id = $1) as gates,
       (select coalesce(json_object_agg(c.id, public.coverage_settings(c.id)), '{}') from unnest(private.communities_of(array[$1])) as c(id)) as rules`,
    [land],
  )
  const scope = decodeSnapshot(snapshot, buildCellAdjacency)
  return { scope, closedGates: gates, settings: scope.communities.map(({ id }) => rules[id]) }
}

const byClock = <T>(sql: SqlSession, clockShiftS: number, work: (inner: SqlSession) => Promise<T>): Promise<T> =>
  sql.transaction(async (inner) => {
    await inner.query("select pg_catalog.set_config('gewu.clock_shift_s', $1, true)", [String(clockShiftS)])
    return work(inner)
  })
