import { expect, it } from 'vitest'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

const PLAN = '00000000-0000-4000-a000-000000000001'
const A1 = '00000000-0000-4000-8000-0000000000a1'
const A2 = '00000000-0000-4000-8000-0000000000a2'
const A3 = '00000000-0000-4000-8000-0000000000a3'
const A4 = '00000000-0000-4000-8000-0000000000a4'

interface Papers {
  stage: string
  isMine: boolean
  mayWrite: boolean
  mayDecide: boolean
  mayPublish: boolean
  approvers: string[]
  comments: { act: string; text: string; gridId: string | null; by: string }[]
  snapshots: { id: number; kind: string; name: string; revision: number }[]
}

const move = (cells: readonly number[], from: string | null, to: string | null) => ({
  delta: { cells: cells.map((cell) => ({ cell, from, to })), grids: [] },
  note: { key: 'paint' },
})

onEachDatabase('the way of a draft', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => {
    const [row] = await db().query<{ answer: T }>(`select ${sql} as answer`, values)
    return row.answer
  }
  const save = (plan: string, base: number, ...edits: unknown[]) =>
    call<{ revision: number }>('public.save_plan_draft($1, $2, $3::jsonb)', plan, base, JSON.stringify(edits))
  const submit = (plan: string, revision: number, words = '') => call<{ stage: string }>('public.submit_plan($1, $2, $3)', plan, revision, words)
  const approve = (plan: string, revision: number) => call<{ stage: string }>('public.approve_plan($1, $2, $3)', plan, revision, '同意')
  const giveBack = (plan: string, words: string) => call<{ stage: string }>('public.return_plan($1, $2)', plan, words)
  const publish = (plan: string, revision: number) =>
    call<{ published: boolean; editionNumber: number }>('public.publish_plan($1, $2, $3::jsonb)', plan, revision, '[]')
  const papers = (plan: string) => call<Papers>('public.plan_papers($1)', plan)
  const rule = (value: Record<string, boolean>) =>
    call('public.save_setting(2, $1, $2::jsonb, 0)', 'plan_rule', JSON.stringify({ approvalRequired: false, officerPublishes: true, ...value }))
  /** Expect a refusal and go on with the transaction as it was before. */
  async function refused(work: () => Promise<unknown>, code: string): Promise<Record<string, unknown>> {
    await db().query('savepoint before_refusal')
    const detail = await expectRefusal(work(), code)
    await db().query('rollback to before_refusal')
    return detail
  }
  const openAs = async (title: string) => (await call<{ planId: string }>('public.open_plan_draft(1, $1)', title)).planId
  const columnOf = async (plan: string) => {
    const { cellIds, cellGrid, grids } = await call<{ cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>('public.plan_document($1)', plan)
    return new Map(cellIds.map((cell, k) => [cell, cellGrid[k] < 0 ? null : grids[cellGrid[k]].id]))
  }

  it('goes from the secretary by the officer to the administrator, and each step is on record', () =>
    rolledBack(async () => {
      await become('admin')
      await rule({ approvalRequired: true, officerPublishes: false })
      await become('secretary')
      const plan = await openAs('甲一社区调整')
      expect((await columnOf(plan)).size).toBe(16)
      expect(await save(plan, 0, move([3], A2, A1))).toEqual({ revision: 1 })
      await refused(() => save(plan, 1, move([7], A4, A3)), 'outside_draft')
      expect(await submit(plan, 1, '请审核')).toEqual({ stage: 'submitted', revision: 1 })
      expect(await refused(() => save(plan, 1, move([11], A2, A1)), 'plan_submitted')).toMatchObject({ by: '李*' })
      await refused(() => approve(plan, 1), 'not_allowed')
      await refused(() => publish(plan, 1), 'not_allowed')

      await become('officer')
      expect((await columnOf(plan)).size).toBe(32)
      expect(await refused(() => publish(plan, 1), 'publish_not_allowed')).toEqual({})
      await refused(() => giveBack(plan, ' '), 'comment_required')
      expect(await giveBack(plan, '第一网格偏大')).toEqual({ stage: 'returned', revision: 1 })
      await become('secretary')
      expect(await save(plan, 1, move([11], A2, A1))).toEqual({ revision: 2 })
      await submit(plan, 2)
      await become('officer')
      await refused(() => approve(plan, 1), 'plan_stale')
      expect(await approve(plan, 2)).toEqual({ stage: 'approved', revision: 2 })

      await become('admin')
      expect(await publish(plan, 2)).toMatchObject({ published: true, editionNumber: 2 })
      const read = await papers(plan)
      expect(read.comments.map(({ act, text }) => [act, text])).toEqual([
        ['submitted', '请审核'], ['returned', '第一网格偏大'], ['reopened', ''], ['submitted', ''], ['approved', '同意'], ['published', '']])
      expect(read.snapshots.map(({ kind, revision }) => [kind, revision])).toEqual([['published', 2], ['approved', 2], ['submitted', 2], ['submitted', 1]])
      await become('owner')
      const audit = await db().query<{ action: string }>(`select action from public.audit_log where object_id = $1 order by id`, [plan])
      expect(audit.map((row) => row.action)).toEqual([
        'plan_opened', 'plan_submitted', 'plan_returned', 'plan_submitted', 'plan_approved', 'plan_published'])
    }))

  it('refuses a secretary what lies in another community, with its name, and all drafts but his or her own', () =>
    rolledBack(async () => {
      await become('secretary')
      const plan = await openAs('甲一')
      const record = { id: '00000000-0000-4000-8000-0000000000ff', code: 'x', name: 'x', communityId: 5, kind: 'basic', locked: false }
      expect(await refused(() => save(plan, 0, move([3], A2, A1), { delta: { cells: [], grids: [{ before: null, after: record }] } }), 'outside_draft'))
        .toEqual({ communities: ['甲二村'] })
      expect(await refused(() => save(plan, 0, move([7], A4, A3)), 'outside_draft')).toEqual({ communities: ['甲二村'] })
      const wall = { delta: { cells: [], grids: [], links: [{ cells: [7, 15], before: null, after: 'wall' }] }, note: { key: 'wall' } }
      expect(await refused(() => save(plan, 0, wall), 'outside_draft')).toEqual({ communities: ['甲二村'] })
      await refused(() => save(PLAN, 1, move([3], A2, A1)), 'not_allowed')
      await refused(() => call('public.plan_document($1)', PLAN), 'plan_unknown')
      await refused(() => papers(PLAN), 'plan_unknown')
      await become('leader')
      await refused(() => openAs('组长'), 'not_allowed')
      await refused(() => call('public.plan_document($1)', plan), 'plan_unknown')
    }))

  it('keeps today\'s way where no approval is asked for, and asks where it is', () =>
    rolledBack(async () => {
      await become('officer')
      await save(PLAN, 1, move([3], A2, A1))
      await refused(() => rule({ approvalRequired: true }), 'not_allowed')
      await become('admin')
      await refused(() => call('public.save_setting(2, $1, $2::jsonb, 0)', 'plan_rule', '{"approvalRequired": 1}'), 'setting_invalid')
      await rule({ approvalRequired: true })
      await become('officer')
      expect(await refused(() => publish(PLAN, 2), 'plan_not_approved')).toEqual({ stage: 'drafting', approvers: ['李*'] })
      await submit(PLAN, 2)
      expect(await refused(() => approve(PLAN, 2), 'own_submission')).toEqual({ approvers: ['李*'] })
      await become('admin')
      await approve(PLAN, 2)
      await become('officer')
      expect(await papers(PLAN)).toMatchObject({ stage: 'approved', isMine: true, mayWrite: true, mayDecide: true, mayPublish: true })
      // An edit takes the approval back.
      expect(await save(PLAN, 2, move([3], A1, A2))).toEqual({ revision: 3 })
      await refused(() => publish(PLAN, 3), 'plan_not_approved')
      expect((await papers(PLAN)).comments.at(-1)).toMatchObject({ act: 'reopened' })
      await submit(PLAN, 3)
      expect(await giveBack(PLAN, '')).toEqual({ stage: 'drafting', revision: 3 })
    }))

  it('approves one\'s own where no other person is asked for', () =>
    rolledBack(async () => {
      await become('officer')
      await submit(PLAN, 1)
      expect(await approve(PLAN, 1)).toEqual({ stage: 'approved', revision: 1 })
      await refused(() => submit(PLAN, 1), 'plan_stage_other')
    }))

  it('takes comments on the plan and on a grid, from those who write it', () =>
    rolledBack(async () => {
      await become('officer')
      await call('public.comment_plan($1, $2, $3)', PLAN, A1, '  这一格\u202e含菜市场 ')
      await refused(() => call('public.comment_plan($1, $2, $3)', PLAN, '00000000-0000-4000-8000-0000000000ee', '无此网格'), 'grid_unknown')
      await refused(() => call('public.comment_plan($1, null, $2)', PLAN, ' '), 'comment_required')
      await refused(() => call('public.comment_plan($1, null, $2)', PLAN, '长'.repeat(1001)), 'comment_too_long')
      expect((await papers(PLAN)).comments.at(-1)).toMatchObject({ act: 'comment', gridId: A1, text: '这一格含菜市场', by: '李*' })
      await become('auditor')
      expect((await papers(PLAN)).mayWrite).toBe(false)
      await refused(() => call('public.comment_plan($1, null, $2)', PLAN, '好'), 'not_allowed')
    }))

  it('keeps a snapshot under a name, and shows a secretary the own part of it', () =>
    rolledBack(async () => {
      await become('secretary')
      const plan = await openAs('甲一')
      await save(plan, 0, move([3], A2, A1))
      const { snapshotId } = await call<{ snapshotId: number }>('public.snapshot_plan($1, 1, $2)', plan, '第一稿')
      await save(plan, 1, move([11], A2, A1))
      await refused(() => call('public.snapshot_plan($1, 1, $2)', plan, '旧'), 'plan_stale')
      await refused(() => call('public.snapshot_plan($1, 2, $2)', plan, ' '), 'name_required')
      const read = () => call<{ revision: number; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>('public.plan_snapshot($1)', snapshotId)
      const own = await read()
      expect(own.grids.map((grid) => grid.id)).toEqual([A1, A2])
      expect(own.cellIds).toHaveLength(16)
      expect([3, 11].map((cell) => own.cellGrid[own.cellIds.indexOf(cell)])).toEqual([0, 1])
      await become('officer')
      expect(await read()).toMatchObject({ revision: 1, grids: [{ id: A1 }, { id: A2 }, { id: A3 }, { id: A4 }] })
      expect((await read()).cellIds).toHaveLength(32)
      await become('otherStreet')
      await refused(read, 'snapshot_unknown')
    }))

  it('carries a draft over to the edition in force, with a snapshot of before', () =>
    rolledBack(async () => {
      await become('secretary')
      const own = await openAs('甲一')
      await save(own, 0, move([3], A2, A1))
      await submit(own, 1)
      await become('officer')
      const second = await openAs('全街')
      await save(second, 0, move([7], A4, A3), move([12], A2, A1), move([11], A2, A1))
      await approve(own, 1)
      const first = await openAs('先发布')
      await save(first, 0, move([6], A3, A4))
      expect((await publish(first, 1)).published).toBe(true)

      await refused(() => submit(second, 1), 'plan_base_outdated')
      expect(await refused(() => call('public.rebase_plan_draft($1, 1, 1, $2::jsonb)', second, '[]'), 'plan_base_outdated')).toMatchObject({ editionNumber: 2 })
      await refused(() => call('public.rebase_plan_draft($1, 0, 2, $2::jsonb)', second, '[]'), 'plan_stale')
      const answer = await call<{ revision: number; snapshotId: number }>('public.rebase_plan_draft($1, 1, 2, $2::jsonb)', second,
        JSON.stringify([move([6], A3, A4)]))
      expect(answer.revision).toBe(2)
      const column = await columnOf(second)
      expect([6, 7, 11].map((cell) => column.get(cell))).toEqual([A4, A3, A1])
      expect((await papers(second)).snapshots[0]).toMatchObject({ id: answer.snapshotId, kind: 'rebased', revision: 1 })

      // The secretary's own part needs no edit; the server takes the rest from the edition, and the approval is gone.
      await become('secretary')
      expect(await refused(() => call('public.rebase_plan_draft($1, 1, 2, $2::jsonb)', own, JSON.stringify([move([8], A4, A3)])), 'outside_draft'))
        .toEqual({ communities: ['甲二村'] })
      expect(await call<{ revision: number }>('public.rebase_plan_draft($1, 1, 2, $2::jsonb)', own, '[]')).toMatchObject({ revision: 2 })
      expect((await papers(own)).stage).toBe('drafting')
      await become('officer')
      const mine = await columnOf(own)
      expect([3, 6].map((cell) => mine.get(cell))).toEqual([A1, A4])
      expect(await publish(own, 2)).toMatchObject({ published: true, editionNumber: 3 })
    }))

  it('copies a limited draft: the other communities are as in force, and a whole draft for who may redesign the land', () =>
    rolledBack(async () => {
      await become('secretary')
      const own = await openAs('甲一')
      await save(own, 0, move([3], A2, A1))
      await become('officer')
      const first = await openAs('先发布')
      await save(first, 0, move([6], A3, A4))
      await publish(first, 1)
      const copy = await call<{ planId: string; revision: number }>('public.copy_plan_draft($1, $2, 1, null)', own, '副本')
      expect(copy.revision).toBe(1)
      const column = await columnOf(copy.planId)
      expect([3, 6].map((cell) => column.get(cell))).toEqual([A1, A4])
      expect(await save(copy.planId, 1, move([7], A4, A3))).toEqual({ revision: 2 })
      await become('secretary')
      await refused(() => papers(copy.planId), 'plan_unknown')
    }))
})
