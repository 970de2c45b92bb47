import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine } from '../../helpers/fake-map-engine'
import { makeFakePlanServer } from '../../helpers/fake-plan-server'
import { makeWorkspace, mountRoom } from '../mount-room'

/*
 * Four grids of six cells, two communities; a cell holds 50 households and its number, the band is 300–500:
 *
 *   row 2  16 17 | 18 19 ‖ 20 21 | 22 23
 *   row 1   8  9 | 10 11 ‖ 12 13 | 14 15      grid 0: 351, grid 1: 363 ‖ grid 2: 375, grid 3: 387
 *   row 0   0  1 |  2  3 ‖  4  5 |  6  7
 */
const snapshot = makeSnapshot(8, 3)
const scope = decodeSnapshot(snapshot, buildCellAdjacency)
const held = vi.hoisted(() => ({ calls: null as unknown as Record<string, (...values: unknown[]) => unknown> }))

vi.mock('@/rooms/redesign/repository', () => {
  const names = ['listDrafts', 'openDraft', 'loadPlan', 'loadEdition', 'saveDraft', 'copyDraft', 'loadEditsSince', 'checkOnServer', 'publish', 'discardDraft', 'loadHistory']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.calls[name](...values)]))
})
vi.mock('@/rooms/redesign/unsaved-edits', async (original) => ({
  ...(await original<object>()),
  browserUnsavedStore: () => ({ put: async () => undefined, get: async () => null, drop: async () => undefined }),
}))

const { useRedesignStore } = await import('@/rooms/redesign/store')
const { default: AutomaticPanel } = await import('@/rooms/redesign/components/AutomaticPanel.vue')

let store: ReturnType<typeof useRedesignStore>
let page: VueWrapper

beforeEach(async () => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  held.calls = makeFakePlanServer(scope).calls as never
  const workspace = makeWorkspace(snapshot)
  ;({ page } = await mountRoom(AutomaticPanel, { workspace, map: makeFakeMapEngine(scope.land.frame) }))
  store = useRedesignStore()
  store.enter()
  await store.drafts.start('文昌优化')
  await nextTick()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

const session = () => store.session!
const households = () => store.rows.map((row) => row.figures.households)
const grids = () => [...session().document.cellGrid]
const at = (name: string) => page.get(`[data-test=${name}]`)
async function assign(slot: number, ...cells: number[]) {
  store.tools.setTarget(slot)
  store.tools.assign(cells)
  await nextTick()
}
async function run() {
  await at('automatic-start').trigger('click')
  await vi.waitFor(() => expect(store.automatic.progress).toBeNull(), { timeout: 10_000 })
  await nextTick()
}
const statuses = () => store.automatic.repair.status

describe('the least change', () => {
  it('says that nothing has to move where all is in band', async () => {
    await run()
    expect(at('repair-none').text()).toContain('不用动')
  })

  it('names steps against the bound; each is one entry of history, and undone it waits again', async () => {
    // Grid 0 gives four cells: 351 − 57 − 65 − 73 − … leaves it below the band, grid 1 goes above.
    await assign(1, 1, 9, 17)
    expect(households().slice(0, 2)).toEqual([174, 540])
    const steps = session().steps.length
    await run()
    const bound = store.automatic.repair.bound!
    expect(bound).toBeGreaterThanOrEqual(126)
    expect(store.automatic.repair.total).toBeLessThanOrEqual(1.5 * bound)
    expect(session().steps).toHaveLength(steps)
    const first = store.automatic.repair.steps[0]
    expect(at(`repair-step-${first.key}`).text()).toMatch(/第?.+ → .+户/)
    while (store.automatic.repair.waiting.length > 0) {
      const before = session().steps.length
      await page.find('[data-test=repair-accept]').trigger('click')
      await nextTick()
      expect(session().steps).toHaveLength(before + 1)
    }
    expect(statuses().every((status) => status === 'done')).toBe(true)
    expect(store.rows.every((row) => row.figures.band === 'in' && row.figures.pieces === 1)).toBe(true)
    session().undo()
    await nextTick()
    expect(statuses().at(-1)).toBe('ready')
  })

  it('takes all steps that wait as one entry, and leaves a skipped one out', async () => {
    await assign(1, 1, 9, 17)
    await assign(3, 5, 13, 21)
    await run()
    const { repair } = store.automatic
    const inSecond = repair.steps.filter((step) => step.community === 1)
    expect(inSecond.length).toBeGreaterThan(0)
    for (const step of inSecond) repair.toggleSkip(step)
    await nextTick()
    const before = session().steps.length
    await at('repair-accept-all').trigger('click')
    await nextTick()
    expect(session().steps).toHaveLength(before + 1)
    expect(households().slice(0, 2).every((sum) => sum >= 300 && sum <= 500)).toBe(true)
    expect(inSecond.every((step) => statuses()[step.key] === 'skipped')).toBe(true)
  })
})

describe('candidates', () => {
  async function draw() {
    store.automatic.setMode('fresh')
    await nextTick()
    await run()
  }

  it('are looked at without changing the draft, and adopted as one entry that undo takes back', async () => {
    await assign(1, 1, 9, 17)
    const [steps, before] = [session().steps.length, grids()]
    await draw()
    const { candidates } = store.automatic
    expect(candidates.length).toBeGreaterThanOrEqual(2)
    for (const { figures } of candidates) expect(figures).toMatchObject({ grids: 4, inBand: 4, inPieces: 0 })
    const fit = vi.spyOn(store.map!, 'fit')
    await at(`candidate-${candidates[0].aim}`).trigger('click')
    expect(session().gesture).not.toBeNull()
    await vi.waitFor(() => expect(fit).toHaveBeenCalledTimes(1))
    // What is only shown is neither painted on, locked nor published, and undo takes it off.
    expect(store.publishBlocked).toBe('pending')
    store.toggleLock(0)
    expect(store.editing).toBe(false)
    expect(session().steps).toHaveLength(steps)
    store.undo()
    expect(grids()).toEqual(before)
    expect(store.automatic.previewed).toBeNull()
    await at(`candidate-${candidates[1].aim}`).trigger('click')
    expect(fit).toHaveBeenCalledTimes(1)
    await at('candidate-adopt').trigger('click')
    expect(session().steps).toHaveLength(steps + 1)
    expect(store.rows.every((row) => row.figures.band === 'in')).toBe(true)
    expect(store.moved.households).toBeLessThanOrEqual(candidates[1].figures.householdsMoved + 195)
    session().undo()
    expect(grids()).toEqual(before)
  })

  it('are not there when cancelled, and the draft is as it was', async () => {
    await assign(1, 1, 9, 17)
    const before = grids()
    store.automatic.setMode('fresh')
    await nextTick()
    await at('automatic-start').trigger('click')
    store.automatic.cancel()
    await vi.waitFor(() => expect(store.automatic.progress).toBeNull(), { timeout: 10_000 })
    expect(store.automatic.candidates).toEqual([])
    expect(grids()).toEqual(before)
    expect(session().gesture).toBeNull()
  })

  it('no longer fit once the draft was changed', async () => {
    await assign(1, 1)
    await draw()
    await at(`candidate-${store.automatic.candidates[0].aim}`).trigger('click')
    store.automatic.preview(null)
    await assign(0, 1)
    expect(store.automatic.isStale).toBe(true)
    expect(page.text()).toContain('请重新计算')
  })

  it('can ask for a number of grids: ids stay with most of their land, grids come and go', async () => {
    store.automatic.setMode('fresh')
    store.automatic.settings.community = 0
    store.automatic.settings.count = 1
    await nextTick()
    expect(at('automatic-obstacles').text()).toContain('至少要 2 个')
    store.automatic.settings.count = 3
    store.automatic.settings.minMembers = 0
    await nextTick()
    expect(at('automatic-obstacles').text()).toContain('至多 2 个')
    await run()
    store.automatic.preview(store.automatic.candidates[0])
    store.automatic.adopt()
    await nextTick()
    const inFirst = store.rows.filter((row) => row.grid.community === 0)
    expect(inFirst).toHaveLength(3)
    expect(new Set(inFirst.map((row) => row.grid.code)).size).toBe(3)
    expect(inFirst.every((row) => row.figures.cells > 0 && row.figures.pieces === 1)).toBe(true)
    session().undo()
    expect(store.rows.filter((row) => row.grid.community === 0)).toHaveLength(2)
  })
})

describe('some grids anew', () => {
  it('redraws those chosen and nothing else', async () => {
    await assign(1, 1, 9, 17)
    const before = grids()
    store.automatic.setMode('improve')
    for (const row of store.rows.slice(0, 2)) store.automatic.toggle(row.grid.id)
    await nextTick()
    await run()
    expect(store.automatic.previewed).not.toBeNull()
    await at('candidate-adopt').trigger('click')
    expect(households().slice(0, 2).every((sum) => sum >= 300 && sum <= 500)).toBe(true)
    grids().forEach((slot, cell) => before[cell] > 1 && expect(slot).toBe(before[cell]))
  })
})
