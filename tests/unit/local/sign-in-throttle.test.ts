import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { SignInFailures } from '../../../supabase/local/data-directory/sign-in-failures'
import { ACCOUNT_FAILURES, ADDRESS_FAILURES, SignInThrottle } from '../../../supabase/local/http/sign-in-throttle'

function throttleAt() {
  const clock = { ms: 1_000_000 }
  const keeper = { nameOf: (subject: string) => subject, load: () => [], keep: () => {} }
  return { clock, throttle: new SignInThrottle(keeper, () => clock.ms) }
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

describe('failures of signing in, over restarts', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

  function office() {
    const folder = mkdtempSync(join(tmpdir(), 'gewu-failures-'))
    folders.push(folder)
    const clock = { ms: 1_000_000 }
    const said: string[] = []
    const now = () => clock.ms
    const start = () => new SignInThrottle(new SignInFailures(folder, 'a secret', (line) => said.push(line), now), now)
    return { folder, file: join(folder, 'sign-in-failures.jsonl'), clock, said, start }
  }
  const failTimes = (throttle: SignInThrottle, clock: { ms: number }, times: number) => {
    for (let failure = 0; failure < times; failure += 1) {
      clock.ms += 60_000
      throttle.begin('li@example', '10.0.0.9').fail()
    }
  }

  it('keeps a shut account shut, until its time is over', () => {
    const { clock, start } = office()
    failTimes(start(), clock, ACCOUNT_FAILURES)
    clock.ms += 600_000
    expect(start().begin('li@example', '10.0.0.1').retryAfterS).toBe(300)
    expect(start().begin('wang@example', '10.0.0.1').retryAfterS).toBe(0)
    clock.ms += 300_000
    expect(start().begin('li@example', '10.0.0.1').retryAfterS).toBe(0)
  })

  it('goes on counting where it was, and forgives what was forgiven', () => {
    const { clock, start } = office()
    failTimes(start(), clock, 5)
    const throttle = start()
    failTimes(throttle, clock, 1)
    expect(throttle.begin('li@example', '10.0.0.9').retryAfterS).toBe(8)
    clock.ms += 8000
    throttle.begin('li@example', '10.0.0.9').succeed()
    expect(start().begin('li@example', '10.0.0.9').retryAfterS).toBe(0)
  })

  it('forgets after an hour, and does not wait longer for a clock that was set back', () => {
    const { file, clock, start } = office()
    failTimes(start(), clock, ACCOUNT_FAILURES)
    clock.ms -= 86_400_000
    expect(start().begin('li@example', '10.0.0.1').retryAfterS).toBe(900)
    clock.ms += 2 * 86_400_000
    expect(start().begin('li@example', '10.0.0.1').retryAfterS).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('survives a line cut short, tells nobody who tried, and is its owner\'s alone', () => {
    const { file, clock, start } = office()
    failTimes(start(), clock, ACCOUNT_FAILURES)
    appendFileSync(file, '["cut')
    expect(start().begin('li@example', '10.0.0.1').retryAfterS).toBe(900)
    expect(readFileSync(file, 'utf8')).not.toMatch(/li@example|10\.0\.0|cut/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('goes on without the file, and says so once', () => {
    const { folder, clock, said, start } = office()
    const throttle = start()
    rmSync(folder, { recursive: true })
    failTimes(throttle, clock, ACCOUNT_FAILURES)
    expect(throttle.begin('li@example', '10.0.0.1').retryAfterS).toBe(900)
    expect(said).toHaveLength(1)
  })
})
