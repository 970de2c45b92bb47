import { lockGrid } from '@/core/operations/lock-grid'
import type { PlanChange } from '@/core/plan-session'
import type { Selection, Session, Workspace } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import type { StaleDraft } from '@/ui/drafting/stale-choice'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { createComparing } from './comparing'
import { createComforts } from './comforts'
import { createAutomatic } from './automatic'
import { createConflict } from './conflict'
import { createDrafts } from './drafts'
import { createExchange } from './exchanging'
import type { Ground } from './ground'
import type { OpenDraft } from './model'
import { createNumbers } from './numbers'
import { changesToday } from './operations/changes-today'
import { createPlaces } from './places'
import { createPapers } from './plan-papers'
import { whyNotPublish } from './publish-conditions'
import { createPublishing } from './publishing'
import { createReadings } from './readings'
import { createRebasing } from './rebasing'
import type { PlanRecord } from './repository'
import { createSaving } from './saving'
import { createShownPlan } from './shown-plan'
import { createTools } from './tools'
import { browserUnsavedStore } from './unsaved-edits'
import { createViews, type View } from './views'

const EDITORS = ['street_officer', 'district_admin', 'community_secretary'] as const

export type Translate = (key: string, values: Record<string, string | number>) => string

/**
 * Joins the parts of the room and holds its view state. The plan itself lives in the session, outside reactivity; `tick`
 * counts its changes, and whatever reads the session reads `tick` first.
 */
export const useRedesignStore = defineStore('redesign', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const ground = shallowRef<Ground | null>(null)
  const tick = ref(0)
  const draft = shallowRef<OpenDraft | null>(null)
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  /** What is selected in the workspace. */
  const selection = shallowRef<Selection | null>(null)
  const unsaved = browserUnsavedStore()

  const canEdit = computed(() => person.value?.posts.some((post) => (EDITORS as readonly string[]).includes(post.role)) ?? false)

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>) =>
    workspace.value?.notify({ tone, key: `redesign.${key}`, values })

  function fail(thrown: unknown): void {
    const error = toDataError(thrown)
    const key = `redesign.error.${error.code}`
    const words = translate.value(key, { message: error.message })
    notify('error', 'failed', { reason: words === key ? error.message : words })
  }

  const views = createViews({
    showGrids: (grids) => workspace.value?.shownGrids.set(grids),
    onShown(next) {
      tools.setTool(null)
      if (next) workspace.value?.findings.set(next.session.findings())
      changed()
      places.refresh()
      numbers.showPlan()
      comforts.showPlan()
    },
    onChange,
  })
  const { view } = views
  const session = computed(() => view.value?.session ?? null)

  const plans = createShownPlan({
    ground: () => ground.value,
    draftId: () => draft.value?.planId ?? null,
    makeView: views.make,
    show: views.show,
    loadDraft: (planId) => drafts.load(planId),
    ask: (next) => workspace.value?.shown.set(next),
    fail,
  })
  const { shown, draftSession } = plans

  const mayEdit = computed(
    () => canEdit.value && draft.value !== null && papers.rest.value === null && shown.value.kind === 'draft' && view.value === plans.draftView(),
  )
  /** The draft may be painted on now; not while a candidate is shown in its place. */
  const editing = computed(() => mayEdit.value && automatic.previewed.value === null)
  const baseIsCurrent = computed(() => draft.value?.baseEditionId === ground.value?.scope.current.id)
  const outdated = computed(() => draft.value !== null && ground.value !== null && !baseIsCurrent.value)
  const unsavedCount = computed(() => {
    const open = tick.value >= 0 && draft.value ? draftSession() : null
    return open?.unsaved ? Math.max(1, open.pending().edits.length) : 0
  })
  const revision = computed(() => (tick.value >= 0 && draft.value ? (draftSession()?.document.revision ?? 0) : 0))

  const tools = createTools({
    map: () => map.value,
    ground: () => ground.value,
    session: draftSession,
    editing: () => editing.value,
    onTarget(slot) {
      const grid = draftSession()?.document.grids[slot]
      // On a phone the inspector would take the place of the panel, and on a narrow screen lie over the land being painted.
      if (grid && !matchMedia('(max-width: 1279px)').matches) workspace.value?.selection.set({ kind: 'grid', gridId: grid.id })
    },
  })

  const automatic = createAutomatic({ tick, session: draftSession, editing: () => mayEdit.value, fail, look: (cells) => places.locateCells(cells, false) })

  const readings = createReadings({
    tick,
    view,
    draftView: plans.draftView,
    ground: () => ground.value,
    stroke: () => tools.stroke.value ?? tools.lastStroke.value,
    target: () => tools.target.value,
    selection: () => selection.value,
  })

  const saving = createSaving({
    session: draftSession,
    draft: () => draft.value,
    personId: () => person.value?.personId ?? null,
    unsaved,
    held: () => comforts.held.value,
    onSaved(saved) {
      drafts.noteSaved(saved)
      changed()
    },
    onStale: (stale) => void conflict.open(stale),
    say: (key, values) => notify('warning', `save.${key}`, values),
  })

  const conflict = createConflict({
    session: draftSession,
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
    session: draftSession,
    setDraft,
    showDraft: plans.showDraft,
    showToday: () => workspace.value?.shown.set({ kind: 'current' }),
    isShowingToday: () => shown.value.kind === 'current',
    saving,
    unsaved,
    notify,
    fail,
  })

  const landed = { ground: () => ground.value, draft: () => draft.value, save: saving.save, notify, fail }
  const papers = createPapers({ ...landed, lookAt: plans.lookAt, session: draftSession, revision: () => revision.value, refresh: () => drafts.refresh() })
  const rebasing = createRebasing({
    ...landed,
    reopen: (planId) => drafts.load(planId).then(drafts.refresh),
    reloadScope: async () => workspace.value?.reloadScope(),
  })
  const comparing = createComparing({ ground: () => ground.value, session: () => session.value, tick })
  const exchange = createExchange({
    ...landed,
    session: () => session.value,
    draftSession: () => (editing.value ? draftSession() : null),
    landId: () => ground.value?.scope.landId ?? null,
  })

  const places = createPlaces({
    map: () => map.value,
    ground: () => ground.value,
    session: () => session.value,
    unassigned: () => readings.unassigned.value,
    findings: () => readings.findings.value,
    say: (key, values) => notify('info', key, values),
  })

  const numbers = createNumbers({
    map: () => map.value,
    ground: () => ground.value,
    session: () => session.value,
    rows: () => readings.rows.value,
    rowOf: readings.rowOf,
    personId: computed(() => person.value?.personId ?? null),
    tick,
  })

  const comforts = createComforts({
    map: () => map.value,
    ground: () => ground.value,
    session: () => session.value,
    draftSession,
    planId: () => draft.value?.planId ?? null,
    editing: () => editing.value,
    draftRows: () => (tick.value >= 0 ? (plans.draftView()?.rows.list() ?? []) : []),
    tick,
    locateCells: places.locateCells,
    putDown: () => tools.setTool(null),
    setTarget: tools.setTarget,
    recolour: views.recolour,
    onAccepted: () => saving.touched(),
    notify,
    fail,
  })

  /** Everything that reads a session reads it anew, and the top bar hears how the draft stands. */
  function changed(): void {
    tick.value++
    const open = draft.value
    workspace.value?.activeDraft.set(
      open && { planId: open.planId, number: open.number, title: open.title, revision: revision.value, unsaved: unsavedCount.value },
    )
  }

  function onChange(of: View, change: PlanChange): void {
    changed()
    if (of === view.value) numbers.take(change)
    comforts.take(change, of === plans.draftView())
    if (of === plans.draftView()) automatic.onChange(change)
    if (change.provisional) return
    if (change.cause === 'undo' || change.cause === 'redo' || change.cause === 'rebase') tools.forget()
    workspace.value?.findings.set(of.session.findings())
    if (of === view.value) places.refresh()
    if (of === plans.draftView() && change.cause !== 'cancel') saving.touched()
  }

  function setDraft(record: PlanRecord | null): void {
    tools.reset()
    automatic.reset()
    draft.value = record && { planId: record.planId, number: record.number, title: record.title, baseEditionId: record.baseEditionId }
    saving.reset(record?.updatedAt ?? null)
    conflict.close()
    plans.setDraft(record)
    void papers.read()
    changed()
  }

  function setGround(next: Ground | null): void {
    views.clear()
    const reopen = draft.value && next?.scope.landId === ground.value?.scope.landId ? draft.value.planId : null
    ground.value = next && markRaw(next)
    plans.setToday(next?.today ?? null)
    if (!next) return setDraft(null)
    void (reopen && shown.value.kind === 'draft' ? drafts.load(reopen) : plans.follow(shown.value))
    // A page loaded anew in this room has no land yet when the room opens: its draft comes back with the land.
    void drafts.refresh().then(() => (active.value ? drafts.resume() : undefined))
  }

  const step = (act: 'undo' | 'redo') => {
    if (automatic.previewed.value) automatic.preview(null)
    else if (editing.value) draftSession()?.[act]()
  }

  function toggleLock(slot: number): void {
    const open = draftSession()
    const grid = open?.document.grids[slot]
    if (!open || !grid || !editing.value) return
    const delta = lockGrid(open, { gridIds: [grid.id], locked: !grid.locked })
    if (delta.ok) open.apply(delta.value, { key: `redesign.note.${grid.locked ? 'unlock' : 'lock'}`, values: { grid: grid.name } })
  }

  /** Slot of the grid under the pointer; −1: none. */
  const pointedSlot = (): number => (tools.pointed.value < 0 ? -1 : (draftSession()?.document.cellGrid[tools.pointed.value] ?? -1))

  /** Lock or unlock the grid under the pointer, else the one painted into. */
  function lockPointed(): void {
    const slot = pointedSlot() >= 0 ? pointedSlot() : tools.target.value
    if (slot !== null && slot >= 0) toggleLock(slot)
  }

  const gridIdOf = (slot: number | null): string | null => draftSession()?.document.grids[slot ?? -1]?.id ?? null
  /** Id of the grid painted into; and of another one, under the pointer or selected. */
  const targetId = computed(() => (tick.value >= 0 ? gridIdOf(tools.target.value) : null))
  function otherId(): string | null {
    const id = gridIdOf(pointedSlot()) ?? (selection.value?.kind === 'grid' ? selection.value.gridId : null)
    return id === targetId.value ? null : id
  }

  const differs = computed(() => {
    const open = tick.value >= 0 ? draftSession() : null
    return open !== null && ground.value !== null && changesToday(open.document, ground.value.today.document, readings.moved.value.cells)
  })
  const publishBlocked = computed(() =>
    whyNotPublish({
      canEdit: canEdit.value,
      papers: papers.papers.value,
      hasDraft: draft.value !== null,
      onDisplay: shown.value.kind === 'draft' && view.value === plans.draftView(),
      inStroke: tools.stroke.value !== null,
      pending: comforts.held.value || automatic.previewed.value !== null,
      saveState: saving.state.value,
      outdated: outdated.value,
      differs: differs.value || unsavedCount.value > 0,
    }),
  )

  const compare = () => workspace.value?.shown.set({ kind: 'current' })
  function backToDraft(): void {
    if (!draft.value) return
    // From a snapshot there is nothing to ask for: the draft is what is asked to be shown.
    if (plans.snapshotName.value !== null) plans.showDraft(draft.value.planId)
    else workspace.value?.shown.set({ kind: 'draft', planId: draft.value.planId })
  }

  /** The room's page opens: its layers come on the map, its draft comes back where one is open. */
  function enter(): void {
    active.value = true
    places.enter()
    numbers.enter()
    comforts.enter()
    if (draft.value && shown.value.kind === 'current') backToDraft()
    void drafts.refresh().then(drafts.resume)
  }

  /** The page closes: the gesture ends, what is unsaved is saved. */
  function leave(): void {
    active.value = false
    tools.setTool(null)
    places.leave()
    numbers.leave()
    comforts.leave()
    if (unsavedCount.value > 0 && saving.state.value !== 'conflict') void saving.save()
  }

  return {
    workspace, map, translate, person, ground, active, selection,
    view, session, colours: views.colours, shown, snapshotName: plans.snapshotName, follow: plans.follow, tick, setGround,
    drafts, draft, canEdit, editing, outdated, unsavedCount, revision,
    automatic, tools, saving, conflict, publishing, publishBlocked, places, numbers, comforts, papers, rebasing, comparing, exchange, ...readings,
    undo: () => step('undo'), redo: () => step('redo'), toggleLock, lockPointed, targetId, otherId, compare, backToDraft, enter, leave, notify,
    keepAsCopy: conflict.copy,
    findUnassigned: places.findUnassigned, locate: places.locate, locateCells: places.locateCells,
    locateGrid: places.locateGrid, piecesOf: places.piecesOf,
  }
})
