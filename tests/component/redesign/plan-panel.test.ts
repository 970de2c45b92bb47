import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { decodeSnapshot } from '@/data/scope-snapshot'
import type { PlanPapers } from '@/rooms/redesign/papers-repository'
import type { PlanRecord } from '@/rooms/redesign/repository'
import { makeSnapshot } from '../../fixtures/make-snapshot'
import { makeFakeMapEngine } from '../../helpers/fake-map-engine'
import { makeFakePlanServer } from '../../helpers/fake-plan-server'
import { makeWorkspace, mountRoom } from '../mount-room'

/** Four grids of six cells, two communities: see panel.test.ts. */
const snapshot = makeSnapshot(8, 3)
const scope = decodeSnapshot(snapshot, buildCellAdjacency)
type Calls = Record<string, (...values: unknown[]) => unknown>
const held = vi.hoisted(() => ({ calls: null as unknown as Calls, papers: null as unknown as Calls }))

vi.mock('@/rooms/redesign/repository', () => {
  const names = ['findEditionNumber', 'listDrafts', 'openDraft', 'loadPlan', 'loadEdition', 'saveDraft', 'copyDraft', 'loadEditsSince', 'checkOnServer', 'publish', 'discardDraft', 'loadHistory']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.calls[name](...values)]))
})
vi.mock('@/rooms/redesign/papers-repository', () => {
  const names = ['loadPapers', 'submitPlan', 'approvePlan', 'returnPlan', 'commentPlan', 'takeSnapshot', 'loadSnapshot', 'rebaseDraft', 'saveRule', 'recordExport']
  return Object.fromEntries(names.map((name) => [name, (...values: unknown[]) => held.papers[name](...values)]))
})
vi.mock('@/rooms/redesign/unsaved-edits', async (original) => ({
  ...(await original<object>()),
  browserUnsavedStore: () => ({ put: async () => undefined, get: async () => null, drop: async () => undefined }),
}))

const { useRedesignStore } = await import('@/rooms/redesign/store')
const { default: ComparePane } = await import('@/rooms/redesign/components/ComparePane.vue')
const { default: PlanPanel } = await import('@/rooms/redesign/components/PlanPanel.vue')
const { default: RebaseDialog } = await import('@/rooms/redesign/components/RebaseDialog.vue')

let store: ReturnType<typeof useRedesignStore>
let page: VueWrapper
/** Papers as the server has them, changed by the acts. */
let papers: PlanPapers
let kept: PlanRecord

const FRESH: Omit<PlanPapers, 'planId'> = {
  revision: 0, stage: 'drafting', stageAt: null, stageBy: null, submittedBy: null, createdBy: '李*', isMine: false, communityIds: null,
  mayWrite: true, mayDecide: true, mayPublish: true, mayRule: false, approvers: ['王*'],
  rule: { approvalRequired: true, officerPublishes: true, orgUnitId: 2, revision: 0 }, comments: [], snapshots: [], waivers: [],
}
const at = '2026-11-22T01:00:00Z'
const acted = (change: Partial<PlanPapers>) => vi.fn(async () => {
  papers = { ...papers, stageBy: '李*', stageAt: at, ...change }
  return { stage: papers.stage, revision: papers.revision }
})

async function open(part: Component) {
  ;({ page } = await mountRoom(part, { workspace: makeWorkspace(snapshot), map: makeFakeMapEngine(scope.land.frame) }))
  store = useRedesignStore()
  store.enter()
  await store.drafts.start('文昌优化')
  await vi.waitFor(() => expect(store.papers.papers).not.toBeNull())
  await nextTick()
}
const button = (name: string) => page.find(`[data-test=${name}]`)
const idle = () => vi.waitFor(() => expect(store.papers.busy).toBe(false))
async function paint(slot: number, ...cells: number[]) {
  store.tools.setTarget(slot)
  store.tools.assign(cells)
  await nextTick()
}

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  held.calls = makeFakePlanServer(scope).calls as never
  papers = { ...FRESH, planId: '' }
  held.papers = {
    loadPapers: async (planId) => ({ ...papers, planId }),
    submitPlan: acted({ stage: 'submitted', isMine: true }),
    approvePlan: acted({ stage: 'approved' }),
    returnPlan: acted({ stage: 'returned' }),
    commentPlan: vi.fn(async () => ({ commentId: 1 })),
    loadSnapshot: async () => kept,
    recordExport: async () => ({ watermark: '李* 高庄街道 2026-11-22', at }),
  }
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

describe('the progress of a draft', () => {
  it('is submitted with what was painted saved first; then it rests, and its own author cannot approve it', async () => {
    await open(PlanPanel)
    await paint(0, 2)
    await button('stage-comment').setValue('请审核')
    await button('submit-plan').trigger('click')
    await idle()
    expect(held.papers.submitPlan).toHaveBeenCalledWith('plan-1', 1, '请审核')
    expect(button('stage').text()).toBe('已提交')
    expect(page.text()).toContain('等王*审核。要改先撤回。')
    expect(store.editing).toBe(false)
    expect(button('approve-plan').attributes('aria-disabled')).toBe('true')
    expect(button('approve-plan').attributes('title')).toContain('王*')
    await button('approve-plan').trigger('click')
    expect(held.papers.approvePlan).not.toHaveBeenCalled()
    expect(store.publishBlocked).toBe('not_approved')
  })

  it('of another is approved, or returned with a comment and not without', async () => {
    papers = { ...papers, stage: 'submitted', submittedBy: '张*' }
    await open(PlanPanel)
    await button('return-plan').trigger('click')
    expect(held.papers.returnPlan).not.toHaveBeenCalled()
    expect(button('return-plan').attributes('title')).toBe('先写明意见')
    await button('stage-comment').setValue('第一格太大')
    await button('return-plan').trigger('click')
    await idle()
    expect(held.papers.returnPlan).toHaveBeenCalledWith('plan-1', '第一格太大')
    expect(button('stage').text()).toBe('已退回')
    expect(store.editing).toBe(true)
  })

  it('of some communities is looked at, not edited, by who redesigns the whole street', async () => {
    papers = { ...papers, communityIds: [scope.communities[0].id] }
    await open(PlanPanel)
    expect(page.text()).toContain(`范围：${scope.communities[0].name}`)
    expect(store.papers.rest).toBe('limited')
    expect(store.editing).toBe(false)
  })

  it('takes a comment pinned to the selected grid', async () => {
    await open(PlanPanel)
    const grid = scope.current.grids[1]
    store.selection = { kind: 'grid', gridId: grid.id }
    await nextTick()
    await button('talk-pin').setValue(true)
    await button('talk-text').setValue('这里有市场')
    await button('talk-send').trigger('submit')
    await idle()
    expect(held.papers.commentPlan).toHaveBeenCalledWith('plan-1', grid.id, '这里有市场')
  })
})

describe('the rule of the street', () => {
  it('is seen by the street and set by the district, on the revision that was read', async () => {
    await open(PlanPanel)
    expect(button('rule-approval').attributes()).toHaveProperty('disabled')
    page.unmount()
    papers = { ...papers, mayRule: true, rule: { ...papers.rule, revision: 3 } }
    held.papers.saveRule = vi.fn(async () => ({ revision: 4 }))
    await open(PlanPanel)
    await button('rule-officer').setValue(false)
    await idle()
    expect(held.papers.saveRule).toHaveBeenCalledWith(2, { approvalRequired: true, officerPublishes: false }, 3)
  })
})

describe('a snapshot', () => {
  it('is gone back to as one edit, which can be undone', async () => {
    papers = { ...papers, snapshots: [{ id: 4, kind: 'named', name: '初稿', revision: 0, by: '李*', at }] }
    await open(PlanPanel)
    kept = (await held.calls.loadPlan('plan-1')) as PlanRecord
    await paint(0, 2, 3)
    // Looked at, it is on display and nothing is edited; the draft comes back as it was.
    await button('snapshot-look').trigger('click')
    await vi.waitFor(() => expect(store.snapshotName).toBe('初稿'))
    expect([store.moved.cells, store.editing]).toEqual([0, false])
    store.backToDraft()
    await nextTick()
    expect([store.moved.cells, store.editing, store.snapshotName]).toEqual([2, true, null])
    await button('snapshot-restore').trigger('click')
    await idle()
    expect(store.moved.cells).toBe(0)
    expect(store.undoNote).toMatchObject({ key: 'redesign.note.restored', values: { name: '初稿' } })
    store.undo()
    expect(store.moved.cells).toBe(2)
  })
})

describe('a file', () => {
  it('is shown with its faults by row, and becomes one edit when it is taken', async () => {
    await open(PlanPanel)
    const [from, to] = scope.current.grids
    const building = scope.buildings.cell.findIndex((cell) => scope.current.cellGrid[cell] === 0)
    const text = `楼栋号,网格编码\n${scope.buildings.ids[building]},${to.code}\n77777,${to.code}\n`
    await store.exchange.look({ name: 'a.csv', bytes: async () => new TextEncoder().encode(text) })
    await nextTick()
    expect(button('plan-flags').text()).toContain('第 3 行找不到楼栋“77777”')
    expect(store.moved.cells).toBe(0)
    await button('plan-take').trigger('click')
    expect(store.moved.cells).toBe(1)
    expect(store.undoNote).toMatchObject({ key: 'redesign.note.imported', values: { file: 'a.csv', cells: 1 } })
    expect(from.name).not.toBe(to.name)
  })

  it('that is none says why', async () => {
    await open(PlanPanel)
    await store.exchange.look({ name: 'a.kml', bytes: async () => new TextEncoder().encode('<!DOCTYPE x><kml/>') })
    await nextTick()
    expect(page.find('[role=alert]').text()).toBe('a.kml 读不了：含有文档类型声明，不读取')
  })
})

describe('two plans', () => {
  it('are compared by community and by address', async () => {
    await open(ComparePane)
    expect(button('compare-sum').text()).toBe('两份方案相同。')
    await paint(0, 2)
    expect(button('compare-sum').text()).toMatch(/^1 个地块、52 户、\d+ 人换了网格$/)
    const [first, second] = page.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))
    expect(first.at(-1)).toBe('52')
    expect(second.at(-1)).toBe('0')
    expect(page.find('summary').text()).toContain('1 个地块 · 52 户')
  })
})

describe('a draft whose base is a former edition', () => {
  it('is carried over: what both changed is named, and whose decides is chosen', async () => {
    await open(RebaseDialog)
    await paint(0, 2)
    await store.saving.save()
    const base = (await held.calls.loadPlan('plan-1')) as PlanRecord
    const grids = base.grids
    const column = (changes: Record<number, number>) => scope.current.cellGrid.map((grid, cell) => changes[cell] ?? grid)
    held.calls.loadEdition = async (_land, number) => ({
      ...base, number, cellGrid: Array.from(column(number === 1 ? {} : { 2: 1, 5: 3 })), grids,
    })
    held.calls.findEditionNumber = async () => 1
    const rebased = vi.fn(async () => ({ revision: 2, snapshotId: 9 }))
    held.papers.rebaseDraft = rebased
    ;(store.ground!.scope.current as { number: number }).number = 2
    await store.rebasing.open()
    const preview = store.rebasing.preview!
    expect(preview).toMatchObject({ base: 1, current: 2, mine: 1, theirs: 1 })
    expect(preview.conflicts).toEqual([])
    await store.rebasing.go()
    expect(rebased).toHaveBeenCalledWith('plan-1', 1, 2, [expect.objectContaining({ delta: expect.objectContaining({
      cells: [{ cell: scope.land.cellIds[5], from: grids[2].id, to: grids[3].id }] }) })])
  })
})

describe('the report', () => {
  it('has a map of the whole and of each community, all grids, the changes by address, and says whose it is on every page', async () => {
    await open(PlanPanel)
    await paint(0, 2)
    await button('report-print').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[data-test=report]')).not.toBeNull())
    // One community changes; then all are asked for.
    expect(document.querySelectorAll('[data-test=report-map]').length).toBe(2)
    const maps = document.querySelector('[data-test=report-maps]') as HTMLSelectElement
    maps.value = 'all'
    maps.dispatchEvent(new Event('change'))
    await nextTick()
    const pages = [...document.querySelectorAll('.report-page')]
    expect(pages.length).toBe(6)
    expect(document.querySelectorAll('[data-test=report-map]').length).toBe(3)
    pages.forEach((one, k) => {
      expect(one.textContent).toContain('李* 高庄街道 2026-11-22')
      expect(one.textContent).toContain(`第 ${k + 1} 页，共 6 页`)
    })
    expect(pages[3].querySelectorAll('tbody tr').length).toBe(4)
    expect(pages[4].querySelectorAll('tbody tr').length).toBe(scope.buildings.cell.filter((cell) => cell === 2).length)
    ;(document.querySelector('[data-test=report-close]') as HTMLElement).click()
    await nextTick()
    expect(document.querySelector('[data-test=report]')).toBeNull()
  })
})
