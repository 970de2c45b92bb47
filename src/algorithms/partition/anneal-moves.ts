import type { PartBands } from './bound-moves'
import { createConnectivityWalk } from './connectivity-walk'
import type { UnitGraph } from './unit-graph'

/** Prices fall or rise by the same factor at each step, from first to last. */
export interface AnnealSchedule {
  readonly steps: number
  /** Temperature, households: what a step for the worse may cost. */
  readonly heat: readonly [first: number, last: number]
  /** Price of a household out of band, in households moved. */
  readonly breachPrice: readonly [first: number, last: number]
}

/** A division on its way from today's to one in band. */
export interface MoveAnnealer {
  /** Part by unit. */
  readonly label: Int32Array
  /** Households a part is out of its band. */
  breachOf(part: number): number
  /** Households moved among these units, their cut borders, and the breaches of these parts at a price. */
  costOf(units: Int32Array, parts: readonly number[], breachPrice: number): number
  /** Try moves of these units over borders, better ones and by chance worse ones. */
  anneal(units: Int32Array, schedule: AnnealSchedule): void
  /** What there is now; the function returned brings these units and parts back to it. */
  remember(units: Int32Array, parts: readonly number[]): () => void
}

/** Price of a cut border, in households moved: breaks ties towards plain outlines. */
const CUT_PRICE = 0.1

/**
 * Moves of single units over borders, priced by households that do not stay where they are today, by breaches of bands, and
 * little by borders cut. A unit goes only to its part of today or to one that bordered it, the part it leaves stays connected
 * and not empty, and locked parts neither give nor take.
 *
 * @param today part by unit; every part connected
 * Complexity of a step: O(borders of the unit), and where it is accepted O(units of the part).
 */
export function createMoveAnnealer(
  graph: UnitGraph,
  today: Int32Array,
  { lower, upper }: PartBands,
  isLocked: (part: number) => boolean,
  random: () => number,
): MoveAnnealer {
  const { start, neighbour } = graph
  const parts = lower.length
  const label = today.slice()
  const weight = new Float64Array(parts)
  const borders = new Set<number>()
  today.forEach((part, unit) => {
    weight[part] += graph.weight[unit]
    for (let k = start[unit]; k < start[unit + 1]; k++) borders.add(part * parts + today[neighbour[k]])
  })
  const staysConnected = createConnectivityWalk(graph, label)

  const breachAt = (part: number, sum: number): number => Math.max(0, sum - upper[part], lower[part] - sum)

  function put(unit: number, to: number): void {
    const from = label[unit]
    label[unit] = to
    weight[from] -= graph.weight[unit]
    weight[to] += graph.weight[unit]
  }

  function tryMove(unit: number, heat: number, breachPrice: number): void {
    const from = label[unit]
    const to = label[neighbour[start[unit] + Math.floor(random() * (start[unit + 1] - start[unit]))]]
    if (to === from || isLocked(to) || isLocked(from)) return
    const home = today[unit]
    if (to !== home && !borders.has(home * parts + to)) return
    const w = graph.weight[unit]
    const moved = to === home ? -w : from === home ? w : 0
    const leave = breachAt(from, weight[from] - w) - breachAt(from, weight[from])
    const enter = breachAt(to, weight[to] + w) - breachAt(to, weight[to])
    let change = moved + breachPrice * (leave + enter)
    // e^−12: not in a hundred thousand such steps.
    if (change > 12 * heat) return
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      const other = label[neighbour[k]]
      if (other === from) change += CUT_PRICE
      else if (other === to) change -= CUT_PRICE
    }
    if (change > 0 && random() >= Math.exp(-change / heat)) return
    if (staysConnected(unit)) put(unit, to)
  }

  return {
    label,
    breachOf: (part) => breachAt(part, weight[part]),
    costOf(units, among, breachPrice) {
      let cost = 0
      for (const unit of units) {
        if (label[unit] !== today[unit]) cost += graph.weight[unit]
        for (let k = start[unit]; k < start[unit + 1]; k++) if (label[neighbour[k]] !== label[unit]) cost += CUT_PRICE / 2
      }
      for (const part of among) cost += breachPrice * breachAt(part, weight[part])
      return cost
    },
    anneal(units, { steps, heat, breachPrice }) {
      const cooling = Math.log(heat[1] / heat[0])
      const rising = Math.log(breachPrice[1] / breachPrice[0])
      for (let step = 0; step < steps; step += 1024) {
        const share = step / steps
        const warmth = heat[0] * Math.exp(cooling * share)
        const price = breachPrice[0] * Math.exp(rising * share)
        for (let i = Math.min(1024, steps - step); i > 0; i--) tryMove(units[Math.floor(random() * units.length)], warmth, price)
      }
    },
    remember(units, among) {
      const labels = units.map((unit) => label[unit])
      const weights = among.map((part) => weight[part])
      return () => {
        units.forEach((unit, i) => (label[unit] = labels[i]))
        among.forEach((part, i) => (weight[part] = weights[i]))
      }
    },
  }
}
