import { metresPerDegree, type LandFrame } from './land-frame'
import type { Buildings, Compound, LandFeature, StreetLine } from './scope'
import type { LngLat } from './units'

/** Places of a land as solvers take them: metres in its frame, x and y by turns. */

export const toMetres = ({ lng0, lat0, mPerDegLng, mPerDegLat }: LandFrame, [lng, lat]: LngLat): [xM: number, yM: number] => [
  (lng - lng0) * mPerDegLng,
  (lat - lat0) * mPerDegLat,
]

export const toDegrees = ({ lng0, lat0, mPerDegLng, mPerDegLat }: LandFrame, xM: number, yM: number): LngLat => [lng0 + xM / mPerDegLng, lat0 + yM / mPerDegLat]

/** A place in degrees. */
export interface Place {
  readonly lng: number
  readonly lat: number
}

/** Straight way between two places, metres; exact to a thousandth within a town. */
export function straightM(from: Place, to: Place): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree((from.lat + to.lat) / 2)
  return Math.hypot((to.lng - from.lng) * mPerDegLng, (to.lat - from.lat) * mPerDegLat)
}

/** Lines one after the other; line k owns points start[k] … start[k + 1] − 1. */
interface Lines {
  readonly xyM: Float64Array
  readonly start: Uint32Array
}

export function linesInMetres(frame: LandFrame, lines: readonly (readonly LngLat[])[]): Lines {
  const start = new Uint32Array(lines.length + 1)
  lines.forEach((line, k) => (start[k + 1] = start[k] + line.length))
  return { xyM: Float64Array.from(lines.flatMap((line) => line.flatMap((position) => toMetres(frame, position)))), start }
}

/** Ways of a street with their classes; line k is street k of the scope. */
export const streetsInMetres = (frame: LandFrame, streets: readonly Pick<StreetLine, 'line' | 'class'>[]): Lines & { readonly classes: readonly string[] } => ({
  ...linesInMetres(frame, streets.map(({ line }) => line)),
  classes: streets.map((street) => street.class),
})

/** What of a `Scope` parts people. */
export interface WalledLand {
  readonly land: { readonly frame: LandFrame }
  readonly compounds: readonly Pick<Compound, 'ring'>[]
  readonly features: readonly Pick<LandFeature, 'kind' | 'line'>[]
}

/** What parts people who walk: compounds are walled; water and railways cut ways off. Green may be walked through. */
export const wallsInMetres = ({ land, compounds, features }: WalledLand): Lines =>
  linesInMetres(land.frame, [...compounds.map(({ ring }) => [...ring, ring[0]]), ...features.filter(({ kind }) => kind !== 'green').map(({ line }) => line)])

/** Middle of the outline of a building: the mean of its corners. */
export function middleOf({ outlineStart, outline }: Pick<Buildings, 'outlineStart' | 'outline'>, building: number): LngLat {
  const [first, end] = [outlineStart[building], outlineStart[building + 1]]
  // The ring is closed: its last point is the first again.
  const corners = Math.max(1, end - first - 1)
  let [lng, lat] = [0, 0]
  for (let k = first; k < first + corners; k++) {
    lng += outline[2 * k] / corners
    lat += outline[2 * k + 1] / corners
  }
  return [lng, lat]
}

/** Middles of all buildings, x and y by turns. */
export function doorsInMetres(buildings: Pick<Buildings, 'count' | 'outlineStart' | 'outline'>, frame: LandFrame): Float64Array {
  const xyM = new Float64Array(2 * buildings.count)
  for (let building = 0; building < buildings.count; building++) {
    xyM.set(toMetres(frame, middleOf(buildings, building)), 2 * building)
  }
  return xyM
}
