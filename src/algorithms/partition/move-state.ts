import type { PartBands } from './bound-moves'
import { createConnectivityWalk } from './connectivity-walk'
import type { UnitGraph } from './unit-graph'

/** What every part needs at least besides its band, as party members. */
export interface PartFloor {
  /** By unit. */
  readonly amount: Float64Array
  readonly least: number
  /** Price of one that is missing, in households out of band. */
  readonly price: number
}

/** A division on its way from today's to one in band: what it is, what may move, and moving it. */
export interface MoveState {
  readonly graph: UnitGraph
  readonly today: Int32Array
  /** Part by unit, now. */
  readonly label: Int32Array
  readonly parts: number
  /** Parts that border each part today. */
  readonly beside: readonly (readonly number[])[]
  /** Units of each part today. */
  readonly unitsOf: readonly (readonly number[])[]
  /** Households a part is out of its band, and what it lacks of its floor at its price; 0 for locked parts. */
  breachOf(part: number): number
  /** By how much the breach of a part would grow if the unit came (`sign` 1) or went (−1). */
  breachChange(part: number, unit: number, sign: 1 | -1): number
  /** The same for several units together. */
  breachChangeOf(part: number, units: readonly number[], sign: 1 | -1): number
  /** A unit goes only to its part of today or to one that bordered it, and locked parts neither give nor take. */
  mayGo(unit: number, to: number): boolean
  /** The part of the unit hangs together without it, and is not empty. */
  staysConnected(unit: number): boolean
  /**
   * The unit with all that its part would lose hold of without it: every piece that is left but the heaviest. Together they
   * may go where the unit may, and both parts hang together. Empty where nothing would be left.
   */
  branchAt(unit: number): readonly number[]
  put(unit: number, to: number): void
}

/**
 * @param today part by unit; every part connected
 * Complexity O(units + borders).
 */
export function createMoveState(
  graph: UnitGraph,
  today: Int32Array,
  { lower, upper }: PartBands,
  isLocked: (part: number) => boolean,
  floor: PartFloor | null,
): MoveState {
  const parts = lower.length
  const label = today.slice()
  const weight = new Float64Array(parts)
  const reserve = new Float64Array(parts)
  const locked = Uint8Array.from({ length: parts }, (_, part) => (isLocked(part) ? 1 : 0))
  const unitsOf: number[][] = Array.from({ length: parts }, () => [])
  const borders: Set<number>[] = Array.from({ length: parts }, () => new Set())
  today.forEach((part, unit) => {
    weight[part] += graph.weight[unit]
    if (floor) reserve[part] += floor.amount[unit]
    unitsOf[part].push(unit)
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (today[graph.neighbour[k]] !== part) borders[part].add(today[graph.neighbour[k]])
    }
  })
  // The question is asked at every step: a byte for each pair is quickest, and small where a community is a plan.
  const isBeside = new Uint8Array(parts * parts)
  borders.forEach((others, part) => others.forEach((other) => (isBeside[part * parts + other] = 1)))

  function branchAt(unit: number): readonly number[] {
    const part = label[unit]
    const seen = new Set([unit])
    const pieces: { units: number[]; weight: number }[] = []
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      const seed = graph.neighbour[k]
      if (label[seed] !== part || seen.has(seed)) continue
      const units = [seed]
      seen.add(seed)
      // A piece without people weighs by its units, so that of empty ones the largest stays.
      let held = 0
      for (let at = 0; at < units.length; at++) {
        held += graph.weight[units[at]] + 1e-3
        for (let m = graph.start[units[at]]; m < graph.start[units[at] + 1]; m++) {
          const next = graph.neighbour[m]
          if (label[next] !== part || seen.has(next)) continue
          seen.add(next)
          units.push(next)
        }
      }
      pieces.push({ units, weight: held })
    }
    const main = pieces.reduce((most, piece) => (piece.weight > most.weight ? piece : most), { units: [] as number[], weight: -1 })
    return main.weight < 0 ? [] : [unit, ...pieces.flatMap((piece) => (piece === main ? [] : piece.units))]
  }

  const breachAt = (part: number, sum: number): number => Math.max(0, sum - upper[part], lower[part] - sum)
  const lacks = (held: number): number => (floor ? floor.price * Math.max(0, floor.least - held) : 0)

  return {
    graph,
    today,
    label,
    parts,
    beside: borders.map((others) => [...others]),
    unitsOf,
    breachOf: (part) => (locked[part] ? 0 : breachAt(part, weight[part]) + lacks(reserve[part])),
    breachChange(part, unit, sign) {
      const sum = weight[part]
      const change = breachAt(part, sum + sign * graph.weight[unit]) - breachAt(part, sum)
      return floor ? change + lacks(reserve[part] + sign * floor.amount[unit]) - lacks(reserve[part]) : change
    },
    breachChangeOf(part, units, sign) {
      let households = 0
      let held = 0
      for (const unit of units) {
        households += graph.weight[unit]
        if (floor) held += floor.amount[unit]
      }
      const change = breachAt(part, weight[part] + sign * households) - breachAt(part, weight[part])
      return change + lacks(reserve[part] + sign * held) - lacks(reserve[part])
    },
    branchAt,
    mayGo(unit, to) {
      const home = today[unit]
      return !locked[to] && !locked[label[unit]] && (to === home || isBeside[home * parts + to] === 1)
    },
    staysConnected: createConnectivityWalk(graph, label),
    put(unit, to) {
      const from = label[unit]
      label[unit] = to
      weight[from] -= graph.weight[unit]
      weight[to] += graph.weight[unit]
      if (!floor) return
      reserve[from] -= floor.amount[unit]
      reserve[to] += floor.amount[unit]
    },
  }
}

/** Parts within so many borders of some, themselves included. */
export function partsAround({ beside }: Pick<MoveState, 'beside'>, among: readonly number[], hops: number): number[] {
  const found = new Set(among)
  for (let ring = [...among]; hops > 0; hops--) {
    ring = ring.flatMap((part) => beside[part].filter((next) => !found.has(next)))
    for (const part of ring) found.add(part)
  }
  return [...found]
}
