import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { TransportSolution } from '@/algorithms/assignment/transport-problem'
import { DECIMETRES, readAssignmentInstances, type AssignmentInstance } from '../helpers/assignment-instances'
import type { AssignmentAnswer, AssignmentTask } from './assignment-harness'
import { buildLemonPeer, type LemonAnswer } from './assignment-peer'
import { benchRow, type BenchContext, type Row } from './row'

const SHARED = '../shared/data'
/** Runs of either side; the middle one counts. */
const RUNS = 3

/**
 * Households to members at least walking distance, straight metres. `size` is buildings; `value` and `bound` are metres over all
 * households, `ms` begins with coordinates in a fresh worker and ends with the plan proved, the search for neighbours included.
 * LEMON's network simplex has the same arcs in the same run, and its search of them and its graph are part of its time.
 * `all pairs` is the best over every building and every member. `one member changed`: the slowest of two dozen changes,
 * each beside solving from scratch.
 */
export default async function bench({ instancesDir, plansDir, say }: BenchContext): Promise<Row[]> {
  const place = instancesDir ?? SHARED
  const folder = existsSync(join(place, 'assignment')) ? join(place, 'assignment') : place
  const instances = readAssignmentInstances(folder)
  if (instances.length === 0) say(`no assignment instances (NAME.buildings.csv, NAME.members.csv) in ${folder}`)
  const peer = buildLemonPeer(say)
  const rows: Row[] = []
  try {
    for (const instance of instances) {
      const lemon = peer && middle(Array.from({ length: RUNS }, () => peer.solve(instance, DECIMETRES)), totalMs)
      const near = await runMiddle({ instance, mode: 'near' })
      rows.push(planRow(instance, instance.name, near, lemon))
      describe(instance, near, lemon, say)
      if (plansDir) writePlan(plansDir, instance, near.solution)
      rows.push(planRow(instance, `${instance.name}, all pairs`, await runMiddle({ instance, mode: 'all' }), lemon))
      rows.push(changeRow(instance, await runInWorker({ instance, mode: 'change' }), say))
    }
  } finally {
    peer?.close()
  }
  return rows
}

const totalMs = ({ searchMs, buildMs, solveMs }: LemonAnswer) => searchMs + buildMs + solveMs

async function runMiddle(task: AssignmentTask): Promise<AssignmentAnswer> {
  const runs: AssignmentAnswer[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await runInWorker(task))
  return middle(runs, ({ searchMs, solveMs }) => searchMs + solveMs)
}

function middle<T>(runs: readonly T[], ms: (run: T) => number): T {
  return [...runs].sort((a, b) => ms(a) - ms(b))[Math.floor(runs.length / 2)]
}

function runInWorker(task: AssignmentTask): Promise<AssignmentAnswer> {
  const harness = new URL('./assignment-harness.ts', import.meta.url).href
  // A worker does not inherit the loader of TypeScript.
  const begin = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(harness)}) })`
  return new Promise((resolve, reject) => {
    const worker = new Worker(begin, { eval: true, workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

function planRow(instance: AssignmentInstance, name: string, { searchMs, solveMs, solution }: AssignmentAnswer, lemon: LemonAnswer | null): Row {
  checkPlan(name, instance, solution)
  const value = solution.objective / DECIMETRES
  const bound = solution.bound / DECIMETRES
  const ms = searchMs + solveMs
  return benchRow({
    suite: 'assignment',
    instance: name,
    size: instance.supply.length,
    value,
    bestKnown: instance.referenceM,
    bound,
    gapPct: bound > 0 ? (100 * (value - bound)) / bound : null,
    ms,
    ...(lemon && { peer: 'LEMON network simplex', peerValue: lemon.served > 0 ? lemon.objective / DECIMETRES : null, peerMs: totalMs(lemon), ratio: ms / totalMs(lemon) }),
  })
}

/** What the columns have no place for, and differences that must not be. */
function describe(instance: AssignmentInstance, { searchMs, solveMs, solution, peakMb }: AssignmentAnswer, lemon: LemonAnswer | null, say: BenchContext['say']): void {
  const { name, supply, min, max, referenceM } = instance
  const { load, problem, unservedUnits, objective, pivots } = solution
  const households = supply.reduce((sum, units) => sum + units, 0)
  const within = load.reduce((count, units, member) => count + (units >= min[member] && units <= max[member] ? 1 : 0), 0)
  const loads = `loads ${Math.min(...load)} … ${Math.max(...load)}, ${within} of ${load.length} members within their limits`
  say(`${name}: served ${households - unservedUnits} of ${households} households (${((100 * (households - unservedUnits)) / households).toFixed(2)} %), ${loads}`)
  const steps = (parts: readonly [string, number][]) => parts.map(([what, ms]) => `${what} ${ms.toFixed(1)}`).join(', ')
  say(`  ${problem.arcs.cost.length} arcs, ${pivots} pivots; ${steps([['search', searchMs], ['solve', solveMs]])} ms; ${peakMb.toFixed(0)} MB at the highest, this whole process`)
  if (referenceM !== null) {
    const apart = (objective / DECIMETRES - referenceM) / referenceM
    say(`  relative difference to the reference ${apart.toExponential(1)}${Math.abs(apart) > 1e-6 ? ': NOT equal' : ''}`)
  }
  if (!lemon) return
  say(`  LEMON: ${steps([['search', lemon.searchMs], ['build', lemon.buildMs], ['solve', lemon.solveMs]])} ms; ${(lemon.peakKb / 1000).toFixed(0)} MB at the highest`)
  if (lemon.served === 0) say('  LEMON finds no plan within all limits')
  const costs = problem.arcs.cost.reduce((sum, cost) => sum + cost, 0)
  if (lemon.arcs !== problem.arcs.cost.length || lemon.arcCosts !== costs) {
    throw new Error(`${name}: arcs differ, ours ${problem.arcs.cost.length} of ${costs}, LEMON's ${lemon.arcs} of ${lemon.arcCosts}`)
  }
}

/** Counts a plan anew from coordinates and limits alone. */
function checkPlan(name: string, { parts, members, supply, max }: AssignmentInstance, { flow, problem, unserved, short, objective }: TransportSolution): void {
  const left = supply.slice()
  const load = new Int32Array(max.length)
  let cost = 0
  flow.forEach((units, arc) => {
    const [part, member] = [problem.arcs.part[arc], problem.arcs.member[arc]]
    left[part] -= units
    load[member] += units
    cost += units * Math.round(DECIMETRES * Math.hypot(parts.x[part] - members.x[member], parts.y[part] - members.y[member]))
  })
  const isWithin = load.every((units, member) => units <= max[member] && units + short[member] >= problem.min[member])
  if (!isWithin || left.some((units, part) => units !== unserved[part]) || cost !== objective || flow.some((units) => units < 0)) {
    throw new Error(`${name}: the plan says ${objective} decimetres; counted anew it is ${cost}, or breaks a limit`)
  }
}

function changeRow(instance: AssignmentInstance, { changes }: AssignmentAnswer, say: BenchContext['say']): Row {
  const unequal = changes.filter(({ found, scratch }) => found.join() !== scratch.join())
  if (unequal.length > 0) throw new Error(`${instance.name}: after a change ${unequal[0].found.join()}, from scratch ${unequal[0].scratch.join()}`)
  const slowest = changes.reduce((a, b) => (b.ms > a.ms ? b : a))
  const kinds = [...new Set(changes.map(({ what }) => what))]
  const medians = kinds.map((kind) => `${kind} ${middle(changes.filter(({ what }) => what === kind), ({ ms }) => ms).ms.toFixed(1)}`)
  say(`  one member changed, ${changes.length} times, each the same optimum as from scratch; median ms: ${medians.join(', ')}`)
  return benchRow({
    suite: 'assignment',
    instance: `${instance.name}, one member changed`,
    size: instance.supply.length,
    value: slowest.found[2] / DECIMETRES,
    ms: slowest.ms,
    peer: 'from scratch, without search',
    peerValue: slowest.scratch[2] / DECIMETRES,
    peerMs: slowest.scratchMs,
    ratio: slowest.ms / slowest.scratchMs,
  })
}

/** Rows building,member,households by the ids of the instance. */
function writePlan(folder: string, { name, buildingIds, memberIds }: AssignmentInstance, { flow, problem }: TransportSolution): void {
  mkdirSync(folder, { recursive: true })
  const lines = ['building,member,households']
  flow.forEach((units, arc) => {
    if (units > 0) lines.push(`${buildingIds[problem.arcs.part[arc]]},${memberIds[problem.arcs.member[arc]]},${units}`)
  })
  writeFileSync(join(folder, `${name}.plan.csv`), `${lines.join('\n')}\n`, { flag: 'wx' })
}
