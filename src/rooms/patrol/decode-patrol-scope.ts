import { makeIdIndex } from '@/core/id-index'
import type {
  Checkpoint, CheckpointPass, ClosedGate, DutyRule, Patroller, PatrolPlan, PatrolRoute, PatrolScope, PatrolSettings, PatrolTrack,
} from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { decodeRoute } from './encode-route'

/** A route as it travels: steps as columns, flags 1 walked backwards, 2 served. */
export interface RouteJson extends Omit<PatrolRoute, 'steps'> {
  readonly steps: { readonly streetId: readonly number[]; readonly fromCm: readonly number[]; readonly toCm: readonly number[]; readonly flags: readonly number[] }
}

/** With the database id of its community, null where there is none. */
type ById<T extends { readonly community: number }> = Omit<T, 'community'> & { readonly communityId: number | null }

/** Patrols as they arrive, communities and buildings in ids; see `public.patrol_scope`. */
export interface PatrolScopeJson {
  readonly version: 1
  readonly landId: number
  readonly nowMs: number
  readonly fromDay: string
  readonly toDay: string
  readonly settings: PatrolSettings
  readonly duties: readonly DutyRule[]
  readonly gates: readonly ClosedGate[]
  readonly checkpoints: readonly ById<Checkpoint>[]
  readonly plans: readonly (ById<Omit<PatrolPlan, 'routes'>> & { readonly routes: readonly RouteJson[] })[]
  readonly tracks: readonly ById<PatrolTrack>[]
  /** Columns; `track` by its place in `tracks` from 1, 0 for none of them. */
  readonly walked: { readonly [K in 'track' | 'streetId' | 'fromCm' | 'toCm' | 'fromS' | 'toS' | 'confidence']: readonly number[] }
  /** `track` as in `walked`. */
  readonly marks: readonly CheckpointPass[]
  readonly passes: { readonly building: readonly number[]; readonly atS: readonly number[] }
  readonly patrollers: readonly ById<Patroller>[]
}

/**
 * Ids → positions in the street of the same land. Checkpoints, plans and people of communities that the street does not show are
 * left out, and passes of buildings it does not know. Linear in the size of the answer.
 */
export function decodePatrolScope(json: PatrolScopeJson, scope: Pick<Scope, 'buildings' | 'communities'>): PatrolScope {
  const buildingAt = makeIdIndex(scope.buildings.ids)
  const communityAt = makeIdIndex(Int32Array.from(scope.communities, ({ id }) => id))
  const placed = <T extends { readonly communityId: number | null }>({ communityId, ...row }: T) =>
    ({ ...row, community: communityId === null ? -1 : (communityAt.get(communityId) ?? -1) })
  const isShown = ({ community }: { readonly community: number }): boolean => community >= 0
  const passes = [...json.passes.building.keys()].filter((k) => buildingAt.get(json.passes.building[k]) !== undefined)
  return {
    landId: json.landId,
    nowMs: json.nowMs,
    fromDay: json.fromDay,
    toDay: json.toDay,
    settings: json.settings,
    duties: json.duties,
    gates: json.gates,
    checkpoints: json.checkpoints.map(placed).filter(isShown),
    plans: json.plans.map(({ routes, ...plan }) => ({ ...placed(plan), routes: routes.map(decodeRoute) })).filter(isShown),
    tracks: json.tracks.map(placed),
    walked: {
      count: json.walked.track.length,
      track: Int32Array.from(json.walked.track, (place) => place - 1),
      streetId: Int32Array.from(json.walked.streetId),
      fromCm: Int32Array.from(json.walked.fromCm),
      toCm: Int32Array.from(json.walked.toCm),
      fromS: Uint32Array.from(json.walked.fromS),
      toS: Uint32Array.from(json.walked.toS),
      confidence: Uint8Array.from(json.walked.confidence),
    },
    marks: json.marks.map((mark) => ({ ...mark, track: mark.track - 1 })),
    passes: {
      building: Int32Array.from(passes, (k) => buildingAt.get(json.passes.building[k]) ?? -1),
      atS: Uint32Array.from(passes, (k) => json.passes.atS[k]),
    },
    patrollers: json.patrollers.map(placed).filter(isShown),
  }
}
