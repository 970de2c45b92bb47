import { householdsOf, type PaperArea } from './notice-blocks'
import type { PaperHousehold, PaperMember, PaperRows } from './paper-rows'

/** What is cut out of a sheet: plates for doors, or cards to be handed out. */
export const PLATE_KINDS = ['plate', 'card', 'member_card'] as const
/** `plate`: one a household, for its door; `card`: one a household; `member_card`: one a member. */
export type PlateKind = (typeof PLATE_KINDS)[number]

/** Pieces on an A4 sheet, mm: rows × columns of a size, centred. Cards are 90 × 54 as others in a wallet. */
export const PLATE_SHEETS = {
  plate: { width: 95, height: 68, columns: 2, rows: 4 },
  card: { width: 90, height: 54, columns: 2, rows: 5 },
  member_card: { width: 90, height: 54, columns: 2, rows: 5 },
} as const

export interface Plate {
  readonly member: PaperMember
  readonly household: PaperHousehold | null
}

/** Pieces of an area by sheet. Households without a member have none. */
export function makePlates(rows: PaperRows, area: PaperArea, kind: PlateKind): Plate[][] {
  const members = new Map(rows.members.map((member) => [member.id, member]))
  const seen = new Set<number>()
  const plates = householdsOf(rows, area).flatMap((household): Plate[] => {
    const member = household.memberId === null ? undefined : members.get(household.memberId)
    if (!member || (kind === 'member_card' && seen.has(member.id))) return []
    seen.add(member.id)
    return [{ member, household: kind === 'member_card' ? null : household }]
  })
  const { columns, rows: down } = PLATE_SHEETS[kind]
  const perSheet = columns * down
  return Array.from({ length: Math.ceil(plates.length / perSheet) }, (_, k) => plates.slice(k * perSheet, (k + 1) * perSheet))
}
