import type { IssueAct, IssueCategory, IssueLevel, IssueOutcome, IssueState } from '@/core/issues/issue'
import type { LngLat } from '@/core/units'
import { callRpc } from '@/data/call-rpc'
import { decodePolyline } from '@/data/polyline'

/** A street whose page for residents is open. */
export interface VisitorPlace {
  readonly landId: number
  /** Division code of the street, twelve digits: what stands in the address of its page. */
  readonly code: string
  readonly street: string
  readonly district: string
}

/** What a visitor picks a place on. Rings and lines are longitude and latitude by turns, degrees, WGS84. */
export interface VisitorMap {
  readonly place: VisitorPlace
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number]
  readonly communities: readonly { readonly id: number; readonly name: string; readonly centre: LngLat }[]
  readonly compounds: readonly {
    readonly id: number
    readonly name: string
    /** Index into `communities`. */
    readonly community: number
    readonly centre: LngLat
    readonly ring: readonly number[]
  }[]
  readonly buildings: readonly {
    readonly id: number
    readonly name: string
    /** Index into `compounds`, −1 where it lies in none. */
    readonly compound: number
    readonly ring: readonly number[]
  }[]
  readonly streets: readonly { readonly name: string; readonly class: string; readonly line: readonly number[] }[]
  /** Borders between communities and of the land. */
  readonly borders: readonly (readonly number[])[]
}

export interface VisitorSlip {
  readonly landId: number
  readonly lngLat: LngLat
  readonly category: IssueCategory
  /** One line, 2 to 80 characters. */
  readonly title: string
  /** At most 2,000 characters. */
  readonly detail: string
  /** Who may be called back; both or neither. */
  readonly reporter?: { readonly name: string; readonly phone: string }
  /** At most four, base64 of JPEG, PNG or WebP without Exif, at most 300 KB each. */
  readonly photos: readonly string[]
  /** The person agreed that what was typed is kept to settle the matter. */
  readonly consent: boolean
}

/** A slip as its reporter sees it. Times are ISO 8601, null where there is none. */
export interface FollowedSlip {
  readonly number: string
  readonly street: string
  /** Compound, else community. */
  readonly place: string
  readonly category: IssueCategory
  readonly title: string
  readonly detail: string
  readonly state: IssueState
  readonly level: IssueLevel
  readonly outcome: IssueOutcome | null
  readonly reportedAt: string
  readonly claimedAt: string | null
  readonly finishedAt: string | null
  readonly closedAt: string | null
  readonly publishedAt: string | null
  readonly dueAt: string | null
  readonly satisfaction: number | null
  readonly photos: number
  /** What happened, oldest first; words of the office only where they are meant for the reporter, names and numbers masked. */
  readonly events: readonly { readonly at: string; readonly act: IssueAct | 'report'; readonly note: string | null }[]
  readonly mayRate: boolean
  readonly mayReopen: boolean
  /** Until when it may be reopened; null while it is open. */
  readonly reopenUntil: string | null
  readonly mayWithdraw: boolean
}

/** A slip on the board: published, masked, its place blurred to the compound or the community. */
export interface BoardSlip {
  readonly number: string
  readonly category: IssueCategory
  readonly title: string
  /** Day it was reported, YYYY-MM-DD. */
  readonly reportedOn: string
  readonly publishedOn: string
  readonly community: string
  /** Null where it lies in none, or in one too small to hide a building. */
  readonly compound: string | null
  /** Centre of the compound, else of the community. */
  readonly centre: LngLat
  readonly state: IssueState
  readonly outcome: IssueOutcome
  readonly satisfaction: number | null
  /** What the office answered, names and numbers masked. */
  readonly answer: string | null
}

export interface BoardPage {
  readonly slips: readonly BoardSlip[]
  /** To be given for the next page; null on the last. */
  readonly next: string | null
}

export interface BoardFilter {
  readonly category?: IssueCategory
  readonly communityId?: number
  readonly outcome?: IssueOutcome
}

/** Null where the number is too small to be shown. Shares are 0 … 1. */
export interface BoardFigure {
  readonly collected: number | null
  readonly solved: number | null
  readonly onTime: number | null
  /** Mean of 1 … 5. */
  readonly satisfaction: number | null
}

/** Slips reported in the last twelve full months. */
export interface BoardFigures {
  /** First day, and the day after the last, YYYY-MM-DD. */
  readonly from: string
  readonly to: string
  readonly total: BoardFigure
  readonly byCategory: readonly (BoardFigure & { readonly category: IssueCategory })[]
  readonly byCommunity: readonly (BoardFigure & { readonly communityId: number; readonly community: string })[]
}

/** Open streets, of all or of one code. Throws `DataError`, as all functions here do. */
export const listPlaces = (code: string | null = null) => callRpc<VisitorPlace[]>('visitor_places', { p_code: code })

/** What a place is picked on; `land_unknown` where the page is not open. */
export async function loadVisitorMap(landId: number): Promise<VisitorMap> {
  return decodeVisitorMap(await callRpc<VisitorMapJson>('visitor_map', { p_land: landId }))
}

/**
 * Hand in a slip. The code is told once and never again. The same `requestKey` sent again, because the answer was lost,
 * makes no second slip: it gives a new code for the first one, and the code before opens nothing any more.
 * Refused with land_unknown, issue_invalid {field}, place_outside, photo_invalid {index, reason}, consent_missing,
 * too_many_requests {retryAfterS}, too_many_reports: the street's public page has had its 60 slips of the hour.
 */
export const reportAsVisitor = (slip: VisitorSlip, requestKey: string) =>
  callRpc<{ number: string; followCode: string }>('visitor_report', { p_slip: slip, p_request_key: requestKey })

/** The slip a code opens; `code_unknown` for every wrong code, `too_many_requests` {retryAfterS} after many. */
export const followSlip = (code: string) => callRpc<FollowedSlip>('visitor_follow', { p_code: code })

/** Say how it was settled, 1 … 5. Refused with code_unknown, issue_open, satisfaction_invalid. */
export const rateSlip = (code: string, satisfaction: number, note: string) =>
  callRpc<FollowedSlip>('visitor_rate', { p_code: code, p_satisfaction: satisfaction, p_note: note })

/** Take a slip back that nobody has claimed. Refused with code_unknown, issue_state, issue_closed, issue_has_duplicates. */
export const withdrawSlip = (code: string) => callRpc<FollowedSlip>('visitor_withdraw', { p_code: code })

/** Say that it is not settled. Refused with code_unknown, issue_open, note_missing, issue_too_late. */
export const reopenSlip = (code: string, note: string) => callRpc<FollowedSlip>('visitor_reopen', { p_code: code, p_note: note })

/** Published slips, the last published first, twenty a page. */
export const loadBoard = (landId: number, before: string | null = null, filter: BoardFilter = {}) =>
  callRpc<BoardPage>('visitor_board', { p_land: landId, p_before: before, p_filter: filter })

export const loadBoardFigures = (landId: number) => callRpc<BoardFigures>('visitor_board_figures', { p_land: landId })

/** `visitor_map`: columns; outlines relative to the origin, encoded with seven digits. */
export interface VisitorMapJson {
  readonly place: VisitorPlace
  readonly origin: LngLat
  readonly bounds: readonly [number, number, number, number]
  readonly communities: { readonly id: readonly number[]; readonly name: readonly string[]; readonly centre: readonly LngLat[] }
  readonly compounds: {
    readonly id: readonly number[]
    readonly name: readonly string[]
    readonly community: readonly number[]
    readonly centre: readonly LngLat[]
    readonly ring: readonly string[]
  }
  readonly buildings: {
    readonly id: readonly number[]
    readonly name: readonly string[]
    readonly compound: readonly number[]
    readonly ring: readonly string[]
  }
  readonly streets: { readonly name: readonly string[]; readonly class: readonly string[]; readonly line: readonly string[] }
  readonly borders: readonly string[]
}

const DEGREE_SCALE = 1e7

export function decodeVisitorMap(json: VisitorMapJson): VisitorMap {
  const decode = (text: string | undefined): number[] => {
    const flat: number[] = []
    decodePolyline(text ?? '', DEGREE_SCALE, flat, json.origin)
    return flat
  }
  const { communities, compounds, buildings, streets } = json
  return {
    place: json.place,
    bounds: json.bounds,
    communities: communities.id.map((id, at) => ({ id, name: communities.name[at]!, centre: communities.centre[at]! })),
    compounds: compounds.id.map((id, at) => ({
      id,
      name: compounds.name[at]!,
      community: compounds.community[at]!,
      centre: compounds.centre[at]!,
      ring: decode(compounds.ring[at]),
    })),
    buildings: buildings.id.map((id, at) => ({
      id,
      name: buildings.name[at]!,
      compound: buildings.compound[at]!,
      ring: decode(buildings.ring[at]),
    })),
    streets: streets.name.map((name, at) => ({ name, class: streets.class[at]!, line: decode(streets.line[at]) })),
    borders: json.borders.map(decode),
  }
}
