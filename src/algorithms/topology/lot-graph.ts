import { PairTable } from '../shared/pair-table'
import { BlockKind } from './blocks'
import type { Blocks } from './blocks'
import type { Structures } from './classify'
import { eachInnerBorder, eachPiece, isDivided, labelAtEnd, labelAtStart } from './corner-labels'
import type { Lots } from './corner-labels'
import { HARD_LINES, STRONG_LINES } from './line-flags'
import { LATTICE2_PER_M2, LATTICE_PER_M } from './load-land'
import { edgeLength } from './ribbons'
import type { Mesh } from './triangulate'

/** How hard the line between two lots is: nothing or a soft line, a hard line, a major street, railway, wall or water. */
export const BARRIERS = 4
export const Barrier = { free: 0, soft: 1, hard: 2, strong: 3 } as const

/**
 * Lots and the borders between them. Pairs are stored once; `rowStart`/`rowPair` list the pairs of each lot. Lots without
 * area are left in place with area 0 and no pairs.
 */
export interface LotGraph {
  readonly lotCount: number
  readonly areaM2: Float64Array
  readonly households: Float64Array
  /** Whole border, that to the outside included. */
  readonly perimeterM: Float64Array
  readonly block: Int32Array
  readonly community: Int32Array
  /** 1 for open water. */
  readonly water: Uint8Array
  readonly pairA: Int32Array
  readonly pairB: Int32Array
  /** Metres by pair and barrier; BARRIERS × pairs. */
  readonly borderM: Float64Array
  readonly rowStart: Uint32Array
  readonly rowPair: Int32Array
}

/** Measure all lots and their borders. O(triangles). */
export function buildLotGraph(mesh: Mesh, structures: Structures, blocks: Blocks, lots: Lots): LotGraph {
  const { label, subOfLot, structureCount } = lots
  const lotCount = subOfLot.length
  const areaM2 = new Float64Array(lotCount)
  const perimeterM = new Float64Array(lotCount)
  const table = new PairTable(structureCount * 4)
  const lengths: number[] = []
  const add = (a: number, b: number, lengthM: number, barrier: number) => {
    if (a >= 0) perimeterM[a] += lengthM
    if (b >= 0) perimeterM[b] += lengthM
    if (a < 0 || b < 0) return
    const p = a < b ? table.add(a, b) : table.add(b, a)
    while (lengths.length < table.size * BARRIERS) lengths.push(0)
    lengths[p * BARRIERS + barrier] += lengthM
  }
  for (let t = 0; t < mesh.triangleCount; t++) {
    eachPiece(label, t, mesh, (piece, share) => {
      if (label[piece] >= 0) areaM2[label[piece]] += (mesh.area2[t] * share) / 2 / LATTICE2_PER_M2
    })
    if (!isDivided(label, t)) continue
    eachInnerBorder(label, t, mesh, (ax, ay, bx, by, left, right) => {
      if (left !== right) add(left, right, Math.hypot(ax - bx, ay - by) / LATTICE_PER_M, Barrier.free)
    })
  }
  for (let h = 0; h < label.length; h++) {
    const o = mesh.twin[h]
    if (o < h) continue
    const a0 = labelAtStart(label, h), b0 = labelAtEnd(label, o)
    const a1 = labelAtEnd(label, h), b1 = labelAtStart(label, o)
    if (a0 === b0 && a1 === b1) continue
    const flags = mesh.flags[h]
    const barrier = !(flags & HARD_LINES) ? (flags & ~1 ? Barrier.soft : Barrier.free) : flags & STRONG_LINES ? Barrier.strong : Barrier.hard
    const half = edgeLength(mesh, h) / 2 / LATTICE_PER_M
    if (a0 !== b0) add(a0, b0, half, barrier)
    if (a1 !== b1) add(a1, b1, half, barrier)
  }

  const block = new Int32Array(lotCount).fill(-1)
  const community = new Int32Array(lotCount).fill(-1)
  const water = new Uint8Array(lotCount)
  const households = new Float64Array(lotCount)
  households.set(structures.households)
  for (let lot = 0; lot < lotCount; lot++) {
    const sub = subOfLot[lot]
    if (sub < 0) continue
    block[lot] = blocks.blockOfSub[sub]
    community[lot] = blocks.community[block[lot]]
    water[lot] = lot >= structureCount && blocks.kind[block[lot]] === BlockKind.water ? 1 : 0
  }
  const rowStart = new Uint32Array(lotCount + 1)
  for (let p = 0; p < table.size; p++) {
    rowStart[table.a[p] + 1]++
    rowStart[table.b[p] + 1]++
  }
  for (let lot = 0; lot < lotCount; lot++) rowStart[lot + 1] += rowStart[lot]
  const fillAt = rowStart.slice()
  const rowPair = new Int32Array(table.size * 2)
  for (let p = 0; p < table.size; p++) {
    rowPair[fillAt[table.a[p]]++] = p
    rowPair[fillAt[table.b[p]]++] = p
  }
  return {
    lotCount, areaM2, households, perimeterM, block, community, water,
    pairA: table.a.slice(0, table.size), pairB: table.b.slice(0, table.size), borderM: Float64Array.from(lengths), rowStart, rowPair,
  }
}
