import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { toLngLat } from '@/core/land-frame'
import { CellChange } from '../land-change'
import type { LandChange } from '../land-change'
import type { Pair } from '../model'
import type { StandingLand } from '../standing-land'

export const CHANGE_PARTS = ['changedCells', 'goneCells', 'changedStreets', 'changedBuildings'] as const
/** What the map shows of a change, lowest first. */
export type ChangePart = (typeof CHANGE_PARTS)[number]

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })

/** Features of one part of a change, each with the `state` it is drawn by, on WGS84. */
export function changeFeatures(change: LandChange, standing: StandingLand, part: ChangePart): GeoJSON.FeatureCollection {
  const { merged, land, diff } = change
  const area = (polygons: readonly Pair[][][], state: string): GeoJSON.Feature => ({
    type: 'Feature', properties: { state }, geometry: { type: 'MultiPolygon', coordinates: polygons as Pair[][][] },
  })
  const line = (positions: readonly Pair[], state: string): GeoJSON.Feature => ({
    type: 'Feature', properties: { state }, geometry: { type: 'LineString', coordinates: positions as Pair[] },
  })
  switch (part) {
    case 'changedCells': {
      const own = Int32Array.from(diff.cellChange.keys())
      return collection([...own].filter((cell) => diff.cellChange[cell] !== CellChange.kept).map((cell) => {
        const { polygons } = deriveGridOutline(land, own, cell, [cell])
        return area(polygons.map((rings) => rings.map((ring) => degrees(change, ring))), diff.cellChange[cell] === CellChange.new ? 'added' : 'changed')
      }))
    }
    case 'goneCells':
      return collection(change.goneShapes.map((polygons) => area(polygons, 'removed')))
    case 'changedStreets':
      return collection([
        ...merged.goneStreets.map((k) => line(standing.streets[k].line, 'removed')),
        ...merged.streets.flatMap(({ clean, state }) => (clean === null ? [] : [line(clean.line, state)])),
      ])
    case 'changedBuildings':
      return collection([
        ...merged.goneBuildings.map((k) => area(standing.buildings[k].polygons, 'removed')),
        ...merged.buildings.flatMap(({ state, polygons }) => (state === 'same' ? [] : [area(polygons, state)])),
      ])
  }
}

function degrees({ land }: LandChange, ring: Int32Array): Pair[] {
  const out: Pair[] = []
  for (let k = 0; k < ring.length; k += 2) out.push(toLngLat(land.frame, ring[k], ring[k + 1]))
  return out
}
