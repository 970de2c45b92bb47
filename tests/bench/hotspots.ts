import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sumByCell, tableCells } from '@/algorithms/density/cell-table'
import { classOf, naturalBounds } from '@/algorithms/density/class-bounds'
import { adjustDiscoveries } from '@/algorithms/density/false-discovery'
import { findHotSpots, type HotSpotTest } from '@/algorithms/density/find-hot-spots'
import { FORECASTS, holdOut } from '@/algorithms/density/hold-out'
import type { Lattice } from '@/algorithms/density/lattice'
import { GI_STAR, localGi } from '@/algorithms/density/local-gi'
import { MovingCounts } from '@/algorithms/density/moving-counts'
import { neighboursWithin } from '@/algorithms/density/neighbours'
import { permuteGi } from '@/algorithms/density/permute-gi'
import { rasterKernel } from '@/algorithms/density/raster-kernel'
import { hasReflectance, readReflectance } from '../helpers/published-gi'
import { hasServiceRequests, readServiceRequests, type ServiceRequests } from '../helpers/service-requests'
import { solveByPython } from './hotspots-peer'
import { benchRow, type BenchContext, type Row } from './row'

const SHARED = '../shared/data'
const SUITE = 'hotspots'
const RUNS = 999
const FURTHER = 99_000
const SIDE_M = 100
/** Of a cell's neighbours two rings: 18. */
const REACH_M = 350
/** Bandwidth of the map's density, and of density as a forecast of cells. */
const MAP_KERNEL_M = 150
const FORECAST_KERNEL_M = 400
/** Longer side of a screen. */
const PIXELS = 1440
const DAY_S = 86_400
const LATTICE: Lattice = { shape: 'hexagon', sideM: SIDE_M, anchorXM: 0, anchorYM: 0 }
const TEST: HotSpotTest = { runs: RUNS, furtherRuns: 0, seed: 1, correction: 'benjamini-hochberg', level: 0.05 }

/** Getis and Ord (1992) at cell (210, 210), as printed. */
const GI_PRINTED = [[30, 1.221979], [60, 1.748098], [90, 1.986135], [120, 1.893374], [150, 1.237454]] as const
const GI_STAR_PRINTED = 1.447943
const PYSAL = {
  xyM: Float64Array.of(10, 10, 20, 10, 40, 10, 15, 20, 30, 20, 30, 30),
  values: [2, 3, 3.2, 5, 8, 7],
  giStar: [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
}

/** Hot spots: published values, a year of requests to a city beside Python's packages, forecasts of weeks held out. */
export default async function bench({ instancesDir, say }: BenchContext): Promise<Row[]> {
  const home = instancesDir ?? SHARED
  const folder = existsSync(join(home, 'requests')) ? join(home, 'requests') : home
  const rows = publishedRows(folder, say)
  if (!hasServiceRequests(folder)) {
    say(`no requests (boston311_2015.csv.gz) in ${folder}`)
    return rows
  }
  const requests = readServiceRequests(folder)
  return [...rows, ...requestRows(requests, say), ...sliderRows(requests), ...forecastRows(requests, say)]
}

/** `value` ours, `bestKnown` as published; or `value` the farthest from published of all. Farther than 1e-6 ends the bench. */
function publishedRows(folder: string, say: BenchContext['say']): Row[] {
  const rows: Row[] = []
  const compare = (instance: string, value: number, bestKnown: number) => {
    if (!(Math.abs(value - bestKnown) <= 1e-6)) throw new Error(`${instance}: expected ${bestKnown}, got ${value}`)
    rows.push(benchRow({ suite: SUITE, instance, size: 256, value, bestKnown }))
  }
  const compareAll = (instance: string, values: Float64Array, known: ArrayLike<number>) => {
    const farthest = values.reduce((most, value, k) => Math.max(most, Math.abs(value - known[k])), 0)
    if (!(farthest <= 1e-6)) throw new Error(`${instance}: farthest from published ${farthest}`)
    rows.push(benchRow({ suite: SUITE, instance, size: values.length, value: farthest, bestKnown: 0 }))
  }
  const near = neighboursWithin(PYSAL.xyM, 15)
  compareAll('Gi* of PySAL, farthest of 6', localGi(PYSAL.values, near, GI_STAR), PYSAL.giStar)
  if (!hasReflectance(folder)) {
    say(`no reflectances of Getis and Ord in ${folder}`)
    return rows
  }
  const { xyM, values, gi30, giStar30 } = readReflectance(folder)
  const at = values.findIndex((_, k) => xyM[2 * k] === 210 && xyM[2 * k + 1] === 210)
  const gi = (reachM: number) => localGi(values, neighboursWithin(xyM, reachM), { star: false, variance: 'n' })
  for (const [reachM, printed] of GI_PRINTED) compare(`Gi ${reachM} m at (210, 210)`, gi(reachM)[at], printed)
  const within30 = neighboursWithin(xyM, 30)
  compare('Gi* 30 m, variance over n − 1', localGi(values, within30, { star: true, variance: 'n - 1' })[at], GI_STAR_PRINTED)
  compareAll('Gi 30 m, farthest of all cells', gi(30), gi30)
  compareAll('Gi* 30 m, farthest of all cells', localGi(values, within30, GI_STAR), giStar30)
  return rows
}

/** Middle time of five, and the result. */
function timed<T>(work: () => T): { result: T; ms: number } {
  const times: number[] = []
  let result = work()
  for (let k = 0; k < 5; k++) {
    const begun = performance.now()
    result = work()
    times.push(performance.now() - begun)
  }
  return { result, ms: times.sort((a, b) => a - b)[2] }
}

/** Passes over all requests: `value` what came out, `peerValue` the same of the peer, `ratio` of times. */
function requestRows({ xyM }: ServiceRequests, say: BenchContext['say']): Row[] {
  const requests = xyM.length / 2
  const { result: { table, cellOf: [cellOf] }, ms: tableMs } = timed(() => tableCells(LATTICE, [xyM]))
  const cells = table.row.length
  const { result: counts, ms: countMs } = timed(() => sumByCell(cells, cellOf))
  const { result: near, ms: nearMs } = timed(() => neighboursWithin(table.centreXYM, REACH_M))
  const { result: z, ms: zMs } = timed(() => localGi(counts, near, GI_STAR))
  const { result: { p, side }, ms: permuteMs } = timed(() => permuteGi(counts, near, TEST))
  const { result: q, ms: adjustMs } = timed(() => adjustDiscoveries(p, TEST.correction))
  const { result: raster, ms: rasterMs } = timed(() => rasterKernel(xyM, MAP_KERNEL_M, PIXELS))
  const refined = timed(() => findHotSpots(counts, near, { ...TEST, furtherRuns: FURTHER, correction: 'benjamini-yekutieli' }))
  const peer = solveByPython({ centreXYM: table.centreXYM, counts, reachM: REACH_M, permutations: RUNS, pointsXYM: xyM, kernelM: MAP_KERNEL_M, raster }, say)
  say(`${requests} requests, ${cells} hexagons of ${SIDE_M} m, ${near.neighbour.length} neighbours within ${REACH_M} m; peer: ${peer?.by ?? 'none'}`)
  const hotOf = (adjusted: Float64Array, sides: ArrayLike<number>) => adjusted.filter((one, k) => one <= TEST.level && sides[k] > 0).length
  if (peer) {
    const farthest = (ours: ArrayLike<number>, theirs: ArrayLike<number>) => Array.from(ours).reduce((most, one, k) => Math.max(most, Math.abs(one - theirs[k])), 0)
    const highest = raster.perHa.reduce((most, one) => Math.max(most, one), 0)
    const differ = Array.from(q).filter((one, k) => one <= TEST.level !== peer.q[k] <= TEST.level).length
    const sidesDiffer = side.filter((one, k) => q[k] <= TEST.level && peer.q[k] <= TEST.level && one !== peer.side[k]).length
    if (sidesDiffer > 0) throw new Error(`${sidesDiffer} cells are hot to one and cold to the other`)
    if (peer.neighbours !== near.neighbour.length) throw new Error(`the peer has ${peer.neighbours} neighbours, we ${near.neighbour.length}`)
    if (!(farthest(z, peer.z) <= 1e-6)) throw new Error(`Gi* differs from the peer's by ${farthest(z, peer.z)}`)
    if (!(farthest(raster.perHa, peer.density) <= 1e-5 * highest)) throw new Error(`density differs from the peer's by ${farthest(raster.perHa, peer.density)}`)
    say(`Gi* at most ${farthest(z, peer.z).toExponential(1)} from the peer's, density ${(farthest(raster.perHa, peer.density) / highest).toExponential(1)} of its highest; `
      + `p at most ${farthest(p, peer.p).toFixed(3)} (draws differ), ${differ} of ${cells} cells decided otherwise`)
  }
  const row = (instance: string, size: number, value: number, ms: number, peerValue?: number, peerMs?: number) =>
    benchRow({
      suite: SUITE, instance, size, value, ms,
      ...(peer && peerMs !== undefined && { peer: peer.by, peerValue: peerValue ?? null, peerMs, ratio: ms / peerMs }),
    })
  const peerMs = peer && peer.ms.neighbours + peer.ms.z + peer.ms.permutations + peer.ms.correction
  return [
    row('requests into hexagons: cells', requests, cells, tableMs + countMs),
    row('neighbours', cells, near.neighbour.length, nearMs, peer?.neighbours, peer?.ms.neighbours),
    row('Gi*: cells of z ≥ 1.96', cells, z.filter((one) => one >= 1.96).length, zMs, peer?.z.filter((one) => one >= 1.96).length, peer?.ms.z),
    row(`${RUNS} permutations: p ≤ 0.05`, cells, p.filter((one) => one <= 0.05).length, permuteMs, peer?.p.filter((one) => one <= 0.05).length, peer?.ms.permutations),
    row('false discoveries: hot cells', cells, hotOf(q, side), adjustMs, peer ? hotOf(peer.q, peer.side) : undefined, peer?.ms.correction),
    row('all of it, requests to hot cells', requests, hotOf(q, side), tableMs + countMs + nearMs + zMs + permuteMs + adjustMs, undefined, peerMs ?? undefined),
    row(`BY, ${FURTHER} draws more where rare: hot`, cells, refined.result.hot.filter((kind) => kind === 1).length, refined.ms),
    row(`density ${raster.width} × ${raster.height}: most a hectare`, requests, raster.perHa.reduce((most, one) => Math.max(most, one), 0), rasterMs,
      peer?.density.reduce((most, one) => Math.max(most, one), 0), peer?.ms.density),
  ]
}

/** `value` steps, `ms` the slowest of them: counts by cell of the new span and the class of every cell that changed. */
function sliderRows({ xyM, openedS }: ServiceRequests): Row[] {
  const { table, cellOf: [cellOf] } = tableCells(LATTICE, [xyM])
  const cells = table.row.length
  const [beginS, endS] = [openedS[0], openedS[openedS.length - 1]]
  const bounds = naturalBounds(sumByCell(cells, cellOf))
  const walk = (instance: string, stepS: number, spanOf: (toS: number) => number) => {
    const moving = new MovingCounts(cells, cellOf, openedS)
    const classes = new Int8Array(cells)
    let [slowest, steps] = [0, 0]
    for (let toS = beginS + stepS; toS <= endS; toS += stepS) {
      const begun = performance.now()
      for (const cell of moving.moveTo(spanOf(toS), toS)) classes[cell] = classOf(bounds, moving.counts[cell])
      slowest = Math.max(slowest, performance.now() - begun)
      steps++
    }
    return benchRow({ suite: SUITE, instance, size: openedS.length, value: steps, ms: slowest })
  }
  const moving = new MovingCounts(cells, cellOf, openedS)
  const begun = performance.now()
  moving.moveTo(beginS, endS + 1)
  const jumpMs = performance.now() - begun
  return [
    walk('slider: four weeks move by a day', DAY_S, (toS) => toS - 28 * DAY_S),
    walk('slider: cumulative by a week', 7 * DAY_S, () => beginS),
    benchRow({ suite: SUITE, instance: 'slider: from nothing to the year', size: openedS.length, value: 1, ms: jumpMs }),
  ]
}

/** Nine months against the three after, rare cells with further draws: `value` PAI, `peerValue` PEI*, `size` cells named, by each way the same number. */
function forecastRows(requests: ServiceRequests, say: BenchContext['say']): Row[] {
  const { xyM, openedS } = requests
  const splitS = Date.UTC(2015, 9, 1) / 1000
  const crowded = mostCommonPlace(xyM)
  const isCrowded = (k: number) => xyM[2 * k] === xyM[2 * crowded.at] && xyM[2 * k + 1] === xyM[2 * crowded.at + 1]
  say(`${crowded.count} requests share one position; forecasts with and without them`)
  return [false, true].flatMap((isWithout) => {
    const begun = performance.now()
    const isIn = (k: number) => !(isWithout && isCrowded(k))
    const tried = holdOut({
      lattice: LATTICE,
      reachM: REACH_M,
      groundXYM: new Float64Array(0),
      xyM: xyM.filter((_, k) => isIn(k >> 1)),
      atS: openedS.filter((_, k) => isIn(k)),
      splitS,
      test: { ...TEST, furtherRuns: FURTHER },
      kernelM: FORECAST_KERNEL_M,
      rasterPixels: PIXELS,
    })
    const ms = performance.now() - begun
    if (!tried) throw new Error('nothing was hot in nine months of requests')
    say(`${isWithout ? 'without that position' : 'all'}: ${tried.later} requests held out, ${(100 * tried.areaShare).toFixed(1)} % of ${tried.cells} cells with a past named`)
    return FORECASTS.map((forecast) => {
      const { named, hits, pai, pei } = tried.scores[forecast]
      say(`  ${forecast}: ${hits} hit (${((100 * hits) / tried.later).toFixed(1)} %), PAI ${pai.toFixed(3)}, PEI* ${pei.toFixed(3)}`)
      const words = { hotspots: 'hot cells', density: 'plain density', counts: 'plain counts' }[forecast]
      return benchRow({
        suite: SUITE, instance: `PAI of ${words}${isWithout ? ', without it' : ''}`, size: named, value: pai, ms,
        peer: 'PEI*', peerValue: pei,
      })
    })
  })
}

/** A position that more requests share than any other. */
function mostCommonPlace(xyM: Float64Array): { at: number; count: number } {
  const seen = new Map<string, { at: number; count: number }>()
  let most = { at: 0, count: 0 }
  for (let k = 0; k < xyM.length / 2; k++) {
    const key = `${xyM[2 * k]},${xyM[2 * k + 1]}`
    const place = seen.get(key) ?? { at: k, count: 0 }
    place.count++
    seen.set(key, place)
    if (place.count > most.count) most = place
  }
  return most
}
