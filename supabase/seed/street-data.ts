import type { LandFrame } from '@/core/land-frame'
import type { XY } from '@/core/units'
import type { BuildingKind, CompoundStatus } from './land/land-model'
import type { LandPlan } from './land/plan-land'
import type { Resident } from './people/households'
import type { PhoneBook } from './people/identities'
import type { Member, PartyGroup } from './people/members'
import type { StreetSettings } from './settings'

/**
 * A street office as plain data. Positions are metres in the frame, on whole centimetres; references between lists
 * are positions in them, −1 for none. Rings are open and counter-clockwise.
 */
export interface StreetData {
  readonly settings: StreetSettings
  readonly frame: LandFrame
  readonly initials: string
  readonly outline: readonly XY[]
  readonly communities: readonly Community[]
  readonly workZones: readonly string[]
  readonly streets: readonly StreetWay[]
  readonly features: readonly Feature[]
  readonly compounds: readonly CompoundData[]
  readonly buildings: readonly BuildingData[]
  readonly stairwells: readonly { readonly building: number; readonly name: string; readonly sort: number }[]
  readonly households: readonly HouseholdData[]
  /** Registered people; empty where only counts were asked for. */
  readonly residents: readonly Resident[]
  readonly partyGroups: readonly PartyGroup[]
  readonly members: readonly Member[]
  readonly stations: readonly StationData[]
  readonly phones: PhoneBook
  readonly plan: LandPlan
}

export interface Community {
  readonly code: string
  readonly name: string
  readonly initials: string
  readonly kind: 'urban' | 'rural'
  /** Outer ring first, then holes. */
  readonly rings: readonly (readonly XY[])[]
  readonly workZone: number
}

export interface StreetWay {
  readonly name: string
  readonly initials: string
  /** OpenStreetMap's highway word. */
  readonly class: string
  readonly hard: boolean
  readonly line: readonly XY[]
}

export interface Feature {
  readonly kind: 'water' | 'green' | 'railway'
  readonly name: string
  /** Ring of an area, line of a railway. */
  readonly line: readonly XY[]
}

export interface CompoundData {
  readonly community: number
  readonly name: string
  readonly initials: string
  readonly status: CompoundStatus
  readonly note: string | null
  readonly ring: readonly XY[]
}

export interface BuildingData {
  readonly community: number
  readonly compound: number
  readonly kind: BuildingKind
  readonly name: string
  readonly address: string
  readonly initials: string
  readonly floors: number
  readonly ring: readonly XY[]
  readonly point: XY
  /** Households behind its doors. */
  readonly households: number
}

export interface HouseholdData {
  readonly building: number
  readonly stairwell: number
  readonly room: string
  readonly address: string
  readonly headName: string
  readonly phone: string | null
  readonly initials: string
  readonly category: number
  readonly residentCount: number
}

export type StationLevel = 'street_centre' | 'community_station' | 'grid_home' | 'compound_point' | 'stairwell_contact'

export interface StationData {
  readonly community: number
  readonly name: string
  readonly initials: string
  readonly level: StationLevel
  readonly capacity: number
  readonly hours: string
  readonly point: XY
}
