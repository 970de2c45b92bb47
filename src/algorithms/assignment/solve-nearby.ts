import type { SolverControl } from '../shared/solver-control'
import { nearPairs, type Places } from './near-pairs'
import { PointGrid } from './point-grid'
import { resolveTransport } from './resolve-transport'
import { solveTransport } from './solve-transport'
import type { TransportSolution } from './transport-problem'

/** A transport problem where every part may go to every member, and a unit costs the straight way between them. */
export interface NearbyProblem {
  readonly parts: Places
  readonly members: Places
  readonly supply: Int32Array
  readonly min: Int32Array
  readonly max: Int32Array
  /** Costs are whole numbers: the metres times this, rounded; > 0. */
  readonly costsAMetre: number
}

/** Nearest both ways that a first answer is made of, and pairs that a part may add to it in one round. */
const FIRST_NEAR = 8
const MOST_ADDED = 6

/**
 * `solveTransport` over all pairs of parts and members without ever listing them: pairs that lie near are solved first; those
 * that the prices say would save are found on the map and added, until there are none (column generation). The answer is the
 * best over all pairs, whatever was listed; its problem holds the pairs it took.
 *
 * @throws Error as `solveTransport`
 * When the signal is given, `bound` is that of the pairs listed so far and `isOptimal` is false.
 */
export function solveNearby(task: NearbyProblem, control: SolverControl = {}): TransportSolution {
  const { supply, min, max, costsAMetre } = task
  const { part, member, lengthM } = nearPairs(task.parts, task.members, FIRST_NEAR)
  const cost = new Int32Array(lengthM.length)
  for (let at = 0; at < cost.length; at++) cost[at] = Math.round(lengthM[at] * costsAMetre)
  let solution = solveTransport({ supply, min, max, arcs: { part, member, cost } }, control)
  const grid = new PointGrid(task.members.x, task.members.y)
  for (;;) {
    if (control.signal?.aborted) return { ...solution, isOptimal: false }
    const arcs = savingPairs(task, grid, solution)
    if (arcs.length === 0) return solution
    solution = resolveTransport(solution, { arcs })
  }
}

type Pair = { part: number; member: number; cost: number }

/** Pairs that would save something by the prices of a solution: for each part those that would save most. */
function savingPairs({ parts, costsAMetre }: NearbyProblem, grid: PointGrid, { prices, problem }: TransportSolution): Pair[] {
  const { columns, rows, start, index, side, left, bottom } = grid
  const cheapestOf = new Float64Array(columns * rows).fill(Infinity)
  let cheapest = Infinity
  for (let square = 0; square < columns * rows; square++) {
    for (let at = start[square]; at < start[square + 1]; at++) {
      if (problem.max[index[at]] > 0) cheapestOf[square] = Math.min(cheapestOf[square], prices.member[index[at]])
    }
    cheapest = Math.min(cheapest, cheapestOf[square])
  }
  const found: Pair[] = []
  for (let part = 0; part < parts.x.length; part++) {
    if (problem.supply[part] === 0) continue
    const worth = prices.part[part]
    const x = parts.x[part]
    const y = parts.y[part]
    // Rounding takes half a unit of cost at most.
    const reach = (worth - cheapest + 1) / costsAMetre
    if (!(reach > 0)) continue
    const own: (Pair & { saved: number })[] = []
    for (let row = grid.rowOf(y - reach); row <= grid.rowOf(y + reach); row++) {
      const away = Math.max(0, bottom + row * side - y, y - bottom - (row + 1) * side)
      for (let column = grid.columnOf(x - reach); column <= grid.columnOf(x + reach); column++) {
        const square = row * columns + column
        const aside = Math.max(0, left + column * side - x, x - left - (column + 1) * side)
        if (Math.hypot(away, aside) * costsAMetre - 1 > worth - cheapestOf[square]) continue
        for (let at = start[square]; at < start[square + 1]; at++) {
          const member = index[at]
          const cost = Math.round(Math.sqrt((grid.x[at] - x) ** 2 + (grid.y[at] - y) ** 2) * costsAMetre)
          const saved = worth - prices.member[member] - cost
          if (saved > 0 && problem.max[member] > 0) own.push({ part, member, cost, saved })
        }
      }
    }
    if (own.length > MOST_ADDED) own.sort((a, b) => b.saved - a.saved || a.member - b.member).length = MOST_ADDED
    for (const { member, cost } of own) found.push({ part, member, cost })
  }
  return found
}
