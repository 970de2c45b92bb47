import type { BuildingReview, CellReview } from '@/algorithms/topology/land-input'
import type { Land } from '@/core/land'
import type { LngLatBounds } from '@/core/units'
import type { CoordinateSystem, FindingCounts, ImportFinding, Pair } from './model'
import type { CleanArea, CleanBuilding, CleanLine, CleanStreet, CleanWater } from './operations/clean-land'

export interface PreparedCommunity {
  readonly code: string
  readonly name: string
  readonly initials: string
  readonly kind: 'urban' | 'rural'
}

export interface PreparedGrid {
  readonly code: string
  readonly name: string
  /** Position among the communities. */
  readonly community: number
}

export interface PreparedBuilding extends CleanBuilding {
  readonly cell: number
  readonly community: number
  /** Position among the compounds, −1 where none. */
  readonly compound: number
  readonly initials: string
  readonly needsReview: BuildingReview | string | null
}

export interface PreparedCompound extends CleanArea {
  readonly community: number
  readonly initials: string
}

/** All that will be written, in one piece; nothing in it is in doubt any more. */
export interface PreparedLand {
  readonly land: Land
  readonly communities: readonly PreparedCommunity[]
  readonly grids: readonly PreparedGrid[]
  /** Grid by cell. */
  readonly cellGrid: Int32Array
  readonly cellReview: readonly (CellReview | null)[]
  readonly buildings: readonly PreparedBuilding[]
  readonly compounds: readonly PreparedCompound[]
  readonly streets: readonly (CleanStreet & { readonly initials: string })[]
  readonly water: readonly CleanWater[]
  readonly greens: readonly CleanArea[]
  readonly railways: readonly CleanLine[]
}

/** What is kept of an import beside its land: where it came from and what was said of it. */
export interface ImportReport {
  readonly files: readonly {
    readonly name: string
    readonly sizeBytes: number
    readonly system: CoordinateSystem | null
    readonly rows: number
    /** A pair as it stood in the file, and where it landed. */
    readonly sample: { readonly source: Pair; readonly wgs84: Pair } | null
  }[]
  readonly findings: FindingCounts
  readonly householdsDerived: number
  readonly floorsAssumed: number
  readonly communitiesGenerated: number
  readonly boundary: 'polygon' | 'communities' | 'buildings'
}

export interface ImportFigures {
  readonly communities: number
  readonly cells: number
  readonly grids: number
  readonly buildings: number
  readonly households: number
  readonly residents: number
  readonly streets: number
  readonly compounds: number
  readonly areaM2: number
  /** Buildings that are not stored, each among the findings. */
  readonly leftOut: number
  /** Buildings and cells stored but to be looked at. */
  readonly toReview: number
  readonly gridsInBand: number
}

/** What a dry run gave. `prepared` is null where a blocker stands among the findings. */
export interface DryRun {
  readonly prepared: PreparedLand | null
  readonly findings: readonly ImportFinding[]
  readonly findingCounts: FindingCounts
  readonly figures: ImportFigures | null
  readonly report: ImportReport
  readonly bounds: LngLatBounds | null
  /** Milliseconds by stage. */
  readonly stages: readonly { readonly name: string; readonly ms: number }[]
}
