import type { PartBands } from '../partition/bound-moves'
import { createConnectivityWalk } from '../partition/connectivity-walk'
import type { UnitGraph } from '../partition/unit-graph'
import { PartBorders } from '../shared/part-borders'

/** A division, the cost of the borders it cuts, and how far its parts lie out of their bands, in weight. */
export interface CutPlan {
  readonly label: Int32Array
  readonly cut: number
  readonly breach: number
}

/** Heat falls, and the price of what lies out of band rises, by the same factor at each step, from first to last. */
export interface CutSchedule {
  readonly steps: number
  /** Temperature, mean borders. */
  readonly heat: readonly [first: number, last: number]
  /** Price of a hundredth of a mean part out of band, mean borders. */
  readonly breachPrice: readonly [first: number, last: number]
  /** Asked now and then; true ends the walk. */
  readonly isCancelled?: () => boolean
}

/**
 * Share of steps that move several units at once where units are heavier than the band is wide, so that one alone can hardly
 * move; where they are lighter the share is as much smaller.
 */
const CHAIN_SHARE = 0.5
/** Draws for units of a chain that make up for each other, and how many a chain may have. */
const CHAIN_DRAWS = 12
const LONGEST_CHAIN = 3

/** Whether one plan is better: less out of band first, then fewer borders cut. */
export function isBetterPlan(plan: CutPlan, other: CutPlan): boolean {
  return plan.breach < other.breach - 1e-9 || (plan.breach < other.breach + 1e-9 && plan.cut < other.cut - 1e-9)
}

/** What a division cuts and how far it is out of band, summed anew. Complexity O(units + borders). */
export function measureCuts({ start, neighbour, edgeCost, weight }: UnitGraph, { lower, upper }: PartBands, label: Int32Array): CutPlan {
  const sum = new Float64Array(lower.length)
  let twice = 0
  label.forEach((part, unit) => {
    sum[part] += weight[unit]
    for (let k = start[unit]; k < start[unit + 1]; k++) if (label[neighbour[k]] !== part) twice += edgeCost[k]
  })
  let breach = 0
  for (let part = 0; part < sum.length; part++) breach += Math.max(0, sum[part] - upper[part], lower[part] - sum[part])
  return { label, cut: twice / 2, breach }
}

/**
 * Simulated annealing of connected parts over their borders: one unit goes over, or a chain of them that make up for each
 * other's weight. Weights out of band are allowed at a price that rises, so that the walk passes between plans that are in band; the
 * best plan met on the way is what counts.
 * Source: flips and swaps of Bozkaya, Erkut and Laporte (2003, political districting by tabu search), under annealing
 * (Johnson, Aragon, McGeoch and Schevon 1989) with the contiguity test at the unit's own neighbours first.
 *
 * @param first part by unit; every part connected
 * Complexity O(steps × borders of a unit), and the units of a part for some moves.
 */
export function annealCuts(
  graph: UnitGraph,
  bands: PartBands,
  first: Int32Array,
  { steps, heat, breachPrice, isCancelled }: CutSchedule,
  random: () => number,
): CutPlan {
  const { start, neighbour, edgeCost } = graph
  const { lower, upper } = bands
  const label = first.slice()
  const borders = new PartBorders(start, neighbour, label)
  const { arcs, tail } = borders
  const staysConnected = createConnectivityWalk(graph, label)
  const weight = new Float64Array(lower.length)
  label.forEach((part, unit) => (weight[part] += graph.weight[unit]))
  let { cut, breach } = measureCuts(graph, bands, label)
  const hundredth = Math.max(1e-9, graph.weight.reduce((sum, w) => sum + w, 0) / weight.length / 100)
  const meanCost = edgeCost.reduce((sum, cost) => sum + cost, 0) / Math.max(1, edgeCost.length)

  const bestLabel = label.slice()
  let bestCut = cut
  let bestBreach = breach
  const cooling = Math.log(heat[1] / heat[0])
  const rising = Math.log(breachPrice[1] / breachPrice[0])
  const width = lower.reduce((least, low, part) => Math.min(least, upper[part] - low), Infinity)
  const chainShare = CHAIN_SHARE * Math.min(1, hundredth * ((100 * weight.length) / label.length) / width)
  const chainUnit = new Int32Array(LONGEST_CHAIN)
  const chainFrom = new Int32Array(LONGEST_CHAIN)
  let warmth = 0
  let price = 0
  for (let step = 0; step < steps && borders.count > 0; step++) {
    if (step % 256 === 0) {
      if (isCancelled?.()) break
      warmth = heat[0] * Math.exp((cooling * step) / steps) * meanCost
      price = ((breachPrice[0] * Math.exp((rising * step) / steps)) / hundredth) * meanCost
    }
    const hasMoved = random() < chainShare ? tryChain() : trySingle()
    if (hasMoved && (breach < bestBreach - 1e-9 || (breach < bestBreach + 1e-9 && cut < bestCut - 1e-9))) {
      bestLabel.set(label)
      bestCut = cut
      bestBreach = breach
    }
  }
  return measureCuts(graph, bands, bestLabel)

  function breachAt(part: number, sum: number): number {
    return sum > upper[part] ? sum - upper[part] : sum < lower[part] ? lower[part] - sum : 0
  }

  function cutChange(unit: number, to: number): number {
    const from = label[unit]
    let change = 0
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      const other = label[neighbour[k]]
      if (other === from) change += edgeCost[k]
      else if (other === to) change -= edgeCost[k]
    }
    return change
  }

  function breachChange(unit: number, to: number): number {
    const from = label[unit]
    const w = graph.weight[unit]
    return (
      breachAt(from, weight[from] - w) - breachAt(from, weight[from]) + breachAt(to, weight[to] + w) - breachAt(to, weight[to])
    )
  }

  /** Chance by heat; e^−12 is not met in a hundred thousand steps. */
  function accepts(change: number): boolean {
    return change <= 0 || (change < 12 * warmth && random() < Math.exp(-change / warmth))
  }

  function put(unit: number, to: number, cutBy: number, breachBy: number): void {
    const from = label[unit]
    weight[from] -= graph.weight[unit]
    weight[to] += graph.weight[unit]
    borders.move(unit, to)
    cut += cutBy
    breach += breachBy
  }

  function trySingle(): boolean {
    const arc = arcs[Math.floor(random() * borders.count)]
    const unit = tail[arc]
    const to = label[neighbour[arc]]
    const breachBy = breachChange(unit, to)
    const cutBy = cutChange(unit, to)
    if (!accepts(cutBy + price * breachBy) || !staysConnected(unit)) return false
    put(unit, to, cutBy, breachBy)
    return true
  }

  /** Units go over borders one after another, each making up for those before it, until the whole is accepted. */
  function tryChain(): boolean {
    let length = 0
    let cutBy = 0
    let breachBy = 0
    let giver = -1
    let taker = -1
    for (let draw = 0; draw < CHAIN_DRAWS && length < LONGEST_CHAIN; draw++) {
      const arc = arcs[Math.floor(random() * borders.count)]
      const unit = tail[arc]
      const from = label[unit]
      const to = label[neighbour[arc]]
      if (length > 0 && from !== taker && to !== giver) continue
      if (!staysConnected(unit)) continue
      const cutNow = cutChange(unit, to)
      const breachNow = breachChange(unit, to)
      chainUnit[length] = unit
      chainFrom[length++] = from
      put(unit, to, cutNow, breachNow)
      cutBy += cutNow
      breachBy += breachNow
      if (length > 1 && accepts(cutBy + price * breachBy)) return true
      if (from !== taker) giver = from
      if (to !== giver) taker = to
    }
    const cutBefore = cut - cutBy
    const breachBefore = breach - breachBy
    while (length-- > 0) put(chainUnit[length], chainFrom[length], 0, 0)
    cut = cutBefore
    breach = breachBefore
    return false
  }
}
