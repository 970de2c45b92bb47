import Flatbush from 'flatbush'
import type { LandCut, LandInput } from '@/algorithms/topology/land-input'
import { locatePoints } from '@/algorithms/topology/locate-points'
import { pointInRings } from '@/algorithms/topology/ring-geometry'

/**
 * Buildings of which more than 0.5 m² lies outside their own cell, by a way that shares nothing with the cutter: walk all
 * borders in steps of 20 cm, collect the buildings they enter, and count those on a raster of 10 cm.
 */
export function buildingsCut(input: LandInput, cut: LandCut): { cut: number; worstM2: number; entered: number } {
  const { land } = cut
  const boxes = input.buildings.map((b) => {
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
    for (const ring of b.rings) {
      for (let i = 0; i < ring.length; i += 2) {
        x0 = Math.min(x0, ring[i])
        x1 = Math.max(x1, ring[i])
        y0 = Math.min(y0, ring[i + 1])
        y1 = Math.max(y1, ring[i + 1])
      }
    }
    return [x0, y0, x1, y1] as const
  })
  const index = new Flatbush(boxes.length)
  for (const box of boxes) index.add(...box)
  index.finish()
  // Those that constrain nothing by rule may be crossed.
  const free = new Set(['small', 'underground', 'invalid_outline'])
  const entered = new Set<number>()
  for (let k = 0; k < land.arcLeft.length; k++) {
    for (let p = land.arcStart[k]; p + 1 < land.arcStart[k + 1]; p++) {
      const ax = land.arcXY[2 * p], ay = land.arcXY[2 * p + 1]
      const dx = land.arcXY[2 * p + 2] - ax, dy = land.arcXY[2 * p + 3] - ay
      const near = index.search(Math.min(ax, ax + dx), Math.min(ay, ay + dy), Math.max(ax, ax + dx), Math.max(ay, ay + dy))
      const steps = Math.max(2, Math.ceil(Math.hypot(dx, dy) / 40))
      for (const b of near) {
        if (entered.has(b) || free.has(cut.buildingReview[b] ?? '')) continue
        for (let s = 0; s <= steps; s++) {
          if (!pointInRings(input.buildings[b].rings, ax + (dx * s) / steps, ay + (dy * s) / steps)) continue
          entered.add(b)
          break
        }
      }
    }
  }
  let count = 0
  let worstM2 = 0
  for (const b of entered) {
    const [x0, y0, x1, y1] = boxes[b]
    const { rings } = input.buildings[b]
    const xy: number[] = []
    const step = (x1 - x0) * (y1 - y0) > 4e8 ? 100 : 20
    for (let x = x0 + step / 2; x < x1; x += step) for (let y = y0 + step / 2; y < y1; y += step) if (pointInRings(rings, x, y)) xy.push(x, y)
    const own = cut.buildingCell[b]
    const strayM2 = locatePoints(land, xy).filter((c) => c !== own).length * (step / 200) ** 2
    worstM2 = Math.max(worstM2, strayM2)
    if (strayM2 > 0.5) count++
  }
  return { cut: count, worstM2, entered: entered.size }
}
