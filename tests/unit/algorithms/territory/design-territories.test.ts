import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growParts } from '@/algorithms/shared/grow-parts'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { designTerritories } from '@/algorithms/territory/design-territories'
import { createTerritoryState } from '@/algorithms/territory/territory-state'
import { measureTerritories, type TerritoryTask } from '@/algorithms/territory/territory-task'
import { readTable, readTerritoryInstance } from '../../../helpers/published-instances'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

const SHARED = '../shared/data/land/territory'

/** A board of units a little off their places, with two uneven activities. */
function boardTask(columns: number, rows: number, territories: number, tolerance: number, seed: number): TerritoryTask {
  const random = seededRandom(seed)
  const graph = boardGraph(columns, rows, () => 1)
  const shaken = (places: Float64Array) => places.map((place) => place + 0.4 * random())
  const amounts = () => Float64Array.from(graph.x, () => 5 + Math.floor(random() * 6))
  return { graph: { ...graph, x: shaken(graph.x), y: shaken(graph.y) }, activities: [amounts(), amounts()], territories, tolerance }
}

/**
 * Independent of the solver and of `measureTerritories`: the sum of distances if all territories hang together and every
 * activity is within tolerance, else Infinity.
 */
function judge({ graph, activities, territories, tolerance }: TerritoryTask, label: Int32Array): number {
  let sum = 0
  for (let territory = 0; territory < territories; territory++) {
    const own = [...label.keys()].filter((unit) => label[unit] === territory)
    if (own.length === 0) return Infinity
    const reached = new Set(own.slice(0, 1))
    for (const unit of reached) {
      for (const other of graph.neighbour.subarray(graph.start[unit], graph.start[unit + 1])) if (label[other] === territory) reached.add(other)
    }
    if (reached.size < own.length) return Infinity
    for (const amounts of activities) {
      const mean = amounts.reduce((all, amount) => all + amount, 0) / territories
      const has = own.reduce((all, unit) => all + amounts[unit], 0)
      if (Math.abs(has - mean) > tolerance * mean * (1 + 1e-6)) return Infinity
    }
    sum += Math.min(...own.map((centre) => own.reduce((all, unit) => all + Math.hypot(graph.x[unit] - graph.x[centre], graph.y[unit] - graph.y[centre]), 0)))
  }
  return sum
}

function shortestOfAll(task: TerritoryTask): number {
  const size = task.graph.x.length
  const label = new Int32Array(size)
  let shortest = Infinity
  const extend = (unit: number, used: number) => {
    if (unit === size) {
      if (used === task.territories) shortest = Math.min(shortest, judge(task, label))
      return
    }
    for (let territory = 0; territory <= Math.min(used, task.territories - 1); territory++) {
      label[unit] = territory
      extend(unit + 1, Math.max(used, territory + 1))
    }
  }
  extend(0, 0)
  return shortest
}

describe('designTerritories', () => {
  it.each([
    [4, 3, 2, 0.05],
    [3, 3, 3, 0.15],
    [5, 2, 3, 0.2],
  ])('comes to the shortest of all divisions of a board %i × %i into %i territories within %f', (columns, rows, territories, tolerance) => {
    let solvable = 0
    for (let seed = 1; seed <= 6; seed++) {
      const task = boardTask(columns, rows, territories, tolerance, seed)
      const shortest = shortestOfAll(task)
      const plan = designTerritories(task, { seed, rounds: 6, stepsAUnit: 1500 })
      if (shortest < Infinity) {
        solvable++
        expect(plan.distance).toBeCloseTo(shortest, 9)
        expect(judge(task, plan.label)).toBeCloseTo(shortest, 9)
      } else expect(plan.breach).toBeGreaterThan(0)
    }
    expect(solvable).toBeGreaterThan(0)
  })

  it('always returns whole territories and their true distance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 1000 }), (territories, percent, seed) => {
        const task = boardTask(5, 4, territories, percent / 100, seed)
        const plan = designTerritories(task, { seed, rounds: 2, stepsAUnit: 1000 })
        const figures = measureTerritories(task, plan.label)
        expect(figures.inPieces).toBe(0)
        expect(figures.distance).toBeCloseTo(plan.distance, 6)
        expect(judge({ ...task, tolerance: 100 }, plan.label)).toBeCloseTo(plan.distance, 6)
        expect(figures.inTolerance === territories).toBe(plan.breach < 1e-6)
        expect(judge(task, plan.label) < Infinity).toBe(plan.breach < 1e-6)
      }),
      { numRuns: 12, seed: 11 },
    )
  })

  it('gives the same plan for the same seed', () => {
    const task = boardTask(6, 5, 4, 0.1, 3)
    expect(designTerritories(task, { seed: 4, rounds: 4, stepsAUnit: 1000 })).toEqual(designTerritories(task, { seed: 4, rounds: 4, stepsAUnit: 1000 }))
  })

  it('stops when told to, with whole territories', () => {
    const task = boardTask(8, 8, 5, 0.01, 1)
    const early = designTerritories(task, { seed: 1, rounds: Infinity, stepsAUnit: 500 }, { signal: { aborted: true } })
    expect(measureTerritories(task, early.label).inPieces).toBe(0)
    const signal = { aborted: false }
    let told = 0
    const onProgress = () => (signal.aborted = ++told === 5)
    designTerritories(task, { seed: 1, rounds: Infinity, stepsAUnit: 500 }, { signal, onProgress })
    expect(told).toBe(5)
  })

  it('refuses units that do not hang together, and more territories than units', () => {
    const task = { activities: [Float64Array.from([1, 1, 1])], territories: 2, tolerance: 0.5 }
    expect(() => designTerritories({ ...task, graph: unitGraph([1, 1, 1], [[0, 1]]) }, { seed: 1 })).toThrow('got 2 pieces')
    expect(() => designTerritories({ ...task, territories: 4, graph: unitGraph([1, 1, 1], [[0, 1], [1, 2]]) }, { seed: 1 })).toThrow('got 4')
  })

  it('comes to the published value of published instances', () => {
    const table = existsSync(SHARED) ? readTable(`${SHARED}/best_published.csv`, ['instance', 'best_published']) : null
    if (!table) {
      console.info(`${SHARED} is not here: no published territories are designed`)
      return
    }
    for (const { instance, best_published } of table.filter(({ instance }) => /2DU60-05-(2|14)$/.test(instance))) {
      const task = readTerritoryInstance(`${SHARED}/${instance}.dat`)
      const plan = designTerritories(task, { seed: 1, rounds: 4 })
      expect(judge(task, plan.label)).toBeLessThanOrEqual(Number(best_published) + 5e-4)
    }
  })
})

describe('createTerritoryState', () => {
  it('prices moves and swaps as a new measure of the whole would', () => {
    const task = boardTask(5, 5, 4, 0.1, 9)
    const random = seededRandom(5)
    const state = createTerritoryState(task, growParts(task.graph, task.activities[0], 4, random))
    const distanceWith = (change: (label: Int32Array) => void) => {
      const label = state.label.slice()
      change(label)
      return measureTerritories(task, label).distance
    }
    let moves = 0
    for (let step = 0; step < 300; step++) {
      const arc = state.borders.arcs[Math.floor(random() * state.borders.count)]
      const [unit, other] = [state.borders.tail[arc], state.borders.head[arc]]
      const [from, to] = [state.label[unit], state.label[other]]
      const before = { cost: state.cost(), breach: state.breach() }
      expect(before.cost).toBeCloseTo(measureTerritories(task, state.label).distance, 6)
      const swapped = distanceWith((label) => {
        label[unit] = to
        label[other] = from
      })
      expect(state.costOfSwap(unit, other)).toBeCloseTo(swapped - before.cost, 6)
      const along = state.drawAlong(to, from, random)
      expect([state.label[along], state.borders.touches(along, from)]).toEqual([to, true])
      if (!state.staysConnected(unit)) continue
      expect(state.costOfMove(unit, to)).toBeCloseTo(distanceWith((label) => (label[unit] = to)) - before.cost, 6)
      const breachBy = state.breachOfMove(unit, to)
      state.move(unit, to)
      expect(state.breach()).toBeCloseTo(before.breach + breachBy, 6)
      moves++
    }
    expect(moves).toBeGreaterThan(100)
  })
})
