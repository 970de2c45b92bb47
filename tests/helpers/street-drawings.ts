import type { LineColumns, StreetColumns } from '@/algorithms/routing/street-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'

export type Line = readonly (readonly [x: number, y: number])[]

export function lineColumns(lines: readonly Line[]): LineColumns {
  const start = new Uint32Array(lines.length + 1)
  lines.forEach((line, k) => (start[k + 1] = start[k] + line.length))
  return { xyM: Float64Array.from(lines.flat(2)), start }
}

/** Streets as columns; all of class `residential` unless said otherwise. */
export function streetColumns(lines: readonly Line[], classes = lines.map(() => 'residential'), levels?: readonly number[]): StreetColumns {
  return { ...lineColumns(lines), classes, ...(levels ? { levels: Int8Array.from(levels) } : {}) }
}

export const points = (list: readonly (readonly [x: number, y: number])[]): Float64Array => Float64Array.from(list.flat())

/** Straight streets thrown on a square, most crossing others in the middle, and doors anywhere on it. */
export function randomNetwork(seed: number, streetCount: number, doorCount: number, sideM: number) {
  const random = seededRandom(seed)
  const place = (): [number, number] => [Math.round(random() * sideM * 100) / 100, Math.round(random() * sideM * 100) / 100]
  const streets = Array.from({ length: streetCount }, (): Line => [place(), place()])
  // Some begin on the end or at the middle of an earlier one, as streets do.
  for (let k = 1; k < streetCount; k += 3) streets[k] = [streets[k - 1][1], place()]
  for (let k = 2; k < streetCount; k += 5) {
    const [[ax, ay], [bx, by]] = streets[k - 2]
    streets[k] = [[(ax + bx) / 2, (ay + by) / 2], place()]
  }
  return { streets: streetColumns(streets), doorXYM: points(Array.from({ length: doorCount }, place)) }
}
