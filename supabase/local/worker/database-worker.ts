import { constants, cpSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { App } from '@supabase/lite'
import { comparePrivileges } from '../database/compare-privileges'
import { openEmbedded, openNative, openNativeForRequests, type OpenedDatabase } from '../database/api-connection'
import { watchConnection } from '../database/guarded-driver'
import { runIssueRules } from '../database/run-issue-rules'
import { runPatrolRules } from '../database/run-patrol-rules'
import { prepareDatabase } from '../database/prepare-database'
import { runRetentionIfDue } from '../database/run-retention'
import { sealSecondFactors } from '../database/seal-second-factors'
import type { SqlSession } from '../database/sql-session'
import { loadSeed } from '../database/load-seed'
import { TOKEN_LIFETIME_S } from '../settings'
import type { CallMessage, DatabaseCalls, DatabasePlace, WorkerMessage } from './messages'
import { withEqualSignInTime } from './equal-sign-in-time'

const port = parentPort!
const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
const say = (line: string) => post({ kind: 'progress', line })

// The API layer prints every refused statement with its values: names and numbers of residents among them.
if (!process.env.GEWU_DEBUG) console.error = () => {}

let database: OpenedDatabase | null = null
let place: DatabasePlace | null = null
let app: App | null = null

const opened = (): OpenedDatabase => {
  if (!database) throw new Error('the database is not open')
  return database
}

const calls: DatabaseCalls = {
  async open(asked) {
    place = asked
    if (place.kind === 'native') {
      database = await openNative(place.url)
      return
    }
    if (place.copyOf) cpSync(place.copyOf, place.databaseDir, { recursive: true, mode: constants.COPYFILE_FICLONE })
    database = await openEmbedded(place.databaseDir)
  },

  async prepare({ supabaseDir, seedDemo }) {
    const { sql, connection } = opened()
    const provisioner = new App({ connection, auth: { enabled: true, jwt_secret: 'only provisions, serves nothing' } })
    const applied = await prepareDatabase(sql, {
      supabaseDir,
      ensureSystemSchema: () => provisioner.ensureSystemSchema(),
      say,
    })
    if (seedDemo && (await isWithoutOrganisation(sql))) await (await loadSeed(supabaseDir))?.seedDemoStreet(sql, say)
    return applied
  },

  comparePrivileges: () => comparePrivileges(opened().sql),

  async copyTo(folder) {
    const { sql, pglite } = opened()
    if (!pglite) throw new Error('only the embedded database is copied by its files')
    await sql.exec('checkpoint')
    cpSync((pglite as unknown as { dataDir: string }).dataDir, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
  },

  async runRetention() {
    if (place?.kind !== 'native') return runRetentionIfDue(opened().sql)
    // What answers requests has no such powers; the owner comes for this and leaves.
    const owner = await openNative(place.url)
    return runRetentionIfDue(owner.sql).finally(() => owner.close())
  },

  async runIssueRules() {
    if (place?.kind !== 'native') return runIssueRules(opened().sql, place?.clockShiftS ?? 0)
    const owner = await openNative(place.url)
    return runIssueRules(owner.sql, place.clockShiftS).finally(() => owner.close())
  },

  async runPatrolRules() {
    if (place?.kind !== 'native') return runPatrolRules(opened().sql, place?.clockShiftS ?? 0)
    const owner = await openNative(place.url)
    return runPatrolRules(owner.sql, place.clockShiftS).finally(() => owner.close())
  },

  async runCoverageRules() {
    // Brings solvers with it, which nothing else here needs.
    const { runCoverageRules } = await import('../database/run-coverage-rules')
    if (place?.kind !== 'native') return runCoverageRules(opened().sql, place?.clockShiftS ?? 0)
    const owner = await openNative(place.url)
    return runCoverageRules(owner.sql, place.clockShiftS).finally(() => owner.close())
  },

  async startApi(secrets) {
    const readers = await opened().sql.query<{ name: string }>(READERS_SQL)
    await sealSecondFactors(opened().sql, secrets.factorKey, say)
    if (place?.kind === 'native') {
      const owner = opened()
      database = await openNativeForRequests(owner, { ...place, secret: secrets.jwtSecret, factorKey: secrets.factorKey })
      await owner.close()
    } else {
      // The one connection of the embedded engine; nothing is kept on the disk.
      await opened().sql.query("select pg_catalog.set_config('gewu.factor_key', $1, false), pg_catalog.set_config('gewu.clock_shift_s', $2, false)", [
        secrets.factorKey, String(place?.clockShiftS ?? 0),
      ])
    }
    app = new App({
      connection: opened().connection,
      api: { max_rows: 1000 },
      auth: {
        enabled: true,
        jwt_secret: secrets.jwtSecret,
        publishable_key: secrets.anonKey,
        secret_key: secrets.serviceKey,
        jwt_expiry: TOKEN_LIFETIME_S,
        enable_signup: false,
        enable_anonymous_sign_ins: false,
        minimum_password_length: 10,
        email: { enable_signup: false, enable_confirmations: true },
      },
      studio: { enabled: false },
      options: { server: { disableStudio: true, disableFallback: false } },
    })
    await app.init()
    // The first request would read the whole catalogue inside its own transaction.
    await opened().connection.introspect({ useCache: true })
    return readers.map(({ name }) => name)
  },

  async request(request) {
    if (!app) throw new Error('the API has not started')
    const { method, path, headers, body } = request
    const { answer, hasLostConnection } = await watchConnection(() =>
      withEqualSignInTime(opened().sql, request, () =>
        Promise.resolve(
          app!.fetch(new Request(`http://127.0.0.1${path}`, { method, headers, body: body as BodyInit | null })),
        ),
      ),
    )
    return {
      status: hasLostConnection && answer.status >= 400 ? 503 : answer.status,
      headers: Object.fromEntries(answer.headers),
      body: new Uint8Array(await answer.arrayBuffer()),
    }
  },

  async ping() {
    const [row] = await opened().sql.query<{ one: number }>('select 1 as one')
    // An embedded engine that broke inside answers every query with no rows.
    if (row?.one !== 1) throw new Error('the database answers nothing')
  },

  async close() {
    await database?.close()
    database = null
    app = null
  },
}

/** Functions that promise to write nothing; what a trigger does is no matter, only tables have them. */
const READERS_SQL = `
  select p.proname as name from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'public' group by p.proname having bool_and(p.provolatile <> 'v')`

/** A database that knows any organisation is in use: nothing made up is put into it. */
async function isWithoutOrganisation(sql: SqlSession): Promise<boolean> {
  const [row] = await sql.query<{ is_empty: boolean }>('select not exists (select 1 from public.org_units) as is_empty')
  return row?.is_empty === true
}

port.on('message', async ({ id, name, argument }: CallMessage) => {
  try {
    const value = await (calls[name] as (argument: unknown) => Promise<unknown>)(argument)
    const body = name === 'request' ? (value as { body: Uint8Array }).body : null
    post({ kind: 'done', id, value }, body ? [body.buffer as ArrayBuffer] : [])
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    post({ kind: 'failed', id, message: message ?? String(error), code: code ?? null })
  }
})
