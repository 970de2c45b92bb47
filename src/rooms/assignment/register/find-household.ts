import type { AssignmentContext } from '@/core/assignment/assignment-context'
import type { Scope } from '@/core/scope'
import type { RegisterRow } from './read-register'

/** Where a row's household is found: its index, or why it is not. */
export type FoundHousehold =
  | { readonly index: number }
  | { readonly code: 'household_missing' | 'household_unknown' | 'address_unknown' | 'address_ambiguous'; readonly values: Readonly<Record<string, string | number>> }

/** Full-width letters and digits as plain ones, no blanks: what people type against what the system writes. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** Whole number of a cell, as spreadsheets store it; null where it is none. */
export function wholeOf(text: string): number | null {
  const digits = /^(\d{1,9})(\.0+)?$/.exec(text.normalize('NFKC').trim())?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Finds households by id, else by address with stairwell and room. Building it is O(households), a look is O(1). */
export function householdFinder(context: AssignmentContext, scope: Scope): (row: RegisterRow) => FoundHousehold {
  const { households, stairwells } = context.scope
  const byAddress = new Map<string, number[]>()
  const add = (key: string, household: number) => {
    const list = byAddress.get(key)
    if (!list) byAddress.set(key, [household])
    else if (list.at(-1) !== household) list.push(household)
  }
  for (let k = 0; k < households.count; k++) {
    const place = plain(scope.buildings.addresses[households.building[k]])
    const stairwell = households.stairwell[k] < 0 ? '' : plain(stairwells.names[households.stairwell[k]])
    add(place, k)
    add(place + stairwell + plain(households.rooms[k]), k)
  }
  return (row): FoundHousehold => {
    const id = row.text('household')
    if (id !== '') {
      const index = context.householdIndex.get(wholeOf(id) ?? -1)
      return index === undefined ? { code: 'household_unknown', values: { household: id } } : { index }
    }
    const address = row.text('address')
    if (address === '') return { code: 'household_missing', values: {} }
    const community = plain(row.text('community'))
    const key = plain(address + row.text('stairwell') + row.text('room'))
    const found = (byAddress.get(key) ?? []).filter((k) => community === '' || plain(context.communities[households.community[k]].name) === community)
    if (found.length === 1) return { index: found[0] }
    const values = { address: `${address}${row.text('stairwell')}${row.text('room')}` }
    return found.length === 0 ? { code: 'address_unknown', values } : { code: 'address_ambiguous', values: { ...values, n: found.length } }
  }
}
