import { decodeText } from './decode-text'
import type { ReadLimits } from './read-limits'
import { ReadRefusal } from './read-refusal'
import { scanXml } from './scan-xml'
import { storedText } from './stored-text'
import { unpackZip } from './unpack'

/** Columns looked at; a sheet may name any of 16,384. */
const MOST_COLUMNS = 200

/** A sheet of a workbook: row n stands at n − 1. */
export interface ReadSheet {
  readonly name: string
  readonly rows: string[][]
}

/**
 * Rows of the first sheet of an XLSX workbook as texts (ECMA-376 part 1, 18.3). Numbers are as they are stored, formulas give their
 * last result, dates are numbers. Rows that are not there are empty, so that row n of the sheet is at n − 1.
 * Throws `ReadRefusal`: `sheet_missing`, `too_many_rows`, those of unpacking and of XML.
 */
export const readSheet = (bytes: Uint8Array, limits: ReadLimits): string[][] => readSheets(bytes, limits, 1)[0].rows

/** The first sheets of a workbook, in its order; as `readSheet`. The limit of rows is that of each. */
export function readSheets(bytes: Uint8Array, limits: ReadLimits, most: number): ReadSheet[] {
  const files = unpackZip(bytes, ['.xml', '.rels'], limits)
  const textOf = (name: string): string | null => {
    const found = [...files].find(([path]) => path.toLowerCase() === name.toLowerCase())
    return found ? decodeText(found[1]).text : null
  }
  const listed = listSheets(textOf('xl/workbook.xml'), textOf('xl/_rels/workbook.xml.rels')).slice(0, most)
  const shared = readShared(textOf('xl/sharedStrings.xml'))
  return listed.map(({ name, path }) => {
    const sheet = textOf(path)
    // Listed and not there: the rest of the file is lost, and half of it is not to be taken for all.
    if (sheet === null) throw new ReadRefusal('sheet_missing')
    return { name, rows: readRows(sheet, shared, limits) }
  })
}

/** Names and paths of the sheets: by the workbook's list and its relations, else the one that every program names so. */
function listSheets(workbook: string | null, relations: string | null): { name: string; path: string }[] {
  const targets = new Map<string, string>()
  for (const part of relations === null ? [] : scanXml(relations)) {
    if (part.kind !== 'open' || part.name !== 'Relationship') continue
    const target = part.attributes['Target'] ?? ''
    targets.set(part.attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  const sheets: { name: string; path: string }[] = []
  for (const part of workbook === null ? [] : scanXml(workbook)) {
    if (part.kind !== 'open' || part.name !== 'sheet') continue
    const path = targets.get(part.attributes['id'] ?? '')
    sheets.push({ name: part.attributes['name'] ?? '', path: path ?? `xl/worksheets/sheet${sheets.length + 1}.xml` })
  }
  return sheets.length > 0 ? sheets : [{ name: '', path: 'xl/worksheets/sheet1.xml' }]
}

/** Texts that cells refer to by number; phonetic runs are left off. */
function readShared(text: string | null): string[] {
  const shared: string[] = []
  let words: string | null = null
  let isText = false
  let phonetic = 0
  for (const part of text === null ? [] : scanXml(text)) {
    if (part.kind === 'open') {
      if (part.name === 'si') words = ''
      else if (part.name === 'rPh') phonetic++
      isText = part.name === 't'
    } else if (part.kind === 'close') {
      if (part.name === 'si') shared.push(words ?? '')
      else if (part.name === 'rPh') phonetic--
      isText = false
    } else if (isText && phonetic === 0 && words !== null) words += part.text
  }
  return shared
}

function readRows(text: string, shared: readonly string[], limits: ReadLimits): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let column = 0
  let type = ''
  let words = ''
  let isValue = false
  for (const part of scanXml(text)) {
    if (part.kind === 'text') {
      if (isValue) words += part.text
    } else if (part.kind === 'open') {
      isValue = part.name === 'v' || part.name === 't'
      if (part.name === 'row') {
        const number = Number(part.attributes['r'] ?? rows.length + 1)
        if (!Number.isInteger(number) || number <= rows.length || number > limits.rows) {
          throw new ReadRefusal('too_many_rows', { limit: limits.rows }, rows.length + 1)
        }
        while (rows.length < number - 1) rows.push([])
        row = []
        rows.push(row)
        column = 0
      } else if (part.name === 'c') {
        column = columnOf(part.attributes['r']) ?? column
        type = part.attributes['t'] ?? 'n'
        words = ''
      }
    } else if (part.name === 'c') {
      const value = type === 's' ? (shared[Number(words)] ?? '') : words
      if (column < MOST_COLUMNS && value.trim() !== '') {
        while (row.length < column) row.push('')
        row[column] = storedText(value.trim(), limits.textLength)
      }
      column++
    } else isValue = false
  }
  return rows
}

/** B7 → 1. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
