import { SOURCE, type MapEngine } from '@/map/contracts'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { REACH } from './operations/compare-circle'

/** Sources of this room. Ids begin with the room's id. Tints of buildings and compounds are states of the street's own sources. */
export const COVERAGE_SOURCE = {
  /** Outline of the streets within the limit. */
  areas: 'coverage:areas',
  /** The limit as a circle around a station. */
  circles: 'coverage:circles',
  /** Streets whose nearest station is the one selected. */
  ways: 'coverage:ways',
  /** Signs of gaps; property `cluster` is the position in the list drawn. */
  gaps: 'coverage:gaps',
  /** Property `station` is the index. */
  stations: 'coverage:stations',
  /** Doors that are on no street; property `building`. */
  doors: 'coverage:doors',
} as const

/** For clicks and for words beside the pointer. */
export const GAP_LAYER = 'coverage:gaps:sign'
export const STATION_LAYER = 'coverage:stations:icon'
export const DOOR_LAYER = 'coverage:doors:icon'

/** States of buildings and compounds: shade of gaps 0 … 3; `reachState`, 0 where it is not told. */
export type TintState = Readonly<Partial<Record<'gap' | 'reach', number>>>

export const DANGER = '#b3261e'
export const ACCENT = '#0e7c7b'
/** Opacity of gaps by shade: below a third of the households, below two thirds, the rest. */
export const SHADE_OPACITIES: readonly number[] = [0, 0.22, 0.45, 0.7]

/** Looks of a building by how it stands to the limit: dark, light, and striped where a circle and the street disagree or nobody knows. */
export const REACH_LOOKS: Readonly<Record<keyof typeof REACH, { readonly colour: string; readonly stripes: boolean }>> = {
  foot: { colour: '#a9d3cd', stripes: false },
  circle: { colour: '#f2b04a', stripes: true },
  far: { colour: '#7a1f63', stripes: false },
  refused: { colour: '#c3c9cc', stripes: true },
}
const LOOKS = Object.entries(REACH_LOOKS) as [keyof typeof REACH, (typeof REACH_LOOKS)['foot']][]
/** The state of a building by its value of `REACH`; 0 is kept for none. */
export const reachState = (reach: number): number => 1 + reach

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }
const ROUND = { 'line-cap': 'round', 'line-join': 'round' } as const
const state = (key: keyof TintState): ExpressionSpecification => ['coalesce', ['feature-state', key], 0]
const shade: ExpressionSpecification = ['match', state('gap'), 1, SHADE_OPACITIES[1], 2, SHADE_OPACITIES[2], 3, SHADE_OPACITIES[3], 0]

function tintLayers(): LayerSpecification[] {
  const reach = state('reach')
  return [
    { id: 'coverage:compounds:gap', type: 'fill', source: SOURCE.compounds, paint: { 'fill-color': DANGER, 'fill-opacity': ['*', 0.4, shade] } },
    { id: 'coverage:buildings:gap', type: 'fill', source: SOURCE.buildings, minzoom: 12.5, paint: { 'fill-color': DANGER, 'fill-opacity': shade } },
    {
      id: 'coverage:buildings:reach', type: 'fill', source: SOURCE.buildings, minzoom: 11,
      paint: { 'fill-color': ['match', reach, ...LOOKS.flatMap(([key, { colour }]) => [reachState(REACH[key]), colour]), '#000000'] as unknown as ExpressionSpecification, 'fill-opacity': ['case', ['==', reach, 0], 0, 0.9] },
    },
    {
      id: 'coverage:buildings:stripes', type: 'fill', source: SOURCE.buildings, minzoom: 13,
      paint: { 'fill-pattern': 'hatch', 'fill-opacity': ['match', reach, LOOKS.filter(([, { stripes }]) => stripes).map(([key]) => reachState(REACH[key])), 1, 0] },
    },
  ]
}

const compoundLine: LayerSpecification = {
  id: 'coverage:compounds:line', type: 'line', source: SOURCE.compounds, minzoom: 13,
  paint: { 'line-color': DANGER, 'line-width': ['interpolate', ['linear'], ['zoom'], 13, 1, 17, 2], 'line-opacity': ['case', ['>', state('gap'), 0], 0.9, 0] },
}

function reachLayers(): LayerSpecification[] {
  const { areas, circles, ways } = COVERAGE_SOURCE
  return [
    { id: `${areas}:fill`, type: 'fill', source: areas, paint: { 'fill-color': ACCENT, 'fill-opacity': 0.13 } },
    { id: `${areas}:line`, type: 'line', source: areas, layout: ROUND, paint: { 'line-color': ACCENT, 'line-width': 1.4, 'line-opacity': 0.85 } },
    { id: `${ways}:casing`, type: 'line', source: ways, layout: ROUND, paint: { 'line-color': '#ffffff', 'line-width': 6 } },
    { id: `${ways}:line`, type: 'line', source: ways, layout: ROUND, paint: { 'line-color': ACCENT, 'line-width': 3.4 } },
    { id: `${circles}:halo`, type: 'line', source: circles, paint: { 'line-color': '#ffffff', 'line-width': 4, 'line-opacity': 0.8 } },
    { id: `${circles}:line`, type: 'line', source: circles, paint: { 'line-color': '#8a5200', 'line-width': 1.8, 'line-dasharray': [3, 2.2] } },
  ]
}

function signLayers(): LayerSpecification[] {
  const { stations, doors, gaps } = COVERAGE_SOURCE
  // What signs cover gives way: names of streets and compounds are placed after them.
  const still = { 'icon-image': ['get', 'icon'] as ExpressionSpecification, 'icon-allow-overlap': true, 'icon-padding': 0 }
  return [
    { id: DOOR_LAYER, type: 'symbol', source: doors, minzoom: 13.5, layout: { ...still, 'icon-ignore-placement': true } },
    {
      id: STATION_LAYER, type: 'symbol', source: stations, filter: ['>=', ['zoom'], ['get', 'fromZoom']],
      layout: { ...still, 'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.66, 15, 0.88, 17, 1], 'symbol-sort-key': ['get', 'order'] },
    },
    { id: GAP_LAYER, type: 'symbol', source: gaps, layout: { ...still, 'symbol-sort-key': ['get', 'order'] } },
  ]
}

/** Declare the room's sources and put its layers on the map; the returned function takes them away. */
export function addCoverageLayers(map: MapEngine): () => void {
  for (const id of Object.values(COVERAGE_SOURCE)) map.putSource(id, { type: 'geojson', data: EMPTY, tolerance: 0.1 })
  const [areaLayers, lineLayers] = [reachLayers().slice(0, 2), reachLayers().slice(2)]
  const takeAway = [
    // Beneath buildings, whose tints must not be clouded.
    map.addLayers('land', areaLayers),
    map.addLayers('theme', tintLayers()),
    map.addLayers('borders', [compoundLine]),
    map.addLayers('preview', lineLayers),
    map.addLayers('pins', signLayers()),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Replace what a source of this room draws; nothing clears it. */
export function draw(map: MapEngine, source: (typeof COVERAGE_SOURCE)[keyof typeof COVERAGE_SOURCE], features: readonly GeoJSON.Feature[]): void {
  map.setData(source, features.length === 0 ? EMPTY : { type: 'FeatureCollection', features: [...features] })
}
