import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery } from 'kysely'
import type { DatabaseConnection, Driver, QueryResult } from 'kysely'
import { API_ROLES } from './api-login'
import type { SerialLock } from './serial-lock'

/** The wire protocol counts parameters in 16 bits; PGlite does not refuse more, it stops answering anybody. */
export const MAX_PARAMETERS = 32_000

/**
 * Wraps a kysely driver so that nothing reaches the engine that would harm other callers, and every refusal of the
 * engine comes back with its own SQLSTATE.
 * With a `lock` a connection is handed to one caller at a time, from `acquireConnection` to `releaseConnection`, which
 * spans whole transactions.
 */
export class GuardedDriver implements Driver {
  readonly #inner: Driver
  readonly #lock: SerialLock | null
  readonly #releases = new WeakMap<DatabaseConnection, () => void>()

  constructor(inner: Driver, lock: SerialLock | null) {
    this.#inner = inner
    this.#lock = lock
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const release = (await this.#lock?.acquire()) ?? (() => {})
    try {
      const connection = new GuardedConnection(await this.#inner.acquireConnection().catch(rethrowWithState))
      this.#releases.set(connection, release)
      return connection
    } catch (error) {
      release()
      throw error
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#inner.releaseConnection(innerOf(connection))
    } finally {
      this.#releases.get(connection)?.()
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: Parameters<Driver['beginTransaction']>[1]): Promise<void> {
    await this.#inner.beginTransaction(innerOf(connection), settings).catch(rethrowWithState)
    if (connection instanceof GuardedConnection) connection.collectSettings(true)
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof GuardedConnection) connection.collectSettings(false)
    return this.#inner.commitTransaction(innerOf(connection)).catch(rethrowWithState)
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof GuardedConnection) connection.collectSettings(false)
    return this.#inner.rollbackTransaction(innerOf(connection)).catch(rethrowWithState)
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

class GuardedConnection implements DatabaseConnection {
  /** Settings of the transaction that were not sent yet, by name; `null` outside a transaction. */
  #settings: Map<string, unknown> | null = null

  constructor(readonly inner: DatabaseConnection) {}

  /** From the beginning of a transaction to its end; what nothing came after is dropped: it would end with it. */
  collectSettings(isOn: boolean): void {
    this.#settings = isOn ? new Map() : null
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.parameters.length > MAX_PARAMETERS) {
      throw stateError('54000', `expected at most ${MAX_PARAMETERS} parameters, got ${query.parameters.length}`)
    }
    refuseOtherRoles(query)
    const setting = this.#settings && localSetting(query)
    if (setting) {
      this.#settings!.set(...setting)
      return { rows: [] }
    }
    try {
      await this.#sendSettings()
      return await this.inner.executeQuery<R>(query)
    } catch (error) {
      return rethrowWithState(error)
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    await this.#sendSettings().catch(rethrowWithState)
    yield* this.inner.streamQuery<R>(query, chunkSize ?? 100)
  }

  /**
   * The API layer sends the claims and the role of a caller in seven statements, each a way to the engine and back of its
   * own, and most of what a small request costs: they go in one, before the first statement that means something.
   */
  async #sendSettings(): Promise<void> {
    if (!this.#settings || this.#settings.size === 0) return
    const settings = [...this.#settings]
    this.#settings.clear()
    const calls = settings.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`)
    await this.inner.executeQuery(CompiledQuery.raw(`select ${calls.join(', ')}`, settings.flat()))
  }
}

const SETS_CONFIG = /^select set_config\('([a-z_.]+)', \$1, true\)$/i
const SETS_LOCAL_ROLE = /^set local role "([a-z_]+)"$/i

/** Name and value of a setting that ends with the transaction, `null` for any other statement. */
function localSetting({ sql, parameters }: CompiledQuery): [name: string, value: unknown] | null {
  const name = SETS_CONFIG.exec(sql)?.[1]
  if (name) return [name, parameters[0]]
  const role = SETS_LOCAL_ROLE.exec(sql)?.[1]
  return role ? ['role', role] : null
}

const TAKES_ROLE = /^\s*(?:select set_config\('role', \$1|set (?:local |session )?role "?([^"\s;]*)"?)/i

/** The API layer takes the role a token names, whatever it names; the embedded engine would let it be the owner. */
function refuseOtherRoles({ sql, parameters }: CompiledQuery): void {
  const taken = TAKES_ROLE.exec(sql)
  if (taken && !(API_ROLES as readonly unknown[]).includes(taken[1] ?? parameters[0])) {
    throw Object.assign(new Error('a request may only run as a role of the API'), { code: '42501' })
  }
}

const innerOf = (connection: DatabaseConnection) =>
  connection instanceof GuardedConnection ? connection.inner : connection

/** Marks a hint that carries the true SQLSTATE past the API layer; `restoreState` reads it. */
const STATE_MARK = 'sqlstate:'

/**
 * HTTP status of the SQLSTATEs which `@supabase/lite` 0.10 flattens to a bare 500, losing code and detail; statuses as
 * PostgREST gives them. It does pass on a code `PTnnn`, so such an error travels as one, its own state in the hint.
 */
const STATUS_BY_STATE: readonly [prefix: string, status: number][] = [
  ['P0001', 400],
  ['P0', 500],
  ['23514', 400],
  ['23P01', 409],
  ['23', 409],
  ['25', 500],
  ['28', 403],
  ['40', 409],
  ['53100', 507],
  ['53', 503],
  ['54', 413],
  ['55P03', 409],
  ['57014', 504],
  ['57', 503],
  ['58', 507],
]

const requests = new AsyncLocalStorage<{ hasLostConnection: boolean }>()

/**
 * Answers a request and tells whether it lost its connection to the database on the way. The API layer asks for the
 * account before it listens for errors, and says of a database that is away no more than 500.
 */
export async function watchConnection<T>(answer: () => Promise<T>): Promise<{ answer: T; hasLostConnection: boolean }> {
  const request = { hasLostConnection: false }
  const given = await requests.run(request, answer)
  return { answer: given, hasLostConnection: request.hasLostConnection }
}

/** What the drivers say when the connection to the database is gone or cannot be made. */
const CONNECTION_LOST = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/

/** What a server says that is going down (57P01), lost a process of its own (57P02) or is not up yet (57P03). */
const DATABASE_AWAY = /^57P0[123]$/

const PASSED_ON_BY_THE_LAYER = new Set(['23502', '23503', '23505', '25006'])

interface EngineError {
  code?: string
  message?: string
  detail?: string
}

function rethrowWithState(error: unknown): never {
  const { code, message = '', detail } = error as EngineError
  if (typeof code !== 'string' || PASSED_ON_BY_THE_LAYER.has(code)) throw error
  const isLost = CONNECTION_LOST.test(code)
  const request = requests.getStore()
  if (request && (isLost || DATABASE_AWAY.test(code))) request.hasLostConnection = true
  if (isLost) throw stateError('08006', 'the connection to the database is gone', 503)
  const known = STATUS_BY_STATE.find(([prefix]) => code.startsWith(prefix))
  if (!known) throw error
  throw Object.assign(new Error(message), { code: `PT${known[1]}`, detail, hint: `${STATE_MARK}${code}` })
}

function stateError(state: string, message: string, status = 413): Error {
  return Object.assign(new Error(message), { code: `PT${status}`, hint: `${STATE_MARK}${state}` })
}

/** Returns the SQLSTATE an answer of the API layer stands for: its code, or the one `GuardedDriver` hid in the hint. */
export function restoreState(code: unknown, hint: unknown): string | null {
  if (typeof hint === 'string' && hint.startsWith(STATE_MARK)) return hint.slice(STATE_MARK.length)
  return typeof code === 'string' ? code : null
}
