/**
 * What the room of issues holds of one street beside its `Scope`: slips as columns, without reporters, phones or photos.
 * Made once from the server's answer, replaced whole on reload, never mutated. Positions of communities and buildings are
 * those of the `Scope` of the same land.
 */
export interface IssueScope {
  readonly landId: number
  /** Clock of the server when it answered, ms since 1970; overdue and ages are told by it, not by the browser's clock. */
  readonly nowMs: number
  readonly issues: IssueColumns
  readonly settings: IssueSettings
}

/** Columns by slip, by time of report. Times are seconds since 1970, 0 where there is none. */
export interface IssueColumns {
  readonly count: number
  readonly ids: Int32Array
  /** GZ-2026-1187. */
  readonly numbers: readonly string[]
  /** One line, as typed; untrusted text. */
  readonly titles: readonly string[]
  /** Longitude and latitude by turns, degrees, WGS84. */
  readonly lngLat: Float64Array
  /** Building index or −1. */
  readonly building: Int32Array
  /** Community index. */
  readonly community: Int32Array
  /** Id of the grid in force that holds the place, '' where none. */
  readonly gridIds: readonly string[]
  /** Index into `ISSUE_CATEGORIES`. */
  readonly category: Uint8Array
  /** Index into `ISSUE_STATES`. */
  readonly state: Uint8Array
  /** Index into `ISSUE_LEVELS`: who answers now. */
  readonly level: Uint8Array
  /** Highest level it ever reached. */
  readonly topLevel: Uint8Array
  /** 0 while open, else 1 + index into `ISSUE_OUTCOMES`. */
  readonly outcome: Uint8Array
  /** Index into `ISSUE_SOURCES`. */
  readonly source: Uint8Array
  readonly reportedS: Uint32Array
  readonly claimedS: Uint32Array
  /** When the result was handed in; 0 while there is none. */
  readonly finishedS: Uint32Array
  readonly closedS: Uint32Array
  readonly publishedS: Uint32Array
  /** End of the last working day it must be settled by at its present level; overdue is after it and open. */
  readonly dueS: Uint32Array
  /** 1 where it was settled by its deadline, 2 where late, 0 while open. */
  readonly onTime: Uint8Array
  /** 1 … 5, 0 where nobody said. */
  readonly satisfaction: Uint8Array
  /** Reminders so far. */
  readonly reminders: Uint8Array
  /** Id of the slip it is one and the same as, 0 where none: figures and heat count such slips once. */
  readonly duplicateOf: Int32Array
  /** Person who handles it, as an index into `handlers`; −1 nobody. */
  readonly handler: Int32Array
  /** Masked names. */
  readonly handlers: readonly { readonly personId: string; readonly name: string }[]
}

/** What the street goes by; key `issues` of the settings, the nearest unit above wins. */
export interface IssueSettings {
  /** Working days to settle a matter, by category and level (grid, community, street, district). */
  readonly deadlines: Readonly<Record<string, readonly [number, number, number, number]>>
  /** A slip overdue by so many working days goes up by rule; 0: never. */
  readonly escalateAfterDays: number
  /** A slip of the same category reported nearer than this within `duplicateDays` is shown as a likely duplicate. */
  readonly duplicateM: number
  readonly duplicateDays: number
  /** Counts below it are masked on maps and boards that leave the office. */
  readonly maskBelow: number
  /** Days the reporter may reopen a slip after it was closed. */
  readonly reopenDays: number
  /** Whether residents may report at the public page, and the board is open. */
  readonly isPublic: boolean
}

export const ISSUE_SETTINGS: IssueSettings = {
  deadlines: {
    sanitation: [2, 3, 5, 10],
    property: [3, 5, 10, 15],
    facilities: [3, 5, 10, 15],
    noise: [1, 2, 3, 5],
    safety: [1, 1, 2, 5],
    fire: [1, 1, 2, 5],
    parking: [3, 5, 10, 15],
    greening: [5, 5, 10, 15],
    dispute: [5, 7, 10, 15],
    welfare: [3, 5, 10, 15],
    policy: [5, 7, 10, 15],
    other: [5, 7, 10, 15],
  },
  escalateAfterDays: 2,
  duplicateM: 50,
  duplicateDays: 30,
  maskBelow: 3,
  reopenDays: 15,
  isPublic: true,
}
