import type { PGlite } from '@electric-sql/pglite'

/**
 * Makes an embedded database give back the stack of statements that failed.
 *
 * PGlite 0.5.8 leaves by a jump that does not restore the stack: 400 to 700 bytes stay with each refused statement, and
 * after some 1,800 of them every statement is answered "stack depth limit exceeded" (54001) until a restart. Between two
 * messages no frame of the engine is alive, so its stack pointer belongs where it was before.
 * @throws Error where the engine no longer shows its stack pointer
 */
export function keepStack<T extends PGlite>(database: T): T {
  const pointer: unknown = Reflect.get(database.Module, '___stack_pointer')
  if (!(pointer instanceof WebAssembly.Global)) {
    throw new Error('expected PGlite to show its stack pointer as a WebAssembly.Global; its version has changed')
  }
  const run = database.execProtocolRawSync.bind(database)
  database.execProtocolRawSync = (message) => {
    const before: unknown = pointer.value
    try {
      return run(message)
    } finally {
      pointer.value = before
    }
  }
  return database
}
