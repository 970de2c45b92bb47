import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contractGroups } from '@/algorithms/partition/contract-groups'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import { weightCost, type PartLimits } from '@/algorithms/partition/partition-state'
import { partitionUnits } from '@/algorithms/partition/partition-units'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { boardGraph, readGridInstance, unitGraph } from '../../../helpers/unit-graphs'

const SHARED = '../shared/data/land/grids'

/** Cost that is minimised, borders of cost 1: prices of weights and the number of cut borders. */
function costOf(graph: UnitGraph, label: Int32Array, limits: PartLimits): number {
  const weight = new Map<number, number>()
  label.forEach((part, unit) => weight.set(part, (weight.get(part) ?? 0) + graph.weight[unit]))
  return [...weight.values()].reduce((sum, w) => sum + weightCost({ limits, deviation: 80 }, w), measurePartition(graph, label, limits).cutEdges)
}

/** Every division into k connected parts, each label numbered by its first unit. */
function everyPartition(graph: UnitGraph, k: number): Int32Array[] {
  const size = graph.weight.length
  const label = new Int32Array(size)
  const found: Int32Array[] = []
  const limits = { lower: 0, upper: Infinity, target: 1 }
  const extend = (unit: number, used: number) => {
    if (unit === size) {
      if (used === k && measurePartition(graph, label, limits).inPieces === 0) found.push(label.slice())
      return
    }
    for (let part = 0; part <= Math.min(used, k - 1); part++) {
      label[unit] = part
      extend(unit + 1, Math.max(used, part + 1))
    }
  }
  extend(0, 0)
  return found
}

describe('partitionUnits', () => {
  it('finds the best of all divisions of small boards nearly always, and never leaves the band needlessly', () => {
    let best = 0
    const cases = 20
    for (let seed = 0; seed < cases; seed++) {
      const random = seededRandom(seed)
      const k = 2 + (seed % 2)
      const graph = boardGraph(4, 3, () => 1 + Math.floor(random() * 9))
      const total = graph.weight.reduce((sum, weight) => sum + weight, 0)
      const limits = { lower: (0.8 * total) / k, upper: (1.2 * total) / k, target: total / k }
      const all = everyPartition(graph, k)
      const optimum = Math.min(...all.map((label) => costOf(graph, label, limits)))
      const mostInBand = Math.max(...all.map((label) => measurePartition(graph, label, limits).inBand))
      const label = partitionUnits(graph, k, limits, 1)
      expect(measurePartition(graph, label, limits)).toMatchObject({ parts: k, inPieces: 0 })
      if (mostInBand === k) expect(measurePartition(graph, label, limits).inBand).toBe(k)
      if (costOf(graph, label, limits) <= optimum + 1e-9) best++
    }
    expect(best).toBeGreaterThanOrEqual(cases * 0.95)
  })

  it('makes connected parts, as many as asked, the same for a seed, whatever the graph', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (seed, size, wanted) => {
        const random = seededRandom(seed)
        const weight = Array.from({ length: size }, () => Math.floor(random() * 40))
        const edges: [number, number][] = []
        const known = new Set<string>()
        const join = (a: number, b: number) => {
          if (a === b || known.has(`${Math.min(a, b)},${Math.max(a, b)}`)) return
          known.add(`${Math.min(a, b)},${Math.max(a, b)}`)
          edges.push([a, b])
        }
        for (let unit = 1; unit < size; unit++) join(unit, Math.floor(random() * unit))
        for (let extra = Math.floor(random() * size); extra > 0; extra--) {
          join(Math.floor(random() * size), Math.floor(random() * size))
        }
        const graph = unitGraph(weight, edges, weight.map(() => [random(), random()]))
        const k = Math.min(wanted, size)
        const limits = { lower: 30, upper: 90, target: 60 }
        const label = partitionUnits(graph, k, limits, seed)
        expect(new Set(label).size).toBe(k)
        expect(measurePartition(graph, label, limits)).toMatchObject({ parts: k, inPieces: 0 })
        expect(partitionUnits(graph, k, limits, seed)).toEqual(label)
      }),
      { numRuns: 80, seed: 8 },
    )
  })

  it('divides stars, paths and single units', () => {
    const limits = { lower: 1, upper: 3, target: 2 }
    const star = unitGraph([1, 1, 1, 1, 1], [[0, 1], [0, 2], [0, 3], [0, 4]])
    expect(measurePartition(star, partitionUnits(star, 3, limits, 1), limits)).toMatchObject({ parts: 3, inPieces: 0, inBand: 3 })
    const path = unitGraph([1, 1, 1, 1, 1, 1], [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]])
    expect([...partitionUnits(path, 3, limits, 1)]).toEqual([0, 0, 1, 1, 2, 2])
    expect([...partitionUnits(unitGraph([5], []), 1, limits, 1)]).toEqual([0])
  })

  // Households by column, four rows of each; the street runs between the second and the third column.
  //   55 55 | 10 40 40 40     along the street 110 and 130; one column further 120 and 120, but through four gardens
  it('follows cheap borders', () => {
    const board = boardGraph(6, 4, (unit) => [55, 55, 10, 40, 40, 40][unit % 6] / 4)
    const cheap = (unit: number, other: number) => Math.min(unit % 6, other % 6) === 1 && Math.max(unit % 6, other % 6) === 2
    const edgeCost = board.edgeCost.map((_, k) => {
      const unit = board.start.findIndex((first, u) => first <= k && k < board.start[u + 1])
      return cheap(unit, board.neighbour[k]) ? 0.1 : 1
    })
    const limits = { lower: 60, upper: 180, target: 120 }
    const label = partitionUnits({ ...board, edgeCost }, 2, limits, 1)
    expect(new Set([0, 1, 6, 7, 12, 13, 18, 19].map((unit) => label[unit])).size).toBe(1)
    expect(label[0]).not.toBe(label[2])
  })
})

describe('grids of real footprints', () => {
  const street = readGridInstance(SHARED, 'street-a')
  const district = readGridInstance(SHARED, 'district-a')
  const at = (instance: typeof street, title: string) => (instance ? title : `${title} (needs ${SHARED}, which is not here: nothing was tried)`)

  it(at(street, 'street: all 56 in band, none in pieces, mean deviation at most 5 %'), () => {
    if (!street) return
    const label = partitionUnits(street.graph, street.k, street.limits, 1)
    const figures = measurePartition(street.graph, label, street.limits)
    expect(figures).toMatchObject({ parts: 56, inBand: 56, inPieces: 0 })
    expect(figures.meanDeviationPct).toBeLessThanOrEqual(5)
  })

  it(at(district, 'district: compounds whole, all in band but the one with a unit above the limit'), () => {
    if (!district) return
    const { graph, unitOf } = contractGroups(district.graph, district.compound, district.limits.upper)
    const label = partitionUnits(graph, district.k, district.limits, 1)
    const units = Int32Array.from(unitOf, (unit) => label[unit])
    const figures = measurePartition(district.graph, units, district.limits, district.compound)
    expect(figures).toMatchObject({ parts: 625, inPieces: 0, splitGroups: 0 })
    expect(figures.inBand).toBeGreaterThanOrEqual(623)
  })
})
