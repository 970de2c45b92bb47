import type { XY } from '@/core/units'

/** What a line of the land is; also its label in arrangements, where the lower number wins. */
export const LineKind = {
  outline: 0,
  river: 1,
  railway: 2,
  arterial: 3,
  main: 4,
  minor: 5,
  county: 6,
  village: 7,
  lane: 8,
  track: 9,
} as const
export type LineKind = (typeof LineKind)[keyof typeof LineKind]

/** Room from the middle of the line to the nearest building or wall, metres, by kind. */
export const CLEAR_M: readonly number[] = [9, 46, 32, 21, 15, 9.5, 13, 6.5, 2.2, 4]

export const RIVER_WIDTH_M = 48

export interface NamedLine {
  readonly name: string
  readonly kind: LineKind
  readonly line: readonly XY[]
}

/** OpenStreetMap's word for the class of road, and whether a border should follow it first. */
export const ROAD_CLASS: Readonly<Partial<Record<LineKind, { readonly highway: string; readonly hard: boolean }>>> = {
  [LineKind.arterial]: { highway: 'primary', hard: true },
  [LineKind.main]: { highway: 'secondary', hard: true },
  [LineKind.minor]: { highway: 'residential', hard: true },
  [LineKind.county]: { highway: 'tertiary', hard: true },
  [LineKind.village]: { highway: 'unclassified', hard: true },
  [LineKind.lane]: { highway: 'service', hard: false },
  [LineKind.track]: { highway: 'track', hard: false },
}

export type BuildingKind =
  | 'apartments' | 'tower' | 'courtyard' | 'farmstead' | 'shop' | 'school' | 'hospital' | 'public' | 'industrial' | 'station'

/** A building before people move in. Homes are doors: room names by stairwell. */
export interface PlannedBuilding {
  readonly kind: BuildingKind
  readonly name: string
  readonly ring: readonly XY[]
  readonly floors: number
  /** Rooms by stairwell; one nameless stairwell where the door is on the street. */
  readonly stairwells: readonly { readonly name: string; readonly rooms: readonly string[] }[]
  /** Index of the compound within its block, or −1. */
  readonly compound: number
  /** Place in words, without the house number's household. */
  readonly address: string
}

export type CompoundStatus = 'managed' | 'self_managed' | 'unmanaged'

export interface PlannedCompound {
  readonly name: string
  readonly status: CompoundStatus
  readonly note: string | null
  readonly ring: readonly XY[]
}

/** What stands on one face of the arrangement. */
export interface PlannedGround {
  readonly buildings: PlannedBuilding[]
  readonly compounds: PlannedCompound[]
  readonly lines: NamedLine[]
  readonly green: { readonly name: string; readonly ring: readonly XY[] }[]
  readonly water: { readonly name: string; readonly ring: readonly XY[] }[]
}

export const emptyGround = (): PlannedGround => ({ buildings: [], compounds: [], lines: [], green: [], water: [] })

export const homesOf = (building: PlannedBuilding): number =>
  building.stairwells.reduce((sum, stairwell) => sum + stairwell.rooms.length, 0)
