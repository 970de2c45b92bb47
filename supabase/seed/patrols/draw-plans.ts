import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import type { PatrolPlan, PatrolProblem, PatrolRoute } from '@/algorithms/arc-routing/patrol-problem'
import { dutyOfClass } from '@/core/patrol/duty-pieces'
import type { PatrolOccasion } from '@/core/patrol/patrol'
import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import type { XY } from '@/core/units'
import type { StreetData } from '../street-data'
import { pointsOf, type PatrolGround } from './patrol-ground'
import type { Leg } from './walk-legs'

/** A place somebody must come by. */
export interface CheckpointData {
  readonly community: number
  readonly name: string
  readonly note: string
  readonly point: XY
  readonly segment: number
  readonly everyDays: number
}

/** A plan with its routes and who walks them. */
export interface PlanData {
  readonly community: number
  readonly title: string
  readonly occasion: PatrolOccasion
  readonly isDraft: boolean
  readonly weekdays: readonly boolean[]
  readonly startMinute: number
  readonly start: XY
  readonly boundS: number
  readonly routes: readonly (PatrolRoute & { readonly person: number; readonly checkpointIndex: readonly number[] })[]
}

/** What a patrol of a community is drawn up from. */
export interface PlanAim {
  readonly community: number
  readonly title: string
  readonly occasion: PatrolOccasion
  readonly isDraft?: boolean
  readonly weekdays: readonly boolean[]
  readonly startMinute: number
  /** Positions in the staff. */
  readonly people: readonly number[]
  /** Segments to serve. */
  readonly segments: readonly number[]
  /** Positions in the checkpoints. */
  readonly checkpoints: readonly number[]
}

/** Trials of the search, in thousands: near enough to the best for a demo, in a tenth of a second. */
const EFFORT = 6
const DWELL_S = 30

/** Of a shift so much is spent looking; the rest is ways, checkpoints and talk. */
const LOOKING = 0.55

/**
 * Segments of a community whose class asks for a daily walk and that hang together with the most of them: as many, in the order
 * of the streets, as so many people can look at in one shift.
 */
export function dailySegments({ network, community, scope }: PatrolGround, own: number, people: number): number[] {
  const daily = [...network.segmentLine.keys()].filter(
    (segment) => community[segment] === own && dutyOfClass(PATROL_SETTINGS, scope.streets[network.segmentLine[segment]].class) === 'daily',
  )
  const lengthM = new Map<number, number>()
  const componentOf = (segment: number): number => network.component[network.segmentFrom[segment]]
  for (const segment of daily) lengthM.set(componentOf(segment), (lengthM.get(componentOf(segment)) ?? 0) + network.segmentLengthM[segment])
  const most = [...lengthM].sort(([a, aM], [b, bM]) => bM - aM || a - b)[0]?.[0]
  let leftM = people * PATROL_SETTINGS.shiftMinutes * 60 * LOOKING * PATROL_SETTINGS.serveMPerS
  return daily.filter((segment) => componentOf(segment) === most && (leftM -= network.segmentLengthM[segment]) >= 0)
}

/** The station of a community and the gates of its largest estates, each on a segment that is walked. */
export function drawCheckpoints(street: StreetData, { network }: PatrolGround, community: number, segments: readonly number[]): CheckpointData[] {
  const on = (name: string, note: string, near: XY, everyDays: number): CheckpointData => {
    const segment = nearestSegment(network, segments, near)
    const points = pointsOf(network, segment)
    return { community, name, note, everyDays, segment, point: points.reduce((best, point) => (apartM(point, near) < apartM(best, near) ? point : best)) }
  }
  const station = street.stations.find(({ level, community: of }) => level === 'community_station' && of === community)
  const estates = street.compounds
    .filter((compound) => compound.community === community)
    .sort((a, b) => b.ring.length - a.ring.length || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
  return [
    ...(station ? [on(station.name, '值班、公示栏', station.point, 1)] : []),
    ...estates.map(({ name, ring }, k) => on(`${name}门岗`, ['门禁、消防通道', '飞线充电、楼道堆物', '垃圾房、配电房'][k % 3], ring[0], k % 2 === 0 ? 1 : 2)),
  ]
}

const apartM = ([ax, ay]: XY, [bx, by]: XY): number => Math.hypot(ax - bx, ay - by)

function nearestSegment(network: PatrolGround['network'], segments: readonly number[], near: XY): number {
  const away = (segment: number): number => Math.min(...pointsOf(network, segment).map((point) => apartM(point, near)))
  return segments.reduce((best, segment) => (away(segment) < away(best) ? segment : best))
}

/** Routes for a patrol, begun and ended at the station of the community. Throws where there is none: the demo is drawn so that there is. */
export function drawPlan(street: StreetData, { network }: PatrolGround, all: readonly CheckpointData[], aim: PlanAim): PlanData {
  const { community, people, segments, checkpoints } = aim
  const station = street.stations.find(({ level, community: of }) => level === 'community_station' && of === community)!
  const passes = new Uint8Array(network.segmentLine.length)
  for (const segment of segments) passes[segment] = 1
  const nodes = [...new Set(segments.flatMap((segment) => [network.segmentFrom[segment], network.segmentTo[segment]]))]
  const placeOf = (node: number): XY => [network.nodeXYM[2 * node], network.nodeXYM[2 * node + 1]]
  const startNode = nodes.reduce((best, node) => (apartM(placeOf(node), station.point) < apartM(placeOf(best), station.point) ? node : best))
  const problem: PatrolProblem = {
    network,
    passes,
    serviceS: network.segmentLengthM.map((metres) => metres / PATROL_SETTINGS.serveMPerS),
    walkS: network.segmentLengthM.map((metres) => metres / PATROL_SETTINGS.walkMPerS),
    checkpoints: {
      segment: Int32Array.from(checkpoints, (index) => all[index].segment),
      node: new Int32Array(checkpoints.length).fill(-1),
      dwellS: new Float64Array(checkpoints.length).fill(DWELL_S),
    },
    patrollers: people.map(() => ({ startNode, endNode: startNode, limitS: PATROL_SETTINGS.shiftMinutes * 60, zone: null })),
    aim: 'min_max',
    seed: 1,
    effort: EFFORT,
  }
  const outcome = planPatrols(problem)
  if (outcome.kind === 'refused') throw new Error(`no patrol of ${street.communities[community].name}: ${JSON.stringify(outcome.refusals)}`)
  return { ...aim, isDraft: aim.isDraft ?? false, start: placeOf(startNode), boundS: outcome.plan.boundS, routes: routesOf(outcome.plan, people, checkpoints) }
}

const routesOf = ({ routes }: PatrolPlan, people: readonly number[], checkpoints: readonly number[]): PlanData['routes'] =>
  routes
    .filter(({ segment }) => segment.length > 0)
    .map((route) => ({ ...route, person: people[route.patroller], checkpointIndex: [...route.checkpoint].map((k) => checkpoints[k]) }))

/** A route as it is walked. */
export function legsOf(network: PatrolGround['network'], { segment, reversed, served }: PatrolRoute): Leg[] {
  return [...segment].map((one, k) => {
    const points = pointsOf(network, one)
    const ends = [network.segmentFromCm[one] / 100, network.segmentToCm[one] / 100]
    if (reversed[k] === 1) {
      points.reverse()
      ends.reverse()
    }
    return { street: network.segmentLine[one], fromM: ends[0], toM: ends[1], points, served: served[k] === 1 }
  })
}
