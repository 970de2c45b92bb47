import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { toLngLat } from '@/core/land-frame'
import type { PlanContext } from '@/core/plan-context'
import type { MapEngine } from '@/map/contracts'

/** Cells that change hands, to be shown on the map with what they go from and to. */
export interface ShownHandover {
  readonly cells: ArrayLike<number>
  /** Such as 003→005. */
  readonly label: string
}

const SOURCE = 'redesign:difference'
const LABELS = 'redesign:difference-labels'
const LINE = '#b4500f'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Show what differs between two plans; the returned function takes it away. */
export function addDifferenceLayers(map: MapEngine): () => void {
  for (const id of [SOURCE, LABELS]) map.putSource(id, { type: 'geojson', data: EMPTY })
  const takeAway = [
    map.addLayers('preview', [
      { id: `${SOURCE}:fill`, type: 'fill', source: SOURCE, paint: { 'fill-color': LINE, 'fill-opacity': 0.28 } },
      { id: `${SOURCE}:halo`, type: 'line', source: SOURCE, paint: { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': 0.85 } },
      { id: `${SOURCE}:line`, type: 'line', source: SOURCE, paint: { 'line-color': LINE, 'line-width': 2.2 } },
    ]),
    map.addLayers('pins', [
      {
        id: `${LABELS}:text`,
        type: 'symbol',
        source: LABELS,
        minzoom: 14,
        layout: { 'text-field': ['get', 'label'], 'text-size': 12, 'text-padding': 3 },
        paint: { 'text-color': '#7a3307', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
      },
    ]),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Outline the cells of each handover and name it at its largest piece. None clears. O(arcs of the cells). */
export function drawDifference(map: MapEngine, { land }: PlanContext, handovers: readonly ShownHandover[]): void {
  const column = new Int32Array(land.cellIds.length).fill(-1)
  handovers.forEach(({ cells }, k) => {
    for (let i = 0; i < cells.length; i++) column[cells[i]] = k
  })
  const areas: GeoJSON.Feature[] = []
  const labels: GeoJSON.Feature[] = []
  handovers.forEach(({ cells, label }, k) => {
    if (cells.length === 0) return
    const polygons = deriveGridOutline(land, column, k, cells).polygons.map((rings) =>
      rings.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => toLngLat(land.frame, ring[2 * i], ring[2 * i + 1]))),
    )
    areas.push({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: polygons } })
    const largest = Array.from(cells).reduce((best, cell) => (land.cellAreaM2[cell] > land.cellAreaM2[best] ? cell : best))
    labels.push({
      type: 'Feature',
      properties: { label },
      geometry: { type: 'Point', coordinates: toLngLat(land.frame, land.cellLabelXY[2 * largest], land.cellLabelXY[2 * largest + 1]) },
    })
  })
  map.setData(SOURCE, { type: 'FeatureCollection', features: areas })
  map.setData(LABELS, { type: 'FeatureCollection', features: labels })
}
