import type { CarpRoutes } from './carp-routes'

/** A place to put a task in: behind `previous` (−1: at the head) of `route`; route −1: none, a new one is cheaper or needed. */
export interface Gap {
  route: number
  previous: number
  /** What the plan costs more. */
  cost: number
}

/**
 * The cheapest gap for a task among the routes with room, all directions of all tasks open; the first of equals. A gap that
 * `isPassedOver` says so of does not count; it is asked of those only that would be the cheapest so far.
 */
export function findGap(routes: CarpRoutes, task: number, isPassedOver: () => boolean, gap: Gap): void {
  const { ground, inUse, routeCount, load, first, next, before, after, costOf } = routes
  const { ends, ways, placeCount, demand, room } = ground
  const rowA = ends[2 * task] * placeCount
  const rowB = ends[2 * task + 1] * placeCount
  const fits = room - demand[task]
  const homeA = ways[rowA]
  const homeB = ways[rowB]
  let bestCost = homeA + homeB
  let bestRoute = -1
  let bestPrevious = -1
  for (let rank = 0; rank < routeCount; rank++) {
    const route = inUse[rank]
    if (load[route] > fits) continue
    const limit = bestCost + costOf[route]
    let least = limit
    let leastPrevious = -1
    // Least cost from the depot to either end of the task, through all that lies before the gap.
    let toA = homeA
    let toB = homeB
    let previous = -1
    for (let at = first[route]; at >= 0; at = next[at]) {
      const a = ends[2 * at]
      const b = ends[2 * at + 1]
      const aToA = ways[rowA + a]
      const aToB = ways[rowA + b]
      const bToA = ways[rowB + a]
      const bToB = ways[rowB + b]
      const forward = after[2 * at]
      const backward = after[2 * at + 1]
      const fromA = Math.min(aToA + forward, aToB + backward)
      const fromB = Math.min(bToA + forward, bToB + backward)
      const cost = Math.min(toA + fromB, toB + fromA)
      if (cost < least && !isPassedOver()) {
        least = cost
        leastPrevious = previous
      }
      const forwardTo = before[2 * at]
      const backwardTo = before[2 * at + 1]
      toA = Math.min(aToB + forwardTo, aToA + backwardTo)
      toB = Math.min(bToB + forwardTo, bToA + backwardTo)
      previous = at
    }
    const cost = Math.min(toA + homeB, toB + homeA)
    if (cost < least && !isPassedOver()) {
      least = cost
      leastPrevious = previous
    }
    if (least < limit) {
      bestCost = least - costOf[route]
      bestRoute = route
      bestPrevious = leastPrevious
    }
  }
  gap.route = bestRoute
  gap.previous = bestPrevious
  gap.cost = bestCost
}

/** As `findGap`, among the gaps on either side of the `reach` tasks nearest only; among all where none of them will do. */
export function findNearGap(routes: CarpRoutes, task: number, reach: number, isPassedOver: () => boolean, gap: Gap): void {
  const { ground, load, next, previous, before, after, costOf, routeOf } = routes
  const { ends, ways, placeCount, demand, room, near, nearCount } = ground
  const rowA = ends[2 * task] * placeCount
  const rowB = ends[2 * task + 1] * placeCount
  const fits = room - demand[task]
  const homeA = ways[rowA]
  const homeB = ways[rowB]
  let bestCost = homeA + homeB
  let bestRoute = -1
  let bestPrevious = -1
  const nearEnd = task * nearCount + Math.min(reach, nearCount)
  for (let index = task * nearCount + 1; index < nearEnd; index++) {
    const at = near[index]
    const route = routeOf[at]
    if (route < 0 || load[route] > fits) continue
    const limit = bestCost + costOf[route]
    let least = limit
    let leastPrevious = -1
    const a = ends[2 * at]
    const b = ends[2 * at + 1]
    const aToA = ways[rowA + a]
    const aToB = ways[rowA + b]
    const bToA = ways[rowB + a]
    const bToB = ways[rowB + b]
    // In front of it.
    const forward = after[2 * at]
    const backward = after[2 * at + 1]
    let toA = homeA
    let toB = homeB
    let fromA = Math.min(aToA + forward, aToB + backward)
    let fromB = Math.min(bToA + forward, bToB + backward)
    const other = previous[at]
    if (other >= 0) {
      const c = ends[2 * other]
      const d = ends[2 * other + 1]
      const forwardTo = before[2 * other]
      const backwardTo = before[2 * other + 1]
      toA = Math.min(ways[rowA + d] + forwardTo, ways[rowA + c] + backwardTo)
      toB = Math.min(ways[rowB + d] + forwardTo, ways[rowB + c] + backwardTo)
    }
    let cost = Math.min(toA + fromB, toB + fromA)
    if (cost < least && !isPassedOver()) {
      least = cost
      leastPrevious = other
    }
    // Behind it.
    const forwardTo = before[2 * at]
    const backwardTo = before[2 * at + 1]
    toA = Math.min(aToB + forwardTo, aToA + backwardTo)
    toB = Math.min(bToB + forwardTo, bToA + backwardTo)
    fromA = homeA
    fromB = homeB
    const following = next[at]
    if (following >= 0) {
      const c = ends[2 * following]
      const d = ends[2 * following + 1]
      const forward = after[2 * following]
      const backward = after[2 * following + 1]
      fromA = Math.min(ways[rowA + c] + forward, ways[rowA + d] + backward)
      fromB = Math.min(ways[rowB + c] + forward, ways[rowB + d] + backward)
    }
    cost = Math.min(toA + fromB, toB + fromA)
    if (cost < least && !isPassedOver()) {
      least = cost
      leastPrevious = at
    }
    if (least < limit) {
      bestCost = least - costOf[route]
      bestRoute = route
      bestPrevious = leastPrevious
    }
  }
  if (bestRoute < 0) {
    findGap(routes, task, isPassedOver, gap)
    return
  }
  gap.route = bestRoute
  gap.previous = bestPrevious
  gap.cost = bestCost
}
