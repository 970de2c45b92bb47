import { toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'

/** A piece of a way that was walked: x, y by point, metres; seconds since 1970 at its ends. */
export interface WalkedLine {
  readonly xyM: ArrayLike<number>
  readonly fromS: number
  readonly toS: number
}

/** Ways are looked at each so many metres. */
const STEP_M = 5
/** Side of the fields buildings are found by. */
const FIELD_M = 64

/** Outlines in metres, found by place; made once a street. */
export interface BuildingPlaces {
  /** Building k owns corners start[k] … start[k + 1] − 1 of `xyM`, a closed ring. */
  readonly start: Uint32Array
  readonly xyM: Float64Array
  readonly fields: ReadonlyMap<string, readonly number[]>
}

/** Buildings by the fields that their surroundings of `withinM` touch. O(corners). */
export function placeBuildings({ buildings, land }: Pick<Scope, 'buildings' | 'land'>, withinM: number): BuildingPlaces {
  const { count, outlineStart, outline } = buildings
  const xyM = new Float64Array(outline.length)
  const fields = new Map<string, number[]>()
  for (let building = 0; building < count; building++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let k = outlineStart[building]; k < outlineStart[building + 1]; k++) {
      const [x, y] = toMetres(land.frame, [outline[2 * k], outline[2 * k + 1]])
      xyM.set([x, y], 2 * k)
      ;[west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)]
    }
    for (let i = fieldOf(west - withinM); i <= fieldOf(east + withinM); i++) {
      for (let j = fieldOf(south - withinM); j <= fieldOf(north + withinM); j++) {
        const key = `${i}/${j}`
        const there = fields.get(key)
        if (there) there.push(building)
        else fields.set(key, [building])
      }
    }
  }
  return { start: outlineStart, xyM, fields }
}

/** Buildings within `withinM` of what was walked, with the latest second of it. O(length × buildings of a field). */
export function passedBuildings(places: BuildingPlaces, lines: readonly WalkedLine[], withinM: number): ReadonlyMap<number, number> {
  const passed = new Map<number, number>()
  for (const { xyM, fromS, toS } of lines) {
    const points = xyM.length / 2
    const lengthM = Array.from({ length: points - 1 }, (_, k) => Math.hypot(xyM[2 * k + 2] - xyM[2 * k], xyM[2 * k + 3] - xyM[2 * k + 1]))
    const wholeM = lengthM.reduce((sum, metres) => sum + metres, 0)
    let alongM = 0
    for (let k = 0; k + 1 < points; k++) {
      const steps = Math.max(1, Math.ceil(lengthM[k] / STEP_M))
      for (let step = 0; step <= steps; step++) {
        const share = step / steps
        const [x, y] = [xyM[2 * k] + share * (xyM[2 * k + 2] - xyM[2 * k]), xyM[2 * k + 1] + share * (xyM[2 * k + 3] - xyM[2 * k + 1])]
        const atS = Math.round(fromS + (wholeM > 0 ? (alongM + share * lengthM[k]) / wholeM : 0) * (toS - fromS))
        for (const building of places.fields.get(`${fieldOf(x)}/${fieldOf(y)}`) ?? []) {
          if ((passed.get(building) ?? -1) < atS && awayM(places, building, x, y) <= withinM) passed.set(building, atS)
        }
      }
      alongM += lengthM[k]
    }
  }
  return passed
}

const fieldOf = (metres: number): number => Math.floor(metres / FIELD_M)

/** Metres from a place to the outline of a building. */
function awayM({ start, xyM }: BuildingPlaces, building: number, x: number, y: number): number {
  let least = Infinity
  for (let k = start[building]; k + 1 < start[building + 1]; k++) {
    const [ax, ay, bx, by] = [xyM[2 * k], xyM[2 * k + 1], xyM[2 * k + 2], xyM[2 * k + 3]]
    const length2 = (bx - ax) ** 2 + (by - ay) ** 2
    const share = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0
    least = Math.min(least, Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y))
  }
  return least
}
