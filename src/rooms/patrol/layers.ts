import type { MapEngine } from '@/map/contracts'
import { TEXT_FONT_STRONG } from '@/map/land-layers'
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { LINE_STYLES, STREET_LOOKS } from './street-looks'

/** Sources of this room. Ids begin with the room's id. */
export const PATROL_SOURCE = {
  /** Stretches by theme; `look`, `both` sides, set by `hand`. */
  streets: 'patrol:streets',
  /** Islands (`island`), paths assumed over gaps (`gap`), numbers of islands (`number`). */
  breaks: 'patrol:breaks',
  /** Lines of routes; `route`, `colour`, `served`, `lane`. */
  routes: 'patrol:routes',
  /** What routes look at, in the direction it is walked. */
  ways: 'patrol:ways',
  /** One walk: `matched`, `yard`, `raw`, `fix`, `dropped`. */
  walk: 'patrol:walk',
  chosen: 'patrol:chosen',
  /** The ring in the air. */
  ring: 'patrol:ring',
  /** Numbers of routes, checkpoints (`checkpoint`), gates (`gate`); `icon`. */
  signs: 'patrol:signs',
  /** Ring round the checkpoint that is chosen, and the place of a new one. */
  placed: 'patrol:placed',
} as const

/** For clicks. */
export const ROUTE_LAYERS = ['patrol:routes:served', 'patrol:routes:passed'] as const
export const SIGN_LAYER = 'patrol:signs:icon'

const ACCENT = '#0e7c7b'
const ACCENT_DARK = '#0a5f5e'
const DANGER = '#b3261e'
export const WALK_COLOUR = '#5f3fa3'
export const RAW_COLOUR = '#b4500f'
export const HAND_COLOUR = '#f0c36d'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
const ROUND = { 'line-cap': 'round', 'line-join': 'round' } as const

/** Width of a street's line: `scale` of the usual, and so many pixels more. */
const width = (scale: number, extraPx = 0): ExpressionSpecification => ['interpolate', ['exponential', 1.6], ['zoom'], 12, 1.5 * scale + extraPx, 15, 3.2 * scale + extraPx, 17, 5.5 * scale + extraPx, 20, 13 * scale + extraPx]
const is = (key: string, value: string | boolean): ExpressionSpecification => ['==', ['get', key], value]

function streetLayers(): LayerSpecification[] {
  const source = PATROL_SOURCE.streets
  const single = STREET_LOOKS.map((look): LayerSpecification => {
    const { colour, dash, scale } = LINE_STYLES[look]
    return {
      id: `${source}:${look}`, type: 'line', source, filter: ['all', is('look', look), is('both', false)],
      layout: dash ? { 'line-join': 'round' } : ROUND,
      paint: { 'line-color': colour, 'line-width': width(scale), ...(dash ? { 'line-dasharray': [...dash] } : {}) },
    }
  })
  const both = (['daily', 'weekly'] as const).map((look): LayerSpecification => {
    const { colour, dash } = LINE_STYLES[look]
    return {
      id: `${source}:${look}:both`, type: 'line', source, filter: ['all', is('look', look), is('both', true)],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': width(0.55), 'line-gap-width': width(0.7), ...(dash ? { 'line-dasharray': dash.map((part) => 1.8 * part) } : {}) },
    }
  })
  return [
    { id: `${source}:hand`, type: 'line', source, filter: is('hand', true), layout: ROUND, paint: { 'line-color': HAND_COLOUR, 'line-width': width(1.7, 5) } },
    { id: `${source}:casing`, type: 'line', source, layout: ROUND, paint: { 'line-color': '#ffffff', 'line-width': width(1, 2.4) } },
    ...single,
    ...both,
  ]
}

function breakLayers(): LayerSpecification[] {
  const source = PATROL_SOURCE.breaks
  return [
    { id: `${source}:island`, type: 'line', source, filter: is('kind', 'island'), layout: ROUND, paint: { 'line-color': DANGER, 'line-width': width(1, 4), 'line-gap-width': 3, 'line-opacity': 0.35 } },
    { id: `${source}:gap`, type: 'line', source, filter: is('kind', 'gap'), minzoom: 13, paint: { 'line-color': DANGER, 'line-width': 2, 'line-dasharray': [1.2, 1.2] } },
  ]
}

/** Several routes on one street lie beside one another. */
const lane: ExpressionSpecification = ['*', ['get', 'lane'], 4]

function routeLayers(): LayerSpecification[] {
  const { routes } = PATROL_SOURCE
  const served = is('served', true)
  const passed = is('served', false)
  return [
    { id: `${routes}:casing`, type: 'line', source: routes, filter: served, layout: ROUND, paint: { 'line-color': '#ffffff', 'line-width': width(1.15, 2.4), 'line-offset': lane } },
    { id: ROUTE_LAYERS[1], type: 'line', source: routes, filter: passed, paint: { 'line-color': ['get', 'colour'], 'line-width': 2, 'line-dasharray': [1.4, 1.4], 'line-offset': lane } },
    { id: ROUTE_LAYERS[0], type: 'line', source: routes, filter: served, layout: ROUND, paint: { 'line-color': ['get', 'colour'], 'line-width': width(1.15), 'line-offset': lane } },
  ]
}

/** Which way a route is walked. */
const wayArrows: LayerSpecification = {
  id: `${PATROL_SOURCE.ways}:arrow`,
  type: 'symbol',
  source: PATROL_SOURCE.ways,
  minzoom: 13.5,
  layout: {
    'symbol-placement': 'line', 'symbol-spacing': 90, 'text-field': '▶', 'text-font': TEXT_FONT_STRONG, 'text-size': ['interpolate', ['linear'], ['zoom'], 13.5, 9, 17, 14],
    'text-keep-upright': false, 'text-rotation-alignment': 'map', 'text-allow-overlap': true, 'text-ignore-placement': true, 'text-padding': 0,
  },
  paint: { 'text-color': ['get', 'colour'], 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
}

function walkLayers(): LayerSpecification[] {
  const source = PATROL_SOURCE.walk
  const dot = (kind: string, colour: string, fill: string): LayerSpecification => ({
    id: `${source}:${kind}`, type: 'circle', source, filter: is('kind', kind), minzoom: 13,
    paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.2, 17, 3], 'circle-color': fill, 'circle-stroke-color': colour, 'circle-stroke-width': 1.2 },
  })
  return [
    { id: `${source}:casing`, type: 'line', source, filter: is('kind', 'matched'), layout: ROUND, paint: { 'line-color': '#ffffff', 'line-width': width(1.2, 3) } },
    { id: `${source}:matched`, type: 'line', source, filter: is('kind', 'matched'), layout: ROUND, paint: { 'line-color': WALK_COLOUR, 'line-width': width(1.2) } },
    { id: `${source}:yard`, type: 'line', source, filter: is('kind', 'yard'), layout: { 'line-join': 'round' }, paint: { 'line-color': WALK_COLOUR, 'line-width': 2.4, 'line-dasharray': [1.4, 1.2] } },
    { id: `${source}:raw`, type: 'line', source, filter: is('kind', 'raw'), layout: { 'line-join': 'round' }, paint: { 'line-color': RAW_COLOUR, 'line-width': 1.2, 'line-dasharray': [3, 2] } },
    dot('fix', RAW_COLOUR, '#ffffff'),
    dot('dropped', DANGER, DANGER),
  ]
}

function choiceLayers(): LayerSpecification[] {
  const { chosen, ring } = PATROL_SOURCE
  return [
    { id: `${chosen}:halo`, type: 'line', source: chosen, layout: ROUND, paint: { 'line-color': '#ffffff', 'line-width': width(1, 9) } },
    { id: `${chosen}:line`, type: 'line', source: chosen, layout: ROUND, paint: { 'line-color': ACCENT, 'line-width': 2.6, 'line-gap-width': width(1, 1.6) } },
    { id: `${ring}:fill`, type: 'fill', source: ring, paint: { 'fill-color': ACCENT, 'fill-opacity': 0.12 } },
    { id: `${ring}:line`, type: 'line', source: ring, paint: { 'line-color': ACCENT_DARK, 'line-width': 1.8 } },
  ]
}

function signLayers(): LayerSpecification[] {
  const { signs, placed } = PATROL_SOURCE
  const icon = { 'icon-image': ['get', 'icon'] as ExpressionSpecification, 'icon-ignore-placement': true }
  const far: FilterSpecification = ['in', ['get', 'kind'], ['literal', ['number', 'route']]]
  return [
    { id: `${placed}:ring`, type: 'circle', source: placed, paint: { 'circle-radius': 16, 'circle-color': 'rgba(255,255,255,0.35)', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 3 } },
    { id: `${signs}:number`, type: 'symbol', source: signs, filter: far, minzoom: 12, layout: { ...icon, 'icon-allow-overlap': true } },
    { id: SIGN_LAYER, type: 'symbol', source: signs, filter: ['!', far], minzoom: 12.5, layout: { ...icon, 'icon-allow-overlap': true } },
  ]
}

/** Declare the room's sources and put its layers on the map; the returned function takes them away. */
export function addPatrolLayers(map: MapEngine): () => void {
  for (const id of Object.values(PATROL_SOURCE)) map.putSource(id, { type: 'geojson', data: EMPTY, tolerance: 0.1 })
  const takeAway = [
    // Above the borders, which follow streets: what is looked at here must not be hidden by them.
    map.addLayers('preview', [...streetLayers(), ...breakLayers(), ...routeLayers(), ...walkLayers(), ...choiceLayers()]),
    map.addLayers('labels', [wayArrows]),
    map.addLayers('pins', signLayers()),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Replace what a source of this room draws; nothing clears it. */
export function draw(map: MapEngine, source: (typeof PATROL_SOURCE)[keyof typeof PATROL_SOURCE], features: readonly GeoJSON.Feature[]): void {
  map.setData(source, features.length === 0 ? EMPTY : { type: 'FeatureCollection', features: [...features] })
}
