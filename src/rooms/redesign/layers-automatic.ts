import type { MapEngine } from '@/map/contracts'

/** What a step of a repair moves, while it is pointed at. */
const STEP = 'redesign:step'

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

export function addStepLayers(map: MapEngine): () => void {
  map.putSource(STEP, { type: 'geojson', data: EMPTY })
  return map.addLayers('preview', [
    { id: `${STEP}:halo`, type: 'line', source: STEP, paint: { 'line-color': '#ffffff', 'line-width': 8, 'line-opacity': 0.9 } },
    { id: `${STEP}:line`, type: 'line', source: STEP, paint: { 'line-color': '#0a5f5e', 'line-width': 3.5 } },
  ])
}

/** Outline what a step moves; none clears. */
export function drawStep(map: MapEngine, outlines: readonly GeoJSON.Geometry[]): void {
  map.setData(STEP, {
    type: 'FeatureCollection',
    features: outlines.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  })
}
