import type { Pair } from './model'

/** What stands on a land, as the database has it; positions in degrees. Answer of `land_source`. */
export interface StandingLand {
  readonly landId: number
  readonly orgUnitId: number
  /** Edition of the land that a change is made on. */
  readonly edition: number
  /** By code, as the cells refer to them. */
  readonly communities: readonly StandingCommunity[]
  readonly buildings: readonly StandingBuilding[]
  readonly compounds: readonly StandingCompound[]
  readonly streets: readonly StandingStreet[]
  readonly features: readonly StandingFeature[]
  readonly drafts: readonly { readonly planId: string; readonly number: number; readonly title: string }[]
}

export interface StandingCommunity {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly kind: 'urban' | 'rural' | null
}

export interface StandingBuilding {
  readonly id: number
  /** Database id of the cell; null where it could not be placed. */
  readonly cell: number | null
  /** Database id, as the community and the compound of all things here. */
  readonly community: number
  readonly compound: number | null
  readonly sourceRef: string | null
  readonly name: string
  readonly address: string
  readonly kind: string
  readonly floors: number
  readonly underground: boolean
  readonly needsReview: string | null
  /** How many, never who. */
  readonly households: number
  readonly members: number
  readonly lng: number
  readonly lat: number
  readonly polygons: Pair[][][]
}

export interface StandingCompound {
  readonly id: number
  readonly community: number
  readonly sourceRef: string | null
  readonly name: string
  readonly status: 'managed' | 'self_managed' | 'unmanaged'
  readonly note: string | null
  readonly ring: Pair[]
}

export interface StandingStreet {
  readonly id: number
  readonly sourceRef: string | null
  readonly name: string
  readonly class: string
  readonly hard: boolean
  readonly tunnel: string
  readonly bridge: string
  readonly layer: number
  readonly line: Pair[]
}

export interface StandingFeature {
  readonly id: number
  readonly kind: 'water' | 'green' | 'railway'
  readonly name: string
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: Pair[] }
    | { readonly type: 'Polygon'; readonly coordinates: Pair[][] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: Pair[][][] }
}

/** A house that was pulled down while people are still registered in it: kept as a record, no longer on the ground. */
export const PULLED_DOWN = 'pulled_down'
