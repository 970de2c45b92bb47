import type { BuildingProblem } from './share-buildings'

export interface SettledBuildings {
  /** Carrier by building, −1 nobody. */
  readonly carrier: Int32Array
  /** Households by carrier. */
  readonly loads: Int32Array
  isBetterThan(other: SettledBuildings): boolean
  /** Households of nobody, buildings missing to the least, households beyond the soft most, cost: less is better, in this order. */
  readonly score: readonly [unserved: number, missing: number, excess: number, costDm: number]
}

/** Rounds of exchanges at most; a few are enough. */
const MOST_ROUNDS = 60
/** Ways to pass one on that are looked through in a round at most: a town has millions, and little to gain by them. */
const MOST_WAYS = 500_000

/**
 * Better a plan of whole buildings by giving one to another carrier, exchanging two, exchanging all that two carriers have, or passing one
 * on by way of a third, until nothing betters it. Own limits are never exceeded. Deterministic; O(rounds × buildings² × carriers) at worst.
 */
export function settleBuildings(problem: BuildingProblem, softMax: number, start: Int32Array): SettledBuildings {
  const { buildings, max, isHard, minBuildings } = problem
  const carrier = start.slice()
  const loads = new Int32Array(max.length)
  const counts = new Int32Array(max.length)
  const sizeOf = (k: number) => buildings[k].households.length
  const costOf = (k: number, to: number) => buildings[k].costDm[to]
  const holds = (to: number, load: number) => isHard[to] === 0 || load <= max[to]

  carrier.forEach((to, k) => {
    if (to < 0) return
    if (!holds(to, loads[to] + sizeOf(k))) {
      carrier[k] = -1
      return
    }
    loads[to] += sizeOf(k)
    counts[to]++
  })

  const missing = (to: number, count: number) => Math.max(0, minBuildings[to] - count)
  const excess = (load: number) => Math.max(0, load - softMax)
  /** Change of missing, excess and cost as one number below zero where it betters; cost decides last. */
  const isGain = (missed: number, over: number, costDm: number) => missed < 0 || (missed === 0 && (over < 0 || (over === 0 && costDm < 0)))

  function put(k: number, to: number): void {
    const from = carrier[k]
    if (from >= 0) {
      loads[from] -= sizeOf(k)
      counts[from]--
    }
    carrier[k] = to
    loads[to] += sizeOf(k)
    counts[to]++
  }

  function tryGive(k: number): boolean {
    const from = carrier[k]
    let best = -1
    let [bestMissed, bestOver, bestDm] = [0, 0, 0]
    for (let to = 0; to < loads.length; to++) {
      if (to === from || Number.isNaN(costOf(k, to)) || !holds(to, loads[to] + sizeOf(k))) continue
      const missed = missing(to, counts[to] + 1) - missing(to, counts[to]) + (from < 0 ? 0 : missing(from, counts[from] - 1) - missing(from, counts[from]))
      const over = excess(loads[to] + sizeOf(k)) - excess(loads[to]) + (from < 0 ? 0 : excess(loads[from] - sizeOf(k)) - excess(loads[from]))
      const costDm = costOf(k, to) - (from < 0 ? 0 : costOf(k, from))
      const gains = from < 0 ? best < 0 || isGain(missed - bestMissed, over - bestOver, costDm - bestDm) : isGain(missed - bestMissed, over - bestOver, costDm - bestDm)
      if (!gains) continue
      best = to
      bestMissed = missed
      bestOver = over
      bestDm = costDm
    }
    if (best < 0) return false
    put(k, best)
    return true
  }

  function tryExchange(a: number, b: number): boolean {
    const [x, y] = [carrier[a], carrier[b]]
    if (x < 0 || y < 0 || x === y || Number.isNaN(costOf(a, y)) || Number.isNaN(costOf(b, x))) return false
    const step = sizeOf(b) - sizeOf(a)
    if (!holds(x, loads[x] + step) || !holds(y, loads[y] - step)) return false
    const over = excess(loads[x] + step) - excess(loads[x]) + excess(loads[y] - step) - excess(loads[y])
    if (!isGain(0, over, costOf(a, y) + costOf(b, x) - costOf(a, x) - costOf(b, y))) return false
    put(a, y)
    put(b, x)
    return true
  }

  /** Give a to the carrier of b, and b on to a third. */
  function tryPassOn(a: number, b: number): boolean {
    const [x, y] = [carrier[a], carrier[b]]
    if (x < 0 || y < 0 || x === y || Number.isNaN(costOf(a, y))) return false
    const step = sizeOf(a) - sizeOf(b)
    if (!holds(y, loads[y] + step)) return false
    const missedAtX = missing(x, counts[x] - 1) - missing(x, counts[x])
    const overAtXY = excess(loads[x] - sizeOf(a)) - excess(loads[x]) + excess(loads[y] + step) - excess(loads[y])
    const costDm = costOf(a, y) - costOf(a, x) - costOf(b, y)
    for (let z = 0; z < loads.length; z++) {
      if (z === x || z === y || Number.isNaN(costOf(b, z)) || !holds(z, loads[z] + sizeOf(b))) continue
      const missed = missedAtX + missing(z, counts[z] + 1) - missing(z, counts[z])
      const over = overAtXY + excess(loads[z] + sizeOf(b)) - excess(loads[z])
      if (!isGain(missed, over, costDm + costOf(b, z))) continue
      put(a, y)
      put(b, z)
      return true
    }
    return false
  }

  /** Exchange all that two carriers have. */
  function tryExchangeAll(x: number, y: number): boolean {
    if (!holds(x, loads[y]) || !holds(y, loads[x])) return false
    let costDm = 0
    for (let k = 0; k < carrier.length; k++) {
      if (carrier[k] === x) costDm += costOf(k, y) - costOf(k, x)
      else if (carrier[k] === y) costDm += costOf(k, x) - costOf(k, y)
    }
    const missed = missing(x, counts[y]) + missing(y, counts[x]) - missing(x, counts[x]) - missing(y, counts[y])
    // NaN where one of the buildings may not change hands.
    if (Number.isNaN(costDm) || !isGain(missed, 0, costDm)) return false
    for (let k = 0; k < carrier.length; k++) {
      if (carrier[k] === x) carrier[k] = y
      else if (carrier[k] === y) carrier[k] = x
    }
    for (const column of [loads, counts]) [column[x], column[y]] = [column[y], column[x]]
    return true
  }

  const pairs = (count: number, act: (a: number, b: number) => boolean, isOrdered = false): boolean => {
    let isMoving = false
    for (let a = 0; a < count; a++) {
      for (let b = isOrdered ? 0 : a + 1; b < count; b++) isMoving = act(a, b) || isMoving
    }
    return isMoving
  }
  for (let round = 0, isMoving = true; isMoving && round < MOST_ROUNDS; round++) {
    isMoving = false
    for (let k = 0; k < buildings.length; k++) isMoving = tryGive(k) || isMoving
    isMoving = pairs(buildings.length, tryExchange) || isMoving
    isMoving = pairs(loads.length, tryExchangeAll) || isMoving
    // The dear step comes last, where nothing else betters the plan.
    if (!isMoving && buildings.length ** 2 * loads.length <= MOST_WAYS) isMoving = pairs(buildings.length, tryPassOn, true)
  }

  const score = [
    carrier.reduce((sum, to, k) => sum + (to < 0 ? sizeOf(k) : 0), 0),
    counts.reduce((sum, count, to) => sum + missing(to, count), 0),
    loads.reduce((sum, load) => sum + excess(load), 0),
    carrier.reduce((sum, to, k) => sum + (to < 0 ? 0 : costOf(k, to)), 0),
  ] as const
  return {
    carrier,
    loads,
    score,
    isBetterThan(other) {
      const at = score.findIndex((value, k) => value !== other.score[k])
      return at >= 0 && score[at] < other.score[at]
    },
  }
}
