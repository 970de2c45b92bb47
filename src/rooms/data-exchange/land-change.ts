import type { CellReview } from '@/algorithms/topology/land-input'
import type { Land } from '@/core/land'
import type { LngLat, LngLatBounds } from '@/core/units'
import type { FindingCounts, ImportFinding, Pair } from './model'
import type { CleanArea, CleanBuilding, CleanStreet } from './operations/clean-land'
import type { ImportReport } from './prepared-import'

/** Whether the files tell all that stands on the land, or only what comes to it. Asked, never assumed. */
export type ChangeMode = 'replace' | 'add'

export const CellChange = { kept: 0, recut: 1, new: 2 } as const
export type CellChange = (typeof CellChange)[keyof typeof CellChange]

/** A house as it will stand. What is taken from the files overrides what is there, where the files say anything. */
export interface ChangedBuilding {
  /** Position among the standing buildings; −1 where it is new. */
  readonly standing: number
  /** The row of the files; null where none speaks of it. */
  readonly clean: CleanBuilding | null
  readonly state: 'same' | 'changed' | 'added'
  /** What differs: outline, floors, name, address, kind. */
  readonly aspects: readonly string[]
  readonly polygons: Pair[][][]
  /** Households known or derived, for the size of its cell. */
  readonly households: number
  /** Households to be written: those of a new house, or of one that had none. */
  readonly newHouseholds: number
  readonly underground: boolean
  readonly layer: number
}

export interface ChangedShape<T> {
  readonly standing: number
  readonly clean: T | null
  readonly state: 'same' | 'changed' | 'added'
}

export interface ChangedFeature {
  readonly kind: 'water' | 'green' | 'railway'
  readonly name: string
  readonly line: readonly Pair[] | null
  readonly rings: Pair[][] | null
}

/** All that will stand on the land, and what will not any more (positions among what stands there today). */
export interface MergedLand {
  readonly mode: ChangeMode
  readonly buildings: readonly ChangedBuilding[]
  readonly goneBuildings: readonly number[]
  readonly compounds: readonly ChangedShape<CleanArea>[]
  readonly goneCompounds: readonly number[]
  readonly streets: readonly ChangedShape<CleanStreet>[]
  readonly goneStreets: readonly number[]
  readonly features: readonly ChangedShape<ChangedFeature>[]
  readonly goneFeatures: readonly number[]
}

/** Which nodes, arcs and cells of a land are still those of the land before. */
export interface LandDiff {
  /** By cell of the land after. */
  readonly cellChange: Uint8Array
  /** Database ids. */
  readonly goneCells: readonly number[]
  readonly goneArcs: readonly number[]
  /** Arcs of the land after that are not stored. */
  readonly newArcs: readonly number[]
}

/** Where a house will stand. */
export interface Placement {
  /** Cell of the land after; −1 none. */
  readonly cell: number
  /** Position among the merged compounds; −1 none. */
  readonly compound: number
  readonly at: LngLat
  readonly needsReview: string | null
}

export type ChangedThingKind = 'building' | 'street' | 'compound' | 'feature'

/** One line of the list of changes. */
export interface ChangedThing {
  readonly kind: ChangedThingKind
  readonly state: 'added' | 'changed' | 'removed'
  readonly name: string
  readonly aspects: readonly string[]
  readonly households: number
  readonly file: number
  readonly row: number | null
  readonly at: LngLat
}

/** A house that will be gone while people are registered in it: what becomes of them is for a person to say. */
export interface InhabitedRemoval {
  /** Position among the standing buildings. */
  readonly standing: number
  readonly name: string
  readonly households: number
  readonly members: number
  readonly at: LngLat
  /** Houses near by that will stand, nearest first: positions among the merged buildings. */
  readonly candidates: readonly { readonly building: number; readonly name: string; readonly distanceM: number; readonly added: boolean }[]
}

export interface ChangeFigures {
  readonly buildings: { readonly added: number; readonly changed: number; readonly removed: number; readonly same: number }
  readonly streets: { readonly added: number; readonly changed: number; readonly removed: number }
  readonly compounds: { readonly added: number; readonly changed: number; readonly removed: number }
  readonly features: { readonly added: number; readonly changed: number; readonly removed: number }
  readonly cells: { readonly kept: number; readonly recut: number; readonly new: number; readonly gone: number }
  readonly newHouseholds: number
  /** In houses that will be gone. */
  readonly householdsOfRemoved: number
  readonly leftOut: number
}

/** A change ready to be sent. */
export interface LandChange {
  readonly merged: MergedLand
  readonly land: Land
  readonly diff: LandDiff
  readonly cellReview: readonly (CellReview | null)[]
  /** By merged building. */
  readonly placements: readonly Placement[]
  /** By merged compound: community index, −1 outside the land. */
  readonly compoundCommunity: readonly number[]
  /** By removed building, should it stay as a record. */
  readonly gonePlacements: readonly Placement[]
  readonly inhabited: readonly InhabitedRemoval[]
  readonly list: readonly ChangedThing[]
  readonly figures: ChangeFigures
  /** Outlines of cells that will be no more. */
  readonly goneShapes: readonly Pair[][][][]
}

/** What a dry run of a change gave. */
export interface ChangeRun {
  readonly change: LandChange | null
  readonly findings: readonly ImportFinding[]
  readonly findingCounts: FindingCounts
  readonly report: ImportReport
  readonly bounds: LngLatBounds | null
  readonly stages: readonly { readonly name: string; readonly ms: number }[]
}
