import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { checkLandEdit } from '@/core/check-land-edit'
import { createPlanSession } from '@/core/create-plan-session'
import { composeDeltas, invertDelta, isEmptyDelta } from '@/core/delta'
import { findMeeting, type BorderArc } from '@/core/land-faults'
import { joinedAdjacency } from '@/core/links'
import { isSameOutline } from '@/core/official-lines'
import { contextOfPlan } from '@/core/open-land'
import { assignCells } from '@/core/operations/assign-cells'
import type { LandEdit, PlanDelta, PlanDocument } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import { cutCells } from '@/rooms/redesign/operations/cut-cells'
import { mergeCells } from '@/rooms/redesign/operations/merge-cells'
import { moveVertex } from '@/rooms/redesign/operations/move-vertex'
import { landBytes, planBytes } from '../../helpers/plan-bytes'
import { randomReshape } from '../../helpers/random-reshapes'
import { makeSyntheticLand } from '../../helpers/synthetic-land'

/*
 * Two communities of 4 × 3 cells of 40 m; two grids in each: see the drawing of the reshaping cases.
 */
const land = makeSyntheticLand({ seed: 1, communities: [2, 1], cells: [4, 3], grids: [2, 2], isStraight: true })
const STEP = 8000
const NOTE = { key: 'test' }
const NOTHING: LandEdit['before'] = { nodes: [], cells: [], arcs: [], buildings: [] }
const open = () => createPlanSession({ context: land.context, document: land.document() })
const at = (x: number, y: number) => ({ x: Math.round(x * STEP), y: Math.round(y * STEP) })
const value = <T>(result: { ok: true; value: T } | { ok: false; code: string }): T => {
  if (!result.ok) throw new Error(result.code)
  return result.value
}

let session: PlanSession
beforeEach(() => (session = open()))
const cell = (id: number) => session.context.cellIndex.get(id)!
const cut = (of: PlanSession = session) => value(cutCells(of, { line: [at(-0.1, 0.2), at(1.1, 0.2)] }))
/** The node at (1, 1), where four cells meet. */
const MIDDLE = { kind: 'node' as const, nodeId: 1 * 9 + 1 + 1 }
const move = (of: PlanSession, x: number, y: number) => value(moveVertex(of, { vertex: MIDDLE, to: at(x, y) }))

describe('a delta that redraws land', () => {
  const withLand = (edit: LandEdit): PlanDelta => ({ cells: [], grids: [], land: edit })
  const arc = (edit: LandEdit, side: 'before' | 'after', change: Partial<LandEdit['before']['arcs'][number]>): LandEdit => ({
    ...edit, [side]: { ...edit[side], arcs: edit[side].arcs.map((one, k) => (k === 0 ? { ...one, ...change } : one)) },
  })

  it.each<[string, string | undefined, (edit: LandEdit) => LandEdit]>([
    ['land_before_mismatch', undefined, (edit) => arc(edit, 'before', { kind: 2 })],
    ['land_before_mismatch', undefined, (edit) => ({ ...edit, before: { ...edit.before, nodes: [{ ...edit.before.nodes[0], x: 1 }] } })],
    ['land_before_mismatch', undefined, (edit) => ({ ...edit, before: { ...edit.before, cells: [{ id: 77, communityId: 100, labelX: 0, labelY: 0 }] } })],
    ['land_id_taken', undefined, (edit) => ({ ...edit, after: { ...edit.after, nodes: [...edit.after.nodes, { id: 3, x: 1, y: 1 }] } })],
    ['land_id_taken', undefined, (edit) => ({ ...edit, after: { ...edit.after, nodes: [...edit.after.nodes, { id: 0, x: 1, y: 1 }] } })],
    ['land_invalid', 'arc_ends', (edit) => ({ ...edit, after: { ...edit.after, nodes: [{ ...edit.after.nodes[0], x: 1 }] } })],
    ['land_invalid', 'arc_ends', (edit) => arc(edit, 'after', { xy: [0, 0] })],
    ['land_invalid', 'arc_ends', (edit) => ({ ...edit, after: { ...edit.after, arcs: edit.after.arcs.slice(1) }, before: { ...edit.before, arcs: edit.before.arcs.slice(1) } })],
    ['land_invalid', 'cell_missing', (edit) => arc(edit, 'after', { left: 4711 })],
    ['land_invalid', 'cell_missing', (edit) => arc(edit, 'after', { left: 1000, right: 1000 })],
    ['land_invalid', 'node_loose', (edit) => ({ ...edit, after: { ...edit.after, nodes: [...edit.after.nodes, { id: -5, x: 1, y: 1 }] } })],
    ['land_invalid', 'cell_open', (edit) => ({ ...edit, after: { ...edit.after, arcs: edit.after.arcs.slice(1) } })],
    ['land_invalid', 'label_outside', (edit) => ({ ...edit, before: { ...edit.before, cells: [CELL_1000] }, after: { ...edit.after, cells: [{ ...CELL_1000, labelX: 60000 }] } })],
    ['land_invalid', 'building_unknown', (edit) => ({ ...edit, before: { ...edit.before, buildings: [{ id: 9000, cell: 1000 }] }, after: { ...edit.after, buildings: [{ id: 9000, cell: 1012 }] } })],
    ['land_outline_changed', undefined, (edit) => arc(edit, 'after', { kind: 6 })],
  ])('is refused as %s (%s)', (code, problem, spoil) => {
    const before = planBytes(session.document) + landBytes(session)
    const refused = session.apply(withLand(spoil(move(session, 1.1, 1.1).land!)), NOTE)
    expect(refused).toMatchObject({ ok: false, code, ...(problem && { details: { problem } }) })
    expect(planBytes(session.document) + landBytes(session)).toBe(before)
  })
  const CELL_1000 = { id: 1000, communityId: 100, labelX: 4000, labelY: 4000 }

  it('is refused where borders would meet, or a corner of the land move', () => {
    const { nodes, arcs } = move(session, 1.1, 1.1).land!.after
    const far = (x: number, y: number): LandEdit => ({
      before: move(session, 1.1, 1.1).land!.before,
      after: {
        ...NOTHING, nodes: [{ ...nodes[0], ...at(x, y) }],
        arcs: arcs.map((one) => ({ ...one, xy: one.xy.map((n, k) => (n === nodes[0].x && k % 2 === 0 ? at(x, y).x : n === nodes[0].y && k % 2 === 1 ? at(x, y).y : n)) })),
      },
    })
    expect(checkLandEdit(session.context, far(1.2, 0.9)).ok).toBe(true)
    expect(checkLandEdit(session.context, far(2.5, 1.5))).toMatchObject({ ok: false, code: 'land_invalid', details: { problem: 'crossing' } })
  })

  it('must list a cell that goes with a grid, and not send others to it', () => {
    const merged = value(mergeCells(session, { cells: [cell(1000), cell(1001)] }))
    expect(session.apply({ ...merged, cells: [] }, NOTE)).toMatchObject({ ok: false, code: 'land_cell_in_grid', details: { cellId: 1001 } })
    const stays = merged.cells.map((one) => ({ ...one, to: one.from }))
    expect(session.apply({ ...merged, cells: stays }, NOTE)).toMatchObject({ ok: false, code: 'cell_unknown' })
    expect(session.apply(merged, NOTE).ok).toBe(true)
    expect(session.apply({ cells: [{ cell: 1001, from: null, to: session.document.grids[0]!.id }], grids: [] }, NOTE)).toMatchObject({ ok: false, code: 'cell_unknown' })
  })

  it('gives the session another context, tells of it, and leaves the land given as it is', () => {
    const before = landBytes(land)
    const told: boolean[] = []
    session.subscribe((change) => told.push(change.landChanged))
    const first = session.context
    session.apply(cut(), NOTE)
    expect(session.context).not.toBe(first)
    expect(session.context.land.cellIds).toHaveLength(25)
    session.apply(value(assignCells(session, { cells: [24], gridId: session.document.grids[1]!.id })), NOTE)
    session.undo()
    session.undo()
    expect(told).toEqual([true, false, false, true])
    expect(landBytes(land)).toBe(before)
    expect(session.document.land).toBeNull()
  })

  it('is a gesture that goes there and back', () => {
    const before = planBytes(session.document) + landBytes(session)
    const gesture = session.beginGesture(NOTE)
    for (const [x, y] of [[1.1, 1.1], [1.2, 0.9], [1, 1]]) gesture.extend(move(session, x, y))
    expect(gesture.isEmpty).toBe(true)
    expect(gesture.drop()).toBeNull()
    expect(planBytes(session.document) + landBytes(session)).toBe(before)
  })

  it('does not show in another session on the same ground, nor in one opened on its land', () => {
    const other = open()
    const before = landBytes(other)
    session.apply(cut(), NOTE)
    const copy = createPlanSession({ context: session.context, document: { ...session.document, grids: [...session.document.grids], cellGrid: session.document.cellGrid.slice() } })
    const copied = landBytes(copy)
    session.apply(move(session, 1.1, 1.1), NOTE)
    expect(landBytes(other)).toBe(before)
    expect(landBytes(copy)).toBe(copied)
    copy.undo()
    copy.apply(move(copy, 0.9, 0.9), NOTE)
    expect(session.context.land.nodeXY[2 * 10]).toBe(at(1.1, 1.1).x)
  })
})

/** The plan as a server would hand it over: grids by cell id, and what the land is on balance. */
function reopened(of: PlanSession): PlanSession {
  const edit = of.document.land ?? null
  const context = contextOfPlan(land.context, edit)
  const cellGrid = new Int32Array(context.land.cellIds.length).fill(-1)
  of.context.land.cellIds.forEach((id, k) => {
    if (id !== 0) cellGrid[context.cellIndex.get(id)!] = of.document.cellGrid[k]
  })
  const document: PlanDocument = { ...land.document(), grids: [...of.document.grids], cellGrid, land: edit, links: of.document.links }
  return createPlanSession({ context: land.context, document })
}

describe('land on balance', () => {
  it('opens as the plan it was taken from, and composes to nothing with its inverse', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 25 }), (seed, steps) => {
        const random = seededRandom(seed)
        const drawn = open()
        const deltas: PlanDelta[] = []
        for (let step = 0; step < steps; step++) {
          const delta = randomReshape(drawn, random)
          if (delta.ok && drawn.apply(delta.value, NOTE).ok) deltas.push(delta.value)
        }
        const again = reopened(drawn)
        drawn.document.grids.forEach((grid, slot) => grid && expect(again.figures(slot)).toEqual(drawn.figures(slot)))
        const sorted = (of: PlanSession) => of.findings().map((finding) => JSON.stringify(finding)).sort()
        expect(sorted(again)).toEqual(sorted(drawn))
        const whole = composeDeltas(...deltas)
        expect(whole.land ?? null).toEqual(drawn.document.land ?? null)
        expect(isEmptyDelta(composeDeltas(whole, invertDelta(whole)))).toBe(true)
        const atOnce = open()
        expect(isEmptyDelta(whole) || atOnce.apply(whole, NOTE).ok).toBe(true)
      }),
      { numRuns: 40, seed: 20261123 },
    )
  })
})

describe('putting one\'s redrawing upon that of others', () => {
  it('keeps what still fits', () => {
    const theirs = open()
    const delta = value(cutCells(theirs, { line: [at(4.9, 2.2), at(6.1, 2.2)] }))
    session.apply(cut(), NOTE)
    const report = value(session.rebase([{ delta, note: NOTE }], 8))
    expect(report.conflicts).toEqual([])
    expect(report.change.landChanged).toBe(true)
    expect([...session.context.land.cellIds].filter((id) => id < 0)).toHaveLength(2)
  })

  it('names what does not, and goes on with the rest', () => {
    const theirs = open()
    const delta = value(mergeCells(theirs, { cells: [cell(1000), cell(1001)] }))
    session.apply(cut(), NOTE)
    const grid = session.document.grids[1]!.id
    session.apply(value(assignCells(session, { cells: [cell(1005)], gridId: grid })), NOTE)
    const report = value(session.rebase([{ delta, note: NOTE }], 8))
    expect(report.conflicts).toMatchObject([{ edit: 0, reason: 'land_changed', why: 'land_before_mismatch', kept: 'theirs' }])
    expect(session.context.cellIndex.get(1001)).toBeUndefined()
    expect(session.document.grids[session.document.cellGrid[cell(1005)]]!.id).toBe(grid)
    expect(session.findings().filter(({ code }) => code === 'cell_without_grid')).toEqual([])
  })

  it('takes a cell that goes out of the grid that others gave it to', () => {
    const theirs = open()
    const grid = theirs.document.grids[1]!.id
    const delta = value(assignCells(theirs, { cells: [cell(1001)], gridId: grid }))
    session.apply(value(mergeCells(session, { cells: [cell(1000), cell(1001)] })), NOTE)
    const report = value(session.rebase([{ delta, note: NOTE }], 8))
    expect(report.conflicts).toEqual([])
    expect(session.context.cellIndex.get(1001)).toBeUndefined()
  })

  it('asks whose notes, links and aims stand', () => {
    const note = (text: string) => ({ id: 'n', x: 1, y: 2, text })
    const [mine, theirs] = ['mine', 'theirs'].map((text): PlanDelta => ({ cells: [], grids: [], notes: [{ before: null, after: note(text) }] }))
    session.apply(mine, NOTE)
    expect(value(session.rebase([{ delta: theirs, note: NOTE }], 8)).conflicts).toMatchObject([{ reason: 'note_changed', kept: 'mine' }])
    expect(session.document.notes).toEqual([note('mine')])
  })
})

describe('links, notes and aims', () => {
  const link = (a: number, b: number, before: 'bridge' | 'wall' | null, after: 'bridge' | 'wall' | null): PlanDelta => ({ cells: [], grids: [], links: [{ cells: [a, b], before, after }] })

  /*   grid 0 is 1000 1001 / 1004 1005 / 1008 1009: walls between the lower two rows part it, for the community hangs together around   */
  it('walls part a grid and bridges join it again', () => {
    session.apply(link(1000, 1004, null, 'wall'), NOTE)
    expect(session.figures(0).inPieces).toBe(false)
    session.apply(link(1001, 1005, null, 'wall'), NOTE)
    expect(session.figures(0)).toMatchObject({ pieces: 2, inPieces: true })
    expect(session.findingsOf(0).map(({ code, cellIds }) => [code, cellIds])).toContainEqual(['grid_in_pieces', [1000, 1001]])
    session.apply(link(1000, 1008, null, 'bridge'), NOTE)
    expect(session.figures(0).inPieces).toBe(false)
    for (let k = 0; k < 3; k++) session.undo()
    expect(session.document.links).toEqual([])
    expect(session.figures(0).inPieces).toBe(false)
  })

  it('walls that part the community leave its grids as whole as its land', () => {
    for (const row of [[1000, 1004], [1001, 1005], [1002, 1006], [1003, 1007]]) session.apply(link(row[0], row[1], null, 'wall'), NOTE)
    expect(session.figures(0)).toMatchObject({ pieces: 2, inPieces: false })
    expect(reopened(session).figures(0)).toEqual(session.figures(0))
    const { start, neighbour, borderM } = joinedAdjacency(session.context)
    expect([...neighbour.subarray(start[0], start[1])]).toEqual([1])
    expect(borderM[start[0]]).toBe(40)
  })

  it('say why they do not fit', () => {
    expect(session.apply(link(1000, 1004, 'wall', null), NOTE)).toMatchObject({ ok: false, code: 'link_before_mismatch' })
    expect(session.apply(link(1000, 4711, null, 'wall'), NOTE)).toMatchObject({ ok: false, code: 'link_cell_unknown' })
    expect(session.apply(link(1004, 1000, null, 'wall'), NOTE)).toMatchObject({ ok: false, code: 'link_cell_unknown' })
    expect(session.apply({ cells: [], grids: [], notes: [{ before: { id: 'n', x: 0, y: 0, text: '' }, after: null }] }, NOTE)).toMatchObject({ ok: false, code: 'note_before_mismatch' })
    expect(session.apply({ cells: [], grids: [], settings: { before: land.context.settings, after: null } }, NOTE)).toMatchObject({ ok: false, code: 'settings_before_mismatch' })
    session.apply(link(1000, 1001, null, 'wall'), NOTE)
    const merged = value(mergeCells(session, { cells: [cell(1000), cell(1001)] }))
    expect(session.apply({ ...merged, links: [] }, NOTE)).toMatchObject({ ok: false, code: 'link_cell_unknown' })
  })

  it('come and go with undo, in one order', () => {
    const before = JSON.stringify([session.document.notes ?? [], session.document.settings ?? null])
    const aims = { ...land.context.settings, minMembers: 9 }
    session.apply({ cells: [], grids: [], notes: [{ before: null, after: { id: 'b', x: 1, y: 1, text: 'two' } }], settings: { before: null, after: aims } }, NOTE)
    session.apply({ cells: [], grids: [], notes: [{ before: null, after: { id: 'a', x: 1, y: 1, text: 'one' } }] }, NOTE)
    expect(session.document.notes!.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(session.document.settings).toEqual(aims)
    expect(session.pending().edits).toHaveLength(2)
    session.undo()
    session.undo()
    expect(JSON.stringify([session.document.notes, session.document.settings])).toBe(before)
  })
})

describe('predicates', () => {
  /** Whether two segments have a point in common, by fractions of whole numbers: nothing shared with the test of turns. */
  function haveCommonPoint([ax, ay, bx, by]: number[], [cx, cy, dx, dy]: number[]): boolean {
    const [ux, uy, vx, vy, wx, wy] = [bx - ax, by - ay, dx - cx, dy - cy, cx - ax, cy - ay].map(BigInt)
    const across = ux * vy - uy * vx
    const inOne = (n: bigint, of: bigint) => (of > 0n ? n >= 0n && n <= of : n <= 0n && n >= of)
    if (across !== 0n) return inOne(wx * vy - wy * vx, across) && inOne(wx * uy - wy * ux, across)
    if (wx * uy - wy * ux !== 0n) return false
    const length = ux * ux + uy * uy
    const [s, t] = [wx * ux + wy * uy, (wx + vx) * ux + (wy + vy) * uy]
    return (s < t ? s : t) <= length && (s > t ? s : t) >= 0n
  }

  it('find a meeting of two borders just where there is one, far from the origin too', () => {
    const small = fc.integer({ min: 0, max: 6 })
    const segment = fc.tuple(small, small, small, small).filter(([ax, ay, bx, by]) => ax !== bx || ay !== by)
    fc.assert(
      fc.property(segment, segment, fc.integer({ min: 1, max: 4_000_000 }), (a, b, scale) => {
        const wide = (of: number[]) => of.map((n) => n * scale)
        const border = (id: number, xy: number[]): BorderArc => ({ id, start: 10 * id, end: 10 * id + 1, left: 1, right: 2, xy: wide(xy) })
        expect(findMeeting([border(1, a), border(2, b)], () => true) !== null).toBe(haveCommonPoint(a, b))
        expect(findMeeting([border(1, a), border(2, b)], () => false)).toBeNull()
      }),
      { numRuns: 2000, seed: 20261123 },
    )
  })

  it('know a line that was divided at points of it from one that runs elsewhere', () => {
    const line = (...xy: number[]) => ({ left: 1, right: 2, kind: 6, xy })
    const back = (...xy: number[]) => ({ left: 2, right: 1, kind: 6, xy })
    expect(isSameOutline([line(0, 0, 6, 3, 6, 9)], [line(0, 0, 2, 1), line(2, 1, 6, 3), back(6, 9, 6, 5, 6, 3)])).toBe(true)
    expect(isSameOutline([line(0, 0, 6, 3)], [line(0, 0, 3, 1, 6, 3)])).toBe(false)
    expect(isSameOutline([line(0, 0, 6, 3)], [back(0, 0, 6, 3)])).toBe(false)
    expect(isSameOutline([line(0, 0, 6, 3)], [{ ...line(0, 0, 6, 3), kind: 1 }])).toBe(false)
    expect(isSameOutline([line(0, 0, 6, 3)], [line(0, 0, 4, 2)])).toBe(false)
  })
})
