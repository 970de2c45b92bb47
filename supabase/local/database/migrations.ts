import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SqlSession } from './sql-session'

export interface Migration {
  version: string
  name: string
  text: string
}

/** The record the Supabase CLI keeps, so that `supabase db push` and this server can follow each other. */
const RECORD_SQL = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
  alter table supabase_migrations.schema_migrations add column if not exists statements text[];
  alter table supabase_migrations.schema_migrations add column if not exists name text;`

/** Reads `<version>_<name>.sql` files in the order of their versions. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d+)_(.+)\.sql$/.exec(file)
      if (!match) throw new Error(`expected a migration named <digits>_<name>.sql, got "${file}"`)
      return { version: match[1]!, name: match[2]!, text: readFileSync(join(folder, file), 'utf8') }
    })
}

/**
 * Applies what the database has not recorded, each migration in one transaction with its record.
 * @returns the migrations applied now
 * @throws when the database knows a migration the folder does not: it was made by a newer version of the console
 */
export async function applyMigrations(
  sql: SqlSession,
  migrations: readonly Migration[],
  say: (line: string) => void,
): Promise<Migration[]> {
  await sql.exec(RECORD_SQL)
  const rows = await sql.query<{ version: string }>('select version from supabase_migrations.schema_migrations')
  const recorded = new Set(rows.map((row) => row.version))
  const known = new Set(migrations.map((migration) => migration.version))
  const unknown = [...recorded].filter((version) => !known.has(version))
  if (unknown.length > 0) {
    throw new Error(`the database holds migration ${unknown[0]}, which this version of the console does not know`)
  }
  const pending = migrations.filter((migration) => !recorded.has(migration.version))
  for (const { version, name, text } of pending) {
    say(`migration ${version} ${name}`)
    try {
      await sql.transaction(async (inner) => {
        await inner.exec(text)
        // A migration may leave a search_path behind; the record must not depend on it.
        await inner.query(
          'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3::text])',
          [version, name, text],
        )
      })
    } catch (error) {
      throw new Error(`migration ${version}_${name} failed: ${(error as Error).message}`, { cause: error })
    }
  }
  return pending
}
