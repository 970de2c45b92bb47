import { expect, it } from 'vitest'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

/** Who reported slip 1: a resident of household 10, by name and telephone. */
const AS_RESIDENT = `update private.issue_reporters r set name = n.name, phone = n.phone from private.resident_identities n
  where r.issue_id = 1 and n.resident_id = 10`

onEachDatabase('reporters of slips', ({ db, rolledBack, become }) => {
  const reporters = async () => (await db().query<{ id: number }>('select issue_id as id from private.issue_reporters order by 1')).map(({ id }) => id)

  it('count with residents as one limit of the day, and leave a log without their name', () =>
    rolledBack(async () => {
      await db().query(`insert into public.settings (org_unit_id, key, value) values (2, 'reveals_per_day', '{"limit": 2}')`)
      await become('officer')
      await db().query(`select public.reveal_resident(10, 'visit', '上门核实情况')`)
      const [row] = await db().query<{ told: object }>(`select public.reveal_issue_reporter(1, '给孙七一回电 13600000001') as told`)
      expect(row!.told).toEqual({ issueId: 1, name: '孙七一', phone: '13600000001', revealsLeft: 0 })
      await db().query('savepoint spent')
      expect(await expectRefusal(db().query(`select public.reveal_issue_reporter(1, '再次回电')`), 'reveal_limit_reached')).toMatchObject({ limit: 2, used: 2 })
      await db().query('rollback to spent')
      await become('owner')
      const [logged] = await db().query<{ reason: string }>(`select detail ->> 'reason' as reason from public.audit_log where action = 'reporter_revealed'`)
      expect(logged!.reason).toBe('给孙*回电 136****0001')
    }))

  it('are shown to nobody else', () =>
    rolledBack(async () => {
      for (const persona of ['admin', 'auditor', 'otherStreet', 'leader', 'member'] as const) {
        await become(persona)
        await db().query('savepoint asked')
        await expectRefusal(db().query(`select public.reveal_issue_reporter(1, '给居民回电')`), 'not_allowed')
        await db().query('rollback to asked')
      }
    }))

  it('are erased with the resident they are', () =>
    rolledBack(async () => {
      await db().query(AS_RESIDENT)
      await db().query(`update public.issues set detail = (select n.name || '，' || n.phone from private.resident_identities n where n.resident_id = 10) where id = 1`)
      await become('officer')
      await db().query(`select public.erase_resident(10, '本人申请删除')`)
      await become('owner')
      expect(await reporters()).toEqual([4])
      const [slip] = await db().query(`select household_id, detail from public.issues where id = 1`)
      expect(slip).toEqual({ household_id: null, detail: '张*，138****0010' })
    }))

  it('stay where the resident may not be erased', () =>
    rolledBack(async () => {
      await db().query(AS_RESIDENT)
      await become('secretary')
      await db().query('savepoint asked')
      await expectRefusal(db().query(`select public.erase_resident(10, '本人申请删除')`), 'not_allowed')
      await db().query('rollback to asked')
      await become('owner')
      expect(await reporters()).toEqual([1, 4])
    }))

  it('are forgotten two years after the slip was closed', () =>
    rolledBack(async () => {
      await db().query(`update public.issues set closed_at = now() - interval '729 days' where id = 4`)
      await db().query('select private.run_retention()')
      expect(await reporters()).toEqual([1, 4])
      await db().query(`update public.issues set closed_at = now() - interval '731 days', detail = '孙七四来电，136-0000 0004' where id = 4`)
      const [row] = await db().query<{ counts: { reporters: number } }>('select private.run_retention() as counts')
      expect([row!.counts.reporters, await reporters()]).toEqual([1, [1]])
      expect(await db().query('select detail from public.issues where id = 4')).toEqual([{ detail: '孙*来电，136****0004' }])
    }))
})
