import { labelPoint } from '@/map/label-point'

type Position = readonly [number, number]

/** An area's outline as `overview_outlines` has it: degrees. */
export interface Outline {
  readonly area: string
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: Position[][] } | { readonly type: 'MultiPolygon'; readonly coordinates: Position[][][] }
}

interface AreaShape {
  readonly area: string
  /** SVG path; holes by the even-odd rule. */
  readonly path: string
  /** Where its name stands. */
  readonly label: readonly [number, number]
}

interface AreaPicture {
  readonly width: number
  readonly height: number
  readonly shapes: readonly AreaShape[]
}

/** Outlines drawn into a box of this size, north up, one scale; metres east and north count the same at the middle latitude. */
export function drawOutlines(outlines: readonly Outline[], width: number, height: number, marginPx: number): AreaPicture {
  const polygonsOf = ({ geometry }: Outline): Position[][][] => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const outline of outlines) {
    for (const [lng, lat] of polygonsOf(outline).flatMap(([outer]) => outer)) {
      box.west = Math.min(box.west, lng)
      box.east = Math.max(box.east, lng)
      box.south = Math.min(box.south, lat)
      box.north = Math.max(box.north, lat)
    }
  }
  if (box.west > box.east) return { width, height, shapes: [] }
  const lngScale = Math.cos(((box.south + box.north) / 2) * (Math.PI / 180))
  const scale = Math.min((width - 2 * marginPx) / ((box.east - box.west) * lngScale || 1), (height - 2 * marginPx) / (box.north - box.south || 1))
  const left = (width - (box.east - box.west) * lngScale * scale) / 2
  const top = (height - (box.north - box.south) * scale) / 2
  const place = ([lng, lat]: Position): [number, number] => [left + (lng - box.west) * lngScale * scale, top + (box.north - lat) * scale]
  const shapes = outlines.map((outline) => {
    const polygons = polygonsOf(outline)
    const path = polygons.flat().map((ring) => `M${ring.slice(0, -1).map((point) => place(point).map((xy) => xy.toFixed(1)).join(' ')).join('L')}Z`).join('')
    return { area: outline.area, path, label: place(labelPoint(polygons, lngScale) ?? polygons[0][0][0]) }
  })
  return { width, height, shapes }
}

/** So wide and high around its point, pixels. */
interface Box {
  readonly at: readonly [number, number]
  readonly width: number
  readonly height: number
}

/** Labels that overlap neither each other nor what is taken, in the order given. */
export function freeLabels<T extends Box>(labels: readonly T[], taken: readonly Box[] = []): T[] {
  const placed: T[] = []
  for (const label of labels) {
    const meets = [...taken, ...placed].some((other) =>
      Math.abs(other.at[0] - label.at[0]) < (other.width + label.width) / 2 && Math.abs(other.at[1] - label.at[1]) < (other.height + label.height) / 2)
    if (!meets) placed.push(label)
  }
  return placed
}
