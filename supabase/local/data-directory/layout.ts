import {
  closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync,
  statfsSync, writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** Fewer free bytes than this at the start and a day's work might not fit. */
const MIN_FREE_BYTES = 300_000_000

/** PostgreSQL of the embedded engine: it cannot open folders of another major version. */
const ENGINE_MAJOR = '18'

/** Trouble of the data folder, told in words a user can act on. */
export class DataDirectoryError extends Error {
  override name = 'DataDirectoryError'
}

export interface DataState {
  /** Holds the made-up demo street, whose accounts the sign-in page may list. */
  demo: boolean
}

/** Where things lie in a data folder. */
export function dataLayout(dataDir: string) {
  return {
    databaseDir: join(dataDir, 'database'),
    /** The database a restore takes away, until the new one stands in its place. */
    replacedDir: join(dataDir, 'database.replaced'),
    /** Stands while the database is being made; what it marks holds nothing confirmed and is made again. */
    unfinishedMark: join(dataDir, 'database.unfinished'),
    stateFile: join(dataDir, 'state.json'),
  }
}

/** Makes the folder if needed and refuses one that cannot be written or has no room. */
export function checkDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const probe = join(dataDir, '.probe')
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOSPC' ? 'the disk is full' : code === 'EROFS' ? 'the disk is read-only' : `${code}`
    throw new DataDirectoryError(`the data folder ${dataDir} cannot be written (${why})`)
  }
  const { bavail, bsize } = statfsSync(dataDir)
  if (bavail * bsize < MIN_FREE_BYTES) {
    throw new DataDirectoryError(
      `the disk of ${dataDir} has ${Math.round((bavail * bsize) / 1e6)} MB free, expected ${MIN_FREE_BYTES / 1e6} MB. ` +
        'Free some room, or name another place with GEWU_DATA.',
    )
  }
}

/**
 * Says whether a database is there, after removing one whose making was interrupted.
 * @throws DataDirectoryError when the folder holds something that is not a database of this engine
 */
export function hasDatabase(dataDir: string): boolean {
  const { databaseDir, replacedDir, unfinishedMark } = dataLayout(dataDir)
  // A restore was killed between taking the old database away and putting the new one there.
  if (!existsSync(databaseDir) && existsSync(replacedDir)) renameSync(replacedDir, databaseDir)
  if (existsSync(unfinishedMark)) {
    rmSync(databaseDir, { recursive: true, force: true })
    rmSync(unfinishedMark)
  }
  if (!existsSync(databaseDir) || readdirSync(databaseDir).length === 0) return false
  const versionFile = join(databaseDir, 'PG_VERSION')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : null
  if (version === ENGINE_MAJOR) return true
  throw new DataDirectoryError(
    version === null
      ? `${databaseDir} is not a whole database (PG_VERSION is missing); it was not opened and is as it was. ${WAYS_OUT}`
      : `${databaseDir} was made by PostgreSQL ${version}, this console holds ${ENGINE_MAJOR}; it was not opened and is as it was. ${WAYS_OUT}`,
  )
}

/** What to do about a database that does not open. */
export const WAYS_OUT =
  'Put a backup back with `npm run db -- restore FILE`, or begin anew with `npm run db -- reset`.'

/** Puts the mark of a database in the making down on the disk, before anything of it exists. */
export function markUnfinished(dataDir: string): void {
  const { unfinishedMark } = dataLayout(dataDir)
  const file = openSync(unfinishedMark, 'w', 0o600)
  fsyncSync(file)
  closeSync(file)
}

/** Takes the mark away: from here on the database is never removed but by command. */
export function markFinished(dataDir: string, state: DataState): void {
  const { unfinishedMark, stateFile } = dataLayout(dataDir)
  writeFileSync(stateFile, `${JSON.stringify(state)}\n`, { mode: 0o600 })
  rmSync(unfinishedMark, { force: true })
}

/** Reads what is known of the data; without the file nothing is taken for granted. */
export function readDataState(dataDir: string): DataState {
  try {
    const state = JSON.parse(readFileSync(dataLayout(dataDir).stateFile, 'utf8')) as Partial<DataState>
    return { demo: state.demo === true }
  } catch {
    return { demo: false }
  }
}
