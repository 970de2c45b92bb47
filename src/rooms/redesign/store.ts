import { colourGrids, mendGridColours } from '@/algorithms/partition/colour-grids'
import { createPlanSession } from '@/core/create-plan-session'
import { lockGrid } from '@/core/operations/lock-grid'
import type { EditNote } from '@/core/plan'
import type { PlanChange, PlanSession } from '@/core/plan-session'
import type { Session, ShownPlan, Workspace } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { createConflict } from './conflict'
import { createDrafts } from './drafts'
import type { Ground } from './ground'
import { createGridRows, type GridRow, type GridRows } from './grid-rows'
import type { OpenDraft, StaleDraft } from './model'
import { createMovedCounter, type Moved, type MovedCounter } from './operations/count-moved'
import { makePlanDocument } from './operations/make-plan-document'
import { createPlaces } from './places'
import { createPublishing } from './publishing'
import { loadEdition, type PlanRecord } from './repository'
import { createSaving } from './saving'
import { createTools } from './tools'
import { browserUnsavedStore } from './unsaved-edits'

const EDITORS = ['street_officer', 'district_admin'] as const
const NOTHING_MOVED: Moved = { cells: 0, households: 0, residents: 0, gridIds: new Set() }

export type Translate = (key: string, values: Record<string, string | number>) => string

/** What is on display: a session with what is kept in step with it. */
interface View {
  readonly session: PlanSession
  readonly rows: GridRows
  readonly moved: MovedCounter
  /** Colour index by slot, neighbours differing; kept from change to change. */
  colours: Int32Array
  readonly end: () => void
}

/**
 * View state of the room. The plan itself lives in the session, outside reactivity; `tick` counts its changes, and
 * whatever reads the session reads `tick` first.
 */
export const useRedesignStore = defineStore('redesign', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const ground = shallowRef<Ground | null>(null)
  const view = shallowRef<View | null>(null)
  const shown = shallowRef<ShownPlan>({ kind: 'current' })
  const tick = ref(0)
  const draft = shallowRef<OpenDraft | null>(null)
  const translate = shallowRef<Translate>((key) => key)
  const active = ref(false)
  /** Grid selected in the workspace. */
  const chosenGridId = ref<string | null>(null)
  /** Colour index by slot, as on the map. */
  const colours = shallowRef<ArrayLike<number>>([])
  const unsaved = browserUnsavedStore()
  let draftView: View | null = null
  let todayView: View | null = null

  const canEdit = computed(() => person.value?.posts.some((post) => (EDITORS as readonly string[]).includes(post.role)) ?? false)
  const session = computed(() => view.value?.session ?? null)
  /** The draft may be painted on now. */
  const editing = computed(() => canEdit.value && draft.value !== null && shown.value.kind === 'draft' && view.value === draftView)
  const outdated = computed(
    () => draft.value !== null && ground.value !== null && draft.value.baseEditionId !== ground.value.scope.current.id,
  )

  /** Number of the edition the draft is based on, as far as it is known here. */
  const baseNumber = computed(() => (draft.value?.baseEditionId === ground.value?.scope.current.id ? (ground.value?.scope.current.number ?? null) : null))

  const readTick = <T>(read: (from: View) => T, otherwise: T) => computed(() => (tick.value >= 0 && view.value ? read(view.value) : otherwise))
  const rows = readTick((from) => from.rows.list(), [])
  const findings = readTick((from) => from.session.findings(), [])
  const moved = readTick((from) => from.moved.get(), NOTHING_MOVED)
  const unassigned = readTick((from) => from.session.cellsWithoutGrid(), new Int32Array())
  const undoNote = readTick<EditNote | null>((from) => (from === draftView ? from.session.undoNote : null), null)
  const redoNote = readTick<EditNote | null>((from) => (from === draftView ? from.session.redoNote : null), null)
  const unsavedCount = computed(() =>
    tick.value >= 0 && draft.value && draftView?.session.unsaved ? Math.max(1, draftView.session.pending().edits.length) : 0,
  )
  const revision = computed(() => (tick.value >= 0 && draft.value ? (draftView?.session.document.revision ?? 0) : 0))

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>) =>
    workspace.value?.notify({ tone, key: `redesign.${key}`, values })

  const tools = createTools({
    map: () => map.value,
    ground: () => ground.value,
    session: () => draftView?.session ?? null,
    editing: () => editing.value,
    onTarget(slot) {
      const grid = draftView?.session.document.grids[slot]
      // On a phone the inspector would take the place of the panel that is being worked in.
      if (grid && !matchMedia('(max-width: 767px)').matches) workspace.value?.selection.set({ kind: 'grid', gridId: grid.id })
    },
  })

  const saving = createSaving({
    session: () => draftView?.session ?? null,
    draft: () => draft.value,
    personId: () => person.value?.personId ?? null,
    unsaved,
    onSaved(saved) {
      drafts.noteSaved(saved)
      changed()
    },
    onStale: (stale) => void conflict.open(stale),
    say: (key, values) => notify('warning', `save.${key}`, values),
  })

  const conflict = createConflict({
    session: () => draftView?.session ?? null,
    draft: () => draft.value,
    personName: () => person.value?.name ?? '',
    saving,
    openCopy: (planId) => drafts.load(planId),
    refresh: () => drafts.refresh(),
    notify,
    copyTitle: (title, name) => translate.value('redesign.conflict.copyTitle', { title, name }),
  })

  const publishing = createPublishing({
    draft: () => draft.value,
    revision: () => revision.value,
    save: saving.save,
    onFindings: (found) => workspace.value?.findings.set(found),
    async onPublished(editionNumber) {
      await drafts.close()
      notify('success', 'publish.done', { number: editionNumber })
      await workspace.value?.reloadScope()
      await drafts.refresh()
    },
    onStale: (error) => void conflict.open(error.detail as unknown as StaleDraft),
  })

  const drafts = createDrafts({
    ground: () => ground.value,
    personId: () => person.value?.personId ?? null,
    canEdit: () => canEdit.value,
    draft: () => draft.value,
    session: () => draftView?.session ?? null,
    setDraft,
    showDraft(planId) {
      workspace.value?.shown.set({ kind: 'draft', planId })
      shown.value = { kind: 'draft', planId }
      show(draftView)
    },
    showToday: () => workspace.value?.shown.set({ kind: 'current' }),
    isShowingToday: () => shown.value.kind === 'current',
    saving,
    unsaved,
    notify,
    fail,
  })

  function changed(): void {
    tick.value++
    const open = draft.value
    workspace.value?.activeDraft.set(
      open
        ? { planId: open.planId, number: open.number, title: open.title, revision: revision.value, unsaved: unsavedCount.value }
        : null,
    )
  }

  function makeView(made: PlanSession, today: PlanSession): View {
    const gridRows = createGridRows(made, today)
    const counter = createMovedCounter(made, today)
    const end = made.subscribe((change) => onChange(self, change))
    const self: View = markRaw({ session: made, rows: gridRows, moved: counter, colours: colourGrids(made.context.adjacency, made.document.cellGrid, made.document.grids.length), end })
    return self
  }

  function onChange(of: View, change: PlanChange): void {
    of.rows.touch(change.cause === 'rebase' ? null : change.changedGrids)
    of.moved.touch(change.changedCells)
    const recoloured = mendColours(of, change.changedCells)
    if (of === view.value) paint(of, withGrids(of, change.changedCells, recoloured))
    changed()
    if (change.provisional) return
    if (change.cause === 'undo' || change.cause === 'redo' || change.cause === 'rebase') tools.forget()
    workspace.value?.findings.set(of.session.findings())
    if (of === view.value) places.refresh()
    if (of === draftView && change.cause !== 'cancel') saving.touched()
  }

  /** Tell the map. Null: everything may differ. */
  function paint(of: View, cells: Int32Array | null): void {
    const { grids, cellGrid } = of.session.document
    workspace.value?.shownGrids.set({ grids, cellGrid, changedCells: cells, colours: of.colours })
    colours.value = of.colours
  }

  /** Slots that have another colour after a change; the array is a new one then, so that the panel sees it. */
  function mendColours(of: View, cells: Int32Array): number[] {
    const { cellGrid, grids } = of.session.document
    const mended = new Int32Array(Math.max(of.colours.length, grids.length)).fill(-1)
    mended.set(of.colours)
    const changed = mendGridColours(of.session.context.adjacency, cellGrid, mended, cells)
    if (changed.length > 0 || mended.length > of.colours.length) of.colours = mended
    return changed
  }

  function withGrids(of: View, cells: Int32Array, slots: readonly number[]): Int32Array {
    if (slots.length === 0) return cells
    return Int32Array.from(new Set([...cells, ...slots.flatMap((slot) => [...of.session.index.cellsOf(slot)])])).sort()
  }

  function show(next: View | null): void {
    if (next === view.value) return
    tools.setTool(null)
    view.value = next
    if (next) {
      paint(next, null)
      workspace.value?.findings.set(next.session.findings())
    }
    changed()
    places.refresh()
  }

  /** The address, the top bar or the room itself says what to show. */
  async function follow(next: ShownPlan): Promise<void> {
    shown.value = next
    if (!ground.value) return
    if (next.kind === 'current') show(todayView)
    else if (next.kind === 'draft') {
      if (draft.value?.planId === next.planId && draftView) show(draftView)
      else await drafts.load(next.planId)
    } else await showEdition(next.number)
  }

  async function showEdition(number: number): Promise<void> {
    const here = ground.value!
    try {
      const record = await loadEdition(here.scope.landId, number)
      if (ground.value !== here || shown.value.kind !== 'edition' || shown.value.number !== number) return
      const document = makePlanDocument(here.context, record, { planId: `edition-${number}`, revision: 0 })
      show(makeView(createPlanSession({ context: here.context, document }), here.today))
    } catch (thrown) {
      fail(thrown)
      workspace.value?.shown.set({ kind: 'current' })
    }
  }

  function fail(thrown: unknown): void {
    const error = toDataError(thrown)
    const key = `redesign.error.${error.code}`
    const words = translate.value(key, { message: error.message })
    notify('error', 'failed', { reason: words === key ? error.message : words })
  }

  function setDraft(record: PlanRecord | null): void {
    draftView?.end()
    draftView = null
    tools.reset()
    draft.value = record
      ? { planId: record.planId, number: record.number, title: record.title, baseEditionId: record.baseEditionId }
      : null
    saving.reset(record?.updatedAt ?? null)
    conflict.close()
    const here = ground.value
    if (record && here) {
      const made = createPlanSession({ context: here.context, document: makePlanDocument(here.context, record, record) })
      draftView = makeView(made, here.today)
    }
    changed()
  }

  /** Slot of the target's community, else of the selected grid's, else the first: what digits and lists speak of. */
  const targetCommunity = computed(() => {
    const slot = tools.target.value
    const grids = session.value?.document.grids ?? []
    if (tick.value >= 0 && slot !== null && slot >= 0 && grids[slot]) return grids[slot].community
    const chosen = chosenGridId.value === null ? null : rowOfId(chosenGridId.value)
    return chosen?.grid.community ?? rows.value[0]?.grid.community ?? null
  })
  const digitGrids = computed(() => rows.value.filter((row) => row.grid.community === targetCommunity.value).map((row) => row.slot))

  const rowOf = (slot: number): GridRow | null => view.value?.rows.get(slot) ?? null
  const rowOfId = (gridId: string): GridRow | null => {
    const slot = session.value?.index.slotOf(gridId) ?? -1
    return slot < 0 ? null : rowOf(slot)
  }
  const gridName = (gridId: string): string => {
    const here = rowOfId(gridId)?.grid
    if (here) return here.name
    const today = ground.value?.today
    return today?.document.grids[today.index.slotOf(gridId)]?.name ?? ''
  }

  function undo(): void {
    if (editing.value) draftView?.session.undo()
  }

  function redo(): void {
    if (editing.value) draftView?.session.redo()
  }

  function toggleLock(slot: number): void {
    const open = draftView?.session
    const grid = open?.document.grids[slot]
    if (!open || !grid || !editing.value) return
    const delta = lockGrid(open, { gridIds: [grid.id], locked: !grid.locked })
    if (delta.ok) open.apply(delta.value, { key: `redesign.note.${grid.locked ? 'unlock' : 'lock'}`, values: { grid: grid.name } })
  }

  /** Why publishing is not possible now: a key below `publish.disabled`, or null. */
  const publishBlocked = computed(() => {
    if (!canEdit.value) return 'no_permission'
    if (!draft.value) return 'no_draft'
    if (!editing.value) return 'looking'
    if (tools.stroke.value) return 'stroke'
    if (saving.state.value === 'conflict') return 'conflict'
    if (saving.state.value === 'saving') return 'saving'
    if (outdated.value) return 'outdated'
    return moved.value.cells === 0 && moved.value.gridIds.size === 0 && unsavedCount.value === 0 ? 'no_change' : null
  })

  const compare = () => workspace.value?.shown.set({ kind: 'current' })
  function backToDraft(): void {
    if (draft.value) workspace.value?.shown.set({ kind: 'draft', planId: draft.value.planId })
  }

  const places = createPlaces({
    map: () => map.value,
    ground: () => ground.value,
    session: () => session.value,
    unassigned: () => unassigned.value,
    findings: () => findings.value,
    say: (key, values) => notify('info', key, values),
  })

  /** The room's page opens: its layers come on the map, its draft comes back where one is open. */
  function enter(): void {
    active.value = true
    places.enter()
    if (draft.value && shown.value.kind === 'current') backToDraft()
    void drafts.refresh().then(drafts.resume)
  }

  /** The page closes: the gesture ends, what is unsaved is saved. */
  function leave(): void {
    active.value = false
    tools.setTool(null)
    places.leave()
    if (unsavedCount.value > 0 && saving.state.value !== 'conflict') void saving.save()
  }

  return {
    workspace, map, translate, person, ground, view, shown, tick, drafts, draft,
    canEdit, session, editing, outdated, rows, findings, moved, unassigned, undoNote, redoNote, unsavedCount, revision,
    tools, saving, conflict, publishing,
    active, chosenGridId, colours, baseNumber, targetCommunity, digitGrids, publishBlocked, places,
    rowOf, rowOfId, gridName, undo, redo, toggleLock, compare, backToDraft, enter, leave, keepAsCopy: conflict.copy,
    findUnassigned: places.findUnassigned, locate: places.locate, locateCells: places.locateCells, locateGrid: places.locateGrid,
    piecesOf: places.piecesOf,
    follow, notify, setGround, changed,
  }

  function setGround(next: Ground | null): void {
    view.value?.end()
    view.value = null
    todayView = null
    const reopen = draft.value && next?.scope.landId === ground.value?.scope.landId ? draft.value.planId : null
    ground.value = next ? markRaw(next) : null
    if (!next) return setDraft(null)
    todayView = makeView(next.today, next.today)
    void (reopen && shown.value.kind === 'draft' ? drafts.load(reopen) : follow(shown.value))
    // A page loaded anew in this room has no land yet when the room opens: its draft comes back with the land.
    void drafts.refresh().then(() => (active.value ? drafts.resume() : undefined))
  }
})
