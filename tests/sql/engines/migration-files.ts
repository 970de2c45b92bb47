import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT_ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Bootstrap and migrations in the order they run. */
export function migrationFiles(): { readonly name: string; readonly sql: string }[] {
  const folder = join(PROJECT_ROOT, 'supabase/migrations')
  const bootstrap = { name: 'bootstrap.sql', sql: readFileSync(join(PROJECT_ROOT, 'supabase/local/bootstrap.sql'), 'utf8') }
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  return [bootstrap, ...names.map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }))]
}

/** Changes whenever a migration does: names caches of migrated databases. */
export function migrationHash(): string {
  const hash = createHash('sha256')
  for (const { name, sql } of migrationFiles()) hash.update(name).update(sql)
  return hash.digest('hex').slice(0, 16)
}
