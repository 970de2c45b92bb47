import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import { VISIT_PURPOSES_OF, type VisitKind, type VisitOutcome, type VisitPurpose } from '@/core/coverage/visit'
import { dayOf } from '../issues/work-calendar'
import type { Contacts } from '../people/contacts'
import { Random } from '../random'
import type { StreetData } from '../street-data'

/** A visit to a household by the member who keeps contact; positions in the lists of the street, days since 1970 in Shanghai. */
export interface VisitData {
  readonly household: number
  readonly member: number
  readonly day: number
  readonly kind: VisitKind
  readonly purpose: VisitPurpose
  readonly outcome: VisitOutcome
  /** 1 … 5, of visits where somebody was met and asked. */
  readonly satisfaction: number | null
}

export interface ToldVisits {
  /** All of them, by household and day. */
  readonly visits: readonly VisitData[]
  /** Days since 1970: the first that is told, and the last. */
  readonly firstDay: number
  readonly today: number
}

/** Days that are told: of the first of them most households have no visit yet, the last twelve weeks are whole. */
const DAYS = 120
/** Members who let it slide; so many of them mended their ways within the last twelve weeks. */
const LAX = 0.12
const MENDED_DAYS = 77
const REFORMED = 0.55
/** Households a member never got to. */
const FORGOTTEN = 0.004
const NOT_HOME = 0.06
const REFUSED = 0.004
const FOLLOW_UP = 0.07
const ASKED = 0.4
/** Upon an event in the household. */
const EVENTS = 0.03

/** How many days a member lets pass between two visits. */
interface Rhythm {
  readonly usual: readonly [number, number]
  readonly special: readonly [number, number]
}
const PUNCTUAL: Rhythm = { usual: [9, 12], special: [4, 5] }
const SLACK: Rhythm = { usual: [16, 30], special: [9, 16] }

/**
 * Visits of the weeks up to a moment: each member goes round the households he or she is tied to, most of them in time, some too
 * seldom; now and then nobody opens, and they come again some days later. The same seed, street and moment give the same.
 */
export function tellVisits(street: StreetData, contacts: Contacts, seed: string, untilS: number): ToldVisits {
  const random = new Random(`${seed}/${street.settings.code}/visits`)
  const today = dayOf(untilS)
  const firstDay = today - DAYS
  const mendedOn = street.members.map(() => (random.chance(LAX) ? (random.chance(REFORMED) ? today - random.integer(7, MENDED_DAYS) : Infinity) : 0))
  const visits: VisitData[] = []
  for (const { household, member } of contacts.ties) {
    const { category } = street.households[household]
    const isSpecial = COVERAGE_SETTINGS.specialCategories.includes(category)
    if (random.chance(FORGOTTEN)) continue
    const pause = (day: number): number => {
      const rhythm = day < mendedOn[member] ? SLACK : PUNCTUAL
      return random.integer(...(isSpecial ? rhythm.special : rhythm.usual))
    }
    // Somewhere within the first round.
    for (let day = firstDay + random.integer(0, pause(firstDay)); day <= today; ) {
      const outcome = drawOutcome(random)
      const isMet = outcome === 'met' || outcome === 'follow_up'
      const kind = random.chance(EVENTS) ? 'event' : isSpecial ? 'special' : 'routine'
      visits.push({
        household, member, day, kind, outcome,
        purpose: VISIT_PURPOSES_OF[kind][random.weighted(PURPOSES[kind])],
        satisfaction: isMet && random.chance(ASKED) ? [5, 4, 3, 2, 1][random.weighted([60, 28, 9, 2, 1])] : null,
      })
      day += isMet ? pause(day) : random.integer(1, 2)
    }
  }
  return { visits, firstDay, today }
}

function drawOutcome(random: Random): VisitOutcome {
  const draw = random.unit()
  if (draw < REFUSED) return 'refused'
  if (draw < REFUSED + NOT_HOME) return 'not_home'
  return draw < REFUSED + NOT_HOME + FOLLOW_UP ? 'follow_up' : 'met'
}

/** Shares of the purposes of a kind, in the order of `VISIT_PURPOSES_OF`. */
const PURPOSES: Readonly<Record<VisitKind, readonly number[]>> = {
  routine: [34, 14, 12, 26, 8, 6],
  event: [24, 22, 26, 16, 8, 4],
  special: [14, 4, 4, 18, 54, 6],
}
