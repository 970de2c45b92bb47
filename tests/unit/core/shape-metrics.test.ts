import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createPlanSession } from '@/core/create-plan-session'
import { enclosingCircle } from '@/core/enclosing-circle'
import { ArcKind } from '@/core/land'
import { assignCells } from '@/core/operations/assign-cells'
import { balanceIndex, compactnessIndex } from '@/core/plan-scores'
import { drawPlan } from '../../helpers/drawn-land'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

const note = { key: 'test' }

/** The least of all circles across two or through three points that hold all others: slow and plain. */
function slowRadius(points: readonly (readonly [number, number])[]): number {
  const circles: [number, number, number][] = []
  points.forEach(([ax, ay], i) =>
    points.slice(0, i).forEach(([bx, by], j) => {
      circles.push([(ax + bx) / 2, (ay + by) / 2, Math.hypot(ax - bx, ay - by) / 2])
      points.slice(0, j).forEach(([cx, cy]) => {
        const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
        if (Math.abs(d) < 1e-9) return
        const x = ((ax * ax + ay * ay) * (by - cy) + (bx * bx + by * by) * (cy - ay) + (cx * cx + cy * cy) * (ay - by)) / d
        const y = ((ax * ax + ay * ay) * (cx - bx) + (bx * bx + by * by) * (ax - cx) + (cx * cx + cy * cy) * (bx - ax)) / d
        circles.push([x, y, Math.hypot(ax - x, ay - y)])
      })
    }),
  )
  const holding = circles.filter(([x, y, r]) => points.every(([px, py]) => Math.hypot(px - x, py - y) <= r * (1 + 1e-9) + 1e-9))
  return Math.min(...holding.map(([, , r]) => r))
}

describe('the smallest circle around points', () => {
  it('is that of every pair and triple tried, on random points and on points of a small lattice', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 60; round++) {
      const wide = round % 2 === 0 ? 1000 : 4
      const points = Array.from({ length: 2 + (round % 9) }, () => [Math.round(random() * wide), Math.round(random() * wide)] as const)
      if (new Set(points.map(String)).size < 2) continue
      expect(enclosingCircle(points.flat()).radius).toBeCloseTo(slowRadius(points), 6)
    }
  })

  it('knows what it is for a point, a line, a square far from the origin, and nothing', () => {
    expect(enclosingCircle([5, 6])).toEqual({ x: 5, y: 6, radius: 0 })
    expect(enclosingCircle([0, 0, 1, 1, 2, 2, 8, 8])).toMatchObject({ x: 4, y: 4 })
    const far = 2 ** 30
    expect(enclosingCircle([far, far, far + 2, far, far + 2, far + 2, far, far + 2])).toEqual({ x: far + 1, y: far + 1, radius: Math.SQRT2 })
    expect(enclosingCircle([]).radius).toBeNaN()
  })
})

describe('the shape of a grid', () => {
  const reock = (grids: string[]) => createPlanSession(drawPlan({ grids })).metrics.value('reock', 0)

  it('is held against the smallest circle around it: square, strip, L, near-disc', () => {
    expect(reock(['AA', 'AA'])).toBeCloseTo(2 / Math.PI, 9)
    expect(reock(['AAAA'])).toBeCloseTo(4 / (Math.PI * (17 / 4)), 9)
    // An L of three squares: the circle goes through its three outer corners, √2 × 100 m in radius.
    expect(reock(['A ', 'AA'])).toBeCloseTo(3 / (2 * Math.PI), 9)
    const disc = Array.from({ length: 21 }, (_, y) => Array.from({ length: 21 }, (_, x) => (Math.hypot(x - 10, y - 10) <= 10 ? 'A' : ' ')).join(''))
    expect(reock(disc)).toBeGreaterThan(0.85)
    expect(reock(disc)).toBeLessThan(1)
  })

  it('follows edits as if it were measured anew, and comes back with undo', () => {
    const land = makeSyntheticLand({ seed: 3, communities: [1, 1], cells: [6, 6], grids: [4] })
    const session = createPlanSession({ context: land.context, document: land.document() })
    const ids = ['reock', 'streetShare', 'meanDistanceM', 'worstDistanceM', 'compactness']
    const read = (of: typeof session) => of.document.grids.map((_, slot) => ids.map((id) => of.metrics.value(id, slot)))
    const first = read(session)
    const random = seededRandom(5)
    for (let round = 0; round < 20; round++) {
      const delta = assignCells(session, { cells: [Math.floor(random() * 36)], gridId: session.document.grids[round % 4]!.id })
      if (delta.ok) session.apply(delta.value, note)
      read(session)
    }
    const anew = createPlanSession({ context: land.context, document: { ...session.document, cellGrid: session.document.cellGrid.slice() } })
    const [kept, fresh] = [read(session), read(anew)]
    kept.forEach((figures, slot) => figures.forEach((figure, k) => expect(figure).toBeCloseTo(fresh[slot][k], 9)))
    while (session.undo().ok);
    read(session).forEach((figures, slot) => figures.forEach((figure, k) => expect(figure).toBeCloseTo(first[slot][k], 9)))
  })

  it('says what share of its outline follows streets', () => {
    const plan = drawPlan({ grids: ['AB'] })
    // The arcs of the drawing are those towards the outside: A has three of 100 m; one of them is a lane.
    plan.context.land.arcKind[0] = ArcKind.lane
    expect(createPlanSession(plan).metrics.value('streetShare', 0)).toBeCloseTo(1 / 3, 9)
  })
})

describe('the way to a grid’s centre', () => {
  it('is measured from where the households are, each household once', () => {
    // Three households in the first cell, one in the last: the centre lies a quarter of the way, 75 m, from the first.
    const session = createPlanSession(drawPlan({ grids: ['AAAA'], households: [3, 0, 0, 1] }))
    expect(session.metrics.value('meanDistanceM', 0)).toBeCloseTo((3 * 75 + 225) / 4, 9)
    expect(session.metrics.value('worstDistanceM', 0)).toBeCloseTo(225, 9)
    expect(createPlanSession(drawPlan({ grids: ['A'], households: [0] })).metrics.value('meanDistanceM', 0)).toBe(0)
  })
})

describe('the scores of a plan', () => {
  it('are 100 at the target and for discs, and fall with the distance from them', () => {
    const at = (households: number, compactness = 1) => ({ households, target: 400, compactness })
    expect([balanceIndex([at(400), at(400)]), compactnessIndex([at(1), at(1)])]).toEqual([100, 100])
    expect(balanceIndex([at(300), at(500)])).toBe(75)
    // Four times the target is no worse than empty.
    expect(balanceIndex([at(1600), at(0)])).toBe(0)
    expect(compactnessIndex([at(0, 0.5), at(0, 0.3)])).toBeCloseTo(40, 12)
    expect(balanceIndex([])).toBeNaN()
  })
})
