import { ISSUE_LEVELS } from '@/core/issues/issue'
import { ISSUE_SETTINGS } from '@/core/issues/issue-scope'
import type { Random } from '../random'
import { EXPLAIN_NOTES, MATTERS, REMIND_NOTES, REOPEN_NOTES, RETURN_NOTES, UP_NOTES } from './matters'
import { chiefOf, type PeopleInCharge } from './people-in-charge'
import type { Slip } from './slip'
import type { WorkCalendar } from './work-calendar'

const HOUR_S = 3600
const DAY_S = 86_400
const WITHDRAWN = 0.03
/** Nobody comes to it for days. */
const LEFT_LYING = 0.035
const RETURNED = 0.05
const REOPENED = 0.025
const UNPUBLISHED = 0.04
/** A working day is about so many days of the calendar. */
const CALENDAR_DAYS = 1.4

/** What the ways of a slip depend on beside the slip itself. */
export interface Office {
  readonly people: PeopleInCharge
  readonly calendar: WorkCalendar
  readonly community: number
  /** Above 1: the community takes longer than others. */
  readonly slowness: number
}

/** Let a slip that is nobody's duplicate be claimed, settled, closed, rated and published, or go up, or stay lying: as far as time allows. */
export function liveThrough(slip: Slip, office: Office, random: Random): void {
  const { source } = slip
  if (source === 'public' && slip.state === 'reported' && random.chance(WITHDRAWN)) {
    const atS = Math.round(slip.lastS + random.between(0.3, 3) * HOUR_S)
    if (!slip.letClockRun(atS)) return slip.act(atS, 'withdraw', 'reporter', -1)
  }
  bringToEnd(slip, office, random)
  tellThePublic(slip, office, random)
  if (slip.isOver || slip.outcome !== 'solved' || !random.chance(REOPENED)) return
  const byReporter = source === 'public'
  const chief = chiefOf(office.people, slip.level, office.community)
  const atS = Math.round(slip.lastS + random.between(2, 10) * DAY_S)
  slip.act(atS, 'reopen', byReporter ? 'reporter' : chief.role, byReporter ? -1 : chief.person, { note: random.pick(REOPEN_NOTES) })
  bringToEnd(slip, office, random)
  tellThePublic(slip, office, random)
}

/** From level to level until it has an outcome. */
function bringToEnd(slip: Slip, office: Office, random: Random): void {
  while (slip.outcome === null && !slip.isOver) {
    if (slip.state === 'reported') claim(slip, office, random)
    // Where the clock was first it waits for the level above.
    if (slip.state === 'reported' || slip.isOver) continue
    workOn(slip, office, random)
    if (slip.finishedS > 0) lookAt(slip, office, random)
  }
}

/** Somebody of the level in charge takes it, unless the clock is first. */
function claim(slip: Slip, { people, calendar, community, slowness }: Office, random: Random): void {
  const { level, grid } = slip
  const waitsS = random.chance(LEFT_LYING * slowness) ? random.between(3, 7) * DAY_S : random.unit() * random.between(0.1, 12) * HOUR_S
  const comesS = Math.round(slip.lastS + waitsS)
  // Grids take matters at once whenever they come, offices in their hours.
  const atS = level === 'grid' ? comesS : calendar.inOffice(comesS, random.unit())
  if (slip.letClockRun(atS)) return
  if (level === 'grid') {
    const leader = people.leader[grid]
    const person = people.workers[grid].length > 0 && random.chance(0.75) ? random.pick(people.workers[grid]) : leader
    slip.act(atS, 'claim', person === leader ? 'grid_leader' : 'grid_worker', person)
    return
  }
  const chief = chiefOf(people, level, community)
  const others = level === 'district' ? people.officers : people.cadres[community]
  if (others.length > 0 && random.chance(0.6)) slip.act(atS, 'assign', chief.role, chief.person, { to: random.pick(others) })
  else slip.act(atS, 'claim', chief.role, chief.person)
}

/** The handler gets it done, hands it up, or hears that it cannot be; or the clock takes it up. */
function workOn(slip: Slip, { people, calendar, community, slowness }: Office, random: Random): void {
  const { report: { category }, level, lastS } = slip
  const matter = MATTERS[category]
  const chief = chiefOf(people, level, community)
  const allowed = ISSUE_SETTINGS.deadlines[category][ISSUE_LEVELS.indexOf(level)]
  const needsS = Math.max(HOUR_S, allowed * Math.exp(-1.1 + 0.7 * normal(random)) * slowness * CALENDAR_DAYS * DAY_S)
  const endS = calendar.inOffice(Math.round(lastS + needsS), random.unit())
  const middleS = Math.round(lastS + (endS - lastS) * random.between(0.3, 0.7))
  if (level !== 'district' && random.chance(matter.goesUp)) {
    const actor = slip.handler === chief.person ? chief.role : slip.handler === people.leader[slip.grid] && level === 'grid' ? 'grid_leader' : 'handler'
    if (!slip.letClockRun(middleS)) slip.act(middleS, 'escalate', actor, slip.handler, { note: random.pick(UP_NOTES) })
    return
  }
  if (random.chance(0.4)) {
    if (slip.letClockRun(middleS)) return
    slip.act(middleS, 'progress', 'handler', slip.handler, { note: random.pick(matter.progress) })
  }
  const looksS = calendar.inOffice(middleS, random.unit())
  if (looksS > slip.lastS && looksS < endS && random.chance(0.3)) {
    if (slip.letClockRun(looksS)) return
    if (slip.state === 'claimed') slip.act(looksS, 'supervise', chief.role, chief.person)
    else slip.act(looksS, 'remind', chief.role, chief.person, { note: random.pick(REMIND_NOTES) })
  }
  if (slip.letClockRun(endS)) return
  const doneS = Math.max(endS, slip.lastS)
  if (random.chance(matter.explained)) slip.act(doneS, 'explain', chief.role, chief.person, { note: random.pick(EXPLAIN_NOTES) })
  else slip.act(doneS, 'finish', 'handler', slip.handler, { note: random.pick(matter.done) })
}

/** The level in charge looks at a result: closes it, or now and then returns it. */
function lookAt(slip: Slip, { people, calendar, community, slowness }: Office, random: Random): void {
  const chief = chiefOf(people, slip.level, community)
  const atS = calendar.inOffice(Math.round(slip.lastS + random.between(0.1, 2) * slowness * DAY_S), random.unit())
  if (random.chance(RETURNED)) {
    slip.act(atS, 'return', chief.role, chief.person, { note: random.pick(RETURN_NOTES) })
    return
  }
  const isAsked = slip.source !== 'public' && random.chance(0.6)
  slip.act(atS, 'close', chief.role, chief.person, isAsked ? { satisfaction: rated(slip, slowness, random) } : {})
}

/** Who reported it may say how content he or she is; then it goes on the board. */
function tellThePublic(slip: Slip, { people, calendar, community, slowness }: Office, random: Random): void {
  if (slip.isOver) return
  if (slip.source === 'public' && random.chance(0.55)) {
    const atS = Math.round(slip.lastS + random.between(0.1, 2.5) * DAY_S)
    slip.act(atS, 'rate', 'reporter', -1, { satisfaction: rated(slip, slowness, random) })
  }
  if (random.chance(UNPUBLISHED)) return
  const chief = chiefOf(people, slip.level, community)
  slip.act(calendar.inOffice(Math.round(slip.lastS + random.between(0.2, 4) * DAY_S), random.unit()), 'publish', chief.role, chief.person)
}

/** 1 … 5: most are content; late and refused ones less. */
function rated(slip: Slip, slowness: number, random: Random): number {
  const late = slip.finishedS > slip.dueS ? 1 : 0
  const refused = slip.outcome === 'explained' ? 1.2 : 0
  return Math.min(5, Math.max(1, Math.round(5.1 - late - refused - (slowness - 1) + 0.8 * normal(random))))
}

/** Nearly normal, mean 0 and deviation 1: the sum of six. */
function normal(random: Random): number {
  let sum = -3
  for (let k = 0; k < 6; k++) sum += random.unit()
  return sum * Math.SQRT2
}
