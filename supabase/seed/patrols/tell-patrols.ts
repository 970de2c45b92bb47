import type { LandCut } from '@/algorithms/topology/land-input'
import type { XY } from '@/core/units'
import type { GridPlan } from '../draw-grids'
import { dayOf, momentOf } from '../issues/work-calendar'
import type { Staff } from '../people/posts'
import { Random } from '../random'
import type { StreetData } from '../street-data'
import { dailySegments, drawCheckpoints, drawPlan, legsOf, type CheckpointData, type PlanData } from './draw-plans'
import { groundOf, type GroundIds, type PatrolGround } from './patrol-ground'
import { leaveOut, walkLegs, type Leg, type Walk } from './walk-legs'

/** A walk of a route on a day, with what is known of it. */
export interface WalkData extends Walk {
  readonly id: string
  readonly plan: number
  readonly route: number
  readonly person: number
  /** Days since 1970 in Shanghai. */
  readonly day: number
}

/** A duty set by hand on one segment. */
export interface DutyData {
  readonly segment: number
  readonly duty: 'daily' | 'none'
  readonly bothSides: boolean
  readonly reason: string
  readonly by: number
}

export interface ToldPatrols {
  readonly ground: PatrolGround
  readonly checkpoints: readonly CheckpointData[]
  readonly duties: readonly DutyData[]
  readonly plans: readonly PlanData[]
  /** uuid by plan. */
  readonly planIds: readonly string[]
  readonly walks: readonly WalkData[]
  /** Days since 1970 on which the plans came into force. */
  readonly firstDay: number
  /** Days since 1970 of the last moment. */
  readonly today: number
}

const DAYS = 28
/** Communities of the town with patrols; the first is that of the demo's accounts. */
export const PATROLLED = 3
/** Who walks them at most. */
const ROUTES = 2
const EVERY_DAY = [true, true, true, true, true, true, true]
const WEEKDAYS = [true, true, true, true, true, false, false]
const START_MINUTES = [510, 540, 870]

/**
 * Patrols of four weeks up to a moment: plans drawn by the planner, and walks along their routes as people walk them. Each has
 * corners he or she never looks into, some days nobody goes, some walks end early. The same seed, street and moment give the same.
 */
export function tellPatrols(street: StreetData, cut: LandCut, grids: GridPlan, staff: Staff, ids: GroundIds, seed: string, untilS: number): ToldPatrols {
  const random = new Random(`${seed}/${street.settings.code}/patrols`)
  const ground = groundOf(street, cut, ids, PATROLLED)
  const today = dayOf(untilS)
  const firstDay = today - DAYS
  const checkpoints: CheckpointData[] = []
  const plans: PlanData[] = []
  const duties: DutyData[] = []
  for (let community = 0; community < PATROLLED; community++) {
    const people = workersOf(staff, grids, community)
    const segments = dailySegments(ground, community, people.length)
    const first = checkpoints.length
    checkpoints.push(...drawCheckpoints(street, ground, community, segments))
    const shut = segments.reduce((best, segment) => (isDeadEnd(ground, segment) && lengthOf(ground, segment) > lengthOf(ground, best) ? segment : best))
    duties.push({ segment: shut, duty: 'none', bothSides: false, reason: '施工围挡，暂不能通行', by: secretaryOf(staff, community) })
    plans.push(drawPlan(street, ground, checkpoints, {
      community, people,
      title: `${street.communities[community].name}日常巡查`,
      occasion: 'duty',
      weekdays: community === 0 ? EVERY_DAY : WEEKDAYS,
      startMinute: START_MINUTES[community],
      segments: segments.filter((segment) => segment !== shut),
      checkpoints: checkpoints.flatMap((_, index) => (index >= first && checkpoints[index].segment !== shut ? [index] : [])),
    }))
  }
  plans.push(drawSpecial(street, ground, checkpoints, plans[0]))
  const planNames = random.fork('plans')
  return { ground, checkpoints, duties, plans, planIds: plans.map(() => planNames.uuid()), walks: walkPlans(street, ground, plans, random, firstDay, today, untilS), firstDay, today }
}

/** A special patrol of the evening along the first stretches of the first plan, not yet in force. */
function drawSpecial(street: StreetData, ground: PatrolGround, checkpoints: readonly CheckpointData[], { community, routes }: PlanData): PlanData {
  const { segment, served, person } = routes[0]
  const some = [...segment].filter((_, k) => served[k] === 1).slice(0, 12)
  return drawPlan(street, ground, checkpoints, {
    community, people: [person], title: '夜间飞线充电专项巡查', occasion: 'hot_spots', isDraft: true, weekdays: EVERY_DAY.map(() => false), startMinute: 1140,
    segments: some, checkpoints: [],
  })
}

const lengthOf = ({ network }: PatrolGround, segment: number): number => (isDeadEnd({ network }, segment) ? network.segmentLengthM[segment] : 0)

function isDeadEnd({ network: { segmentFrom, segmentTo } }: Pick<PatrolGround, 'network'>, segment: number): boolean {
  const meeting = (node: number): number => segmentFrom.reduce((sum, from, k) => sum + Number(from === node) + Number(segmentTo[k] === node), 0)
  return Math.min(meeting(segmentFrom[segment]), meeting(segmentTo[segment])) === 1
}

/** Who works in the grids of a community, each once. */
function workersOf({ posts }: Staff, grids: GridPlan, community: number): number[] {
  return [...new Set(posts.filter(({ role, grid }) => role === 'grid_worker' && grids.grids[grid]?.community === community).map(({ person }) => person))].slice(0, ROUTES)
}

const secretaryOf = ({ posts }: Staff, community: number): number =>
  posts.find(({ role, unit }) => role === 'community_secretary' && 'index' in unit && unit.index === community)!.person

const STAYS_AWAY = 0.07
const ENDS_EARLY = 0.08
const NEVER_SEEN = 0.1
const SKIPPED = 0.07
const YARD = 0.05
const YARD_MOST_M = 45

function walkPlans(street: StreetData, ground: PatrolGround, plans: readonly PlanData[], random: Random, firstDay: number, today: number, untilS: number): WalkData[] {
  const out: WalkData[] = []
  plans.forEach((plan, planIndex) => {
    if (plan.isDraft) return
    plan.routes.forEach((route, routeIndex) => {
      const own = random.fork(`${planIndex}/${routeIndex}`)
      const habit = leaveOut(legsOf(ground.network, route), NEVER_SEEN, own.fork('habit'))
      for (let day = firstDay; day <= today; day++) {
        // 1 January 1970 was a Thursday.
        if (!plan.weekdays[(day + 3) % 7]) continue
        const days = own.fork(String(day))
        const startS = momentOf(day, plan.startMinute * 60) + days.between(-300, 900)
        if (days.chance(STAYS_AWAY)) continue
        const legs = withYards(street, leaveOut(habit, SKIPPED, days), plan.community, days)
        const walk = walkLegs(days.chance(ENDS_EARLY) ? legs.slice(0, Math.ceil(legs.length * days.between(0.4, 0.8))) : legs, startS, days)
        if (walk.fixes.length > 0 && walk.endS <= untilS) out.push({ ...walk, id: days.uuid(), plan: planIndex, route: routeIndex, person: route.person, day })
      }
    })
  })
  return out
}

/** Now and then into a courtyard and back. */
function withYards(street: StreetData, legs: readonly Leg[], community: number, random: Random): Leg[] {
  const doors = street.buildings.filter((building) => building.community === community).map(({ point }) => point)
  return legs.flatMap((leg) => {
    const end = leg.points.at(-1)!
    if (!random.chance(YARD)) return [leg]
    const near = doors.filter((point) => Math.hypot(point[0] - end[0], point[1] - end[1]) <= YARD_MOST_M)
    if (near.length === 0) return [leg]
    const door = random.pick(near)
    const aside = (points: readonly XY[]): Leg => ({ street: -1, fromM: 0, toM: 0, points, served: true })
    return [leg, aside([end, door]), aside([door, end])]
  })
}
