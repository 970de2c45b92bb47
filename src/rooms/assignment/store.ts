import type { AssignmentChange, AssignmentSession } from '@/core/assignment/assignment-session'
import type { Scope } from '@/core/scope'
import type { Selection, Session, Workspace } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { createActs } from './acts'
import { createConflict } from './conflict'
import { createDrafts, type OpenDraft } from './drafts'
import type { ExceptionKind } from './operations/list-exceptions'
import type { DrawerTab, PanelTab } from './panes'
import { createPublishing } from './publishing'
import { whyNotPublish } from './publish-conditions'
import { loadAssignmentScope, loadEdition, rebaseDraft, type AssignmentRecord } from './repository'
import { createSaving } from './saving'
import { createShownTies } from './shown-ties'
import { createSolving } from './solving'
import { browserUnsavedStore } from './unsaved-edits'
import { makeGround, type Ground } from './views'
import { createWhatIf } from './what-if'

const EDITORS = ['street_officer', 'district_admin', 'community_secretary'] as const

export type Translate = (key: string, values: Record<string, string | number>) => string

/**
 * Joins the parts of the room and holds its view state. The plan itself lives in the session, outside reactivity; `tick`
 * counts its changes, and whatever reads the session reads `tick` first.
 */
export const useAssignmentStore = defineStore('assignment', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const scope = shallowRef<Scope | null>(null)
  const ground = shallowRef<Ground | null>(null)
  /** Reading the ties of the street. */
  const reading = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  const tick = ref(0)
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  const panelTab = ref<PanelTab>('assign')
  const drawerTab = ref<DrawerTab>('members')
  /** Kind of exception the lists show; null for all. */
  const shownFinding = ref<ExceptionKind | null>(null)
  /** What is selected in the workspace. */
  const selection = shallowRef<Selection | null>(null)
  /** Unit in focus in the workspace. */
  const focusUnitId = ref<number | null>(null)
  const draft = shallowRef<OpenDraft | null>(null)
  const unsaved = browserUnsavedStore()

  const assignmentScope = computed(() => ground.value?.assignmentScope ?? null)
  const canEdit = computed(() => person.value?.posts.some((post) => (EDITORS as readonly string[]).includes(post.role)) ?? false)
  /** A member and nothing else: sees the own households only. */
  const isOnlyMember = computed(() => {
    const posts = person.value?.posts ?? []
    return posts.length > 0 && posts.every((post) => post.role === 'member')
  })
  /** Unit a new draft is for: the community of a secretary, else the street. */
  const ownUnitId = computed(() => {
    const posts = person.value?.posts ?? []
    if (posts.some((post) => post.role === 'street_officer' || post.role === 'district_admin')) return ground.value?.streetId ?? null
    return posts.find((post) => post.role === 'community_secretary')?.orgUnitId ?? null
  })

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>) =>
    workspace.value?.notify({ tone, key: `assignment.${key}`, values })

  function fail(thrown: unknown): void {
    const error = toDataError(thrown)
    const key = `assignment.error.${error.code}`
    const words = translate.value(key, { message: error.message })
    notify('error', 'failed', { reason: words === key ? error.message : words })
  }

  const refuse = (code: string) => notify('warning', 'refusal.delta', { reason: code })

  const shown = createShownTies({
    ground: () => ground.value,
    onChange,
    onShown: () => {
      tick.value++
    },
  })
  const { session, draftSession, display } = shown

  const mayEdit = computed(() => canEdit.value && draft.value !== null && display.value.kind === 'draft')
  /** The draft may be changed now; not while a proposal is shown in its place. */
  const editing = computed(() => mayEdit.value && shown.preview.value === null && !solving.busy.value)
  const unsavedCount = computed(() => {
    const open = tick.value >= 0 ? draftSession.value : null
    return open?.unsaved ? Math.max(1, open.pending().edits.length) : 0
  })
  const revision = computed(() => (tick.value >= 0 ? (draftSession.value?.document.revision ?? 0) : 0))
  const undoNote = computed(() => (tick.value >= 0 ? (draftSession.value?.undoNote ?? null) : null))
  const redoNote = computed(() => (tick.value >= 0 ? (draftSession.value?.redoNote ?? null) : null))
  const findings = computed(() => (tick.value >= 0 ? (session.value?.findings() ?? []) : []))
  const comparison = computed(() => (tick.value >= 0 ? (session.value?.comparison() ?? null) : null))

  const acts = createActs({
    session: () => (editing.value ? draftSession.value : null),
    refuse,
  })

  const solving = createSolving({
    tick,
    ground: () => ground.value,
    draftSession: () => (mayEdit.value ? draftSession.value : null),
    showPreview: shown.showPreview,
    take: acts.take,
    refuse,
    setWalks(walks) {
      shown.setWalks(walks)
      tick.value++
    },
    fail,
  })

  const whatIf = createWhatIf({
    session: () => (mayEdit.value ? draftSession.value : null),
    ground: () => ground.value,
    solving,
  })

  const saving = createSaving({
    session: () => draftSession.value,
    draft: () => draft.value,
    personId: () => person.value?.personId ?? null,
    unsaved,
    onSaved(saved) {
      drafts.noteSaved(saved)
      tick.value++
    },
    onStale: (stale) => void conflict.open(stale),
    say: (key, values) => notify('warning', `save.${key}`, values),
  })

  const conflict = createConflict({
    session: () => draftSession.value,
    draft: () => draft.value,
    personName: () => person.value?.name ?? '',
    saving,
    openCopy: (planId) => drafts.load(planId),
    refresh: () => drafts.refresh(),
    notify,
    copyTitle: (title, name) => translate.value('assignment.conflict.copyTitle', { title, name }),
  })

  const publishing = createPublishing({
    draft: () => draft.value,
    revision: () => revision.value,
    save: saving.save,
    async onPublished(editions) {
      await drafts.close()
      notify('success', 'publish.done', { n: editions })
      await readTies()
      await drafts.refresh()
    },
    onStale: (stale) => void conflict.open(stale),
  })

  const drafts = createDrafts({
    ground: () => ground.value,
    unitId: () => ownUnitId.value,
    personId: () => person.value?.personId ?? null,
    canEdit: () => canEdit.value,
    draft: () => draft.value,
    session: () => draftSession.value,
    setDraft,
    show: (kind) => shown.show({ kind }),
    isShowingToday: () => display.value.kind === 'today',
    saving,
    unsaved,
    notify,
    fail,
  })

  function onChange(of: AssignmentSession, change: AssignmentChange): void {
    tick.value++
    if (of !== draftSession.value) return
    solving.onChange(of, change)
    saving.touched()
  }

  function setDraft(record: AssignmentRecord | null): void {
    solving.reset()
    draft.value = record && {
      planId: record.planId,
      number: record.number,
      title: record.title,
      orgUnitId: record.orgUnitId,
      communityIds: record.communityIds,
      movedIds: record.bases.filter((base) => base.number !== base.inForce).map((base) => base.communityId),
    }
    saving.reset(record?.updatedAt ?? null)
    conflict.close()
    shown.setDraft(record?.document ?? null)
  }

  function setScope(next: Scope | null): void {
    const isSame = next?.landId === scope.value?.landId && ground.value !== null
    scope.value = next && markRaw(next)
    if (!isSame) setGround(null)
    if (active.value && next) void readTies()
  }

  function setGround(next: Ground | null): void {
    draft.value = null
    solving.reset()
    solving.forgetWalks()
    ground.value = next && markRaw(next)
    shown.setGround(next)
  }

  /** Read households, members and ties of the street; the draft that is open stays open. */
  async function readTies(): Promise<void> {
    const here = scope.value
    if (!here || isOnlyMember.value) return
    const reopen = draft.value?.planId ?? null
    reading.value = 'loading'
    try {
      const loaded = await loadAssignmentScope(here)
      if (scope.value !== here) return
      setGround(makeGround(here, markRaw(loaded)))
      reading.value = 'ready'
    } catch (thrown) {
      reading.value = 'failed'
      fail(thrown)
      return
    }
    if (ground.value) void solving.measureQuietly(ground.value.today)
    if (reopen) await drafts.load(reopen)
    await drafts.refresh()
    await drafts.resume()
  }

  /** Carry the draft over to the editions in force; in those communities it takes what they say, or keeps its own. */
  async function carryOver(takesTheirs: boolean): Promise<void> {
    const open = draft.value
    if (!open || open.movedIds.length === 0 || !(await saving.save())) return
    try {
      const done = await rebaseDraft(open.planId, revision.value, takesTheirs ? open.movedIds : [])
      await drafts.load(open.planId)
      notify('success', 'draft.rebased', { revision: done.revision })
    } catch (thrown) {
      fail(thrown)
    }
  }

  async function showEdition(communityId: number, number: number): Promise<void> {
    const here = ground.value
    if (!here) return
    try {
      const document = await loadEdition(here, communityId, number)
      if (ground.value === here) shown.showEdition(communityId, number, document)
    } catch (thrown) {
      fail(thrown)
    }
  }

  const step = (act: 'undo' | 'redo') => {
    if (shown.preview.value) solving.dismiss()
    else if (editing.value) draftSession.value?.[act]()
  }

  const publishBlocked = computed(() =>
    whyNotPublish({
      canEdit: canEdit.value,
      hasDraft: draft.value !== null,
      onDisplay: display.value.kind === 'draft',
      pending: shown.preview.value !== null || solving.busy.value,
      saveState: saving.state.value,
      outdated: (draft.value?.movedIds.length ?? 0) > 0,
    }),
  )

  function selectMember(member: number): void {
    const here = assignmentScope.value
    if (here) workspace.value?.selection.set({ kind: 'member', memberId: here.members.ids[member], buildingIndex: here.members.building[member] })
  }
  function selectHousehold(household: number): void {
    const here = assignmentScope.value
    if (!here) return
    const { ids, building } = here.households
    workspace.value?.selection.set({ kind: 'household', householdId: ids[household], buildingIndex: building[household] })
  }
  /** Index of the member selected on the map, in a list or by a link; −1: none. */
  const selectedMember = computed(() =>
    selection.value?.kind === 'member' ? (session.value?.context.memberIndex.get(selection.value.memberId) ?? -1) : -1,
  )
  const selectedHousehold = computed(() =>
    selection.value?.kind === 'household' ? (session.value?.context.householdIndex.get(selection.value.householdId) ?? -1) : -1,
  )

  /** Show exceptions of one kind in the lists and on the map. */
  function showFindings(code: ExceptionKind | null): void {
    shownFinding.value = code
    drawerTab.value = 'exceptions'
  }

  /** The page opens: ties are read, the draft worked on last comes back. */
  function enter(): void {
    active.value = true
    if (!ground.value && reading.value !== 'loading') void readTies()
    else if (ground.value) void drafts.refresh()
  }

  /** The page closes: what is unsaved is saved. */
  function leave(): void {
    active.value = false
    if (unsavedCount.value > 0 && saving.state.value !== 'conflict') void saving.save()
  }

  return {
    workspace, map, person, scope, ground, assignmentScope, reading, readTies, tick, translate, active, panelTab, drawerTab, selection, focusUnitId,
    canEdit, isOnlyMember, ownUnitId, draft, display, session, draftSession, preview: shown.preview, show: shown.show, showEdition, carryOver,
    editing, mayEdit, unsavedCount, revision, undoNote, redoNote, findings, comparison, shownFinding, showFindings,
    acts, solving, solve: solving.solve, whatIf, saving, conflict, publishing, publishBlocked, drafts,
    selectedMember, selectedHousehold, selectMember, selectHousehold,
    undo: () => step('undo'), redo: () => step('redo'), notify, fail, setScope, enter, leave,
  }
})
