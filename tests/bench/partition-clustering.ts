import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { boundMedians } from '@/algorithms/clustering/bound-medians'
import type { MedianProblem } from '@/algorithms/clustering/median-problem'
import { makeGround } from '@/algorithms/clustering/median-state'
import { solveMedians, type SolvedMedians } from '@/algorithms/clustering/solve-medians'
import { readMedianInstance } from '../helpers/median-instances'
import { benchRow, type BenchContext, type Row } from './row'

const SHARED = '../shared/data'
const SEED = 1
const SECONDS = 60
/** Rounds by which the bound is proved further once the plan is there; not part of `ms`. */
const BOUND_ROUNDS = 120

interface Instance {
  readonly name: string
  readonly file: string
  readonly ways: string
  readonly bestKnown: number | null
}

/**
 * Capacitated p-median: `value` is the sum of ways from each node to its median, `bound` proved by prices, `peerValue` the best
 * that was published and `ratio` the value over it. A search ends at its time, or before where it has converged.
 */
export default async function bench({ instancesDir, secondsPerInstance, plansDir, say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  for (const { name, file, ways, bestKnown } of readInstances(instancesDir ?? SHARED, say)) {
    const problem = readMedianInstance(file, ways)
    const begun = performance.now()
    const pace = () => (performance.now() - begun) / (1000 * (secondsPerInstance ?? SECONDS))
    const plan = solveMedians(problem, { seed: SEED, pace })
    const ms = performance.now() - begun
    checkPlan(name, problem, plan)
    const bound = Math.max(plan.bound, boundMedians(makeGround(problem), { rounds: BOUND_ROUNDS, upper: plan.cost, prices: plan.prices }).bound)
    const isFeasible = plan.overload === 0
    if (isFeasible && bestKnown !== null) {
      say(`${name}: ${((100 * (plan.cost - bestKnown)) / bestKnown).toFixed(3)} % above the best known, ${(ms / 1000).toFixed(1)} s`)
    }
    if (!isFeasible) say(`${name}: no plan within capacity was found; the best is ${plan.overload} above`)
    rows.push(
      benchRow({
        suite: 'partition',
        instance: name,
        size: problem.demand.length,
        value: isFeasible ? plan.cost : null,
        bestKnown,
        bound,
        gapPct: isFeasible && bound > 0 ? (100 * (plan.cost - bound)) / bound : null,
        ms,
        ...(bestKnown !== null && isFeasible && { peer: 'published', peerValue: bestKnown, ratio: plan.cost / bestKnown }),
      }),
    )
    if (plansDir) writePlan(plansDir, name, plan)
    else if (isFeasible && bestKnown !== null && plan.cost < bestKnown - 0.01) say(`${name}: below the best known; --plans DIR keeps the plan`)
  }
  return rows
}

/** Instances by the list of best known values that lies beside them. */
function readInstances(folder: string, say: BenchContext['say']): Instance[] {
  const place = existsSync(join(folder, 'clustering')) ? join(folder, 'clustering') : folder
  const list = join(place, 'best_known.csv')
  const [head = '', ...lines] = existsSync(list) ? readFileSync(list, 'utf8').trim().split(/\r?\n/) : []
  const columns = head.split(',')
  if (!['instance', 'p', 'distance', 'best_known'].every((column) => columns.includes(column))) {
    say(`no clustering instances (NAME.txt, best_known.csv with instance,p,distance,best_known) in ${place}`)
    return []
  }
  return lines.flatMap((line) => {
    const cells = line.split(',')
    const cell = (column: string) => cells[columns.indexOf(column)]
    const file = join(place, `${cell('instance')}.txt`)
    if (!existsSync(file)) return []
    return { name: cell('instance'), file, ways: cell('distance'), bestKnown: cell('best_known') ? Number(cell('best_known')) : null }
  })
}

/** Counts a plan anew from the numbers of its problem alone. */
function checkPlan(name: string, { costs, demand, capacity, medians }: MedianProblem, plan: SolvedMedians): void {
  const load = new Map<number, number>()
  let cost = 0
  plan.medianOf.forEach((index, node) => {
    const median = plan.medians[index]
    load.set(median, (load.get(median) ?? 0) + demand[node])
    cost += costs.of(node, median)
  })
  const overload = [...load].reduce((sum, [median, held]) => sum + Math.max(0, held - capacity[median]), 0)
  const isWhole = plan.medianOf.length === demand.length && new Set(plan.medians).size === medians
  if (!isWhole || Math.abs(cost - plan.cost) > 1e-6 * cost || Math.abs(overload - plan.overload) > 1e-6) {
    throw new Error(`${name}: the plan says cost ${plan.cost}, overload ${plan.overload}; counted anew ${cost}, ${overload}`)
  }
}

/** The median of each node as a node number from 0, one a line, in the order of the nodes. */
function writePlan(folder: string, name: string, { medians, medianOf }: SolvedMedians): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.plan.txt`), `${[...medianOf].map((index) => medians[index]).join('\n')}\n`, { flag: 'wx' })
}
