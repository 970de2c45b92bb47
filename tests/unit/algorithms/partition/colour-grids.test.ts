import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bisectUnits } from '@/algorithms/partition/bisect-units'
import { colourGrids, GRID_COLOURS, mendGridColours } from '@/algorithms/partition/colour-grids'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { CellAdjacency } from '@/core/land'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

const adjacencyOf = ({ start, neighbour, edgeCost }: ReturnType<typeof boardGraph>): CellAdjacency => ({ start, neighbour, borderM: edgeCost })

function clashes({ start, neighbour }: CellAdjacency, cellGrid: Int32Array, colours: Int32Array): number {
  let count = 0
  cellGrid.forEach((slot, cell) => {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = cellGrid[neighbour[k]]
      if (slot >= 0 && other >= 0 && slot !== other && colours[slot] === colours[other]) count++
    }
  })
  return count
}

describe('colours of grids', () => {
  it('differ between neighbours on any plane map, within six', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, k) => {
        const random = seededRandom(seed)
        const board = boardGraph(12, 10, () => 1 + random() * 9)
        const cellGrid = bisectUnits(board, k)
        for (let holes = 0; holes < 5; holes++) cellGrid[Math.floor(random() * 120)] = -1
        const adjacency = adjacencyOf(board)
        const colours = colourGrids(adjacency, cellGrid, k + 1)
        expect(clashes(adjacency, cellGrid, colours)).toBe(0)
        for (const [slot, colour] of colours.entries()) {
          expect(colour).toBeGreaterThanOrEqual(cellGrid.includes(slot) ? 0 : -1)
          expect(colour).toBeLessThan(GRID_COLOURS)
        }
        expect(colours[k]).toBe(-1)
      }),
      { numRuns: 60, seed: 4 },
    )
  })

  it('use all six on a large map', () => {
    const board = boardGraph(30, 30, () => 1)
    const cellGrid = Int32Array.from({ length: 900 }, (_, cell) => Math.floor((cell % 30) / 3) + 10 * Math.floor(cell / 90))
    expect(new Set(colourGrids(adjacencyOf(board), cellGrid, 100)).size).toBe(GRID_COLOURS)
  })

  it('stay through edits, but for grids that came to clash', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const board = boardGraph(16, 12, () => 1)
        const adjacency = adjacencyOf(board)
        const cellGrid = bisectUnits(board, 20)
        const colours = new Int32Array(22).fill(-1)
        colours.set(colourGrids(adjacency, cellGrid, 20))
        let possible = true
        for (let edit = 0; edit < 30 && possible; edit++) {
          const before = colours.slice()
          const cells = Array.from({ length: 3 }, () => Math.floor(random() * 192))
          const to = Math.floor(random() * 21) - 1
          for (const cell of cells) cellGrid[cell] = to
          const changed = mendGridColours(adjacency, cellGrid, colours, cells)
          expect(changed).toEqual([...colours.keys()].filter((slot) => colours[slot] !== before[slot]))
          // Cells thrown about make grids of many pieces, which no plane map has: six colours may come to be too few.
          possible = clashes(adjacency, cellGrid, colourGrids(adjacency, cellGrid, 22)) === 0
          if (possible) expect(clashes(adjacency, cellGrid, colours)).toBe(0)
        }
      }),
      { numRuns: 60, seed: 9 },
    )
  })

  it('change one grid only where two came to touch', () => {
    // Five grids in a row; 0 and 3 share a colour, then cell 2 goes to 3 and cell 1 to 0: 0 and 3 meet.
    const row = unitGraph([1, 1, 1, 1, 1], [[0, 1], [1, 2], [2, 3], [3, 4]])
    const adjacency = adjacencyOf(row)
    const colours = Int32Array.from([0, 1, 2, 0, 3])
    const changed = mendGridColours(adjacency, Int32Array.from([0, 0, 3, 3, 4]), colours, [1, 2])
    expect(changed.filter((slot) => slot === 0 || slot === 3)).toHaveLength(1)
    expect([colours[1], colours[2]]).toEqual([-1, -1])
    expect(colours[4]).toBe(3)
    expect(mendGridColours(adjacency, Int32Array.from([0, 0, 3, 3, 4]), colours, [1, 2])).toEqual([])
  })
})
