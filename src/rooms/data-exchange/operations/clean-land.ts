import type { LngLat } from '@/core/units'
import type { Pair } from '../model'

/** Where a cleaned thing comes from. */
export interface Origin {
  readonly file: number
  readonly row: number
  readonly sourceId: string
}

export interface CleanArea extends Origin {
  readonly name: string
  readonly code: string
  /** Polygons as rings, outer first, closed, degrees WGS84. */
  readonly polygons: readonly Pair[][][]
  readonly areaM2: number
}

export interface CleanBuilding extends Origin {
  readonly name: string
  readonly address: string
  /** OSM word of the building's kind; `yes` where only that it is one is known. */
  readonly kind: string
  readonly floors: number
  readonly floorsKnown: boolean
  readonly households: number
  readonly householdsKnown: boolean
  readonly areaM2: number
  readonly polygons: readonly Pair[][][]
  readonly at: LngLat
  readonly layer: number
  readonly underground: boolean
  /** Finding code that asks for a person's eye, or null. */
  readonly review: string | null
}

export interface CleanLine extends Origin {
  readonly name: string
  readonly line: readonly Pair[]
}

export interface CleanStreet extends CleanLine {
  readonly highway: string
  readonly tunnel: string
  readonly bridge: string
  readonly layer: number
}

export interface CleanWater extends Origin {
  readonly name: string
  readonly kind: 'area' | 'line' | 'coast'
  readonly polygons: readonly Pair[][][]
  readonly line: readonly Pair[]
}

/** Rows of all files as things on WGS84, by layer; nothing is clipped or cut yet. */
export interface CleanLand {
  readonly boundaries: CleanArea[]
  readonly communities: CleanArea[]
  readonly buildings: CleanBuilding[]
  readonly streets: CleanStreet[]
  readonly water: CleanWater[]
  readonly compounds: CleanArea[]
  readonly railways: CleanLine[]
  readonly greens: CleanArea[]
  readonly units: (Origin & { readonly name: string; readonly code: string })[]
}

export const emptyCleanLand = (): CleanLand => ({
  boundaries: [],
  communities: [],
  buildings: [],
  streets: [],
  water: [],
  compounds: [],
  railways: [],
  greens: [],
  units: [],
})
