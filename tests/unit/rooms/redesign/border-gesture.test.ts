import { beforeEach, describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createPlanSession } from '@/core/create-plan-session'
import { lockGrid } from '@/core/operations/lock-grid'
import type { PlanSession } from '@/core/plan-session'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeGround } from '@/rooms/redesign/ground'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { createTools } from '@/rooms/redesign/tools'
import { makeSnapshot } from '../../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../../helpers/fake-map-engine'

/*
 *   8 × 3 cells of 100 m; communities of 4 columns, grids of 2 columns; a pixel is a metre:
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
const bare = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
/** Compound 0 stands on the cells 0 and 1. */
const compound = bare.buildings.compound.map((own, building) => (bare.buildings.cell[building] <= 1 ? 0 : own))
const scope = { ...bare, buildings: { ...bare.buildings, compound } }
const ground = makeGround(scope)
let session: PlanSession
let map: FakeMapEngine
let tools: ReturnType<typeof createTools>
let editing: boolean

const gridOf = (...cells: number[]) => cells.map((cell) => session.document.cellGrid[cell])
const roles = () => map.data.get('redesign:marks')?.features.map((mark) => mark.properties!.role) ?? []

beforeEach(() => {
  session = createPlanSession({ context: ground.context, document: editionDocument(ground.context, scope.current) })
  map = makeFakeMapEngine(scope.land.frame)
  editing = true
  tools = createTools({ map: () => map, ground: () => ground, session: () => session, editing: () => editing, onTarget: () => undefined })
  tools.setTool('border')
  tools.setBrushPx(6)
})

describe('a border under the pointer', () => {
  it('lights up where it can be dragged, and says why where it cannot', () => {
    map.drag(206, 150)
    expect(tools.met.value).toMatchObject({ refusal: null })
    expect(roles()).toEqual(['run'])
    map.drag(395, 150)
    expect(tools.met.value).toMatchObject({ refusal: 'border_community' })
    expect(roles()).toEqual(['stuck'])
    map.drag(250, 150)
    expect(tools.met.value).toBeNull()
    expect(roles()).toEqual([])
  })

  it('is not taken hold of where it is locked, is the community’s, or is none', () => {
    const lock = lockGrid(session, { gridIds: [session.document.grids[0]!.id], locked: true })
    if (lock.ok) session.apply(lock.value, { key: 'lock' })
    for (const [x, code] of [[200, 'border_locked'], [400, 'border_community'], [250, 'border_missing']] as const) {
      map.press(x, 150)
      expect(tools.refusal.value?.code).toBe(code)
      map.release(x, 150)
      expect(session.gesture).toBeNull()
    }
    expect(tools.underway.value).toBe(false)
  })
})

describe('dragging a border', () => {
  it('hangs on the pointer after a click, there and back, and is one step with the second click', () => {
    map.press(200, 150)
    map.release(200, 150)
    expect(tools.underway.value).toBe(true)
    map.drag(250, 150)
    expect(gridOf(9, 10)).toEqual([0, 0])
    expect(tools.stroke.value).toMatchObject({ provisional: true, cells: [10], households: scope.cellStats.households[10] })
    expect(roles()).toContain('flip')
    map.drag(150, 150)
    expect(gridOf(9, 10)).toEqual([1, 1])
    map.drag(250, 150)
    expect(session.steps).toHaveLength(0)
    map.press(250, 150)
    map.release(250, 150)
    expect(gridOf(9, 10)).toEqual([0, 0])
    expect(session.steps).toHaveLength(1)
    expect(session.undoNote).toMatchObject({ key: 'redesign.note.border', values: { cells: 1 } })
    expect(tools.lastStroke.value?.gridIds).toEqual([session.document.grids[0]!.id, session.document.grids[1]!.id])
    expect(tools.underway.value).toBe(false)
    session.undo()
    expect(gridOf(10)).toEqual([1])
  })

  it('ends with the release where it was pressed and dragged, as a finger does', () => {
    map.press(200, 150)
    map.drag(250, 150)
    map.release(250, 150)
    expect(gridOf(10)).toEqual([0])
    expect(session.steps).toHaveLength(1)
  })

  it('is dropped with Esc, and leaves no step where the pointer came back', () => {
    map.press(200, 150)
    map.release(200, 150)
    map.drag(250, 150)
    map.escape()
    expect(gridOf(10)).toEqual([1])
    expect(tools.stroke.value).toBeNull()
    expect(tools.tool.value).toBe('border')
    map.press(200, 150)
    map.drag(250, 150)
    map.drag(201, 150)
    map.release(201, 150)
    expect(session.steps).toHaveLength(0)
  })

  it('pushes a broader front with ], and only what the pointer crosses with Alt', () => {
    map.press(200, 150)
    map.release(200, 150)
    map.drag(260, 150)
    tools.setBrushPx(110)
    expect(gridOf(2, 10, 18)).toEqual([0, 0, 0])
    map.drag(260, 150, { alt: true })
    expect(gridOf(2, 10, 18)).toEqual([1, 0, 1])
    tools.finish()
    expect(session.steps).toHaveLength(1)
  })

  it('says what stays because the giver would fall apart', () => {
    map.press(200, 150)
    map.drag(350, 150)
    expect(gridOf(10, 11)).toEqual([0, 1])
    expect([...tools.stroke.value!.refused]).toEqual([['would_part', 1]])
    map.release(350, 150)
  })

  it('holds nothing any more when it was undone meanwhile', () => {
    map.press(200, 150)
    map.release(200, 150)
    map.drag(250, 150)
    session.undo()
    map.drag(260, 150)
    expect(gridOf(10)).toEqual([1])
    expect(tools.underway.value).toBe(false)
    editing = false
    map.press(200, 150)
    expect(tools.refusal.value?.code).toBe('not_editing')
  })
})

describe('painting', () => {
  beforeEach(() => {
    tools.setTarget(1)
    tools.setTool('click')
  })

  it('takes the compound with a double click, as one step', () => {
    for (const taps of [1, 2]) {
      map.press(150, 50, { taps })
      map.release(150, 50)
    }
    expect(session.steps).toHaveLength(1)
    expect(session.undoNote!.values!.cells).toBe(2)
  })

  it('draws a box with Ctrl, whatever paints', () => {
    map.press(10, 10, { ctrl: true })
    map.drag(190, 190)
    map.release(190, 190)
    expect(gridOf(0, 1, 8, 9)).toEqual([1, 1, 1, 1])
    expect(session.undoNote!.key).toBe('redesign.note.rectangle')
  })

  it('picks the target by the dropper, the source with Shift, and goes back to painting', () => {
    tools.setTool('pick')
    map.press(50, 50)
    expect(tools.target.value).toBe(0)
    expect(tools.tool.value).toBe('click')
    tools.setTool('pick')
    map.press(350, 50, { shift: true })
    expect(tools.onlyFrom.value).toBe(1)
  })

  it('takes the grid under the pointer as the only source, and any again', () => {
    map.drag(50, 50)
    tools.toggleSource()
    expect(tools.onlyFrom.value).toBe(0)
    tools.toggleSource()
    expect(tools.onlyFrom.value).toBeNull()
  })
})
