import { createCell } from '@/core/observable'
import type { Finding } from '@/core/plan'
import type { Scope } from '@/core/scope'
import { LAYER_SWITCHES, type ActiveDraft, type LayerSwitch, type MapTheme, type Notice, type Selection, type Session, type ShownGrids, type ShownPlan, type Workspace } from '@/core/workspace'

const LONGEST_NOTICES = 4

/** Layers on at first: all but the cells, which are of use while drawing only. */
export const DEFAULT_LAYERS: readonly LayerSwitch[] = LAYER_SWITCHES.filter((layer) => layer !== 'cells')

/** The documents all rooms see. Loading is the shell's. */
export function createWorkspace(loading: Pick<Workspace, 'reloadScope' | 'openLand'>): Workspace {
  let nextNotice = 1
  const notices = createCell<readonly Notice[]>([])
  return {
    session: createCell<Session | null>(null),
    scope: createCell<Scope | null>(null),
    scopeState: createCell<ReturnType<Workspace['scopeState']['get']>>({ status: 'none' }),
    selection: createCell<Selection | null>(null),
    hover: createCell<Selection | null>(null),
    hoverLines: createCell<readonly string[]>([]),
    focusUnitId: createCell<number | null>(null),
    shown: createCell<ShownPlan>({ kind: 'current' }),
    shownGrids: createCell<ShownGrids | null>(null),
    activeDraft: createCell<ActiveDraft | null>(null),
    layers: createCell<readonly LayerSwitch[]>(DEFAULT_LAYERS),
    mapTheme: createCell<MapTheme>('grids'),
    page: createCell<'list' | 'map'>('list'),
    findings: createCell<readonly Finding[]>([]),
    notices,
    covered: createCell(false),
    ...loading,
    notify(notice) {
      // The same words twice say nothing more: the older line goes.
      const others = notices.get().filter((other) => other.key !== notice.key)
      notices.set([...others, { ...notice, id: nextNotice++ }].slice(-LONGEST_NOTICES))
    },
  }
}
