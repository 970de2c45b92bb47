import { PairTable } from '../shared/pair-table'
import { eachInnerBorder, isDivided, labelAtEnd, labelAtStart } from './corner-labels'
import { nextInTriangle } from './triangulate'
import type { Mesh } from './triangulate'

/** Border segments between cells; left and right are cell indices in the direction a → b, −1 outside. */
export interface Borders {
  readonly points: PairTable
  count: number
  a: Int32Array
  b: Int32Array
  left: Int32Array
  right: Int32Array
  flags: Uint16Array
}

/**
 * Every half of an edge whose two sides belong to different cells, and every border inside a divided triangle.
 * `cellOfLabel[label]` is the cell of a lot; negative labels are outside.
 */
export function extractBorders(mesh: Mesh, label: Int32Array, cellOfLabel: Int32Array): Borders {
  const borders: Borders = {
    points: new PairTable(65536), count: 0, a: new Int32Array(65536), b: new Int32Array(65536),
    left: new Int32Array(65536), right: new Int32Array(65536), flags: new Uint16Array(65536),
  }
  const { corner, twin, x, y, flags } = mesh
  const cell = (value: number) => (value < 0 ? -1 : cellOfLabel[value])
  const { points } = borders
  for (let h = 0; h < corner.length; h++) {
    const o = twin[h]
    if (o < 0 || o < h) continue
    const left0 = cell(labelAtStart(label, h)), right0 = cell(labelAtEnd(label, o))
    const left1 = cell(labelAtEnd(label, h)), right1 = cell(labelAtStart(label, o))
    if (left0 === right0 && left1 === right1) continue
    const a = corner[h]
    const b = corner[nextInTriangle(h)]
    if (left0 === left1 && right0 === right1) {
      push(borders, points.add(x[a], y[a]), points.add(x[b], y[b]), left0, right0, flags[h])
      continue
    }
    const middle = points.add((x[a] + x[b]) / 2, (y[a] + y[b]) / 2)
    if (left0 !== right0) push(borders, points.add(x[a], y[a]), middle, left0, right0, flags[h])
    if (left1 !== right1) push(borders, middle, points.add(x[b], y[b]), left1, right1, flags[h])
  }
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (!isDivided(label, t)) continue
    eachInnerBorder(label, t, mesh, (ax, ay, bx, by, left, right) => {
      const l = cell(left)
      const r = cell(right)
      if (l !== r) push(borders, points.add(ax, ay), points.add(bx, by), l, r, 0)
    })
  }
  return borders
}

function push(borders: Borders, a: number, b: number, left: number, right: number, flags: number): void {
  if (borders.count === borders.a.length) {
    const wider = <T extends Int32Array | Uint16Array>(from: T, to: T): T => (to.set(from), to)
    const room = borders.count * 2
    borders.a = wider(borders.a, new Int32Array(room))
    borders.b = wider(borders.b, new Int32Array(room))
    borders.left = wider(borders.left, new Int32Array(room))
    borders.right = wider(borders.right, new Int32Array(room))
    borders.flags = wider(borders.flags, new Uint16Array(room))
  }
  const i = borders.count++
  borders.a[i] = a
  borders.b[i] = b
  borders.left[i] = left
  borders.right[i] = right
  borders.flags[i] = flags
}
