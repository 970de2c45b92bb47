import { seededRandom } from '../shared/seeded-random'
import { secondsOf, type PatrolGround } from './patrol-ground'
import { rerouteCodes } from './patrol-reroute'

/** Codes by patroller. */
export type PatrolOrders = readonly (readonly number[])[]

/** Turns of the tour that a split is tried from. */
const TURNS = 12
const CLUSTER_ROUNDS = 40

/**
 * One walk over everything, cut where it is best for the patrollers in the order they are given (optimal for that order: Ulusoy
 * 1985); from several beginnings. What falls to somebody whose zone it is not in goes to where it costs least.
 * Complexity: O(turns · K · t²) for t tasks.
 */
export function splitTour(ground: PatrolGround, effort: { readonly seed: number; readonly trials: number }): PatrolOrders {
  const patrollers = ground.startPlace.length
  const all = Array.from({ length: ground.tasks }, (_, task) => 2 * task)
  const tour = rerouteCodes(ground, { startPlace: ground.startPlace[0], endPlace: ground.startPlace[0] }, all, false, effort)
  let best: PatrolOrders = []
  let least = Infinity
  const turns = Math.min(TURNS, tour.length)
  for (let turn = 0; turn < turns; turn++) {
    const at = Math.floor((turn * tour.length) / turns)
    const { orders, value } = splitBest(ground, [...tour.slice(at), ...tour.slice(0, at)])
    if (value < least) [best, least] = [orders, value]
  }
  return turns === 0 ? Array.from({ length: patrollers }, () => []) : respectZones(ground, best)
}

/** The parts of least longest, or of least sum with what passes the limits a hundredfold. */
function splitBest(ground: PatrolGround, tour: readonly number[]): { orders: PatrolOrders; value: number } {
  const { places, walkS, taskS, headOf, tailOf, startPlace, endPlace, mayDo, problem: { aim, patrollers } } = ground
  const count = places.length
  const size = tour.length
  const away = patrollers.length
  let value = new Float64Array(size + 1).fill(Infinity)
  value[0] = 0
  const cutAt = patrollers.map(() => new Int32Array(size + 1))
  for (let k = 0; k < away; k++) {
    const next = value.slice()
    for (let end = 0; end <= size; end++) cutAt[k][end] = end
    for (let begin = 0; begin < size; begin++) {
      if (value[begin] === Infinity) continue
      let seconds = 0
      let at = startPlace[k]
      for (let end = begin; end < size; end++) {
        const code = tour[end]
        seconds += walkS[at * count + headOf[code]] + taskS[code >> 1]
        at = tailOf[code]
        if (mayDo[(code >> 1) * away + k] === 0) seconds += taskS[code >> 1]
        const whole = seconds + walkS[at * count + endPlace[k]]
        const priced = whole + 100 * Math.max(0, whole - patrollers[k].limitS)
        const there = aim === 'min_max' ? Math.max(value[begin], priced) : value[begin] + priced
        if (there < next[end + 1]) {
          next[end + 1] = there
          cutAt[k][end + 1] = begin
        } else if (aim === 'min_max' && priced >= next[size]) break
      }
    }
    value = next
  }
  const orders: number[][] = Array.from({ length: away }, () => [])
  for (let k = away - 1, end = size; k >= 0; k--) {
    orders[k] = tour.slice(cutAt[k][end], end)
    end = cutAt[k][end]
  }
  return { orders, value: value[size] }
}

/**
 * Tasks shared out among centres first, each to the nearest with a handicap that grows where there is too much, then each share
 * walked as a rural postman (after Lum, Golden and Wasil 2020). Shares go to patrollers by where they start.
 */
export function clusterTasks(ground: PatrolGround, effort: { readonly seed: number; readonly trials: number }): PatrolOrders {
  const { tasks, taskS, mayDo, startPlace, endPlace, problem: { patrollers } } = ground
  const away = patrollers.length
  const middle = middlesOf(ground)
  const random = seededRandom(effort.seed)
  const centre: [number, number][] = []
  const hasZones = patrollers.some(({ zone }) => zone !== null)
  for (let k = 0; k < away; k++) {
    // The farthest from those there are; with zones somewhere in the own.
    let far = Math.floor(random() * tasks)
    let farM = -1
    for (let task = 0; task < tasks; task++) {
      if (mayDo[task * away + k] === 0) continue
      const nearM = centre.reduce((least, [x, y]) => Math.min(least, Math.hypot(middle[2 * task] - x, middle[2 * task + 1] - y)), k === 0 ? 0 : Infinity)
      if (nearM > farM) [far, farM] = [task, nearM]
    }
    centre.push([middle[2 * far], middle[2 * far + 1]])
  }
  const handicapM = new Float64Array(away)
  const owner = new Int32Array(tasks)
  const meanS = taskS.reduce((sum, seconds) => sum + seconds, 0) / away
  const spreadM = Math.max(1, ...Array.from(middle.subarray(2), (m, k) => Math.abs(m - middle[k & 1])))
  for (let round = 0; round < CLUSTER_ROUNDS; round++) {
    const loadS = new Float64Array(away)
    const sums = new Float64Array(3 * away)
    for (let task = 0; task < tasks; task++) {
      let nearest = -1
      let leastM = Infinity
      for (let k = 0; k < away; k++) {
        if (mayDo[task * away + k] === 0) continue
        const m = Math.hypot(middle[2 * task] - centre[k][0], middle[2 * task + 1] - centre[k][1]) + handicapM[k]
        if (m < leastM) [nearest, leastM] = [k, m]
      }
      owner[task] = nearest
      loadS[nearest] += taskS[task]
      sums[3 * nearest] += middle[2 * task]
      sums[3 * nearest + 1] += middle[2 * task + 1]
      sums[3 * nearest + 2]++
    }
    for (let k = 0; k < away; k++) {
      handicapM[k] += 0.1 * spreadM * (loadS[k] / meanS - 1)
      if (sums[3 * k + 2] > 0) centre[k] = [sums[3 * k] / sums[3 * k + 2], sums[3 * k + 1] / sums[3 * k + 2]]
    }
  }
  let shares = Array.from({ length: away }, (_, k): number[] => [...owner.keys()].filter((task) => owner[task] === k).map((task) => 2 * task))
  if (!hasZones) shares = nearestFirst(ground, shares, centre)
  return shares.map((codes, k) => rerouteCodes(ground, { startPlace: startPlace[k], endPlace: endPlace[k] }, codes, false, effort))
}

/** Shares to patrollers: the nearest pair of centre and start first. */
function nearestFirst({ places, startPlace, problem: { network: { nodeXYM } } }: PatrolGround, shares: number[][], centre: readonly (readonly [number, number])[]): number[][] {
  const pairs = shares.flatMap((_, share) => [...startPlace].map((place, k) => {
    const node = places[place]
    return { share, k, m: Math.hypot(nodeXYM[2 * node] - centre[share][0], nodeXYM[2 * node + 1] - centre[share][1]) }
  })).sort((a, b) => a.m - b.m || a.share - b.share || a.k - b.k)
  const given: (number[] | undefined)[] = new Array<undefined>(shares.length).fill(undefined)
  const isTaken = new Set<number>()
  for (const { share, k } of pairs) {
    if (given[k] || isTaken.has(share)) continue
    given[k] = shares[share]
    isTaken.add(share)
  }
  return given.map((codes) => codes ?? [])
}

/** x, y in the middle of each task, metres. */
export function middlesOf({ tasks, headOf, tailOf, places, problem: { network: { nodeXYM } } }: PatrolGround): Float64Array {
  const middle = new Float64Array(2 * tasks)
  for (let task = 0; task < tasks; task++) {
    const [a, b] = [places[headOf[2 * task]], places[tailOf[2 * task]]]
    middle[2 * task] = (nodeXYM[2 * a] + nodeXYM[2 * b]) / 2
    middle[2 * task + 1] = (nodeXYM[2 * a + 1] + nodeXYM[2 * b + 1]) / 2
  }
  return middle
}

function respectZones(ground: PatrolGround, orders: PatrolOrders): PatrolOrders {
  const { mayDo } = ground
  const away = orders.length
  const homeless = orders.flatMap((codes, k) => codes.filter((code) => mayDo[(code >> 1) * away + k] === 0))
  const kept = orders.map((codes, k) => codes.filter((code) => mayDo[(code >> 1) * away + k] === 1))
  for (const code of homeless) {
    let best = { k: -1, at: 0, code, seconds: Infinity }
    for (let k = 0; k < away; k++) {
      if (mayDo[(code >> 1) * away + k] === 0) continue
      const place = cheapestPlace(ground, k, kept[k], code)
      const seconds = secondsOf(ground, k, kept[k]) + place.addedS
      if (seconds < best.seconds) best = { k, at: place.at, code: place.code, seconds }
    }
    kept[best.k].splice(best.at, 0, best.code)
  }
  return kept
}

/** Where a task goes into a route at least cost, and which way round. */
function cheapestPlace(
  { places, walkS, taskS, headOf, tailOf, startPlace, endPlace }: PatrolGround, k: number, codes: readonly number[], code: number,
): { at: number; code: number; addedS: number } {
  const count = places.length
  let best = { at: 0, code, addedS: Infinity }
  for (let at = 0; at <= codes.length; at++) {
    const before = at === 0 ? startPlace[k] : tailOf[codes[at - 1]]
    const after = at === codes.length ? endPlace[k] : headOf[codes[at]]
    const directS = codes.length === 0 ? 0 : walkS[before * count + after]
    for (const way of [code, code ^ 1]) {
      const addedS = walkS[before * count + headOf[way]] + taskS[way >> 1] + walkS[tailOf[way] * count + after] - directS
      if (addedS < best.addedS) best = { at, code: way, addedS }
    }
  }
  return best
}
