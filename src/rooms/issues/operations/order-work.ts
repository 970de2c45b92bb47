import { ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'

const PUBLISHED = ISSUE_STATES.indexOf('published')

/**
 * Slips in the order of work: open ones by deadline, then those that wait to be published by when they ended, then the
 * published, last first. O(n log n).
 */
export function orderWork(columns: Pick<IssueColumns, 'state' | 'outcome' | 'dueS' | 'closedS' | 'publishedS'>, issues: Int32Array): Int32Array {
  const group = (issue: number): number => (columns.state[issue] === PUBLISHED ? 2 : columns.outcome[issue] > 0 ? 1 : 0)
  const within = [
    (issue: number) => columns.dueS[issue],
    (issue: number) => columns.closedS[issue],
    (issue: number) => -columns.publishedS[issue],
  ]
  return issues.slice().sort((a, b) => {
    const one = group(a)
    return one - group(b) || within[one](a) - within[one](b) || a - b
  })
}

/** How many of them are in each state. */
export function countStates(columns: Pick<IssueColumns, 'state'>, issues: Int32Array): number[] {
  const counts = ISSUE_STATES.map(() => 0)
  for (const issue of issues) counts[columns.state[issue]]++
  return counts
}
