import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyMigrations, readMigrations } from './migrations'
import type { SqlSession } from './sql-session'

export interface Preparation {
  /** The `supabase/` folder of the project. */
  supabaseDir: string
  /** Makes the `auth` schema of the API layer. */
  ensureSystemSchema: () => Promise<void>
  say: (line: string) => void
}

/**
 * Brings any database, empty or old, to the state this version expects: roles and schemas Supabase would have made
 * (`bootstrap.sql`), the `auth` schema, pending migrations. Doing it twice changes nothing.
 * @returns how many migrations were applied now
 */
export async function prepareDatabase(sql: SqlSession, preparation: Preparation): Promise<number> {
  const { supabaseDir, ensureSystemSchema, say } = preparation
  const [auth] = await sql.query<{ is_gotrue: boolean }>(
    "select to_regclass('auth.schema_migrations') is not null as is_gotrue",
  )
  if (auth?.is_gotrue) {
    throw new Error(
      'this database belongs to a Supabase installation; set VITE_SUPABASE_URL and VITE_SUPABASE_ANON_KEY instead, ' +
        'and apply the migrations with `supabase db push`',
    )
  }
  const bootstrap = join(supabaseDir, 'local', 'bootstrap.sql')
  if (existsSync(bootstrap)) await sql.exec(readFileSync(bootstrap, 'utf8'))
  await ensureSystemSchema()
  // Supabase lets its API roles name the functions of `auth` (uid, jwt); its tables stay closed.
  await sql.exec('grant usage on schema auth to anon, authenticated, service_role')
  const applied = await applyMigrations(sql, readMigrations(join(supabaseDir, 'migrations')), say)
  return applied.length
}
