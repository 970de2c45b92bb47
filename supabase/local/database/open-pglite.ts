import { PGlite, type Extensions, type Transaction } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { ltree } from '@electric-sql/pglite/contrib/ltree'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { keepStack } from './keep-stack'
import { lightPostgis } from './light-postgis'
import type { SerialLock } from './serial-lock'
import type { SqlSession } from './sql-session'

/** Extensions the migrations may create; the engine loads only what is created. */
export const PGLITE_EXTENSIONS: Extensions = { postgis: lightPostgis, ltree, pgcrypto, pg_trgm, btree_gist }

/**
 * Opens an embedded database of its own, apart from the API (tests, backups, benchmarks).
 * @param dataDir folder, or `memory://`
 * @param dump a dump made by `dumpDataDir`, unpacked into a folder that must not hold a database yet
 */
export async function openPglite(dataDir: string, dump?: Blob, more: Extensions = {}): Promise<PGlite> {
  const database = new PGlite({
    dataDir,
    extensions: { ...PGLITE_EXTENSIONS, ...more },
    ...(dump ? { loadDataDir: dump } : {}),
  })
  await database.waitReady
  return keepStack(database)
}

/** Gives the server's own code a session on a PGlite database; `lock` keeps it apart from the requests. */
export function pgliteSession(database: PGlite, lock: SerialLock): SqlSession {
  return {
    query: (text, parameters = []) => lock.run(async () => rowsOf(await database.query(text, [...parameters]))),
    exec: (text) => lock.run(async () => void (await database.exec(text))),
    transaction: (work) => lock.run(() => database.transaction((inner) => work(nestedSession(inner)))),
  }
}

function nestedSession(transaction: Transaction): SqlSession {
  const session: SqlSession = {
    query: async (text, parameters = []) => rowsOf(await transaction.query(text, [...parameters])),
    exec: async (text) => void (await transaction.exec(text)),
    transaction: (work) => work(session),
  }
  return session
}

function rowsOf<T>(result: { rows: unknown[] }): T[] {
  return result.rows as T[]
}
