import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import type { Scope } from '@/core/scope'
import type { HouseholdLayout } from './operations/lay-out-households'

/** What map, lists and tables of the room are drawn from: a street, and a plan of it or the ties in force. */
export interface Picture {
  readonly scope: Scope
  readonly assignment: AssignmentScope
  readonly layout: HouseholdLayout
  readonly session: AssignmentSession
  /** Colour of a member's patch; neighbours differ. */
  readonly colourOf: (member: number) => string
  /** Masked name; empty before names arrived. */
  readonly nameOf: (member: number) => string
}

/** How far it is on foot, and whether that was measured along streets. */
export interface Walk {
  readonly m: number
  /** A straight line stands in: not measured yet, or no way leads there. */
  readonly isStraight: boolean
}

/** The walk between a member and a household of the picture; null where one of them has no place. */
export function walkBetween({ scope, layout, session }: Picture, member: number, household: number): Walk | null {
  const measured = session.walks.walkM(member, household)
  if (!Number.isNaN(measured)) return { m: measured, isStraight: session.walks.isStraight(member, household) }
  const { mPerDegLng, mPerDegLat } = scope.land.frame
  const { homes, places } = layout
  const m = Math.hypot((homes[2 * member] - places[2 * household]) * mPerDegLng, (homes[2 * member + 1] - places[2 * household + 1]) * mPerDegLat)
  return Number.isNaN(m) ? null : { m, isStraight: true }
}

/** Degrees of a household or a home: pairs in a column; null where it has no place. */
export const placeAt = (places: Float64Array, index: number): [number, number] | null =>
  Number.isNaN(places[2 * index]) ? null : [places[2 * index], places[2 * index + 1]]
