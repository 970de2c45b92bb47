import type { Station } from '../scope'
import type { LngLat } from '../units'
import type { GapReason } from './gap'
import type { SitingScenario } from './siting'
import type { VisitTaskState } from './visit'

/**
 * What the coverage room holds of one street beside its `Scope`: every household with the reasons that hold, as the database judges
 * them, and what they are judged by. No names. Made once from the server's answer, replaced whole on reload, never mutated. Positions
 * of communities, buildings and compounds are those of the `Scope` of the same land.
 */
export interface CoverageScope {
  readonly landId: number
  /** Clock of the server when it answered, ms since 1970. */
  readonly nowMs: number
  /** Today in Shanghai, ISO. */
  readonly today: string
  /** By community index. */
  readonly settings: readonly CoverageSettings[]
  readonly households: JudgedHouseholds
  readonly access: BuildingAccess
  /** Gates that are shut: nobody walks through, so walks are measured around them. */
  readonly closedGates: readonly LngLat[]
  readonly stations: readonly StationRecord[]
  /** Those the viewer may open again, the last one first. */
  readonly closedStations: readonly ClosedStation[]
  readonly stairwells: Stairwells
  readonly workUnits: readonly WorkUnit[]
  readonly tasks: readonly VisitTask[]
  readonly scenarios: readonly SitingScenario[]
  readonly trend: readonly GapDay[]
}

/** Columns by household, in natural order of address and room within each community. Days count from 1970 in Shanghai; 0: none. */
export interface JudgedHouseholds {
  readonly count: number
  readonly ids: Int32Array
  /** Building index. */
  readonly building: Int32Array
  /** Stairwell index or −1. */
  readonly stairwell: Int32Array
  /** Community index. */
  readonly community: Int32Array
  /** 0 … 7, as `HOUSEHOLD_CATEGORIES`. */
  readonly category: Uint8Array
  readonly rooms: readonly string[]
  /** Id of the member who keeps contact; 0 nobody. */
  readonly member: Int32Array
  readonly lastVisit: Int32Array
  /** Last day on which the next visit is in time; 0: nobody has to visit. */
  readonly visitDue: Int32Array
  /** Day somebody on patrol last came by the building. */
  readonly lastPass: Int32Array
  /** Reasons that hold, a bit each as `GAP_REASONS`. */
  readonly reasons: Uint8Array
  /** Reasons that could not be judged, a bit each: no walk is known, as where the door could not be brought onto the streets. */
  readonly unjudged: Uint8Array
}

/** Levels of the chain, the widest first; position k is column k of walks. */
export const STATION_LEVELS = ['street_centre', 'community_station', 'grid_home', 'compound_point', 'stairwell_contact'] as const satisfies readonly Station['level'][]

/** Walks to the nearest station of each level, as last measured by `measureAccess`; columns by building of the `Scope`. */
export interface BuildingAccess {
  /** By community index: whether stations, streets, walls and buildings are still those that were measured. */
  readonly fresh: readonly boolean[]
  /** By community index: number of the state of the land they are to be measured for; given back when they are saved. */
  readonly revisions: Int32Array
  /** Centimetres from the door to the street; −1: not brought onto the streets; −2: not measured yet. */
  readonly accessCm: Int32Array
  /** Id of the nearest station by level, 0 where none can be reached, −1 where it was closed since they were measured; building-major, 5 a building. */
  readonly stationIds: Int32Array
  /** Centimetres on foot with both access legs; −1 where none can be reached or is known; 5 a building. */
  readonly walkCm: Int32Array
}

/** What a station has beside what the `Scope` says of it. */
export interface StationRecord {
  readonly id: number
  /** As written by people: 周一至周五 8:30–17:30; see `parseOpeningHours`. */
  readonly hours: string
  readonly revision: number
  readonly activities: readonly StationActivity[]
}

/** A station that was closed. */
export interface ClosedStation {
  readonly id: number
  readonly name: string
  readonly level: Station['level']
  /** Community index; −1 of the street centre. */
  readonly community: number
  readonly reason: string
  /** ISO. */
  readonly closedAt: string
}

export interface StationActivity {
  readonly id: number
  readonly title: string
  /** Monday first. */
  readonly weekdays: readonly boolean[]
  /** Minutes after midnight. */
  readonly fromMinute: number
  readonly toMinute: number
  /** Room or place within the station; may be empty. */
  readonly place: string
  /** 0: no limit. */
  readonly seats: number
}

export interface Stairwells {
  readonly count: number
  readonly ids: Int32Array
  /** Building index. */
  readonly building: Int32Array
  readonly names: readonly string[]
}

/** A unit of work (单位) in a community: an enterprise, an institution; one without a branch is a blind spot. */
export interface WorkUnit {
  readonly id: number
  readonly name: string
  readonly kind: (typeof WORK_UNIT_KINDS)[number]
  readonly status: (typeof WORK_UNIT_STATUSES)[number]
  /** Community index. */
  readonly community: number
  /** Compound index or −1. */
  readonly compound: number
  /** Branch its members belong to by kind; null: none, a blind spot. */
  readonly branch: (typeof BRANCH_KINDS)[number] | null
  readonly note: string | null
  readonly at: LngLat | null
  readonly revision: number
}
export const WORK_UNIT_KINDS = ['enterprise', 'institution', 'agency', 'social', 'market'] as const
export const WORK_UNIT_STATUSES = ['active', 'bankrupt', 'closed'] as const
/** Direct (直管), joint (共建) and combined (组合) branches of the grids. */
export const BRANCH_KINDS = ['direct', 'joint', 'combined'] as const

/** A visit somebody is asked to make. */
export interface VisitTask {
  readonly id: number
  /** Index of the household. */
  readonly household: number
  readonly memberId: number
  /** Day in Shanghai, ISO. */
  readonly dueOn: string
  readonly state: VisitTaskState
}

/** What a community came to on a day; the last of the day stands. */
export interface GapDay {
  /** Day in Shanghai, ISO. */
  readonly day: string
  /** Community index. */
  readonly community: number
  readonly households: number
  /** Households by main reason, as `GAP_REASONS`; their sum is the households in gap. */
  readonly byMain: readonly number[]
  /** Households for which a reason holds, whether the main one or not. */
  readonly byAny: readonly number[]
}

/** What a community goes by; key `coverage` of the settings, the nearest unit above wins. */
export interface CoverageSettings {
  /** Reasons that are judged here; one that is left out holds for nobody. */
  readonly reasons: readonly GapReason[]
  /** A household may be so many days without a visit; overdue from the day after. */
  readonly visitDays: number
  /** The same for the categories that are visited more often. */
  readonly visitSpecialDays: number
  /** Codes of those: hardship, lone elderly, left-behind children; and several of them at once. */
  readonly specialCategories: readonly number[]
  /** Farthest walk to a station, metres, inclusive. */
  readonly stationLimitM: number
  /** Levels of stations that count for it. */
  readonly stationLevels: readonly Station['level'][]
  /** A building may be so many days without a patrol coming by. */
  readonly patrolDays: number
  /** Longest access leg from a door to a street, metres; a door farther off is listed, not judged. */
  readonly accessLimitM: number
}

export const COVERAGE_SETTINGS: CoverageSettings = {
  reasons: ['no_grid', 'no_worker', 'compound_unmanaged', 'no_member', 'member_overloaded', 'visit_overdue', 'station_too_far', 'not_patrolled'],
  visitDays: 14,
  visitSpecialDays: 7,
  specialCategories: [1, 2, 3, 7],
  stationLimitM: 800,
  stationLevels: ['street_centre', 'community_station', 'grid_home'],
  patrolDays: 14,
  accessLimitM: 150,
}
