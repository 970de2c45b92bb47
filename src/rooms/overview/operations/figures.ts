import { GAP_REASONS, type GapReason } from '@/core/coverage/gap'

/** Spans the leadership compares; weeks begin on Monday. */
export const PERIODS = ['week', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** What is counted of an area in a period; see the comment of `overview_figures` in the database. */
export interface AreaFigures {
  readonly households: number
  /** Households a member keeps contact with, at the end of the period. */
  readonly tied: number
  /** Households somebody has to visit, and those of them that are overdue, at the end of the period. */
  readonly due: number
  /** Null where the records of visits do not reach back far enough to say. */
  readonly late: number | null
  /** Visits made in the period; somebody was met. */
  readonly visits: number
  readonly met: number
  readonly rated: number
  readonly satisfactionSum: number
  /** Grids in force at the end of the period: all, above and below their limits, without a worker. */
  readonly grids: number
  readonly above: number
  readonly below: number
  readonly vacant: number
  /** Slips reported in the period, as they stood when it ended. */
  readonly received: number
  readonly collected: number
  readonly settled: number
  readonly overdue: number
  /** Slips that were open and overdue when it ended, whenever they were reported. */
  readonly openOverdue: number
  /** Slips reported in as much of the period as has gone of that in progress, as they stood then. */
  readonly collectedSoFar: number
  readonly settledSoFar: number
  /** Households not served; null where it was not kept. */
  readonly gap: number | null
  readonly unjudged: number
  /** By main and by any reason, as `GAP_REASONS`; null where there are none or it was not kept. */
  readonly byMain: readonly number[] | null
  readonly byAny: readonly number[] | null
  /** Slips that have come so far as reported, claimed, supervised, published. */
  readonly byState: readonly number[]
  /** Settled slips by the highest level they came to: grid, community, street, district. */
  readonly byLevel: readonly number[]
}

export interface OverviewArea {
  readonly id: string
  /** Null for a grid. */
  readonly unitId: number | null
  readonly landId: number | null
  readonly code: string
  readonly name: string
  readonly kind: 'urban' | 'rural' | null
}

/** The answer of `overview_figures`. */
export interface Overview {
  readonly version: 1
  readonly period: Period
  readonly unitId: number
  readonly areaLevel: 'street' | 'community' | 'grid'
  /** The unit and those above it that may be asked for, the highest first. */
  readonly trail: readonly { readonly id: number; readonly level: string; readonly name: string }[]
  /** Moment of the answer, ISO, and that day in Shanghai. */
  readonly now: string
  readonly today: string
  /** First day on record that somebody was met on a visit; null for none. */
  readonly visitsSince: string | null
  /** Editions of grids in force: the outlines of areas are theirs. */
  readonly editions: readonly number[]
  /** Days, both counted. */
  readonly periods: readonly { readonly from: string; readonly to: string }[]
  readonly areas: readonly OverviewArea[]
  /** `area`: id, or null for what lies in none of them. */
  readonly rows: readonly (AreaFigures & { readonly period: number; readonly area: string | null })[]
}

const COUNTS = [
  'households', 'tied', 'due', 'visits', 'met', 'rated', 'satisfactionSum', 'grids', 'above', 'below', 'vacant', 'received', 'collected', 'settled',
  'overdue', 'openOverdue', 'collectedSoFar', 'settledSoFar', 'unjudged',
] as const satisfies readonly (keyof AreaFigures)[]

const addLists = (lists: readonly (readonly number[] | null)[], length: number): number[] =>
  Array.from({ length }, (_, k) => lists.reduce((sum, list) => sum + (list?.[k] ?? 0), 0))

/** Rows of a period added up; households not served are known only where every row with an area knows them. */
export function sumFigures(rows: readonly (AreaFigures & { readonly area?: string | null })[]): AreaFigures {
  const counts = Object.fromEntries(COUNTS.map((key) => [key, rows.reduce((sum, row) => sum + row[key], 0)])) as Record<(typeof COUNTS)[number], number>
  // Days are not kept by grid: then what lies in no area stands for the whole.
  const whole = rows.find((row) => row.area === null && row.gap !== null && rows.every((other) => other === row || other.gap === null))
  const known = whole ? [whole] : rows.every((row) => row.gap !== null || row.area === null) ? rows : null
  return {
    ...counts,
    late: rows.every(({ late }) => late !== null) ? rows.reduce((sum, { late }) => sum + (late ?? 0), 0) : null,
    gap: known && known.length > 0 ? known.reduce((sum, row) => sum + (row.gap ?? 0), 0) : null,
    byMain: known && addLists(known.map((row) => row.byMain), GAP_REASONS.length),
    byAny: known && addLists(known.map((row) => row.byAny), GAP_REASONS.length),
    byState: addLists(rows.map((row) => row.byState), 4),
    byLevel: addLists(rows.map((row) => row.byLevel), 4),
  }
}

/** Whether anything at all is counted: what lies in no area is told where there is some. */
export const hasAny = (figures: AreaFigures): boolean => COUNTS.some((key) => figures[key] > 0) || (figures.late ?? 0) > 0 || (figures.gap ?? 0) > 0

export const rowsOf = (overview: Overview, period: number): Overview['rows'] => overview.rows.filter((row) => row.period === period)

/** The whole unit, period after period; the last is the one in progress. */
export const totalsOf = (overview: Overview): AreaFigures[] => overview.periods.map((_, period) => sumFigures(rowsOf(overview, period)))

/** Main reason with the most households, and how many. */
export function leadingReason({ byMain }: AreaFigures): { readonly reason: GapReason; readonly households: number } | null {
  if (!byMain) return null
  const households = Math.max(...byMain)
  return households > 0 ? { reason: GAP_REASONS[byMain.indexOf(households)], households } : null
}
