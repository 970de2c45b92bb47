import { computed } from 'vue'
import { classesOf } from '../operations/classes'
import { rankAreas } from '../operations/rank-areas'
import { useOverviewStore } from '../store'

/** One hue from light to dark, five classes; the second for a dark wall. */
export const PALETTE = ['#EAF4F2', '#CBE4E0', '#A2CFC9', '#6FB1AA', '#3F8F88'] as const
export const DARK_PALETTE = ['#1D3B3F', '#26575A', '#2F7876', '#4AA39C', '#86D6CB'] as const

/** Areas by the measure chosen, with the classes of their shares. */
export function useComparison() {
  const store = useOverviewStore()
  const ranked = computed(() => (store.overview ? rankAreas(store.overview, store.measure) : []))
  const classes = computed(() => classesOf(ranked.value.map(({ share }) => share)))
  return { ranked, classes }
}
