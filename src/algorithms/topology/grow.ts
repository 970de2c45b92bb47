import FlatQueue from 'flatqueue'
import { UNLABELLED, fill, labelAtStart } from './corner-labels'
import type { Lots } from './corner-labels'
import type { Blocks } from './blocks'
import { ALL_LINES } from './line-flags'
import { middleX, middleY } from './flood'
import type { Mesh } from './triangulate'

/**
 * Give triangles that touch no outline to the lot reached first through open land (Dijkstra over the middles of
 * triangles), never over a line. What no lot reaches stays open land of its sub-block.
 */
export function growLots(mesh: Mesh, blocks: Blocks, lots: Lots): void {
  const { label, structureCount } = lots
  const isLot = (value: number, t: number) =>
    value >= 0 && value < structureCount && blocks.home[value] === blocks.subOfTriangle[t]
  spreadLabels(mesh, label, ALL_LINES, isLot)
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (label[3 * t] === UNLABELLED) fill(label, t, structureCount + blocks.subOfTriangle[t])
  }
}

/** Spread labels over the `UNLABELLED` triangles by shortest path, from neighbours whose label `mayEnter` the triangle. */
export function spreadLabels(
  mesh: Mesh,
  label: Int32Array,
  stop: number,
  mayEnter: (value: number, t: number) => boolean,
  among?: ArrayLike<number>,
): void {
  const queue = new FlatQueue<number>()
  const triangles: number[] = []
  const values: number[] = []
  const push = (t: number, value: number, far: number) => {
    queue.push(triangles.length, far)
    triangles.push(t)
    values.push(value)
  }
  const step = (a: number, b: number) => Math.hypot(middleX(mesh, a) - middleX(mesh, b), middleY(mesh, a) - middleY(mesh, b))
  const seed = (t: number) => {
    if (label[3 * t] !== UNLABELLED) return
    for (let h = 3 * t; h < 3 * t + 3; h++) {
      const o = mesh.twin[h]
      if (o < 0 || mesh.flags[h] & stop) continue
      const w = (o / 3) | 0
      if (label[3 * w] === UNLABELLED) continue
      const value = labelAtStart(label, o)
      if (mayEnter(value, t)) push(t, value, step(t, w))
    }
  }
  if (among) for (let i = 0; i < among.length; i++) seed(among[i])
  else for (let t = 0; t < mesh.triangleCount; t++) seed(t)
  while (queue.length > 0) {
    const far = queue.peekValue() as number
    const entry = queue.pop() as number
    const t = triangles[entry]
    if (label[3 * t] !== UNLABELLED) continue
    fill(label, t, values[entry])
    for (let h = 3 * t; h < 3 * t + 3; h++) {
      const o = mesh.twin[h]
      if (o < 0 || mesh.flags[h] & stop) continue
      const w = (o / 3) | 0
      if (label[3 * w] === UNLABELLED) push(w, values[entry], far + step(t, w))
    }
  }
}
