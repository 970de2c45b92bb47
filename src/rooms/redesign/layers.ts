import type { MapEngine } from '@/map/contracts'
import { toLngLat, type LandFrame } from '@/core/land-frame'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { addMarkLayers } from './marks'
import type { LatticePoint } from './operations/pick-cells'
import { riseOfSigns, RISES_PX, ZOOMS, type OtherSign } from './operations/rise-of-signs'
import { zoomWithRoom } from './operations/zoom-with-room'

/** Sources and layers of this room. Ids begin with the room's id. */
const GESTURE = 'redesign:gesture'
const PINS = 'redesign:findings'
const PIECES = 'redesign:pieces'

const ACCENT = '#0e7c7b'
const ACCENT_DARK = '#0a5f5e'
const DANGER = '#b3261e'
const WARNING = '#b4500f'

/** Pixels that raise a sign above the label of its grid, or above a station that lies there. */
const above = (px: number): [number, number] => [0, -px]
/** Signs this far apart do not cover one another; from the highest zoom on each place has its sign in any case. */
const APART_PX = 18
const HIGHEST_ZOOM = 17
const HAS_ROOM: ExpressionSpecification = ['>=', ['zoom'], ['get', 'roomZoom']]
const STEP: ExpressionSpecification = ['min', ['floor', ['zoom']], ZOOMS - 1]
const signFilter = (rise: number): ExpressionSpecification =>
  ['all', HAS_ROOM, ['==', ['slice', ['get', 'rises'], STEP, ['+', STEP, 1]], String(rise)]]
const BY_SEVERITY: ExpressionSpecification = ['case', ['==', ['get', 'severity'], 'error'], DANGER, WARNING]

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** A place on the map that a finding speaks of. */
export interface FindingPin {
  readonly at: readonly [lng: number, lat: number]
  readonly severity: 'error' | 'warning'
  readonly label: string
  /** From this zoom on a label stands here, and the sign goes above it. */
  readonly labelZoom: number
}

/** Declare the room's sources and put its layers on the map; the returned function takes them away. */
export function addRedesignLayers(map: MapEngine): () => void {
  for (const id of [GESTURE, PINS, PIECES]) map.putSource(id, { type: 'geojson', data: EMPTY })
  const takeAway = [
    addMarkLayers(map),
    map.addLayers('preview', [
      {
        id: `${PIECES}:halo`,
        type: 'line',
        source: PIECES,
        paint: { 'line-color': '#ffffff', 'line-width': 6, 'line-opacity': 0.8 },
      },
      {
        id: `${PIECES}:line`,
        type: 'line',
        source: PIECES,
        paint: { 'line-color': DANGER, 'line-width': 2.5, 'line-dasharray': [2, 1.5] },
      },
      {
        id: `${GESTURE}:fill`,
        type: 'fill',
        source: GESTURE,
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': ACCENT, 'fill-opacity': 0.12 },
      },
      {
        id: `${GESTURE}:halo`,
        type: 'line',
        source: GESTURE,
        paint: { 'line-color': '#ffffff', 'line-width': 4, 'line-opacity': 0.8 },
      },
      {
        id: `${GESTURE}:line`,
        type: 'line',
        source: GESTURE,
        paint: { 'line-color': ACCENT_DARK, 'line-width': 1.8 },
      },
    ]),
    map.addLayers('pins', [
      {
        id: `${PINS}:crowded`,
        type: 'circle',
        source: PINS,
        filter: ['!', HAS_ROOM],
        paint: { 'circle-radius': 2, 'circle-color': BY_SEVERITY },
      },
      ...RISES_PX.map((px, rise): LayerSpecification => ({
        id: `${PINS}:disc:${rise}`,
        type: 'circle',
        source: PINS,
        filter: signFilter(rise),
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 2.5, 14, 5, 15.5, 9],
          'circle-translate': above(px),
          'circle-color': '#ffffff',
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 12, 1.5, 15.5, 2],
          'circle-stroke-color': BY_SEVERITY,
        },
      })),
      ...RISES_PX.map((px, rise): LayerSpecification => ({
        id: `${PINS}:sign:${rise}`,
        type: 'symbol',
        source: PINS,
        minzoom: 14.5,
        filter: signFilter(rise),
        layout: {
          'text-field': ['case', ['==', ['get', 'severity'], 'error'], '▲', '!'],
          'text-size': 11,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: {
          'text-color': BY_SEVERITY,
          'text-translate': above(px),
        },
      })),
    ]),
  ]
  return () => takeAway.forEach((take) => take())
}

/** Show the outline of a gesture in lattice points: a ring where closed, else a line; none clears it. */
export function drawGesture(map: MapEngine, frame: LandFrame, points: readonly LatticePoint[], closed: boolean): void {
  if (points.length < 2) return map.setData(GESTURE, EMPTY)
  const line = points.map((point) => toLngLat(frame, point.x, point.y))
  if (closed) line.push(line[0]!)
  map.setData(GESTURE, {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: {},
        geometry: closed && line.length >= 4 ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line },
      },
    ],
  })
}

export function clearGesture(map: MapEngine): void {
  map.setData(GESTURE, EMPTY)
}

/** Show where findings lie: a dot where they are crowded, the sign once there is room for it, above a station that lies there. */
export function drawFindings(map: MapEngine, pins: readonly FindingPin[], stations: readonly OtherSign[]): void {
  const roomZooms = zoomWithRoom(pins.map(({ at }) => at), APART_PX, HIGHEST_ZOOM)
  const rises = riseOfSigns(pins, stations)
  map.setData(PINS, {
    type: 'FeatureCollection',
    features: pins.map((pin, k) => ({
      type: 'Feature',
      properties: { severity: pin.severity, label: pin.label, rises: rises[k], roomZoom: roomZooms[k] },
      geometry: { type: 'Point', coordinates: [...pin.at] },
    })),
  })
}

/** Outline the pieces of a grid that fell apart; rings in degrees. None clears. */
export function drawPieces(map: MapEngine, polygons: readonly GeoJSON.Geometry[]): void {
  map.setData(PIECES, {
    type: 'FeatureCollection',
    features: polygons.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  })
}
