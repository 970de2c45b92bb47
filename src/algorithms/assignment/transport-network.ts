import { CLOSED, type TransportProblem } from './transport-problem'

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
  readonly arcs: ArcColumns
}

/** Columns of one length; costs as whole numbers, those of shut arcs above all penalties. */
export interface ArcColumns {
  readonly part: Int32Array
  readonly member: Int32Array
  readonly cost: Float64Array
}

/** Each is above the cost of any way that could save one unit of the one before. */
export interface Penalties {
  readonly short: number
  readonly unserved: number
  readonly never: number
}

/** Network of a problem over some of its arcs, or over all of them. */
export function makeNetwork({ supply, min, max, arcs }: TransportProblem, penalties: Penalties, picked: Int32Array | null): TransportNetwork {
  const count = picked ? picked.length : arcs.cost.length
  const cost = new Float64Array(count)
  const part = picked ? new Int32Array(count) : arcs.part
  const member = picked ? new Int32Array(count) : arcs.member
  for (let at = 0; at < count; at++) {
    const arc = picked ? picked[at] : at
    cost[at] = arcs.cost[arc] === CLOSED ? penalties.never : arcs.cost[arc]
    part[at] = arcs.part[arc]
    member[at] = arcs.member[arc]
  }
  return { parts: supply.length, members: min.length, supply, min, max, penalties, arcs: { part, member, cost } }
}

/** A way through the network meets each part and each member once at most; the penalties are above what it can cost. */
export function penaltiesOf({ supply, min, arcs }: TransportProblem): Penalties {
  let least = 0
  let most = 0
  const { cost } = arcs
  for (let arc = 0; arc < cost.length; arc++) {
    if (cost[arc] === CLOSED) continue
    if (cost[arc] < least) least = cost[arc]
    if (cost[arc] > most) most = cost[arc]
  }
  const way = (most - least) * (2 * Math.min(supply.length, min.length) + 2) + 1
  return { short: way, unserved: 3 * way, never: 8 * way }
}
