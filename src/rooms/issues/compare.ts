import { naturalBounds } from '@/algorithms/density/class-bounds'
import { ISSUE_CATEGORIES, type IssueCategory } from '@/core/issues/issue'
import { computed, markRaw, ref } from 'vue'
import type { createHeat } from './heat'
import { NOT_HEAT } from './heat'
import type { IssueFilter } from './model'
import { filterIssues } from './operations/filter-issues'
import type { useIssuesStore } from './store'

export const COMPARED = ['periods', 'categories'] as const

/** One side of a comparison: its slips and their count by cell. */
export interface ComparedSide {
  readonly slips: Int32Array
  readonly counts: Int32Array
  readonly fromS: number
  readonly toS: number
  readonly category: IssueCategory | null
}

/** The period against the one before it, or two categories of the period, cell by cell. */
export function createCompare(room: ReturnType<typeof useIssuesStore>, heat: ReturnType<typeof createHeat>) {
  const by = ref<(typeof COMPARED)[number]>('periods')
  const first = ref<IssueCategory>(ISSUE_CATEGORIES[0])
  const second = ref<IssueCategory>(ISSUE_CATEGORIES[1])
  /** The difference is drawn on the map in place of the measure. */
  const onMap = ref(false)

  function sideOf(parts: Partial<IssueFilter>, period: { fromS: number; toS: number }, category: IssueCategory | null): ComparedSide {
    const { scope, issueScope, nowS } = room
    const cells = heat.cells.value
    const counts = new Int32Array(cells?.count ?? 0)
    if (!scope || !issueScope || !cells) return { slips: new Int32Array(0), counts, ...period, category }
    const ground = { scope, issueScope, nowS, waitsForMe: () => true }
    const slips = filterIssues(ground, { ...room.filter, period, ...parts }, NOT_HEAT).filter((slip) => issueScope.issues.duplicateOf[slip] === 0)
    for (const slip of slips) counts[cells.slipCell[slip]]++
    return { slips, counts, ...period, category }
  }

  const sides = computed<readonly [ComparedSide, ComparedSide]>(() => {
    const { fromS, toS } = room.period
    if (by.value === 'categories') {
      return markRaw([sideOf({ categories: [first.value] }, { fromS, toS }, first.value), sideOf({ categories: [second.value] }, { fromS, toS }, second.value)])
    }
    return markRaw([sideOf({}, { fromS: fromS - (toS - fromS), toS: fromS }, null), sideOf({}, { fromS, toS }, null)])
  })
  /** One set of classes for both sides. */
  const edges = computed(() => markRaw(naturalBounds([...sides.value[0].counts, ...sides.value[1].counts])))
  /** Cells with more, fewer, and as many; and those that changed most. */
  const changes = computed(() => {
    const [a, b] = sides.value
    let [up, down, same] = [0, 0, 0]
    const changed: number[] = []
    a.counts.forEach((before, cell) => {
      const after = b.counts[cell]
      if (before + after === 0) return
      if (after > before) up++
      else if (after < before) down++
      else same++
      if (after !== before) changed.push(cell)
    })
    changed.sort((p, q) => Math.abs(b.counts[q] - a.counts[q]) - Math.abs(b.counts[p] - a.counts[p]) || p - q)
    return markRaw({ up, down, same, most: changed.slice(0, 12) })
  })

  return { by, first, second, onMap, sides, edges, changes }
}
