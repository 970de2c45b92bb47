import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrationFiles, migrationHash, PROJECT_ROOT } from './migration-files'
import type { TestDatabase } from './test-database'

/** What would make the native suites run on Debian and Ubuntu. */
const REMEDY = 'apt-get install postgresql-15 postgresql-15-postgis-3 postgresql-15-pgtap'

const CACHE = join(PROJECT_ROOT, 'node_modules/.cache/gewu-native')

interface Installation {
  readonly bin: string
  /** Changes with the versions of PostgreSQL and PostGIS. */
  readonly key: string
  /** The server refuses to run as root: then it runs as the user postgres. */
  readonly user: { readonly uid: number; readonly gid: number } | null
}

/** Why there is no native PostgreSQL with PostGIS here and how to get one; null where there is. */
export function nativeAbsence(): string | null {
  const found = findInstallation()
  return typeof found === 'string' ? found : null
}

/** Why pgRouting, which walks are compared with, is not here and how to get it; null where it is. */
export function pgRoutingAbsence(): string | null {
  const found = findInstallation()
  if (typeof found === 'string') return found
  const version = found.key.slice(0, found.key.indexOf('-'))
  if (existsSync(`/usr/share/postgresql/${version}/extension/pgrouting.control`)) return null
  return `pgRouting is not installed: apt-get install postgresql-${version}-pgrouting`
}

function findInstallation(): Installation | string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const controlOf = (name: string) => `/usr/share/postgresql/${name}/extension/postgis.control`
  const version = versions.find((name) => existsSync(join(root, name, 'bin/initdb')) && existsSync(controlOf(name)))
  if (!version) return `native PostgreSQL with PostGIS is not installed: ${REMEDY}`
  const bin = join(root, version, 'bin')
  const key = `${version}-${createHash('sha256').update(readFileSync(controlOf(version))).digest('hex').slice(0, 8)}`
  if (process.getuid?.() !== 0) return { bin, key, user: null }
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    return { bin, key, user: { uid: id('-u'), gid: id('-g') } }
  } catch {
    return `native PostgreSQL refuses to run as root and there is no user postgres: ${REMEDY}`
  }
}

/** A throw-away cluster on a free port, without durability, gone after `remove`. */
export interface NativeCluster {
  readonly port: number
  /** Folder of its data. */
  readonly data: string
  url(database: string): string
  connect(database: string): Promise<pg.Client>
  /** End the server as a power switch would, and start it again on the same data. */
  killAndRestart(): Promise<void>
  /** End the server in order; the data stay. */
  stop(): Promise<void>
  remove(): Promise<void>
}

export async function startNativeCluster(): Promise<NativeCluster> {
  const installation = presentInstallation()
  return startOnCopy(installation, await emptyData(installation))
}

/** The same, with the migrations in its database `postgres`. */
async function startMigratedCluster(): Promise<NativeCluster> {
  const installation = presentInstallation()
  return startOnCopy(installation, await migratedData(installation))
}

/**
 * A cluster as `fill` leaves an empty one, which it does once: after that its data are copied.
 * @param key what it is filled with, in one word; changes whenever that does
 */
export async function startFilledCluster(key: string, fill: (cluster: NativeCluster) => Promise<void>): Promise<NativeCluster> {
  const installation = presentInstallation()
  return startOnCopy(installation, await filledData(`filled-${installation.key}-${key}`, fill))
}

function presentInstallation(): Installation {
  const installation = findInstallation()
  if (typeof installation === 'string') throw new Error(installation)
  return installation
}

/** Data of a new cluster; to make it takes a second, to copy it a tenth of one. */
function emptyData(installation: Installation): Promise<string> {
  return kept(`empty-${installation.key}`, async (keep) => {
    const { folder, as } = makeFolder(installation)
    const data = join(folder, 'data')
    execFileSync(join(installation.bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], as)
    keep(data)
    rmSync(folder, { recursive: true, force: true })
  })
}

/** Data of a cluster after the migrations, which take two seconds. */
function migratedData(installation: Installation): Promise<string> {
  return filledData(`migrated-${installation.key}-${migrationHash()}`, async (cluster) => {
    const client = await cluster.connect('postgres')
    for (const { name, sql } of migrationFiles()) {
      try {
        await client.query(sql)
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
      }
    }
    await client.end()
  })
}

/** Data of a cluster that was empty before `fill`. */
function filledData(name: string, fill: (cluster: NativeCluster) => Promise<void>): Promise<string> {
  return kept(name, async (keep) => {
    const cluster = await startNativeCluster()
    try {
      await fill(cluster)
      await cluster.stop()
      keep(cluster.data)
    } finally {
      await cluster.remove()
    }
  })
}

/** The data kept under a name; what is not there is made, and what an earlier state left under such a name goes. */
async function kept(name: string, make: (keep: (data: string) => void) => Promise<void>): Promise<string> {
  const place = join(CACHE, name)
  if (existsSync(place)) return place
  mkdirSync(CACHE, { recursive: true })
  await make((data) => {
    const partial = join(CACHE, `.${name}.${process.pid}`)
    copyFolder(data, partial)
    const kind = name.slice(0, name.indexOf('-') + 1)
    for (const old of readdirSync(CACHE)) if (old.startsWith(kind) && old !== name) rmSync(join(CACHE, old), { recursive: true, force: true })
    // Another process that made the same at the same time was first: its copy is being read, and stays.
    if (existsSync(place)) rmSync(partial, { recursive: true, force: true })
    else renameSync(partial, place)
  })
  return place
}

/** With its owners, who must stay what they are. */
function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to])
}

function makeFolder({ user }: Installation) {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-cluster-'))
  if (user) chownSync(folder, user.uid, user.gid)
  return { folder, as: { ...(user ?? {}), cwd: folder, stdio: 'ignore' as const, env: { ...process.env, LC_ALL: 'C' } } }
}

async function startOnCopy(installation: Installation, original: string): Promise<NativeCluster> {
  const { bin } = installation
  const { folder, as } = makeFolder(installation)
  const data = join(folder, 'data')
  copyFolder(original, data)
  // The server starts on data of its own user only; whoever copied the cache may have made them somebody else's.
  if (installation.user) execFileSync('chown', ['-R', `${installation.user.uid}:${installation.user.gid}`, data])
  chmodSync(data, 0o700)
  const port = await freePort()

  let server: ChildProcess
  const start = async () => {
    const options = ['-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`]
    const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=on', '-c', 'full_page_writes=off', '-c', 'shared_buffers=256MB', '-c', 'max_connections=80']
    server = spawn(join(bin, 'postgres'), ['-D', data, ...options, ...fast], as)
    await untilReady(port)
  }
  await start()
  // A process that ends without `remove` (a crash, a signal) leaves no server and no folder behind.
  const endWithProcess = () => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', endWithProcess)
  const exited = () => new Promise<void>((resolve) => (server.exitCode !== null || server.signalCode !== null ? resolve() : server.once('exit', () => resolve())))

  const stop = async () => {
    server.kill('SIGINT')
    await exited()
  }

  return {
    port,
    data,
    stop,
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    async connect(database) {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database })
      // A killed server ends connections: the query under way reports it, an idle one need not.
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    async killAndRestart() {
      // Its children too, all at once: an orphan would end its work, and hold the memory the next server needs.
      const children = childrenOf(server.pid!)
      server.kill('SIGKILL')
      for (const pid of children) kill(pid)
      await exited()
      while (children.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10))
      await start()
    },
    async remove() {
      process.off('exit', endWithProcess)
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A database on a cluster of its own, migrated where it is not said how the cluster starts. */
export async function openNativeDatabase(startCluster: () => Promise<NativeCluster> = startMigratedCluster): Promise<TestDatabase & { readonly cluster: NativeCluster }> {
  const cluster = await startCluster()
  try {
    const client = await cluster.connect('postgres')
    return {
      engine: 'native',
      cluster,
      query: async <T>(sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows as T[],
      script: async (sql) => {
        await client.query(sql)
      },
      close: async () => {
        await client.end()
        await cluster.remove()
      },
    }
  } catch (error) {
    await cluster.remove()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return address.port
}

/** Resolves when the server takes queries; it says "starting up" while it replays its log. */
async function untilReady(port: number): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}

function childrenOf(pid: number): number[] {
  const listed = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return listed.stdout.split('\n').filter((line) => line !== '').map(Number)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A killed child nobody has waited for yet still answers; it holds nothing any more.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
