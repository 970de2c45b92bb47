import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALWAYS_OPEN, DAY_MINUTES, formatOpeningHours, isOpenAt, parseOpeningHours, type WeekHours } from '@/core/coverage/opening-hours'

const at = (clock: string): number => Number(clock.slice(0, -3)) * 60 + Number(clock.slice(-2))
/** By day, Monday first: '8:30-12:00 13:30-17:30'; a text of its own for the days that differ. */
const week = (...days: readonly string[]): WeekHours =>
  Array.from({ length: 7 }, (_, k) => days[Math.min(k, days.length - 1)]).map((day) =>
    day === '' ? [] : day.split(' ').map((span) => ({ fromMinute: at(span.split('-')[0]), toMinute: at(span.split('-')[1]) })))

describe('opening hours as people write them', () => {
  it.each([
    ['每日 8:00–20:00', week('8:00-20:00')],
    ['周一至周日 8:30–17:30', week('8:30-17:30')],
    ['周一至周六 9:00–17:00', week(...new Array(6).fill('9:00-17:00'), '')],
    ['周一至周五 9:00–11:30，14:00–17:00', week(...new Array(5).fill('9:00-11:30 14:00-17:00'), '')],
    ['周一至周五 8:30-12:00 13:30-17:30；周六 9:00-12:00', week(...new Array(5).fill('8:30-12:00 13:30-17:30'), '9:00-12:00', '')],
    ['星期一到星期五：上8', null],
    ['周一、三、五 9:00—11:00', week('9:00-11:00', '', '9:00-11:00', '', '9:00-11:00', '', '')],
    ['工作日 8:30～17:30；周末 9:00～16:00', week(...new Array(5).fill('8:30-17:30'), '9:00-16:00')],
    ['周六日 9：00－12：00', week(...new Array(5).fill(''), '9:00-12:00')],
    ['周五至周一 10:00-18:00', week('10:00-18:00', '', '', '', '10:00-18:00')],
    ['8点半至17点', week('8:30-17:00')],
    ['周一至周五 8时30分-17时', week(...new Array(5).fill('8:30-17:00'), '')],
    ['星期一到星期五 8:30-17:30', week(...new Array(5).fill('8:30-17:30'), '')],
    ['每天22:00-次日6:00', week('0:00-6:00 22:00-24:00')],
    ['周日 20:00-2:00', week('0:00-2:00', ...new Array(5).fill(''), '20:00-24:00')],
    ['Mon–Fri 9:00–17:00; Sat, Sun 10:00-12:00', week(...new Array(5).fill('9:00-17:00'), '10:00-12:00')],
    ['Daily 8:00 to 20:00', week('8:00-20:00')],
    ['8:00-18:00', week('8:00-18:00')],
    ['随时联系', ALWAYS_OPEN],
    ['24小时', ALWAYS_OPEN],
    ['周一至周五 全天', week(...new Array(5).fill('0:00-24:00'), '')],
    ['周一至周五 9:00-17:00；周六、周日 全天', week(...new Array(5).fill('9:00-17:00'), '0:00-24:00')],
    // Not understood is not known: nothing is guessed.
    ['', null], ['见门口通知', null], ['周一至周五', null], ['节假日除外 9:00-17:00', null], ['9:00-17:00 节假日休息', null], ['25:00-26:00', null], ['9:70-12:00', null],
    ['9:00', null], ['8:00-8:00', null], ['周八 9:00-12:00', null], ['周一至周三至周五 9:00-12:00', null], ['每日 9:00-24:30', null], ['次日 9:00-10:00', null],
  ])('%s', (text, hours) => {
    expect(parseOpeningHours(text)).toEqual(hours)
  })

  it('are open from the first minute to the last but one', () => {
    const hours = parseOpeningHours('周一 9:00-12:00，13:00-24:00')!
    expect([539, 540, 719, 720, 779, 780, 1439].map((minute) => isOpenAt(hours, 0, minute))).toEqual([false, true, true, false, false, true, true])
    expect(isOpenAt(hours, 1, 600)).toBe(false)
  })

  it('are written as they are read, in both languages', () => {
    expect(formatOpeningHours(parseOpeningHours('周一至周五 8:30-12:00 13:30-17:30;周六、周日 9:00-12:00')!)).toBe('周一至周五 8:30–12:00，13:30–17:30；周六、周日 9:00–12:00')
    expect(formatOpeningHours(parseOpeningHours('周一至周五 8:30-12:00 13:30-17:30')!, 'en')).toBe('Mon–Fri 8:30–12:00, 13:30–17:30')
    expect([formatOpeningHours(ALWAYS_OPEN), formatOpeningHours(ALWAYS_OPEN, 'en')]).toEqual(['随时联系', 'At all hours'])
    expect([formatOpeningHours(week('8:00-9:00')), formatOpeningHours(week('8:00-9:00'), 'en')]).toEqual(['每日 8:00–9:00', 'Daily 8:00–9:00'])
    expect(formatOpeningHours(week(''))).toBe('')
  })

  it('come back the same whatever they are', () => {
    const day = fc.uniqueArray(fc.nat(DAY_MINUTES / 5), { maxLength: 6 }).map((cuts) => {
      const sorted = cuts.map((cut) => 5 * cut).sort((a, b) => a - b)
      return Array.from({ length: sorted.length >> 1 }, (_, k) => ({ fromMinute: sorted[2 * k], toMinute: sorted[2 * k + 1] }))
    })
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (hours) => {
        fc.pre(hours.some((spans) => spans.length > 0))
        for (const language of ['zh', 'en'] as const) expect(parseOpeningHours(formatOpeningHours(hours, language))).toEqual(hours)
      }),
      { numRuns: 300 },
    )
  })
})
