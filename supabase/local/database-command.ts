import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { compareContents, contentsOf, contentsOfBackup, readBackup, writeBackup } from './backups/backup-file'
import { openPglite } from './database/open-pglite'
import { readMigrations } from './database/migrations'
import { checkDataDirectory, dataLayout, hasDatabase, markFinished, readDataState } from './data-directory/layout'
import { lockDataDirectory } from './data-directory/lock'
import { readSettings, SUPABASE_DIR } from './settings'
import { verifyAuditAt, verifyAuditIn } from './verify-audit'

const USAGE = `Usage: npm run db -- reset | backup FILE | verify FILE | restore FILE | verify-audit  [--yes]
  reset         removes the database; the next npm start makes a new one
  backup FILE   writes the whole database to a new file
  verify FILE   opens a backup in memory and compares it, table by table, with what it says of itself
  restore FILE  puts the database of a backup in the place of the present one
  verify-audit  computes the hash chain of the audit log again, here or in DATABASE_URL
  --yes         does not ask before something is lost`

/** Runs one database command and returns the exit code of the process. */
export async function runDatabaseCommand(argv: readonly string[]): Promise<number> {
  const isSure = argv.includes('--yes')
  const [command, file, ...rest] = argv.filter((word) => word !== '--yes')
  const needsFile = command === 'backup' || command === 'verify' || command === 'restore'
  if (!(command === 'reset' || command === 'verify-audit' || needsFile) || rest.length > 0 || needsFile !== (file !== undefined)) {
    console.error(USAGE)
    return 2
  }
  const { dataDir, databaseUrl } = readSettings(process.env, [])
  if (databaseUrl && command === 'verify-audit') return verifyAuditAt(databaseUrl)
  if (databaseUrl) {
    console.error('DATABASE_URL is set: a PostgreSQL of your own is saved with pg_dump and restored with pg_restore.')
    return 2
  }
  try {
    if (command === 'verify') return await verify(resolve(file!))
    checkDataDirectory(dataDir)
    const unlock = lockDataDirectory(dataDir, `npm run db -- ${command}`)
    try {
      if (command === 'reset') return await reset(dataDir, isSure)
      if (command === 'backup') return await backup(dataDir, resolve(file!))
      if (command === 'verify-audit') return await verifyAuditIn(dataDir)
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
  const header = { ...before, demo: readDataState(dataDir).demo }
  try {
    writeBackup(`${file}.part`, header, Buffer.from(await dump.arrayBuffer()))
    const differences = compareContents(before, await contentsOfBackup(`${file}.part`))
    if (differences.length > 0) throw new Error(`the backup was read again and differs:\n  ${differences.join('\n  ')}`)
    renameSync(`${file}.part`, file)
  } catch (error) {
    rmSync(`${file}.part`, { force: true })
    throw error
  }
  const tables = Object.keys(before.tables ?? {}).length
  console.log(
    `Saved ${before.rows} rows of ${tables} tables to ${file} (${(statSync(file).size / 1e6).toFixed(1)} MB), ` +
      'read again and compared.',
  )
  return 0
}

async function verify(file: string): Promise<number> {
  const { header } = readBackup(file)
  const differences = compareContents(header, await contentsOfBackup(file))
  if (differences.length > 0) throw new Error(`${file} differs from what it says of itself:\n  ${differences.join('\n  ')}`)
  console.log(`${file} is whole: ${header.rows} rows, read again and compared.`)
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
    const differences = compareContents(header, found)
    if (differences.length > 0) throw new Error(`${file} differs from what it says of itself:\n  ${differences.join('\n  ')}`)
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true })
    throw error
  }
  rmSync(replacedDir, { recursive: true, force: true })
  if (isReplacing) renameSync(databaseDir, replacedDir)
  renameSync(incoming, databaseDir)
  markFinished(dataDir, { demo: header.demo })
  rmSync(replacedDir, { recursive: true, force: true })
  console.log(`Restored ${header.rows} rows, compared table by table.`)
  return 0
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
