import type { XY } from '@/core/units'
import { distanceM, pointToCm, segmentDistanceM, signedAreaM2 } from './plane'
import { SegmentIndex } from './segment-index'

/** Lines cut at every meeting, on whole centimetres; the faces between them share nodes and edges by number. */
export interface Arrangement {
  readonly nodes: readonly XY[]
  /** Node at both ends, and the label of the line an edge came from. */
  readonly edges: readonly { readonly a: number; readonly b: number; readonly label: number }[]
  /** Faces with positive area, outer ring counter-clockwise. */
  readonly faces: readonly Face[]
  /** Face on the left of a → b and of b → a, by edge; −1 outside. */
  readonly edgeFaces: readonly (readonly [number, number])[]
}

export interface Face {
  readonly ring: readonly XY[]
  /** Half-edges of the ring: edge × 2, plus 1 where it runs b → a. */
  readonly halfEdges: readonly number[]
  readonly areaM2: number
}

export interface LabelledLine {
  readonly line: readonly XY[]
  /** Lower labels win where lines run together. */
  readonly label: number
}

/** Vertices nearer than this to a foreign line become part of it; larger than the rounding, smaller than any feature. */
const SNAP_M = 0.03

/**
 * Planar arrangement of lines: every crossing becomes a node, dangling ends are dropped, faces are found.
 * All lines must hang together (no islands); O(n log n) for evenly spread lines.
 */
export function arrange(lines: readonly LabelledLine[]): Arrangement {
  const nodes: XY[] = []
  const nodeByKey = new Map<string, number>()
  const nodeOf = (p: XY): number => {
    const q = pointToCm(p)
    const key = `${q[0]},${q[1]}`
    let node = nodeByKey.get(key)
    if (node === undefined) {
      node = nodes.length
      nodes.push(q)
      nodeByKey.set(key, node)
    }
    return node
  }
  let edges = new Map<string, { a: number; b: number; label: number }>()
  const put = (into: typeof edges, a: number, b: number, label: number): void => {
    if (a === b) return
    const key = a < b ? `${a},${b}` : `${b},${a}`
    const held = into.get(key)
    if (!held) into.set(key, { a, b, label })
    else held.label = Math.min(held.label, label)
  }
  for (const { line, label } of lines) {
    for (let i = 1; i < line.length; i++) put(edges, nodeOf(line[i - 1]), nodeOf(line[i]), label)
  }
  for (let round = 0; ; round++) {
    if (round === 12) throw new Error('lines do not settle on the lattice')
    const next = cutOnce([...edges.values()], nodes, nodeOf, put)
    if (!next) break
    edges = next
  }
  return facesOf(nodes, withoutDangling([...edges.values()]))
}

type Edge = { a: number; b: number; label: number }

/** Cut every edge where another crosses it or a node lies on it; null when nothing was cut. */
function cutOnce(
  edges: Edge[],
  nodes: XY[],
  nodeOf: (p: XY) => number,
  put: (into: Map<string, Edge>, a: number, b: number, label: number) => void,
): Map<string, Edge> | null {
  const index = new SegmentIndex(80)
  edges.forEach((edge, k) => index.add(nodes[edge.a], nodes[edge.b], k))
  const cuts: number[][] = edges.map(() => [])
  let any = false
  edges.forEach((edge, k) => {
    const a = nodes[edge.a]
    const b = nodes[edge.b]
    index.near(a, b, SNAP_M, (other) => {
      if (other === k) return
      const { a: c, b: d } = edges[other]
      for (const node of [c, d]) {
        if (node !== edge.a && node !== edge.b && segmentDistanceM(nodes[node], a, b) <= SNAP_M) {
          if (distanceM(nodes[node], a) > SNAP_M && distanceM(nodes[node], b) > SNAP_M) cuts[k].push(node)
        }
      }
      if (other < k) return
      const p = crossing(a, b, nodes[c], nodes[d])
      if (!p) return
      const node = nodeOf(p)
      if (node !== edge.a && node !== edge.b) cuts[k].push(node)
      if (node !== c && node !== d) cuts[other].push(node)
    })
  })
  const out = new Map<string, Edge>()
  edges.forEach((edge, k) => {
    if (cuts[k].length > 0) any = true
    const a = nodes[edge.a]
    const along = [...new Set(cuts[k])].sort((m, n) => distanceM(nodes[m], a) - distanceM(nodes[n], a))
    const chain = [edge.a, ...along, edge.b]
    for (let i = 1; i < chain.length; i++) put(out, chain[i - 1], chain[i], edge.label)
  })
  return any ? out : null
}

/** Point where two segments cross, away from the ends of both; null otherwise. */
function crossing(a: XY, b: XY, c: XY, d: XY): XY | null {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const denominator = rx * sy - ry * sx
  if (Math.abs(denominator) < 1e-9) return null
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / denominator
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator
  if (t < 0 || t > 1 || u < 0 || u > 1) return null
  const p: XY = [a[0] + t * rx, a[1] + t * ry]
  const nearEnd = [a, b].some((q) => distanceM(p, q) <= SNAP_M) && [c, d].some((q) => distanceM(p, q) <= SNAP_M)
  return nearEnd ? null : p
}

function withoutDangling(edges: Edge[]): Edge[] {
  let left = edges
  for (;;) {
    const degree = new Map<number, number>()
    for (const { a, b } of left) {
      degree.set(a, (degree.get(a) ?? 0) + 1)
      degree.set(b, (degree.get(b) ?? 0) + 1)
    }
    const kept = left.filter(({ a, b }) => degree.get(a)! > 1 && degree.get(b)! > 1)
    if (kept.length === left.length) return kept
    left = kept
  }
}

function facesOf(nodes: readonly XY[], edges: readonly Edge[]): Arrangement {
  // Half-edges around each node by angle; the next of a face's boundary is the one clockwise of where we came from.
  const around = new Map<number, { half: number; angle: number }[]>()
  const from = (half: number): number => (half & 1 ? edges[half >> 1].b : edges[half >> 1].a)
  const to = (half: number): number => (half & 1 ? edges[half >> 1].a : edges[half >> 1].b)
  for (let half = 0; half < edges.length * 2; half++) {
    const p = nodes[from(half)]
    const q = nodes[to(half)]
    const list = around.get(from(half)) ?? []
    list.push({ half, angle: Math.atan2(q[1] - p[1], q[0] - p[0]) })
    around.set(from(half), list)
  }
  const position = new Int32Array(edges.length * 2)
  for (const list of around.values()) {
    list.sort((m, n) => m.angle - n.angle)
    list.forEach(({ half }, k) => (position[half] = k))
  }
  const faceOf = new Int32Array(edges.length * 2).fill(-2)
  const faces: Face[] = []
  for (let start = 0; start < edges.length * 2; start++) {
    if (faceOf[start] !== -2) continue
    const halfEdges: number[] = []
    let half = start
    do {
      halfEdges.push(half)
      faceOf[half] = -1
      const list = around.get(to(half))!
      half = list[(position[half ^ 1] + list.length - 1) % list.length].half
    } while (half !== start)
    const ring = halfEdges.map((h) => nodes[from(h)])
    const areaM2 = signedAreaM2(ring)
    if (areaM2 <= 0) continue
    for (const h of halfEdges) faceOf[h] = faces.length
    faces.push({ ring, halfEdges, areaM2 })
  }
  return { nodes, edges, faces, edgeFaces: edges.map((_, k) => [faceOf[k * 2], faceOf[k * 2 + 1]] as const) }
}
