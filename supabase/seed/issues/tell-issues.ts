import type { IssueSource } from '@/core/issues/issue'
import { ISSUE_SETTINGS } from '@/core/issues/issue-scope'
import type { LandCut } from '@/algorithms/topology/land-input'
import type { GridPlan } from '../draw-grids'
import { inventGivenName, inventSurname } from '../people/identities'
import type { Staff } from '../people/posts'
import { Random } from '../random'
import type { StreetData } from '../street-data'
import { drawReports, type Report } from './draw-reports'
import { liveThrough, type Office } from './live-through'
import { findPeopleInCharge } from './people-in-charge'
import { Slip } from './slip'
import type { WorkCalendar } from './work-calendar'

const SOURCES: readonly IssueSource[] = ['public', 'worker', 'member', 'reception']
const SOURCE_WEIGHTS = [34, 40, 15, 11]
/** Of matters that were reported before, nearby and of late, so many are told to be the same. */
const SEEN_AS_SAME = 0.3
const DAY_S = 86_400

/**
 * Two years of slips of a street up to a moment, by time of report, each with the history that made it what it is. The same
 * seed, street, calendar and moment give the same slips.
 * @param untilS seconds since 1970; nothing happens after it
 */
export function tellIssues(street: StreetData, cut: LandCut, plan: GridPlan, staff: Staff, seed: string, calendar: WorkCalendar, untilS: number): Slip[] {
  const random = new Random(`${seed}/${street.settings.code}/issues`)
  const people = findPeopleInCharge(staff, plan, street.communities.length, street.partyGroups.map(({ community }) => community))
  const slowness = random.fork('slowness')
  const offices = street.communities.map((_, community): Office => ({ people, calendar, community, slowness: slowness.between(0.75, 1.4) }))
  const homes = new Map<number, number[]>()
  street.households.forEach(({ building }, household) => homes.set(building, [...(homes.get(building) ?? []), household]))
  const who = random.fork('reporters')
  const ways = random.fork('ways')
  const out: Slip[] = []
  const earlier = new Map<string, number[]>()
  for (const report of drawReports(street, calendar, untilS, random)) {
    const { community } = street.buildings[report.building]
    const grid = plan.cellGrid[cut.buildingCell[report.building]] ?? -1
    if (grid < 0) continue
    const office = offices[community]
    const slip = enter(street, report, office, grid, homes.get(report.building) ?? [], untilS, who)
    const same = findSame(report, earlier.get(report.category) ?? [], out)
    if (same >= 0 && ways.chance(SEEN_AS_SAME)) {
      const leader = people.leader[grid]
      const atS = Math.round(report.atS + ways.between(0.3, 6) * 3600)
      slip.act(atS, 'mark_duplicate', 'grid_leader', leader, { of: same })
    } else liveThrough(slip, office, ways)
    // What nobody came to yet is past its deadline all the same.
    slip.letClockRun(untilS)
    earlier.set(report.category, [...(earlier.get(report.category) ?? []), out.length])
    out.push(slip)
  }
  return out
}

/** The last slip of the category before that is open, near and of late, and no duplicate itself; −1 none. */
function findSame(report: Report, before: readonly number[], slips: readonly Slip[]): number {
  for (let k = before.length - 1; k >= 0; k--) {
    const slip = slips[before[k]]
    if (report.atS - slip.report.atS > ISSUE_SETTINGS.duplicateDays * DAY_S) return -1
    const isOpen = slip.closedS === 0 || slip.closedS > report.atS
    const [dx, dy] = [0, 1].map((axis) => slip.report.point[axis] - report.point[axis])
    if (isOpen && slip.duplicateOf < 0 && slip.outcome !== 'withdrawn' && Math.hypot(dx, dy) <= ISSUE_SETTINGS.duplicateM) return before[k]
  }
  return -1
}

function enter(street: StreetData, report: Report, { people, community, calendar }: Office, grid: number, homes: readonly number[], untilS: number, random: Random): Slip {
  let source = SOURCES[random.weighted(SOURCE_WEIGHTS)]
  const members = people.members[community]
  if (source === 'member' && members.length === 0) source = 'worker'
  const [person, actor] = reporterOf(source, people, community, grid, random)
  const household = source !== 'public' && homes.length > 0 && random.chance(0.45) ? random.pick(homes) : -1
  const isNamed = source === 'public' ? random.chance(0.6) : household >= 0
  const home = household < 0 ? null : street.households[household]
  const reporter = isNamed
    ? { name: home?.headName ?? inventSurname(random) + inventGivenName(random.chance(0.5) ? 'm' : 'f', random), phone: home?.phone ?? street.phones.take() }
    : null
  return new Slip(report, source, grid, household, reporter, person, actor, calendar, untilS)
}

function reporterOf(source: IssueSource, { leader, workers, secretary, members }: Office['people'], community: number, grid: number, random: Random): [person: number, actor: string] {
  if (source === 'public') return [-1, 'reporter']
  if (source === 'member') return [random.pick(members[community]), 'member']
  if (source === 'reception') return [secretary[community], 'community_secretary']
  const person = workers[grid].length > 0 ? random.pick(workers[grid]) : leader[grid]
  return [person, person === leader[grid] ? 'grid_leader' : 'grid_worker']
}
