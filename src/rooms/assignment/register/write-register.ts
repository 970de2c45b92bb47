import type { Sheet } from '@/formats/write-sheet'
import { placeOf } from '../papers/notice-blocks'
import type { PaperRows } from '../papers/paper-rows'
import { MEMBER_COLUMNS, TIE_COLUMNS } from './register-fields'

export interface RegisterWords {
  t(key: string, values?: Record<string, string | number>): string
  category(code: number): string
}

/** What a draft says where it differs from the ties and terms in force. */
export interface RegisterPlan {
  /** Member id of a household, null for nobody; undefined: as in force. */
  memberOf(householdId: number): number | null | undefined
  termsOf(memberId: number): Pick<PaperRows['members'][number], 'exempt' | 'minHouseholds' | 'maxHouseholds' | 'reachM'> | undefined
}

const HELP = ['first', 'second', 'third', 'fourth', 'fifth'] as const

/** A register as sheets: ties in natural order of the addresses, members with their terms, and how to fill it in. */
export function registerSheets(rows: PaperRows, plan: RegisterPlan | null, { t, category }: RegisterWords): Sheet[] {
  const communities = new Map(rows.communities.map(({ id, name }) => [id, name]))
  const members = new Map(rows.members.map((member) => [member.id, member]))
  const heads = (columns: readonly string[]) => columns.map((column) => t(`papers.register.column.${column}`))
  const flag = (is: boolean) => t(is ? 'papers.register.yes' : 'papers.register.no')
  const loads = new Map<number, number>()
  const ties = rows.households.map((one) => {
    const held = plan?.memberOf(one.id)
    const memberId = held === undefined ? one.memberId : held
    if (memberId !== null) loads.set(memberId, (loads.get(memberId) ?? 0) + 1)
    const cells: Record<(typeof TIE_COLUMNS)[number], string | number | null> = {
      household: one.id, community: communities.get(one.communityId) ?? '', address: placeOf(one), stairwell: one.stairwell, room: one.room, head: one.head,
      category: one.category === null ? '' : category(one.category), residents: one.residents, member: memberId, memberName: memberId === null ? '' : (members.get(memberId)?.name ?? ''),
    }
    return TIE_COLUMNS.map((column) => cells[column])
  })
  const people = rows.members.map((one) => {
    const terms = plan?.termsOf(one.id) ?? one
    const cells: Record<(typeof MEMBER_COLUMNS)[number], string | number | null> = {
      member: one.id, community: communities.get(one.communityId) ?? '', name: one.name, group: one.group, committee: flag(one.committee), leader: flag(one.leader), frail: flag(one.frail),
      households: loads.get(one.id) ?? 0, exempt: terms.exempt === null ? '' : t(`papers.register.exempt.${terms.exempt}`), min: terms.minHouseholds, max: terms.maxHouseholds, reach: terms.reachM,
    }
    return MEMBER_COLUMNS.map((column) => cells[column])
  })
  return [
    { name: t('papers.register.sheet.ties'), heads: heads(TIE_COLUMNS), rows: ties, widths: [10, 16, 32, 8, 8, 10, 14, 6, 10, 10] },
    { name: t('papers.register.sheet.members'), heads: heads(MEMBER_COLUMNS), rows: people, widths: [10, 16, 10, 20, 8, 10, 8, 10, 12, 10, 10, 14] },
    { name: t('papers.register.sheet.help'), heads: [t('papers.register.help.head')], rows: [...HELP.map((line) => [t(`papers.register.help.${line}`)]), [], [rows.watermark]], widths: [90] },
  ]
}
