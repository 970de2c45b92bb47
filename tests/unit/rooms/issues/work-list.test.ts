import { describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import type { Role, Session } from '@/core/workspace'
import { NO_FILTER, type IssueFilter } from '@/rooms/issues/model'
import { clockOf, dueOf } from '@/rooms/issues/operations/due-of'
import { readFilterAddress, writeFilterAddress } from '@/rooms/issues/operations/filter-address'
import { filterIssues, openBefore } from '@/rooms/issues/operations/filter-issues'
import { countStates, isAtRest, orderWork } from '@/rooms/issues/operations/order-work'
import { patchIssue } from '@/rooms/issues/operations/patch-issue'
import { makeWaitsForMe, makeWaitsToClose } from '@/rooms/issues/operations/waits-for-me'
import type { IssueSlip } from '@/rooms/issues/repository'
import { DAY_S, HOUR_S, makeIssueScope, NOON_S, type MadeSlip } from './make-issue-scope'

const scope = { communities: [{ id: 11 }, { id: 12 }] } as unknown as Pick<Scope, 'communities'>
const as = (role: Role, level = 'street', orgUnitId = 2): Session => ({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId, orgName: '', level, landId: 1 }] })

function pass(slips: readonly MadeSlip[], parts: Partial<IssueFilter>, without: readonly (keyof IssueFilter)[] = []): number[] {
  const issueScope = makeIssueScope(slips)
  const waitsForMe = makeWaitsForMe(scope, issueScope.issues, as('community_secretary', 'community', 12))
  return [...filterIssues({ scope, issueScope, nowS: NOON_S, waitsForMe }, { ...NO_FILTER, ...parts }, without)]
}

describe('the filter', () => {
  const slips: MadeSlip[] = [
    { category: 'noise', title: 'Night works', gridId: 'g1' },
    { category: 'fire', state: 'claimed', community: 1, dueS: NOON_S - HOUR_S, gridId: 'g2' },
    { state: 'published', level: 'street', outcome: 'solved', onTime: 2, reportedS: NOON_S - 40 * DAY_S },
    { state: 'supervised', outcome: 'explained', onTime: 1, reportedS: NOON_S - 100 * DAY_S },
    { state: 'supervised', finishedS: NOON_S - HOUR_S, community: 1, level: 'community', dueS: NOON_S },
  ]
  it.each<[string, Partial<IssueFilter>, number[]]>([
    ['keeps ninety days at first', {}, [0, 1, 2, 4]],
    ['by days', { period: { days: 7 } }, [0, 1, 4]],
    ['between two moments, the end excluded', { period: { fromS: NOON_S - 100 * DAY_S, toS: NOON_S - 40 * DAY_S } }, [3]],
    ['by part of the period', { span: { fromS: NOON_S - 50 * DAY_S, toS: NOON_S - 2 * DAY_S } }, [2]],
    ['by any of several categories', { categories: ['fire', 'parking'] }, [1]],
    ['by state', { states: ['reported', 'published'] }, [0, 2]],
    ['by level', { levels: ['street'] }, [2]],
    ['by outcome', { outcomes: ['solved'] }, [2]],
    ['overdue: past the deadline and open, not at it', { due: 'overdue' }, [1]],
    ['settled late', { due: 'late' }, [2]],
    ['by community', { communityIds: [12] }, [1, 4]],
    ['by grid', { gridIds: ['g1'] }, [0]],
    ['by words of the title', { text: ' night ' }, [0]],
    ['by number', { text: 'gz-2026-1002' }, [1]],
    ['by ids', { ids: new Set([101, 105]) }, [0, 4]],
    ['by what waits for the person', { mine: true }, [4]],
    ['by several parts at once', { communityIds: [12], due: 'overdue' }, [1]],
  ])('%s', (_, parts, expected) => {
    expect(pass(slips, parts)).toEqual(expected)
  })
  it('leaves a part out of account where asked to', () => {
    expect(pass(slips, { states: ['published'] }, ['states'])).toEqual([0, 1, 2, 4])
  })
  it('tells open slips older than the period', () => {
    const old: MadeSlip[] = [{ reportedS: NOON_S - 100 * DAY_S }, { reportedS: NOON_S - 100 * DAY_S, outcome: 'solved' }, {}]
    expect(openBefore(makeIssueScope(old).issues, Int32Array.of(0, 1, 2), NOON_S - 90 * DAY_S)).toEqual([0])
  })
})

describe('the address', () => {
  const full: IssueFilter = {
    period: { fromS: 1_780_000_000, toS: 1_781_000_000 }, span: { fromS: 1_780_100_000, toS: 1_780_200_000 }, categories: ['noise', 'fire'], states: ['claimed'], levels: ['street'],
    outcomes: ['explained'], due: 'overdue', communityIds: [11, 12], gridIds: ['0f8b-1'], mine: true, text: '噪声; a:b,c', ids: new Set([7, 9]),
  }
  it('carries every part and gives it back', () => {
    expect(readFilterAddress(writeFilterAddress(full))).toEqual(full)
  })
  it('says nothing of the filter everybody begins with', () => {
    expect(writeFilterAddress(NO_FILTER)).toBeNull()
    expect(readFilterAddress(null)).toEqual(NO_FILTER)
  })
  it.each(['days:-3;cat:nonsense;due:soon', 'at:9-3;span:x', 'in:a,b;q:%E0%A4%A', '::;;', 'days:1e9'])('leaves out what it does not understand: %s', (text) => {
    expect(readFilterAddress(text)).toEqual(NO_FILTER)
  })
  it('does not carry a choice too large for an address', () => {
    expect(writeFilterAddress({ ...NO_FILTER, ids: new Set(Array.from({ length: 201 }, (_, k) => k)) })).toBeNull()
  })
})

describe('the order of work', () => {
  it('puts open slips first by deadline, then those to be published, then those at rest, last first', () => {
    const { issues } = makeIssueScope([
      { state: 'published', outcome: 'solved', publishedS: NOON_S - 9 * DAY_S },
      { state: 'supervised', outcome: 'solved', closedS: NOON_S - DAY_S },
      { dueS: NOON_S + 3 * DAY_S },
      { state: 'published', outcome: 'solved', publishedS: NOON_S - DAY_S },
      { dueS: NOON_S - DAY_S },
      { state: 'supervised', outcome: 'duplicate', closedS: NOON_S - 3 * DAY_S },
    ])
    expect([...orderWork(issues, Int32Array.of(0, 1, 2, 3, 4, 5))]).toEqual([4, 2, 1, 3, 5, 0])
    expect(countStates(issues, Int32Array.of(0, 1, 2, 3, 4, 5))).toEqual([2, 0, 2, 2])
    // A duplicate goes on no board: nothing is left to be done.
    expect([0, 1, 2, 5].map((issue) => isAtRest(issues, issue))).toEqual([true, false, false, true])
  })
  it.each<[string, MadeSlip, ReturnType<typeof dueOf>]>([
    ['two days by the calendar, though not 48 hours', { dueS: NOON_S - 42 * HOUR_S }, { kind: 'overdue_days', n: 2 }],
    ['hours on the same day', { dueS: NOON_S - 3 * HOUR_S }, { kind: 'overdue_hours', n: 3 }],
    ['today', { dueS: NOON_S + 6 * HOUR_S }, { kind: 'today', atS: NOON_S + 6 * HOUR_S }],
    ['tomorrow', { dueS: NOON_S + 30 * HOUR_S }, { kind: 'tomorrow' }],
    ['days left', { dueS: NOON_S + 3 * DAY_S }, { kind: 'left', n: 3 }],
    ['a result handed in', { state: 'supervised', finishedS: NOON_S - HOUR_S }, { kind: 'to_close' }],
    ['a result handed in and overdue since', { state: 'supervised', finishedS: NOON_S - 2 * HOUR_S, dueS: NOON_S - HOUR_S }, { kind: 'overdue_hours', n: 1 }],
    ['closed', { state: 'supervised', outcome: 'solved' }, { kind: 'to_publish' }],
    ['merged', { state: 'supervised', outcome: 'duplicate' }, { kind: 'ended' }],
    ['published', { state: 'published', outcome: 'solved', publishedS: NOON_S }, { kind: 'published', atS: NOON_S }],
  ])('says how it stands to its deadline: %s', (_, slip, expected) => {
    expect(dueOf(makeIssueScope([slip]).issues, 0, NOON_S)).toEqual(expected)
  })
  it('tells the time by the clock of Shanghai', () => {
    expect(clockOf(NOON_S + 6 * HOUR_S)).toBe('18:00')
  })
})

describe('what waits for a person', () => {
  const handed: MadeSlip = { state: 'supervised', finishedS: NOON_S - HOUR_S, level: 'grid' }
  it.each<[string, MadeSlip, Session, boolean]>([
    ['handles it', { state: 'claimed', handler: 0 }, as('member'), true],
    ['handed in the result', { ...handed, handler: 0 }, as('member'), false],
    ['works the queue of the grid', {}, as('grid_leader', 'community', 11), true],
    ['works the queue of another community', { community: 1 }, as('grid_leader', 'community', 11), false],
    ['works a queue below', { level: 'grid' }, as('street_officer'), false],
    ['works the queue of the street', { level: 'street' }, as('street_officer'), true],
    ['closes results of the community', handed, as('community_secretary', 'community', 11), true],
    ['does not close those of the street', { ...handed, level: 'street' }, as('community_secretary', 'community', 11), false],
    ['publishes what has ended', { state: 'supervised', outcome: 'explained' }, as('community_secretary', 'community', 11), true],
    ['does not publish duplicates', { state: 'supervised', outcome: 'duplicate' }, as('community_secretary', 'community', 11), false],
    ['looks only', handed, as('auditor'), false],
  ])('%s', (_, slip, me, expected) => {
    expect(makeWaitsForMe(scope, makeIssueScope([slip]).issues, me)(0)).toBe(expected)
  })
  it('is closed by who closes, once a result is handed in', () => {
    const { issues } = makeIssueScope([handed, { state: 'supervised' }, { ...handed, outcome: 'solved' }])
    const waits = makeWaitsToClose(scope, issues, as('community_secretary', 'community', 11))
    expect([0, 1, 2].map(waits)).toEqual([true, false, false])
  })
})

describe('a slip after an act', () => {
  const slip: IssueSlip = {
    id: 102, number: 'GZ-2026-1002', revision: 3, landId: 1, communityId: 11, buildingId: null, gridId: null, lngLat: [0, 0], category: 'fire', title: '', detail: '', state: 'supervised', level: 'community',
    topLevel: 'street', outcome: 'solved', source: 'worker', reportedAt: '2026-11-20T04:00:00Z', claimedAt: '2026-11-20T05:00:00Z', finishedAt: '2026-11-20T06:00:00Z', closedAt: '2026-11-23T06:00:00Z',
    publishedAt: null, dueAt: '2026-11-20T10:00:00Z', satisfaction: 4, reminders: 2, duplicateOf: null, handlerId: 'p9', handler: '周*',
  }
  it('is in the columns as the server has it, and the columns before are as they were', () => {
    const before = makeIssueScope([{}, {}])
    const after = patchIssue(before, slip).issues
    expect([after.state[1], after.level[1], after.topLevel[1], after.outcome[1], after.category[1], after.satisfaction[1], after.reminders[1]]).toEqual([2, 1, 2, 1, 5, 4, 2])
    // Handed in by its deadline, closed after it: settled in time.
    expect(after.onTime[1]).toBe(1)
    expect(after.handlers[after.handler[1]]).toEqual({ personId: 'p9', name: '周*' })
    expect([before.issues.state[1], before.issues.handlers.length, after.state[0]]).toEqual([0, 1, 0])
  })
  it('changes nothing where the columns say so already, to the nearest second', () => {
    const after = patchIssue(makeIssueScope([{}, {}]), { ...slip, closedAt: '2026-11-23T05:59:59.600Z' })
    expect(patchIssue(after, slip)).toBe(after)
  })
  it('changes nothing where it is not among them', () => {
    const before = makeIssueScope([{}])
    expect(patchIssue(before, slip)).toBe(before)
  })
})
