import type { LngLat } from '@/core/units'
import type { MapEngine } from '@/map/contracts'

/** What a draft pins to the map: links between cells, and notes. */
const LINKS = 'redesign:links'
const NOTES = 'redesign:notes'

const BRIDGE = '#5b3a8e'
const WALL = '#8a1c14'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** A bridge is a dashed line from cell to cell, a wall a bar on the border between them. */
export function addLinkLayers(map: MapEngine): () => void {
  map.putSource(LINKS, { type: 'geojson', data: EMPTY })
  return map.addLayers('preview', [
    { id: `${LINKS}:halo`, type: 'line', source: LINKS, paint: { 'line-color': '#ffffff', 'line-width': 8, 'line-opacity': 0.85 } },
    {
      id: `${LINKS}:bridge`,
      type: 'line',
      source: LINKS,
      filter: ['==', ['get', 'kind'], 'bridge'],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': BRIDGE, 'line-width': 3.5, 'line-dasharray': [1.2, 1.6] },
    },
    {
      id: `${LINKS}:wall`,
      type: 'line',
      source: LINKS,
      filter: ['==', ['get', 'kind'], 'wall'],
      paint: { 'line-color': WALL, 'line-width': 5 },
    },
    {
      id: `${LINKS}:first`,
      type: 'circle',
      source: LINKS,
      filter: ['==', ['get', 'kind'], 'first'],
      paint: { 'circle-radius': 8, 'circle-color': BRIDGE, 'circle-opacity': 0.85, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 },
    },
  ])
}

export function drawLinks(map: MapEngine, features: readonly GeoJSON.Feature[]): void {
  map.setData(LINKS, { type: 'FeatureCollection', features: [...features] })
}

export interface NotePin {
  readonly at: LngLat
  readonly text: string
  readonly open: boolean
}

export function addNoteLayers(map: MapEngine): () => void {
  map.putSource(NOTES, { type: 'geojson', data: EMPTY })
  return map.addLayers('pins', [
    {
      id: `${NOTES}:pin`,
      type: 'circle',
      source: NOTES,
      paint: {
        'circle-radius': ['case', ['get', 'open'], 8, 6],
        'circle-color': '#f2c230',
        'circle-stroke-color': '#1b2529',
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: `${NOTES}:text`,
      type: 'symbol',
      source: NOTES,
      minzoom: 14.5,
      layout: {
        'text-field': ['get', 'text'],
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [0.9, 0],
        'text-max-width': 14,
        'text-justify': 'left',
        // A note is meant to be seen: it gives way to no other label.
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#1b2529', 'text-halo-color': '#fff6d8', 'text-halo-width': 3 },
    },
  ])
}

/** Letters of a note on the map; the list has all of it. */
const LETTERS = 40

export function drawNotes(map: MapEngine, pins: readonly NotePin[]): void {
  map.setData(NOTES, {
    type: 'FeatureCollection',
    features: pins.map(({ at, text, open }) => ({
      type: 'Feature',
      properties: { text: text.length > LETTERS ? `${text.slice(0, LETTERS)}…` : text, open },
      geometry: { type: 'Point', coordinates: [...at] },
    })),
  })
}
