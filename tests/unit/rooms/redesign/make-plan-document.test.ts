import { expect, it } from 'vitest'
import { applyDelta, type EditablePlan } from '@/core/apply-delta'
import { createPlanSession } from '@/core/create-plan-session'
import type { PlanDelta } from '@/core/plan'
import { createPlanIndex, toGridRecord } from '@/core/plan-index'
import { makePlanDocument } from '@/rooms/redesign/operations/make-plan-document'
import { createDrawnLand } from '../../../helpers/redraw-land'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

/** A cell is cut, a part of it joined with a far cell, a note pinned: as a draft comes back from the server. */
it('puts a draft with land, links, notes and aims of its own on the cells as the draft has them', () => {
  const { context, document } = makeSyntheticLand({ seed: 5, communities: [1, 1], cells: [5, 4], grids: [2] })
  const { land } = context
  const idOf = (cell: number) => (cell < 0 ? null : land.cellIds[cell])
  const drawn = createDrawnLand({
    nodes: Array.from(land.nodeIds, (id, k) => ({ id, x: land.nodeXY[2 * k], y: land.nodeXY[2 * k + 1] })),
    cells: Array.from(land.cellIds, (id, k) => ({ id, communityId: context.communities[0].id, labelX: land.cellLabelXY[2 * k], labelY: land.cellLabelXY[2 * k + 1] })),
    arcs: Array.from(land.arcIds, (id, k) => ({
      id, start: land.nodeIds[land.arcNodes[2 * k]], end: land.nodeIds[land.arcNodes[2 * k + 1]], left: idOf(land.arcLeft[k]), right: idOf(land.arcRight[k]),
      kind: land.arcKind[k] as 0, xy: [...land.arcXY.subarray(2 * land.arcStart[k], 2 * land.arcStart[k + 1])],
    })),
    buildings: Array.from({ length: context.buildings.count }, (_, k) => ({ id: context.buildings.ids[k], cell: land.cellIds[context.buildings.cell[k]] })),
  })
  const plan = document()
  const state: EditablePlan = { context, document: plan, index: createPlanIndex(context, plan) }
  const gridOf = (cell: number) => plan.grids[plan.cellGrid[cell]]!
  const middle = (one: number, other: number) => {
    const border = drawn.border(land.cellIds[one], land.cellIds[other])
    return [border, [Math.round((border.xy[0] + border.xy[2]) / 2), Math.round((border.xy[1] + border.xy[3]) / 2)]] as const
  }
  const [[low, atLow], [high, atHigh]] = [middle(1, 6), middle(6, 11)]
  const cut = drawn.cutCell(land.cellIds[6], [low, high], [[atLow[0], atLow[1]], [atHigh[0], atHigh[1]]], { fresh: true, isLower: () => true })
  const delta: PlanDelta = {
    cells: [{ cell: land.cellIds[6], from: gridOf(6).id, to: null }, { cell: cut.lower, from: null, to: gridOf(6).id }],
    grids: [], land: cut.edit,
    links: [{ cells: [cut.lower, land.cellIds[19]], before: null, after: 'bridge' }],
    notes: [{ before: null, after: { id: 'n', x: 1, y: 2, text: 'look' } }],
    settings: { before: null, after: { ...context.settings, minMembers: 1 } },
  }
  expect(applyDelta(state, delta)).toMatchObject({ ok: true })

  const live = [...state.context.land.cellIds.keys()].filter((cell) => state.context.land.cellIds[cell] !== 0)
  const made = makePlanDocument(context, {
    grids: plan.grids.map((grid) => toGridRecord(context, grid!)),
    cellIds: live.map((cell) => state.context.land.cellIds[cell]),
    cellGrid: live.map((cell) => plan.cellGrid[cell]),
    land: plan.land, links: plan.links, notes: plan.notes, settings: plan.settings,
  }, { planId: 'p', revision: 3 })
  const session = createPlanSession({ context, document: made })
  const gridById = ({ context: ground, document: { cellGrid, grids } }: { context: EditablePlan['context']; document: EditablePlan['document'] }) =>
    new Map([...ground.land.cellIds.keys()].filter((cell) => ground.land.cellIds[cell] !== 0).map((cell) => [ground.land.cellIds[cell], grids[cellGrid[cell]]?.id]))
  expect(gridById(session)).toEqual(gridById(state))
  expect(gridById(session).get(cut.lower)).toBe(gridOf(5).id)
  expect(gridById(session).has(cut.upper)).toBe(true)
  expect(session.document).toMatchObject({ links: [{ cells: [cut.lower, land.cellIds[19]], kind: 'bridge' }], notes: [{ id: 'n' }], settings: { minMembers: 1 } })
})
