import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import type { PlanDelta } from '@/core/plan'
import { toGridRecord } from '@/core/plan-index'
import type { PlanSession } from '@/core/plan-session'
import { makePlanContext } from '@/core/plan-context'
import { READ_LIMITS } from '@/formats/read-limits'
import { ringArea2 } from '@/formats/ring-shapes'
import { importPlan } from '@/rooms/redesign/exchange/import-plan'
import { ENDINGS, PLAN_FORMATS, UNIT_COLUMNS, type PlanFormat } from '@/rooms/redesign/exchange/formats'
import { writePlan, type PlanFileWords } from '@/rooms/redesign/exchange/write-plan'
import { readPlanFile } from '@/rooms/redesign/exchange/read-plan-file'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

const made = makeSyntheticLand({ seed: 7, communities: [2, 1], cells: [8, 8], grids: [4, 3], householdsPerCell: 9 })
const { buildings } = made.context
const context = makePlanContext({
  ...made.context,
  buildings: {
    ...buildings,
    names: Array.from(buildings.ids, (id) => `${id}号楼`),
    // What a spreadsheet would run, and what XML and CSV must quote.
    addresses: Array.from(buildings.ids, (id, k) => (k === 3 ? '=1+1' : k === 4 ? `<a> & "b", ${id}` : `文昌路${id}号`)),
  },
})
const today = () => createPlanSession({ context, document: made.document() })

/** Today's plan changed in all ways: cells moved, a grid made, one merged into another, one renamed. */
function edited(): PlanSession {
  const session = today()
  const { document, index } = session
  const grid = (slot: number) => document.grids[slot]!
  const idsOf = (slot: number) => [...index.cellsOf(slot)].map((cell) => context.land.cellIds[cell])
  const [first, second, third] = [grid(0), grid(1), grid(2)]
  const fresh = { id: '11111111-2222-4333-8444-555555555555', code: `${context.communities[0].code}009`, name: '新“格”=A1', communityId: context.communities[0].id, kind: 'dedicated' as const, locked: false }
  const moved = idsOf(0).slice(0, 3)
  const delta: PlanDelta = {
    cells: [
      ...moved.map((cell) => ({ cell, from: first.id, to: fresh.id })),
      ...idsOf(1).map((cell) => ({ cell, from: second.id, to: third.id })),
    ],
    grids: [
      { before: null, after: fresh },
      { before: toGridRecord(context, second), after: null },
      { before: toGridRecord(context, third), after: { ...toGridRecord(context, third), name: '合并后的网格' } },
    ],
  }
  expect(session.apply(delta, { key: 'test' }).ok).toBe(true)
  return session
}

const words: PlanFileWords = {
  title: '试验方案', watermark: '李* 2026', sheet: '楼栋与网格',
  columns: {
    gridCode: '网格编码', gridName: '网格名称', gridId: '网格标识', community: '社区', address: '地址', building: '楼栋', households: '户数',
    buildingId: '楼栋号', cellId: '地块号',
  },
}
const bytesOf = async (plan: PlanSession, format: PlanFormat) => new Uint8Array(await (await writePlan(plan, format, words)).arrayBuffer())
const nameOf = (format: PlanFormat) => `plan.${ENDINGS[format]}`
/** A plan as its grids by cell, without slots. */
const contentOf = (plan: PlanSession) => ({
  cells: Array.from(plan.document.cellGrid, (slot) => plan.document.grids[slot]?.id ?? null),
  grids: plan.document.grids.flatMap((grid) => grid ?? []).sort((a, b) => (a.id < b.id ? -1 : 1)),
})
const csv = (...rows: string[]) => new TextEncoder().encode(['网格编码,地址,楼栋号,地块号', ...rows].join('\r\n'))
const readCsv = (plan: PlanSession, ...rows: string[]) => importPlan(plan, readPlanFile('a.csv', csv(...rows)))
const told = (of: ReturnType<typeof importPlan>) => of.flags.map(({ row, code }) => [row, code])

describe('a plan out and in again', () => {
  it.each(PLAN_FORMATS)('%s: the same plan, as one edit of a draft of today\'s grids', async (format) => {
    const plan = edited()
    const draft = today()
    const found = importPlan(draft, readPlanFile(nameOf(format), await bytesOf(plan, format)))
    expect(found.flags.filter(({ severity }) => severity !== 'info')).toEqual([])
    expect(found.grids).toMatchObject({ made: 1, removed: 1 })
    expect(draft.apply(found.delta, { key: 'test' }).ok).toBe(true)
    // Tables do not tell the kind of a grid, which is the one thing they leave out.
    const expected = contentOf(plan)
    const grids = ['xlsx', 'csv'].includes(format) ? expected.grids.map((grid) => ({ ...grid, kind: 'basic' })) : expected.grids
    expect(contentOf(draft)).toEqual({ ...expected, grids })
    expect(importPlan(draft, readPlanFile(nameOf(format), await bytesOf(draft, format))).delta).toEqual({ cells: [], grids: [] })
  })

  it('shapefile: outer rings run clockwise, as the format has them', async () => {
    const view = new DataView(unzipSync(await bytesOf(today(), 'shapefile'))['grids.shp'].slice().buffer)
    // The first ring of the first record: its points lie behind a head, a record's head, a box, two counts and one part.
    const [first, count] = [100 + 8 + 44 + 4 * view.getInt32(100 + 8 + 36, true), view.getInt32(100 + 8 + 40, true)]
    const ring = Array.from({ length: count }, (_, k): [number, number] => [view.getFloat64(first + 16 * k, true), view.getFloat64(first + 16 * k + 8, true)])
    expect(ringArea2(ring)).toBeLessThan(0)
  })

  it('names every column of the table in the order it is written, formulas as texts', async () => {
    const text = new TextDecoder().decode(await bytesOf(today(), 'csv'))
    expect(text.split('\r\n')[0]).toBe(`${UNIT_COLUMNS.map((column) => words.columns[column]).join(',')}`)
    expect(text).toContain(`'=1+1`)
    const { claims } = readPlanFile('a.csv', new TextEncoder().encode(text))
    expect(claims.some((claim) => 'address' in claim && claim.address === '=1+1')).toBe(true)
  })
})

describe('rows that cannot be followed', () => {
  const draft = today()
  const [a, b] = [draft.document.grids[0]!, draft.document.grids[1]!]
  const other = draft.document.grids.find((grid) => grid!.community === 1)!
  const inA = draft.index.cellsOf(0)[0]
  const [id, elsewhere] = [buildings.ids[inA], buildings.ids[draft.index.cellsOf(1)[0]]]

  it('each is named by its row, and the others are followed', () => {
    const found = readCsv(draft, `${b.code},,${id},`, `${b.code},,1,`, `X9,,${elsewhere},`, `${b.code},,${id},`, `,,${elsewhere + 1},`,
      `${other.code},,${buildings.ids[1]},`, `${b.code},文昌路${buildings.ids[20]}号,,`)
    expect(told(found)).toEqual([
      [3, 'building_unknown'], [4, 'grid_unknown'], [5, 'row_twice'], [6, 'grid_missing'], [7, 'other_community'], [null, 'building_address'],
      [null, 'cells_unnamed']])
    expect(found.delta.cells).toContainEqual({ cell: context.land.cellIds[inA], from: a.id, to: b.id })
    expect(found.rows).toBe(7)
  })

  it('buildings of one cell in two grids: most households decide, the other row is named', () => {
    const shared = makePlanContext({ ...context, buildings: { ...context.buildings, cell: context.buildings.cell.map((cell, k) => (k === 1 ? 0 : cell)), households: context.buildings.households.map((n, k) => (k === 1 ? 1 : k === 0 ? 50 : n)) } })
    const plan = createPlanSession({ context: shared, document: made.document() })
    const found = readCsv(plan, `${b.code},,${buildings.ids[1]},`, `${a.code},,${buildings.ids[0]},`)
    expect(found.flags.find(({ code }) => code === 'cell_conflict')).toMatchObject({ row: 2, values: { grid: b.name, kept: a.name } })
  })

  it('a locked grid neither gives nor takes', () => {
    const document = made.document()
    document.grids[1] = { ...document.grids[1]!, locked: true }
    const found = readCsv(createPlanSession({ context, document }), `${b.code},,${id},`)
    expect(told(found)[0]).toEqual([null, 'grid_locked'])
    expect(found.delta.cells).toEqual([])
  })
})

describe('polygons of another hand', () => {
  const draft = today()
  const { frame } = context.land
  const square = (west: number, south: number, east: number, north: number) => [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
  const collection = (...features: object[]) => new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }))
  const feature = (properties: object, coordinates: unknown, type = 'Polygon') => ({ type: 'Feature', properties, geometry: { type, coordinates } })
  const everything = square(frame.lng0 - 0.1, frame.lat0 - 0.1, frame.lng0 + 0.1, frame.lat0 + 0.1)

  it('a line through cells: most of the area decides, and how many is said', () => {
    const xs = Array.from(context.land.cellLabelXY).filter((_, k) => k % 2 === 0)
    // A little beyond the label points of a column: by those it would stay outside.
    const middle = frame.lng0 + ((xs[3] + 300) * 0.005) / frame.mPerDegLng
    const found = importPlan(draft, readPlanFile('a.json', collection(feature({ name: draft.document.grids[0]!.name, code: draft.document.grids[0]!.code },
      square(frame.lng0 - 0.1, frame.lat0 - 0.1, middle, frame.lat0 + 0.1)))))
    expect(found.cells.byArea).toBeGreaterThan(0)
    expect(told(found)).toContainEqual([null, 'cell_cut'])
  })

  it('names what lies elsewhere, is claimed twice, has no shape, or no grid', () => {
    const [a, b] = [draft.document.grids[0]!, draft.document.grids[1]!]
    const found = importPlan(draft, readPlanFile('a.json', collection(
      feature({ code: a.code }, everything), feature({ code: b.code }, everything), feature({ code: b.code }, square(0, 0, 1, 1)),
      feature({ code: a.code }, [117.6, 36.2], 'Point'), feature({ code: a.code }, square(500000, 4000000, 500100, 4000100)))))
    expect(told(found).filter(([row]) => row !== null).map(([, code]) => code).sort()).toEqual(
      ['cell_disputed', 'geometry_bad', 'geometry_bad', 'other_community', 'outside_land', 'outside_land'])
  })

  it('keeps within the caps', () => {
    const bytes = collection(feature({ code: 'x' }, everything))
    expect(() => readPlanFile('a.json', bytes, { ...READ_LIMITS, vertices: 4 })).toThrow('too_many_vertices')
    expect(() => readPlanFile('a.json', bytes, { ...READ_LIMITS, fileBytes: 10 })).toThrow('file_too_large')
  })
})
