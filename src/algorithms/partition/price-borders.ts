import { ArcKind, type CellAdjacency, type Land } from '@/core/land'
import { LATTICE_M } from '@/core/land-frame'

/** Price of a metre of grid border by what it follows: best where a person would draw it. */
const PRICE: Readonly<Record<number, number>> = {
  [ArcKind.free]: 1,
  [ArcKind.wall]: 0.6,
  [ArcKind.lane]: 0.5,
  [ArcKind.street]: 0.3,
  [ArcKind.water]: 0.2,
  [ArcKind.railway]: 0.2,
  [ArcKind.boundary]: 0.1,
}
const KINDS = Object.keys(ArcKind).length
/** Least price of a border, so that two cells never part for nothing. */
export const LEAST_COST = 1

/** Borders between neighbouring cells, by entry of the adjacency. */
export interface BorderLines {
  readonly metres: Float64Array
  /** Metres along streets and lanes. */
  readonly streetM: Float64Array
  /** What of the metres is not charged, because the border follows something. */
  readonly savedM: Float64Array
  /** Metres by `ArcKind`, row by row of kinds: kind k of entry e is at k × entries + e. */
  readonly byKind: Float64Array
}

/** Measure the borders between cells and what they follow. Complexity O(points + borders × neighbours). */
export function measureBorders(land: Land, adjacency: CellAdjacency): BorderLines {
  const { start, neighbour } = adjacency
  const entries = neighbour.length
  const byKind = new Float64Array(KINDS * entries)
  const addTo = (cell: number, other: number, kind: number, metres: number): void => {
    for (let k = start[cell]; k < start[cell + 1]; k++) if (neighbour[k] === other) byKind[kind * entries + k] += metres
  }
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const left = land.arcLeft[arc]
    const right = land.arcRight[arc]
    if (left < 0 || right < 0 || left === right) continue
    let lengthLattice = 0
    for (let p = land.arcStart[arc]; p + 1 < land.arcStart[arc + 1]; p++) {
      const dx = land.arcXY[2 * p + 2] - land.arcXY[2 * p]
      const dy = land.arcXY[2 * p + 3] - land.arcXY[2 * p + 1]
      lengthLattice += Math.sqrt(dx * dx + dy * dy)
    }
    addTo(left, right, land.arcKind[arc], lengthLattice * LATTICE_M)
    addTo(right, left, land.arcKind[arc], lengthLattice * LATTICE_M)
  }
  const sumOf = (share: (kind: number) => number) => {
    const sum = new Float64Array(entries)
    for (let kind = 0; kind < KINDS; kind++) for (let k = 0; k < entries; k++) sum[k] += share(kind) * byKind[kind * entries + k]
    return sum
  }
  return {
    metres: sumOf(() => 1),
    streetM: sumOf((kind) => (kind === ArcKind.street || kind === ArcKind.lane ? 1 : 0)),
    savedM: sumOf((kind) => 1 - (PRICE[kind] ?? 1)),
    byKind,
  }
}

/**
 * What it costs to run a grid border between two neighbouring cells, by entry of the adjacency: metres, made cheaper by
 * streets, water and walls they follow.
 */
export function priceBorders(land: Land, adjacency: CellAdjacency): Float64Array {
  const { metres, savedM } = measureBorders(land, adjacency)
  return metres.map((length, k) => Math.max(length - savedM[k], LEAST_COST))
}
