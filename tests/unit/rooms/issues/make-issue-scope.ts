import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES, type IssueCategory, type IssueLevel, type IssueOutcome, type IssueState } from '@/core/issues/issue'
import { ISSUE_SETTINGS, type IssueScope } from '@/core/issues/issue-scope'

/** 2026-11-21 12:00 in Shanghai, a Saturday. */
export const NOON_S = Date.UTC(2026, 10, 21, 4) / 1000
export const HOUR_S = 3600
export const DAY_S = 24 * HOUR_S

export interface MadeSlip {
  category?: IssueCategory
  state?: IssueState
  level?: IssueLevel
  outcome?: IssueOutcome
  title?: string
  community?: number
  gridId?: string
  reportedS?: number
  finishedS?: number
  closedS?: number
  publishedS?: number
  dueS?: number
  onTime?: number
  /** Position in `handlers`. */
  handler?: number
}

/** Slips as columns; ids from 101 on, numbers after them. */
export function makeIssueScope(slips: readonly MadeSlip[], handlers: IssueScope['issues']['handlers'] = [{ personId: 'p1', name: '李*' }]): IssueScope {
  const ints = (of: (slip: MadeSlip, k: number) => number) => Int32Array.from(slips, of)
  const bytes = (of: (slip: MadeSlip) => number) => Uint8Array.from(slips, of)
  const times = (of: (slip: MadeSlip) => number | undefined) => Uint32Array.from(slips, (slip) => of(slip) ?? 0)
  return {
    landId: 1,
    nowMs: NOON_S * 1000,
    settings: ISSUE_SETTINGS,
    issues: {
      count: slips.length,
      ids: ints((_, k) => 101 + k),
      numbers: slips.map((_, k) => `GZ-2026-${1001 + k}`),
      titles: slips.map(({ title }, k) => title ?? `诉求 ${k}`),
      lngLat: new Float64Array(2 * slips.length),
      building: ints(() => -1),
      community: ints(({ community }) => community ?? 0),
      gridIds: slips.map(({ gridId }) => gridId ?? ''),
      category: bytes(({ category }) => ISSUE_CATEGORIES.indexOf(category ?? 'noise')),
      state: bytes(({ state }) => ISSUE_STATES.indexOf(state ?? 'reported')),
      level: bytes(({ level }) => ISSUE_LEVELS.indexOf(level ?? 'grid')),
      topLevel: bytes(({ level }) => ISSUE_LEVELS.indexOf(level ?? 'grid')),
      outcome: bytes(({ outcome }) => (outcome ? 1 + ISSUE_OUTCOMES.indexOf(outcome) : 0)),
      source: bytes(() => 0),
      reportedS: times(({ reportedS }) => reportedS ?? NOON_S - DAY_S),
      claimedS: times(() => 0),
      finishedS: times(({ finishedS }) => finishedS),
      closedS: times(({ closedS }) => closedS),
      publishedS: times(({ publishedS }) => publishedS),
      dueS: times(({ dueS }) => dueS ?? NOON_S + DAY_S),
      onTime: bytes(({ onTime }) => onTime ?? 0),
      satisfaction: bytes(() => 0),
      reminders: bytes(() => 0),
      duplicateOf: ints(() => 0),
      handler: ints(({ handler }) => handler ?? -1),
      handlers,
    },
  }
}
