import type { LngLat } from '../units'
import type {
  CheckpointMark, PatrolAim, PatrolKind, PatrolOccasion, PatrolState, RouteStep, StreetDuty, StreetStretch, TrackSource, TrackState,
} from './patrol'

/**
 * What the room of patrols holds of one street beside its `Scope`: duties of its ways, plans with routes, and what was walked in
 * a period. No raw fix is among it: those are read track by track, and for a reason. Made once from the server's answer, replaced
 * whole on reload, never mutated. Positions of communities and buildings are those of the `Scope` of the same land.
 */
export interface PatrolScope {
  readonly landId: number
  /** Clock of the server when it answered, ms since 1970. */
  readonly nowMs: number
  /** Days in Shanghai the walks below are of, inclusive, ISO. */
  readonly fromDay: string
  readonly toDay: string
  readonly settings: PatrolSettings
  readonly duties: readonly DutyRule[]
  readonly gates: readonly ClosedGate[]
  readonly checkpoints: readonly Checkpoint[]
  readonly plans: readonly PatrolPlan[]
  readonly tracks: readonly PatrolTrack[]
  readonly walked: WalkedColumns
  readonly marks: readonly CheckpointPass[]
  readonly passes: BuildingPasses
  /** Who walks or may be sent, masked names; of the caller's territory. */
  readonly patrollers: readonly Patroller[]
}

/** A duty set by hand on part of a street; of rules that overlap the latest holds. Where none is set, the settings' duty of its class holds. */
export interface DutyRule extends StreetStretch {
  readonly id: number
  readonly duty: StreetDuty
  /** Each side is walked by itself. */
  readonly bothSides: boolean
  readonly reason: string
  readonly by: string
  readonly at: string
}

/** A gate that is shut to patrols; the way is cut there. */
export interface ClosedGate {
  readonly id: number
  readonly lngLat: LngLat
  readonly reason: string
}

/** A place somebody must come by. */
export interface Checkpoint {
  readonly id: number
  readonly name: string
  /** What to look at there. */
  readonly note: string
  readonly lngLat: LngLat
  readonly community: number
  /** Within it one is there. */
  readonly radiusM: number
  readonly dwellS: number
  /** Due again after so many days. */
  readonly everyDays: number
  /** ISO, last marked as visited or confirmed; null never. */
  readonly lastAt: string | null
}

export interface PatrolPlan {
  readonly id: string
  readonly number: number
  readonly title: string
  /** Community index. */
  readonly community: number
  readonly kind: PatrolKind
  readonly occasion: PatrolOccasion
  readonly state: PatrolState
  readonly aim: PatrolAim
  /** Days of the week it is walked, Monday first; all false: on `validFrom` only. */
  readonly weekdays: readonly boolean[]
  readonly validFrom: string
  readonly validTo: string | null
  /** Minutes after midnight. */
  readonly startMinute: number
  /** Limit of one route, seconds. */
  readonly shiftS: number
  readonly serveMPerS: number
  readonly walkMPerS: number
  /** Seconds no division into these routes can have as its longest, or as its sum by aim; shown with the gap. */
  readonly boundS: number
  readonly revision: number
  readonly routes: readonly PatrolRoute[]
}

export interface PatrolRoute {
  /** From 1, west to east as the grids are. */
  readonly number: number
  readonly personId: string | null
  readonly start: LngLat
  /** Null: wherever it ends. */
  readonly end: LngLat | null
  /** Grids of the zone of responsibility; empty: the whole community. */
  readonly gridIds: readonly string[]
  readonly seconds: number
  readonly metres: number
  readonly servedM: number
  readonly steps: readonly RouteStep[]
  /** Ids in the order they are come by. */
  readonly checkpoints: readonly number[]
}

/** A walk, without its fixes. */
export interface PatrolTrack {
  readonly id: string
  readonly personId: string | null
  /** Route of a plan it followed. */
  readonly planId: string | null
  readonly route: number | null
  /** Community index, −1 where none could be told. */
  readonly community: number
  /** Grid it was walked for: that of the walker's post, else of the route's zone; null where none could be told. */
  readonly gridId: string | null
  /** Day in Shanghai, ISO. Of a walk whose name is no longer kept, its times tell no more than the day. */
  readonly day: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly source: TrackSource
  readonly state: TrackState
  readonly fixes: number
  /** Left out: refused by the hours of work, too inaccurate, leaps; by reason. */
  readonly dropped: Readonly<Record<string, number>>
  /** Metres walked along streets and off them, standing still not counted; 0 before it is matched. */
  readonly streetM: number
  readonly yardM: number
  /** Whether its raw fixes are still kept. */
  readonly hasRaw: boolean
}

/** What was walked, by stretch and track; a stretch walked twice is there twice. */
export interface WalkedColumns {
  readonly count: number
  /** Position in `tracks`; −1: of somebody else, of whom the caller may know the day only. */
  readonly track: Int32Array
  readonly streetId: Int32Array
  readonly fromCm: Int32Array
  readonly toCm: Int32Array
  /** Seconds since 1970. */
  readonly fromS: Uint32Array
  readonly toS: Uint32Array
  /** 0 … 100. */
  readonly confidence: Uint8Array
}

/** Part of a walk off the streets, through courtyards and stairs, whichever walk it was; read apart, for those who may read the raw walk. */
export interface WalkedYard {
  readonly line: readonly LngLat[]
  readonly metres: number
}

export interface CheckpointPass {
  readonly checkpointId: number
  /** Position in `tracks`; −1: of somebody else, of whom the caller may know the day only. */
  readonly track: number
  readonly mark: CheckpointMark
  readonly at: string
}

/** Latest pass of buildings, from any track still counted. */
export interface BuildingPasses {
  /** Building index. */
  readonly building: Int32Array
  /** Seconds since 1970. */
  readonly atS: Uint32Array
}

export interface Patroller {
  readonly personId: string
  /** Masked. */
  readonly name: string
  readonly role: 'grid_leader' | 'grid_worker'
  readonly community: number
  readonly gridIds: readonly string[]
}

/** What the street goes by; key `patrol` of the settings, the nearest unit above wins. */
export interface PatrolSettings {
  /** Duty by class of way (OpenStreetMap's `highway`); a class that is not named has the duty of `otherwise`. */
  readonly dutyByClass: Readonly<Record<string, StreetDuty>>
  readonly otherwise: StreetDuty
  readonly serveMPerS: number
  readonly walkMPerS: number
  readonly shiftMinutes: number
  /** A stretch walked for at least this share is covered; for at least `partialShare` partial. */
  readonly coveredShare: number
  readonly partialShare: number
  /** A building within it of what was walked was passed. */
  readonly passM: number
  /** Minutes after midnight in Shanghai between which walks are recorded; none outside. */
  readonly fromMinute: number
  readonly toMinute: number
  /** Whether walks are recorded on days that are not worked. */
  readonly onDaysOff: boolean
  /** Days raw fixes are kept, and days a walk keeps the name of who walked. */
  readonly rawDays: number
  readonly nameDays: number
  /** Rises when the words of the consent change: whoever recorded before is asked anew. */
  readonly consentVersion: number
}

export const PATROL_SETTINGS: PatrolSettings = {
  dutyByClass: {
    residential: 'daily', living_street: 'daily', pedestrian: 'daily', service: 'daily', unclassified: 'daily', road: 'daily',
    footway: 'weekly', path: 'weekly', steps: 'weekly', tertiary: 'weekly', tertiary_link: 'weekly', secondary: 'weekly',
    secondary_link: 'weekly', track: 'weekly', cycleway: 'weekly', primary: 'none', primary_link: 'none', trunk: 'none', trunk_link: 'none',
    motorway: 'none', motorway_link: 'none',
  },
  otherwise: 'weekly',
  serveMPerS: 0.7,
  walkMPerS: 1.2,
  shiftMinutes: 180,
  coveredShare: 0.9,
  partialShare: 0.1,
  passM: 25,
  fromMinute: 420,
  toMinute: 1260,
  onDaysOff: true,
  rawDays: 30,
  nameDays: 180,
  consentVersion: 1,
}
