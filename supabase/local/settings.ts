import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLoopback } from './http/own-address'

/** The folder of the project. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export const SUPABASE_DIR = join(PROJECT_DIR, 'supabase')

/** A token is good for this long after a sign-out or a suspension; supabase-js renews it by itself. */
export const TOKEN_LIFETIME_S = 600

export const DEFAULT_PORT = 5420

export interface Settings {
  dataDir: string
  /** Address to listen on; beyond this machine only under the conditions of `http/own-address.ts`. */
  host: string
  port: number
  /** A port that was asked for by name is taken or refused, never replaced by the next free one. */
  isPortFixed: boolean
  tls: TlsFiles | null
  /** Says that another program encrypts, or that the network needs no encryption. */
  allowPlainHttp: boolean
  /** Addresses people type, each `https://name[:port]`; requests under other names than these and this machine's are refused. */
  origins: readonly string[]
  databaseUrl: string | null
  /** Login of the API layer on a native server, where the owner may not make one; `null` has one made. */
  apiDatabaseUrl: string | null
  /** Connections to a native server. */
  poolSize: number
  /** Longest statement of a request on a native server; the embedded engine has a watch instead. */
  statementTimeoutMs: number
  /** Whether a database made now gets the demo street. */
  seedDemo: boolean
  /** Whether the demo street, whose passwords everybody knows, was asked for by name. */
  isDemoWanted: boolean
  isDev: boolean
  backups: BackupSettings
  /** Days the access log is kept; 0 writes none. */
  accessLogDays: number
  /** Seconds by which the clock of deadlines goes ahead: to rehearse what happens when they pass, never for real work. */
  clockShiftS: number
}

export interface TlsFiles {
  certFile: string
  keyFile: string
}

export interface BackupSettings {
  folder: string
  /** Hours between two backups; 0 makes none. */
  everyHours: number
  /** Backups kept; older ones are removed after a new one was verified. */
  kept: number
}

/** The law asks for six months of logs (Cybersecurity Law, article 21). */
const DEFAULT_LOG_DAYS = 190
/** Ten years. */
const LONGEST_SHIFT_S = 315_360_000

/** Reads the settings from the environment and the command line. */
export function readSettings(environment: NodeJS.ProcessEnv, argv: readonly string[]): Settings {
  const databaseUrl = environment.DATABASE_URL?.trim() || null
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error('DATABASE_URL expected postgres://user:password@host:port/database')
  }
  const apiDatabaseUrl = environment.GEWU_API_DATABASE_URL?.trim() || null
  if (apiDatabaseUrl && !/^postgres(ql)?:\/\//.test(apiDatabaseUrl)) {
    throw new Error('GEWU_API_DATABASE_URL expected postgres://user:password@host:port/database')
  }
  const host = environment.GEWU_HOST?.trim() || '127.0.0.1'
  const isDemoWanted = readSwitch(environment, 'GEWU_DEMO')
  const dataDir = resolve(PROJECT_DIR, environment.GEWU_DATA?.trim() || '.data')
  return {
    dataDir,
    host,
    port: readNumber(environment, 'PORT', DEFAULT_PORT, 65_535),
    isPortFixed: Boolean(environment.PORT),
    tls: readTls(environment),
    allowPlainHttp: readSwitch(environment, 'GEWU_ALLOW_PLAIN_HTTP') ?? false,
    origins: readOrigins(environment.GEWU_ORIGIN),
    databaseUrl,
    apiDatabaseUrl,
    poolSize: Math.max(1, readNumber(environment, 'GEWU_DATABASE_POOL', 10, 200)),
    statementTimeoutMs: Math.max(1, readNumber(environment, 'GEWU_STATEMENT_TIMEOUT', 120, 3600)) * 1000,
    // Made-up people, whose passwords everybody knows, do not belong in a database somebody named nor on a network.
    seedDemo: isDemoWanted ?? (databaseUrl === null && isLoopback(host)),
    isDemoWanted: isDemoWanted ?? false,
    isDev: argv.includes('--dev'),
    backups: {
      folder: resolve(PROJECT_DIR, environment.GEWU_BACKUP_DIR?.trim() || join(dataDir, 'backups')),
      everyHours: readNumber(environment, 'GEWU_BACKUP_HOURS', 24, 24 * 31),
      kept: Math.max(1, readNumber(environment, 'GEWU_BACKUP_KEEP', 14, 1000)),
    },
    accessLogDays: readNumber(environment, 'GEWU_LOG_DAYS', DEFAULT_LOG_DAYS, 3650),
    clockShiftS: readNumber(environment, 'GEWU_CLOCK_SHIFT_S', 0, LONGEST_SHIFT_S),
  }
}

function readTls(environment: NodeJS.ProcessEnv): TlsFiles | null {
  const certFile = environment.GEWU_TLS_CERT?.trim()
  const keyFile = environment.GEWU_TLS_KEY?.trim()
  if (Boolean(certFile) !== Boolean(keyFile)) throw new Error('GEWU_TLS_CERT and GEWU_TLS_KEY are given together or not at all')
  return certFile && keyFile ? { certFile: resolve(PROJECT_DIR, certFile), keyFile: resolve(PROJECT_DIR, keyFile) } : null
}

function readOrigins(text: string | undefined): string[] {
  const words = (text ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '')
  return words.map((word) => {
    const url = URL.canParse(word) ? new URL(word) : null
    if (url && /^https?:$/.test(url.protocol) && word.replace(/\/$/, '').toLowerCase() === url.origin) return url.origin
    throw new Error(`GEWU_ORIGIN expected addresses like https://gewu.example, without a path, got "${word}"`)
  })
}

function readSwitch(environment: NodeJS.ProcessEnv, name: string): boolean | null {
  const text = environment[name]?.trim()
  if (!text) return null
  if (text !== '0' && text !== '1') throw new Error(`${name} expected 0 or 1, got "${text}"`)
  return text === '1'
}

function readNumber(environment: NodeJS.ProcessEnv, name: string, otherwise: number, most: number): number {
  const text = environment[name]?.trim()
  if (!text) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > most) throw new Error(`${name} expected 0–${most}, got "${text}"`)
  return number
}
