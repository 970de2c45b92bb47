import type { Secrets } from '../data-directory/secrets'

/** A request of the API in a form that crosses threads. */
export interface ApiRequest {
  method: string
  /** Path and query, beginning with `/`. */
  path: string
  headers: Record<string, string>
  body: Uint8Array | null
}

export interface ApiAnswer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** Where the database is, and by how many seconds its clock of deadlines goes ahead. */
export type DatabasePlace = { clockShiftS: number } & (
  | { kind: 'embedded'; databaseDir: string; /** Folder copied to `databaseDir` first. */ copyOf: string | null }
  | { kind: 'native'; url: string; apiUrl: string | null; poolSize: number; statementTimeoutMs: number }
)

/** What the main thread may ask of the database thread. */
export interface DatabaseCalls {
  open(place: DatabasePlace): Promise<void>
  /** Bootstrap, pending migrations, and the demo street if asked; tells how many migrations were applied. */
  prepare(options: { supabaseDir: string; seedDemo: boolean }): Promise<number>
  /** Compares the privileges in the database with the committed list; resolves with the differences. */
  comparePrivileges(): Promise<string[]>
  /** Copies the files of the embedded database, which must be idle, to a new folder. */
  copyTo(folder: string): Promise<void>
  /** Runs retention unless that was done within a day; tells whether it ran. */
  runRetention(): Promise<boolean>
  /** Lets the deadlines of slips take effect. */
  runIssueRules(): Promise<void>
  /** Lets retention of walks take effect. */
  runPatrolRules(): Promise<void>
  /** Measures walks to stations that are no longer those of the present, keeps what today comes to; resolves with the communities measured. */
  runCoverageRules(): Promise<number>
  /** Begins to answer requests; resolves with the functions that only read. */
  startApi(secrets: Secrets): Promise<string[]>
  request(request: ApiRequest): Promise<ApiAnswer>
  /** Asks the database itself; rejects when it gives no answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export type CallName = keyof DatabaseCalls

export interface CallMessage {
  id: number
  name: CallName
  argument: unknown
}

export type WorkerMessage =
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'failed'; id: number; message: string; code: string | null }
  | { kind: 'progress'; line: string }
