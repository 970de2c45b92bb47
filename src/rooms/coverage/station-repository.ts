import type { StationActivity, WorkUnit } from '@/core/coverage/coverage-scope'
import type { Station } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { callWrite } from '@/data/call-write'

/** All throw `DataError`: `not_allowed`, and what each names. */

/** A station to open, or to change where an id is said. */
export interface StationInput {
  readonly id: number | null
  readonly landId: number
  /** Null of the street centre, and of it alone. */
  readonly communityId: number | null
  readonly name: string
  readonly level: Station['level']
  /** Households; 0 where unknown. */
  readonly capacity: number
  /** As people write them; see `parseOpeningHours`. */
  readonly hours: string
  readonly lngLat: LngLat
}

/** `station_invalid` {field}, `place_outside`, `stale` {revision, by, at}. @param revision that was read; 0 of a new one */
export const saveStation = (station: StationInput, revision: number) =>
  callWrite<{ readonly id: number; readonly revision: number }>('save_station', { p_station: station, p_revision: revision })

/** Close a station with its activities, for a reason of four characters. `reason_required`, `stale`. */
export const closeStation = (stationId: number, revision: number, reason: string) =>
  callWrite<{ readonly id: number }>('close_station', { p_station: stationId, p_revision: revision, p_reason: reason })

/** Bring a closed one back under its number, with its activities. */
export const reopenStation = (stationId: number) => callWrite<{ readonly id: number; readonly revision: number }>('reopen_station', { p_station: stationId })

export interface ActivityInput extends Omit<StationActivity, 'id'> {
  readonly id: number | null
  readonly stationId: number
}
export interface ActivityRecord extends StationActivity {
  readonly stationId: number
  /** Of the station from now on. */
  readonly revision: number
}

/** Enter an activity, or change it where an id is said. `station_invalid` {field}, `stale`. @param revision of the station that was read */
export const saveActivity = (activity: ActivityInput, revision: number) =>
  callWrite<ActivityRecord>('save_station_activity', { p_activity: activity, p_revision: revision })

/** Take an activity away; answers what it was: saved with id null it is there again. `stale`. @param revision of the station that was read */
export const removeActivity = (activityId: number, revision: number) =>
  callWrite<ActivityRecord>('remove_station_activity', { p_activity: activityId, p_revision: revision })

export interface WorkUnitInput extends Pick<WorkUnit, 'name' | 'kind' | 'status' | 'branch' | 'note'> {
  readonly id: number | null
  readonly communityId: number
  /** Of the community; null for none. */
  readonly compoundId: number | null
  readonly lngLat: LngLat | null
}

/** Enter a unit of work, or change it where an id is said. `work_unit_invalid` {field}, `place_outside`, `stale`. @param revision that was read; 0 of a new one */
export const saveWorkUnit = (unit: WorkUnitInput, revision: number) =>
  callWrite<{ readonly id: number; readonly revision: number }>('save_work_unit', { p_unit: unit, p_revision: revision })

/** Take a unit away; answers what it was: saved with id null it is there again. */
export const removeWorkUnit = (unitId: number) => callWrite<WorkUnitInput & { readonly revision: number }>('remove_work_unit', { p_unit: unitId })
