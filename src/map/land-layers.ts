import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { LAYER, SOURCE, type LayerBand } from './contracts'
import type { MapPalette } from './palette'

/** Layers and where they go, for a latitude (street widths are metres on the ground). Pure in theme and place. */
export interface BandedLayers {
  readonly band: LayerBand
  readonly layers: readonly LayerSpecification[]
}

/** Fonts of map text, drawn locally. The renderer reads the weight from the first name, so one that no font has leads. */
export const TEXT_FONT = ['Inter', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif']
export const TEXT_FONT_STRONG = ['Map SemiBold', ...TEXT_FONT]

export const LAND_AREA_SOURCE = 'land-area'

/** Pixels of a metre at a zoom and latitude, 512 px tiles. */
const pixelsPerMetre = (zoom: number, latitude: number): number =>
  (512 * 2 ** zoom) / (Math.cos((latitude * Math.PI) / 180) * 40075016.686)

/** A width that follows the ground, with a least number of pixels. */
function groundWidth(latitude: number, least: number, extraPx = 0): ExpressionSpecification {
  const stops = [9, 12, 14, 16, 18, 22].flatMap((zoom) => [
    zoom,
    ['+', ['max', least * Math.min(1, 2 ** ((zoom - 14) / 2)), ['*', ['get', 'width'], pixelsPerMetre(zoom, latitude)]], extraPx],
  ])
  return ['interpolate', ['exponential', 2], ['zoom'], ...stops] as unknown as ExpressionSpecification
}

const state = (key: string, fallback: unknown): ExpressionSpecification =>
  ['case', ['==', ['feature-state', key], null], fallback, ['feature-state', key]] as unknown as ExpressionSpecification

/** Opacity of cells: of the plan's own colours, and of a theme, whose classes must be told apart. */
export const GRID_FILL_OPACITY = 0.22
export const THEME_FILL_OPACITY = 0.5

/** What a draft redrew is not drawn as it was. */
const unlessRedrawn = (opacity: unknown): ExpressionSpecification =>
  ['case', ['==', ['feature-state', 'redrawn'], true], 0, opacity] as unknown as ExpressionSpecification

/** Opacity by state where a gesture set one, else as given. */
export const cellOpacity = (opacity: number): ExpressionSpecification => unlessRedrawn(state('opacity', opacity))

export function landLayers(palette: MapPalette, latitude: number): BandedLayers[] {
  return [
    {
      band: 'base',
      layers: [
        { id: 'base:land:fill', type: 'fill', source: LAND_AREA_SOURCE, paint: { 'fill-color': palette.land } },
        {
          id: 'base:green:fill',
          type: 'fill',
          source: SOURCE.features,
          filter: ['all', ['==', ['get', 'kind'], 'green'], ['==', ['geometry-type'], 'Polygon']],
          paint: { 'fill-color': palette.green },
        },
        {
          id: 'base:water:fill',
          type: 'fill',
          source: SOURCE.features,
          filter: ['all', ['==', ['get', 'kind'], 'water'], ['==', ['geometry-type'], 'Polygon']],
          paint: { 'fill-color': palette.water },
        },
        {
          id: 'base:water:line',
          type: 'line',
          source: SOURCE.features,
          filter: ['all', ['==', ['get', 'kind'], 'water'], ['==', ['geometry-type'], 'LineString']],
          layout: { 'line-cap': 'round', 'line-join': 'round' },
          paint: { 'line-color': palette.water, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 10, 1, 18, 12] },
        },
      ],
    },
    {
      band: 'land',
      layers: [
        {
          id: 'base:compounds:hatch',
          type: 'fill',
          source: SOURCE.compounds,
          filter: ['==', ['get', 'status'], 'unmanaged'],
          paint: { 'fill-pattern': 'hatch' },
        },
        ...streetLayers(palette, latitude),
        {
          id: 'base:railway:line',
          type: 'line',
          source: SOURCE.features,
          filter: ['==', ['get', 'kind'], 'railway'],
          paint: { 'line-color': palette.railway, 'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1, 17, 4] },
        },
        {
          id: 'base:railway:ties',
          type: 'line',
          source: SOURCE.features,
          minzoom: 13,
          filter: ['==', ['get', 'kind'], 'railway'],
          paint: {
            'line-color': '#FFFFFF',
            'line-width': ['interpolate', ['linear'], ['zoom'], 13, 1, 17, 2.4],
            'line-dasharray': [4, 4],
          },
        },
      ],
    },
    {
      band: 'buildings',
      layers: [
        {
          id: LAYER.buildingsFill,
          type: 'fill',
          source: SOURCE.buildings,
          minzoom: 12.5,
          paint: { 'fill-color': palette.building, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12.5, 0.5, 14, 1] },
        },
        {
          id: 'base:buildings:line',
          type: 'line',
          source: SOURCE.buildings,
          minzoom: 14.5,
          paint: { 'line-color': palette.buildingLine, 'line-width': 0.7 },
        },
      ],
    },
    {
      band: 'grids',
      layers: [
        ...cellLayers(palette),
      ],
    },
    { band: 'borders', layers: borderLayers(palette) },
    {
      band: 'labels',
      layers: [
        {
          id: 'base:compounds:name',
          type: 'symbol',
          source: SOURCE.compounds,
          minzoom: 15.5,
          layout: { 'text-field': ['get', 'name'], 'text-font': TEXT_FONT, 'text-size': 12, 'text-max-width': 9, 'text-padding': 6 },
          paint: { 'text-color': palette.inkSecond, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
        },
        {
          id: 'base:streets:name',
          type: 'symbol',
          source: SOURCE.streets,
          minzoom: 14,
          filter: ['!=', ['get', 'name'], ''],
          layout: {
            'symbol-placement': 'line',
            'symbol-spacing': 420,
            'text-field': ['get', 'name'],
            'text-font': TEXT_FONT,
            'text-size': 11,
            'text-max-angle': 30,
            'symbol-sort-key': ['-', 0, ['get', 'width']],
          },
          paint: { 'text-color': palette.inkSecond, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
        },
      ],
    },
  ]
}

/** Cells of the land, and those that a draft redrew, alike. */
function cellLayers(palette: MapPalette): LayerSpecification[] {
  const both = [
    { fill: LAYER.cellsFill, none: 'land:cells:none', line: LAYER.cellsLine, cells: SOURCE.cells, arcs: SOURCE.arcs },
    { fill: LAYER.redrawnFill, none: 'land:redrawn:none', line: LAYER.redrawnLine, cells: SOURCE.redrawnCells, arcs: SOURCE.redrawnArcs },
  ]
  return both.flatMap(({ fill, none, line, cells, arcs }): LayerSpecification[] => [
    {
      id: fill,
      type: 'fill',
      source: cells,
      paint: {
        'fill-color': ['to-color', state('fill', 'rgba(0,0,0,0)')],
        'fill-opacity': cellOpacity(GRID_FILL_OPACITY),
        // Neighbours of one colour must join without a seam.
        'fill-antialias': false,
      },
    },
    { id: none, type: 'fill', source: cells, paint: { 'fill-pattern': 'no-grid', 'fill-opacity': unlessRedrawn(state('none', 0)) } },
    {
      id: line,
      type: 'line',
      source: arcs,
      minzoom: 14,
      layout: { visibility: 'none' },
      paint: { 'line-color': palette.inkSecond, 'line-width': 0.6, 'line-opacity': unlessRedrawn(0.35), 'line-dasharray': [2, 3] },
    },
  ])
}

function streetLayers(palette: MapPalette, latitude: number): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    {
      id: 'base:streets:path',
      type: 'line',
      source: SOURCE.streets,
      minzoom: 14.5,
      filter: ['get', 'path'],
      paint: { 'line-color': palette.path, 'line-width': 1.2, 'line-dasharray': [3, 2] },
    },
    {
      id: 'base:streets:casing',
      type: 'line',
      source: SOURCE.streets,
      minzoom: 12,
      filter: ['!', ['get', 'path']],
      layout: round,
      paint: {
        'line-color': ['case', ['get', 'major'], palette.casingMajor, palette.casing],
        'line-width': groundWidth(latitude, 1.2, 1.6),
      },
    },
    {
      id: LAYER.streetsLine,
      type: 'line',
      source: SOURCE.streets,
      filter: ['!', ['get', 'path']],
      layout: round,
      paint: { 'line-color': palette.street, 'line-width': groundWidth(latitude, 1.2) },
    },
  ]
}

function borderLayers(palette: MapPalette): LayerSpecification[] {
  return [
    {
      id: LAYER.compoundsLine,
      type: 'line',
      source: SOURCE.compounds,
      minzoom: 13.5,
      paint: { 'line-color': palette.wall, 'line-width': 1.2, 'line-dasharray': [3, 2], 'line-opacity': 0.8 },
    },
    {
      id: LAYER.communitiesLine,
      type: 'line',
      source: SOURCE.communities,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': palette.communityLine,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, ['case', ['get', 'edge'], 2, 1], 14, ['case', ['get', 'edge'], 3.4, 2.6]],
        'line-opacity': ['case', ['get', 'edge'], 0.9, 0.72],
      },
    },
    ...([[LAYER.gridsLine, SOURCE.arcs], [LAYER.redrawnGridsLine, SOURCE.redrawnArcs]] as const).map(
      ([id, source]): LayerSpecification => ({
        id,
        type: 'line',
        source,
        minzoom: 11,
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: {
          'line-color': palette.gridLine,
          'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 14, 1.4, 18, 1.8],
          'line-opacity': unlessRedrawn(['match', state('border', 0), 1, 0.9, 2, 0.9, 0]),
        },
      }),
    ),
  ]
}
