import type { MapEngine } from '@/map/contracts'
import { TEXT_FONT_STRONG } from '@/map/land-layers'
import type { MyHouseholds } from './my-households'
import type { Place } from '@/core/places-in-metres'

const SOURCE = 'assignment:own'
const ACCENT = '#0e7c7b'
/** Pixels by which discs stand above their building: stations and the own home lie on it. */
const ABOVE: [number, number] = [0, -24]
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Buildings of the own households with how many there are, the own home, where one is; the returned function takes them away. */
export function addOwnLayers(map: MapEngine): () => void {
  map.putSource(SOURCE, { type: 'geojson', data: EMPTY })
  const kind = (is: string) => ['==', ['get', 'kind'], is] as never
  return map.addLayers('pins', [
    {
      id: `${SOURCE}:house`, type: 'circle', source: SOURCE, filter: kind('house'),
      paint: { 'circle-radius': ['case', ['get', 'chosen'], 16, 11], 'circle-color': ACCENT, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': ['case', ['get', 'chosen'], 4, 2], 'circle-translate': ABOVE },
    },
    { id: `${SOURCE}:home`, type: 'circle', source: SOURCE, filter: kind('home'), paint: { 'circle-radius': 8, 'circle-color': '#ffffff', 'circle-stroke-color': ACCENT, 'circle-stroke-width': 4 } },
    { id: `${SOURCE}:here`, type: 'circle', source: SOURCE, filter: kind('here'), paint: { 'circle-radius': 7, 'circle-color': '#2a66ab', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 3 } },
    {
      id: `${SOURCE}:count`, type: 'symbol', source: SOURCE, filter: kind('house'),
      layout: { 'text-field': ['to-string', ['get', 'households']], 'text-font': TEXT_FONT_STRONG, 'text-size': 13, 'text-allow-overlap': true },
      paint: { 'text-color': '#ffffff', 'text-translate': ABOVE },
    },
  ])
}

/** Draw the own list: a disc for each building, the chosen household's larger. */
export function drawOwn(map: MapEngine, { households, home }: Pick<MyHouseholds, 'households' | 'home'>, here: Place | null, chosenId: number | null): void {
  const buildings = new Map<number, { lng: number; lat: number; households: number; chosen: boolean }>()
  for (const { id, buildingId, lng, lat } of households) {
    const one = buildings.get(buildingId) ?? { lng, lat, households: 0, chosen: false }
    buildings.set(buildingId, { ...one, households: one.households + 1, chosen: one.chosen || id === chosenId })
  }
  const point = ({ lng, lat }: Place, properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } })
  map.setData(SOURCE, {
    type: 'FeatureCollection',
    features: [
      ...(home ? [point(home, { kind: 'home' })] : []),
      ...[...buildings.values()].map((one) => point(one, { kind: 'house', households: one.households, chosen: one.chosen })),
      ...(here ? [point(here, { kind: 'here' })] : []),
    ],
  })
}
