import type { Pair } from '../model'
import { ringArea2, ringHolds } from '@/formats/ring-shapes'

/**
 * The polygons if they are valid together in the sense of OGC (rings simple, no two crossing or sharing more than a point, holes inside
 * their shell, parts apart); else as many of them as are: largest first, holes last. Rings are simple and closed, whole numbers.
 * The very same list comes back where nothing had to go.
 */
export function keepValid(polygons: readonly Pair[][][]): readonly Pair[][][] {
  const ringCount = polygons.reduce((sum, rings) => sum + rings.length, 0)
  if (ringCount <= 1) return polygons
  const order = polygons.map((_, k) => k).sort((a, b) => Math.abs(ringArea2(polygons[b][0])) - Math.abs(ringArea2(polygons[a][0])))
  const kept: Pair[][][] = []
  let dropped = 0
  for (const k of order) {
    const [shell, ...holes] = polygons[k]
    const alone = kept.every((other) => staysOutside(shell, other))
    if (!alone) {
      dropped += 1 + holes.length
      continue
    }
    const polygon = [shell]
    for (const hole of holes) {
      const fits = staysInside(hole, shell) && polygon.slice(1).every((other) => staysOutside(hole, [other]))
      if (fits) polygon.push(hole)
      else dropped++
    }
    kept.push(polygon)
  }
  return dropped === 0 ? polygons : kept
}

/** A part outside another polygon, or wholly in one of its holes. */
function staysOutside(ring: Pair[], polygon: Pair[][]): boolean {
  if (polygon.some((other) => contact(ring, other) !== 'apart')) return false
  const [shell, ...holes] = polygon
  if (holes.some((hole) => holdsRing(hole, ring))) return true
  return !holdsRing(shell, ring) && !holdsRing(ring, shell)
}

const staysInside = (hole: Pair[], shell: Pair[]): boolean => contact(hole, shell) === 'apart' && holdsRing(shell, hole)

/** Whether a ring that does not cross another lies in it: any of its points that is not on the other tells. */
function holdsRing(outer: Pair[], inner: Pair[]): boolean {
  const at = inner.find((point) => !outer.some((other) => other[0] === point[0] && other[1] === point[1]))
  return at !== undefined && ringHolds(outer, at)
}

/** Rings that touch in one point at most are apart; those that cross, or touch twice (which cuts the inside in two), are not. */
function contact(a: Pair[], b: Pair[]): 'apart' | 'meets' {
  if (!boxesMeet(a, b)) return 'apart'
  const touches = new Set<string>()
  for (let i = 0; i + 1 < a.length; i++) {
    for (let j = 0; j + 1 < b.length; j++) {
      const [p, q, r, s] = [a[i], a[i + 1], b[j], b[j + 1]]
      if (Math.max(p[0], q[0]) < Math.min(r[0], s[0]) || Math.max(r[0], s[0]) < Math.min(p[0], q[0])) continue
      if (Math.max(p[1], q[1]) < Math.min(r[1], s[1]) || Math.max(r[1], s[1]) < Math.min(p[1], q[1])) continue
      const [o1, o2, o3, o4] = [turn(p, q, r), turn(p, q, s), turn(r, s, p), turn(r, s, q)]
      if (o1 * o2 < 0 && o3 * o4 < 0) return 'meets'
      for (const [zero, point, from, to] of [[o1, r, p, q], [o2, s, p, q], [o3, p, r, s], [o4, q, r, s]] as const) {
        if (zero === 0 && isBetween(from, to, point)) touches.add(`${point[0]},${point[1]}`)
      }
      if (touches.size > 1) return 'meets'
    }
  }
  return 'apart'
}

function boxesMeet(a: readonly Pair[], b: readonly Pair[]): boolean {
  const box = (ring: readonly Pair[], axis: 0 | 1): [number, number] => {
    let low = Infinity
    let high = -Infinity
    for (const point of ring) {
      if (point[axis] < low) low = point[axis]
      if (point[axis] > high) high = point[axis]
    }
    return [low, high]
  }
  return ([0, 1] as const).every((axis) => {
    const [a0, a1] = box(a, axis)
    const [b0, b1] = box(b, axis)
    return a0 <= b1 && b0 <= a1
  })
}

const turn = (a: Pair, b: Pair, c: Pair): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

const isBetween = (a: Pair, b: Pair, p: Pair): boolean =>
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1])
