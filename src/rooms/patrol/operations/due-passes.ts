import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import type { DutyPiece } from '@/core/patrol/duty-pieces'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { PatrolScope } from '@/core/patrol/patrol-scope'
import { joinSpans, leftOf, type Span } from '@/core/patrol/spans'
import { middleOf, toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import type { PlanRequest } from '../model'
import { isCheckpointDue } from './checkpoint-stands'
import type { NearSegments } from './near-segments'
import type { SegmentPlaces } from './segment-places'

/** What streets are due is told from. */
export interface DueGround {
  readonly scope: Pick<Scope, 'streets' | 'buildings' | 'land' | 'current'>
  readonly patrolScope: Pick<PatrolScope, 'walked' | 'passes' | 'checkpoints'>
  readonly network: PatrolNetwork
  readonly places: SegmentPlaces
  readonly near: NearSegments
  readonly pieces: ReadonlyMap<number, readonly DutyPiece[]>
  /** Begin of today in Shanghai, seconds since 1970. */
  readonly todayS: number
  /** Where open issues lie. */
  readonly issues: readonly LngLat[]
}

const DAY_S = 86_400
/** Less of a segment than this is the rounding of somebody's border, not a street to walk. */
const LEAST_CM = 100
/** An issue lies at the street nearest to it, no farther away than this; a building farther off is passed from no street. */
const ISSUE_M = 50
const DOOR_M = 80
/** Days a daily and a weekly street may go without a walk. */
const DAYS = { daily: 1, weekly: 7 } as const

/**
 * Times each segment is to be served, by segment: 0, 1, or 2 where each side is walked by itself. Segments of the community
 * only; where nobody need patrol none, unless it was chosen by hand. A segment of which any part is due is walked whole.
 * O(segments + pieces + walks + issues + buildings).
 */
export function duePasses(request: PlanRequest, ground: DueGround): Uint8Array {
  const { network, places } = ground
  const asked = askedSegments(request, ground)
  const passes = new Uint8Array(network.segmentFrom.length)
  for (let segment = 0; segment < passes.length; segment++) {
    if (places.community[segment] === request.community && asked(segment)) passes[segment] = passesOf(request, ground, segment)
  }
  return passes
}

/** Segments chosen or missed that lie in another community, or beyond the land: in no route of this plan. */
export function segmentsElsewhere(request: PlanRequest, ground: DueGround): number[] {
  if (request.occasion !== 'chosen' && request.occasion !== 'missed') return []
  const asked = askedSegments(request, ground)
  return [...ground.places.community.keys()].filter((segment) =>
    ground.places.community[segment] !== request.community && asked(segment) && passesOf(request, ground, segment) > 0)
}

/** Times a segment is to be served if it is asked for. */
function passesOf({ occasion }: PlanRequest, ground: DueGround, segment: number): number {
  if (ground.network.segmentLine[segment] < 0) return 0
  const own = dutiesAlong(ground, segment)
  if (occasion !== 'chosen' && own.every(({ duty }) => duty === 'none')) return 0
  return own.some(({ duty, bothSides }) => bothSides && duty !== 'none') ? 2 : 1
}

/** Ids of checkpoints of the community that are due on the first day of a plan; of a plan that is walked again, those of every day too. */
export function dueCheckpoints(
  request: Pick<PlanRequest, 'community' | 'occasion' | 'withCheckpoints' | 'validFrom' | 'weekdays'>, { patrolScope }: Pick<DueGround, 'patrolScope'>,
): number[] {
  if (!request.withCheckpoints && request.occasion !== 'checkpoints') return []
  const dayEndMs = Date.parse(`${request.validFrom}T24:00:00+08:00`)
  const isAgain = request.weekdays.includes(true)
  return patrolScope.checkpoints
    .filter((one) => one.community === request.community && (isCheckpointDue(one, dayEndMs) || (isAgain && one.everyDays === 1)))
    .map(({ id }) => id)
}

function askedSegments(request: PlanRequest, ground: DueGround): (segment: number) => boolean {
  const { network, patrolScope, todayS } = ground
  const within = (stretches: readonly StreetStretch[]) => {
    const byStreet = spansByStreet(stretches)
    return (segment: number) => overlaps(spanOf(ground, segment), byStreet.get(streetOf(ground, segment)) ?? [])
  }
  switch (request.occasion) {
    case 'chosen':
    case 'missed':
      return within(request.stretches)
    case 'checkpoints':
      return () => false
    case 'duty': {
      const all = [...ground.pieces.values()].flat()
      const daily = all.filter(({ duty }) => duty === 'daily')
      const weekly = request.weekly === 'none' ? [] : all.filter(({ duty }) => duty === 'weekly')
      return within([...daily, ...(request.weekly === 'due' ? notWalkedSince(weekly, patrolScope.walked, todayS - (DAYS.weekly - 1) * DAY_S) : weekly)])
    }
    case 'overdue_streets':
      return within(
        (['daily', 'weekly'] as const).flatMap((duty) =>
          notWalkedSince([...ground.pieces.values()].flat().filter((piece) => piece.duty === duty), patrolScope.walked, todayS - DAYS[duty] * DAY_S),
        ),
      )
    case 'hot_spots': {
      const count = new Uint32Array(network.segmentFrom.length)
      for (const place of ground.issues) {
        const segment = ground.near.nearest(...toMetres(ground.scope.land.frame, place), ISSUE_M)
        if (segment >= 0) count[segment]++
      }
      return (segment) => count[segment] >= request.leastIssues
    }
    case 'unserved_households': {
      const asked = segmentsOfUnserved(request, ground)
      return (segment) => asked.has(segment)
    }
  }
}

/** The nearest street of each building with households that nobody passed for so many days. */
function segmentsOfUnserved({ community, unservedDays }: PlanRequest, { scope, patrolScope, near, places, network, todayS }: DueGround): Set<number> {
  const { buildings, land } = scope
  const lastS = new Map(Array.from(patrolScope.passes.building, (building, k) => [building, patrolScope.passes.atS[k]] as const))
  const asked = new Set<number>()
  for (let building = 0; building < buildings.count; building++) {
    if (buildings.community[building] !== community || buildings.households[building] === 0) continue
    if ((lastS.get(building) ?? 0) >= todayS - unservedDays * DAY_S) continue
    const segment = near.nearest(...toMetres(land.frame, middleOf(buildings, building)), DOOR_M, (one) => places.community[one] === community && network.segmentLine[one] >= 0)
    if (segment >= 0) asked.add(segment)
  }
  return asked
}

/** What of stretches was not walked at or after a moment (seconds since 1970). */
export function notWalkedSince(stretches: readonly StreetStretch[], walked: PatrolScope['walked'], sinceS: number): StreetStretch[] {
  const since: StreetStretch[] = []
  for (let k = 0; k < walked.count; k++) {
    if (walked.toS[k] >= sinceS) since.push({ streetId: walked.streetId[k], fromCm: walked.fromCm[k], toCm: walked.toCm[k] })
  }
  const byStreet = spansByStreet(since)
  return stretches.flatMap(({ streetId, ...span }) => leftOf(span, byStreet.get(streetId) ?? []).map((left) => ({ streetId, ...left })))
}

function spansByStreet(stretches: readonly StreetStretch[]): ReadonlyMap<number, readonly Span[]> {
  const spans = new Map<number, Span[]>()
  for (const stretch of stretches) {
    const own = spans.get(stretch.streetId)
    if (own) own.push(stretch)
    else spans.set(stretch.streetId, [stretch])
  }
  return new Map([...spans].map(([streetId, own]) => [streetId, joinSpans(own)]))
}

const streetOf = ({ scope, network }: DueGround, segment: number): number => scope.streets[network.segmentLine[segment]]?.id ?? 0
const spanOf = ({ network }: DueGround, segment: number): Span => ({ fromCm: network.segmentFromCm[segment], toCm: network.segmentToCm[segment] })
const sharedWith = (a: Span, b: Span): number => Math.min(a.toCm, b.toCm) - Math.max(a.fromCm, b.fromCm)
const overlaps = (span: Span, others: readonly Span[]): boolean => others.some((other) => sharedWith(span, other) >= Math.min(LEAST_CM, span.toCm - span.fromCm))

function dutiesAlong(ground: DueGround, segment: number): readonly DutyPiece[] {
  const span = spanOf(ground, segment)
  return (ground.pieces.get(streetOf(ground, segment)) ?? []).filter((piece) => overlaps(span, [piece]))
}
