import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { createMoveAnnealer } from './anneal-moves'
import type { PartBands } from './bound-moves'
import type { UnitGraph } from './unit-graph'

export interface RepairInput {
  readonly graph: UnitGraph
  /** Part by unit, 0 … parts−1; every part connected and not empty. */
  readonly today: Int32Array
  readonly bands: PartBands
  /** Parts that neither give nor take; none when left out. */
  readonly isLocked?: (part: number) => boolean
  readonly seed: number
}

export interface Repair {
  /** Part by unit. */
  readonly label: Int32Array
  /** Households that change their part. */
  readonly moved: number
  /** Households out of band in all parts; 0 where every part lies in its band. */
  readonly breach: number
}

/** Temperatures, households: of the first pass, and about those of the rounds. */
const FIRST_HEAT = 20
const LAST_HEAT = 1
/** Price of a household out of band, in households moved: at the beginning of the first pass and of a round, and at the end of either. */
const FIRST_PRICE = 1.5
const ROUND_PRICE = 3
const LAST_PRICE = 40
/** Steps of the first pass for each unit of its zone. */
const FIRST_STEPS = 1200
/** Rounds of the second pass: for each part in the zone of the first. */
const ROUNDS_A_PART = 2.5
const FEWEST_ROUNDS = 150
/** Steps of a round for each unit of its zone. */
const ROUND_STEPS = 200
const TRIES_WHERE_BROKEN = 12
/** Share of the work in the first pass, for progress. */
const FIRST_SHARE = 0.4

/**
 * Bring every part into its band with as few households moved as can be found, by whole units, every part connected.
 * First all parts around those out of band are annealed at once, from a low temperature so that little moves and with a
 * rising price of breaches; then small zones, around what is still out of band or moved, are annealed again and the result is
 * kept where it is no worse. Where all of it, or what was done of it when it was stopped, leaves more households out of band than
 * `today` has, it is `today` that comes back. How near the least change it came, `boundMoves` tells.
 *
 * Source: simulated annealing with a moved-households term (research on status-quo constraints of redist) and large
 * neighbourhood search (Shaw 1998). Deterministic for a seed. Complexity O(units × steps).
 */
export function repairPartition({ graph, today, bands, isLocked = () => false, seed }: RepairInput, control: SolverControl = {}): Repair {
  const random = seededRandom(seed)
  const parts = bands.lower.length
  const annealer = createMoveAnnealer(graph, today, bands, isLocked, random)
  const { label } = annealer
  const unitsOf: number[][] = Array.from({ length: parts }, () => [])
  const beside: Set<number>[] = Array.from({ length: parts }, () => new Set())
  today.forEach((part, unit) => {
    unitsOf[part].push(unit)
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (today[graph.neighbour[k]] !== part) beside[part].add(today[graph.neighbour[k]])
    }
  })

  const broken = (): number[] => [...beside.keys()].filter((part) => annealer.breachOf(part) > 0)
  const homesOf = (among: readonly number[]): Int32Array => Int32Array.from(among.flatMap((part) => unitsOf[part]))
  /** Parts within so many borders of some. */
  function around(among: readonly number[], hops: number): number[] {
    const found = new Set(among)
    for (let ring = [...among]; hops > 0; hops--) {
      ring = ring.flatMap((part) => [...beside[part]].filter((next) => !found.has(next)))
      for (const part of ring) found.add(part)
    }
    return [...found]
  }

  const breachNow = (): number => broken().reduce((sum, part) => sum + annealer.breachOf(part), 0)

  const breachToday = breachNow()
  const firstParts = around(broken(), 3)
  const firstZone = homesOf(firstParts)
  const backToToday = annealer.remember(firstZone, around(firstParts, 1))
  annealInSlices()
  const rounds = firstZone.length > 0 ? Math.max(FEWEST_ROUNDS, Math.round(ROUNDS_A_PART * firstParts.length)) : 0
  for (let round = 0; round < rounds && !control.signal?.aborted; round++) {
    if (round % 16 === 0) control.onProgress?.(FIRST_SHARE + ((1 - FIRST_SHARE) * round) / rounds, 'improve')
    improveZone()
  }
  if (breachNow() > breachToday) backToToday()
  return {
    label,
    moved: label.reduce((sum, part, unit) => sum + (part === today[unit] ? 0 : graph.weight[unit]), 0),
    breach: breachNow(),
  }

  /** The first pass, in slices so that it can be followed and stopped. */
  function annealInSlices(): void {
    const SLICES = 24
    const heatAt = (slice: number) => FIRST_HEAT * (LAST_HEAT / FIRST_HEAT) ** (slice / SLICES)
    const priceAt = (slice: number) => FIRST_PRICE * (LAST_PRICE / FIRST_PRICE) ** (slice / SLICES)
    for (let slice = 0; slice < SLICES && firstZone.length > 0 && !control.signal?.aborted; slice++) {
      control.onProgress?.((FIRST_SHARE * slice) / SLICES, 'move')
      annealer.anneal(firstZone, {
        steps: Math.ceil((FIRST_STEPS * firstZone.length) / SLICES),
        heat: [heatAt(slice), heatAt(slice + 1)],
        breachPrice: [priceAt(slice), priceAt(slice + 1)],
      })
    }
  }

  /** Part around which the next zone lies: one out of band as often as one that has given units away. */
  function chooseCentre(): { part: number; isBroken: boolean } {
    const bad = broken()
    if (bad.length > 0 && random() < 0.5) return { part: bad[Math.floor(random() * bad.length)], isBroken: true }
    let unit = firstZone[0]
    for (let tries = 0; tries < 1000; tries++) {
      unit = firstZone[Math.floor(random() * firstZone.length)]
      if (label[unit] !== today[unit]) break
    }
    return { part: today[unit], isBroken: annealer.breachOf(today[unit]) > 0 }
  }

  function improveZone(): void {
    const { part, isBroken } = chooseCentre()
    const among = around([part], 1 + Math.floor(random() * (isBroken ? 3 : 2)))
    const zone = homesOf(among)
    // Units of the zone may lie in, and go to, parts that border theirs.
    const touched = around(among, 1)
    let least = annealer.costOf(zone, touched, LAST_PRICE)
    let restore = annealer.remember(zone, touched)
    // What is hard to mend is mended several times over: the ways differ in price.
    for (let tries = isBroken ? TRIES_WHERE_BROKEN : 1; tries > 0; tries--) {
      const heat = FIRST_HEAT * (0.3 + 1.7 * random()) * (isBroken ? 3 : 1)
      annealer.anneal(zone, { steps: ROUND_STEPS * zone.length, heat: [heat, LAST_HEAT], breachPrice: [ROUND_PRICE, LAST_PRICE] })
      const cost = annealer.costOf(zone, touched, LAST_PRICE)
      if (cost <= least) {
        least = cost
        restore = annealer.remember(zone, touched)
      } else restore()
    }
  }
}
