import { describe, expect, it } from 'vitest'
import { eulerCircuit } from '@/algorithms/arc-routing/euler-circuit'
import { solvePostman, type PostmanTour } from '@/algorithms/arc-routing/solve-postman'
import type { EdgeGraph } from '@/algorithms/arc-routing/vertex-distances'
import { seededRandom } from '@/algorithms/shared/seeded-random'

const EFFORT = { seed: 1, trials: 20_000 }

/** A connected graph with whole costs, loops and parallel edges among them; some edges required. */
function randomStreets(seed: number, edges: number): { graph: EdgeGraph; required: Int32Array } {
  const random = seededRandom(seed)
  const vertexCount = 3 + Math.floor(random() * 4)
  const vertex = () => Math.floor(random() * vertexCount)
  const from = Int32Array.from({ length: edges }, (_, k) => (k + 1 < vertexCount ? Math.floor(random() * (k + 1)) : vertex()))
  const to = Int32Array.from({ length: edges }, (_, k) => (k + 1 < vertexCount ? k + 1 : vertex()))
  const cost = Float64Array.from({ length: edges }, () => 1 + Math.floor(random() * 9))
  const share = random()
  const required = Int32Array.from([...from.keys()].filter((k) => k === 0 || random() < share))
  return { graph: { vertexCount, from, to, cost }, required }
}

/** Least cost of a closed walk over the required edges: the shortest way in the space of vertex and edges served. */
function leastCost({ vertexCount, from, to, cost }: EdgeGraph, required: Int32Array): number {
  const all = (1 << required.length) - 1
  const start = from[required[0]]
  const known = new Float64Array(vertexCount * (all + 1)).fill(Infinity)
  known[start * (all + 1)] = 0
  const bitOf = new Map([...required].map((edge, bit) => [edge, 1 << bit]))
  // Served edges only ever become more, so one mask after the other; within a mask until nothing changes.
  for (let mask = 0; mask <= all; mask++) {
    for (let isChanging = true; isChanging; ) {
      isChanging = false
      from.forEach((a, edge) => {
        for (const [x, y] of [[a, to[edge]], [to[edge], a]]) {
          const there = known[x * (all + 1) + mask] + cost[edge]
          for (const next of [mask, mask | (bitOf.get(edge) ?? 0)]) {
            if (there >= known[y * (all + 1) + next]) continue
            known[y * (all + 1) + next] = there
            isChanging ||= next === mask
          }
        }
      })
    }
  }
  return known[start * (all + 1) + all]
}

function checkTour(graph: EdgeGraph, required: Int32Array, tour: PostmanTour): void {
  let cost = 0
  const begin = tour.reversed[0] === 1 ? graph.to[tour.edge[0]] : graph.from[tour.edge[0]]
  let at = begin
  tour.edge.forEach((edge, k) => {
    const ends = [graph.from[edge], graph.to[edge]]
    if (tour.reversed[k] === 1) ends.reverse()
    expect(ends[0]).toBe(at)
    at = ends[1]
    cost += graph.cost[edge]
  })
  expect(at).toBe(begin)
  expect(cost).toBeCloseTo(tour.cost, 6)
  expect([...tour.edge].filter((_, k) => tour.served[k] === 1).sort((a, b) => a - b)).toEqual([...required])
}

describe('the rural postman', () => {
  it('walks as little as any walk over 9 streets, tried by all of them', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const { graph, required } = randomStreets(seed, 9)
      const tour = solvePostman(graph, required, EFFORT)
      checkTour(graph, required, tour)
      const least = leastCost(graph, required)
      expect(tour.cost, `seed ${seed}`).toBe(least)
      expect(tour.bound, `seed ${seed}`).toBeLessThanOrEqual(least)
    }
  })

  it('is the Chinese postman where all is required: cost and bound are one', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { graph } = randomStreets(seed, 9)
      const tour = solvePostman(graph, Int32Array.from(graph.from.keys()), { seed, trials: 0 })
      expect(tour.cost, `seed ${seed}`).toBe(tour.bound)
    }
  })

  // 40 single streets of 1 on a lattice of 8 × 8 crossings, everything else passed.
  it('improves on what it began with, the same way each time, and stops with something good when told to', () => {
    const graph = lattice(8)
    const random = seededRandom(3)
    const required = Int32Array.from([...graph.from.keys()].filter(() => random() < 0.35))
    const begun = solvePostman(graph, required, { seed: 1, trials: 0 })
    const tour = solvePostman(graph, required, { seed: 1, trials: 60_000 })
    checkTour(graph, required, tour)
    expect(tour.cost).toBeLessThan(begun.cost)
    expect(tour.cost).toBeGreaterThanOrEqual(tour.bound)
    expect(solvePostman(graph, required, { seed: 1, trials: 60_000 })).toEqual(tour)
    const stopped = solvePostman(graph, required, { seed: 1, trials: 60_000 }, { signal: { aborted: true } })
    checkTour(graph, required, stopped)
    expect(stopped.cost).toBe(begun.cost)
  })

  it('says so where a street cannot be reached', () => {
    const graph = { vertexCount: 4, from: Int32Array.of(0, 2), to: Int32Array.of(1, 3), cost: Float64Array.of(1, 1) }
    expect(() => solvePostman(graph, Int32Array.of(0, 1), EFFORT)).toThrow('expected a way between all places')
  })
})

describe('walks over every edge once', () => {
  it('walk the two sides of a street one each way, whatever else meets there', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed)
      const vertex = () => Math.floor(random() * 5)
      const ends: [number, number, number][] = []
      for (let k = 0; k < 4; k++) {
        const [a, b] = [vertex(), vertex()]
        ends.push([a, b, 1], [b, a, 1])
      }
      // Closed walks of streets that go either way, and a ring, so that all hangs together.
      for (let k = 0; k < 5; k++) ends.push([k, (k + 1) % 5, 0])
      const [a, b, c] = [vertex(), vertex(), vertex()]
      ends.push([a, b, 0], [b, c, 0], [c, a, 0])
      const edges = {
        vertexCount: 5,
        from: Int32Array.from(ends, ([from]) => from),
        to: Int32Array.from(ends, ([, to]) => to),
        isOneWay: Uint8Array.from(ends, ([, , kind]) => kind),
      }
      const { edge, reversed } = eulerCircuit(edges, 2)
      expect([...edge].sort((x, y) => x - y), `seed ${seed}`).toEqual([...ends.keys()])
      expect([...edge].filter((one, k) => edges.isOneWay[one] === 1 && reversed[k] === 1)).toEqual([])
    }
  })

  it('say what is odd or lies apart', () => {
    const edges = (from: number[], to: number[]) => ({ vertexCount: 4, from: Int32Array.from(from), to: Int32Array.from(to), isOneWay: new Uint8Array(from.length) })
    expect(() => eulerCircuit(edges([0], [1]), 0)).toThrow('circuit')
    expect(() => eulerCircuit(edges([0, 2], [0, 2]), 0)).toThrow('walked 1')
  })
})

function lattice(side: number): EdgeGraph {
  const from: number[] = []
  const to: number[] = []
  const add = (a: number, b: number) => {
    from.push(a)
    to.push(b)
  }
  for (let k = 0; k < side * side; k++) {
    if ((k + 1) % side !== 0) add(k, k + 1)
    if (k + side < side * side) add(k, k + side)
  }
  return { vertexCount: side * side, from: Int32Array.from(from), to: Int32Array.from(to), cost: new Float64Array(from.length).fill(1) }
}
