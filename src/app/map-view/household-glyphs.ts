import type { Scope } from '@/core/scope'
import type { Workspace } from '@/core/workspace'
import { LAYER, SOURCE } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { STATION_ZOOMS } from '@/map/map-icons'

type LayerSpecs = Parameters<MapHost['addLayers']>[1]

/** Below this zoom buildings say nothing of their households; up to the next one glyph a special group, then one a household. */
const GROUP_ZOOM = 15.5
const EACH_ZOOM = 17.4
/** Room that one household takes on the footprint, metres. */
const SPACING_M = 3.2
/** Glyphs at most on the screen; more would be a cloud. */
const MOST_GLYPHS = 12_000

/**
 * Glyphs of household categories, laid out on the footprints of the buildings in view only: what is not seen costs
 * nothing, and the layout follows the building, not the screen.
 */
export function createHouseholdGlyphs(map: MapHost, workspace: Workspace): { layers(): LayerSpecs; refresh(): void } {
  let waiting = 0
  let drawn = ''
  return { layers, refresh }

  function refresh(): void {
    if (waiting) return
    waiting = window.setTimeout(() => {
      waiting = 0
      const scope = workspace.scope.get()
      if (!scope) return
      const { zoom, centre } = map.view.get()
      const on = workspace.layers.get().includes('households') && zoom >= GROUP_ZOOM
      const key = on ? `${scope.landId}:${scope.current.id}:${zoom.toFixed(2)}:${centre.join()}` : 'off'
      if (key === drawn) return
      drawn = key
      map.setData(SOURCE.households, { type: 'FeatureCollection', features: on ? layOut(scope, map.seen(), zoom >= EACH_ZOOM) : [] })
    }, 60)
  }
}

function layers(): LayerSpecs {
  const sizes = (least: number): unknown => ['interpolate', ['exponential', 2], ['zoom'], EACH_ZOOM, least, 19, least * 1.9, 21, least * 4]
  return [
    {
      id: 'territory:categories',
      type: 'symbol',
      source: SOURCE.households,
      filter: ['==', ['get', 'each'], false],
      layout: { 'icon-image': ['get', 'icon'], 'icon-size': 0.82, 'icon-padding': 1, 'symbol-sort-key': ['get', 'order'] },
    },
    {
      id: LAYER.households,
      type: 'symbol',
      source: SOURCE.households,
      filter: ['==', ['get', 'each'], true],
      layout: { 'icon-image': ['get', 'icon'], 'icon-size': sizes(0.5), 'icon-allow-overlap': true, 'icon-ignore-placement': true },
    },
    {
      id: LAYER.stations,
      type: 'symbol',
      source: SOURCE.stations,
      minzoom: 11,
      filter: ['>=', ['zoom'], ['match', ['get', 'level'], ...Object.entries(STATION_ZOOMS).flat(), 16]],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 15, 0.85, 17, 1],
        'icon-padding': 1,
        'symbol-sort-key': ['match', ['get', 'level'], 'street_centre', 0, 'community_station', 1, 2],
      },
    },
  ] as LayerSpecs
}

function layOut(scope: Scope, [west, south, east, north]: readonly number[], each: boolean): GeoJSON.Feature[] {
  const { buildings, land } = scope
  const features: GeoJSON.Feature[] = []
  for (let b = 0; b < buildings.count && features.length < MOST_GLYPHS; b++) {
    const first = buildings.outlineStart[b]
    const last = buildings.outlineStart[b + 1]
    if (last - first < 4 || buildings.households[b] === 0) continue
    const lng = buildings.outline[2 * first]
    const lat = buildings.outline[2 * first + 1]
    if (lng < west || lng > east || lat < south || lat > north) continue
    const codes = codesOf(buildings.byCategory.subarray(8 * b, 8 * b + 8), each)
    if (codes.length === 0) continue
    const at = placesOn(buildings.outline.subarray(2 * first, 2 * last), codes.length, land.frame, each)
    codes.forEach((code, k) =>
      features.push({
        type: 'Feature',
        id: b,
        properties: { icon: `category-${code}`, each, order: code === 0 ? 9 : code },
        geometry: { type: 'Point', coordinates: at[k] },
      }),
    )
  }
  return features
}

/** One code a household, or one a special group present. General households come last. */
function codesOf(counts: Int32Array, each: boolean): number[] {
  const codes: number[] = []
  for (const code of [1, 2, 3, 4, 7, 5, 6, 0]) {
    if (!each && (code === 0 || code === 6)) continue
    for (let k = each ? counts[code] : Math.min(1, counts[code]); k > 0; k--) codes.push(code)
  }
  return codes
}

/** Places on a lattice along the longest side of the footprint, centred on it, no closer than there is room. */
function placesOn(outline: Float64Array, count: number, frame: { mPerDegLng: number; mPerDegLat: number }, each: boolean): [number, number][] {
  const points = outline.length / 2 - 1
  const x = (k: number): number => (outline[2 * k] - outline[0]) * frame.mPerDegLng
  const y = (k: number): number => (outline[2 * k + 1] - outline[1]) * frame.mPerDegLat
  let along = 0
  let longest = 0
  for (let k = 0; k < points; k++) {
    const length = Math.hypot(x(k + 1) - x(k), y(k + 1) - y(k))
    if (length > longest) [longest, along] = [length, Math.atan2(y(k + 1) - y(k), x(k + 1) - x(k))]
  }
  const [cos, sin] = [Math.cos(along), Math.sin(along)]
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let k = 0; k < points; k++) {
    const u = x(k) * cos + y(k) * sin
    const v = -x(k) * sin + y(k) * cos
    u0 = Math.min(u0, u)
    u1 = Math.max(u1, u)
    v0 = Math.min(v0, v)
    v1 = Math.max(v1, v)
  }
  const width = Math.max(1, u1 - u0)
  const height = Math.max(1, v1 - v0)
  // As many columns as keep the lattice square, within the footprint; spacing shrinks where households are many.
  const columns = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * width) / height))))
  const rows = Math.ceil(count / columns)
  const stepU = Math.min(each ? SPACING_M : 9, (width * 0.92) / columns)
  const stepV = Math.min(each ? SPACING_M : 9, (height * 0.92) / rows)
  return Array.from({ length: count }, (_, k) => {
    const u = (u0 + u1) / 2 + ((k % columns) - (columns - 1) / 2) * stepU
    const v = (v0 + v1) / 2 + (Math.floor(k / columns) - (rows - 1) / 2) * stepV
    return [outline[0] + (u * cos - v * sin) / frame.mPerDegLng, outline[1] + (u * sin + v * cos) / frame.mPerDegLat]
  })
}
