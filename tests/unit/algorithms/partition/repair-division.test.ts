import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bisectUnits } from '@/algorithms/partition/bisect-units'
import type { DivisionGround } from '@/algorithms/partition/division-ground'
import { judgeSteps } from '@/algorithms/partition/judge-steps'
import { measureDivision } from '@/algorithms/partition/measure-division'
import { createStepWalk } from '@/algorithms/partition/order-steps'
import { repairDivision, stepInputOf } from '@/algorithms/partition/repair-division'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { divisionGround, WISHES } from '../../../helpers/division-grounds'
import { boardGraph } from '../../../helpers/unit-graphs'

/** A community whose grids were in band before some cells grew. */
function grownGround(seed: number): DivisionGround {
  const random = seededRandom(seed)
  const graph = boardGraph(8, 6, () => 3 + Math.floor(random() * 8))
  const grid = bisectUnits(graph, 6)
  const grown = graph.weight.map((weight) => (random() < 0.15 ? weight + 14 : weight))
  const mean = grown.reduce((sum, weight) => sum + weight, 0) / 6
  return divisionGround({ ...graph, weight: grown }, [...grid], {
    limits: { lower: Math.floor(mean * 0.8), upper: Math.ceil(mean * 1.2), target: Math.round(mean) },
    compound: Int32Array.from(grid, (_, cell) => (cell % 5 === 0 ? cell : cell % 5 === 1 ? cell - 1 : -1)),
  })
}

describe('a repair in steps', () => {
  it('keeps every grid together after each step, and every step mends or leads to one that does', () => {
    let several = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (seed, wholeCompounds) => {
        const ground = grownGround(seed)
        const { steps, breach, grid, bound } = repairDivision(ground, { ...WISHES, wholeCompounds, seed })
        const walk = createStepWalk(stepInputOf(ground, ground.grid, 0), ground.grid)
        const breaches = [walk.breach()]
        const now = ground.grid.slice()
        for (const { moves, breachBefore, breachAfter } of steps) {
          expect(breachBefore).toBe(walk.breach())
          for (const move of moves) {
            walk.apply(move)
            for (const cell of move.units) {
              expect(now[cell]).toBe(move.from)
              now[cell] = move.to
            }
          }
          expect(measureDivision(ground, now, 0).inPieces).toBe(0)
          breaches.push(walk.breach())
          expect(breachAfter).toBe(walk.breach())
        }
        expect(now).toEqual(grid)
        expect(breaches.at(-1)).toBe(breach)
        steps.forEach((_, at) => expect(Math.min(...breaches.slice(at + 1))).toBeLessThan(breaches[at]))
        const moved = steps.reduce((sum, step) => sum + step.households, 0)
        expect(moved).toBeGreaterThanOrEqual(bound)
        if (steps.length > 1) several++
      }),
      { numRuns: 24, seed: 5 },
    )
    expect(several).toBeGreaterThan(2)
  })

  it('brings pieces together first, and leaves land without a grid alone', () => {
    //  0 0 1 1 0 1 −   the lone 0 goes to 1
    const ground = divisionGround(boardGraph(7, 1, () => 12), [0, 0, 1, 1, 0, 1, -1])
    const { grid, steps } = repairDivision(ground, WISHES)
    expect([...grid]).toEqual([0, 0, 1, 1, 1, 1, -1])
    expect(steps).toHaveLength(1)
  })

  it('leaves locked and dedicated grids as they are', () => {
    const graph = boardGraph(6, 1, () => 20)
    const open = divisionGround(graph, [0, 0, 0, 0, 1, 2])
    expect(repairDivision(open, WISHES)).toMatchObject({ breach: 0 })
    const shut = { ...open, fixed: Uint8Array.of(0, 1, 0) }
    expect([...repairDivision(shut, WISHES).grid]).toEqual([...open.grid])
    expect(repairDivision(shut, WISHES)).toMatchObject({ bound: 0, breach: 20 })
    expect(repairDivision({ ...open, fixed: Uint8Array.of(1, 1, 1) }, WISHES)).toMatchObject({ steps: [], bound: 0 })
  })

  it('moves each share of a compound as one', () => {
    // 30 | 15 15 15 15 of a compound, in band up to 60 and from 40 on: one grid gives half of it.
    const graph = boardGraph(5, 1, (unit) => (unit === 0 ? 30 : 15))
    const ground = divisionGround(graph, [0, 1, 1, 1, 1], { limits: { lower: 40, upper: 60, target: 45 }, compound: Int32Array.of(-1, 7, 7, 8, 8) })
    expect([...repairDivision(ground, WISHES).grid]).toEqual([0, 0, 1, 1, 1])
    const whole = repairDivision(ground, { ...WISHES, wholeCompounds: true })
    expect(measureDivision(ground, whole.grid, 0).compoundsSplit).toBe(0)
  })

  it('cares for members where that is asked', () => {
    // Both in band; the second grid has no member but beside the border.
    const graph = boardGraph(6, 1, () => 10)
    const ground = divisionGround(graph, [0, 0, 0, 0, 1, 1], { members: Float64Array.of(2, 2, 0, 3, 0, 0) })
    expect(repairDivision(ground, WISHES).steps).toHaveLength(0)
    const { grid } = repairDivision(ground, { ...WISHES, minMembers: 3 })
    expect([...grid]).toEqual([0, 0, 0, 1, 1, 1])
  })
})

describe('steps that wait', () => {
  //  a chain along a row: 0 is above, hands on to 1, which hands on to 2
  const ground = divisionGround(boardGraph(9, 1, () => 20), [0, 0, 0, 0, 1, 1, 1, 2, 2], { limits: { lower: 40, upper: 60, target: 60 } })
  const { steps } = repairDivision(ground, WISHES)
  const judge = (grid: Int32Array, waiting: typeof steps) => judgeSteps(stepInputOf(ground, grid, 0), waiting)

  it('are ready in order, and of no use where what they depend on is skipped', () => {
    expect(steps).toHaveLength(2)
    expect(judge(ground.grid, steps)).toEqual(['ready', 'ready'])
    for (const [at, step] of steps.entries()) {
      const [state] = judge(ground.grid, [step])
      // Handing on without having been given leaves the first grid above; being given alone moves the trouble along.
      expect(state).toBe('vain')
      expect(steps[at].households).toBe(20)
    }
  })

  it('are blocked where the land they move is elsewhere', () => {
    const grid = ground.grid.slice()
    for (const { units } of steps[0].moves) for (const unit of units) grid[unit] = 2
    expect(judge(grid, steps)[0]).toBe('blocked')
  })
})
