import { beforeEach, describe, expect, it } from 'vitest'
import { checkLand } from '@/algorithms/topology/check-land'
import { arcIndexOf, arcsByCell } from '@/core/cell-contents'
import { createPlanSession } from '@/core/create-plan-session'
import { lockGrid } from '@/core/operations/lock-grid'
import type { PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { Result } from '@/core/result'
import { cutCells } from '@/rooms/redesign/operations/cut-cells'
import { mergeCells, mergeGrids } from '@/rooms/redesign/operations/merge-cells'
import { insertVertex, moveVertex, removeVertex } from '@/rooms/redesign/operations/move-vertex'
import { splitGridByLine, splitGridEvenly } from '@/rooms/redesign/operations/split-grid'
import { traceBorder } from '@/rooms/redesign/operations/trace-border'
import { compactPlan } from '../../../helpers/compact-plan'
import { landBytes, planBytes } from '../../../helpers/plan-bytes'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

/*
 * Two communities of 4 × 3 cells of 40 m, a house of 8 m in the middle of each but the last; two grids in each community.
 * Names are cell ids, x and y count cells.
 *
 *   3 +----+----+----+----+====+----+----+----+
 *     |1008|1009|1010|1011I1020|1021|1022|1023|
 *   2 +----+----+----+----+====+----+----+----+
 *     |1004|1005|1006|1007I1016|1017|1018|1019|
 *   1 +----+----+----+----+====+----+----+----+
 *     |1000|1001|1002|1003I1012|1013|1014|1015|
 *   0 +----+----+----+----+====+----+----+----+
 *     0    1    2    3    4    5    6    7    8
 *       grid 0  |  grid 1   I  grid 2 |  grid 3
 */
const land = makeSyntheticLand({ seed: 1, communities: [2, 1], cells: [4, 3], grids: [2, 2], houseM: 8, isStraight: true })
const STEP = 8000
const at = (x: number, y: number) => ({ x: Math.round(x * STEP), y: Math.round(y * STEP) })
const NOTE = { key: 'test' }

let session: PlanSession
beforeEach(() => (session = createPlanSession({ context: land.context, document: land.document() })))

const nodeAt = (x: number, y: number) => {
  const { nodeXY, nodeIds } = session.context.land
  for (let node = 0; node < nodeIds.length; node++) {
    if (nodeIds[node] !== 0 && nodeXY[2 * node] === x * STEP && nodeXY[2 * node + 1] === y * STEP) return { kind: 'node' as const, nodeId: nodeIds[node] }
  }
  throw new Error(`expected a node at ${x}, ${y}`)
}
const cell = (id: number) => session.context.cellIndex.get(id)!
const areaM2 = (id: number) => Math.round(session.context.land.cellAreaM2[cell(id)])
const gridOf = (id: number) => session.document.grids[session.document.cellGrid[cell(id)]]?.name ?? null
const gridId = (slot: number) => session.document.grids[slot]!.id
const arcBetween = (a: number, b: number): number => {
  const { land: now } = session.context
  const { start, item } = arcsByCell(now)
  const [left, right] = [cell(a), cell(b)]
  const arc = item.subarray(start[left], start[left + 1]).find((k) => now.arcLeft[k] === right || now.arcRight[k] === right)!
  return now.arcIds[arc]
}
const pointsOf = (arcId: number) => {
  const { arcXY, arcStart } = session.context.land
  const arc = arcIndexOf(session.context.land).get(arcId)!
  return Array.from(arcXY.subarray(2 * arcStart[arc], 2 * arcStart[arc + 1]), (value) => value / STEP)
}

/** Applies what is not refused, proves the land, and says what came about: the delta. */
function act(delta: Result<PlanDelta>): PlanDelta {
  expect(delta).toMatchObject({ ok: true })
  if (!delta.ok) throw new Error(delta.code)
  const applied = session.apply(delta.value, NOTE)
  expect(applied.ok ? null : applied).toBeNull()
  expect(checkLand(compactPlan(session).context.land).problems).toEqual([])
  return delta.value
}
const newCells = ({ land: edit }: PlanDelta) => edit!.after.cells.map(({ id }) => id).filter((id) => id < 0)

describe('a corner', () => {
  /*     +----+----+          +----+----+
   *     |    |    |          |    |    |
   *     +----o----+    →     +---. ----+
   *     |    |    |          |    `o   |
   *     +----+----+          +----+----+        */
  it('takes all four cells along', () => {
    act(moveVertex(session, { vertex: nodeAt(1, 1), to: at(1.2, 0.8) }))
    expect([1000, 1001, 1004, 1005].map(areaM2).reduce((a, b) => a + b)).toBe(6400)
    expect(areaM2(1000)).toBe(1600)
    expect(areaM2(1005)).toBe(1600)
    expect(areaM2(1001)).toBe(1280)
    expect(areaM2(1004)).toBe(1920)
  })

  /*     o is pulled over the far side of a cell: the cell would turn inside out      */
  it('is refused where borders would cross', () => {
    const refused = moveVertex(session, { vertex: nodeAt(1, 1), to: at(2.4, 1.6) })
    expect(refused).toMatchObject({ ok: false })
    expect(['border_crosses', 'cell_inside_out']).toContain(refused.ok || refused.code)
    expect(moveVertex(session, { vertex: nodeAt(1, 1), to: at(2, 1) })).toMatchObject({ ok: false })
  })

  it('does not move on an official line, nor between communities', () => {
    for (const [x, y] of [[0, 0], [2, 0], [4, 1]]) {
      expect(moveVertex(session, { vertex: nodeAt(x, y), to: at(x + 0.1, y + 0.1) })).toMatchObject({ ok: false, code: 'official_boundary' })
    }
  })

  /*     the border is drawn through the house of 1000, [ ]      */
  it('does not draw a border through a house, and names it', () => {
    expect(moveVertex(session, { vertex: nodeAt(1, 1), to: at(0.5, 0.5) })).toMatchObject({ ok: false, code: 'cuts_building', details: { buildingId: 9000 } })
  })

  it('of a locked grid stays', () => {
    act(lockGrid(session, { gridIds: [gridId(0)], locked: true }))
    expect(moveVertex(session, { vertex: nodeAt(1, 1), to: at(1.1, 1) })).toMatchObject({ ok: false, code: 'grid_locked' })
    expect(moveVertex(session, { vertex: nodeAt(3, 1), to: at(3.1, 1) })).toMatchObject({ ok: true })
  })

  /*     +----+    →   +--.-+    →   +----+      */
  it('is added and taken out again, and nothing remains', () => {
    const before = landBytes(session)
    const arcId = arcBetween(1000, 1001)
    act(insertVertex(session, { arcId, segment: 0, at: at(1.1, 0.5) }))
    expect(pointsOf(arcId)).toHaveLength(6)
    act(moveVertex(session, { vertex: { kind: 'point', arcId, point: 1 }, to: at(0.9, 0.5) }))
    expect(areaM2(1001)).toBe(1680)
    act(removeVertex(session, { vertex: { kind: 'point', arcId, point: 1 } }))
    expect(landBytes(session)).toBe(before)
  })

  it('where more than two borders meet is not taken out', () => {
    expect(removeVertex(session, { vertex: nodeAt(1, 1) })).toMatchObject({ ok: false, code: 'vertex_is_junction' })
    expect(removeVertex(session, { vertex: { kind: 'node', nodeId: 424242 } })).toMatchObject({ ok: false, code: 'vertex_unknown' })
  })

  /*     1000 and 1001 are one: of the four borders that met at (1, 1) three are left, and at (1, 0) two that are official     */
  it('where two borders meet is dissolved', () => {
    act(mergeCells(session, { cells: [cell(1000), cell(1001)] }))
    act(mergeCells(session, { cells: [cell(1004), cell(1005)] }))
    const arcs = () => session.context.land.arcIds.filter((id) => id !== 0).length
    const before = arcs()
    act(removeVertex(session, { vertex: nodeAt(1, 1) }))
    expect(arcs()).toBe(before - 1)
    expect(areaM2(1000)).toBe(3200)
  })
})

describe('a line', () => {
  /*     +----------+        +----------+
   *     |   [ ]    |        |   [ ]    |
   *   --------------   →    +----------+   the part with the house keeps the id
   *     |          |        |   new    |
   *     +----------+        +----------+      */
  it('cuts a cell in two; both stay in its grid', () => {
    const delta = act(cutCells(session, { line: [at(0.9, 0.2), at(2.1, 0.2)], cells: [cell(1001)] }))
    const [part] = newCells(delta)
    expect(newCells(delta)).toHaveLength(1)
    expect([areaM2(1001), areaM2(part)]).toEqual([1280, 320])
    expect(gridOf(part)).toBe(gridOf(1001))
    expect(session.context.cellStats.buildings[cell(1001)]).toBe(1)
    expect(session.findings().filter(({ code }) => code === 'cell_without_grid')).toEqual([])
  })

  it('cuts every cell it crosses, from official line to official line', () => {
    const delta = act(cutCells(session, { line: [at(-0.5, 1.25), at(4.5, 1.25)] }))
    expect(newCells(delta)).toHaveLength(4)
    expect([1004, 1005, 1006, 1007].map(areaM2)).toEqual([1200, 1200, 1200, 1200])
  })

  it('of several points ends on corners that it comes near to', () => {
    const delta = act(cutCells(session, { line: [at(0.99, 0.99), at(1.3, 1.6), at(2.01, 2.005)] }))
    expect(newCells(delta)).toHaveLength(1)
    expect(areaM2(1005) + areaM2(newCells(delta)[0])).toBe(1600)
  })

  it('that begins and ends on a border but for the rounding to the lattice cuts', () => {
    const ends = [at(1, 0.25), at(2, 0.2)]
    const line = [{ x: ends[0].x + 1, y: ends[0].y + 1 }, { x: ends[1].x - 2, y: ends[1].y }]
    const delta = act(cutCells(session, { line }))
    expect(newCells(delta)).toHaveLength(1)
    expect(areaM2(1001) + areaM2(newCells(delta)[0])).toBe(1600)
  })

  it('does not cut a house, and names it', () => {
    expect(cutCells(session, { line: [at(-0.1, 0.5), at(1.1, 0.5)] })).toMatchObject({ ok: false, code: 'cuts_building', details: { buildingId: 9000 } })
  })

  it('that leads nowhere, or over itself, cuts nothing', () => {
    expect(cutCells(session, { line: [at(0.2, 0.2), at(0.8, 0.2)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    expect(cutCells(session, { line: [at(0.2, 0.2)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    expect(cutCells(session, { line: [at(-1, 0), at(1, 0)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    expect(cutCells(session, { line: [at(-0.1, 0.1), at(0.9, 0.1), at(0.9, 0.9), at(0.5, -0.1)] })).toMatchObject({ ok: false, code: 'line_crosses_itself' })
  })

  /*     a few square centimetres would be cut off at the corner      */
  it('cuts off no splinters, but goes through the corner beside', () => {
    expect(cutCells(session, { line: [at(0, 0.02), at(0.02, 0)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    const delta = act(cutCells(session, { line: [at(0.9, 1.02), at(2.1, 0.7)] }))
    expect(newCells(delta).map(areaM2).every((area) => area >= 1)).toBe(true)
  })

  it('is undone to the byte', () => {
    const before = planBytes(session.document) + landBytes(session)
    act(cutCells(session, { line: [at(-0.5, 1.25), at(8.5, 1.3)] }))
    session.undo()
    expect(planBytes(session.document) + landBytes(session)).toBe(before)
  })
})

describe('cells', () => {
  it('become one that keeps the id and the grid of the first, with all houses', () => {
    const households = [1001, 1002].map((id) => session.context.cellStats.households[cell(id)]).reduce((a, b) => a + b)
    act(mergeCells(session, { cells: [cell(1002), cell(1001)] }))
    expect(areaM2(1002)).toBe(3200)
    expect(session.context.cellIndex.get(1001)).toBeUndefined()
    expect(session.context.cellStats.households[cell(1002)]).toBe(households)
    expect(gridOf(1002)).toBe('002')
  })

  /*     a ring of eight around 1005 … here 1000–1002, 1004, 1006, 1008–1010: the cell has a hole, and is cut through twice
   *     +----------+      +----------+
   *     |  +----+  |  →   |--+----+--|
   *     |  +----+  |      |  +----+  |
   *     +----------+      +----------+      */
  it('may close around another, and be cut on both sides of it, but not on one', () => {
    act(mergeCells(session, { cells: [1000, 1001, 1002, 1004, 1006, 1008, 1009, 1010].map(cell) }))
    expect(areaM2(1000)).toBe(8 * 1600)
    expect(cutCells(session, { line: [at(-0.1, 1.2), at(1.2, 1.2)], cells: [cell(1000)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    const delta = act(cutCells(session, { line: [at(-0.1, 1.2), at(3.1, 1.2)], cells: [cell(1000)] }))
    expect(newCells(delta)).toHaveLength(1)
    expect(areaM2(1000) + areaM2(newCells(delta)[0])).toBe(8 * 1600)
    expect(areaM2(1005)).toBe(1600)
  })

  it('that touch in a corner only, or lie in two communities, stay apart', () => {
    expect(mergeCells(session, { cells: [cell(1000), cell(1005)] })).toMatchObject({ ok: false, code: 'not_neighbours' })
    expect(mergeCells(session, { cells: [cell(1003), cell(1012)] })).toMatchObject({ ok: false, code: 'other_community' })
    expect(mergeCells(session, { cells: [cell(1003)] })).toMatchObject({ ok: false, code: 'nothing_to_do' })
    expect(mergeCells(session, { cells: [cell(1003), 99] })).toMatchObject({ ok: false, code: 'cell_unknown' })
  })

  it('take their links along when they go', () => {
    session.apply({ cells: [], grids: [], links: [{ cells: [1001, 1002], before: null, after: 'wall' }] }, NOTE)
    expect(session.document.links).toHaveLength(1)
    const delta = act(mergeCells(session, { cells: [cell(1000), cell(1001)] }))
    expect(delta.links).toEqual([{ cells: [1001, 1002], before: 'wall', after: null }])
    expect(session.document.links).toEqual([])
    session.undo()
    expect(session.document.links).toEqual([{ cells: [1001, 1002], kind: 'wall' }])
  })
})

describe('a grid', () => {
  it('becomes one with others of its community', () => {
    act(mergeGrids(session, { gridIds: [gridId(1), gridId(0)] }))
    expect(session.document.grids[0]).toBeNull()
    expect(gridOf(1000)).toBe('002')
    expect(mergeGrids(session, { gridIds: [gridId(1), gridId(2)] })).toMatchObject({ ok: false, code: 'other_community' })
  })

  /*     +----+----+       +----+----+
   *     |    |    |       |    |    |
   *     +----+----+       +----+----+
   *   ---------------  →  +=========+   cut, and the smaller side is a grid of its own
   *     +----+----+       +----+----+      */
  it('is parted by a line that cuts its cells', () => {
    const delta = act(splitGridByLine(session, { gridId: gridId(0), line: [at(-0.1, 1.2), at(2.1, 1.2)] }))
    const [record] = delta.grids.map(({ after }) => after!)
    expect(record).toMatchObject({ code: '370116001001003', name: '003', kind: 'basic' })
    expect(newCells(delta)).toHaveLength(2)
    const slot = session.index.slotOf(record.id)
    expect([0, slot].map((each) => session.figures(each).pieces)).toEqual([1, 1])
    expect(Math.round([0, slot].reduce((sum, each) => sum + session.figures(each).areaM2, 0))).toBe(6 * 1600)
    expect(session.figures(0).households).toBeGreaterThanOrEqual(session.figures(slot).households)
  })

  it('is parted along borders that are there without a cut', () => {
    const delta = act(splitGridByLine(session, { gridId: gridId(0), line: [at(0, 1), at(1, 1), at(2, 1)] }))
    expect(delta.land).toBeUndefined()
    expect(delta.cells).toHaveLength(2)
  })

  it('is not parted by a line that ends within it, nor where it is locked', () => {
    expect(splitGridByLine(session, { gridId: gridId(0), line: [at(-0.1, 1.2), at(1.2, 1.2)] })).toMatchObject({ ok: false, code: 'line_divides_nothing' })
    act(lockGrid(session, { gridIds: [gridId(0)], locked: true }))
    expect(splitGridByLine(session, { gridId: gridId(0), line: [at(-0.1, 1.2), at(2.1, 1.2)] })).toMatchObject({ ok: false, code: 'grid_locked' })
  })

  it('is parted evenly into parts that hang together', () => {
    const delta = act(splitGridEvenly(session, { gridId: gridId(2), parts: 3 }))
    expect(delta.grids).toHaveLength(2)
    const slots = [2, ...delta.grids.map(({ after }) => session.index.slotOf(after!.id))]
    expect(slots.map((slot) => session.figures(slot).pieces)).toEqual([1, 1, 1])
    expect(splitGridEvenly(session, { gridId: gridId(3), parts: 7 })).toMatchObject({ ok: false, code: 'parts_impossible' })
    expect(splitGridEvenly(session, { gridId: 'none', parts: 2 })).toMatchObject({ ok: false, code: 'grid_unknown' })
  })
})

describe('a border', () => {
  /*     |      |            |      |
   *     |[a]   |[b]    →    |  .---+      the house of 1000 goes along: the border runs around it
   *     |      |            |  `---+      */
  it('runs another way between its ends, and houses go along', () => {
    const path = [at(1, 0.1), at(0.2, 0.3), at(0.2, 0.7), at(1, 0.9)]
    const delta = act(traceBorder(session, { path }))
    expect(delta.land!.before.buildings).toEqual([{ id: 9000, cell: 1000 }])
    expect(delta.land!.after.buildings).toEqual([{ id: 9000, cell: 1001 }])
    expect(pointsOf(arcBetween(1000, 1001))).toHaveLength(12)
    expect(session.context.cellStats.buildings[cell(1001)]).toBe(2)
  })

  it('runs the same way whichever end the path begins at', () => {
    const path = [at(1, 0), at(0.8, 0.5), at(1, 1)]
    act(traceBorder(session, { path }))
    const there = pointsOf(arcBetween(1000, 1001))
    session.undo()
    act(traceBorder(session, { path: [...path].reverse() }))
    expect(pointsOf(arcBetween(1000, 1001))).toEqual(there)
  })

  /*     +----+----+         +----+----+
   *     |    I    |         |    I .--+        I is the border of grids 0 and 1: over three cells it runs through
   *     +----I----+    →    +----I-I--+        1002, 1006 and 1010, and what lies between goes to grid 0
   *     |    I    |         |    I `--+      */
  it('of grids runs another way over several cells', () => {
    const area = session.figures(0).areaM2
    const delta = act(traceBorder(session, { path: [at(2, 0.2), at(2.3, 0.3), at(2.3, 2.7), at(2, 2.8)] }))
    expect(newCells(delta)).toHaveLength(3)
    expect(newCells(delta).map(gridOf)).toEqual(['001', '001', '001'])
    expect(Math.round(session.figures(0).areaM2 - area)).toBe(Math.round(0.3 * 1600 * 2.5))
    expect(session.figures(0).pieces).toBe(1)
  })

  it('that is official stays, and one that is none is not found', () => {
    expect(traceBorder(session, { path: [at(4, 0.1), at(3.8, 0.5), at(4, 0.9)] })).toMatchObject({ ok: false, code: 'official_boundary' })
    expect(traceBorder(session, { path: [at(0.3, 0.3), at(0.6, 0.6)] })).toMatchObject({ ok: false, code: 'vertex_unknown' })
  })
})
