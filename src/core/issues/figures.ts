import { ISSUE_LEVELS, ISSUE_OUTCOMES } from './issue'
import type { IssueColumns } from './issue-scope'

/**
 * What slips are counted by. received = duplicates + withdrawn + collected; collected = settled + open; settled = solved +
 * explained = onTime + late; overdue is of the open; rated, satisfied (4 or 5 of 5) and stayed (never left the level of the
 * grid) are of the settled. The database counts the same: `issue_figures`.
 */
export const ISSUE_FIGURES = [
  'received', 'duplicates', 'withdrawn', 'collected', 'solved', 'explained', 'settled', 'open', 'overdue', 'onTime', 'late', 'rated', 'satisfied', 'stayed',
] as const
export type IssueFigure = (typeof ISSUE_FIGURES)[number]
export type IssueCounts = Readonly<Record<IssueFigure, number>> & {
  /** Sum of the satisfaction of the settled, 1 … 5 each. */
  readonly satisfactionSum: number
}

type FigureColumns = Pick<IssueColumns, 'outcome' | 'dueS' | 'onTime' | 'satisfaction' | 'topLevel'>

const OPEN = 0
const [SOLVED, EXPLAINED, DUPLICATE, WITHDRAWN] = ISSUE_OUTCOMES.map((_, k) => k + 1)
const GRID = ISSUE_LEVELS.indexOf('grid')
const CONTENT = 4

/** Whether a slip is among those a figure counts. `nowS`: seconds since 1970. */
export function countsIn(figure: IssueFigure, columns: FigureColumns, issue: number, nowS: number): boolean {
  const outcome = columns.outcome[issue]
  const isSettled = outcome === SOLVED || outcome === EXPLAINED
  switch (figure) {
    case 'received': return true
    case 'duplicates': return outcome === DUPLICATE
    case 'withdrawn': return outcome === WITHDRAWN
    case 'collected': return outcome !== DUPLICATE && outcome !== WITHDRAWN
    case 'solved': return outcome === SOLVED
    case 'explained': return outcome === EXPLAINED
    case 'settled': return isSettled
    case 'open': return outcome === OPEN
    case 'overdue': return outcome === OPEN && columns.dueS[issue] < nowS
    case 'onTime': return isSettled && columns.onTime[issue] === 1
    case 'late': return isSettled && columns.onTime[issue] === 2
    case 'rated': return isSettled && columns.satisfaction[issue] > 0
    case 'satisfied': return isSettled && columns.satisfaction[issue] >= CONTENT
    case 'stayed': return isSettled && columns.topLevel[issue] === GRID
  }
}

/**
 * Count slips by area and in all; areas add up to all.
 * @param issues positions in the columns
 * @param areaOf area of a slip, 0 … areas − 1
 * @param nowS seconds since 1970
 */
export function countIssues(
  columns: FigureColumns, issues: ArrayLike<number>, areaOf: (issue: number) => number, areas: number, nowS: number,
): { total: IssueCounts; areas: IssueCounts[] } {
  const none = (): Record<keyof IssueCounts, number> => ({ ...(Object.fromEntries(ISSUE_FIGURES.map((figure) => [figure, 0])) as Record<IssueFigure, number>), satisfactionSum: 0 })
  const total = none()
  const parts = Array.from({ length: areas }, none)
  for (let k = 0; k < issues.length; k++) {
    const issue = issues[k]
    const part = parts[areaOf(issue)]
    for (const figure of ISSUE_FIGURES) {
      if (!countsIn(figure, columns, issue, nowS)) continue
      part[figure]++
      total[figure]++
      if (figure !== 'rated') continue
      part.satisfactionSum += columns.satisfaction[issue]
      total.satisfactionSum += columns.satisfaction[issue]
    }
  }
  return { total, areas: parts }
}

/** Shares in 0 … 1 and a mean in 1 … 5; null where there is nothing to divide by. */
export const ISSUE_RATES = ['settledShare', 'onTimeShare', 'satisfaction', 'stayedShare'] as const
export type IssueRate = (typeof ISSUE_RATES)[number]

/**
 * - settledShare: settled of the collected.
 * - onTimeShare: settled in time, of the settled and those overdue: what lies past its deadline counts against it.
 * - satisfaction: mean of those who said.
 * - stayedShare: small matters stay in the grid (小事不出网格): settled without ever leaving its level, of the settled.
 */
export function rateIssues({ collected, settled, onTime, overdue, satisfactionSum, rated, stayed }: IssueCounts): Record<IssueRate, number | null> {
  const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)
  return {
    settledShare: share(settled, collected),
    onTimeShare: share(onTime, settled + overdue),
    satisfaction: share(satisfactionSum, rated),
    stayedShare: share(stayed, settled),
  }
}
