import { DisjointSets } from '../shared/disjoint-sets'
import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealMoves, costOfMoves } from './anneal-moves'
import { flowMoves, type PartBands } from './bound-moves'
import { ejectUnits } from './eject-units'
import { createMoveState, partsAround, type MoveState, type PartFloor } from './move-state'
import type { UnitGraph } from './unit-graph'

export interface RepairInput {
  readonly graph: UnitGraph
  /** Part by unit, 0 … parts−1; every part connected and not empty. */
  readonly today: Int32Array
  readonly bands: PartBands
  /** Parts that neither give nor take; none when left out. */
  readonly isLocked?: (part: number) => boolean
  /** What every part needs besides; nothing when left out. */
  readonly floor?: PartFloor
  readonly seed: number
}

export interface Repair {
  /** Part by unit. */
  readonly label: Int32Array
  /** Households that change their part. */
  readonly moved: number
  /** Households out of band in all parts that are not locked; 0 where every one lies in its band. */
  readonly breach: number
}

/** Temperatures of a zone, households. */
const FIRST_HEAT = 20
const LAST_HEAT = 1
/** Price of a household out of band, in households moved, at the beginning and at the end of a zone. */
const FIRST_PRICE = 3
const LAST_PRICE = 40
/** Steps for each unit of a zone. */
const ZONE_STEPS = 200
/** Tries for a zone with a part out of band: the ways differ in price. */
const TRIES_WHERE_BROKEN = 12
/** Zones annealed at most while parts are out of band: so many for each of them. */
const MENDING_ROUNDS = 12
/** Zones annealed to move fewer households: so many for each flow of the bound. */
const ROUNDS_A_FLOW = 2.5
/** Every so many rounds a zone is tried several times, as warm as it moves too much: large units go round one another only so. */
const HOT_ROUND = 5
const TRIES_WHERE_HOT = 4
/** Rounds between two looks at where more moves than the bound says. */
const ROUNDS_A_LOOK = 8
/** Share of progress by pass. */
const PROGRESS = { eject: 0, mend: 0.15, improve: 0.4 } as const

/**
 * Bring every part into its band with as few households moved as can be found, by whole units, every part connected.
 *
 * 1. `eject`: chains of moves that begin at a part out of band (`ejectUnits`), the worst part first.
 * 2. `mend`: zones around what is still out of band are annealed, several times over.
 * 3. `improve`: zones are annealed where more moves than the flow of the bound says; kept where it is no worse.
 *
 * Where all of it, or what was done of it when it was stopped, leaves more households out of band than `today` has, it is
 * `today` that comes back. How near the least change it came, `boundMoves` tells.
 *
 * Source: simulated annealing with a moved-households term (research on status-quo constraints of redist) and large
 * neighbourhood search (Shaw 1998). Deterministic for a seed. Complexity O(units × steps).
 */
export function repairPartition(input: RepairInput, control: SolverControl = {}): Repair {
  const { graph, today, bands, isLocked = () => false, floor = null, seed } = input
  const random = seededRandom(seed)
  const state = createMoveState(graph, today, bands, isLocked, floor)
  const { label } = state
  const broken = (): number[] => [...state.beside.keys()].filter((part) => state.breachOf(part) > 0)
  const breachNow = (): number => broken().reduce((sum, part) => sum + state.breachOf(part), 0)
  const stopped = (): boolean => control.signal?.aborted ?? false

  const breachToday = breachNow()
  if (breachToday > 0) {
    eject()
    mend()
    improve()
  }
  if (breachNow() > breachToday) today.forEach((part, unit) => label[unit] !== part && state.put(unit, part))
  return {
    label,
    moved: label.reduce((sum, part, unit) => sum + (part === today[unit] ? 0 : graph.weight[unit]), 0),
    breach: breachNow(),
  }

  function eject(): void {
    const worst = broken().sort((a, b) => state.breachOf(b) - state.breachOf(a) || a - b)
    for (const [at, part] of worst.entries()) {
      if (stopped()) return
      if (at % 8 === 0) control.onProgress?.(PROGRESS.eject + ((PROGRESS.mend - PROGRESS.eject) * at) / worst.length, 'eject')
      if (state.breachOf(part) > 0) ejectUnits(state, part)
    }
  }

  function mend(): void {
    const rounds = MENDING_ROUNDS * broken().length
    for (let round = 0; round < rounds && !stopped(); round++) {
      const bad = broken()
      if (bad.length === 0) return
      if (round % 8 === 0) control.onProgress?.(PROGRESS.mend + ((PROGRESS.improve - PROGRESS.mend) * round) / rounds, 'mend')
      const part = bad[Math.floor(random() * bad.length)]
      annealZone(part, 1 + Math.floor(random() * 3), TRIES_WHERE_BROKEN, 3)
    }
  }

  function improve(): void {
    const { arcs } = flowMoves(graph, today, bands, isLocked)
    const rounds = Math.ceil(ROUNDS_A_FLOW * Math.max(arcs.length, broken().length, 8))
    let centres: Centre[] = []
    for (let round = 0; round < rounds && !stopped(); round++) {
      if (round % ROUNDS_A_LOOK === 0) {
        control.onProgress?.(PROGRESS.improve + ((1 - PROGRESS.improve) * round) / rounds, 'improve')
        centres = partsAboveFlow(state, arcs)
      }
      if (centres.length === 0) return
      const { part, gap } = centres[Math.floor(random() * centres.length)]
      if (round % HOT_ROUND === 0) annealZone(part, 2, TRIES_WHERE_HOT, Math.max(3, gap / FIRST_HEAT))
      else annealZone(part, 1 + Math.floor(random() * 2), 1, 1)
    }
  }

  function annealZone(part: number, hops: number, tries: number, warmer: number): void {
    const among = partsAround(state, [part], hops)
    const zone = Int32Array.from(among.flatMap((near) => state.unitsOf[near]))
    // Units of the zone may lie in, and go to, parts that border theirs.
    const touched = partsAround(state, among, 1)
    let least = costOfMoves(state, zone, touched, LAST_PRICE)
    let kept = zone.map((unit) => label[unit])
    for (; tries > 0; tries--) {
      const heat = FIRST_HEAT * (0.3 + 1.7 * random()) * warmer
      annealMoves(state, zone, { steps: ZONE_STEPS * zone.length, heat: [heat, LAST_HEAT], breachPrice: [FIRST_PRICE, LAST_PRICE] }, random)
      const cost = costOfMoves(state, zone, touched, LAST_PRICE)
      if (cost <= least) {
        least = cost
        kept = zone.map((unit) => label[unit])
      } else zone.forEach((unit, i) => label[unit] !== kept[i] && state.put(unit, kept[i]))
    }
  }
}

interface Centre {
  readonly part: number
  /** Households that its lot moves above its flow. */
  readonly gap: number
}

/**
 * Parts around which more households move than in the least flow: parts tied by moves or by flows are one lot, and a part is
 * listed the oftener the more its lot moves above its flow.
 */
function partsAboveFlow(state: MoveState, arcs: readonly { from: number; to: number; households: number }[]): Centre[] {
  const { label, today, graph } = state
  const lots = new DisjointSets(state.parts)
  const moved = new Float64Array(state.parts)
  label.forEach((part, unit) => {
    if (part === today[unit]) return
    lots.union(part, today[unit])
    moved[today[unit]] += graph.weight[unit]
  })
  for (const { from, to } of arcs) lots.union(from, to)
  const gaps = new Float64Array(state.parts)
  moved.forEach((households, part) => (gaps[lots.find(part)] += households))
  for (const { from, households } of arcs) gaps[lots.find(from)] -= households
  return [...moved.keys()].flatMap((part) => {
    const gap = moved[part] > 0 ? gaps[lots.find(part)] : 0
    return Array<Centre>(Math.min(8, Math.ceil(Math.max(0, gap) / 8))).fill({ part, gap })
  })
}
