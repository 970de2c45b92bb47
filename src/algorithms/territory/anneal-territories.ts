import type { TerritoryState } from './territory-state'

/** Heat falls, and the price of what lies out of tolerance rises, by the same factor at each step, from first to last. */
export interface TerritorySchedule {
  readonly steps: number
  /** Temperature, mean distances of a unit to its centre at the start. */
  readonly heat: readonly [first: number, last: number]
  /** Price of a mean unit's amount out of tolerance, in the same. */
  readonly breachPrice: readonly [first: number, last: number]
  /** Mean distance of a unit to its centre: the yardstick of both. */
  readonly scale: number
  /** Asked now and then; true ends the walk. */
  readonly isCancelled?: () => boolean
}

/** A division, its distances and its breach. */
export interface TerritoryPlan {
  readonly label: Int32Array
  readonly distance: number
  readonly breach: number
}

/** Share of steps in which two units change places. */
const SWAP_SHARE = 0.4

/** Breaches and distances that differ by less are the same. */
const ALIKE = 1e-7

/** Whether one plan is better: less out of tolerance first, then shorter. */
export function isBetterTerritoryPlan(plan: TerritoryPlan, other: TerritoryPlan): boolean {
  return plan.breach < other.breach - ALIKE || (plan.breach < other.breach + ALIKE && plan.distance < other.distance - ALIKE)
}

/**
 * Simulated annealing of connected territories: a unit goes over a border, or two change places over it; centres follow each
 * move at once. What lies out of tolerance is allowed at a price that rises; the best plan met on the way is what counts.
 * Complexity O(steps × units of two territories), and O(units) for each move taken.
 */
export function annealTerritories(
  state: TerritoryState,
  { steps, heat, breachPrice, scale, isCancelled }: TerritorySchedule,
  random: () => number,
): TerritoryPlan {
  const { label, borders } = state
  const { arcs, tail, head } = borders
  const cooling = Math.log(heat[1] / heat[0])
  const rising = Math.log(breachPrice[1] / breachPrice[0])
  let warmth = 0
  let price = 0
  let best: TerritoryPlan = { label: label.slice(), distance: state.cost(), breach: state.breach() }
  for (let step = 0; step < steps && borders.count > 0; step++) {
    if (step % 256 === 0) {
      if (isCancelled?.()) break
      warmth = heat[0] * Math.exp((cooling * step) / steps) * scale
      price = breachPrice[0] * Math.exp((rising * step) / steps) * scale
    }
    const arc = arcs[Math.floor(random() * borders.count)]
    const hasMoved = random() < SWAP_SHARE ? trySwap(tail[arc], head[arc]) : tryMove(tail[arc], label[head[arc]])
    if (!hasMoved) continue
    const distance = state.cost()
    const breach = state.breach()
    if (breach > best.breach + ALIKE || (breach > best.breach - ALIKE && distance > best.distance - ALIKE)) continue
    best = { label: label.slice(), distance, breach }
  }
  return best

  /** Chance by heat; e^−12 is not met in a hundred thousand steps. */
  function accepts(change: number): boolean {
    return change <= 0 || (change < 12 * warmth && random() < Math.exp(-change / warmth))
  }

  function tryMove(unit: number, to: number): boolean {
    if (!accepts(state.costOfMove(unit, to) + price * state.breachOfMove(unit, to)) || !state.staysConnected(unit)) return false
    state.move(unit, to)
    return true
  }

  /** The unit changes places with one of the neighbour's territory that lies along its own. */
  function trySwap(unit: number, neighbour: number): boolean {
    const from = label[unit]
    const to = label[neighbour]
    const other = state.drawAlong(to, from, random)
    if (!accepts(state.costOfSwap(unit, other) + price * state.breachOfSwap(unit, other)) || !state.staysConnected(unit)) return false
    state.move(unit, to)
    if (borders.touches(other, from) && state.staysConnected(other)) {
      state.move(other, from)
      return true
    }
    state.move(unit, from)
    return false
  }
}
