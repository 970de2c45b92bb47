import { LATTICE_M } from '@/core/land-frame'
import type { CellAdjacency, Land } from '@/core/land'

/**
 * Cells that share a border, with its length in metres. Outside (−1) is nobody's neighbour. O(points + pairs log pairs).
 */
export function buildCellAdjacency(land: Land): CellAdjacency {
  const cellCount = land.cellCommunity.length
  const arcCount = land.arcLeft.length
  const lengthM = new Float64Array(arcCount)
  const half: number[] = []
  for (let k = 0; k < arcCount; k++) {
    const left = land.arcLeft[k]
    const right = land.arcRight[k]
    if (left < 0 || right < 0 || left === right) continue
    let sum = 0
    for (let p = land.arcStart[k]; p + 1 < land.arcStart[k + 1]; p++) {
      const dx = land.arcXY[2 * p + 2] - land.arcXY[2 * p]
      const dy = land.arcXY[2 * p + 3] - land.arcXY[2 * p + 1]
      sum += Math.sqrt(dx * dx + dy * dy)
    }
    lengthM[k] = sum * LATTICE_M
    half.push(2 * k, 2 * k + 1)
  }
  const from = (h: number) => (h & 1 ? land.arcRight[h >> 1] : land.arcLeft[h >> 1])
  half.sort((a, b) => from(a) - from(b) || from(a ^ 1) - from(b ^ 1) || a - b)
  const start = new Uint32Array(cellCount + 1)
  const neighbour: number[] = []
  const borderM: number[] = []
  let lastFrom = -1
  let lastTo = -1
  for (const h of half) {
    const a = from(h)
    const b = from(h ^ 1)
    if (a === lastFrom && b === lastTo) {
      borderM[borderM.length - 1] += lengthM[h >> 1]
      continue
    }
    neighbour.push(b)
    borderM.push(lengthM[h >> 1])
    start[a + 1]++
    lastFrom = a
    lastTo = b
  }
  for (let c = 0; c < cellCount; c++) start[c + 1] += start[c]
  return { start, neighbour: Int32Array.from(neighbour), borderM: Float64Array.from(borderM) }
}
