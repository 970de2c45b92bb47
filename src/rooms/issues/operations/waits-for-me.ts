import { ISSUE_LEVELS, ISSUE_STATES, type IssueLevel } from '@/core/issues/issue'
import { ISSUE_ROLE_LEVELS } from '@/core/issues/issue-acts'
import type { IssueColumns } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { Role, Session } from '@/core/workspace'
import { waitsForBoard } from './order-work'

const REPORTED = ISSUE_STATES.indexOf('reported')
const SUPERVISED = ISSUE_STATES.indexOf('supervised')

/** Who closes and publishes what is handed in at grid and community. */
const CLOSES: Partial<Record<Role, readonly IssueLevel[]>> = {
  community_secretary: ['grid', 'community'],
  street_officer: ['street'],
  district_admin: ['district'],
}

type Ground = Pick<Scope, 'communities'>
/** A post at a community or below looks after that community; one above it after all. */
const covers = (scope: Ground, { level, orgUnitId }: Session['posts'][number], community: number): boolean =>
  level === 'community' || level === 'party_group' ? scope.communities[community]?.id === orgUnitId : true

/** Whether the result of a slip is handed in and a person's to close. Levels above may close it too; it is not theirs to. */
export function makeWaitsToClose(scope: Ground, columns: IssueColumns, me: Session | null): (issue: number) => boolean {
  const closers = (me?.posts ?? []).map((post) => ({ post, closes: CLOSES[post.role] ?? [] }))
  return (issue) =>
    columns.state[issue] === SUPERVISED &&
    columns.finishedS[issue] > 0 &&
    columns.outcome[issue] === 0 &&
    closers.some(({ post, closes }) => closes.includes(ISSUE_LEVELS[columns.level[issue]]) && covers(scope, post, columns.community[issue]))
}

/**
 * Whether the next step of a slip is a person's: he or she handles it and has not handed in a result; nobody has claimed
 * it and it is in the queue of the person's post; or its result waits there to be closed, or its end to be published.
 */
export function makeWaitsForMe(scope: Ground, columns: IssueColumns, me: Session | null): (issue: number) => boolean {
  const myself = me ? columns.handlers.findIndex(({ personId }) => personId === me.personId) : -1
  const waitsToClose = makeWaitsToClose(scope, columns, me)
  const posts = (me?.posts ?? []).map((post) => ({ post, queue: (ISSUE_ROLE_LEVELS as Partial<Record<Role, IssueLevel>>)[post.role], closes: CLOSES[post.role] ?? [] }))
  return (issue) => {
    const level = ISSUE_LEVELS[columns.level[issue]]
    const outcome = columns.outcome[issue]
    if (myself >= 0 && columns.handler[issue] === myself && outcome === 0 && columns.finishedS[issue] === 0) return true
    if (waitsToClose(issue)) return true
    const isUnclaimed = columns.state[issue] === REPORTED && outcome === 0
    const isUnpublished = waitsForBoard(columns, issue)
    return posts.some(
      ({ post, queue, closes }) => ((isUnclaimed && queue === level) || (isUnpublished && closes.includes(level))) && covers(scope, post, columns.community[issue]),
    )
  }
}
