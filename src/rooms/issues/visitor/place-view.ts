import { metresPerDegree } from '@/core/land-frame'
import type { LngLat, LngLatBounds } from '@/core/units'
import type { VisitorMap } from './repository'

/** Where a small map looks: metres east and north of the middle of the street, and pixels a metre. */
export interface PlaceView {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Degrees to metres about the middle of a street. A few kilometres across, so that one length of a degree will do. */
export interface PlaceFrame {
  readonly middle: LngLat
  readonly mPerDegLng: number
  readonly mPerDegLat: number
  readonly widthM: number
  readonly heightM: number
}

const MARGIN = 0.94
/** Pixels a metre at which a house fills the screen of a phone. */
const CLOSEST = 8

export function makePlaceFrame([west, south, east, north]: LngLatBounds): PlaceFrame {
  const middle: LngLat = [(west + east) / 2, (south + north) / 2]
  const { mPerDegLng, mPerDegLat } = metresPerDegree(middle[1])
  return { middle, mPerDegLng, mPerDegLat, widthM: (east - west) * mPerDegLng, heightM: (north - south) * mPerDegLat }
}

export const toMetres = ({ middle, mPerDegLng, mPerDegLat }: PlaceFrame, [lng, lat]: LngLat): readonly [number, number] => [
  (lng - middle[0]) * mPerDegLng,
  (lat - middle[1]) * mPerDegLat,
]

/** The whole street on so many pixels. */
export const wholeView = ({ widthM, heightM }: PlaceFrame, width: number, height: number): PlaceView => ({
  x: 0,
  y: 0,
  scale: Math.min(width / widthM, height / heightM) * MARGIN,
})

/** Pixel from the left and top of a place. */
export function toPixel(frame: PlaceFrame, view: PlaceView, width: number, height: number, at: LngLat): readonly [number, number] {
  const [x, y] = toMetres(frame, at)
  return [width / 2 + (x - view.x) * view.scale, height / 2 - (y - view.y) * view.scale]
}

/** Place under a pixel, degrees. */
export function toPlace(frame: PlaceFrame, view: PlaceView, width: number, height: number, px: number, py: number): LngLat {
  const x = view.x + (px - width / 2) / view.scale
  const y = view.y - (py - height / 2) / view.scale
  return [frame.middle[0] + x / frame.mPerDegLng, frame.middle[1] + y / frame.mPerDegLat]
}

/** Larger or smaller by a factor about a pixel, between the whole street and a house; never away from the street. */
export function zoomAt(frame: PlaceFrame, view: PlaceView, width: number, height: number, factor: number, px = width / 2, py = height / 2): PlaceView {
  const scale = Math.min(Math.max(view.scale * factor, wholeView(frame, width, height).scale), CLOSEST)
  const kept = 1 / view.scale - 1 / scale
  return within(frame, { x: view.x + (px - width / 2) * kept, y: view.y - (py - height / 2) * kept, scale })
}

export const panBy = (frame: PlaceFrame, view: PlaceView, dx: number, dy: number): PlaceView =>
  within(frame, { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale })

export function viewAt(frame: PlaceFrame, at: LngLat, scale: number): PlaceView {
  const [x, y] = toMetres(frame, at)
  return within(frame, { x, y, scale: Math.min(scale, CLOSEST) })
}

const within = ({ widthM, heightM }: PlaceFrame, { x, y, scale }: PlaceView): PlaceView => ({
  x: Math.min(Math.max(x, -widthM / 2), widthM / 2),
  y: Math.min(Math.max(y, -heightM / 2), heightM / 2),
  scale,
})

export const isInside = ([west, south, east, north]: LngLatBounds, [lng, lat]: LngLat): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north

/** Whether a place lies in a ring of longitudes and latitudes by turns. O(n). */
export function isInRing(ring: readonly number[], [x, y]: LngLat): boolean {
  let isIn = false
  for (let k = 0, before = ring.length - 2; k < ring.length; before = k, k += 2) {
    const [ax, ay, bx, by] = [ring[k], ring[k + 1], ring[before], ring[before + 1]]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn
  }
  return isIn
}

/** Names of what a place lies in: compound and building, '' for none. */
export function namesAt({ buildings, compounds }: VisitorMap, at: LngLat): { compound: string; building: string } {
  const building = buildings.find(({ ring }) => isInRing(ring, at))
  const compound = building && building.compound >= 0 ? compounds[building.compound] : compounds.find(({ ring }) => isInRing(ring, at))
  return { compound: compound?.name ?? '', building: building?.name ?? '' }
}

/** A place within a ring: the middle of its extent where that lies inside, else of its first triangle that does. */
export function middleOfRing(ring: readonly number[]): LngLat {
  const lngs = ring.filter((_, k) => k % 2 === 0)
  const lats = ring.filter((_, k) => k % 2 === 1)
  const middle: LngLat = [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
  if (isInRing(ring, middle)) return middle
  for (let k = 0; k + 2 < lngs.length; k++) {
    const ear: LngLat = [(lngs[k] + lngs[k + 1] + lngs[k + 2]) / 3, (lats[k] + lats[k + 1] + lats[k + 2]) / 3]
    if (isInRing(ring, ear)) return ear
  }
  return [lngs[0], lats[0]]
}
