/** What a spreadsheet takes for the beginning of a formula, full-width signs among them. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/** A text cell that no spreadsheet runs: an apostrophe in front keeps it text. */
export const neutraliseCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** A CSV text: UTF-8 with byte-order mark, CRLF, texts neutralised and quoted where needed. Numbers stay numbers. */
export function writeCsv(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(value)
    const safe = neutraliseCell(value)
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
  }
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
