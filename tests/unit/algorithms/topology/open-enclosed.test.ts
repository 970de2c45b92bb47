import { describe, expect, it } from 'vitest'
import { DEFAULT_LAND_OPTIONS } from '@/algorithms/topology/land-input'
import { BARRIERS } from '@/algorithms/topology/lot-graph'
import type { LotGraph } from '@/algorithms/topology/lot-graph'
import { openEnclosed } from '@/algorithms/topology/open-enclosed'

/*   o o o o o     25 lots of 10 × 10 m: cell x in the middle, cell r
 *   o r r r o     around it, cell o around both and at the edge
 *   o r x r o
 *   o r r r o
 *   o o o o o
 */
const SIDE = 5
const CELLS = ['ooooo', 'orrro', 'orxro', 'orrro', 'ooooo'].join('')

function lots(households: (lot: number) => number): LotGraph {
  const pairs: [number, number][] = []
  for (let lot = 0; lot < SIDE * SIDE; lot++) {
    if (lot % SIDE < SIDE - 1) pairs.push([lot, lot + 1])
    if (lot + SIDE < SIDE * SIDE) pairs.push([lot, lot + SIDE])
  }
  const count = SIDE * SIDE
  const rows = Array.from({ length: count }, (_, lot) => pairs.flatMap(([a, b], p) => (a === lot || b === lot ? [p] : [])))
  const borderM = new Float64Array(pairs.length * BARRIERS)
  pairs.forEach((_, p) => (borderM[p * BARRIERS] = 10))
  return {
    lotCount: count, areaM2: new Float64Array(count).fill(100), perimeterM: new Float64Array(count).fill(40),
    households: Float64Array.from({ length: count }, (_, lot) => households(lot)), block: new Int32Array(count),
    community: new Int32Array(count), water: new Uint8Array(count), pairA: Int32Array.from(pairs, ([a]) => a),
    pairB: Int32Array.from(pairs, ([, b]) => b), borderM, rowPair: Int32Array.from(rows.flat()),
    rowStart: Uint32Array.from([0, ...rows.map((_, lot) => rows.slice(0, lot + 1).flat().length)]),
  }
}

const groups = (): Int32Array => Int32Array.from(CELLS, (cell) => CELLS.indexOf(cell))
const shown = (group: Int32Array): string => [...group].map((g) => CELLS[g]).join('')

describe('openEnclosed', () => {
  it('takes the way out with the fewest households', () => {
    const group = groups()
    expect(openEnclosed(lots((lot) => (CELLS[lot] === 'x' ? 50 : lot === 11 ? 4 : 7)), group, DEFAULT_LAND_OPTIONS)).toBe(1)
    expect(shown(group)).toBe(['ooooo', 'orrro', 'oxxro', 'orrro', 'ooooo'].join(''))
  })

  it('leaves a cell enclosed rather than make it too large', () => {
    const group = groups()
    expect(openEnclosed(lots((lot) => (CELLS[lot] === 'x' ? 55 : 7)), group, DEFAULT_LAND_OPTIONS)).toBe(0)
    expect(shown(group)).toBe(CELLS)
  })

  it('never takes lots of another community', () => {
    const graph = lots((lot) => (CELLS[lot] === 'x' ? 50 : 1))
    const foreign = groups()
    expect(openEnclosed({ ...graph, community: Int32Array.from(CELLS, (cell) => (cell === 'r' ? 1 : 0)) }, foreign, DEFAULT_LAND_OPTIONS)).toBe(0)
  })
})
