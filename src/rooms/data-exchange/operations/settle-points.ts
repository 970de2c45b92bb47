import { locatePoints } from '@/algorithms/topology/locate-points'
import type { Land } from '@/core/land'
import { toLngLat, toLattice } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import { pointInside } from '../geometry/point-inside'
import type { Pair } from '../model'

/** A building with a point of its own and the cell it belongs to; −1 none. */
interface Placed {
  readonly at: LngLat
  readonly polygons: readonly Pair[][][]
  readonly cell: number
}

/**
 * A building's point must lie in its cell, as the server asks; its own may not, where the building straddles a border or is too small to
 * bend one. Then another point of the building does, else the label point of the cell. Returns the points.
 */
export function settlePoints(land: Land, buildings: readonly Placed[]): LngLat[] {
  const { frame, cellLabelXY } = land
  const located = locatePoints(land, buildings.flatMap(({ at }) => toLattice(frame, ...rounded(at))))
  return buildings.map(({ at, polygons, cell }, index) => {
    if (cell < 0 || located[index] === cell) return at
    const candidates = polygons.flatMap((rings) => {
      const inside = pointInside(rings[0])
      return [inside, ...rings[0].map(([lng, lat]): LngLat => [(lng + inside[0]) / 2, (lat + inside[1]) / 2])]
    })
    const cells = locatePoints(land, candidates.flatMap((candidate) => toLattice(frame, ...rounded(candidate))))
    const found = cells.indexOf(cell)
    return found >= 0 ? candidates[found] : toLngLat(frame, cellLabelXY[2 * cell], cellLabelXY[2 * cell + 1])
  })
}

/** As it will be stored. */
const rounded = ([lng, lat]: LngLat): [number, number] => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
