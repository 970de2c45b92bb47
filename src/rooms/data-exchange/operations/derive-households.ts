import type { HouseholdRule } from '../model'

/**
 * Kinds of building in which people live, after the OSM wiki's "accommodation", and those of which nothing more is said than that they
 * are buildings: most maps say no more of most homes.
 */
const RESIDENTIAL = new Set([
  'yes', 'residential', 'apartments', 'house', 'detached', 'semidetached_house', 'terrace', 'bungalow', 'dormitory', 'farm', 'villa',
  'cabin', 'houseboat', 'static_caravan', 'mixed_use', 'residential;commercial',
])
/** A building of unknown kind smaller than this is a shed. */
const SHED_M2 = 25
/** Uses that outweigh a silent `building=yes`. */
const OTHER_USES = ['amenity', 'shop', 'office', 'tourism', 'railway', 'leisure', 'man_made', 'historic', 'aeroway', 'industrial', 'public_transport']

/** Whether people may live in a building, by its kind and by what else it is said to be. */
export function isResidential(kind: string, properties: Readonly<Record<string, string>>): boolean {
  if (!RESIDENTIAL.has(kind)) return false
  return kind !== 'yes' || !OTHER_USES.some((key) => properties[key] !== undefined)
}

/**
 * Households of a building whose count no file tells: footprint × floors / area of one household, rounded; none where nobody lives.
 * An estimate, and named so wherever it appears.
 */
export function deriveHouseholds(footprintM2: number, floors: number, residential: boolean, rule: HouseholdRule): number {
  if (!residential || footprintM2 < SHED_M2) return 0
  return Math.round((footprintM2 * floors) / rule.areaPerHouseholdM2)
}
