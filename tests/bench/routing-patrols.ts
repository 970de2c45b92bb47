import type { PatrolPlan, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import type { LandFrame } from '@/core/land-frame'
import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import { toDegrees } from '@/core/places-in-metres'
import { walkOf, type WalkOfRoute } from '@/rooms/patrol/operations/decode-plan'
import { dutyOfRoute, encodeRouteProblem, moveSegment, segmentIndex, type RouteDuty } from '@/rooms/patrol/operations/move-stretch'
import { nearSegments } from '@/rooms/patrol/operations/near-segments'
import { demoPatrols } from '../helpers/demo-patrols'
import { timed } from './processor-time-harness'
import { benchRow, type BenchContext, type Row } from './row'

const PATROLLERS = [2, 3, 4, 6, 8]
/** Thousands of trials for each second that may be spent; four seconds where nothing is said. */
const EFFORT_PER_SECOND = 400
const SECONDS = 4
/** Segments moved by hand, spread over the required ones. */
const MOVES = 40

/**
 * Patrols of the demo street's community of most households: `value` the longest route in seconds, `bound` what none can be below,
 * `peer` what the search began with (`effort` 0), `ratio` of the longest to its. One row of edits by hand as the console
 * makes them, both routes drawn up anew: `ms` in the middle, `value` and `bound` of the plan after all of them.
 */
export default async function bench({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const { name, frame, problem } = demoPatrols(1, Math.round(EFFORT_PER_SECOND * (secondsPerInstance ?? SECONDS)))
  const { network: { segmentLengthM }, passes } = problem
  const requiredM = segmentLengthM.reduce((sum, metres, segment) => sum + metres * passes[segment], 0)
  const tasks = passes.reduce((sum, times) => sum + times, 0)
  say(`${name}: ${tasks} segments of ${(requiredM / 1000).toFixed(1)} km to walk, among ${segmentLengthM.length} of the street`)
  const rows = PATROLLERS.map((count) => {
    const instance = { ...problem, patrollers: Array.from({ length: count }, () => problem.patrollers[0]) }
    const plain = timed(() => planOf({ ...instance, effort: 0 }))
    const { value: plan, ms } = timed(() => planOf(instance))
    say(`${count} patrollers: longest ${minutes(plan.longestS)}, bound ${minutes(plan.boundS)}, sum ${minutes(plan.totalS)}, overlap ${plan.overlap.toFixed(3)}, `
      + `mean distance of what one serves ${plan.taskDistanceM.toFixed(0)} m; ${(ms / 1000).toFixed(1)} s`)
    return benchRow({
      suite: 'routing', instance: `${name}, ${count} patrollers`, size: tasks, value: plan.longestS, bound: plan.boundS, gapPct: 100 * plan.gap, ms,
      peer: 'start', peerValue: plain.value.longestS, peerMs: plain.ms, ratio: plan.longestS / plain.value.longestS,
    })
  })
  return [...rows, editRow(name, frame, { ...problem, patrollers: Array.from({ length: 4 }, () => problem.patrollers[0]) })]
}

function editRow(name: string, frame: LandFrame, problem: PatrolProblem): Row {
  const { network, passes, patrollers } = problem
  const lineIds = Int32Array.from({ length: Math.max(...network.segmentLine) + 1 }, (_, line) => line)
  const index = segmentIndex(network, lineIds)
  const ground = { network, near: nearSegments(network), scope: { land: { frame } } }
  const place = toDegrees(frame, network.nodeXYM[2 * patrollers[0].startNode], network.nodeXYM[2 * patrollers[0].startNode + 1])
  const drawUp = (duty: RouteDuty): WalkOfRoute =>
    walkOf(planOf(encodeRouteProblem(PATROL_SETTINGS, { start: place, end: place }, duty, [], ground).problem).routes[0], network, lineIds, [])
  const dutyOf = (walk: WalkOfRoute): RouteDuty => {
    const duty = dutyOfRoute(walk, index)
    if (!duty) throw new Error('expected a route on the segments of the network')
    return duty
  }
  const plan = planOf(problem)
  const walks = plan.routes.map((route) => walkOf(route, network, lineIds, []))
  const required = [...passes.keys()].filter((segment) => passes[segment] > 0)
  const moved = required.filter((_, k) => k % Math.ceil(required.length / MOVES) === 0)
  const times = moved.map((segment, k) => timed(() => {
    const duties = walks.map(dutyOf)
    const from = duties.findIndex((duty) => duty.passes.has(segment))
    const to = (from + 1 + (k % (walks.length - 1))) % walks.length
    const both = moveSegment(duties[from], duties[to], segment, new Map())
    walks[from] = drawUp(both.from)
    walks[to] = drawUp(both.to)
  }).ms)
  const served = new Set(walks.flatMap((walk) => [...dutyOf(walk).passes.keys()]))
  if (served.size !== required.length) throw new Error(`expected ${required.length} segments served after the edits, got ${served.size}`)
  return benchRow({
    suite: 'routing', instance: `${name}, a segment moved by hand`, size: moved.length, value: Math.max(...walks.map(({ seconds }) => seconds)), bound: plan.boundS,
    ms: times.sort((a, b) => a - b)[times.length >> 1],
  })
}

function planOf(problem: PatrolProblem): PatrolPlan {
  const outcome = planPatrols(problem)
  if (outcome.kind !== 'plan') throw new Error(`expected a plan, got ${JSON.stringify(outcome.refusals)}`)
  const { longestS, boundS } = outcome.plan
  if (longestS < boundS - 1e-6) throw new Error(`longest ${longestS} s is below the bound ${boundS} s`)
  return outcome.plan
}

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`
