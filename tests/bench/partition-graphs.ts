import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { minimizeCuts } from '@/algorithms/districting/minimize-cuts'
import { measurePartition } from '@/algorithms/partition/measure-partition'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'
import { readAdjacencyGraph, readTable } from '../helpers/published-instances'
import { partitionByMetis } from './partition-peer'
import { benchRow, type BenchContext, type PlanRow, type Row } from './row'

const SHARED = '../shared/data'
const SEED = 1
/** A graph the table does not name is divided like most that it does: this many parts, each this near to the mean. */
const PARTS = 4
const TOLERANCE = 0.005

interface GraphInstance {
  readonly name: string
  readonly graph: UnitGraph
  readonly k: number
  readonly lower: number
  readonly upper: number
  readonly bestKnown: number | null
  readonly bound: number | null
}

/**
 * Political districting: connected parts in band that cut the fewest borders, beside the best known value, its bound and METIS
 * with the band as its freedom. `value` is null where no plan in band was found. Without `--seconds` a graph gets a tenth of
 * a second for each unit, 10 s at least and a minute at most.
 */
export default async function bench({ instancesDir, secondsPerInstance, plansDir, say }: BenchContext): Promise<Row[]> {
  const rows: PlanRow[] = []
  for (const instance of readInstances(instancesDir ?? SHARED, say)) {
    const { name, graph, k, lower, upper } = instance
    const limits = { lower, upper, target: graph.weight.reduce((sum, weight) => sum + weight, 0) / k }
    const seconds = secondsPerInstance ?? Math.min(60, Math.max(10, graph.weight.length / 10))
    const begun = performance.now()
    const signal = { get aborted() { return performance.now() - begun > 1000 * seconds } }
    const bands = { lower: new Float64Array(k).fill(lower), upper: new Float64Array(k).fill(upper) }
    const rounds = secondsPerInstance === null ? {} : { rounds: Infinity }
    const { label } = minimizeCuts({ graph, bands, seed: SEED, ...rounds }, { signal })
    const ms = performance.now() - begun
    const figures = measurePartition(graph, label, limits)
    const value = figures.inBand === k && figures.inPieces === 0 ? figures.cutEdges : null
    if (value === null) say(`${name}: no plan in band was found`)
    const ufactor = Math.max(1, Math.floor(1000 * (upper / limits.target - 1)))
    const metis = partitionByMetis(graph, k, ufactor)
    const ofMetis = metis && measurePartition(graph, metis.label, limits)
    rows.push({
      ...benchRow({
        suite: 'partition',
        instance: name,
        size: graph.weight.length,
        value,
        bestKnown: instance.bestKnown,
        bound: instance.bound,
        gapPct: value !== null && instance.bound !== null ? (100 * (value - instance.bound)) / instance.bound : null,
        ms,
        ...(metis && ofMetis && {
          peer: `gpmetis -contig -ufactor=${ufactor}: ${ofMetis.inBand} of ${k} in band`,
          peerValue: ofMetis.cutEdges,
          peerMs: metis.ms,
          ratio: metis.ms > 0 ? ms / metis.ms : null,
        }),
      }),
      mode: 'fewest-cuts',
      k,
      inBand: figures.inBand,
      inPieces: figures.inPieces,
      meanDevPct: figures.meanDeviationPct,
      maxDevPct: figures.maxDeviationPct,
      cutEdges: figures.cutEdges,
      splitCompounds: 0,
      movedPct: null,
      boundPct: null,
    })
    if (plansDir) writePlan(plansDir, name, label)
    else if (value !== null && instance.bestKnown !== null && value < instance.bestKnown) say(`${name}: below the best known; --plans DIR keeps the plan`)
  }
  return rows
}

/** Graphs of a folder (NAME.json.gz), with what best_known.csv says of them. */
function readInstances(folder: string, say: BenchContext['say']): GraphInstance[] {
  const place = existsSync(join(folder, 'land/graphs')) ? join(folder, 'land/graphs') : folder
  const files = existsSync(place) ? readdirSync(place).filter((file) => file.endsWith('.json.gz')).sort() : []
  if (files.length === 0) say(`no graphs (NAME.json.gz, best_known.csv with file,k,lower,upper,best_cut_edges,bound) in ${place}`)
  const table = readTable(join(place, 'best_known.csv'), ['file', 'k', 'lower', 'upper'], ['best_cut_edges', 'bound']) ?? []
  return files.map((file) => {
    const graph = readAdjacencyGraph(join(place, file))
    const row = table.find((known) => known.file === file)
    const k = row ? Number(row.k) : PARTS
    const mean = graph.weight.reduce((sum, weight) => sum + weight, 0) / k
    if (!row) say(`${file} is not in best_known.csv: divided into ${k} parts within ${100 * TOLERANCE} % of their mean`)
    return {
      name: file.replace('.json.gz', ''),
      graph,
      k,
      lower: row ? Number(row.lower) : mean * (1 - TOLERANCE),
      upper: row ? Number(row.upper) : mean * (1 + TOLERANCE),
      bestKnown: row?.best_cut_edges ? Number(row.best_cut_edges) : null,
      bound: row?.bound ? Math.round(1e6 * Number(row.bound)) / 1e6 : null,
    }
  })
}

/** One part number a line, in the order of the nodes. */
function writePlan(folder: string, name: string, label: Int32Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.fewest-cuts.plan.txt`), `${label.join('\n')}\n`, { flag: 'wx' })
}
