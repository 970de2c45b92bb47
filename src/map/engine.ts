import { createCell, type Cell } from '@/core/observable'
import type { LngLatBounds } from '@/core/units'
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { createClickListeners } from './click-listeners'
import type { GestureMode, MapEngine, MapHit, MapView, ScreenBox, ScreenPoint } from './contracts'
import { drawGapIcon } from './gap-icons'
import { GestureController } from './gesture-controller'
import { isSoftwareRendered } from './is-software-rendered'
import { MapUpdater } from './map-updater'
import { drawPatrolIcon } from './patrol-icons'
import { drawClusterIcon } from './slip-icons'
import { shiftIntoView } from './shift-into-view'
import { LIGHT } from './palette'
import { baseStyle } from './style'

/** What the shell alone may do with the map, beyond what rooms may ask of it. */
export interface MapHost extends MapEngine {
  /** The element to place in the page. It outlives rooms and pages. */
  readonly element: HTMLElement
  /** Whether the map stands still, moves by itself (a flight, the swing after a drag), or is moved by a hand. */
  motion(): 'still' | 'flying' | 'held'
  /** Clicks and pointer positions in select mode; null when the pointer leaves. */
  onClick(listener: (at: ScreenPoint) => void): void
  onHover(listener: (at: ScreenPoint | null) => void): void
  jumpTo(view: MapView): void
  /** Bring what lies within the bounds into the part of the map that no panel covers, by the least movement. */
  reveal(bounds: LngLatBounds): void
  zoomBy(steps: number): void
  resetNorth(): void
  /** Metres of one CSS pixel at the centre. */
  metresPerPixel(): number
  addIcon(id: string, image: ImageData, pixelRatio: number): void
  resize(): void
  destroy(): void
}

/** What is brought into view keeps this distance from the edge. */
const MARGIN_PX = 32

interface Padding {
  top: number
  right: number
  bottom: number
  left: number
}

/** Make the one map of the console. It fetches nothing; layers and data come by `MapEngine` calls. */
export function createMapEngine(): MapHost {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href)
  const element = document.createElement('div')
  element.className = 'map-canvas'
  element.style.cssText = 'position:absolute;inset:0'
  const map = new MapLibreMap({
    container: element,
    style: baseStyle(LIGHT),
    attributionControl: false,
    maplibreLogo: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    minZoom: 6,
    maxZoom: 21,
    renderWorldCopies: false,
    clickTolerance: 4,
    localIdeographFontFamily: 'Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    // Smoothed edges make a frame drawn by the processor twice as slow: 1.0 s against 1.9 s to move about a street.
    canvasContextAttributes: { antialias: !isSoftwareRendered() },
  })
  // While a gesture draws, dragging does not pan and MapLibre would leave the finger to the browser, which takes it away.
  map.getCanvas().style.touchAction = 'none'
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()

  // Rings of clusters, numbers of routes and of households are made as they are needed: there are some hundreds of them.
  map.setMissingStyleImageResolver((id) => {
    const icon = drawClusterIcon(id) ?? drawPatrolIcon(id) ?? drawGapIcon(id)
    if (icon && !map.hasImage(id)) map.addImage(id, icon.image, { pixelRatio: icon.pixelRatio })
    return Promise.resolve()
  })
  const updater = new MapUpdater(map)
  const mode = createCell<GestureMode | null>(null)
  const view: Cell<MapView> = createCell<MapView>({ centre: [0, 0], zoom: 0 })
  const picking = createClickListeners()
  let padding: Padding = { top: 0, right: 0, bottom: 0, left: 0 }
  const readView = (): void => {
    const { lng, lat } = map.getCenter()
    view.set({ centre: [lng, lat], zoom: map.getZoom() })
  }
  map.on('moveend', readView)
  // What a test or a reader of the page may wait for: everything asked for is drawn.
  element.dataset.drawn = 'no'
  for (const change of ['movestart', 'render'] as const) map.on(change, () => (element.dataset.drawn = 'no'))
  map.on('idle', () => {
    const { lng, lat } = map.getCenter()
    element.dataset.at = `${lng.toFixed(6)},${lat.toFixed(6)},${map.getZoom().toFixed(3)}`
    element.dataset.drawn = 'yes'
  })

  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => {
      updater.open()
      resolve()
    })
  })

  const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

  const engine: MapHost = {
    ready,
    element,
    view,
    motion() {
      const hands = [map.dragPan, map.scrollZoom, map.touchZoomRotate, map.boxZoom]
      return hands.some((hand) => hand.isActive()) ? 'held' : map.isMoving() ? 'flying' : 'still'
    },
    mode,
    putSource: (id, source) => updater.putSource(id, source),
    dropSource: (id) => updater.dropSource(id),
    setData: (id, data) => updater.setData(id, data),
    addLayers: (band, layers) => updater.addLayers(band, layers),
    setPaint: (layerId, property, value) => updater.setPaint(layerId, property, value),
    setVisible: (layerId, visible) => updater.setVisible(layerId, visible),
    setState: (source, featureIndex, state) => updater.setState(source, featureIndex, state),
    query(at, layers) {
      const present = layers.filter((id) => map.getLayer(id))
      if (present.length === 0) return []
      const area: [number, number] | [[number, number], [number, number]] = isBox(at)
        ? [
            [at[0].x, at[0].y],
            [at[1].x, at[1].y],
          ]
        : [at.x, at.y]
      const hits = map.queryRenderedFeatures(area as never, { layers: present })
      return hits.map(
        (hit): MapHit => ({ layerId: hit.layer.id, source: hit.source, featureIndex: Number(hit.id ?? -1), properties: hit.properties }),
      )
    },
    project(at) {
      const { x, y } = map.project([at[0], at[1]])
      return { x, y }
    },
    unproject(at) {
      const { lng, lat } = map.unproject([at.x, at.y])
      return [lng, lat]
    },
    fit([west, south, east, north], options = {}) {
      const animate = (options.animate ?? true) && !calm()
      map.fitBounds([west, south, east, north], {
        padding: { top: padding.top + MARGIN_PX, right: padding.right + MARGIN_PX, bottom: padding.bottom + MARGIN_PX, left: padding.left + MARGIN_PX },
        maxZoom: options.maxZoom ?? 18,
        animate,
        duration: animate ? 450 : 0,
      })
    },
    setMode(next) {
      const before = mode.get()
      if (before === next) return
      updater.flush()
      gestures.set(next)
      mode.set(next)
    },
    setCursor: (cursor) => gestures.showCursor(cursor),
    setPadding(next) {
      padding = next
    },
    onPick: (listener) => picking.add(listener),
    onClick(listener) {
      map.on('click', (event) => {
        const at = { x: event.point.x, y: event.point.y }
        if (!mode.get() && !picking.offer(at)) listener(at)
      })
    },
    onHover(listener) {
      map.on('mousemove', (event) => listener(mode.get() ? null : { x: event.point.x, y: event.point.y }))
      map.on('mouseout', () => listener(null))
    },
    jumpTo({ centre, zoom }) {
      map.jumpTo({ center: [centre[0], centre[1]], zoom })
      readView()
    },
    reveal(bounds) {
      // Where a flight ends is not known before it does.
      if (engine.motion() === 'flying') return void map.once('moveend', () => engine.reveal(bounds))
      map.resize()
      const { clientWidth, clientHeight } = map.getContainer()
      const [west, south, east, north] = bounds
      const [a, b] = [engine.project([west, north]), engine.project([east, south])]
      const move = shiftIntoView({ left: a.x, top: a.y, right: b.x, bottom: b.y }, {
        left: padding.left + MARGIN_PX,
        top: padding.top + MARGIN_PX,
        right: clientWidth - padding.right - MARGIN_PX,
        bottom: clientHeight - padding.bottom - MARGIN_PX,
      })
      if (move === 'too_large') engine.fit(bounds)
      else if (move.x !== 0 || move.y !== 0) map.panBy([move.x, move.y], { animate: !calm(), duration: calm() ? 0 : 300 })
    },
    zoomBy(steps) {
      map.easeTo({ zoom: map.getZoom() + steps, duration: calm() ? 0 : 200 })
    },
    resetNorth() {
      map.easeTo({ bearing: 0, pitch: 0, duration: calm() ? 0 : 200 })
    },
    metresPerPixel() {
      const latitude = (map.getCenter().lat * Math.PI) / 180
      return (Math.cos(latitude) * 40075016.686) / (512 * 2 ** map.getZoom())
    },
    seen() {
      const bounds = map.getBounds()
      return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    },
    addIcon(id, image, pixelRatio) {
      if (!map.hasImage(id)) map.addImage(id, image, { pixelRatio })
    },
    resize: () => map.resize(),
    destroy() {
      gestures.destroy()
      map.remove()
    },
  }

  const gestures = new GestureController(
    map.getCanvasContainer(),
    engine,
    {
      enable: () => {
        map.dragPan.enable()
        map.doubleClickZoom.enable()
        map.boxZoom.enable()
      },
      disable: () => {
        map.dragPan.disable()
        map.doubleClickZoom.disable()
        map.boxZoom.disable()
      },
    },
    () => engine.setMode(null),
  )
  return engine
}

const isBox = (at: ScreenPoint | ScreenBox): at is ScreenBox => Array.isArray(at)
