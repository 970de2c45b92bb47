import { describe, expect, it } from 'vitest'
import { ISSUE_LEVELS } from '@/core/issues/issue'
import { CLUSTERS } from '../../../supabase/seed/issues/clusters'
import { WEEKS } from '../../../supabase/seed/issues/draw-reports'
import { Slip } from '../../../supabase/seed/issues/slip'
import { tellIssues } from '../../../supabase/seed/issues/tell-issues'
import { WorkCalendar } from '../../../supabase/seed/issues/work-calendar'
import { DEMO_SEED } from '../../../supabase/seed/settings'
import { drawSmallStreet } from '../../helpers/small-street'

const WEEK_S = 7 * 86_400
/** 22 November 2026, 17:00 in Shanghai. */
const UNTIL_S = Date.UTC(2026, 10, 22, 9) / 1000
const CALENDAR = new WorkCalendar(new Map([['2026-02-16', false], ['2026-02-17', false], ['2026-02-28', true]]))

function tell(): { slips: Slip[]; points: readonly (readonly [number, number])[] } {
  const { street, cut, plan, staff } = drawSmallStreet()
  return { slips: tellIssues(street, cut, plan, staff, DEMO_SEED, CALENDAR, UNTIL_S), points: street.buildings.map(({ point }) => point) }
}

describe('two years of slips', () => {
  const { slips, points } = tell()
  const share = (of: (slip: Slip) => boolean, among: readonly Slip[] = slips): number => among.filter(of).length / among.length

  it('come in order, within two years of the last moment, and nothing happens after it', () => {
    const times = slips.map(({ report }) => report.atS)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThan(UNTIL_S - (WEEKS + 1) * WEEK_S)
    for (const { events } of slips) {
      events.forEach(({ atS }, k) => expect(atS).toBeGreaterThanOrEqual(events[Math.max(0, k - 1)].atS))
      expect(events.at(-1)!.atS).toBeLessThanOrEqual(UNTIL_S)
    }
  })

  it('are the same for the same seed and moment', () => {
    const bare = ({ events, handler, report }: Slip) => ({ events, handler, report })
    expect(tell().slips.map(bare)).toEqual(slips.map(bare))
  })

  it('are mostly settled and published; few are late, handed up, refused, the same, taken back or overdue', () => {
    expect(share(({ state }) => state === 'published')).toBeGreaterThan(0.85)
    const within = (value: number, low: number, high: number): void => expect([value > low, value < high, value]).toEqual([true, true, value])
    within(share(({ outcome, finishedS, closedS, dueS }) => outcome !== null && (finishedS || closedS) > dueS), 0.05, 0.25)
    within(share(({ topLevel }) => ISSUE_LEVELS.indexOf(topLevel) > 0), 0.08, 0.3)
    within(share(({ topLevel }) => ISSUE_LEVELS.indexOf(topLevel) > 1), 0.01, 0.1)
    for (const outcome of ['explained', 'duplicate', 'withdrawn'] as const) within(share((slip) => slip.outcome === outcome), 0, 0.12)
    within(share(({ outcome }) => outcome === null), 0.001, 0.05)
    within(share(({ satisfaction }) => satisfaction >= 4, slips.filter(({ satisfaction }) => satisfaction > 0)), 0.8, 0.98)
  })

  it('rest on Sundays and are more in the second year', () => {
    const weekday = (slip: Slip): number => new Date((slip.report.atS + 8 * 3600) * 1000).getUTCDay()
    expect(share((slip) => weekday(slip) === 0)).toBeLessThan(share((slip) => weekday(slip) === 1))
    const background = slips.filter(({ report }) => report.cluster < 0)
    expect(share(({ report }) => report.atS > UNTIL_S - 52 * WEEK_S, background)).toBeGreaterThan(0.5)
  })

  it('hold clusters that lie close together and go their way', () => {
    expect(CLUSTERS.length).toBeGreaterThanOrEqual(8)
    CLUSTERS.forEach(({ course, radiusM, category, months }, cluster) => {
      const own = slips.filter(({ report }) => report.cluster === cluster)
      if (own.length === 0) return
      expect(new Set(own.map(({ report }) => report.category))).toEqual(new Set([category]))
      const [xs, ys] = [0, 1].map((axis) => own.map(({ report }) => points[report.building][axis]))
      expect(Math.max(...xs) - Math.min(...xs)).toBeLessThanOrEqual(2 * radiusM)
      expect(Math.max(...ys) - Math.min(...ys)).toBeLessThanOrEqual(2 * radiusM)
      const recent = (weeks: number) => share(({ report }) => report.atS > UNTIL_S - weeks * WEEK_S, own)
      if (course === 'growing') expect(recent(26)).toBeGreaterThan(0.6)
      if (course === 'fading') expect(recent(26)).toBeLessThan(0.2)
      if (course === 'new') expect(recent(8)).toBe(1)
      if (months) expect(own.every(({ report }) => months.includes(new Date((report.atS + 8 * 3600) * 1000).getUTCMonth()))).toBe(true)
    })
    expect(new Set(slips.map(({ report }) => report.cluster)).size).toBeGreaterThanOrEqual(8)
  })
})

describe('a slip as it is lived through', () => {
  const report = { atS: Date.UTC(2026, 9, 12, 2) / 1000, category: 'noise', title: '噪声', building: 0, point: [0, 0], cluster: -1 } as const
  const fresh = (untilS = UNTIL_S): Slip => new Slip(report, 'worker', 0, -1, null, 1, 'grid_worker', CALENDAR, untilS)

  it('goes by the state machine alone', () => {
    const slip = fresh()
    expect(() => slip.act(report.atS + 60, 'close', 'community_secretary', 2)).toThrow('close of a slip that is reported')
    expect(() => slip.act(report.atS + 60, 'claim', 'auditor', 2)).toThrow('claim by auditor')
    slip.act(report.atS + 60, 'claim', 'grid_worker', 1)
    expect(() => slip.act(report.atS, 'progress', 'handler', 1)).toThrow('before what came before')
  })

  it('comes under supervision at its deadline and goes up two working days later, each level with a deadline of its own', () => {
    const slip = fresh()
    slip.act(report.atS + 60, 'claim', 'grid_worker', 1)
    expect(slip.letClockRun(slip.dueS)).toBe(false)
    expect(slip.state).toBe('claimed')
    expect(new Date(slip.dueS * 1000).toISOString()).toBe('2026-10-13T10:00:00.000Z')
    expect(slip.letClockRun(slip.dueS + 3600)).toBe(false)
    expect(slip.state).toBe('supervised')
    expect(slip.letClockRun(slip.dueS + 5 * 86_400)).toBe(true)
    expect([slip.state, slip.level, slip.handler]).toEqual(['reported', 'community', -1])
    expect(new Date(slip.dueS * 1000).toISOString()).toBe('2026-10-19T10:00:00.000Z')
  })

  it('stays as it is once its last moment has passed', () => {
    const slip = fresh(report.atS + 30)
    slip.act(report.atS + 60, 'claim', 'grid_worker', 1)
    expect([slip.state, slip.isOver, slip.events.length]).toEqual(['reported', true, 1])
  })
})
