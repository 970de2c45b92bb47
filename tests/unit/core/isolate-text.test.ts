import { isolateText } from '@/core/isolate-text'
import { describe, expect, it } from 'vitest'

describe('a text from outside between words of ours', () => {
  it.each(['文昌社区 001', 'Café 3-2', '👨‍👩‍👧 家', ''])('%s stays as it is', (text) => {
    expect(isolateText(text)).toBe(text)
  })

  it.each([
    ['شارع', '\u2068شارع\u2069'],
    ['\u202Eabc', '\u2068abc\u2069'],
    ['a\u2069\u202Eb', '\u2068ab\u2069'],
  ])('turns nothing around it: %j', (text, isolated) => {
    expect(isolateText(text)).toBe(isolated)
  })
})
