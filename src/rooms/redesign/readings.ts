import type { EditNote, Finding } from '@/core/plan'
import type { Selection } from '@/core/workspace'
import { computed, type Ref, type ShallowRef } from 'vue'
import type { Ground } from './ground'
import type { GridRow } from './grid-rows'
import type { Stroke } from './model'
import { compareFindings, type FindingChange } from './operations/compare-findings'
import type { Moved } from './operations/count-moved'
import { placeSelection } from './operations/place-selection'
import type { View } from './views'

const NOTHING_MOVED: Moved = { cells: 0, households: 0, residents: 0, gridIds: new Set() }
const NO_CELLS = new Int32Array()
const NO_CHANGE: FindingChange = { mended: [], broken: [] }

export interface ReadingsHost {
  /** Counts the changes of sessions, which are not reactive themselves. */
  tick: Ref<number>
  view: ShallowRef<View | null>
  draftView(): View | null
  ground(): Ground | null
  /** The stroke in the air, else the last one that the plan still shows. */
  stroke(): Stroke | null
  /** Slot painted into; −1 none, null nothing chosen. */
  target(): number | null
  selection(): Selection | null
}

/** What the panel reads of the plan on display; every reading depends on the tick. */
export function createReadings(host: ReadingsHost) {
  const read = <T>(of: (from: View) => T, otherwise: T) => computed(() => (host.tick.value >= 0 && host.view.value ? of(host.view.value) : otherwise))

  const rows = read<readonly GridRow[]>((from) => from.rows.list(), [])
  const findings = read<readonly Finding[]>((from) => from.session.findings(), [])
  const moved = read((from) => from.moved.get(), NOTHING_MOVED)
  const unassigned = read<Int32Array>((from) => from.session.cellsWithoutGrid(), NO_CELLS)
  const undoNote = read<EditNote | null>((from) => (from === host.draftView() ? from.session.undoNote : null), null)
  const redoNote = read<EditNote | null>((from) => (from === host.draftView() ? from.session.redoNote : null), null)

  /** What the stroke mended and what it broke. */
  const strokeFindings = computed(() => {
    const stroke = host.stroke()
    return stroke && stroke.cells.length > 0 && host.view.value === host.draftView() ? compareFindings(stroke.findingsBefore, findings.value) : NO_CHANGE
  })

  const rowOf = (slot: number): GridRow | null => host.view.value?.rows.get(slot) ?? null
  function rowOfId(gridId: string): GridRow | null {
    const slot = host.view.value?.session.index.slotOf(gridId) ?? -1
    return slot < 0 ? null : rowOf(slot)
  }
  /** Name of a grid of this plan, or of one that only today's has. */
  function gridName(gridId: string): string {
    const today = host.ground()?.today
    return rowOfId(gridId)?.grid.name ?? today?.document.grids[today.index.slotOf(gridId)]?.name ?? ''
  }

  const place = computed(() => {
    const ground = host.ground()
    const selection = host.selection()
    return ground && selection ? placeSelection(ground.scope, selection) : null
  })
  /** Grid that the selection speaks of: itself, or the one that owns the cell or the building. */
  const chosenGridId = computed(() => {
    const selection = host.selection()
    const document = host.tick.value >= 0 ? host.view.value?.session.document : null
    if (selection?.kind === 'grid') return selection.gridId
    return document?.grids[document.cellGrid[place.value?.cell ?? -1] ?? -1]?.id ?? null
  })
  /** Community that the selection lies in, by index; null where it lies in none. */
  const chosenCommunity = computed(() => {
    const grid = chosenGridId.value === null ? null : rowOfId(chosenGridId.value)
    return grid?.grid.community ?? place.value?.community ?? null
  })

  /** Community of the target, else of what is selected, else of the first grid: what digits and lists speak of. */
  const targetCommunity = computed(() => {
    const slot = host.target()
    const target = host.tick.value >= 0 && slot !== null && slot >= 0 ? rowOf(slot) : null
    return target?.grid.community ?? chosenCommunity.value ?? rows.value[0]?.grid.community ?? null
  })
  const digitGrids = computed(() => rows.value.filter((row) => row.grid.community === targetCommunity.value).map((row) => row.slot))

  return { rows, findings, moved, unassigned, undoNote, redoNote, strokeFindings, chosenGridId, chosenCommunity, rowOf, rowOfId, gridName, targetCommunity, digitGrids }
}
