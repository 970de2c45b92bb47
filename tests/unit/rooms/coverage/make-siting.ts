import { makeAccessGround, type AccessGround } from '@/algorithms/routing/access-ground'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { SitedStation, SitingTask } from '@/core/coverage/siting'
import { toDegrees } from '@/core/places-in-metres'
import type { Scope, Station } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { encodeAccess } from '@/rooms/coverage/operations/encode-access'
import { snapPlaces } from '@/rooms/coverage/operations/siting-candidates'
import { sitingDemand } from '@/rooms/coverage/operations/siting-demand'
import { sitingOutcome, type SitingOutcome } from '@/rooms/coverage/operations/siting-outcome'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

/*
 *  y 800 +---+---+ … +---+    cells of 100 m, 12 × 8, a way on every border; communities 0 (west) and 1 (east of x = 600);
 *        |   |   |   |   |    four buildings a cell, within 45 m of a way each
 *      0 +---+---+ … +---+
 *        x 0             1200
 */
const [COLUMNS, ROWS, SIDE_M] = [12, 8, 100]
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k)
export const ACCESS_M = 60
export const accessLimitM = () => ACCESS_M

export interface SitingWorld {
  readonly scope: Scope
  readonly ground: AccessGround
  at(x: number, y: number): LngLat
}

/** The made-up street with ways along the borders of its cells, and stations. */
export function makeSitingWorld(stations: readonly (readonly [x: number, y: number, level: Station['level'], capacity: number])[] = [], changes: Partial<Scope> = {}): SitingWorld {
  const street = decodeSnapshot(makeSnapshot(COLUMNS, ROWS), buildCellAdjacency)
  const { frame } = street.land
  const at = (x: number, y: number): LngLat => toDegrees(frame, x, y)
  const way = (id: number, ...line: LngLat[]) => ({ id, name: `${id}路`, class: 'residential', line })
  const scope: Scope = {
    ...street,
    compounds: [], features: [],
    streets: [
      ...range(ROWS + 1).map((row) => way(11 + row, at(0, row * SIDE_M), at(COLUMNS * SIDE_M, row * SIDE_M))),
      ...range(COLUMNS + 1).map((column) => way(31 + column, at(column * SIDE_M, 0), at(column * SIDE_M, ROWS * SIDE_M))),
    ],
    stations: stations.map(([x, y, level, capacity], k) => ({ id: 901 + k, name: `站${k + 1}`, level, capacity, community: x < 600 ? 0 : 1, at: at(x, y) })),
    ...changes,
  }
  return { scope, ground: makeAccessGround(encodeAccess(scope, [], [{ accessLimitM: ACCESS_M }, { accessLimitM: ACCESS_M }])), at }
}

export const TASK: SitingTask = {
  aim: 'most_served', communities: [], limitM: 300, keptLevels: ['community_station', 'grid_home'], level: 'grid_home', count: 2, capacity: 0, keepsCapacity: true, budget: 0, costEach: 0,
  weights: [1, 1, 1, 1, 1, 1, 1, 1], candidates: 'buildings', added: [], forced: [], barred: [],
}

export const siteAt = ({ at }: SitingWorld, x: number, y: number, capacity = 0, name = '新站'): SitedStation =>
  ({ at: at(x, y), name, level: 'grid_home', capacity, community: x < 600 ? 0 : 1, buildingId: null, byHand: true })

export function outcomeOf({ scope, ground }: SitingWorld, task: SitingTask, sites: readonly SitedStation[], arePublished = false): SitingOutcome {
  return sitingOutcome(task, sites, snapPlaces(ground, scope.land.frame, sites, accessLimitM), sitingDemand(task, scope.buildings, ground.doors), ground, scope, arePublished)
}
