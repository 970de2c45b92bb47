import type { IssueAct } from '@/core/issues/issue'
import { callRpc } from '@/data/call-rpc'
import type { IssueSlip } from '../repository'

/** A slip of one's own: handled by me, reported by me, or waiting in my grid for somebody to claim it. */
export interface MyIssue extends IssueSlip {
  readonly why: 'handled' | 'reported' | 'open'
  /** What I may do now. */
  readonly acts: readonly IssueAct[]
}

/** One's own slips, open ones first by deadline. Throws `DataError`. */
export const loadMyIssues = () => callRpc<MyIssue[]>('my_issues')

/** What waits for me: mine to settle, by deadline, then what nobody claimed; and what I reported. O(n). */
export const splitMine = (issues: readonly MyIssue[]): { readonly hand: readonly MyIssue[]; readonly open: readonly MyIssue[]; readonly reported: readonly MyIssue[] } => ({
  hand: issues.filter(({ why, outcome }) => why === 'handled' && outcome === null),
  open: issues.filter(({ why }) => why === 'open'),
  reported: issues.filter(({ why }) => why === 'reported'),
})
