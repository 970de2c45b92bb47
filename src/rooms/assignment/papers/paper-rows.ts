import type { ExemptReason } from '@/core/assignment/assignment-scope'
import { callRpc } from '@/data/call-rpc'

/** What is printed: public notice, plates for doors, cards, workbooks of members. */
export const PAPER_KINDS = ['notice', 'plates', 'cards', 'workbook'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** A community that the papers cover, with the edition of its ties in force. */
export interface PaperCommunity {
  readonly id: number
  readonly code: string
  readonly name: string
  /** 0 where none was published. */
  readonly edition: number
  readonly validFrom: string | null
}

/** A member on paper. The number is in clear only where the paper needs it, else null. */
export interface PaperMember {
  readonly id: number
  readonly communityId: number
  /** As the setting of masking says for this kind of paper. */
  readonly name: string
  readonly phone: string | null
  readonly group: string | null
  readonly committee: boolean
  readonly leader: boolean
  readonly frail: boolean
  readonly exempt: ExemptReason | null
  readonly minHouseholds: number | null
  readonly maxHouseholds: number | null
  readonly reachM: number | null
}

/** A household on paper, with the member in force. */
export interface PaperHousehold {
  readonly id: number
  readonly communityId: number
  readonly buildingId: number
  /** Null where nobody. */
  readonly memberId: number | null
  readonly address: string
  /** Name of the stairwell, empty where there is none. */
  readonly stairwell: string
  readonly room: string
  /** Name of the head, as the setting of masking says. */
  readonly head: string | null
  /** As `HOUSEHOLD_CATEGORIES`; null on the public notice, where a group is nobody's business. */
  readonly category: number | null
  readonly residents: number
}

/** A frail member and who cares for him or her. */
export interface PaperCare {
  readonly memberId: number
  readonly frailId: number
}

/** Rows of the papers of a unit; see `public.assignment_papers`. Put on record before they are handed out. */
export interface PaperRows {
  /** Who asked, where and when; stands on every page that leaves the office. */
  readonly watermark: string
  readonly at: string
  readonly communities: readonly PaperCommunity[]
  readonly members: readonly PaperMember[]
  /** In natural order of address and room within each community. */
  readonly households: readonly PaperHousehold[]
  readonly care: readonly PaperCare[]
}

/** Papers of a unit: a street or one of its communities. Throws `DataError`: `reason_required`, `not_allowed`, `export_invalid`. */
export const loadPaperRows = (orgUnitId: number, kind: PaperKind | 'register', reason: string): Promise<PaperRows> =>
  callRpc<PaperRows>('assignment_papers', { p_org_unit: orgUnitId, p_kind: kind, p_reason: reason })
