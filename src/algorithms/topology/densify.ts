import { LATTICE_PER_M } from './load-land'
import type { LoadedLand } from './load-land'
import { LineFlag } from './line-flags'
import { PairTable } from '../shared/pair-table'

/** Segments between vertices, with what they are and whose outline they belong to (building index or −1). */
export interface SegmentSoup {
  readonly vertices: PairTable
  /** Corners of kept borders: a point within a step of one becomes that corner, or noding would bend the border past it. */
  readonly kept?: PairTable
  count: number
  a: Int32Array
  b: Int32Array
  flags: Uint16Array
  owner: Int32Array
}

/** Room for segments to be pushed one at a time. */
export function makeSoup(vertices: PairTable, expected: number, kept?: PairTable): SegmentSoup {
  return {
    vertices, kept, count: 0, a: new Int32Array(expected), b: new Int32Array(expected), flags: new Uint16Array(expected),
    owner: new Int32Array(expected),
  }
}

export function pushSegment(soup: SegmentSoup, a: number, b: number, flags: number, owner: number): void {
  if (soup.count === soup.a.length) {
    const room = Math.max(1024, soup.count * 2)
    const wider = <T extends Int32Array | Uint16Array>(from: T, to: T): T => (to.set(from), to)
    soup.a = wider(soup.a, new Int32Array(room))
    soup.b = wider(soup.b, new Int32Array(room))
    soup.flags = wider(soup.flags, new Uint16Array(room))
    soup.owner = wider(soup.owner, new Int32Array(room))
  }
  const i = soup.count++
  soup.a[i] = a
  soup.b[i] = b
  soup.flags[i] = flags
  soup.owner[i] = owner
}

/** Vertex at a point, or the kept corner beside it. */
export function vertexAt(soup: SegmentSoup, x: number, y: number): number {
  const { kept, vertices } = soup
  if (kept && kept.get(x, y) < 0) {
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) if (kept.get(x + dx, y + dy) >= 0) return vertices.add(x + dx, y + dy)
  }
  return vertices.add(x, y)
}

/**
 * All outlines and lines as short segments, before noding: with corners every few metres the triangles between two
 * buildings meet half-way between them instead of fanning out from far corners. Official boundaries keep their long
 * straight segments' points but get the same steps.
 */
export function densify(land: LoadedLand, keptXY?: Int32Array): SegmentSoup {
  const step = land.options.densifyM * LATTICE_PER_M
  let expected = 1024
  for (const b of land.buildings) for (const ring of b.rings) expected += ring.length
  for (const line of land.lines) expected += line.xy.length
  let kept: PairTable | undefined
  if (keptXY) {
    kept = new PairTable(keptXY.length)
    for (let i = 0; i < keptXY.length; i += 2) kept.add(keptXY[i], keptXY[i + 1])
  }
  const soup = makeSoup(new PairTable(expected * 2), expected * 2, kept)
  const even = (v: number) => 2 * Math.round(v / 2)
  const segment = (ax: number, ay: number, bx: number, by: number, flags: number, owner: number) => {
    const dx = bx - ax
    const dy = by - ay
    const parts = Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy) / step))
    let from = vertexAt(soup, ax, ay)
    for (let k = 1; k <= parts; k++) {
      const to = k === parts ? vertexAt(soup, bx, by) : vertexAt(soup, even(ax + (dx * k) / parts), even(ay + (dy * k) / parts))
      if (to !== from) pushSegment(soup, from, to, flags, owner)
      from = to
    }
  }
  land.buildings.forEach((building, index) => {
    for (const ring of building.rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length
        segment(ring[i], ring[i + 1], ring[j], ring[j + 1], LineFlag.building, index)
      }
    }
  })
  for (const { xy, flags } of land.lines) {
    for (let i = 0; i + 3 < xy.length; i += 2) segment(xy[i], xy[i + 1], xy[i + 2], xy[i + 3], flags, -1)
  }
  return soup
}
