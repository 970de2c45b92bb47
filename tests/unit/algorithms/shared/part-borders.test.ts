import { describe, expect, it } from 'vitest'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import { growParts } from '@/algorithms/shared/grow-parts'
import { PartBorders } from '@/algorithms/shared/part-borders'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

describe('PartBorders', () => {
  it('knows after every move which borders lie between parts', () => {
    const graph = boardGraph(5, 4, () => 1)
    const random = seededRandom(1)
    const label = Int32Array.from({ length: 20 }, () => Math.floor(random() * 3))
    const borders = new PartBorders(graph.start, graph.neighbour, label)
    for (let step = 0; step < 200; step++) {
      const expected: number[] = []
      for (let unit = 0; unit < 20; unit++) {
        for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) if (label[unit] !== label[graph.neighbour[k]]) expected.push(k)
      }
      expect([...borders.arcs.subarray(0, borders.count)].sort((a, b) => a - b)).toEqual(expected)
      const unit = Math.floor(random() * 20)
      const part = Math.floor(random() * 3)
      const neighbours = [...graph.neighbour.subarray(graph.start[unit], graph.start[unit + 1])]
      expect(borders.touches(unit, part)).toBe(neighbours.some((other) => label[other] === part))
      borders.move(unit, part)
    }
  })

  it('refuses a border that is there from one side only', () => {
    expect(() => new PartBorders(new Uint32Array([0, 0, 1]), Int32Array.from([0]), new Int32Array(2))).toThrow('got one from 1 to 0 only')
  })
})

describe('growParts', () => {
  it('draws whole parts of roughly even weight, others for another seed', () => {
    const graph = boardGraph(12, 12, (unit) => 1 + (unit % 5))
    const seen = new Set<string>()
    for (let seed = 1; seed <= 8; seed++) {
      const label = growParts(graph, graph.weight, 6, seededRandom(seed))
      const figures = measurePartition(graph, label, { lower: 0, upper: Infinity, target: 72 })
      expect(figures).toMatchObject({ parts: 6, inPieces: 0 })
      expect(figures.meanDeviationPct).toBeLessThan(40)
      expect(growParts(graph, graph.weight, 6, seededRandom(seed))).toEqual(label)
      seen.add(label.join())
    }
    expect(seen.size).toBe(8)
  })

  it('refuses units that do not hang together', () => {
    const graph = unitGraph([1, 1, 1], [[0, 1]])
    expect(() => growParts(graph, graph.weight, 1, seededRandom(1))).toThrow('expected to hang together')
  })
})
