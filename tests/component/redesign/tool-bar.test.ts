import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../helpers/fake-map-engine'
import { makeFakePlanServer } from '../../helpers/fake-plan-server'
import { makeWorkspace, mountRoom } from '../mount-room'

/** 8 × 3 cells of 100 m, a pixel is a metre; communities of 4 columns, grids of 2. */
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

const { COMMANDS } = await import('@/rooms/redesign/commands')
const { useRedesignStore } = await import('@/rooms/redesign/store')
const { default: RedesignOverlay } = await import('@/rooms/redesign/components/RedesignOverlay.vue')
const { default: TargetPicker } = await import('@/rooms/redesign/components/TargetPicker.vue')
const { default: ToolBar } = await import('@/rooms/redesign/components/ToolBar.vue')

let store: ReturnType<typeof useRedesignStore>
let map: FakeMapEngine
let page: VueWrapper

async function open(part: Component) {
  map = makeFakeMapEngine(scope.land.frame)
  ;({ page } = await mountRoom(part, { workspace: makeWorkspace(snapshot), map }))
  store = useRedesignStore()
  store.enter()
  await store.drafts.start('文昌优化')
  await nextTick()
}
const byTest = (name: string) => page.find(`[data-test=${name}]`)
const tools = () => page.findAll('.tools button').map((button) => button.attributes('data-test'))

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} })
  held.calls = makeFakePlanServer(scope).calls as never
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

describe('the tool bar', () => {
  beforeEach(() => open(ToolBar))

  it('shows the gestures of one group; a group takes its first or last used gesture into the hand', async () => {
    expect(tools()).toEqual(['tool-click', 'tool-brush', 'tool-rectangle', 'tool-lasso', 'tool-fill', 'tool-pick'])
    await byTest('tool-lasso').trigger('click')
    await byTest('group-border').trigger('click')
    expect(store.tools.tool).toBe('border')
    expect(tools()).toEqual([])
    expect(byTest('tool-hint').text()).toContain('点住边界')
    await byTest('group-reshape').trigger('click')
    expect(store.tools.tool).toBe('points')
    expect(tools()).toEqual(['tool-points', 'tool-trace', 'tool-cut', 'tool-merge', 'tool-split'])
    await byTest('group-paint').trigger('click')
    expect(store.tools.tool).toBe('lasso')
    await byTest('group-paint').trigger('click')
    expect(store.tools.tool).toBeNull()
  })

  it('says with every gesture what to do, and shows the size where there is one', async () => {
    for (const group of ['paint', 'border', 'reshape']) {
      await byTest(`group-${group}`).trigger('click')
      for (const name of tools()) {
        if (byTest(name!).attributes('aria-pressed') !== 'true') await byTest(name!).trigger('click')
        expect(byTest('tool-hint').text(), name).not.toMatch(/^redesign\.|^tool\./)
      }
    }
    expect(page.find('input[type=range]').exists()).toBe(false)
    await byTest('group-border').trigger('click')
    expect(page.find('input[type=range]').attributes('aria-valuetext')).toBe('半径 28 像素')
  })

  it('switches snapping where land is reshaped', async () => {
    expect(byTest('snap').exists()).toBe(false)
    await byTest('group-reshape').trigger('click')
    await byTest('snap').setValue(false)
    expect(store.tools.snaps).toBe(false)
  })
})

describe('the target', () => {
  it('stays in the community unless asked not to, and says then why cells stay all the same', async () => {
    await open(TargetPicker)
    expect((byTest('stay').element as HTMLInputElement).checked).toBe(true)
    expect(byTest('leave-why').exists()).toBe(false)
    await byTest('stay').setValue(false)
    expect(byTest('leave-why').text()).toContain('一个网格只能在一个社区内')
  })
})

describe('over the map', () => {
  beforeEach(async () => {
    await open(RedesignOverlay)
    store.tools.setTool('border')
  })

  it('says between which grids a border lies, or why it does not move', async () => {
    map.drag(200, 150)
    await nextTick()
    const [one, other] = scope.current.grids
    for (const { name } of [one, other]) expect(byTest('met-border').text()).toContain(name)
    map.drag(400, 150)
    await nextTick()
    expect(byTest('met-border').text()).toBe('这是社区边界，网格不能跨社区。')
  })

  it('has buttons to let go and to cancel while a border hangs on the pointer, and shows both grids', async () => {
    expect(byTest('gesture-done').exists()).toBe(false)
    map.press(200, 150)
    map.release(200, 150)
    map.drag(250, 150)
    await nextTick()
    const text = byTest('live-numbers').text()
    for (const { name } of scope.current.grids.slice(0, 2)) expect(text).toContain(name)
    expect(text).toContain('党员')
    expect(text).toContain('距目标')
    await byTest('gesture-cancel').trigger('click')
    expect(store.session!.steps).toHaveLength(0)
    map.press(200, 150)
    map.release(200, 150)
    map.drag(250, 150)
    await nextTick()
    await byTest('gesture-done').trigger('click')
    expect(store.session!.steps).toHaveLength(1)
  })

  it('joins the grid under the pointer to the target, and parts the target in two', async () => {
    const run = (id: string) => COMMANDS.find((command) => command.id === `redesign:${id}`)!
    expect(run('join').disabled()).toBe('no_target')
    store.tools.setTool('click')
    store.tools.setTarget(0)
    expect(run('join').disabled()).toBe('no_other_grid')
    map.drag(250, 50)
    expect(run('join').disabled()).toBeNull()
    await run('join').run()
    expect(store.rows).toHaveLength(scope.current.grids.length - 1)
    await run('halve').run()
    expect(store.rows).toHaveLength(scope.current.grids.length)
    expect(store.undoNote!.key).toBe('redesign.note.split')
  })

  it('locks the grid under the pointer, and says at the cursor that it is', async () => {
    store.tools.setTool('click')
    map.drag(50, 50)
    store.lockPointed()
    expect(store.session!.document.grids[0]!.locked).toBe(true)
    store.tools.setTarget(1)
    map.press(50, 50)
    map.release(50, 50)
    await nextTick()
    expect(page.find('[role=alert]').text()).toContain('已锁定')
  })
})
