import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PROJECT_ROOT } from './migration-files'

/** Run the Supabase CLI against a database of ours; it asks nothing and calls nobody. Resolves to what it printed. */
export function runSupabase(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(PROJECT_ROOT, 'node_modules/.bin/supabase'), [...args, '--workdir', PROJECT_ROOT, '--agent', 'no'], {
      env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    let complaints = ''
    child.stdout.on('data', (text: Buffer) => (printed += text.toString()))
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()))
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`supabase ${args.join(' ')} ended with ${code}: ${complaints}\n${printed}`)),
    )
  })
}
