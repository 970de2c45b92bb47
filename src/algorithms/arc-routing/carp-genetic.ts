import { CarpDescent } from './carp-descent'
import type { CarpGround } from './carp-ground'
import { CarpPopulation, makeIndividual, type CarpIndividual } from './carp-population'
import type { TaskRoutes } from './carp-routes'
import { TourSplit } from './carp-split'

export interface CarpGeneration {
  /** Plans within capacity to begin with, besides those by chance. */
  readonly given: readonly TaskRoutes[]
  /** Share done after so many children; 1 or more ends. */
  readonly share: (children: number) => number
  /** The search ends at this cost of ways, which no plan is below. */
  readonly bound: number
  readonly onBetter?: (cost: number) => void
}

/** Nearest tasks that the descent tries each with. */
const REACH = 20
const ASK_EVERY = 8
const FIRST_PLANS = 100
/** Children between two changes of the price of overload, and the share of plans within capacity aimed at. */
const PRICE_EVERY = 100
const TARGET_WITHIN = 0.2
const PRICE_RANGE = 1000
const REPAIR_SHARE = 0.5
const REPAIR_PRICE = 10
/** Children without a better plan before the population is made anew. */
const PATIENCE = 20_000

/**
 * Hybrid genetic search (Vidal et al. 2012; Vidal 2022, "Hybrid genetic search for the CVRP: open-source implementation and
 * SWAP* neighborhood"; for arcs Vidal 2017): tours of all tasks are crossed, cut into routes and improved, overload has a price that
 * adapts, and plans survive by cost and by diversity. Returns the best plan within capacity.
 */
export function breedRoutes(ground: CarpGround, random: () => number, generation: CarpGeneration): { routes: TaskRoutes; cost: number } {
  const { taskCount, ways, demand } = ground
  const { given, share, bound, onBetter } = generation
  const split = new TourSplit(ground)
  const descent = new CarpDescent(ground, random, REACH)
  const within = new CarpPopulation()
  const above = new CarpPopulation()
  const slack = 1e-9 * (1 + ground.serviceCost)
  const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0)
  const firstPrice = largest(ways) / largest(demand) || 1
  let price = firstPrice
  let best: TaskRoutes = []
  let bestCost = Infinity
  let idle = 0
  let children = 0
  const recent: boolean[] = []
  const child = new Int32Array(taskCount)
  const isTaken = new Uint8Array(taskCount)

  const add = (individual: CarpIndividual) => {
    const isWithin = individual.over === 0
    ;(isWithin ? within : above).add(individual, price)
    if (!isWithin || individual.cost >= bestCost - slack) return
    best = individual.routes
    bestCost = individual.cost
    idle = 0
    onBetter?.(bestCost)
  }
  let isTimeOver = false
  const isDone = () => {
    if (children % ASK_EVERY === 0) isTimeOver = share(children) >= 1
    return isTimeOver || bestCost <= bound + slack
  }
  const educate = (tour: Int32Array) => {
    children++
    idle++
    const improved = descent.improve(split.cut(tour, price), price)
    const individual = makeIndividual(ground, improved, descent.costOfTasks)
    recent.push(individual.over === 0)
    add(individual)
    if (individual.over > 0 && random() < REPAIR_SHARE) {
      const repaired = makeIndividual(ground, descent.improve(improved, REPAIR_PRICE * price), descent.costOfTasks)
      if (repaired.over === 0) add(repaired)
    }
    if (children % PRICE_EVERY > 0) return
    const shareWithin = recent.filter(Boolean).length / recent.length
    recent.length = 0
    if (shareWithin < TARGET_WITHIN - 0.05) price = Math.min(price * 1.2, firstPrice * PRICE_RANGE)
    else if (shareWithin > TARGET_WITHIN + 0.05) price = Math.max(price * 0.85, firstPrice / PRICE_RANGE)
    above.rate(price)
  }
  /** A population by chance. */
  const begin = () => {
    idle = 0
    within.clear()
    above.clear()
    for (let attempt = 0; attempt < FIRST_PLANS && !isDone(); attempt++) {
      for (let task = 0; task < taskCount; task++) child[task] = task
      for (let at = taskCount - 1; at > 0; at--) {
        const to = Math.floor(random() * (at + 1))
        const task = child[at]
        child[at] = child[to]
        child[to] = task
      }
      educate(child)
    }
  }
  const pick = (): CarpIndividual => {
    const draw = () => {
      const at = Math.floor(random() * (within.size + above.size))
      return at < within.size ? within.members[at] : above.members[at - within.size]
    }
    const a = draw()
    const b = draw()
    return b.fitness < a.fitness ? b : a
  }
  /** Order crossover: a stretch of one tour, the other tasks in the order of the other. */
  const cross = (a: Int32Array, b: Int32Array) => {
    const from = Math.floor(random() * taskCount)
    const length = 1 + Math.floor(random() * taskCount)
    isTaken.fill(0)
    for (let step = 0; step < length; step++) {
      const at = (from + step) % taskCount
      child[at] = a[at]
      isTaken[a[at]] = 1
    }
    let filled = from + length
    for (let step = 0; step < taskCount; step++) {
      const task = b[(from + length + step) % taskCount]
      if (isTaken[task] === 0) child[filled++ % taskCount] = task
    }
  }

  begin()
  for (const routes of given) add(makeIndividual(ground, routes, descent.costOfTasks))
  while (!isDone()) {
    if (idle >= PATIENCE) {
      begin()
      continue
    }
    cross(pick().tour, pick().tour)
    educate(child)
  }
  return { routes: best, cost: bestCost }
}
