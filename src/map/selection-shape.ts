import type { Scope } from '@/core/scope'
import { scopeAsShown, type Selection, type ShownGrids } from '@/core/workspace'
import { SOURCE, type MapEngine } from './contracts'
import { unionPolygons } from './cell-rings'
import type { MapPalette } from './palette'

type LayerSpecs = Parameters<MapEngine['addLayers']>[1]
type Geometry = GeoJSON.Geometry

/** The halo of what is selected: accent on white, over every border. */
export function selectionLayers(palette: MapPalette): LayerSpecs {
  const join = { 'line-join': 'round', 'line-cap': 'round' }
  return [
    {
      id: 'selection:halo',
      type: 'line',
      source: SOURCE.selection,
      layout: join,
      paint: { 'line-color': palette.halo, 'line-width': 6, 'line-opacity': 0.9 },
    },
    {
      id: 'selection:line',
      type: 'line',
      source: SOURCE.selection,
      layout: join,
      paint: { 'line-color': palette.accent, 'line-width': 3 },
    },
    {
      id: 'selection:point',
      type: 'circle',
      source: SOURCE.selection,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 16,
        'circle-opacity': 0,
        'circle-stroke-color': palette.accent,
        'circle-stroke-width': 3,
      },
    },
  ] as LayerSpecs
}

/** Outline of the selected thing; nothing for no selection. */
export function selectionGeometry(scope: Scope, shown: ShownGrids | null, selection: Selection | null): GeoJSON.FeatureCollection {
  const geometry = selection && geometryOf(scope, shown, selection)
  return {
    type: 'FeatureCollection',
    features: geometry ? [{ type: 'Feature', properties: {}, geometry }] : [],
  }
}

/** Shape of a selectable thing, degrees; null where it has none in this scope. */
export function geometryOf(scope: Scope, shown: ShownGrids | null, selection: Selection): Geometry | null {
  const { land } = scopeAsShown(scope, shown)
  const cellsWhere = (inside: (cell: number) => boolean): Geometry | null => {
    const coordinates = unionPolygons(land, inside)
    return coordinates.length ? { type: 'MultiPolygon', coordinates } : null
  }
  switch (selection.kind) {
    case 'cell':
      return cellsWhere((cell) => cell === selection.index)
    case 'grid': {
      const index = shown?.grids.findIndex((grid) => grid?.id === selection.gridId) ?? -1
      return shown && index >= 0 ? cellsWhere((cell) => shown.cellGrid[cell] === index) : null
    }
    case 'community': {
      const index = scope.communities.findIndex((unit) => unit.id === selection.orgUnitId)
      return index >= 0 ? cellsWhere((cell) => land.cellCommunity[cell] === index) : null
    }
    case 'building':
      return outlineOf(scope, selection.index)
    case 'household':
    case 'member':
      return outlineOf(scope, selection.buildingIndex)
    case 'compound': {
      const compound = scope.compounds[selection.index]
      return compound ? { type: 'Polygon', coordinates: [compound.ring.map(([lng, lat]) => [lng, lat])] } : null
    }
    case 'street': {
      const street = scope.streets[selection.index]
      return street ? { type: 'LineString', coordinates: street.line.map(([lng, lat]) => [lng, lat]) } : null
    }
    case 'station': {
      const station = scope.stations[selection.index]
      return station ? { type: 'Point', coordinates: [station.at[0], station.at[1]] } : null
    }
    case 'issue':
      return null
  }
}

function outlineOf({ buildings }: Scope, index: number): Geometry | null {
  if (index < 0 || index >= buildings.count) return null
  const ring: GeoJSON.Position[] = []
  for (let p = buildings.outlineStart[index]; p < buildings.outlineStart[index + 1]; p++) {
    ring.push([buildings.outline[2 * p], buildings.outline[2 * p + 1]])
  }
  return { type: 'Polygon', coordinates: [ring] }
}
