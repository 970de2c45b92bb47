import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import { toLngLat } from '@/core/land-frame'
import { renumberGrids } from '@/core/operations/renumber-grids'
import type { PlanDelta } from '@/core/plan'
import { toGridRecord } from '@/core/plan-index'
import type { PlanSession } from '@/core/plan-session'
import type { Result } from '@/core/result'
import { checkSettings } from '@/rooms/redesign/operations/check-settings'
import { copyGrids } from '@/rooms/redesign/operations/copy-grids'
import { dropGrid } from '@/rooms/redesign/operations/drop-grid'
import { findPlaces, type PlaceKind } from '@/rooms/redesign/operations/find-places'
import { nameByNumber } from '@/rooms/redesign/operations/name-by-number'
import { drawPlan, type DrawnLand } from '../../../helpers/drawn-land'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

const open = (drawn: DrawnLand) => createPlanSession(drawPlan(drawn))
/** The plan as it would be drawn, by grid name, cell after cell. */
const picture = ({ document }: PlanSession) => [...document.cellGrid].map((slot) => document.grids[slot]?.name ?? '.').join('')
const apply = (session: PlanSession, delta: Result<PlanDelta>) => {
  if (!delta.ok) throw new Error(delta.code)
  const applied = session.apply(delta.value, { key: 'test' })
  if (!applied.ok) throw new Error(applied.code)
}

describe('a grid that goes', () => {
  it('leaves its land to the grids around it, to one of them, or to none, and comes back with undo', () => {
    const session = open({ grids: ['AABBC', 'AABBC'] })
    const before = picture(session)
    apply(session, dropGrid(session, 'B', { to: 'neighbours' }))
    expect(picture(session)).toBe('AAACCAAACC')
    session.undo()
    expect(picture(session)).toBe(before)
    apply(session, dropGrid(session, 'B', { to: 'grid', gridId: 'C' }))
    expect(picture(session)).toBe('AACCCAACCC')
    apply(session, dropGrid(session, 'A', { to: 'none' }))
    expect(picture(session)).toBe('..CCC..CCC')
  })

  it('is refused where nobody may take the land', () => {
    const session = open({ grids: ['AB'] })
    apply(session, { ok: true, value: { cells: [], grids: [{ before: record(session, 0), after: { ...record(session, 0), locked: true } }] } })
    expect(dropGrid(session, 'B', { to: 'neighbours' })).toMatchObject({ ok: false, code: 'no_heir' })
    expect(dropGrid(session, 'A', { to: 'none' })).toMatchObject({ ok: false, code: 'grid_locked' })
  })

  it('does not give land away that had no grid before', () => {
    const session = open({ grids: ['AB.'] })
    apply(session, dropGrid(session, 'B', { to: 'neighbours' }))
    expect(picture(session)).toBe('AA.')
  })
})

const record = (session: PlanSession, slot: number) => toGridRecord(session.context, session.document.grids[slot]!)

describe('numbering anew', () => {
  it('goes by rows or by columns, and names may follow', () => {
    const session = open({ grids: ['ABC', 'DEF'] })
    const codes = (order: 'rows' | 'columns') => {
      const delta = renumberGrids(session, { order, nameOf: (number, _, name) => nameByNumber(name, number) })
      const after = new Map(delta.ok ? delta.value.grids.map((grid) => [grid.after!.id, grid.after!.code.slice(-3)]) : [])
      return ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => after.get(id) ?? record(session, session.index.slotOf(id)).code.slice(-3)).join(' ')
    }
    expect(codes('rows')).toBe('001 002 003 004 005 006')
    expect(codes('columns')).toBe('001 003 005 002 004 006')
    expect([nameByNumber('桃园 002', 11), nameByNumber('园林网格', 3), nameByNumber('9', 12)]).toEqual(['桃园 011', '园林网格', '12'])
  })
})

describe('grids copied from another plan', () => {
  const drawn: DrawnLand = { grids: ['AABB', 'AABB'], communities: ['0000', '1111'] }
  const land = () => ({ ...drawn, grids: ['AABB', 'CCDD'] })
  const columns = (session: PlanSession) => ({
    grids: session.document.grids.map((_, slot) => record(session, slot)),
    cellIds: [...session.context.land.cellIds],
    cellGrid: [...session.document.cellGrid],
  })

  it('replace those of the communities asked for, and of no other', () => {
    const here = open(land())
    const there = columns(open({ ...land(), grids: ['AAAB', 'CDDD'] }))
    const copied = copyGrids(here, there, new Set([0]))
    expect(copied).toMatchObject({ ok: true, value: { households: 10, cellsUnknown: 0 } })
    apply(here, copied.ok ? { ok: true, value: copied.value.delta } : copied)
    expect(picture(here)).toBe('AAABCCDD')
    expect(copyGrids(here, there, new Set([0]))).toMatchObject({ ok: false, code: 'nothing_to_do' })
  })

  it('bring grids that were not here, take away those that are not there, and keep cells the other does not know', () => {
    const here = open(land())
    const from = columns(open({ ...land(), grids: ['AEEE', 'CCDD'] }))
    const known = { ...from, cellIds: from.cellIds.slice(0, 3), cellGrid: from.cellGrid.slice(0, 3) }
    const copied = copyGrids(here, known, new Set([0]))
    if (!copied.ok) throw new Error(copied.code)
    expect(copied.value.cellsUnknown).toBe(1)
    apply(here, { ok: true, value: copied.value.delta })
    // B is gone, and the cell nobody knew of has no grid any more.
    expect(picture(here)).toBe('AEE.CCDD')
    here.undo()
    expect(picture(here)).toBe('AABBCCDD')
  })

  it('are refused where a grid is locked', () => {
    const here = open(land())
    apply(here, { ok: true, value: { cells: [], grids: [{ before: record(here, 1), after: { ...record(here, 1), locked: true } }] } })
    expect(copyGrids(here, columns(open({ ...land(), grids: ['ABBB', 'CCDD'] })), new Set([0]))).toMatchObject({ ok: false, code: 'grid_locked', details: { gridId: 'B' } })
  })
})

describe('looking for places', () => {
  const found = (session: PlanSession, kind: PlaceKind, more: { review?: ReadonlyMap<number, string>; minMembers?: number } = {}) =>
    findPlaces(
      { session, bandOf: () => ({ lower: 20, upper: 60, target: 40 }), minMembers: more.minMembers ?? 3, review: more.review ?? new Map() },
      kind,
    ).map((place) => `${place.gridIds.join('+')}:${place.cells.map((cell) => cell + 1).sort((a, b) => a - b).join(',')}`)

  it('finds open land by patch, pieces, and grids out of band or short of members', () => {
    //   . A B A
    //   . B B .      cells 1 … 8
    const session = open({ grids: ['.ABA', '.BB.'], households: [10, 5, 10, 5, 10, 30, 30, 10] })
    expect(found(session, 'unassigned')).toEqual([':1,5', ':8'])
    expect(found(session, 'pieces')).toEqual(['A:4'])
    expect(found(session, 'above')).toEqual(['B:3,6,7'])
    expect(found(session, 'below')).toEqual(['A:2,4'])
    expect(found(session, 'members')).toEqual(['A:2,4'])
    expect(found(session, 'members', { minMembers: 4 })).toEqual(['A:2,4', 'B:3,6,7'])
  })

  it('finds a grid that has one other all around it, and none at the edge of the land or between two', () => {
    expect(found(open({ grids: ['AAA', 'ABA', 'AAA'] }), 'holes')).toEqual(['B:5'])
    expect(found(open({ grids: ['AAA', 'ABA'] }), 'holes')).toEqual([])
    expect(found(open({ grids: ['AAA', 'ABC', 'AAA'] }), 'holes')).toEqual([])
  })

  it('finds compounds in several grids, and cells that somebody should look at', () => {
    const session = open({ grids: ['AABB'], compounds: ['kll.'] })
    expect(found(session, 'compounds')).toEqual(['A+B:2,3'])
    expect(found(session, 'review', { review: new Map([[3, 'narrow'], [99, 'enclosed']]) })).toEqual([':3'])
  })

  it('finds houses that a border of grids runs through, and no house that it only touches', () => {
    const land = makeSyntheticLand({ seed: 3, communities: [1, 1], cells: [4, 1], grids: [2] })
    const { context } = land
    const [left, right] = [1, 2]
    // The border between the two grids is the arc between the second and the third cell.
    const arc = [...context.land.arcLeft.keys()].find((k) => new Set([context.land.arcLeft[k], context.land.arcRight[k]]).size === 2 && [left, right].every((cell) => [context.land.arcLeft[k], context.land.arcRight[k]].includes(cell)))!
    const [x0, y0, x1, y1] = context.land.arcXY.slice(2 * context.land.arcStart[arc], 2 * context.land.arcStart[arc] + 4)
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2]
    /** A house of 8 × 8 m whose east wall lies so far east of the border's middle. */
    const houseAt = (eastM: number) => {
      const ring = [[-8, -4], [0, -4], [0, 4], [-8, 4], [-8, -4]].map(([x, y]) => toLngLat(context.land.frame, mx + (x + eastM) * 200, my + y * 200))
      const buildings = { ...context.buildings, count: 1, cell: Int32Array.of(left), outlineStart: Uint32Array.of(0, 5), outline: Float64Array.from(ring.flat()) }
      const session = createPlanSession({ context: { ...context, buildings }, document: land.document() })
      expect(new Set([session.document.cellGrid[left], session.document.cellGrid[right]]).size).toBe(2)
      return findPlaces({ session, bandOf: () => ({ lower: 0, upper: 1, target: 1 }), minMembers: 0, review: new Map() }, 'buildings').length
    }
    expect([houseAt(-4), houseAt(4)]).toEqual([0, 1])
  })
})

describe('aims of a draft', () => {
  const good = { urban: { lower: 300, target: 400, upper: 500 }, rural: { lower: 80, target: 150, upper: 250 }, minMembers: 3 }
  const faults = (change: object) => checkSettings({ ...good, ...change }).map(({ field, code }) => `${field} ${code}`)

  it('are named by field where they cannot be', () => {
    expect(faults({})).toEqual([])
    expect(faults({ urban: { lower: 450, target: 400, upper: 500 } })).toEqual(['urban.lower lower_above_target'])
    expect(faults({ rural: { lower: 80, target: 260, upper: 250 }, minMembers: -1 })).toEqual(['rural.target target_above_upper', 'minMembers not_whole'])
    expect(faults({ urban: { lower: NaN, target: 400.5, upper: 1e9 } })).toEqual(['urban.lower not_whole', 'urban.target not_whole', 'urban.upper too_large'])
    expect(faults({ minMembers: 1001 })).toEqual(['minMembers too_large'])
    expect(faults({ urban: { lower: 0, target: 0, upper: 10 } })).toEqual(['urban.target target_zero'])
  })
})
