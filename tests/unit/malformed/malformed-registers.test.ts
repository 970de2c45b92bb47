import { describe, expect, it } from 'vitest'
import { ReadRefusal } from '@/formats/read-refusal'
import { papersEn } from '@/rooms/assignment/messages/words-papers-en'
import { papersZh } from '@/rooms/assignment/messages/words-papers-zh'
import { REGISTER_FLAG_CODES } from '@/rooms/assignment/register/dry-run-register'
import { readRegister } from '@/rooms/assignment/register/read-register'
import { MOST_RECEPTION_ROWS, readReceptionFile } from '@/rooms/issues/reception/read-reception'
import { MALFORMED_REGISTERS } from '../../helpers/malformed/register-files'

/** How reading ends: the code of the refusal, or what it gave. */
function endOf(content: Uint8Array): string {
  try {
    const { ties, members } = readRegister(content)
    return `read ${ties.length + members.length} rows`
  } catch (error) {
    return error instanceof ReadRefusal ? error.code : `threw ${String(error)}`
  }
}

describe('malformed registers', () => {
  it(`${MALFORMED_REGISTERS.length} of them are refused for their own reason, in words of both languages`, () => {
    const faults = MALFORMED_REGISTERS.flatMap(({ what, content, codes }) => {
      const end = endOf(content)
      return codes.includes(end) ? [] : [`${what}: expected ${codes.join(' or ')}, got ${end}`]
    })
    expect(faults).toEqual([])
    for (const { register } of [papersZh, papersEn]) {
      const refusals: Record<string, string> = register.refusal
      expect([...new Set(MALFORMED_REGISTERS.flatMap(({ codes }) => codes))].filter((code) => !(code in refusals))).toEqual([])
      expect(Object.keys(register.flag).sort()).toEqual([...REGISTER_FLAG_CODES].sort())
    }
  })

  it('read as the table of a reception day, each is refused in so many words or gives rows', () => {
    const refusals = new Set<string>()
    for (const { what, content } of MALFORMED_REGISTERS) {
      try {
        expect(readReceptionFile(content).length, what).toBeLessThanOrEqual(MOST_RECEPTION_ROWS)
      } catch (error) {
        expect(error, what).toBeInstanceOf(ReadRefusal)
        refusals.add((error as ReadRefusal).code)
      }
    }
    expect(refusals.size).toBeGreaterThan(3)
  })
})
