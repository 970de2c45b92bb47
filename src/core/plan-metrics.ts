import { perimeterMetric, cutEdgesMetric } from './border-metrics'
import { HOUSEHOLD_CATEGORIES } from './categories'
import type { CompoundSplit } from './compound-split'
import type { Contiguity } from './contiguity'
import { meanDistanceMetric, worstDistanceMetric } from './distance-metrics'
import { defineDerived, defineSum, type MetricDefinition } from './metric'
import { reockMetric, streetShareMetric } from './shape-metrics'

/** Figures every plan has. Areas are kept in whole square millimetres: sums are exact, so undo gives back each figure. */
export const PLAN_METRICS: readonly MetricDefinition[] = [
  defineSum('households', 'count', ({ cellStats }, cell) => cellStats.households[cell]),
  defineSum('residents', 'count', ({ cellStats }, cell) => cellStats.residents[cell]),
  defineSum('members', 'count', ({ cellStats }, cell) => cellStats.members[cell]),
  defineSum('special', 'count', ({ cellStats }, cell) => cellStats.special[cell]),
  defineSum('buildings', 'count', ({ cellStats }, cell) => cellStats.buildings[cell]),
  defineSum('areaM2', 'm2', ({ cellStats }, cell) => cellStats.areaM2[cell] * 1e6, 1e6),
  ...HOUSEHOLD_CATEGORIES.map((category, code) =>
    defineSum(categoryMetricId(category), 'count', ({ cellStats }, cell) => cellStats.byCategory[cell * 8 + code]),
  ),
  perimeterMetric,
  cutEdgesMetric,
  /** Polsby and Popper (1991): area over that of the circle of the same outline; 1 is a circle, 0 an empty grid. */
  defineDerived('compactness', 'ratio', (read, slot) => {
    const perimeterM = read('perimeterM', slot)
    return perimeterM > 0 ? (4 * Math.PI * read('areaM2', slot)) / perimeterM ** 2 : 0
  }),
  reockMetric,
  streetShareMetric,
  meanDistanceMetric,
  worstDistanceMetric,
]

/** What the trackers of a session know, as metrics beside the others. */
export function trackerMetrics(contiguity: Contiguity, compoundSplit: CompoundSplit): readonly MetricDefinition[] {
  return [
    defineDerived('pieces', 'count', (_, slot) => contiguity.pieces(slot)),
    defineDerived('compoundsSplit', 'count', (_, slot) => compoundSplit.splitCount(slot)),
  ]
}

export function categoryMetricId(category: (typeof HOUSEHOLD_CATEGORIES)[number]): string {
  return `households:${category}`
}
