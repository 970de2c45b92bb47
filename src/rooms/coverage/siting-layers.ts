import { TEXT_FONT_STRONG } from '@/map/land-layers'
import type { MapEngine } from '@/map/contracts'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { ACCENT, DANGER } from './layers'

/** Sources of siting. */
export const SITING_SOURCE = {
  /** Places the solver may choose from, and those put there by hand (`hand`). */
  candidates: 'coverage:siting:candidates',
  /** Buildings left out; `kind` far or full, `n` households. */
  need: 'coverage:siting:need',
  /** New stations; `number`, `chosen`. */
  sites: 'coverage:siting:sites',
} as const

export const SITE_LAYER = 'coverage:siting:sites:disc'
export const FULL_COLOUR = '#b86a00'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
const is = (key: string, value: string | boolean): ExpressionSpecification => ['==', ['get', key], value]
/** Larger with the households left out. */
const size: ExpressionSpecification = ['interpolate', ['linear'], ['get', 'n'], 1, 11, 60, 20]

const sign = (kind: 'far' | 'full', text: string, colour: string): LayerSpecification => ({
  id: `${SITING_SOURCE.need}:${kind}`, type: 'symbol', source: SITING_SOURCE.need, filter: is('kind', kind), minzoom: 13,
  layout: { 'text-field': text, 'text-font': TEXT_FONT_STRONG, 'text-size': size, 'text-allow-overlap': true, 'text-ignore-placement': true, 'text-padding': 0 },
  paint: { 'text-color': colour, 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
})
const dots: LayerSpecification = {
  id: `${SITING_SOURCE.need}:dot`, type: 'circle', source: SITING_SOURCE.need, maxzoom: 13,
  paint: { 'circle-radius': 2, 'circle-color': ['match', ['get', 'kind'], 'far', DANGER, FULL_COLOUR] },
}

const LAYERS: readonly LayerSpecification[] = [
  dots,
  sign('far', '×', DANGER),
  sign('full', '■', FULL_COLOUR),
  {
    id: `${SITING_SOURCE.candidates}:dot`, type: 'circle', source: SITING_SOURCE.candidates,
    paint: { 'circle-radius': ['case', is('hand', true), 5, 2.6], 'circle-color': '#ffffff', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 1.4 },
  },
  {
    id: `${SITING_SOURCE.sites}:ring`, type: 'circle', source: SITING_SOURCE.sites, filter: is('chosen', true),
    paint: { 'circle-radius': 18, 'circle-color': 'rgba(255,255,255,0.4)', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 3 },
  },
  {
    id: SITE_LAYER, type: 'circle', source: SITING_SOURCE.sites,
    paint: { 'circle-radius': 12, 'circle-color': '#0a5f5e', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2.4 },
  },
  {
    id: `${SITING_SOURCE.sites}:number`, type: 'symbol', source: SITING_SOURCE.sites,
    layout: { 'text-field': ['get', 'number'], 'text-font': TEXT_FONT_STRONG, 'text-size': 13, 'text-allow-overlap': true, 'text-ignore-placement': true, 'text-padding': 0 },
    paint: { 'text-color': '#ffffff' },
  },
]

/** Declare the sources of siting and put its layers on the map; the returned function takes them away. */
export function addSitingLayers(map: MapEngine): () => void {
  for (const id of Object.values(SITING_SOURCE)) map.putSource(id, { type: 'geojson', data: EMPTY })
  return map.addLayers('pins', LAYERS)
}

/** Replace what a source of siting draws; nothing clears it. */
export const drawSiting = (map: MapEngine, source: (typeof SITING_SOURCE)[keyof typeof SITING_SOURCE], features: readonly GeoJSON.Feature[]): void =>
  map.setData(source, features.length === 0 ? EMPTY : { type: 'FeatureCollection', features: [...features] })
