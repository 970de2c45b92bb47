import { readFileSync } from 'node:fs'
import { request as tlsRequest } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT_DIR } from '../../../supabase/local/settings'
import { serve } from '../../../supabase/local/serve'
import { call, officeSettings, openOffice, PEOPLE, rpc, signIn, type Caller, type Office } from './open-office'

const TLS_DIR = join(PROJECT_DIR, 'tests/fixtures/tls')
const tls = { certFile: join(TLS_DIR, 'cert.pem'), keyFile: join(TLS_DIR, 'key.pem') }

/** What only a server of its own has: logins, a pool, restarts, callers at once. */
describe('the server on a native PostgreSQL', () => {
  let office: Office
  let officer: Caller

  beforeAll(async () => {
    office = await openOffice('native', { poolSize: 3, statementTimeoutMs: 2_000 })
    officer = await signIn(office, PEOPLE.officer)
  })
  afterAll(() => office?.close())

  /** A second server on the same database fails to start, with these words. */
  const refusesToStart = async (words: string | RegExp, options: object = {}) => {
    const dataDir = `${office.dataDir}/second`
    const opening = serve({ ...officeSettings(dataDir), databaseUrl: office.cluster!.url('postgres'), say: () => {}, onFatal: () => {}, ...options })
    await expect(opening).rejects.toThrow(words)
  }

  it('has requests come by a login that may only become the roles of the API', async () => {
    const client = await office.cluster!.connect('postgres')
    try {
      const { rows } = await client.query<{ login: string; count: number }>(
        `select usename as login, count(*)::int as count from pg_stat_activity where application_name like 'gewu%' group by 1`)
      expect(rows.map(({ login }) => login)).toEqual(['gewu_api_postgres'])
      const { rows: [role] } = await client.query<Record<string, boolean>>(
        `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = 'gewu_api_postgres'`)
      expect(Object.values(role!)).toEqual([false, false, false, false, false])
      // Its own session sees nothing of the office, signed in as nobody.
      await client.query('set session authorization gewu_api_postgres')
      expect((await client.query('select * from public.households')).rows).toEqual([])
      for (const sql of ['select * from private.resident_identities', 'set role postgres', 'set role service_role', 'create table public.x (y int)']) {
        await expect(client.query(sql), sql).rejects.toThrow(/permission denied/)
      }
    } finally {
      await client.end()
    }
  })

  it('takes objects and lists for what they are', async () => {
    const plan = await rpc(office, officer, 'open_plan_draft', { p_land: 1, p_title: '文本与对象' })
    const { planId } = plan.body as { planId: string }
    const edit = { delta: { cells: [{ cell: 3, from: '00000000-0000-4000-8000-0000000000a2', to: '00000000-0000-4000-8000-0000000000a1' }], grids: [] } }
    const saved = await rpc(office, officer, 'save_plan_draft', { p_plan: planId, p_base_revision: 0, p_edits: [edit] })
    expect(saved).toMatchObject({ status: 200, body: { revision: 1 } })
  })

  it('refuses a login that could do more', async () => {
    await refusesToStart('it is a superuser', { apiDatabaseUrl: office.cluster!.url('postgres') })
    await office.asOwner(`create role too_much login in role anon, authenticated; grant pg_read_all_data to too_much`)
    const url = office.cluster!.url('postgres').replace('postgres@', 'too_much@')
    await refusesToStart('may become pg_read_all_data', { apiDatabaseUrl: url })
    await office.asOwner('drop role too_much')
  })

  it('serves nothing while a privilege differs from the list, and names each difference', async () => {
    const changes: [change: string, back: string, words: string][] = [
      ['grant select on private.resident_identities to authenticated', 'revoke select on private.resident_identities from authenticated',
        'authenticated has select on private.resident_identities, which is not listed'],
      ['grant select on public.lands to anon', 'revoke select on public.lands from anon', 'anon has select on lands, which is not listed'],
      ['revoke select on public.cells from authenticated', 'grant select on public.cells to authenticated',
        'authenticated lacks select on cells, which is listed'],
      ['create function public.leak() returns int language sql as $$ select 1 $$', 'drop function public.leak()',
        'anon has execute on leak, which is not listed'],
      ['alter table public.lands disable row level security', 'alter table public.lands enable row level security',
        'public.lands has no row-level security'],
    ]
    await office.asOwner(changes.map(([change]) => change).join(';'))
    try {
      await refusesToStart(new RegExp(`nothing is served:\\n  ${[...changes.map(([, , words]) => words), 'authenticated has execute on leak, which is not listed'].sort().join('\\n  ')}$`))
    } finally {
      await office.asOwner(changes.map(([, back]) => back).join(';'))
    }
  })

  it('holds no more connections than it was given, however many ask', async () => {
    const asked = Array.from({ length: 40 }, () => rpc(office, officer, 'whoami'))
    const client = await office.cluster!.connect('postgres')
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from pg_stat_activity where application_name = 'gewu'`)
    await client.end()
    const answers = await Promise.all(asked)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(rows[0]!.count).toBeLessThanOrEqual(3)
  })

  it('stops a statement that takes too long, and says so in Chinese', async () => {
    const client = await office.cluster!.connect('postgres')
    try {
      await client.query('begin; lock table public.lands in access exclusive mode')
      const answer = await call(office, officer, '/rest/v1/lands?select=id')
      expect(answer).toMatchObject({ status: 504, body: { code: '57014', message: '耗时过长，已停止' } })
    } finally {
      await client.end()
    }
    expect((await call(office, officer, '/rest/v1/lands?select=id')).status).toBe(200)
  })

  it('connects again after the database was restarted under it', async () => {
    const title = 'before the restart'
    expect((await rpc(office, officer, 'open_plan_draft', { p_land: 1, p_title: title })).status).toBe(200)
    const restarted = office.cluster!.killAndRestart()
    const statuses = new Set<number>()
    let isBack = false
    void restarted.then(() => (isBack = true))
    let answer = await rpc(office, officer, 'whoami')
    for (; !isBack || answer.status !== 200; answer = await rpc(office, officer, 'whoami')) {
      statuses.add(answer.status)
      if (answer.status !== 200) expect(answer.body).toMatchObject({ message: '数据库暂时不可用，请稍后重试' })
    }
    // A request that came while it was away either waited or was told so.
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    const kept = await call(office, officer, `/rest/v1/plans?select=title&title=eq.${encodeURIComponent(title)}`)
    expect(kept.body).toHaveLength(1)
  })

  it('lets what is under way end when it is asked to stop, and takes nothing new', async () => {
    const slow = await office.cluster!.connect('postgres')
    await slow.query('begin; lock table public.plans in access exclusive mode')
    const before = rpc(office, officer, 'open_plan_draft', { p_land: 1, p_title: 'under way' })
    for (;;) {
      const { rows } = await slow.query<{ count: number }>(`select count(*)::int as count from pg_locks where not granted`)
      if (rows[0]!.count > 0) break
    }
    // On a connection that is open already; a new one is not even made.
    const kept = rpc(office, officer, 'whoami')
    expect((await kept).status).toBe(200)
    const stopped = office.server.stop()
    const late = await rpc(office, officer, 'whoami').catch(() => null)
    if (late) expect(late).toMatchObject({ status: 503, body: { code: 'stopping' } })
    await slow.query('commit')
    await slow.end()
    expect((await before).status).toBe(200)
    await stopped
    await expect(fetch(office.server.url)).rejects.toThrow()
  })

  it('speaks TLS with its own certificate, under the names people type', async () => {
    await office.reopen({ tls, origins: ['https://gewu.test'] })
    const { port, protocol } = new URL(office.server.url)
    expect(protocol).toBe('https:')
    const ask = (headers: Record<string, string>) =>
      new Promise<{ status: number; hsts: string }>((resolve, reject) => {
        const options = { host: '127.0.0.1', port, path: '/healthz', headers, ca: readFileSync(tls.certFile), servername: 'gewu.test' }
        tlsRequest(options, (answer) => {
          answer.resume()
          resolve({ status: answer.statusCode!, hsts: String(answer.headers['strict-transport-security']) })
        }).on('error', reject).end()
      })
    expect(await ask({ host: 'gewu.test', origin: 'https://gewu.test' })).toEqual({ status: 200, hsts: 'max-age=31536000' })
    expect((await ask({ host: 'other.test' })).status).toBe(421)
    expect((await ask({ host: 'gewu.test', origin: 'https://other.test' })).status).toBe(403)
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
  })
})
