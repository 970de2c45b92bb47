import { toLngLat } from '@/core/land-frame'
import type { Land } from '@/core/land'
import { ringsOfCell } from '@/map/cell-rings'
import type { MapEngine } from '@/map/contracts'
import { arcLine } from '@/map/land-features'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { CellIndex } from './operations/index-cells'
import type { LatticePoint } from './operations/pick-cells'

/** What a mark on the map says. */
export type MarkRole =
  /** A border or a line that can be taken hold of. */
  | 'run'
  /** One that cannot, or a change that does not go. */
  | 'stuck'
  /** Where the border was. */
  | 'former'
  /** The line that is being drawn, or the breadth of the front. */
  | 'drawn'
  /** Cells that change hands, or that were chosen. */
  | 'flip'
  /** A node; an inner point; the middle of a leg, where a point can be added; the point in the hand; one that does not go. */
  | 'node'
  | 'point'
  | 'middle'
  | 'active'
  | 'bad'
  /** What the point in the hand snapped to. */
  | 'snap'

export interface Mark {
  readonly role: MarkRole
  readonly geometry: GeoJSON.Geometry
}

const SOURCE = 'redesign:marks'
const ACCENT = '#0e7c7b'
const ACCENT_DARK = '#0a5f5e'
const DANGER = '#b3261e'
const INK = '#2b3a42'
const WHITE = '#ffffff'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const byRole = (cases: Readonly<Partial<Record<MarkRole, string | number>>>, otherwise: string | number): ExpressionSpecification =>
  ['match', ['get', 'role'], ...Object.entries(cases).flat(), otherwise] as unknown as ExpressionSpecification
const is = (...roles: MarkRole[]): ExpressionSpecification => ['in', ['get', 'role'], ['literal', roles]]

const LINES: readonly LayerSpecification[] = [
  { id: `${SOURCE}:flip`, type: 'fill', source: SOURCE, filter: is('flip'), paint: { 'fill-pattern': 'flip', 'fill-opacity': 0.8 } },
  {
    id: `${SOURCE}:halo`,
    type: 'line',
    source: SOURCE,
    filter: is('run', 'stuck', 'drawn'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': WHITE, 'line-width': byRole({ run: 8, stuck: 7 }, 5), 'line-opacity': 0.9 },
  },
  {
    id: `${SOURCE}:line`,
    type: 'line',
    source: SOURCE,
    filter: is('run', 'drawn', 'snap'),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': byRole({ snap: ACCENT, run: ACCENT }, ACCENT_DARK), 'line-width': byRole({ run: 4, snap: 3 }, 2) },
  },
  {
    id: `${SOURCE}:dashed`,
    type: 'line',
    source: SOURCE,
    filter: is('former', 'stuck'),
    paint: { 'line-color': byRole({ stuck: DANGER }, INK), 'line-width': byRole({ stuck: 3 }, 1.6), 'line-dasharray': [2.5, 2] },
  },
]
const POINTS: readonly LayerSpecification[] = [
  {
    id: `${SOURCE}:point`,
    type: 'circle',
    source: SOURCE,
    filter: ['all', ['==', ['geometry-type'], 'Point'], ['!=', ['get', 'role'], 'middle']],
    paint: {
      'circle-radius': byRole({ node: 6, active: 7, bad: 7, snap: 10 }, 4.5),
      'circle-color': byRole({ active: ACCENT, bad: DANGER, snap: 'rgba(0,0,0,0)' }, WHITE),
      'circle-stroke-color': byRole({ active: WHITE, bad: WHITE, point: ACCENT }, ACCENT_DARK),
      'circle-stroke-width': 2,
    },
  },
  {
    id: `${SOURCE}:middle`,
    type: 'symbol',
    source: SOURCE,
    filter: is('middle'),
    layout: { 'text-field': '＋', 'text-size': 14, 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': ACCENT_DARK, 'text-halo-color': WHITE, 'text-halo-width': 2.5 },
  },
]

/** Put the layers of marks on the map; the returned function takes them away. */
export function addMarkLayers(map: MapEngine): () => void {
  map.putSource(SOURCE, { type: 'geojson', data: EMPTY })
  const takeAway = [map.addLayers('preview', LINES), map.addLayers('pins', POINTS)]
  return () => takeAway.forEach((take) => take())
}

/** Show exactly these marks. */
export function drawMarks(map: MapEngine, marks: readonly Mark[]): void {
  const features = marks.map(({ role, geometry }): GeoJSON.Feature => ({ type: 'Feature', properties: { role }, geometry }))
  map.setData(SOURCE, { type: 'FeatureCollection', features })
}

export const clearMarks = (map: MapEngine): void => map.setData(SOURCE, EMPTY)

/** Marks of things of a land, in degrees. */
export const markArcs = (role: MarkRole, land: Land, arcs: Iterable<number>): Mark => ({
  role,
  geometry: { type: 'MultiLineString', coordinates: Array.from(arcs, (arc) => arcLine(land, arc)) },
})

export const markCells = (role: MarkRole, { land, cellArc, cellArcStart }: CellIndex, cells: Iterable<number>): Mark => ({
  role,
  geometry: {
    type: 'MultiPolygon',
    coordinates: Array.from(cells, (cell) => ringsOfCell(land, cell, cellArc.subarray(cellArcStart[cell], cellArcStart[cell + 1]))),
  },
})

export const markLine = (role: MarkRole, { frame }: Land, points: readonly LatticePoint[]): Mark => ({
  role,
  geometry: { type: 'LineString', coordinates: points.map(({ x, y }) => toLngLat(frame, x, y)) },
})

export const markPoint = (role: MarkRole, { frame }: Land, { x, y }: LatticePoint): Mark => ({
  role,
  geometry: { type: 'Point', coordinates: toLngLat(frame, x, y) },
})
