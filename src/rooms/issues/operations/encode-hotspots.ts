import type { IssueScope } from '@/core/issues/issue-scope'
import { streetsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { HotspotsInput } from '../jobs/hotspots/hotspots-model'
import type { HeatCells } from './heat-cells'

const WEEK_S = 7 * 86_400
/** Neighbours of a cell: two rings of hexagons. */
export const REACH_SIDES = 3.5
export const SEED = 20_261
export const PERMUTATIONS = 999
const LEVEL = 0.05
export const KERNEL_M = 150
export const LIXEL_M = 50
/** Shortest periods, in weeks, of which three months or four weeks are held out to try forecasts on. */
const LONG_WEEKS = 39
export const LEAST_WEEKS = 12

/** Weeks at the end of a period that forecasts are tried on. */
export function heldOutWeeks(fromS: number, toS: number): number {
  const weeks = Math.floor((toS - fromS) / WEEK_S)
  return weeks >= LONG_WEEKS ? 13 : weeks >= LEAST_WEEKS ? 4 : 0
}

/** What hot spots, trends, density and forecasts of a period are reckoned from: the whole street, whatever is in view. */
export function encodeHotspots(
  { streets, buildings, land }: Pick<Scope, 'streets' | 'buildings' | 'land'>,
  { issues, settings }: Pick<IssueScope, 'issues' | 'settings'>,
  cells: HeatCells,
  basis: ArrayLike<number>,
  { fromS, toS, value }: { readonly fromS: number; readonly toS: number; readonly value: 'counts' | 'rates' },
): HotspotsInput {
  const xyM = new Float64Array(2 * basis.length)
  for (let k = 0; k < basis.length; k++) xyM.set(cells.slipXYM.subarray(2 * basis[k], 2 * basis[k] + 2), 2 * k)
  return {
    xyM,
    reportedS: Float64Array.from(basis, (slip) => issues.reportedS[slip]),
    fromS,
    toS,
    lattice: cells.lattice,
    groundXYM: cells.buildingXYM.slice(),
    households: Float64Array.from(buildings.households),
    value,
    reachM: REACH_SIDES * cells.lattice.sideM,
    permutations: PERMUTATIONS,
    furtherPermutations: 9 * PERMUTATIONS,
    seed: SEED,
    correction: 'benjamini-hochberg',
    level: LEVEL,
    maskBelow: settings.maskBelow,
    kernelM: KERNEL_M,
    rasterPixels: 768,
    streets: streetsInMetres(land.frame, streets),
    streetKernelM: KERNEL_M,
    lixelM: LIXEL_M,
    heldOutWeeks: heldOutWeeks(fromS, toS),
  }
}
