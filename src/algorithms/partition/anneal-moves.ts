import type { MoveState } from './move-state'

/** Prices fall or rise by the same factor at each step, from first to last. */
export interface AnnealSchedule {
  readonly steps: number
  /** Temperature, households: what a step for the worse may cost. */
  readonly heat: readonly [first: number, last: number]
  /** Price of a household out of band, in households moved. */
  readonly breachPrice: readonly [first: number, last: number]
}

/** How often a unit that others hang on is tried with them: it costs much more than a single unit. */
const BRANCH_SHARE = 0.1

/** Price of a cut border, in households moved: breaks ties towards plain outlines. */
const CUT_PRICE = 0.1

/**
 * Moves of single units over borders, or of branches that hang on one, better ones and by chance worse ones, priced by households that do not stay where they
 * are today, by breaches of bands, and little by borders cut. The part that is left stays connected and not empty.
 *
 * @param units those that may move
 * Complexity of a step: O(borders of the unit), and where it is accepted O(units of the part).
 */
export function annealMoves(
  state: MoveState,
  units: Int32Array,
  { steps, heat, breachPrice }: AnnealSchedule,
  random: () => number,
): void {
  const { graph, today, label } = state
  const { start, neighbour } = graph
  const cooling = Math.log(heat[1] / heat[0])
  const inZone = new Uint8Array(label.length)
  for (const unit of units) inZone[unit] = 1
  const rising = Math.log(breachPrice[1] / breachPrice[0])
  for (let step = 0; step < steps; step += 1024) {
    const warmth = heat[0] * Math.exp((cooling * step) / steps)
    const price = breachPrice[0] * Math.exp((rising * step) / steps)
    for (let i = Math.min(1024, steps - step); i > 0; i--) {
      tryMove(units[Math.floor(random() * units.length)], warmth, price)
    }
  }

  function tryMove(unit: number, warmth: number, price: number): void {
    const from = label[unit]
    const to = label[neighbour[start[unit] + Math.floor(random() * (start[unit + 1] - start[unit]))]]
    if (to === from || !state.mayGo(unit, to)) return
    const w = graph.weight[unit]
    const moved = to === today[unit] ? -w : from === today[unit] ? w : 0
    let change = moved + price * (state.breachChange(from, unit, -1) + state.breachChange(to, unit, 1))
    // e^−12: not in a hundred thousand such steps.
    if (change > 12 * warmth) return
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      const other = label[neighbour[k]]
      if (other === from) change += CUT_PRICE
      else if (other === to) change -= CUT_PRICE
    }
    if (change > 0 && random() >= Math.exp(-change / warmth)) return
    if (state.staysConnected(unit)) state.put(unit, to)
    else if (random() < BRANCH_SHARE) tryBranch(unit, from, to, warmth, price)
  }

  /** A unit that others hang on goes with them: land of courts behind one way in changes hands only so. */
  function tryBranch(unit: number, from: number, to: number, warmth: number, price: number): void {
    const branch = state.branchAt(unit)
    if (branch.length < 2) return
    let change = price * (state.breachChangeOf(from, branch, -1) + state.breachChangeOf(to, branch, 1))
    for (const other of branch) {
      if (inZone[other] === 0 || !state.mayGo(other, to)) return
      change += to === today[other] ? -graph.weight[other] : from === today[other] ? graph.weight[other] : 0
    }
    if (change > 0 && random() >= Math.exp(-change / warmth)) return
    for (const other of branch) state.put(other, to)
  }
}

/** Households moved among these units, their cut borders, and the breaches of these parts at a price. */
export function costOfMoves(state: MoveState, units: Int32Array, parts: readonly number[], breachPrice: number): number {
  const { graph, today, label } = state
  let cost = 0
  for (const unit of units) {
    if (label[unit] !== today[unit]) cost += graph.weight[unit]
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (label[graph.neighbour[k]] !== label[unit]) cost += CUT_PRICE / 2
    }
  }
  for (const part of parts) cost += breachPrice * state.breachOf(part)
  return cost
}
