import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureMedianPlan, type MedianProblem } from '@/algorithms/clustering/median-problem'
import { costsOfPoints, costsOfWays } from '@/algorithms/clustering/node-costs'
import { solveMedians } from '@/algorithms/clustering/solve-medians'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** Points in a square of 100, demands 1 … 9, capacities such that the medians hold all of it with some room left. */
function scatter(seed: number, count: number, medians: number, fullness = 0.8, isWeighted = false): MedianProblem {
  const random = seededRandom(seed)
  const draw = (make: () => number) => Float64Array.from({ length: count }, make)
  const demand = draw(() => 1 + Math.floor(random() * 9))
  const capacity = Math.ceil(demand.reduce((sum, amount) => sum + amount, 0) / medians / fullness)
  const costs = costsOfPoints(draw(() => 100 * random()), draw(() => 100 * random()), isWeighted ? draw(() => 1 + 3 * random()) : undefined)
  return { costs, demand, capacity: new Float64Array(count).fill(capacity), medians }
}

/** Least cost over every choice of medians and every assignment within capacity; Infinity where there is none. */
function bruteForce({ costs, demand, capacity, medians, fixed = [] }: MedianProblem): number {
  const count = demand.length
  let best = Infinity
  const chosen: number[] = []
  function assign(node: number, load: number[], cost: number): void {
    if (cost >= best) return
    if (node === count) {
      best = cost
      return
    }
    chosen.forEach((median, index) => {
      if (load[index] + demand[node] > capacity[median]) return
      load[index] += demand[node]
      assign(node + 1, load, cost + costs.of(node, median))
      load[index] -= demand[node]
    })
  }
  function choose(from: number): void {
    if (chosen.length === medians) {
      if (fixed.every((node) => chosen.includes(node))) assign(0, chosen.map(() => 0), 0)
      return
    }
    for (let node = from; node < count; node++) {
      if (!(capacity[node] > 0)) continue
      chosen.push(node)
      choose(node + 1)
      chosen.pop()
    }
  }
  choose(0)
  return best
}

interface Simple {
  count: number
  medians: number
  isOnePlace?: boolean
  onlySite?: number
}

const quick = { seed: 3, movesANode: 80_000 }

describe('capacitated medians', () => {
  it('are the cheapest there are, and the bound is below them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), fc.boolean(), (seed, medians, isWeighted) => {
        const problem = scatter(seed, 9, medians, 0.75, isWeighted)
        const least = bruteForce(problem)
        fc.pre(least < Infinity)
        const plan = solveMedians(problem, quick)
        expect(plan.overload).toBe(0)
        expect(plan.cost).toBeCloseTo(least, 6)
        expect(plan.bound).toBeLessThanOrEqual(least + 1e-6)
      }),
      { numRuns: 10, seed: 1 },
    )
  })

  it('hold what is fixed, go only where there is capacity, and follow ways that are not symmetric', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const count = 9
        const { costs: straight } = scatter(seed, count, 3)
        const costs = costsOfWays(count, (node, median) => straight.way(node, median) * (1 + random()))
        const demand = Float64Array.from({ length: count }, () => Math.floor(random() * 4))
        const capacity = Float64Array.from({ length: count }, (_, node) => (node % 2 === 0 ? 6 + Math.floor(random() * 6) : 0))
        const problem = { costs, demand, capacity, medians: 3, fixed: [4] }
        const least = bruteForce(problem)
        fc.pre(least < Infinity)
        const plan = solveMedians(problem, quick)
        expect([...plan.medians]).toContain(4)
        expect(plan.overload).toBe(0)
        expect(plan.cost).toBeCloseTo(least, 6)
      }),
      { numRuns: 10, seed: 2 },
    )
  })

  it('serve every node within capacity, counted anew, tight or loose', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 12 }), fc.constantFrom(0.5, 0.8, 0.93), (seed, medians, fullness) => {
        const problem = scatter(seed, 80, medians, fullness)
        const plan = solveMedians(problem, { seed, movesANode: 1000 })
        expect(measureMedianPlan(problem, plan.medians, plan.medianOf)).toEqual({ cost: plan.cost, overload: 0 })
        expect(new Set(plan.medians).size).toBe(medians)
        expect(plan.medianOf.every((median) => median >= 0 && median < medians)).toBe(true)
        expect(plan.cost).toBeGreaterThanOrEqual(plan.bound)
      }),
      { numRuns: 12, seed: 3 },
    )
  })

  it('without limits go to the nearest', () => {
    const problem = { ...scatter(5, 60, 6), capacity: new Float64Array(60).fill(Infinity) }
    const { medians, medianOf, cost, bound } = solveMedians(problem, quick)
    medianOf.forEach((median, node) => {
      expect(problem.costs.of(node, medians[median])).toBe(Math.min(...[...medians].map((site) => problem.costs.of(node, site))))
    })
    expect(cost).toBeLessThanOrEqual(bound * 1.02)
  })

  it.each([
    ['one node', { count: 1, medians: 1 }, 0],
    ['every node its own median', { count: 7, medians: 7 }, 0],
    ['all in one place', { count: 12, medians: 3, isOnePlace: true }, 0],
    ['one site for all', { count: 9, medians: 1, onlySite: 6 }, null],
  ])('know the simplest cases: %s', (_, { count, medians, isOnePlace, onlySite }: Simple, cost) => {
    const { demand, costs } = scatter(6, count, medians)
    const problem: MedianProblem = {
      costs: isOnePlace ? costsOfPoints(new Float64Array(count), new Float64Array(count)) : costs,
      demand,
      capacity: Float64Array.from(demand, (__, node) => (onlySite === undefined || node === onlySite ? 100 : 0)),
      medians,
    }
    const plan = solveMedians(problem, { seed: 1, movesANode: 200 })
    expect(plan.overload).toBe(0)
    expect(plan.cost).toBeCloseTo(cost ?? demand.reduce((sum, __, node) => sum + costs.of(node, 6), 0), 9)
  })

  it('are the same for the same seed', () => {
    const problem = scatter(8, 300, 40)
    const [first, again, other] = [1, 1, 2].map((seed) => solveMedians(problem, { seed, movesANode: 600 }))
    expect(again).toEqual(first)
    expect(other.medianOf).not.toEqual(first.medianOf)
  })

  it('come back at once when stopped, served and within capacity', () => {
    const problem = scatter(9, 200, 12)
    const passes: string[] = []
    const signal = { aborted: false }
    const plan = solveMedians(problem, { seed: 1 }, {
      signal,
      onProgress: (_, pass) => {
        passes.push(pass)
        if (pass === 'anneal') signal.aborted = true
      },
    })
    expect(passes).not.toContain('regions')
    expect(plan.overload).toBe(0)
    const whole = solveMedians(problem, { seed: 1, movesANode: 3000 })
    expect(whole.cost).toBeLessThanOrEqual(plan.cost)
  })

  it('say how much is too much where capacities cannot hold the demand', () => {
    const problem = { ...scatter(4, 30, 3), capacity: new Float64Array(30).fill(10) }
    const demand = problem.demand.reduce((sum, amount) => sum + amount, 0)
    expect(solveMedians(problem, { seed: 1, movesANode: 500 }).overload).toBe(demand - 30)
  })

  it.each([
    [{ medians: 0 }, 'expected 1 to 30 medians, as many as nodes with capacity, got 0'],
    [{ medians: 31 }, 'expected 1 to 30 medians, as many as nodes with capacity, got 31'],
    [{ fixed: [1, 1] }, 'expected at most 3 different fixed medians, each with capacity, got 1, 1'],
    [{ demand: new Float64Array(29) }, 'expected demand, capacity and weight of 30 nodes, got 29, 30, 30'],
    [{ demand: new Float64Array(30).fill(NaN) }, 'expected demands ≥ 0'],
    [{ capacity: new Float64Array(30).fill(-1) }, 'expected capacities ≥ 0'],
  ])('refuse %o', (part, words) => {
    expect(() => solveMedians({ ...scatter(4, 30, 3), ...part }, { seed: 1 })).toThrow(words)
  })
})
