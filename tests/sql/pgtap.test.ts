import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROJECT_ROOT } from './engines/migration-files'
import { describeOnEach } from './engines/on-engines'
import { openDatabase } from './engines/open-database'
import type { TestDatabase } from './engines/test-database'

const FOLDER = join(PROJECT_ROOT, 'supabase/tests')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql')).sort()

/** Statements of a pgTAP file. Its texts hold no semicolon at the end of a line but where a statement ends; do-blocks are kept whole. */
function statementsOf(sql: string): string[] {
  const statements: string[] = []
  let open = ''
  for (const line of sql.split('\n')) {
    if (line.trimStart().startsWith('--')) continue
    open += `${line}\n`
    const isInBlock = (open.match(/\$\$/g) ?? []).length % 2 === 1
    if (line.trimEnd().endsWith(';') && !isInBlock) {
      statements.push(open.trim())
      open = ''
    }
  }
  return statements.filter((statement) => statement !== '')
}

describeOnEach('pgTAP', (engine) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openDatabase(engine)
    await database.script('create schema tap; create extension pgtap with schema tap; grant usage on schema tap to authenticated')
    await database.script('set search_path = tap, extensions, public')
  })
  afterAll(() => database.close())

  it.each(FILES)('%s', async (name) => {
    const lines: string[] = []
    for (const statement of statementsOf(readFileSync(join(FOLDER, name), 'utf8'))) {
      for (const row of await database.query(statement)) lines.push(...Object.values(row).map(String))
    }
    const planned = Number(/^1\.\.(\d+)/.exec(lines.find((line) => line.startsWith('1..')) ?? '')?.[1])
    expect(lines.filter((line) => line.startsWith('not ok') || line.startsWith('#')).join('\n')).toBe('')
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(planned)
  })
})
