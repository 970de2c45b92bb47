import { findCells, sumByCell, tableCells } from '@/algorithms/density/cell-table'
import { naturalBounds, quantileBounds } from '@/algorithms/density/class-bounds'
import { ratesPerThousand, standardizeRates } from '@/algorithms/density/expected-rates'
import { findHotSpots, type HotSpotTest } from '@/algorithms/density/find-hot-spots'
import { holdOut, FORECASTS } from '@/algorithms/density/hold-out'
import { neighboursWithin } from '@/algorithms/density/neighbours'
import { rasterKernel, readKernel } from '@/algorithms/density/raster-kernel'
import { lixelEnds, splitKernel } from '@/algorithms/density/split-kernel'
import { trendClasses, weeklyTrend } from '@/algorithms/density/trend-classes'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import { JobError, type JobControl } from '@/jobs/job'
import type { HeldOut, Hotspots, HotspotsInput, StreetDensity } from './hotspots-model'

const WEEK_S = 7 * 86_400
/** An issue farther than this from any street lies along none, metres. */
const MOST_ACCESS_M = 100
/** Fewer weeks have no trend. */
const LEAST_WEEKS = 4

/** Heat of a scope and period: counts, rates, hot spots, trend, density in the plane and along streets, forecasts tried. */
export function hotspotsJob(input: HotspotsInput, { onProgress, signal }: JobControl): Hotspots {
  const begin = (share: number, pass: string) => {
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
    onProgress(share, pass)
  }
  begin(0, 'permutations')
  const { reportedS, fromS, toS } = input
  const isIn = (k: number) => reportedS[k] >= fromS && reportedS[k] < toS
  const xyM = input.xyM.filter((_, k) => isIn(k >> 1))
  const atS = reportedS.filter((_, k) => isIn(k))
  const { table, cellOf: [groundCell, cellOf] } = tableCells(input.lattice, [input.groundXYM, xyM])
  const count = table.row.length
  const neighbours = neighboursWithin(table.centreXYM, input.reachM)
  const test: HotSpotTest = {
    runs: input.permutations,
    furtherRuns: input.furtherPermutations,
    seed: input.seed,
    correction: input.correction,
    level: input.level,
  }
  const households = sumByCell(count, groundCell, input.households)
  const valuesOf = (counts: Float64Array) => (input.value === 'rates' ? standardizeRates(counts, households) : counts)
  const countsIn = (firstS: number, endS: number) => sumByCell(count, cellOf.map((cell, k) => (atS[k] >= firstS && atS[k] < endS ? cell : -1)))

  const counts = sumByCell(count, cellOf)
  const whole = findHotSpots(valuesOf(counts), neighbours, test, {
    onProgress: (share) => onProgress(0.4 * share, 'permutations'),
    signal,
  })

  begin(0.4, 'trend')
  const weeks = Math.floor((toS - fromS) / WEEK_S)
  const recentWeeks = Math.max(1, Math.round(weeks / 4))
  let trend: Uint8Array = new Uint8Array(count)
  let trendZ: Float64Array = new Float64Array(count)
  if (weeks >= LEAST_WEEKS) {
    // Weeks are counted back from the end, so that the last is whole; what is left over at the beginning is no week.
    const weekly = Array.from({ length: weeks }, (_, week) => valuesOf(countsIn(toS - (weeks - week) * WEEK_S, toS - (weeks - week - 1) * WEEK_S)))
    const turnS = toS - recentWeeks * WEEK_S
    const hotIn = (firstS: number, endS: number) => findHotSpots(valuesOf(countsIn(firstS, endS)), neighbours, test).hot
    trendZ = weeklyTrend(weekly, neighbours)
    trend = trendClasses({ whole: whole.hot, before: hotIn(fromS, turnS), recent: hotIn(turnS, toS) }, trendZ)
  }

  begin(0.7, 'density')
  const density = rasterKernel(xyM, input.kernelM, input.rasterPixels, input.groundXYM)
  const rates = ratesPerThousand(counts, households, input.maskBelow)

  begin(0.8, 'streets')
  const streets = input.streets && alongStreets(input, xyM)

  begin(0.9, 'held')
  const heldOut = tryForecasts(input, { xyM, atS, test })
  return {
    cells: {
      lattice: input.lattice,
      column: table.column,
      row: table.row,
      counts: Int32Array.from(counts),
      households,
      rates,
      z: whole.z,
      p: whole.p,
      q: whole.q,
      side: whole.side,
      hot: whole.hot,
      trend,
      trendZ,
    },
    cellOf: findCells(table, input.xyM).map((cell, k) => (isIn(k) ? cell : -1)),
    weeks,
    recentWeeks,
    countBounds: naturalBounds(counts),
    rateBounds: naturalBounds(rates),
    density,
    densityBounds: quantileBounds(readKernel(density, table.centreXYM)),
    streets,
    streetBounds: quantileBounds(streets?.per100M ?? []),
    heldOut,
  }
}

function alongStreets({ streets, streetKernelM, lixelM }: HotspotsInput, xyM: Float64Array): StreetDensity {
  const graph = buildStreetGraph(streets!)
  const doors = snapDoors(graph, xyM, MOST_ACCESS_M)
  const lixels = splitKernel(graph, doors, streetKernelM, lixelM)
  return { endsXYM: lixelEnds(graph, lixels), per100M: Float32Array.from(lixels.perM, (perM) => 100 * perM), offStreets: doors.refused.length }
}

type Period = Pick<Parameters<typeof holdOut>[0], 'xyM' | 'atS' | 'test'>

function tryForecasts({ heldOutWeeks, toS, fromS, lattice, reachM, groundXYM, kernelM, rasterPixels }: HotspotsInput, period: Period): HeldOut | null {
  const splitS = toS - heldOutWeeks * WEEK_S
  if (heldOutWeeks === 0 || splitS - fromS < LEAST_WEEKS * WEEK_S) return null
  const tried = holdOut({ ...period, lattice, reachM, groundXYM, splitS, kernelM, rasterPixels })
  if (!tried) return null
  return {
    weeks: heldOutWeeks,
    issues: tried.later,
    areaShare: tried.areaShare,
    scores: FORECASTS.map((forecast) => {
      const { named, hits, pai, pei } = tried.scores[forecast]
      return { forecast, cells: named, hits, pai, pei }
    }),
  }
}
