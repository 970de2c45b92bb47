import { householdsOf, type PaperArea } from './notice-blocks'
import type { PaperHousehold, PaperMember, PaperRows } from './paper-rows'

/** Rows of the table on one page (A4, landscape). */
const ROWS_PER_PAGE = 20

/** One page of a member's workbook. */
export interface WorkbookPage {
  readonly member: PaperMember
  readonly households: readonly PaperHousehold[]
  /** Number of the first household of the page in the member's list, from 1. */
  readonly from: number
  /** Frail members cared for; on the last page of the member. */
  readonly frail: readonly PaperMember[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

/** Workbooks of the members of an area who have households or frail members there, in the order of the rows. O(households). */
export function makeWorkbooks(rows: PaperRows, area: PaperArea, memberId: number | null = null): WorkbookPage[] {
  const members = new Map(rows.members.map((member) => [member.id, member]))
  const byMember = new Map<number, PaperHousehold[]>()
  for (const one of householdsOf(rows, area)) if (one.memberId !== null) byMember.set(one.memberId, [...(byMember.get(one.memberId) ?? []), one])
  const caredBy = new Map<number, PaperMember[]>()
  for (const { memberId: carer, frailId } of rows.care) {
    const frail = members.get(frailId)
    if (frail) caredBy.set(carer, [...(caredBy.get(carer) ?? []), frail])
  }
  return rows.members
    .filter((member) => member.communityId === area.communityId && (memberId === null || member.id === memberId))
    .flatMap((member) => {
      const households = byMember.get(member.id) ?? []
      const frail = caredBy.get(member.id) ?? []
      if (households.length + frail.length === 0) return []
      // The frail have rows of their own under the households.
      const pages = Math.max(1, Math.ceil((households.length + frail.length) / ROWS_PER_PAGE))
      return Array.from({ length: pages }, (_, page): WorkbookPage => ({
        member,
        households: households.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE),
        from: page * ROWS_PER_PAGE + 1,
        frail: frail.slice(Math.max(0, page * ROWS_PER_PAGE - households.length), Math.max(0, (page + 1) * ROWS_PER_PAGE - households.length)),
        total: households.length,
        page: page + 1,
        pages,
      }))
    })
}
