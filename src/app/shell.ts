import { createCell, type Cell } from '@/core/observable'
import type { Scope } from '@/core/scope'
import type { Session, ShownGrids, ShownPlan, Workspace } from '@/core/workspace'
import { loadAppConfig, type AppConfig } from '@/data/app-config'
import { callRpc, watchFailures } from '@/data/call-rpc'
import { makeClient } from '@/data/client'
import { DataError, toDataError } from '@/data/errors'
import { listLands, type LandSummary } from '@/data/lands'
import { loadScope } from '@/data/scope-snapshot'
import { onSessionEnded, restoreSession, signIn, signOut } from '@/data/session'
import type { MapHost } from '@/map/engine'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { homeUnit } from '@/core/unit-names'
import { createWorkspace } from './create-workspace'
import { communityOf } from './community-of'
import { decodeEdition, type EditionJson } from './decode-edition'

/** What stands between the person and the work: nothing, no server, or a session that ended. */
export type Trouble = 'none' | 'server_down' | 'session_expired'

export interface Shell {
  readonly config: AppConfig
  readonly workspace: Workspace
  readonly trouble: Cell<Trouble>
  readonly lands: Cell<readonly LandSummary[]>
  /** False until it is known whether somebody is signed in. */
  readonly started: Cell<boolean>
  start(): Promise<void>
  enter(email: string, password: string): Promise<void>
  /** Sign in again without leaving the work that stands open. */
  resume(email: string, password: string): Promise<void>
  leave(): Promise<void>
  /** Try again after the server was down. */
  retry(): Promise<void>
}

export const SHELL_KEY = Symbol.for('gewu.shell')

/** Make the shell: settings, client, workspace, and the loading of scopes. */
export async function createShell(map: () => MapHost): Promise<Shell> {
  const config = await loadAppConfig()
  makeClient(config)
  const trouble = createCell<Trouble>('none')
  const lands = createCell<readonly LandSummary[]>([])
  const started = createCell(false)
  let loading: AbortController | null = null
  let rememberedDraft: { planId: string; grids: ShownGrids } | null = null

  const workspace = createWorkspace({
    reloadScope: async () => {
      const landId = workspace.scope.get()?.landId ?? (await firstLand())
      if (landId !== null) await load(landId)
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

  async function firstLand(): Promise<number | null> {
    lands.set(await listLands())
    const own = workspace.session.get()?.posts.find((post) => post.landId !== null)?.landId
    return own ?? lands.get()[0]?.id ?? null
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
      if (rememberedDraft?.planId === plan.planId) workspace.shownGrids.set({ ...rememberedDraft.grids, changedCells: null })
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
    if (grids && plan.kind === 'draft') rememberedDraft = { planId: plan.planId, grids }
  })

  watchFailures((error) => {
    if (error.code === 'server_down') trouble.set('server_down')
    else if (error.code === 'session_expired' && workspace.session.get()) trouble.set('session_expired')
  })
  // The breadcrumb says where the selected thing lies.
  workspace.selection.subscribe((selection) => {
    const scope = workspace.scope.get()
    const community = scope && selection ? communityOf(scope, workspace.shownGrids.get(), selection) : null
    if (community !== null) workspace.focusUnitId.set(community)
  })

  let leaving = false
  onSessionEnded(() => {
    if (!leaving && workspace.session.get()) trouble.set('session_expired')
  })

  async function open(session: Session): Promise<void> {
    workspace.session.set(session)
    workspace.scopeState.set({ status: 'loading' })
    const landId = await firstLand()
    if (landId === null) workspace.scopeState.set({ status: 'none' })
    else await load(landId)
  }

  return {
    config,
    workspace,
    trouble,
    lands,
    started,
    async start() {
      try {
        const session = await restoreSession()
        started.set(true)
        if (session) await open(session)
      } catch (thrown) {
        if (toDataError(thrown).code === 'server_down') trouble.set('server_down')
        started.set(true)
      }
    },
    async enter(email, password) {
      const session = await signIn(email, password)
      trouble.set('none')
      void open(session)
    },
    async resume(email, password) {
      const before = workspace.session.get()
      const session = await signIn(email, password)
      if (before && session.personId !== before.personId) throw new DataError('other_person', 'Expected the same person')
      workspace.session.set(session)
      trouble.set('none')
    },
    async leave() {
      leaving = true
      await signOut()
      // A new page: nothing of one person may stay in memory for the next.
      location.replace(location.pathname)
    },
    async retry() {
      trouble.set('none')
      if (!workspace.session.get()) {
        const session = await restoreSession()
        if (session) await open(session)
      } else if (workspace.scope.get()) await callRpc('whoami')
      else await workspace.reloadScope()
    },
  }
}
