import type { ArcKind } from './land'
import type { GridAttributes, GridSettings } from './scope'

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
  /** Grid index by cell, −1 where none. Longer or shorter where the plan's land was redrawn: never keep it over an edit. */
  cellGrid: Int32Array
  /** What the plan makes of the land on balance; null or absent: the land as it is. */
  land?: LandEdit | null
  /** Neighbours by decree, by their ids in ascending order. */
  links?: readonly PlanLink[]
  /** Notes on the map, by id. */
  notes?: readonly PlanNote[]
  /** What the plan aims at; null or absent: the street's settings. */
  settings?: GridSettings | null
}

/** Two cells that are neighbours by decree, or by decree none. */
export interface PlanLink {
  /** The smaller id first. */
  readonly cells: readonly [number, number]
  readonly kind: LinkKind
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
  /**
   * Land redrawn by the edit. A cell that is on both sides keeps its grid without being listed in `cells`; one that goes is
   * listed with `to: null`, one that comes with `from: null`.
   */
  readonly land?: LandEdit
  /** Neighbourhood by decree. */
  readonly links?: readonly LinkChange[]
  /** Notes pinned to the map. */
  readonly notes?: readonly { readonly before: PlanNote | null; readonly after: PlanNote | null }[]
  /** What the plan aims at; null is the street's own settings. */
  readonly settings?: { readonly before: GridSettings | null; readonly after: GridSettings | null }
}

/**
 * Things of the subdivision before and after an edit. On one side only: gone or new; on both: changed in place. Nothing
 * else of the land is touched, and the region of the cells on either side is the same, to the lattice point.
 */
export interface LandEdit {
  readonly before: LandPatch
  readonly after: LandPatch
}

/** Things of a land in database ids; an id below 0 is the plan's own, until it is published. Lattice units. */
export interface LandPatch {
  readonly nodes: readonly { readonly id: number; readonly x: number; readonly y: number }[]
  readonly cells: readonly {
    readonly id: number
    readonly communityId: number
    readonly labelX: number
    readonly labelY: number
  }[]
  readonly arcs: readonly {
    readonly id: number
    readonly start: number
    readonly end: number
    /** Cells on the left and right in the direction of the points; null is outside the land. */
    readonly left: number | null
    readonly right: number | null
    readonly kind: ArcKind
    /** x, y by point, both ends included. */
    readonly xy: readonly number[]
  }[]
  /** Buildings that lie in another cell than on the other side. */
  readonly buildings: readonly { readonly id: number; readonly cell: number }[]
}

/** Two cells are neighbours by decree (`bridge`), or are none though they share a border (`wall`); null: as they lie. */
export interface LinkChange {
  /** The smaller id first. */
  readonly cells: readonly [number, number]
  readonly before: LinkKind | null
  readonly after: LinkKind | null
}
export type LinkKind = 'bridge' | 'wall'

/** A note pinned to a place of the map, lattice units. */
export interface PlanNote {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly text: string
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
