import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealBorders } from './anneal-borders'
import { bisectUnits } from './bisect-units'
import { flipUnits } from './flip-units'
import { createPartitionState, partitionCost, type Objective, type PartitionState, type PartLimits } from './partition-state'
import { createPairRecombiner } from './recombine-pair'
import type { UnitGraph } from './unit-graph'

/** Rounds over all pairs of neighbouring parts, from generous to strict. */
const ROUNDS = 12
/** Slack of the first round, in mean borders. */
const FIRST_SLACK = 3

/** Steps of annealing for each unit. */
const STEPS_A_UNIT = 350

/** Share of the time that the rounds take, for progress. */
const RECOMBINE_SHARE = 0.3

/** Small graphs are divided several times over, up to this many units in all, and the best division is kept. */
const UNITS_OF_ALL_TRIES = 600
const MOST_TRIES = 8

/** What may be asked beside the limits. */
export interface PartitionWishes {
  readonly objective?: Objective
  /** A division to begin with, every part connected and not empty; straight cuts where left out. */
  readonly first?: Int32Array
}

/**
 * Divide connected units into parts that hang together, lie in the band and near the target, with cheap borders: first by
 * straight cuts, then by drawing the border between neighbours anew, round after round, then by moving single units over
 * borders; steps for the worse are taken less and less. A division to begin with comes back where none better is found.
 *
 * @param partCount 1 … units
 * @returns part by unit; every part connected and not empty, also when stopped
 * Complexity about O((units + borders) × (rounds × log + steps a unit)). Deterministic for a seed.
 */
export function partitionUnits(
  graph: UnitGraph,
  partCount: number,
  limits: PartLimits,
  seed: number,
  wishes: PartitionWishes = {},
  control: SolverControl = {},
): Int32Array {
  if (partCount === 1) return new Int32Array(graph.weight.length)
  const random = seededRandom(seed)
  const first = wishes.first ?? bisectUnits(graph, partCount)
  const tries = Math.max(1, Math.min(MOST_TRIES, Math.floor(UNITS_OF_ALL_TRIES / graph.weight.length)))
  const begin = () => createPartitionState(graph, limits, first.slice(), partCount, wishes.objective)
  let best = first
  let least = wishes.first ? partitionCost(begin()) : Infinity
  for (let attempt = 0; attempt < tries && !control.signal?.aborted; attempt++) {
    const state = begin()
    improve(state, random, {
      signal: control.signal,
      onProgress: (share, pass) => control.onProgress?.((attempt + share) / tries, pass),
    })
    const cost = partitionCost(state)
    if (cost >= least) continue
    least = cost
    best = state.label
  }
  return best
}

function improve(state: PartitionState, random: () => number, { signal, onProgress }: SolverControl): void {
  const recombiner = createPairRecombiner(state, random)
  flipUnits(state, 4)
  for (let round = 0; round < ROUNDS && !signal?.aborted; round++) {
    onProgress?.((RECOMBINE_SHARE * round) / ROUNDS, 'recombine')
    const slack = round < ROUNDS * 0.8 ? FIRST_SLACK * (1 - round / (ROUNDS * 0.8)) ** 2 : 0
    for (const [first, second] of shuffled(neighbouringParts(state), random)) {
      recombiner.recombine(first, second, slack * random())
    }
    if (round % 8 === 7) flipUnits(state, 2)
  }
  annealBorders(state, STEPS_A_UNIT * state.label.length, random, {
    signal,
    onProgress: (share, pass) => onProgress?.(RECOMBINE_SHARE + (1 - RECOMBINE_SHARE) * share, pass),
  })
  flipUnits(state, 20)
}

function neighbouringParts({ graph, label, units }: PartitionState): [number, number][] {
  const pairs: [number, number][] = []
  const seen = new Int32Array(units.length).fill(-1)
  for (let part = 0; part < units.length; part++) {
    for (const unit of units[part]) {
      for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
        const other = label[graph.neighbour[k]]
        if (other <= part || seen[other] === part) continue
        seen[other] = part
        pairs.push([part, other])
      }
    }
  }
  return pairs
}

function shuffled<T>(list: T[], random: () => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const held = list[i]
    list[i] = list[j]
    list[j] = held
  }
  return list
}
