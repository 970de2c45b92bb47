import { LATTICE_M, toLattice } from '@/core/land-frame'
import type { Scope } from '@/core/scope'

/** A place in metres of the land's frame. */
type Place = readonly [number, number]

/** An extent in metres of the land's frame. */
export interface PaperExtent {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** What lies beneath a map on paper: paths in millimetres, y downwards, to be clipped to its size; and how to draw upon it. */
export interface PaperGround {
  readonly width: number
  readonly height: number
  readonly streets: string
  readonly water: string
  /** Buildings that are not left out. */
  readonly buildings: string
  /** Line of the community. */
  readonly border: string
  readonly streetNames: readonly { readonly text: string; readonly x: number; readonly y: number; readonly turnDeg: number }[]
  readonly metresPerMm: number
  toPaper(place: Place): [number, number]
  /** On the paper, or so near that a line or an outline reaches onto it. */
  isNear(place: Place): boolean
  pathOf(places: readonly Place[], isClosed: boolean): string
}

/** Width of the strip around what is drawn. */
export const PAPER_AROUND_M = 18

/** Degrees as metres of the land's frame, as the lattice has them. */
export const paperMetres = ({ land }: Pick<Scope, 'land'>) => (lng: number, lat: number): [number, number] => {
  const [x, y] = toLattice(land.frame, lng, lat)
  return [x * LATTICE_M, y * LATTICE_M]
}

/**
 * The ground of an extent, as large as the paper (mm) holds, with a strip around it.
 * @param without building indexes that are drawn by whoever draws upon it
 */
export function paperGround(
  scope: Pick<Scope, 'buildings' | 'land' | 'streets' | 'features'>,
  community: number,
  { x0, y0, x1, y1 }: PaperExtent,
  { width, height }: { readonly width: number; readonly height: number },
  without: { has(building: number): boolean },
): PaperGround {
  const metres = paperMetres(scope)
  const [west, south, east, north] = [x0 - PAPER_AROUND_M, y0 - PAPER_AROUND_M, x1 + PAPER_AROUND_M, y1 + PAPER_AROUND_M]
  const scale = Math.min(width / (east - west), height / (north - south))
  const left = (width - (east - west) * scale) / 2
  const top = (height - (north - south) * scale) / 2
  const toPaper = ([x, y]: Place): [number, number] => [left + (x - west) * scale, top + (north - y) * scale]
  const isNear = (place: Place): boolean => {
    const [px, py] = toPaper(place)
    return px > -width / 2 && px < 1.5 * width && py > -height / 2 && py < 1.5 * height
  }
  const pathOf = (places: readonly Place[], isClosed: boolean): string =>
    `M${places.map((place) => toPaper(place).map((one) => one.toFixed(2)).join(' ')).join('L')}${isClosed ? 'Z' : ''}`
  const lines = (list: readonly (readonly Place[])[], isClosed: boolean): string =>
    list.filter((line) => line.some(isNear)).map((line) => pathOf(line, isClosed)).join('')
  const streets = scope.streets.map(({ line }) => line.map(([lng, lat]) => metres(lng, lat)))
  return {
    width,
    height,
    streets: lines(streets, false),
    water: lines(scope.features.filter(({ kind }) => kind === 'water').map(({ line }) => line.map(([lng, lat]) => metres(lng, lat))), true),
    buildings: lines(outlines(scope, (building, first) => !without.has(building) && isNear(first)), true),
    border: lines(borderOf(scope, community), false),
    streetNames: nameStreets(scope, streets.map((line) => line.map(toPaper)), width, height),
    metresPerMm: 1 / scale,
    toPaper,
    isNear,
    pathOf,
  }
}

/** Extent of places. */
export function extentOf(places: Iterable<Place>): PaperExtent {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of places) {
    x0 = Math.min(x0, x)
    y0 = Math.min(y0, y)
    x1 = Math.max(x1, x)
    y1 = Math.max(y1, y)
  }
  return { x0, y0, x1, y1 }
}

function outlines(scope: Pick<Scope, 'buildings' | 'land'>, isDrawn: (building: number, first: Place) => boolean): [number, number][][] {
  const { buildings } = scope
  const metres = paperMetres(scope)
  const corner = (point: number): [number, number] => metres(buildings.outline[2 * point], buildings.outline[2 * point + 1])
  const rings: [number, number][][] = []
  for (let k = 0; k < buildings.count; k++) {
    const first = buildings.outlineStart[k]
    if (isDrawn(k, corner(first))) rings.push(Array.from({ length: buildings.outlineStart[k + 1] - first }, (_, p) => corner(first + p)))
  }
  return rings
}

function borderOf({ land }: Pick<Scope, 'land'>, community: number): [number, number][][] {
  const border: [number, number][][] = []
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const side = (cell: number) => (cell < 0 ? -1 : land.cellCommunity[cell])
    const [a, b] = [side(land.arcLeft[arc]), side(land.arcRight[arc])]
    if (a === b || (a !== community && b !== community)) continue
    border.push(Array.from({ length: land.arcStart[arc + 1] - land.arcStart[arc] }, (_, p): [number, number] => {
      const at = 2 * (land.arcStart[arc] + p)
      return [land.arcXY[at] * LATTICE_M, land.arcXY[at + 1] * LATTICE_M]
    }))
  }
  return border
}

const STREET_EM = 5

/** Names of streets along their longest straight piece on the paper; a name that does not fit is left out. */
function nameStreets(scope: Pick<Scope, 'streets'>, lines: readonly (readonly Place[])[], width: number, height: number): PaperGround['streetNames'] {
  const longest = new Map<string, { x: number; y: number; turnDeg: number; length: number }>()
  lines.forEach((line, street) => {
    const { name } = scope.streets[street]
    if (name === '') return
    for (let p = 1; p < line.length; p++) {
      const [[ax, ay], [bx, by]] = [line[p - 1], line[p]]
      const [x, y, length] = [(ax + bx) / 2, (ay + by) / 2, Math.hypot(bx - ax, by - ay)]
      if (x < STREET_EM || y < STREET_EM || x > width - STREET_EM || y > height - STREET_EM || length <= (longest.get(name)?.length ?? 0)) continue
      const turn = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI
      longest.set(name, { x, y, length, turnDeg: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn })
    }
  })
  return [...longest].flatMap(([text, { length, ...at }]) => (length >= text.length * STREET_EM ? [{ text, ...at }] : []))
}
