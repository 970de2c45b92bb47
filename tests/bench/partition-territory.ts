import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { designTerritories } from '@/algorithms/territory/design-territories'
import { measureTerritories } from '@/algorithms/territory/territory-task'
import { readTable, readTerritoryInstance } from '../helpers/published-instances'
import { benchRow, type BenchContext, type Row } from './row'

const SHARED = '../shared/data'
const SEED = 1
const SECONDS = 60
/** Published values have three decimals. */
const ALIKE = 5e-4

/**
 * Commercial territory design: connected territories alike in each activity, `value` the sum of distances from the units to the
 * centre units of their territories, null where no territory plan within tolerance was found. Published values are
 * heuristic: `peerValue`, with `ratio` the value over it. A search ends when its rounds are done or its time is.
 */
export default async function bench({ instancesDir, secondsPerInstance, plansDir, say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  let compared = 0
  let asGood = 0
  for (const { name, file, published } of readInstances(instancesDir ?? SHARED, say)) {
    const task = readTerritoryInstance(file)
    const begun = performance.now()
    const signal = { get aborted() { return performance.now() - begun > 1000 * (secondsPerInstance ?? SECONDS) } }
    const rounds = secondsPerInstance === null ? {} : { rounds: Infinity }
    const { label } = designTerritories(task, { seed: SEED, ...rounds }, { signal })
    const ms = performance.now() - begun
    const figures = measureTerritories(task, label)
    const value = figures.inTolerance === task.territories ? figures.distance : null
    if (value === null) say(`${name}: no territories within tolerance were found`)
    if (published !== null) {
      compared++
      if (value !== null && value <= published + ALIKE) asGood++
    }
    rows.push(
      benchRow({
        suite: 'partition',
        instance: name,
        size: label.length,
        value,
        bestKnown: published,
        ms,
        ...(published !== null && { peer: 'published', peerValue: published, ratio: value === null ? null : value / published }),
      }),
    )
    if (plansDir) writePlan(plansDir, name, label)
    else if (value !== null && published !== null && value < published - ALIKE) say(`${name}: below the published value; --plans DIR keeps the plan`)
  }
  if (compared > 0) say(`territories: at or below the published value on ${asGood} of ${compared} instances`)
  return rows
}

/** Instances of a folder (NAME.dat), with what best_published.csv says of them. */
function readInstances(folder: string, say: BenchContext['say']): { name: string; file: string; published: number | null }[] {
  const place = existsSync(join(folder, 'land/territory')) ? join(folder, 'land/territory') : folder
  const table = readTable(join(place, 'best_published.csv'), ['instance', 'best_published'])
  const names = existsSync(place) ? readdirSync(place).flatMap((file) => /^(.+)\.dat$/.exec(file)?.[1] ?? []) : []
  if (names.length === 0) say(`no territory instances (NAME.dat, best_published.csv with instance,best_published) in ${place}`)
  return names.sort().map((name) => {
    const row = table?.find(({ instance }) => instance === name)
    return { name, file: join(place, `${name}.dat`), published: row ? Number(row.best_published) : null }
  })
}

/** One territory number a line, in the order of the units. */
function writePlan(folder: string, name: string, label: Int32Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.territory.plan.txt`), `${label.join('\n')}\n`, { flag: 'wx' })
}
