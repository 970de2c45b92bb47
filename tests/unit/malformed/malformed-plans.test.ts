import { describe, expect, it } from 'vitest'
import { ReadRefusal } from '@/formats/read-refusal'
import { papersEn } from '@/rooms/redesign/messages/papers-en'
import { papersZh } from '@/rooms/redesign/messages/papers-zh'
import { readPlanFile } from '@/rooms/redesign/exchange/read-plan-file'
import { FLAG_CODES } from '@/rooms/redesign/exchange/plan-file'
import { MALFORMED_PLANS } from '../../helpers/malformed/plan-files'

/** How reading ends: the code of the refusal, or what it gave. */
function endOf(name: string, content: Uint8Array): string {
  try {
    return `read ${readPlanFile(name, content).claims.length} rows`
  } catch (error) {
    if (!(error instanceof ReadRefusal)) return `threw ${String(error)}`
    return error.code
  }
}

describe('malformed files of plans', () => {
  it(`${MALFORMED_PLANS.length} of them are refused for their own reason, in words of both languages`, () => {
    const faults = MALFORMED_PLANS.flatMap(({ what, name, content, codes }) => {
      const end = endOf(name, content)
      return codes.includes(end) ? [] : [`${name}, ${what}: expected ${codes.join(' or ')}, got ${end}`]
    })
    expect(faults).toEqual([])
    for (const { exchange } of [papersZh, papersEn]) {
      const refusals: Record<string, string> = exchange.refusal
      expect([...new Set(MALFORMED_PLANS.flatMap(({ codes }) => codes))].filter((code) => !(code in refusals))).toEqual([])
      expect(Object.keys(exchange.flag).sort()).toEqual([...FLAG_CODES].sort())
    }
  })
})
