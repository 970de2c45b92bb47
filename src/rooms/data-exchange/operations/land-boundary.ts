import { makeLandFrame, toLngLat, LATTICE_M } from '@/core/land-frame'
import type { LandFrame } from '@/core/land-frame'
import type { XY } from '@/core/units'
import { boundsOf, centreOf } from '../geometry/lng-lat-bounds'
import { hullAround } from '../geometry/hull-around'
import type { BoundaryChoice, Pair } from '../model'
import type { CleanArea, CleanLand } from './clean-land'

/** Area of the land and the frame whose origin is its middle. */
export interface LandArea {
  readonly frame: LandFrame
  readonly polygons: readonly Pair[][][]
  /** The polygon chosen, or null where the land was drawn around communities or buildings. */
  readonly chosen: CleanArea | null
  readonly drawnFrom: 'polygon' | 'communities' | 'buildings'
}

/** Where the land ends: the polygon chosen, else the communities themselves, else a hull around the buildings. Null of nothing. */
export function landBoundary(land: CleanLand, choice: BoundaryChoice): LandArea | null {
  const chosen =
    choice.kind === 'polygon'
      ? ([...land.boundaries, ...land.communities].find((area) => area.file === choice.file && area.row === choice.row) ?? null)
      : null
  if (chosen !== null) return { frame: frameOf(chosen.polygons), polygons: chosen.polygons, chosen, drawnFrom: 'polygon' }
  if (land.communities.length > 0) {
    const polygons = land.communities.flatMap((area) => [...area.polygons])
    return { frame: frameOf(polygons), polygons, chosen: null, drawnFrom: 'communities' }
  }
  const corners = land.buildings.flatMap((building) => building.polygons.flatMap(([shell]) => shell))
  if (corners.length === 0) return null
  const frame = frameOf([[corners]])
  const metres = corners.map(([lng, lat]): XY => [(lng - frame.lng0) * frame.mPerDegLng, (lat - frame.lat0) * frame.mPerDegLat])
  const padding = choice.kind === 'extent' ? choice.paddingM : 0
  const ring = hullAround(metres, padding).map(([x, y]): Pair => toLngLat(frame, x / LATTICE_M, y / LATTICE_M))
  return { frame, polygons: [[ring]], chosen: null, drawnFrom: 'buildings' }
}

const frameOf = (polygons: readonly Pair[][][]): LandFrame =>
  makeLandFrame(centreOf(boundsOf(polygons.flatMap(([shell]) => shell))!))
