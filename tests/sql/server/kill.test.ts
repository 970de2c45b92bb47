import { describe, expect, it } from 'vitest'
import { faultsOf, killRounds, summary } from './kill-rounds'
import type { Engine } from './open-office'

const engines: Engine[] = ['embedded', 'native']
/** `npm run bench -- kills` does fifty on each engine. */
const ROUNDS = { embedded: 3, native: 3 }
const SEED = 20261122

describe.each(engines)('a server killed while it saves, publishes, assigns, imports and makes backups, %s', (engine) => {
  it('has lost nothing it had confirmed, left nothing half-done, and holds its folder alone', async () => {
    const report = await killRounds(engine, ROUNDS[engine], SEED, 60)
    console.log(`seed ${SEED}\n${summary(engine, report).join('\n')}`)
    expect(faultsOf(report)).toEqual([])
    expect(report).toMatchObject({ kills: ROUNDS[engine], secondOpeners: 0 })
    for (const work of ['save', 'publish', 'assign', 'import'] as const) expect(report.acts[work].acknowledged, work).toBeGreaterThan(0)
    expect(report.acts.backup.acknowledged).toBe(engine === 'embedded' ? 1 : 0)
  }, 600_000)
})
