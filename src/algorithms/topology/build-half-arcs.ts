import { arcsByNode } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import { compareDirections } from '@/core/rings'

/**
 * Half-arcs of a land: half-arc 2k runs along arc k, 2k+1 against it. `next[h]` continues the walk around the face on
 * the left of h. Also the arcs of each cell, in compressed rows.
 */
export interface HalfArcs {
  readonly next: Int32Array
  /** Half-arcs with a cell on their left, ascending. */
  halvesOf(cell: number): ArrayLike<number>
}

const cache = new WeakMap<Land, HalfArcs>()
const followed = new WeakMap<NonNullable<Land['redrawn']>, { next: Int32Array; seen: number }>()

/** Half-arcs of a land, made once per land; of one that a plan redraws, at the cost of what was redrawn. O(a log a). */
export function halfArcsOf(land: Land): HalfArcs {
  let made = cache.get(land)
  if (!made) {
    made = land.redrawn ? followHalfArcs(land, land.redrawn) : buildHalfArcs(land)
    cache.set(land, made)
  }
  return made
}

/** Cell on the left of a half-arc; −1 outside. */
export const leftOf = (land: Land, h: number): number => (h & 1 ? land.arcRight[h >> 1] : land.arcLeft[h >> 1])

/** Node where a half-arc begins. */
export const originOf = (land: Land, h: number): number => land.arcNodes[(h >> 1) * 2 + (h & 1)]

/** Link the half-arcs around some nodes to those that follow them. */
function linkNodes(land: Land, nodes: Iterable<number>, next: Int32Array): void {
  const { arcXY, arcStart } = land
  const { start, item } = arcsByNode(land)
  const dx = (h: number) => (h & 1 ? arcXY[2 * arcStart[(h >> 1) + 1] - 4] - arcXY[2 * arcStart[(h >> 1) + 1] - 2] : arcXY[2 * arcStart[h >> 1] + 2] - arcXY[2 * arcStart[h >> 1]])
  const dy = (h: number) => (h & 1 ? arcXY[2 * arcStart[(h >> 1) + 1] - 3] - arcXY[2 * arcStart[(h >> 1) + 1] - 1] : arcXY[2 * arcStart[h >> 1] + 3] - arcXY[2 * arcStart[h >> 1] + 1])
  for (const n of nodes) {
    const fan: number[] = []
    for (let k = start[n]; k < start[n + 1]; k++) {
      for (const h of [2 * item[k], 2 * item[k] + 1]) if (originOf(land, h) === n) fan.push(h)
    }
    fan.sort((a, b) => compareDirections(dx(a), dy(a), dx(b), dy(b)) || a - b)
    // The twin of an outgoing half-arc arrives here; the face on its left goes on with the one clockwise before it.
    for (let i = 0; i < fan.length; i++) next[fan[i] ^ 1] = fan[(i + fan.length - 1) % fan.length]
  }
}

function followHalfArcs(land: Land, redrawn: NonNullable<Land['redrawn']>): HalfArcs {
  const count = 2 * land.arcLeft.length
  const known = followed.get(redrawn)
  let next = known?.next ?? new Int32Array(0)
  if (next.length < count) {
    next = new Int32Array(Math.ceil(1.1 * count))
    if (known) next.set(known.next)
  }
  const nodes = new Set<number>(known ? [] : land.nodeIds.keys())
  for (const step of redrawn.steps.slice(known?.seen ?? redrawn.steps.length)) for (const node of step.nodes) nodes.add(node)
  linkNodes(land, [...nodes].filter((node) => node < land.nodeIds.length), next)
  followed.set(redrawn, { next, seen: redrawn.steps.length })
  const { cellArcs } = redrawn
  return {
    next,
    halvesOf(cell) {
      const halves: number[] = []
      for (let k = cellArcs.start[cell]; k < cellArcs.start[cell + 1]; k++) {
        const arc = cellArcs.item[k]
        if (land.arcLeft[arc] === cell) halves.push(2 * arc)
        if (land.arcRight[arc] === cell) halves.push(2 * arc + 1)
      }
      return halves
    },
  }
}

function buildHalfArcs(land: Land): HalfArcs {
  const arcCount = land.arcLeft.length
  const nodeCount = land.nodeXY.length / 2
  const { arcXY, arcStart } = land
  const dx = new Int32Array(arcCount * 2)
  const dy = new Int32Array(arcCount * 2)
  const nodeStart = new Uint32Array(nodeCount + 1)
  for (let k = 0; k < arcCount; k++) {
    const s = arcStart[k]
    const e = arcStart[k + 1] - 1
    dx[2 * k] = arcXY[2 * s + 2] - arcXY[2 * s]
    dy[2 * k] = arcXY[2 * s + 3] - arcXY[2 * s + 1]
    dx[2 * k + 1] = arcXY[2 * e - 2] - arcXY[2 * e]
    dy[2 * k + 1] = arcXY[2 * e - 1] - arcXY[2 * e + 1]
    nodeStart[land.arcNodes[2 * k] + 1]++
    nodeStart[land.arcNodes[2 * k + 1] + 1]++
  }
  for (let n = 0; n < nodeCount; n++) nodeStart[n + 1] += nodeStart[n]
  const fill = nodeStart.slice()
  const around = new Int32Array(arcCount * 2)
  for (let h = 0; h < arcCount * 2; h++) around[fill[originOf(land, h)]++] = h
  const next = new Int32Array(arcCount * 2)
  for (let n = 0; n < nodeCount; n++) {
    const fan = around.subarray(nodeStart[n], nodeStart[n + 1])
    fan.sort((a, b) => compareDirections(dx[a], dy[a], dx[b], dy[b]) || a - b)
    // The twin of an outgoing half-arc arrives here; the face on its left goes on with the one clockwise before it.
    for (let i = 0; i < fan.length; i++) next[fan[i] ^ 1] = fan[(i + fan.length - 1) % fan.length]
  }
  const cellCount = land.cellCommunity.length
  const cellStart = new Uint32Array(cellCount + 1)
  for (let h = 0; h < arcCount * 2; h++) {
    const c = leftOf(land, h)
    if (c >= 0) cellStart[c + 1]++
  }
  for (let c = 0; c < cellCount; c++) cellStart[c + 1] += cellStart[c]
  const cellFill = cellStart.slice()
  const cellHalf = new Int32Array(cellStart[cellCount])
  for (let h = 0; h < arcCount * 2; h++) {
    const c = leftOf(land, h)
    if (c >= 0) cellHalf[cellFill[c]++] = h
  }
  return { next, halvesOf: (cell) => cellHalf.subarray(cellStart[cell], cellStart[cell + 1]) }
}
