import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { BackupSchedule } from './backups/backup-schedule'
import { loadSeed, type DemoAccount } from './database/load-seed'
import { SnapshotCache, snapshotKey } from './database/snapshot-cache'
import { DatabaseService, type Watch } from './database-service'
import {
  checkDataDirectory, DataDirectoryError, dataLayout, hasDatabase, markFinished, markUnfinished, readDataState, WAYS_OUT,
} from './data-directory/layout'
import { lockDataDirectory } from './data-directory/lock'
import { RoomGuard } from './data-directory/room-guard'
import { loadSecrets } from './data-directory/secrets'
import { SignInFailures } from './data-directory/sign-in-failures'
import { AccessLog } from './http/access-log'
import { createFrontHandler, type AppConfig, type Health } from './http/front-handler'
import { checkListening, isLoopback } from './http/own-address'
import type { Refusal } from './http/refuse-request'
import { securityHeaders } from './http/security-headers'
import { SignInThrottle } from './http/sign-in-throttle'
import { StaticFiles } from './http/static-files'
import { VisitorThrottle } from './http/visitor-throttle'
import { PROJECT_DIR, SUPABASE_DIR, type Settings, type TlsFiles } from './settings'
import type { DatabasePlace } from './worker/messages'

export interface RunningServer {
  /** Address to open in a browser, without a slash at its end. */
  url: string
  anonKey: string
  accounts: readonly DemoAccount[]
  database: DatabaseService
  backups: BackupSchedule
  /** Answers what is under way, closes the database, gives the data folder back. */
  stop: () => Promise<void>
}

/** Serves the pages in development; Vite's own middleware. */
export type PageMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface ServeOptions extends Settings {
  say: (line: string) => void
  /** Hears that the database cannot be brought back; the server is stopped by then. */
  onFatal: (reason: string) => void
  /** When the database is taken for stuck, where the usual patience will not do. */
  watch?: Watch
  /** Free bytes of the disk, where they are not asked of it. */
  freeBytes?: () => number
  makePages?: (server: Server) => Promise<{ middleware: PageMiddleware; close: () => Promise<void> }>
}

export const CACHE_DIR = join(PROJECT_DIR, 'node_modules', '.cache', 'gewu')

/** Opens (or makes) the database and serves the console. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { dataDir, databaseUrl, say } = options
  checkListening(options)
  checkDataDirectory(dataDir)
  const unlock = lockDataDirectory(dataDir, options.isDev ? 'npm run dev' : 'npm start')
  let database: DatabaseService | null = null
  try {
    const secrets = loadSecrets(dataDir)
    const isNew = databaseUrl === null && !hasDatabase(dataDir)
    const place: DatabasePlace = databaseUrl
      ? {
          kind: 'native', url: databaseUrl, apiUrl: options.apiDatabaseUrl, poolSize: options.poolSize,
          statementTimeoutMs: options.statementTimeoutMs, clockShiftS: options.clockShiftS,
        }
      : { kind: 'embedded', databaseDir: dataLayout(dataDir).databaseDir, copyOf: null, clockShiftS: options.clockShiftS }
    database = new DatabaseService(place, secrets, say, options.onFatal, options.watch)
    const isDemo = await (databaseUrl
      ? openNativeDatabase(database, options)
      : isNew
        ? makeDatabase(database, options)
        : openDatabase(database, options))
    if (isDemo && !isLoopback(options.host) && !options.isDemoWanted) {
      throw new Error(
        `this database holds the demo street, whose passwords are published, and GEWU_HOST=${options.host} is reached from other ` +
          'machines. Begin anew with `npm run db -- reset`, or set GEWU_DEMO=1 to show the demo to others.',
      )
    }
    await database.startServing()
    const accounts = isDemo ? ((await loadSeed(SUPABASE_DIR))?.demoAccounts ?? []) : []
    return await listen(options, database, { demo: isDemo, anonKey: secrets.anonKey, accounts }, unlock)
  } catch (error) {
    await database?.stop()
    unlock()
    throw error
  }
}

async function openNativeDatabase(database: DatabaseService, { seedDemo, say }: ServeOptions): Promise<boolean> {
  say('connecting to PostgreSQL')
  await database.thread.call('open', database.place)
  await database.thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: false })
  if (!seedDemo) return false
  await database.thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: true })
  return true
}

async function openDatabase(database: DatabaseService, { dataDir, say }: ServeOptions): Promise<boolean> {
  say('opening the database')
  try {
    await database.thread.call('open', database.place)
    await database.thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: false })
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    // A migration that fails says so itself.
    if (message.startsWith('migration ') || message.startsWith('the database holds migration ')) throw error
    if (code === 'ENOSPC' || code === '53100') throw new DataDirectoryError(DISK_FULL)
    throw new DataDirectoryError(
      `the database in ${dataDir} does not open; it may be damaged. The console removed nothing, but the engine may have begun ` +
        `to mend its own files: copy the folder before you try anything else. ${WAYS_OUT} (${message})`,
    )
  }
  return readDataState(dataDir).demo
}

async function makeDatabase(database: DatabaseService, { dataDir, seedDemo, say }: ServeOptions): Promise<boolean> {
  const cache = new SnapshotCache(CACHE_DIR, snapshotKey(PROJECT_DIR, seedDemo))
  const copyOf = cache.find()
  say(copyOf ? 'copying the prepared database' : 'making the database (only the first time)')
  markUnfinished(dataDir)
  await database.thread.call('open', { ...database.place, copyOf } as DatabasePlace)
  await database.thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: seedDemo && copyOf === null })
  // A full disk must not keep the console from starting: the cache only saves time.
  if (copyOf === null) await cache.store((folder) => database.thread.call('copyTo', folder)).catch(() => {})
  markFinished(dataDir, { demo: seedDemo })
  return seedDemo
}

/** How often slips overdue are sent up, and it is asked whether retention is due, which runs once a day. */
const UPKEEP_MS = 600_000

const DISK_FULL = 'the disk is full. Free some room, then start again: everything confirmed is kept.'

async function listen(
  options: ServeOptions,
  database: DatabaseService,
  appConfig: AppConfig,
  unlock: () => void,
): Promise<RunningServer> {
  const { dataDir, tls, host, origins, say } = options
  const limits = { maxHeaderSize: 32_768, requestTimeout: 120_000, headersTimeout: 20_000 }
  const server = tls
    ? createTlsServer({ ...limits, ...readCertificate(tls), minVersion: 'TLSv1.2' })
    : createServer(limits)
  const pages = await options.makePages?.(server)
  const isEmbedded = database.place.kind === 'embedded'
  const room = new RoomGuard(dataDir, options.freeBytes)
  const backups = new BackupSchedule(
    isEmbedded ? options.backups : { ...options.backups, everyHours: 0 },
    dataDir,
    (folder) => database.thread.call('copyTo', folder),
    say,
  )
  const log = new AccessLog(join(dataDir, 'logs'), options.accessLogDays, say)
  const isFull = () => isEmbedded && room.isFull
  let stopping: Promise<void> | null = null
  const health = (): Health => ({
    status: stopping ? 'stopping' : database.state === 'serving' ? (isFull() ? 'disk_full' : 'ok') : AWAY[database.state],
    backup: backups.state,
  })
  const handle = createFrontHandler({
    askApi: (request) => database.ask(request),
    health,
    refuseWrite: (method, pathname) => (mayWrite(database, method, pathname) && isFull() ? NO_ROOM : null),
    pages: pages ? null : new StaticFiles(join(PROJECT_DIR, 'dist')),
    appConfig,
    secrets: database.secrets,
    throttle: new SignInThrottle(new SignInFailures(dataDir, database.secrets.jwtSecret, say)),
    visitorThrottle: new VisitorThrottle(),
    headers: securityHeaders(pages !== undefined, tls !== null || origins.some((origin) => origin.startsWith('https:'))),
    scheme: tls ? 'https' : 'http',
    origins,
    log: (entry) => log.write(entry),
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void handle(request, response, pages && (() => pages.middleware(request, response, () => response.writeHead(404).end())))
  })
  // Longer than any client keeps a connection unused, so that none is closed under a request just sent.
  server.keepAliveTimeout = 75_000
  server.maxConnections = 500
  const port = await bind(server, host, options.port, options.isPortFixed)
  backups.start()
  const upkeep = setInterval(() => {
    if (database.state !== 'serving' || isFull()) return
    const tryAgain = (what: string) => (error: Error) => say(`${what} did not run, it is tried again: ${error.message}`)
    database.thread.call('runIssueRules').catch(tryAgain('the rules of slips'))
    database.thread.call('runPatrolRules').catch(tryAgain('the rules of walks'))
    database.thread.call('runCoverageRules').catch(tryAgain('walks to stations'))
    database.thread.call('runRetention').catch(tryAgain('retention'))
  }, UPKEEP_MS)
  upkeep.unref()
  if (options.clockShiftS > 0) say(`GEWU_CLOCK_SHIFT_S: deadlines are told by a clock ${options.clockShiftS} s ahead`)
  const own = `${tls ? 'https' : 'http'}://${isLoopback(host) ? '127.0.0.1' : host}:${port}`
  return {
    url: isLoopback(host) ? own : (origins[0] ?? own),
    anonKey: appConfig.anonKey,
    accounts: appConfig.accounts,
    database,
    backups,
    stop: () =>
      (stopping ??= stopServer(server, async () => {
        clearInterval(upkeep)
        await backups.stop()
        await pages?.close()
        await database.stop()
        await log.close()
        unlock()
      })),
  }
}

function readCertificate({ certFile, keyFile }: TlsFiles): { cert: Buffer; key: Buffer } {
  try {
    return { cert: readFileSync(certFile), key: readFileSync(keyFile) }
  } catch (error) {
    throw new Error(`GEWU_TLS_CERT and GEWU_TLS_KEY expected files this account may read: ${(error as Error).message}`, { cause: error })
  }
}

const AWAY = { starting: 'starting', away: 'database_away', stopping: 'stopping' } as const

const NO_ROOM: Refusal = { status: 507, code: '53100', message: '服务器磁盘已满，暂时只能查看，请联系管理员' }

/** Signing in and out writes a row or two and goes on; what is kept free is enough for that. */
function mayWrite({ readers }: DatabaseService, method: string, pathname: string): boolean {
  if (!pathname.startsWith('/rest/') || method === 'GET' || method === 'HEAD') return false
  return !readers.has(pathname.slice('/rest/v1/rpc/'.length))
}

const PORTS_TRIED = 20

/** Listens; unless the port was asked for by name, the next free one is taken. */
async function bind(server: Server, host: string, port: number, isPortFixed: boolean): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port: port === 0 ? 0 : port + tried, host }, () => {
          server.off('error', reject)
          resolve()
        })
      })
      const address = server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRNOTAVAIL') throw new Error(`GEWU_HOST=${host} is no address of this machine`)
      if (code === 'EACCES') throw new Error(`port ${port} may not be used by this account; name another with PORT`)
      if (code !== 'EADDRINUSE') throw error
      if (isPortFixed) throw new Error(`port ${port} is taken by another program; name another with PORT`)
      if (tried >= PORTS_TRIED) throw new Error(`ports ${port} to ${port + PORTS_TRIED} are taken; name one with PORT`)
    }
  }
}

/** Time given to requests under way when the server is asked to stop. */
const STOP_PATIENCE_MS = 8_000

/** Takes no new connection, lets what is under way end, then closes the rest. */
async function stopServer(server: Server, closeRest: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS)
    // A connection becomes idle when its last answer is out; until then it is left alone.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(impatient)
      clearInterval(idle)
      resolve()
    })
  })
  await closeRest()
}
