import { describe, expect, it } from 'vitest'
import { boundCarp } from '@/algorithms/arc-routing/carp-bound'
import type { CarpPlan, CarpProblem } from '@/algorithms/arc-routing/carp-problem'
import { solveCarp } from '@/algorithms/arc-routing/carp-solve'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { judgeCarpPlan } from '../../../helpers/check-carp'

type Edge = [from: number, to: number, cost: number, demand: number]

function problemOf(vertexCount: number, edges: readonly Edge[], capacity: number, depot = 0): CarpProblem {
  return {
    graph: {
      vertexCount,
      from: Int32Array.from(edges, ([from]) => from),
      to: Int32Array.from(edges, ([, to]) => to),
      cost: Float64Array.from(edges, ([, , cost]) => cost),
    },
    demand: Float64Array.from(edges, ([, , , demand]) => demand),
    capacity,
    depot,
  }
}

/** A connected graph with parallel edges and loops, whole costs, and demands up to 9. */
function randomProblem(seed: number, vertexCount: number, required: number): CarpProblem {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const tree = Array.from({ length: vertexCount - 1 }, (_, index): Edge => [index + 1, below(index + 1), below(10), 0])
  const more = Array.from({ length: required }, (): Edge => [below(vertexCount), below(vertexCount), below(10), 1 + below(9)])
  return problemOf(vertexCount, [...tree, ...more], 9 + below(20), below(vertexCount))
}

/** What the evaluator of the benches makes of a plan. */
function judge({ graph, demand, capacity, depot }: CarpProblem, { routes }: CarpPlan): number {
  const edges = Array.from(graph.from, (from, edge) => ({ from, to: graph.to[edge], cost: graph.cost[edge], demand: demand[edge] }))
  return judgeCarpPlan(
    { vertices: graph.vertexCount, edges, capacity, depot },
    routes.map((route) =>
      Array.from(route.edges, (edge, at) => {
        const { from, to } = edges[edge]
        return route.isReversed[at] === 1 ? { edge, from: to, to: from } : { edge, from, to }
      }),
    ),
  )
}

/** The least cost of all plans: routes of every set of tasks by every order and direction, then sets shared out among routes. */
function leastOfAll({ graph, demand, capacity, depot }: CarpProblem): number {
  const count = graph.vertexCount
  const way = Array.from({ length: count }, (_, a) => Array.from({ length: count }, (_, b) => (a === b ? 0 : Infinity)))
  graph.from.forEach((a, edge) => {
    const b = graph.to[edge]
    if (a !== b) way[a][b] = way[b][a] = Math.min(way[a][b], graph.cost[edge])
  })
  for (let k = 0; k < count; k++) {
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) way[a][b] = Math.min(way[a][b], way[a][k] + way[k][b])
  }
  const tasks = [...demand.keys()].filter((edge) => demand[edge] > 0)
  const sets = 1 << tasks.length
  const routeCost = new Array<number>(sets).fill(Infinity)
  const walk = (set: number, vertex: number, cost: number, load: number) => {
    routeCost[set] = Math.min(routeCost[set], cost + way[vertex][depot])
    tasks.forEach((edge, bit) => {
      if (set & (1 << bit) || load + demand[edge] > capacity) return
      const { [edge]: a } = graph.from
      const { [edge]: b } = graph.to
      walk(set | (1 << bit), b, cost + way[vertex][a] + graph.cost[edge], load + demand[edge])
      walk(set | (1 << bit), a, cost + way[vertex][b] + graph.cost[edge], load + demand[edge])
    })
  }
  walk(0, depot, 0, 0)
  const least = routeCost.slice()
  for (let set = 1; set < sets; set++) {
    for (let part = (set - 1) & set; part > 0; part = (part - 1) & set) least[set] = Math.min(least[set], least[part] + least[set ^ part])
  }
  return least[sets - 1]
}

describe('capacitated arc routing', () => {
  it('finds the best of all plans of up to six tasks, and its bound is below it', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const problem = randomProblem(seed, 2 + (seed % 5), 1 + (seed % 6))
      const best = leastOfAll(problem)
      const plan = solveCarp(problem, { seed: 1, roundsATask: 60 })
      expect(plan.cost, `seed ${seed}`).toBe(best)
      expect(judge(problem, plan), `seed ${seed}`).toBe(best)
      expect(boundCarp(problem), `seed ${seed}`).toBeLessThanOrEqual(best)
      expect(plan.bound, `seed ${seed}`).toBe(boundCarp(problem))
    }
  })

  it('serves every required edge once within capacity and costs what the evaluator says, whatever the numbers', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const whole = randomProblem(100 + seed, 12, 30)
      const problem = { ...whole, graph: { ...whole.graph, cost: whole.graph.cost.map((cost) => cost / 7) } }
      const plan = solveCarp(problem, { seed, roundsATask: 8 })
      expect(judge(problem, plan)).toBeCloseTo(plan.cost, 9)
      expect(plan.cost).toBeGreaterThan(plan.bound * (1 - 1e-12))
      plan.routes.forEach(({ load }) => expect(load).toBeLessThanOrEqual(problem.capacity))
    }
  })

  it('depends on the seed alone', () => {
    const problem = randomProblem(7, 20, 40)
    const costs: number[] = []
    const plan = solveCarp(problem, { seed: 3, roundsATask: 30, onBetter: (cost) => costs.push(cost) })
    expect(solveCarp(problem, { seed: 3, roundsATask: 30 })).toEqual(plan)
    expect(costs.at(-1)).toBeCloseTo(plan.cost, 9)
    expect(costs).toEqual([...costs].sort((a, b) => b - a))
  })

  it('keeps the best so far when it is stopped, and tells how far it is', () => {
    const problem = randomProblem(8, 20, 40)
    let asked = 0
    const signal = {
      get aborted() {
        return ++asked > 3
      },
    }
    const shares: number[] = []
    const plan = solveCarp(problem, { seed: 1, roundsATask: 1e9 }, { signal, onProgress: (share) => shares.push(share) })
    expect(judge(problem, plan)).toBe(plan.cost)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  it('ends at once at a bound that is proved elsewhere', () => {
    const problem = randomProblem(9, 20, 40)
    const { cost } = solveCarp(problem, { seed: 1, roundsATask: 50 })
    let asked = 0
    const plan = solveCarp(problem, { seed: 1, bound: cost, pace: () => ++asked / 3000 })
    expect(plan).toMatchObject({ cost, bound: cost })
  })

  it('has no route where nothing is required', () => {
    expect(solveCarp(problemOf(2, [[0, 1, 3, 0]], 5), { seed: 1 })).toEqual({ routes: [], cost: 0, bound: 0 })
  })
})

describe('problems no plan could be made of', () => {
  const edges: Edge[] = [[0, 1, 3, 2], [1, 2, 4, 5]]
  it.each([
    ['demand above the capacity', problemOf(3, edges, 4), 'expected a demand of edge 1 from 0 to the capacity 4, got 5'],
    ['a required edge cut off', problemOf(5, [...edges, [3, 4, 1, 1]], 9), 'none leads to edge 2'],
    ['a vertex that is not there', problemOf(2, edges, 9), 'expected edge 1 between vertices 0 to 1, got 1 and 2'],
    ['a depot that is not there', problemOf(3, edges, 9, 3), 'expected a depot among vertices 0 to 2, got 3'],
    ['a capacity of nothing', problemOf(3, edges, 0), 'expected a capacity above 0, got 0'],
    ['a cost below zero', problemOf(3, [[0, 1, -1, 2]], 9), 'expected a cost ≥ 0 of edge 0, got -1'],
    ['a demand that is no number', problemOf(3, [[0, 1, 1, NaN]], 9), 'expected a demand of edge 0'],
    ['columns of different lengths', { ...problemOf(3, edges, 9), demand: new Float64Array(1) }, 'expected to, cost and demand of 2 edges, got 2, 2, 1'],
  ])('%s', (_, problem, message) => {
    expect(() => solveCarp(problem, { seed: 1 })).toThrow(message)
  })
})
