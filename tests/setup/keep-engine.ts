import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_DIR } from '../../supabase/local/settings'

/**
 * A process compiles the embedded engine once as long as somebody holds it; after the last database is closed it would be
 * compiled, and made fast, again at the next opening: a third of the work of opening one. Threads share it.
 */
const file = join(PROJECT_DIR, 'node_modules/@electric-sql/pglite/dist/pglite.wasm')
Reflect.set(globalThis, Symbol.for('gewu.engine'), await WebAssembly.compile(readFileSync(file)))
