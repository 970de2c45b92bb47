import { toLngLat } from '@/core/land-frame'
import type { CellIndex } from './index-cells'

/** The border around a set of cells as lines in degrees: arcs with a cell of the set on one side only. O(arcs of the cells). */
export function outlineCells(index: CellIndex, cells: ArrayLike<number>): GeoJSON.MultiLineString {
  const { land, cellArc, cellArcStart } = index
  const inside = new Set(Array.from(cells))
  const lines: [number, number][][] = []
  for (const cell of inside) {
    for (let k = cellArcStart[cell]; k < cellArcStart[cell + 1]; k++) {
      const arc = cellArc[k]
      const other = land.arcLeft[arc] === cell ? land.arcRight[arc] : land.arcLeft[arc]
      if (inside.has(other)) continue
      const line: [number, number][] = []
      for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1]; p++) {
        line.push(toLngLat(land.frame, land.arcXY[2 * p], land.arcXY[2 * p + 1]))
      }
      lines.push(line)
    }
  }
  return { type: 'MultiLineString', coordinates: lines }
}
