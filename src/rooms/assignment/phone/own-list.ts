import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import { straightM, type Place } from '@/core/places-in-metres'
import type { MyHousehold } from './my-households'

/** What of the list is shown, and in which order. */
export interface ListChoice {
  readonly text: string
  readonly onlySpecial: boolean
  /** These households alone; null: all. */
  readonly only: ReadonlySet<number> | null
  readonly order: 'address' | 'distance'
}

export interface ListRow {
  readonly household: MyHousehold
  /** Metres in a straight line from where one is or lives; null where that is not known. */
  readonly lengthM: number | null
  /** Storey by the room's number; null where it does not say. */
  readonly floor: number | null
}

export const isSpecial = ({ category }: Pick<MyHousehold, 'category'>): boolean => SPECIAL_CATEGORY_CODES.includes(category)

/** Storey of a room numbered as usual, its last two digits being the door: 302 and 1-302 are on the third. */
export function floorOf(room: string): number | null {
  const digits = /(?:^|\D)(\d{1,2})\d{2}$/.exec(room.normalize('NFKC'))?.[1]
  return digits === undefined || Number(digits) === 0 ? null : Number(digits)
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '')

/** Households that fit, in the server's natural order of addresses or by distance; those of equal distance by address. O(n log n). */
export function listRows(households: readonly MyHousehold[], from: Place | null, { text, onlySpecial, only, order }: ListChoice): ListRow[] {
  const wanted = plain(text)
  const rows = households
    .filter((one) => (!onlySpecial || isSpecial(one)) && (only?.has(one.id) ?? true) && plain(`${one.address}${one.head ?? ''}`).includes(wanted))
    .map((household): ListRow => ({ household, lengthM: from && straightM(from, household), floor: floorOf(household.room) }))
  return order === 'distance' && from ? rows.sort((a, b) => a.lengthM! - b.lengthM!) : rows
}
