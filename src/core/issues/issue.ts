/** The words of the four slips (四单), the same in SQL, in TypeScript and in the interface. */

/** 群众下单 → 干部领单 → 社区督单 → 公开晒单. */
export const ISSUE_STATES = ['reported', 'claimed', 'supervised', 'published'] as const
export type IssueState = (typeof ISSUE_STATES)[number]

/** Who answers for it now, from the bottom up. */
export const ISSUE_LEVELS = ['grid', 'community', 'street', 'district'] as const
export type IssueLevel = (typeof ISSUE_LEVELS)[number]

/**
 * How it ended: settled; explained, where policy forbids what was asked; one and the same as another, to which it is
 * linked; taken back by who reported it. Absent while it is open.
 */
export const ISSUE_OUTCOMES = ['solved', 'explained', 'duplicate', 'withdrawn'] as const
export type IssueOutcome = (typeof ISSUE_OUTCOMES)[number]

/** By which way it came. */
export const ISSUE_SOURCES = ['public', 'worker', 'member', 'reception'] as const
export type IssueSource = (typeof ISSUE_SOURCES)[number]

/** Kinds of matters; deadlines go by them. */
export const ISSUE_CATEGORIES = [
  'sanitation',
  'property',
  'facilities',
  'noise',
  'safety',
  'fire',
  'parking',
  'greening',
  'dispute',
  'welfare',
  'policy',
  'other',
] as const
export type IssueCategory = (typeof ISSUE_CATEGORIES)[number]

/** All acts on a slip after it was reported. Who may do which in which state: `issue-acts.ts`. */
export const ISSUE_ACTS = [
  'claim',
  'assign',
  'progress',
  'supervise',
  'remind',
  'finish',
  'return',
  'close',
  'explain',
  'mark_duplicate',
  'escalate',
  'hand_down',
  'reopen',
  'rate',
  'publish',
  'unpublish',
  'withdraw',
] as const
export type IssueAct = (typeof ISSUE_ACTS)[number]
