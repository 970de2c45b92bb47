import type { Scope } from '@/core/scope'
import { seesHouseholds, sumCells } from '@/core/sum-cells'
import { gridTitle, homeUnit, shortUnitName } from '@/core/unit-names'
import { scopeAsShown, type ShownGrids } from '@/core/workspace'
import { boundaryPolygons, unionPolygons } from '@/map/cell-rings'
import { LAYER, SOURCE } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { labelPoint } from '@/map/label-point'
import { COMMUNITY_LABEL_PX, GRID_LABEL_PX, labelZoom } from '@/map/label-zoom'
import { TEXT_FONT, TEXT_FONT_STRONG } from '@/map/land-layers'
import type { MapPalette } from '@/map/palette'
import { formatNumber } from '@/ui/format'
import { i18n } from '../i18n'

type LayerSpecs = Parameters<MapHost['addLayers']>[1]
type Place = readonly [number, number]

/** Labels of grids when near, of communities when far, of the street when farthest. They never overlap. */
export function labelLayers(palette: MapPalette): LayerSpecs {
  const layout = (titleSize: number): Record<string, unknown> => ({
    'text-field': ['format', ['get', 'title'], { 'text-font': ['literal', TEXT_FONT_STRONG] }, '\n', {}, ['get', 'value'], { 'font-scale': 0.92 }],
    'text-font': TEXT_FONT,
    'text-size': titleSize,
    'text-line-height': 1.25,
    'text-padding': 3,
    'symbol-sort-key': ['get', 'order'],
  })
  const paint = { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 2 }
  return [
    {
      id: LAYER.gridsLabel,
      type: 'symbol',
      source: SOURCE.gridLabels,
      filter: ['all', ['==', ['get', 'kind'], 'grid'], ['>=', ['zoom'], ['get', 'minZoom']]],
      layout: layout(12),
      paint,
    },
    {
      id: 'communities:label',
      type: 'symbol',
      source: SOURCE.gridLabels,
      filter: ['all', ['!=', ['get', 'kind'], 'grid'], ['>=', ['zoom'], ['get', 'minZoom']], ['<', ['zoom'], ['get', 'maxZoom']]],
      layout: layout(12),
      paint,
    },
  ] as LayerSpecs
}

/** Places of labels, kept as long as the cells of their owner are the same. */
let kept: { scope: Scope; places: Map<string, { sign: string; at: Place }> } | null = null

/** Put the labels of the grids as shown. Sums run over the cells once; places are found anew only where cells changed. */
export function drawLabels(map: MapHost, loaded: Scope, shown: ShownGrids): void {
  if (kept?.scope !== loaded) kept = { scope: loaded, places: new Map() }
  const { places } = kept
  const scope = scopeAsShown(loaded, shown)
  const { land } = scope
  const grids = sumCells(scope, shown.cellGrid, shown.grids.length)
  const communities = sumCells(scope, land.cellCommunity, scope.communities.length)
  // Cells redrawn may be the same ones of another size.
  const signs = signsOf(shown.cellGrid, shown.grids.length).map((sign, k) => `${sign}/${grids.areaM2[k].toFixed(1)}`)
  const lngScale = land.frame.mPerDegLng / land.frame.mPerDegLat
  const place = (key: string, sign: string, owner: ArrayLike<number>, k: number): Place | null => {
    const before = places.get(key)
    if (before?.sign === sign) return before.at
    const at = labelPoint(unionPolygons(land, (cell) => owner[cell] === k), lngScale)
    if (at) places.set(key, { sign, at })
    return at
  }
  const latitude = (scope.bounds[1] + scope.bounds[3]) / 2
  const features: GeoJSON.Feature[] = []
  const put = (at: Place | null, properties: Record<string, unknown>): void => {
    if (at) features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [...at] } })
  }
  const known = seesHouseholds(scope)
  const value = (households: number): string => (known ? i18n.global.t('unit.householdsShort', { n: formatNumber(households) }) : '')

  const nearest = new Float64Array(scope.communities.length).fill(Infinity)
  shown.grids.forEach((grid, k) => {
    if (!grid || grids.cells[k] === 0) return
    const minZoom = labelZoom(grids.areaM2[k], GRID_LABEL_PX, latitude)
    if (grid.community >= 0) nearest[grid.community] = Math.min(nearest[grid.community], minZoom)
    put(place(grid.id, signs[k], shown.cellGrid, k), {
      kind: 'grid',
      title: gridTitle(grid, scope),
      value: value(grids.households[k]),
      minZoom,
      order: -grids.households[k],
    })
  })
  const far: number[] = []
  scope.communities.forEach((community, k) => {
    if (communities.cells[k] === 0) return
    const minZoom = labelZoom(communities.areaM2[k], COMMUNITY_LABEL_PX, latitude)
    far.push(minZoom)
    put(place(`community-${community.id}`, '', land.cellCommunity, k), {
      kind: 'community',
      title: shortUnitName(community),
      value: value(communities.households[k]),
      minZoom,
      maxZoom: nearest[k] === Infinity ? 24 : Math.max(minZoom, nearest[k]),
      order: -communities.households[k],
    })
  })
  const home = homeUnit(scope)
  if (home && far.length > 1) {
    const households = communities.households.reduce((sum, own) => sum + own, 0)
    const maxZoom = far.sort((p, q) => p - q)[Math.floor(far.length / 4)]
    const at = places.get('home')?.at ?? labelPoint(boundaryPolygons(land), lngScale)
    if (at) places.set('home', { sign: '', at })
    put(at, { kind: 'street', title: home.name, value: value(households), minZoom: 0, maxZoom, order: -1e9 })
  }
  map.setData(SOURCE.gridLabels, { type: 'FeatureCollection', features })
}

/** A sign of each grid's cells that changes when they do: their number, sum and sum of squares. */
function signsOf(cellGrid: Int32Array, count: number): string[] {
  const cells = new Int32Array(count)
  const sum = new Float64Array(count)
  const squares = new Float64Array(count)
  for (let cell = 0; cell < cellGrid.length; cell++) {
    const grid = cellGrid[cell]
    if (grid < 0) continue
    cells[grid]++
    sum[grid] += cell
    squares[grid] += cell * cell
  }
  return Array.from(cells, (number, k) => `${number}/${sum[k]}/${squares[k]}`)
}
