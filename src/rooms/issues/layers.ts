import type { MapEngine } from '@/map/contracts'
import { LAYER } from '@/map/contracts'
import { TEXT_FONT_STRONG } from '@/map/land-layers'
import { RING_PARTS, slipIcon } from '@/map/slip-icons'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { SlipCluster } from './operations/cluster-slips'

/** Sources of this room. Ids begin with the room's id. */
export const ISSUES_SOURCE = {
  /** Hexagons of the street; state `colour`, absent where nothing is drawn. */
  cells: 'issues:cells',
  /** Outlines of hot spots, and signs of trends. */
  marks: 'issues:marks',
  /** Density as a picture. */
  density: 'issues:density',
  /** Parts of streets; property `colour`. */
  streets: 'issues:streets',
  /** Hexagons that are chosen. */
  chosen: 'issues:chosen',
  /** The ring in the air. */
  ring: 'issues:ring',
  pins: 'issues:pins',
  /** Ring round the slip that is selected. */
  selected: 'issues:selected',
} as const

/** Names of clusters on the map, for a click. */
export const CLUSTER_LAYER = 'issues:pins:cluster'

const ACCENT = '#0e7c7b'
const ACCENT_DARK = '#0a5f5e'
const INK = '#1b2529'
const HOT_LINE = '#5A1E06'
const COLD_LINE = '#17406F'
export const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const is = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind]
const colour: ExpressionSpecification = ['feature-state', 'colour']
const hasColour: ExpressionSpecification = ['!=', colour, null]

function cellLayers(): LayerSpecification[] {
  const source = ISSUES_SOURCE.cells
  return [
    { id: `${source}:fill`, type: 'fill', source, paint: { 'fill-color': ['case', hasColour, ['to-color', colour], 'rgba(0,0,0,0)'], 'fill-opacity': ['case', hasColour, 0.82, 0], 'fill-antialias': false } },
    { id: `${source}:line`, type: 'line', source, minzoom: 12, paint: { 'line-color': '#ffffff', 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.2, 16, 1], 'line-opacity': ['case', hasColour, 0.9, 0] } },
  ]
}

function markLayers(): LayerSpecification[] {
  const { marks, chosen, ring } = ISSUES_SOURCE
  return [
    { id: `${marks}:halo`, type: 'line', source: marks, filter: ['any', is('hot'), is('cold')], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': 5 } },
    { id: `${marks}:hot`, type: 'line', source: marks, filter: is('hot'), layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': HOT_LINE, 'line-width': 2.4 } },
    { id: `${marks}:cold`, type: 'line', source: marks, filter: is('cold'), layout: { 'line-join': 'round' }, paint: { 'line-color': COLD_LINE, 'line-width': 2.4, 'line-dasharray': [2, 1.4] } },
    { id: `${chosen}:halo`, type: 'line', source: chosen, paint: { 'line-color': '#ffffff', 'line-width': 5, 'line-opacity': 0.9 } },
    { id: `${chosen}:line`, type: 'line', source: chosen, paint: { 'line-color': ACCENT_DARK, 'line-width': 2.4 } },
    { id: `${ring}:fill`, type: 'fill', source: ring, paint: { 'fill-color': ACCENT, 'fill-opacity': 0.12 } },
    { id: `${ring}:halo`, type: 'line', source: ring, paint: { 'line-color': '#ffffff', 'line-width': 4, 'line-opacity': 0.8 } },
    { id: `${ring}:line`, type: 'line', source: ring, paint: { 'line-color': ACCENT_DARK, 'line-width': 1.8 } },
  ]
}

/** Signs of trends lie above the hexagons and beneath names: the shape says which. */
const trendSigns: LayerSpecification = {
  id: `${ISSUES_SOURCE.marks}:sign`,
  type: 'symbol',
  source: ISSUES_SOURCE.marks,
  filter: is('sign'),
  minzoom: 12,
  layout: { 'text-field': ['get', 'sign'], 'text-font': TEXT_FONT_STRONG, 'text-size': ['interpolate', ['linear'], ['zoom'], 12, 9, 16, 15], 'text-padding': 0, 'text-allow-overlap': true, 'text-ignore-placement': true },
  paint: { 'text-color': INK, 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
}

function streetLayers(): LayerSpecification[] {
  const source = ISSUES_SOURCE.streets
  const width = (extra: number): ExpressionSpecification => ['interpolate', ['exponential', 1.6], ['zoom'], 12, 1.6 + extra, 16, 5 + extra, 19, 12 + extra]
  return [
    { id: `${source}:casing`, type: 'line', source, layout: { 'line-cap': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': width(2) } },
    { id: `${source}:line`, type: 'line', source, layout: { 'line-cap': 'butt' }, paint: { 'line-color': ['get', 'colour'], 'line-width': width(0) } },
  ]
}

function pinLayers(): LayerSpecification[] {
  const { pins, selected } = ISSUES_SOURCE
  const still = { 'icon-allow-overlap': true, 'icon-ignore-placement': true } as const
  return [
    { id: CLUSTER_LAYER, type: 'symbol', source: pins, filter: is('cluster'), layout: { 'icon-image': ['get', 'icon'], ...still, 'text-field': ['get', 'count'], 'text-font': TEXT_FONT_STRONG, 'text-size': 11, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': INK } },
    { id: LAYER.issuePins, type: 'symbol', source: pins, filter: is('slip'), layout: { 'icon-image': ['get', 'icon'], ...still } },
    { id: `${selected}:halo`, type: 'circle', source: selected, paint: { 'circle-radius': 15.5, 'circle-color': 'rgba(255,255,255,0.25)', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 5 } },
    { id: `${selected}:ring`, type: 'circle', source: selected, paint: { 'circle-radius': 15.5, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 3 } },
    { id: `${selected}:icon`, type: 'symbol', source: selected, layout: { 'icon-image': ['get', 'icon'], ...still } },
  ]
}

/** Declare the room's sources and put its layers on the map; the returned function takes them away. */
export function addIssuesLayers(map: MapEngine): () => void {
  for (const id of Object.values(ISSUES_SOURCE)) if (id !== ISSUES_SOURCE.density) map.putSource(id, { type: 'geojson', data: EMPTY, tolerance: 0.1 })
  const takeAway = [
    map.addLayers('theme', [...cellLayers(), ...streetLayers()]),
    map.addLayers('preview', markLayers()),
    map.addLayers('labels', [trendSigns]),
    map.addLayers('pins', pinLayers()),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Replace what a source of this room draws; nothing clears it. */
export function draw(map: MapEngine, source: (typeof ISSUES_SOURCE)[keyof typeof ISSUES_SOURCE], features: readonly GeoJSON.Feature[]): void {
  map.setData(source, features.length === 0 ? EMPTY : { type: 'FeatureCollection', features: [...features] })
}

export const pointFeature = (lng: number, lat: number, properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lng, lat] },
})

/** Signs of slips and of clusters; a cluster bears its position in the list. */
export function pinFeatures(clusters: readonly SlipCluster[], columns: { readonly ids: Int32Array; readonly state: Uint8Array }, isOverdue: (slip: number) => boolean): GeoJSON.Feature[] {
  return clusters.map(({ lng, lat, slips }, k) => {
    if (slips.length === 1) {
      const [slip] = slips
      return pointFeature(lng, lat, { kind: 'slip', issue: columns.ids[slip], icon: slipIcon(columns.state[slip], isOverdue(slip)) })
    }
    const states = [0, 0, 0, 0]
    for (const slip of slips) states[columns.state[slip]]++
    const parts = states.map((n) => (n === 0 ? 0 : Math.max(1, Math.round((RING_PARTS * n) / slips.length))))
    return pointFeature(lng, lat, { kind: 'cluster', cluster: k, count: String(slips.length), icon: `slips:${parts.join('/')}${slips.some(isOverdue) ? ':overdue' : ''}` })
  })
}
