import { middleOf } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** A place where routes can begin; without a name: the middle of the community. */
export interface StartPlace {
  readonly name: string
  readonly lngLat: LngLat
}

/** Stations of a community, its own first, then the building nearest to its middle. O(stations + buildings). */
export function startPlaces({ stations, buildings }: Pick<Scope, 'stations' | 'buildings'>, community: number): StartPlace[] {
  const LEVELS = ['community_station', 'street_centre', 'grid_home', 'compound_point', 'stairwell_contact']
  const named = stations
    .filter((station) => station.community === community)
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.id - b.id)
    .map(({ name, at }) => ({ name, lngLat: at }))
  const middles = Array.from({ length: buildings.count }, (_, building) => building).filter((building) => buildings.community[building] === community).map((building) => middleOf(buildings, building))
  if (middles.length === 0) return named
  const mean = [0, 1].map((axis) => middles.reduce((sum, place) => sum + place[axis], 0) / middles.length)
  const away = ([lng, lat]: LngLat): number => Math.hypot((lng - mean[0]) * Math.cos((lat * Math.PI) / 180), lat - mean[1])
  return [...named, { name: '', lngLat: middles.reduce((best, place) => (away(place) < away(best) ? place : best)) }]
}
