import { describe, expect, it } from 'vitest'
import { killRounds, summary } from './kill-rounds'
import type { Engine } from './open-office'

const engines: Engine[] = ['embedded', 'native']
/** `npm run bench -- kills` does fifty on each engine. */
const ROUNDS = { embedded: 4, native: 6 }
const SEED = 20261122

describe.each(engines)('a server killed while it saves, publishes, imports and makes backups, %s', (engine) => {
  it('has lost nothing it had confirmed, left nothing half-done, and holds its folder alone', async () => {
    const report = await killRounds(engine, ROUNDS[engine], SEED, 60)
    console.log(`${summary(engine, report)} (seed ${SEED})`)
    expect(report).toMatchObject({ kills: ROUNDS[engine], lost: [], halfDone: [], secondOpeners: 0 })
    expect(report.acknowledged.save).toBeGreaterThan(0)
    expect(report.acknowledged.publish).toBeGreaterThan(0)
    expect(report.acknowledged.import).toBeGreaterThan(0)
    expect(report.acknowledged.backup).toBe(engine === 'embedded' ? 1 : 0)
  }, 600_000)
})
