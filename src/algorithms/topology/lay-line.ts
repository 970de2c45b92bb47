import { ArcKind } from '@/core/land'
import { isWithin, type CellShape } from '@/core/land-faults'
import { pointInRing, turn } from '@/core/rings'
import type { LandSketch } from './land-sketch'

/** Where a line meets a border: `along` counts segments of the line, 1.5 is the middle of the second. */
interface Meeting {
  readonly along: number
  readonly arcId: number
  /** Segment of the arc, and how far on it, 0 to 1: 0 is its first point. */
  readonly segment: number
  readonly share: number
  readonly x: number
  readonly y: number
}

export interface LaidLine {
  /** Stretches of the line through a cell, as arcs with the cell on both sides, to be divided along. */
  readonly throughCell: ReadonlyMap<number, readonly number[]>
  /** Stretches that run along a border that is there, in the direction of the line. */
  readonly alongArc: readonly { readonly arcId: number; readonly forward: boolean }[]
  /** All stretches laid, in the direction of the line. */
  readonly laid: readonly number[]
  /** Nodes where the first stretch begins and the last one ends; null where nothing was laid. */
  readonly ends: readonly [from: number, to: number] | null
}

/**
 * A line that meets a border this near to a corner of it (0.5 m), or to a node (1.5 m), is led through that, so that no
 * splinter is cut off there; lattice steps.
 */
const NEAR_CORNER = 100
const NEAR_NODE = 300

/** An end of a line this near to a border lies on it, lattice steps. */
const TOUCH = 3

const keyOf = (x: number, y: number): string => `${x},${y}`

/** True where a line meets itself. */
export function crossesItself(line: readonly number[]): boolean {
  for (let i = 0; i + 3 < line.length; i += 2) {
    for (let j = i + 4; j + 3 < line.length; j += 2) {
      const [ax, ay, bx, by] = [line[i], line[i + 1], line[i + 2], line[i + 3]]
      const [cx, cy, dx, dy] = [line[j], line[j + 1], line[j + 2], line[j + 3]]
      const isApart =
        Math.sign(turn(ax, ay, bx, by, cx, cy)) * Math.sign(turn(ax, ay, bx, by, dx, dy)) > 0 ||
        Math.sign(turn(cx, cy, dx, dy, ax, ay)) * Math.sign(turn(cx, cy, dx, dy, bx, by)) > 0 ||
        Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx) ||
        Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)
      if (!isApart) return true
    }
  }
  return false
}

/**
 * Lay a line over cells of a sketch: nodes where it meets their borders, and arcs between. A meeting is put on the lattice, so
 * a border may bend by half a step of it; on an official line, which must not, it is put on a lattice point of that line.
 * @param line whole lattice units, x, y by point; must not meet itself
 * @param shapes the cells it may divide, as they are
 * @param isOfficial whether an arc must keep its course
 * Complexity O(segments of the line × points of the cells).
 */
export function layLine(
  sketch: LandSketch,
  line: readonly number[],
  shapes: ReadonlyMap<number, CellShape>,
  isOfficial: (arcId: number) => boolean,
): LaidLine {
  const meetings = meetBorders(sketch, line, new Set([...shapes.keys()].flatMap((id) => sketch.arcsOf(id))), isOfficial)
  const stretches = meetings.slice(1).flatMap((to, k) => {
    const from = meetings[k]
    const xy = [from.x, from.y]
    for (let p = Math.floor(from.along) + 1; p < to.along; p++) push(xy, line[2 * p], line[2 * p + 1])
    push(xy, to.x, to.y)
    if (xy.length < 4 || (xy.length < 8 && from.x === to.x && from.y === to.y)) return []
    const [x, y] = middleOfLongest(xy)
    const cellId = [...shapes].find(([, shape]) => isWithin(shape, x, y))?.[0]
    const isAlong = cellId === undefined && [...shapes.values()].some(({ outer, holes }) => [outer, ...holes].some((ring) => pointInRing(ring, x, y) === 0))
    return cellId !== undefined || isAlong ? [{ from, to, xy, cellId }] : []
  })
  const nodeAt = makeNodes(sketch, [...new Set(stretches.flatMap(({ from, to }) => [from, to]))])
  const throughCell = new Map<number, number[]>()
  const alongArc: LaidLine['alongArc'][number][] = []
  const laid: number[] = []
  for (const { from, to, xy, cellId } of stretches) {
    const [start, end] = [nodeAt.get(keyOf(from.x, from.y))!, nodeAt.get(keyOf(to.x, to.y))!]
    if (cellId === undefined) {
      const border = sketch.arcsAt(start).map((id) => sketch.peek(id)).find((arc) => runsAs(arc, start, end, xy))
      if (border) alongArc.push({ arcId: border.id, forward: border.start === start && isSame(border.xy, xy) })
      continue
    }
    const arc = sketch.addArc({ start, end, left: cellId, right: cellId, kind: ArcKind.free, xy })
    throughCell.set(cellId, [...(throughCell.get(cellId) ?? []), arc.id])
    laid.push(arc.id)
  }
  const nodeOf = ({ x, y }: Meeting) => nodeAt.get(keyOf(x, y))!
  const ends = stretches.length > 0 ? ([nodeOf(stretches[0].from), nodeOf(stretches[stretches.length - 1].to)] as const) : null
  return { throughCell, alongArc, laid, ends }
}

const push = (xy: number[], x: number, y: number): void => {
  if (xy[xy.length - 2] !== x || xy[xy.length - 1] !== y) xy.push(x, y)
}

const isSame = (a: ArrayLike<number>, b: readonly number[]): boolean => a.length === b.length && b.every((value, k) => value === a[k])

function runsAs(arc: { readonly start: number; readonly end: number; readonly xy: ArrayLike<number> }, start: number, end: number, xy: readonly number[]): boolean {
  if (arc.start === start && arc.end === end && isSame(arc.xy, xy)) return true
  const back = Array.from({ length: xy.length }, (_, k) => xy[xy.length - 2 - 2 * (k >> 1) + (k & 1)])
  return arc.start === end && arc.end === start && isSame(arc.xy, back)
}

function middleOfLongest(xy: readonly number[]): [x: number, y: number] {
  let best = 0
  let longest = -1
  for (let p = 0; p + 3 < xy.length; p += 2) {
    const length = Math.hypot(xy[p + 2] - xy[p], xy[p + 3] - xy[p + 1])
    if (length > longest) [longest, best] = [length, p]
  }
  return [(xy[best] + xy[best + 2]) / 2, (xy[best + 1] + xy[best + 3]) / 2]
}

/** Every meeting of a line with some arcs, in the order of the line; each place once. */
function meetBorders(sketch: LandSketch, line: readonly number[], arcIds: ReadonlySet<number>, isOfficial: (arcId: number) => boolean): Meeting[] {
  const found: Meeting[] = []
  for (const arcId of arcIds) {
    const { xy } = sketch.peek(arcId)
    for (let p = 0; p + 3 < xy.length; p += 2) {
      for (let i = 0; i + 3 < line.length; i += 2) {
        for (const meeting of meet(line, i, xy, p, () => isOfficial(arcId))) found.push({ ...meeting, arcId })
      }
    }
  }
  const ends = meetEnds(sketch, line, arcIds, isOfficial)
  // What the line meets within a step or two of an end that lies on a border is that end.
  const isNew = (meeting: Meeting) => ends.every((end) => Math.hypot(end.x - meeting.x, end.y - meeting.y) > TOUCH)
  const inOrder = [...ends, ...found.filter(isNew)].sort((a, b) => a.along - b.along)
  return inOrder.filter(({ x, y }, k) => k === 0 || inOrder[k - 1].x !== x || inOrder[k - 1].y !== y)
}

/** Ends of a line that lie on a border but for the rounding to the lattice: such a line is meant to begin or end there. */
function meetEnds(sketch: LandSketch, line: readonly number[], arcIds: ReadonlySet<number>, isOfficial: (arcId: number) => boolean): Meeting[] {
  return [0, line.length - 2].flatMap((end) => {
    const [px, py] = [line[end], line[end + 1]]
    let best: Meeting | null = null
    let least = TOUCH
    for (const arcId of arcIds) {
      const { xy } = sketch.peek(arcId)
      for (let p = 0; p + 3 < xy.length; p += 2) {
        const [cx, cy, dx, dy] = [xy[p], xy[p + 1], xy[p + 2], xy[p + 3]]
        const share = Math.max(0, Math.min(1, shareOf(cx, cy, dx, dy, px, py)))
        const distance = Math.hypot(px - cx - share * (dx - cx), py - cy - share * (dy - cy))
        if (distance >= least) continue
        least = distance
        const [x, y] = onSegment(xy, p, share, isOfficial(arcId))
        best = { along: end / 2, arcId, segment: p / 2, share: shareOf(cx, cy, dx, dy, x, y), x, y }
      }
    }
    return best ? [best] : []
  })
}

/** A lattice point at or near a place of an arc's segment: exactly on it where it must keep its course, else the nearest. */
function onSegment(xy: ArrayLike<number>, p: number, share: number, isExact: boolean): [x: number, y: number] {
  const [cx, cy, dx, dy] = [xy[p], xy[p + 1], xy[p + 2], xy[p + 3]]
  const length = Math.hypot(dx - cx, dy - cy)
  const [toStart, toEnd] = [share * length, (1 - share) * length]
  if (toStart < (p === 0 ? NEAR_NODE : NEAR_CORNER) && toStart <= toEnd) return [cx, cy]
  if (toEnd < (p + 4 === xy.length ? NEAR_NODE : NEAR_CORNER)) return [dx, dy]
  if (!isExact) return [Math.round(cx + share * (dx - cx)), Math.round(cy + share * (dy - cy))]
  const steps = greatestDivisor(Math.abs(dx - cx), Math.abs(dy - cy))
  const step = Math.round(share * steps)
  return [cx + (step * (dx - cx)) / steps, cy + (step * (dy - cy)) / steps]
}

function meet(line: readonly number[], i: number, xy: ArrayLike<number>, p: number, isOfficial: () => boolean): Omit<Meeting, 'arcId'>[] {
  const [ax, ay, bx, by] = [line[i], line[i + 1], line[i + 2], line[i + 3]]
  const [cx, cy, dx, dy] = [xy[p], xy[p + 1], xy[p + 2], xy[p + 3]]
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return []
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return []
  const [c, d] = [turn(ax, ay, bx, by, cx, cy), turn(ax, ay, bx, by, dx, dy)]
  const [a, b] = [turn(cx, cy, dx, dy, ax, ay), turn(cx, cy, dx, dy, bx, by)]
  const segment = p / 2
  const onLine = (x: number, y: number) => shareOf(ax, ay, bx, by, x, y)
  const onArc = (x: number, y: number) => shareOf(cx, cy, dx, dy, x, y)
  const found: Omit<Meeting, 'arcId'>[] = []
  const add = (x: number, y: number) => found.push({ along: i / 2 + onLine(x, y), segment, share: onArc(x, y), x, y })
  const isBetween = (share: number) => share >= 0 && share <= 1
  if (c === 0 && isBetween(onLine(cx, cy))) add(cx, cy)
  if (d === 0 && isBetween(onLine(dx, dy))) add(dx, dy)
  if (a === 0 && isBetween(onArc(ax, ay))) add(ax, ay)
  if (b === 0 && isBetween(onArc(bx, by))) add(bx, by)
  if (found.length > 0 || c > 0 === d > 0 || a > 0 === b > 0 || a * b * c * d === 0) return found
  const [x, y] = onSegment(xy, p, c / (c - d), isOfficial())
  // In the order in which the line truly meets them, wherever on the border the meeting is put.
  return [{ along: i / 2 + a / (a - b), segment, share: onArc(x, y), x, y }]
}

/** Where on a segment a point near it lies, 0 to 1 between its ends. */
function shareOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [ux, uy] = [bx - ax, by - ay]
  return ((x - ax) * ux + (y - ay) * uy) / (ux * ux + uy * uy)
}

function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** Make a node of every meeting; nodes by place. */
function makeNodes(sketch: LandSketch, meetings: readonly Meeting[]): Map<string, number> {
  const nodeAt = new Map<string, number>()
  const byArc = new Map<number, Meeting[]>()
  for (const meeting of meetings) byArc.set(meeting.arcId, [...(byArc.get(meeting.arcId) ?? []), meeting])
  for (const [arcId, onArc] of byArc) {
    const arc = sketch.arc(arcId)!
    const places: { point: number; key: string }[] = []
    onArc.sort((a, b) => a.segment - b.segment || a.share - b.share)
    let added = 0
    for (const { segment, x, y } of onArc) {
      const before = segment + added
      const isAt = (point: number) => arc.xy[2 * point] === x && arc.xy[2 * point + 1] === y
      // Further meetings on one segment lie behind the point that the last one added.
      const point = [before, before + 1].find(isAt) ?? before + 1
      if (!isAt(point)) {
        arc.xy.splice(2 * point, 0, x, y)
        added++
      }
      places.push({ point, key: keyOf(x, y) })
    }
    // From the end, so that the points before stay where they are.
    for (const { point, key } of places.reverse()) nodeAt.set(key, sketch.splitArc(arcId, point))
  }
  return nodeAt
}
