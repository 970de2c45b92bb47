import { describe, it } from 'vitest'
import { nativeAbsence } from './native-cluster'
import type { TestDatabase } from './test-database'

/**
 * Run `suite` on a native PostgreSQL. Where there is none, or `absence` says that it lacks something, one skipped test bears
 * its title and how to get it: the run of all tests counts it as not run, and fails on it where it must be whole.
 */
export function describeOnNative(title: string, suite: () => void, absence = nativeAbsence()): void {
  if (absence === null) describe(`${title} (native)`, suite)
  else it.skip(`${title} (native): could not run, ${absence}`, () => undefined)
}

/** Run the same suite on the embedded and on a native database. */
export function describeOnEach(title: string, suite: (engine: TestDatabase['engine']) => void): void {
  describe(`${title} (embedded)`, () => suite('embedded'))
  describeOnNative(title, () => suite('native'))
}
