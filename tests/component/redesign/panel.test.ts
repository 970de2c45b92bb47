import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { toLngLat } from '@/core/land-frame'
import type { Workspace } from '@/core/workspace'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../helpers/fake-map-engine'
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
const { default: FindingsSection } = await import('@/rooms/redesign/components/FindingsSection.vue')
const { default: GridTable } = await import('@/rooms/redesign/components/GridTable.vue')
const { default: MovedSection } = await import('@/rooms/redesign/components/MovedSection.vue')
const { default: RedesignDrawer } = await import('@/rooms/redesign/components/RedesignDrawer.vue')
const { default: RedesignPanel } = await import('@/rooms/redesign/components/RedesignPanel.vue')
const { default: RedesignInspector } = await import('@/rooms/redesign/components/RedesignInspector.vue')

let store: ReturnType<typeof useRedesignStore>
let workspace: Workspace
let map: FakeMapEngine
let page: VueWrapper

/** A part of the room with a draft open, as after opening the grids in force. */
async function open(part: Component, props?: Record<string, unknown>) {
  workspace = makeWorkspace(snapshot)
  map = makeFakeMapEngine(scope.land.frame)
  ;({ page } = await mountRoom(part, { workspace, map, props }))
  store = useRedesignStore()
  store.enter()
  await store.drafts.start('文昌优化')
}
async function paint(slot: number, ...cells: number[]) {
  store.tools.setTarget(slot)
  store.tools.assign(cells)
  await nextTick()
}
const mended = () => page.findAll('[data-test=stroke-mended] li').map((line) => line.text())
const raised = () => page.findAll('[data-test=findings] [data-new]').map((line) => line.text())

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  held.calls = makeFakePlanServer(scope).calls as never
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

describe('an office without a street', () => {
  it('says what has to be done first, and what to do when the street could not be read', async () => {
    workspace = makeWorkspace(snapshot)
    workspace.scope.set(null)
    workspace.scopeState.set({ status: 'none' })
    ;({ page } = await mountRoom(RedesignPanel, { workspace, map: makeFakeMapEngine(scope.land.frame) }))
    expect(page.text()).toContain('先由街道或区里在“数据”中导入')
    workspace.scopeState.set({ status: 'failed' })
    await nextTick()
    expect(page.text()).toContain('重试')
    expect(page.text()).not.toContain('导入')
  })
})

describe('the key of the histogram', () => {
  it('speaks of a draft only where one is open', async () => {
    await open(RedesignDrawer)
    const key = () => page.find('.legend').text()
    expect(key()).toContain('草案')
    await store.drafts.close()
    await nextTick()
    expect(key()).not.toContain('草案')
    expect(key()).toContain('现行')
  })
})

describe('land without a grid', () => {
  /** What the map was last asked to show: corners of cells by column and row. */
  const cornersOf = (west: number, south: number, east: number, north: number) => {
    const steps = 100 / 0.005
    const [w, s] = toLngLat(scope.land.frame, west * steps, south * steps)
    const [e, n] = toLngLat(scope.land.frame, east * steps, north * steps)
    return [w, s, e, n]
  }
  const button = () => page.find('[data-test=next-unassigned]')
  /** Press the button and wait until the map was asked to go somewhere. */
  async function goOn() {
    const before = map.fits.length
    await button().trigger('click')
    await vi.waitFor(() => expect(map.fits).toHaveLength(before + 1))
    return map.fits[before]
  }
  const said = () => workspace.notices.get().at(-1)

  it('is counted, and found patch by patch, going round', async () => {
    await open(MovedSection)
    expect(button().exists()).toBe(false)
    expect(page.get('[data-test=unassigned]').text()).toContain('全部地块都有网格')
    // Three patches: a corner, two cells that touch, and one in the other community.
    await paint(-1, 0, 3, 11, 7)
    expect(page.get('[data-test=unassigned]').text()).toContain('4 个地块，221 户')

    const places = [cornersOf(0, 0, 1, 1), cornersOf(3, 0, 4, 2), cornersOf(7, 0, 8, 1)]
    const communities = ['文昌社区', '文昌社区', '桃园社区']
    for (const round of [0, 1, 2, 3]) {
      const shown = await goOn()
      shown.forEach((degrees, k) => expect(degrees).toBeCloseTo(places[round % 3][k], 7))
      expect(said()).toMatchObject({ key: 'redesign.unassigned.place', values: { n: (round % 3) + 1, total: 3, community: communities[round % 3] } })
      expect(map.data.get('redesign:pieces')!.features).toHaveLength(1)
    }
  })

  it('is gone once it is painted', async () => {
    await open(MovedSection)
    await paint(-1, 0, 7)
    await paint(0, 0)
    expect(page.get('[data-test=unassigned]').text()).toContain('1 个地块，57 户')
    const shown = await goOn()
    cornersOf(7, 0, 8, 1).forEach((degrees, k) => expect(shown[k]).toBeCloseTo(degrees, 7))
    await paint(3, 7)
    expect(button().exists()).toBe(false)
  })
})

describe('what a stroke did to the findings', () => {
  it('says what it raised and what it settled, until it is undone', async () => {
    await open(FindingsSection)
    await paint(1, 1, 9)
    expect(raised()).toHaveLength(1)
    expect(raised()[0]).toMatch(/第1网格 241 户，低于下限 300.*本笔新出现/)
    expect(mended()).toEqual([])
    await paint(0, 1)
    await paint(0, 9)
    expect(raised()).toEqual([])
    expect(mended()).toHaveLength(1)
    expect(mended()[0]).toMatch(/第1网格 292 户，低于下限 300.*本笔解决/)
    store.undo()
    await nextTick()
    expect([...mended(), ...raised()]).toEqual([])
  })

  it('does not call a finding new whose figures alone changed', async () => {
    await open(FindingsSection)
    await paint(1, 1, 9)
    await paint(0, 1)
    expect(store.findings.map((finding) => finding.values.households)).toEqual([292])
    expect([...mended(), ...raised()]).toEqual([])
  })
})

describe('the inspector', () => {
  const figure = (key: string) => page.get(`[data-figure=${key}]`).text().replace(/\s+/g, ' ')

  it('shows the sums and grids of a community that is selected when the draft is opened', async () => {
    await open(RedesignInspector)
    workspace.selection.set({ kind: 'community', orgUnitId: 3 })
    await nextTick()
    expect(page.get('h2').text()).toBe('文昌社区')
    expect(figure('households')).toContain('714')
    expect(figure('inBand')).toContain('2 / 2')
    expect(page.findAll('[data-test=grid-here]').map((line) => line.text())).toEqual(['第1网格351 户', '第2网格363 户'])

    await paint(1, 1, 9)
    workspace.selection.set({ kind: 'community', orgUnitId: 3 })
    await nextTick()
    expect(figure('inBand')).toContain('2 / 2 → 1 / 2')
    expect(page.text()).toContain('第1网格 241 户，低于下限 300')
    await page.findAll('[data-test=grid-here]')[1].trigger('click')
    expect(workspace.selection.get()).toEqual({ kind: 'grid', gridId: scope.current.grids[1].id })
  })

  it('shows the sums of the whole plan where the selection lies in no community', async () => {
    await open(RedesignInspector)
    workspace.selection.set({ kind: 'street', index: 0 })
    await nextTick()
    expect(page.get('h2').text()).toBe('高庄街道')
    expect(figure('grids')).toContain('4')
    expect(figure('households')).toContain('1,476')
  })

  it('shows the two grids of a stroke, and what the stroke settled', async () => {
    await open(RedesignInspector)
    await paint(1, 1, 9)
    await paint(0, 1, 9)
    expect(page.get('h2').text()).toBe('第2网格 ↔ 第1网格')
    expect(figure('households')).toMatch(/241 → 351.*473 → 363/)
    expect(page.get('.mended').text()).toContain('第1网格 241 户，低于下限 300')
  })
})

describe('the table', () => {
  it('sums the rows that it lists', async () => {
    await open(GridTable, { only: 'all', query: '' })
    const sums = () => page.get('[data-test=totals]').text().replace(/\s+/g, ' ')
    expect(sums()).toMatch(/合计 4 格.*1,476.*4 \/ 4 格达标/)
    await paint(1, 1, 9)
    expect(sums()).toMatch(/1,476.*3 \/ 4 格达标.*1 项/)
    await page.setProps({ only: 'changed' })
    expect(sums()).toMatch(/合计 2 格.*714.*1 \/ 2 格达标/)
  })
})
