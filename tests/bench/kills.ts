import { killRounds, summary } from '../sql/server/kill-rounds'
import { onEngines } from './on-engines'
import { benchRow, type BenchContext, type Row } from './row'

const ROUNDS = 50
const SEED = 20261121

/**
 * Suite `kills`: the shipped server, fifty times on each engine, killed while it saves, publishes, imports and makes backups;
 * every other time the native database with it. `size` is kills, `value` what was lost or half-done, `ms` the slowest start.
 */
export default async function benchKills({ say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  await onEngines(['embedded', 'native'], say, async (engine) => {
    const report = await killRounds(engine, ROUNDS, SEED)
    say(summary(engine, report))
    for (const line of [...report.lost, ...report.halfDone]) say(`  ${line}`)
    const confirmed = Object.values(report.acknowledged).reduce((sum, count) => sum + count, 0)
    rows.push(benchRow({
      suite: 'kills', instance: `${engine}, ${confirmed} writes confirmed, seed ${SEED}`, size: report.kills,
      value: report.lost.length + report.halfDone.length, bestKnown: 0, bound: 0, ms: report.slowestStartMs,
    }))
  })
  return rows
}
