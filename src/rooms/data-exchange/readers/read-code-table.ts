import Papa from 'papaparse'
import type { ReadContext } from './read-context'
import { readProperties } from './read-geojson'
import { ReadRefusal } from '@/formats/read-refusal'

const BLOCK = 5_000

/** Read a CSV table of names and codes, heads in its first line. Rows are lines as a spreadsheet numbers them (the head is 1). */
export async function readCodeTable(text: string, context: ReadContext): Promise<void> {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { header: false, skipEmptyLines: false })
  const heads = (parsed.data[0] ?? []).map((head) => head.trim())
  if (heads.length < 2 || heads.every((head) => head === '')) throw new ReadRefusal('table_without_heads')
  const twice = heads.find((head, index) => head !== '' && heads.indexOf(head) !== index)
  if (twice !== undefined) throw new ReadRefusal('table_head_twice', { head: twice.slice(0, 40) }, 1)
  for (const error of parsed.errors) {
    if (error.type === 'Quotes') context.find('table_quote', 'error', (error.row ?? 0) + 1)
  }
  let used = 0
  for (let index = 1; index < parsed.data.length; index++) {
    const cells = parsed.data[index]
    const row = index + 1
    if (cells.length === 1 && cells[0].trim() === '') continue
    if (cells.length !== heads.length) {
      context.find('table_width', 'error', row, { expected: heads.length, got: cells.length })
      continue
    }
    used++
    const raw = Object.fromEntries(heads.map((head, column) => [head, cells[column].trim()]))
    context.emit({ row, sourceId: `#${row}`, geometry: null, properties: readProperties(raw, context.limits.textLength) })
    if (used % BLOCK === 0) await context.pause(index / parsed.data.length)
  }
  if (used === 0) throw new ReadRefusal('no_features')
}
