import { beforeEach, describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { buildingsByCell } from '@/core/cell-contents'
import { createPlanSession } from '@/core/create-plan-session'
import { toLngLat, LATTICE_M } from '@/core/land-frame'
import type { PlanSession } from '@/core/plan-session'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeGround } from '@/rooms/redesign/ground'
import type { Tool } from '@/rooms/redesign/model'
import { createMovedCounter } from '@/rooms/redesign/operations/count-moved'
import { listChanges } from '@/rooms/redesign/operations/list-changes'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { createTools } from '@/rooms/redesign/tools'
import { makeSnapshot } from '../../../fixtures/make-snapshot'
import { makeFakeMapEngine, type FakeMapEngine } from '../../../helpers/fake-map-engine'

/** 8 × 3 cells of 100 m, a pixel is a metre; communities of 4 columns, grids of 2; a street runs east at 112 m. */
const bare = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
const street = [[0, 112], [800, 112]].map(([x, y]) => toLngLat(bare.land.frame, x / LATTICE_M, y / LATTICE_M))
const scope = { ...bare, streets: [{ id: 1, name: '文昌街', class: 'residential', line: street }] }
const ground = makeGround(scope)
let session: PlanSession
let map: FakeMapEngine
let tools: ReturnType<typeof createTools>

const roles = () => map.data.get('redesign:marks')?.features.map((mark) => mark.properties!.role as string) ?? []
const click = (x: number, y: number, taps = 1) => {
  map.press(x, y, { taps })
  map.release(x, y)
}
const key = (name: string) => map.mode.get()?.key?.(new KeyboardEventLike(name) as unknown as KeyboardEvent)
class KeyboardEventLike {
  constructor(readonly key: string) {}
}
/** Area that all cells cover together, m². */
const area = () => session.context.land.cellAreaM2.reduce((sum, own) => sum + own, 0)
const cellsThere = () => session.context.land.cellIds.filter((id) => id !== 0).length
const nodeAt = (x: number, y: number) => {
  const { nodeXY } = session.context.land
  return Array.from({ length: nodeXY.length / 2 }, (_, k) => k).some(
    (k) => Math.hypot(nodeXY[2 * k] * LATTICE_M - x, nodeXY[2 * k + 1] * LATTICE_M - y) < 0.01,
  )
}

function take(tool: Tool) {
  tools.setTool(tool)
}
beforeEach(() => {
  session = createPlanSession({ context: ground.context, document: editionDocument(ground.context, scope.current) })
  map = makeFakeMapEngine(scope.land.frame)
  tools = createTools({ map: () => map, ground: () => ground, session: () => session, editing: () => true, onTarget: () => undefined })
})

describe('points of borders', () => {
  beforeEach(() => take('points'))

  it('show near the pointer, and where one can be added', () => {
    map.drag(104, 100)
    expect(roles()).toEqual(['active'])
    map.drag(100, 145)
    expect(roles()).toContain('middle')
    map.drag(150, 150)
    expect(roles()).toEqual([])
  })

  it('are dragged with every cell beside them, and dropped as one step that undo takes back', () => {
    const whole = area()
    map.press(100, 100)
    map.drag(110, 108, { ctrl: true })
    map.drag(115, 112, { ctrl: true })
    expect(session.steps).toHaveLength(0)
    expect(nodeAt(115, 112)).toBe(true)
    expect(tools.stroke.value!.cells.length).toBe(4)
    map.release(115, 112)
    expect(session.steps).toHaveLength(1)
    expect(session.undoNote!.key).toBe('redesign.note.points')
    expect(area()).toBeCloseTo(whole, 0)
    session.undo()
    expect(nodeAt(100, 100)).toBe(true)
    expect(nodeAt(115, 112)).toBe(false)
  })

  it('lean on a street, unless the key is held or snapping is off', () => {
    map.press(100, 100)
    map.drag(103, 108)
    expect(nodeAt(103, 112)).toBe(true)
    expect(roles()).toContain('snap')
    map.drag(103, 108, { ctrl: true })
    expect(nodeAt(103, 108)).toBe(true)
    tools.snaps.value = false
    map.drag(103, 109)
    expect(nodeAt(103, 109)).toBe(true)
    map.escape()
    expect(nodeAt(100, 100)).toBe(true)
    expect(session.steps).toHaveLength(0)
  })

  it('do not go where land would turn inside out: it shows red and says why, and the point stays where it went last', () => {
    map.press(100, 100)
    map.drag(110, 110, { ctrl: true })
    map.drag(260, 110, { ctrl: true })
    expect(roles()).toEqual(['active', 'bad'])
    expect(['border_crosses', 'cell_inside_out', 'cuts_building']).toContain(tools.refusal.value?.code)
    expect(nodeAt(110, 110)).toBe(true)
    map.drag(112, 112, { ctrl: true })
    expect(tools.refusal.value).toBeNull()
    map.release(112, 112)
    expect(session.steps).toHaveLength(1)
  })

  it('are added by the handle or a double click and moved at once, and removed by Delete or the other button', () => {
    const arcs = () => session.context.land.arcIds.filter((_, arc) => session.context.land.arcLeft[arc] >= 0 || session.context.land.arcRight[arc] >= 0).length
    const before = arcs()
    map.drag(100, 150)
    map.press(100, 150)
    map.drag(108, 150, { ctrl: true })
    map.release(108, 150)
    expect(session.undoNote!.key).toBe('redesign.note.pointAdded')
    expect(session.steps).toHaveLength(1)
    click(200, 140, 1)
    click(200, 140, 2)
    expect(session.steps).toHaveLength(2)
    map.drag(108, 150)
    key('Delete')
    expect(session.undoNote!.key).toBe('redesign.note.pointRemoved')
    map.mode.get()!.secondary!({ ...pointerAt(200, 140) })
    expect(session.steps).toHaveLength(4)
    expect(arcs()).toBe(before)
    // A corner where borders meet stays.
    map.drag(100, 100)
    key('Delete')
    expect(tools.refusal.value?.code).toBe('vertex_is_junction')
  })
})

const pointerAt = (x: number, y: number) => ({
  screen: { x, y }, at: map.unproject({ x, y }), pressed: false, shift: false, alt: false, ctrl: false, taps: 1,
})

describe('cutting', () => {
  beforeEach(() => take('cut'))

  it('cuts what the line crosses with a double click or Enter, new cells in the grid of the old', () => {
    const before = cellsThere()
    click(50, 0)
    map.drag(50, 320)
    expect(roles()).toContain('drawn')
    expect(tools.underway.value).toBe(true)
    map.press(50, 100)
    map.release(50, 100)
    key('Enter')
    expect(cellsThere()).toBe(before + 1)
    expect(session.undoNote).toMatchObject({ key: 'redesign.note.cut', values: { cells: 1 } })
    expect(session.index.cellCount(0)).toBe(7)
    expect(tools.underway.value).toBe(false)
    session.undo()
    expect(cellsThere()).toBe(before)
  })

  it('says why a line divides nothing, takes points back, and forgets all with Esc', () => {
    click(30, 30)
    click(60, 60)
    tools.finish()
    expect(tools.refusal.value?.code).toBe('line_divides_nothing')
    key('Backspace')
    key('Backspace')
    expect(tools.underway.value).toBe(false)
    click(30, 30)
    map.escape()
    expect(tools.tool.value).toBe('cut')
    expect(roles()).toEqual([])
    tools.finish()
    expect(tools.refusal.value?.code).toBe('line_short')
  })

  it('cuts along a line drawn with the button held, as a finger does', () => {
    const before = cellsThere()
    map.press(50, -20)
    for (const y of [0, 30, 60, 90, 120]) map.drag(50 + y / 30, y)
    map.release(54, 120)
    expect(cellsThere()).toBeGreaterThan(before)
    expect(session.steps).toHaveLength(1)
  })
})

describe('merging', () => {
  beforeEach(() => take('merge'))

  it('makes one cell of those chosen', () => {
    const before = cellsThere()
    click(50, 50)
    click(150, 50)
    expect(roles()).toEqual(['flip'])
    key('Enter')
    expect(cellsThere()).toBe(before - 1)
    expect(session.undoNote).toMatchObject({ key: 'redesign.note.merge', values: { cells: 2 } })
    expect(session.steps).toHaveLength(1)
    session.undo()
    expect(cellsThere()).toBe(before)
  })

  it('says at once that cells do not hang together, and wants two', () => {
    click(50, 50)
    tools.finish()
    expect(tools.refusal.value?.code).toBe('merge_few')
    click(350, 50)
    expect(tools.refusal.value?.code).toBe('not_neighbours')
    click(350, 50)
    expect(tools.refusal.value).toBeNull()
    map.escape()
    expect(tools.underway.value).toBe(false)
  })
})

describe('what moved, on land that was cut anew', () => {
  it('is counted and listed by building: a cut moves nobody, a part given away moves those who live in it', () => {
    const counter = createMovedCounter(session, ground.today)
    session.subscribe((change) => counter.touch(change.changedCells))
    take('cut')
    click(50, -10)
    click(50, 110)
    key('Enter')
    expect(counter.get()).toMatchObject({ cells: 0, households: 0 })
    expect(listChanges(ground.today, session)).toEqual([])
    const { start, item } = buildingsByCell(session.context)
    const held = (cell: number) => [...item.subarray(start[cell], start[cell + 1])]
    const part = [0, 24].find((cell) => held(cell).length > 0)!
    tools.setTarget(1)
    tools.assign([part])
    const moved = held(part).reduce((sum, building) => sum + scope.buildings.households[building], 0)
    expect(counter.get().households).toBe(moved)
    expect(listChanges(ground.today, session)).toMatchObject([{ cell: part, households: moved, from: { name: session.document.grids[0]!.name } }])
    session.undo()
    session.undo()
    expect(counter.get()).toMatchObject({ cells: 0, households: 0 })
  })
})

describe('tracing', () => {
  beforeEach(() => take('trace'))

  it('gives a border the way along a street between two places on it', () => {
    // The border of the cells 8 and 0 runs east at 100 m, the street at 112 m.
    click(30, 100)
    click(35, 112)
    click(65, 112)
    map.drag(70, 100)
    expect(roles()).toContain('drawn')
    click(70, 100)
    expect(session.undoNote!.key).toBe('redesign.note.trace')
    expect(session.steps).toHaveLength(1)
    expect(tools.underway.value).toBe(false)
    const { arcXY } = session.context.land
    const points = Array.from({ length: arcXY.length / 2 }, (_, p) => [arcXY[2 * p] * LATTICE_M, arcXY[2 * p + 1] * LATTICE_M].map(Math.round).join())
    for (const point of ['35,112', '65,112']) expect(points).toContain(point)
  })

  it('begins on a border, and says so where both ends do not lie on one', () => {
    click(50, 50)
    expect(tools.refusal.value?.code).toBe('trace_begin')
    click(30, 100)
    map.drag(30, 200)
    expect(tools.refusal.value?.code).toBe('trace_ends')
    expect(roles()).toContain('stuck')
  })
})

describe('splitting a grid', () => {
  it('makes two grids of one along the line', () => {
    take('split')
    const before = session.document.grids.filter(Boolean).length
    click(-10, 150)
    click(210, 150)
    key('Enter')
    expect(session.document.grids.filter(Boolean)).toHaveLength(before + 1)
    expect(session.undoNote).toMatchObject({ key: 'redesign.note.split', values: { grid: session.document.grids[0]!.name } })
    session.undo()
    expect(session.document.grids.filter(Boolean)).toHaveLength(before)
    click(900, 900)
    click(910, 910)
    tools.finish()
    expect(tools.refusal.value?.code).toBe('grid_unknown')
  })
})
