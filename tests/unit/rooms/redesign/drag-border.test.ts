import { beforeEach, describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createPlanSession } from '@/core/create-plan-session'
import { LATTICE_M } from '@/core/land-frame'
import { lockGrid } from '@/core/operations/lock-grid'
import type { PlanSession } from '@/core/plan-session'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { makeGround } from '@/rooms/redesign/ground'
import { dragBorder, holdBorder, type BorderMove } from '@/rooms/redesign/operations/drag-border'
import { borderRun, findBorder, type BorderHit } from '@/rooms/redesign/operations/find-border'
import { cellIndexOf } from '@/rooms/redesign/operations/index-cells'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

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
const cells = cellIndexOf(scope.land)
const at = (x: number, y: number) => ({ x: x / LATTICE_M, y: y / LATTICE_M })
const REACH = 12 / LATTICE_M
let session: PlanSession

beforeEach(() => {
  session = createPlanSession({ context: ground.context, document: editionDocument(ground.context, scope.current) })
})

const find = (x: number, y: number) => findBorder(cells, session, at(x, y), REACH)
/** A drag of the border that is found at a place. */
function drag(from: [number, number], to: [number, number], halfWidth = 0): BorderMove {
  const hold = holdBorder(session, cells, find(...from) as BorderHit)
  return dragBorder(cells, scope.adjacency, hold, { to: at(...to), halfWidth: halfWidth / LATTICE_M, slack: 4 / LATTICE_M })
}
const move = (moved: number[], from: number, to: number) => {
  const idOf = (slot: number) => session.document.grids[slot]!.id
  session.apply({ cells: moved.map((cell) => ({ cell: scope.land.cellIds[cell], from: idOf(from), to: idOf(to) })), grids: [] }, { key: 'x' })
}

describe('finding a border', () => {
  it('snaps to the border between two grids, within reach only', () => {
    expect(find(193, 150)).toMatchObject({ at: at(200, 150), refusal: null })
    expect(new Set([find(193, 150)!.left, find(193, 150)!.right])).toEqual(new Set([0, 1]))
    expect(find(180, 150)).toBeNull()
    // The border of two cells of one grid is none.
    expect(find(100, 150)).toBeNull()
  })

  it('says why a border cannot be dragged, and prefers one that can', () => {
    expect(find(404, 150)!.refusal).toBe('border_community')
    expect(find(150, 3)!.refusal).toBe('border_land_edge')
    expect(find(203, 3)!.refusal).toBeNull()
    session.apply(lockedDelta(), { key: 'lock' })
    expect(find(203, 150)!.refusal).toBe('border_locked')
  })

  it('names all of the border that hangs together, and no other border of the same grids', () => {
    expect(borderRun(cells, session, find(200, 150)!)).toHaveLength(3)
    // Cell 9 goes over: the border of both grids runs around it in one.
    move([9], 0, 1)
    expect(borderRun(cells, session, find(100, 150)!)).toHaveLength(5)
  })
})

const lockedDelta = () => {
  const delta = lockGrid(session, { gridIds: [session.document.grids[1]!.id], locked: true })
  if (!delta.ok) throw new Error('expected a grid that can be locked')
  return delta.value
}

describe('dragging a border', () => {
  it('flips the cells that the pointer crosses, by the direction of movement', () => {
    expect(drag([200, 150], [250, 150])).toEqual({ giver: 1, taker: 0, cells: [10], held: null })
    expect(drag([200, 50], [350, 50])).toMatchObject({ giver: 1, cells: [2, 3] })
    expect(drag([200, 150], [150, 150])).toEqual({ giver: 0, taker: 1, cells: [9], held: null })
  })

  it('is nothing where the pointer came back', () => {
    expect(drag([200, 150], [202, 151]).cells).toEqual([])
  })

  it('pushes a front as broad as asked for', () => {
    expect(drag([200, 150], [260, 150], 110).cells).toEqual([2, 10, 18])
    // The front has not come to the label points of the row above and below yet.
    expect(drag([200, 150], [230, 150], 110).cells).toEqual([10])
  })

  it('takes no cell of a third grid, nor of another community', () => {
    expect(drag([200, 50], [450, 50]).cells).toEqual([2, 3])
    expect(drag([200, 50], [450, 50], 60).cells).toEqual([2, 3])
  })

  it('does not part the giver: what would be cut off stays, and says so', () => {
    // Grid 1 is left with the columns 3 and the cells 2, 18: taking 11 after 10 parts 3 from 19.
    move([2, 18], 1, 0)
    expect(drag([200, 150], [350, 150])).toEqual({ giver: 1, taker: 0, cells: [10], held: { code: 'would_part', count: 1 } })
  })

  it('leaves the giver its last cell', () => {
    move([2, 3, 10, 18, 19], 1, 0)
    expect(drag([300, 150], [350, 150])).toEqual({ giver: 1, taker: 0, cells: [], held: { code: 'would_empty', count: 1 } })
  })
})
