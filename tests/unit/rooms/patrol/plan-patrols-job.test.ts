import { describe, expect, it } from 'vitest'
import type { PatrolOutcome, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { readPatrolProgress } from '@/algorithms/arc-routing/plan-patrols'
import { JobError, type JobOptions } from '@/jobs/job'
import { planPatrolsJob, type PlanPatrolsInput } from '@/rooms/patrol/jobs/plan-patrols/plan-patrols-job'
import { runPlanPatrols } from '@/rooms/patrol/jobs/plan-patrols/run-plan-patrols'

/** Three rings of three streets of 100 m that meet at one crossing, for two who start there: one of them walks two rings. */
function threeRings(limitS: number): PatrolProblem {
  const segments = [0, 1, 2].flatMap((ring) => {
    const [a, b] = [1 + 2 * ring, 2 + 2 * ring]
    return [[0, a], [a, b], [b, 0]]
  })
  const lengthM = new Float64Array(9).fill(100)
  const patroller = { startNode: 0, endNode: 0, limitS, zone: null }
  return {
    network: {
      nodeXYM: Float64Array.of(0, 0, 87, 50, 87, -50, -87, 50, -87, -50, -50, 87, 50, 87),
      segmentFrom: Int32Array.from(segments, ([from]) => from),
      segmentTo: Int32Array.from(segments, ([, to]) => to),
      segmentLengthM: lengthM,
      segmentLine: Int32Array.from(segments.keys()),
      segmentFromCm: new Int32Array(9),
      segmentToCm: new Int32Array(9).fill(10_000),
      pathStart: new Uint32Array(10),
      pathXYM: new Float64Array(0),
      component: new Int32Array(7),
      componentLengthM: Float64Array.of(900),
    },
    passes: new Uint8Array(9).fill(1),
    serviceS: lengthM.slice(),
    walkS: lengthM.slice(),
    checkpoints: { segment: new Int32Array(0), node: new Int32Array(0), dwellS: new Float64Array(0) },
    patrollers: [patroller, patroller],
    aim: 'min_max',
    seed: 1,
    effort: 100,
  }
}

/** The job as a worker runs it: what goes in and out is copied. */
const copied = async (input: PlanPatrolsInput, options: JobOptions = {}): Promise<PatrolOutcome> =>
  structuredClone(planPatrolsJob(structuredClone(input), { onProgress: options.onProgress ?? (() => undefined) }))

describe('the job of patrols', () => {
  it('goes on from stage to stage, telling how far it is and how the plan stands', async () => {
    const told: [share: number, pass: string][] = []
    const begun: (number | null)[] = []
    const outcome = await runPlanPatrols(threeRings(Infinity), { onProgress: (share, pass) => told.push([share, pass]) }, (input, options) => {
      begun.push(input.begin && input.begin.longestS)
      return copied(input, options)
    })
    expect(outcome.kind === 'plan' && outcome.plan.longestS).toBe(600)
    expect(begun).toEqual([null, 600, 600])
    expect(told.map(([share]) => share)).toEqual(told.map(([share]) => share).sort((a, b) => a - b))
    expect(told.map(([, pass]) => readPatrolProgress(pass)).at(-1)).toEqual({ longestS: 600, totalS: 900, boundS: 450 })
  })

  it('stopped before there is a plan says so, stopped later answers with the plan there is', async () => {
    const stopped = () => Promise.reject(new JobError('aborted', {}, 'aborted'))
    await expect(runPlanPatrols(threeRings(Infinity), {}, stopped)).rejects.toMatchObject({ code: 'aborted' })
    const outcome = await runPlanPatrols(threeRings(Infinity), {}, (input, options) => (input.begin ? stopped() : copied(input, options)))
    expect(outcome.kind === 'plan' && outcome.plan.longestS).toBe(600)
    const broken = () => Promise.reject(new JobError('job_failed', {}, 'broken'))
    await expect(runPlanPatrols(threeRings(Infinity), {}, (input, options) => (input.begin ? broken() : copied(input, options)))).rejects.toMatchObject({ code: 'job_failed' })
  })

  it('looks again where the search found nothing, and not where a bound refuses', async () => {
    let runs = 0
    const counted = (input: PlanPatrolsInput, options?: JobOptions) => {
      runs++
      return copied(input, options)
    }
    const found = await runPlanPatrols(threeRings(500), {}, counted)
    expect(found).toMatchObject({ kind: 'refused', refusals: [{ reason: 'none_found', shortfallS: 100 }] })
    expect(runs).toBe(3)
    const refused = await runPlanPatrols(threeRings(400), {}, counted)
    expect(refused).toMatchObject({ kind: 'refused', refusals: [{ reason: 'sum_exceeds_limits', shortfallS: 100 }] })
    expect(runs).toBe(4)
  })
})
