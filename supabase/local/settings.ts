import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export const SUPABASE_DIR = join(PROJECT_DIR, 'supabase')

/** A token is good for this long after a sign-out or a suspension; supabase-js renews it by itself. */
export const TOKEN_LIFETIME_S = 600

export const DEFAULT_PORT = 5420

export interface Settings {
  dataDir: string
  port: number
  /** A port that was asked for by name is taken or refused, never replaced by the next free one. */
  isPortFixed: boolean
  databaseUrl: string | null
  /** Whether a database made now gets the demo street. */
  seedDemo: boolean
  isDev: boolean
}

/** Reads the settings from the environment and the command line. */
export function readSettings(environment: NodeJS.ProcessEnv, argv: readonly string[]): Settings {
  const databaseUrl = environment.DATABASE_URL?.trim() || null
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error('DATABASE_URL expected postgres://user:password@host:port/database')
  }
  const demo = environment.GEWU_DEMO
  if (demo !== undefined && demo !== '0' && demo !== '1') throw new Error(`GEWU_DEMO expected 0 or 1, got "${demo}"`)
  return {
    dataDir: resolve(PROJECT_DIR, environment.GEWU_DATA?.trim() || '.data'),
    port: readPort(environment.PORT),
    isPortFixed: Boolean(environment.PORT),
    databaseUrl,
    // Made-up people do not belong in a database somebody named, unless asked for.
    seedDemo: demo === undefined ? databaseUrl === null : demo === '1',
    isDev: argv.includes('--dev'),
  }
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT expected 0–65535, got "${text}"`)
  return port
}
