import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCells, sumByCell, tableCells } from '@/algorithms/density/cell-table'
import { cellAt, cellCentre, cellCorners, type Lattice } from '@/algorithms/density/lattice'
import { neighboursWithin } from '@/algorithms/density/neighbours'

const LATTICES: Lattice[] = [
  { shape: 'square', sideM: 30, anchorXM: 7, anchorYM: -3 },
  { shape: 'hexagon', sideM: 30, anchorXM: 7, anchorYM: -3 },
]
const metres = fc.double({ min: -2000, max: 2000, noNaN: true })

describe.each(LATTICES)('a lattice of $shape cells', (lattice) => {
  it('puts a point into the cell whose centre is nearest', () => {
    fc.assert(fc.property(metres, metres, (x, y) => {
      const [column, row] = cellAt(lattice, x, y)
      const awayM = (c: number, r: number) => {
        const [cx, cy] = cellCentre(lattice, c, r)
        return lattice.shape === 'square' ? Math.max(Math.abs(cx - x), Math.abs(cy - y)) : Math.hypot(cx - x, cy - y)
      }
      for (let c = column - 2; c <= column + 2; c++) {
        for (let r = row - 2; r <= row + 2; r++) expect(awayM(c, r)).toBeGreaterThanOrEqual(awayM(column, row) - 1e-9)
      }
    }), { seed: 1 })
  })

  it('has corners around the area of a cell of its side', () => {
    const corners = cellCorners(lattice, -3, 5)
    let twice = 0
    for (let k = 0; k < corners.length; k += 2) {
      const next = (k + 2) % corners.length
      twice += corners[k] * corners[next + 1] - corners[next] * corners[k + 1]
    }
    expect(twice / 2).toBeCloseTo(lattice.shape === 'square' ? 900 : 1350 * Math.sqrt(3), 6)
  })

  it('has the cells around a cell within reach, inclusive', () => {
    const all = Array.from({ length: 49 }, (_, k) => cellCentre(lattice, (k % 7) - 3, Math.floor(k / 7) - 3))
    const { table } = tableCells(lattice, [Float64Array.from(all.flat())])
    const reachM = lattice.shape === 'square' ? 30 * Math.SQRT2 : 30 * Math.sqrt(3)
    const near = neighboursWithin(table.centreXYM, reachM)
    const middle = table.row.findIndex((row, k) => row === 0 && table.column[k] === 0)
    expect(near.start[middle + 1] - near.start[middle]).toBe(lattice.shape === 'square' ? 8 : 6)
  })
})

it('a table has its cells by row and column whatever the order of points, and counts every point once', () => {
  const lattice = LATTICES[1]
  const xyM = Float64Array.of(400, 10, -90, 80, 401, 11, 7, -3, 8, -2)
  const { table, cellOf: [cellOf] } = tableCells(lattice, [xyM])
  const turned = tableCells(lattice, [Float64Array.of(7, -3, 400, 10), Float64Array.of(-90, 80)])
  expect(turned.table).toEqual(table)
  expect([...sumByCell(3, cellOf)].sort()).toEqual([1, 2, 2])
  expect(findCells(table, xyM)).toEqual(cellOf)
  expect([...findCells(table, Float64Array.of(9000, 9000))]).toEqual([-1])
  expect(() => tableCells(lattice, [Float64Array.of(NaN, 1)])).toThrow('finite metres')
})
