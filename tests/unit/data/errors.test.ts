import { toDataError } from '@/data/errors'
import { describe, expect, it } from 'vitest'

describe('failures of the server', () => {
  it.each([
    [{ code: 'P0001', message: 'plan_stale', details: '{"serverRevision": 7}' }, 400, 'plan_stale'],
    [{ code: '42501', message: 'permission denied for table plans' }, 403, 'forbidden'],
    [{ code: '42501', message: 'permission denied for function save_plan_draft' }, 401, 'session_expired'],
    [{ code: 'PGRST301', message: 'JWT expired' }, 401, 'session_expired'],
    [{ code: 'P0001', message: 'session_ended' }, 400, 'session_expired'],
    [{ message: 'Invalid login credentials', code: 'invalid_credentials' }, 400, 'wrong_credentials'],
    [new TypeError('Failed to fetch'), 0, 'server_down'],
    [{ message: 'TypeError: fetch failed' }, 0, 'server_down'],
    [{ message: 'Bad gateway' }, 502, 'server_down'],
    [{ code: '57014', message: 'canceling statement due to statement timeout' }, 500, 'too_slow'],
    [{ message: 'Payload too large' }, 413, 'too_large'],
    [{ message: 'something else', code: 'XX000' }, 500, 'unknown'],
  ])('%o with status %i is %s', (raw, status, code) => {
    expect(toDataError(raw, status).code).toBe(code)
  })

  it.each([
    ['尝试次数过多，请 840 秒后再试', 840],
    ['For security purposes, you can only request this after 42 seconds.', 42],
    ['Request rate limit reached', undefined],
  ])('reads how long to wait from "%s"', (message, seconds) => {
    const error = toDataError({ message, code: 'over_request_rate_limit' }, 429)
    expect([error.code, error.detail.retryAfterS]).toEqual(['too_many_requests', seconds])
  })

  it('keeps the detail that a code comes with', () => {
    expect(toDataError({ code: 'P0001', message: 'plan_stale', details: '{"serverRevision": 7, "by": "李*"}' }).detail).toEqual({
      serverRevision: 7,
      by: '李*',
    })
  })
})
