import { beforeAll, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { checkLand } from '@/algorithms/topology/check-land'
import { applyDelta, type EditablePlan } from '@/core/apply-delta'
import { createPlanSession } from '@/core/create-plan-session'
import { composeDeltas, invertDelta } from '@/core/delta'
import { findFindings } from '@/core/find-findings'
import type { Finding, LandEdit, PlanDelta, PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext } from '@/core/plan-context'
import { createPlanIndex } from '@/core/plan-index'
import { decodeSnapshot, type SnapshotJson } from '@/data/scope-snapshot'
import { firstAccepted, randomReshape } from '../helpers/random-reshapes'
import { createDrawnLand, type DrawnLand } from '../helpers/redraw-land'
import { makeSyntheticLand } from '../helpers/synthetic-land'
import { loadLand } from '../sql/engines/load-land'
import { onEachDatabase } from '../sql/engines/with-databases'

/** Drafts that redraw land at random: console and server have the same land, homes, findings and refusals. */
const ACROSS = 8
const DOWN = 6
const SEEDS = [3, 17, 40]
const EDITS = 24
const RESHAPES = 30
const NOTE = { key: 'test' }

onEachDatabase('agreement on land that a draft redraws', ({ db, rolledBack, become }) => {
  let context: PlanContext
  let start: PlanDocument

  beforeAll(async () => {
    const land = makeSyntheticLand({ seed: 21, communities: [2, 1], cells: [ACROSS, DOWN], grids: [4, 3], householdsPerCell: 30, houseM: 8 })
    const ground = { ...land.context, communities: land.context.communities.map((unit) => ({ ...unit, code: `370102009${unit.code.slice(9)}` })) }
    const document = land.document()
    const loaded = await loadLand(db(), { code: '370102009000', parentId: 1 }, ground, document)
    const [base] = await db().query<{ node: number; arc: number }>(
      `select (select min(id) from public.land_nodes where land_id = $1) as node, (select min(id) from public.land_arcs where land_id = $1) as arc`, [loaded.landId])
    const shift = (ids: Int32Array, first: number) => ids.map((_, place) => first + place)
    context = makePlanContext({
      ...ground,
      landId: loaded.landId,
      land: { ...ground.land, cellIds: shift(ground.land.cellIds, loaded.cellBase), nodeIds: shift(ground.land.nodeIds, base.node), arcIds: shift(ground.land.arcIds, base.arc) },
      communities: ground.communities.map((unit, index) => ({ ...unit, id: loaded.communityIds[index] })),
      compounds: ground.compounds.map((compound, index) => ({ ...compound, id: loaded.compoundBase + index })),
      buildings: { ...ground.buildings, ids: shift(ground.buildings.ids, loaded.buildingBase) },
    })
    start = { ...document, landId: loaded.landId }
  })

  const stateOf = (): EditablePlan => {
    const document = { ...start, grids: [...start.grids], cellGrid: start.cellGrid.slice() }
    return { context, document, index: createPlanIndex(context, document) }
  }
  const drawnLand = (): DrawnLand => {
    const { land, buildings, communities } = context
    const idOf = (cell: number) => (cell < 0 ? null : land.cellIds[cell])
    return createDrawnLand({
      nodes: Array.from(land.nodeIds, (id, k) => ({ id, x: land.nodeXY[2 * k], y: land.nodeXY[2 * k + 1] })),
      cells: Array.from(land.cellIds, (id, k) => ({ id, communityId: communities[land.cellCommunity[k]].id, labelX: land.cellLabelXY[2 * k], labelY: land.cellLabelXY[2 * k + 1] })),
      arcs: Array.from(land.arcIds, (id, k) => ({
        id, start: land.nodeIds[land.arcNodes[2 * k]], end: land.nodeIds[land.arcNodes[2 * k + 1]], left: idOf(land.arcLeft[k]), right: idOf(land.arcRight[k]),
        kind: land.arcKind[k] as LandEdit['after']['arcs'][number]['kind'], xy: [...land.arcXY.subarray(2 * land.arcStart[k], 2 * land.arcStart[k + 1])],
      })),
      buildings: Array.from({ length: buildings.count }, (_, k) => ({ id: buildings.ids[k], cell: land.cellIds[buildings.cell[k]] })),
    })
  }
  const openDraft = async () =>
    (await db().query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, '比对') as plan`, [context.landId]))[0].plan.planId
  /** What the server says to an edit: `saved`, or why not. */
  const attempt = async (planId: string, revision: number, delta: PlanDelta): Promise<string> => {
    await db().query('savepoint attempt')
    return db().query('select public.save_plan_draft($1, $2, $3::jsonb)', [planId, revision, JSON.stringify([{ delta }])])
      .then(() => 'saved', async (error: unknown) => {
        await db().query('rollback to attempt')
        const { reason, problem } = JSON.parse((error as { detail: string }).detail) as { reason: string; problem?: string }
        return problem ? `${reason} ${problem}` : reason
      })
  }

  it.each(SEEDS)('drafts of seed %i: the same land and the same findings', (seed) =>
    rolledBack(async () => {
      await become('admin')
      const planId = await openDraft()
      const state = stateOf()
      const random = seededRandom(seed)
      const applied: PlanDelta[] = []
      const counts = { saved: 0, refused: 0 }
      for (let k = 0; k < EDITS; k++) {
        const land = replay(drawnLand(), applied)
        const delta = randomChange(state, land, random)
        const ours = applyDelta(state, delta)
        const theirs = await attempt(planId, counts.saved, delta)
        if (ours.ok) {
          expect(theirs, `seed ${seed}, edit ${k}: ${JSON.stringify(delta)}`).toBe('saved')
          applied.push(delta)
          counts.saved++
        } else {
          const problem = ours.details?.problem
          expect(theirs, `seed ${seed}, edit ${k}`).toBe(problem ? `land_invalid ${String(problem)}` : String(ours.details?.reason ?? ours.code))
          counts.refused++
        }
        if (k % 6 !== 5) continue
        const [{ findings }] = await db().query<{ findings: (Finding & { geometry?: unknown })[] }>('select public.check_plan($1) as findings', [planId])
        expect(findings.map(({ geometry: _, ...finding }) => finding), `seed ${seed}, edit ${k}`).toEqual(findFindings(state))
      }
      expect(counts.saved).toBeGreaterThan(EDITS / 2)
      const [{ document }] = await db().query<{ document: { land: LandEdit | null; links: unknown; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] } }>('select public.plan_document($1) as document', [planId])
      expect(inOrder(document.land)).toEqual(inOrder(state.document.land ?? null))
      expect(document.links).toEqual(state.document.links ?? [])
      document.cellIds.forEach((id, k) => {
        const cell = state.context.cellIndex.get(id)!
        expect(document.grids[document.cellGrid[k]]?.id ?? null, `cell ${id}`).toBe(state.document.grids[state.document.cellGrid[cell]]?.id ?? null)
      })
      // All the way back: as it was, to the row.
      await db().query('select public.save_plan_draft($1, $2, $3::jsonb)', [planId, counts.saved, JSON.stringify(applied.map((delta) => ({ delta: invertDelta(delta) })).reverse())])
      const [{ after }] = await db().query<{ after: { land: unknown; links: unknown; cellIds: number[] } }>('select public.plan_document($1) as after', [planId])
      expect(after).toMatchObject({ land: null, links: [] })
      expect(after.cellIds).toEqual([...context.land.cellIds])
    }))

  it.each(SEEDS)('seed %i: what the console makes of gestures the server takes, proves and publishes', (seed) =>
    rolledBack(async () => {
      // Bands that every grid keeps, so that only pieces and split compounds stand against publication.
      await db().query(`update public.settings set value = $1::jsonb where key = 'grid_limits' and org_unit_id = (select org_unit_id from public.lands where id = $2)`,
        [JSON.stringify({ urban: { lower: 0, upper: 9999, target: 400 }, rural: { lower: 0, upper: 9999, target: 150 }, minMembers: 0 }), context.landId])
      await become('admin')
      const planId = await openDraft()
      const session = createPlanSession({ context: { ...context, settings: { urban: { lower: 0, upper: 9999, target: 400 }, rural: { lower: 0, upper: 9999, target: 150 }, minMembers: 0 } }, document: stateOf().document })
      const random = seededRandom(seed)
      const edits: { delta: PlanDelta; note: { key: string } }[] = []
      while (edits.length < RESHAPES) {
        const delta = firstAccepted(200, () => randomReshape(session, random))
        if (!delta) throw new Error('expected an edit that fits, got none')
        if (!session.apply(delta, NOTE).ok) continue
        edits.push({ delta, note: NOTE })
        // Land whose grids fall apart is mended at once, so that there is something to publish.
        if (session.findings().some(({ code }) => code === 'grid_in_pieces' || code === 'grid_empty')) {
          session.undo()
          edits.pop()
        }
      }
      const half = RESHAPES / 2
      // One by one as they are made, and in one edit as a console without a network sends them.
      await db().query('select public.save_plan_draft($1, 0, $2::jsonb)', [planId, JSON.stringify(edits.slice(0, half))])
      await db().query('select public.save_plan_draft($1, 1, $2::jsonb)', [planId, JSON.stringify([{ delta: composeDeltas(...edits.slice(half).map(({ delta }) => delta)), note: NOTE }])])
      const [{ findings, document }] = await db().query<{ findings: Finding[]; document: { land: LandEdit | null } }>(
        'select public.check_plan($1) as findings, public.plan_document($1) as document', [planId])
      expect(findings).toEqual(findFindings(session))
      expect(inOrder(document.land)).toEqual(inOrder(session.document.land ?? null))

      const waivers = findings.filter(({ code }) => code === 'compound_split').map(({ code, values }) => ({ code, gridId: null, compoundId: values.compoundId, reason: '单位宿舍' }))
      const [{ answer }] = await db().query<{ answer: unknown }>('select public.publish_plan($1, 2, $2::jsonb) as answer', [planId, JSON.stringify(waivers)])
      expect(answer).toMatchObject({ published: true, editionNumber: 2 })
      await become('owner')
      expect(await db().query('select * from private.land_errors($1)', [context.landId])).toEqual([])
      const [{ snapshot }] = await db().query<{ snapshot: SnapshotJson }>('select public.scope_snapshot($1) as snapshot', [context.landId])
      const published = decodeSnapshot(snapshot, buildCellAdjacency)
      expect(checkLand(published.land).problems).toEqual([])
      // Grid by grid what the session had, on cells with other ids.
      const bySize = (scope: { land: { cellIds: Int32Array }; cellStats: { households: Int32Array } }, cellGrid: Int32Array, grids: readonly ({ id: string } | null)[]) => {
        const sums = new Map<string, number[]>()
        cellGrid.forEach((grid, cell) => {
          if (grid < 0 || scope.land.cellIds[cell] === 0) return
          const sum = sums.get(grids[grid]!.id) ?? [0, 0]
          sums.set(grids[grid]!.id, [sum[0] + 1, sum[1] + scope.cellStats.households[cell]])
        })
        return sums
      }
      expect(bySize(published, published.current.cellGrid, published.current.grids)).toEqual(bySize(session.context, session.document.cellGrid, session.document.grids))
    }))

  it('refuses the same land edits for the same reasons', () =>
    rolledBack(async () => {
      await become('admin')
      const planId = await openDraft()
      for (const [what, delta] of badEdits()) {
        const state = stateOf()
        const ours = applyDelta(state, delta)
        if (ours.ok) throw new Error(`${what}: expected a refusal`)
        const problem = ours.details?.problem as string | undefined
        expect(await attempt(planId, 0, delta), what).toBe(problem ? `land_invalid ${problem}` : ours.details?.reason ?? ours.code)
      }
    }))

  function badEdits(): [string, PlanDelta][] {
    const EMPTY = { nodes: [], cells: [], arcs: [], buildings: [] }
    const land = drawnLand()
    const id = (column: number, row: number) => context.land.cellIds[row * ACROSS + column]
    const node = (column: number, row: number) => context.land.nodeIds[row * (2 * ACROSS + 1) + column]
    const only = (edit: LandEdit): PlanDelta => ({ cells: [], grids: [], land: edit })
    const at = land.nodes.get(node(3, 2))!
    const move = (dx: number, dy: number) => drawnLand().moveNode(at.id, at.x + dx, at.y + dy)
    const moved = move(500, 300)
    const cut = cutAt(drawnLand(), id(2, 2))!
    const [low] = cut.edit.after.cells
    const edge = land.nodes.get(node(3, 0))!
    const between = land.nodes.get(node(ACROSS, 2))!
    const without = (edit: LandEdit, change: Partial<LandEdit['after']>): LandEdit => ({ before: edit.before, after: { ...edit.after, ...change } })
    return [
      ['before is another', only({ before: { ...moved.before, nodes: [{ ...moved.before.nodes[0], x: 1 }] }, after: moved.after })],
      ['a border not named', only(without(cut.edit, { arcs: cut.edit.after.arcs.slice(1) }))],
      ['a node moved, one border left behind', only({ before: { ...moved.before, arcs: moved.before.arcs.slice(1) }, after: { ...moved.after, arcs: moved.after.arcs.slice(1) } })],
      ['a node far away', only(move(20000, 0))],
      ['the edge of the land', only(drawnLand().moveNode(edge.id, edge.x, edge.y + 40))],
      ['between communities', only(drawnLand().moveNode(between.id, between.x + 1, between.y))],
      ['an id taken', only(without(cut.edit, { cells: cut.edit.after.cells.map((cell) => (cell.id < 0 ? { ...cell, id: id(6, 4) } : cell)) }))],
      ['a label outside', only(without(cut.edit, { cells: cut.edit.after.cells.map((cell) => (cell === low ? { ...cell, labelX: cell.labelX + 40000 } : cell)) }))],
      ['a loose node', only(without(cut.edit, { nodes: [...cut.edit.after.nodes, { id: -77, x: 1, y: 1 }] }))],
      ['a cell that is not there', only(without(cut.edit, { arcs: cut.edit.after.arcs.map((arc) => (arc.left === low.id ? { ...arc, left: -78 } : arc)) }))],
      ['a merged cell still in its grid', only(drawnLand().mergeCells(id(2, 2), id(3, 2)))],
      ['another community', only({ before: { ...EMPTY, cells: [land.cells.get(id(2, 2))!] }, after: { ...EMPTY, cells: [{ ...land.cells.get(id(2, 2))!, communityId: context.communities[1].id }] } })],
      ['a link to nowhere', { cells: [], grids: [], links: [{ cells: [id(1, 1), 999_999_999], before: null, after: 'bridge' }] }],
      ['a link that is not there', { cells: [], grids: [], links: [{ cells: [id(1, 1), id(2, 1)], before: 'wall', after: null }] }],
      ['a note that is not there', { cells: [], grids: [], notes: [{ before: { id: 'x', x: 0, y: 0, text: '' }, after: null }] }],
      ['aims that are others', { cells: [], grids: [], settings: { before: context.settings, after: null } }],
    ]
  }

  /** Cut a cell from the middle of its southern to the middle of its northern border, where neither is official. */
  function cutAt(land: DrawnLand, cellId: number, fresh = false) {
    const straight = land.around(cellId).filter(({ xy, left, right }) => left !== null && right !== null && xy.length === 4)
    const middle = ({ xy }: { xy: readonly number[] }) => [Math.round((xy[0] + xy[2]) / 2), Math.round((xy[1] + xy[3]) / 2)] as const
    const level = straight.filter(({ xy }) => Math.abs(xy[2] - xy[0]) > 2 * Math.abs(xy[3] - xy[1])).sort((a, b) => middle(a)[1] - middle(b)[1])
    const sameCommunity = level.every(({ left, right }) => land.cells.get(left!)?.communityId === land.cells.get(right!)?.communityId)
    if (level.length !== 2 || !sameCommunity) return null
    const line = [middle(level[0]), middle(level[1])] as const
    const west = (building: number) => {
      const { cell } = [...drawnLand().buildings.values()].find(({ id }) => id === building)!
      const { labelX, labelY } = drawnLand().cells.get(cell)!
      const [[ax, ay], [bx, by]] = line
      return (bx - ax) * (labelY - ay) - (by - ay) * (labelX - ax) > 0
    }
    return land.cutCell(cellId, [level[0], level[1]], line, { fresh, isLower: west })
  }

  /** A paint, a cut, a merger, a node that moves, a link; often one that fits, sometimes one that does not. */
  function randomChange(state: EditablePlan, land: DrawnLand, random: () => number): PlanDelta {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
    const gridOf = (id: number) => state.document.grids[state.document.cellGrid[state.context.cellIndex.get(id)!]]?.id ?? null
    const cell = pick([...land.cells.values()])
    const what = random()
    if (what < 0.25) {
      const grids = state.document.grids.filter((grid) => grid && state.context.communities[grid.community].id === cell.communityId)
      return { cells: [{ cell: cell.id, from: gridOf(cell.id), to: pick(grids)!.id }], grids: [] }
    }
    if (what < 0.45) {
      const cut = cutAt(land, cell.id, random() < 0.5)
      if (cut) {
        const from = gridOf(cell.id)
        const came = [cut.lower, cut.upper].filter((id) => id !== cell.id)
        const left = came.length === 2 && from !== null ? [{ cell: cell.id, from, to: null }] : []
        return { cells: [...left, ...came.map((id) => ({ cell: id, from: null, to: from }))], grids: [], land: cut.edit }
      }
    }
    if (what < 0.65) {
      const neighbours = land.around(cell.id).flatMap(({ left, right }) => [left, right]).filter((id) => id !== null && id !== cell.id)
      const other = pick(neighbours)!
      if (gridOf(other) !== null) return { cells: [{ cell: other, from: gridOf(other), to: null }], grids: [], land: land.mergeCells(cell.id, other) }
    }
    if (what < 0.85) {
      const node = pick([...land.nodes.values()])
      return { cells: [], grids: [], land: land.moveNode(node.id, node.x + Math.round((random() - 0.5) * 2400), node.y + Math.round((random() - 0.5) * 2400)) }
    }
    const other = pick([...land.cells.keys()].filter((id) => id !== cell.id))
    const cells: [number, number] = cell.id < other ? [cell.id, other] : [other, cell.id]
    const before = state.document.links?.find((link) => link.cells[0] === cells[0] && link.cells[1] === cells[1])?.kind ?? null
    return { cells: [], grids: [], links: [{ cells, before, after: pick(['bridge', 'wall', null].filter((kind) => kind !== before)) as 'bridge' }] }
  }
})

/** The land with the edits that were saved; an edit that was refused has left no trace in it. */
function replay(land: DrawnLand, applied: readonly PlanDelta[]): DrawnLand {
  for (const { land: edit } of applied) if (edit) land.put(edit)
  return land
}

const inOrder = (edit: LandEdit | null) =>
  edit && (['before', 'after'] as const).map((side) => Object.fromEntries(Object.entries(edit[side]).map(([kind, list]) => [kind, [...(list as { id: number }[])].sort((a, b) => a.id - b.id)])))
