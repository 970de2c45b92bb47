import pg from 'pg'
import { dataLayout, hasDatabase } from './data-directory/layout'
import { openPglite } from './database/open-pglite'

interface Chain {
  rows: number
  firstBroken: number | null
  head: string
}

const VERIFY = 'select private.verify_audit_chain() as chain'

/** Verifies the audit log of the embedded database of a data folder; returns the exit code, 1 where a row does not fit. */
export async function verifyAuditIn(dataDir: string): Promise<number> {
  if (!hasDatabase(dataDir)) throw new Error('there is no database to verify')
  const database = await openPglite(dataLayout(dataDir).databaseDir)
  try {
    return report((await database.query<{ chain: Chain }>(VERIFY)).rows[0]!.chain)
  } finally {
    await database.close()
  }
}

/** Verifies the audit log of a PostgreSQL of one's own; returns the exit code, 1 where a row does not fit or nothing answers. */
export async function verifyAuditAt(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    return report((await client.query<{ chain: Chain }>(VERIFY)).rows[0]!.chain)
  } catch (error) {
    console.error(`Could not verify: ${(error as Error).message}`)
    return 1
  } finally {
    await client.end()
  }
}

function report({ rows, firstBroken, head }: Chain): number {
  if (firstBroken !== null) {
    console.error(`The audit log is broken: ${rows} rows, and row ${firstBroken} is the first that does not fit.`)
    return 1
  }
  console.log(`The audit log is whole: ${rows} rows.\nHash of the last: ${head}\nNoted elsewhere, it shows whether the log was rewritten as a whole.`)
  return 0
}
