import { faultsOf, killRounds, summary, type KillReport } from '../sql/server/kill-rounds'
import type { Engine } from '../sql/server/open-office'
import { onEngines } from './on-engines'
import { benchRow, type BenchContext, type Row } from './row'

const ROUNDS = 50
const SEED = 20261121
/** What one round takes on two cores that have nothing else to do; the shortened run counts its rounds by it. */
const SECONDS_A_ROUND = 10

/**
 * Suite `kills`: the shipped server, fifty times on each engine, killed while it saves, publishes, imports and makes backups;
 * every other time the native database with it. Both engines at once: each leaves a core idle. A row for each kind of
 * work: `size` is kills while it was under way, `value` what was lost or half-done of it, `bestKnown` writes confirmed; the
 * row of all has the slowest start as `ms`. With `--seconds N` as many rounds as fit.
 */
export default async function benchKills({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const rounds = secondsPerInstance === null ? ROUNDS : Math.max(4, Math.floor(secondsPerInstance / SECONDS_A_ROUND))
  const engines: Engine[] = []
  await onEngines(['embedded', 'native'], say, async (engine) => void engines.push(engine))
  const reports = await Promise.all(engines.map((engine) => killRounds(engine, rounds, SEED)))
  return engines.flatMap((engine, index) => {
    const report = reports[index]!
    for (const line of [...summary(engine, report), ...faultsOf(report)]) say(line)
    return rowsOf(engine, report)
  })
}

function rowsOf(engine: Engine, report: KillReport): Row[] {
  const acts = Object.entries(report.acts).filter(([, { kills }]) => kills > 0)
  const row = (what: string, size: number, value: number, bestKnown: number) =>
    benchRow({ suite: 'kills', instance: `${engine}, ${what}`, size, value, bestKnown, bound: 0 })
  const confirmed = acts.reduce((sum, [, { acknowledged }]) => sum + acknowledged, 0)
  return [
    { ...row(`all, seed ${SEED}`, report.kills, faultsOf(report).length, confirmed), ms: report.slowestStartMs },
    ...acts.map(([work, { kills, lost, halfDone, acknowledged }]) => row(work, kills, lost.length + halfDone.length, acknowledged)),
  ]
}
