import type { CarpGround } from './carp-ground'
import type { TaskRoutes } from './carp-routes'

/**
 * Routes whose load above capacity has a price, with tables by which routes put together from parts of others are judged: every join
 * of parts costs a few ways, with the best directions of all tasks (Vidal 2017, section 3).
 */
export class PricedRoutes {
  protected readonly ground: CarpGround
  /** Tasks of each route in order; of those beyond `routeCount` the next is there and empty. */
  protected readonly tasks: Int32Array[]
  protected routeCount = 0
  protected readonly size: Int32Array
  protected readonly load: Float64Array
  protected readonly costOf: Float64Array
  /** How many moves had been made when the route changed last. */
  protected readonly changedAt: Int32Array
  protected moves = 0
  /** Of a unit above capacity. */
  protected price = 0
  protected readonly routeOf: Int32Array
  protected readonly rankOf: Int32Array
  /** As in `CarpRoutes`, and the load up to and with each task. */
  protected readonly before: Float64Array
  protected readonly after: Float64Array
  protected readonly loadTo: Float64Array
  /** The lesser of both directions in `before` and `after`. */
  protected readonly leastBefore: Float64Array
  protected readonly leastAfter: Float64Array
  /** Cost of the task's route without it (2t) and without it and the one behind it (2t + 1). */
  protected readonly rest: Float64Array
  /** The chain in between, where two ends of routes are joined by more than a way. */
  protected readonly middle: Int32Array
  protected middleCount = 0

  constructor(ground: CarpGround) {
    const { taskCount } = ground
    this.ground = ground
    // One route more than tasks, so that there is always an empty one to go to.
    const most = taskCount + 1
    this.tasks = Array.from({ length: most }, () => new Int32Array())
    this.size = new Int32Array(most)
    this.load = new Float64Array(most)
    this.costOf = new Float64Array(most)
    this.changedAt = new Int32Array(most)
    this.routeOf = new Int32Array(taskCount)
    this.rankOf = new Int32Array(taskCount)
    this.before = new Float64Array(2 * taskCount)
    this.after = new Float64Array(2 * taskCount)
    this.loadTo = new Float64Array(taskCount)
    this.leastBefore = new Float64Array(taskCount)
    this.leastAfter = new Float64Array(taskCount)
    this.rest = new Float64Array(2 * taskCount)
    this.middle = new Int32Array(taskCount)
  }

  /** Replaces all routes and forgets what was moved. */
  protected begin(routes: TaskRoutes, price: number): void {
    this.price = price
    this.moves = 0
    this.routeCount = 0
    for (const tasks of routes) {
      if (tasks.length > 0) this.install(this.routeCount++, tasks, tasks.length)
    }
    this.install(this.routeCount, this.middle, 0)
  }

  protected snapshot(): Int32Array[] {
    const routes = Array.from({ length: this.routeCount }, (_, route) => this.tasks[route].slice(0, this.size[route]))
    return routes.filter((tasks) => tasks.length > 0)
  }

  /** What the ways of a route cost. */
  readonly costOfTasks = (tasks: Int32Array): number => {
    const { ends, ways, placeCount } = this.ground
    let costA = 0
    let costB = 0
    let placeA = 0
    let placeB = 0
    for (const task of tasks) {
      const a = ends[2 * task]
      const b = ends[2 * task + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      const backward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      costA = forward
      costB = backward
      placeA = b
      placeB = a
    }
    return Math.min(costA + ways[placeA], costB + ways[placeB])
  }

  /** Fills a route and counts its tables. */
  protected install(route: number, from: Int32Array, count: number): void {
    const { ends, ways, placeCount, demand } = this.ground
    const { before, after, loadTo, routeOf, rankOf } = this
    if (this.tasks[route].length < count) this.tasks[route] = new Int32Array(Math.max(count, 2 * this.tasks[route].length))
    const tasks = this.tasks[route]
    let load = 0
    let costA = 0
    let costB = 0
    let placeA = 0
    let placeB = 0
    for (let at = 0; at < count; at++) {
      const task = from[at]
      tasks[at] = task
      routeOf[task] = route
      rankOf[task] = at
      load += demand[task]
      loadTo[task] = load
      const a = ends[2 * task]
      const b = ends[2 * task + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      const backward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      before[2 * task] = costA = forward
      before[2 * task + 1] = costB = backward
      this.leastBefore[task] = Math.min(forward, backward)
      placeA = b
      placeB = a
    }
    this.size[route] = count
    this.load[route] = load
    this.costOf[route] = Math.min(costA + ways[placeA], costB + ways[placeB])
    this.changedAt[route] = this.moves
    costA = costB = placeA = placeB = 0
    for (let at = count - 1; at >= 0; at--) {
      const task = tasks[at]
      const a = ends[2 * task]
      const b = ends[2 * task + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      const backward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      after[2 * task] = costA = forward
      after[2 * task + 1] = costB = backward
      this.leastAfter[task] = Math.min(forward, backward)
      placeA = a
      placeB = b
    }
    for (let at = 0; at < count; at++) {
      const task = tasks[at]
      const previous = this.at(route, at - 1)
      this.rest[2 * task] = this.joinEnds(previous, this.at(route, at + 1), false, false)
      this.rest[2 * task + 1] = this.joinEnds(previous, this.at(route, at + 2), false, false)
    }
  }

  protected over(load: number): number {
    const { room } = this.ground
    return load > room ? (load - room) * this.price : 0
  }

  protected at(route: number, rank: number): number {
    return rank >= 0 && rank < this.size[route] ? this.tasks[route][rank] : -1
  }

  /**
   * Cost of a route that begins as that of `head` up to it, goes through the middle, and ends as that of `tail` from it; −1: the
   * depot. `isHeadTurned`: it begins with what follows `head`, walked back; `isTailTurned`: it ends with what precedes `tail`.
   */
  protected join(head: number, tail: number, isHeadTurned: boolean, isTailTurned: boolean): number {
    const { ends, ways, placeCount } = this.ground
    const { middle, middleCount } = this
    let costA = 0
    let costB = 0
    let placeA = 0
    let placeB = 0
    if (head >= 0) {
      placeA = ends[2 * head + 1]
      placeB = ends[2 * head]
      // Walked back, a task is done in the other direction.
      costA = isHeadTurned ? this.after[2 * head + 1] : this.before[2 * head]
      costB = isHeadTurned ? this.after[2 * head] : this.before[2 * head + 1]
    }
    for (let index = 0; index < middleCount; index++) {
      const task = middle[index]
      const a = ends[2 * task]
      const b = ends[2 * task + 1]
      const rowA = placeA * placeCount
      const rowB = placeB * placeCount
      const forward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
      const backward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
      costA = forward
      costB = backward
      placeA = b
      placeB = a
    }
    const rowA = placeA * placeCount
    const rowB = placeB * placeCount
    if (tail < 0) return Math.min(costA + ways[rowA], costB + ways[rowB])
    const a = ends[2 * tail]
    const b = ends[2 * tail + 1]
    const forward = isTailTurned ? this.before[2 * tail + 1] : this.after[2 * tail]
    const backward = isTailTurned ? this.before[2 * tail] : this.after[2 * tail + 1]
    return Math.min(
      Math.min(costA + ways[rowA + a], costB + ways[rowB + a]) + forward,
      Math.min(costA + ways[rowA + b], costB + ways[rowB + b]) + backward,
    )
  }

  /** As `join` with one or two tasks in the middle, the two in the order given. */
  protected joinBy(head: number, tail: number, task: number, second: number): number {
    this.middle[0] = task
    this.middle[1] = second
    this.middleCount = second >= 0 ? 2 : 1
    return this.join(head, tail, false, false)
  }

  protected joinEnds(head: number, tail: number, isHeadTurned: boolean, isTailTurned: boolean): number {
    this.middleCount = 0
    return this.join(head, tail, isHeadTurned, isTailTurned)
  }

  protected copy(target: Int32Array, begin: number, route: number, from: number, to: number): number {
    const tasks = this.tasks[route]
    let at = begin
    for (let rank = from; rank < to; rank++) target[at++] = tasks[rank]
    return at
  }

  protected copyTurned(target: Int32Array, begin: number, route: number, from: number, to: number): number {
    const tasks = this.tasks[route]
    let at = begin
    for (let rank = to - 1; rank >= from; rank--) target[at++] = tasks[rank]
    return at
  }

  protected copyPair(target: Int32Array, begin: number, route: number, from: number, count: number, order: number): number {
    return order === 0 ? this.copy(target, begin, route, from, from + count) : this.copyTurned(target, begin, route, from, from + count)
  }
}
