import { ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'

const PUBLISHED = ISSUE_STATES.indexOf('published')

/** Solved and explained go on the board; duplicates and what was withdrawn do not. */
const PUBLISHABLE = 1 + ISSUE_OUTCOMES.indexOf('explained')

type Ends = Pick<IssueColumns, 'state' | 'outcome'>

/** Ended, and the board still waits for it. */
export const waitsForBoard = ({ state, outcome }: Ends, issue: number): boolean => outcome[issue] > 0 && outcome[issue] <= PUBLISHABLE && state[issue] !== PUBLISHED
/** Nothing is left to be done: published, or ended as what no board shows. */
export const isAtRest = (columns: Ends, issue: number): boolean => columns.outcome[issue] > 0 && !waitsForBoard(columns, issue)

/**
 * Slips in the order of work: open ones by deadline, then those that wait to be published by when they ended, then those
 * at rest, last first. O(n log n).
 */
export function orderWork(columns: Pick<IssueColumns, 'state' | 'outcome' | 'dueS' | 'closedS' | 'publishedS'>, issues: Int32Array): Int32Array {
  const group = (issue: number): number => (columns.outcome[issue] === 0 ? 0 : waitsForBoard(columns, issue) ? 1 : 2)
  const within = [
    (issue: number) => columns.dueS[issue],
    (issue: number) => columns.closedS[issue],
    (issue: number) => -Math.max(columns.publishedS[issue], columns.closedS[issue]),
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
