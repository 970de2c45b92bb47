import { DisjointSets } from '../shared/disjoint-sets'
import { NEUTRAL, eachInnerBorder, eachPiece, fill, isDivided, pieceAt } from './corner-labels'
import type { Structures } from './classify'
import { HARD_LINES } from './line-flags'
import { edgeLength } from './ribbons'
import type { Mesh } from './triangulate'

const MAX_ROUNDS = 8

/**
 * Make each label one connected piece of land: stray pieces join the neighbour with the longest shared border, a border
 * on a hard line counting least. A label's main piece is the one that holds its building, else the largest.
 * Returns how many triangle pieces changed hands.
 */
export function connectLabels(mesh: Mesh, label: Int32Array, structures: Structures, labelCount: number): number {
  let moved = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const changed = connectOnce(mesh, label, structures, labelCount)
    moved += changed
    if (changed === 0) break
  }
  return moved
}

function connectOnce(mesh: Mesh, label: Int32Array, structures: Structures, labelCount: number): number {
  const sets = new DisjointSets(label.length)
  for (let h = 0; h < label.length; h++) {
    const o = mesh.twin[h]
    if (o < h) continue
    const a0 = pieceAt(label, h, false)
    const b0 = pieceAt(label, o, true)
    if (label[a0] === label[b0]) sets.union(a0, b0)
    const a1 = pieceAt(label, h, true)
    const b1 = pieceAt(label, o, false)
    if (label[a1] === label[b1]) sets.union(a1, b1)
  }
  // Weight of each piece: the building in it first, then its area.
  const weight = new Float64Array(label.length)
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (label[3 * t] < 0 && label[3 * t + 1] < 0) continue
    const built = structures.ofTriangle[t] >= 0 ? 1e6 : 1
    eachPiece(label, t, mesh, (piece, share) => {
      if (label[piece] >= 0) weight[sets.find(piece)] += mesh.area2[t] * share * built
    })
  }
  const main = new Int32Array(labelCount).fill(-1)
  let stray = 0
  for (let p = 0; p < label.length; p++) {
    if (weight[p] === 0) continue
    const m = main[label[p]]
    if (m >= 0) stray++
    if (m < 0 || weight[p] > weight[m]) main[label[p]] = p
  }
  if (stray === 0) return 0
  const isStray = (root: number) => label[root] >= 0 && main[label[root]] !== root

  const borders = new Map<number, Map<number, number>>()
  const addBorder = (root: number, toward: number, length: number) => {
    if (toward < 0 || !isStray(root) || toward === label[root]) return
    let row = borders.get(root)
    if (!row) borders.set(root, (row = new Map()))
    row.set(toward, (row.get(toward) ?? 0) + length)
  }
  for (let h = 0; h < label.length; h++) {
    const o = mesh.twin[h]
    if (o < h) continue
    for (let end = 0; end < 2; end++) {
      const a = pieceAt(label, h, end === 1)
      const b = pieceAt(label, o, end === 0)
      if (label[a] === label[b]) continue
      const length = (edgeLength(mesh, h) / 2) * (mesh.flags[h] & HARD_LINES ? 0.001 : mesh.flags[h] ? 0.5 : 1)
      addBorder(sets.find(a), label[b], length)
      addBorder(sets.find(b), label[a], length)
    }
  }
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (!isDivided(label, t)) continue
    eachInnerBorder(label, t, mesh, (ax, ay, bx, by, left, right) => {
      const length = Math.hypot(ax - bx, ay - by)
      for (let j = 3 * t; j < 3 * t + 3; j++) {
        if (label[j] === left) addBorder(sets.find(pieceAt(label, j, false)), right, length)
        if (label[j] === right) addBorder(sets.find(pieceAt(label, j, false)), left, length)
      }
    })
  }
  const target = new Map<number, number>()
  for (const [root, row] of borders) {
    let best = -1
    let bestLength = -1
    for (const [toward, length] of row) {
      if (length > bestLength || (length === bestLength && toward < best)) {
        best = toward
        bestLength = length
      }
    }
    if (best >= 0) target.set(root, best)
  }
  let changed = 0
  const rootOf = new Int32Array(3)
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (structures.ofTriangle[t] >= 0) continue
    const i = 3 * t
    if (!isDivided(label, t)) {
      const to = label[i] >= 0 ? target.get(sets.find(i)) : undefined
      if (to !== undefined) {
        fill(label, t, to)
        changed++
      }
      continue
    }
    for (let j = 0; j < 3; j++) rootOf[j] = label[i + j] < 0 ? -1 : sets.find(pieceAt(label, i + j, false))
    for (let j = 0; j < 3; j++) {
      const to = rootOf[j] < 0 ? undefined : target.get(rootOf[j])
      if (to === undefined) continue
      label[i + j] = to
      changed++
    }
    settleWhole(label, t)
  }
  return changed
}

/** Make a triangle whole when its labelled corners have come to agree. */
export function settleWhole(label: Int32Array, t: number): void {
  let only = NEUTRAL
  for (let j = 3 * t; j < 3 * t + 3; j++) {
    if (label[j] === NEUTRAL) continue
    if (only !== NEUTRAL && label[j] !== only) return
    only = label[j]
  }
  fill(label, t, only)
}
