import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RELATIONS } from './access-matrix'
import { generateTypes, pushMigrations, TYPES_FILE } from './engines/generate-types'
import { migrationFiles } from './engines/migration-files'
import { startNativeCluster } from './engines/native-cluster'
import { describeOnNative } from './engines/on-engines'

describeOnNative('Supabase project', () => {
  it('is applied to a clean PostgreSQL by `supabase db push`, and a second push has nothing to do', async () => {
    const cluster = await startNativeCluster()
    try {
      await pushMigrations(cluster)
      const client = await cluster.connect('postgres')
      const recorded = await client.query<{ version: string }>('select version from supabase_migrations.schema_migrations order by 1')
      const versions = migrationFiles().slice(1).map(({ name }) => name.split('_')[0])
      expect(recorded.rows.map((row) => row.version)).toEqual(versions)
      await pushMigrations(cluster)
      const tables = await client.query<{ n: number }>(`select count(*)::int as n from pg_tables where schemaname = 'public'`)
      expect(tables.rows[0].n).toBe(Object.keys(RELATIONS).filter((name) => name.startsWith('public.')).length)
      await client.end()
    } finally {
      await cluster.remove()
    }
  })

  it('has types that match its migrations; `npm run types` writes them', async () => {
    expect(await generateTypes()).toBe(readFileSync(TYPES_FILE, 'utf8'))
  })
})
