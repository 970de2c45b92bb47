/**
 * The one way the server's own code (bootstrap, migrations, seed, checks) speaks SQL: the same calls on the embedded
 * database and on a native PostgreSQL. Requests of the browser never come this way.
 */
export interface SqlSession {
  /** Runs one statement with `$1 …` parameters and returns its rows. Objects bound to `jsonb` are serialised. */
  query<T = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<T[]>
  /** Runs any number of statements without parameters. */
  exec(text: string): Promise<void>
  /** Runs `work` in one transaction: all of it is kept, or, when it throws, nothing. */
  transaction<T>(work: (sql: SqlSession) => Promise<T>): Promise<T>
}
