import { secondsOf, type PatrolGround } from './patrol-ground'
import type { PatrolOrders } from './patrol-start'

/** Weight of the sum beside the longest; a second beyond a limit. */
const SUM_SHARE = 0.02
const BEYOND_LIMIT = 100

/** Routes of a search and one proposed change. A proposal is priced in O(1) and put in place by `take`. */
export interface PatrolState {
  readonly routes: readonly (readonly number[])[]
  /** Route by task, and its place there. */
  readonly routeOf: Int32Array
  readonly placeOf: Int32Array
  /** What the search lowers; after the proposal. */
  energy(): number
  energyAfter(): number
  /** What answers are compared by: the aim, then the sum. */
  worth(): number
  copy(): number[][]
  /** `size` tasks from a place of a route to before a place of another or the same, turned round or not; false: no change. */
  proposeMove(route: number, at: number, size: number, target: number, before: number, isTurned: boolean): boolean
  /** A task of each exchanged, each turned round or not. */
  proposeSwap(route: number, at: number, other: number, otherAt: number, isTurned: boolean, isOtherTurned: boolean): boolean
  /** Places first … last of a route turned round. */
  proposeTurn(route: number, first: number, last: number): boolean
  /** The rests of two routes exchanged; turned round: the rest of the one for the beginning of the other. */
  proposeCross(route: number, at: number, other: number, otherAt: number, isTurned: boolean): boolean
  take(): void
}

export function createPatrolState(ground: PatrolGround, start: PatrolOrders): PatrolState {
  const { places, walkS, taskS, headOf, tailOf, startPlace, endPlace, mayDo, tasks, problem: { aim, patrollers } } = ground
  const count = places.length
  const away = start.length
  const routes = start.map((codes) => [...codes])
  const routeOf = new Int32Array(tasks)
  const placeOf = new Int32Array(tasks)
  const seconds = new Float64Array(away)
  /** Seconds up to the end of each task, by route. */
  const untilS: number[][] = routes.map(() => [])
  const hasZones = patrollers.some(({ zone }) => zone !== null)
  /** What the power mean is taken of, so that powers stay small. */
  let unitS = 1

  const way = (a: number, b: number): number => walkS[a * count + b]
  const placeBefore = (route: number, at: number): number => (at === 0 ? startPlace[route] : tailOf[routes[route][at - 1]])
  const placeAfter = (route: number, at: number): number => (at >= routes[route].length ? endPlace[route] : headOf[routes[route][at]])

  function refresh(route: number): void {
    const codes = routes[route]
    const until = untilS[route]
    until.length = codes.length
    let at = startPlace[route]
    let sum = 0
    for (let k = 0; k < codes.length; k++) {
      const code = codes[k]
      sum += way(at, headOf[code]) + taskS[code >> 1]
      until[k] = sum
      at = tailOf[code]
      routeOf[code >> 1] = route
      placeOf[code >> 1] = k
    }
    seconds[route] = secondsOf(ground, route, codes)
  }

  function priced(route: number, routeS: number): number {
    const beyondS = routeS - patrollers[route].limitS
    return beyondS > 0 ? BEYOND_LIMIT * beyondS : 0
  }

  /** Of the routes as they are, but for two. */
  function energyWith(route: number, routeS: number, other: number, otherS: number): number {
    let sum = 0
    let beyond = 0
    let powers = 0
    for (let k = 0; k < away; k++) {
      const s = k === route ? routeS : k === other ? otherS : seconds[k]
      sum += s
      beyond += priced(k, s)
      const share = s / unitS
      const square = share * share
      const fourth = square * square
      powers += fourth * fourth * fourth * fourth
    }
    return beyond + (aim === 'min_total' ? sum : unitS * powers ** (1 / 16) + SUM_SHARE * sum)
  }

  // The proposal: seconds of two routes after it, and what puts it in place.
  let first = 0
  let second = 0
  let firstS = 0
  let secondS = 0
  let apply: () => void = () => undefined

  function propose(route: number, routeS: number, other: number, otherS: number, put: () => void): true {
    first = route
    second = other
    firstS = routeS
    secondS = otherS
    apply = put
    return true
  }

  /** Seconds of a route with its way from start to end counted even where it is empty, so that sums of changes hold. */
  const wholeS = (route: number): number => (routes[route].length === 0 ? way(startPlace[route], endPlace[route]) : seconds[route])
  const mayTake = (route: number, codes: readonly number[], begin: number, end: number): boolean => {
    if (!hasZones) return true
    for (let k = begin; k < end; k++) if (mayDo[(codes[k] >> 1) * away + route] === 0) return false
    return true
  }

  for (let route = 0; route < away; route++) refresh(route)
  unitS = Math.max(1, seconds.reduce((sum, s) => sum + s, 0) / away)

  return {
    routes,
    routeOf,
    placeOf,
    energy: () => energyWith(-1, 0, -1, 0),
    energyAfter: () => energyWith(first, firstS, second, secondS),
    worth() {
      let [longest, sum, beyond] = [0, 0, 0]
      for (let k = 0; k < away; k++) {
        longest = Math.max(longest, seconds[k])
        sum += seconds[k]
        beyond += priced(k, seconds[k])
      }
      return beyond + (aim === 'min_total' ? sum : longest + 1e-4 * sum)
    },
    copy: () => routes.map((codes) => [...codes]),

    proposeMove(route, at, size, target, before, isTurned) {
      const codes = routes[route]
      if (target === route && before >= at && before <= at + size) return false
      if (target !== route && !mayTake(target, codes, at, at + size)) return false
      const from = headOf[codes[at]]
      const to = tailOf[codes[at + size - 1]]
      const [left, right] = [placeBefore(route, at), placeAfter(route, at + size)]
      const [a, b] = [placeBefore(target, before), placeAfter(target, before)]
      const outS = way(left, from) + way(to, right) - way(left, right)
      const inS = (isTurned ? way(a, to) + way(from, b) : way(a, from) + way(to, b)) - way(a, b)
      const put = (): void => {
        const moved = routes[route].splice(at, size)
        if (isTurned) turn(moved)
        routes[target].splice(target === route && before > at ? before - size : before, 0, ...moved)
      }
      if (target === route) return propose(route, seconds[route] - outS + inS, route, seconds[route] - outS + inS, put)
      let ownS = taskS[codes[at] >> 1]
      for (let k = at + 1; k < at + size; k++) ownS += way(tailOf[codes[k - 1]], headOf[codes[k]]) + taskS[codes[k] >> 1]
      const leftS = codes.length === size ? 0 : seconds[route] - outS - ownS
      return propose(route, leftS, target, wholeS(target) + inS + ownS, put)
    },

    proposeSwap(route, at, other, otherAt, isTurned, isOtherTurned) {
      if (route === other && Math.abs(at - otherAt) < 2) return false
      const one = routes[route][at]
      const two = routes[other][otherAt]
      if (route !== other && !(mayTake(other, [one], 0, 1) && mayTake(route, [two], 0, 1))) return false
      const oneNew = isTurned ? one ^ 1 : one
      const twoNew = isOtherTurned ? two ^ 1 : two
      const [a, b] = [placeBefore(route, at), placeAfter(route, at + 1)]
      const [c, d] = [placeBefore(other, otherAt), placeAfter(other, otherAt + 1)]
      const oneS = way(a, headOf[twoNew]) + way(tailOf[twoNew], b) - way(a, headOf[one]) - way(tailOf[one], b)
      const twoS = way(c, headOf[oneNew]) + way(tailOf[oneNew], d) - way(c, headOf[two]) - way(tailOf[two], d)
      const put = (): void => {
        routes[route][at] = twoNew
        routes[other][otherAt] = oneNew
      }
      if (route === other) return propose(route, seconds[route] + oneS + twoS, route, seconds[route] + oneS + twoS, put)
      const servesS = taskS[two >> 1] - taskS[one >> 1]
      return propose(route, seconds[route] + oneS + servesS, other, seconds[other] + twoS - servesS, put)
    },

    proposeTurn(route, begin, last) {
      if (last < begin) return false
      const codes = routes[route]
      const [a, b] = [placeBefore(route, begin), placeAfter(route, last + 1)]
      const [from, to] = [headOf[codes[begin]], tailOf[codes[last]]]
      const afterS = seconds[route] + way(a, to) + way(from, b) - way(a, from) - way(to, b)
      return propose(route, afterS, route, afterS, () => {
        const turned = routes[route].splice(begin, last - begin + 1)
        turn(turned)
        routes[route].splice(begin, 0, ...turned)
      })
    },

    proposeCross(route, at, other, otherAt, isTurned) {
      const [one, two] = [routes[route], routes[other]]
      const until = (k: number, place: number): number => (place === 0 ? 0 : untilS[k][place - 1])
      /** Seconds of the tasks from a place to the last, with the ways between them. */
      const restS = (k: number, place: number): number => {
        const codes = routes[k]
        if (place === codes.length) return 0
        return untilS[k][codes.length - 1] - untilS[k][place] + taskS[codes[place] >> 1]
      }
      /** The same of those before a place, without the way from the start. */
      const headS = (k: number, place: number): number => (place === 0 ? 0 : until(k, place) - way(startPlace[k], headOf[routes[k][0]]))
      if (!isTurned) {
        if (at === one.length && otherAt === two.length) return false
        if (!mayTake(route, two, otherAt, two.length) || !mayTake(other, one, at, one.length)) return false
        const oneEnd = otherAt === two.length ? endPlace[route] : headOf[two[otherAt]]
        const twoEnd = at === one.length ? endPlace[other] : headOf[one[at]]
        const oneS = at + two.length - otherAt === 0 ? 0 : until(route, at) + way(placeBefore(route, at), oneEnd) + restS(other, otherAt)
          + (otherAt === two.length ? 0 : way(tailOf[two[two.length - 1]], endPlace[route]))
        const twoS = otherAt + one.length - at === 0 ? 0 : until(other, otherAt) + way(placeBefore(other, otherAt), twoEnd) + restS(route, at)
          + (at === one.length ? 0 : way(tailOf[one[one.length - 1]], endPlace[other]))
        return propose(route, oneS, other, twoS, () => {
          const rest = routes[route].splice(at)
          routes[route].push(...routes[other].splice(otherAt))
          routes[other].push(...rest)
        })
      }
      if (!mayTake(route, two, 0, otherAt) || !mayTake(other, one, at, one.length)) return false
      // route: its beginning, then the other's beginning turned round; other: the rest of route turned round, then its own rest.
      const oneS = at + otherAt === 0 ? 0 : until(route, at)
        + (otherAt === 0 ? way(placeBefore(route, at), endPlace[route])
          : way(placeBefore(route, at), tailOf[two[otherAt - 1]]) + headS(other, otherAt) + way(headOf[two[0]], endPlace[route]))
      const restTurned = one.length - at
      const twoS = restTurned + two.length - otherAt === 0 ? 0
        : (restTurned === 0 ? way(startPlace[other], placeAfter(other, otherAt))
          : way(startPlace[other], tailOf[one[one.length - 1]]) + restS(route, at) + way(headOf[one[at]], placeAfter(other, otherAt)))
        + restS(other, otherAt) + (otherAt === two.length ? 0 : way(tailOf[two[two.length - 1]], endPlace[other]))
      return propose(route, oneS, other, twoS, () => {
        const rest = routes[route].splice(at)
        const begin = routes[other].splice(0, otherAt)
        turn(rest)
        turn(begin)
        routes[route].push(...begin)
        routes[other].unshift(...rest)
      })
    },

    take() {
      apply()
      refresh(first)
      if (second !== first) refresh(second)
    },
  }
}

/** Codes walked the other way, in place. */
function turn(codes: number[]): void {
  codes.reverse()
  for (let k = 0; k < codes.length; k++) codes[k] ^= 1
}
