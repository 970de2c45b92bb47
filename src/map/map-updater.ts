import type { CanvasSourceSpecification, GeoJSONSource, LayerSpecification, Map as MapLibreMap, SourceSpecification } from 'maplibre-gl'
import { LAYER_BANDS, type LayerBand } from './contracts'

export const anchorId = (band: LayerBand): string => `anchor:${band}`

/** Where the layers of a band go: beneath the anchor of the next band; the topmost band goes on top. */
export function beneath(band: LayerBand): string | undefined {
  const next = LAYER_BANDS[LAYER_BANDS.indexOf(band) + 1]
  return next && anchorId(next)
}

type State = Readonly<Record<string, unknown>>

/**
 * All changes of the map, in one queue: structure in the order it was asked for, then data, paint and state where the
 * last word before a frame wins. States are compared with what was sent before, and only differences go on, so that
 * painting costs what changed.
 */
export class MapUpdater {
  readonly #map: MapLibreMap
  readonly #structure: (() => void)[] = []
  readonly #data = new Map<string, GeoJSON.FeatureCollection>()
  readonly #paint = new Map<string, () => void>()
  readonly #states = new Map<string, Map<number, State>>()
  readonly #sent = new Map<string, Map<number, State>>()
  #frame = 0
  #open = false

  constructor(map: MapLibreMap) {
    this.#map = map
  }

  /** From now on changes are let through; what waited goes first. */
  open(): void {
    this.#open = true
    this.#schedule()
  }

  putSource(id: string, source: SourceSpecification | CanvasSourceSpecification): void {
    this.#structure.push(() => {
      const present = this.#map.getSource(id)
      if (!present) this.#map.addSource(id, source)
      else if (source.type === 'geojson') (present as GeoJSONSource).setData(source.data as GeoJSON.GeoJSON)
    })
    this.#schedule()
  }

  /** The source goes, once no layer draws it. */
  dropSource(id: string): void {
    this.#structure.push(() => {
      if (this.#map.getSource(id)) this.#map.removeSource(id)
    })
    this.#schedule()
  }

  setData(id: string, data: GeoJSON.FeatureCollection): void {
    this.#data.set(id, data)
    this.#schedule()
  }

  addLayers(band: LayerBand, layers: readonly LayerSpecification[]): () => void {
    this.#structure.push(() => {
      for (const layer of layers) if (!this.#map.getLayer(layer.id)) this.#map.addLayer(layer, beneath(band))
    })
    this.#schedule()
    return () => {
      this.#structure.push(() => {
        for (const layer of layers) if (this.#map.getLayer(layer.id)) this.#map.removeLayer(layer.id)
      })
      this.#schedule()
    }
  }

  setPaint(layerId: string, property: string, value: unknown): void {
    this.#paint.set(`${layerId}|${property}`, () => {
      if (this.#map.getLayer(layerId)) this.#map.setPaintProperty(layerId, property as never, value as never)
    })
    this.#schedule()
  }

  setVisible(layerId: string, visible: boolean): void {
    this.#paint.set(`${layerId}|visibility`, () => {
      if (this.#map.getLayer(layerId)) this.#map.setLayoutProperty(layerId, 'visibility', visible ? 'visible' : 'none')
    })
    this.#schedule()
  }

  setState(source: string, featureIndex: number, state: State): void {
    let waiting = this.#states.get(source)
    if (!waiting) this.#states.set(source, (waiting = new Map()))
    const before = waiting.get(featureIndex)
    waiting.set(featureIndex, before ? { ...before, ...state } : state)
    this.#schedule()
  }

  /** Apply everything that waits, now. Called by the frame; tests and mode changes may call it themselves. */
  flush(): void {
    this.#frame = 0
    if (!this.#open) return
    for (const change of this.#structure.splice(0)) change()
    for (const [id, data] of this.#data) {
      const source = this.#map.getSource(id) as GeoJSONSource | undefined
      if (!source) continue // declared later: keep waiting
      source.setData(data)
      this.#data.delete(id)
    }
    for (const change of this.#paint.values()) change()
    this.#paint.clear()
    for (const [source, waiting] of this.#states) {
      if (!this.#map.getSource(source)) continue
      this.#sendStates(source, waiting)
      this.#states.delete(source)
    }
  }

  #sendStates(source: string, waiting: Map<number, State>): void {
    let sent = this.#sent.get(source)
    if (!sent) this.#sent.set(source, (sent = new Map()))
    for (const [id, state] of waiting) {
      const before = sent.get(id)
      const changed: Record<string, unknown> = {}
      let any = false
      for (const key in state) {
        if (before && Object.is(before[key], state[key])) continue
        changed[key] = state[key]
        any = true
      }
      if (!any) continue
      sent.set(id, before ? { ...before, ...changed } : changed)
      this.#map.setFeatureState({ source, id }, changed)
    }
  }

  #schedule(): void {
    if (this.#open && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.flush())
  }
}
