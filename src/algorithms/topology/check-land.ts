import type { Land } from '@/core/land'
import { halfArcsOf, leftOf } from './build-half-arcs'
import { deriveGridOutline } from './derive-grid-outline'
import { findCrossings } from './find-crossings'

export const LAND_PROBLEMS = [
  'arc_ends', // an arc has fewer than two points, no length in one step, or does not end at its nodes
  'cell_missing', // an arc names a cell that does not exist, or the same cell on both sides
  'face_mixed', // a walk around a face meets two different cells
  'cell_open', // a cell has no outer ring
  'cell_in_pieces', // a cell has more than one outer ring
  'area_differs', // cells do not add up to the land within its outer rings
  'crossing', // two border segments cross, overlap, or one ends on another's middle
  'label_outside', // a label point outside its cell
] as const

export interface LandProblem {
  readonly code: (typeof LAND_PROBLEMS)[number]
  /** Arc or cell index, as the code says. */
  readonly at: number
  readonly other?: number
}

export interface LandCheck {
  readonly ok: boolean
  readonly problems: readonly LandProblem[]
  /** Twice the lattice area of all cells and of the outer rings of the land: equal when coverage is exact. */
  readonly cellsArea2: number
  readonly landArea2: number
}

/** Prove that a land is a planar subdivision without gap or overlap. O(p log p). At most 100 problems are listed. */
export function checkLand(land: Land): LandCheck {
  const problems: LandProblem[] = []
  const report = (code: LandProblem['code'], at: number, other?: number) => {
    if (problems.length < 100) problems.push({ code, at, other })
  }
  const cellCount = land.cellCommunity.length
  checkArcs(land, cellCount, report)
  if (problems.length > 0) return { ok: false, problems, cellsArea2: 0, landArea2: 0 }

  const halves = halfArcsOf(land)
  const walked = new Uint8Array(land.arcLeft.length * 2)
  for (let h = 0; h < walked.length; h++) {
    if (walked[h]) continue
    const cell = leftOf(land, h)
    let g = h
    do {
      walked[g] = 1
      if (leftOf(land, g) !== cell) report('face_mixed', g >> 1, cell)
      g = halves.next[g]
    } while (g !== h && !walked[g])
  }
  // Outlines can only be walked when the sides of all arcs agree.
  if (problems.length > 0) return { ok: false, problems, cellsArea2: 0, landArea2: 0 }

  const own = Int32Array.from({ length: cellCount }, (_, i) => i)
  let cellsArea2 = 0
  const one = [0]
  for (let c = 0; c < cellCount; c++) {
    one[0] = c
    const outline = deriveGridOutline(land, own, c, one)
    if (outline.polygons.length === 0) report('cell_open', c)
    if (outline.polygons.length > 1) report('cell_in_pieces', c, outline.polygons.length)
    cellsArea2 += outline.area2 * 2
  }
  const landArea2 = deriveGridOutline(land, new Uint8Array(cellCount), 0).area2 * 2
  if (landArea2 !== cellsArea2) report('area_differs', -1)
  for (const [a, b] of findCrossings(land)) report('crossing', a, b)
  return { ok: problems.length === 0, problems, cellsArea2, landArea2 }
}

function checkArcs(land: Land, cellCount: number, report: (code: LandProblem['code'], at: number) => void): void {
  const { arcStart, arcXY, arcNodes, nodeXY } = land
  for (let k = 0; k < land.arcLeft.length; k++) {
    const s = arcStart[k]
    const e = arcStart[k + 1] - 1
    let sound = e > s
    for (let p = s; sound && p < e; p++) {
      if (arcXY[2 * p] === arcXY[2 * p + 2] && arcXY[2 * p + 1] === arcXY[2 * p + 3]) sound = false
    }
    const a = arcNodes[2 * k]
    const b = arcNodes[2 * k + 1]
    if (
      !sound || nodeXY[2 * a] !== arcXY[2 * s] || nodeXY[2 * a + 1] !== arcXY[2 * s + 1] ||
      nodeXY[2 * b] !== arcXY[2 * e] || nodeXY[2 * b + 1] !== arcXY[2 * e + 1]
    ) report('arc_ends', k)
    const left = land.arcLeft[k]
    const right = land.arcRight[k]
    if (left === right || left >= cellCount || right >= cellCount || left < -1 || right < -1) report('cell_missing', k)
  }
}
