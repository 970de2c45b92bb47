import { bandOf } from '@/core/band'
import type { PlanSession } from '@/core/plan-session'
import { PAPERS } from '@/ui/paper-sizes'
import type { GridRow } from '../grid-rows'
import type { PlanComparison } from '../operations/compare-plans'
import type { PlanWaiverRow } from '../papers-repository'
import { makeReportMap, type ReportMap } from './report-map'

export type Paper = 'a4' | 'a3'

/** Margins and bands of a page, mm; the same on both papers. */
export const PAGE = { margin: 12, head: 26, foot: 12, row: 6, legend: 16, caption: 10 } as const

/** A row of a table on paper: texts as they stand. */
export type TableRow = readonly string[]
export interface ReportTable {
  readonly heads: readonly string[]
  readonly rows: readonly TableRow[]
  /** Columns of numbers, which stand to the right. */
  readonly numbers: readonly number[]
}

export type ReportPage =
  | { readonly kind: 'map'; readonly community: number | null; readonly map: ReportMap }
  | { readonly kind: 'table'; readonly title: string; readonly table: ReportTable; readonly isFirst: boolean; readonly note: string }

/** What the report says beside its numbers: words of the page, in its language. */
export interface ReportWords {
  t(key: string, values?: Record<string, string | number>): string
  number(value: number): string
}

/** All that a report is made of: the plan on display, its rows, its difference from today's grids, its waivers. */
export interface ReportSource {
  readonly session: PlanSession
  readonly rows: readonly GridRow[]
  readonly comparison: PlanComparison
  readonly waivers: readonly PlanWaiverRow[]
  gridName(gridId: string): string
}

/** Communities that get a map of their own: those that change, or all. */
export type MapsOf = 'changed' | 'all'

/** Pages of changes beyond which the workbook is the better reading. */
const MOST_CHANGE_PAGES = 40

/** Pages of a report: a map of the whole, one of each community that is asked for, then the tables. */
export function makeReport(source: ReportSource, paper: Paper, mapsOf: MapsOf, words: ReportWords): ReportPage[] {
  const { width, height } = PAPERS[paper]
  const room = { width: width - 2 * PAGE.margin, height: height - 2 * PAGE.margin - PAGE.head - PAGE.foot }
  const frame = { width: room.width, height: room.height - PAGE.legend - PAGE.caption }
  const changed = source.comparison.handovers.flatMap((way) => way.cells)
  const differs = new Set(source.comparison.communities.flatMap(({ community, cells, households }) => (cells + households > 0 ? [community] : [])))
  const all = [...new Set(source.rows.map((row) => row.grid.community))].sort((a, b) => a - b)
  const communities = all.length < 2 ? [] : mapsOf === 'all' ? all : all.filter((community) => differs.has(community))
  const perPage = Math.floor((room.height - PAGE.caption) / PAGE.row) - 1
  return [
    { kind: 'map', community: null, map: makeReportMap(source.session, null, changed, frame) },
    ...communities.map((community): ReportPage => ({ kind: 'map', community, map: makeReportMap(source.session, community, changed, frame) })),
    ...paged(words.t('report.figures'), figureTable(source, words), perPage, words),
    ...paged(words.t('report.changes'), changeTable(source, words), perPage, words, words.t('report.changesNone')),
    ...paged(words.t('report.waivers'), waiverTable(source, words), perPage, words, words.t('report.waiversNone')),
  ]
}

function paged(title: string, table: ReportTable, perPage: number, words: ReportWords, none = ''): ReportPage[] {
  const pages: ReportPage[] = []
  for (let at = 0; at === 0 || at < table.rows.length; at += perPage) {
    const isLast = pages.length === MOST_CHANGE_PAGES - 1 && at + perPage < table.rows.length
    pages.push({
      kind: 'table',
      title,
      isFirst: at === 0,
      table: { ...table, rows: table.rows.slice(at, at + perPage) },
      note: isLast ? words.t('report.more', { n: words.number(table.rows.length - at - perPage) }) : table.rows.length === 0 ? none : '',
    })
    if (isLast) break
  }
  return pages
}

export function figureTable({ session, rows }: ReportSource, { t, number }: ReportWords): ReportTable {
  const { communities } = session.context
  return {
    heads: ['code', 'name', 'community', 'households', 'before', 'deviation', 'residents', 'members', 'buildings', 'area', 'status'].map((key) => t(`report.column.${key}`)),
    numbers: [3, 4, 5, 6, 7, 8, 9],
    rows: rows.map(({ grid, figures, today }) => {
      const off = figures.households - bandOf(session.context, grid.community).target
      return [
        grid.code.slice(-6), grid.name, communities[grid.community].name, number(figures.households), today ? number(today.households) : '–',
        `${off > 0 ? '+' : ''}${number(off)}`, number(figures.residents), number(figures.members), number(figures.buildings),
        (figures.areaM2 / 10_000).toFixed(1), t(`report.status.${figures.band}`),
      ]
    }),
  }
}

export function changeTable({ session, comparison }: ReportSource, { t, number }: ReportWords): ReportTable {
  const { buildings, communities, land } = session.context
  const none = t('comparison.noGrid')
  return {
    heads: ['address', 'community', 'households', 'from', 'to'].map((key) => t(`report.column.${key}`)),
    numbers: [2],
    rows: comparison.handovers.flatMap((way) =>
      way.buildings
        .map((k): TableRow => [
          buildings.addresses[k] || buildings.names[k], communities[land.cellCommunity[buildings.cell[k]]].name, number(buildings.households[k]),
          way.from?.name ?? none, way.to?.name ?? none,
        ])
        .sort((a, b) => a[0].localeCompare(b[0], 'zh', { numeric: true })),
    ),
  }
}

export function waiverTable({ session, waivers, gridName }: ReportSource, { t }: ReportWords): ReportTable {
  const compound = (id: number | null) => session.context.compounds.find((one) => one.id === id)?.name ?? ''
  return {
    heads: ['finding', 'name', 'reason', 'by'].map((key) => t(`report.column.${key}`)),
    numbers: [],
    rows: waivers.map((waiver) => [
      t(`report.waiver.${waiver.code}`), waiver.gridId ? gridName(waiver.gridId) : t('report.compound', { name: compound(waiver.compoundId) }),
      waiver.reason, waiver.by ?? '–',
    ]),
  }
}

export function communityTable({ session, comparison }: ReportSource, { t, number }: ReportWords): ReportTable {
  const both = (before: string, after: string) => (before === after ? after : t('comparison.change', { before, after }))
  return {
    heads: ['community', 'grids', 'inBand', 'deviation', 'moved'].map((key) => t(`comparison.${key}`)),
    numbers: [1, 2, 3, 4],
    rows: comparison.communities.map(({ community, before, after, households }) => [
      session.context.communities[community].name, both(number(before.grids), number(after.grids)), both(number(before.inBand), number(after.inBand)),
      both(`${before.meanDeviationPct.toFixed(1)}%`, `${after.meanDeviationPct.toFixed(1)}%`), number(households),
    ]),
  }
}

/** Tables of a report as sheets of a workbook; numbers are numbers, texts are texts. */
export function reportSheets(source: ReportSource, words: ReportWords, watermark: string) {
  const sheet = (key: string, { heads, rows, numbers }: ReportTable, widths?: readonly number[]) => ({
    name: words.t(`report.sheet.${key}`),
    heads,
    widths,
    rows: [...rows.map((row) => row.map((cell, k) => (numbers.includes(k) ? toNumber(cell) : cell))), [], [watermark]],
  })
  return [
    sheet('figures', figureTable(source, words), [10, 18, 18]),
    sheet('changes', changeTable(source, words), [36, 18, 8, 18, 18]),
    sheet('communities', communityTable(source, words), [20]),
    sheet('waivers', waiverTable(source, words), [16, 18, 48, 10]),
  ]
}

/** What stands for a number alone as a number; a change from one to another stays a text. */
const toNumber = (cell: string): string | number => (/^[+-]?[\d,]+(\.\d+)?$/.test(cell) ? Number(cell.replaceAll(',', '')) : cell)
