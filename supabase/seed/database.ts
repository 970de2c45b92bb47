/** A database as its owner: PGlite, a pg client, or a session of the server. */
export interface SeedDatabase {
  query(sql: string, parameters?: readonly unknown[]): Promise<unknown>
}

/** Rows of one statement: small enough for the embedded database to parse at a gulp. */
const CHUNK_ROWS = 4000

/** Rows of a query, whichever driver answers. */
export async function rowsOf<T>(db: SeedDatabase, sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
  const answer = await db.query(sql, parameters)
  return (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as T[]
}

/** The first of `count` new consecutive ids of a table. Nobody else writes while the seed runs. */
export async function reserveIds(db: SeedDatabase, table: string, count: number): Promise<number> {
  const [{ first }] = await rowsOf<{ first: string | number }>(db, "select nextval(pg_get_serial_sequence($1, 'id')) as first", [table])
  await db.query("select setval(pg_get_serial_sequence($1, 'id'), $2::bigint)", [table, Number(first) + Math.max(0, count - 1)])
  return Number(first)
}

/**
 * Insert rows through one jsonb parameter a chunk.
 * @param columns columns of the record with their types, as `jsonb_to_recordset` wants them
 * @param insert statement up to `from`, reading the record as `r`
 */
export async function insertRows(db: SeedDatabase, insert: string, columns: string, rows: readonly object[], rest = ''): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = JSON.stringify(rows.slice(start, start + CHUNK_ROWS))
    await db.query(`${insert} from jsonb_to_recordset($1::jsonb) as r(${columns}) ${rest}`, [chunk])
  }
}
