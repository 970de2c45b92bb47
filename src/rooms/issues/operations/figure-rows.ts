import { gridTitle } from '@/core/unit-names'
import { countIssues, ISSUE_FIGURES, ISSUE_RATES, rateIssues, type IssueCounts, type IssueFigure, type IssueRate } from '@/core/issues/figures'
import type { IssueColumns } from '@/core/issues/issue-scope'
import { shanghaiDay } from '@/core/issues/shanghai-time'
import type { Scope } from '@/core/scope'
import type { Sheet } from '@/formats/write-sheet'

/** Figures of an area or a month, with the slips they count. */
export interface FigureRow {
  readonly key: string
  readonly name: string
  readonly counts: IssueCounts
  readonly rates: Readonly<Record<IssueRate, number | null>>
  /** Positions of its slips in the columns. */
  readonly slips: readonly number[]
}

/** What slips are parted by: communities, or grids where all lie in one; or months of report. */
export type FigureRowsBy = 'area' | 'month'

export interface FigureNames {
  readonly community: (community: number) => string
  /** '' for none. */
  readonly grid: (gridId: string) => string
}

/** 2026-11, by the clock of the street. */
const monthOf = (atS: number): string => shanghaiDay(atS).slice(0, 7)

/** Rows in the order of their names, and their sum; a place without a slip has no row. O(slips × figures). */
export function figureRows(
  columns: IssueColumns, slips: ArrayLike<number>, by: FigureRowsBy, nowS: number, names: FigureNames,
): { rows: FigureRow[]; total: FigureRow } {
  const all = Array.from(slips)
  const isOneCommunity = new Set(all.map((slip) => columns.community[slip])).size === 1
  const keyOf = (slip: number): string =>
    by === 'month' ? monthOf(columns.reportedS[slip]) : isOneCommunity ? columns.gridIds[slip] : String(columns.community[slip])
  const nameOf = (key: string): string => (by === 'month' ? key : isOneCommunity ? names.grid(key) : names.community(Number(key)))
  const bySlips = new Map<string, number[]>()
  for (const slip of all) {
    const key = keyOf(slip)
    const own = bySlips.get(key)
    if (own) own.push(slip)
    else bySlips.set(key, [slip])
  }
  const places = new Map([...bySlips.keys()].map((key, place) => [key, place]))
  const { total, areas } = countIssues(columns, all, (slip) => places.get(keyOf(slip))!, places.size, nowS)
  const rows = [...bySlips].map(([key, own], place): FigureRow => ({ key, name: nameOf(key), counts: areas[place], rates: rateIssues(areas[place]), slips: own }))
  return {
    rows: rows.sort((a, b) => (a.name === b.name ? 0 : a.name.localeCompare(b.name, 'zh-Hans', { numeric: true }))),
    total: { key: 'total', name: '', counts: total, rates: rateIssues(total), slips: all },
  }
}

const WIDE = 22
const asShown = (rate: IssueRate, value: number | null): number | null =>
  value === null ? null : rate === 'satisfaction' ? Math.round(value * 100) / 100 : Math.round(value * 1000) / 10

/** The rows and their sum as a sheet: all figures, then the rates, shares in percent. */
export function figureSheet(rows: readonly FigureRow[], total: FigureRow, head: string, say: (key: string) => string): Sheet {
  const line = ({ name, counts, rates }: FigureRow): (string | number | null)[] => [
    name, ...ISSUE_FIGURES.map((figure) => counts[figure]), ...ISSUE_RATES.map((rate) => asShown(rate, rates[rate])),
  ]
  return {
    name: say('sheet'),
    heads: [head, ...ISSUE_FIGURES.map((figure) => say(`figure.${figure}`)), ...ISSUE_RATES.map((rate) => say(`rate.${rate}`) + (rate === 'satisfaction' ? '' : ' %'))],
    rows: [...rows.map(line), line({ ...total, name: say('total') })],
    widths: [WIDE, ...ISSUE_FIGURES.map((figure: IssueFigure) => say(`figure.${figure}`).length + 6)],
  }
}

/** How the grids in force are called, by id: those that slips lie in, whatever grids the map shows. */
export const gridNames = (scope: Scope): Map<string, string> => new Map(scope.current.grids.map((grid) => [grid.id, gridTitle(grid, scope)]))
