import type { MapEngine } from '@/map/contracts'
import { LAYER, SOURCE } from '@/map/contracts'
import { TEXT_FONT, TEXT_FONT_STRONG } from '@/map/land-layers'
import { GRID_FILLS } from '@/map/palette'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'

/** Sources of this room. Ids begin with the room's id. */
export const ASSIGNMENT_SOURCE = {
  /** Strips of buildings by member, and those made anew since. */
  parts: 'assignment:parts',
  mended: 'assignment:mended',
  /** Households in view, one by one. */
  households: 'assignment:households',
  homes: 'assignment:homes',
  /** From home to household, of all members in view. */
  lines: 'assignment:lines',
  /** What belongs to the selected member: strips, hull, lines, home. */
  chosen: 'assignment:chosen',
  /** Far away: a figure for each community. */
  communities: 'assignment:communities',
  exceptions: 'assignment:exceptions',
  /** The gesture in the air. */
  gesture: 'assignment:gesture',
} as const

/** Seven hues for patches, in which neighbours differ. */
export const PATCH_COLOURS: readonly string[] = [...GRID_FILLS, '#4F9AA3']
/** Share of a community's households that nobody carries, from none upwards: fixed classes. */
export const SERVED_COLOURS: readonly string[] = ['#CFE6E3', '#FBE3D2', '#F2B48C', '#D9733F']
export const SERVED_EDGES: readonly number[] = [0, 0.05, 0.2]

/** Communities speak up to here, buildings from here on; households and homes each by itself from there on. */
export const BUILDING_ZOOM = 13.6
export const HOUSEHOLD_ZOOM = 16.4
const HOME_ZOOM = 17

export const DANGER = '#b3261e'
const ACCENT = '#0e7c7b'
const ACCENT_DARK = '#0a5f5e'
const WARNING = '#ad4d0e'
const INK = '#1b2529'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const byZoom = (...stops: number[]): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
const is = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind]
const isUnserved: ExpressionSpecification = ['<', ['get', 'member'], 0]

/** Whose strip it is, as a tint; nobody's hatched. Strips that were made anew since are drawn from their own source. */
function partLayers(): LayerSpecification[] {
  return [ASSIGNMENT_SOURCE.parts, ASSIGNMENT_SOURCE.mended].flatMap((source): LayerSpecification[] => {
    const unlessGone = (opacity: number): ExpressionSpecification => ['case', ['boolean', ['feature-state', 'gone'], false], 0, opacity]
    /** Where households are drawn one by one, the strips step back. */
    const fading = (opacity: number): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], HOUSEHOLD_ZOOM, unlessGone(opacity), HOUSEHOLD_ZOOM + 0.8, unlessGone(0.14)]
    return [
      { id: `${source}:fill`, type: 'fill', source, minzoom: BUILDING_ZOOM, filter: ['!', isUnserved], paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': fading(0.62) } },
      { id: `${source}:nobody`, type: 'fill', source, minzoom: BUILDING_ZOOM, filter: isUnserved, paint: { 'fill-pattern': 'no-grid', 'fill-opacity': fading(1) } },
      { id: `${source}:seam`, type: 'line', source, minzoom: 15, paint: { 'line-color': ['case', isUnserved, DANGER, '#ffffff'], 'line-width': byZoom(15, 0.6, 18, 1.4), 'line-opacity': fading(0.9) } },
    ]
  })
}

function farLayers(): LayerSpecification[] {
  const served: ExpressionSpecification = ['coalesce', ['feature-state', 'servedClass'], -1]
  return [
    {
      id: 'assignment:served:fill',
      type: 'fill',
      source: SOURCE.cells,
      maxzoom: BUILDING_ZOOM,
      paint: {
        'fill-color': ['match', served, ...SERVED_COLOURS.flatMap((colour, k) => [k, colour]), 'rgba(0,0,0,0)'] as never,
        'fill-opacity': ['case', ['>=', served, 0], 0.55, 0],
        'fill-antialias': false,
      },
    },
  ]
}

const farFigures: LayerSpecification = {
  id: 'assignment:communities:figure',
  type: 'symbol',
  source: ASSIGNMENT_SOURCE.communities,
  minzoom: 11.5,
  maxzoom: BUILDING_ZOOM + 0.4,
  layout: {
    'text-field': ['get', 'words'],
    'text-font': TEXT_FONT_STRONG,
    'text-size': 11,
    'text-anchor': 'top',
    'text-offset': [0, 1.5],
    'text-padding': 1,
    'symbol-sort-key': ['-', 0, ['get', 'unserved']],
  },
  paint: { 'text-color': ['case', ['>', ['get', 'unserved'], 0], DANGER, ACCENT_DARK], 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
}

function chosenLayers(): LayerSpecification[] {
  const source = ASSIGNMENT_SOURCE.chosen
  return [
    { id: `${source}:hull`, type: 'fill', source, filter: is('hull'), paint: { 'fill-color': ACCENT, 'fill-opacity': 0.08 } },
    { id: `${source}:hull-line`, type: 'line', source, filter: is('hull'), layout: { 'line-join': 'round' }, paint: { 'line-color': ACCENT, 'line-width': 2, 'line-opacity': 0.8 } },
    { id: `${source}:part`, type: 'fill', source, filter: is('part'), minzoom: BUILDING_ZOOM, maxzoom: HOME_ZOOM, paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.9 } },
    { id: `${source}:part-line`, type: 'line', source, filter: is('part'), maxzoom: HOME_ZOOM, paint: { 'line-color': ACCENT_DARK, 'line-width': 2 } },
    { id: `${source}:line-halo`, type: 'line', source, filter: is('line'), paint: { 'line-color': '#ffffff', 'line-width': 4, 'line-opacity': 0.7 } },
    { id: `${source}:line`, type: 'line', source, filter: is('line'), paint: { 'line-color': ['case', ['get', 'far'], WARNING, ACCENT_DARK], 'line-width': 1.6 } },
    { id: `${source}:line-far`, type: 'line', source, filter: ['all', is('line'), ['get', 'far']], paint: { 'line-color': '#ffffff', 'line-width': 1.8, 'line-dasharray': [2, 3] } },
  ]
}

/** Sizes that follow the ground: of `r16`, pixels that a household's circle may have at zoom 16, a factor; at least so many pixels. */
const onGround = (factor: number, least = 0): ExpressionSpecification =>
  ['interpolate', ['exponential', 2], ['zoom'], 16, ['max', least, ['*', factor, ['get', 'r16']]], 21, ['max', least, ['*', 32 * factor, ['get', 'r16']]]]

function doorLayers(): LayerSpecification[] {
  const source = ASSIGNMENT_SOURCE.households
  return [
    {
      id: LAYER.tiedHouseholds,
      type: 'circle',
      source,
      minzoom: HOUSEHOLD_ZOOM,
      paint: {
        'circle-radius': onGround(1, 1.6),
        'circle-color': ['case', isUnserved, '#ffffff', ['get', 'colour']],
        'circle-stroke-width': ['case', ['get', 'provisional'], 3, ['get', 'chosen'], 2.2, isUnserved, 1.4, 0.6],
        'circle-stroke-color': ['case', ['get', 'provisional'], INK, ['get', 'chosen'], ACCENT_DARK, isUnserved, DANGER, '#ffffff'],
      },
    },
    {
      id: `${source}:glyph`,
      type: 'symbol',
      source,
      minzoom: 17,
      filter: ['has', 'icon'],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': onGround(0.13),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      id: `${source}:sign`,
      type: 'symbol',
      source,
      minzoom: 17.4,
      filter: ['!', ['has', 'icon']],
      layout: {
        'text-field': ['get', 'sign'],
        'text-font': TEXT_FONT_STRONG,
        'text-size': onGround(1.25),
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': ['case', isUnserved, DANGER, '#ffffff'], 'text-halo-color': ['case', isUnserved, '#ffffff', 'rgba(27,37,41,.45)'], 'text-halo-width': 0.8 },
    },
  ]
}

function homeLayers(): LayerSpecification[] {
  const { homes, chosen } = ASSIGNMENT_SOURCE
  const home: ExpressionSpecification = is('home')
  return [
    {
      id: LAYER.memberHomes,
      type: 'circle',
      source: homes,
      minzoom: HOME_ZOOM,
      paint: { 'circle-radius': byZoom(17, 4, 18, 6.5, 21, 14), 'circle-color': '#ffffff', 'circle-stroke-width': 2.2, 'circle-stroke-color': ['get', 'colour'] },
    },
    {
      id: `${homes}:sign`,
      type: 'symbol',
      source: homes,
      minzoom: HOME_ZOOM,
      layout: { 'text-field': '⌂', 'text-font': TEXT_FONT_STRONG, 'text-size': byZoom(17, 8, 18, 12, 21, 22), 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': INK },
    },
    {
      id: `${homes}:name`,
      type: 'symbol',
      source: homes,
      minzoom: 17.6,
      layout: { 'text-field': ['get', 'name'], 'text-font': TEXT_FONT, 'text-size': 11, 'text-anchor': 'left', 'text-offset': [0.9, 0], 'text-padding': 1 },
      paint: { 'text-color': INK, 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
    },
    {
      id: `${chosen}:home`,
      type: 'circle',
      source: chosen,
      filter: home,
      paint: { 'circle-radius': 11, 'circle-color': ACCENT_DARK, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2.5 },
    },
    {
      id: `${chosen}:home-sign`,
      type: 'symbol',
      source: chosen,
      filter: home,
      layout: { 'text-field': '⌂', 'text-font': TEXT_FONT_STRONG, 'text-size': 16, 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: `${chosen}:home-name`,
      type: 'symbol',
      source: chosen,
      filter: home,
      layout: { 'text-field': ['get', 'name'], 'text-font': TEXT_FONT_STRONG, 'text-size': 13, 'text-anchor': 'bottom', 'text-offset': [0, -1.1], 'text-allow-overlap': true },
      paint: { 'text-color': ACCENT_DARK, 'text-halo-color': '#ffffff', 'text-halo-width': 2.5 },
    },
  ]
}

/** Exceptions: the shape says which, the number how many. Near, each at its door; farther, one sign a building; crowded ones give way. */
function exceptionLayers(): LayerSpecification[] {
  const source = ASSIGNMENT_SOURCE.exceptions
  const colour: ExpressionSpecification = ['case', ['get', 'error'], DANGER, WARNING]
  const at = (level: 'far' | 'building' | 'door', zooms: { minzoom: number; maxzoom?: number }): LayerSpecification => ({
    id: `${source}:${level}`,
    type: 'symbol',
    source,
    ...zooms,
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-field': ['get', 'words'],
      'text-font': TEXT_FONT_STRONG,
      'text-size': level === 'door' ? 14 : byZoom(BUILDING_ZOOM, 11, 16, 13),
      'text-padding': level === 'door' ? 0 : 3,
      'text-offset': level === 'door' ? [0, -0.9] : [0, 0],
      'symbol-sort-key': ['-', 0, ['get', 'count']],
    },
    paint: { 'text-color': colour, 'text-halo-color': '#ffffff', 'text-halo-width': 2.4 },
  })
  return [at('far', { minzoom: 10, maxzoom: BUILDING_ZOOM }), at('building', { minzoom: BUILDING_ZOOM, maxzoom: 17 }), at('door', { minzoom: 17 })]
}

/** Declare the room's sources and put its layers on the map; the returned function takes them away. */
export function addAssignmentLayers(map: MapEngine): () => void {
  for (const id of Object.values(ASSIGNMENT_SOURCE)) map.putSource(id, { type: 'geojson', data: EMPTY, tolerance: 0.2 })
  const { gesture, lines } = ASSIGNMENT_SOURCE
  const takeAway = [
    map.addLayers('theme', [...farLayers(), ...partLayers()]),
    map.addLayers('preview', [
      { id: `${lines}:line`, type: 'line', source: lines, minzoom: 15, paint: { 'line-color': ['get', 'colour'], 'line-width': byZoom(15, 0.7, 18, 1.6), 'line-opacity': 0.75 } },
      ...chosenLayers(),
      { id: `${gesture}:part`, type: 'fill', source: gesture, filter: is('part'), paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.75 } },
      { id: `${gesture}:part-line`, type: 'line', source: gesture, filter: is('part'), paint: { 'line-color': INK, 'line-width': 1.6, 'line-dasharray': [2, 1.4] } },
      ...doorLayers(),
      { id: `${gesture}:fill`, type: 'fill', source: gesture, filter: is('ring'), paint: { 'fill-color': ACCENT, 'fill-opacity': 0.12 } },
      { id: `${gesture}:halo`, type: 'line', source: gesture, filter: is('ring'), paint: { 'line-color': '#ffffff', 'line-width': 4, 'line-opacity': 0.8 } },
      { id: `${gesture}:line`, type: 'line', source: gesture, filter: is('ring'), paint: { 'line-color': ACCENT_DARK, 'line-width': 1.8 } },
    ]),
    map.addLayers('labels', [farFigures]),
    map.addLayers('pins', [...homeLayers(), ...exceptionLayers()]),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Replace what a source of this room draws; nothing clears it. */
export function draw(map: MapEngine, source: (typeof ASSIGNMENT_SOURCE)[keyof typeof ASSIGNMENT_SOURCE], features: readonly GeoJSON.Feature[]): void {
  map.setData(source, features.length === 0 ? EMPTY : { type: 'FeatureCollection', features: [...features] })
}
