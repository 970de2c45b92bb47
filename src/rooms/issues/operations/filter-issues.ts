import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns, IssueScope } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { IssueFilter, IssuePeriod } from '../model'

/** What filtering goes by beside the columns. */
export interface FilterGround {
  readonly scope: Pick<Scope, 'communities'>
  readonly issueScope: IssueScope
  /** The moment, seconds since 1970. */
  readonly nowS: number
  /** Whether a slip waits for the person signed in. */
  readonly waitsForMe: (issue: number) => boolean
}

/** Open and past its deadline. */
export const isOverdue = (columns: Pick<IssueColumns, 'outcome' | 'dueS'>, issue: number, nowS: number): boolean =>
  columns.outcome[issue] === 0 && columns.dueS[issue] > 0 && columns.dueS[issue] < nowS

/** From and to in seconds since 1970, the end excluded. */
export function boundsOfPeriod(period: IssuePeriod, nowS: number): { fromS: number; toS: number } {
  // One second more, so that what was reported this second is among the last days.
  return 'days' in period ? { fromS: nowS - period.days * 86_400, toS: nowS + 1 } : period
}

/** The part of a period that can hold slips: from the first report of all to this moment, at least a second. A typed year may be any. */
export function clipPeriod({ fromS, toS }: { fromS: number; toS: number }, firstS: number, nowS: number): { fromS: number; toS: number } {
  const from = Math.min(Math.max(fromS, firstS), nowS)
  return { fromS: from, toS: Math.max(from + 1, Math.min(toS, nowS + 1)) }
}

/** Open slips among these that were reported before a moment. */
export const openBefore = (columns: Pick<IssueColumns, 'outcome' | 'reportedS'>, issues: Int32Array, beforeS: number): number[] =>
  Array.from(issues).filter((issue) => columns.outcome[issue] === 0 && columns.reportedS[issue] < beforeS)

/** Positions of the slips that pass, in the order of the columns. `without` leaves parts of the filter out of account. O(slips). */
export function filterIssues(ground: FilterGround, filter: IssueFilter, without: readonly (keyof IssueFilter)[] = []): Int32Array {
  const { issueScope, scope, nowS, waitsForMe } = ground
  const columns = issueScope.issues
  const on = (part: keyof IssueFilter): boolean => !without.includes(part)
  const flags = <T>(part: keyof IssueFilter, all: readonly T[], chosen: readonly T[], base = 0): Uint8Array | null => {
    if (!on(part) || chosen.length === 0) return null
    const flag = new Uint8Array(all.length + base)
    all.forEach((one, k) => (flag[k + base] = chosen.includes(one) ? 1 : 0))
    return flag
  }
  const { fromS, toS } = on('period') ? boundsOfPeriod(filter.period, nowS) : { fromS: 0, toS: Infinity }
  const span = on('span') ? filter.span : null
  const categories = flags('categories', ISSUE_CATEGORIES, filter.categories)
  const states = flags('states', ISSUE_STATES, filter.states)
  const levels = flags('levels', ISSUE_LEVELS, filter.levels)
  const outcomes = flags('outcomes', ISSUE_OUTCOMES, filter.outcomes, 1)
  const communities = flags('communityIds', scope.communities.map((unit) => unit.id), filter.communityIds)
  const grids = on('gridIds') && filter.gridIds.length > 0 ? new Set(filter.gridIds) : null
  const ids = on('ids') ? filter.ids : null
  const due = on('due') ? filter.due : null
  const text = on('text') ? filter.text.trim().toLowerCase() : ''
  const mine = on('mine') && filter.mine

  const passing = new Int32Array(columns.count)
  let n = 0
  for (let i = 0; i < columns.count; i++) {
    if (columns.reportedS[i] < fromS || columns.reportedS[i] >= toS) continue
    if (span && (columns.reportedS[i] < span.fromS || columns.reportedS[i] >= span.toS)) continue
    if (categories && !categories[columns.category[i]]) continue
    if (states && !states[columns.state[i]]) continue
    if (levels && !levels[columns.level[i]]) continue
    if (outcomes && !outcomes[columns.outcome[i]]) continue
    if (communities && !communities[columns.community[i]]) continue
    if (grids && !grids.has(columns.gridIds[i])) continue
    if (ids && !ids.has(columns.ids[i])) continue
    if (due === 'overdue' && !isOverdue(columns, i, nowS)) continue
    if ((due === 'on_time' && columns.onTime[i] !== 1) || (due === 'late' && columns.onTime[i] !== 2)) continue
    if (text && !columns.titles[i].toLowerCase().includes(text) && !columns.numbers[i].toLowerCase().includes(text)) continue
    if (mine && !waitsForMe(i)) continue
    passing[n++] = i
  }
  return passing.slice(0, n)
}
