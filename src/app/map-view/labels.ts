import { LATTICE_M, toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { ShownGrids } from '@/core/workspace'
import { LAYER, SOURCE } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { TEXT_FONT, TEXT_FONT_STRONG } from '@/map/land-layers'
import type { MapPalette } from '@/map/palette'
import { formatNumber } from '@/ui/format'
import { i18n } from '../i18n'
import { gridTitle, homeUnit, shortUnitName } from '@/core/unit-names'

type LayerSpecs = Parameters<MapHost['addLayers']>[1]

/** Width on the screen that a grid, a community and a whole street need before they carry their own label. */
const GRID_PX = 62
const COMMUNITY_PX = 54

/** Labels of grids when near, of communities when far, of the street when farthest. They never overlap. */
export function labelLayers(palette: MapPalette): LayerSpecs {
  const layout = (titleSize: number): Record<string, unknown> => ({
    'text-field': ['format', ['get', 'title'], { 'text-font': ['literal', TEXT_FONT_STRONG] }, '\n', {}, ['get', 'value'], { 'font-scale': 0.92 }],
    'text-font': TEXT_FONT,
    'text-size': titleSize,
    'text-line-height': 1.25,
    'text-padding': 4,
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
      layout: layout(13),
      paint,
    },
  ] as LayerSpecs
}

/** Put the labels of the grids as shown. Sums run over the cells once. */
export function drawLabels(map: MapHost, scope: Scope, shown: ShownGrids): void {
  const { land, cellStats } = scope
  const grids = sumsOf(shown.grids.length)
  const communities = sumsOf(scope.communities.length)
  for (let cell = 0; cell < land.cellIds.length; cell++) {
    const grid = shown.cellGrid[cell]
    if (grid >= 0) add(grids, grid, scope, cell)
    if (land.cellCommunity[cell] >= 0) add(communities, land.cellCommunity[cell], scope, cell)
  }
  nearestCells(grids, scope, (cell) => shown.cellGrid[cell])
  nearestCells(communities, scope, (cell) => land.cellCommunity[cell])

  const latitude = (scope.bounds[1] + scope.bounds[3]) / 2
  const zoomFor = (areaM2: number, widthPx: number): number =>
    Math.log2((widthPx * Math.cos((latitude * Math.PI) / 180) * 40075016.686) / (512 * Math.sqrt(Math.max(1, areaM2))))
  const features: GeoJSON.Feature[] = []
  const put = (cell: number, properties: Record<string, unknown>): void => {
    const at = toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
    features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } })
  }
  const value = (households: number): string => i18n.global.t('unit.households', { n: formatNumber(households) })
  const nearest = new Float64Array(scope.communities.length).fill(Infinity)
  shown.grids.forEach((grid, k) => {
    if (!grid || grids.cell[k] < 0) return
    const minZoom = zoomFor(grids.areaM2[k], GRID_PX)
    nearest[grid.community] = Math.min(nearest[grid.community], minZoom)
    put(grids.cell[k], {
      kind: 'grid',
      title: gridTitle(grid, scope),
      value: value(grids.households[k]),
      minZoom,
      order: -grids.households[k],
    })
  })
  const far: number[] = []
  scope.communities.forEach((community, k) => {
    if (communities.cell[k] < 0) return
    const minZoom = zoomFor(communities.areaM2[k], COMMUNITY_PX)
    far.push(minZoom)
    put(communities.cell[k], {
      kind: 'community',
      title: shortUnitName(community),
      value: value(communities.households[k]),
      minZoom,
      maxZoom: nearest[k] === Infinity ? 24 : Math.max(minZoom, nearest[k]),
      order: -communities.households[k],
    })
  })
  const street = homeUnit(scope)
  if (street && far.length > 1) {
    const total = cellStats.households.reduce((sum, households) => sum + households, 0)
    const maxZoom = far.sort((p, q) => p - q)[Math.floor(far.length / 4)]
    const middle = middleCell(scope)
    put(middle, { kind: 'street', title: street.name, value: value(total), minZoom: 0, maxZoom, order: -1e9 })
  }
  map.setData(SOURCE.gridLabels, { type: 'FeatureCollection', features })
}

interface Sums {
  readonly households: Int32Array
  readonly areaM2: Float64Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly cell: Int32Array
  readonly away: Float64Array
}

const sumsOf = (count: number): Sums => ({
  households: new Int32Array(count),
  areaM2: new Float64Array(count),
  x: new Float64Array(count),
  y: new Float64Array(count),
  cell: new Int32Array(count).fill(-1),
  away: new Float64Array(count).fill(Infinity),
})

function add(sums: Sums, k: number, { land, cellStats }: Scope, cell: number): void {
  const areaM2 = land.cellAreaM2[cell]
  sums.households[k] += cellStats.households[cell]
  sums.areaM2[k] += areaM2
  sums.x[k] += land.cellLabelXY[2 * cell] * areaM2
  sums.y[k] += land.cellLabelXY[2 * cell + 1] * areaM2
}

/** The label stands in the cell whose own label point lies nearest to the middle, so it is always inside. */
function nearestCells(sums: Sums, { land }: Scope, owner: (cell: number) => number): void {
  for (let cell = 0; cell < land.cellIds.length; cell++) {
    const k = owner(cell)
    if (k < 0) continue
    const dx = land.cellLabelXY[2 * cell] - sums.x[k] / sums.areaM2[k]
    const dy = land.cellLabelXY[2 * cell + 1] - sums.y[k] / sums.areaM2[k]
    // A large cell holds a label better: its own size is taken off the distance.
    const away = Math.hypot(dx, dy) - (0.5 * Math.sqrt(land.cellAreaM2[cell])) / LATTICE_M
    if (away < sums.away[k]) {
      sums.away[k] = away
      sums.cell[k] = cell
    }
  }
}

function middleCell({ land, bounds }: Scope): number {
  let best = 0
  let bestAway = Infinity
  for (let cell = 0; cell < land.cellIds.length; cell++) {
    const [lng, lat] = toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
    const away = Math.hypot(lng - (bounds[0] + bounds[2]) / 2, lat - (bounds[1] + bounds[3]) / 2)
    if (away < bestAway) [best, bestAway] = [cell, away]
  }
  return best
}
