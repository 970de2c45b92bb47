import { describeBrowser } from '@/app/account/describe-browser'
import { checkPassword, strengthOf } from '@/app/account/password-rules'
import { describe, expect, it } from 'vitest'

describe('a password while it is typed', () => {
  it.each([
    ['Abcdefg1', false, true, true],
    ['abcdefghij', true, false, true],
    ['abcdefgh1K', true, true, true],
    ['a quite long phrase', true, true, true],
    ['密码密码密码密码密码', true, false, true],
    [`Aa1${'x'.repeat(70)}`, true, true, false],
  ])('%s', (password, isLong, isMixed, fits) => {
    expect(checkPassword(password)).toEqual({ isLong, isMixed, fits })
  })

  it.each([
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['1234567890', 'weak'],
    ['Tq7-mR4w', 'fair'],
    ['Tq7-mR4w-Lh', 'good'],
    ['Bamboo-rivers-9-lanterns', 'strong'],
  ])('%s is %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength)
  })
})

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0', 'Edge · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari · iOS'],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0', 'WeChat · Android'],
    ['curl/8.0', null],
    [null, null],
  ])('%s is %s', (userAgent, words) => {
    expect(describeBrowser(userAgent)).toBe(words)
  })
})
