import type { CarpGround } from './carp-ground'
import type { TaskRoutes } from './carp-routes'

/** A plan whose routes may be above capacity, as the genetic search keeps it. */
export interface CarpIndividual {
  readonly routes: TaskRoutes
  /** All tasks, route after route. */
  readonly tour: Int32Array
  /** Of the ways. */
  readonly cost: number
  /** Demand above capacity, summed over the routes. */
  readonly over: number
  /** Neighbours by task, −1 at the ends of routes. */
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Share of broken pairs towards every other one of its half. */
  readonly distances: Map<CarpIndividual, number>
  /** Rank by cost and by what it adds to diversity; the lower the better. */
  fitness: number
}

/** Sizes as Vidal 2022, section 3. */
const LEAST_SIZE = 25
const GENERATION = 40
const ELITE = 4
const CLOSEST = 5

export function makeIndividual(ground: CarpGround, routes: TaskRoutes, costOf: (tasks: Int32Array) => number): CarpIndividual {
  const { taskCount, demand, room } = ground
  const tour = new Int32Array(taskCount)
  const next = new Int32Array(taskCount).fill(-1)
  const previous = new Int32Array(taskCount).fill(-1)
  let filled = 0
  let cost = 0
  let over = 0
  for (const tasks of routes) {
    cost += costOf(tasks)
    let load = 0
    tasks.forEach((task, at) => {
      load += demand[task]
      if (at > 0) previous[task] = tasks[at - 1]
      if (at + 1 < tasks.length) next[task] = tasks[at + 1]
    })
    if (load > room) over += load - room
    tour.set(tasks, filled)
    filled += tasks.length
  }
  return { routes, tour, cost, over, next, previous, distances: new Map(), fitness: 0 }
}

/** Share of tasks whose neighbours in one plan are not neighbours in the other (Prins 2009), whichever way round. */
function brokenPairs(a: CarpIndividual, b: CarpIndividual): number {
  const count = a.tour.length
  let broken = 0
  for (let task = 0; task < count; task++) {
    const next = a.next[task]
    if (next !== b.next[task] && next !== b.previous[task]) broken++
    if (a.previous[task] < 0 && b.previous[task] >= 0 && b.next[task] >= 0) broken++
  }
  return broken / count
}

/**
 * The plans within capacity, or those above, of a genetic search: after each generation the ones that are alike or dear go, judged
 * by cost and by distance to the plans most like them (Vidal et al. 2012, section 4.5).
 */
export class CarpPopulation {
  members: CarpIndividual[] = []

  get size(): number {
    return this.members.length
  }

  clear(): void {
    this.members = []
  }

  add(individual: CarpIndividual, price: number): void {
    for (const other of this.members) {
      const distance = brokenPairs(individual, other)
      individual.distances.set(other, distance)
      other.distances.set(individual, distance)
    }
    this.members.push(individual)
    this.rate(price)
    if (this.members.length < LEAST_SIZE + GENERATION) return
    while (this.members.length > LEAST_SIZE) {
      const isClone = (member: CarpIndividual) => closest(member, 1) < 1e-9
      const candidates = this.members.slice(1)
      const clones = candidates.filter(isClone)
      const from = clones.length > 0 ? clones : candidates
      const worst = from.reduce((a, b) => (b.fitness > a.fitness ? b : a))
      this.members.splice(this.members.indexOf(worst), 1)
      for (const member of this.members) member.distances.delete(worst)
      this.rate(price)
    }
  }

  /** Sorts by cost with overload at its price and ranks anew. */
  rate(price: number): void {
    const { members } = this
    const dear = new Map(members.map((member) => [member, member.cost + price * member.over]))
    members.sort((a, b) => (dear.get(a) ?? 0) - (dear.get(b) ?? 0))
    if (members.length === 1) {
      members[0].fitness = 0
      return
    }
    const spread = members.map((member, rank) => ({ member, rank, closeness: -closest(member, CLOSEST) }))
    spread.sort((a, b) => a.closeness - b.closeness || a.rank - b.rank)
    const share = 1 - ELITE / Math.max(ELITE, members.length)
    spread.forEach(({ member, rank }, diversityRank) => (member.fitness = (rank + share * diversityRank) / (members.length - 1)))
  }
}

/** Mean distance to the members most like it. */
function closest(member: CarpIndividual, count: number): number {
  const least = new Array<number>(count).fill(Infinity)
  for (const distance of member.distances.values()) {
    let value = distance
    for (let at = 0; at < count; at++) {
      if (value >= least[at]) continue
      const pushed = least[at]
      least[at] = value
      value = pushed
    }
  }
  const known = least.filter((value) => value < Infinity)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : 1
}
