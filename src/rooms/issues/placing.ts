import type { LngLat } from '@/core/units'
import type { MapEngine } from '@/map/contracts'
import { shallowRef } from 'vue'

const SOURCE = 'issues:place'
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** The place of a slip in the making: a click on the map puts it there, a pin shows it. Dragging pans as ever. */
export function createPlacing(map: () => MapEngine | null) {
  const at = shallowRef<LngLat | null>(null)
  let end: (() => void) | null = null

  function draw(): void {
    const place = at.value
    map()?.setData(SOURCE, place ? { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...place] } }] } : EMPTY)
  }
  function put(place: LngLat | null): void {
    at.value = place
    if (end) draw()
  }
  function begin(): void {
    const engine = map()
    if (!engine || end) return
    engine.putSource(SOURCE, { type: 'geojson', data: EMPTY })
    const takeAway = engine.addLayers('pins', [
      { id: `${SOURCE}:halo`, type: 'circle', source: SOURCE, paint: { 'circle-radius': 12, 'circle-color': '#ffffff', 'circle-opacity': 0.9 } },
      { id: `${SOURCE}:pin`, type: 'circle', source: SOURCE, paint: { 'circle-radius': 6, 'circle-color': '#0E7C7B', 'circle-stroke-color': '#0A5F5E', 'circle-stroke-width': 3 } },
    ])
    const stop = engine.onPick((screen) => {
      put(engine.unproject(screen))
      return true
    })
    end = () => {
      stop()
      takeAway()
    }
    draw()
  }
  /** The form closes: the pin goes. */
  function leave(): void {
    at.value = null
    if (end) draw()
    end?.()
    end = null
  }
  return { at, put, begin, leave }
}
