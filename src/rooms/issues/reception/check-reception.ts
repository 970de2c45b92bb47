import type { IssueCategory } from '@/core/issues/issue'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { middleOf } from '@/core/places-in-metres'
import type { ReceptionField, ReceptionRow } from './read-reception'

/** What is wrong with a row, before the server is asked. */
export interface ReceptionFault {
  readonly row: number
  readonly field: ReceptionField
  readonly code: 'place_missing' | 'place_unknown' | 'place_ambiguous' | 'category_unknown' | 'title_short' | 'reporter_half'
}

/** A row that can be sent. */
export interface ReceptionSlip {
  readonly row: number
  readonly lngLat: LngLat
  readonly category: IssueCategory
  readonly title: string
  readonly detail: string
  readonly reporter?: { readonly name: string; readonly phone: string }
}

const LEAST_TITLE = 2
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '')

/**
 * Rows with a place and a category, and what is wrong with the others. A place is the address or the name of a building,
 * or longitude and latitude; a category its word in either language. O(buildings + rows).
 */
export function checkReception(
  scope: Pick<Scope, 'buildings'>,
  rows: readonly ReceptionRow[],
  categories: ReadonlyMap<string, IssueCategory>,
): { slips: ReceptionSlip[]; faults: ReceptionFault[] } {
  const { buildings } = scope
  const byPlace = new Map<string, number[]>()
  for (let building = 0; building < buildings.count; building++) {
    for (const name of new Set([plain(buildings.addresses[building]), plain(buildings.names[building])])) {
      if (name !== '') byPlace.set(name, [...(byPlace.get(name) ?? []), building])
    }
  }
  const kinds = new Map([...categories].map(([word, category]) => [plain(word), category]))
  const slips: ReceptionSlip[] = []
  const faults: ReceptionFault[] = []
  for (const row of rows) {
    const fault = (field: ReceptionField, code: ReceptionFault['code']): number => faults.push({ row: row.row, field, code })
    const before = faults.length
    let lngLat: LngLat | null = pairOf(row.place)
    if (!lngLat) {
      const found = byPlace.get(plain(row.place)) ?? []
      if (row.place === '') fault('place', 'place_missing')
      else if (found.length !== 1) fault('place', found.length === 0 ? 'place_unknown' : 'place_ambiguous')
      else lngLat = middleOf(scope.buildings, found[0])
    }
    const category = kinds.get(plain(row.category))
    if (!category) fault('category', 'category_unknown')
    if (row.title.trim().length < LEAST_TITLE) fault('title', 'title_short')
    if ((row.name === '') !== (row.phone === '')) fault(row.name === '' ? 'name' : 'phone', 'reporter_half')
    if (faults.length > before || !lngLat || !category) continue
    const reporter = row.name === '' ? undefined : { name: row.name, phone: row.phone.replace(/\.0$/, '') }
    slips.push({ row: row.row, lngLat, category, title: row.title.trim(), detail: row.detail, reporter })
  }
  return { slips, faults }
}

function pairOf(text: string): LngLat | null {
  const [, lng, lat] = (/^\s*(-?\d{1,3}\.\d+)\s*[,，]\s*(-?\d{1,2}\.\d+)\s*$/.exec(text) ?? []).map(Number)
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 85 ? [lng, lat] : null
}
