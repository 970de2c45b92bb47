import { expect, it } from 'vitest'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

const PLAN = '00000000-0000-4000-a000-000000000001'
const A1 = '00000000-0000-4000-8000-0000000000a1'
const A2 = '00000000-0000-4000-8000-0000000000a2'
const A3 = '00000000-0000-4000-8000-0000000000a3'
const NEW = '00000000-0000-4000-8000-0000000000ff'

interface Publication {
  published: boolean
  editionNumber?: number
  findings: { code: string; cellIds: number[]; values: Record<string, unknown> }[]
}

const move = (cells: readonly number[], from: string | null, to: string | null) => ({
  delta: { cells: cells.map((cell) => ({ cell, from, to })), grids: [] },
  note: { key: 'paint' },
})

onEachDatabase('plans', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => {
    const [row] = await db().query<{ answer: T }>(`select ${sql} as answer`, values)
    return row.answer
  }
  const save = (edits: unknown, base = 1) => call<{ revision: number }>('public.save_plan_draft($1, $2, $3::jsonb)', PLAN, base, JSON.stringify(edits))
  const publish = (revision: number, waivers: unknown = []) =>
    call<Publication>('public.publish_plan($1, $2, $3::jsonb)', PLAN, revision, JSON.stringify(waivers))
  const asOfficer = (work: () => Promise<void>) =>
    rolledBack(async () => {
      await become('officer')
      await work()
    })

  it('opens a draft as a copy of the grids in force', () =>
    asOfficer(async () => {
      const draft = await call<{ planId: string; number: number; revision: number }>('public.open_plan_draft(1, $1)', '新方案')
      expect(draft).toMatchObject({ number: 2, revision: 0 })
      const document = await call<{ grids: { id: string }[]; cellIds: number[]; cellGrid: number[]; status: string }>(
        'public.plan_document($1)', draft.planId)
      expect(document.status).toBe('draft')
      expect(document.grids.map((grid) => grid.id)).toHaveLength(4)
      expect(document.cellIds).toHaveLength(32)
      expect(document.cellGrid.filter((grid) => grid === 0)).toHaveLength(8)
    }))

  it('saves edits and gives them back for a rebase', () =>
    asOfficer(async () => {
      expect(await save([move([3], A2, A1), move([11], A2, A1)])).toEqual({ revision: 2 })
      const edits = await call<{ revision: number; seq: number; by: string }[]>('public.plan_edits_since($1, 1)', PLAN)
      expect(edits.map(({ revision, seq, by }) => [revision, seq, by])).toEqual([[2, 0, '李*'], [2, 1, '李*']])
    }))

  it('refuses a stale save and names who was first', () =>
    asOfficer(async () => {
      await save([move([3], A2, A1)])
      const detail = await expectRefusal(save([move([11], A2, A1)]), 'plan_stale')
      expect(detail).toMatchObject({ serverRevision: 2, by: '李*' })
    }))

  const invalid: [string, unknown, Record<string, unknown>][] = [
    ['cell_from_mismatch', move([3], A1, A2), { cellId: 3 }],
    ['cell_unknown', move([101], A2, A1), { cellId: 101 }],
    ['other_community', move([3], A2, A3), { cellId: 3 }],
    ['grid_unknown', move([3], A2, NEW), { gridId: NEW }],
    ['cell_repeated', move([3, 3], A2, A1), { cellId: 3 }],
    ['malformed', { delta: { cells: 'x' } }, {}],
    ['grid_not_empty', {
      delta: { cells: [], grids: [{ before: { id: A1, code: '370101001001001', name: '第一网格', communityId: 4, kind: 'basic', locked: false }, after: null }] },
    }, { gridId: A1 }],
    ['grid_before_mismatch', {
      delta: { cells: [], grids: [{ before: { id: A1, code: 'x', name: '', communityId: 4, kind: 'basic', locked: false }, after: null }] },
    }, { gridId: A1 }],
    ['community_unknown', {
      delta: { cells: [], grids: [{ before: null, after: { id: NEW, code: 'x', name: '', communityId: 6, kind: 'basic', locked: false } }] },
    }, { gridId: NEW }],
  ]
  it.each(invalid)('refuses a delta: %s', (reason, edit, values) =>
    asOfficer(async () => {
      const detail = await expectRefusal(save([move([4], A2, A1), edit]), 'delta_invalid')
      expect(detail).toMatchObject({ index: 1, reason, ...values })
    }))

  it('leaves the plan as it was when one of many edits is refused', () =>
    rolledBack(async () => {
      await become('officer')
      await db().query('savepoint before_save')
      await expectRefusal(save([move([3], A2, A1), move([3], A2, A1)]), 'delta_invalid')
      await db().query('rollback to before_save')
      const document = await call<{ revision: number; cellGrid: number[] }>('public.plan_document($1)', PLAN)
      expect(document.revision).toBe(1)
      expect(document.cellGrid[2]).toBe(1)
    }))

  it('makes, fills and removes a grid by deltas', () =>
    asOfficer(async () => {
      const record = { id: NEW, code: '370101001001003', name: '第三网格', communityId: 4, kind: 'basic', locked: false }
      await save([
        { delta: { cells: [{ cell: 3, from: A2, to: NEW }], grids: [{ before: null, after: record }] } },
        { delta: { cells: [{ cell: 3, from: NEW, to: A2 }], grids: [{ before: record, after: null }] } },
      ])
      const document = await call<{ grids: unknown[]; cellGrid: number[] }>('public.plan_document($1)', PLAN)
      expect(document.grids).toHaveLength(4)
      expect(document.cellGrid[2]).toBe(1)
    }))

  it('copies a plan as it was at a revision, with edits on top', () =>
    asOfficer(async () => {
      await save([move([3], A2, A1)])
      await save([move([11], A2, A1)], 2)
      const copy = await call<{ planId: string; revision: number }>('public.copy_plan_draft($1, $2, 2, $3::jsonb)', PLAN, '我的副本',
        JSON.stringify([move([19], A2, A1)]))
      expect(copy.revision).toBe(1)
      const document = await call<{ cellGrid: number[] }>('public.plan_document($1)', copy.planId)
      expect([3, 11, 19].map((cell) => document.cellGrid[cell - 1])).toEqual([0, 1, 0])
    }))

  it('publishes: old edition closed, new one in force, figures summed, audit written', () =>
    asOfficer(async () => {
      await save([move([3], A2, A1)])
      const answer = await publish(2)
      expect(answer).toMatchObject({ published: true, editionNumber: 2 })
      const edition = await call<{ cellGrid: number[]; publishedBy: string; grids: unknown[] }>('public.grid_edition(1, 2)')
      expect(edition.cellGrid[2]).toBe(0)
      expect(edition.publishedBy).toBe('李*')
      await become('owner')
      expect(await db().query(`select number, valid_to is null as open, changed_cells, moved_households from public.grid_editions where land_id = 1 order by 1`))
        .toEqual([{ number: 1, open: false, changed_cells: 0, moved_households: 0 }, { number: 2, open: true, changed_cells: 1, moved_households: 3 }])
      expect(await db().query(`select g.households, g.residents, g.members, g.area_m2, extensions.st_isvalid(g.geom) as valid
        from public.grids g join public.grid_editions e on e.id = g.edition_id where e.land_id = 1 and e.number = 2 order by g.code`)).toEqual([
        { households: 27, residents: 54, members: 9, area_m2: 90000, valid: true },
        { households: 21, residents: 42, members: 7, area_m2: 70000, valid: true },
        { households: 24, residents: 48, members: 8, area_m2: 80000, valid: true },
        { households: 24, residents: 48, members: 8, area_m2: 80000, valid: true },
      ])
      expect(await db().query(`select action from public.audit_log order by id desc limit 1`)).toEqual([{ action: 'plan_published' }])
      expect(await db().query(`select status from public.plans where id = $1`, [PLAN])).toEqual([{ status: 'published' }])
    }))

  it('publishes polygons without gap or overlap, by area of their union', () =>
    asOfficer(async () => {
      await save([move([3, 20], A2, A1)])
      await publish(2, [])
      await become('owner')
      const [row] = await db().query<{ gap: number }>(`
        select abs(extensions.st_area(extensions.st_union(g.geom)) - sum(extensions.st_area(g.geom))) as gap
        from public.grids g join public.grid_editions e on e.id = g.edition_id where e.land_id = 1 and e.valid_to is null`)
      expect(row.gap).toBeLessThan(1e-15)
    }))

  it('refuses to publish a grid in pieces, says which cells, and changes nothing', () =>
    asOfficer(async () => {
      await save([move([4], A2, A1)])
      const answer = await publish(2)
      expect(answer.published).toBe(false)
      expect(answer.findings).toMatchObject([{ code: 'grid_in_pieces', cellIds: [4], values: { pieces: 2 }, geometry: { type: 'MultiPolygon' } }])
      await become('owner')
      expect(await db().query(`select count(*)::int as n from public.grid_editions where land_id = 1`)).toEqual([{ n: 1 }])
      expect(await db().query(`select status, revision from public.plans where id = $1`, [PLAN])).toEqual([{ status: 'draft', revision: 2 }])
    }))

  it('takes waivers with a reason, and keeps none of them when it refuses', () =>
    asOfficer(async () => {
      // Column 2 goes over whole: 36 and 12 households against limits of 18 and 30.
      await save([move([3, 11, 19, 27], A2, A1)])
      const refused = await publish(2, [{ code: 'grid_above_upper', gridId: A1, compoundId: null, reason: '单位宿舍' }])
      expect(refused.findings.map(({ code, ...rest }) => [code, (rest as { waived?: boolean }).waived ?? false])).toEqual([
        ['grid_above_upper', true], ['grid_below_lower', false]])
      const answer = await publish(2, [
        { code: 'grid_above_upper', gridId: A1, compoundId: null, reason: '单位宿舍' },
        { code: 'grid_below_lower', gridId: A2, compoundId: null, reason: '正在拆迁' },
      ])
      expect(answer.published).toBe(true)
      await become('owner')
      expect(await db().query(`select count(*)::int as n from public.plan_waivers where plan_id = $1`, [PLAN])).toEqual([{ n: 3 }])
    }))

  it('refuses a waiver without a reason, and one of a code that may not be waived', () =>
    asOfficer(async () => {
      await db().query('savepoint first')
      await expectRefusal(publish(1, [{ code: 'grid_above_upper', gridId: A1, reason: '  好  ' }]), 'waiver_invalid')
      await db().query('rollback to first')
      await expectRefusal(publish(1, [{ code: 'cell_without_grid', gridId: A1, reason: '以后再说' }]), 'waiver_invalid')
    }))

  it('names land without a grid and a split compound', () =>
    asOfficer(async () => {
      await save([move([3], A2, null), move([2], A1, A2)])
      const findings = await call<{ code: string; values: Record<string, unknown> }[]>('public.check_plan($1)', PLAN)
      expect(findings.map((finding) => finding.code)).toEqual(['cell_without_grid', 'grid_in_pieces', 'compound_split'])
      expect(findings[0].values).toEqual({ cells: 1, households: 3, communityId: 4 })
      expect(findings[2].values).toEqual({ compoundId: 1, grids: 2, households: 12 })
    }))

  it('refuses to publish over an edition it was not copied from; a copy helps', () =>
    asOfficer(async () => {
      const second = await call<{ planId: string }>('public.open_plan_draft(1, $1)', '第二方案')
      expect((await publish(1)).published).toBe(true)
      await db().query('savepoint outdated')
      const detail = await expectRefusal(call('public.publish_plan($1, 0, null)', second.planId), 'plan_base_outdated')
      expect(detail).toMatchObject({ editionNumber: 2, by: '李*' })
      await db().query('rollback to outdated')
      const copy = await call<{ planId: string }>('public.copy_plan_draft($1, $2, 0, null)', second.planId, '副本')
      expect(await call('public.publish_plan($1, 0, null)', copy.planId)).toMatchObject({ published: true, editionNumber: 3 })
    }))

  it('publishes nothing twice and nothing discarded', () =>
    asOfficer(async () => {
      await call('public.discard_plan($1)', PLAN)
      await expectRefusal(publish(1), 'plan_not_draft')
    }))

  it('tells the history newest first; who sees no plans sees editions', () =>
    rolledBack(async () => {
      await become('officer')
      await save([move([3], A2, A1)])
      await publish(2)
      const history = await call<{ action: string; cells: number; households: number }[]>('public.plan_history(1)')
      expect(history.map((entry) => entry.action)).toEqual(['published', 'saved', 'saved', 'opened', 'imported'].slice(0, history.length))
      expect(history[0]).toMatchObject({ cells: 1, households: 3, by: '李*', planNumber: 1, editionNumber: 2 })
      await become('secretary')
      const seen = await call<{ action: string }[]>('public.plan_history(1)')
      expect(seen.map((entry) => entry.action)).toEqual(['published', 'imported'])
    }))

  it('finds a hole in the arcs before it publishes one', () =>
    rolledBack(async () => {
      await db().query('delete from public.land_arcs where land_id = 1 and left_cell = 3 and right_cell = 4')
      await db().query('delete from public.land_arcs where land_id = 1 and left_cell = 2 and right_cell = 3')
      await become('officer')
      const answer = await publish(1)
      expect(answer.published).toBe(false)
      expect(answer.findings.map((finding) => finding.code)).toContain('coverage_broken')
    }))
})
