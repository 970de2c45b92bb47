import { BlockKind } from './blocks'
import type { Blocks } from './blocks'
import type { Structures } from './classify'
import { UNLABELLED, fill, labelAtEnd, labelAtStart, makeChoice } from './corner-labels'
import type { Lots } from './corner-labels'
import { spreadLabels } from './grow'
import { HARD_LINES, LineFlag } from './line-flags'
import { LATTICE_PER_M } from './load-land'
import { nextInTriangle } from './triangulate'
import type { Mesh } from './triangulate'

/** A block without buildings is a ribbon when its mean thickness 2A/P is below this, metres … */
const THIN_M = 8
/** … or its area below this, m². */
const SMALL_M2 = 1500
/** A ribbon waits until this share of its edge has a lot on the other side: one round gave a comb of teeth. */
const READY_SHARE = 0.3

/**
 * Medians, islands and verges: divide each along its axis between the lots on both its sides, so that the border runs
 * mid-median instead of along one carriageway. Never over community borders, coast, water or walls.
 */
export function divideRibbons(mesh: Mesh, structures: Structures, blocks: Blocks, lots: Lots): { ribbons: number; rounds: number } {
  const { label, structureCount } = lots
  const trianglesOf = findRibbons(mesh, blocks, lots)
  const waiting = new Set(trianglesOf.keys())
  const count = waiting.size
  const isLot = (value: number) => value >= 0 && value < structureCount
  /** Half-edges of a ribbon over which a label may come in. */
  const open = (h: number, ribbon: number) => {
    const o = mesh.twin[h]
    if (o < 0 || !(mesh.flags[h] & HARD_LINES)) return false
    if (mesh.flags[h] & (LineFlag.boundary | LineFlag.coast | LineFlag.water | LineFlag.wall)) return false
    const other = blocks.blockOfTriangle[(o / 3) | 0]
    return other !== ribbon && !waiting.has(other) && blocks.kind[other] === BlockKind.land
  }
  let rounds = 0
  while (waiting.size > 0) {
    rounds++
    const share = new Map<number, number>()
    let largest = 0
    for (const ribbon of waiting) {
      let total = 0
      let labelled = 0
      for (const t of trianglesOf.get(ribbon) as number[]) {
        for (let h = 3 * t; h < 3 * t + 3; h++) {
          if (!(mesh.flags[h] & HARD_LINES)) continue
          const length = edgeLength(mesh, h)
          total += length
          if (open(h, ribbon) && isLot(labelAtStart(label, mesh.twin[h]))) labelled += length
        }
      }
      share.set(ribbon, total > 0 ? labelled / total : 0)
      largest = Math.max(largest, share.get(ribbon) as number)
    }
    if (largest <= 0) break
    const ready = [...waiting].filter((ribbon) => (share.get(ribbon) as number) >= Math.min(READY_SHARE, largest))
    for (const ribbon of ready) divideOne(mesh, label, trianglesOf.get(ribbon) as number[], (h) => open(h, ribbon), isLot, structures)
    for (const ribbon of ready) waiting.delete(ribbon)
  }
  for (const triangles of trianglesOf.values()) {
    for (const t of triangles) if (label[3 * t] === UNLABELLED) fill(label, t, structureCount + blocks.subOfTriangle[t])
  }
  return { ribbons: count, rounds }
}

function divideOne(
  mesh: Mesh, label: Int32Array, triangles: readonly number[], open: (h: number) => boolean, isLot: (value: number) => boolean,
  structures: Structures,
): void {
  const at = new Map<number, number[]>()
  const put = (v: number, value: number) => {
    if (!isLot(value) || (mesh.x[v] | mesh.y[v]) & 1) return
    const list = at.get(v)
    if (!list) at.set(v, [value])
    else if (!list.includes(value)) list.push(value)
  }
  for (const t of triangles) {
    for (let h = 3 * t; h < 3 * t + 3; h++) {
      if (!open(h)) continue
      const o = mesh.twin[h]
      put(mesh.corner[h], labelAtEnd(label, o))
      put(mesh.corner[o], labelAtStart(label, o))
    }
  }
  const choice = makeChoice()
  for (const t of triangles) {
    if (structures.ofTriangle[t] >= 0) continue
    for (let j = 0; j < 3; j++) {
      choice.clear(j)
      for (const value of at.get(mesh.corner[3 * t + j]) ?? []) choice.add(j, value)
    }
    choice.settle(label, t)
  }
  spreadLabels(mesh, label, HARD_LINES, isLot, triangles)
}

/** Triangles of each building-free block that is thin or small. */
function findRibbons(mesh: Mesh, blocks: Blocks, lots: Lots): Map<number, number[]> {
  const perimeterM = new Float64Array(blocks.blockCount)
  const settled = new Uint8Array(blocks.blockCount)
  for (let h = 0; h < mesh.corner.length; h++) {
    const b = blocks.blockOfTriangle[(h / 3) | 0]
    if (lots.label[h] >= 0 && lots.label[h] < lots.structureCount) settled[b] = 1
    if (mesh.flags[h] & HARD_LINES) perimeterM[b] += edgeLength(mesh, h) / LATTICE_PER_M
  }
  const found = new Map<number, number[]>()
  for (let b = 0; b < blocks.blockCount; b++) {
    if (blocks.kind[b] !== BlockKind.land || settled[b] || blocks.areaM2[b] === 0) continue
    if ((2 * blocks.areaM2[b]) / perimeterM[b] < THIN_M || blocks.areaM2[b] < SMALL_M2) found.set(b, [])
  }
  for (let t = 0; t < mesh.triangleCount; t++) found.get(blocks.blockOfTriangle[t])?.push(t)
  return found
}

export function edgeLength(mesh: Mesh, h: number): number {
  const a = mesh.corner[h]
  const b = mesh.corner[nextInTriangle(h)]
  const dx = mesh.x[a] - mesh.x[b]
  const dy = mesh.y[a] - mesh.y[b]
  return Math.sqrt(dx * dx + dy * dy)
}
