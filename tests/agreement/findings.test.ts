import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { applyDelta } from '@/core/apply-delta'
import { findFindings } from '@/core/find-findings'
import type { Finding, PlanDelta, PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext, type PlanLand } from '@/core/plan-context'
import { createPlanIndex, toGridRecord, type PlanState } from '@/core/plan-index'
import type { EditNote } from '@/core/plan'
import { makeSyntheticLand } from '../helpers/synthetic-land'
import { randomEdit } from '../helpers/random-edits'
import { loadLand } from '../sql/engines/load-land'
import { onEachDatabase } from '../sql/engines/with-databases'

/** Lands whose findings differ in kind; every plan on them is made by random edits. */
const LANDS = {
  urban: () => makeSyntheticLand({ seed: 11, communities: [2, 2], cells: [9, 7], grids: [3, 2, 4, 1], householdsPerCell: 20 }),
  rural: () => makeSyntheticLand({ seed: 12, communities: [3, 1], cells: [6, 6], grids: [2, 3, 2], householdsPerCell: 12, rural: true }),
  /** A community with a part of its land inside another's, and buildings that stand nowhere. */
  exclave: () => withExclave(makeSyntheticLand({ seed: 13, communities: [2, 1], cells: [8, 8], grids: [3, 3], householdsPerCell: 14 })),
}
const PLANS_PER_LAND = 12
const EDITS_PER_PLAN = 14

onEachDatabase('agreement of findings', ({ db, rolledBack, become }) => {
  describe.each(Object.entries(LANDS))('%s land', (name, make) => {
    let context: PlanContext
    let start: PlanDocument

    beforeAll(async () => {
      const land = make()
      const place = Object.keys(LANDS).indexOf(name) + 1
      const ground = { ...land.context, communities: land.context.communities.map((unit) => ({ ...unit, code: `37010200${place}${unit.code.slice(9)}` })) }
      const document = land.document()
      const loaded = await loadLand(db(), { code: `37010200${place}000`, parentId: 1 }, ground, document)
      context = makePlanContext({
        ...ground,
        landId: loaded.landId,
        land: { ...ground.land, cellIds: ground.land.cellIds.map((_, cell) => loaded.cellBase + cell) },
        communities: ground.communities.map((unit, index) => ({ ...unit, id: loaded.communityIds[index] })),
        compounds: ground.compounds.map((compound, index) => ({ ...compound, id: loaded.compoundBase + index })),
        buildings: { ...ground.buildings, ids: ground.buildings.ids.map((_, building) => loaded.buildingBase + building) },
      })
      start = { ...document, landId: loaded.landId }
    })

    it.each(Array.from({ length: PLANS_PER_LAND }, (_, index) => 100 * index + 7))('plan of seed %i: same codes, ids and figures', (seed) =>
      rolledBack(async () => {
        const random = seededRandom(seed)
        await become('admin')
        const [{ plan }] = await db().query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, '比对') as plan`, [context.landId])
        const state = stateOf(context, start)
        let revision = 0
        for (let round = 0; round < 3; round++) {
          const edits: { delta: PlanDelta; note: EditNote }[] = []
          while (edits.length < EDITS_PER_PLAN / 3) {
            const delta = random() < 0.08 ? duplicateCode(state, random) : randomEdit(state, random)
            if (!delta.ok || !applyDelta(state, delta.value).ok) continue
            edits.push({ delta: delta.value, note: { key: 'test' } })
          }
          await db().query('select public.save_plan_draft($1, $2, $3::jsonb)', [plan.planId, revision, JSON.stringify(edits)])
          revision++
          const [{ findings }] = await db().query<{ findings: (Finding & { geometry?: unknown })[] }>(
            'select public.check_plan($1) as findings', [plan.planId])
          const theirs = findings.map(({ geometry, ...finding }) => ({ finding, drawn: geometry !== undefined }))
          expect(theirs.map(({ finding }) => finding), `seed ${seed}, revision ${revision}`).toEqual(findFindings(state))
          expect(theirs.filter(({ drawn }) => drawn).every(({ finding }) => finding.code === 'grid_in_pieces')).toBe(true)
        }
      }))

    it('refuses the same deltas for the same reasons', () =>
      rolledBack(async () => {
        await become('admin')
        const [{ plan }] = await db().query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, '比对') as plan`, [context.landId])
        for (const delta of badDeltas(context, start)) {
          const ours = applyDelta(stateOf(context, start), delta)
          await db().query('savepoint attempt')
          const theirs = await db()
            .query('select public.save_plan_draft($1, 0, $2::jsonb)', [plan.planId, JSON.stringify([{ delta }])])
            .then(() => 'saved', (error: unknown) => (JSON.parse((error as { detail: string }).detail) as { reason: string }).reason)
          await db().query('rollback to attempt')
          expect(theirs, JSON.stringify(delta)).toBe(ours.ok ? 'saved' : ours.details?.reason ?? ours.code)
        }
      }))
  })
})

function stateOf(context: PlanContext, start: PlanDocument): PlanState {
  const document = { ...start, grids: [...start.grids], cellGrid: start.cellGrid.slice() }
  return { context, document, index: createPlanIndex(context, document) }
}

/** Give a grid another's code: allowed in a draft, a finding for publication. */
function duplicateCode({ context, document }: PlanState, random: () => number): { ok: true; value: PlanDelta } | { ok: false } {
  const grids = document.grids.flatMap((grid) => (grid ? [grid] : []))
  const before = toGridRecord(context, grids[Math.floor(random() * grids.length)])
  const code = grids[Math.floor(random() * grids.length)].code
  return code === before.code ? { ok: false } : { ok: true, value: { cells: [], grids: [{ before, after: { ...before, code } }] } }
}

function badDeltas(context: PlanContext, start: PlanDocument): PlanDelta[] {
  const cellId = (cell: number) => context.land.cellIds[cell]
  const gridOf = (cell: number) => start.grids[start.cellGrid[cell]]!.id
  const other = start.grids.find((grid) => grid!.community !== context.land.cellCommunity[0])!
  const first = toGridRecord(context, start.grids[0]!)
  const fresh = { ...first, id: '11111111-1111-4111-8111-111111111111', code: 'fresh' }
  const cells = (...list: PlanDelta['cells'][number][]): PlanDelta => ({ cells: list, grids: [] })
  const grids = (...list: PlanDelta['grids'][number][]): PlanDelta => ({ cells: [], grids: list })
  return [
    cells({ cell: 1, from: null, to: null }),
    cells({ cell: cellId(0), from: null, to: null }),
    cells({ cell: cellId(0), from: gridOf(0), to: null }),
    cells({ cell: cellId(0), from: gridOf(0), to: null }, { cell: cellId(0), from: null, to: gridOf(0) }),
    cells({ cell: cellId(0), from: gridOf(0), to: other.id }),
    cells({ cell: cellId(0), from: gridOf(0), to: fresh.id }),
    grids({ before: first, after: null }),
    grids({ before: { ...first, name: 'not so' }, after: null }),
    grids({ before: null, after: first }),
    grids({ before: null, after: fresh }),
    grids({ before: null, after: fresh }, { before: null, after: fresh }),
    grids({ before: fresh, after: null }),
    grids({ before: first, after: { ...first, communityId: context.communities[other.community].id } }),
    grids({ before: null, after: { ...fresh, communityId: 1 } }),
    { cells: [{ cell: cellId(0), from: gridOf(0), to: fresh.id }], grids: [{ before: null, after: fresh }] },
  ]
}

function withExclave({ context, document }: ReturnType<typeof makeSyntheticLand>): { context: PlanContext; document: () => PlanDocument } {
  const across = 16
  const inner = [2 * across + 2, 2 * across + 3, 3 * across + 2, 3 * across + 3]
  const cellCommunity = context.land.cellCommunity.slice()
  const buildings = { ...context.buildings, cell: context.buildings.cell.slice(), community: context.buildings.community.slice() }
  const compounds = context.compounds
  const compound = buildings.compound.slice()
  for (const cell of inner) {
    cellCommunity[cell] = 1
    buildings.community[cell] = 1
    compound[cell] = -1
  }
  // Two buildings that no cell took in.
  const cellStats = { ...context.cellStats, households: context.cellStats.households.slice(), members: context.cellStats.members.slice() }
  for (const building of [40, 41]) {
    buildings.cell[building] = -1
    cellStats.households[building] = 0
    cellStats.members[building] = 0
  }
  const ground: PlanLand = { ...context, land: { ...context.land, cellCommunity }, cellStats, compounds, buildings: { ...buildings, compound } }
  return {
    context: makePlanContext(ground),
    document: () => {
      const plan = document()
      const slot = plan.grids.findIndex((grid) => grid!.community === 1)
      for (const cell of inner) plan.cellGrid[cell] = slot
      return plan
    },
  }
}
