import type { IssueCategory, IssueLevel, IssueOutcome, IssueState } from '@/core/issues/issue'

/** When a slip was reported: so many days back from now, or between two moments (seconds since 1970, the end excluded). */
export type IssuePeriod = { readonly days: number } | { readonly fromS: number; readonly toS: number }

/** Periods offered by one press, days. */
export const PERIOD_DAYS = [7, 30, 90, 365] as const

/** How a slip stands to its deadline: past it and open; settled by it; settled after it. */
export const DUE_KINDS = ['overdue', 'on_time', 'late'] as const
export type DueKind = (typeof DUE_KINDS)[number]

/**
 * What list, map, chart and address show. One for the whole room; an empty list means all. Parts are joined by "and",
 * the entries of a part by "or".
 */
export interface IssueFilter {
  readonly period: IssuePeriod
  /** Part of the period that the time slider keeps to, seconds since 1970, the end excluded; null: the whole. */
  readonly span: { readonly fromS: number; readonly toS: number } | null
  readonly categories: readonly IssueCategory[]
  readonly states: readonly IssueState[]
  /** Who answers now. */
  readonly levels: readonly IssueLevel[]
  readonly outcomes: readonly IssueOutcome[]
  readonly due: DueKind | null
  readonly communityIds: readonly number[]
  readonly gridIds: readonly string[]
  /** What waits for the person signed in. */
  readonly mine: boolean
  /** Words in number or title. */
  readonly text: string
  /** Slips chosen on the map, in a chart or behind a figure, by id; null: no such choice. */
  readonly ids: ReadonlySet<number> | null
}

export const NO_FILTER: IssueFilter = {
  period: { days: 90 },
  span: null,
  categories: [],
  states: [],
  levels: [],
  outcomes: [],
  due: null,
  communityIds: [],
  gridIds: [],
  mine: false,
  text: '',
  ids: null,
}
