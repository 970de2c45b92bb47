import { createCell, type Cell } from '@/core/observable'
import type { Scope } from '@/core/scope'
import type { Session, ShownGrids, ShownPlan, Workspace } from '@/core/workspace'
import { loadAppConfig, type AppConfig } from '@/data/app-config'
import { callRpc, watchFailures } from '@/data/call-rpc'
import { makeClient } from '@/data/client'
import { toDataError } from '@/data/errors'
import { listLands, type LandSummary } from '@/data/lands'
import { loadScope } from '@/data/scope-snapshot'
import { onSessionEnded } from '@/data/session'
import type { MapHost } from '@/map/engine'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { homeUnit } from '@/core/unit-names'
import { createWorkspace } from './create-workspace'
import { communityOf } from './community-of'
import { decodeEdition, type EditionJson } from './decode-edition'
import { createEntryFlow, type EntryFlow } from './session/entry-flow'
import { createKeepIn, type KeepIn } from './session/keep-in'

/** What stands between the person and the work: nothing, no server, a session that ended, or one that nobody used. */
export type Trouble = 'none' | 'server_down' | 'session_expired' | 'idle'

export interface Shell {
  readonly config: AppConfig
  readonly workspace: Workspace
  readonly trouble: Cell<Trouble>
  readonly lands: Cell<readonly LandSummary[]>
  /** False until it is known whether somebody is signed in. */
  readonly started: Cell<boolean>
  start(): Promise<void>
  /** The way in, at first and, without leaving the work that stands open, after the session ended. */
  readonly entry: EntryFlow
  readonly keepIn: KeepIn
  /** The account's own dialog that is open. */
  readonly dialog: Cell<ShellDialog | null>
  /** Try again after the server was down. */
  retry(): Promise<void>
}

/** `account`: password, sessions, second factor; `leave`: what is not saved yet. */
export type ShellDialog = 'account' | 'leave'

const PROBE_MS = 15_000

export const SHELL_KEY = Symbol.for('gewu.shell')

/** Make the shell: settings, client, workspace, and the loading of scopes. */
export async function createShell(map: () => MapHost): Promise<Shell> {
  const config = await loadAppConfig()
  makeClient(config)
  const trouble = createCell<Trouble>('none')
  const lands = createCell<readonly LandSummary[]>([])
  const started = createCell(false)
  let loading: AbortController | null = null
  let rememberedDraft: { planId: string; grids: ShownGrids; scope: Scope | null } | null = null

  const workspace = createWorkspace({
    reloadScope: async () => {
      const landId = workspace.scope.get()?.landId
      await (landId === undefined ? loadFirst() : load(landId))
    },
    openLand: async (landId) => {
      lands.set(await listLands())
      workspace.selection.set(null)
      workspace.shown.set({ kind: 'current' })
      await load(landId)
      const scope = workspace.scope.get()
      if (scope) map().fit(scope.bounds, { animate: false })
    },
  })

  /** Load the land of the person's own post, else the first there is. */
  async function loadFirst(): Promise<void> {
    workspace.scopeState.set({ status: 'loading' })
    try {
      lands.set(await listLands())
      const own = workspace.session.get()?.posts.find((post) => post.landId !== null)?.landId
      const landId = own ?? lands.get()[0]?.id
      if (landId === undefined) workspace.scopeState.set({ status: 'none' })
      else await load(landId)
    } catch (thrown) {
      workspace.scopeState.set({ status: 'failed', code: toDataError(thrown).code })
    }
  }

  async function load(landId: number): Promise<void> {
    loading?.abort()
    const mine = (loading = new AbortController())
    workspace.scopeState.set({ status: 'loading' })
    try {
      const scope = await loadScope(landId, buildCellAdjacency, mine.signal)
      if (mine.signal.aborted) return
      workspace.scope.set(scope)
      if (workspace.focusUnitId.get() === null) workspace.focusUnitId.set(homeUnit(scope)?.id ?? null)
      await show(workspace.shown.get(), scope)
      workspace.scopeState.set({ status: 'ready' })
    } catch (thrown) {
      if (mine.signal.aborted) return
      const error = toDataError(thrown)
      workspace.scopeState.set({ status: 'failed', code: error.code })
      if (error.code === 'unknown') console.error(thrown)
    }
  }

  /** Grids for what is to be shown: those in force at hand, a draft as remembered, a former edition from the server. */
  async function show(plan: ShownPlan, scope: Scope): Promise<void> {
    if (plan.kind === 'current') {
      workspace.shownGrids.set({ grids: scope.current.grids, cellGrid: scope.current.cellGrid, changedCells: null })
    } else if (plan.kind === 'draft') {
      // Drawn on the cells of another edition of the land it would paint them anyhow; the room that keeps the draft loads it anew.
      const drawn = rememberedDraft?.planId === plan.planId ? rememberedDraft.grids : null
      const fits = drawn?.ground ? rememberedDraft?.scope === scope : drawn?.cellGrid.length === scope.land.cellIds.length
      if (drawn && fits) workspace.shownGrids.set({ ...drawn, changedCells: null })
    } else {
      const edition = await callRpc<EditionJson>('grid_edition', { p_land: scope.landId, p_number: plan.number })
      workspace.shownGrids.set({ ...decodeEdition(edition, scope), changedCells: null })
    }
  }

  workspace.shown.subscribe((plan) => {
    const scope = workspace.scope.get()
    if (!scope) return
    show(plan, scope).catch((thrown: unknown) => {
      workspace.notify({ tone: 'error', key: toDataError(thrown).i18nKey })
      workspace.shown.set({ kind: 'current' })
    })
  })
  workspace.shownGrids.subscribe((grids) => {
    const plan = workspace.shown.get()
    if (grids && plan.kind === 'draft') rememberedDraft = { planId: plan.planId, grids, scope: workspace.scope.get() }
  })

  watchFailures((error) => {
    if (error.code === 'server_down') trouble.set('server_down')
    else if (error.code === 'session_expired' && !isOut()) trouble.set('session_expired')
  })
  // The breadcrumb says where the selected thing lies.
  workspace.selection.subscribe((selection) => {
    const scope = workspace.scope.get()
    const community = scope && selection ? communityOf(scope, workspace.shownGrids.get(), selection) : null
    if (community !== null) workspace.focusUnitId.set(community)
  })

  const dialog = createCell<ShellDialog | null>(null)
  const entry = createEntryFlow({
    present: workspace.session.get,
    onIn(session) {
      const isBack = workspace.session.get() !== null
      trouble.set('none')
      keepIn.start(entry.standing.get().idleMinutes)
      if (isBack) workspace.session.set(session)
      else void open(session)
    },
  })
  const keepIn = createKeepIn({
    unsaved: () => workspace.activeDraft.get()?.unsaved ?? 0,
    personId: () => workspace.session.get()?.personId ?? null,
    isTroubled: () => trouble.get() !== 'none',
    trouble: (kind) => trouble.set(kind),
    ask: () => dialog.set('leave'),
  })
  const isOut = (): boolean => keepIn.leaving || workspace.session.get() === null || trouble.get() === 'idle'
  onSessionEnded((how) => {
    if (isOut() || trouble.get() === 'session_expired') return
    if (how === 'ended') trouble.set('session_expired')
    else keepIn.giveWay()
  })

  // While the server is away it is asked again by itself: whatever waits to be saved goes when it is back.
  async function probe(): Promise<void> {
    if (trouble.get() !== 'server_down') return
    try {
      await callRpc('whoami')
      if (trouble.get() === 'server_down') await retry()
    } catch {
      probeLater()
    }
  }
  let probing: ReturnType<typeof setTimeout> | undefined
  function probeLater(): void {
    clearTimeout(probing)
    probing = setTimeout(() => void probe(), PROBE_MS)
  }
  trouble.subscribe((now) => {
    if (now === 'server_down') probeLater()
    workspace.covered.set(now === 'idle' || now === 'session_expired')
  })
  addEventListener('online', () => void probe())

  async function open(session: Session): Promise<void> {
    workspace.session.set(session)
    await loadFirst()
  }

  async function retry(): Promise<void> {
    trouble.set('none')
    if (!workspace.session.get()) await entry.restore()
    else if (workspace.scope.get()) await callRpc('whoami')
    else await workspace.reloadScope()
  }

  return {
    config,
    workspace,
    trouble,
    lands,
    started,
    entry,
    keepIn,
    dialog,
    async start() {
      try {
        await entry.restore()
        started.set(true)
      } catch (thrown) {
        if (toDataError(thrown).code === 'server_down') trouble.set('server_down')
        started.set(true)
      }
    },
    retry,
  }
}
