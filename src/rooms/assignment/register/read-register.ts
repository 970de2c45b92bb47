import { READ_LIMITS, type ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { readSheets } from '@/formats/read-sheet'
import { registerFields, type RegisterField } from './register-fields'

/** A row of a register: texts as they stand, empty where the file has none; `has` tells a column left out from an empty one. */
export interface RegisterRow {
  /** Row of the sheet, from 1. */
  readonly row: number
  text(field: RegisterField): string
  has(field: RegisterField): boolean
}

/** What a register says: who carries which household, and what members can carry. */
export interface RegisterFile {
  readonly ties: readonly RegisterRow[]
  readonly members: readonly RegisterRow[]
}

/** A register has three sheets; more are not looked at. */
const MOST_SHEETS = 6

/**
 * Read a register from an XLSX workbook; sheets are told by their heads, not by their names.
 * Throws `ReadRefusal`: `file_empty`, `file_too_large`, `file_kind_unknown`, `table_without_heads`, `no_rows`, those of unpacking and of sheets.
 */
export function readRegister(bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): RegisterFile {
  if (bytes.length > limits.fileBytes) throw new ReadRefusal('file_too_large', { limitMb: Math.round(limits.fileBytes / 2 ** 20) })
  if (bytes.every((byte) => byte <= 32)) throw new ReadRefusal('file_empty')
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new ReadRefusal('file_kind_unknown')
  const file: { ties: RegisterRow[] | null; members: RegisterRow[] | null } = { ties: null, members: null }
  for (const { rows } of readSheets(bytes, limits, MOST_SHEETS)) {
    const head = rows.findIndex((row) => row.some((cell) => cell !== ''))
    const fields = registerFields(rows[head] ?? [])
    const isTies = fields.has('member') && (fields.has('household') || fields.has('address'))
    const isMembers = fields.has('member') && (['exempt', 'min', 'max', 'reach'] as const).some((field) => fields.has(field))
    const kind = isTies ? 'ties' : isMembers ? 'members' : null
    if (kind !== null) file[kind] ??= rowsOf(rows, head, fields)
  }
  if (file.ties === null && file.members === null) throw new ReadRefusal('table_without_heads')
  const { ties, members } = { ties: file.ties ?? [], members: file.members ?? [] }
  if (ties.length + members.length === 0) throw new ReadRefusal('no_rows')
  return { ties, members }
}

function rowsOf(rows: readonly (readonly string[])[], head: number, fields: ReadonlyMap<RegisterField, number>): RegisterRow[] {
  return rows.flatMap((cells, k) =>
    k <= head || cells.every((cell) => cell === '')
      ? []
      : [{ row: k + 1, text: (field: RegisterField) => cells[fields.get(field) ?? -1] ?? '', has: (field: RegisterField) => fields.has(field) }],
  )
}
