import type { LngLat, LngLatBounds } from '@/core/units'
import type { Pair, SourceGeometry } from '@/formats/source-geometry'

export type { Pair, SourceGeometry }

/** One thing read from a file. */
export interface SourceFeature {
  /** Line of a text file, record of a shapefile (both from 1); for OSM files the position among the objects kept. */
  readonly row: number
  /** Id in the source, such as way/156780354, or `row 12` where it has none. Ties the building to its origin. */
  readonly sourceId: string
  /** Null for a row of a table without geometry. */
  readonly geometry: SourceGeometry | null
  /** Attributes as text; empty ones are left out. */
  readonly properties: Readonly<Record<string, string>>
}

export const LAYERS = ['boundary', 'community', 'building', 'street', 'water', 'compound', 'railway', 'green', 'units'] as const
/** What a row becomes. `units` are names and codes without geometry. */
export type LayerName = (typeof LAYERS)[number]

export type Severity = 'blocker' | 'error' | 'warning' | 'info'

/** Something found while importing: what, where, and with which figures. Sentence and remedy are messages by code. */
export interface ImportFinding {
  /** Position in the list of files; −1 where it concerns several or none. */
  readonly file: number
  /** Null where it concerns the file as a whole. */
  readonly row: number | null
  readonly field: string | null
  readonly code: string
  readonly severity: Severity
  readonly values: Readonly<Record<string, string | number>>
  /** Message key of what to do, within the room's words. */
  readonly remedyKey: string
  /** Where on the map, WGS84. */
  readonly at?: LngLat
}

export type CoordinateSystem = 'wgs84' | 'gcj02' | 'bd09' | 'web_mercator' | `epsg:${number}`

/** Which attribute holds what; null where none does. */
export interface FieldMapping {
  readonly name: string | null
  readonly code: string | null
  readonly floors: string | null
  readonly households: string | null
  readonly address: string | null
}

export type FileKind = 'geojson' | 'geojson_lines' | 'osm_pbf' | 'shapefile' | 'table'

/** What looking into a file told, before anything is decided. */
export interface FileSummary {
  readonly name: string
  readonly sizeBytes: number
  readonly kind: FileKind | null
  readonly encoding: string | null
  readonly rows: number
  /** Rows by layer, as recognised; `unknown` are rows no rule fits. */
  readonly layers: Readonly<Partial<Record<LayerName | 'unknown', number>>>
  readonly fields: readonly string[]
  readonly mapping: FieldMapping
  /** Smallest and largest pair as they stand in the file; null without geometry. */
  readonly extent: readonly [number, number, number, number] | null
  /** A pair as it stands in the file, with the name of what it belongs to. */
  readonly sample: { readonly name: string; readonly pair: Pair; readonly row: number } | null
  readonly suggestedSystem: CoordinateSystem | null
  /** Why that system is suggested: a reason code with a sentence of its own. */
  readonly suggestedBecause: string | null
  /** Names and codes of administrative polygons and table rows, for choosing boundary and street; capped. */
  readonly named: readonly { readonly name: string; readonly code: string; readonly row: number }[]
  readonly findings: readonly ImportFinding[]
  readonly findingCounts: FindingCounts
}

export type FindingCounts = Readonly<Record<string, number>>

/** What the person said of one file. */
export interface FileChoice {
  readonly system: CoordinateSystem | null
  /** Null: each row by its own attributes. */
  readonly layer: LayerName | null
  readonly mapping: FieldMapping
}

export interface HouseholdRule {
  /** Gross floor area of one household, m². */
  readonly areaPerHouseholdM2: number
  /** Floors where the file has none. */
  readonly defaultFloors: number
  readonly residentsPerHousehold: number
}

export const DEFAULT_HOUSEHOLD_RULE: HouseholdRule = { areaPerHouseholdM2: 110, defaultFloors: 3, residentsPerHousehold: 2.6 }

/** Where the land ends. */
export type BoundaryChoice =
  | { readonly kind: 'extent'; readonly paddingM: number }
  | { readonly kind: 'polygon'; readonly file: number; readonly row: number }

export interface ImportOptions {
  readonly files: readonly FileChoice[]
  readonly boundary: BoundaryChoice
  readonly households: HouseholdRule
  /** Kind of communities that are generated or say none. */
  readonly communityKind: 'urban' | 'rural'
  /** 12 digits; codes of generated communities continue its first nine. */
  readonly street: { readonly code: string; readonly name: string }
  /** Where the district lies, when known, to warn of land that lands elsewhere. */
  readonly districtBounds: LngLatBounds | null
  readonly limits: GridLimits
  readonly words: ImportWords
}

/** Households of a grid, by kind of community. */
export interface GridLimits {
  readonly lower: number
  readonly upper: number
  readonly target: number
}

/** Names given to things that have none, in the person's language; `{n}` is a number. */
export interface ImportWords {
  readonly community: string
  readonly compound: string
  /** Room of a household that was derived: says so itself. */
  readonly room: string
}

/** All words that the room lends: what history calls a change of land among them. */
export interface RoomWords extends ImportWords {
  readonly changeNote: string
}
