import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { openEmbeddedDatabase } from './engines/embedded-database'
import { PROJECT_ROOT } from './engines/migration-files'
import { openNativeDatabase } from './engines/native-cluster'
import { describeOnEach } from './engines/on-engines'
import type { DatabaseError, TestDatabase } from './engines/test-database'

const CLAIMANTS = 50
/** Slip 1 of the fixture world waits in grid a1. */
const SLIP = 1
const userOf = (claimant: number) => `00000000-0000-4000-8000-0000000001${String(claimant).padStart(2, '0')}`

/** Fifty workers of grid a1, each of another name. */
const WORKERS = `
  insert into public.people (id, user_id, name_masked)
  select ('00000000-0000-4000-9000-0000000001' || lpad(n::text, 2, '0'))::uuid, ('00000000-0000-4000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid, chr(19968 + n) || '*'
  from generate_series(0, ${CLAIMANTS - 1}) n;
  insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from)
  select p.id, 4, '00000000-0000-4000-8000-0000000000a1', 'grid_worker', '2020-01-01' from public.people p where p.id::text like '%-0000000001__'`

/** One transaction: who it is, then the claim. */
const claim = (claimant: number) => `
  select set_config('request.jwt.claim.sub', '${userOf(claimant)}', true), set_config('request.jwt.claims', '{}', true);
  set local role authenticated;
  select public.act_on_issue(${SLIP}, 'claim', '{}', 0)`

describeOnEach('fifty claims of one slip at once', (engine) => {
  let database: TestDatabase
  /** Native: a session for each claimant; the embedded database has one, and lets the claims wait in it. */
  let sessions: pg.Client[] = []
  beforeAll(async () => {
    if (engine === 'native') {
      const native = await openNativeDatabase()
      database = native
      sessions = await Promise.all(Array.from({ length: CLAIMANTS }, () => native.cluster.connect('postgres')))
    } else {
      database = await openEmbeddedDatabase()
    }
    await database.script(readFileSync(join(PROJECT_ROOT, 'tests/sql/fixture-world.sql'), 'utf8'))
    await database.script(WORKERS)
  })
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.end()))
    await database.close()
  })

  it('gives it to one; the others hear whose it is', async () => {
    const answers = await Promise.allSettled(Array.from({ length: CLAIMANTS }, (_, claimant) =>
      engine === 'native' ? sessions[claimant].query(claim(claimant)) : database.script(claim(claimant))))
    const [slip] = await database.query<{ handler: string; by: string; claims: number; revision: number }>(`select i.handler_id::text as handler, p.name_masked as by, i.revision,
      (select count(*)::int from public.issue_events e where e.issue_id = i.id and e.act = 'claim') as claims
      from public.issues i join public.people p on p.id = i.handler_id where i.id = ${SLIP}`)
    expect(slip).toMatchObject({ claims: 1, revision: 1 })
    const winners = answers.flatMap(({ status }, claimant) => (status === 'fulfilled' ? [claimant] : []))
    expect(winners.map((claimant) => userOf(claimant).slice(-2))).toEqual([slip.handler.slice(-2)])
    for (const answer of answers) {
      if (answer.status === 'fulfilled') continue
      const { message, detail } = answer.reason as DatabaseError
      expect([message, (JSON.parse(detail ?? '{}') as { by?: string }).by]).toEqual(['issue_taken', slip.by])
    }
  })
})
