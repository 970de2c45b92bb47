import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { LandFrame } from '@/core/land-frame'
import type { Land } from '@/core/land'
import type { LngLat } from '@/core/units'

/** Lattice integers x0, y0, x1, y1, … of a line, or of a ring (the first point may be repeated at the end or not). */
export type LatticeLine = ArrayLike<number>

/** An area by the even–odd rule: outer rings, holes and further parts in one list, in any order and direction. */
export type LatticeRings = readonly LatticeLine[]

/** A footprint. Its id is the key of persistence: it must stay the same from import to import. */
export interface LandBuilding {
  readonly id: string
  readonly rings: LatticeRings
  readonly households: number
  /** OSM `layer`; below 0 the building lies underground and cuts nothing. */
  readonly layer?: number
  readonly underground?: boolean
}

/** A way. OSM words: `highway=*`, `tunnel=*`, `layer=*`, `bridge=*`. */
export interface LandStreet {
  readonly id: string
  readonly line: LatticeLine
  readonly highway: string
  /** `building_passage` and `covered` stay a street; every other tunnel is dropped. */
  readonly tunnel?: string | boolean
  readonly bridge?: string | boolean
  readonly layer?: number
  /** Overrides what the class says: hard lines bound cells, soft lines only suggest. */
  readonly hard?: boolean
}

/** A walled compound (小区, 院落): cells never cross its wall, streets inside become soft. */
export interface LandCompound {
  readonly id: string
  /** One closed ring: gates closed. */
  readonly ring: LatticeLine
}

/** Everything the land cutter reads. All lists may be empty; order does not matter, ids do. */
export interface LandInput {
  readonly frame: LandFrame
  /** Area of the land. Absent: the union of the communities; without those, a box around the buildings. */
  readonly boundary?: LatticeRings
  /** Area of each community, by community index. None: the whole land is community 0. */
  readonly communities: readonly LatticeRings[]
  readonly buildings: readonly LandBuilding[]
  readonly streets: readonly LandStreet[]
  readonly waterAreas: readonly LatticeRings[]
  readonly waterLines: readonly LatticeLine[]
  /** Coast as OSM draws it: land on the left, sea on the right. What is sea is not land. */
  readonly coastlines: readonly LatticeLine[]
  readonly railways: readonly LatticeLine[]
  readonly greens: readonly LatticeRings[]
  readonly compounds: readonly LandCompound[]
  /** Walls and fences that enclose nothing known: soft. */
  readonly barriers: readonly LatticeLine[]
  readonly options?: Partial<LandOptions>
}

export interface LandOptions {
  /** Wanted households of a cell and the band in which a cell is left alone. */
  readonly targetHouseholds: number
  readonly minHouseholds: number
  readonly maxHouseholds: number
  /** Longest step along outlines and lines before triangulation, metres. */
  readonly densifyM: number
  /** Footprints below this constrain nothing, m²; they go to the cell they lie in. */
  readonly smallBuildingM2: number
  /** Overlaps above this tie two buildings into one structure, m²: with rounding, a building may lose 0.5 m² at most. */
  readonly overlapM2: number
  /** Free borders may move by at most so much when they are simplified: m and m². */
  readonly simplifyM: number
  readonly simplifyM2: number
}

export const DEFAULT_LAND_OPTIONS: LandOptions = {
  targetHouseholds: 40,
  minHouseholds: 20,
  maxHouseholds: 60,
  densifyM: 3,
  smallBuildingM2: 4,
  overlapM2: 0.3,
  simplifyM: 2.5,
  simplifyM2: 14,
}

/** Why a building needs a person's eye. One code each: the gravest, in this order. */
export const BUILDING_REVIEWS = [
  'invalid_outline', // no usable ring: fewer than three points or no area; placed by its middle
  'outside', // most of it lies outside the land: in no cell
  'straddles', // more than a fifth of it lies in another block than its home
  'oversized', // alone it holds more households than a cell may
  'overlaps', // covers part of a neighbour; the two are kept in one cell where that fits
  'underground', // layer below 0: cuts nothing, placed by its middle
  'small', // footprint too small to cut by; placed by its middle
] as const
export type BuildingReview = (typeof BUILDING_REVIEWS)[number]

export const CELL_REVIEWS = [
  'oversized', // more households than wanted and no border between buildings divides it
  'enclosed', // touches one other cell only, on all sides
  'narrow', // would fall apart, but for a neck below 3 m that holds houses on both sides
  'community_guessed', // lies in no community's area; given to a neighbour's
  'empty', // no household
] as const
export type CellReview = (typeof CELL_REVIEWS)[number]

export interface LandCut {
  /** Ids are 0 where new; a recut carries the ids of cells that persist. */
  readonly land: Land
  /** Cell index by input building, −1 where none. */
  readonly buildingCell: Int32Array
  readonly buildingReview: readonly (BuildingReview | null)[]
  readonly cellHouseholds: Int32Array
  readonly cellReview: readonly (CellReview | null)[]
  readonly report: LandReport
}

export interface LandReport {
  /** Figures by name: buildings, streets dropped by reason, vertices, cells, arcs, … */
  readonly counts: Readonly<Record<string, number>>
  readonly passes: readonly { readonly name: string; readonly ms: number }[]
}

/** Stable codes of what stops the cutter. */
export type LandErrorCode = 'land_empty' | 'land_too_large' | 'land_noding_failed' | 'land_inconsistent' | 'aborted'

export class LandError extends Error {
  readonly code: LandErrorCode
  readonly details: Readonly<Record<string, number | string>>
  constructor(code: LandErrorCode, details: Readonly<Record<string, number | string>> = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.name = 'LandError'
    this.code = code
    this.details = details
  }
}

/** Lattice line of positions in degrees, rounded to whole centimetres as input is stored. */
export function latticeLine(frame: LandFrame, positions: readonly LngLat[] | readonly number[][]): Int32Array {
  const out = new Int32Array(positions.length * 2)
  for (let i = 0; i < positions.length; i++) {
    const [x, y] = toLattice(frame, positions[i][0], positions[i][1], true)
    out[2 * i] = x
    out[2 * i + 1] = y
  }
  return out
}

/** Lattice line of local metres (flat x, y from the frame's origin), rounded to whole centimetres. */
export function latticeLineOfMetres(xyM: ArrayLike<number>): Int32Array {
  const out = new Int32Array(xyM.length)
  for (let i = 0; i < xyM.length; i++) out[i] = Math.round((xyM[i] * 0.5) / LATTICE_M) * 2
  return out
}

/** Input with nothing in it but a frame: spread it and fill in what you have. */
export function emptyLandInput(frame: LandFrame): LandInput {
  return {
    frame, communities: [], buildings: [], streets: [], waterAreas: [], waterLines: [], coastlines: [], railways: [],
    greens: [], compounds: [], barriers: [],
  }
}
