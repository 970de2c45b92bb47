import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { loadSeed, type DemoAccount } from './database/load-seed'
import { SnapshotCache, snapshotKey } from './database/snapshot-cache'
import { DatabaseService } from './database-service'
import {
  checkDataDirectory, DataDirectoryError, dataLayout, hasDatabase, markFinished, markUnfinished, readDataState, WAYS_OUT,
} from './data-directory/layout'
import { lockDataDirectory } from './data-directory/lock'
import { loadSecrets } from './data-directory/secrets'
import { createFrontHandler } from './http/front-handler'
import { securityHeaders } from './http/security-headers'
import { SignInThrottle } from './http/sign-in-throttle'
import { StaticFiles } from './http/static-files'
import { PROJECT_DIR, SUPABASE_DIR, type Settings } from './settings'
import type { DatabasePlace } from './worker/messages'

export interface RunningServer {
  /** Address to open in a browser, without a slash at its end. */
  url: string
  anonKey: string
  accounts: readonly DemoAccount[]
  /** Answers what is under way, closes the database, gives the data folder back. */
  stop: () => Promise<void>
}

/** Serves the pages in development; Vite's own middleware. */
export type PageMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface ServeOptions extends Settings {
  say: (line: string) => void
  /** Hears that the database cannot be brought back; the server is stopped by then. */
  onFatal: (reason: string) => void
  makePages?: (server: Server) => Promise<{ middleware: PageMiddleware; close: () => Promise<void> }>
}

export const CACHE_DIR = join(PROJECT_DIR, 'node_modules', '.cache', 'gewu')

/** Opens (or makes) the database and serves the console on this machine. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { dataDir, databaseUrl, say } = options
  checkDataDirectory(dataDir)
  const unlock = lockDataDirectory(dataDir, options.isDev ? 'npm run dev' : 'npm start')
  let database: DatabaseService | null = null
  try {
    const secrets = loadSecrets(dataDir)
    const isNew = databaseUrl === null && !hasDatabase(dataDir)
    const place: DatabasePlace = databaseUrl
      ? { kind: 'native', url: databaseUrl }
      : { kind: 'embedded', databaseDir: dataLayout(dataDir).databaseDir, copyOf: null }
    database = new DatabaseService(place, secrets, say, (reason) => options.onFatal(reason))
    const isDemo = await (databaseUrl
      ? openNativeDatabase(database, options)
      : isNew
        ? makeDatabase(database, options)
        : openDatabase(database, options))
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
  } catch (error) {
    throw new DataDirectoryError(
      `the database in ${dataDir} does not open; it may be damaged. Nothing was changed. ${WAYS_OUT} ` +
        `(${(error as Error).message})`,
    )
  }
  await database.thread.call('prepare', { supabaseDir: SUPABASE_DIR, seedDemo: false })
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

async function listen(
  options: ServeOptions,
  database: DatabaseService,
  appConfig: { demo: boolean; anonKey: string; accounts: readonly DemoAccount[] },
  unlock: () => void,
): Promise<RunningServer> {
  const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 120_000, headersTimeout: 20_000 })
  const pages = await options.makePages?.(server)
  const handle = createFrontHandler({
    askApi: (request) => database.ask(request),
    isHealthy: () => database.isReady,
    pages: pages ? null : new StaticFiles(join(PROJECT_DIR, 'dist')),
    appConfig,
    secrets: database.secrets,
    throttle: new SignInThrottle(),
    headers: securityHeaders(pages !== undefined),
  })
  server.on('request', (request, response) => {
    void handle(request, response, pages && (() => pages.middleware(request, response, () => response.writeHead(404).end())))
  })
  // Longer than any client keeps a connection unused, so that none is closed under a request just sent.
  server.keepAliveTimeout = 75_000
  server.maxConnections = 500
  const port = await bind(server, options.port, options.isPortFixed)
  let stopping: Promise<void> | null = null
  return {
    url: `http://127.0.0.1:${port}`,
    anonKey: appConfig.anonKey,
    accounts: appConfig.accounts,
    stop: () => (stopping ??= stopServer(server, database, pages, unlock)),
  }
}

const PORTS_TRIED = 20

/** Listens on this machine alone; unless the port was asked for by name, the next free one is taken. */
async function bind(server: Server, port: number, isPortFixed: boolean): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port: port === 0 ? 0 : port + tried, host: '127.0.0.1' }, () => {
          server.off('error', reject)
          resolve()
        })
      })
      const address = server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES') throw new Error(`port ${port} may not be used by this account; name another with PORT`)
      if (code !== 'EADDRINUSE') throw error
      if (isPortFixed) throw new Error(`port ${port} is taken by another program; name another with PORT`)
      if (tried >= PORTS_TRIED) throw new Error(`ports ${port} to ${port + PORTS_TRIED} are taken; name one with PORT`)
    }
  }
}

/** Time given to requests under way when the server is asked to stop. */
const STOP_PATIENCE_MS = 8_000

async function stopServer(
  server: Server,
  database: DatabaseService,
  pages: { close: () => Promise<void> } | undefined,
  unlock: () => void,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const impatient = setTimeout(() => {
      server.closeAllConnections()
      resolve()
    }, STOP_PATIENCE_MS)
    server.close(() => {
      clearTimeout(impatient)
      resolve()
    })
    server.closeIdleConnections()
  })
  await pages?.close()
  await database.stop()
  unlock()
}
