import { ISSUE_CATEGORIES, type IssueCategory } from '@/core/issues/issue'
import type { XY } from '@/core/units'
import { insideRing } from '../geometry/plane'
import type { Random } from '../random'
import type { BuildingData, StreetData } from '../street-data'
import { CLUSTERS, type ClusterPlan } from './clusters'
import { MATTERS, type Hours } from './matters'
import { dayOf, momentOf, type WorkCalendar } from './work-calendar'

/** A matter brought up: what, where, when. */
export interface Report {
  /** Seconds since 1970. */
  readonly atS: number
  readonly category: IssueCategory
  readonly title: string
  readonly building: number
  /** Metres in the frame of the land. */
  readonly point: XY
  /** Position in `CLUSTERS`, −1: of none. */
  readonly cluster: number
}

/** Two years, of whole weeks. */
export const WEEKS = 104
/** Slips outside clusters, for each household of the street in two years. */
const PER_HOUSEHOLD = 0.222
/** How much more often people report now than two years ago. */
const TREND = 0.25
const WEEKDAYS = [1.25, 1.1, 1.05, 1.05, 1.1, 0.75, 0.65]
const HOLIDAY = 0.45
/** Weight of each hour from 0 to 23. */
const HOURS: Readonly<Record<Hours, readonly number[]>> = {
  day: [0, 0, 0, 0, 0, 1, 3, 7, 12, 14, 12, 7, 4, 5, 9, 10, 9, 8, 6, 5, 4, 2, 1, 0],
  evening: [0, 0, 0, 0, 0, 1, 4, 8, 8, 8, 7, 5, 5, 4, 5, 6, 7, 9, 11, 11, 8, 5, 2, 1],
  night: [3, 1, 1, 0, 0, 2, 4, 4, 5, 5, 4, 3, 5, 4, 3, 3, 3, 4, 6, 9, 13, 16, 14, 8],
}
/** A place is told to within so much of the middle of a building, metres: still in it. */
const JITTER_M = 1.2
/** Middles of clusters are at least so far apart, metres. */
const APART_M = 450

/**
 * Draw what people brought up in the two years before a moment, by time: day by day as the matter, the season, the week and
 * holidays go, place by place as people live and shops stand; and on top of that the clusters.
 */
export function drawReports(street: StreetData, calendar: WorkCalendar, untilS: number, random: Random): Report[] {
  const lastDay = dayOf(untilS)
  const out = [
    ...drawBackground(street, calendar, lastDay, random.fork('background')),
    ...drawClusters(street, calendar, lastDay, random.fork('clusters')),
  ]
  return out.filter(({ atS }) => atS <= untilS).sort((a, b) => a.atS - b.atS || a.building - b.building)
}

function drawBackground(street: StreetData, calendar: WorkCalendar, lastDay: number, random: Random): Report[] {
  const total = Math.round(street.households.length * PER_HOUSEHOLD)
  const places = new Map(ISSUE_CATEGORIES.map((category) => [category, drawerOf(street.buildings.map((building) => weightOf(building, category)))]))
  const days = new Map(ISSUE_CATEGORIES.map((category) => [category, drawerOf(dayWeights(MATTERS[category].months, calendar, lastDay))]))
  const weights = ISSUE_CATEGORIES.map((category) => MATTERS[category].weight)
  return Array.from({ length: total }, () => {
    const category = ISSUE_CATEGORIES[random.weighted(weights)]
    const day = lastDay - WEEKS * 7 + 1 + days.get(category)!(random)
    const building = places.get(category)!(random)
    return { ...reportAt(street, building, category, random.pick(MATTERS[category].titles), random), atS: hourOf(day, MATTERS[category].hours, random), cluster: -1 }
  })
}

const weightOf = ({ kind, households }: BuildingData, category: IssueCategory): number =>
  households * (MATTERS[category].perHome[kind] ?? 0) + (MATTERS[category].perBuilding[kind] ?? 0)

function dayWeights(months: readonly number[], calendar: WorkCalendar, lastDay: number): number[] {
  return Array.from({ length: WEEKS * 7 }, (_, k) => {
    const day = lastDay - WEEKS * 7 + 1 + k
    const month = new Date(day * 86_400_000).getUTCMonth()
    return months[month] * WEEKDAYS[(day + 3) % 7] * (calendar.isHoliday(day) ? HOLIDAY : 1) * (1 + (TREND * k) / (WEEKS * 7))
  })
}

/** Draws positions in proportion to weights, many times. */
function drawerOf(weights: readonly number[]): (random: Random) => number {
  const sums = new Float64Array(weights.length)
  let sum = 0
  weights.forEach((weight, k) => (sums[k] = sum += weight))
  return (random) => {
    const mark = random.unit() * sum
    let low = 0
    let high = weights.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle] > mark) high = middle
      else low = middle + 1
    }
    return low
  }
}

function hourOf(day: number, hours: Hours, random: Random): number {
  return momentOf(day, random.weighted(HOURS[hours]) * 3600 + random.integer(0, 3599))
}

/** Numbers of buildings are said where a house has many homes; a farmstead's would name its people. */
function reportAt(street: StreetData, building: number, category: IssueCategory, matter: string, random: Random): Pick<Report, 'category' | 'title' | 'building' | 'point'> {
  const { point: [x, y], kind, name, ring } = street.buildings[building]
  const isNamed = (kind === 'apartments' || kind === 'tower') && random.chance(0.6)
  const told: XY = [x + random.between(-JITTER_M, JITTER_M), y + random.between(-JITTER_M, JITTER_M)]
  const point = insideRing(told, ring) ? told : street.buildings[building].point
  return { category, title: (isNamed ? name : '') + matter, building, point }
}

function drawClusters(street: StreetData, calendar: WorkCalendar, lastDay: number, random: Random): Report[] {
  const middles: XY[] = []
  return CLUSTERS.flatMap((plan, cluster) => {
    const own = random.fork(`cluster ${cluster}`)
    const near = findPlace(street, plan, middles, own)
    if (near.buildings.length === 0) return []
    middles.push(near.middle)
    const place = drawerOf(near.buildings.map((building) => 1.15 - gapM(street.buildings[building].point, near.middle) / plan.radiusM))
    const out: Report[] = []
    for (let day = lastDay - WEEKS * 7 + 1; day <= lastDay; day++) {
      const month = new Date(day * 86_400_000).getUTCMonth()
      if (plan.months && !plan.months.includes(month)) continue
      for (let n = poisson((plan.perWeek((lastDay - day) / 7) / 7) * (calendar.isHoliday(day) ? HOLIDAY : 1), own); n > 0; n--) {
        const building = near.buildings[place(own)]
        out.push({ ...reportAt(street, building, plan.category, own.pick(plan.titles), own), atS: hourOf(day, MATTERS[plan.category].hours, own), cluster })
      }
    }
    return out
  })
}

/** A middle far from those before, with most buildings of its kinds around of a dozen tried. */
function findPlace(street: StreetData, plan: ClusterPlan, before: readonly XY[], random: Random): { middle: XY; buildings: number[] } {
  const fits = ({ kind, community }: BuildingData): boolean => plan.kinds.includes(kind) && (street.communities[community].kind === 'rural') === plan.isRural
  const able = [...street.buildings.keys()].filter((k) => fits(street.buildings[k]))
  const first = able.filter((k) => street.buildings[k].kind === plan.kinds[0])
  const free = first.filter((k) => before.every((middle) => gapM(middle, street.buildings[k].point) >= APART_M))
  const from = [free, first, able].find(({ length }) => length > 0) ?? []
  let best: { middle: XY; buildings: number[] } = { middle: [0, 0], buildings: [] }
  for (let tries = from.length > 0 ? 12 : 0; tries > 0; tries--) {
    const middle = street.buildings[random.pick(from)].point
    const buildings = able.filter((k) => gapM(street.buildings[k].point, middle) <= plan.radiusM)
    if (buildings.length > best.buildings.length) best = { middle, buildings }
  }
  return best
}

const gapM = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Knuth's: the mean here is below two. */
function poisson(mean: number, random: Random): number {
  const end = Math.exp(-mean)
  let n = -1
  for (let product = 1; product > end || n < 0; n++) product *= random.unit()
  return n
}

