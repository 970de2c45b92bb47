import { writeCsv } from '@/ui/write-csv'
import { FIGURES, totalOf, type Figure, type FigureId } from '../figures'
import type { GridRow } from '../grid-rows'

export interface GridCsvWords {
  readonly code: string
  readonly grid: string
  readonly community: string
  readonly findings: string
  readonly total: string
  figure(id: FigureId): string
  communityOf(row: GridRow): string
  findingsOf(row: GridRow): string
}

/** Figures as a spreadsheet takes them: shares and ratios with four digits, all else whole; nothing where there is none. */
const cellOf = ({ unit }: Figure, value: number): string | number =>
  Number.isNaN(value) ? '' : unit === 'ratio' || unit === 'share' ? Number(value.toFixed(4)) : Number(value.toFixed(1))

/** The table as CSV: code, name, community, the figures in order, findings; sums and means in the last line. Texts are neutralised. */
export function writeGridCsv(rows: readonly GridRow[], figures: readonly FigureId[], words: GridCsvWords): string {
  const shown = figures.map((id) => FIGURES[id])
  return writeCsv(
    [words.code, words.grid, words.community, ...figures.map(words.figure), words.findings],
    [
      ...rows.map((row) => [
        row.grid.code,
        row.grid.name,
        words.communityOf(row),
        ...shown.map((figure) => cellOf(figure, figure.of(row))),
        words.findingsOf(row),
      ]),
      ['', words.total, '', ...shown.map((figure) => cellOf(figure, totalOf(figure, rows))), ''],
    ],
  )
}
