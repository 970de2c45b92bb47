import { clockOfMinute } from '@/rooms/patrol/operations/clock-of-minute'
import { expect, it } from 'vitest'

it('tells the time of day to the nearest minute, the hour with it', () => {
  expect([510, 538.4, 539.6, 1439.7, 0].map(clockOfMinute)).toEqual(['08:30', '08:58', '09:00', '00:00', '00:00'])
})
