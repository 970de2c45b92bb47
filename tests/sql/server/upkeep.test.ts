import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareContents, contentsOf, readBackup } from '../../../supabase/local/backups/backup-file'
import { runDatabaseCommand } from '../../../supabase/local/database-command'
import { dataLayout } from '../../../supabase/local/data-directory/layout'
import { openPglite } from '../../../supabase/local/database/open-pglite'
import { serve } from '../../../supabase/local/serve'
import { call, officeSettings, openOffice, PEOPLE, rpc, signIn, type Caller, type Office } from './open-office'

/** A search for these words never ends, or takes a while. */
const SLOW_SEARCH = `
  alter function public.search_people(text, int) rename to search_people_for_real;
  create function public.search_people(p_query text, p_limit int) returns jsonb language plpgsql as $$
  begin
    if p_query = 'for ever' then loop end loop; end if;
    if p_query = 'for a while' then perform count(*) from generate_series(1, 3000000); end if;
    return '[]';
  end $$;
  alter function public.search_people_for_real(text, int) set schema private;
  revoke all on function public.search_people(text, int) from public;
  grant execute on function public.search_people(text, int) to authenticated`

/** Everything a running embedded server does beside answering, on one office: the engine takes seconds to open. */
describe('upkeep of the embedded database', () => {
  let office: Office
  let officer: Caller
  const disk = { freeBytes: 1e12 }
  const said: string[] = []
  const backupDir = mkdtempSync(join(tmpdir(), 'gewu-backups-'))
  const plansOf = async (title: string) =>
    (await call(office, officer, `/rest/v1/plans?select=title&title=eq.${encodeURIComponent(title)}`)).body as unknown[]
  const openPlan = (title: string) => rpc(office, officer, 'open_plan_draft', { p_land: 1, p_title: title })
  const search = (words: string) => rpc(office, officer, 'search_people', { p_query: words, p_limit: 5 })
  const health = async () => (await fetch(`${office.server.url}/healthz`)).json()

  /** Resolves when the server answers again, with how often it said that it was away. */
  async function untilBack(): Promise<number> {
    for (let away = 0; ; away += 1) {
      if ((await rpc(office, officer, 'whoami')).status === 200) return away
    }
  }

  beforeAll(async () => {
    office = await openOffice('embedded', {
      say: (line) => said.push(line),
      freeBytes: () => disk.freeBytes,
      watch: { pingEveryMs: 100, stuckAfterMs: 6_000, stuckOverLongWorkAfterMs: 60_000 },
      backups: { folder: backupDir, everyHours: 24, kept: 3 },
      accessLogDays: 7,
    })
    await office.server.stop()
    await office.asOwner(SLOW_SEARCH)
    await office.reopen()
    officer = await signIn(office, PEOPLE.officer)
  })
  afterAll(async () => {
    await office?.close()
    rmSync(backupDir, { recursive: true, force: true })
  })

  it('tells its health', async () => {
    expect(await health()).toEqual({ status: 'ok', backup: 'fresh' })
  })

  it('stops an engine that is stuck, keeps what was confirmed, and answers again', async () => {
    expect((await openPlan('before it was stuck')).status).toBe(200)
    const [stuck, waiting] = await Promise.all([search('for ever'), rpc(office, officer, 'whoami')])
    expect([stuck.status, waiting.status]).toEqual([503, 503])
    expect(stuck.body).toMatchObject({ code: 'unavailable', message: '数据库暂时不可用，请稍后重试' })
    await untilBack()
    expect(await plansOf('before it was stuck')).toHaveLength(1)
    expect(said.filter((line) => line.includes('has not answered'))).toHaveLength(1)
    expect(said).toContain('the database is back')
  })

  it('brings back an engine that dies in the middle of a request', async () => {
    expect((await openPlan('before it died')).status).toBe(200)
    const dying = search('for a while')
    await office.server.database.thread.terminate()
    expect((await dying).status).toBe(503)
    const away = await untilBack()
    console.log(`embedded: ${away} requests were told 503 before the database was back`)
    expect(await plansOf('before it died')).toHaveLength(1)
    expect((await openPlan('after it died')).status).toBe(200)
  })

  it('only reads while the disk is nearly full', async () => {
    disk.freeBytes = 1e6
    // The disk is looked at once a second.
    for (;;) if (((await health()) as { status: string }).status === 'disk_full') break
    const refused = await openPlan('on a full disk')
    expect(refused).toMatchObject({ status: 507, body: { code: '53100' } })
    expect((refused.body as { message: string }).message).toContain('磁盘已满')
    expect((await rpc(office, officer, 'whoami')).status).toBe(200)
    expect((await call(office, officer, '/rest/v1/plans?select=id')).status).toBe(200)
    expect((await signIn(office, PEOPLE.officer)).headers.authorization).toBeTruthy()
    disk.freeBytes = 1e12
    for (;;) if (((await health()) as { status: string }).status === 'ok') break
    expect((await openPlan('after a full disk')).status).toBe(200)
  })

  it('makes verified backups while it serves, and keeps so many', async () => {
    const { backups } = office.server
    // Older ones, and what a killed backup left behind.
    for (const day of ['01', '02', '03']) {
      const file = join(backupDir, `gewu-2026-01-${day}T030000Z.backup`)
      writeFileSync(file, 'old')
      utimesSync(file, new Date(`2026-01-${day}`), new Date(`2026-01-${day}`))
    }
    writeFileSync(join(backupDir, 'gewu-2026-01-04T030000Z.backup.part'), 'half')
    mkdirSync(join(backupDir, '.making', 'database'), { recursive: true })
    writeFileSync(join(backupDir, 'notes.txt'), 'not ours')
    const making = backups.makeNow()
    expect((await openPlan('while a backup is made')).status).toBe(200)
    const file = await making
    expect(readdirSync(backupDir).sort()).toEqual(['gewu-2026-01-02T030000Z.backup', 'gewu-2026-01-03T030000Z.backup', file.slice(backupDir.length + 1), 'notes.txt'])
    expect(backups.state).toBe('fresh')
  })

  it('writes an access log without a word about anybody', async () => {
    const marked = '张三13800000001'
    await call(office, officer, `/rest/v1/people?select=id&name_masked=eq.${encodeURIComponent(marked)}`)
    await call(office, officer, `/rest/v1/${encodeURIComponent(marked)}`)
    await search(marked)
    const answer = await rpc(office, officer, 'whoami')
    await office.server.stop()
    const logs = join(office.dataDir, 'logs')
    const text = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8')).join('')
    const lines = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    const last = lines.find(({ id }) => id === answer.headers.get('x-request-id'))
    expect(last).toMatchObject({ method: 'POST', route: '/rest/v1/rpc/whoami', status: 200, account: expect.stringMatching(/^[0-9a-f]{16}$/) })
    expect(lines.some(({ route, status }) => route === '(not listed)' && status === 404)).toBe(true)
    expect(text).not.toMatch(/张三|1380000|%E5|@test\.example|127\.0\.0\.1|Bearer|title=|eq\./)
    for (const line of lines) expect(Object.keys(line)).toEqual(['time', 'id', 'method', 'route', 'status', 'ms', 'bytes', 'account'])
  })

  it('restores a backup into an empty place, the same table by table', async () => {
    const { header } = readBackup(newestBackup())
    const place = mkdtempSync(join(tmpdir(), 'gewu-restored-'))
    try {
      expect(await inFolder(place, 'restore', newestBackup())).toBe(0)
      const database = await openPglite(dataLayout(place).databaseDir)
      const restored = await contentsOf(database).finally(() => database.close())
      const tables = Object.entries(restored.tables!)
      console.log(`restored: ${tables.length} tables, ${restored.rows} rows, ${compareContents(header, restored).length} tables differ`)
      expect(restored).toEqual({ lastMigration: header.lastMigration, rows: header.rows, tables: header.tables })
      expect(tables.filter(([, { rows }]) => rows > 0).length).toBeGreaterThan(15)
      // A comparison that could not fail would be none.
      const [name, contents] = tables.find(([, { rows }]) => rows > 0)!
      const short = { ...restored, tables: { ...restored.tables, [name]: { ...contents, sum: '0' } } }
      expect(compareContents(header, short)).toEqual([`${name}: expected ${contents.rows} rows, found ${contents.rows}, changed`])
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('refuses a backup that was cut or changed', async () => {
    const bytes = readFileSync(newestBackup())
    const cut = join(backupDir, 'cut')
    for (const content of [bytes.subarray(0, bytes.length - 1000), bytes.subarray(0, 200), Buffer.from('no backup'), changed(bytes)]) {
      writeFileSync(cut, content)
      expect(await inFolder(office.dataDir, 'verify', cut)).toBe(1)
      expect(await inFolder(office.dataDir, 'restore', cut)).toBe(1)
    }
  })

  it.each([
    ['a control file cut short', (database: string) => truncateSync(join(database, 'global', 'pg_control'), 100)],
    ['tables that are gone', (database: string) => rmSync(join(database, 'base'), { recursive: true })],
  ])('says what to do about %s, and removes no database', async (_, damage) => {
    const place = mkdtempSync(join(tmpdir(), 'gewu-damaged-'))
    try {
      const { databaseDir } = dataLayout(place)
      cpSync(dataLayout(office.dataDir).databaseDir, databaseDir, { recursive: true })
      damage(databaseDir)
      const opening = serve({ ...officeSettings(place), say: () => {}, onFatal: () => {} })
      await expect(opening).rejects.toThrow(/removed nothing.*copy the folder.*npm run db -- restore/)
      // The engine may tidy up before it gives up; what is left stays where it is.
      expect(existsSync(join(databaseDir, 'PG_VERSION'))).toBe(true)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('answers again from a backup put back', async () => {
    truncateSync(join(dataLayout(office.dataDir).databaseDir, 'global', 'pg_control'), 100)
    expect(await inFolder(office.dataDir, 'restore', newestBackup())).toBe(0)
    await office.reopen()
    officer = await signIn(office, PEOPLE.officer)
    expect(await plansOf('after it died')).toHaveLength(1)
  })

  const newestBackup = () => {
    const [newest] = readdirSync(backupDir).filter((name) => name.endsWith('.backup')).sort().reverse()
    return join(backupDir, newest!)
  }
})

/** The same bytes but for one in the middle of what is packed. */
function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[copy.length >> 1]! ^= 0xff
  return copy
}

/** Runs `npm run db -- …` on a data folder, quietly. */
async function inFolder(dataDir: string, ...words: string[]): Promise<number> {
  const { GEWU_DATA } = process.env
  const { log, error } = console
  process.env.GEWU_DATA = dataDir
  console.log = () => {}
  console.error = () => {}
  try {
    return await runDatabaseCommand([...words, '--yes'])
  } finally {
    console.log = log
    console.error = error
    if (GEWU_DATA === undefined) delete process.env.GEWU_DATA
    else process.env.GEWU_DATA = GEWU_DATA
  }
}
