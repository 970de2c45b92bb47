import type { CarpGround } from './carp-ground'
import type { TaskRoutes } from './carp-routes'

/** Improvements below this are rounding. */
const LEAST_GAIN = 1e-7

/**
 * Local search over routes whose capacity has a price: tasks alone and in pairs go over to other places or change places, ends of
 * routes are exchanged and stretches reversed, each move judged with the best directions of all tasks (Vidal 2017, section 3). First
 * improvement over pairs of near tasks in an order by chance, until none is left. A pair is looked at again only where one of its
 * routes has changed since (Vidal 2022).
 */
export class CarpDescent {
  private readonly ground: CarpGround
  private readonly random: () => number
  private readonly reach: number
  private readonly tasks: Int32Array[]
  private readonly size: Int32Array
  private readonly load: Float64Array
  private readonly costOf: Float64Array
  private readonly changedAt: Int32Array
  private routeCount = 0
  private readonly routeOf: Int32Array
  private readonly rankOf: Int32Array
  /** As in `CarpRoutes`, and the load up to and with each task. */
  private readonly before: Float64Array
  private readonly after: Float64Array
  private readonly loadTo: Float64Array
  /** The lesser of both directions in `before` and `after`. */
  private readonly leastBefore: Float64Array
  private readonly leastAfter: Float64Array
  /** Cost of the task's route without it (2t) and without it and the one behind it (2t + 1). */
  private readonly rest: Float64Array
  private readonly lookedAt: Int32Array
  private readonly order: Int32Array
  private price = 0
  private moves = 0
  /** The chain in between, where two ends of routes are joined by more than a way. */
  private readonly middle: Int32Array
  private middleCount = 0
  private readonly laid: Int32Array
  private readonly laidOther: Int32Array
  private readonly move = { kind: 0, countU: 0, countV: 0, rankV: 0, orderU: 0, orderV: 0 }

  constructor(ground: CarpGround, random: () => number, reach: number) {
    const { taskCount, nearCount } = ground
    this.ground = ground
    this.random = random
    this.reach = Math.min(reach, nearCount)
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
    this.lookedAt = new Int32Array(taskCount)
    this.order = Int32Array.from({ length: taskCount }, (_, task) => task)
    this.middle = new Int32Array(taskCount)
    this.laid = new Int32Array(taskCount)
    this.laidOther = new Int32Array(taskCount)
  }

  /** @param price of a unit above capacity; returns the routes improved */
  improve(routes: TaskRoutes, price: number): Int32Array[] {
    this.price = price
    this.moves = 0
    this.routeCount = 0
    for (const tasks of routes) {
      if (tasks.length === 0) continue
      this.install(this.routeCount++, tasks, tasks.length)
    }
    this.install(this.routeCount, this.middle, 0)
    this.lookedAt.fill(-1)
    this.shuffle(this.order)
    for (let isBetter = true; isBetter; ) {
      isBetter = false
      for (const task of this.order) {
        const looked = this.lookedAt[task]
        this.lookedAt[task] = this.moves
        const begin = task * this.ground.nearCount
        for (let rank = 1; rank < this.reach; rank++) {
          const other = this.ground.near[begin + rank]
          if (Math.max(this.changedAt[this.routeOf[task]], this.changedAt[this.routeOf[other]]) <= looked) continue
          if (this.tryPair(task, other)) isBetter = true
        }
        if (this.changedAt[this.routeOf[task]] > looked && this.tryAlone(task)) isBetter = true
      }
    }
    const improved: Int32Array[] = []
    for (let route = 0; route < this.routeCount; route++) {
      if (this.size[route] > 0) improved.push(this.tasks[route].slice(0, this.size[route]))
    }
    return improved
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

  private shuffle(order: Int32Array): void {
    for (let at = order.length - 1; at > 0; at--) {
      const to = Math.floor(this.random() * (at + 1))
      const task = order[at]
      order[at] = order[to]
      order[to] = task
    }
  }

  /** Fills a route and counts its tables. */
  private install(route: number, from: Int32Array, count: number): void {
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

  private over(load: number): number {
    const { room } = this.ground
    return load > room ? (load - room) * this.price : 0
  }

  private at(route: number, rank: number): number {
    return rank >= 0 && rank < this.size[route] ? this.tasks[route][rank] : -1
  }

  /**
   * Cost of a route that begins as that of `head` up to it, goes through the middle, and ends as that of `tail` from it; −1: the
   * depot. `isHeadTurned`: it begins with what follows `head`, walked back; `isTailTurned`: it ends with what precedes `tail`.
   */
  private join(head: number, tail: number, isHeadTurned: boolean, isTailTurned: boolean): number {
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
  private joinBy(head: number, tail: number, task: number, second: number): number {
    this.middle[0] = task
    this.middle[1] = second
    this.middleCount = second >= 0 ? 2 : 1
    return this.join(head, tail, false, false)
  }

  private joinEnds(head: number, tail: number, isHeadTurned: boolean, isTailTurned: boolean): number {
    this.middleCount = 0
    return this.join(head, tail, isHeadTurned, isTailTurned)
  }

  private tryPair(task: number, other: number): boolean {
    return this.routeOf[task] === this.routeOf[other] ? this.tryWithin(task, other) : this.tryBetween(task, other)
  }

  /** The best move of two tasks of different routes; whether it was made. */
  private tryBetween(u: number, v: number): boolean {
    const { routeOf, rankOf, costOf, load, loadTo, size } = this
    const { demand } = this.ground
    const routeU = routeOf[u]
    const routeV = routeOf[v]
    const rankU = rankOf[u]
    const rankV = rankOf[v]
    const loadU = load[routeU]
    const loadV = load[routeV]
    const price = costOf[routeU] + costOf[routeV] + this.over(loadU) + this.over(loadV)
    let best = price - LEAST_GAIN
    const move = this.move
    move.kind = 0
    const beforeU = this.at(routeU, rankU - 1)
    const beforeV = this.at(routeV, rankV - 1)
    const behindU = this.at(routeU, rankU + 1)
    const behindV = this.at(routeV, rankV + 1)

    for (let countU = 1; countU <= 2; countU++) {
      if (countU === 2 && behindU < 0) break
      const second = countU === 2 ? behindU : -1
      const takenU = demand[u] + (second >= 0 ? demand[second] : 0)
      const restU = this.rest[2 * u + countU - 1]
      // Over to the other route.
      const least = restU + this.over(loadU - takenU) + this.over(loadV + takenU)
      if (least + costOf[routeV] < best) {
        for (let side = 0; side < 2; side++) {
          const head = side === 0 ? v : beforeV
          const tail = side === 0 ? behindV : v
          for (let order = 0; order < countU; order++) {
            const cost = least + (order === 0 ? this.joinBy(head, tail, u, second) : this.joinBy(head, tail, second, u))
            if (cost >= best) continue
            best = cost
            move.kind = 1
            move.countU = countU
            move.countV = 0
            move.rankV = side === 0 ? rankV + 1 : rankV
            move.orderU = order
          }
        }
      }
      // In exchange.
      for (let countV = 1; countV <= 2; countV++) {
        if (countV === 2 && behindV < 0) break
        const secondV = countV === 2 ? behindV : -1
        const change = demand[v] + (secondV >= 0 ? demand[secondV] : 0) - takenU
        const over = this.over(loadU + change) + this.over(loadV - change)
        const restV = this.rest[2 * v + countV - 1]
        if (restU + restV + over >= best) continue
        const tailU = this.at(routeU, rankU + countU)
        const tailV = this.at(routeV, rankV + countV)
        let orderV = 0
        let costU = this.joinBy(beforeU, tailU, v, secondV)
        if (countV === 2) {
          const turned = this.joinBy(beforeU, tailU, secondV, v)
          if (turned < costU) {
            costU = turned
            orderV = 1
          }
        }
        if (costU + restV + over >= best) continue
        let orderU = 0
        let costV = this.joinBy(beforeV, tailV, u, second)
        if (countU === 2) {
          const turned = this.joinBy(beforeV, tailV, second, u)
          if (turned < costV) {
            costV = turned
            orderU = 1
          }
        }
        if (costU + costV + over >= best) continue
        best = costU + costV + over
        move.kind = 1
        move.countU = countU
        move.countV = countV
        move.rankV = rankV
        move.orderU = orderU
        move.orderV = orderV
      }
    }

    // Ends exchanged, so that u and v meet. What both routes cost without the new ways is looked at first.
    const { leastBefore, leastAfter } = this
    const toU = loadTo[u]
    const toV = loadTo[v]
    const headU = toU - demand[u]
    const headV = toV - demand[v]
    const upToU = beforeU >= 0 ? leastBefore[beforeU] : 0
    const upToV = beforeV >= 0 ? leastBefore[beforeV] : 0
    const fromU = behindU >= 0 ? leastAfter[behindU] : 0
    const fromV = behindV >= 0 ? leastAfter[behindV] : 0
    let over = this.over(toU + loadV - headV) + this.over(headV + loadU - toU)
    if (over + leastBefore[u] + leastAfter[v] + upToV + fromU < best) {
      const cost = over + this.joinEnds(u, v, false, false) + this.joinEnds(beforeV, behindU, false, false)
      if (cost < best) {
        best = cost
        move.kind = 2
      }
    }
    over = this.over(toU + toV) + this.over(loadU - toU + loadV - toV)
    if (over + leastBefore[u] + leastBefore[v] + fromU + fromV < best) {
      const cost = over + this.joinEnds(u, v, false, true) + this.joinEnds(behindU, behindV, true, false)
      if (cost < best) {
        best = cost
        move.kind = 3
      }
    }
    over = this.over(loadU - headU + loadV - headV) + this.over(headU + headV)
    if (over + leastAfter[u] + leastAfter[v] + upToU + upToV < best) {
      const cost = over + this.joinEnds(u, v, true, false) + this.joinEnds(beforeU, beforeV, false, true)
      if (cost < best) {
        best = cost
        move.kind = 4
      }
    }
    if (move.kind === 0) return false

    let countU = 0
    let countV = 0
    const { laid, laidOther } = this
    if (move.kind === 1) {
      countU = this.copy(laid, 0, routeU, 0, rankU)
      countU = this.copyPair(laid, countU, routeV, move.rankV, move.countV, move.orderV)
      countU = this.copy(laid, countU, routeU, rankU + move.countU, size[routeU])
      countV = this.copy(laidOther, 0, routeV, 0, move.rankV)
      countV = this.copyPair(laidOther, countV, routeU, rankU, move.countU, move.orderU)
      countV = this.copy(laidOther, countV, routeV, move.rankV + move.countV, size[routeV])
    } else if (move.kind === 2) {
      countU = this.copy(laid, 0, routeU, 0, rankU + 1)
      countU = this.copy(laid, countU, routeV, rankV, size[routeV])
      countV = this.copy(laidOther, 0, routeV, 0, rankV)
      countV = this.copy(laidOther, countV, routeU, rankU + 1, size[routeU])
    } else if (move.kind === 3) {
      countU = this.copy(laid, 0, routeU, 0, rankU + 1)
      countU = this.copyTurned(laid, countU, routeV, 0, rankV + 1)
      countV = this.copyTurned(laidOther, 0, routeU, rankU + 1, size[routeU])
      countV = this.copy(laidOther, countV, routeV, rankV + 1, size[routeV])
    } else {
      countU = this.copyTurned(laid, 0, routeU, rankU, size[routeU])
      countU = this.copy(laid, countU, routeV, rankV, size[routeV])
      countV = this.copy(laidOther, 0, routeU, 0, rankU)
      countV = this.copyTurned(laidOther, countV, routeV, 0, rankV)
    }
    this.moves++
    this.install(routeU, laid, countU)
    this.install(routeV, laidOther, countV)
    return true
  }

  /** The best move of two tasks within their route; whether it was made. */
  private tryWithin(u: number, v: number): boolean {
    const route = this.routeOf[u]
    const rankU = this.rankOf[u]
    const rankV = this.rankOf[v]
    const low = Math.min(rankU, rankV)
    const high = Math.max(rankU, rankV)
    const tasks = this.tasks[route]
    const { middle, laid } = this
    let best = this.costOf[route] - LEAST_GAIN
    let from = -1
    let to = -1
    /** Keeps the chain in the middle, in place of ranks `begin` … `end`, where it is the best. */
    const judge = (begin: number, end: number) => {
      this.middleCount = end - begin + 1
      const cost = this.join(this.at(route, begin - 1), this.at(route, end + 1), false, false)
      if (cost >= best) return
      best = cost
      from = begin
      to = end
      for (let at = begin; at <= end; at++) laid[at] = middle[at - begin]
    }

    // One or two tasks to either side of v.
    for (let count = 1; count <= 2; count++) {
      const lastU = rankU + count - 1
      if (lastU >= this.size[route] || (count === 2 && lastU === rankV)) break
      for (let side = 0; side < 2; side++) {
        // The stretch that moves up, from the taken ones to v, with v or without.
        const isAhead = rankV > rankU
        const begin = isAhead ? lastU + 1 : side === 0 ? rankV + 1 : rankV
        const end = isAhead ? (side === 0 ? rankV : rankV - 1) : rankU - 1
        if (begin > end) continue
        for (let order = 0; order < count; order++) {
          let at = 0
          if (isAhead) for (let rank = begin; rank <= end; rank++) middle[at++] = tasks[rank]
          middle[at++] = tasks[order === 0 ? rankU : lastU]
          if (count === 2) middle[at++] = tasks[order === 0 ? lastU : rankU]
          if (!isAhead) for (let rank = begin; rank <= end; rank++) middle[at++] = tasks[rank]
          judge(isAhead ? rankU : begin, isAhead ? end : lastU)
        }
      }
    }
    // Exchanged.
    for (let rank = low; rank <= high; rank++) middle[rank - low] = tasks[rank]
    middle[0] = tasks[high]
    middle[high - low] = tasks[low]
    judge(low, high)
    // What lies between walked back, with the last of the two or with the first.
    for (let rank = low + 1; rank <= high; rank++) middle[rank - low - 1] = tasks[high + low + 1 - rank]
    judge(low + 1, high)
    for (let rank = low; rank < high; rank++) middle[rank - low] = tasks[high + low - 1 - rank]
    judge(low, high - 1)
    if (from < 0) return false
    for (let rank = 0; rank < this.size[route]; rank++) if (rank < from || rank > to) laid[rank] = tasks[rank]
    this.moves++
    this.install(route, laid, this.size[route])
    return true
  }

  /** A task to the head or the end of any other route or into an empty one, or its route parted behind it. */
  private tryAlone(u: number): boolean {
    const { routeOf, rankOf, costOf, load, loadTo, size, laid, laidOther } = this
    const { demand } = this.ground
    const routeU = routeOf[u]
    const rankU = rankOf[u]
    const loadU = load[routeU]
    const gain = costOf[routeU] + this.over(loadU) - this.rest[2 * u] - this.over(loadU - demand[u]) - LEAST_GAIN
    let best = gain
    let target = -1
    let isAtHead = false
    if (gain > 0) {
      for (let route = 0; route <= this.routeCount; route++) {
        if (route === routeU) continue
        const over = this.over(load[route] + demand[u]) - this.over(load[route]) - costOf[route]
        const atHead = over + this.joinBy(-1, this.at(route, 0), u, -1)
        const atEnd = over + this.joinBy(this.at(route, size[route] - 1), -1, u, -1)
        const cost = Math.min(atHead, atEnd)
        if (cost >= best) continue
        best = cost
        target = route
        isAtHead = atHead <= atEnd
      }
    }
    if (target >= 0) {
      let countU = this.copy(laid, 0, routeU, 0, rankU)
      countU = this.copy(laid, countU, routeU, rankU + 1, size[routeU])
      let count = 0
      if (isAtHead) laidOther[count++] = u
      count = this.copy(laidOther, count, target, 0, size[target])
      if (!isAtHead) laidOther[count++] = u
      this.change(routeU, countU, target, count)
      return true
    }
    const behind = this.at(routeU, rankU + 1)
    if (behind < 0) return false
    const parted =
      this.joinEnds(u, -1, false, false) + this.joinEnds(-1, behind, false, false) + this.over(loadTo[u]) + this.over(loadU - loadTo[u])
    if (parted >= costOf[routeU] + this.over(loadU) - LEAST_GAIN) return false
    const countU = this.copy(laid, 0, routeU, 0, rankU + 1)
    const count = this.copy(laidOther, 0, routeU, rankU + 1, size[routeU])
    let empty = 0
    while (size[empty] > 0) empty++
    this.change(routeU, countU, empty, count)
    return true
  }

  /** Fills two routes from `laid` and `laidOther`; the last route stays an empty one. */
  private change(route: number, count: number, other: number, otherCount: number): void {
    this.moves++
    this.install(route, this.laid, count)
    this.install(other, this.laidOther, otherCount)
    if (this.size[this.routeCount] > 0) this.install(++this.routeCount, this.middle, 0)
  }

  private copy(target: Int32Array, begin: number, route: number, from: number, to: number): number {
    const tasks = this.tasks[route]
    let at = begin
    for (let rank = from; rank < to; rank++) target[at++] = tasks[rank]
    return at
  }

  private copyTurned(target: Int32Array, begin: number, route: number, from: number, to: number): number {
    const tasks = this.tasks[route]
    let at = begin
    for (let rank = to - 1; rank >= from; rank--) target[at++] = tasks[rank]
    return at
  }

  private copyPair(target: Int32Array, begin: number, route: number, from: number, count: number, order: number): number {
    return order === 0 ? this.copy(target, begin, route, from, from + count) : this.copyTurned(target, begin, route, from, from + count)
  }
}
