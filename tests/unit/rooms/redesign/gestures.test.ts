import { beforeEach, describe, expect, it, vi } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createPlanSession } from '@/core/create-plan-session'
import type { PlanSession } from '@/core/plan-session'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeGround } from '@/rooms/redesign/ground'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { lockGrid } from '@/core/operations/lock-grid'
import { createTools } from '@/rooms/redesign/tools'
import { makeSnapshot } from '../../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../../helpers/fake-map-engine'

/*
 *   8 × 3 cells of 100 m; communities of 4 columns, grids of 2 columns:
 *
 *        grid 0    grid 1  |  grid 2    grid 3
 *   300 +----+----+----+----+----+----+----+----+
 *       | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 |
 *   200 +----+----+----+----+----+----+----+----+
 *       |  8 |  9 | 10 | 11 | 12 | 13 | 14 | 15 |
 *   100 +----+----+----+----+----+----+----+----+
 *       |  0 |  1 |  2 |  3 |  4 |  5 |  6 |  7 |
 *       +----+----+----+----+----+----+----+----+
 */
const scope = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
const ground = makeGround(scope)

let session: PlanSession
let map: FakeMapEngine
let tools: ReturnType<typeof createTools>
let editing = true
let picked: number[]

const gridOf = (...cells: number[]) => cells.map((cell) => session.document.cellGrid[cell])

beforeEach(() => {
  session = createPlanSession({ context: ground.context, document: editionDocument(ground.context, scope.current) })
  map = makeFakeMapEngine(scope.land.frame)
  editing = true
  picked = []
  tools = createTools({
    map: () => map,
    ground: () => ground,
    session: () => session,
    editing: () => editing,
    onTarget: (slot) => picked.push(slot),
  })
  tools.setTarget(1)
})

describe('click', () => {
  beforeEach(() => tools.setTool('click'))

  it('paints the cell under the pointer as one step of history', () => {
    map.press(150, 50)
    expect(session.steps).toHaveLength(0)
    expect(tools.stroke.value?.provisional).toBe(true)
    map.release(150, 50)
    expect(gridOf(0, 1, 9)).toEqual([0, 1, 0])
    expect(session.steps).toHaveLength(1)
    expect(session.undoNote).toEqual({ key: 'redesign.note.click', values: { cells: 1, households: scope.cellStats.households[1], grid: scope.current.grids[1].name } })
  })

  it('goes on painting while dragged, still one step', () => {
    map.press(150, 50)
    map.drag(150, 150)
    map.drag(150, 250)
    map.release(150, 250)
    expect(gridOf(1, 9, 17)).toEqual([1, 1, 1])
    expect(session.steps).toHaveLength(1)
    session.undo()
    expect(gridOf(1, 9, 17)).toEqual([0, 0, 0])
  })

  it('takes the whole compound with Shift', () => {
    // Compound 0 stands on cell 0 alone in the fixture.
    map.press(50, 50, { shift: true })
    map.release(50, 50)
    expect(gridOf(0, 1)).toEqual([1, 0])
  })

  it('picks the grid under the cursor with Alt and paints nothing', () => {
    map.press(50, 50, { alt: true })
    map.release(50, 50)
    expect(tools.target.value).toBe(0)
    expect(picked).toEqual([1, 0])
    expect(session.steps).toHaveLength(0)
  })

  it('refuses land of another community, and says so', () => {
    map.press(450, 50)
    map.release(450, 50)
    expect(gridOf(4)).toEqual([2])
    expect(session.steps).toHaveLength(0)
    expect(tools.refusal.value).toMatchObject({ code: 'other_community', count: 1 })
  })

  it('refuses to take from a locked grid, and to paint into one', () => {
    session.apply(lockGridDelta(0, true), { key: 'test' })
    map.press(150, 50)
    map.release(150, 50)
    expect(tools.refusal.value?.code).toBe('grid_locked')
    session.undo()
    session.apply(lockGridDelta(1, true), { key: 'test' })
    map.press(150, 50)
    map.release(150, 50)
    expect(tools.refusal.value?.code).toBe('target_locked')
    expect(gridOf(1)).toEqual([0])
  })

  it('respects the filter of the source', () => {
    tools.onlyFrom.value = -1
    map.press(150, 50)
    map.release(150, 50)
    expect(tools.refusal.value?.code).toBe('filtered_out')
    expect(gridOf(1)).toEqual([0])
  })

  it('asks for a target before it paints', () => {
    tools.setTarget(null)
    map.press(150, 50)
    expect(tools.refusal.value?.code).toBe('target_missing')
    expect(session.gesture).toBeNull()
  })

  it('says that the land belongs to the target already', () => {
    map.press(250, 50)
    map.release(250, 50)
    expect(tools.refusal.value?.code).toBe('nothing_to_do')
    expect(session.steps).toHaveLength(0)
  })

  it('erases to no grid and returns to the grid before', () => {
    tools.toggleErase()
    map.press(150, 50)
    map.release(150, 50)
    expect(gridOf(1)).toEqual([-1])
    expect(session.undoNote?.key).toBe('redesign.note.erase')
    tools.toggleErase()
    expect(tools.target.value).toBe(1)
  })
})

describe('brush', () => {
  beforeEach(() => {
    tools.setTool('brush')
    tools.setBrushPx(20)
  })

  it('gathers a stroke, provisional until release, and keeps figures in step', () => {
    const before = session.figures(1).households
    map.press(150, 50)
    map.drag(150, 150)
    expect(session.steps).toHaveLength(0)
    expect(session.figures(1).households).toBe(before + scope.cellStats.households[1] + scope.cellStats.households[9])
    expect(tools.stroke.value).toMatchObject({ provisional: true, gridIds: [scope.current.grids[1].id, scope.current.grids[0].id] })
    expect(tools.stroke.value?.before.get(scope.current.grids[1].id)?.households).toBe(before)
    map.release(150, 150)
    expect(session.steps).toHaveLength(1)
    expect(tools.lastStroke.value?.households).toBe(scope.cellStats.households[1] + scope.cellStats.households[9])
  })

  it('drops the stroke with Esc, and leaves the gesture with the next Esc', () => {
    map.press(150, 50)
    map.escape()
    expect(gridOf(1)).toEqual([0])
    expect(session.canUndo).toBe(false)
    expect(map.mode.get()?.id).toBe('redesign:brush')
    map.escape()
    expect(map.mode.get()).toBeNull()
  })

  it('skips what may not change hands and paints the rest of the stroke', () => {
    tools.setTarget(2)
    map.press(350, 50)
    map.drag(650, 50)
    map.release(650, 50)
    expect(gridOf(3, 4, 5, 6)).toEqual([1, 2, 2, 2])
    // To stay in the community was asked for, so nothing is said of it; unasked, it is said why cells stay.
    expect(tools.lastStroke.value?.refused.size).toBe(0)
    session.undo()
    tools.stay.value = false
    map.press(350, 50)
    map.drag(650, 50)
    map.release(650, 50)
    expect(tools.lastStroke.value?.refused.get('other_community')).toBeGreaterThan(0)
  })

  it('draws a circle of its size and keeps the size within limits', () => {
    map.drag(150, 150)
    const ring = (map.data.get('redesign:gesture')!.features[0].geometry as GeoJSON.Polygon).coordinates[0]
    const east = Math.max(...ring.map(([lng]) => (lng - scope.land.frame.lng0) * scope.land.frame.mPerDegLng))
    expect(east).toBeCloseTo(170, 0)
    tools.setBrushPx(5000)
    expect(tools.brushPx.value).toBe(120)
    tools.setBrushPx(0)
    expect(tools.brushPx.value).toBe(6)
  })
})

describe('rectangle and lasso', () => {
  it('gives back what the box no longer holds while it is dragged', () => {
    tools.setTool('rectangle')
    map.press(10, 10)
    map.drag(190, 290)
    expect(gridOf(0, 1, 8, 9, 16, 17)).toEqual([1, 1, 1, 1, 1, 1])
    map.drag(90, 190)
    expect(gridOf(0, 1, 8, 9, 16, 17)).toEqual([1, 0, 1, 0, 0, 0])
    expect(tools.stroke.value?.households).toBe(scope.cellStats.households[0] + scope.cellStats.households[8])
    map.release(90, 190)
    expect(session.steps).toHaveLength(1)
    expect(session.steps[0].forward.cells).toHaveLength(2)
    expect(map.data.get('redesign:gesture')!.features).toHaveLength(0)
  })

  it('leaves no step when the box ends empty', () => {
    tools.setTool('rectangle')
    map.press(10, 10)
    map.drag(190, 290)
    map.drag(12, 12)
    map.release(12, 12)
    expect(session.canUndo).toBe(false)
  })

  it('paints what the lasso encloses', () => {
    tools.setTool('lasso')
    map.press(110, 10)
    for (const [x, y] of [[190, 10], [190, 290], [110, 290]]) map.drag(x, y)
    map.release(110, 290)
    expect(gridOf(0, 1, 9, 17, 8)).toEqual([0, 1, 1, 1, 0])
  })
})

describe('fill and the list twin', () => {
  it('hands over the connected piece under the pointer', () => {
    tools.setTool('fill')
    map.press(50, 50)
    map.release(50, 50)
    expect(gridOf(0, 1, 8, 9, 16, 17)).toEqual([1, 1, 1, 1, 1, 1])
    expect(session.steps).toHaveLength(1)
  })

  it('assigns by list without a pointer', () => {
    tools.assign([1, 9])
    expect(gridOf(1, 9)).toEqual([1, 1])
    expect(session.undoNote?.key).toBe('redesign.note.assign')
  })
})

describe('editing rights', () => {
  it('takes no tool while the draft is not being edited, and no stroke', () => {
    editing = false
    tools.setTool('brush')
    expect(tools.tool.value).toBeNull()
    tools.assign([1])
    expect(gridOf(1)).toEqual([0])
    expect(tools.refusal.value?.code).toBe('not_editing')
  })

  it('reports a stroke that the plan refuses', () => {
    tools.setTool('click')
    vi.spyOn(session, 'beginGesture').mockReturnValueOnce({
      delta: { cells: [], grids: [] },
      isEmpty: true,
      extend: () => ({ ok: false, code: 'cell_from_mismatch' }),
      replace: () => ({ ok: false, code: 'cell_from_mismatch' }),
      drop: () => null,
      cancel: () => null,
    })
    map.press(150, 50)
    expect(tools.refusal.value?.code).toBe('cell_from_mismatch')
  })
})

function lockGridDelta(slot: number, locked: boolean) {
  const delta = lockGrid(session, { gridIds: [session.document.grids[slot]!.id], locked })
  if (!delta.ok) throw new Error(delta.code)
  return delta.value
}
