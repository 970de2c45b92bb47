import { generateStreet } from './generate-street'
import { DEMO_SEED, SCALE_STREETS } from './settings'
import type { StreetData } from './street-data'

/**
 * The scale district, street by street: 15 streets that border each other, 250,000 households, 20,000 members.
 * Residents by name are left out. One street is in memory at a time unless the caller keeps them; 2 s each.
 */
export function* generateDistrict(seed = DEMO_SEED): Generator<StreetData> {
  for (const settings of SCALE_STREETS) yield generateStreet(seed, settings, { residents: false })
}
