import loadHighs from 'highs'
import { describe, expect, it } from 'vitest'
import { SITE } from '@/algorithms/siting/siting-problem'
import type { SitingTask } from '@/core/coverage/siting'
import { JobError, type JobOptions } from '@/jobs/job'
import { runSolveSiting } from '@/rooms/coverage/jobs/solve-siting/run-solve-siting'
import { solveSiting } from '@/rooms/coverage/jobs/solve-siting/solve-siting'
import type { SolvedSiting, SolveSitingInput } from '@/rooms/coverage/jobs/solve-siting/solve-siting-model'
import { sitingProblemOf } from '@/rooms/coverage/operations/siting-problem-of'

const TASK: SitingTask = {
  aim: 'most_served', communities: [], limitM: 800, keptLevels: [], level: 'grid_home', count: 2, capacity: 0, keepsCapacity: true, budget: 0, costEach: 0,
  weights: [1, 1, 1, 1, 1, 1, 1, 1], candidates: 'by_hand', added: [], forced: [], barred: [],
}

/** Buildings and sites in a line, metres; as many households in each. */
function line(buildings: readonly number[], sites: readonly (readonly [place: number, kind: number, capacity: number])[], each: number, changes: Partial<SitingTask> = {}): SolveSitingInput {
  const rows = buildings.map((at) => sites.map(([place], site) => [Math.round(100 * Math.abs(place - at)), site] as const).sort(([a, s], [b, t]) => a - b || s - t))
  const households = new Int32Array(8 * buildings.length)
  buildings.forEach((_, k) => (households[8 * k] = each))
  return {
    task: { ...TASK, ...changes },
    walks: {
      start: Uint32Array.from([0, ...buildings.map((_, k) => (k + 1) * sites.length)]),
      place: Int32Array.from(rows.flatMap((row) => row.map(([, site]) => site))),
      walkCm: Int32Array.from(rows.flatMap((row) => row.map(([cm]) => cm))),
    },
    households,
    state: Uint8Array.from(sites, ([, kind]) => kind),
    capacity: Int32Array.from(sites, ([, , capacity]) => capacity),
  }
}

const solve = (input: SolveSitingInput): Promise<SolvedSiting> => solveSiting(input, loadHighs, { onProgress: () => undefined })

describe('solving a siting task', () => {
  it('serves nobody without a station', async () => {
    const solved = await solve(line([0, 900], [[0, SITE.candidate, 0]], 10, { count: 0 }))
    expect(solved).toMatchObject({ value: 0, bound: 0, isProved: true })
  })

  it('serves exactly at the limit, and not a centimetre beyond', async () => {
    const solved = await solve(line([800, 1600.01], [[0, SITE.candidate, 0], [800, SITE.kept, 0]], 10, { count: 1 }))
    expect(solved.value).toBe(10)
    expect((await solve(line([800], [[0, SITE.candidate, 0]], 10, { count: 1 }))).value).toBe(10)
  })

  it('lets nobody into a station that is full, be it one that stays or a new one', async () => {
    const sites = [[0, SITE.kept, 15], [10, SITE.candidate, 0]] as const
    expect((await solve(line([0, 5, 10], sites, 10, { count: 1, capacity: 8 }))).value).toBe(23)
    expect((await solve(line([0, 5, 10], sites, 10, { count: 1, capacity: 8, keepsCapacity: false }))).value).toBe(30)
  })

  it('lets households of one building go to two stations', async () => {
    expect((await solve(line([0], [[0, SITE.kept, 6], [10, SITE.candidate, 0]], 10, { count: 1, capacity: 4 }))).value).toBe(10)
  })

  it('opens no more than the budget pays for', async () => {
    const input = line([0, 2000, 4000], [[0, SITE.candidate, 0], [2000, SITE.candidate, 0], [4000, SITE.candidate, 0]], 10, { count: 3, budget: 50, costEach: 20 })
    expect((await solve(input)).value).toBe(20)
    expect(sitingProblemOf(input).count).toBe(2)
    expect((await solve({ ...input, task: { ...input.task, budget: 0 } })).value).toBe(30)
  })

  it('counts households by the weight of their category', async () => {
    const input = line([0, 2000], [[0, SITE.candidate, 0], [2000, SITE.candidate, 0]], 0, { count: 1, weights: [1, 1, 5, 1, 1, 1, 1, 1] })
    input.households[0] = 30
    input.households[8] = 20
    input.households[8 + 2] = 3
    const solved = await solve(input)
    expect([...solved.open]).toEqual([0, 1])
    expect(solved.value).toBe(35)
  })

  it('opens no site that serves nobody', async () => {
    const solved = await solve(line([0], [[0, SITE.candidate, 0], [10, SITE.candidate, 0], [5000, SITE.candidate, 0]], 10, { count: 3 }))
    expect(solved.open.reduce((sum, is) => sum + is, 0)).toBe(1)
  })

  it('opens those that have to be', async () => {
    const solved = await solve(line([0, 2000], [[0, SITE.candidate, 0], [2000, SITE.candidate, 0], [9000, SITE.forced, 0]], 10, { count: 2 }))
    expect([solved.open[2], solved.value]).toEqual([1, 10])
  })
})

describe('running it in a worker', () => {
  const input = line([0, 700, 1500, 2300, 3100], [[0, SITE.candidate, 0], [700, SITE.candidate, 0], [1500, SITE.candidate, 0], [2300, SITE.candidate, 0]], 10, { aim: 'least_total_walk' })
  /** The job as a worker runs it: what goes in and out is copied. */
  const copied = async (given: SolveSitingInput, { onProgress }: JobOptions = {}): Promise<SolvedSiting> =>
    structuredClone(await solveSiting(structuredClone(given), loadHighs, { onProgress: (share, pass, found) => onProgress?.(share, pass, structuredClone(found)) }))

  it('tells of an answer before the proof', async () => {
    const told: string[] = []
    const solved = await runSolveSiting(input, { onAnswer: ({ value, isProved }) => told.push(`${value} ${isProved}`), onProgress: (_, pass) => told.push(pass) }, copied)
    expect(told.slice(0, 2)).toEqual(['first', 'proving'])
    expect(told[2]).toMatch(/^\d/)
    expect(solved).toMatchObject({ isProved: true, gap: 0, value: 23_000 })
  })

  it('keeps the best when it is stopped', async () => {
    const kept = await runSolveSiting(input, {}, async (given, options) => {
      await copied(given, options)
      throw new JobError('aborted', {}, 'aborted')
    })
    expect(kept.value).toBe(23_000)
    const early = runSolveSiting(input, {}, () => Promise.reject(new JobError('aborted', {}, 'aborted')))
    await expect(early).rejects.toMatchObject({ code: 'aborted' })
  })
})
