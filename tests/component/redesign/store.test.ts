import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createCell } from '@/core/observable'
import type { Finding } from '@/core/plan'
import type { Notice, Session, Workspace } from '@/core/workspace'
import { DataError } from '@/data/errors'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { connectRoom } from '@/rooms/redesign/connect'
import type { UnsavedEdits } from '@/rooms/redesign/unsaved-edits'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine } from '../../helpers/fake-map-engine'
import { makeFakePlanServer } from '../../helpers/fake-plan-server'

const scope = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
const held = vi.hoisted(() => ({ calls: null as unknown as Record<string, (...values: unknown[]) => unknown>, kept: new Map<string, unknown>() }))

vi.mock('@/rooms/redesign/repository', () => {
  const names = ['listDrafts', 'openDraft', 'loadPlan', 'loadEdition', 'saveDraft', 'copyDraft', 'loadEditsSince', 'checkOnServer', 'publish', 'discardDraft', 'loadHistory']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.calls[name](...values)]))
})
vi.mock('@/rooms/redesign/unsaved-edits', () => ({
  browserUnsavedStore: () => ({
    put: async (kept: UnsavedEdits) => void held.kept.set(kept.planId, kept),
    get: async (planId: string) => (held.kept.get(planId) as UnsavedEdits) ?? null,
    drop: async (planId: string) => void held.kept.delete(planId),
  }),
}))

const { useRedesignStore } = await import('@/rooms/redesign/store')
const OFFICER: Session = { personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '高庄街道', level: 'street', landId: 1 }] }
const LEADER: Session = { personId: 'p2', name: '王*', posts: [{ role: 'grid_leader', orgUnitId: 3, orgName: '文昌社区', level: 'community', landId: 1 }] }

function makeWorkspace(session: Session): Workspace & { said: Omit<Notice, 'id'>[] } {
  const said: Omit<Notice, 'id'>[] = []
  return {
    session: createCell<Session | null>(session),
    scope: createCell(scope),
    scopeState: createCell({ status: 'ready' }),
    selection: createCell(null),
    hover: createCell(null),
    hoverLines: createCell([]),
    focusUnitId: createCell(null),
    shown: createCell({ kind: 'current' }),
    shownGrids: createCell(null),
    activeDraft: createCell(null),
    layers: createCell([]),
    mapTheme: createCell('grids'),
    page: createCell('list'),
    findings: createCell([]),
    notices: createCell([]),
    covered: createCell(false),
    reloadScope: vi.fn(async () => undefined),
    openLand: async () => undefined,
    notify: (notice) => void said.push(notice),
    said,
  } as Workspace & { said: Omit<Notice, 'id'>[] }
}

let server: ReturnType<typeof makeFakePlanServer>
let workspace: ReturnType<typeof makeWorkspace>

/** A console of its own on the same server. */
function open(session = OFFICER) {
  setActivePinia(createPinia())
  const space = makeWorkspace(session)
  const store = useRedesignStore()
  connectRoom(store, space, makeFakeMapEngine(scope.land.frame), (key, values) => `${key} ${Object.values(values).join()}`)
  store.enter()
  return { store, space }
}
type Store = ReturnType<typeof open>['store']
const paint = (store: Store, slot: number, ...cells: number[]) => {
  store.tools.setTarget(slot)
  store.tools.assign(cells)
}
const gridOf = (store: Store, ...cells: number[]) => cells.map((cell) => store.session!.document.cellGrid[cell])
const settle = () => vi.waitFor(() => expect(true).toBe(true))

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  server = makeFakePlanServer(scope)
  held.calls = server.calls as never
  held.kept.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function withDraft() {
  const { store, space } = open()
  workspace = space
  await store.drafts.start('文昌优化')
  expect(store.editing).toBe(true)
  return store
}

describe('opening', () => {
  it('shows the grids in force to everyone, and lets only who drafts edit', async () => {
    const { store } = open(LEADER)
    expect(store.rows.map((row) => row.grid.name)).toEqual(scope.current.grids.map((grid) => grid.name))
    expect(store.canEdit).toBe(false)
    expect(store.publishBlocked).toBe('no_permission')
    store.tools.setTool('brush')
    expect(store.tools.tool).toBeNull()
  })

  it('opens today as a draft, shows it, and tells the top bar', async () => {
    const store = await withDraft()
    expect(workspace.shown.get()).toEqual({ kind: 'draft', planId: 'plan-1' })
    expect(workspace.activeDraft.get()).toEqual({ planId: 'plan-1', number: 1, title: '文昌优化', revision: 0, unsaved: 0 })
    expect(store.publishBlocked).toBe('no_change')
  })

  it('paints the map with changed cells only, and keeps counts in step', async () => {
    const store = await withDraft()
    paint(store, 1, 1, 9)
    expect(Array.from(workspace.shownGrids.get()!.changedCells!)).toEqual([1, 9])
    expect(store.moved).toMatchObject({ cells: 2, households: scope.cellStats.households[1] + scope.cellStats.households[9] })
    expect(store.rows[1].today!.households).toBe(store.rows[1].figures.households - store.moved.households)
    expect(workspace.activeDraft.get()!.unsaved).toBe(1)
    store.undo()
    expect(store.moved.cells).toBe(0)
    expect(workspace.activeDraft.get()!.unsaved).toBe(0)
  })

  it('compares with today without losing the draft', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    store.compare()
    expect(gridOf(store, 1)).toEqual([0])
    expect(store.editing).toBe(false)
    expect(store.publishBlocked).toBe('looking')
    store.backToDraft()
    expect(gridOf(store, 1)).toEqual([1])
  })

  it('shows a former edition read only', async () => {
    const store = await withDraft()
    workspace.shown.set({ kind: 'edition', number: 1 })
    await vi.waitFor(() => expect(gridOf(store, 0, 7)).toEqual([0, 0]))
    expect(store.editing).toBe(false)
  })
})

describe('saving', () => {
  it('saves and names the revision', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    expect(await store.saving.save()).toBe(true)
    expect(store.revision).toBe(1)
    expect(store.unsavedCount).toBe(0)
    expect(held.kept.size).toBe(0)
  })

  it('saves by itself after 30 s of rest', async () => {
    const store = await withDraft()
    vi.useFakeTimers()
    paint(store, 1, 1)
    await vi.advanceTimersByTimeAsync(29_000)
    paint(store, 1, 9)
    await vi.advanceTimersByTimeAsync(29_000)
    expect(server.state.plans.get('plan-1')!.revision).toBe(0)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.state.plans.get('plan-1')!.revision).toBe(1)
    expect(server.state.plans.get('plan-1')!.log).toHaveLength(2)
  })

  it('keeps edits in the browser while the server is down, and saves when it is back', async () => {
    const store = await withDraft()
    vi.useFakeTimers()
    server.state.failWith(new DataError('server_down', 'fetch failed'))
    paint(store, 1, 1)
    expect(await store.saving.save()).toBe(false)
    expect(store.saving.state).toBe('offline')
    expect((held.kept.get('plan-1') as UnsavedEdits).edits).toHaveLength(1)
    expect(workspace.said.some((notice) => notice.key === 'redesign.save.failedDown')).toBe(true)
    server.state.failWith(null)
    await vi.advanceTimersByTimeAsync(16_000)
    expect(store.saving.state).toBe('idle')
    expect(server.state.plans.get('plan-1')!.revision).toBe(1)
    expect(held.kept.size).toBe(0)
  })

  it('offers what waited in the browser when the draft is opened again', async () => {
    const store = await withDraft()
    server.state.failWith(new DataError('session_expired', 'jwt expired'))
    paint(store, 1, 1)
    await store.saving.save()
    expect(store.saving.state).toBe('signed_out')
    server.state.failWith(null)
    const again = open().store
    await again.drafts.load('plan-1')
    expect(again.drafts.waiting?.edits).toHaveLength(1)
    expect(gridOf(again, 1)).toEqual([0])
    await again.drafts.takeWaiting()
    expect(gridOf(again, 1)).toEqual([1])
    expect(again.drafts.waiting).toBeNull()
    expect(again.unsavedCount).toBe(1)
  })

  it('offers nothing when the server had confirmed what still waits in the browser', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    const kept = held.kept.get('plan-1')
    await store.saving.save()
    held.kept.set('plan-1', kept)
    const again = open().store
    await again.drafts.load('plan-1')
    expect(again.drafts.waiting).toBeNull()
    expect(held.kept.size).toBe(0)
  })

  it('says so when the draft was published or discarded meanwhile, and keeps the edits', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    server.state.failWith(new DataError('plan_not_draft', 'plan_not_draft'))
    await store.saving.save()
    expect(store.saving.state).toBe('gone')
    expect(store.unsavedCount).toBe(1)
  })
})

describe('two sessions on one draft', () => {
  /** Mine painted cell 1 and 9 into grid 1; the other saved cell 9 into none and cell 17 into grid 1. */
  async function conflict() {
    const mine = await withDraft()
    const space = workspace
    const other = open({ ...OFFICER, personId: 'p9', name: '赵*' })
    server.state.as('赵*')
    await other.store.drafts.load('plan-1')
    paint(other.store, -1, 9)
    paint(other.store, 1, 17)
    await other.store.saving.save()
    server.state.as('李*')
    paint(mine, 1, 1, 9)
    await mine.saving.save()
    await vi.waitFor(() => expect(mine.conflict.comparison).not.toBeNull())
    workspace = space
    return mine
  }

  it('names who saved, and where both changed the same land', async () => {
    const store = await conflict()
    expect(store.saving.state).toBe('conflict')
    expect(store.conflict.visible).toBe(true)
    expect(store.conflict.stale).toMatchObject({ serverRevision: 1, by: '赵*' })
    const grid1 = scope.current.grids[1].id
    expect(store.conflict.comparison).toEqual({ theirCells: 2, disputed: [{ cellId: scope.land.cellIds[9], theirs: null, mine: grid1 }] })
    expect(store.publishBlocked).toBe('conflict')
  })

  it('puts mine on top of theirs', async () => {
    const store = await conflict()
    await store.conflict.rebase()
    expect(gridOf(store, 1, 9, 17)).toEqual([1, 1, 1])
    expect(store.unsavedCount).toBe(0)
    expect(store.revision).toBe(2)
    expect(server.state.plans.size).toBe(1)
  })

  it('lets theirs stand where both changed, and keeps mine as a copy', async () => {
    const store = await conflict()
    store.conflict.prefer = 'theirs'
    await store.conflict.rebase()
    expect(gridOf(store, 1, 9, 17)).toEqual([1, -1, 1])
    expect(server.state.plans.size).toBe(2)
    const copy = await server.calls.loadPlan('plan-2')
    expect([1, 9, 17].map((cell) => copy.cellGrid[cell])).toEqual([1, 1, 0])
  })

  it('keeps mine as a copy, opens it, and leaves the draft to the other', async () => {
    const store = await conflict()
    await store.conflict.copy()
    expect(store.draft).toMatchObject({ planId: 'plan-2', number: 2 })
    expect(gridOf(store, 1, 9, 17)).toEqual([1, 1, 0])
    const theirs = await server.calls.loadPlan('plan-1')
    expect([1, 9, 17].map((cell) => theirs.cellGrid[cell])).toEqual([0, -1, 1])
  })

  it('takes theirs and keeps mine as a copy first', async () => {
    const store = await conflict()
    await store.conflict.take()
    expect(gridOf(store, 1, 9, 17)).toEqual([0, -1, 1])
    expect(store.revision).toBe(1)
    expect(store.unsavedCount).toBe(0)
    const copy = await server.calls.loadPlan('plan-2')
    expect(copy.cellGrid[9]).toBe(1)
  })

  it('loses nothing when the choice fails', async () => {
    const store = await conflict()
    server.state.failWith(new DataError('server_down', 'fetch failed'))
    await store.conflict.take()
    expect(gridOf(store, 1, 9)).toEqual([1, 1])
    expect(store.conflict.visible).toBe(true)
    expect(store.unsavedCount).toBe(1)
  })
})

describe('publishing', () => {
  const above = (gridId: string): Finding => ({ code: 'grid_above_upper', severity: 'error', gridIds: [gridId], cellIds: [], buildingIds: [], values: { households: 612, upper: 500 } })

  it('saves, checks, asks reasons, publishes, and returns to the grids in force', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    const finding = above(scope.current.grids[1].id)
    server.state.findings([finding])
    await store.publishing.open()
    expect(server.state.plans.get('plan-1')!.revision).toBe(1)
    expect(store.publishing.step).toBe('review')
    expect(workspace.findings.get()).toEqual([finding])
    expect(store.publishing.canPublish).toBe(false)
    store.publishing.setReason(finding, '居民代表会议同意')
    expect(store.publishing.canPublish).toBe(true)
    await store.publishing.go()
    expect(store.publishing.step).toBe('closed')
    expect(store.draft).toBeNull()
    expect(workspace.shown.get()).toEqual({ kind: 'current' })
    expect(workspace.reloadScope).toHaveBeenCalledOnce()
  })

  it('does not publish what must be mended', async () => {
    const store = await withDraft()
    paint(store, -1, 1)
    server.state.findings([{ code: 'cell_without_grid', severity: 'error', gridIds: [], cellIds: [102], buildingIds: [], values: { cells: 1, households: 3, communityId: 3 } }])
    await store.publishing.open()
    expect(store.publishing.mustFix).toHaveLength(1)
    expect(store.publishing.canPublish).toBe(false)
    await store.publishing.go()
    expect(store.draft).not.toBeNull()
  })

  it('explains that the base moved on', async () => {
    const store = await withDraft()
    paint(store, 1, 1)
    await store.publishing.open()
    server.state.failWith(new DataError('plan_base_outdated', 'plan_base_outdated'))
    await store.publishing.go()
    expect(store.publishing.step).toBe('outdated')
    expect(store.draft).not.toBeNull()
  })
})

it('saves what is unsaved when the room is left, and keeps the draft open', async () => {
  const store = await withDraft()
  paint(store, 1, 1)
  store.leave()
  await settle()
  await vi.waitFor(() => expect(server.state.plans.get('plan-1')!.revision).toBe(1))
  expect(store.draft).not.toBeNull()
})
