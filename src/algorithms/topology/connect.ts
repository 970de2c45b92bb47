import { DisjointSets } from '../shared/disjoint-sets'
import type { Blocks } from './blocks'
import { NEUTRAL, OUTSIDE, eachInnerBorder, eachPiece, fill, isDivided, pieceAt } from './corner-labels'
import type { Lots } from './corner-labels'
import type { Structures } from './classify'
import { HARD_LINES } from './line-flags'
import { LATTICE2_PER_M2 } from './load-land'
import { edgeLength } from './ribbons'
import type { Mesh } from './triangulate'

/** Land that nothing connects to the rest is left outside below this, and a lot of its own above, m². */
const DETACHED_M2 = 150

/**
 * Make each label one connected piece of land: stray pieces join the neighbour with the longest shared border, a border
 * on a hard line counting least. A label's main piece is the one that holds its building, else the largest. A piece that
 * a house beyond the boundary cuts off from all others becomes a lot of its own, or is left out if it is small.
 * Where part of a house joins a neighbour, the house strays by that share. Returns how many triangle pieces changed hands.
 */
export function connectLabels(mesh: Mesh, lots: Lots, structures: Structures, blocks: Blocks): number {
  let moved = 0
  // Every round but the last settles a piece for good, so it ends.
  for (;;) {
    const changed = connectOnce(mesh, lots, structures, blocks)
    if (changed === 0) break
    moved += changed
  }
  if (moved > 0) addStrayParts(mesh, lots, structures, blocks)
  return moved
}

/** Parts of a building that lie apart cannot always be joined: raise the share of the house that lies elsewhere. */
function addStrayParts(mesh: Mesh, lots: Lots, structures: Structures, blocks: Blocks): void {
  const total = new Float64Array(structures.count)
  const stray = new Float64Array(structures.count)
  for (let t = 0; t < mesh.triangleCount; t++) {
    const s = structures.ofTriangle[t]
    if (s < 0 || blocks.home[s] < 0) continue
    total[s] += mesh.area2[t]
    if (lots.label[3 * t] !== s) stray[s] += mesh.area2[t]
  }
  for (let s = 0; s < structures.count; s++) if (stray[s] > 0) blocks.strayShare[s] += stray[s] / total[s]
}

function connectOnce(mesh: Mesh, lots: Lots, structures: Structures, blocks: Blocks): number {
  const { label } = lots
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
  const main = new Int32Array(lots.subOfLot.length).fill(-1)
  const stray = new Set<number>()
  for (let p = 0; p < label.length; p++) {
    if (weight[p] === 0) continue
    const m = main[label[p]]
    if (m >= 0) stray.add(weight[p] > weight[m] ? m : p)
    if (m < 0 || weight[p] > weight[m]) main[label[p]] = p
  }
  if (stray.size === 0) return 0

  const borders = new Map<number, Map<number, number>>()
  // Only main pieces take in others: two strays side by side would change places for ever.
  const addBorder = (root: number, toward: number, length: number) => {
    if (label[toward] < 0 || !stray.has(root) || stray.has(toward)) return
    let row = borders.get(root)
    if (!row) borders.set(root, (row = new Map()))
    row.set(label[toward], (row.get(label[toward]) ?? 0) + length)
  }
  for (let h = 0; h < label.length; h++) {
    const o = mesh.twin[h]
    if (o < h) continue
    for (let end = 0; end < 2; end++) {
      const a = pieceAt(label, h, end === 1)
      const b = pieceAt(label, o, end === 0)
      if (label[a] === label[b]) continue
      const length = (edgeLength(mesh, h) / 2) * (mesh.flags[h] & HARD_LINES ? 0.001 : mesh.flags[h] ? 0.5 : 1)
      addBorder(sets.find(a), sets.find(b), length)
      addBorder(sets.find(b), sets.find(a), length)
    }
  }
  for (let t = 0; t < mesh.triangleCount; t++) {
    if (!isDivided(label, t)) continue
    const rootOf = (value: number) => {
      let j = 3 * t
      while (label[j] !== value) j++
      return sets.find(pieceAt(label, j, false))
    }
    eachInnerBorder(label, t, mesh, (ax, ay, bx, by, left, right) => {
      const length = Math.hypot(ax - bx, ay - by)
      addBorder(rootOf(left), rootOf(right), length)
      addBorder(rootOf(right), rootOf(left), length)
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
    target.set(root, best)
  }
  if (target.size === 0) detach(lots, blocks, sets, weight, stray, target)
  return relabel(mesh, label, sets, target)
}

/** No stray has a main piece beside it: the largest becomes a lot of its own, and others may join it; small ones go. */
function detach(
  lots: Lots, blocks: Blocks, sets: DisjointSets, weight: Float64Array, stray: ReadonlySet<number>,
  target: Map<number, number>,
): void {
  const largest = [...stray].reduce((best, p) => (weight[p] > weight[best] || (weight[p] === weight[best] && p < best) ? p : best))
  if (weight[largest] / 2 / LATTICE2_PER_M2 < DETACHED_M2) {
    for (const root of stray) target.set(root, OUTSIDE)
    return
  }
  target.set(largest, lots.subOfLot.length)
  lots.subOfLot.push(blocks.subOfTriangle[(sets.find(largest) / 3) | 0])
}

/** Give stray pieces to their targets; returns how many pieces of triangles changed hands. */
function relabel(mesh: Mesh, label: Int32Array, sets: DisjointSets, target: ReadonlyMap<number, number>): number {
  let changed = 0
  const rootOf = new Int32Array(3)
  for (let t = 0; t < mesh.triangleCount; t++) {
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
