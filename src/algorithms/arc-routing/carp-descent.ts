import type { CarpGround } from './carp-ground'
import { PricedRoutes } from './carp-priced-routes'
import type { TaskRoutes } from './carp-routes'

/** Improvements below this share of what serving costs are rounding. */
const ROUNDING = 1e-10

/** Kinds of moves between two routes: tasks given or exchanged; u's head goes on to v's tail, to v's head walked back, or u's tail walked back to v's tail. */
const STAY = 0
const EXCHANGE = 1
const HEAD_TO_TAIL = 2
const HEAD_TO_HEAD = 3
const TAIL_TO_TAIL = 4

/**
 * Local search over routes whose capacity has a price: tasks alone and in pairs go over to other places or change places, ends of
 * routes are exchanged and stretches reversed, each move judged with the best directions of all tasks (Vidal 2017, section 3). First
 * improvement over pairs of near tasks in an order by chance, until none is left. A pair is looked at again only where one of its
 * routes has changed since (Vidal 2022).
 */
export class CarpDescent extends PricedRoutes {
  private readonly random: () => number
  private readonly reach: number
  private readonly leastGain: number
  private readonly lookedAt: Int32Array
  private readonly order: Int32Array
  /** Routes that a move makes. */
  private readonly laid: Int32Array
  private readonly laidOther: Int32Array
  private readonly move = { kind: STAY, countU: 0, countV: 0, rankV: 0, orderU: 0, orderV: 0 }

  /** @param reach tasks nearest to each that it is tried with */
  constructor(ground: CarpGround, random: () => number, reach: number) {
    super(ground)
    const { taskCount, nearCount } = ground
    this.random = random
    this.leastGain = ROUNDING * (1 + ground.serviceCost)
    this.reach = Math.min(reach, nearCount)
    this.lookedAt = new Int32Array(taskCount)
    this.order = Int32Array.from({ length: taskCount }, (_, task) => task)
    this.laid = new Int32Array(taskCount)
    this.laidOther = new Int32Array(taskCount)
  }

  /** @param price of a unit above capacity; returns the routes improved */
  improve(routes: TaskRoutes, price: number): Int32Array[] {
    this.begin(routes, price)
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
    return this.snapshot()
  }

  private shuffle(order: Int32Array): void {
    for (let at = order.length - 1; at > 0; at--) {
      const to = Math.floor(this.random() * (at + 1))
      const task = order[at]
      order[at] = order[to]
      order[to] = task
    }
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
    let best = price - this.leastGain
    const move = this.move
    move.kind = STAY
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
            move.kind = EXCHANGE
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
        move.kind = EXCHANGE
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
        move.kind = HEAD_TO_TAIL
      }
    }
    over = this.over(toU + toV) + this.over(loadU - toU + loadV - toV)
    if (over + leastBefore[u] + leastBefore[v] + fromU + fromV < best) {
      const cost = over + this.joinEnds(u, v, false, true) + this.joinEnds(behindU, behindV, true, false)
      if (cost < best) {
        best = cost
        move.kind = HEAD_TO_HEAD
      }
    }
    over = this.over(loadU - headU + loadV - headV) + this.over(headU + headV)
    if (over + leastAfter[u] + leastAfter[v] + upToU + upToV < best) {
      const cost = over + this.joinEnds(u, v, true, false) + this.joinEnds(beforeU, beforeV, false, true)
      if (cost < best) {
        best = cost
        move.kind = TAIL_TO_TAIL
      }
    }
    if (move.kind === STAY) return false

    let countU = 0
    let countV = 0
    const { laid, laidOther } = this
    if (move.kind === EXCHANGE) {
      countU = this.copy(laid, 0, routeU, 0, rankU)
      countU = this.copyPair(laid, countU, routeV, move.rankV, move.countV, move.orderV)
      countU = this.copy(laid, countU, routeU, rankU + move.countU, size[routeU])
      countV = this.copy(laidOther, 0, routeV, 0, move.rankV)
      countV = this.copyPair(laidOther, countV, routeU, rankU, move.countU, move.orderU)
      countV = this.copy(laidOther, countV, routeV, move.rankV + move.countV, size[routeV])
    } else if (move.kind === HEAD_TO_TAIL) {
      countU = this.copy(laid, 0, routeU, 0, rankU + 1)
      countU = this.copy(laid, countU, routeV, rankV, size[routeV])
      countV = this.copy(laidOther, 0, routeV, 0, rankV)
      countV = this.copy(laidOther, countV, routeU, rankU + 1, size[routeU])
    } else if (move.kind === HEAD_TO_HEAD) {
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
    this.change(routeU, countU, routeV, countV)
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
    let best = this.costOf[route] - this.leastGain
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
    const gain = costOf[routeU] + this.over(loadU) - this.rest[2 * u] - this.over(loadU - demand[u]) - this.leastGain
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
    if (parted >= costOf[routeU] + this.over(loadU) - this.leastGain) return false
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
}
