import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openPglite } from '../database/open-pglite'

/** What was seen of a database, to compare a backup with what it was made from. */
export interface Contents {
  lastMigration: string
  rows: number
  /** By name of the table. Absent in backups of before it was written. */
  tables: Readonly<Record<string, TableContents>> | null
}

export interface TableContents {
  rows: number
  /** Sum of the hashes of its rows: equal for equal rows in any order. */
  sum: string
}

export interface BackupHeader extends Contents {
  /** Holds the demo street, whose accounts the sign-in page may list. */
  demo: boolean
}

/** Longest description in front of a dump; a few hundred tables. */
const MAX_HEADER_BYTES = 65_536

/**
 * Writes a dump with its description, and has both on the disk when it returns. The description goes in front as a gzip
 * member of its own, so that it can be read without unpacking the rest.
 */
export function writeBackup(path: string, header: BackupHeader, dump: Buffer): void {
  const file = openSync(path, 'w', 0o600)
  try {
    for (const part of [gzipSync(Buffer.from(`${JSON.stringify({ gewu: 2, ...header })}\n`)), dump]) {
      for (let written = 0; written < part.length; ) written += writeSync(file, part, written)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Reads a backup, unpacked: the engine would meet a cut file in the middle of its work, and outside any promise.
 * @throws when it is not a backup of this console or was cut short
 */
export function readBackup(file: string): { header: BackupHeader; dump: Buffer } {
  if (!existsSync(file)) throw new Error(`${file} does not exist`)
  const bytes = readFileSync(file)
  const bad = new Error(`${file} is not a backup of this console, or was cut short`)
  // The second gzip member begins at the next magic number (RFC 1952, 2.3.1) after the small first one.
  const second = bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]), 3)
  if (second < 0 || second > MAX_HEADER_BYTES) throw bad
  try {
    const { gewu, lastMigration, rows, tables, demo } = JSON.parse(gunzipSync(bytes.subarray(0, second)).toString()) as {
      gewu?: number
      tables?: unknown
    } & Partial<BackupHeader>
    if ((gewu !== 1 && gewu !== 2) || typeof rows !== 'number' || typeof lastMigration !== 'string') throw bad
    const header = { lastMigration, rows, demo: demo === true, tables: gewu === 2 ? (tables ?? null) : null }
    return { header, dump: gunzipSync(bytes.subarray(second)) }
  } catch {
    throw bad
  }
}

/** Opens the database of a backup in memory and looks at all of it. */
export async function contentsOfBackup(file: string): Promise<Contents> {
  const database = await openPglite('memory://', new Blob([readBackup(file).dump as BlobPart]))
  try {
    return await contentsOf(database)
  } finally {
    await database.close()
  }
}

/** Counts and sums up every table of the console. */
export async function contentsOf(database: Awaited<ReturnType<typeof openPglite>>): Promise<Contents> {
  const named = await database.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private', 'auth') and c.relkind = 'r' order by 1`,
  )
  const tables: Record<string, TableContents> = {}
  for (const { name } of named.rows) {
    const { rows } = await database.query<TableContents>(
      `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum from ${name} t`,
    )
    tables[name] = rows[0]!
  }
  const last = await database.query<{ version: string | null }>(
    'select max(version) as version from supabase_migrations.schema_migrations',
  )
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  return { lastMigration: last.rows[0]?.version ?? '', rows, tables }
}

/** Compares table by table; one line for each difference. A backup without tables is compared by its rows in all. */
export function compareContents(expected: Contents, found: Contents): string[] {
  if (!expected.tables || !found.tables) {
    return expected.rows === found.rows ? [] : [`expected ${expected.rows} rows, found ${found.rows}`]
  }
  const names = new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])
  return [...names].sort().flatMap((name) => {
    const before = expected.tables?.[name]
    const after = found.tables?.[name]
    if (before && after && before.rows === after.rows && before.sum === after.sum) return []
    return [`${name}: expected ${before?.rows ?? 'no'} rows, found ${after?.rows ?? 'none'}${before?.rows === after?.rows ? ', changed' : ''}`]
  })
}
