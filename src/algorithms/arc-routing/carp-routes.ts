import type { CarpGround } from './carp-ground'

/** Tasks of each route in order, nothing about their directions. */
export type TaskRoutes = readonly Int32Array[]

/**
 * Routes while they are searched: chains of tasks whose directions stay open. For every task the tables hold the least cost of
 * what comes before it and after it for both of its directions, so that the cost of a chain with something put in is known with the
 * best directions of all of its tasks (Vidal 2017, "Node, edge, arc routing and turn penalties: multiple problems, one
 * neighborhood extension"). Costs are of the ways between tasks only.
 */
export class CarpRoutes {
  readonly ground: CarpGround
  /** Neighbours in the chain; −1 at its ends. */
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Route of each task; −1: in none. */
  readonly routeOf: Int32Array
  /** `before[2t + d]`: depot to the far end of t, walked forward (d = 0) or backward (d = 1). */
  readonly before: Float64Array
  /** `after[2t + d]`: from the far end of t, walked forward or backward, home to the depot. */
  readonly after: Float64Array
  readonly first: Int32Array
  readonly last: Int32Array
  readonly load: Float64Array
  readonly size: Int32Array
  readonly costOf: Float64Array
  /** Routes in use: the first `routeCount` of `inUse`; the others lie behind, free. */
  readonly inUse: Int32Array
  routeCount = 0
  cost = 0
  private readonly rankOf: Int32Array

  constructor(ground: CarpGround) {
    const { taskCount } = ground
    this.ground = ground
    this.next = new Int32Array(taskCount).fill(-1)
    this.previous = new Int32Array(taskCount).fill(-1)
    this.routeOf = new Int32Array(taskCount).fill(-1)
    this.before = new Float64Array(2 * taskCount)
    this.after = new Float64Array(2 * taskCount)
    this.first = new Int32Array(taskCount).fill(-1)
    this.last = new Int32Array(taskCount).fill(-1)
    this.load = new Float64Array(taskCount)
    this.size = new Int32Array(taskCount)
    this.costOf = new Float64Array(taskCount)
    this.inUse = Int32Array.from({ length: taskCount }, (_, route) => route)
    this.rankOf = this.inUse.slice()
  }

  /** Replaces all routes. */
  begin(routes: TaskRoutes): void {
    while (this.routeCount > 0) this.clear(this.inUse[this.routeCount - 1])
    for (const tasks of routes) {
      if (tasks.length > 0) this.lay(this.open(), tasks, 0, tasks.length)
    }
    this.recount()
  }

  /** Sums the cost anew, so that roundings do not pile up. */
  recount(): void {
    let cost = 0
    for (let rank = 0; rank < this.routeCount; rank++) cost += this.costOf[this.inUse[rank]]
    this.cost = cost
  }

  /** A free route, in use from now on. */
  open(): number {
    return this.inUse[this.routeCount++]
  }

  /** Takes a free route by its number. */
  reopen(route: number): void {
    this.swapRanks(this.rankOf[route], this.routeCount++)
  }

  isOpen(route: number): boolean {
    return this.rankOf[route] < this.routeCount
  }

  /** Frees a route; its tasks are in none. The cost falls by the route's. */
  clear(route: number): void {
    for (let task = this.first[route]; task >= 0; task = this.next[task]) this.routeOf[task] = -1
    this.cost -= this.costOf[route]
    this.first[route] = this.last[route] = -1
    this.load[route] = this.size[route] = this.costOf[route] = 0
    this.swapRanks(this.rankOf[route], --this.routeCount)
  }

  private swapRanks(a: number, b: number): void {
    const { inUse, rankOf } = this
    const routeA = inUse[a]
    inUse[a] = inUse[b]
    inUse[b] = routeA
    rankOf[inUse[a]] = a
    rankOf[routeA] = b
  }

  /** Fills an open, empty route with tasks, `tasks[begin … end − 1]`. */
  lay(route: number, tasks: Int32Array, begin: number, end: number): void {
    const { next, previous, routeOf } = this
    let load = 0
    let before = -1
    for (let at = begin; at < end; at++) {
      const task = tasks[at]
      routeOf[task] = route
      previous[task] = before
      if (before >= 0) next[before] = task
      else this.first[route] = task
      load += this.ground.demand[task]
      before = task
    }
    next[before] = -1
    this.last[route] = before
    this.load[route] = load
    this.size[route] = end - begin
    this.countBefore(this.first[route])
    this.countAfter(before)
    this.settleCost(route)
  }

  /** Puts a task that is in no route behind `previous`, or at the head of the route where that is −1. */
  insert(task: number, route: number, previous: number): void {
    const next = previous >= 0 ? this.next[previous] : this.first[route]
    this.routeOf[task] = route
    this.previous[task] = previous
    this.next[task] = next
    if (previous >= 0) this.next[previous] = task
    else this.first[route] = task
    if (next >= 0) this.previous[next] = task
    else this.last[route] = task
    this.load[route] += this.ground.demand[task]
    this.size[route]++
    this.countBefore(task)
    this.countAfter(task)
    this.settleCost(route)
  }

  /** Takes a task out of its chain; the tables of the route are not counted anew (`refresh`). */
  unlink(task: number): void {
    const route = this.routeOf[task]
    const previous = this.previous[task]
    const next = this.next[task]
    if (previous >= 0) this.next[previous] = next
    else this.first[route] = next
    if (next >= 0) this.previous[next] = previous
    else this.last[route] = previous
    this.routeOf[task] = -1
    this.load[route] -= this.ground.demand[task]
    this.size[route]--
  }

  /** Counts the tables of a route anew; a route without tasks is freed. */
  refresh(route: number): void {
    if (this.size[route] === 0) {
      this.clear(route)
      return
    }
    this.countBefore(this.first[route])
    this.countAfter(this.last[route])
    this.settleCost(route)
  }

  /** `before` from a task to the end of its chain. */
  private countBefore(task: number): void {
    const { ground, next, before } = this
    const { ends, ways, placeCount } = ground
    const previous = this.previous[task]
    // At the depot both directions are one: the chain begins as if behind a task that leads from the depot to the depot.
    let placeA = 0
    let placeB = 0
    let costA = 0
    let costB = 0
    if (previous >= 0) {
      placeA = ends[2 * previous + 1]
      placeB = ends[2 * previous]
      costA = before[2 * previous]
      costB = before[2 * previous + 1]
    }
    for (let at = task; at >= 0; at = next[at]) {
      const a = ends[2 * at]
      const b = ends[2 * at + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      const backward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      before[2 * at] = costA = forward
      before[2 * at + 1] = costB = backward
      placeA = b
      placeB = a
    }
  }

  /** `after` from a task back to the head of its chain. */
  private countAfter(task: number): void {
    const { ground, previous, after } = this
    const { ends, ways, placeCount } = ground
    const next = this.next[task]
    let placeA = 0
    let placeB = 0
    let costA = 0
    let costB = 0
    if (next >= 0) {
      placeA = ends[2 * next]
      placeB = ends[2 * next + 1]
      costA = after[2 * next]
      costB = after[2 * next + 1]
    }
    for (let at = task; at >= 0; at = previous[at]) {
      const a = ends[2 * at]
      const b = ends[2 * at + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      const backward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      after[2 * at] = costA = forward
      after[2 * at + 1] = costB = backward
      placeA = a
      placeB = b
    }
  }

  private settleCost(route: number): void {
    const first = this.first[route]
    const { ends, ways } = this.ground
    const cost = Math.min(ways[ends[2 * first]] + this.after[2 * first], ways[ends[2 * first + 1]] + this.after[2 * first + 1])
    this.cost += cost - this.costOf[route]
    this.costOf[route] = cost
  }

  /** Writes the tasks of a route in order from `tasks[begin]`; returns the index behind the last. */
  copyRoute(route: number, tasks: Int32Array, begin: number): number {
    let at = begin
    for (let task = this.first[route]; task >= 0; task = this.next[task]) tasks[at++] = task
    return at
  }

  snapshot(): Int32Array[] {
    return Array.from(this.inUse.subarray(0, this.routeCount), (route) => {
      const tasks = new Int32Array(this.size[route])
      this.copyRoute(route, tasks, 0)
      return tasks
    })
  }
}
