import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { serveByCapacity } from '@/algorithms/siting/serve-by-capacity'
import type { WalkRows } from '@/algorithms/routing/walks-within'
import type { SitedStation, SitingFigures, SitingTask } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import { capacityKept, keptStations } from './encode-siting'
import { joinSnaps, pickSnaps, rowsOfChoice } from './site-rows'
import type { SitingDemand } from './siting-demand'

/** Whom the stations that stay and those of a scenario serve; columns by demand unless named otherwise. */
export interface SitingOutcome {
  readonly figures: SitingFigures
  /** Households served, each times its weight; where not all have room, as heavy ones as can be. */
  readonly weighted: number
  readonly demand: SitingDemand
  /** served + full + far = households of the demand. */
  readonly served: Int32Array
  readonly full: Int32Array
  readonly far: Int32Array
  /** Walk to the nearest station, full or not; −1 where none can be reached. Centimetres. */
  readonly nearestCm: Int32Array
  /** Indices of the stations that stay: the first sites; those of the scenario follow. */
  readonly kept: readonly number[]
  /** Households that go to a site, and those within its limit, whether they go there or not. */
  readonly load: Int32Array
  readonly within: Int32Array
}

const CATEGORIES = 8

/**
 * Who is served with all stations that stay and the sites of a scenario open, at once and exact: as many households as have room within
 * the limit, inclusive to the centimetre; see `serveByCapacity`. Parts add up: served + full + far + refused = households.
 *
 * @param sited where the sites come onto the streets; one that does not serves nobody
 * @param arePublished the sites are stations by now, and are not counted among those that stay
 * O(e + d) where all take as many as come, else a transport problem.
 */
export function sitingOutcome(
  task: SitingTask, sites: readonly Pick<SitedStation, 'capacity' | 'at' | 'name'>[], sited: DoorSnaps, demand: SitingDemand, ground: AccessGround,
  scope: Pick<Scope, 'stations' | 'buildings'>, arePublished = false,
): SitingOutcome {
  const kept = keptStations(task, scope.stations, ground, arePublished ? sites : [])
  const keptSnaps = pickSnaps(ground.stations, kept)
  const keptCapacity = capacityKept(task, scope.stations, kept)
  const limitCm = Math.round(100 * task.limitM)
  const households = demand.buildings.map((building) => scope.buildings.households[building])
  const before = serve(keptSnaps, keptCapacity)
  const after = sites.length === 0 ? before : serve(joinSnaps(keptSnaps, sited), Int32Array.from([...keptCapacity, ...sites.map(({ capacity }) => capacity)]))
  const far = households.map((count, k) => count - after.reached[k])
  const refused = demand.refused.reduce((all, building) => all + scope.buildings.households[building], 0)
  return {
    figures: {
      households: sum(households) + refused,
      served: sum(after.served),
      full: sum(after.reached) - sum(after.served),
      far: sum(far),
      refused,
      servedBefore: sum(before.served),
      ...walkFigures(after.nearestCm, households),
    },
    demand, kept, far,
    weighted: weightedServed(demand, task.weights, after),
    served: after.served,
    full: after.reached.map((count, k) => count - after.served[k]),
    nearestCm: after.nearestCm,
    load: after.load,
    within: after.within,
  }

  function serve(snaps: DoorSnaps, capacity: Int32Array) {
    const rows = rowsOfChoice(ground.graph, snaps, demand.doors, task.limitM, [...capacity].map((most) => most === 0))
    const nearestCm = households.map((_, k) => (rows.start[k + 1] > rows.start[k] ? rows.walkCm[rows.start[k]] : -1))
    const walks = rowsWithin(rows, limitCm)
    return { nearestCm, walks, capacity, ...serveByCapacity(walks, households, capacity) }
  }
}

/**
 * Most weight that has room. Who can be served together is a matroid, so that heavier households come first without any being lost: the
 * sum over steps of weight of what one step counts more than the next, times how many of that step or above have room (Edmonds 1971).
 */
function weightedServed(
  { households }: SitingDemand, weights: readonly number[], { walks, capacity, served }: Pick<ReturnType<typeof serveByCapacity>, 'served'> & { readonly walks: WalkRows; readonly capacity: Int32Array },
): number {
  const steps = [...new Set(weights)].sort((a, b) => a - b)
  return steps.reduce((all, step, k) => {
    const lower = k === 0 ? 0 : steps[k - 1]
    if (k === 0) return step * sum(served)
    const units = served.map((_, demand) => weights.reduce((count, weight, code) => count + (weight >= step ? households[CATEGORIES * demand + code] : 0), 0))
    return all + (step - lower) * sum(serveByCapacity(walks, units, capacity).served)
  }, 0)
}

/** Mean and longest walk of the households that reach a station, metres. */
function walkFigures(nearestCm: Int32Array, households: Int32Array): Pick<SitingFigures, 'meanM' | 'worstM'> {
  let [metres, reaching, worstM] = [0, 0, 0]
  nearestCm.forEach((cm, k) => {
    if (cm < 0) return
    metres += (households[k] * cm) / 100
    reaching += households[k]
    worstM = Math.max(worstM, cm / 100)
  })
  return { meanM: reaching === 0 ? 0 : metres / reaching, worstM }
}

/** Entries within the limit. */
function rowsWithin({ start, place, walkCm }: WalkRows, limitCm: number): WalkRows {
  const doors = start.length - 1
  const kept = [...walkCm.keys()].filter((k) => walkCm[k] <= limitCm)
  const until = new Uint32Array(doors + 1)
  let next = 0
  for (let door = 0; door < doors; door++) {
    while (next < kept.length && kept[next] < start[door + 1]) next++
    until[door + 1] = next
  }
  return { start: until, place: Int32Array.from(kept, (k) => place[k]), walkCm: Int32Array.from(kept, (k) => walkCm[k]) }
}

/** What a community is left with. served + full + far + refused = households. */
export interface SitingNeed {
  readonly community: number
  readonly households: number
  readonly served: number
  readonly full: number
  readonly far: number
  readonly refused: number
  /** Households of special groups among those too far. */
  readonly farSpecial: number
}

/** Need by community of those asked for, in their order; each column adds up to the figures. O(buildings + communities). */
export function needByCommunity(
  { demand, served, full, far }: Pick<SitingOutcome, 'demand' | 'served' | 'full' | 'far'>, { communities }: Pick<SitingTask, 'communities'>,
  scope: Pick<Scope, 'communities' | 'buildings'>, specialCategories: readonly number[],
): SitingNeed[] {
  const sums = scope.communities.map((_, community) => ({ community, households: 0, served: 0, full: 0, far: 0, refused: 0, farSpecial: 0 }))
  demand.buildings.forEach((building, k) => {
    const sum = sums[scope.buildings.community[building]]
    sum.households += served[k] + full[k] + far[k]
    sum.served += served[k]
    sum.full += full[k]
    sum.far += far[k]
    // Whoever is too far is so with the whole building.
    if (far[k] > 0) for (const code of specialCategories) sum.farSpecial += demand.households[CATEGORIES * k + code]
  })
  for (const building of demand.refused) {
    const sum = sums[scope.buildings.community[building]]
    sum.households += scope.buildings.households[building]
    sum.refused += scope.buildings.households[building]
  }
  return sums.filter(({ community }) => communities.length === 0 || communities.includes(community))
}

const sum = (column: Int32Array): number => column.reduce((all, value) => all + value, 0)
