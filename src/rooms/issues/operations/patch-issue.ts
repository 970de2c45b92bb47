import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import type { IssueColumns, IssueScope } from '@/core/issues/issue-scope'
import type { IssueSlip } from '../repository'

/** To the nearest second, as the server rounds the columns. */
const secondsOf = (at: string | null): number => (at === null ? 0 : Math.round(Date.parse(at) / 1000))

/** The columns with one slip as an act left it; the same where that changes nothing or the slip is not among them. O(slips), without the server. */
export function patchIssue(scope: IssueScope, slip: IssueSlip): IssueScope {
  const issue = scope.issues.ids.indexOf(slip.id)
  if (issue < 0) return scope
  const before = scope.issues
  let changes = false
  const put = <Column extends Uint8Array | Uint32Array | Int32Array>(column: Column, value: number): Column => {
    if (column[issue] === value) return column
    changes = true
    const copy = column.slice() as Column
    copy[issue] = value
    return copy
  }
  let { handlers } = before
  let handler = -1
  if (slip.handlerId !== null) {
    handler = handlers.findIndex(({ personId }) => personId === slip.handlerId)
    if (handler < 0) {
      handler = handlers.length
      handlers = [...handlers, { personId: slip.handlerId, name: slip.handler ?? '' }]
    }
  }
  const [finishedS, closedS, dueS] = [slip.finishedAt, slip.closedAt, slip.dueAt].map(secondsOf)
  const issues: IssueColumns = {
    ...before,
    category: put(before.category, ISSUE_CATEGORIES.indexOf(slip.category)),
    state: put(before.state, ISSUE_STATES.indexOf(slip.state)),
    level: put(before.level, ISSUE_LEVELS.indexOf(slip.level)),
    topLevel: put(before.topLevel, ISSUE_LEVELS.indexOf(slip.topLevel)),
    outcome: put(before.outcome, slip.outcome === null ? 0 : 1 + ISSUE_OUTCOMES.indexOf(slip.outcome)),
    claimedS: put(before.claimedS, secondsOf(slip.claimedAt)),
    finishedS: put(before.finishedS, finishedS),
    closedS: put(before.closedS, closedS),
    publishedS: put(before.publishedS, secondsOf(slip.publishedAt)),
    dueS: put(before.dueS, dueS),
    // As the server reckons: by when the result was handed in, else by when it ended.
    onTime: put(before.onTime, slip.outcome === null ? 0 : (finishedS || closedS) <= dueS ? 1 : 2),
    satisfaction: put(before.satisfaction, slip.satisfaction ?? 0),
    reminders: put(before.reminders, slip.reminders),
    duplicateOf: put(before.duplicateOf, slip.duplicateOf ?? 0),
    handler: put(before.handler, handler),
    handlers,
  }
  return changes ? { ...scope, issues } : scope
}
