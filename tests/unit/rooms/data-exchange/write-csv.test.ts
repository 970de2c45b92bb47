import Papa from 'papaparse'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutraliseCell, writeCsv } from '@/ui/write-csv'

describe('tables that leave the house', () => {
  it.each(['=1+1', '+86', '-cmd', '@sum', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])('%j is kept text', (text) => {
    expect(neutraliseCell(text)).toBe(`'${text}`)
  })

  it('leaves ordinary texts and numbers as they are', () => {
    expect(neutraliseCell('桃园 001')).toBe('桃园 001')
    expect(writeCsv(['a'], [[-5]])).toBe('\uFEFFa\r\n-5\r\n')
  })

  it('comes back from any reader as it was, with nothing that begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const parsed = Papa.parse<string[]>(writeCsv(['a', 'b'], rows).slice(1), { skipEmptyLines: false }).data.slice(1, rows.length + 1)
        parsed.forEach((row, k) => expect(row).toEqual(rows[k].map(neutraliseCell)))
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})
