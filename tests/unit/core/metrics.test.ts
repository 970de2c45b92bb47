import { describe, expect, it } from 'vitest'
import { createContiguity } from '@/core/contiguity'
import { createPlanSession } from '@/core/create-plan-session'
import { defineSum } from '@/core/metric'
import { drawPlan } from '../../helpers/drawn-land'

const figures = (grids: string[]) => {
  const session = createPlanSession(drawPlan({ grids }))
  return session.figures(0)
}

describe('metrics of a grid', () => {
  it('measure outline, cut edges and compactness', () => {
    // A square of 200 m: outline 800 m, half of it the edge of the land; compactness π/4.
    //   A A B
    //   A A B
    const square = figures(['AAB', 'AAB'])
    expect(square).toMatchObject({ areaM2: 40000, perimeterM: 800, cutEdges: 2, cells: 4, households: 40, residents: 120 })
    expect(square.compactness).toBeCloseTo(Math.PI / 4, 12)
    // A strip of 1 × 4: outline 1,000 m over 4 ha.
    expect(figures(['AAAA', 'BBBB'])).toMatchObject({ perimeterM: 1000, cutEdges: 4 })
  })

  it('count a hole as outline', () => {
    //   A A A
    //   A B A
    //   A A A
    expect(figures(['AAA', 'ABA', 'AAA'])).toMatchObject({ perimeterM: 1200 + 400, cutEdges: 4, pieces: 1, inPieces: false })
  })

  it('say where it stands to its band and whether compounds are split', () => {
    const session = createPlanSession(drawPlan({ grids: ['AABBBB'], compounds: ['.kk.ll'], households: [5, 5, 10, 20, 20, 20] }))
    expect(session.figures(0)).toMatchObject({ band: 'below', compoundsSplit: 1, households: 10 })
    expect(session.figures(1)).toMatchObject({ band: 'above', compoundsSplit: 1, households: 70 })
  })

  it('take in metrics of rooms', () => {
    const metrics = [defineSum('corners', 'count', () => 4)]
    const session = createPlanSession({ ...drawPlan({ grids: ['AAB'] }), metrics })
    expect(session.metrics.value('corners', 0)).toBe(8)
    expect(() => session.metrics.value('unheard', 0)).toThrow(/expected a metric of households/)
  })

  it('sum the land without a grid too', () => {
    const session = createPlanSession(drawPlan({ grids: ['A..'] }))
    expect(session.metrics.value('households', -1)).toBe(20)
    expect(session.metrics.value('perimeterM', -1)).toBe(0)
    expect([...session.cellsWithoutGrid()]).toEqual([1, 2])
  })
})

describe('pieces of a grid', () => {
  it('are listed with the main one first, then by lowest cell id', () => {
    //   A B A A
    //   A B B A
    //   B B A B   cell ids in reading order; A: {1,5}, {3,4,8}, {11}
    const plan = drawPlan({ grids: ['ABAA', 'ABBA', 'BBAB'] })
    const contiguity = createContiguity(plan)
    expect(contiguity.pieces(0)).toBe(3)
    expect(contiguity.listPieces(0).map((piece) => [...piece].map((cell) => cell + 1))).toEqual([[3, 4, 8], [1, 5], [11]])
    expect(contiguity.parts(0)).toBe(1)
    expect(contiguity.listPieces(7)).toEqual([])
  })
})
