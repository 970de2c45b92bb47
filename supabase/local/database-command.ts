import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openPglite } from './database/open-pglite'
import { readMigrations } from './database/migrations'
import { checkDataDirectory, dataLayout, hasDatabase, markFinished, readDataState } from './data-directory/layout'
import { lockDataDirectory } from './data-directory/lock'
import { readSettings, SUPABASE_DIR } from './settings'

const USAGE = `Usage: npm run db -- reset | backup FILE | restore FILE  [--yes]
  reset         removes the database; the next npm start makes a new one
  backup FILE   writes the whole database to a new file
  restore FILE  puts the database of a backup in the place of the present one
  --yes         does not ask before something is lost`

/** What was seen of a database, to compare a backup with what it was made from. */
interface Contents {
  lastMigration: string
  tables: number
  rows: number
}

/** Runs one database command and returns the exit code of the process. */
export async function runDatabaseCommand(argv: readonly string[]): Promise<number> {
  const isSure = argv.includes('--yes')
  const [command, file, ...rest] = argv.filter((word) => word !== '--yes')
  const needsFile = command === 'backup' || command === 'restore'
  if (!(command === 'reset' || needsFile) || rest.length > 0 || needsFile !== (file !== undefined)) {
    console.error(USAGE)
    return 2
  }
  const { dataDir, databaseUrl } = readSettings(process.env, [])
  if (databaseUrl) {
    console.error('DATABASE_URL is set: a PostgreSQL of your own is saved with pg_dump and restored with pg_restore.')
    return 2
  }
  try {
    checkDataDirectory(dataDir)
    const unlock = lockDataDirectory(dataDir, `npm run db -- ${command}`)
    try {
      if (command === 'reset') return await reset(dataDir, isSure)
      if (command === 'backup') return await backup(dataDir, resolve(file!))
      return await restore(dataDir, resolve(file!), isSure)
    } finally {
      unlock()
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    console.error(`Failed, and the database is as before: ${code === 'ENOSPC' ? 'the disk is full' : message}`)
    return 1
  }
}

async function reset(dataDir: string, isSure: boolean): Promise<number> {
  const { databaseDir, unfinishedMark, stateFile } = dataLayout(dataDir)
  if (!existsSync(databaseDir)) {
    console.log('There is no database; npm start makes one.')
    return 0
  }
  if (!(await confirm(`Remove the database in ${dataDir}, with everything in it?`, isSure))) return 1
  for (const path of [databaseDir, unfinishedMark, stateFile]) rmSync(path, { recursive: true, force: true })
  console.log('Removed. npm start makes a new one.')
  return 0
}

async function backup(dataDir: string, file: string): Promise<number> {
  if (existsSync(file)) throw new Error(`${file} exists; a backup never overwrites, name a new file`)
  if (!existsSync(dirname(file))) throw new Error(`the folder of ${file} does not exist`)
  if (!hasDatabase(dataDir)) throw new Error('there is no database to save')
  const database = await openPglite(dataLayout(dataDir).databaseDir)
  const dump = await database.dumpDataDir('gzip')
  const before = await contentsOf(database)
  await database.close()
  const header = Buffer.from(`${JSON.stringify({ gewu: 1, ...before, ...readDataState(dataDir) })}\n`)
  // The description goes in front as a gzip member of its own, so that `restore` can read it without unpacking the rest.
  writeDurably(`${file}.part`, [gzipSync(header), Buffer.from(await dump.arrayBuffer())])
  const found = await contentsOfBackup(`${file}.part`)
  if (found.rows !== before.rows || found.tables !== before.tables) {
    rmSync(`${file}.part`)
    throw new Error(`the backup was read again and holds ${found.rows} rows, expected ${before.rows}`)
  }
  renameSync(`${file}.part`, file)
  console.log(
    `Saved ${before.rows} rows of ${before.tables} tables to ${file} (${(statSync(file).size / 1e6).toFixed(1)} MB), ` +
      'read again and compared.',
  )
  return 0
}

async function restore(dataDir: string, file: string, isSure: boolean): Promise<number> {
  const { header, dump } = readBackup(file)
  const known = readMigrations(join(SUPABASE_DIR, 'migrations')).map((migration) => migration.version)
  if (header.lastMigration !== '' && !known.includes(header.lastMigration)) {
    throw new Error(`${file} was made by a newer version of the console (migration ${header.lastMigration})`)
  }
  const { databaseDir, replacedDir } = dataLayout(dataDir)
  const isReplacing = existsSync(databaseDir)
  if (isReplacing && !(await confirm(`Replace the database in ${dataDir} by ${file}?`, isSure))) return 1
  const incoming = `${databaseDir}.restoring`
  rmSync(incoming, { recursive: true, force: true })
  try {
    const database = await openPglite(incoming, new Blob([dump as BlobPart]))
    const found = await contentsOf(database)
    await database.close()
    if (found.rows !== header.rows) throw new Error(`${file} holds ${found.rows} rows, its head says ${header.rows}`)
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true })
    throw error
  }
  rmSync(replacedDir, { recursive: true, force: true })
  if (isReplacing) renameSync(databaseDir, replacedDir)
  renameSync(incoming, databaseDir)
  markFinished(dataDir, { demo: header.demo })
  rmSync(replacedDir, { recursive: true, force: true })
  console.log(`Restored ${header.rows} rows of ${header.tables} tables.`)
  return 0
}

interface BackupHeader extends Contents {
  demo: boolean
}

function readBackup(file: string): { header: BackupHeader; dump: Buffer } {
  if (!existsSync(file)) throw new Error(`${file} does not exist`)
  const bytes = readFileSync(file)
  const bad = new Error(`${file} is not a backup of this console, or was cut short`)
  // The second gzip member begins at the next magic number (RFC 1952, 2.3.1) after the small first one.
  const second = bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 3)
  if (second < 0 || second > 2000) throw bad
  try {
    const header = JSON.parse(gunzipSync(bytes.subarray(0, second)).toString()) as Partial<BackupHeader> & { gewu?: number }
    if (header.gewu !== 1 || typeof header.rows !== 'number' || typeof header.lastMigration !== 'string') throw bad
    // Unpacked here: the engine would meet a cut file in the middle of its work, and outside any promise.
    return { header: { demo: false, tables: 0, ...header } as BackupHeader, dump: gunzipSync(bytes.subarray(second)) }
  } catch {
    throw bad
  }
}

async function contentsOfBackup(file: string): Promise<Contents> {
  const database = await openPglite('memory://', new Blob([readBackup(file).dump as BlobPart]))
  try {
    return await contentsOf(database)
  } finally {
    await database.close()
  }
}

async function contentsOf(database: Awaited<ReturnType<typeof openPglite>>): Promise<Contents> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private', 'auth') and c.relkind = 'r'`,
  )
  let rows = 0
  for (const { name } of tables.rows) {
    rows += Number((await database.query<{ count: number }>(`select count(*) as count from ${name}`)).rows[0]?.count)
  }
  const last = await database.query<{ version: string | null }>(
    'select max(version) as version from supabase_migrations.schema_migrations',
  )
  return { lastMigration: last.rows[0]?.version ?? '', tables: tables.rows.length, rows }
}

function writeDurably(path: string, parts: readonly Buffer[]): void {
  const file = openSync(path, 'w', 0o600)
  try {
    for (const part of parts) {
      for (let written = 0; written < part.length; ) written += writeSync(file, part, written)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

async function confirm(question: string, isSure: boolean): Promise<boolean> {
  if (isSure) return true
  if (!process.stdin.isTTY) {
    console.error(`${question} Nobody to ask here: add --yes.`)
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${question} Type yes: `)
  terminal.close()
  if (answer.trim() === 'yes') return true
  console.log('Nothing was changed.')
  return false
}
