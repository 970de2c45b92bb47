import { compareDirections, pointInRing, ringArea2, ringInRing, turn } from './rings'

/** Why arcs and cells are no subdivision: `details.problem` of the reason `land_invalid`. */
export const LAND_FAULTS = [
  'arc_ends', // an arc has fewer than two points, a step without length, or does not end at its nodes
  'cell_missing', // an arc names a cell that is not there, or the same on both sides
  'node_loose', // a node where no arc ends
  'cell_open', // the borders of a cell do not close around it, or run around it the wrong way
  'cell_in_pieces', // a cell has more than one outer ring
  'crossing', // two borders cross, touch or overlap elsewhere than at a common node
  'label_outside', // a cell's label point is not inside it
  'building_unknown', // a building is put into a cell that is not there or of another community
] as const
export type LandFault = (typeof LAND_FAULTS)[number]

/** A border as it will be: ids of its nodes and cells (null: outside), x, y by point. */
export interface BorderArc {
  readonly id: number
  readonly start: number
  readonly end: number
  readonly left: number | null
  readonly right: number | null
  readonly xy: ArrayLike<number>
}

export interface FoundFault {
  readonly problem: LandFault
  readonly arcId?: number
  readonly cellId?: number
  /** Where, lattice units. */
  readonly x?: number
  readonly y?: number
}

/** A cell with its outer ring (counter-clockwise) and holes, closed. */
export interface CellShape {
  readonly outer: readonly number[]
  readonly holes: readonly (readonly number[])[]
  /** Twice the lattice area. */
  readonly area2: number
}

/**
 * Two segments that must not meet: of all pairs with at least one changed arc. Segments may share a point only where both
 * arcs end at one node, or where one follows the other on the same arc. Complexity O(s log s + pairs near in x).
 */
export function findMeeting(arcs: readonly BorderArc[], isChanged: (arc: number) => boolean): FoundFault | null {
  const arcOf: number[] = []
  const at: number[] = []
  const west: number[] = []
  arcs.forEach(({ xy }, arc) => {
    for (let p = 0; p + 3 < xy.length; p += 2) {
      arcOf.push(arc)
      at.push(p)
      west.push(Math.min(xy[p], xy[p + 2]))
    }
  })
  const changed = Uint8Array.from(arcs, (_, arc) => Number(isChanged(arc)))
  const order = Int32Array.from(west.keys()).sort((a, b) => west[a] - west[b])
  for (let i = 0; i < order.length; i++) {
    const first = order[i]
    const a = arcs[arcOf[first]].xy
    const p = at[first]
    const east = Math.max(a[p], a[p + 2])
    const low = Math.min(a[p + 1], a[p + 3])
    const high = Math.max(a[p + 1], a[p + 3])
    for (let j = i + 1; j < order.length && west[order[j]] <= east; j++) {
      const second = order[j]
      if (changed[arcOf[first]] === 0 && changed[arcOf[second]] === 0) continue
      const b = arcs[arcOf[second]].xy
      const q = at[second]
      if (Math.min(b[q + 1], b[q + 3]) > high || Math.max(b[q + 1], b[q + 3]) < low) continue
      if (!mayMeet(arcs[arcOf[first]], p, arcs[arcOf[second]], q)) {
        return { problem: 'crossing', arcId: arcs[arcOf[first]].id, x: b[q], y: b[q + 1] }
      }
    }
  }
  return null
}

/** Whether two segments keep apart but for a common node or a common point of one arc. */
function mayMeet(one: BorderArc, p: number, other: BorderArc, q: number): boolean {
  const [a, b] = [one.xy, other.xy]
  const [ax, ay, bx, by] = [a[p], a[p + 1], a[p + 2], a[p + 3]]
  const [cx, cy, dx, dy] = [b[q], b[q + 1], b[q + 2], b[q + 3]]
  const c = turn(ax, ay, bx, by, cx, cy)
  const d = turn(ax, ay, bx, by, dx, dy)
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return true
  const e = turn(cx, cy, dx, dy, ax, ay)
  const f = turn(cx, cy, dx, dy, bx, by)
  if ((e > 0 && f > 0) || (e < 0 && f < 0)) return true
  // They meet: in a point that both may have, and in no other.
  for (const i of [p, p + 2]) {
    for (const k of [q, q + 2]) {
      if (a[i] !== b[k] || a[i + 1] !== b[k + 1] || !isCommon(one, i, other, k)) continue
      const [ox, oy] = [a[i], a[i + 1]]
      const [ux, uy] = i === p ? [bx, by] : [ax, ay]
      const [vx, vy] = k === q ? [dx, dy] : [cx, cy]
      if (turn(ox, oy, ux, uy, vx, vy) !== 0) return true
      // In one line: apart where they leave in opposite directions.
      return (ux - ox) * (vx - ox) + (uy - oy) * (vy - oy) < 0
    }
  }
  return c !== 0 && d !== 0 && e !== 0 && f !== 0 ? false : !touches(ax, ay, bx, by, cx, cy, dx, dy, c, d, e, f)
}

function touches(
  ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number,
  c: number, d: number, e: number, f: number,
): boolean {
  const between = (ux: number, uy: number, vx: number, vy: number, x: number, y: number) =>
    Math.min(ux, vx) <= x && x <= Math.max(ux, vx) && Math.min(uy, vy) <= y && y <= Math.max(uy, vy)
  return (
    (c === 0 && between(ax, ay, bx, by, cx, cy)) ||
    (d === 0 && between(ax, ay, bx, by, dx, dy)) ||
    (e === 0 && between(cx, cy, dx, dy, ax, ay)) ||
    (f === 0 && between(cx, cy, dx, dy, bx, by))
  )
}

/** Whether a point of two arcs is one and the same: on one arc the same point, on two a node of both. */
function isCommon(one: BorderArc, i: number, other: BorderArc, k: number): boolean {
  if (one === other && i === k) return true
  const nodeOne = i === 0 ? one.start : i === one.xy.length - 2 ? one.end : null
  const nodeOther = k === 0 ? other.start : k === other.xy.length - 2 ? other.end : null
  return nodeOne !== null && nodeOne === nodeOther
}

/**
 * Shape of a cell from the arcs around it: walked with the cell on the left, divided where a walk comes back to a node, so
 * that every ring is simple.
 * @param arcs those that have the cell on either side, and perhaps others
 */
export function traceCell(arcs: readonly BorderArc[], cellId: number): CellShape | FoundFault {
  const leaving = new Map<number, Half[]>()
  let left = 0
  for (const arc of arcs) {
    for (const forward of [true, false]) {
      if ((forward ? arc.left : arc.right) !== cellId) continue
      const from = forward ? arc.start : arc.end
      const half = { arc, forward, to: forward ? arc.end : arc.start }
      const others = leaving.get(from)
      if (others) others.push(half)
      else leaving.set(from, [half])
      left++
    }
  }
  let outer: number[] | null = null
  const holes: number[][] = []
  let area2 = 0
  const fault = (problem: LandFault): FoundFault => ({ problem, cellId })
  while (left > 0) {
    const [origin, options] = leaving.entries().next().value!
    const path: { half: Half; from: number }[] = []
    const placeOf = new Map<number, number>()
    let half = options[0]
    let node = origin
    for (;;) {
      take(leaving, node, half)
      left--
      placeOf.set(node, path.length)
      path.push({ half, from: node })
      node = half.to
      const again = placeOf.get(node)
      if (again !== undefined) {
        const loop = path.splice(again)
        for (const { from } of loop) placeOf.delete(from)
        const ring = ringOf(loop)
        const twice = ringArea2(ring)
        area2 += twice
        if (twice <= 0) holes.push(ring)
        else if (outer) return fault('cell_in_pieces')
        else outer = ring
        if (path.length === 0) break
      }
      const next: Half | null = onwards(leaving.get(node), half)
      if (!next) return fault('cell_open')
      half = next
    }
  }
  if (!outer) return fault('cell_open')
  for (const hole of holes) if (!ringInRing(hole, outer)) return fault('cell_open')
  return { outer, holes, area2 }
}

interface Half {
  readonly arc: BorderArc
  readonly forward: boolean
  readonly to: number
}

function take(leaving: Map<number, Half[]>, node: number, half: Half): void {
  const others = leaving.get(node)!.filter((other) => other !== half)
  if (others.length > 0) leaving.set(node, others)
  else leaving.delete(node)
}

/** Of the halves that leave a node the first clockwise from where the walk came: the cell lies between the two. */
function onwards(options: readonly Half[] | undefined, came: Half): Half | null {
  if (!options) return null
  if (options.length === 1) return options[0]
  const [bx, by] = directionOf(came.arc, !came.forward)
  const turned = (half: Half) => directionOf(half.arc, half.forward)
  const sorted = [...options].sort((a, b) => compareDirections(...turned(a), ...turned(b)))
  const clockwise = sorted.filter((half) => compareDirections(...turned(half), bx, by) < 0)
  return clockwise[clockwise.length - 1] ?? sorted[sorted.length - 1]
}

function directionOf({ xy }: BorderArc, forward: boolean): [x: number, y: number] {
  const n = xy.length
  return forward ? [xy[2] - xy[0], xy[3] - xy[1]] : [xy[n - 4] - xy[n - 2], xy[n - 3] - xy[n - 1]]
}

function ringOf(loop: readonly { readonly half: Half }[]): number[] {
  const ring: number[] = []
  for (const { half } of loop) {
    const { xy } = half.arc
    if (half.forward) for (let p = 0; p + 2 < xy.length; p += 2) ring.push(xy[p], xy[p + 1])
    else for (let p = xy.length - 2; p > 0; p -= 2) ring.push(xy[p], xy[p + 1])
  }
  ring.push(ring[0], ring[1])
  return ring
}

export const isFault = (shape: CellShape | FoundFault): shape is FoundFault => 'problem' in shape

/** True for a point inside a cell, not on its border. */
export function isWithin({ outer, holes }: CellShape, x: number, y: number): boolean {
  return pointInRing(outer, x, y) > 0 && holes.every((hole) => pointInRing(hole, x, y) < 0)
}
