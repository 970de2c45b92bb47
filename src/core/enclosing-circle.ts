/** A circle; the unit is that of the points it was made from. */
export interface Circle {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Shares of the radius by which a point may lie outside and still count as on the circle: rounding, no more. */
const SLACK = 1e-10

/**
 * Smallest circle around points, x and y side by side; radius 0 for one point, NaN for none. Exact but for rounding: it
 * rests on two or three of the points.
 *
 * Complexity O(n log n): points inside the convex hull cannot bear on the answer and are left out first.
 * Source: E. Welzl, Smallest enclosing disks (1991), in its form without recursion; Andrew's monotone chain for the hull.
 */
export function enclosingCircle(xy: ArrayLike<number>): Circle {
  if (xy.length < 2) return { x: NaN, y: NaN, radius: NaN }
  // Counted from the first point, so that differences of large coordinates keep their digits.
  const [x0, y0] = [xy[0], xy[1]]
  const points: Point[] = []
  for (let k = 0; k + 1 < xy.length; k += 2) points.push([xy[k] - x0, xy[k + 1] - y0])
  const hull = shuffled(convexHull(points))
  let circle: Circle = { x: hull[0][0], y: hull[0][1], radius: 0 }
  for (let i = 1; i < hull.length; i++) {
    if (holds(circle, hull[i])) continue
    circle = { x: hull[i][0], y: hull[i][1], radius: 0 }
    for (let j = 0; j < i; j++) {
      if (holds(circle, hull[j])) continue
      circle = acrossTwo(hull[i], hull[j])
      for (let k = 0; k < j; k++) if (!holds(circle, hull[k])) circle = throughThree(hull[i], hull[j], hull[k])
    }
  }
  return { x: circle.x + x0, y: circle.y + y0, radius: circle.radius }
}

type Point = readonly [x: number, y: number]

const holds = ({ x, y, radius }: Circle, point: Point): boolean =>
  Math.hypot(point[0] - x, point[1] - y) <= radius * (1 + SLACK)

function acrossTwo(a: Point, b: Point): Circle {
  return { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, radius: Math.hypot(a[0] - b[0], a[1] - b[1]) / 2 }
}

/** Points of a hull are never three on a line. */
function throughThree(a: Point, b: Point, c: Point): Circle {
  const [bx, by] = [b[0] - a[0], b[1] - a[1]]
  const [cx, cy] = [c[0] - a[0], c[1] - a[1]]
  const twice = 2 * (bx * cy - by * cx)
  const x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice
  const y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice
  return { x: a[0] + x, y: a[1] + y, radius: Math.hypot(x, y) }
}

function convexHull(points: Point[]): Point[] {
  const sorted = points.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (from: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of from) {
      while (chain.length > 1 && !turnsLeft(chain[chain.length - 2], chain[chain.length - 1], point)) chain.pop()
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  const hull = [...half(sorted), ...half([...sorted].reverse())]
  return hull.length > 0 ? hull : [sorted[0]]
}

const turnsLeft = (a: Point, b: Point, c: Point): boolean =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

/** In an order of no meaning, the same each time: expected linear time rests on it. */
function shuffled(points: Point[]): Point[] {
  let seed = 1
  for (let k = points.length - 1; k > 0; k--) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    const other = seed % (k + 1)
    ;[points[k], points[other]] = [points[other], points[k]]
  }
  return points
}
