import { nativeAbsence } from '../sql/engines/native-cluster'
import type { TestDatabase } from '../sql/engines/test-database'

/** Do `work` with each kind of database that is here; says which is not, and how to get it. */
export async function onEngines(
  engines: readonly TestDatabase['engine'][],
  say: (line: string) => void,
  work: (engine: TestDatabase['engine']) => Promise<void>,
): Promise<void> {
  for (const engine of engines) {
    const absence = engine === 'native' ? nativeAbsence() : null
    if (absence === null) await work(engine)
    else say(absence)
  }
}
