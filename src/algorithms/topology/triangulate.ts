import Constrainautor from '@kninnug/constrainautor'
import Delaunator from 'delaunator'
import { LandError } from './land-input'
import { LineFlag } from './line-flags'
import type { SegmentSoup } from './densify'
import { PairTable } from '../shared/pair-table'

/**
 * Constrained Delaunay triangulation. Half-edge h runs from corner h to the next corner of triangle ⌊h/3⌋, counter-
 * clockwise, so its triangle lies on its left; `twin[h]` is the same edge of the neighbour or −1.
 */
export interface Mesh {
  readonly vertexCount: number
  readonly x: Int32Array
  readonly y: Int32Array
  readonly triangleCount: number
  /** Vertex by corner; 3t. */
  readonly corner: Uint32Array
  readonly twin: Int32Array
  /** `LineFlag` bits by half-edge; 0 where free. */
  readonly flags: Uint16Array
  /** Twice the lattice area by triangle. Exact. */
  readonly area2: Float64Array
}

/** Buildings whose outline passes through a vertex, in compressed rows. */
export interface VertexOwners {
  readonly start: Uint32Array
  readonly owner: Int32Array
}

export interface Triangulation {
  readonly mesh: Mesh
  readonly owners: VertexOwners
  /** Half-edges that run along a coastline in its direction: the sea is right of them, in the triangle of the twin. */
  readonly coast: Int32Array
}

export const nextInTriangle = (h: number): number => (h % 3 === 2 ? h - 2 : h + 1)
export const previousInTriangle = (h: number): number => (h % 3 === 0 ? h + 2 : h - 1)

/**
 * Triangulate noded segments; each becomes an edge. A constraint that cannot be laid is an error of the noding and fatal
 * (swallowing such errors loses borders). Flags of segments that coincide are joined.
 */
export function triangulate(soup: SegmentSoup): Triangulation {
  const { vertices } = soup
  const edges = new PairTable(soup.count)
  let edgeFlags = new Uint16Array(soup.count)
  for (let i = 0; i < soup.count; i++) {
    const a = soup.a[i]
    const b = soup.b[i]
    edgeFlags[a < b ? edges.add(a, b) : edges.add(b, a)] |= soup.flags[i]
  }
  edgeFlags = edgeFlags.slice(0, edges.size)

  // Vertices that noding has left without a segment would only add triangles.
  const used = new Int32Array(vertices.size).fill(-1)
  let count = 0
  for (let e = 0; e < edges.size; e++) {
    if (used[edges.a[e]] < 0) used[edges.a[e]] = count++
    if (used[edges.b[e]] < 0) used[edges.b[e]] = count++
  }
  // Four corners far out, so that the hull never runs along the land.
  const x = new Int32Array(count + 4)
  const y = new Int32Array(count + 4)
  for (let v = 0; v < vertices.size; v++) {
    if (used[v] < 0) continue
    x[used[v]] = vertices.a[v]
    y[used[v]] = vertices.b[v]
  }
  addFrame(x, y, count)
  const vertexCount = count + 4

  const coordinates = new Float64Array(vertexCount * 2)
  for (let v = 0; v < vertexCount; v++) {
    coordinates[2 * v] = x[v]
    // Delaunator turns with the clock when y points up; mirrored, its triangles are counter-clockwise for us.
    coordinates[2 * v + 1] = -y[v]
  }
  const delaunay = new Delaunator(coordinates)
  const constrainer = new Constrainautor(delaunay)
  constrainer.flips = new FewFlips() as unknown as typeof constrainer.flips
  for (let e = 0; e < edges.size; e++) {
    try {
      constrainer.constrainOne(used[edges.a[e]], used[edges.b[e]])
    } catch (cause) {
      throw new LandError('land_inconsistent', {
        pass: 'triangulate', x: x[used[edges.a[e]]], y: y[used[edges.a[e]]], cause: String(cause),
      })
    }
  }

  const corner = delaunay.triangles as Uint32Array
  const twin = delaunay.halfedges as Int32Array
  const triangleCount = corner.length / 3
  const flags = new Uint16Array(corner.length)
  const lookup = new PairTable(edges.size)
  for (let e = 0; e < edges.size; e++) {
    const a = used[edges.a[e]]
    const b = used[edges.b[e]]
    if (a < b) lookup.add(a, b)
    else lookup.add(b, a)
  }
  for (let h = 0; h < corner.length; h++) {
    if (twin[h] > h) continue
    const a = corner[h]
    const b = corner[nextInTriangle(h)]
    const e = a < b ? lookup.get(a, b) : lookup.get(b, a)
    if (e < 0) continue
    flags[h] = edgeFlags[e]
    if (twin[h] >= 0) flags[twin[h]] = edgeFlags[e]
  }
  const area2 = new Float64Array(triangleCount)
  for (let t = 0; t < triangleCount; t++) {
    const a = corner[3 * t], b = corner[3 * t + 1], c = corner[3 * t + 2]
    area2[t] = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a])
    if (area2[t] < 0) throw new LandError('land_inconsistent', { pass: 'triangulate', triangle: t, area2: area2[t] })
  }
  const mesh: Mesh = { vertexCount, x, y, triangleCount, corner, twin, flags, area2 }
  return { mesh, owners: ownersOf(soup, used, vertexCount), coast: coastOf(soup, used, mesh) }
}

function coastOf(soup: SegmentSoup, used: Int32Array, mesh: Mesh): Int32Array {
  const directed = new PairTable(16)
  for (let i = 0; i < soup.count; i++) {
    if (soup.flags[i] & LineFlag.coast) directed.add(used[soup.a[i]], used[soup.b[i]])
  }
  const found: number[] = []
  if (directed.size === 0) return new Int32Array(0)
  for (let h = 0; h < mesh.corner.length; h++) {
    if (mesh.flags[h] & LineFlag.coast && directed.get(mesh.corner[h], mesh.corner[nextInTriangle(h)]) >= 0) found.push(h)
  }
  return Int32Array.from(found)
}

/**
 * The constrainer's set of flipped edges. Its own is a bit for each edge, walked whole after every constraint that flips
 * anything: a third of the time at a million edges. There are only ever a few in it.
 */
class FewFlips {
  private readonly members = new Set<number>()

  add(edge: number): this {
    this.members.add(edge)
    return this
  }

  delete(edge: number): this {
    this.members.delete(edge)
    return this
  }

  set(edge: number, value: boolean): boolean {
    if (value) this.members.add(edge)
    else this.members.delete(edge)
    return value
  }

  has(edge: number): boolean {
    return this.members.has(edge)
  }

  forEach(visit: (edge: number) => void): this {
    for (const edge of [...this.members].sort((a, b) => a - b)) if (this.members.has(edge)) visit(edge)
    return this
  }
}

function addFrame(x: Int32Array, y: Int32Array, count: number): void {
  let x0 = Infinity
  let y0 = Infinity
  let x1 = -Infinity
  let y1 = -Infinity
  for (let v = 0; v < count; v++) {
    if (x[v] < x0) x0 = x[v]
    if (x[v] > x1) x1 = x[v]
    if (y[v] < y0) y0 = y[v]
    if (y[v] > y1) y1 = y[v]
  }
  const m = 40000
  x.set([x0 - m, x1 + m, x1 + m, x0 - m], count)
  y.set([y0 - m, y0 - m, y1 + m, y1 + m], count)
}

function ownersOf(soup: SegmentSoup, used: Int32Array, vertexCount: number): VertexOwners {
  const pairs = new PairTable(soup.count)
  const start = new Uint32Array(vertexCount + 1)
  for (let i = 0; i < soup.count; i++) {
    if (soup.owner[i] < 0) continue
    pairs.add(used[soup.a[i]], soup.owner[i])
    pairs.add(used[soup.b[i]], soup.owner[i])
  }
  for (let p = 0; p < pairs.size; p++) start[pairs.a[p] + 1]++
  for (let v = 0; v < vertexCount; v++) start[v + 1] += start[v]
  const fill = start.slice()
  const owner = new Int32Array(pairs.size)
  for (let p = 0; p < pairs.size; p++) owner[fill[pairs.a[p]]++] = pairs.b[p]
  for (let v = 0; v < vertexCount; v++) owner.subarray(start[v], start[v + 1]).sort()
  return { start, owner }
}
