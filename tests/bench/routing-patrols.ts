import type { PatrolPlan, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { moveSegment } from '@/algorithms/arc-routing/patrol-edit'
import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import { demoPatrols } from '../helpers/demo-patrols'
import { timed } from './processor-time-harness'
import { benchRow, type BenchContext, type Row } from './row'

const PATROLLERS = [2, 3, 4, 6, 8]
/** Thousands of trials for each second that may be spent; four seconds where nothing is said. */
const EFFORT_PER_SECOND = 400
const SECONDS = 4

/**
 * Patrols of the demo street's community of most households: `value` the longest route in seconds, `bound` what none can be below,
 * `peer` what the search began with (`effort` 0), `ratio` of the longest to its. One row of edits by hand: `ms` in the middle of
 * moving each segment to the next route.
 */
export default async function bench({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const { name, problem } = demoPatrols(1, Math.round(EFFORT_PER_SECOND * (secondsPerInstance ?? SECONDS)))
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
  return [...rows, editRow(name, { ...problem, patrollers: Array.from({ length: 4 }, () => problem.patrollers[0]) })]
}

function editRow(name: string, problem: PatrolProblem): Row {
  let plan = planOf(problem)
  const required = [...problem.passes.keys()].filter((segment) => problem.passes[segment] > 0)
  const times = required.map((segment, k) => {
    const { value, ms } = timed(() => moveSegment(problem, plan, segment, k % plan.routes.length))
    plan = value
    return ms
  })
  return benchRow({ suite: 'routing', instance: `${name}, a segment moved by hand`, size: required.length, value: plan.longestS, bound: plan.boundS, ms: times.sort((a, b) => a - b)[times.length >> 1] })
}

function planOf(problem: PatrolProblem): PatrolPlan {
  const outcome = planPatrols(problem)
  if (outcome.kind !== 'plan') throw new Error(`expected a plan, got ${JSON.stringify(outcome.refusals)}`)
  const { longestS, boundS } = outcome.plan
  if (longestS < boundS - 1e-6) throw new Error(`longest ${longestS} s is below the bound ${boundS} s`)
  return outcome.plan
}

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`
