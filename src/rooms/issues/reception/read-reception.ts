import { READ_LIMITS, type ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { readSheets } from '@/formats/read-sheet'

/** Columns of the template, in their order. */
export const RECEPTION_COLUMNS = ['place', 'category', 'title', 'detail', 'name', 'phone'] as const
export type ReceptionField = (typeof RECEPTION_COLUMNS)[number]

/** Names that are taken for each, plain. Both languages of the template are among them. */
const NAMES: Readonly<Record<ReceptionField, readonly string[]>> = {
  place: ['地点', '地址', '位置', '楼栋', 'place', 'address'],
  category: ['类别', '类型', '事项类别', 'category', 'kind'],
  title: ['诉求', '标题', '事项', '问题', 'title', 'issue', 'matter'],
  detail: ['详情', '详细情况', '说明', '内容', 'details', 'detail'],
  name: ['姓名', '来访人', '反映人', 'name', 'visitor'],
  phone: ['电话', '手机', '联系电话', '联系方式', 'phone', 'telephone'],
}

/** A row as it stands; `row` counts from 1 as the sheet does. */
export interface ReceptionRow extends Readonly<Record<ReceptionField, string>> {
  readonly row: number
}

/** Rows that one reception day brings at most. */
export const MOST_RECEPTION_ROWS = 200

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s_\-.()·#*]/g, '')

/** Rows of a workbook. Throws `ReadRefusal`: `file_too_large`, `file_kind_unknown`, those of `receptionRows`, of unpacking and of sheets. */
export function readReceptionFile(bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): ReceptionRow[] {
  if (bytes.length > limits.fileBytes) throw new ReadRefusal('file_too_large', { limitMb: Math.round(limits.fileBytes / 2 ** 20) })
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new ReadRefusal('file_kind_unknown')
  return receptionRows(readSheets(bytes, limits, 1)[0]?.rows ?? [])
}

/** Rows of a table copied from a spreadsheet: cells parted by tabs. Throws as `receptionRows`. */
export const readReceptionText = (text: string): ReceptionRow[] => receptionRows(text.split(/\r\n|\r|\n/).map((line) => line.split('\t').map((cell) => cell.trim())))

/** Rows below the heads; without heads the columns are those of the template. Throws `ReadRefusal`: `no_rows`, `too_many_rows`. */
function receptionRows(table: readonly (readonly string[])[]): ReceptionRow[] {
  const first = table.findIndex((cells) => cells.some((cell) => cell !== ''))
  const heads = (table[first] ?? []).map(plain)
  const named = RECEPTION_COLUMNS.map((field) => heads.findIndex((head) => NAMES[field].includes(head)))
  const hasHeads = named.filter((at) => at >= 0).length >= 2
  const at = hasHeads ? named : RECEPTION_COLUMNS.map((_, k) => k)
  const rows = table.flatMap((cells, k) =>
    k < first + (hasHeads ? 1 : 0) || cells.every((cell) => cell === '')
      ? []
      : [{ row: k + 1, ...(Object.fromEntries(RECEPTION_COLUMNS.map((field, column) => [field, cells[at[column]] ?? ''])) as Record<ReceptionField, string>) }],
  )
  if (rows.length === 0) throw new ReadRefusal('no_rows')
  if (rows.length > MOST_RECEPTION_ROWS) throw new ReadRefusal('too_many_rows', { limit: MOST_RECEPTION_ROWS })
  return rows
}
