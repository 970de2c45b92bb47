import { aimsOf } from '@/core/band'
import type { PlanChange, PlanSession } from '@/core/plan-session'
import type { MapEngine } from '@/map/contracts'
import { computed, type Ref } from 'vue'
import { createFigureTheme } from './figure-theme'
import { createGridRows, type GridRow } from './grid-rows'
import type { Ground } from './ground'
import { createPointedGrids } from './pointed-grids'
import { createPreferences } from './preferences'

export interface NumbersHost {
  map(): MapEngine | null
  ground(): Ground | null
  session(): PlanSession | null
  rows(): readonly GridRow[]
  rowOf(slot: number): GridRow | null
  personId: Ref<string | null>
  /** Counts the changes of sessions. */
  tick: Ref<number>
}

/** How the numbers are shown: what a person chose, grids pointed at, the map by a figure. */
export function createNumbers(host: NumbersHost) {
  const grids = createPointedGrids(host)
  const theme = createFigureTheme(host)
  const aims = computed(() => {
    const session = host.tick.value >= 0 ? host.session() : null
    return session && aimsOf(session)
  })
  /** Grids in force, to hold a plan against: by what the plan aims at. */
  const todayRows = computed(() => {
    const today = host.ground()?.today
    return today && aims.value ? createGridRows(today, today, host.session()!).list() : []
  })

  /** The plan on display changed: only grids it touched are drawn anew. */
  function take(change: PlanChange): void {
    theme.paint(change.cause === 'rebase' ? null : change.changedGrids, change.changedCells)
    if (grids.pointed.value.size > 0 || grids.chosen.value) grids.draw()
  }

  /** Another plan came on display. */
  function showPlan(): void {
    theme.show(theme.shown.value?.id ?? null)
    grids.draw()
  }

  function leave(): void {
    grids.leave()
    theme.leave()
  }

  return { preferences: createPreferences(host.personId), grids, theme, aims, todayRows, take, showPlan, enter: grids.enter, leave }
}
