import type { GridAttributes } from './scope'

/**
 * A plan of grids: one column cell → grid with the grids' attributes, over one edition of the land. Edited only by
 * applying a `PlanDelta`, which returns its inverse.
 */
export interface PlanDocument {
  readonly planId: string
  readonly landId: number
  /** Revision last confirmed by the server. */
  revision: number
  /** Grid slots; a removed grid leaves `null`, so indices stay valid for undo. */
  readonly grids: (GridAttributes | null)[]
  /** Grid index by cell, −1 where none. */
  readonly cellGrid: Int32Array
}

/**
 * One change of a plan, in database ids so that it means the same in memory, on the wire, in the log and in SQL.
 * Reversible: it names what was and what will be.
 */
export interface PlanDelta {
  /** Cells that change hands. `from` and `to` are grid ids or null for no grid. */
  readonly cells: readonly { readonly cell: number; readonly from: string | null; readonly to: string | null }[]
  /** Grids put (new, or changed attributes; `before` null when new) and removed (`after` null). */
  readonly grids: readonly { readonly before: GridRecord | null; readonly after: GridRecord | null }[]
}

/** Grid attributes on the wire; `communityId` is the database id. */
export interface GridRecord {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly communityId: number
  readonly kind: 'basic' | 'dedicated'
  readonly locked: boolean
}

/** What a delta is called in history: an i18n key with its values. */
export interface EditNote {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** Something a check found: the same codes in TypeScript and in SQL. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: 'error' | 'warning'
  readonly gridIds: readonly string[]
  readonly cellIds: readonly number[]
  readonly buildingIds: readonly number[]
  /** Figures for the message: households, limit, pieces, members, … */
  readonly values: Readonly<Record<string, number | string>>
  /** Set once a reason was given; a waived error does not stop publication. */
  readonly waived?: boolean
}

export const FINDING_CODES = [
  'cell_without_grid', // error
  'grid_empty', // error: a grid that owns no cell
  'grid_in_pieces', // error: values.pieces
  'grid_crosses_community', // error
  'grid_above_upper', // error, may be waived: values.households, values.upper
  'grid_below_lower', // error, may be waived: values.households, values.lower; not raised where the community is one grid
  'grid_members_few', // warning: values.members, values.minimum
  'compound_split', // error, may be waived; not raised where the compound exceeds the upper limit
  'grid_code_duplicate', // error
  'building_unplaced', // warning
  'coverage_broken', // error: polygons overlap or leave gaps (server only; cannot happen by editing)
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

export const WAIVABLE: readonly FindingCode[] = ['grid_above_upper', 'grid_below_lower', 'compound_split']
