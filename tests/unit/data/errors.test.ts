import { toDataError } from '@/data/errors'
import { describe, expect, it } from 'vitest'

describe('failures of the server', () => {
  it.each([
    [{ code: 'P0001', message: 'plan_stale', details: '{"serverRevision": 7}' }, 400, 'plan_stale'],
    [{ code: '42501', message: 'permission denied for table plans' }, 403, 'forbidden'],
    [{ code: 'PGRST301', message: 'JWT expired' }, 401, 'session_expired'],
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

  it('keeps the detail that a code comes with', () => {
    expect(toDataError({ code: 'P0001', message: 'plan_stale', details: '{"serverRevision": 7, "by": "李*"}' }).detail).toEqual({
      serverRevision: 7,
      by: '李*',
    })
  })
})
