import { BY_ROOT, type TransportArcs, type TransportProblem } from './transport-problem'
import type { TreeBasis } from './transport-tree'

/**
 * A first plan by least cost: arc by arc from the cheapest on, as many units as the part still has and the member still takes.
 * Whichever is used up hangs on the other, so that the basis has no circles. Complexity O(arcs).
 *
 * @param arcs open ones, of the problem
 */
export function startBasis({ supply, max }: TransportProblem, arcs: TransportArcs): TreeBasis {
  const partArc = new Int32Array(supply.length).fill(BY_ROOT)
  const memberArc = new Int32Array(max.length).fill(BY_ROOT)
  const isFull = new Uint8Array(max.length)
  const left = supply.slice()
  const room = max.slice()
  for (const arc of cheapestFirst(arcs.cost)) {
    const part = arcs.part[arc]
    const member = arcs.member[arc]
    if (left[part] === 0 || room[member] === 0) continue
    const units = Math.min(left[part], room[member])
    left[part] -= units
    room[member] -= units
    if (left[part] === 0) partArc[part] = arc
    else {
      memberArc[member] = arc
      isFull[member] = 1
    }
  }
  return { partArc, memberArc, isFull }
}

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/** Indices by cost, ties by index: sorted digit by digit. */
function cheapestFirst(cost: Int32Array): Int32Array {
  const count = cost.length
  let least = Infinity
  let most = -Infinity
  for (let arc = 0; arc < count; arc++) {
    if (cost[arc] < least) least = cost[arc]
    if (cost[arc] > most) most = cost[arc]
  }
  let order = new Int32Array(count)
  let next = new Int32Array(count)
  for (let arc = 0; arc < count; arc++) order[arc] = arc
  for (let shift = 0; shift < 32 && (most - least) >>> shift > 0; shift += DIGIT_BITS) {
    const starts = new Int32Array(DIGITS + 1)
    for (let arc = 0; arc < count; arc++) starts[(((cost[arc] - least) >>> shift) & (DIGITS - 1)) + 1]++
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] += starts[digit]
    for (let at = 0; at < count; at++) next[starts[((cost[order[at]] - least) >>> shift) & (DIGITS - 1)]++] = order[at]
    ;[order, next] = [next, order]
  }
  return order
}
