import type { Role } from '../workspace'
import type { IssueAct, IssueLevel, IssueState } from './issue'

/**
 * Who does it: a `Role` whose territory holds the slip; `handler`, the person it was claimed by or given to; `reporter`,
 * by the slip's own code; `system`, a rule.
 */
export type IssueActor = Role | 'handler' | 'reporter' | 'system'

export interface IssueActRule {
  readonly from: readonly IssueState[]
  /** State after it; null: as before. */
  readonly to: IssueState | null
  /** What must hold of the slip: `open` no outcome yet, `finished` a result handed in, `closed` an outcome. */
  readonly needs: 'open' | 'finished' | 'closed'
  readonly by: readonly IssueActor[]
  /** A few words are required: why it is returned, what policy forbids. */
  readonly takesNote: boolean
}

/**
 * The state machine of a slip. The database decides by `private.issue_act_rules`, the same table; the room reads this one
 * to say beforehand why an act is not open.
 * - `escalate` and `hand_down` put the slip into the queue of the level above or below: reported again, nobody's.
 * - `finish` hands in the result with proof: from then on it is the community's to close or to return.
 * - `close`, `explain`, `mark_duplicate`, `withdraw` set the outcome; `reopen` takes it away, and what nobody handled is
 *   reported again instead of claimed; `publish` puts it on the board, solved and explained slips only.
 */
export const ISSUE_ACT_RULES: Readonly<Record<IssueAct, IssueActRule>> = {
  claim: { from: ['reported'], to: 'claimed', needs: 'open', by: ['grid_worker', 'grid_leader', 'community_secretary', 'street_officer', 'district_admin'], takesNote: false },
  assign: { from: ['reported', 'claimed', 'supervised'], to: 'claimed', needs: 'open', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: false },
  progress: { from: ['claimed', 'supervised'], to: null, needs: 'open', by: ['handler'], takesNote: true },
  supervise: { from: ['claimed'], to: 'supervised', needs: 'open', by: ['community_secretary', 'street_officer', 'district_admin', 'system'], takesNote: false },
  remind: { from: ['supervised'], to: null, needs: 'open', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: true },
  finish: { from: ['claimed', 'supervised'], to: 'supervised', needs: 'open', by: ['handler'], takesNote: true },
  return: { from: ['supervised'], to: 'claimed', needs: 'finished', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: true },
  close: { from: ['supervised'], to: null, needs: 'finished', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: false },
  explain: { from: ['claimed', 'supervised'], to: 'supervised', needs: 'open', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: true },
  mark_duplicate: { from: ['reported', 'claimed', 'supervised'], to: 'supervised', needs: 'open', by: ['grid_leader', 'community_secretary', 'street_officer', 'district_admin'], takesNote: false },
  escalate: { from: ['reported', 'claimed', 'supervised'], to: 'reported', needs: 'open', by: ['handler', 'grid_leader', 'community_secretary', 'street_officer', 'system'], takesNote: true },
  hand_down: { from: ['reported', 'claimed', 'supervised'], to: 'reported', needs: 'open', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: true },
  reopen: { from: ['supervised', 'published'], to: 'claimed', needs: 'closed', by: ['community_secretary', 'street_officer', 'district_admin', 'reporter'], takesNote: true },
  rate: { from: ['supervised', 'published'], to: null, needs: 'closed', by: ['reporter', 'handler', 'community_secretary'], takesNote: false },
  publish: { from: ['supervised'], to: 'published', needs: 'closed', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: false },
  unpublish: { from: ['published'], to: 'supervised', needs: 'closed', by: ['community_secretary', 'street_officer', 'district_admin'], takesNote: true },
  withdraw: { from: ['reported'], to: 'supervised', needs: 'open', by: ['reporter'], takesNote: false },
}

/**
 * Highest level of slips that a role deals with: it acts on those at its level and below it, and a slip at a level above is
 * refused as `issue_level`. A handler acts at any level.
 */
export const ISSUE_ROLE_LEVELS = {
  district_admin: 'district',
  street_officer: 'street',
  community_secretary: 'community',
  grid_leader: 'grid',
  grid_worker: 'grid',
} as const satisfies Partial<Record<Role, IssueLevel>>
