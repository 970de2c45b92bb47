import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dataLayout } from '../../supabase/local/data-directory/layout'
import { runDatabaseCommand } from '../../supabase/local/database-command'
import { openEmbeddedDatabase } from './engines/embedded-database'
import { openNativeDatabase } from './engines/native-cluster'
import { describeOnNative } from './engines/on-engines'
import type { TestDatabase } from './engines/test-database'

const WRITE = `insert into public.audit_log (action, object_type, object_id) select 'test', 'test', n::text from generate_series(1, 4) n`
const TAMPER = `alter table public.audit_log disable trigger all; update public.audit_log set object_id = 'x' where id = 3`

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** What the command says, and its exit code. */
async function command(): Promise<{ code: number; said: string }> {
  const lines: unknown[] = []
  for (const stream of ['log', 'error'] as const) vi.spyOn(console, stream).mockImplementation((line: unknown) => void lines.push(line))
  const code = await runDatabaseCommand(['verify-audit'])
  vi.restoreAllMocks()
  return { code, said: lines.join('\n') }
}

describe('npm run db -- verify-audit', () => {
  it('proves the log of the embedded database whole, and names the row that was changed behind it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'gewu-verify-'))
    vi.stubEnv('GEWU_DATA', dataDir)
    vi.stubEnv('DATABASE_URL', '')
    const change = async (sql: string) => {
      const database: TestDatabase = await openEmbeddedDatabase(dataLayout(dataDir).databaseDir)
      await database.script(sql)
      await database.close()
    }
    try {
      expect(await command()).toMatchObject({ code: 1, said: expect.stringContaining('there is no database') as unknown })
      await change(WRITE)
      expect(await command()).toMatchObject({ code: 0, said: expect.stringMatching(/whole: 4 rows[^]*[0-9a-f]{64}/) as unknown })
      await change(TAMPER)
      expect(await command()).toMatchObject({ code: 1, said: expect.stringContaining('row 3 is the first that does not fit') as unknown })
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describeOnNative('npm run db -- verify-audit', () => {
  it('does the same in a PostgreSQL of one\'s own', async () => {
    const database = await openNativeDatabase()
    try {
      vi.stubEnv('DATABASE_URL', database.cluster.url('postgres'))
      await database.script(WRITE)
      expect(await command()).toMatchObject({ code: 0, said: expect.stringContaining('whole: 4 rows') as unknown })
      await database.script(TAMPER)
      expect(await command()).toMatchObject({ code: 1, said: expect.stringContaining('row 3') as unknown })
    } finally {
      await database.close()
    }
  })
})
