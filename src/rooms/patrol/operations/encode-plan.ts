import type { PatrolNetwork, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import type { Checkpoint } from '@/core/patrol/patrol-scope'
import { toMetres } from '@/core/places-in-metres'
import type { PlanRequest, Walker } from '../model'
import type { DueGround } from './due-passes'
import { CHECKPOINT_M } from './route-line'
import type { SegmentPlaces } from './segment-places'

/** A problem for the solver, and how to read its answer. */
export interface EncodedPlan {
  readonly problem: PatrolProblem
  /** Id by checkpoint of the problem. */
  readonly checkpointIds: readonly number[]
  /** Due, and reached from no start: left out and said so. */
  readonly leftSegments: readonly number[]
  readonly leftCheckpoints: readonly number[]
}

/** Trials of the search, in thousands: enough for a community, some seconds. */
const EFFORT = 200

/**
 * The problem of a request.
 * @param passes times each segment is to be served, see `duePasses`
 * @param checkpoints those to come by
 * Segments and checkpoints that hang together with no street of the start are left out. O(segments + nodes).
 */
export function encodePlan(request: PlanRequest, passes: Uint8Array, checkpoints: readonly Checkpoint[], ground: Pick<DueGround, 'network' | 'places' | 'near' | 'scope'>): EncodedPlan {
  const { network, places, scope } = ground
  const startNode = nearestNode(network, toMetres(scope.land.frame, request.start), passes)
  const component = network.component[startNode]
  const isReached = (segment: number): boolean => network.component[network.segmentFrom[segment]] === component
  const kept = passes.map((times, segment) => (isReached(segment) ? times : 0))
  const placed = placeCheckpoints(checkpoints, ground, isReached)
  return {
    problem: {
      network,
      passes: kept,
      ...pace(network, request),
      checkpoints: placed.columns,
      patrollers: request.walkers.map((walker) => ({
        startNode,
        endNode: request.returns ? startNode : -1,
        limitS: request.shiftMinutes * 60,
        zone: zoneOf(walker, places, scope),
      })),
      aim: request.aim,
      seed: 1,
      effort: EFFORT,
    },
    checkpointIds: placed.ids,
    leftSegments: [...passes.keys()].filter((segment) => passes[segment] > 0 && kept[segment] === 0),
    leftCheckpoints: checkpoints.map(({ id }) => id).filter((id) => !placed.ids.includes(id)),
  }
}

/** What a route by itself is drawn up on. */
export interface RouteGround extends Pick<DueGround, 'network' | 'near'> {
  readonly scope: { readonly land: Pick<DueGround['scope']['land'], 'frame'> }
}

/** Checkpoints on the nearest segment that is reached; one too far from all of them is left out. */
export function placeCheckpoints(
  checkpoints: readonly Checkpoint[],
  { near, scope }: Omit<RouteGround, 'network'>,
  isReached: (segment: number) => boolean,
): { readonly columns: PatrolProblem['checkpoints']; readonly ids: readonly number[] } {
  const placed = checkpoints.flatMap(({ id, lngLat, dwellS }) => {
    const segment = near.nearest(...toMetres(scope.land.frame, lngLat), CHECKPOINT_M, isReached)
    return segment < 0 ? [] : [{ id, segment, dwellS }]
  })
  return {
    columns: {
      segment: Int32Array.from(placed, ({ segment }) => segment),
      node: new Int32Array(placed.length).fill(-1),
      dwellS: Float64Array.from(placed, ({ dwellS }) => dwellS),
    },
    ids: placed.map(({ id }) => id),
  }
}

/** Seconds of a pass by segment. */
export function pace({ segmentLengthM }: PatrolNetwork, { serveMPerS, walkMPerS }: Pick<PlanRequest, 'serveMPerS' | 'walkMPerS'>): Pick<PatrolProblem, 'serviceS' | 'walkS'> {
  return { serviceS: segmentLengthM.map((metres) => metres / serveMPerS), walkS: segmentLengthM.map((metres) => metres / walkMPerS) }
}

/** Segments with one of the walker's grids on either hand; null: all. */
export function zoneOf({ gridIds }: Pick<Walker, 'gridIds'>, places: SegmentPlaces, { current }: { readonly current: { readonly grids: readonly { readonly id: string }[] } }): Uint8Array | null {
  if (gridIds.length === 0) return null
  const own = new Set(current.grids.flatMap(({ id }, grid) => (gridIds.includes(id) ? [grid] : [])))
  return Uint8Array.from(places.grid, (grid, segment) => Number(own.has(grid) || own.has(places.gridLeft[segment]) || own.has(places.gridRight[segment])))
}

/**
 * The node of the streets nearest to a place: of the component with most to serve among those that come near, so that a stub
 * beside the door is no start. O(nodes + segments).
 */
export function nearestNode({ nodeXYM, component, segmentFrom, segmentLengthM }: PatrolNetwork, [xM, yM]: readonly [number, number], passes: Uint8Array): number {
  const servedM = new Map<number, number>()
  passes.forEach((times, segment) => times > 0 && servedM.set(component[segmentFrom[segment]], (servedM.get(component[segmentFrom[segment]]) ?? 0) + segmentLengthM[segment]))
  const most = [...servedM].sort(([a, aM], [b, bM]) => bM - aM || a - b)[0]?.[0] ?? 0
  let [best, leastM] = [0, Infinity]
  for (let node = 0; node < component.length; node++) {
    if (component[node] !== most) continue
    const awayM = Math.hypot(nodeXYM[2 * node] - xM, nodeXYM[2 * node + 1] - yM)
    if (awayM < leastM) [best, leastM] = [node, awayM]
  }
  return best
}
