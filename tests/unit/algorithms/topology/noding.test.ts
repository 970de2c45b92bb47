import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { PairTable } from '@/algorithms/shared/pair-table'
import { makeSoup, pushSegment } from '@/algorithms/topology/densify'
import { segmentsConflict } from '@/algorithms/topology/find-crossings'
import { snapRound } from '@/algorithms/topology/snap-round'
import { triangulate } from '@/algorithms/topology/triangulate'
import { flood } from '@/algorithms/topology/flood'

const even = fc.integer({ min: -60, max: 60 }).map((v) => v * 2)
/** Kept borders of a recut have odd coordinates too, so that vertices may lie a single step apart. */
const anywhere = fc.integer({ min: -60, max: 60 })
const segment = fc.oneof(fc.tuple(even, even, even, even), fc.tuple(anywhere, anywhere, anywhere, anywhere)).filter(([a, b, c, d]) => a !== c || b !== d)

function soupOf(segments: readonly (readonly number[])[]) {
  const soup = makeSoup(new PairTable(16), 4)
  segments.forEach(([ax, ay, bx, by], i) => pushSegment(soup, soup.vertices.add(ax, ay), soup.vertices.add(bx, by), 1 << (i % 3), i % 5))
  return soup
}

/** Vertices in each other's pixel: these sent a segment to and fro, and left a crossing beside an end. */
const NEVER_RESTED: [[number, number, number, number][]][] = [
  [[[0, -9, -9, -6], [-7, -9, 0, 0], [0, 0, 0, -1]]],
  [[[0, 0, 17, 31], [24, 0, 0, 86], [0, 0, 0, -1], [0, 0, 0, 2]]],
  [[[21, -14, 0, 0], [21, -16, 0, 5], [0, 0, 0, 2], [33, 0, -11, -51]]],
]

describe('noding', () => {
  it('leaves no crossing and no vertex on the middle of a segment, within a lattice of 60 × 60 cm full of segments', () => {
    fc.assert(fc.property(fc.array(segment, { minLength: 2, maxLength: 40 }), (segments) => {
      const noded = snapRound(soupOf(segments))
      const { a: xs, b: ys } = noded.vertices
      const flat: number[] = []
      for (let i = 0; i < noded.count; i++) flat.push(xs[noded.a[i]], ys[noded.a[i]], xs[noded.b[i]], ys[noded.b[i]])
      for (let i = 0; i < flat.length; i += 4) {
        for (let j = i + 4; j < flat.length; j += 4) {
          const same = (flat[i] === flat[j] && flat[i + 1] === flat[j + 1] && flat[i + 2] === flat[j + 2] && flat[i + 3] === flat[j + 3]) ||
            (flat[i] === flat[j + 2] && flat[i + 1] === flat[j + 3] && flat[i + 2] === flat[j] && flat[i + 3] === flat[j + 1])
          if (!same) expect(segmentsConflict(flat, i, j)).toBe(false)
        }
      }
      // And it triangulates without a single refusal.
      const { mesh } = triangulate(noded)
      const total = mesh.area2.reduce((sum, a) => sum + a, 0)
      const width = Math.max(...mesh.x) - Math.min(...mesh.x)
      const height = Math.max(...mesh.y) - Math.min(...mesh.y)
      expect(total).toBe(2 * width * height)
    }), { numRuns: 200, verbose: true, examples: NEVER_RESTED })
  })
})

describe('triangulation', () => {
  /*   +-------+    a square with one diagonal as lines:
   *   |     / |    three parts, the two halves and what lies around
   *   |   /   |
   *   | /     |
   *   +-------+
   */
  it('floods to the faces of its lines', () => {
    const { mesh } = triangulate(snapRound(soupOf([
      [0, 0, 2000, 0], [2000, 0, 2000, 2000], [2000, 2000, 0, 2000], [0, 2000, 0, 0], [0, 0, 2000, 2000],
    ])))
    const { part, count } = flood(mesh, ~0)
    const area = new Float64Array(count)
    part.forEach((p, t) => (area[p] += mesh.area2[t]))
    expect([...area].sort((p, q) => p - q).slice(0, 2)).toEqual([2000 * 2000, 2000 * 2000])
    expect(count).toBe(3)
  })
})
