import { createChanges } from '../changes'
import type { AssignmentContext } from './assignment-context'
import type { TieMove } from './apply-assignment-delta'

/** How many covered households have the member they have today, and what became of the others. */
export interface TieCounts {
  readonly kept: number
  /** Another member than today. */
  readonly changed: number
  /** Had nobody, and now have a member. */
  readonly gained: number
  /** Had a member, and now have nobody. */
  readonly lost: number
  /** Nobody, today and in the plan. */
  readonly without: number
}

export interface AssignmentComparison extends TieCounts {
  /** By community index; communities not covered have zeros. */
  readonly communities: readonly TieCounts[]
  /** Households a member gets, by member index. */
  readonly received: Int32Array
  /** Households a member gives away, by member index. */
  readonly given: Int32Array
  /** Household indices whose member is another than today, nobody included, ascending. */
  households(): Int32Array
}

const NAMES = ['kept', 'changed', 'gained', 'lost', 'without'] as const
const KEPT = 0
const CHANGED = 1
const GAINED = 2
const LOST = 3
const WITHOUT = 4

const kindOf = (today: number, now: number): number => {
  if (today === now) return now < 0 ? WITHOUT : KEPT
  if (today < 0) return GAINED
  return now < 0 ? LOST : CHANGED
}

/** Comparison with today kept from edit to edit. */
export interface ComparisonTracker {
  /** Take in what moved. O(moves). */
  update(moves: readonly TieMove[]): void
  value(): AssignmentComparison
}

/** Compare a column of ties with today's and keep comparing. Complexity O(households). */
export function createComparisonTracker(context: AssignmentContext, householdMember: Int32Array): ComparisonTracker {
  const { households: homes, members, current } = context.scope
  const counts = new Int32Array(context.communities.length * NAMES.length)
  const received = new Int32Array(members.count)
  const given = new Int32Array(members.count)
  const different = createChanges<number, number>(Object.is)

  function count(household: number, now: number, sign: 1 | -1): void {
    const today = current.householdMember[household]
    counts[homes.community[household] * NAMES.length + kindOf(today, now)] += sign
    if (today === now) return
    if (now >= 0) received[now] += sign
    if (today >= 0) given[today] += sign
  }
  for (let household = 0; household < homes.count; household++) {
    if (context.covered[homes.community[household]] === 0) continue
    count(household, householdMember[household], 1)
    // Whoever is with today's member is not listed: an edit that moves the household begins from there.
    if (householdMember[household] !== current.householdMember[household]) {
      different.add(household, current.householdMember[household], householdMember[household])
    }
  }

  const countsAt = (community: number) =>
    Object.fromEntries(NAMES.map((name, k) => [name, counts[community * NAMES.length + k]])) as Record<(typeof NAMES)[number], number>

  return {
    update(moves) {
      for (const { household, from, to } of moves) {
        count(household, from, -1)
        count(household, to, 1)
        different.add(household, from, to)
      }
    },
    value() {
      const communities = context.communities.map((_, community) => countsAt(community))
      const total = (name: (typeof NAMES)[number]) => communities.reduce((sum, entry) => sum + entry[name], 0)
      return {
        kept: total('kept'),
        changed: total('changed'),
        gained: total('gained'),
        lost: total('lost'),
        without: total('without'),
        communities,
        received,
        given,
        households: () => Int32Array.from(different.list(), ([household]) => household).sort(),
      }
    },
  }
}
