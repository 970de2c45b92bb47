import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { CarpProblem } from '@/algorithms/arc-routing/carp-problem'
import { solveCarp, type SolvedCarp } from '@/algorithms/arc-routing/carp-solve'
import { judgeCarpPlan, readCarpInstance, readCarpPlan, writeCarpPlan, type CarpInstance, type CarpStep } from '../helpers/check-carp'
import { benchRow, type BenchContext, type Row } from './row'

const SHARED = '../shared/data'
const SEED = 1
const SECONDS = 60

interface Published {
  readonly bestKnown: number | null
  /** Proved: no plan costs less. */
  readonly bound: number | null
}

/**
 * Capacitated arc routing: `value` is the cost of the plan as judged from its written form, `bound` the higher of the published
 * and our own, `peerValue` the best that was published, `ratio` the value over it, `ms` the time to the best plan.
 *
 * A search may take 60 s, or `--seconds`, of processor time on one thread, so that what else runs on the machine changes nothing;
 * `ms` is processor time too. Of large instances the bound is proved after the search and not part of it. It ends before where a plan costs no more than the bound. After the instances comes a row for each
 * family with its mean ratio.
 */
export default async function bench({ instancesDir, secondsPerInstance, plansDir, say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  for (const { name, text, published } of findInstances(instancesDir ?? SHARED, say)) {
    const instance = readCarpInstance(text)
    const problem = problemOf(instance)
    const begun = process.cpuUsage()
    const msGone = () => {
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / 1000
    }
    let msToBest = 0
    const plan = solveCarp(problem, {
      seed: SEED,
      pace: () => msGone() / (1000 * (secondsPerInstance ?? SECONDS)),
      onBetter: () => (msToBest = msGone()),
      ...(published.bound !== null && { bound: published.bound }),
    })
    const written = writeCarpPlan(stepsOf(problem, plan))
    if (plansDir) {
      mkdirSync(plansDir, { recursive: true })
      writeFileSync(join(plansDir, `${name}.routes.txt`), written, { flag: 'wx' })
    }
    const value = judgeCarpPlan(instance, readCarpPlan(written))
    if (Math.abs(value - plan.cost) > 1e-6 * value) throw new Error(`${name}: the plan says it costs ${plan.cost}; counted anew ${value}`)
    if (value < plan.bound) throw new Error(`${name}: ${value} is below the proved bound ${plan.bound}`)
    const { bestKnown } = published
    const above = bestKnown === null ? '' : `, ${percent(value / bestKnown - 1)} above the best known`
    say(`${name}: ${value}${above}, ${percent(value / plan.bound - 1)} above the bound; ${(msGone() / 1000).toFixed(1)} s`)
    rows.push(
      benchRow({
        suite: 'routing',
        instance: name,
        size: instance.edges.filter(({ demand }) => demand > 0).length,
        value,
        bestKnown,
        bound: plan.bound,
        gapPct: 100 * (value / plan.bound - 1),
        ms: msToBest,
        ...(bestKnown !== null && { peer: 'best known', peerValue: bestKnown, ratio: value / bestKnown }),
      }),
    )
  }
  return [...rows, ...familyRows(rows, say)]
}

/** Instances in `arc-routing` of a folder, or in itself, and one folder below: files that a list of best known values beside them names. */
function findInstances(given: string, say: BenchContext['say']): { name: string; text: string; published: Published }[] {
  const folder = existsSync(join(given, 'arc-routing')) ? join(given, 'arc-routing') : given
  const below = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : []
  const folders = [folder, ...below.map(({ name }) => join(folder, name))]
  const found = folders.flatMap((place) => {
    const list = join(place, 'best_known.csv')
    if (!existsSync(list)) return []
    const published = readPublished(readFileSync(list, 'utf8'))
    const files = readdirSync(place).filter((file) => published.has(basename(file, extname(file))))
    return files.map((file) => {
      const name = basename(file, extname(file))
      return { name, text: readFileSync(join(place, file), 'utf8'), published: published.get(name) as Published }
    })
  })
  if (found.length === 0) say(`no arc routing instances (best_known.csv with instance,capacity,best_known and files of these names) in ${folder}`)
  return found
}

function readPublished(csv: string): Map<string, Published> {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/)
  const columns = head.split(',')
  if (!['instance', 'capacity', 'best_known'].every((column) => columns.includes(column))) return new Map()
  return new Map(
    lines.map((line) => {
      const cells = line.split(',')
      const number = (column: string) => {
        const cell = cells[columns.indexOf(column)]
        return cell ? Number(cell) : null
      }
      return [cells[columns.indexOf('instance')], { bestKnown: number('best_known'), bound: number('lower_bound') }]
    }),
  )
}

function problemOf({ vertices, edges, capacity, depot }: CarpInstance): CarpProblem {
  return {
    graph: {
      vertexCount: vertices,
      from: Int32Array.from(edges, ({ from }) => from),
      to: Int32Array.from(edges, ({ to }) => to),
      cost: Float64Array.from(edges, ({ cost }) => cost),
    },
    demand: Float64Array.from(edges, ({ demand }) => demand),
    capacity,
    depot,
  }
}

function stepsOf({ graph }: CarpProblem, { routes }: SolvedCarp): CarpStep[][] {
  return routes.map(({ edges, isReversed }) =>
    Array.from(edges, (edge, at) => {
      const [from, to] = isReversed[at] === 1 ? [graph.to[edge], graph.from[edge]] : [graph.from[edge], graph.to[edge]]
      return { edge, from, to }
    }),
  )
}

/** A row for each family (the letters before the number): how many instances, the mean gap to the bounds, the mean ratio to the best known. */
function familyRows(rows: readonly Row[], say: BenchContext['say']): Row[] {
  const families = new Map<string, Row[]>()
  for (const row of rows) {
    const family = row.instance.replace(/-?\d.*$/, '')
    families.set(family, [...(families.get(family) ?? []), row])
  }
  return [...families].map(([family, members]) => {
    const mean = (of: (row: Row) => number | null) => {
      const values = members.map(of).filter((value) => value !== null)
      return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null
    }
    const ratio = mean((row) => row.ratio)
    if (ratio !== null) say(`${family}: ${percent(ratio - 1)} above the best known on average of ${members.length}`)
    return benchRow({ suite: 'routing', instance: `${family}, mean`, size: members.length, gapPct: mean((row) => row.gapPct), ms: mean((row) => row.ms), peer: 'best known', ratio })
  })
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`
}
