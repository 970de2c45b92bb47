import type { Scope } from '@/core/scope'
import { scopeAsShown, type LayerSwitch, type ShownGrids, type Workspace } from '@/core/workspace'
import { LAYER, SOURCE } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { createGridPainter, fillByColour, type GridPainter } from '@/map/grid-painter'
import { landFeatures } from '@/map/land-features'
import { cellOpacity, GRID_FILL_OPACITY, LAND_AREA_SOURCE, landLayers, THEME_FILL_OPACITY } from '@/map/land-layers'
import { drawMapIcons } from '@/map/map-icons'
import { drawSlipIcons } from '@/map/slip-icons'
import { LIGHT } from '@/map/palette'
import { colourGridsOf } from './colour-grids-of'
import { createHouseholdGlyphs } from './household-glyphs'
import { drawLabels, labelLayers } from './labels'
import { selectionGeometry, selectionLayers } from '@/map/selection-shape'
import { themeFill } from './theme-fill'

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Layers that each switch shows. */
const SWITCHED: Readonly<Record<LayerSwitch, readonly string[]>> = {
  grids: [LAYER.cellsFill, LAYER.gridsLine, LAYER.redrawnFill, LAYER.redrawnGridsLine],
  labels: [LAYER.gridsLabel, 'communities:label'],
  cells: [LAYER.cellsLine, LAYER.redrawnLine],
  buildings: [LAYER.buildingsFill, 'base:buildings:line'],
  households: [LAYER.households, LAYER.householdGroups],
  streets: [LAYER.streetsLine, 'base:streets:casing', 'base:streets:path', 'base:streets:name'],
  compounds: [LAYER.compoundsLine, 'base:compounds:hatch', 'base:compounds:name'],
  stations: [LAYER.stations],
}

/**
 * Keep the map in step with the workspace: land when the scope changes, states when grids change, a halo when the
 * selection changes. Returns the function that ends it.
 */
export function bindMap(map: MapHost, workspace: Workspace): () => void {
  let painter: GridPainter | null = null
  let removeLayers: (() => void)[] = []
  const ends: (() => void)[] = []
  const glyphs = createHouseholdGlyphs(map, workspace)

  void map.ready.then(() => [...drawMapIcons(LIGHT), ...drawSlipIcons()].forEach((icon) => map.addIcon(icon.id, icon.image, icon.pixelRatio)))

  const drawScope = (scope: Scope | null): void => {
    removeLayers.forEach((remove) => remove())
    removeLayers = []
    painter?.end()
    painter = null
    if (!scope) return
    painter = createGridPainter(map, scope.land)
    const features = landFeatures(scope)
    const put = (id: string, data: GeoJSON.FeatureCollection): void => map.putSource(id, { type: 'geojson', data, tolerance: 0.2 })
    put(LAND_AREA_SOURCE, features.landArea)
    put(SOURCE.features, features.features)
    put(SOURCE.streets, features.streets)
    put(SOURCE.compounds, features.compounds)
    put(SOURCE.buildings, features.buildings)
    put(SOURCE.cells, features.cells)
    put(SOURCE.arcs, features.arcs)
    put(SOURCE.communities, features.communities)
    put(SOURCE.stations, features.stations)
    for (const id of [SOURCE.redrawnCells, SOURCE.redrawnArcs, SOURCE.gridLabels, SOURCE.households, SOURCE.selection]) put(id, EMPTY)
    const latitude = (scope.bounds[1] + scope.bounds[3]) / 2
    for (const { band, layers } of landLayers(LIGHT, latitude)) removeLayers.push(map.addLayers(band, layers))
    removeLayers.push(map.addLayers('borders', selectionLayers(LIGHT)))
    removeLayers.push(map.addLayers('pins', glyphs.layers()))
    // Uppermost, so that they are placed first: what a grid is called and holds comes before the signs inside it.
    removeLayers.push(map.addLayers('pins', labelLayers(LIGHT)))
    switchLayers(workspace.layers.get())
    setOpacity()
    paint(workspace.shownGrids.get(), null)
    drawSelection()
    glyphs.refresh()
  }

  const paint = (shown: ShownGrids | null, previous: ShownGrids | null): void => {
    const loaded = workspace.scope.get()
    if (!loaded || !painter || !shown) return
    const scope = scopeAsShown(loaded, shown)
    if (shown.cellGrid.length !== scope.land.cellIds.length) return
    const partial = previous !== null && shown.changedCells !== null && (shown.ground !== undefined || previous.cellGrid.length === shown.cellGrid.length)
    const { colours, recoloured } = colourGridsOf(scope, shown, partial)
    const theme = workspace.mapTheme.get()
    const fill = theme === 'grids' ? fillByColour(colours) : themeFill(theme, scope, shown)
    // A theme colours whole grids by their sums, so one flipped cell recolours two grids.
    const cells = partial && theme === 'grids' && !recoloured ? shown.changedCells! : scope.land.cellIds.keys()
    painter.paint(shown, fill, cells, partial)
    drawLabels(map, loaded, shown)
    if (['grid', 'cell'].includes(workspace.selection.get()?.kind ?? '')) drawSelection()
  }

  const setOpacity = (): void => {
    const opacity = workspace.mapTheme.get() === 'grids' ? GRID_FILL_OPACITY : THEME_FILL_OPACITY
    for (const id of [LAYER.cellsFill, LAYER.redrawnFill]) map.setPaint(id, 'fill-opacity', cellOpacity(opacity))
  }

  const drawSelection = (): void => {
    const scope = workspace.scope.get()
    const shown = workspace.shownGrids.get()
    if (scope) map.setData(SOURCE.selection, selectionGeometry(scope, shown, workspace.selection.get()))
  }

  const switchLayers = (on: readonly LayerSwitch[]): void => {
    for (const [name, ids] of Object.entries(SWITCHED)) {
      for (const id of ids) map.setVisible(id, on.includes(name as LayerSwitch))
    }
    glyphs.refresh()
  }

  ends.push(workspace.scope.subscribe(drawScope))
  ends.push(workspace.shownGrids.subscribe(paint))
  ends.push(
    workspace.mapTheme.subscribe(() => {
      setOpacity()
      paint(workspace.shownGrids.get(), null)
    }),
  )
  ends.push(workspace.selection.subscribe(drawSelection))
  ends.push(workspace.layers.subscribe(switchLayers))
  ends.push(map.view.subscribe(() => glyphs.refresh()))
  drawScope(workspace.scope.get())
  return () => {
    painter?.end()
    ends.forEach((end) => end())
  }
}
