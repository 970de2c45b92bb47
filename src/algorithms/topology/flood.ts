import type { Mesh } from './triangulate'

/** Components of triangles reached without crossing an edge whose flags meet `stop`; numbered by their first triangle. */
export function flood(mesh: Mesh, stop: number): { part: Int32Array; count: number } {
  const { twin, flags, triangleCount } = mesh
  const part = new Int32Array(triangleCount).fill(-1)
  const stack = new Int32Array(triangleCount)
  let count = 0
  for (let first = 0; first < triangleCount; first++) {
    if (part[first] >= 0) continue
    part[first] = count
    let depth = 0
    stack[depth++] = first
    while (depth > 0) {
      const t = stack[--depth]
      for (let h = 3 * t; h < 3 * t + 3; h++) {
        if (twin[h] < 0 || flags[h] & stop) continue
        const w = (twin[h] / 3) | 0
        if (part[w] >= 0) continue
        part[w] = count
        stack[depth++] = w
      }
    }
    count++
  }
  return { part, count }
}

/** Largest triangle of each part, as its witness for point-in-area tests. */
export function largestTriangles(mesh: Mesh, part: Int32Array, count: number): Int32Array {
  const best = new Int32Array(count).fill(-1)
  for (let t = 0; t < mesh.triangleCount; t++) {
    const p = part[t]
    if (best[p] < 0 || mesh.area2[t] > mesh.area2[best[p]]) best[p] = t
  }
  return best
}

/** Middle of a triangle, lattice units (not whole). */
export function middleX(mesh: Mesh, t: number): number {
  return (mesh.x[mesh.corner[3 * t]] + mesh.x[mesh.corner[3 * t + 1]] + mesh.x[mesh.corner[3 * t + 2]]) / 3
}

export function middleY(mesh: Mesh, t: number): number {
  return (mesh.y[mesh.corner[3 * t]] + mesh.y[mesh.corner[3 * t + 1]] + mesh.y[mesh.corner[3 * t + 2]]) / 3
}
