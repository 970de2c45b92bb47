import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { proveMedians } from '@/algorithms/siting/prove-medians'
import { costsOfTable } from '@/algorithms/siting/site-costs'
import { swapSites } from '@/algorithms/siting/swap-sites'
import { benchRow, type BenchContext, type Row } from './row'
import { benchStreet } from './siting-street-harness'

const SHARED = '../shared/data'
const SECONDS = 120
const SEED = 1
const PATIENCE = 300

interface Network {
  readonly nodes: number
  readonly medians: number
  /** Metres by pair of nodes, row by row; Infinity where no edge joins them. */
  readonly edge: Float64Array
}

/** Siting on the demo street, then p-medians of which the best is published. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...await benchStreet(context), ...benchMedians(context)]
}

/**
 * p-median on the networks of the OR-Library (Beasley 1985): `value` the sum of ways to the nearest median, `bound` what is proved,
 * `ms` of swaps and proof together, the table of ways not counted; `size` nodes. Every choice is counted anew along the edges.
 */
function benchMedians({ instancesDir, secondsPerInstance, plansDir, say }: BenchContext): Row[] {
  const place = join(instancesDir ?? SHARED, 'pmedian')
  const list = join(place, 'optima.csv')
  if (!existsSync(list)) {
    say(`no p-median instances (NAME.txt.gz, optima.csv with instance,optimum) in ${place}`)
    return []
  }
  const rows: Row[] = []
  for (const line of readFileSync(list, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [name, optimum] = line.split(',')
    const network = readNetwork(join(place, `${name}.txt.gz`))
    const way = allWays(network)
    const costs = costsOfTable(network.nodes, network.nodes, (a, b) => way[a * network.nodes + b], () => 0)
    const kept = new Uint8Array(network.nodes)
    const begun = performance.now()
    const isStopped = () => performance.now() - begun > 1000 * (secondsPerInstance ?? SECONDS)
    const first = swapSites(costs, network.medians, kept, { seed: SEED, patience: PATIENCE, isStopped })
    const firstMs = performance.now() - begun
    const proved = proveMedians(costs, network.medians, kept, first, { isWhole: true, isStopped })
    const ms = performance.now() - begun
    check(name, network, proved.open, proved.cost)
    say(`${name}: ${first.cost} by swaps in ${firstMs.toFixed(0)} ms; ${proved.cost} ${proved.isOptimal ? 'proved' : `above ${proved.bound.toFixed(2)}`}, ${proved.nodes} nodes`)
    rows.push(benchRow({
      suite: 'siting', instance: name, size: network.nodes, value: proved.cost, bestKnown: Number(optimum), bound: proved.bound,
      gapPct: (100 * (proved.cost - proved.bound)) / proved.bound, ms, peer: 'published optimum', peerValue: Number(optimum), ratio: proved.cost / Number(optimum),
    }))
    if (plansDir) {
      mkdirSync(plansDir, { recursive: true })
      writeFileSync(join(plansDir, `${name}.plan.txt`), `${[...proved.open.keys()].filter((k) => proved.open[k] === 1).map((k) => k + 1).join('\n')}\n`, { flag: 'wx' })
    }
  }
  return rows
}

/** `n m p`, then `u v cost` from 1, either way; of edges named twice the last counts. */
function readNetwork(file: string): Network {
  const [nodes, edges, medians, ...numbers] = gunzipSync(readFileSync(file)).toString().trim().split(/\s+/).map(Number)
  if (numbers.length !== 3 * edges) throw new Error(`${file}: ${edges} edges expected, ${numbers.length / 3} found`)
  const edge = new Float64Array(nodes * nodes).fill(Infinity)
  for (let k = 0; k < numbers.length; k += 3) {
    const [u, v] = [numbers[k] - 1, numbers[k + 1] - 1]
    edge[u * nodes + v] = edge[v * nodes + u] = numbers[k + 2]
  }
  return { nodes, medians, edge }
}

/** Shortest ways between all nodes (Floyd 1962). */
function allWays({ nodes, edge }: Network): Float64Array {
  const way = edge.slice()
  for (let k = 0; k < nodes; k++) way[k * nodes + k] = 0
  for (let k = 0; k < nodes; k++) {
    for (let i = 0; i < nodes; i++) {
      const half = way[i * nodes + k]
      if (half === Infinity) continue
      for (let j = 0; j < nodes; j++) if (half + way[k * nodes + j] < way[i * nodes + j]) way[i * nodes + j] = half + way[k * nodes + j]
    }
  }
  return way
}

/** The sum of ways to the nearest open node, edge by edge from all of them at once (Bellman and Ford). */
function check(name: string, { nodes, medians, edge }: Network, open: Uint8Array, cost: number): void {
  const away = Float64Array.from(open, (is) => (is === 1 ? 0 : Infinity))
  for (let changed = true; changed; ) {
    changed = false
    for (let i = 0; i < nodes; i++) {
      for (let j = 0; j < nodes; j++) {
        if (away[i] + edge[i * nodes + j] >= away[j]) continue
        away[j] = away[i] + edge[i * nodes + j]
        changed = true
      }
    }
  }
  const sum = away.reduce((total, metres) => total + metres, 0)
  const opened = open.reduce((total, is) => total + is, 0)
  if (sum !== cost || opened !== medians) throw new Error(`${name}: ${cost} with ${medians} medians said, ${sum} with ${opened} counted`)
}
