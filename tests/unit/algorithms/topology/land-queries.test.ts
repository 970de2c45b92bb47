import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { checkLand } from '@/algorithms/topology/check-land'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { locatePoints } from '@/algorithms/topology/locate-points'
import { ringArea2 } from '@/core/rings'
import { pointInRings } from '@/algorithms/topology/ring-geometry'
import { SIDE, squareLand } from './square-land'

const labelGrid = fc.array(fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 7, maxLength: 7 }), { minLength: 7, maxLength: 7 })
  .map((grid) => {
    grid[3][3] = Math.max(grid[3][3], 0)
    // Dense numbers, so that every cell exists.
    const known = [...new Set(grid.flat().filter((v) => v >= 0))].sort()
    return grid.map((row) => row.map((v) => (v < 0 ? -1 : known.indexOf(v))))
  })

describe('outline of a grid', () => {
  /*   +---+---+---+
   *   | 0 | 0 | 0 |     cell 1 is a hole of cell 0,
   *   +---+---+---+     cell 2 lies outside it
   *   | 0 | 1 | 0 |
   *   +---+---+---+---+
   *   | 0 | 0 | 0 | 2 |
   *   +---+---+---+---+
   */
  const ringed = squareLand([[0, 0, 0, 2], [0, 1, 0, -1], [0, 0, 0, -1]])

  it('has the enclosed cell as a hole', () => {
    const { polygons, area2 } = deriveGridOutline(ringed, [0, 1, 1], 0)
    expect(polygons.length).toBe(1)
    expect(polygons[0].length).toBe(2)
    expect(area2).toBe(8 * SIDE * SIDE)
    expect(ringArea2(polygons[0][0])).toBe(18 * SIDE * SIDE)
    expect(ringArea2(polygons[0][1])).toBe(-2 * SIDE * SIDE)
  })

  it('fills the hole when the enclosed cell joins', () => {
    const { polygons } = deriveGridOutline(ringed, [0, 0, 1], 0, [0, 1])
    expect(polygons.map((p) => p.length)).toEqual([1])
  })

  /*   | 0 | 1 |    two squares that touch in a point:
   *   | 1 | 0 |    two polygons, never one ring through the point
   */
  it('splits rings at a repeated vertex', () => {
    const land = squareLand([[0, 1], [1, 0]])
    expect(deriveGridOutline(land, [0, 1], 0).polygons.map((p) => p.length)).toEqual([1, 1])
  })

  it('covers exactly its squares, in simple rings, whatever the cells', () => {
    fc.assert(fc.property(labelGrid, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 6, maxLength: 6 }), (grid, gridOf) => {
      const land = squareLand(grid)
      for (let g = 0; g < 3; g++) {
        const { polygons, area2 } = deriveGridOutline(land, gridOf, g)
        const squares = grid.flat().filter((c) => c >= 0 && gridOf[c] === g).length
        expect(area2).toBe(squares * SIDE * SIDE)
        for (const polygon of polygons) {
          expect(ringArea2(polygon[0])).toBeGreaterThan(0)
          for (const ring of polygon) {
            const seen = new Set<string>()
            for (let i = 0; i + 3 < ring.length; i += 2) seen.add(`${ring[i]},${ring[i + 1]}`)
            expect(seen.size).toBe(ring.length / 2 - 1)
            expect([ring[0], ring[1]]).toEqual([ring[ring.length - 2], ring[ring.length - 1]])
          }
        }
        grid.forEach((row, r) => row.forEach((cell, c) => {
          const inside = polygons.filter((p) => pointInRings(p, (c + 0.5) * SIDE, (r + 0.5) * SIDE)).length
          expect(inside).toBe(cell >= 0 && gridOf[cell] === g ? 1 : 0)
        }))
      }
    }), { numRuns: 150, verbose: true })
  })
})

describe('adjacency', () => {
  it('has the shared lengths of all pairs, both ways, and no neighbour by a point', () => {
    const land = squareLand([[0, 1], [2, 0]])
    const { start, neighbour, borderM } = buildCellAdjacency(land)
    const rows = [0, 1, 2].map((c) => [...neighbour.subarray(start[c], start[c + 1])])
    expect(rows).toEqual([[1, 2], [0], [0]])
    expect([...borderM]).toEqual([20, 20, 20, 20])
  })

  it('agrees with a count of square sides', () => {
    fc.assert(fc.property(labelGrid, (grid) => {
      const want = new Map<string, number>()
      grid.forEach((row, r) => row.forEach((cell, c) => {
        for (const other of [grid[r + 1]?.[c], row[c + 1]]) {
          if (other === undefined || other < 0 || cell < 0 || other === cell) continue
          for (const key of [`${cell},${other}`, `${other},${cell}`]) want.set(key, (want.get(key) ?? 0) + 10)
        }
      }))
      const got = new Map<string, number>()
      const { start, neighbour, borderM } = buildCellAdjacency(squareLand(grid))
      for (let c = 0; c + 1 < start.length; c++) {
        for (let k = start[c]; k < start[c + 1]; k++) got.set(`${c},${neighbour[k]}`, Math.round(borderM[k]))
      }
      expect(got).toEqual(want)
    }), { numRuns: 100, verbose: true })
  })
})

describe('point location', () => {
  it('finds the square of every point, on rows of nodes too', () => {
    fc.assert(fc.property(labelGrid, fc.array(fc.tuple(fc.integer({ min: -1, max: 15 }), fc.integer({ min: -1, max: 15 })), { minLength: 1 }), (grid, at) => {
      // Half squares: every other ordinate runs through nodes; half a step aside in x keeps points off the borders.
      const xy = at.flatMap(([x, y]) => [x * (SIDE / 2) + 0.5, y * (SIDE / 2)])
      const cells = locatePoints(squareLand(grid), xy)
      at.forEach(([x, y], i) => {
        const column = Math.floor(x / 2)
        const rows = y % 2 === 0 ? [y / 2, y / 2 - 1] : [Math.floor(y / 2)]
        expect(rows.map((r) => grid[r]?.[column] ?? -1)).toContain(cells[i])
      })
    }), { numRuns: 150, verbose: true })
  })

  it('says −1 for a land without arcs', () => {
    const land = squareLand([[0]])
    const empty = { ...land, arcXY: new Int32Array(0), arcStart: new Uint32Array(1), arcLeft: new Int32Array(0), arcRight: new Int32Array(0) }
    expect([...locatePoints(empty, [5, 5])]).toEqual([-1])
  })
})

describe('check of a land', () => {
  const sound = () => squareLand([[0, 1, 1], [0, 2, 2], [0, 2, 2]])

  it('passes a sound land', () => {
    const check = checkLand(sound())
    expect(check.problems).toEqual([])
    expect(check.cellsArea2).toBe(check.landArea2)
  })

  it('finds swapped sides, a moved point, a cell in pieces and a loose end', () => {
    const swapped = sound()
    const k = swapped.arcLeft.findIndex((cell, i) => cell >= 0 && swapped.arcRight[i] >= 0)
    const l = swapped.arcLeft[k]
    swapped.arcLeft[k] = swapped.arcRight[k]
    swapped.arcRight[k] = l
    expect(checkLand(swapped).problems.map((p) => p.code)).toContain('face_mixed')

    const moved = squareLand([[0, 1], [0, 1]])
    const long = moved.arcStart.findIndex((s, i) => moved.arcStart[i + 1] - s > 2)
    const p = moved.arcStart[long] + 1
    moved.arcXY[2 * p] += 5 * SIDE
    moved.arcXY[2 * p + 1] += SIDE
    expect(checkLand(moved).problems.map((q) => q.code)).toContain('crossing')

    expect(checkLand(squareLand([[0, 1, 0]])).problems.map((q) => q.code)).toContain('cell_in_pieces')

    const loose = sound()
    loose.nodeXY[0] += 1
    expect(checkLand(loose).problems.map((q) => q.code)).toContain('arc_ends')
  })
})
