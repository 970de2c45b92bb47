import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimizeCuts, type CutTask } from '@/algorithms/districting/minimize-cuts'
import { recombinePlans } from '@/algorithms/districting/recombine-plans'
import { redrawZone } from '@/algorithms/districting/redraw-zone'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { growParts } from '@/algorithms/shared/grow-parts'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { readAdjacencyGraph, readTable } from '../../../helpers/published-instances'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

const SHARED = '../shared/data/land/graphs'

const bandsOf = (parts: number, lower: number, upper: number) => ({
  lower: new Float64Array(parts).fill(lower),
  upper: new Float64Array(parts).fill(upper),
})

/** A board of uneven weights, and a band about the mean of its parts. */
function boardTask(columns: number, rows: number, parts: number, slack: number, seed: number): CutTask {
  const random = seededRandom(seed)
  const graph = boardGraph(columns, rows, () => 1 + Math.floor(random() * 9))
  const mean = graph.weight.reduce((sum, weight) => sum + weight, 0) / parts
  return { graph, bands: bandsOf(parts, mean * (1 - slack), mean * (1 + slack)), seed, rounds: 2, stepsAUnit: 400 }
}

/** Independent of the solver: borders cut if every part hangs together and lies in the band, else Infinity. */
function judge({ graph, bands }: CutTask, label: Int32Array): number {
  const limits = { lower: bands.lower[0], upper: bands.upper[0], target: 1 }
  const figures = measurePartition(graph, label, limits)
  return figures.inPieces === 0 && figures.inBand === bands.lower.length ? figures.cutCost : Infinity
}

function fewestOfAll(task: CutTask): number {
  const size = task.graph.weight.length
  const parts = task.bands.lower.length
  const label = new Int32Array(size)
  let fewest = Infinity
  const extend = (unit: number, used: number) => {
    if (unit === size) {
      if (used === parts) fewest = Math.min(fewest, judge(task, label))
      return
    }
    for (let part = 0; part <= Math.min(used, parts - 1); part++) {
      label[unit] = part
      extend(unit + 1, Math.max(used, part + 1))
    }
  }
  extend(0, 0)
  return fewest
}

describe('minimizeCuts', () => {
  it.each([
    [4, 3, 2, 0.02],
    [4, 3, 2, 0.1],
    [3, 3, 3, 0.15],
    [5, 2, 3, 0.1],
  ])('cuts as few borders as the best of all divisions of a board %i × %i into %i parts within %f', (columns, rows, parts, slack) => {
    let solvable = 0
    for (let seed = 1; seed <= 6; seed++) {
      const task = boardTask(columns, rows, parts, slack, seed)
      const fewest = fewestOfAll(task)
      const plan = minimizeCuts(task)
      expect(judge(task, plan.label)).toBe(fewest)
      expect(plan.breach > 0).toBe(fewest === Infinity)
      if (fewest < Infinity) solvable++
    }
    expect(solvable).toBeGreaterThan(0)
  })

  it('always returns whole parts, and tells truly what they cut and how far they are out of band', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 1000 }), (parts, slack, seed) => {
        const task = { ...boardTask(5, 4, parts, slack / 100, seed), rounds: 1 }
        const plan = minimizeCuts(task)
        const weight = new Float64Array(parts)
        plan.label.forEach((part, unit) => (weight[part] += task.graph.weight[unit]))
        const figures = measurePartition(task.graph, plan.label, { lower: 0, upper: Infinity, target: 1 })
        expect(figures).toMatchObject({ parts, inPieces: 0, cutCost: plan.cut })
        const breach = weight.reduce((sum, w, part) => sum + Math.max(0, w - task.bands.upper[part], task.bands.lower[part] - w), 0)
        expect(plan.breach).toBeCloseTo(breach, 6)
      }),
      { numRuns: 10, seed: 7 },
    )
  })

  it('gives the same plan for the same seed', () => {
    const task = boardTask(6, 5, 4, 0.05, 3)
    expect(minimizeCuts(task)).toEqual(minimizeCuts(task))
  })

  it('cuts cheap borders rather than few', () => {
    const graph = unitGraph([1, 1, 1, 1], [[0, 1, 1], [1, 2, 9], [2, 3, 1], [0, 3, 1], [0, 2, 1]])
    expect(minimizeCuts({ graph, bands: bandsOf(2, 2, 2), seed: 1, rounds: 1 })).toMatchObject({ cut: 3, breach: 0 })
  })

  it('stops when told to, with whole parts', () => {
    const task = { ...boardTask(8, 8, 5, 0.01, 1), rounds: Infinity }
    const early = minimizeCuts(task, { signal: { aborted: true } })
    expect(measurePartition(task.graph, early.label, { lower: 0, upper: Infinity, target: 1 })).toMatchObject({ parts: 5, inPieces: 0 })
    const signal = { aborted: false }
    const passes: string[] = []
    minimizeCuts(task, {
      signal,
      onProgress: (_, pass) => {
        passes.push(pass)
        signal.aborted = passes.length === 30
      },
    })
    expect(passes).toHaveLength(30)
    expect(new Set(passes)).toEqual(new Set(['draw', 'recombine']))
  })

  it('refuses units that do not hang together, and more parts than units', () => {
    const apart = unitGraph([1, 1, 1], [[0, 1]])
    expect(() => minimizeCuts({ graph: apart, bands: bandsOf(2, 1, 2), seed: 1 })).toThrow('got 2 pieces')
    expect(() => minimizeCuts({ graph: unitGraph([1, 1], [[0, 1]]), bands: bandsOf(3, 0, 2), seed: 1 })).toThrow('1 … 2 parts expected, got 3')
  })

  it('cuts as few borders of counties as is proved to be possible', () => {
    const table = existsSync(SHARED) ? readTable(`${SHARED}/best_known.csv`, ['file', 'k', 'lower', 'upper', 'best_cut_edges']) : null
    if (!table) {
      console.info(`${SHARED} is not here: counties are not divided`)
      return
    }
    for (const name of ['county16.json.gz', 'county05.json.gz']) {
      const row = table.find(({ file }) => file === name)!
      const graph: UnitGraph = readAdjacencyGraph(`${SHARED}/${name}`)
      const bands = bandsOf(Number(row.k), Number(row.lower), Number(row.upper))
      expect(minimizeCuts({ graph, bands, seed: 1, rounds: 0, stepsAUnit: 1500 })).toMatchObject({ cut: Number(row.best_cut_edges), breach: 0 })
    }
  })
})

describe('passes', () => {
  const task = boardTask(7, 6, 4, 0.3, 5)
  const { graph, bands } = task
  const scheduleOf = (units: number) => ({ steps: 200 * units, heat: [2, 0.2], breachPrice: [0.5, 20] }) as const

  it('a child of two plans keeps together what both keep together', () => {
    const random = seededRandom(1)
    for (let round = 0; round < 10; round++) {
      const [one, two] = [growParts(graph, graph.weight, 4, random), growParts(graph, graph.weight, 4, random)]
      const child = recombinePlans(graph, bands, one, two, scheduleOf, random)!
      expect(measurePartition(graph, child.label, { lower: 0, upper: Infinity, target: 1 })).toMatchObject({ inPieces: 0, cutCost: child.cut })
      for (let unit = 0; unit < one.length; unit++) {
        for (const other of graph.neighbour.subarray(graph.start[unit], graph.start[unit + 1])) {
          if (one[unit] === one[other] && two[unit] === two[other]) expect(child.label[unit]).toBe(child.label[other])
        }
      }
    }
    const plan = growParts(graph, graph.weight, 4, random)
    expect(recombinePlans(graph, bands, plan, plan, scheduleOf, random)).toBeNull()
  })

  it('a zone is redrawn without touching other parts', () => {
    const random = seededRandom(2)
    for (let round = 0; round < 10; round++) {
      const plan = growParts(graph, graph.weight, 4, random)
      const { label, cutBy } = redrawZone(graph, bands, plan, 2, scheduleOf, random)
      const figures = (of: Int32Array) => measurePartition(graph, of, { lower: 0, upper: Infinity, target: 1 })
      expect(figures(label)).toMatchObject({ parts: 4, inPieces: 0, cutCost: figures(plan).cutCost + cutBy })
      const touched = new Set([...plan].filter((part, unit) => part !== label[unit]))
      expect(touched.size).toBeLessThanOrEqual(2)
    }
  })
})
