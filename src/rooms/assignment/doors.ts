import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import type { LngLatBounds } from '@/core/units'
import type { MapEngine } from '@/map/contracts'
import { ASSIGNMENT_SOURCE, draw, HOUSEHOLD_ZOOM } from './layers'
import { partsOfBuilding } from './operations/patch-features'
import { placeAt, type Picture } from './picture'

export interface DoorsHost {
  map(): MapEngine | null
  picture(): Picture | null
  selectedMember(): number
  /** Households of the gesture in the air and who would carry them. */
  provisional(): ReadonlyMap<number, number>
  /** Lines of all members in view are asked for. */
  allLines(): boolean
}

/** Features at most; more would be a cloud. */
const MOST = 12_000
/** Lines of all members show from here on. */
const LINES_ZOOM = 15
/** Milliseconds that the map stands still before what is in view is laid out. */
const REST_MS = 60

/** Households, homes and lines one by one, of what is in view only: what is not seen costs nothing. */
export function createDoors(host: DoorsHost) {
  let waiting: ReturnType<typeof setTimeout> | null = null

  function refresh(): void {
    waiting ??= setTimeout(() => {
      waiting = null
      layOut()
    }, REST_MS)
  }

  function layOut(): void {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return
    const { zoom } = map.view.get()
    const seen = map.seen()
    const near = zoom >= HOUSEHOLD_ZOOM
    draw(map, ASSIGNMENT_SOURCE.households, near ? householdsIn(picture, seen) : [])
    draw(map, ASSIGNMENT_SOURCE.homes, near ? homesIn(picture, seen) : [])
    draw(map, ASSIGNMENT_SOURCE.lines, host.allLines() && zoom >= LINES_ZOOM ? linesIn(picture, seen) : [])
  }

  function householdsIn(picture: Picture, seen: LngLatBounds): GeoJSON.Feature[] {
    const { assignment, layout, session, colourOf, nameOf } = picture
    const { ids, building, category } = assignment.households
    const chosen = host.selectedMember()
    const provisional = host.provisional()
    const features: GeoJSON.Feature[] = []
    const { start, item } = layout.byBuilding
    const px16 = pixelsOfMetre16(picture)
    for (const b of buildingsIn(picture, seen)) {
      const r16 = FILL * layout.spacingM[b] * px16
      for (let k = start[b]; k < start[b + 1] && features.length < MOST; k++) {
        const household = item[k]
        const at = placeAt(layout.places, household)
        if (!at) continue
        const member = provisional.get(household) ?? session.document.householdMember[household]
        const isSpecial = SPECIAL_CATEGORY_CODES.includes(category[household])
        features.push({
          type: 'Feature',
          id: household,
          properties: {
            household: ids[household],
            building: building[household],
            member,
            colour: member < 0 ? '#ffffff' : colourOf(member),
            sign: member < 0 ? '✕' : [...nameOf(member)][0],
            chosen: member >= 0 && member === chosen,
            provisional: provisional.has(household),
            r16,
            ...(isSpecial && { icon: `category-${category[household]}` }),
          },
          geometry: { type: 'Point', coordinates: at },
        })
      }
    }
    return features
  }

  function homesIn({ assignment, layout, colourOf, nameOf }: Picture, [west, south, east, north]: LngLatBounds): GeoJSON.Feature[] {
    const { ids, building, count } = assignment.members
    const features: GeoJSON.Feature[] = []
    for (let member = 0; member < count; member++) {
      const at = placeAt(layout.homes, member)
      if (!at || at[0] < west || at[0] > east || at[1] < south || at[1] > north) continue
      features.push({
        type: 'Feature',
        id: member,
        // Not `member`: that is an index in the other sources, here it is what a click selects.
        properties: { member: ids[member], building: building[member], colour: colourOf(member), name: nameOf(member) },
        geometry: { type: 'Point', coordinates: at },
      })
    }
    return features
  }

  function linesIn(picture: Picture, seen: LngLatBounds): GeoJSON.Feature[] {
    const features: GeoJSON.Feature[] = []
    for (const b of buildingsIn(picture, seen)) {
      for (const line of linesOfBuilding(picture, b)) {
        if (features.length < MOST) features.push(line)
      }
    }
    return features
  }

  return { refresh, layOut }
}

/** Share of the way to the next household that a circle takes, from its middle. */
const FILL = 0.46

/** CSS pixels of a metre at zoom 16 and the latitude of the street; tiles of 512. */
const pixelsOfMetre16 = ({ scope }: Picture): number => (512 * 2 ** 16) / (Math.cos((scope.land.frame.lat0 * Math.PI) / 180) * 40_075_016.686)

/** Buildings whose middle is in view, where somebody lives. */
function buildingsIn({ layout }: Picture, [west, south, east, north]: LngLatBounds): number[] {
  const { middles, byBuilding } = layout
  const found: number[] = []
  for (let b = 0; b < middles.length / 2; b++) {
    const [lng, lat] = [middles[2 * b], middles[2 * b + 1]]
    if (byBuilding.start[b + 1] > byBuilding.start[b] && lng >= west && lng <= east && lat >= south && lat <= north) found.push(b)
  }
  return found
}

/** A line from each member's home to the middle of the member's households in a building; none within the own. */
function linesOfBuilding({ assignment, layout, session, colourOf }: Picture, building: number): GeoJSON.Feature[] {
  return partsOfBuilding(layout, session.document.householdMember, building).flatMap(({ member, households }): GeoJSON.Feature[] => {
    if (member < 0 || assignment.members.building[member] === building) return []
    const home = placeAt(layout.homes, member)
    const at = meanPlace(layout.places, households)
    return home && at ? [{ type: 'Feature', properties: { colour: colourOf(member) }, geometry: { type: 'LineString', coordinates: [home, at] } }] : []
  })
}

/** The middle of these places; null without any. */
export function meanPlace(places: Float64Array, households: readonly number[]): [number, number] | null {
  let [lng, lat, n] = [0, 0, 0]
  for (const household of households) {
    if (Number.isNaN(places[2 * household])) continue
    lng += places[2 * household]
    lat += places[2 * household + 1]
    n++
  }
  return n === 0 ? null : [lng / n, lat / n]
}
