import Flatbush from 'flatbush'
import { DisjointSets } from '../shared/disjoint-sets'
import { shareAlong } from './near-edges'
import type { StreetColumns } from './street-graph'
import { WALKABLE_CLASSES } from './walkable-classes'

/** Places nearer than this are one: twice the rounding of positions stored in degrees with seven decimals. Metres. */
export const TOUCH_M = 0.02

/** Straight edges between places; what the passes of the builder hand on. */
export interface EdgeList {
  /** x, y by place, metres. */
  readonly xyM: number[]
  readonly from: number[]
  readonly to: number[]
  /** Input line by edge, −1 for an assumed path. */
  readonly line: number[]
}

/**
 * Streets cut at every true crossing and wherever a corner or end of one touches another; places within `TOUCH_M` are one;
 * what lies twice is there once. Lines of different levels meet at common corners only.
 *
 * @returns edges of positive length in the order of the input, so the same input gives the same numbers
 * @throws where columns do not fit one another or a position is not finite
 * Complexity: O(p log p + crossings) expected.
 */
export function nodeStreets(streets: StreetColumns): EdgeList {
  checkStreets(streets)
  const { xyM, start, classes, levels } = streets
  const pointCount = xyM.length / 2
  const segmentStart: number[] = []
  const segmentLine: number[] = []
  const isUsed = new Uint8Array(pointCount)
  const placeLevel = new Array<number>(pointCount).fill(0)
  classes.forEach((name, line) => {
    if (!WALKABLE_CLASSES.has(name)) return
    for (let p = start[line]; p + 1 < start[line + 1]; p++) {
      placeLevel[p] = placeLevel[p + 1] = levels?.[line] ?? 0
      isUsed[p] = isUsed[p + 1] = 1
      segmentStart.push(p)
      segmentLine.push(line)
    }
  })
  const levelOf = (segment: number): number => levels?.[segmentLine[segment]] ?? 0
  // Places: the corners as they came, then crossings. A place met on a segment is cut in there.
  const places = Array.from(xyM)
  const cuts = segmentStart.map((): { share: number; place: number }[] => [])
  const touch = (corner: number, segment: number): void => {
    const a = segmentStart[segment]
    const share = shareAlong(xyM[2 * corner], xyM[2 * corner + 1], xyM[2 * a], xyM[2 * a + 1], xyM[2 * a + 2], xyM[2 * a + 3])
    const footX = xyM[2 * a] + share * (xyM[2 * a + 2] - xyM[2 * a])
    const footY = xyM[2 * a + 1] + share * (xyM[2 * a + 3] - xyM[2 * a + 1])
    // At the ends of the segment corners meet corners, which joining places sees to.
    if (share === 0 || share === 1) return
    if (Math.hypot(xyM[2 * corner] - footX, xyM[2 * corner + 1] - footY) <= TOUCH_M) cuts[segment].push({ share, place: corner })
  }
  forEachNearPair(xyM, segmentStart, (i, j) => {
    if (levelOf(i) !== levelOf(j)) return
    const [a, c] = [segmentStart[i], segmentStart[j]]
    for (const corner of [a, a + 1]) touch(corner, j)
    for (const corner of [c, c + 1]) touch(corner, i)
    const at = crossingOf(xyM, a, c)
    if (!at) return
    const place = places.length / 2
    places.push(at.x, at.y)
    placeLevel[place] = levelOf(i)
    cuts[i].push({ share: at.shareA, place })
    cuts[j].push({ share: at.shareC, place })
  })
  const placeAt = joinPlaces(places, pointCount, isUsed, placeLevel)
  const edges: EdgeList = { xyM: places, from: [], to: [], line: [] }
  const known = new Set<number>()
  const add = (a: number, b: number, line: number): void => {
    if (a === b) return
    const key = Math.min(a, b) * (places.length / 2) + Math.max(a, b)
    if (known.has(key)) return
    known.add(key)
    edges.from.push(a)
    edges.to.push(b)
    edges.line.push(line)
  }
  segmentStart.forEach((p, segment) => {
    let last = placeAt(p)
    for (const { place } of cuts[segment].sort((a, b) => a.share - b.share || a.place - b.place)) {
      add(last, placeAt(place), segmentLine[segment])
      last = placeAt(place)
    }
    add(last, placeAt(p + 1), segmentLine[segment])
  })
  return edges
}

function checkStreets({ xyM, start, classes, levels }: StreetColumns): void {
  if (start.length !== classes.length + 1 || start[0] !== 0 || 2 * start[classes.length] !== xyM.length) {
    throw new Error(`expected starts of ${classes.length} lines over ${xyM.length / 2} points, got ${start.length} from ${start[0]} to ${start[start.length - 1]}`)
  }
  if (levels && levels.length !== classes.length) throw new Error(`expected a level for each of ${classes.length} lines, got ${levels.length}`)
  const bad = xyM.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new Error(`expected finite metres, got ${xyM[bad]} at point ${bad >> 1}`)
}

/** Each pair of segments whose boxes come within touch, once, the earlier first. */
function forEachNearPair(xyM: Float64Array, segmentStart: readonly number[], visit: (i: number, j: number) => void): void {
  if (segmentStart.length === 0) return
  const boxes = new Flatbush(segmentStart.length)
  const boxOf = (p: number): [number, number, number, number] => [
    Math.min(xyM[2 * p], xyM[2 * p + 2]), Math.min(xyM[2 * p + 1], xyM[2 * p + 3]),
    Math.max(xyM[2 * p], xyM[2 * p + 2]), Math.max(xyM[2 * p + 1], xyM[2 * p + 3]),
  ]
  for (const p of segmentStart) boxes.add(...boxOf(p))
  boxes.finish()
  segmentStart.forEach((p, i) => {
    const [x0, y0, x1, y1] = boxOf(p)
    const near = boxes.search(x0 - TOUCH_M, y0 - TOUCH_M, x1 + TOUCH_M, y1 + TOUCH_M, (j) => j > i)
    for (const j of near.sort((a, b) => a - b)) visit(i, j)
  })
}

/** Where segments a and c cross within both; null where they do not. */
function crossingOf(xyM: Float64Array, a: number, c: number): { x: number; y: number; shareA: number; shareC: number } | null {
  const ax = xyM[2 * a], ay = xyM[2 * a + 1], cx = xyM[2 * c], cy = xyM[2 * c + 1]
  const ux = xyM[2 * a + 2] - ax, uy = xyM[2 * a + 3] - ay
  const vx = xyM[2 * c + 2] - cx, vy = xyM[2 * c + 3] - cy
  const turn = ux * vy - uy * vx
  if (turn === 0) return null
  const shareA = ((cx - ax) * vy - (cy - ay) * vx) / turn
  const shareC = ((cx - ax) * uy - (cy - ay) * ux) / turn
  if (!(shareA > 0 && shareA < 1 && shareC > 0 && shareC < 1)) return null
  return { x: ax + shareA * ux, y: ay + shareA * uy, shareA, shareC }
}

/** Representative of each place: the first of those within touch. Corners are one whatever their levels, crossings are not. */
function joinPlaces(places: readonly number[], cornerCount: number, isUsed: Uint8Array, placeLevel: readonly number[]): (place: number) => number {
  const count = places.length / 2
  const sets = new DisjointSets(count)
  if (count === 0) return (place) => place
  const points = new Flatbush(count)
  for (let k = 0; k < count; k++) points.add(places[2 * k], places[2 * k + 1], places[2 * k], places[2 * k + 1])
  points.finish()
  for (let k = 0; k < count; k++) {
    if (k < cornerCount && isUsed[k] === 0) continue
    const [x, y] = [places[2 * k], places[2 * k + 1]]
    const near = points.search(x - TOUCH_M, y - TOUCH_M, x + TOUCH_M, y + TOUCH_M, (j) => j > k && (j >= cornerCount || isUsed[j] === 1))
    for (const j of near) {
      if (j >= cornerCount && placeLevel[k] !== placeLevel[j]) continue
      if (Math.hypot(places[2 * j] - x, places[2 * j + 1] - y) <= TOUCH_M) sets.union(k, j)
    }
  }
  return (place) => sets.find(place)
}
