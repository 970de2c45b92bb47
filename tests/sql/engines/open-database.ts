import { openEmbeddedDatabase } from './embedded-database'
import { openNativeDatabase } from './native-cluster'
import type { TestDatabase } from './test-database'

/** A migrated database of either kind. */
export function openDatabase(engine: TestDatabase['engine']): Promise<TestDatabase> {
  return engine === 'native' ? openNativeDatabase() : openEmbeddedDatabase()
}
