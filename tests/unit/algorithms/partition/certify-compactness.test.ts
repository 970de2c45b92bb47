import loadHighs, { type Highs } from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { certifyCompactness } from '@/algorithms/partition/certify-compactness'
import { certifyDivision } from '@/algorithms/partition/certify-division'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import { bisectUnits } from '@/algorithms/partition/bisect-units'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { divisionGround } from '../../../helpers/division-grounds'
import { boardGraph } from '../../../helpers/unit-graphs'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Least sum of households × squared distance to a unit of the part, over all divisions in band with connected parts. */
function bruteForce(graph: UnitGraph, parts: number, lower: number, upper: number): number {
  const size = graph.weight.length
  const label = new Int32Array(size)
  let least = Infinity
  const place = (unit: number, used: number): void => {
    if (unit === size) {
      if (used !== parts) return
      const figures = measurePartition(graph, label, { lower, upper, target: upper })
      if (figures.inBand === parts && figures.inPieces === 0) least = Math.min(least, momentOf(graph, label, parts))
      return
    }
    for (let part = 0; part < Math.min(parts, used + 1); part++) {
      label[unit] = part
      place(unit + 1, Math.max(used, part + 1))
    }
  }
  place(0, 0)
  return least
}

function momentOf({ x, y, weight }: UnitGraph, label: Int32Array, parts: number): number {
  let sum = 0
  for (let part = 0; part < parts; part++) {
    const units = [...label.keys()].filter((unit) => label[unit] === part)
    sum += Math.min(...units.map((j) => units.reduce((all, i) => all + (weight[i] * ((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2)) / 1e4, 0)))
  }
  return sum
}

function scattered(columns: number, rows: number, seed: number): UnitGraph {
  const random = seededRandom(seed)
  const graph = boardGraph(columns, rows, () => 1 + Math.floor(random() * 9))
  return { ...graph, x: graph.x.map((x) => 60 * x + 30 * random()), y: graph.y.map((y) => 60 * y + 30 * random()) }
}

describe('the most compact division, proven', () => {
  it('is what trying all of them finds', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const graph = scattered(3, 3, seed)
      const mean = graph.weight.reduce((sum, weight) => sum + weight, 0) / 3
      const [lower, upper] = [Math.floor(mean * 0.8), Math.ceil(mean * 1.2)]
      const least = bruteForce(graph, 3, lower, upper)
      const label = bisectUnits(graph, 3)
      const found = certifyCompactness(highs, { graph, label, parts: 3, limits: { lower, upper, target: mean }, seconds: 20 })
      if (least === Infinity) {
        expect(found.status).toBe('infeasible')
        continue
      }
      expect(found.status).toBe('optimal')
      expect(found.bestMoment).toBeCloseTo(least, 6)
      expect(found.bound).toBeCloseTo(least, 6)
      expect(momentOf(graph, found.best, 3)).toBeCloseTo(least, 6)
      expect(measurePartition(graph, found.best, { lower, upper, target: mean })).toMatchObject({ inBand: 3, inPieces: 0 })
    }
  })

  it('cuts off parts that fall apart', () => {
    // A horseshoe: its ends lie side by side and touch only round the bend.
    const spots = [[0, 0], [0, 100], [0, 200], [100, 200], [110, 100], [110, 0]]
    const board = boardGraph(6, 1, () => 10)
    const graph = { ...board, x: Float64Array.from(spots, ([x]) => x / 3), y: Float64Array.from(spots, ([, y]) => y) }
    const limits = { lower: 20, upper: 20, target: 20 }
    const found = certifyCompactness(highs, { graph, label: Int32Array.of(0, 0, 1, 1, 2, 2), parts: 3, limits, seconds: 20 })
    expect(found).toMatchObject({ status: 'optimal' })
    expect([...found.best]).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('bounds the division asked about, and says what it cannot take', () => {
    const graph = scattered(5, 4, 3)
    const ground = divisionGround(graph, [...bisectUnits(graph, 3)], { limits: { lower: 20, upper: 60, target: 35 } })
    const wishes = { wholeCompounds: true, only: null, seconds: 20 }
    const found = certifyDivision(highs, ground, ground.grid, wishes)
    expect(found.status).toBe('optimal')
    expect(found.gapPct).toBeGreaterThan(0)
    const again = certifyDivision(highs, ground, found.better!, wishes)
    expect(again).toMatchObject({ status: 'optimal', better: null })
    expect(again.gapPct).toBeCloseTo(0, 6)
    const wide = scattered(11, 10, 3)
    expect(certifyDivision(highs, divisionGround(wide, [...bisectUnits(wide, 3)]), bisectUnits(wide, 3), wishes)).toMatchObject({ status: 'unfit', units: 110, grids: 3 })
  })
})
