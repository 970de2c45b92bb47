import { ISSUE_CATEGORIES, ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'
import { formatNumber } from '@/ui/format'
import type { CellDifference, FoundClasses } from './heat'
import type { HeatMeasure } from './heat-classes'

export interface HoverGround {
  readonly say: (key: string, values?: Record<string, string | number>) => string
  readonly columns: IssueColumns
  readonly isOverdue: (slip: number) => boolean
}

/** What the tip beside the pointer says of a slip. */
export function slipLines({ say, columns, isOverdue }: HoverGround, slip: number): string[] {
  if (slip < 0) return []
  const words = say('hover.slip', { state: say(`state.${ISSUE_STATES[columns.state[slip]]}`), category: say(`category.${ISSUE_CATEGORIES[columns.category[slip]]}`) })
  return [columns.titles[slip], isOverdue(slip) ? `${words} · ${say('hover.overdue')}` : words]
}

/** What it says of a cell, by what the colours mean. */
export function cellLines({ say }: HoverGround, cell: {
  readonly cell: number
  readonly count: number
  readonly households: number
  readonly measure: HeatMeasure
  readonly rate: number
  readonly found: FoundClasses | null
  readonly difference: CellDifference | null
}): string[] {
  if (cell.difference) return [say('hover.difference', { a: cell.difference.a[cell.cell], b: cell.difference.b[cell.cell] })]
  if (cell.measure === 'none' || cell.measure === 'density' || cell.measure === 'streets') return []
  const lines = [say('hover.cell', { n: formatNumber(cell.count) })]
  if (cell.measure === 'rates' && !Number.isNaN(cell.rate)) lines.push(say('hover.rate', { households: formatNumber(cell.households), rate: formatNumber(cell.rate) }))
  if (cell.measure === 'hotspots' && cell.found) lines.push(say('hover.z', { z: cell.found.z(cell.cell).toFixed(2), words: say(`spot.${cell.found.spot(cell.cell)}`) }))
  if (cell.measure === 'trend' && cell.found) lines.push(say('hover.trend', { words: say(`trend.${cell.found.trend(cell.cell)}`) }))
  return lines
}
