import { findNearGap, type Gap } from './carp-insert'
import type { CarpRoutes, TaskRoutes } from './carp-routes'

export interface CarpAnnealing {
  /** Temperatures at the beginning and at the end, in cost. */
  readonly hot: number
  readonly cold: number
  /** Share done after so many rounds; 1 or more ends. Asked once in a while. */
  readonly share: (rounds: number) => number
  /** The search ends at this cost, which no plan is below. */
  readonly bound: number
  /** Nearest tasks beside which a task is put back. */
  readonly reach: number
  readonly onBetter?: (cost: number) => void
}

export interface AnnealedRoutes {
  readonly routes: TaskRoutes
  readonly cost: number
}

/** Tasks taken out in a round, on average, and the longest chain taken out of one route (Christiaens and Vanden Berghe, table 2). */
const MEAN_TAKEN = 10
const LONGEST_CHAIN = 10
/** How often a chain is taken with a task in it left where it is. */
const SPLIT_SHARE = 0.5
/** How often a gap is passed over. */
const BLINK_SHARE = 0.01
const ASK_EVERY = 128
/** Improvements below this share of the cost are rounding. */
const ROUNDING = 1e-9

/**
 * Ruin and recreate under simulated annealing: chains of tasks near each other are taken out of their routes and put back one
 * by one into their cheapest gaps (Christiaens and Vanden Berghe 2020, "Slack induction by string removals for vehicle routing
 * problems"), here with the directions of all tasks open. A route of its own is a gap like the others. Starts from `routes` and
 * leaves in them the plan it came to last; returns the best.
 */
export function annealRoutes(routes: CarpRoutes, random: () => number, annealing: CarpAnnealing): AnnealedRoutes {
  const { ground } = routes
  const { taskCount } = ground
  const { hot, cold, share, bound, reach, onBetter } = annealing
  const taken = new Int32Array(taskCount)
  const key = new Float64Array(taskCount)
  const gap: Gap = { route: -1, previous: -1, cost: 0 }
  const log = new RouteLog(routes)
  const chains = createChains(routes, random, log)
  const isPassedOver = () => random() < BLINK_SHARE
  const slack = ROUNDING * (1 + ground.serviceCost)

  let best = routes.snapshot()
  let bestCost = routes.cost
  let temperature = hot
  for (let round = 0; bestCost > bound + slack; round++) {
    if (round % ASK_EVERY === 0) {
      const done = share(round)
      if (done >= 1) break
      temperature = hot * (cold / hot) ** done
      routes.recount()
    }
    const costBefore = routes.cost
    log.begin()
    const count = chains(taken)
    sortTasks(taken, count, key)
    for (let at = 0; at < count; at++) {
      const task = taken[at]
      findNearGap(routes, task, reach, isPassedOver, gap)
      const route = gap.route < 0 ? routes.open() : gap.route
      log.note(route)
      routes.insert(task, route, gap.previous)
    }
    if (routes.cost >= costBefore - temperature * Math.log(1 - random())) {
      log.undo()
      routes.cost = costBefore
      continue
    }
    if (routes.cost < bestCost - slack) {
      bestCost = routes.cost
      best = routes.snapshot()
      onBetter?.(bestCost)
    }
  }
  return { routes: best, cost: bestCost }

  /** By chance, by demand, or by the way to the depot, the far first or the near first: 4 : 4 : 2 : 1. */
  function sortTasks(tasks: Int32Array, count: number, keys: Float64Array): void {
    const { demand, ends, ways } = ground
    const draw = random() * 11
    for (let at = 0; at < count; at++) {
      const task = tasks[at]
      if (draw < 4) keys[at] = random()
      else if (draw < 8) keys[at] = -demand[task]
      else {
        const way = ways[ends[2 * task]] + ways[ends[2 * task + 1]]
        keys[at] = draw < 10 ? -way : way
      }
    }
    for (let at = 1; at < count; at++) {
      const task = tasks[at]
      const value = keys[at]
      let to = at
      for (; to > 0 && keys[to - 1] > value; to--) {
        keys[to] = keys[to - 1]
        tasks[to] = tasks[to - 1]
      }
      keys[to] = value
      tasks[to] = task
    }
  }
}

/** Takes chains of tasks near a task by chance out of their routes; returns how many tasks, written to `taken`. */
function createChains(routes: CarpRoutes, random: () => number, log: RouteLog): (taken: Int32Array) => number {
  const { ground, next, previous, routeOf, size } = routes
  const { taskCount, near, nearCount } = ground
  const touched = new Int32Array(taskCount)

  return (taken) => {
    const longest = Math.min(LONGEST_CHAIN, taskCount / routes.routeCount)
    const mostRoutes = (4 * MEAN_TAKEN) / (1 + longest) - 1
    const routesToTouch = Math.floor(random() * mostRoutes + 1)
    const seed = Math.floor(random() * taskCount) * nearCount
    let count = 0
    let touchedCount = 0
    for (let rank = 0; rank < nearCount && touchedCount < routesToTouch; rank++) {
      const task = near[seed + rank]
      const route = routeOf[task]
      if (route < 0 || log.isNoted(route)) continue
      log.note(route)
      touched[touchedCount++] = route
      const most = Math.min(size[route], longest)
      const length = Math.floor(random() * most + 1)
      count = take(task, length, taken, count)
    }
    for (let at = 0; at < touchedCount; at++) routes.refresh(touched[at])
    return count
  }

  function take(task: number, length: number, taken: Int32Array, begin: number): number {
    const isSplit = length > 1 && length < size[routeOf[task]] && random() < SPLIT_SHARE
    const span = isSplit ? length + 1 : length
    // How far the chain may begin before the task, so that both of its ends lie in the route.
    let before = 0
    let head = task
    for (; before < span - 1 && previous[head] >= 0; before++) head = previous[head]
    let behind = 0
    for (let at = next[task]; behind < span - 1 && at >= 0; at = next[at]) behind++
    const leastBefore = Math.max(0, span - 1 - behind)
    const offset = leastBefore + Math.floor(random() * (before - leastBefore + 1))
    for (let step = before; step > offset; step--) head = next[head]
    // The one left in place is inside the chain or at its ends.
    const left = isSplit ? Math.floor(random() * span) : -1
    let count = begin
    for (let step = 0, at = head; step < span; step++) {
      const following = next[at]
      if (step !== left) {
        routes.unlink(at)
        taken[count++] = at
      }
      at = following
    }
    return count
  }
}

/** Routes as they were before a round, each once, to bring back where the round is not accepted. */
class RouteLog {
  private readonly routes: CarpRoutes
  private readonly notedAt: Int32Array
  private readonly noted: Int32Array
  private readonly beginOf: Int32Array
  private readonly tasks: Int32Array
  private stamp = 0
  private count = 0

  constructor(routes: CarpRoutes) {
    const { taskCount } = routes.ground
    this.routes = routes
    this.notedAt = new Int32Array(taskCount)
    this.noted = new Int32Array(taskCount)
    this.beginOf = new Int32Array(taskCount + 1)
    this.tasks = new Int32Array(taskCount)
  }

  begin(): void {
    this.stamp++
    this.count = 0
  }

  isNoted(route: number): boolean {
    return this.notedAt[route] === this.stamp
  }

  /** To be called before a route changes for the first time in a round. */
  note(route: number): void {
    if (this.isNoted(route)) return
    this.notedAt[route] = this.stamp
    this.noted[this.count] = route
    this.beginOf[this.count + 1] = this.routes.copyRoute(route, this.tasks, this.beginOf[this.count])
    this.count++
  }

  undo(): void {
    const { routes } = this
    for (let at = 0; at < this.count; at++) {
      if (routes.isOpen(this.noted[at])) routes.clear(this.noted[at])
    }
    for (let at = 0; at < this.count; at++) {
      const begin = this.beginOf[at]
      const end = this.beginOf[at + 1]
      if (begin === end) continue
      routes.reopen(this.noted[at])
      routes.lay(this.noted[at], this.tasks, begin, end)
    }
  }
}
