import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { PROJECT_ROOT } from './engines/migration-files'
import { openNativeDatabase } from './engines/native-cluster'
import { describeOnNative } from './engines/on-engines'
import { personId, userId } from './engines/with-databases'

const KEY = '00000000-0000-4000-d000-000000000009'

/** Two sessions at once: the embedded engine has one, so this is the native server's matter. */
describeOnNative('accounts, two sessions at once', () => {
  let database: Awaited<ReturnType<typeof openNativeDatabase>>
  let first: pg.Client
  let second: pg.Client
  beforeAll(async () => {
    database = await openNativeDatabase()
    await database.script(readFileSync(join(PROJECT_ROOT, 'tests/sql/fixture-world.sql'), 'utf8'))
    // Two who administer the district: persons 1 and 2.
    await database.script(`insert into public.posts (person_id, org_unit_id, role) values ('${personId(2)}', 1, 'district_admin')`)
    first = await database.cluster.connect('postgres')
    second = await database.cluster.connect('postgres')
  })
  afterAll(async () => {
    await first.end()
    await second.end()
    await database.close()
  })
  beforeEach(async () => {
    await speakAs(first, 1)
    await speakAs(second, 2)
  })

  const speakAs = async (session: pg.Client, person: number) => {
    await session.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', '{}', false)`, [userId(person)])
    await session.query('set role authenticated')
  }
  const answerOf = async (session: pg.Client, sql: string): Promise<unknown> => {
    try {
      return ((await session.query<{ answer: unknown }>(`select ${sql} as answer`)).rows[0]).answer
    } catch (error) {
      return (error as Error).message
    }
  }
  const untilOneWaits = async () => {
    while (!(await database.query<{ waits: boolean }>(`select exists (select from pg_stat_activity where wait_event_type = 'Lock') as waits`))[0].waits);
  }
  /** Both answers, where the second is sent while the first has done its work and not yet committed it. */
  const overlapping = async (one: string, other: string): Promise<[unknown, unknown]> => {
    await first.query('begin')
    const answer = await answerOf(first, one)
    const later = answerOf(second, other)
    await untilOneWaits()
    await first.query('commit')
    return [answer, await later]
  }
  const revisionOf = async (person: number) => (await database.query<{ revision: number }>(`select revision from public.people where id = '${personId(person)}'`))[0].revision

  it.each([
    ['suspend', (person: number, revision: number) => `public.set_person_active('${personId(person)}', false, ${revision})`],
    ['retire', (person: number, revision: number) => `public.retire_person('${personId(person)}', ${revision})`],
  ])('leaves the district one of two administrators who %s each other', async (_, act) => {
    const [done, later] = await overlapping(act(2, await revisionOf(2)), act(1, await revisionOf(1)))
    expect(done).toMatchObject({ personId: personId(2) })
    expect(later).toBe('last_administrator')
    await database.script(`update public.people set active = true, retired_at = null where id = '${personId(2)}';
      update public.posts set valid_to = null where person_id = '${personId(2)}'`)
  })

  it('does a call once that is sent twice at the same time, and answers both alike', async () => {
    await speakAs(second, 1)
    const act = `public.appoint('${personId(5)}', 4, 'cadre', null, null, '${KEY}')`
    const [one, other] = await overlapping(act, act)
    expect(one).toEqual({ postId: expect.any(Number) })
    expect(other).toEqual(one)
    expect(await database.query(`select count(*)::int as n from public.posts where person_id = '${personId(5)}' and role = 'cadre'`)).toEqual([{ n: 1 }])
  })

  it('does the work of a repeated call where the first attempt failed', async () => {
    await speakAs(second, 1)
    const act = `public.appoint('${personId(5)}', 5, 'cadre', null, null, '00000000-0000-4000-d000-000000000010')`
    await first.query('begin')
    await answerOf(first, act)
    const later = answerOf(second, act)
    await untilOneWaits()
    await first.query('rollback')
    expect(await later).toEqual({ postId: expect.any(Number) })
  })

  it('makes nobody administrator and auditor by two appointments at once', async () => {
    const [one, other] = await overlapping(`public.appoint('${personId(4)}', 1, 'auditor', null, null)`, `public.appoint('${personId(4)}', 1, 'district_admin', null, null)`)
    expect(one).toEqual({ postId: expect.any(Number) })
    expect(other).toBe('roles_conflict')
  })

  it('lets one of two settings through that were built on the same revision, also where there was none', async () => {
    const save = (unit: number, minutes: number, revision: number) => `public.save_setting(${unit}, 'idle_minutes', '{"minutes": ${minutes}}', ${revision})`
    expect(await overlapping(save(1, 40, 0), save(1, 50, 0))).toEqual([{ value: { minutes: 40 }, revision: 1 }, 'stale'])
    expect(await overlapping(save(1, 41, 1), save(1, 51, 1))).toEqual([{ value: { minutes: 41 }, revision: 2 }, 'stale'])
  })

  it('counts two residents seen at once one after the other', async () => {
    await database.script(`insert into public.settings (org_unit_id, key, value) values (1, 'reveals_per_day', '{"limit": 1}')`)
    await speakAs(first, 2)
    const [one, other] = await overlapping(`public.reveal_resident(10, 'visit', '上门核实情况')`, `public.reveal_resident(11, 'visit', '上门核实情况')`)
    expect(one).toMatchObject({ revealsLeft: 0 })
    expect(other).toBe('reveal_limit_reached')
  })

  it('keeps the chain of the log whole under eight writers, some of whom give up', async () => {
    const writers = await Promise.all(Array.from({ length: 8 }, () => database.cluster.connect('postgres')))
    const before = (await database.query<{ n: number }>('select count(*)::int as n from public.audit_log'))[0].n
    await Promise.all(writers.map(async (writer, index) => {
      for (let n = 0; n < 50; n++) {
        await writer.query('begin')
        await writer.query(`insert into public.audit_log (action, object_type, object_id) values ('test', 'test', $1)`, [`${index}.${n}`])
        await writer.query(n % 5 === 4 ? 'rollback' : 'commit')
      }
      await writer.end()
    }))
    const [{ chain, last }] = await database.query<{ chain: unknown; last: string }>('select private.verify_audit_chain() as chain, (select max(id)::text from public.audit_log) as last')
    expect(chain).toMatchObject({ rows: before + 320, firstBroken: null })
    expect(Number(last)).toBe(before + 320)
  })
})
