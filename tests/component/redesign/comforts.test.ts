import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { Workspace } from '@/core/workspace'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../helpers/fake-map-engine'
import { makeFakePlanServer } from '../../helpers/fake-plan-server'
import { makeWorkspace, mountRoom } from '../mount-room'

/* Four grids of six cells in two communities, as in panel.test.ts: 351, 363 ‖ 375, 387 households; a cell is 100 m wide. */
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
const { default: ComfortBar } = await import('@/rooms/redesign/components/ComfortBar.vue')
const { default: ProposalBar } = await import('@/rooms/redesign/components/ProposalBar.vue')
const { default: RedesignDrawer } = await import('@/rooms/redesign/components/RedesignDrawer.vue')

let store: ReturnType<typeof useRedesignStore>
let workspace: Workspace
let map: FakeMapEngine
let page: VueWrapper

async function open(part: Component, locale: 'zh' | 'en' = 'zh') {
  workspace = makeWorkspace(snapshot)
  map = makeFakeMapEngine(scope.land.frame)
  ;({ page } = await mountRoom(part, { workspace, map, locale }))
  store = useRedesignStore()
  store.enter()
  await store.drafts.start('文昌优化')
}
async function paint(slot: number, ...cells: number[]) {
  store.tools.setTarget(slot)
  store.tools.assign(cells)
  await nextTick()
}
const test = (name: string) => page.get(`[data-test=${name}]`)
const rowNames = () => page.findAll('[data-test=grid-table] tbody th').map((cell) => cell.text())

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  held.calls = makeFakePlanServer(scope).calls as never
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

describe('the numbers', () => {
  it('have the columns a person chose, and have them again next time', async () => {
    await open(RedesignDrawer)
    const heads = () => page.findAll('[data-test=grid-table] thead th').map((cell) => cell.text())
    expect(heads()).not.toContain('外接圆比')
    store.numbers.preferences.toggleColumn('reock')
    store.numbers.preferences.moveColumn('reock', -20)
    await nextTick()
    expect(heads()[1]).toBe('外接圆比')
    page.unmount()
    await open(RedesignDrawer)
    expect(heads()[1]).toBe('外接圆比')
    workspace.session.set({ ...workspace.session.get()!, personId: 'p2' })
    await nextTick()
    expect(heads()).not.toContain('外接圆比')
  })

  it('step with the histogram: a bar outlines its grids, and lists them alone once chosen', async () => {
    await open(RedesignDrawer)
    const bar = page.findAll('[data-test=bar]').find((one) => one.attributes('aria-pressed') !== undefined)!
    await bar.trigger('mouseenter')
    const pointed = map.data.get('redesign:pointed')!.features.length
    expect(pointed).toBeGreaterThan(0)
    await bar.trigger('click')
    expect(rowNames()).toHaveLength(pointed)
    await test('end-choice').trigger('click')
    expect(rowNames()).toHaveLength(4)
  })

  it('colour the map by a figure whose classes stay while one edits', async () => {
    await open(RedesignDrawer)
    const states = vi.spyOn(map, 'setState')
    await test('figure-on-map').trigger('click')
    const edges = store.numbers.theme.shown!.edges
    expect(states.mock.calls.filter(([source]) => source === 'cells')).toHaveLength(24)
    states.mockClear()
    await paint(1, 1, 9)
    expect(store.numbers.theme.shown!.edges).toEqual(edges)
    // Only cells of the two grids are painted anew.
    const touched = new Set(states.mock.calls.filter(([source]) => source === 'cells').map(([, cell]) => cell))
    expect(touched.size).toBeGreaterThan(0)
    expect([...touched].every((cell) => scope.land.cellCommunity[cell] === 0)).toBe(true)
  })
})

describe('the find menu', () => {
  it('counts places by kind, goes from one to the next and round, and lists them', async () => {
    await open(ComfortBar)
    await paint(-1, 0, 3)
    await test('pane-find').trigger('click')
    expect(test('find-unassigned').text()).toContain('2')
    for (const status of ['第 1 / 2 处', '第 2 / 2 处', '第 1 / 2 处']) {
      await test('find-next').trigger('click')
      expect(page.get('.steps [role=status]').text()).toBe(status)
    }
    await test('find-previous').trigger('click')
    expect(page.get('.steps [role=status]').text()).toBe('第 2 / 2 处')
    await vi.waitFor(() => expect(map.fits).toHaveLength(4))
    expect(test('found').findAll('li')).toHaveLength(2)
    await paint(0, 0, 3)
    expect(page.text()).toContain('没有这类问题')
  })
})

describe('aims of a draft', () => {
  it('name what is wrong and are not saved; what is right is what the table aims at', async () => {
    await open(ComfortBar, 'en')
    await test('pane-aims').trigger('click')
    await test('aim-urban-lower').setValue('450')
    expect(test('aim-faults').text()).toContain('Urban Lower must not be above the target')
    expect((test('aim-save').element as HTMLButtonElement).disabled).toBe(true)
    await test('aim-urban-lower').setValue('360')
    await test('aim-save').trigger('submit')
    expect(store.rows.map((row) => row.figures.band)).toEqual(['below', 'in', 'in', 'in'])
    // The street's own limits decide on findings.
    expect(store.findings).toHaveLength(0)
    store.undo()
    expect(store.rows[0].figures.band).toBe('in')
  })
})

describe('notes and links on the map', () => {
  it('a note is pinned by a click, written in the panel, and is part of the draft', async () => {
    await open(ComfortBar)
    await test('pane-notes').trigger('click')
    await test('note-mode').trigger('click')
    map.press(150, 150)
    map.release(150, 150)
    await nextTick()
    await test('note-words').setValue('院门封了')
    await page.get('[data-test=opened-notes] form').trigger('submit')
    expect(test('notes').text()).toContain('院门封了')
    expect(map.data.get('redesign:notes')!.features.map((pin) => pin.properties!.text)).toEqual(['院门封了'])
    expect(store.unsavedCount).toBe(1)
    store.undo()
    await nextTick()
    expect(test('notes').text()).toBe('')
    expect(map.data.get('redesign:notes')!.features).toEqual([])
  })

  it('two clicks make a wall between neighbours, and once more take it away', async () => {
    await open(ComfortBar)
    await test('pane-links').trigger('click')
    await test('link-mode').trigger('click')
    const click = async (x: number, y: number) => {
      map.press(x, y)
      map.release(x, y)
      await nextTick()
    }
    await click(50, 50)
    await click(150, 50)
    expect(test('links').text()).toContain('墙')
    expect(map.data.get('redesign:links')!.features.map((line) => line.properties!.kind)).toEqual(['wall'])
    await click(50, 50)
    await click(150, 50)
    expect(test('links').text()).toBe('')
    await click(50, 50)
    await click(550, 50)
    expect(workspace.notices.get().at(-1)?.key).toBe('redesign.links.refused.other_community')
  })
})

describe('edits that wait', () => {
  it('show what they do, are not saved, and go with Esc or stay with Enter', async () => {
    await open(ProposalBar)
    const press = async (key: string) => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
      await nextTick()
    }
    store.comforts.proposal.setOn(true)
    await paint(0, 2)
    expect(test('proposal').text()).toMatch(/351.*403/)
    expect(store.publishBlocked).toBe('pending')
    expect(await store.saving.save()).toBe(false)
    await press('Escape')
    expect([page.find('[data-test=proposal]').exists(), store.moved.cells]).toEqual([false, 0])
    await paint(0, 2)
    await press('Enter')
    expect([page.find('[data-test=proposal]').exists(), store.moved.cells]).toEqual([false, 1])
    expect(await store.saving.save()).toBe(true)
  })
})
