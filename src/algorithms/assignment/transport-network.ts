import { CLOSED, type TransportArcs, type TransportProblem } from './transport-problem'

/**
 * The network: every part sends its units along arcs to members or, at `unserved` a unit, to the root; every member takes
 * `min` units and passes up to `max − min` more on to the root for nothing, and is sent what lacks from the root at `short` a unit.
 */
export interface TransportNetwork {
  readonly parts: number
  readonly members: number
  readonly supply: Int32Array
  readonly min: Int32Array
  readonly max: Int32Array
  readonly penalties: Penalties
  readonly arcs: TransportArcs
}

/** Each is above the cost of any way that could save one unit of the one before. */
export interface Penalties {
  readonly short: number
  readonly unserved: number
  /** Of what may not be, and is only where a change has left it behind. */
  readonly never: number
}

/** What arcs cost, of those that are open: 0 among it. */
export interface CostRange {
  readonly least: number
  readonly most: number
}

/** Network of a problem over some of its arcs, or over all of them. */
export function makeNetwork({ supply, min, max, arcs }: TransportProblem, range: CostRange, picked: Int32Array | null): TransportNetwork {
  const penalties = penaltiesOf(range, Math.min(supply.length, min.length))
  return { parts: supply.length, members: min.length, supply, min, max, penalties, arcs: picked ? pick(arcs, picked) : arcs }
}

function pick({ part, member, cost }: TransportArcs, picked: Int32Array): TransportArcs {
  const some = { part: new Int32Array(picked.length), member: new Int32Array(picked.length), cost: new Int32Array(picked.length) }
  for (let at = 0; at < picked.length; at++) {
    some.part[at] = part[picked[at]]
    some.member[at] = member[picked[at]]
    some.cost[at] = cost[picked[at]]
  }
  return some
}

/** A way through the network meets each part and each member once at most; the penalties are above what it can cost. */
function penaltiesOf({ least, most }: CostRange, fewer: number): Penalties {
  const way = (most - least) * (2 * fewer + 2) + 1
  return { short: way, unserved: 3 * way, never: 8 * way }
}

/** The range with that of more costs in it. */
export function widenRange(range: CostRange, costs: ArrayLike<number>): CostRange {
  let { least, most } = range
  for (let at = 0; at < costs.length; at++) {
    const cost = costs[at]
    if (cost === CLOSED) continue
    if (cost < least) least = cost
    if (cost > most) most = cost
  }
  return { least, most }
}
