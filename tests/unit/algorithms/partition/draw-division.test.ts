import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AIMS, type DivisionGround } from '@/algorithms/partition/division-ground'
import { drawDivision } from '@/algorithms/partition/draw-division'
import { matchParts } from '@/algorithms/partition/match-parts'
import { measureDivision } from '@/algorithms/partition/measure-division'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { divisionGround, WISHES } from '../../../helpers/division-grounds'
import { boardGraph } from '../../../helpers/unit-graphs'

const DRAW = { ...WISHES, count: null, only: null }

/** A board of 8 × 6 in columns of two, with a street between the second row and the third. */
function boardGround(seed: number): DivisionGround {
  const random = seededRandom(seed)
  const graph = boardGraph(8, 6, () => 2 + Math.floor(random() * 6))
  const edgeCost = graph.edgeCost.map(() => 100)
  const rowOf = (unit: number) => Math.floor(unit / 8)
  const street = new Float64Array(graph.neighbour.length)
  for (let unit = 0; unit < 48; unit++) {
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (Math.min(rowOf(unit), rowOf(graph.neighbour[k])) === 1 && rowOf(unit) !== rowOf(graph.neighbour[k])) street[k] = 100
    }
  }
  return divisionGround({ ...graph, edgeCost }, Array.from({ length: 48 }, (_, unit) => Math.floor((unit % 8) / 2)), {
    savedM: street.map((metres) => 0.7 * metres),
    streetM: street,
    members: Float64Array.from({ length: 48 }, () => (random() < 0.3 ? 3 : 0)),
  })
}

describe('a community drawn anew', () => {
  it('is in band and in one piece each, by every aim, and each aim is best at its own', () => {
    const sums = new Map(AIMS.map((aim) => [aim, { deviation: 0, borderM: 0, street: 0, moved: 0 }]))
    for (let seed = 1; seed <= 3; seed++) {
      const ground = { ...boardGround(seed), limits: { lower: 30, upper: 80, target: 54 } }
      for (const aim of AIMS) {
        const figures = measureDivision(ground, drawDivision(ground, { ...DRAW, aim, seed, count: 4 }), 0)
        expect(figures).toMatchObject({ inBand: figures.grids, inPieces: 0 })
        const sum = sums.get(aim)!
        sum.deviation += figures.deviation / figures.grids
        sum.borderM += figures.borderM
        sum.street += figures.streetM / figures.borderM
        sum.moved += figures.householdsMoved
      }
    }
    const best = (key: 'deviation' | 'borderM' | 'street' | 'moved', sign: 1 | -1) =>
      [...sums].sort((a, b) => sign * (a[1][key] - b[1][key]))[0][0]
    expect(best('deviation', 1)).toBe('balanced')
    expect(best('borderM', 1)).toBe('compact')
    expect(best('street', -1)).toBe('streets')
    expect(best('moved', 1)).toBe('kept')
  })

  it('has as many grids as asked, leaves fixed ones alone and keeps what fits whole, whatever the land', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 6 }), (seed, count) => {
        const ground = { ...boardGround(seed), fixed: Uint8Array.of(1, 0, 0, 0), compound: Int32Array.from({ length: 48 }, (_, unit) => unit >> 2) }
        const grid = drawDivision(ground, { ...DRAW, aim: 'compact', count, wholeCompounds: true, seed })
        grid.forEach((number, cell) => expect(number === 0).toBe(ground.grid[cell] === 0))
        expect(new Set(grid).size - 1).toBe(Math.min(count, 48))
        const figures = measureDivision(ground, grid, 0)
        expect(figures.inPieces).toBe(0)
        // Compounds that the fixed grid cuts are cut already.
        const before = new Map<number, Set<boolean>>()
        ground.compound.forEach((own, cell) => before.set(own, (before.get(own) ?? new Set()).add(ground.grid[cell] === 0)))
        expect(figures.compoundsSplit).toBe([...before.values()].filter((sides) => sides.size > 1).length)
      }),
      { numRuns: 25, seed: 3 },
    )
  })

  it('makes members even where that is asked', () => {
    const few = { even: 0, plain: 0 }
    for (let seed = 1; seed <= 3; seed++) {
      const ground = boardGround(seed)
      few.plain += measureDivision(ground, drawDivision(ground, { ...DRAW, aim: 'compact', seed }), 9).membersFew
      few.even += measureDivision(ground, drawDivision(ground, { ...DRAW, aim: 'members', minMembers: 9, seed }), 9).membersFew
    }
    expect(few.even).toBeLessThan(few.plain)
  })

  it('draws only some grids anew, and never makes them worse by the aim', () => {
    const ground = boardGround(4)
    const grid = drawDivision(ground, { ...DRAW, aim: 'compact', only: [1, 2] })
    grid.forEach((number, cell) => ![1, 2].includes(ground.grid[cell]) && expect(number).toBe(ground.grid[cell]))
    expect(new Set(grid).size).toBe(4)
    expect(measureDivision(ground, grid, 0).borderM).toBeLessThanOrEqual(measureDivision(ground, ground.grid, 0).borderM)
  })

  it('goes over land in two parts without joining them', () => {
    // Ten cells, no border between the fifth and the sixth.
    const board = boardGraph(10, 1, () => 10)
    const keep = [...board.neighbour.keys()].filter((k) => !((k === 8 && board.neighbour[k] === 5) || (k === 9 && board.neighbour[k] === 4)))
    const graph = { ...board, start: board.start.map((at, unit) => at - (unit > 4 ? 1 : 0) - (unit > 5 ? 1 : 0)), neighbour: board.neighbour.filter((_, k) => keep.includes(k)), edgeCost: board.edgeCost.filter((_, k) => keep.includes(k)) }
    const grid = drawDivision(divisionGround(graph, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), { ...DRAW, aim: 'balanced' })
    expect(new Set(grid.slice(0, 5)).size + new Set(grid.slice(5)).size).toBe(new Set(grid).size)
  })
})

describe('grids for new parts', () => {
  it('are those with most in common in sum, not greedily, and new ones where none is left', () => {
    // Part 0 shares 5 with grid 0 and 4 with grid 1; part 1 shares 4 with grid 0 only: 4 + 4 is more than 5.
    const label = Int32Array.of(0, 0, 1, 2)
    const grid = Int32Array.of(0, 1, 0, -1)
    const weight = Float64Array.of(5, 4, 4, 9)
    expect([...matchParts(label, 3, grid, [0, 1], weight, 2)]).toEqual([1, 0, 2])
    expect([...matchParts(label, 3, grid, [0, 1, 5], weight, 6)]).toEqual([1, 0, 5])
  })
})
