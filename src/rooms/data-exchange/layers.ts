import type { LngLat, LngLatBounds } from '@/core/units'
import type { MapEngine } from '@/map/contracts'
import { GRID_FILLS } from '@/map/palette'
import type { ChangePart } from './operations/change-features'
import type { PreviewPart } from './operations/preview-features'

const ID = {
  water: 'data-exchange:water',
  streets: 'data-exchange:streets',
  buildings: 'data-exchange:buildings',
  cells: 'data-exchange:cells',
  grids: 'data-exchange:grids',
  communities: 'data-exchange:communities',
  extents: 'data-exchange:extents',
  changedCells: 'data-exchange:changed-cells',
  goneCells: 'data-exchange:gone-cells',
  changedStreets: 'data-exchange:changed-streets',
  changedBuildings: 'data-exchange:changed-buildings',
  findings: 'data-exchange:findings',
  focus: 'data-exchange:focus',
} as const

const INK = '#2b3a42'
const ACCENT = '#0e7c7b'
/** New, different, gone: told apart by outline and dash too, never by colour alone. */
export const CHANGE_COLOURS = { added: '#0e7c7b', changed: '#e69f00', removed: '#b3261e' } as const
const byState = ['match', ['get', 'state'], 'added', CHANGE_COLOURS.added, 'removed', CHANGE_COLOURS.removed, CHANGE_COLOURS.changed] as never
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Put the room's sources and layers on the map; the returned function takes the layers away. */
export function addExchangeLayers(map: MapEngine): () => void {
  for (const id of Object.values(ID)) map.putSource(id, { type: 'geojson', data: EMPTY })
  const takeAway = [
    map.addLayers('buildings', [
      { id: `${ID.water}:fill`, type: 'fill', source: ID.water, paint: { 'fill-color': '#cfe3ee' } },
      { id: `${ID.streets}:case`, type: 'line', source: ID.streets, minzoom: 13, paint: { 'line-color': '#d8d2c6', 'line-width': streetWidth(1.5) } },
      { id: `${ID.streets}:line`, type: 'line', source: ID.streets, paint: { 'line-color': '#ffffff', 'line-width': streetWidth(0) } },
      {
        id: `${ID.buildings}:fill`,
        type: 'fill',
        source: ID.buildings,
        minzoom: 13,
        paint: { 'fill-color': '#e4dfd5', 'fill-outline-color': '#cfc8ba' },
      },
    ]),
    map.addLayers('preview', [
      {
        id: `${ID.grids}:fill`,
        type: 'fill',
        source: ID.grids,
        paint: {
          'fill-color': ['match', ['get', 'colour'], ...GRID_FILLS.flatMap((fill, k) => [k, fill]), GRID_FILLS[0]] as never,
          'fill-opacity': 0.22,
        },
      },
      {
        id: `${ID.cells}:line`,
        type: 'line',
        source: ID.cells,
        minzoom: 14,
        paint: { 'line-color': INK, 'line-width': 0.6, 'line-opacity': 0.35 },
      },
      { id: `${ID.grids}:line`, type: 'line', source: ID.grids, paint: { 'line-color': INK, 'line-width': 1.2 } },
      { id: `${ID.communities}:line`, type: 'line', source: ID.communities, paint: { 'line-color': INK, 'line-width': 2.6 } },
      { id: `${ID.changedCells}:fill`, type: 'fill', source: ID.changedCells, paint: { 'fill-color': byState, 'fill-opacity': 0.12 } },
      { id: `${ID.changedCells}:line`, type: 'line', source: ID.changedCells, paint: { 'line-color': INK, 'line-width': 1.2 } },
      {
        id: `${ID.goneCells}:line`,
        type: 'line',
        source: ID.goneCells,
        paint: { 'line-color': CHANGE_COLOURS.removed, 'line-width': 1, 'line-dasharray': [3, 2] },
      },
      { id: `${ID.changedStreets}:line`, type: 'line', source: ID.changedStreets, paint: { 'line-color': byState, 'line-width': 3 } },
      { id: `${ID.changedBuildings}:fill`, type: 'fill', source: ID.changedBuildings, paint: { 'fill-color': byState, 'fill-opacity': 0.55 } },
      {
        id: `${ID.changedBuildings}:line`,
        type: 'line',
        source: ID.changedBuildings,
        filter: ['!=', ['get', 'state'], 'removed'],
        paint: { 'line-color': byState, 'line-width': 1.6 },
      },
      {
        id: `${ID.changedBuildings}:gone`,
        type: 'line',
        source: ID.changedBuildings,
        filter: ['==', ['get', 'state'], 'removed'],
        paint: { 'line-color': CHANGE_COLOURS.removed, 'line-width': 1.6, 'line-dasharray': [2, 1.5] },
      },
      { id: `${ID.extents}:fill`, type: 'fill', source: ID.extents, paint: { 'fill-color': ACCENT, 'fill-opacity': 0.06 } },
      {
        id: `${ID.extents}:line`,
        type: 'line',
        source: ID.extents,
        paint: { 'line-color': ACCENT, 'line-width': 1.5, 'line-dasharray': [4, 3] },
      },
    ]),
    map.addLayers('labels', [
      {
        id: `${ID.communities}:label`,
        type: 'symbol',
        source: ID.communities,
        maxzoom: 14.5,
        layout: { 'text-field': ['get', 'name'], 'text-size': 12, 'text-max-width': 8 },
        paint: { 'text-color': '#1b2529', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
      },
      {
        id: `${ID.grids}:label`,
        type: 'symbol',
        source: ID.grids,
        minzoom: 14.5,
        layout: { 'text-field': ['get', 'label'], 'text-size': 12, 'text-max-width': 8 },
        paint: { 'text-color': '#1b2529', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
      },
      {
        id: `${ID.extents}:label`,
        type: 'symbol',
        source: ID.extents,
        layout: { 'text-field': ['get', 'name'], 'text-size': 12 },
        paint: { 'text-color': '#0a5f5e', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
      },
    ]),
    map.addLayers('pins', [
      {
        id: `${ID.findings}:pin`,
        type: 'circle',
        source: ID.findings,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 2.5, 16, 5.5],
          'circle-color': ['match', ['get', 'severity'], 'blocker', '#b3261e', 'error', '#b3261e', '#e69f00'],
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 1.2,
        },
      },
      {
        id: `${ID.focus}:ring`,
        type: 'circle',
        source: ID.focus,
        paint: { 'circle-radius': 14, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 3 },
      },
    ]),
  ]
  return () => {
    for (const id of Object.values(ID)) map.setData(id, EMPTY)
    for (const take of takeAway) take()
  }
}

/** Wider the nearer, main streets wider than lanes; `casing` pixels are added for the line beneath. */
function streetWidth(casing: number): never {
  const byClass = (main: number, lane: number) => [
    'match', ['get', 'class'], ['motorway', 'trunk', 'primary', 'secondary', 'tertiary'], main + casing, lane + casing,
  ]
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, byClass(1, 0.3), 15, byClass(4, 1.6), 18, byClass(16, 8)] as never
}

/** Draw one part of a dry run; null takes it away. */
export const showPreview = (map: MapEngine, part: PreviewPart, features: GeoJSON.FeatureCollection | null): void =>
  map.setData(ID[part], features ?? EMPTY)

/** Draw one part of a change; null takes it away. */
export const showChange = (map: MapEngine, part: ChangePart, features: GeoJSON.FeatureCollection | null): void =>
  map.setData(ID[part], features ?? EMPTY)

export const showFindings = (map: MapEngine, places: GeoJSON.FeatureCollection | null): void =>
  map.setData(ID.findings, places ?? EMPTY)

/** Ring around one place, or none. */
export function showFocus(map: MapEngine, at: LngLat | null): void {
  const features: GeoJSON.Feature[] =
    at === null ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...at] } }]
  map.setData(ID.focus, { type: 'FeatureCollection', features })
}

/** Boxes of what files cover, by name. */
export function showExtents(map: MapEngine, extents: readonly { readonly name: string; readonly bounds: LngLatBounds }[]): void {
  map.setData(ID.extents, {
    type: 'FeatureCollection',
    features: extents.map(({ name, bounds: [west, south, east, north] }) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
    })),
  })
}
