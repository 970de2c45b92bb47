import { expect, it } from 'vitest'
import { attackImporters } from '../helpers/malformed/attack-importers'
import { makeSyntheticLand } from '../helpers/synthetic-land'
import { commitImport, landRows, type ImportRows } from './engines/load-land'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

const LAND = makeSyntheticLand({ seed: 5, communities: [2, 1], cells: [4, 3], grids: [2, 1], householdsPerCell: 3 })
const ROWS = landRows(LAND.context, LAND.document())
const FRAME = LAND.context.land.frame
const META = { frame: FRAME, source: { file: 'x.geojson', system: 'GCJ-02' }, street: { code: '370101009000', name: '新街道' } }

interface Report {
  errorCount: number
  errors: { kind: string; row: number; code: string; values: Record<string, unknown> }[]
  counts: Record<string, number>
}

onEachDatabase('import of land', (subject) => {
  const { db, rolledBack, become } = subject
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const count = async (table: string) => (await db().query<{ n: number }>(`select count(*)::int as n from ${table}`))[0].n

  const counts = async () => {
    const numbers: number[] = []
    for (const table of ['public.org_units', 'public.lands', 'public.cells', 'public.buildings', 'public.households']) numbers.push(await count(table))
    return numbers
  }

  /** As the administrator through the console's functions, in two chunks a kind. */
  async function begin(rows: ImportRows, meta: unknown = META): Promise<string> {
    await become('admin')
    const { importId } = await call<{ importId: string }>('public.import_begin($1, 1, $2::jsonb)', 'land', JSON.stringify(meta))
    for (const [kind, list] of Object.entries(rows)) {
      const half = Math.ceil(list.length / 2)
      await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, kind, JSON.stringify(list.slice(0, half)))
      await call('public.import_chunk($1, $2, 1, $3::jsonb)', importId, kind, JSON.stringify(list.slice(half)))
    }
    return importId
  }
  const change = (kind: string, row: number, values: Record<string, unknown>): ImportRows => ({
    ...ROWS, [kind]: ROWS[kind].map((item, index) => (index === row ? { ...item, ...values } : item)),
  })

  it('enters a land whole: a street, its communities, cells, buildings and first grids, ready for a draft', () =>
    rolledBack(async () => {
      const importId = await begin(ROWS)
      expect(await call<Report>('public.import_check($1)', importId)).toMatchObject({ errorCount: 0, errors: [] })
      const answer = await call<{ landId: number; orgUnitId: number; counts: Record<string, number> }>('public.import_commit($1)', importId)
      expect(answer.counts).toMatchObject({ cells: 24, grids: 3, communities: 2 })
      const snapshot = await call<{ cells: { id: number[] }; grids: { id: string[] }; cellGrid: number[]; land: unknown }>('public.scope_snapshot($1)', answer.landId)
      expect(snapshot.cells.id).toHaveLength(24)
      expect(snapshot.cellGrid.every((grid) => grid >= 0)).toBe(true)
      expect(snapshot.land).toMatchObject({ lng0: FRAME.lng0, lat0: FRAME.lat0, mPerDegLng: FRAME.mPerDegLng, mPerDegLat: FRAME.mPerDegLat })
      expect(await call('public.open_plan_draft($1, $2)', answer.landId, '首个方案')).toMatchObject({ number: 1 })
      await become('owner')
      expect(await count('public.import_chunks')).toBe(2)
      expect(await db().query(`select extensions.st_area(extensions.st_union(g.geom)) = sum(extensions.st_area(g.geom))
        or abs(extensions.st_area(extensions.st_union(g.geom)) - sum(extensions.st_area(g.geom))) < 1e-15 as exact
        from public.grids g join public.grid_editions e on e.id = g.edition_id where e.land_id = $1`, [answer.landId])).toEqual([{ exact: true }])
    }))

  it('keeps names: masks in public, the rest in private', () =>
    rolledBack(async () => {
      const rows = change('households', 0, { headName: '欧阳锋', phone: '13912345678', initials: 'oyf' })
      const land = await commitImport(db(), 1, META, rows)
      expect(await db().query(`select h.head_name_masked, h.phone_masked, r.name_masked, i.name, i.phone from public.households h
        join public.buildings b on b.id = h.building_id join public.residents r on r.household_id = h.id
        join private.resident_identities i on i.resident_id = r.id where b.land_id = $1`, [land.landId])).toEqual([
        { head_name_masked: '欧*', phone_masked: '139****5678', name_masked: '欧*', name: '欧阳锋', phone: '13912345678' }])
    }))

  it('corrects masks when an identity changes', () =>
    rolledBack(async () => {
      await db().query(`update private.resident_identities set name = '王小明', phone = '0634-1234567', id_number = null where resident_id = 10`)
      expect(await db().query('select name_masked, phone_masked, id_number_masked from public.residents where id = 10')).toEqual([
        { name_masked: '王*', phone_masked: '063****4567', id_number_masked: null }])
    }))

  const [firstArc] = ROWS.arcs as { xy: number[] }[]
  const innerArc = (ROWS.arcs as { left: number; right: number }[]).findIndex((arc) => arc.left >= 0 && arc.right >= 0)
  const wrong: [string, ImportRows, { kind: string; row: number; code: string }][] = [
    ['a community code twice', change('communities', 1, { code: ROWS.communities[0].code }), { kind: 'communities', row: 1, code: 'code_duplicate' }],
    ['a code that is taken', change('communities', 1, { code: '370101001001' }), { kind: 'communities', row: 1, code: 'code_taken' }],
    ['a code of nine digits', change('communities', 0, { code: '370116001' }), { kind: 'communities', row: 0, code: 'value_invalid' }],
    ['a cell of no community', change('cells', 3, { community: 9 }), { kind: 'cells', row: 3, code: 'reference_unknown' }],
    ['an index with a fraction', change('cells', 3, { community: 0.5 }), { kind: 'cells', row: 3, code: 'reference_unknown' }],
    ['an area below zero', change('cells', 3, { areaM2: -1 }), { kind: 'cells', row: 3, code: 'value_invalid' }],
    ['an arc off its node', change('arcs', 0, { xy: [1, 1, ...firstArc.xy.slice(2)] }), { kind: 'arcs', row: 0, code: 'arc_ends_elsewhere' }],
    ['an arc of words', change('arcs', 0, { xy: ['a', 'b', 'c', 'd'] }), { kind: 'arcs', row: 0, code: 'arc_shape_invalid' }],
    ['an unclosed building', change('buildings', 2, { rings: [[[117, 36], [117.1, 36], [117.1, 36.1], [117, 36.1]]] }), { kind: 'buildings', row: 2, code: 'ring_invalid' }],
    ['a building that crosses itself', change('buildings', 2, { rings: [[[117, 36], [117.1, 36.1], [117.1, 36], [117, 36.1], [117, 36]]] }), { kind: 'buildings', row: 2, code: 'ring_self_crossing' }],
    ['a building outside its cell', change('buildings', 2, { lng: 118 }), { kind: 'buildings', row: 2, code: 'building_outside_cell' }],
    ['a building without a place or reason', change('buildings', 2, { cell: -1 }), { kind: 'buildings', row: 2, code: 'unplaced_without_reason' }],
    ['a household of no building', change('households', 0, { building: 99999 }), { kind: 'households', row: 0, code: 'reference_unknown' }],
    ['an unknown category', change('households', 0, { category: 8 }), { kind: 'households', row: 0, code: 'value_invalid' }],
    ['a cell in two grids', change('gridCells', 1, { cell: 0 }), { kind: 'gridCells', row: 1, code: 'cell_repeated' }],
    ['a grid across communities', change('grids', 0, { community: 1 }), { kind: 'gridCells', row: 0, code: 'grid_other_community' }],
    ['a row that is no object', { ...ROWS, streets: [7 as unknown as Record<string, unknown>] }, { kind: 'streets', row: 0, code: 'row_invalid' }],
    ['nothing at all', {}, { kind: 'cells', row: 0, code: 'rows_missing' }],
    ['a gap in the coverage', { ...ROWS, arcs: ROWS.arcs.filter((_, arc) => arc !== innerArc) }, { kind: 'arcs', row: 0, code: 'coverage_broken' }],
    ['an arc whose sides are the wrong way round',
      change('arcs', innerArc, { left: ROWS.arcs[innerArc].right, right: ROWS.arcs[innerArc].left }), { kind: 'arcs', row: 0, code: 'coverage_broken' }],
    ['a label outside its cell', change('cells', 0, { labelX: -99999 }), { kind: 'cells', row: 0, code: 'label_outside' }],
  ]
  it.each(wrong)('refuses %s, by row, and leaves everything as it was', (_, rows, expected) =>
    rolledBack(async () => {
      const before = await counts()
      const importId = await begin(rows)
      const report = await call<Report>('public.import_check($1)', importId)
      expect(report.errors.map(({ kind, row, code }) => ({ kind, row, code }))).toContainEqual(expected)
      await db().query('savepoint commit')
      const detail = (await expectRefusal(call('public.import_commit($1)', importId), 'import_invalid')) as unknown as Report
      expect(detail.errorCount).toBe(report.errorCount)
      await db().query('rollback to commit')
      await become('owner')
      expect(await counts()).toEqual(before)
    }))

  it.each([
    ['a street code that is taken', { ...META, street: { code: '370101001000', name: '甲' } }, 'import_street_taken'],
    ['a street without a name', { ...META, street: { code: '370101009000', name: '' } }, 'import_street_invalid'],
  ])('refuses %s', (_, meta, code) =>
    rolledBack(async () => {
      const importId = await begin(ROWS, meta)
      await expectRefusal(call('public.import_commit($1)', importId), code)
    }))

  it('refuses a second land for a street', () =>
    rolledBack(async () => {
      await become('officer')
      const { importId } = await call<{ importId: string }>('public.import_begin($1, 2, $2::jsonb)', 'land', JSON.stringify({ frame: FRAME }))
      for (const [kind, list] of Object.entries(ROWS)) await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, kind, JSON.stringify(list))
      await expectRefusal(call('public.import_commit($1)', importId), 'land_exists')
    }))

  it('forgets the rows of an import that is given up, and takes no more', () =>
    rolledBack(async () => {
      const importId = await begin({ nodes: ROWS.nodes })
      await call('public.import_cancel($1)', importId)
      await become('owner')
      expect(await db().query('select count(*)::int as n from public.import_chunks where import_id = $1', [importId])).toEqual([{ n: 0 }])
      await become('admin')
      await expectRefusal(call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, 'nodes', '[]'), 'import_unknown')
    }))

  it('keeps an import without a person from those who are signed in as nobody', () =>
    rolledBack(async () => {
      const [{ id }] = await db().query<{ id: string }>(`insert into public.imports (kind, org_unit_id) values ('land', 1) returning id`)
      await become('inactive')
      await expectRefusal(call('public.import_chunk($1, $2, 0, $3::jsonb)', id, 'nodes', '[]'), 'import_unknown')
    }))

  attackImporters(subject, META, ROWS)
})
