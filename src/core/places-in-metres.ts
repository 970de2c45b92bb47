import type { LandFrame } from './land-frame'
import type { Buildings } from './scope'
import type { LngLat } from './units'

/** Places of a land as solvers take them: metres in its frame, x and y by turns. */

export const toMetres = ({ lng0, lat0, mPerDegLng, mPerDegLat }: LandFrame, [lng, lat]: LngLat): [xM: number, yM: number] => [
  (lng - lng0) * mPerDegLng,
  (lat - lat0) * mPerDegLat,
]

/** Lines one after the other; line k owns points start[k] … start[k + 1] − 1. */
export function linesInMetres(frame: LandFrame, lines: readonly (readonly LngLat[])[]): { readonly xyM: Float64Array; readonly start: Uint32Array } {
  const start = new Uint32Array(lines.length + 1)
  lines.forEach((line, k) => (start[k + 1] = start[k] + line.length))
  return { xyM: Float64Array.from(lines.flatMap((line) => line.flatMap((position) => toMetres(frame, position)))), start }
}

/** Middle of the outline of each building: the mean of its corners. */
export function doorsInMetres({ count, outlineStart, outline }: Pick<Buildings, 'count' | 'outlineStart' | 'outline'>, frame: LandFrame): Float64Array {
  const xyM = new Float64Array(2 * count)
  for (let building = 0; building < count; building++) {
    const [first, end] = [outlineStart[building], outlineStart[building + 1]]
    // The ring is closed: its last point is the first again.
    const corners = Math.max(1, end - first - 1)
    let [lng, lat] = [0, 0]
    for (let k = first; k < first + corners; k++) {
      lng += outline[2 * k] / corners
      lat += outline[2 * k + 1] / corners
    }
    xyM.set(toMetres(frame, [lng, lat]), 2 * building)
  }
  return xyM
}
