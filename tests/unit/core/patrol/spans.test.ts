import { joinSpans, leftOf, lengthCm, sharedCm } from '@/core/patrol/spans'
import { describe, expect, it } from 'vitest'

const span = (fromCm: number, toCm: number) => ({ fromCm, toCm })

describe('parts of a street', () => {
  it('count once where they overlap, touch or repeat', () => {
    const joined = joinSpans([span(50, 60), span(10, 30), span(20, 40), span(40, 45), span(70, 70), span(10, 30)])
    expect(joined).toEqual([span(10, 45), span(50, 60)])
    expect(lengthCm(joined)).toBe(45)
  })

  it('leave what none of them holds, and share the rest', () => {
    const joined = [span(10, 45), span(50, 60)]
    expect(leftOf(span(0, 100), joined)).toEqual([span(0, 10), span(45, 50), span(60, 100)])
    expect(leftOf(span(20, 40), joined)).toEqual([])
    expect(leftOf(span(45, 50), joined)).toEqual([span(45, 50)])
    expect(sharedCm(span(40, 55), joined)).toBe(10)
    for (const whole of [span(0, 100), span(20, 55), span(61, 70)]) expect(sharedCm(whole, joined) + lengthCm(leftOf(whole, joined))).toBe(whole.toCm - whole.fromCm)
  })
})
