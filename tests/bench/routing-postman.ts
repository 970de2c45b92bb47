import { pairOddNodes, costOfPairs } from '@/algorithms/arc-routing/pair-odd-nodes'
import { oddPlaces } from '@/algorithms/arc-routing/postman-ground'
import { solvePostman } from '@/algorithms/arc-routing/solve-postman'
import { createWaySearch } from '@/algorithms/arc-routing/vertex-distances'
import { judgePostmanTour, readPostmanInstances, type PostmanInstance } from '../helpers/postman-instances'
import { timed } from './processor-time-harness'
import { benchRow, type BenchContext, type Row } from './row'
import { findNetworkx, pairByNetworkx } from './routing-peer'

const SHARED = '../shared/data'
const SEED = 1
/** Trials of a change for each second that may be spent; six seconds where nothing is said. */
const TRIALS_PER_SECOND = 1_000_000
const SECONDS = 6
/** Odd nodes up to which networkx is waited for, and times our own pairing is measured. */
const PEER_NODES = 400
const RUNS = 5

/**
 * The undirected rural postman: `value` the tour as judged edge by edge, `bestKnown` and `bound` the proved optimum, `peer` the tour
 * of a spanning tree and pairs alone, `ratio` of our cost to its. Pairs of odd nodes: `value` their sum, `peer` networkx in the same
 * run, `ratio` of times; a sum that differs ends the bench.
 */
export default async function bench({ instancesDir, secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const instances = readPostmanInstances(instancesDir ?? SHARED)
  if (instances.length === 0) {
    say(`no rural postman instances (optima.csv and the files it names) in ${instancesDir ?? SHARED}`)
    return []
  }
  const trials = Math.round(TRIALS_PER_SECOND * (secondsPerInstance ?? SECONDS))
  const rows = instances.map((instance) => postmanRow(instance, trials, say))
  const gaps = rows.flatMap(({ gapPct }) => (gapPct === null ? [] : [gapPct]))
  const gapPct = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  say(`rural postman: ${gapPct.toFixed(3)} % above the optima on average of ${gaps.length}, at most ${Math.max(...gaps).toFixed(3)} %`)
  const mean = benchRow({ suite: 'routing', instance: 'UR, mean', size: gaps.length, gapPct, ms: rows.reduce((sum, { ms }) => sum + (ms ?? 0), 0) / rows.length })
  return [...rows, mean, ...pairRows(instances, say)]
}

function postmanRow(instance: PostmanInstance, trials: number, say: BenchContext['say']): Row {
  const { name, graph, required, optimum } = instance
  const plain = timed(() => solvePostman(graph, required, { seed: SEED, trials: 0 }))
  const { value: tour, ms } = timed(() => solvePostman(graph, required, { seed: SEED, trials }))
  const value = judgePostmanTour(instance, tour)
  if (Math.abs(value - tour.cost) > 1e-6 * value) throw new Error(`${name}: the tour says it costs ${tour.cost}; walked anew ${value}`)
  const bound = Math.max(tour.bound, optimum ?? 0)
  if (value < bound - 1e-6) throw new Error(`${name}: ${value} is below the proved bound ${bound}`)
  const peerValue = judgePostmanTour(instance, plain.value)
  say(`${name}: ${value}, ${(100 * (value / bound - 1)).toFixed(3)} % above the optimum, ${(100 * (value / tour.bound - 1)).toFixed(3)} % above our own bound; ${(ms / 1000).toFixed(1)} s`)
  return benchRow({
    suite: 'routing', instance: name, size: required.length, value, bestKnown: optimum, bound, gapPct: 100 * (value / bound - 1), ms,
    peer: 'tree and pairs', peerValue, peerMs: plain.ms, ratio: value / peerValue,
  })
}

/** Odd nodes of the instances that are of different size, paired. */
function pairRows(instances: readonly PostmanInstance[], say: BenchContext['say']): Row[] {
  const python = findNetworkx(say)
  return instances.filter((_, k) => k % 6 === 0 || k % 6 === 3).map(({ name, graph, required }) => {
    const ends = [graph.from, graph.to].map((column) => Array.from(required, (edge) => column[edge]))
    const odd = oddPlaces(graph.vertexCount, ...ends)
    const cost = createWaySearch(graph).tableBetween(Int32Array.from(odd))
    const runs = Array.from({ length: RUNS }, () => timed(() => pairOddNodes(odd.length, cost)))
    const { value: mate } = runs[0]
    if (!mate) throw new Error(`${name}: expected every odd node paired`)
    const value = costOfPairs(mate, cost)
    const ms = runs.map((run) => run.ms).sort((a, b) => a - b)[RUNS >> 1]
    const row = { suite: 'routing', instance: `${name}, pairs of odd nodes`, size: odd.length, value, ms }
    if (!python || odd.length > PEER_NODES) return benchRow(row)
    const theirs = pairByNetworkx(python, odd.length, cost)
    if (theirs.sum !== value) throw new Error(`${name}: pairs cost ${value}, by networkx ${theirs.sum}`)
    return benchRow({ ...row, bound: theirs.sum, gapPct: 0, peer: theirs.by, peerValue: theirs.sum, peerMs: theirs.ms, ratio: ms / theirs.ms })
  })
}
