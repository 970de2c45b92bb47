import { createCell } from '@/core/observable'
import { LATTICE_M, toLngLat, type LandFrame } from '@/core/land-frame'
import { createClickListeners } from '@/map/click-listeners'
import type { GestureEvent, GestureMode, MapEngine, MapView } from '@/map/contracts'

/** A map without a screen: a pixel is a metre, screen origin at the frame's origin, y up. Remembers what it was told. */
export interface FakeMapEngine extends MapEngine {
  readonly data: Map<string, GeoJSON.FeatureCollection>
  readonly layers: Set<string>
  readonly fits: (readonly number[])[]
  /** Click while no gesture is in hand, at metres in the frame; whether a listener dealt with it. */
  click(x: number, y: number): boolean
  /** Send pointer events to the active gesture, at metres in the frame. */
  press(x: number, y: number, keys?: Partial<GestureEvent>): void
  drag(x: number, y: number, keys?: Partial<GestureEvent>): void
  release(x: number, y: number): void
  escape(): void
}

export function makeFakeMapEngine(frame: LandFrame): FakeMapEngine {
  const mode = createCell<GestureMode | null>(null)
  const perPx = 1 / LATTICE_M
  const data = new Map<string, GeoJSON.FeatureCollection>()
  const layers = new Set<string>()
  const fits: (readonly number[])[] = []
  const clicks = createClickListeners()
  let pressed = false
  const event = (x: number, y: number, keys: Partial<GestureEvent> = {}): GestureEvent => ({
    screen: { x, y },
    at: toLngLat(frame, x * perPx, y * perPx),
    pressed,
    shift: false,
    alt: false,
    ctrl: false,
    taps: 1,
    ...keys,
  })
  const map: FakeMapEngine = {
    ready: Promise.resolve(),
    data,
    layers,
    fits,
    mode,
    putSource: () => undefined,
    dropSource: () => undefined,
    setData: (id, collection) => void data.set(id, collection),
    addLayers(_band, added) {
      for (const layer of added) layers.add(layer.id)
      return () => added.forEach((layer) => layers.delete(layer.id))
    },
    setPaint: () => undefined,
    setVisible: () => undefined,
    setState: () => undefined,
    query: () => [],
    project: ([lng, lat]) => ({ x: (lng - frame.lng0) * frame.mPerDegLng, y: (lat - frame.lat0) * frame.mPerDegLat }),
    unproject: ({ x, y }) => toLngLat(frame, x * perPx, y * perPx),
    view: createCell<MapView>({ centre: [frame.lng0, frame.lat0], zoom: 18 }),
    seen: () => [-180, -90, 180, 90],
    fit: (bounds) => void fits.push(bounds),
    setMode(next) {
      mode.get()?.leave?.(map)
      mode.set(next)
      next?.enter?.(map)
    },
    onPick: (listener) => clicks.add(listener),
    setCursor: () => undefined,
    setPadding: () => undefined,
    click: (x, y) => clicks.offer({ x, y }),
    press(x, y, keys) {
      pressed = true
      mode.get()?.down?.(event(x, y, keys))
    },
    drag: (x, y, keys) => mode.get()?.move?.(event(x, y, keys)),
    release(x, y) {
      pressed = false
      mode.get()?.up?.(event(x, y))
    },
    escape() {
      if (mode.get()?.cancel?.() === false) map.setMode(null)
    },
  }
  return map
}
