import { describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { LandChange } from '@/rooms/data-exchange/land-change'
import { packChange, type PeopleDecision } from '@/rooms/data-exchange/operations/pack-change'
import type { StandingLand } from '@/rooms/data-exchange/standing-land'
import { collection, feature, fileOf, polygon, square, town } from '../fixtures/import/make-files'
import { changeOfFiles, IMPORT_WORDS, importOfFiles, scopeOf } from '../helpers/town-import'
import { expectRefusal, onEachDatabase, type Subject } from './engines/with-databases'

/**
 * A town of 3 × 3 blocks with 9 houses each comes in; then it changes: the first house is pulled down, one is built across two
 * cells, one within a cell, and a street runs through the middle of a block.
 */
const [LNG, LAT] = [117.12, 36.16]
const TOWN = town(LNG, LAT, 3)
const STREET = { code: '370101009000', name: '新街道' }
const IMPORTED = await importOfFiles([fileOf('buildings.geojson', TOWN.buildings), fileOf('streets.geojson', TOWN.streets)], STREET)

interface Feature {
  properties: { id: string }
  geometry: { coordinates: unknown }
}
const HOUSES = (JSON.parse(TOWN.buildings) as { features: Feature[] }).features
const [STEP_LNG, STEP_LAT] = [120 / (111_320 * Math.cos((LAT * Math.PI) / 180)), 120 / 110_950]
const newHouse = (x: number, y: number, sizeM: number, id: string) =>
  feature(polygon(square(LNG + x * STEP_LNG, LAT + y * STEP_LAT, sizeM)), { building: 'apartments', 'building:levels': '6', id })
const newStreet = feature({ type: 'LineString', coordinates: [[LNG + 0.37 * STEP_LNG, LAT], [LNG + 0.37 * STEP_LNG, LAT + STEP_LAT]] }, { highway: 'residential', id: 'new-way', name: '新路' })

interface Answer {
  landId: number
  errorCount: number
  errors: { kind: string; row: number | null; code: string; values: Record<string, unknown> }[]
  landEdition: number
  gridEdition: number
  changedCells: number
  movedHouseholds: number
  review: { code: string; cellId?: number; grid?: string }[]
  drafts: { number: number; cells: number; outdated: boolean }[]
}

function worldOf({ db, become }: Subject) {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const send = async (importId: string, chunks: Iterable<{ kind: string; seq: number; rows: readonly unknown[] }>) => {
    for (const { kind, seq, rows } of chunks) await call('public.import_chunk($1, $2, $3, $4::jsonb)', importId, kind, seq, JSON.stringify(rows))
  }
  return {
    call,
    async enter(): Promise<{ landId: number; orgUnitId: number }> {
      await become('admin')
      const { importId } = await call<{ importId: string }>('public.import_begin($1, 1, $2::jsonb)', 'land', JSON.stringify(IMPORTED.meta))
      await send(importId, IMPORTED.chunks)
      return call('public.import_commit($1)', importId)
    },
    load: async (landId: number): Promise<{ scope: Scope; standing: StandingLand }> => ({
      scope: scopeOf(await call<SnapshotJson>('public.scope_snapshot($1)', landId)),
      standing: await call<StandingLand>('public.land_source($1)', landId),
    }),
    async begin(orgUnitId: number, change: LandChange, standing: StandingLand, decisions = new Map<number, PeopleDecision>()): Promise<string> {
      const { importId } = await call<{ importId: string }>('public.import_begin($1, $2, $3::jsonb)', 'land_change', orgUnitId, JSON.stringify({ baseEdition: standing.edition, source: {}, note: '旧房改造' }))
      await send(importId, packChange(change, standing, decisions, DEFAULT_HOUSEHOLD_RULE, IMPORT_WORDS))
      return importId
    },
  }
}

const replaced = () => fileOf('buildings.geojson', collection([...HOUSES.slice(1), newHouse(0.5, 0.5, 40, 'across'), newHouse(2.5, 2.45, 8, 'small')]))
const KEEP = new Map<number, PeopleDecision>([[0, { kind: 'keep' }]])

onEachDatabase('change of land', (subject) => {
  const { db, rolledBack, become } = subject
  const { call, enter, load, begin } = worldOf(subject)
  const rows = <T>(sql: string, ...values: unknown[]) => db().query<T>(sql, values)
  const states = async () => rows(`select (select count(*)::int from public.cells) as cells, (select count(*)::int from public.land_arcs where to_edition is null) as arcs,
    (select count(*)::int from public.buildings) as buildings, (select count(*)::int from public.households) as households,
    (select count(*)::int from public.grid_editions) as editions, (select sum(revision)::int from public.plans) as revisions`)

  async function changed(files = [replaced()], mode: 'replace' | 'add' = 'replace') {
    const { landId, orgUnitId } = await enter()
    const { scope, standing } = await load(landId)
    const run = await changeOfFiles(files, scope, standing, mode)
    if (run.change === null) throw new Error(`expected a change, got ${JSON.stringify(run.findingCounts)}`)
    return { landId, orgUnitId, scope, standing, change: run.change }
  }

  it('makes the next edition of the land and of its grids; what is not touched keeps its cells', () =>
    rolledBack(async () => {
      const { landId, orgUnitId, scope, standing, change } = await changed()
      expect(change.figures.buildings).toMatchObject({ added: 2, removed: 1, changed: 0, same: 80 })
      expect(change.figures.cells.kept).toBeGreaterThan(change.figures.cells.recut + change.figures.cells.new)
      const importId = await begin(orgUnitId, change, standing, KEEP)
      const check = await call<Answer>('public.import_check($1)', importId)
      expect(check).toMatchObject({ errorCount: 0, errors: [], landEdition: 2, gridEdition: 2 })
      const answer = await call<Answer>('public.import_commit($1)', importId)
      expect(answer).toMatchObject({ landId, landEdition: 2, gridEdition: 2 })

      const after = await load(landId)
      expect(after.standing.edition).toBe(2)
      expect(after.scope.current.number).toBe(2)
      expect([...after.scope.current.cellGrid].every((grid) => grid >= 0)).toBe(true)
      expect(after.scope.current.grids.map(({ id }) => id).sort()).toEqual(scope.current.grids.map(({ id }) => id).sort())
      // Kept cells are the same cells in the same grids.
      const gridOf = ({ land, current }: Scope) => new Map([...land.cellIds].map((id, cell) => [id, current.grids[current.cellGrid[cell]]?.id]))
      const [before, now] = [gridOf(scope), gridOf(after.scope)]
      const kept = [...change.land.cellIds].filter((id, cell) => id > 0 && change.diff.cellChange[cell] === 0)
      expect(kept.every((id) => now.get(id) === before.get(id))).toBe(true)
      // The pulled-down house keeps its record and its people; the new ones have the households that were derived.
      const first = after.standing.buildings.find(({ sourceRef }) => sourceRef === standing.buildings[0].sourceRef)!
      expect(first).toMatchObject({ needsReview: 'pulled_down', households: standing.buildings[0].households })
      expect(after.standing.buildings.find(({ sourceRef }) => sourceRef === 'across')?.households).toBeGreaterThan(50)
      await become('owner')
      expect(await rows('select code from private.land_errors($1)', landId)).toEqual([])
      expect(await rows(`select count(*)::int as n from public.cells c where c.land_id = $1 and c.from_edition = 2`, landId)).toEqual([{ n: change.figures.cells.new }])
      expect(await rows(`select count(*)::int as n from public.cells c where c.land_id = $1 and c.to_edition = 2`, landId)).toEqual([{ n: change.figures.cells.gone }])
      expect(await rows(`select action from public.audit_log where object_id = $1`, importId)).toEqual([{ action: 'land_changed' }])
      expect(await rows('select count(*)::int as n from public.import_chunks where import_id = $1', importId)).toEqual([{ n: 0 }])
    }))

  it('shows the former edition of the grids on the cells of today, and says in the history what happened', () =>
    rolledBack(async () => {
      const { landId, orgUnitId, scope, standing, change } = await changed()
      await call('public.import_commit($1)', await begin(orgUnitId, change, standing, KEEP))
      const former = await call<{ landEdition: number; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>('public.grid_edition($1, 1)', landId)
      expect(former.landEdition).toBe(1)
      expect(former.grids).toHaveLength(scope.current.grids.length)
      const today = await load(landId)
      const listed = new Set(former.cellIds)
      expect([...today.scope.land.cellIds].every((id) => listed.has(id))).toBe(true)
      expect(former.cellGrid.every((grid) => grid >= 0)).toBe(true)
      const history = await call<{ action: string; editionNumber: number; note: { text: string } }[]>('public.plan_history($1)', landId)
      expect(history.filter(({ editionNumber }) => editionNumber)).toMatchObject([
        { action: 'land_changed', editionNumber: 2, note: { text: '旧房改造' } }, { action: 'imported', editionNumber: 1 }])
    }))

  it('takes open drafts along: their edits, their base, a line in their log', () =>
    rolledBack(async () => {
      const { landId, orgUnitId } = await enter()
      const { planId } = await call<{ planId: string }>('public.open_plan_draft($1, $2)', landId, '调整')
      const { scope, standing } = await load(landId)
      const run = await changeOfFiles([replaced()], scope, standing, 'replace')
      const change = run.change!
      // All cells of one grid that are to be recut go to a grid of the draft's own.
      const cell = [...scope.land.cellIds].findIndex((id) => !change.land.cellIds.includes(id) || change.diff.cellChange[change.land.cellIds.indexOf(id)] === 1)
      const from = scope.current.grids[scope.current.cellGrid[cell]]
      const to = '00000000-0000-4000-8000-0000000000ff'
      const record = { id: to, code: 'X', name: '新格', communityId: scope.communities[from.community].id, kind: 'basic', locked: false }
      const own = [...scope.current.cellGrid.keys()].filter((k) => scope.current.cellGrid[k] === scope.current.cellGrid[cell])
      await call('public.save_plan_draft($1, 0, $2::jsonb)', planId, JSON.stringify([{
        delta: { cells: own.map((k) => ({ cell: scope.land.cellIds[k], from: from.id, to })), grids: [{ before: null, after: record }] }, note: { key: 'x' } }]))
      const answer = await call<Answer>('public.import_commit($1)', await begin(orgUnitId, change, standing, KEEP))
      expect(answer.drafts).toMatchObject([{ number: 1, outdated: false }])
      expect(answer.drafts[0].cells).toBe(change.figures.cells.recut + change.figures.cells.new)

      const after = await load(landId)
      const document = await call<{ revision: number; baseEditionId: number; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>('public.plan_document($1)', planId)
      expect(document).toMatchObject({ revision: 2, baseEditionId: after.scope.current.id })
      expect(document.cellIds).toEqual([...after.scope.land.cellIds])
      // What the edition in force has in the old grid, the draft has in its own.
      document.cellGrid.forEach((grid, k) => {
        const inForce = after.scope.current.grids[after.scope.current.cellGrid[k]].id
        expect(document.grids[grid].id).toBe(inForce === from.id ? to : inForce)
      })
      const edits = await call<{ revision: number; delta: { cells: unknown[]; carried?: { inherited: unknown[] } }; note: { key: string } }[]>('public.plan_edits_since($1, 1)', planId)
      expect(edits).toMatchObject([{ revision: 2, delta: { cells: [] }, note: { key: 'redesign.note.landChanged' } }])
      expect(edits[0].delta.carried?.inherited).toHaveLength(answer.drafts[0].cells)
      // It can go on: saved and copied on the new cells.
      expect(await call('public.copy_plan_draft($1, $2, 1, $3::jsonb)', planId, '副本', '[]')).toMatchObject({ number: 2 })
    }))

  it('leaves a draft outdated that was outdated before', () =>
    rolledBack(async () => {
      const { landId, orgUnitId, standing, change } = await changed()
      await call('public.open_plan_draft($1, $2)', landId, '调整')
      await become('owner')
      await rows(`insert into public.grid_editions (land_id, number, valid_to, note) values ($1, 99, now(), '')`, landId)
      await rows(`update public.plans set base_edition_id = (select id from public.grid_editions where land_id = $1 and number = 99) where land_id = $1`, landId)
      await become('admin')
      const answer = await call<Answer>('public.import_commit($1)', await begin(orgUnitId, change, standing, KEEP))
      expect(answer.drafts).toMatchObject([{ outdated: true }])
    }))

  it('cuts along a new street and adds nothing else', () =>
    rolledBack(async () => {
      const { landId, orgUnitId, standing, change } = await changed([fileOf('streets.geojson', collection([newStreet]))], 'add')
      expect(change.figures).toMatchObject({ buildings: { added: 0, removed: 0 }, streets: { added: 1, removed: 0 } })
      expect(change.figures.cells.recut + change.figures.cells.new).toBeGreaterThan(0)
      expect(await call<Answer>('public.import_commit($1)', await begin(orgUnitId, change, standing))).toMatchObject({ landEdition: 2 })
      const after = await load(landId)
      expect(after.standing.streets).toHaveLength(standing.streets.length + 1)
      // The same files once more tell nothing new.
      const again = await changeOfFiles([fileOf('streets.geojson', collection([newStreet]))], after.scope, after.standing, 'add')
      expect(again.findings.map(({ code }) => code)).toContain('change_none')
    }))

  it('moves the people of a house that goes to the house that is named, with their names', () =>
    rolledBack(async () => {
      const { landId, orgUnitId, standing, change } = await changed()
      const target = change.inhabited[0].candidates.find(({ added }) => added)!
      await call('public.import_commit($1)', await begin(orgUnitId, change, standing, new Map([[0, { kind: 'move', building: target.building }]])))
      const after = await load(landId)
      expect(after.standing.buildings.some(({ id }) => id === standing.buildings[0].id)).toBe(false)
      await become('owner')
      expect(await rows(`select count(*)::int as n from public.households h join public.buildings b on b.id = h.building_id
        where b.land_id = $1 and h.community_id = b.community_id`, landId)).toEqual([{ n: after.standing.buildings.reduce((sum, b) => sum + b.households, 0) }])
      const total = (land: StandingLand) => land.buildings.reduce((sum, b) => sum + b.households, 0)
      expect(total(after.standing)).toBe(total(standing) + change.figures.newHouseholds)
      expect(await rows(`select kind, was ->> 'source_ref' as ref from private.former_land_things where land_id = $1 and kind = 'building'`, landId)).toContainEqual(
        { kind: 'building', ref: standing.buildings[0].sourceRef })
    }))

  it('moves stairwells, residents and members too', () =>
    rolledBack(async () => {
      // Land 1 of the fixture world: every house has a stairwell, residents and a member.
      await become('admin')
      const { standing } = await load(1)
      const communities = standing.communities.map(({ code, name, kind }) => ({ code, name, kind }))
      const [gone, target] = [standing.buildings[0], standing.buildings[1]]
      const cell = { id: target.cell, change: 'kept', community: 0, areaM2: 10000, labelX: 30000, labelY: 10000 }
      const { importId } = await call<{ importId: string }>('public.import_begin($1, 2, $2::jsonb)', 'land_change', JSON.stringify({ baseEdition: 1 }))
      const rowsOf = { communities, cells: [cell], buildings: [{ id: target.id, community: 0, compound: -1, cell: 0, lng: target.lng, lat: target.lat }], gone: [{ thing: 'building', id: gone.id, moveTo: 0 }] }
      for (const [kind, list] of Object.entries(rowsOf)) await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, kind, JSON.stringify(list))
      expect(await call<Answer>('public.import_check($1)', importId)).toMatchObject({ errorCount: 0 })
      await call('public.import_commit($1)', importId)
      await become('owner')
      expect(await rows(`select (select count(*)::int from public.stairwells where building_id = 2) as stairwells, (select count(*)::int from public.households where building_id = 2) as households,
        (select count(*)::int from public.residents where building_id = 2) as residents, (select count(*)::int from public.members where building_id = 2) as members,
        (select count(*)::int from private.resident_identities i join public.residents r on r.id = i.resident_id where r.building_id = 2) as names`)).toEqual([
        { stairwells: 2, households: 6, residents: 6, members: 2, names: 6 }])
    }))

  describe('refusals leave everything as it was', () => {
    const wrong: [string, (rows: Record<string, Record<string, unknown>[]>, at: { standing: StandingLand; change: LandChange }) => void, { kind: string; code: string }][] = [
      ['people without a decision', ({ buildings, gone }, { standing }) => {
        buildings.splice(buildings.findIndex(({ id }) => id === standing.buildings[0].id), 1)
        gone.push({ thing: 'building', id: standing.buildings[0].id })
      }, { kind: 'gone', code: 'households_left' }],
      ['an arc that is not sent', ({ arcs }) => void arcs.pop(), { kind: 'arcs', code: 'coverage_broken' }],
      ['an arc that should have gone', ({ gone }) => void gone.splice(gone.findIndex(({ thing }) => thing === 'arc'), 1), { kind: 'arcs', code: 'coverage_broken' }],
      ['a label outside', ({ cells }) => void (cells.find(({ change }) => change !== 'kept')!.labelX = -9_999_999), { kind: 'cells', code: 'label_outside' }],
      ['an area that is not drawn', ({ cells }) => void (cells.find(({ change }) => change !== 'kept')!.areaM2 = 77), { kind: 'cells', code: 'area_differs' }],
      ['a house outside its cell', ({ buildings }) => void (buildings.find(({ id }) => id === null)!.lng = LNG), { kind: 'buildings', code: 'building_outside_cell' }],
      ['a cell that is not there', ({ cells }) => void (cells.find(({ id }) => id !== null)!.id = 999_999), { kind: 'cells', code: 'id_unknown' }],
      ['a cell of another land', ({ cells }) => void (cells.find(({ id }) => id !== null)!.id = 1), { kind: 'cells', code: 'id_unknown' }],
      ['a node that moved', ({ nodes }) => void (nodes.find(({ id }) => id !== null)!.x = 5), { kind: 'nodes', code: 'node_moved' }],
      ['a thing gone twice', ({ gone }) => void gone.push({ ...gone[0] }), { kind: 'gone', code: 'id_repeated' }],
      ['a thing gone and there', ({ gone, cells }) => void gone.push({ thing: 'cell', id: cells.find(({ id }) => id !== null)!.id }), { kind: 'gone', code: 'gone_and_kept' }],
      ['people moved to no house', ({ buildings, gone }, { standing }) => {
        buildings.splice(buildings.findIndex(({ id }) => id === standing.buildings[0].id), 1)
        gone.push({ thing: 'building', id: standing.buildings[0].id, moveTo: 9_999 })
      }, { kind: 'gone', code: 'reference_unknown' }],
      ['a community of another street', ({ communities }) => void (communities[0].code = '370101001001'), { kind: 'communities', code: 'community_unknown' }],
    ]
    it.each(wrong)('%s', (_, spoil, expected) =>
      rolledBack(async () => {
        const { orgUnitId, standing, change } = await changed()
        const list: Record<string, Record<string, unknown>[]> = { gone: [] }
        for (const { kind, rows: part } of packChange(change, standing, KEEP, DEFAULT_HOUSEHOLD_RULE, IMPORT_WORDS)) (list[kind] ??= []).push(...part.map((row) => ({ ...row })))
        spoil(list, { standing, change })
        const { importId } = await call<{ importId: string }>('public.import_begin($1, $2, $3::jsonb)', 'land_change', orgUnitId, JSON.stringify({ baseEdition: 1 }))
        for (const [kind, part] of Object.entries(list)) await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, kind, JSON.stringify(part))
        await become('owner')
        const before = await states()
        await become('admin')
        const report = await call<Answer>('public.import_check($1)', importId)
        expect(report.errors.map(({ kind, code }) => ({ kind, code }))).toContainEqual(expected)
        await db().query('savepoint commit')
        await expectRefusal(call('public.import_commit($1)', importId), 'import_invalid')
        await db().query('rollback to commit')
        await become('owner')
        expect(await states()).toEqual(before)
      }))

    it('a land that changed meanwhile', () =>
      rolledBack(async () => {
        const { orgUnitId, standing, change } = await changed()
        const [first, second] = [await begin(orgUnitId, change, standing, KEEP), await begin(orgUnitId, change, standing, KEEP)]
        await call('public.import_commit($1)', first)
        await db().query('savepoint commit')
        expect(await expectRefusal(call('public.import_commit($1)', second), 'land_outdated')).toMatchObject({ edition: 2 })
        await db().query('rollback to commit')
        await expectRefusal(begin(orgUnitId, change, standing, KEEP), 'land_outdated')
      }))

    it('a street without land, and whoever may not change this one', () =>
      rolledBack(async () => {
        await become('owner')
        await rows(`insert into public.org_units (id, parent_id, level, code, name, initials) values (50, 1, 'street', '370101008000', '空街道', 'kjd')`)
        await become('admin')
        const meta = JSON.stringify({ baseEdition: 1 })
        await db().query('savepoint begin')
        await expectRefusal(call('public.import_begin($1, 50, $2::jsonb)', 'land_change', meta), 'land_missing')
        for (const persona of ['secretary', 'leader', 'member', 'auditor', 'otherStreet', 'inactive', 'ended'] as const) {
          await db().query('rollback to begin')
          await become(persona)
          await expectRefusal(call('public.import_begin($1, 2, $2::jsonb)', 'land_change', meta), 'not_allowed')
          await db().query('rollback to begin')
          await become(persona)
          await expectRefusal(call('public.land_source(1)'), 'not_allowed')
        }
        await db().query('rollback to begin')
        await become('officer')
        expect(await call('public.import_begin($1, 2, $2::jsonb)', 'land_change', meta)).toHaveProperty('importId')
      }))
  })
})
