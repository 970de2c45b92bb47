import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { boundMoves, type PartBands } from '@/algorithms/partition/bound-moves'
import { contractGroups, type ContractedGraph } from '@/algorithms/partition/contract-groups'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import { partitionUnits } from '@/algorithms/partition/partition-units'
import { repairPartition } from '@/algorithms/partition/repair-partition'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { readGridInstance, type GridInstance } from '../helpers/unit-graphs'
import { partitionByMetis } from './partition-peer'
import { benchRow, type BenchContext, type PlanRow, type Row } from './row'

const SHARED = '../shared/data'
const SEED = 1

/** A plan for an instance: part by unit, and what it cost. */
interface Answer {
  label: Int32Array
  ms: number
  /** Households that must move at least; null for a fresh plan. */
  bound: number | null
}

/**
 * Plans of grids: fresh ones, beside METIS with as much freedom as keeps its parts in band (`ufactor` 200), and repairs of
 * today's, beside the bound of households that must move; units as they are, and compounds whole. `value` is borders cut by a
 * fresh plan, households moved by a repair.
 */
export default async function bench({ instancesDir, plansDir, say }: BenchContext): Promise<Row[]> {
  const rows: PlanRow[] = []
  for (const instance of readInstances(instancesDir ?? SHARED, say)) {
    const apart = { graph: instance.graph, unitOf: Int32Array.from(instance.today.keys()) }
    const whole = contractGroups(instance.graph, instance.compound, instance.limits.upper)
    const metis = partitionByMetis(instance.graph, instance.k, 200)
    if (!metis) say('METIS is not here to compare with; to enable it: apt-get install metis')
    const peer = metis && { ...metis, cutEdges: measurePartition(instance.graph, metis.label, instance.limits).cutEdges }
    const plans: [mode: string, answer: Answer][] = [
      ['fresh', drawFresh(instance, apart)],
      ['fresh-compounds', drawFresh(instance, whole)],
      ['repair', repair(instance, apart)],
      ['repair-compounds', repair(instance, whole)],
    ]
    for (const [mode, answer] of plans) {
      rows.push(planRow(instance, mode, answer, mode === 'fresh' ? peer : null))
      if (plansDir) writePlan(plansDir, `${instance.name}.${mode}`, answer.label)
    }
  }
  return rows
}

function readInstances(folder: string, say: BenchContext['say']): GridInstance[] {
  const grids = existsSync(join(folder, 'land/grids')) ? join(folder, 'land/grids') : folder
  const names = existsSync(grids) ? readdirSync(grids).flatMap((file) => /^(.+)\.units\.csv$/.exec(file)?.[1] ?? []) : []
  if (names.length === 0) say(`no grid instances (NAME.units.csv, NAME.edges.csv, NAME.json) in ${grids}`)
  return names.sort().flatMap((name) => readGridInstance(grids, name) ?? [])
}

/** The plan of a graph of joined units, told by the units of the instance; joining them is part of the time. */
function timed({ unitOf }: ContractedGraph, bound: number | null, solve: () => Int32Array): Answer {
  const begun = performance.now()
  const label = solve()
  return { label: unitOf.map((unit) => label[unit]), ms: performance.now() - begun, bound }
}

const drawFresh = ({ k, limits }: GridInstance, ground: ContractedGraph): Answer =>
  timed(ground, null, () => partitionUnits(ground.graph, k, limits, SEED))

function repair({ today, k, limits }: GridInstance, ground: ContractedGraph): Answer {
  const own = new Int32Array(ground.graph.weight.length)
  today.forEach((part, unit) => (own[ground.unitOf[unit]] = part))
  const bands = bandsOf(ground.graph, own, k, limits)
  return timed(ground, boundMoves(ground.graph, own, bands), () => repairPartition({ graph: ground.graph, today: own, bands, seed: SEED }).label)
}

/** The same band for all, but that a part with a unit above the limit has no upper one: nothing that could move would help it. */
function bandsOf(graph: UnitGraph, today: Int32Array, parts: number, { lower, upper }: GridInstance['limits']): PartBands {
  const bands = { lower: new Float64Array(parts).fill(lower), upper: new Float64Array(parts).fill(upper) }
  today.forEach((part, unit) => graph.weight[unit] > upper && (bands.upper[part] = Infinity))
  return bands
}

function planRow(
  instance: GridInstance,
  mode: string,
  { label, ms, bound }: Answer,
  metis: { ms: number; cutEdges: number } | null,
): PlanRow {
  const { graph, today, limits, compound, k } = instance
  const figures = measurePartition(graph, label, limits, compound)
  const households = graph.weight.reduce((sum, weight) => sum + weight, 0)
  const moved = label.reduce((sum, part, unit) => sum + (part === today[unit] ? 0 : graph.weight[unit]), 0)
  const isFresh = bound === null
  return {
    ...benchRow({
      suite: 'partition',
      instance: `${instance.name} ${mode}`,
      size: today.length,
      value: isFresh ? figures.cutEdges : moved,
      bound,
      gapPct: isFresh ? null : (100 * (moved - bound)) / bound,
      ms,
      ...(metis && { peer: 'gpmetis -contig -ufactor=200', peerValue: metis.cutEdges, peerMs: metis.ms, ratio: ms / metis.ms }),
    }),
    mode,
    k,
    inBand: figures.inBand,
    inPieces: figures.inPieces,
    meanDevPct: figures.meanDeviationPct,
    maxDevPct: figures.maxDeviationPct,
    cutEdges: figures.cutEdges,
    splitCompounds: figures.splitGroups,
    movedPct: isFresh ? null : (100 * moved) / households,
    boundPct: isFresh ? null : (100 * bound) / households,
  }
}

/** One grid number a line, in the order of the units. */
function writePlan(folder: string, name: string, label: Int32Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.plan.txt`), `${label.join('\n')}\n`, { flag: 'wx' })
}
