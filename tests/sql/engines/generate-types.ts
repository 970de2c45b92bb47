import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { PROJECT_ROOT } from './migration-files'
import { startNativeCluster } from './native-cluster'
import { runSupabase } from './supabase-cli'

export const TYPES_FILE = join(PROJECT_ROOT, 'src/data/database.types.ts')

/** Types of the schema public as the Supabase CLI prints them, from a clean cluster that its own `db push` migrated. */
export async function generateTypes(): Promise<string> {
  const cluster = await startNativeCluster()
  try {
    await pushMigrations(cluster)
    return layOut(await runSupabase(['gen', 'types', '--lang', 'typescript', '--schema', 'public', `--remote=${cluster.url('postgres')}`]))
  } finally {
    await cluster.remove()
  }
}

/** What a hosted project has before its first migration, then `supabase db push`. */
export async function pushMigrations(cluster: { url(database: string): string; connect: Awaited<ReturnType<typeof startNativeCluster>>['connect'] }): Promise<string> {
  const client = await cluster.connect('postgres')
  await client.query(readFileSync(join(PROJECT_ROOT, 'supabase/local/bootstrap.sql'), 'utf8'))
  await client.end()
  return runSupabase(['db', 'push', `--remote=${cluster.url('postgres')}`, '--yes'])
}

const HEADER = `// Made from the migrations by \`npm run types\`; a test fails when it is stale. Not edited by hand.
`

/** The CLI prints remarks before the types and does not indent; the compiler's own printer does. */
function layOut(printed: string): string {
  const start = printed.indexOf('export type Json')
  if (start < 0) throw new Error(`expected types, got: ${printed.slice(0, 200)}`)
  const file = ts.createSourceFile('database.types.ts', printed.slice(start), ts.ScriptTarget.Latest, false, ts.ScriptKind.TS)
  return HEADER + ts.createPrinter({ newLine: ts.NewLineKind.LineFeed }).printFile(file).replace(/^( +)/gm, (spaces) => ' '.repeat(spaces.length / 2)).replaceAll(';\n', '\n')
}
