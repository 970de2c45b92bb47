import { describe, expect, it } from 'vitest'
import { nameImpossible, type AskedOfGround } from '@/algorithms/partition/name-impossible'
import { divisionGround } from '../../../helpers/division-grounds'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

/* The band is 20 … 60 with a target of 40; a member in each cell. */
const ASKED: AskedOfGround = { count: null, minMembers: 0, wholeCompounds: true, isRepair: false }
const row = (weights: readonly number[], grid: readonly number[] = weights.map(() => 0)) =>
  divisionGround(boardGraph(weights.length, 1, (unit) => weights[unit]), grid)
const tens = (count: number) => Array<number>(count).fill(10)

describe('settings that cannot be kept', () => {
  it('are none where all can', () => {
    expect(nameImpossible(row(tens(12)), { ...ASKED, minMembers: 4 })).toEqual([])
    expect(nameImpossible(row(tens(12), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]), { ...ASKED, isRepair: true })).toEqual([])
  })

  it('grids ask more members than there are: the most grids, the most members a grid', () => {
    expect(nameImpossible(row(tens(12)), { ...ASKED, count: 3, minMembers: 5 })).toEqual([
      { code: 'members_short', grids: 3, members: 12, mostGrids: 2, leastMembers: 4 },
    ])
  })

  it('too few or too many grids: the nearest number, or the limit', () => {
    expect(nameImpossible(row(tens(20)), { ...ASKED, count: 3 })).toEqual([{ code: 'count_too_low', grids: 3, households: 200, nearest: 4, upper: 67 }])
    expect(nameImpossible(row(tens(20)), { ...ASKED, count: 11 })).toEqual([{ code: 'count_too_high', grids: 11, households: 200, nearest: 10, lower: 18 }])
  })

  it('a band that no number of grids fits: either limit moved', () => {
    const ground = { ...row(tens(10)), limits: { lower: 55, upper: 90, target: 60 } }
    expect(nameImpossible(ground, ASKED)).toEqual([{ code: 'band_too_narrow', households: 100, lower: 50, upper: 100 }])
  })

  it('locked grids out of band: the limit that would hold them', () => {
    const ground = { ...row(tens(12), [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2]), fixed: Uint8Array.of(1, 1, 0) }
    expect(nameImpossible(ground, ASKED)).toEqual([
      { code: 'fixed_above', grid: 0, households: 80, limit: 80 },
      { code: 'fixed_below', grid: 1, households: 10, limit: 10 },
    ])
    // Dedicated grids have no band.
    expect(nameImpossible({ ...ground, counted: Uint8Array.of(0, 0, 1) }, ASKED)).toEqual([])
  })

  it('land without open neighbours', () => {
    const graph = unitGraph([30, 30, 30, 7, 5], [[0, 1], [1, 2], [3, 4]])
    expect(nameImpossible(divisionGround(graph, [0, 0, 0, 0, 0]), ASKED)).toEqual([{ code: 'land_apart', cells: [3, 4], households: 12, lower: 12 }])
  })

  it('a cell or a compound above the limit', () => {
    expect(nameImpossible(row([30, 75, 30]), ASKED)).toEqual([{ code: 'cell_above', cell: 1, households: 75, upper: 75 }])
    const ground = { ...row([30, 35, 40, 30]), compound: Int32Array.of(-1, 4, 4, -1) }
    expect(nameImpossible(ground, ASKED)).toEqual([{ code: 'compound_above', compound: 4, households: 75, upper: 75 }])
    expect(nameImpossible(ground, { ...ASKED, wholeCompounds: false })).toEqual([])
  })

  it('a community with less than a grid asks', () => {
    expect(nameImpossible(row([5, 6, 7]), ASKED)).toEqual([{ code: 'community_below', households: 18, lower: 18 }])
  })

  it('no way over borders: the least widening of the band with which the flow exists', () => {
    // The middle grid is shut: 90 on one side cannot reach 30 on the other.
    const ground = { ...row([30, 30, 30, 40, 30], [0, 0, 0, 1, 2]), fixed: Uint8Array.of(0, 1, 0) }
    const asked = { ...ASKED, isRepair: true }
    const [found] = nameImpossible(ground, asked)
    expect(found).toEqual({ code: 'no_way', lower: 0, upper: 90 })
    expect(nameImpossible({ ...ground, limits: { lower: 0, upper: 90, target: 40 } }, asked)).toEqual([])
    expect(nameImpossible({ ...ground, limits: { lower: 0, upper: 89, target: 40 } }, asked)).not.toEqual([])
  })
})
