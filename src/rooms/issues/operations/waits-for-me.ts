import { ISSUE_LEVELS, ISSUE_STATES, type IssueLevel } from '@/core/issues/issue'
import type { IssueColumns } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { Role, Session } from '@/core/workspace'

const REPORTED = ISSUE_STATES.indexOf('reported')
const SUPERVISED = ISSUE_STATES.indexOf('supervised')

/** The levels whose queue a role works. */
const QUEUE: Partial<Record<Role, IssueLevel>> = {
  grid_worker: 'grid',
  grid_leader: 'grid',
  community_secretary: 'community',
  street_officer: 'street',
  district_admin: 'district',
}
/** Who closes and publishes what is handed in at grid and community. */
const CLOSES: Partial<Record<Role, readonly IssueLevel[]>> = {
  community_secretary: ['grid', 'community'],
  street_officer: ['street'],
  district_admin: ['district'],
}

/**
 * Whether the next step of a slip is a person's: he or she handles it and has not handed in a result; nobody has claimed
 * it and it is in the queue of the person's post; or its result waits there to be closed or published.
 */
export function makeWaitsForMe(scope: Pick<Scope, 'communities'>, columns: IssueColumns, handlers: readonly { readonly personId: string }[], me: Session | null): (issue: number) => boolean {
  const myself = me ? handlers.findIndex(({ personId }) => personId === me.personId) : -1
  const covers = (post: Session['posts'][number], community: number): boolean =>
    post.level === 'community' || post.level === 'party_group' ? scope.communities[community]?.id === post.orgUnitId : true
  const queues = (me?.posts ?? []).map((post) => ({ post, queue: ISSUE_LEVELS.indexOf(QUEUE[post.role] ?? ('' as IssueLevel)), closes: CLOSES[post.role] ?? [] }))
  return (issue) => {
    const state = columns.state[issue]
    const isFinished = columns.finishedS[issue] > 0
    if (myself >= 0 && columns.handler[issue] === myself && columns.outcome[issue] === 0 && !isFinished) return true
    return queues.some(
      ({ post, queue, closes }) =>
        ((state === REPORTED && columns.level[issue] === queue) ||
          (state === SUPERVISED && (isFinished || columns.outcome[issue] > 0) && closes.includes(ISSUE_LEVELS[columns.level[issue]]))) &&
        covers(post, columns.community[issue]),
    )
  }
}
