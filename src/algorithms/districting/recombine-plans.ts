import type { PartBands } from '../partition/bound-moves'
import { contractGroups } from '../partition/contract-groups'
import type { UnitGraph } from '../partition/unit-graph'
import { annealCuts, type CutPlan, type CutSchedule } from './anneal-cuts'

/**
 * Join what two plans agree on: units that lie together in both become one unit, and on what is left the borders of both are
 * annealed anew from the better plan, so that the child may take each stretch of border from either.
 * Source: combine operator of Sanders and Schulz (2012, KaFFPaE), which contracts the edges neither parent cuts. Departs:
 * annealing in place of multilevel refinement on the contracted graph.
 *
 * @param better, other part by unit; every part connected
 * @returns null where the plans are the same
 * Complexity O(units + borders × log), and of annealing on the contracted graph.
 */
export function recombinePlans(
  graph: UnitGraph,
  bands: PartBands,
  better: Int32Array,
  other: Int32Array,
  scheduleOf: (units: number) => CutSchedule,
  random: () => number,
): CutPlan | null {
  const parts = bands.lower.length
  const { graph: joined, unitOf } = contractGroups(graph, better.map((part, unit) => part * parts + other[unit]), Infinity)
  const size = joined.weight.length
  if (size <= parts) return null
  const first = new Int32Array(size)
  better.forEach((part, unit) => (first[unitOf[unit]] = part))
  const child = annealCuts(joined, bands, first, scheduleOf(size), random)
  return { ...child, label: unitOf.map((unit) => child.label[unit]) }
}
