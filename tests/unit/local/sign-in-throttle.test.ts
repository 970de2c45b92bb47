import { describe, expect, it } from 'vitest'
import { ACCOUNT_FAILURES, ADDRESS_FAILURES, SignInThrottle } from '../../../supabase/local/http/sign-in-throttle'

function throttleAt() {
  const clock = { ms: 1_000_000 }
  return { clock, throttle: new SignInThrottle(() => clock.ms) }
}

describe('sign-in throttle', () => {
  it('lets three mistakes pass, then doubles the wait', () => {
    const { clock, throttle } = throttleAt()
    const waits: number[] = []
    for (let failure = 0; failure < 8; failure += 1) {
      let attempt = throttle.begin('li@example', '127.0.0.1')
      waits.push(attempt.retryAfterS)
      clock.ms += attempt.retryAfterS * 1000
      if (attempt.retryAfterS > 0) attempt = throttle.begin('li@example', '127.0.0.1')
      attempt.fail()
    }
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16])
  })

  it('shuts an account for a quarter of an hour after ten failures, and no other', () => {
    const { clock, throttle } = throttleAt()
    for (let failure = 0; failure < ACCOUNT_FAILURES; failure += 1) {
      clock.ms += 60_000
      throttle.begin('Li@example ', '127.0.0.1').fail()
    }
    expect(throttle.begin('li@example', '127.0.0.2').retryAfterS).toBe(900)
    expect(throttle.begin('wang@example', '127.0.0.1').retryAfterS).toBe(0)
    clock.ms += 900_000
    expect(throttle.begin('li@example', '127.0.0.1').retryAfterS).toBe(0)
  })

  it('counts attempts that are still out, so that a hundred at once are not all free', () => {
    const { throttle } = throttleAt()
    const attempts = Array.from({ length: 100 }, () => throttle.begin('li@example', '127.0.0.1'))
    expect(attempts.filter((attempt) => attempt.retryAfterS === 0)).toHaveLength(ACCOUNT_FAILURES)
  })

  it('forgives an account its mistakes after the right password, but not the address', () => {
    const { clock, throttle } = throttleAt()
    for (let round = 0; round < ADDRESS_FAILURES; round += 1) {
      clock.ms += 1000
      throttle.begin(`guess${round}@example`, '10.0.0.9').fail()
      throttle.begin('own@example', '10.0.0.9').succeed()
    }
    expect(throttle.begin('own@example', '10.0.0.9').retryAfterS).toBeGreaterThan(800)
    expect(throttle.begin('own@example', '10.0.0.8').retryAfterS).toBe(0)
  })

  it('takes an attempt back that the server never judged', () => {
    const { throttle } = throttleAt()
    for (let round = 0; round < 50; round += 1) throttle.begin('li@example', '127.0.0.1').drop()
    expect(throttle.begin('li@example', '127.0.0.1').retryAfterS).toBe(0)
  })
})
