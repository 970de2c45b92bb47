import { bringOnto, type AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { locatePoints } from '@/algorithms/topology/locate-points'
import type { CandidateRule, SitingTask } from '@/core/coverage/siting'
import { LATTICE_M } from '@/core/land-frame'
import { middleOf, toDegrees, toMetres } from '@/core/places-in-metres'
import { pointInRing } from '@/core/rings'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { pickSnaps } from './site-rows'

/** A place where a station could be. */
export interface SitePlace {
  readonly at: LngLat
  /** Index of the building it is in; −1 beside a street. */
  readonly building: number
  /** Community index. */
  readonly community: number
}

/** Where stations could be, brought onto the streets. */
export interface SitingCandidates {
  /** Forced ones first, then those added by hand, then those of the rule. */
  readonly places: readonly SitePlace[]
  readonly snaps: DoorSnaps
  /** So many of `places`, the first, have to be opened. */
  readonly forced: number
  /** Places the rule found, before they were thinned. */
  readonly found: number
  /** Of the rule and by hand: no street lies within reach of them. */
  readonly refused: readonly SitePlace[]
}

export const MOST_CANDIDATES = 300
/** Two places nearer than this are one, metres. */
const SAME_PLACE_M = 1
/** Nodes of a graph at which ways part. */
const JUNCTION_ARCS = 3

type CandidateTask = Pick<SitingTask, 'candidates' | 'communities' | 'added' | 'forced' | 'barred'>
export type SitingLand = Pick<Scope, 'land' | 'buildings'>

/**
 * Candidates of a task. Those by hand are all kept; of those of the rule as many as there is room for, spread evenly: each next one
 * is the place farthest from all that were taken (Gonzalez 1985, at most twice the radius of the best choice), so that where a place
 * stands in the list decides nothing.
 *
 * @param accessLimitM longest way to a street by community index, metres
 * @param most candidates in all
 * O(places · most).
 */
export function sitingCandidates(task: CandidateTask, scope: SitingLand, ground: AccessGround, accessLimitM: (community: number) => number, most = MOST_CANDIDATES): SitingCandidates {
  const { frame } = scope.land
  const isAsked = ({ community }: SitePlace): boolean => community >= 0 && (task.communities.length === 0 || task.communities.includes(community))
  const isNear = (one: SitePlace, others: readonly LngLat[]): boolean => others.some((other) => apartM(frame, one.at, other) < SAME_PLACE_M)

  const forced = placesAt(scope, task.forced)
  const added = placesAt(scope, task.added).filter((place) => !isNear(place, [...task.forced, ...task.barred]))
  const ruled = placesOfRule(task.candidates, scope, ground).filter((place) => isAsked(place) && !isNear(place, [...task.forced, ...task.added, ...task.barred]))
  const all = [...forced, ...added, ...ruled]
  const snaps = snapPlaces(ground, frame, all, accessLimitM)
  const stands = [...all.keys()].filter((k) => snaps.edge[k] >= 0)
  const byHand = stands.filter((k) => k < forced.length + added.length)
  const chosen = spread(snaps.xyM, byHand, stands.filter((k) => k >= forced.length + added.length), Math.max(most, byHand.length))
  return {
    places: chosen.map((k) => all[k]),
    snaps: pickSnaps(snaps, chosen),
    forced: chosen.filter((k) => k < forced.length).length,
    found: ruled.length,
    refused: [...snaps.refused].map((k) => all[k]),
  }
}

/** Places brought onto the streets, each within the reach of its community. */
export function snapPlaces(ground: Pick<AccessGround, 'graph'>, frame: Scope['land']['frame'], places: readonly Pick<SitePlace, 'at' | 'community'>[], accessLimitM: (community: number) => number): DoorSnaps {
  return bringOnto(ground.graph, {
    xyM: Float64Array.from(places.flatMap(({ at }) => toMetres(frame, at))),
    limitM: Float64Array.from(places, ({ community }) => accessLimitM(community)),
  })
}

/** What lies at places said by hand: a building, which then is the place, else the community that has the ground. */
export function placesAt({ land, buildings }: SitingLand, places: readonly LngLat[]): SitePlace[] {
  const cells = locatePoints(land, Float64Array.from(places.flatMap((at) => toMetres(land.frame, at).map((metres) => metres / LATTICE_M))))
  return places.map(([lng, lat], k) => {
    const building = buildingAt(buildings, lng, lat)
    return building < 0
      ? { at: [lng, lat], building, community: land.cellCommunity[cells[k]] ?? -1 }
      : { at: middleOf(buildings, building), building, community: buildings.community[building] }
  })
}

function buildingAt({ count, outlineStart, outline }: Scope['buildings'], lng: number, lat: number): number {
  for (let building = 0; building < count; building++) {
    const ring = outline.subarray(2 * outlineStart[building], 2 * outlineStart[building + 1])
    // Most buildings lie far off: told by one corner, a thousandth of a degree being farther than any is wide.
    if (Math.abs(ring[0] - lng) > 0.01 || Math.abs(ring[1] - lat) > 0.01) continue
    if (pointInRing(ring, lng, lat) >= 0) return building
  }
  return -1
}

function placesOfRule(rule: CandidateRule, { land, buildings }: SitingLand, { graph }: AccessGround): SitePlace[] {
  if (rule === 'by_hand') return []
  if (rule !== 'junctions') {
    return Array.from({ length: buildings.count }, (_, building) => building)
      .filter((building) => rule === 'buildings' || buildings.households[building] === 0)
      .map((building) => ({ at: middleOf(buildings, building), building, community: buildings.community[building] }))
  }
  const nodes = Array.from({ length: graph.component.length }, (_, node) => node).filter((node) => graph.arcStart[node + 1] - graph.arcStart[node] >= JUNCTION_ARCS)
  const xyM = nodes.flatMap((node) => [graph.nodeXYM[2 * node], graph.nodeXYM[2 * node + 1]])
  const cells = locatePoints(land, xyM.map((metres) => metres / LATTICE_M))
  return nodes.map((_, k) => ({ at: toDegrees(land.frame, xyM[2 * k], xyM[2 * k + 1]), building: -1, community: land.cellCommunity[cells[k]] ?? -1 }))
}

/** Those already taken, then of the others the farthest from all taken, one after the other. */
function spread(xyM: Float64Array, taken: readonly number[], others: readonly number[], most: number): number[] {
  if (taken.length + others.length <= most) return [...taken, ...others]
  const chosen = [...taken]
  const awayM = new Float64Array(others.length).fill(Infinity)
  const measure = (from: number): void => {
    for (let k = 0; k < others.length; k++) {
      awayM[k] = Math.min(awayM[k], Math.hypot(xyM[2 * others[k]] - xyM[2 * from], xyM[2 * others[k] + 1] - xyM[2 * from + 1]))
    }
  }
  if (chosen.length === 0) chosen.push(nearestToMiddle(xyM, others))
  chosen.forEach(measure)
  while (chosen.length < most) {
    let farthest = 0
    for (let k = 1; k < others.length; k++) if (awayM[k] > awayM[farthest]) farthest = k
    chosen.push(others[farthest])
    measure(others[farthest])
  }
  const rest = chosen.slice(taken.length).sort((a, b) => a - b)
  return [...taken, ...rest]
}

function nearestToMiddle(xyM: Float64Array, places: readonly number[]): number {
  const [xM, yM] = [0, 1].map((axis) => places.reduce((sum, k) => sum + xyM[2 * k + axis], 0) / places.length)
  const awayM = (k: number): number => Math.hypot(xyM[2 * k] - xM, xyM[2 * k + 1] - yM)
  return places.reduce((best, k) => (awayM(k) < awayM(best) ? k : best))
}

const apartM = (frame: Scope['land']['frame'], a: LngLat, b: LngLat): number => {
  const [[ax, ay], [bx, by]] = [toMetres(frame, a), toMetres(frame, b)]
  return Math.hypot(ax - bx, ay - by)
}
