import { describe, expect, it } from 'vitest'
import { BUDGETS, VISITORS_AT_ONCE, VisitorThrottle } from '../../../supabase/local/http/visitor-throttle'

function throttleAt() {
  const clock = { ms: 1_000_000 }
  return { clock, throttle: new VisitorThrottle(() => clock.ms) }
}

/** Calls that pass until the first that does not, and the wait it is told. */
function untilShut({ throttle }: ReturnType<typeof throttleAt>, name: string, address: string, wasRight = true): [passed: number, retryAfterS: number] {
  for (let passed = 0; ; passed += 1) {
    const visit = throttle.begin(name, address)
    if (visit.retryAfterS > 0) return [passed, visit.retryAfterS]
    visit.end(wasRight)
  }
}

describe('visitor throttle', () => {
  it('lets an address hand in so many slips, then one in three minutes, and another address none the fewer', () => {
    const at = throttleAt()
    expect(untilShut(at, 'visitor_report', '10.0.0.1')).toEqual([BUDGETS.report.most, 180])
    at.clock.ms += 180_000
    expect(untilShut(at, 'visitor_report', '10.0.0.1')[0]).toBe(1)
    expect(untilShut(at, 'visitor_report', '10.0.0.2')[0]).toBe(BUDGETS.report.most)
    expect(at.throttle.begin('visitor_board', '10.0.0.1').retryAfterS).toBe(0)
  })

  it('lets ten wrong codes pass, then one a minute; right ones cost little', () => {
    const at = throttleAt()
    expect(untilShut(at, 'visitor_follow', '10.0.0.1', false)).toEqual([10, 60])
    at.clock.ms += 60_000
    expect(untilShut(at, 'visitor_rate', '10.0.0.1', false)[0]).toBe(1)
    expect(untilShut(at, 'visitor_follow', '10.0.0.2')[0]).toBeGreaterThan(50)
  })

  it('counts guesses that are still out, so that a hundred at once are not all free', () => {
    const { throttle } = throttleAt()
    const visits = Array.from({ length: 100 }, () => throttle.begin('visitor_follow', '10.0.0.1'))
    expect(visits.filter(({ retryAfterS }) => retryAfterS === 0)).toHaveLength(10)
  })

  it('leaves room for those who sign in, however many addresses call at once', () => {
    const { throttle } = throttleAt()
    const visits = Array.from({ length: 200 }, (_, n) => throttle.begin('visitor_board', `10.0.1.${n}`))
    const inside = visits.filter((visit) => visit.enter() === 0)
    expect(inside).toHaveLength(VISITORS_AT_ONCE)
    const [next, last] = [throttle.begin('visitor_board', '10.0.2.1'), throttle.begin('visitor_board', '10.0.2.2')]
    inside[0]!.end(true)
    inside[0]!.end(true)
    expect([next.enter(), last.enter()]).toEqual([0, 1])
    // Who did not get in leaves no place behind.
    last.end(true)
    expect(throttle.begin('visitor_board', '10.0.2.3').enter()).toBe(1)
  })

  it('takes nothing for what it sends away because too much is at work', () => {
    const at = throttleAt()
    const inside = Array.from({ length: VISITORS_AT_ONCE }, (_, n) => at.throttle.begin('visitor_board', `10.0.1.${n}`))
    expect(inside.map((visit) => visit.enter()).every((waitS) => waitS === 0)).toBe(true)
    for (let n = 0; n < 2 * BUDGETS.report.most; n += 1) {
      const visit = at.throttle.begin('visitor_report', '10.0.0.1')
      expect(visit.enter()).toBe(1)
      visit.end(false)
    }
    inside[0]!.end(true)
    expect(untilShut(at, 'visitor_report', '10.0.0.1')[0]).toBe(BUDGETS.report.most)
  })

  it('takes the addresses of one network of IPv6 as one, and IPv4 in IPv6 as what it is', () => {
    const at = throttleAt()
    untilShut(at, 'visitor_report', '2001:db8:1:2::1')
    expect(untilShut(at, 'visitor_report', '2001:db8:1:2:ffff::9%eth0')[0]).toBe(0)
    expect(untilShut(at, 'visitor_report', '2001:db8:1:3::1')[0]).toBe(BUDGETS.report.most)
    untilShut(at, 'visitor_report', '::ffff:10.0.0.7')
    expect(untilShut(at, 'visitor_report', '10.0.0.7')[0]).toBe(0)
    untilShut(at, 'visitor_report', '::1')
    expect(untilShut(at, 'visitor_report', '::1')[0]).toBe(0)
  })

  it('gives nothing back for a clock that goes backwards', () => {
    const at = throttleAt()
    untilShut(at, 'visitor_report', '10.0.0.1')
    at.clock.ms -= 3_600_000
    expect(untilShut(at, 'visitor_report', '10.0.0.1')[0]).toBe(0)
  })
})
