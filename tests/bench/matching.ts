import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { cleanTrack, CLEAN_SETTINGS, type CleanSettings } from '@/algorithms/tracks/clean-track'
import { coverStretch, LEAST_CONFIDENCE, sumByArea, uniteParts, type CoveredParts } from '@/algorithms/tracks/covered-length'
import { MATCH_SETTINGS, type MatchSettings } from '@/algorithms/tracks/match-settings'
import { createTrackMatcher, type TrackMatcher } from '@/algorithms/tracks/match-track'
import type { WalkedPart } from '@/algorithms/tracks/track-match'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'
import { laneGrid, randomWalk, standStill, type Walk } from './matching-instances'
import { bufferShares, nearestShares } from './matching-peer'
import { hasTraces, readTraces } from './matching-traces-instances'
import { benchRow, type BenchContext, type Row } from './row'

const SUITE = 'matching'
const SHARED = '../shared/data/tracks'

/** Blocks, pace and correlation under which buffers and the nearest street fare as published; see the lines printed. */
const [COLUMNS, ROWS] = [4, 8]
const PACE = { stepM: 4, stepS: 3 }
const CORRELATION = 0.94
const FIXES = 700
const WALKS = 8
/** Settings were chosen on other sequences (5000 …). */
const SEQUENCES = Array.from({ length: 12 }, (_, k) => 1 + 100 * k)

/** Precision and recall as published, by noise. */
const PUBLISHED = [
  { sigmaM: 4, buffer15: [0.956, 1], buffer25: [0.879, 1], nearest: [1, 0.956], matching: [1, 0.996] },
  { sigmaM: 8, buffer15: [0.934, 0.966], buffer25: [0.769, 1], nearest: [0.99, 0.782], matching: [0.996, 0.996] },
  { sigmaM: 12, buffer15: [0.888, 0.892], buffer25: [0.734, 0.998], nearest: [0.954, 0.671], matching: [0.966, 0.973] },
  { sigmaM: 16, buffer15: [0.857, 0.84], buffer25: [0.738, 0.99], nearest: [0.903, 0.599], matching: [0.933, 0.928] },
] as const
const METHODS = ['buffer15', 'buffer25', 'nearest', 'matching'] as const
type Method = (typeof METHODS)[number]
/** An edge counts as covered from this share of its length on. */
const LEAST_SHARE: Readonly<Record<Method, number>> = { buffer15: 0.8, buffer25: 0.8, nearest: 0.6, matching: 0.6 }

/** Vehicles, a minute between fixes: nothing is too fast, nobody stands, ways are long and seldom straight. */
const DRIVEN: CleanSettings = { ...CLEAN_SETTINGS, mostSpeedMS: 60, gapMs: Infinity, gapM: Infinity, stopMs: Infinity, thinM: 1 }
const DRIVEN_MATCH: MatchSettings = { ...MATCH_SETTINGS, detourM: 30, turnCost: 4, offSigmas: 6, offCost: 20, noiseWayM: 1, mostCandidates: 16 }

/** Tracks on streets: lanes with noise, beside buffers and the nearest street; people who stand; traces matched by hand. */
export default async function bench({ instancesDir, say }: BenchContext): Promise<Row[]> {
  const graph = laneGrid(COLUMNS, ROWS)
  say(`lanes 35 m apart, cross streets every 100 m, ${COLUMNS} × ${ROWS} blocks; ${SEQUENCES.length} sequences of ${WALKS} walks of ${FIXES} fixes, `
    + `one each ${PACE.stepM} m; errors of neighbours correlated by ${CORRELATION}`)
  say(`covered: 80 % of an edge for buffers, 60 % for the others; matched with confidence ≥ ${LEAST_CONFIDENCE}; the spread of fixes is not told`)
  const rows = [...PUBLISHED.flatMap((published) => laneRows(graph, published, say)), ...lengthRows(graph)]
  const folder = [instancesDir, instancesDir && join(instancesDir, 'tracks'), SHARED].find((path) => path && existsSync(path) && hasTraces(path))
  if (!folder) {
    say(`no traces of Beijing in ${instancesDir ?? SHARED}`)
    return rows
  }
  return [...rows, ...traceRows(folder, say)]
}

/** Covered parts of edges, walks of little confidence left out. */
function coveredOf(graph: StreetGraph, walked: readonly WalkedPart[]): CoveredParts {
  const sure = walked.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
  return uniteParts(graph.edgeLengthM.length, {
    line: sure.map(({ edge }) => edge),
    fromM: sure.map(({ fromM, toM }) => Math.min(fromM, toM)),
    toM: sure.map(({ fromM, toM }) => Math.max(fromM, toM)),
    at: sure.map(({ toMs }) => toMs),
  })
}

const sharesOf = (graph: StreetGraph, covered: CoveredParts): Float64Array =>
  graph.edgeLengthM.map((lengthM, edge) => coverStretch(covered, edge, 0, lengthM).coveredM / lengthM)

interface Tally {
  hit: number
  wrong: number
  lost: number
}

const precisionOf = ({ hit, wrong }: Tally): number => hit / (hit + wrong)
const recallOf = ({ hit, lost }: Tally): number => hit / (hit + lost)

/** `value` precision, `bestKnown` as published; `peerValue` recall, `bound` as published; all sequences together. */
function laneRows(graph: StreetGraph, published: (typeof PUBLISHED)[number], say: BenchContext['say']): Row[] {
  const { sigmaM } = published
  const matcher = createTrackMatcher(graph)
  const tallies = Object.fromEntries(METHODS.map((method) => [method, SEQUENCES.map((): Tally => ({ hit: 0, wrong: 0, lost: 0 }))])) as Record<Method, Tally[]>
  let [ms, fixes] = [0, 0]
  SEQUENCES.forEach((seed, sequence) => {
    for (let k = 0; k < WALKS; k++) {
      const walk = randomWalk(graph, FIXES, PACE, { sigmaM, correlation: CORRELATION }, seed + k)
      const begun = performance.now()
      const { walked } = matcher.match(cleanTrack(walk.fixes))
      ms += performance.now() - begun
      fixes += walk.fixes.atMs.length
      tally(tallies.matching[sequence], sharesOf(graph, coveredOf(graph, walked)), LEAST_SHARE.matching, walk)
      tally(tallies.buffer15[sequence], bufferShares(graph, walk.fixes.xyM, 15), LEAST_SHARE.buffer15, walk)
      tally(tallies.buffer25[sequence], bufferShares(graph, walk.fixes.xyM, 25), LEAST_SHARE.buffer25, walk)
      tally(tallies.nearest[sequence], nearestShares(graph, walk.fixes.xyM), LEAST_SHARE.nearest, walk)
    }
  })
  const spread = (numbers: readonly number[]): string => `${Math.min(...numbers).toFixed(3)} … ${Math.max(...numbers).toFixed(3)}`
  say(`σ ${sigmaM} m, hidden Markov by sequence: precision ${spread(tallies.matching.map(precisionOf))}, recall ${spread(tallies.matching.map(recallOf))}`)
  const words = { buffer15: 'buffer 15 m', buffer25: 'buffer 25 m', nearest: 'nearest street', matching: 'hidden Markov' }
  return METHODS.map((method) => {
    const all = tallies[method].reduce((sum, one) => ({ hit: sum.hit + one.hit, wrong: sum.wrong + one.wrong, lost: sum.lost + one.lost }))
    const [precision, recall] = published[method]
    return benchRow({
      suite: SUITE, instance: `σ ${sigmaM} m: precision, recall of ${words[method]}`, size: fixes, value: precisionOf(all), bestKnown: precision,
      peer: 'recall', peerValue: recallOf(all), bound: recall, ...(method === 'matching' && { ms: (1000 * ms) / fixes }),
    })
  })
}

function tally(sums: Tally, shares: Float64Array, leastShare: number, { isWalked }: Walk): void {
  shares.forEach((share, edge) => {
    if (share >= leastShare) sums[isWalked[edge] === 1 ? 'hit' : 'wrong']++
    else if (isWalked[edge] === 1) sums.lost++
  })
}

/** What must hold to the metre, or the bench ends. */
function lengthRows(graph: StreetGraph): Row[] {
  const matcher = createTrackMatcher(graph)
  const walkedM = (track: TrackFixes): number => matcher.match(cleanTrack(track)).walked.reduce((sum, { fromM, toM }) => sum + Math.abs(toM - fromM), 0)
  let [standingM, standing] = [0, 0]
  for (const { sigmaM } of PUBLISHED) {
    for (const seed of SEQUENCES) {
      standingM += walkedM(standStill(150, 70, 600, PACE.stepS, { sigmaM, correlation: CORRELATION }, seed))
      standing++
    }
  }
  const { fixes } = randomWalk(graph, FIXES, PACE, { sigmaM: 8, correlation: CORRELATION }, SEQUENCES[0])
  const total = (covered: CoveredParts): number => graph.edgeLengthM.reduce((sum, lengthM, edge) => sum + coverStretch(covered, edge, 0, lengthM).coveredM, 0)
  const { walked } = matcher.match(cleanTrack(fixes))
  const once = coveredOf(graph, walked)
  const twice = total(coveredOf(graph, [...walked, ...walked]))
  // Edges shared out among sixteen areas at places of their own.
  const areas = { line: [] as number[], fromM: [] as number[], toM: [] as number[], area: [] as number[] }
  graph.edgeLengthM.forEach((lengthM, edge) => {
    for (const [fromM, toM, area] of [[0, lengthM / 3, edge % 16], [lengthM / 3, lengthM, (7 * edge + 3) % 16]]) {
      areas.line.push(edge)
      areas.fromM.push(fromM)
      areas.toM.push(toM)
      areas.area.push(area)
    }
  })
  const byArea = sumByArea(once, areas, 16).coveredM.reduce((sum, metres) => sum + metres, 0)
  const check = (instance: string, size: number, value: number, wanted: number): Row => {
    if (!(Math.abs(value - wanted) <= 1e-6)) throw new Error(`${instance}: expected ${wanted}, got ${value}`)
    return benchRow({ suite: SUITE, instance, size, value, bestKnown: wanted })
  }
  return [
    check('metres walked while standing half an hour', standing, standingM, 0),
    check('metres covered by a walk taken twice', fixes.atMs.length, twice, total(once)),
    check('metres covered, sum over areas', 16, byArea, total(once)),
  ]
}

/** `value` the share of edges matched by hand that were found, `peerValue` the share of found ones that are among them. */
function traceRows(folder: string, say: BenchContext['say']): Row[] {
  const { graph, traces, selfLoops, negativeLengths } = readTraces(folder)
  say(`Beijing: ${graph.edgeLengthM.length} edges after ${selfLoops} self loops and ${negativeLengths} negative lengths were cleaned, ${traces.length} traces`)
  const matcher: TrackMatcher = createTrackMatcher(graph, DRIVEN_MATCH)
  let [ms, fixes, byHand, found, both, byHandM, bothM, foundM] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (const trace of traces) {
    const begun = performance.now()
    const { walked } = matcher.match(cleanTrack(trace.fixes, DRIVEN))
    ms += performance.now() - begun
    fixes += trace.fixes.atMs.length
    const edges = new Set(walked.map(({ edge }) => edge))
    byHand += trace.edges.size
    found += edges.size
    for (const edge of trace.edges) byHandM += graph.edgeLengthM[edge]
    for (const edge of edges) {
      foundM += graph.edgeLengthM[edge]
      if (!trace.edges.has(edge)) continue
      both++
      bothM += graph.edgeLengthM[edge]
    }
  }
  const row = (instance: string, size: number, recall: number, precision: number): Row =>
    benchRow({ suite: SUITE, instance, size, value: recall, peer: 'precision', peerValue: precision, ms: (1000 * ms) / fixes })
  return [
    row('Beijing: edges matched by hand found, by number', byHand, both / byHand, both / found),
    row('Beijing: the same by length', Math.round(byHandM), bothM / byHandM, bothM / foundM),
  ]
}
