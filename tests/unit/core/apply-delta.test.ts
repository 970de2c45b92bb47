import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { applyDelta, type DeltaReason } from '@/core/apply-delta'
import { composeDeltas, invertDelta } from '@/core/delta'
import type { GridRecord, PlanDelta } from '@/core/plan'
import { createPlanIndex, toGridRecord, type PlanState } from '@/core/plan-index'
import { planBytes } from '../../helpers/plan-bytes'
import { randomEdit } from '../../helpers/random-edits'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

// Two communities of 4 × 3 cells, two grids each; cell ids west to east and south to north in each:
//
//   1008 1009 1010 1011 | 1020 1021 1022 1023
//   1004 1005 1006 1007 | 1016 1017 1018 1019
//   1000 1001 1002 1003 | 1012 1013 1014 1015
//     grid 0    grid 1      grid 2    grid 3
const land = makeSyntheticLand({ seed: 1, communities: [2, 1], cells: [4, 3], grids: [2] })

function open(): PlanState {
  const document = land.document()
  return { context: land.context, document, index: createPlanIndex(land.context, document) }
}

const plan = open()
const [g0, g1, g2] = plan.document.grids.map((grid) => toGridRecord(plan.context, grid!))
const fresh: GridRecord = { ...g0, id: 'fresh', code: '370116001001777', name: '777' }
const cells = (...moves: [number, string | null, string | null][]): PlanDelta => ({
  cells: moves.map(([cell, from, to]) => ({ cell, from, to })),
  grids: [],
})

describe('applyDelta', () => {
  it('moves cells, and its inverse moves them back', () => {
    const state = open()
    const before = planBytes(state.document)
    const applied = applyDelta(state, cells([1000, g0.id, g1.id], [1001, g0.id, null]))
    expect(applied.ok && [...applied.value.flow.grids]).toEqual([0, 1])
    expect([...state.document.cellGrid.slice(0, 3)]).toEqual([1, -1, 1])
    expect(applied.ok && applyDelta(state, applied.value.inverse).ok).toBe(true)
    expect(planBytes(state.document)).toBe(before)
  })

  it('makes a grid and fills it in one delta; the inverse leaves no trace of it', () => {
    const state = open()
    const before = planBytes(state.document)
    const applied = applyDelta(state, { cells: cells([1000, g0.id, 'fresh']).cells, grids: [{ before: null, after: fresh }] })
    expect(state.index.slotOf('fresh')).toBe(4)
    expect([...state.index.cellsOf(4)]).toEqual([0])
    expect(applied.ok && applyDelta(state, applied.value.inverse).ok).toBe(true)
    expect(planBytes(state.document)).toBe(before)
    expect(state.index.slotOf('fresh')).toBe(-1)
  })

  it('gives a removed grid its slot back', () => {
    const state = open()
    const owned = [...state.index.cellsOf(1)].map((cell) => [land.context.land.cellIds[cell], g1.id, null] as const)
    const applied = applyDelta(state, { cells: cells(...owned.map((move) => [...move] as [number, string, null])).cells, grids: [{ before: g1, after: null }] })
    expect(state.document.grids[1]).toBeNull()
    expect(state.document.grids).toHaveLength(4)
    if (!applied.ok) throw new Error(applied.code)
    applyDelta(state, applied.value.inverse)
    expect(state.index.slotOf(g1.id)).toBe(1)
  })

  const refusals: [DeltaReason, PlanDelta][] = [
    ['cell_unknown', cells([1000, g0.id, g1.id], [77, null, g0.id])],
    ['cell_repeated', cells([1000, g0.id, g1.id], [1000, g1.id, g0.id])],
    ['cell_from_mismatch', cells([1000, g0.id, g1.id], [1001, g1.id, null])],
    ['cell_from_mismatch', cells([1000, null, g1.id])],
    ['grid_unknown', cells([1000, g0.id, 'nobody'])],
    ['grid_unknown', { cells: [], grids: [{ before: null, after: null }] }],
    ['grid_repeated', { cells: [], grids: [{ before: g0, after: { ...g0, name: 'a' } }, { before: g0, after: { ...g0, name: 'b' } }] }],
    ['grid_repeated', { cells: [], grids: [{ before: g0, after: fresh }] }],
    ['grid_before_mismatch', { cells: [], grids: [{ before: { ...g0, name: 'stale' }, after: g0 }] }],
    ['grid_before_mismatch', { cells: [], grids: [{ before: null, after: g0 }] }],
    ['grid_before_mismatch', { cells: [], grids: [{ before: fresh, after: null }] }],
    ['grid_community_changed', { cells: [], grids: [{ before: g0, after: { ...g0, communityId: g2.communityId } }] }],
    ['grid_not_empty', { cells: cells([1000, g0.id, null]).cells, grids: [{ before: g0, after: null }] }],
    ['grid_unknown', { cells: cells([1002, g1.id, g0.id]).cells, grids: [{ before: g0, after: null }] }],
    ['community_unknown', { cells: [], grids: [{ before: null, after: { ...fresh, communityId: 4711 } }] }],
    ['other_community', cells([1000, g0.id, g2.id])],
    ['other_community', { cells: cells([1012, g2.id, 'fresh']).cells, grids: [{ before: null, after: fresh }] }],
  ]
  it.each(refusals)('refuses with %s and changes nothing (case %#)', (reason, delta) => {
    const state = open()
    const before = planBytes(state.document)
    expect(applyDelta(state, delta)).toMatchObject({ ok: false, code: reason })
    expect(planBytes(state.document)).toBe(before)
  })

  it('composes: one delta of many does what they do one by one, and its inverse takes all back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 25 }), (seed, steps) => {
        const random = seededRandom(seed)
        const stepwise = open()
        const before = planBytes(stepwise.document)
        const deltas: PlanDelta[] = []
        for (let step = 0; step < steps; step++) {
          const delta = randomEdit(stepwise, random)
          if (!delta.ok) continue
          expect(applyDelta(stepwise, delta.value).ok).toBe(true)
          deltas.push(delta.value)
        }
        const whole = composeDeltas(...deltas)
        const atOnce = open()
        expect(applyDelta(atOnce, whole).ok).toBe(true)
        const named = ({ document }: PlanState) => [
          Array.from(document.cellGrid, (slot) => document.grids[slot]?.id ?? null),
          document.grids.filter((grid) => grid !== null).sort((a, b) => (a.id < b.id ? -1 : 1)),
        ]
        expect(named(atOnce)).toEqual(named(stepwise))
        expect(applyDelta(atOnce, invertDelta(whole)).ok).toBe(true)
        expect(planBytes(atOnce.document)).toBe(before)
      }),
      { numRuns: 100, seed: 11 },
    )
  })
})
