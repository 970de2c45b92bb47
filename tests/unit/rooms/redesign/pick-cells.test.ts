import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { indexCells } from '@/rooms/redesign/operations/index-cells'
import { cellAt, cellsInBox, cellsInLasso, cellsUnderBrush } from '@/rooms/redesign/operations/pick-cells'
import { fillCells } from '@/rooms/redesign/operations/fill-cells'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

const { context } = makeSyntheticLand({ seed: 5, communities: [2, 2], cells: [9, 7], grids: [3] })
const land = context.land
const index = indexCells(land)
const cellCount = land.cellIds.length

/** Corners of a cell in order, from its own arcs only: an independent way to its shape. */
function corners(cell: number): [number, number][] {
  const next = new Map<string, [number, number]>()
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const ends = [0, 1].map((end): [number, number] => {
      const p = land.arcStart[arc] + end
      return [land.arcXY[2 * p], land.arcXY[2 * p + 1]]
    })
    if (land.arcLeft[arc] === cell) next.set(ends[0].join(), ends[1])
    if (land.arcRight[arc] === cell) next.set(ends[1].join(), ends[0])
  }
  const first = [...next.values()][0]
  const ring = [first]
  for (let at = next.get(first.join())!; at.join() !== first.join(); at = next.get(at.join())!) ring.push(at)
  return ring
}

/** Quadrilaterals here are convex: inside is left of every side. */
const holds = (ring: [number, number][], x: number, y: number) =>
  ring.every(([ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
  })
const distance = (ring: [number, number][], x: number, y: number) =>
  Math.min(
    ...ring.map(([ax, ay], k) => {
      const [bx, by] = ring[(k + 1) % ring.length]
      const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)))
      return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
    }),
  )
const rings = Array.from({ length: cellCount }, (_, cell) => corners(cell))
const random = seededRandom(11)
const somewhere = () => ({ x: random() * 18 * 8000, y: random() * 14 * 8000 })

describe('picking cells', () => {
  it('finds the cell that holds a point, as testing every cell does', () => {
    for (let k = 0; k < 500; k++) {
      const at = somewhere()
      expect(cellAt(index, at)).toBe(rings.findIndex((ring) => holds(ring, at.x, at.y)))
    }
  })

  it('finds no cell outside the land', () => {
    expect(cellAt(index, { x: -5e6, y: 0 })).toBe(-1)
  })

  it('takes what a resting brush touches, as measuring every cell does', () => {
    for (let k = 0; k < 200; k++) {
      const at = somewhere()
      const radius = random() * 20000
      const expected = rings.flatMap((ring, cell) => (holds(ring, at.x, at.y) || distance(ring, at.x, at.y) <= radius ? [cell] : []))
      expect(cellsUnderBrush(index, at, at, radius)).toEqual(expected)
    }
  })

  it('leaves no hole in a quick stroke: it takes all that slow steps take', () => {
    for (let k = 0; k < 50; k++) {
      const [a, b] = [somewhere(), somewhere()]
      const whole = new Set([...cellsUnderBrush(index, a, a, 900), ...cellsUnderBrush(index, a, b, 900)])
      for (let step = 0; step <= 60; step++) {
        const at = { x: a.x + ((b.x - a.x) * step) / 60, y: a.y + ((b.y - a.y) * step) / 60 }
        for (const cell of cellsUnderBrush(index, at, at, 900)) expect(whole.has(cell)).toBe(true)
      }
    }
  })

  it('takes cells by their label point in a box, whichever corner comes first', () => {
    const [a, b] = [somewhere(), somewhere()]
    const expected = [...land.cellIds.keys()].filter((cell) => {
      const [x, y] = [land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1]]
      return x >= Math.min(a.x, b.x) && x <= Math.max(a.x, b.x) && y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y)
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(cellsInBox(index, a, b)).toEqual(expected)
    expect(cellsInBox(index, b, a)).toEqual(expected)
  })

  /*
   *   a lasso like a C leaves out what lies in its mouth:
   *   +--------+
   *   |  +-----+
   *   |  |  · not taken
   *   |  +-----+
   *   +--------+
   */
  it('takes what lies in a lasso, not what lies in its mouth', () => {
    const s = 8000
    const ring = [[0, 0], [6, 0], [6, 2], [2, 2], [2, 4], [6, 4], [6, 6], [0, 6]].map(([x, y]) => ({ x: x * s, y: y * s }))
    const taken = cellsInLasso(index, ring)
    const box = cellsInBox(index, { x: 0, y: 0 }, { x: 6 * s, y: 6 * s })
    const mouth = cellsInBox(index, { x: 2 * s, y: 2 * s }, { x: 6 * s, y: 4 * s })
    expect(taken).toEqual(box.filter((cell) => !mouth.includes(cell)))
    expect(mouth.length).toBeGreaterThan(4)
  })

  it('takes nothing with a lasso of two points', () => {
    expect(cellsInLasso(index, [{ x: 0, y: 0 }, { x: 90000, y: 90000 }])).toEqual([])
  })
})

describe('filling', () => {
  it('takes the connected piece and stops at another grid and at the border of the community', () => {
    const cellGrid = new Int32Array(cellCount).fill(-1)
    const filled = fillCells(0, cellGrid, land.cellCommunity, context.adjacency)
    expect(filled).toEqual([...land.cellIds.keys()].filter((cell) => land.cellCommunity[cell] === 0))
    // A wall of another grid across the community, five columns from the west.
    const column = (cell: number) => Math.round(land.cellLabelXY[2 * cell] / 8000 - 0.5)
    const west = filled.filter((cell) => column(cell) < 4)
    for (const cell of filled) if (column(cell) === 4) cellGrid[cell] = 0
    expect(west).toHaveLength(4 * 7)
    expect(fillCells(west[0], cellGrid, land.cellCommunity, context.adjacency)).toEqual(west)
  })
})
