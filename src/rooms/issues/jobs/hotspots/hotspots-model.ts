import type { Correction } from '@/algorithms/density/false-discovery'
import type { Forecast } from '@/algorithms/density/hold-out'
import type { Lattice } from '@/algorithms/density/lattice'
import type { KernelRaster } from '@/algorithms/density/raster-kernel'
import type { StreetColumns } from '@/algorithms/routing/street-graph'

/** Classes of a cell over the weeks; a cell's number is the place in this list. */
export const TRENDS = ['none', 'new', 'growing', 'steady', 'fading'] as const
export type Trend = (typeof TRENDS)[number]

/** What heat is reckoned from: issues of the whole scope and period, each matter once. Never what is in view. */
export interface HotspotsInput {
  /** x, y by issue, metres in the frame of the land. */
  readonly xyM: Float64Array
  /** When it was reported, seconds since 1970. */
  readonly reportedS: Float64Array
  /** The period; `toS` is excluded. Issues outside it are passed over. */
  readonly fromS: number
  readonly toS: number
  readonly lattice: Lattice
  /** Where issues can be at all and how many households are there: x, y and households by building. */
  readonly groundXYM: Float64Array
  readonly households: Float64Array
  /** What hot spots are sought in: many issues, or many for the households that live there. */
  readonly value: 'counts' | 'rates'
  /** Cells whose centres lie within it are neighbours, inclusive, metres. */
  readonly reachM: number
  /** 999, as is usual. */
  readonly permutations: number
  /** So many draws more where the first leave fewer than ten as extreme; 0: none. */
  readonly furtherPermutations: number
  readonly seed: number
  readonly correction: Correction
  /** Share of false discoveries allowed, 0.05. */
  readonly level: number
  /** Counts below it are masked in rates. */
  readonly maskBelow: number
  /** Bandwidth of density in the plane, metres. */
  readonly kernelM: number
  /** Most pixels of the raster on its longer side. */
  readonly rasterPixels: number
  /** Streets for density along them; null: not wanted. */
  readonly streets: StreetColumns | null
  /** Bandwidth along streets and length of the pieces, metres. */
  readonly streetKernelM: number
  readonly lixelM: number
  /** Last weeks of the period that forecasts of counts are tried on; 0: none. */
  readonly heldOutWeeks: number
}

/** Cells that hold a building or an issue, by row, then column. Columns by cell. */
export interface HotspotCells {
  readonly lattice: Lattice
  readonly column: Int32Array
  readonly row: Int32Array
  readonly counts: Int32Array
  readonly households: Float64Array
  /** Issues per 1,000 households; NaN where masked or nobody lives. */
  readonly rates: Float64Array
  /** Gi*, standard deviations; variance over n. */
  readonly z: Float64Array
  /** Two-sided pseudo p of the conditional permutations. */
  readonly p: Float64Array
  /** The same, adjusted for the number of cells; hot or cold where it is at most the level. */
  readonly q: Float64Array
  /** Whether the neighbours are high, 1, or low, −1, among the permutations. */
  readonly side: Int8Array
  /** The side where q is at most the level: 1 hot, −1 cold; 0 elsewhere. */
  readonly hot: Int8Array
  /** Index into `TRENDS`. */
  readonly trend: Uint8Array
  /** z of Mann and Kendall over the weekly Gi*; 0 where there are fewer than four weeks. */
  readonly trendZ: Float64Array
}

/** Lower bounds of the classes above 0, ascending, at most five; fixed for the scope and period. */
export type ClassBounds = readonly number[]

/** Pieces of streets. */
export interface StreetDensity {
  /** x, y of both ends by piece, metres; 4 by piece. */
  readonly endsXYM: Float64Array
  /** Issues per 100 m of street. */
  readonly per100M: Float32Array
  /** Issues too far from any street. */
  readonly offStreets: number
}

export interface ForecastScore {
  readonly forecast: Forecast
  /** Cells named beforehand; the same number for each way. */
  readonly cells: number
  /** Issues of the weeks held out that fell into them. */
  readonly hits: number
  /** Prediction accuracy index: share of issues hit over share of area named. */
  readonly pai: number
  /** PEI*: hits over the most that so many cells could have hit. */
  readonly pei: number
}

export interface HeldOut {
  readonly weeks: number
  /** Issues in those weeks, and the share named of the cells with a building or an issue before them. */
  readonly issues: number
  readonly areaShare: number
  readonly scores: readonly ForecastScore[]
}

export interface Hotspots {
  readonly cells: HotspotCells
  /** Cell by issue of the input; −1 outside the period. */
  readonly cellOf: Int32Array
  readonly weeks: number
  /** The last so many weeks are what "new" is new in. */
  readonly recentWeeks: number
  readonly countBounds: ClassBounds
  readonly rateBounds: ClassBounds
  readonly density: KernelRaster
  readonly densityBounds: ClassBounds
  readonly streets: StreetDensity | null
  readonly streetBounds: ClassBounds
  /** Null where the period is too short for it or nothing was hot before. */
  readonly heldOut: HeldOut | null
}
