import { locatePoints } from '@/algorithms/topology/locate-points'
import { LATTICE_M } from '@/core/land-frame'
import type { StreetStretch } from '@/core/patrol/patrol'
import { toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'

/** A part of a street in one grid, or in none. */
export interface StreetShare extends StreetStretch {
  /** Index in the edition in force; −1: in no grid. */
  readonly grid: number
  /** Index; −1: outside the land. */
  readonly community: number
}

/** Borders that follow a street lie on it but for rounding; a street so near to a border touches it. */
const TOUCH_M = 0.05
/** Beside a street on either hand: where the grids there differ, the street is the border. */
export const BESIDE_M = 1
const BUCKET_M = 50

/** Straight parts of borders between grids or communities, in buckets. */
interface BorderLines {
  /** x, y of both ends by part; 4 each. */
  readonly xyM: readonly number[]
  readonly bucket: ReadonlyMap<string, readonly number[]>
}

/**
 * Every street cut exactly where grids or communities meet: shares from its first point to its last without a gap and in order, each
 * in one grid or none, so that lengths add up to the centimetre. A street that is the border goes to the grid with the lower index.
 * O(points log points) for borders that cross a street a bounded number of times.
 */
export function shareStreets({ streets, land, current }: Pick<Scope, 'streets' | 'land' | 'current'>): StreetShare[] {
  const borders = borderLines({ land, current })
  const places: { readonly streetId: number; readonly fromCm: number; readonly toCm: number }[] = []
  const probes: number[] = []
  for (const { id, line } of streets) {
    const xyM = line.map((position) => toMetres(land.frame, position))
    let [alongM, fromCm] = [0, 0]
    for (let k = 0; k + 1 < xyM.length; k++) {
      const [a, b] = [xyM[k], xyM[k + 1]]
      const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
      if (lengthM === 0) continue
      const [east, north] = [(b[0] - a[0]) / lengthM, (b[1] - a[1]) / lengthM]
      for (const endM of [...cutsWithin(borders, a, east, north, lengthM), lengthM]) {
        const toCm = Math.round(100 * (alongM + endM))
        if (toCm <= fromCm) continue
        const middleM = (fromCm + toCm) / 200 - alongM
        const [x, y] = [a[0] + middleM * east, a[1] + middleM * north]
        probes.push(x, y, x - BESIDE_M * north, y + BESIDE_M * east, x + BESIDE_M * north, y - BESIDE_M * east)
        places.push({ streetId: id, fromCm, toCm })
        fromCm = toCm
      }
      alongM += lengthM
    }
  }
  const cells = locatePoints(land, probes.map((metres) => metres / LATTICE_M))
  const shares: StreetShare[] = []
  places.forEach((place, k) => {
    const cell = countedCell(cells.subarray(3 * k, 3 * k + 3), current.cellGrid)
    const share = { ...place, grid: current.cellGrid[cell] ?? -1, community: land.cellCommunity[cell] ?? -1 }
    const before = shares.at(-1)
    if (before && before.streetId === share.streetId && before.grid === share.grid && before.community === share.community) {
      shares[shares.length - 1] = { ...before, toCm: share.toCm }
    } else shares.push(share)
  })
  return shares
}

/**
 * Cell that a place of a street counts in, of the cells there and, `BESIDE_M` off, on either hand. A street along the edge of all grids is in
 * the grid beside it.
 */
export function countedCell([here, left, right]: Int32Array, cellGrid: Int32Array): number {
  const [onLeft, onRight] = [cellGrid[left] ?? -1, cellGrid[right] ?? -1]
  if (onLeft === onRight) return here
  if (onLeft < 0 || onRight < 0) return onLeft < 0 ? right : left
  return onLeft < onRight ? left : right
}

function borderLines({ land, current: { cellGrid } }: Pick<Scope, 'land' | 'current'>): BorderLines {
  const xyM: number[] = []
  const bucket = new Map<string, number[]>()
  const sideOf = (cell: number): string => (cell < 0 ? '' : `${land.cellCommunity[cell]} ${cellGrid[cell]}`)
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    if (sideOf(land.arcLeft[arc]) === sideOf(land.arcRight[arc])) continue
    for (let point = land.arcStart[arc]; point + 1 < land.arcStart[arc + 1]; point++) {
      const ends = [0, 1, 2, 3].map((k) => land.arcXY[2 * point + k] * LATTICE_M)
      const part = xyM.length / 4
      xyM.push(...ends)
      eachBucket(ends[0], ends[1], ends[2], ends[3], (key) => {
        const own = bucket.get(key)
        if (own) own.push(part)
        else bucket.set(key, [part])
      })
    }
  }
  return { xyM, bucket }
}

function eachBucket(x0: number, y0: number, x1: number, y1: number, visit: (key: string) => void): void {
  const [left, right] = [Math.min(x0, x1) - TOUCH_M, Math.max(x0, x1) + TOUCH_M].map((x) => Math.floor(x / BUCKET_M))
  const [low, high] = [Math.min(y0, y1) - TOUCH_M, Math.max(y0, y1) + TOUCH_M].map((y) => Math.floor(y / BUCKET_M))
  for (let column = left; column <= right; column++) for (let row = low; row <= high; row++) visit(`${column} ${row}`)
}

/** Metres along a straight part of a street where borders cross it, touch it, begin or end on it; ascending, within it. */
function cutsWithin({ xyM, bucket }: BorderLines, [x, y]: readonly [number, number], east: number, north: number, lengthM: number): number[] {
  const near = new Set<number>()
  eachBucket(x, y, x + lengthM * east, y + lengthM * north, (key) => bucket.get(key)?.forEach((part) => near.add(part)))
  const cuts: number[] = []
  for (const part of near) {
    // Both ends along the street and off it, to its left.
    const [alongA, offA, alongB, offB] = [0, 2].flatMap((k) => {
      const [dx, dy] = [xyM[4 * part + k] - x, xyM[4 * part + k + 1] - y]
      return [dx * east + dy * north, dy * east - dx * north]
    })
    if (Math.abs(offA) <= TOUCH_M) cuts.push(alongA)
    if (Math.abs(offB) <= TOUCH_M) cuts.push(alongB)
    if (offA * offB < 0) cuts.push(alongA + ((alongB - alongA) * offA) / (offA - offB))
  }
  return cuts.filter((metres) => metres > 0 && metres < lengthM).sort((a, b) => a - b)
}
