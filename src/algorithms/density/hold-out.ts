import { sumByCell, type CellTable } from './cell-table'
import { findHotSpots, type HotSpotTest } from './find-hot-spots'
import type { Neighbours } from './neighbours'
import { rasterKernel, readKernel } from './raster-kernel'
import { scoreForecast, topPlaces, type ForecastHits } from './score-forecast'

/** Ways to say beforehand where matters will be, all from the same past and naming as many cells. */
export const FORECASTS = ['hotspots', 'density', 'counts'] as const
export type Forecast = (typeof FORECASTS)[number]

export interface HoldOutTask {
  readonly table: CellTable
  readonly neighbours: Neighbours
  /** x, y by matter, metres; its cell, −1 for one that is passed over; its time, seconds. */
  readonly xyM: Float64Array
  readonly cellOf: Int32Array
  readonly atS: Float64Array
  /** From here on matters are held out. */
  readonly splitS: number
  readonly test: HotSpotTest
  /** Bandwidth and pixels of plain density. */
  readonly kernelM: number
  readonly rasterPixels: number
}

export interface HoldOutScores {
  /** Matters held out. */
  readonly later: number
  /** Share of all cells that were named. */
  readonly areaShare: number
  readonly scores: Readonly<Record<Forecast, ForecastHits>>
}

/**
 * Hot cells of a past, tried on what came after; beside them as many cells with the highest density and with the highest
 * counts. Hot cells are named by z, highest first.
 *
 * @returns null where nothing was hot or nothing came after
 * Complexity: that of `findHotSpots` and `rasterKernel`.
 */
export function holdOut({ table, neighbours, xyM, cellOf, atS, splitS, test, kernelM, rasterPixels }: HoldOutTask): HoldOutScores | null {
  const count = table.row.length
  const before = sumByCell(count, cellOf.map((cell, k) => (atS[k] < splitS ? cell : -1)))
  const later = sumByCell(count, cellOf.map((cell, k) => (atS[k] >= splitS ? cell : -1)))
  const { hot, z } = findHotSpots(before, neighbours, test)
  const named = hot.reduce((sum, kind) => sum + Number(kind === 1), 0)
  const all = later.reduce((sum, found) => sum + found, 0)
  if (named === 0 || all === 0) return null
  const past = xyM.filter((_, k) => cellOf[k >> 1] >= 0 && atS[k >> 1] < splitS)
  const density = readKernel(rasterKernel(past, kernelM, rasterPixels), table.centreXYM)
  const score = (values: ArrayLike<number>) => scoreForecast(topPlaces(values, named), later)
  return {
    later: all,
    areaShare: named / count,
    scores: { hotspots: score(z.map((one, k) => (hot[k] === 1 ? one : -Infinity))), density: score(density), counts: score(before) },
  }
}
