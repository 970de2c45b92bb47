import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveTransport } from '@/algorithms/assignment/resolve-transport'
import { solveTransport } from '@/algorithms/assignment/solve-transport'
import { CLOSED, type TransportChange, type TransportProblem } from '@/algorithms/assignment/transport-problem'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { countPlan, drawTransportProblem } from '../../../helpers/transport-problems'

/** One change by lot: supplies, limits, costs, members taken out, or parts, members and arcs that come in. */
function drawChange(random: () => number, { supply, min, arcs }: TransportProblem, scale: number): TransportChange {
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  const anyOf = (column: Int32Array) => upTo(column.length - 1)
  const places = () => {
    const least = upTo(5)
    return { min: least, max: least + upTo(5) }
  }
  // Now and then one far above all that there were.
  const cost = () => scale * (random() < 0.1 ? 40 : 1) * (upTo(200) - 20)
  switch (upTo(5)) {
    case 0:
      return { supply: [{ part: anyOf(supply), units: upTo(12) }] }
    case 1:
      return { limits: [{ member: anyOf(min), min: 0, max: 0 }] }
    case 2:
      return { limits: [0, 1].map(() => ({ member: anyOf(min), ...places() })) }
    case 3:
      return { costs: Array.from({ length: 1 + upTo(9) }, () => ({ arc: anyOf(arcs.cost), cost: random() < 0.2 ? CLOSED : cost() })) }
    case 4:
      return {
        members: [places()],
        arcs: Array.from({ length: upTo(6) }, () => ({ part: anyOf(supply), member: min.length, cost: cost() })),
      }
    default:
      return {
        parts: [upTo(6)],
        supply: [{ part: anyOf(supply), units: upTo(12) }],
        costs: [{ arc: anyOf(arcs.cost), cost: CLOSED }],
        arcs: Array.from({ length: upTo(6) }, () => ({ part: supply.length, member: anyOf(min), cost: cost() })),
      }
  }
}

describe('solving anew after a change', () => {
  it('finds what solving from scratch finds, change after change', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.2, 0.7), fc.constantFrom(1, 100_000), (seed, density, scale) => {
        const random = seededRandom(seed)
        let solution = solveTransport(drawTransportProblem(seed, { parts: 14, members: 12, mostUnits: 9, mostPlaces: 5, density, mostCost: 150 * scale }))
        for (let step = 0; step < 12; step++) {
          solution = resolveTransport(solution, drawChange(random, solution.problem, scale))
          const scratch = solveTransport(solution.problem)
          expect(countPlan(solution)).toEqual(countPlan(scratch))
          expect(solution).toMatchObject({ isOptimal: true, objective: scratch.objective, bound: scratch.objective })
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('leaves the solution before as it was', () => {
    const problem = drawTransportProblem(3, { parts: 10, members: 10, mostUnits: 9, mostPlaces: 5, density: 0.6, mostCost: 90 })
    const before = solveTransport(problem)
    const kept = structuredClone(before)
    resolveTransport(before, { limits: [{ member: 2, min: 0, max: 0 }], costs: [{ arc: 4, cost: 1 }], parts: [3] })
    expect(before).toEqual(kept)
  })

  it('takes fewer steps than a new start', () => {
    const problem = drawTransportProblem(4, { parts: 120, members: 130, mostUnits: 20, mostPlaces: 12, density: 0.3, mostCost: 900 })
    const before = solveTransport(problem)
    const after = resolveTransport(before, { limits: [{ member: 7, min: 0, max: 0 }] })
    expect(after.pivots).toBeLessThan(before.pivots / 4)
    expect(resolveTransport(after, {}).pivots).toBe(0)
  })

  it.each([
    [{ supply: [{ part: 10, units: 1 }] }, 'part below 10 expected, got 10'],
    [{ limits: [{ member: -1, min: 0, max: 1 }] }, 'member below 10 expected, got -1'],
    [{ costs: [{ arc: 1.5e6, cost: 1 }] }, 'expected, got 1500000'],
    [{ arcs: [{ part: 10, member: 0, cost: 1 }] }, 'parts below 10 and members below 10 expected, got 10, 0'],
    [{ limits: [{ member: 1, min: 4, max: 1 }] }, '0 ≤ min ≤ max expected, got 4, 1 at member 1'],
  ])('refuses %o', (change, words) => {
    const before = solveTransport(drawTransportProblem(3, { parts: 10, members: 10, mostUnits: 9, mostPlaces: 5, density: 0.6, mostCost: 90 }))
    expect(() => resolveTransport(before, change)).toThrow(words)
  })
})
