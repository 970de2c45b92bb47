import type { OrgUnit } from '@/core/scope'
import type { Post, Role } from '@/core/workspace'
import { toDataError, type DataError } from '@/data/errors'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { FigureKey } from './operations/summarise'
import { rowsOf, totalsOf, type Overview, type Period } from './operations/figures'
import type { Measure } from './operations/measures'
import type { Outline } from './operations/outline-paths'
import { loadOutlines, loadOverview } from './repository'

const LEADING: readonly Role[] = ['district_admin', 'auditor', 'street_officer', 'community_secretary']
const LEVELS = ['district', 'street', 'work_zone', 'community']

/** The highest unit somebody leads or audits; null for nobody of these. */
export function topUnitOf(posts: readonly Post[]): number | null {
  const led = posts.filter(({ role }) => LEADING.includes(role)).sort((p, q) => LEVELS.indexOf(p.level) - LEVELS.indexOf(q.level))
  return led[0]?.orgUnitId ?? null
}

/** Whether a unit is, or lies within, one that somebody leads or audits. */
export function leads(posts: readonly Post[], units: readonly Pick<OrgUnit, 'id' | 'parentId'>[], unitId: number): boolean {
  const led = new Set(posts.filter(({ role }) => LEADING.includes(role)).map(({ orgUnitId }) => orgUnitId))
  for (let id: number | null = unitId; id !== null; id = units.find((unit) => unit.id === id)?.parentId ?? null) if (led.has(id)) return true
  return false
}

/** View state of the overview: the unit and the periods told, what areas are compared by, and which figure's rows are open beside the map. */
export const useOverviewStore = defineStore('overview', () => {
  /** Rows open beside the map (`view=map`). */
  const figure = ref<FigureKey>('grids')

  const unitId = ref<number | null>(null)
  const period = ref<Period>('month')
  const measure = ref<Measure>('visited')
  /** Area under the pointer, on the picture or in the list. */
  const pointed = ref<string | null>(null)
  const overview = shallowRef<Overview | null>(null)
  /** Outlines, and what they are of: the areas of a unit by the grids in force. */
  const outlines = shallowRef<{ readonly of: string; readonly list: readonly Outline[] } | null>(null)
  const busy = ref(false)
  const failure = shallowRef<DataError | null>(null)
  let asking: AbortController | null = null

  /** Period of the figures that stand here: while another is asked for or could not be read, words go by this one. */
  const told = computed<Period>(() => overview.value?.period ?? period.value)
  /** What is told is what was asked for. */
  const ready = computed(() => overview.value !== null && overview.value.unitId === unitId.value && overview.value.period === period.value)
  const totals = computed(() => (overview.value ? totalsOf(overview.value) : []))
  const now = computed(() => totals.value.at(-1) ?? null)
  const before = computed(() => totals.value.at(-2) ?? null)
  const rows = computed(() => (overview.value ? rowsOf(overview.value, overview.value.periods.length - 1) : []))

  /** Ask for the figures of the unit and period chosen; what was told stays until the answer is there. */
  async function load(): Promise<void> {
    const unit = unitId.value
    if (unit === null) return
    asking?.abort()
    const mine = (asking = new AbortController())
    busy.value = true
    try {
      const answer = await loadOverview(unit, period.value, mine.signal)
      if (mine.signal.aborted) return
      overview.value = answer
      // A publication makes other grids, or the same ones anew.
      const of = JSON.stringify([unit, answer.areas.map(({ id }) => id), answer.editions])
      if (outlines.value?.of !== of) {
        const list = await loadOutlines(unit)
        if (mine.signal.aborted) return
        outlines.value = { of, list }
      }
      failure.value = null
    } catch (thrown) {
      if (mine.signal.aborted) return
      failure.value = toDataError(thrown)
    } finally {
      if (asking === mine) busy.value = false
    }
  }

  return { figure, unitId, period, measure, pointed, overview, told, ready, outlines, busy, failure, totals, now, before, rows, load }
})
