import type { Pair } from '@/formats/source-geometry'

/** Something to be said of a file that is read into a plan; the code has words below `exchange.flag`. */
export interface FileFlag {
  /** Line, record or row of the sheet; null for the file. */
  readonly row: number | null
  readonly code: FlagCode
  readonly severity: 'error' | 'warning' | 'info'
  readonly values: Readonly<Record<string, string | number>>
}

export const FLAG_CODES = [
  'building_unknown', // error: no building or cell of this land
  'grid_unknown', // error: no grid of the plan, and no code from which one could be made
  'grid_missing', // error: the row names no grid
  'row_twice', // error: the building or the grid stood in an earlier row
  'cell_conflict', // warning: buildings of one cell in several grids; most households decide
  'other_community', // error: the grid is of another community
  'grid_locked', // error: cells would go into or out of a locked grid
  'geometry_bad', // error
  'outside_land', // error: no cell lies in it
  'cell_disputed', // warning: several polygons claim the cell; the first has it
  'cell_cut', // warning: the line runs through the cell; most of its area decides
  'cells_unnamed', // info: cells that the file says nothing of stay as they are
  'grid_new', // info
  'grid_gone', // info: left without cells
  'building_address', // info: found by address, not by number
] as const
export type FlagCode = (typeof FLAG_CODES)[number]

/** A row that says where a building or a cell belongs; texts as they stand in the file, empty where it has none. */
export interface UnitClaim {
  readonly row: number
  readonly cellId: string
  readonly buildingId: string
  readonly address: string
  readonly gridId: string
  readonly gridCode: string
  readonly gridName: string
}

/** A row that says what land a grid has. */
export interface LandClaim {
  readonly row: number
  readonly gridId: string
  readonly gridCode: string
  readonly gridName: string
  readonly kind: 'basic' | 'dedicated' | null
  readonly polygons: readonly (readonly Pair[][])[]
}

/** What a file says of a plan. */
export type PlanFile =
  | { readonly kind: 'units'; readonly claims: readonly UnitClaim[]; readonly flags: readonly FileFlag[] }
  | { readonly kind: 'land'; readonly claims: readonly LandClaim[]; readonly flags: readonly FileFlag[] }
