import type { PatrolNetwork, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { Checkpoint, PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import { toMetres } from '@/core/places-in-metres'
import { nearestNode, pace, placeCheckpoints, type RouteGround } from './encode-plan'

/** Segments by the address of their stretch. */
export interface SegmentIndex {
  /** −1: no segment of the network has that address. */
  at(stretch: StreetStretch): number
}

export function segmentIndex({ segmentLine, segmentFromCm, segmentToCm }: PatrolNetwork, streetIds: ArrayLike<number>): SegmentIndex {
  const key = (streetId: number, fromCm: number, toCm: number): string => `${streetId} ${fromCm} ${toCm}`
  const index = new Map<string, number>()
  segmentLine.forEach((line, segment) => line >= 0 && index.set(key(streetIds[line], segmentFromCm[segment], segmentToCm[segment]), segment))
  return { at: ({ streetId, fromCm, toCm }) => index.get(key(streetId, fromCm, toCm)) ?? -1 }
}

/** What a route serves: times by segment, and its checkpoints. */
export interface RouteDuty {
  readonly passes: ReadonlyMap<number, number>
  readonly checkpoints: readonly number[]
}

/** Null where a step lies on no segment: the streets were changed since. */
export function dutyOfRoute({ steps, checkpoints }: Pick<PatrolRoute, 'steps' | 'checkpoints'>, index: SegmentIndex): RouteDuty | null {
  const passes = new Map<number, number>()
  for (const step of steps) {
    if (!step.served) continue
    const segment = index.at(step)
    if (segment < 0) return null
    passes.set(segment, (passes.get(segment) ?? 0) + 1)
  }
  return { passes, checkpoints }
}

/**
 * Duties of two routes after a stretch went from one to the other with every pass of it, and with the checkpoints that lie on it.
 * @param segmentOfCheckpoint segment a checkpoint is come by on, by id
 */
export function moveSegment(from: RouteDuty, to: RouteDuty, segment: number, segmentOfCheckpoint: ReadonlyMap<number, number>): { from: RouteDuty; to: RouteDuty } {
  const times = from.passes.get(segment) ?? 0
  const goes = (id: number): boolean => segmentOfCheckpoint.get(id) === segment
  const left = new Map(from.passes)
  left.delete(segment)
  return {
    from: { passes: left, checkpoints: from.checkpoints.filter((id) => !goes(id)) },
    to: {
      passes: times === 0 ? to.passes : new Map([...to.passes, [segment, Math.min(2, times + (to.passes.get(segment) ?? 0))]]),
      checkpoints: [...to.checkpoints, ...from.checkpoints.filter(goes)],
    },
  }
}

/** Thousands of trials for one route: it has few streets, and an answer is waited for. */
const EFFORT = 20

/** One route by itself, drawn up anew for what it serves. */
export function encodeRouteProblem(
  plan: Pick<PatrolPlan, 'serveMPerS' | 'walkMPerS'>,
  route: Pick<PatrolRoute, 'start' | 'end'>,
  duty: RouteDuty,
  checkpoints: readonly Checkpoint[],
  ground: RouteGround,
): { problem: PatrolProblem; checkpointIds: readonly number[] } {
  const { network, scope } = ground
  const passes = new Uint8Array(network.segmentFrom.length)
  duty.passes.forEach((times, segment) => (passes[segment] = times))
  const own = duty.checkpoints.flatMap((id) => checkpoints.find((checkpoint) => checkpoint.id === id) ?? [])
  const startNode = nearestNode(network, toMetres(scope.land.frame, route.start), passes)
  const isReached = (segment: number): boolean => network.component[network.segmentFrom[segment]] === network.component[startNode]
  const placed = placeCheckpoints(own, ground, isReached)
  return {
    problem: {
      network,
      passes,
      ...pace(network, plan),
      checkpoints: placed.columns,
      patrollers: [{ startNode, endNode: route.end === null ? -1 : nearestNode(network, toMetres(scope.land.frame, route.end), passes), limitS: Infinity, zone: null }],
      aim: 'min_total',
      seed: 1,
      effort: EFFORT,
    },
    checkpointIds: placed.ids,
  }
}
