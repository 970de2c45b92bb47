import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'
import { shanghaiTime } from '@/core/issues/shanghai-time'
import type { Scope } from '@/core/scope'
import type { Sheet } from '@/formats/write-sheet'

export const EXPORT_COLUMNS = [
  'number', 'title', 'category', 'state', 'level', 'outcome', 'community', 'grid', 'reported', 'due', 'closed', 'overdue', 'satisfaction', 'handler', 'lng', 'lat',
] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]
export type SlipRow = Readonly<Record<ExportColumn, string | number | null>>

/** What an export of slips is written with. */
export interface SlipWords {
  /** Words of `category.x`, `state.x`, `level.x`, `outcome.x`, and of the heads, the watermark, yes and no. */
  readonly say: (key: string) => string
  readonly gridName: (gridId: string) => string
  readonly isOverdue: (slip: number) => boolean
}

/** Degrees to about a tenth of a metre. */
const PLACES = 1e6

/** 2026-11-16 18:00 by the clock of the street; null where there is none. */
function timeWords(s: number): string | null {
  if (s === 0) return null
  return shanghaiTime(s).replace('T', ' ')
}

/** Slips as rows in words, in the order given; without reporters and phones, which the columns do not hold. */
export function slipRows(scope: Pick<Scope, 'communities'>, columns: IssueColumns, slips: ArrayLike<number>, { say, gridName, isOverdue }: SlipWords): SlipRow[] {
  return Array.from(slips, (slip): SlipRow => ({
    number: columns.numbers[slip],
    title: columns.titles[slip],
    category: say(`category.${ISSUE_CATEGORIES[columns.category[slip]]}`),
    state: say(`state.${ISSUE_STATES[columns.state[slip]]}`),
    level: say(`level.${ISSUE_LEVELS[columns.level[slip]]}`),
    outcome: columns.outcome[slip] === 0 ? null : say(`outcome.${ISSUE_OUTCOMES[columns.outcome[slip] - 1]}`),
    community: scope.communities[columns.community[slip]]?.name ?? null,
    grid: gridName(columns.gridIds[slip]) || null,
    reported: timeWords(columns.reportedS[slip]),
    due: timeWords(columns.dueS[slip]),
    closed: timeWords(columns.closedS[slip]),
    overdue: say(isOverdue(slip) ? 'export.yes' : 'export.no'),
    satisfaction: columns.satisfaction[slip] || null,
    handler: columns.handlers[columns.handler[slip]]?.name ?? null,
    lng: Math.round(columns.lngLat[2 * slip] * PLACES) / PLACES,
    lat: Math.round(columns.lngLat[2 * slip + 1] * PLACES) / PLACES,
  }))
}

/** The rows as a sheet, with the watermark and the number of rows beneath. */
export function slipSheet(rows: readonly SlipRow[], say: SlipWords['say'], watermark: string): Sheet {
  const line = (head: string, value: string | number) => [head, value, ...EXPORT_COLUMNS.slice(2).map(() => null)]
  return {
    name: say('export.sheet'),
    heads: EXPORT_COLUMNS.map((column) => say(`export.columns.${column}`)),
    rows: [...rows.map((row) => EXPORT_COLUMNS.map((column) => row[column])), line(say('export.watermark'), watermark), line(say('export.rows'), rows.length)],
    widths: EXPORT_COLUMNS.map((column) => (column === 'title' ? 36 : column === 'reported' || column === 'due' || column === 'closed' ? 18 : 14)),
  }
}

/** The rows as points (RFC 7946); the watermark is a member of its own beside the features, as its section 6.1 allows. */
export function slipCollection(rows: readonly SlipRow[], watermark: string): GeoJSON.FeatureCollection & { export: { watermark: string; rows: number } } {
  return {
    type: 'FeatureCollection',
    features: rows.map(({ lng, lat, ...properties }) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [Number(lng), Number(lat)] } })),
    export: { watermark, rows: rows.length },
  }
}
