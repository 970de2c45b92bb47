import { createPgliteConnection } from '@supabase/lite/pglite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import { CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import pg from 'pg'
import type { PGlite } from '@electric-sql/pglite'
import { makeApiLogin, powersBeyondApi } from './api-login'
import { GuardedDriver } from './guarded-driver'
import { keepStack } from './keep-stack'
import { nativeSession } from './native-session'
import { PGLITE_EXTENSIONS, pgliteSession } from './open-pglite'
import { SerialLock } from './serial-lock'
import type { SqlSession } from './sql-session'

type PgliteApiConnection = Awaited<ReturnType<typeof createPgliteConnection>>
type ApiConnection = PgliteApiConnection | ReturnType<typeof createPostgresConnection>

export interface OpenedDatabase {
  /** What the API layer is given. */
  connection: ApiConnection
  /** What the server's own code is given. */
  sql: SqlSession
  /** The embedded engine, for dumps; `null` on a native server. */
  pglite: PGlite | null
  close: () => Promise<void>
}

export interface NativeOptions {
  /** Connection string of the login that owns the database. */
  url: string
  /** Connection string of the login requests come by, `null` to have one made. */
  apiUrl: string | null
  /** The password of a login made here is derived from it. */
  secret: string
  /** Given to each connection, so that the database can open what `private.sealed` closed. */
  factorKey: string
  /** Given to each connection likewise: seconds by which `private.clock` goes ahead. */
  clockShiftS: number
  poolSize: number
  /** Longest statement of a request. */
  statementTimeoutMs: number
}

/** Longest wait for a lock, and for the next statement of a transaction. */
const REQUEST_LIMITS = { lock_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 }

const CONNECT_TIMEOUT_S = 10
/** Pause before a connection that broke is made again; the driver's own grows to 20 s. */
const RECONNECT_PAUSE_S = 0.5

/** Opens the embedded database in `databaseDir` behind the API layer, one caller at a time. */
export async function openEmbedded(databaseDir: string): Promise<OpenedDatabase> {
  const connection = await createPgliteConnection({
    url: databaseDir,
    pgliteOptions: { extensions: PGLITE_EXTENSIONS },
  })
  const pglite = connection.driver
  await pglite.waitReady
  keepStack(pglite)
  const lock = new SerialLock()
  connection.kysely = new Kysely({ dialect: guardedDialect(() => new GuardedDriver(new PgliteDriver(pglite), lock)) })
  const sql = pgliteSession(pglite, lock)
  connection.exec = async <T>(text: string, ...parameters: readonly unknown[]) => {
    if (parameters.length > 0) return { rows: await sql.query(text, parameters) } as T
    await sql.exec(text)
    return { rows: [] } as T
  }
  connection.transaction = async (statements) => {
    await sql.transaction(async (inner) => {
      for (const statement of statements) await inner.exec(statement)
    })
  }
  takeOverGrants(connection)
  return { connection, sql, pglite, close: () => lock.run(() => pglite.close()) }
}

/** Opens a native PostgreSQL as its owner: to migrate it, to fill it, to look at its privileges, never for requests. */
export async function openNative(url: string): Promise<OpenedDatabase> {
  const opened = connectNative(url, 2, {})
  await opened.sql.query('select 1')
  return opened
}

/**
 * Opens a native PostgreSQL for requests, by a login without powers of its own.
 * @param owner the same database, opened by its owner
 * @throws when the login could do more than become the roles of the API
 */
export async function openNativeForRequests(owner: OpenedDatabase, options: NativeOptions): Promise<OpenedDatabase> {
  const url = options.apiUrl ?? (await makeApiLogin(owner.sql, options.url, options.secret))
  const opened = connectNative(url, options.poolSize, {
    ...REQUEST_LIMITS, statement_timeout: options.statementTimeoutMs,
    'gewu.factor_key': options.factorKey, 'gewu.clock_shift_s': options.clockShiftS,
  })
  try {
    const powers = await powersBeyondApi(opened.sql)
    if (powers.length === 0) return opened
    throw new Error(`the login requests come by has powers it must not have; nothing is served: it ${powers.join(', ')}`)
  } catch (error) {
    await opened.close()
    throw error
  }
}

function connectNative(url: string, poolSize: number, settings: Record<string, string | number>): OpenedDatabase {
  const connection = createPostgresConnection({
    url,
    postgresOptions: {
      max: poolSize,
      connect_timeout: CONNECT_TIMEOUT_S,
      backoff: () => RECONNECT_PAUSE_S,
      onnotice: () => {},
      connection: { application_name: 'gewu', ...settings },
      types: { json: jsonType(114), jsonb: jsonType(3802) },
    },
  })
  const inner = new PostgresJSDialect({ postgres: connection.driver })
  connection.kysely = new Kysely({ dialect: guardedDialect(() => new GuardedDriver(inner.createDriver(), null)) })
  takeOverGrants(connection)
  const pool = new pg.Pool({
    connectionString: url, max: 2, application_name: 'gewu server', connectionTimeoutMillis: CONNECT_TIMEOUT_S * 1000,
  })
  // Without a listener a dropped idle connection would end the process; the pool replaces it by itself.
  pool.on('error', () => {})
  return {
    connection,
    sql: nativeSession(pool),
    pglite: null,
    close: async () => {
      await pool.end()
      await connection.driver.end({ timeout: 5 })
    },
  }
}

/**
 * The API layer hands over JSON as text. Its own setting of the driver would make that text a JSON string, and every
 * object an office sends would be refused; the embedded engine takes it as this does.
 */
const jsonType = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
})

/**
 * Stops the layer from granting everything to everybody at its first request, and from remembering "no row-level
 * security" if that request comes early: grants are the migrations' own. The field is not documented, so the name is
 * checked here and the privileges themselves at every start (`compare-privileges.ts`).
 */
function takeOverGrants(connection: ApiConnection): void {
  if (Reflect.get(connection, 'rlsState') !== 'unknown') {
    throw new Error('expected @supabase/lite to hold rlsState "unknown" on a new connection; its version has changed')
  }
  Reflect.set(connection, 'rlsState', 'active')
}

function guardedDialect(createDriver: () => Driver): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver,
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** PGlite as a kysely driver; the guard around it hands the connection to one caller at a time. */
class PgliteDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(pglite: PGlite) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery) {
        const result = await pglite.query<R>(query.sql, [...query.parameters])
        const changed = result.affectedRows
        return { rows: result.rows, numAffectedRows: changed === undefined ? undefined : BigInt(changed) }
      },
      streamQuery() {
        throw new Error('PGlite cannot stream rows')
      },
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}
