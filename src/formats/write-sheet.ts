import writeXlsxFile, { type SheetData } from 'write-excel-file/universal'

/** A sheet of a workbook: heads, then rows. Texts stay texts: none of them is ever a formula. */
export interface Sheet {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Widths in characters; the rest is 14 wide. */
  readonly widths?: readonly number[]
}

const MOST_NAME = 31
const USUAL_WIDTH = 14

/** A workbook (Office Open XML), its first rows held while one scrolls. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Blob> {
  return writeXlsxFile(
    sheets.map(({ name, heads, rows, widths }) => ({
      // A sheet's name may not hold these, and has 31 letters at most.
      sheet: name.replace(/[[\]:*?/\\]/g, ' ').slice(0, MOST_NAME),
      data: [
        heads.map((value) => ({ value, type: String, fontWeight: 'bold' as const, backgroundColor: '#eef2f2' })),
        ...rows.map((row) => row.map(cellOf)),
      ] as SheetData,
      columns: heads.map((_, k) => ({ width: widths?.[k] ?? USUAL_WIDTH })),
      stickyRowsCount: 1,
    })),
  ).toBlob()
}

const cellOf = (value: string | number | null) =>
  value === null || value === '' ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String }
