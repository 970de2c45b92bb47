import type { CellAdjacency, Land } from './land'
import type { PlanLink } from './plan'
import type { LngLat, LngLatBounds } from './units'

/**
 * Everything the console holds of one street: columns in typed arrays, no personal data. Made once from a scope
 * snapshot by `data/`, replaced whole on reload, never mutated.
 */
export interface Scope {
  readonly landId: number
  readonly orgUnits: readonly OrgUnit[]
  /** Communities of the land, west to east as numbered; `cellCommunity` and grids refer to positions in this list. */
  readonly communities: readonly OrgUnit[]
  readonly bounds: LngLatBounds
  readonly land: Land
  readonly adjacency: CellAdjacency
  readonly cellStats: CellStats
  readonly buildings: Buildings
  readonly compounds: readonly Compound[]
  readonly streets: readonly StreetLine[]
  readonly features: readonly LandFeature[]
  readonly stations: readonly Station[]
  readonly members: Members
  /** The grids in force. */
  readonly current: GridEdition
  readonly settings: GridSettings
}

export interface OrgUnit {
  readonly id: number
  readonly parentId: number | null
  readonly level: 'district' | 'street' | 'work_zone' | 'community' | 'party_group'
  /** 12 digits down to the community. */
  readonly code: string
  readonly name: string
  /** Pinyin initials in lower case. */
  readonly initials: string
  readonly kind: 'urban' | 'rural' | null
}

/** Sums by cell: what flows from grid to grid when a cell changes hands. All length c; integers but for the area. */
export interface CellStats {
  readonly households: Int32Array
  readonly residents: Int32Array
  readonly members: Int32Array
  /** Households of special groups. */
  readonly special: Int32Array
  readonly buildings: Int32Array
  readonly areaM2: Float64Array
  /** Households by category: cell-major, c × 8. */
  readonly byCategory: Int32Array
}

/** Columns by building; b buildings, q outline points. Outline in degrees. */
export interface Buildings {
  readonly count: number
  readonly ids: Int32Array
  /** Cell index or −1 where the building could not be placed. */
  readonly cell: Int32Array
  /** Community index. */
  readonly community: Int32Array
  /** Index into compounds or −1. */
  readonly compound: Int32Array
  readonly names: readonly string[]
  readonly addresses: readonly string[]
  readonly floors: Uint8Array
  readonly households: Int32Array
  readonly residents: Int32Array
  readonly members: Int32Array
  /** b × 8. */
  readonly byCategory: Int32Array
  /** Building k owns outline points outlineStart[k] … outlineStart[k+1]−1, closed ring. */
  readonly outlineStart: Uint32Array
  /** lng, lat by outline point; 2q. */
  readonly outline: Float64Array
}

export interface Compound {
  readonly id: number
  readonly name: string
  readonly initials: string
  readonly status: 'managed' | 'self_managed' | 'unmanaged'
  readonly note: string | null
  readonly community: number
  readonly ring: readonly LngLat[]
}

export interface StreetLine {
  readonly id: number
  readonly name: string
  readonly class: string
  readonly line: readonly LngLat[]
}

export interface LandFeature {
  readonly id: number
  readonly kind: 'water' | 'green' | 'railway'
  readonly name: string
  /** Closed ring for areas, open line for a railway. */
  readonly line: readonly LngLat[]
}

export interface Station {
  readonly id: number
  readonly name: string
  readonly level: 'street_centre' | 'community_station' | 'grid_home' | 'compound_point' | 'stairwell_contact'
  readonly capacity: number
  readonly community: number
  readonly at: LngLat
}

/** Party members as points: columns of length m. */
export interface Members {
  readonly count: number
  readonly ids: Int32Array
  /** Building index or −1. */
  readonly building: Int32Array
  /** 1 where frail. */
  readonly frail: Uint8Array
}

/** Grids of one edition (published, so in force at some time) and the column cell → grid. */
export interface GridEdition {
  readonly id: number
  readonly number: number
  readonly validFrom: string
  readonly validTo: string | null
  readonly grids: readonly GridAttributes[]
  /** Grid index by cell, −1 where none. */
  readonly cellGrid: Int32Array
  /** Neighbours by decree that were published with the grids; absent: none. */
  readonly links?: readonly PlanLink[]
}

export interface GridAttributes {
  /** uuid; kept from edition to edition, so that history follows a grid through its changes. */
  readonly id: string
  /** Community code + 3 digits. */
  readonly code: string
  readonly name: string
  /** Community index: a grid lies in exactly one community. */
  readonly community: number
  readonly kind: 'basic' | 'dedicated'
  readonly locked: boolean
}

/** Limits by kind of community; see PRODUCT rules. Households. */
export interface GridSettings {
  readonly urban: { readonly lower: number; readonly upper: number; readonly target: number }
  readonly rural: { readonly lower: number; readonly upper: number; readonly target: number }
  readonly minMembers: number
}
