import { SOURCE, type MapEngine } from '@/map/contracts'

/** What the numbers draw on the map: outlines of the grids pointed at, and a fill of the cells by a figure. */
const POINTED = 'redesign:pointed'
const THEME = 'redesign:figure'

/** Fills of classes from low to high: one hue, each step darker, to be told apart without colour too. */
export const CLASS_COLOURS = ['#E8F3F1', '#C3E0DB', '#93C7BF', '#5BA79F', '#2B837D', '#0C5A58'] as const

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

export function addPointedLayers(map: MapEngine): () => void {
  map.putSource(POINTED, { type: 'geojson', data: EMPTY })
  return map.addLayers('preview', [
    { id: `${POINTED}:halo`, type: 'line', source: POINTED, paint: { 'line-color': '#ffffff', 'line-width': 7, 'line-opacity': 0.9 } },
    {
      id: `${POINTED}:line`,
      type: 'line',
      source: POINTED,
      paint: { 'line-color': '#0a5f5e', 'line-width': ['case', ['get', 'chosen'], 3.5, 2.2] },
    },
  ])
}

export function drawPointed(map: MapEngine, pointed: readonly GeoJSON.Geometry[], chosen: readonly GeoJSON.Geometry[]): void {
  const feature = (isChosen: boolean) => (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: { chosen: isChosen }, geometry })
  map.setData(POINTED, { type: 'FeatureCollection', features: [...chosen.map(feature(true)), ...pointed.map(feature(false))] })
}

/** Put the fill by class on the map; the class of a cell is its state `figureClass`, −1 for none. */
export function addFigureLayer(map: MapEngine): () => void {
  return map.addLayers('theme', [
    {
      id: `${THEME}:fill`,
      type: 'fill',
      source: SOURCE.cells,
      paint: {
        'fill-color': [
          'match',
          ['coalesce', ['feature-state', 'figureClass'], -1],
          ...CLASS_COLOURS.flatMap((colour, k) => [k, colour]),
          '#ffffff',
        ] as never,
        'fill-opacity': ['case', ['>=', ['coalesce', ['feature-state', 'figureClass'], -1], 0], 0.7, 0.6],
      },
    },
  ])
}

export function setFigureClass(map: MapEngine, cell: number, figureClass: number): void {
  map.setState(SOURCE.cells, cell, { figureClass })
}
