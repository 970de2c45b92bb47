import { EXCEPTION_SIGNS, type ExceptionKind, type ExceptionRow } from './operations/list-exceptions'
import { placeAt, type Picture } from './picture'

/** Signs of exceptions for the map: at each door when near, and one for each building with how many are there when farther. */
export function exceptionFeatures({ assignment, layout }: Picture, rows: ReadonlyMap<ExceptionKind, readonly ExceptionRow[]>, kinds: readonly ExceptionKind[]): GeoJSON.Feature[] {
  const features: GeoJSON.Feature[] = []
  for (const kind of kinds) {
    const sign = EXCEPTION_SIGNS[kind]
    const byBuilding = new Map<number, { count: number; error: boolean }>()
    const put = (at: [number, number] | null, building: number, error: boolean): void => {
      // A household with nobody bears its sign itself.
      if (at && kind !== 'household_unserved') features.push(mark(at, { level: 'door', words: sign, error, count: 1 }))
      if (building < 0) return
      const known = byBuilding.get(building)
      if (known) known.count++
      else byBuilding.set(building, { count: 1, error })
    }
    for (const row of rows.get(kind) ?? []) {
      if (row.waived) continue
      // About what somebody carries in all: at the member's door, not at each household's.
      const isOfMember = row.member >= 0 && (kind === 'member_above_max' || kind === 'member_below_min' || kind === 'care_above_max' || kind === 'member_exempt_carries')
      if (isOfMember) put(placeAt(layout.homes, row.member), assignment.members.building[row.member], row.isError)
      else {
        for (const household of row.households) put(placeAt(layout.places, household), assignment.households.building[household], row.isError)
        for (const frail of row.frail) put(placeAt(layout.homes, frail), assignment.members.building[frail], row.isError)
      }
    }
    for (const [building, { count, error }] of byBuilding) {
      const at = placeAt(layout.middles, building)
      if (at) features.push(mark(at, { level: 'building', words: count > 1 ? `${sign} ${count}` : sign, error, count }))
    }
  }
  return features
}

const mark = (at: [number, number], properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: at },
})
