import type { Pool, PoolClient } from 'pg'
import type { SqlSession } from './sql-session'

/** Gives the server's own code a session on a native PostgreSQL. */
export function nativeSession(pool: Pool): SqlSession {
  return {
    query: async <T>(text: string, parameters: readonly unknown[] = []) =>
      (await pool.query(text, [...parameters])).rows as T[],
    exec: async (text) => void (await pool.query(text)),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work(clientSession(client))
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        // A connection that cannot roll back is thrown away, so that no later caller inherits its transaction.
        await client.query('rollback').then(() => client.release(), (broken: Error) => client.release(broken))
        throw error
      }
    },
  }
}

function clientSession(client: PoolClient): SqlSession {
  const session: SqlSession = {
    query: async <T>(text: string, parameters: readonly unknown[] = []) =>
      (await client.query(text, [...parameters])).rows as T[],
    exec: async (text) => void (await client.query(text)),
    transaction: (work) => work(session),
  }
  return session
}
