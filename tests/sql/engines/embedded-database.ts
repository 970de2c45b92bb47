import { PGlite } from '@electric-sql/pglite'
import { pgtap } from '@electric-sql/pglite-pgtap'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepStack } from '../../../supabase/local/database/keep-stack'
import { lightPostgis } from '../../../supabase/local/database/light-postgis'
import { migrationFiles, migrationHash, PROJECT_ROOT } from './migration-files'
import type { TestDatabase } from './test-database'

const EXTENSIONS = { postgis: lightPostgis, ltree, pgcrypto, pg_trgm, pgtap }
const CACHE = join(PROJECT_ROOT, 'node_modules/.cache/gewu-sql')

/** PGlite with all migrations, in memory, or in `folder` where a test must kill its process and look again. */
export async function openEmbeddedDatabase(folder?: string): Promise<TestDatabase> {
  const snapshot = await migratedSnapshot()
  const isOld = folder !== undefined && existsSync(join(folder, 'PG_VERSION'))
  const database = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    extensions: EXTENSIONS,
    ...(isOld ? {} : { loadDataDir: new Blob([new Uint8Array(readFileSync(snapshot))]) }),
  })
  keepStack(database)
  return {
    engine: 'embedded',
    query: async <T>(sql: string, values: readonly unknown[] = []) => (await database.query<T>(sql, [...values])).rows,
    script: async (sql) => {
      await database.exec(sql)
    },
    close: () => database.close(),
  }
}

/** File of a migrated data directory; made once for each state of the migrations. */
async function migratedSnapshot(): Promise<string> {
  const file = join(CACHE, `${migrationHash()}.tar`)
  if (existsSync(file)) return file
  mkdirSync(CACHE, { recursive: true })
  const database = await PGlite.create({ extensions: EXTENSIONS })
  for (const { name, sql } of migrationFiles()) {
    try {
      await database.exec(sql)
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error })
    }
  }
  const dump = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
  await database.close()
  for (const name of readdirSync(CACHE)) rmSync(join(CACHE, name), { force: true })
  // Written beside and renamed, so that a second process never reads half of it.
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, dump)
  renameSync(partial, file)
  return file
}
