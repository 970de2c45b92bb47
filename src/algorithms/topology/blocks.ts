import { PairTable } from '../shared/pair-table'
import type { Structures } from './classify'
import { flood, largestTriangles, middleX, middleY } from './flood'
import { HARD_LINES, LineFlag } from './line-flags'
import { LATTICE2_PER_M2 } from './load-land'
import type { LoadedLand } from './load-land'
import { pointInRing } from '@/core/rings'
import { pointInRings } from './ring-geometry'
import { nextInTriangle } from './triangulate'
import type { Mesh } from './triangulate'

export const BlockKind = { land: 0, outside: 1, sea: 2, water: 3 } as const

/** Faces of hard lines (blocks) and of hard and soft lines together (sub-blocks), and where each structure is at home. */
export interface Blocks {
  readonly blockCount: number
  readonly blockOfTriangle: Int32Array
  readonly kind: Uint8Array
  readonly community: Int32Array
  /** 1 where no community covers the block and a neighbour's was taken. */
  readonly guessed: Uint8Array
  readonly areaM2: Float64Array
  readonly subCount: number
  readonly subOfTriangle: Int32Array
  readonly blockOfSub: Int32Array
  /** Sub-block by structure; −1 where it lies outside the land. */
  readonly home: Int32Array
  /** Share of the structure that lies in other blocks than its home. */
  readonly strayShare: Float64Array
}

/** Gaps between communities up to this are given to a neighbour, m². */
const GAP_M2 = 5000

/**
 * Streets within one walled compound become soft: the wall bounds the cells, the ways inside only suggest where to
 * divide. Changes the flags of the mesh; returns how many half-edges were demoted.
 */
export function demoteStreetsInCompounds(mesh: Mesh, compounds: readonly { readonly ring: ArrayLike<number> }[]): number {
  if (compounds.length === 0) return 0
  const { part, count } = flood(mesh, LineFlag.wall)
  const witness = largestTriangles(mesh, part, count)
  const boxes = compounds.map(({ ring }) => {
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
    for (let i = 0; i + 1 < ring.length; i += 2) {
      x0 = Math.min(x0, ring[i])
      x1 = Math.max(x1, ring[i])
      y0 = Math.min(y0, ring[i + 1])
      y1 = Math.max(y1, ring[i + 1])
    }
    return [x0, y0, x1, y1]
  })
  const compoundOf = new Int32Array(count).fill(-1)
  for (let p = 0; p < count; p++) {
    const x = middleX(mesh, witness[p])
    const y = middleY(mesh, witness[p])
    compoundOf[p] = compounds.findIndex(
      ({ ring }, i) => ring.length >= 6 && x >= boxes[i][0] && x <= boxes[i][2] && y >= boxes[i][1] && y <= boxes[i][3] && pointInRing(ring, x, y) > 0,
    )
  }
  let demoted = 0
  for (let h = 0; h < mesh.corner.length; h++) {
    if (!(mesh.flags[h] & LineFlag.street) || mesh.twin[h] < 0) continue
    const a = part[(h / 3) | 0]
    const b = part[(mesh.twin[h] / 3) | 0]
    if (a !== b || compoundOf[a] < 0) continue
    mesh.flags[h] = (mesh.flags[h] & ~(LineFlag.street | LineFlag.major)) | LineFlag.soft
    demoted++
  }
  return demoted
}

/** Flood the faces, tell land from sea, water and outside, and give each structure the block that holds most of it. */
export function findBlocks(
  mesh: Mesh,
  coast: Int32Array,
  structures: Structures,
  land: LoadedLand,
  waterAreas: readonly (readonly ArrayLike<number>[])[],
): Blocks {
  const hard = flood(mesh, HARD_LINES)
  const sub = flood(mesh, HARD_LINES | LineFlag.soft | LineFlag.green)
  const blockOfSub = new Int32Array(sub.count)
  const areaM2 = new Float64Array(hard.count)
  for (let t = 0; t < mesh.triangleCount; t++) {
    blockOfSub[sub.part[t]] = hard.part[t]
    areaM2[hard.part[t]] += mesh.area2[t] / 2 / LATTICE2_PER_M2
  }
  const witness = largestTriangles(mesh, hard.part, hard.count)
  const kind = new Uint8Array(hard.count)
  const community = new Int32Array(hard.count).fill(land.communities.length === 0 ? 0 : -1)
  for (let b = 0; b < hard.count; b++) {
    const x = middleX(mesh, witness[b])
    const y = middleY(mesh, witness[b])
    if (land.communities.length > 0) community[b] = land.communities.findIndex((rings) => pointInRings(rings, x, y))
    const inside = land.boundary.length > 0 ? pointInRings(land.boundary, x, y) : community[b] >= 0
    if (!inside) kind[b] = BlockKind.outside
    else if (waterAreas.some((rings) => pointInRings(rings, x, y))) kind[b] = BlockKind.water
  }
  voteSea(mesh, coast, hard.part, kind)
  const guessed = new Uint8Array(hard.count)
  if (land.communities.length > 0) fillGaps(mesh, hard.part, kind, community, guessed, areaM2)
  const { home, strayShare } = findHomes(mesh, structures, hard.part, sub.part, blockOfSub, kind)
  return {
    blockCount: hard.count, blockOfTriangle: hard.part, kind, community, guessed, areaM2,
    subCount: sub.count, subOfTriangle: sub.part, blockOfSub, home, strayShare,
  }
}

/** A block is sea where more of its coast has it on the right than on the left: mapped coasts are not always whole. */
function voteSea(mesh: Mesh, coast: Int32Array, blockOfTriangle: Int32Array, kind: Uint8Array): void {
  const balance = new Float64Array(kind.length)
  for (const h of coast) {
    const a = mesh.corner[h]
    const b = mesh.corner[nextInTriangle(h)]
    const length = Math.hypot(mesh.x[a] - mesh.x[b], mesh.y[a] - mesh.y[b])
    balance[blockOfTriangle[(h / 3) | 0]] -= length
    if (mesh.twin[h] >= 0) balance[blockOfTriangle[(mesh.twin[h] / 3) | 0]] += length
  }
  for (let b = 0; b < kind.length; b++) if (balance[b] > 0 && kind[b] !== BlockKind.outside) kind[b] = BlockKind.sea
}

/** Blocks of the land without a community, and small gaps between communities, go to the neighbour along the longest border. */
function fillGaps(
  mesh: Mesh, blockOfTriangle: Int32Array, kind: Uint8Array, community: Int32Array, guessed: Uint8Array, areaM2: Float64Array,
): void {
  const pending = new Set<number>()
  const hull = new Set<number>()
  for (let h = 0; h < mesh.corner.length; h++) if (mesh.twin[h] < 0) hull.add(blockOfTriangle[(h / 3) | 0])
  for (let b = 0; b < kind.length; b++) {
    if (community[b] >= 0) continue
    if (kind[b] === BlockKind.land || kind[b] === BlockKind.water) pending.add(b)
    else if (kind[b] === BlockKind.outside && areaM2[b] < GAP_M2 && !hull.has(b)) pending.add(b)
  }
  while (pending.size > 0) {
    const votes = new Map<number, Map<number, number>>()
    const openBorder = new Map<number, number>()
    for (let h = 0; h < mesh.corner.length; h++) {
      if (mesh.twin[h] < 0 || !mesh.flags[h]) continue
      const b = blockOfTriangle[(h / 3) | 0]
      const o = blockOfTriangle[(mesh.twin[h] / 3) | 0]
      if (b === o || !pending.has(b)) continue
      const length = Math.hypot(
        mesh.x[mesh.corner[h]] - mesh.x[mesh.corner[nextInTriangle(h)]],
        mesh.y[mesh.corner[h]] - mesh.y[mesh.corner[nextInTriangle(h)]],
      )
      if (community[o] >= 0 && kind[o] !== BlockKind.outside) {
        let vote = votes.get(b)
        if (!vote) votes.set(b, (vote = new Map()))
        vote.set(community[o], (vote.get(community[o]) ?? 0) + length)
      } else if (kind[o] === BlockKind.outside && !pending.has(o)) {
        openBorder.set(b, (openBorder.get(b) ?? 0) + length)
      }
    }
    if (votes.size === 0) break
    for (const [b, vote] of votes) {
      pending.delete(b)
      let best = -1
      let bestLength = 0
      for (const [c, length] of [...vote].sort((p, q) => p[0] - q[0])) {
        if (length > bestLength) {
          best = c
          bestLength = length
        }
      }
      // A bay that opens to the outside is outside; a gap closed in by communities is theirs.
      if (kind[b] === BlockKind.outside && (openBorder.get(b) ?? 0) > bestLength * 0.2) continue
      community[b] = best
      guessed[b] = 1
      if (kind[b] === BlockKind.outside) kind[b] = BlockKind.land
    }
  }
  for (const b of pending) kind[b] = BlockKind.outside
}

function findHomes(
  mesh: Mesh, structures: Structures, blockOfTriangle: Int32Array, subOfTriangle: Int32Array, blockOfSub: Int32Array, kind: Uint8Array,
): { home: Int32Array; strayShare: Float64Array } {
  const inSub = new PairTable(structures.count * 2)
  const subArea: number[] = []
  const inBlock = new PairTable(structures.count * 2)
  const blockArea: number[] = []
  const total = new Float64Array(structures.count)
  for (let t = 0; t < mesh.triangleCount; t++) {
    const s = structures.ofTriangle[t]
    if (s < 0) continue
    const p = inSub.add(s, subOfTriangle[t])
    subArea[p] = (subArea[p] ?? 0) + mesh.area2[t]
    const q = inBlock.add(s, blockOfTriangle[t])
    blockArea[q] = (blockArea[q] ?? 0) + mesh.area2[t]
    total[s] += mesh.area2[t]
  }
  const homeBlock = new Int32Array(structures.count).fill(-1)
  const homeArea = new Float64Array(structures.count)
  const outside = new Float64Array(structures.count)
  for (let q = 0; q < inBlock.size; q++) {
    const s = inBlock.a[q]
    const b = inBlock.b[q]
    if (kind[b] === BlockKind.outside) outside[s] += blockArea[q]
    // A house over water or on a pier belongs to the land it touches.
    const weight = kind[b] === BlockKind.land ? blockArea[q] : kind[b] === BlockKind.water ? blockArea[q] * 1e-6 : 0
    if (weight > homeArea[s]) {
      homeArea[s] = weight
      homeBlock[s] = b
    }
  }
  const home = new Int32Array(structures.count).fill(-1)
  const best = new Float64Array(structures.count)
  for (let p = 0; p < inSub.size; p++) {
    const s = inSub.a[p]
    if (blockOfSub[inSub.b[p]] !== homeBlock[s] || subArea[p] <= best[s]) continue
    best[s] = subArea[p]
    home[s] = inSub.b[p]
  }
  const strayShare = new Float64Array(structures.count)
  for (let q = 0; q < inBlock.size; q++) {
    if (inBlock.b[q] === homeBlock[inBlock.a[q]]) strayShare[inBlock.a[q]] = 1 - blockArea[q] / total[inBlock.a[q]]
  }
  for (let s = 0; s < structures.count; s++) if (outside[s] * 2 > total[s]) home[s] = -1
  return { home, strayShare }
}
