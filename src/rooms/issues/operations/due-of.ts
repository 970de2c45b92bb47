import { ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'
import { SHANGHAI_AHEAD_S, shanghaiTime } from '@/core/issues/shanghai-time'
import { waitsForBoard } from './order-work'

const DAY_S = 86_400
const PUBLISHED = ISSUE_STATES.indexOf('published')

/** How a slip stands to its deadline, or what it waits for once it needs none. Whole days by the calendar of Shanghai. */
export type Due =
  | { readonly kind: 'overdue_days' | 'overdue_hours' | 'left'; readonly n: number }
  | { readonly kind: 'today' | 'published'; readonly atS: number }
  | { readonly kind: 'tomorrow' | 'to_close' | 'to_publish' | 'ended' }

const dayOf = (atS: number): number => Math.floor((atS + SHANGHAI_AHEAD_S) / DAY_S)

/** Time of day in Shanghai, 18:00. */
export function clockOf(atS: number): string {
  return shanghaiTime(atS).slice(11)
}

export function dueOf(columns: Pick<IssueColumns, 'state' | 'outcome' | 'dueS' | 'finishedS' | 'publishedS'>, issue: number, nowS: number): Due {
  if (columns.state[issue] === PUBLISHED) return { kind: 'published', atS: columns.publishedS[issue] }
  if (columns.outcome[issue] > 0) return { kind: waitsForBoard(columns, issue) ? 'to_publish' : 'ended' }
  const dueS = columns.dueS[issue]
  const days = dayOf(dueS) - dayOf(nowS)
  if (dueS < nowS) return days < 0 ? { kind: 'overdue_days', n: -days } : { kind: 'overdue_hours', n: Math.max(1, Math.floor((nowS - dueS) / 3600)) }
  if (columns.finishedS[issue] > 0) return { kind: 'to_close' }
  if (days === 0) return { kind: 'today', atS: dueS }
  return days === 1 ? { kind: 'tomorrow' } : { kind: 'left', n: days }
}
