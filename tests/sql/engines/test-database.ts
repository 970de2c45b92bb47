/** A database under test: the embedded one and the native one answer the same questions. */
export interface TestDatabase {
  readonly engine: 'embedded' | 'native'
  /** Run one statement with parameters; rows as objects, json as objects. */
  query<T = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** Run a script of many statements. */
  script(sql: string): Promise<void>
  close(): Promise<void>
}

/** An error of the database with the parts that carry our codes. */
export interface DatabaseError extends Error {
  readonly code?: string
  readonly detail?: string
}
