import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { checkLand } from '@/algorithms/topology/check-land'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { createPlanSession } from '@/core/create-plan-session'
import { findFindings } from '@/core/find-findings'
import { createMetricTable } from '@/core/metric-table'
import type { Finding } from '@/core/plan'
import { PLAN_METRICS } from '@/core/plan-metrics'
import type { PlanSession } from '@/core/plan-session'
import { createContiguity } from '@/core/contiguity'
import { compactPlan } from '../../../helpers/compact-plan'
import { landBytes, planBytes } from '../../../helpers/plan-bytes'
import { brushCells } from '../../../helpers/random-edits'
import { pickFrom, randomReshape } from '../../../helpers/random-reshapes'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'
import { assignCells } from '@/core/operations/assign-cells'

const NOTE = { key: 'test' }
const land = makeSyntheticLand({ seed: 3, communities: [2, 1], cells: [8, 7], grids: [4, 3], householdsPerCell: 12, houseM: 8 })
const open = () => createPlanSession({ context: land.context, document: land.document() })

const bytes = (session: PlanSession): string => planBytes(session.document) + landBytes(session)

/** Where two such texts part, with what stands around; null where they are the same. */
function firstDifference(a: string, b: string): string | null {
  if (a === b) return null
  let at = 0
  while (a[at] === b[at]) at++
  const column = a.slice(0, at).match(/.*\["(\w+)",/s)?.[1]
  return `after ${column}, at ${at}: ${a.slice(at - 40, at + 40)} | ${b.slice(at - 40, at + 40)}`
}

function expectAsComputedAnew(session: PlanSession): void {
  const fresh = compactPlan(session)
  const check = checkLand(fresh.context.land)
  expect(check.problems).toEqual([])
  expect(check.cellsArea2).toBe(check.landArea2)
  const { land } = session.context
  for (let slot = -1; slot < session.document.grids.length; slot++) {
    const outline = deriveGridOutline(land, session.document.cellGrid, slot, slot < 0 ? undefined : session.index.cellsOf(slot))
    expect(outline.area2).toBe(deriveGridOutline(fresh.context.land, fresh.document.cellGrid, slot).area2)
  }
  const metrics = createMetricTable(PLAN_METRICS, fresh)
  const contiguity = createContiguity(fresh)
  for (let slot = -1; slot < session.document.grids.length; slot++) {
    for (const { id } of PLAN_METRICS) {
      const [is, expected] = [session.metrics.value(id, slot), metrics.value(id, slot)]
      // Reock sums broken numbers in the order of cells, which packing keeps.
      expect(is, `${id} of slot ${slot}`).toBe(expected)
    }
    if (slot < 0) continue
    expect(session.contiguity.pieces(slot)).toBe(contiguity.pieces(slot))
    expect(session.contiguity.isInPieces(slot)).toBe(contiguity.isInPieces(slot))
  }
  const inOneOrder = (findings: readonly Finding[]) => findings.map((finding) => JSON.stringify(finding)).sort()
  expect(inOneOrder(session.findings())).toEqual(inOneOrder(findFindings(fresh)))
}

describe('reshaping', () => {
  it('keeps every figure as computed anew, and undo and redo return to the byte', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), (seed, steps) => {
        const random = seededRandom(seed)
        const session = open()
        const states = [bytes(session)]
        for (let step = 0; step < steps; step++) {
          const delta =
            random() < 0.8
              ? randomReshape(session, random)
              : assignCells(session, { cells: brushCells(session, pickFrom(session.context.land.cellIds, random), 5), gridId: session.document.grids[Math.floor(random() * 7)]?.id ?? null })
          if (!delta.ok) continue
          const applied = session.apply(delta.value, NOTE)
          if (random() < 0.2) deriveGridOutline(session.context.land, session.document.cellGrid, 0)
          expect(applied.ok ? null : applied).toBeNull()
          states.push(bytes(session))
        }
        expectAsComputedAnew(session)
        const last = states[states.length - 1]
        for (const state of states.slice(0, -1).reverse()) {
          session.undo()
          expect(firstDifference(bytes(session), state)).toBeNull()
        }
        expectAsComputedAnew(session)
        while (session.canRedo) session.redo()
        expect(firstDifference(bytes(session), last)).toBeNull()
      }),
      { numRuns: 20, seed: 20261122 },
    )
  })
})
