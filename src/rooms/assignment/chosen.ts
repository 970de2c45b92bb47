import type { LngLatBounds } from '@/core/units'
import { meanPlace } from './doors'
import { buildingFeatures, hullOf, partsOfBuilding } from './operations/patch-features'
import { placeAt, walkBetween, type Picture } from './picture'

/** What the map shows of one member: strips, a hull around them, lines from home, the home itself. Empty for nobody. */
export function chosenFeatures(picture: Picture, member: number): GeoJSON.Feature[] {
  if (member < 0) return []
  const { scope, assignment, layout, session, colourOf } = picture
  const home = placeAt(layout.homes, member)
  const own = [...session.index.householdsOf(member)]
  const buildings = [...new Set(own.map((household) => assignment.households.building[household]))].filter((b) => b >= 0)
  const ground = { buildings: scope.buildings, frame: scope.land.frame }
  const ties = { householdMember: session.document.householdMember, colourOf }
  const parts = buildings.flatMap((b) =>
    buildingFeatures(ground, layout, ties, b, 0).filter((feature) => feature.properties!.member === member),
  )
  const corners = parts.flatMap(({ geometry }) => (geometry as GeoJSON.Polygon).coordinates[0] as [number, number][])
  const hull = buildings.length > 1 ? hullOf(home ? [...corners, home] : corners) : []
  const farM = session.settings.farM
  const lines = buildings.flatMap((b): GeoJSON.Feature[] => {
    const households = partsOfBuilding(layout, session.document.householdMember, b).find((part) => part.member === member)?.households ?? []
    const at = meanPlace(layout.places, households)
    if (!home || !at || assignment.members.building[member] === b) return []
    const far = households.some((household) => (walkBetween(picture, member, household)?.m ?? 0) > farM)
    return [{ type: 'Feature', properties: { kind: 'line', far }, geometry: { type: 'LineString', coordinates: [home, at] } }]
  })
  return [
    ...(hull.length > 0 ? [{ type: 'Feature', properties: { kind: 'hull' }, geometry: { type: 'Polygon', coordinates: [hull] } } as GeoJSON.Feature] : []),
    ...parts.map((feature) => ({ ...feature, properties: { ...feature.properties, kind: 'part' } })),
    ...lines,
    ...homeFeature(picture, member),
  ]
}

/** The home of a member, marked; nothing where it is not known. */
export function homeFeature({ layout, nameOf }: Picture, member: number): GeoJSON.Feature[] {
  const at = placeAt(layout.homes, member)
  return at ? [{ type: 'Feature', properties: { kind: 'home', name: nameOf(member) }, geometry: { type: 'Point', coordinates: at } }] : []
}

/** Corners of what is to be seen: homes of members and the places of households. Null where none has a place. */
export function boundsOf({ layout }: Picture, members: readonly number[], households: readonly number[]): LngLatBounds | null {
  let box: [number, number, number, number] | null = null
  const grow = (at: [number, number] | null): void => {
    if (!at) return
    const [lng, lat] = at
    box = box ? [Math.min(box[0], lng), Math.min(box[1], lat), Math.max(box[2], lng), Math.max(box[3], lat)] : [lng, lat, lng, lat]
  }
  for (const member of members) grow(placeAt(layout.homes, member))
  for (const household of households) grow(placeAt(layout.places, household))
  return box
}
