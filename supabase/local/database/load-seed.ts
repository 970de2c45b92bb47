import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SqlSession } from './sql-session'

export interface DemoAccount {
  role: string
  name: string
  orgName: string
  email: string
  password: string
}

/** What `supabase/seed/index.ts` offers to the server. */
export interface Seed {
  /** Fills an empty, migrated database with the demo street and its accounts. */
  seedDemoStreet(sql: SqlSession, say: (line: string) => void): Promise<void>
  demoAccounts: readonly DemoAccount[]
}

/** Loads the generator of the demo street; `null` in an installation shipped without it. */
export async function loadSeed(supabaseDir: string): Promise<Seed | null> {
  const entry = join(supabaseDir, 'seed', 'index.ts')
  if (!existsSync(entry)) return null
  return (await import(pathToFileURL(entry).href)) as Seed
}
