import { findCells, sumByCell, tableCells } from './cell-table'
import { findHotSpots, type HotSpotTest } from './find-hot-spots'
import type { Lattice } from './lattice'
import { neighboursWithin } from './neighbours'
import { rasterKernel, readKernel } from './raster-kernel'
import { scoreForecast, topPlaces, type ForecastHits } from './score-forecast'

/** Ways to say beforehand where matters will be, all from the same past and naming as many cells. */
export const FORECASTS = ['hotspots', 'density', 'counts'] as const
export type Forecast = (typeof FORECASTS)[number]

export interface HoldOutTask {
  readonly lattice: Lattice
  /** Cells whose centres lie within it are neighbours, inclusive, metres. */
  readonly reachM: number
  /** Where matters can be at all: x, y, metres. */
  readonly groundXYM: Float64Array
  /** x, y by matter, metres; its time, seconds. */
  readonly xyM: Float64Array
  readonly atS: Float64Array
  /** From here on matters are held out. */
  readonly splitS: number
  readonly test: HotSpotTest
  /** Bandwidth and pixels of plain density. */
  readonly kernelM: number
  readonly rasterPixels: number
}

export interface HoldOutScores {
  /** Matters held out, those in no cell too. */
  readonly later: number
  /** Cells that could be named: those with ground or a matter of the past. */
  readonly cells: number
  /** Share of them that were named. */
  readonly areaShare: number
  readonly scores: Readonly<Record<Forecast, ForecastHits>>
}

/**
 * Hot cells of a past, tried on what came after; beside them as many cells with the highest density and with the highest
 * counts. Cells are those the past knows, with ground or a matter; a matter that later comes elsewhere is missed.
 *
 * @returns null where nothing was hot or nothing came after
 * Complexity: that of `findHotSpots` and `rasterKernel`.
 */
export function holdOut({ lattice, reachM, groundXYM, xyM, atS, splitS, test, kernelM, rasterPixels }: HoldOutTask): HoldOutScores | null {
  const past = xyM.filter((_, k) => atS[k >> 1] < splitS)
  const { table, cellOf: [, pastCell] } = tableCells(lattice, [groundXYM, past])
  const laterCell = findCells(table, xyM.filter((_, k) => atS[k >> 1] >= splitS))
  const count = table.row.length
  const before = sumByCell(count, pastCell)
  const later = sumByCell(count, laterCell)
  const missed = laterCell.reduce((sum, cell) => sum + Number(cell < 0), 0)
  const { hot } = findHotSpots(before, neighboursWithin(table.centreXYM, reachM), test)
  const named = hot.reduce((sum, kind) => sum + Number(kind === 1), 0)
  if (named === 0 || laterCell.length === 0) return null
  const density = readKernel(rasterKernel(past, kernelM, rasterPixels), table.centreXYM)
  const score = (values: ArrayLike<number>) => scoreForecast(topPlaces(values, named), later, missed)
  return {
    later: laterCell.length,
    cells: count,
    areaShare: named / count,
    scores: { hotspots: score(hot), density: score(density), counts: score(before) },
  }
}
