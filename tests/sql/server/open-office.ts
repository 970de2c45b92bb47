import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '../../../supabase/local/database/open-pglite'
import { SnapshotCache, snapshotKey } from '../../../supabase/local/database/snapshot-cache'
import { dataLayout, markFinished } from '../../../supabase/local/data-directory/layout'
import { serve, type RunningServer, type ServeOptions } from '../../../supabase/local/serve'
import { PROJECT_DIR, readSettings } from '../../../supabase/local/settings'
import { startFilledCluster, type NativeCluster } from '../engines/native-cluster'

export type Engine = 'embedded' | 'native'

/** Numbers of the people of `fixture-world.sql`, by what they may see. */
export const PEOPLE = { admin: 1, officer: 2, secretary: 3, gridLeader: 4, member: 5, auditor: 6, inactive: 7, otherOfficer: 9 }

export const PASSWORD = 'a long test password'

export const emailOf = (person: number) => `person${person}@test.example`

/** A running server with the small world of the SQL tests in it, and an account for each of its people. */
export interface Office {
  engine: Engine
  dataDir: string
  server: RunningServer
  cluster: NativeCluster | null
  /** Serves the same data again, after `server.stop()` or a kill. */
  reopen: (otherwise?: OfficeOptions) => Promise<void>
  /** Runs SQL as the owner while no server holds the database (embedded), or at any time (native). */
  asOwner: (sql: string) => Promise<void>
  close: () => Promise<void>
}

/** What a test wants otherwise than `officeSettings` say. */
export type OfficeOptions = Partial<Omit<ServeOptions, 'dataDir' | 'databaseUrl'>>

/** Settings of a test server: this machine alone, any port, no demo, no schedule of its own. */
export const officeSettings = (dataDir: string): Omit<ServeOptions, 'say' | 'onFatal'> => ({
  ...readSettings({ GEWU_DATA: dataDir, GEWU_DEMO: '0', GEWU_BACKUP_HOURS: '0', PORT: '0' }, []),
  isPortFixed: false,
})

export async function openOffice(engine: Engine, options: OfficeOptions = {}): Promise<Office> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gewu-office-'))
  const serveOn = (database: NativeCluster | null, otherwise: OfficeOptions = {}) =>
    serve({
      ...officeSettings(dataDir),
      databaseUrl: database?.url('postgres') ?? null,
      say: () => {},
      onFatal: (reason) => {
        throw new Error(reason)
      },
      ...options,
      ...otherwise,
    })
  const asOwnerOf = async (database: NativeCluster | null, sql: string) => {
    if (database) {
      const client = await database.connect('postgres')
      await client.query(sql).finally(() => client.end())
      return
    }
    const embedded = await openPglite(dataLayout(dataDir).databaseDir)
    await embedded.exec(sql).finally(() => embedded.close())
  }
  const world = readFileSync(join(PROJECT_DIR, 'tests/sql/fixture-world.sql'), 'utf8') + accountsSql
  const fill = async (database: NativeCluster | null) => {
    const first = await serveOn(database)
    await first.stop()
    await asOwnerOf(database, world)
  }
  // The small world is made once and copied for every test after: an engine takes up to ten seconds to make it.
  const key = createHash('sha256').update(snapshotKey(PROJECT_DIR, false)).update(world).digest('hex').slice(0, 16)
  const cluster = engine === 'native' ? await startFilledCluster(key, fill) : null
  if (!cluster) await copyOrMake(dataDir, key, () => fill(null))
  const office: Office = {
    engine,
    dataDir,
    server: await serveOn(cluster),
    cluster,
    async reopen(otherwise) {
      office.server = await serveOn(cluster, otherwise)
    },
    asOwner: (sql) => asOwnerOf(cluster, sql),
    async close() {
      await office.server.stop()
      await cluster?.remove()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return office
}

async function copyOrMake(dataDir: string, key: string, make: () => Promise<void>): Promise<void> {
  const cache = new SnapshotCache(join(PROJECT_DIR, 'node_modules', '.cache', 'gewu-office'), `${key}-empty`)
  const { databaseDir } = dataLayout(dataDir)
  const copy = cache.find()
  if (copy) {
    cpSync(copy, databaseDir, { recursive: true })
    markFinished(dataDir, { demo: false })
    return
  }
  await make()
  // Another process may have made the same meanwhile: its copy is being read, and stays.
  if (cache.find()) return
  await cache.store(async (folder) => cpSync(databaseDir, folder, { recursive: true }))
}

const accountsSql = `
  insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
  select p.user_id, 'authenticated', 'authenticated',
    'person' || (right(p.user_id::text, 2))::int || '@test.example',
    extensions.crypt('${PASSWORD}', extensions.gen_salt('bf', 10)), now(), '{}', '{}'
  from public.people p`

/** One caller: the public key, and, once signed in, a token. */
export interface Caller {
  person: number | null
  headers: Record<string, string>
}

export const anonymous = ({ server }: Office): Caller => ({ person: null, headers: { apikey: server.anonKey } })

export async function signIn({ server }: Office, person: number): Promise<Caller & { refreshToken: string }> {
  const answer = await fetch(`${server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: server.anonKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email: emailOf(person), password: PASSWORD }),
  })
  const session = (await answer.json()) as { access_token: string; refresh_token: string }
  if (answer.status !== 200) throw new Error(`sign-in of person ${person}: ${answer.status} ${JSON.stringify(session)}`)
  return {
    person,
    headers: { apikey: server.anonKey, authorization: `Bearer ${session.access_token}` },
    refreshToken: session.refresh_token,
  }
}

/** Sends one request of the API. */
export async function call(
  { server }: Office,
  caller: Caller,
  path: string,
  options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const hasBody = options.body !== undefined
  const answer = await fetch(`${server.url}${path}`, {
    method: options.method ?? (hasBody ? 'POST' : 'GET'),
    headers: { ...caller.headers, ...(hasBody ? { 'content-type': 'application/json' } : {}), ...options.headers },
    body: hasBody ? JSON.stringify(options.body) : undefined,
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
}

/** Calls a function of the API by name. */
export const rpc = (office: Office, caller: Caller, name: string, body: unknown = {}) =>
  call(office, caller, `/rest/v1/rpc/${name}`, { body })
