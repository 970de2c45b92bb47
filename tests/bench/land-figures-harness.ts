import { ArcKind } from '@/core/land'
import type { Land } from '@/core/land'
import { classifyStreet } from '@/algorithms/topology/load-land'
import type { LandInput } from '@/algorithms/topology/land-input'
import { LineFlag } from '@/algorithms/topology/line-flags'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'

/** Degrees of turning per 100 m of free border, over inner points of free arcs. */
export function freeBorderTurning(land: Land): { degPer100M: number; freeKm: number; sharpPerKm: number } {
  let turnDeg = 0
  let lengthM = 0
  let sharp = 0
  for (let k = 0; k < land.arcKind.length; k++) {
    if (land.arcKind[k] !== ArcKind.free) continue
    let lastX = 0
    let lastY = 0
    for (let p = land.arcStart[k]; p + 1 < land.arcStart[k + 1]; p++) {
      const dx = land.arcXY[2 * p + 2] - land.arcXY[2 * p]
      const dy = land.arcXY[2 * p + 3] - land.arcXY[2 * p + 1]
      lengthM += Math.hypot(dx, dy) / 200
      if (p > land.arcStart[k]) {
        const deg = Math.abs((Math.atan2(lastX * dy - lastY * dx, lastX * dx + lastY * dy) * 180) / Math.PI)
        turnDeg += deg
        if (deg > 80) sharp++
      }
      lastX = dx
      lastY = dy
    }
  }
  return { degPer100M: (turnDeg / lengthM) * 100, freeKm: lengthM / 1000, sharpPerKm: sharp / (lengthM / 1000) }
}

/**
 * Of the border that runs near a hard street (within 3 m of it and within 20° of its direction), the share that lies within
 * 3 cm of its centre line. Sampled every metre; independent of the kinds the cutter has given its arcs.
 */
export function streetShare(land: Land, input: LandInput): { share: number; nearKm: number } {
  const side = 4000
  const buckets = new Map<string, number[]>()
  const s: number[] = []
  for (const street of input.streets) {
    const sort = classifyStreet(street)
    if ('dropped' in sort || !(sort.flags & LineFlag.street)) continue
    for (let i = 0; i + 3 < street.line.length; i += 2) {
      const at = s.length
      s.push(street.line[i], street.line[i + 1], street.line[i + 2], street.line[i + 3])
      const c0 = Math.floor((Math.min(s[at], s[at + 2]) - 600) / side), c1 = Math.floor((Math.max(s[at], s[at + 2]) + 600) / side)
      const r0 = Math.floor((Math.min(s[at + 1], s[at + 3]) - 600) / side), r1 = Math.floor((Math.max(s[at + 1], s[at + 3]) + 600) / side)
      for (let c = c0; c <= c1; c++) {
        for (let r = r0; r <= r1; r++) {
          const key = `${c},${r}`
          const list = buckets.get(key)
          if (list) list.push(at)
          else buckets.set(key, [at])
        }
      }
    }
  }
  let near = 0
  let on = 0
  for (let k = 0; k < land.arcKind.length; k++) {
    for (let p = land.arcStart[k]; p + 1 < land.arcStart[k + 1]; p++) {
      const ax = land.arcXY[2 * p], ay = land.arcXY[2 * p + 1]
      const dx = land.arcXY[2 * p + 2] - ax, dy = land.arcXY[2 * p + 3] - ay
      const length = Math.hypot(dx, dy)
      const steps = Math.max(1, Math.round(length / 200))
      for (let i = 0; i < steps; i++) {
        const x = ax + (dx * (i + 0.5)) / steps
        const y = ay + (dy * (i + 0.5)) / steps
        let least = Infinity
        for (const at of buckets.get(`${Math.floor(x / side)},${Math.floor(y / side)}`) ?? []) {
          const ex = s[at + 2] - s[at], ey = s[at + 3] - s[at + 1]
          const e = Math.hypot(ex, ey)
          if (e === 0 || Math.abs(dx * ex + dy * ey) < 0.94 * e * length) continue
          const t = Math.max(0, Math.min(1, ((x - s[at]) * ex + (y - s[at + 1]) * ey) / (e * e)))
          least = Math.min(least, Math.hypot(x - s[at] - t * ex, y - s[at + 1] - t * ey) / 200)
        }
        if (least > 3) continue
        near += length / steps
        if (least <= 0.03) on += length / steps
      }
    }
  }
  return { share: on / near, nearKm: near / 200_000 }
}

/** Cells that touch one other cell only and not the outside. */
export function enclosedCells(land: Land): number {
  const outside = new Uint8Array(land.cellCommunity.length)
  for (let k = 0; k < land.arcLeft.length; k++) {
    if (land.arcLeft[k] < 0) outside[land.arcRight[k]] = 1
    if (land.arcRight[k] < 0) outside[land.arcLeft[k]] = 1
  }
  const { start } = buildCellAdjacency(land)
  let count = 0
  for (let c = 0; c < outside.length; c++) if (!outside[c] && start[c + 1] - start[c] === 1) count++
  return count
}

/** Border points by cell: each arc counts for both its cells. */
export function pointsPerCell(land: Land): number {
  let sum = 0
  for (let k = 0; k < land.arcLeft.length; k++) {
    const inner = land.arcStart[k + 1] - land.arcStart[k] - 1
    sum += inner * ((land.arcLeft[k] >= 0 ? 1 : 0) + (land.arcRight[k] >= 0 ? 1 : 0))
  }
  return sum / land.cellCommunity.length
}
