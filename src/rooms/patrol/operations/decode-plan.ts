import type { PatrolNetwork, PatrolPlan as SolvedPlan, PatrolRoute as SolvedRoute } from '@/algorithms/arc-routing/patrol-problem'
import type { PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import type { RouteStep } from '@/core/patrol/patrol'
import type { LngLat } from '@/core/units'
import type { PlanRequest } from '../model'

/** What of a route its walk decides. */
export type WalkOfRoute = Pick<PatrolRoute, 'seconds' | 'metres' | 'servedM' | 'steps' | 'checkpoints'>

/** The walk of a solved route, in addresses of streets. `streetIds` by line of the network. */
export function walkOf(route: SolvedRoute, network: PatrolNetwork, streetIds: ArrayLike<number>, checkpointIds: readonly number[]): WalkOfRoute {
  return {
    seconds: Math.round(route.seconds),
    metres: Math.round(route.lengthM),
    servedM: Math.round(route.servedM),
    steps: Array.from(route.segment, (segment, step): RouteStep => ({
      streetId: network.segmentLine[segment] < 0 ? 0 : streetIds[network.segmentLine[segment]],
      fromCm: network.segmentFromCm[segment],
      toCm: network.segmentToCm[segment],
      reversed: route.reversed[step] === 1,
      served: route.served[step] === 1 && network.segmentLine[segment] >= 0,
    })),
    checkpoints: Array.from(route.checkpoint, (checkpoint) => checkpointIds[checkpoint]),
  }
}

/** What a plan needs beside its routes. */
interface PlanHead {
  readonly request: PlanRequest
  readonly start: LngLat
}

/** The plan of a request as solved, not saved yet: no id, number 0, revision 0. Who stays at home has no route. */
export function decodePlan(solved: SolvedPlan, { request, start }: PlanHead, network: PatrolNetwork, streetIds: ArrayLike<number>, checkpointIds: readonly number[]): PatrolPlan {
  return {
    id: '',
    number: 0,
    revision: 0,
    state: 'draft',
    title: request.title,
    community: request.community,
    kind: request.occasion === 'duty' ? 'daily' : 'special',
    occasion: request.occasion,
    aim: request.aim,
    weekdays: request.weekdays,
    validFrom: request.validFrom,
    validTo: request.validTo,
    startMinute: request.startMinute,
    shiftS: request.shiftMinutes * 60,
    serveMPerS: request.serveMPerS,
    walkMPerS: request.walkMPerS,
    boundS: Math.floor(solved.boundS),
    routes: solved.routes
      .filter(({ segment, checkpoint }) => segment.length > 0 || checkpoint.length > 0)
      .map((route, k) => ({
        number: k + 1,
        personId: request.walkers[route.patroller].personId,
        start,
        end: request.returns ? start : null,
        gridIds: request.walkers[route.patroller].gridIds,
        ...walkOf(route, network, streetIds, checkpointIds),
      })),
  }
}

/** Longest route, sum, and the share by which what the plan aims at is above its bound. */
export function planFigures({ routes, aim, boundS }: Pick<PatrolPlan, 'routes' | 'aim' | 'boundS'>): { longestS: number; totalS: number; gap: number; servedM: number; metres: number } {
  const longestS = Math.max(0, ...routes.map(({ seconds }) => seconds))
  const totalS = routes.reduce((sum, { seconds }) => sum + seconds, 0)
  const valueS = aim === 'min_max' ? longestS : totalS
  return {
    longestS,
    totalS,
    gap: boundS > 0 ? Math.max(0, valueS / boundS - 1) : 0,
    servedM: routes.reduce((sum, { servedM }) => sum + servedM, 0),
    metres: routes.reduce((sum, { metres }) => sum + metres, 0),
  }
}
