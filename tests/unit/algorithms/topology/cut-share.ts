import { locatePoints } from '@/algorithms/topology/locate-points'
import type { LandCut, LandInput } from '@/algorithms/topology/land-input'
import { pointInRings } from '@/algorithms/topology/ring-geometry'

/**
 * Area of a building outside its own cell, m², counted on a raster of 10 cm: a method that shares nothing with the cutter.
 * Points within 4 cm of where they would change sides are left to the tolerance of half a square metre.
 */
export function strayM2(input: LandInput, cut: LandCut, index: number): number {
  const { rings } = input.buildings[index]
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      x0 = Math.min(x0, ring[i])
      x1 = Math.max(x1, ring[i])
      y0 = Math.min(y0, ring[i + 1])
      y1 = Math.max(y1, ring[i + 1])
    }
  }
  const xy: number[] = []
  for (let x = x0 + 9.5; x < x1; x += 20) for (let y = y0 + 9.5; y < y1; y += 20) if (pointInRings(rings, x, y)) xy.push(x, y)
  const own = cut.buildingCell[index]
  return locatePoints(cut.land, xy).filter((cell) => cell !== own).length * 0.01
}
