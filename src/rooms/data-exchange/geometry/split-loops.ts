import type { Pair } from '../model'

/** A ring taken apart into loops that do not cross themselves, and the first place where it did. */
export interface Loops {
  /** Each closed (first = last), whole numbers. */
  readonly loops: readonly Pair[][]
  /** Where two edges crossed, or null where none did (the ring may still touch itself in a point). */
  readonly crossing: Pair | null
}

/** Crossings beyond which a ring is no outline of anything, and pairs of edges beyond which looking for them takes seconds. */
const MOST_CROSSINGS = 1_000
const MOST_PAIRS = 50_000_000

/**
 * Split a closed ring where its edges cross or its points repeat.
 *
 * ```
 *   ·──·          ·──·
 *    ╲╱            ╲╱        two loops that share the crossing
 *    ╱╲     →      ╳
 *   ·──·          ╱╲
 *                ·──·
 * ```
 * Edges are compared in order of their left ends: O(n²) at worst, near n log n on outlines of things. Positions are whole numbers
 * (degrees × 1e7, as they are stored), so that orientation is exact while the ring is less than 9° wide. Null of a tangle: a ring
 * that would take seconds and could be no outline.
 */
export function splitLoops(points: readonly Pair[]): Loops | null {
  const cuts = crossings(points)
  if (cuts === null) return null
  if (cuts.size === 0 && !hasRepeats(points)) return { loops: [[...points]], crossing: null }
  const noded: Pair[] = []
  for (let k = 0; k + 1 < points.length; k++) {
    noded.push(points[k])
    const [x, y] = points[k]
    const here = cuts.get(k) ?? []
    here.sort((a, b) => (a[0] - x) ** 2 + (a[1] - y) ** 2 - ((b[0] - x) ** 2 + (b[1] - y) ** 2))
    noded.push(...here)
  }
  const first = cuts.size > 0 ? cuts.values().next().value![0] : null
  return { loops: peel(noded), crossing: first }
}

const key = ([x, y]: Readonly<Pair>): string => `${x},${y}`

function hasRepeats(points: readonly Pair[]): boolean {
  return new Set(points.slice(0, -1).map(key)).size < points.length - 1
}

/** Walk the ring; whenever a point comes back, what lies between is a loop of its own. */
function peel(noded: readonly Pair[]): Pair[][] {
  const loops: Pair[][] = []
  const path: Pair[] = []
  const place = new Map<string, number>()
  const close = (from: number) => {
    const loop = path.splice(from)
    for (const point of loop) place.delete(key(point))
    if (loop.length >= 3) loops.push([...loop, loop[0]])
  }
  for (const point of noded) {
    const before = place.get(key(point))
    if (before !== undefined) close(before)
    place.set(key(point), path.length)
    path.push(point)
  }
  close(0)
  return loops
}

/** Proper crossings and points lying on edges, by edge index; null of a tangle. */
function crossings(points: readonly Pair[]): Map<number, Pair[]> | null {
  const count = points.length - 1
  const cuts = new Map<number, Pair[]>()
  let found = 0
  let pairs = 0
  const add = (edge: number, at: Pair) => {
    for (const end of [points[edge], points[edge + 1]]) if (end[0] === at[0] && end[1] === at[1]) return
    const list = cuts.get(edge)
    if (list?.some((other) => other[0] === at[0] && other[1] === at[1])) return
    found++
    if (list === undefined) cuts.set(edge, [at])
    else list.push(at)
  }
  const left = (k: number): number => Math.min(points[k][0], points[k + 1][0])
  const right = (k: number): number => Math.max(points[k][0], points[k + 1][0])
  const order = Array.from({ length: count }, (_, k) => k).sort((a, b) => left(a) - left(b))
  for (let i = 0; i < count; i++) {
    const a = order[i]
    const end = right(a)
    let j = i + 1
    for (; j < count && left(order[j]) <= end; j++) meet(points, a, order[j], count, add)
    pairs += j - i
    // Each crossing is found on both of its edges.
    if (found > 2 * MOST_CROSSINGS || pairs > MOST_PAIRS) return null
  }
  return cuts
}

function meet(
  points: readonly Pair[],
  a: number,
  b: number,
  count: number,
  add: (edge: number, at: Pair) => void,
): void {
  const p = points[a]
  const q = points[a + 1]
  const r = points[b]
  const s = points[b + 1]
  if (Math.max(p[1], q[1]) < Math.min(r[1], s[1]) || Math.max(r[1], s[1]) < Math.min(p[1], q[1])) return
  const next = (a + 1) % count === b || (b + 1) % count === a
  const o1 = turn(p, q, r)
  const o2 = turn(p, q, s)
  const o3 = turn(r, s, p)
  const o4 = turn(r, s, q)
  if (!next && o1 * o2 < 0 && o3 * o4 < 0) {
    const t = o3 / (o3 - o4)
    const at: Pair = [Math.round(p[0] + t * (q[0] - p[0])), Math.round(p[1] + t * (q[1] - p[1]))]
    add(a, at)
    add(b, at)
    return
  }
  if (o1 === 0 && between(p, q, r)) add(a, r)
  if (o2 === 0 && between(p, q, s)) add(a, s)
  if (o3 === 0 && between(r, s, p)) add(b, p)
  if (o4 === 0 && between(r, s, q)) add(b, q)
}

const turn = (a: readonly number[], b: readonly number[], c: readonly number[]): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

const between = (a: readonly number[], b: readonly number[], p: readonly number[]): boolean =>
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1])
