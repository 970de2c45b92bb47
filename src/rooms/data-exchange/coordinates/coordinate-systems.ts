import type { CoordinateSystem } from '../model'

/** A Gauss–Krüger 3° zone of CGCS2000. */
export interface GaussZone {
  readonly epsg: number
  readonly centralMeridianDeg: number
  readonly falseEastingM: number
  /** Zone number written before the easting (25–45), or null where it is not. */
  readonly prefix: number | null
}

/**
 * Zone of an EPSG code 4513–4554, or null for any other. 4513–4533 carry the zone number before the easting (zones 25–45), 4534–4554 do not;
 * both run from 75° E to 135° E in steps of 3°.
 */
export function gaussZone(epsg: number): GaussZone | null {
  if (!Number.isInteger(epsg) || epsg < 4513 || epsg > 4554) return null
  const step = (epsg - 4513) % 21
  const prefixed = epsg < 4534
  const prefix = prefixed ? 25 + step : null
  return { epsg, centralMeridianDeg: 75 + 3 * step, falseEastingM: (prefix ?? 0) * 1e6 + 500_000, prefix }
}

/** Definition for proj4: built here, so that nothing is looked up on a network. */
export const gaussDefinition = (zone: GaussZone): string =>
  `+proj=tmerc +lat_0=0 +lon_0=${zone.centralMeridianDeg} +k=1 +x_0=${zone.falseEastingM} +y_0=0 +ellps=GRS80 +units=m +no_defs`

/** All that can be chosen, in the order of the list: the usual ones first. */
export const COORDINATE_SYSTEMS: readonly CoordinateSystem[] = [
  'wgs84',
  'gcj02',
  'bd09',
  'web_mercator',
  ...Array.from({ length: 42 }, (_, k) => `epsg:${4513 + k}` as const),
]

/** Number of an `epsg:` system, else null. */
export const epsgOf = (system: CoordinateSystem): number | null =>
  system.startsWith('epsg:') ? Number(system.slice(5)) : null

/** Whether pairs of the system are metres. */
export const isMetric = (system: CoordinateSystem): boolean => system === 'web_mercator' || epsgOf(system) !== null
