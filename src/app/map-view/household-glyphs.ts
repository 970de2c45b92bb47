import type { Scope } from '@/core/scope'
import type { Workspace } from '@/core/workspace'
import { LAYER, SOURCE } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { placesOnFootprint } from '@/map/footprint'
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
      id: LAYER.householdGroups,
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
    const at = placesOnFootprint(buildings.outline.subarray(2 * first, 2 * last), codes.length, land.frame, each ? SPACING_M : 9)
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
