import type { ReadableCell } from '@/core/observable'
import type { LngLat, LngLatBounds } from '@/core/units'
import type { CanvasSourceSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'

/**
 * What rooms may ask of the map. One engine owns the maplibre object; every change goes through its one serialised
 * updater, so a burst of requests costs one repaint.
 */
export interface MapEngine {
  /** Resolves when style and base layers stand. */
  readonly ready: Promise<void>
  /** Declare a source once; calling again with the same id replaces its data where it is GeoJSON. */
  putSource(id: string, source: SourceSpecification | CanvasSourceSpecification): void
  /** Take a source away whose layers are gone. */
  dropSource(id: string): void
  /** Replace the data of a GeoJSON source. Coalesced: the last call before a frame wins. */
  setData(id: string, data: GeoJSON.FeatureCollection): void
  /** Put layers under the anchor's band; removes them all when the returned function is called. */
  addLayers(band: LayerBand, layers: readonly LayerSpecification[]): () => void
  setPaint(layerId: string, property: string, value: unknown): void
  setVisible(layerId: string, visible: boolean): void
  /** Paint by state; only differences are sent on. Feature ids are dense indices. */
  setState(source: string, featureIndex: number, state: Readonly<Record<string, unknown>>): void
  /** Topmost features under a point (CSS pixels of the map container) or a box, by layer. */
  query(at: ScreenPoint | ScreenBox, layers: readonly string[]): MapHit[]
  project(at: LngLat): ScreenPoint
  unproject(at: ScreenPoint): LngLat
  /** Where the map looks, after each movement. */
  readonly view: ReadableCell<MapView>
  /** Corners of what is seen: west, south, east, north. */
  seen(): LngLatBounds
  fit(bounds: LngLatBounds, options?: { readonly maxZoom?: number; readonly animate?: boolean }): void
  /**
   * A click while no gesture is in hand, told before anything is selected by it; true: it is dealt with. The latest
   * listener is asked first. Returns the end of listening.
   */
  onPick(listener: (at: ScreenPoint) => boolean): () => void
  /** Enter a gesture; the one before is left. `null` returns to select. */
  setMode(mode: GestureMode | null): void
  readonly mode: { get(): GestureMode | null; subscribe(listener: (mode: GestureMode | null) => void): () => void }
  /** Cursor of the gesture from now on, until it says another or is left; held space shows its own. */
  setCursor(cursor: string): void
  /** Room a panel takes from the map, CSS pixels; `fit` keeps clear of it. */
  setPadding(padding: { top: number; right: number; bottom: number; left: number }): void
}

export interface MapView {
  readonly centre: LngLat
  readonly zoom: number
}

export const MAP_ENGINE_KEY = Symbol.for('gewu.map')

/** Bands from bottom to top. A layer goes beneath the anchor of the next band. */
export const LAYER_BANDS = ['base', 'land', 'buildings', 'grids', 'theme', 'borders', 'preview', 'labels', 'pins'] as const
export type LayerBand = (typeof LAYER_BANDS)[number]

export interface ScreenPoint {
  readonly x: number
  readonly y: number
}

export type ScreenBox = readonly [topLeft: ScreenPoint, bottomRight: ScreenPoint]

export interface MapHit {
  readonly layerId: string
  readonly source: string
  readonly featureIndex: number
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * A gesture on the map. The engine turns pointer and key events into these calls; while a mode is active, dragging does
 * not pan unless space is held (or two fingers are used). A mode previews by `map.setData` and commits through its operation.
 */
export interface GestureMode {
  readonly id: string
  readonly cursor: string
  enter?(map: MapEngine): void
  leave?(map: MapEngine): void
  down?(event: GestureEvent): void
  move?(event: GestureEvent): void
  up?(event: GestureEvent): void
  /** The other mouse button was pressed; the browser's menu does not open. */
  secondary?(event: GestureEvent): void
  /** Esc: cancel what is provisional; return false when nothing was, so that the mode is left. */
  cancel?(): boolean
  key?(event: KeyboardEvent): void
}

export interface GestureEvent {
  readonly screen: ScreenPoint
  readonly at: LngLat
  readonly pressed: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
  /** Presses in quick succession on one place, this one among them: 2 is a double click. */
  readonly taps: number
}

/** Layer ids that several rooms touch. A room's own ids begin with its room id: `redesign:preview:fill`. */
export const LAYER = {
  cellsFill: 'land:cells:fill',
  cellsLine: 'land:cells:line',
  buildingsFill: 'base:buildings:fill',
  /** Cells and arcs that a draft redrew, drawn in place of those of the land. */
  redrawnFill: 'land:redrawn:fill',
  redrawnLine: 'land:redrawn:line',
  redrawnGridsLine: 'grids:redrawn:line',
  gridsFill: 'grids:fill',
  gridsLine: 'grids:line',
  gridsLabel: 'grids:label',
  communitiesLine: 'communities:line',
  streetsLine: 'base:streets:line',
  compoundsLine: 'base:compounds:line',
  households: 'territory:households',
  /** One glyph a special group on each building, where single households have no room yet. */
  householdGroups: 'territory:categories',
  /** Households and homes of members where a room draws them one by one; properties `household` or `member`, and `building`. */
  tiedHouseholds: 'assignment:households:disc',
  memberHomes: 'assignment:homes:disc',
  stations: 'territory:stations',
  /** Slips one by one; property `issue` is the id. */
  issuePins: 'issues:pins:icon',
} as const

/** Source ids that several rooms touch; feature ids are dense indices of the scope. */
export const SOURCE = {
  cells: 'cells',
  /** Arcs of the land; state `border` 0 none, 1 grid, 2 community, so that a border moves without new geometry. */
  arcs: 'arcs',
  /** What a draft redrew of the two; the same indices, and beyond them those of new ones. */
  redrawnCells: 'redrawn-cells',
  redrawnArcs: 'redrawn-arcs',
  grids: 'grids',
  gridLabels: 'grid-labels',
  communities: 'communities',
  buildings: 'buildings',
  streets: 'streets',
  compounds: 'compounds',
  features: 'features',
  households: 'households',
  stations: 'stations',
  selection: 'selection',
} as const
