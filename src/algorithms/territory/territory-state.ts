import { createConnectivityWalk } from '../partition/connectivity-walk'
import { PartBorders } from '../shared/part-borders'
import { activityLimits, distancesBetween, type TerritoryTask } from './territory-task'

/** A division while it is being improved; cost and breach are what they are after each move. */
export interface TerritoryState {
  readonly label: Int32Array
  readonly borders: PartBorders
  /** Sum of distances of units to the centres of their territories. */
  readonly cost: () => number
  /** Amounts out of tolerance, in amounts of a mean unit, summed over territories and activities. */
  readonly breach: () => number
  staysConnected(unit: number): boolean
  /** Change in cost and breach if the unit went to that territory; Infinity where its own would be empty. */
  costOfMove(unit: number, to: number): number
  breachOfMove(unit: number, to: number): number
  /** Likewise if two units of different territories changed places. */
  costOfSwap(unit: number, other: number): number
  breachOfSwap(unit: number, other: number): number
  move(unit: number, to: number): void
  /** A unit of `territory` that borders `beside`, by lot; −1 where there is none. */
  drawAlong(territory: number, beside: number, random: () => number): number
}

/**
 * Keep a division with, for each territory and each unit, the sum of distances from the territory's units to that unit: the
 * cost of a territory is the least of these over its own units, so a move is priced exactly, centres moved along with it.
 * Complexity: a price O(units of the two territories), a move O(units).
 */
export function createTerritoryState(task: TerritoryTask, first: Int32Array, distance = distancesBetween(task.graph)): TerritoryState {
  const { start, neighbour } = task.graph
  const { activities, territories } = task
  const size = first.length
  const label = first.slice()
  const limits = activityLimits(task)
  const meanUnit = limits.map(({ mean }) => (mean * territories) / size)
  const sums = new Float64Array(territories * size)
  const members = new Int32Array(territories * size)
  const count = new Int32Array(territories)
  const place = new Int32Array(size)
  const amount = new Float64Array(territories * activities.length)
  const costOf = new Float64Array(territories)
  const borders = new PartBorders(start, neighbour, label)
  const staysConnected = createConnectivityWalk(task.graph, label)
  let cost = 0
  let breach = 0

  for (let unit = 0; unit < size; unit++) enter(unit, label[unit])
  for (let territory = 0; territory < territories; territory++) {
    costOf[territory] = leastSum(territory)
    cost += costOf[territory]
    for (let activity = 0; activity < activities.length; activity++) breach += breachAt(activity, amountAt(territory, activity))
  }

  function enter(unit: number, territory: number): void {
    place[unit] = count[territory]
    members[territory * size + count[territory]++] = unit
    const row = territory * size
    const from = unit * size
    for (let other = 0; other < size; other++) sums[row + other] += distance[from + other]
    for (let activity = 0; activity < activities.length; activity++) {
      amount[territory * activities.length + activity] += activities[activity][unit]
    }
  }

  function leave(unit: number, territory: number): void {
    const last = members[territory * size + --count[territory]]
    members[territory * size + place[unit]] = last
    place[last] = place[unit]
    const row = territory * size
    const from = unit * size
    for (let other = 0; other < size; other++) sums[row + other] -= distance[from + other]
    for (let activity = 0; activity < activities.length; activity++) {
      amount[territory * activities.length + activity] -= activities[activity][unit]
    }
  }

  function leastSum(territory: number): number {
    const row = territory * size
    let least = Infinity
    for (let i = row; i < row + count[territory]; i++) least = Math.min(least, sums[row + members[i]])
    return least
  }

  function amountAt(territory: number, activity: number): number {
    return amount[territory * activities.length + activity]
  }

  function breachAt(activity: number, sum: number): number {
    const { lower, upper } = limits[activity]
    return sum > upper ? (sum - upper) / meanUnit[activity] : sum < lower ? (lower - sum) / meanUnit[activity] : 0
  }

  /** Cost of a territory without one of its units, and with another; −1 for none. */
  function costWith(territory: number, leaving: number, coming: number): number {
    const row = territory * size
    const without = leaving < 0 ? -1 : leaving * size
    const added = coming < 0 ? -1 : coming * size
    let least = Infinity
    for (let i = row; i < row + count[territory]; i++) {
      const unit = members[i]
      if (unit === leaving) continue
      let sum = sums[row + unit]
      if (without >= 0) sum -= distance[without + unit]
      if (added >= 0) sum += distance[added + unit]
      if (sum < least) least = sum
    }
    if (coming < 0) return least
    const own = sums[row + coming] - (without < 0 ? 0 : distance[without + coming])
    return own < least ? own : least
  }

  function breachBetween(from: number, to: number, leaving: number, coming: number): number {
    let change = 0
    for (let activity = 0; activity < activities.length; activity++) {
      const flow = activities[activity][leaving] - (coming < 0 ? 0 : activities[activity][coming])
      const had = amountAt(from, activity)
      const got = amountAt(to, activity)
      change += breachAt(activity, had - flow) - breachAt(activity, had) + breachAt(activity, got + flow) - breachAt(activity, got)
    }
    return change
  }

  return {
    label,
    borders,
    cost: () => cost,
    breach: () => breach,
    staysConnected,
    costOfMove: (unit, to) =>
      costWith(label[unit], unit, -1) - costOf[label[unit]] + costWith(to, -1, unit) - costOf[to],
    breachOfMove: (unit, to) => breachBetween(label[unit], to, unit, -1),
    costOfSwap: (unit, other) =>
      costWith(label[unit], unit, other) - costOf[label[unit]] + costWith(label[other], other, unit) - costOf[label[other]],
    breachOfSwap: (unit, other) => breachBetween(label[unit], label[other], unit, other),
    move(unit, to) {
      const from = label[unit]
      breach += breachBetween(from, to, unit, -1)
      leave(unit, from)
      enter(unit, to)
      borders.move(unit, to)
      cost -= costOf[from] + costOf[to]
      costOf[from] = leastSum(from)
      costOf[to] = leastSum(to)
      cost += costOf[from] + costOf[to]
    },
    drawAlong(territory, beside, random) {
      const row = territory * size
      const offset = Math.floor(random() * count[territory])
      for (let i = 0; i < count[territory]; i++) {
        const unit = members[row + ((offset + i) % count[territory])]
        for (let k = start[unit]; k < start[unit + 1]; k++) if (label[neighbour[k]] === beside) return unit
      }
      return -1
    },
  }
}
