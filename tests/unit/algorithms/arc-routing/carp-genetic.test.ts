import { describe, expect, it } from 'vitest'
import { CarpDescent } from '@/algorithms/arc-routing/carp-descent'
import { breedRoutes } from '@/algorithms/arc-routing/carp-genetic'
import { makeCarpGround, type CarpGround } from '@/algorithms/arc-routing/carp-ground'
import { TourSplit } from '@/algorithms/arc-routing/carp-split'
import { seededRandom } from '@/algorithms/shared/seeded-random'

function randomGround(seed: number, vertexCount: number, required: number): CarpGround {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const tree = Array.from({ length: vertexCount - 1 }, (_, index) => [index + 1, below(index + 1), 1 + below(9), 0])
  const more = Array.from({ length: required }, () => [below(vertexCount), below(vertexCount), 1 + below(9), 1 + below(9)])
  const edges = [...tree, ...more]
  const column = (at: number) => edges.map((edge) => edge[at])
  return makeCarpGround({
    graph: { vertexCount, from: Int32Array.from(column(0)), to: Int32Array.from(column(1)), cost: Float64Array.from(column(2)) },
    demand: Float64Array.from(column(3)),
    capacity: 20,
    depot: 0,
  })
}

/** Cost of a route by every choice of directions. */
function leastWays({ ends, ways, placeCount }: CarpGround, tasks: Int32Array): number {
  let least = Infinity
  for (let choice = 0; choice < 1 << tasks.length; choice++) {
    let cost = 0
    let place = 0
    tasks.forEach((task, at) => {
      const begin = 2 * task + ((choice >> at) & 1)
      cost += ways[place * placeCount + ends[begin]]
      place = ends[begin ^ 1]
    })
    least = Math.min(least, cost + ways[place])
  }
  return least
}

function overOf({ demand, room }: CarpGround, tasks: Int32Array): number {
  return Math.max(0, tasks.reduce((sum, task) => sum + demand[task], 0) - room)
}

describe('genetic search of capacitated arc routing', () => {
  it('cuts a tour where it is cheapest of all ways to cut it', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const count = 1 + (seed % 7)
      const ground = randomGround(seed, 8, count)
      const tour = Int32Array.from({ length: count }, (_, at) => (at * 5 + seed) % count)
      if (new Set(tour).size < count) continue
      const price = seed % 3
      const priceOf = (tasks: Int32Array) => leastWays(ground, tasks) + price * overOf(ground, tasks)
      const sum = (routes: readonly Int32Array[]) => routes.reduce((total, tasks) => total + priceOf(tasks), 0)
      let least = Infinity
      for (let cuts = 0; cuts < 1 << (count - 1); cuts++) {
        const at = [0, ...Array.from({ length: count - 1 }, (_, bit) => bit + 1).filter((bit) => cuts & (1 << (bit - 1))), count]
        const routes = at.slice(1).map((end, index) => tour.slice(at[index], end))
        const isAllowed = routes.every((tasks) => tasks.length === 1 || overOf(ground, tasks) <= 0.5 * ground.room)
        if (isAllowed) least = Math.min(least, sum(routes))
      }
      const routes = new TourSplit(ground).cut(tour, price)
      expect(routes.flatMap((tasks) => [...tasks])).toEqual([...tour])
      expect(sum(routes), `seed ${seed}`).toBeCloseTo(least, 9)
    }
  })

  it('improves routes without losing a task, to what they are said to cost', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const ground = randomGround(seed, 15, 24)
      const random = seededRandom(seed)
      const descent = new CarpDescent(ground, random, 10)
      const tasks = Int32Array.from({ length: 24 }, (_, task) => task)
      const given = [tasks.slice(0, 9), tasks.slice(9, 13), tasks.slice(13)]
      const priceOf = (routes: readonly Int32Array[]) =>
        routes.reduce((total, route) => total + descent.costOfTasks(route) + 3 * overOf(ground, route), 0)
      const improved = descent.improve(given, 3)
      expect(improved.flatMap((route) => [...route]).sort((a, b) => a - b)).toEqual([...tasks])
      expect(priceOf(improved)).toBeLessThan(priceOf(given))
      // Nothing is left to improve, whichever pairs come first.
      expect(priceOf(descent.improve(improved, 3))).toBeLessThanOrEqual(priceOf(improved))
      const short = improved.filter((route) => route.length <= 10)
      short.forEach((route) => expect(descent.costOfTasks(route)).toBe(leastWays(ground, route)))
    }
  })

  it('gives back the best plan within capacity, no dearer than the one it was given', () => {
    const ground = randomGround(5, 15, 24)
    const descent = new CarpDescent(ground, seededRandom(1), 10)
    const alone = Array.from({ length: 24 }, (_, task) => Int32Array.of(task))
    const sum = (routes: readonly Int32Array[]) => routes.reduce((total, route) => total + descent.costOfTasks(route), 0)
    const bred = breedRoutes(ground, seededRandom(2), { given: [alone], share: (children) => children / 300, bound: 0 })
    expect(bred.cost).toBe(sum(bred.routes))
    expect(bred.cost).toBeLessThan(sum(alone))
    expect(bred.routes.every((route) => overOf(ground, route) === 0)).toBe(true)
    const stopped = breedRoutes(ground, seededRandom(2), { given: [alone], share: () => 1, bound: 0 })
    expect(stopped.cost).toBe(sum(alone))
  })
})
