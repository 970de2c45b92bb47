import type { XY } from '@/core/units'
import { Random } from '../random'
import { between, distanceM, pointToCm, signedAreaM2 } from '../geometry/plane'

/** A street's own land and the places where roads, river and railway enter it; neighbours see the same ones. */
export interface Outline {
  readonly ring: readonly XY[]
  readonly centre: XY
  /** Road entries by side, in the order W, E, NW, NE, SW, SE. */
  readonly roads: Readonly<Record<Side, XY>>
  readonly river: { readonly west: XY; readonly east: XY }
  readonly railway: { readonly northwest: XY; readonly southeast: XY }
}

export type Side = 'W' | 'E' | 'NW' | 'NE' | 'SW' | 'SE'

const WIDTH_M = 7400
const ROW_M = 6500
/** Half length of the sides between east and west neighbours. */
const HALF_SIDE_M = 2500

/**
 * Outline of a street in the brick pattern of streets (every second row shifted by half a width, so that each has six
 * neighbours). Corners and borders depend on their place alone: two neighbours share every vertex.
 */
export function streetOutline(seed: string, column: number, row: number): Outline {
  const shift = row % 2 === 0 ? 0 : 0.5
  const centre: XY = [(column + shift) * WIDTH_M, -row * ROW_M]
  const apexM = ROW_M - HALF_SIDE_M
  const corner = (dx: number, dy: number): XY => [centre[0] + (dx * WIDTH_M) / 2, centre[1] + dy]
  const [n, ne, se, s, sw, nw] = [
    corner(0, apexM), corner(1, HALF_SIDE_M), corner(1, -HALF_SIDE_M), corner(0, -apexM), corner(-1, -HALF_SIDE_M), corner(-1, HALF_SIDE_M),
  ].map((p) => movedCorner(seed, p))
  const sides: Readonly<Record<Side, XY[]>> = {
    NW: border(seed, nw, n), NE: border(seed, n, ne), E: border(seed, ne, se),
    SE: border(seed, se, s), SW: border(seed, s, sw), W: border(seed, sw, nw),
  }
  const ring = [sides.NW, sides.NE, sides.E, sides.SE, sides.SW, sides.W].flatMap((side) => side.slice(0, -1)).reverse()
  if (signedAreaM2(ring) <= 0) throw new Error('outline runs clockwise')
  // An entry is a vertex of the side, so that lines meet the outline in a node and neighbours find the same one.
  const entry = (side: Side, share: number): XY => {
    const line = sides[side]
    const forward = isForward(line[0], line[line.length - 1])
    return line[Math.round((forward ? share : 1 - share) * (line.length - 1))]
  }
  return {
    ring,
    centre,
    roads: {
      W: entry('W', 0.62), E: entry('E', 0.62), NW: entry('NW', 0.62), NE: entry('NE', 0.5), SW: entry('SW', 0.5), SE: entry('SE', 0.62),
    },
    river: { west: entry('W', 0.3), east: entry('E', 0.3) },
    railway: { northwest: entry('NW', 0.32), southeast: entry('SE', 0.32) },
  }
}

const placeName = (p: XY): string => `${Math.round(p[0])},${Math.round(p[1])}`

function movedCorner(seed: string, p: XY): XY {
  const random = new Random(`${seed}/corner/${placeName(p)}`)
  return pointToCm([p[0] + random.between(-420, 420), p[1] + random.between(-420, 420)])
}

/** South to north, then west to east: both neighbours measure a side from the same end. */
const isForward = (a: XY, b: XY): boolean => (Math.abs(a[1] - b[1]) > 1 ? a[1] < b[1] : a[0] < b[0])

/** A wandering line by midpoint displacement, the same from either side. */
function border(seed: string, a: XY, b: XY): XY[] {
  if (!isForward(a, b)) return border(seed, b, a).reverse()
  const random = new Random(`${seed}/border/${placeName(a)}/${placeName(b)}`)
  let line: XY[] = [a, b]
  // Six halvings: pieces of about 65 m. The first ones bend the side, the later ones give it field corners.
  for (let level = 0; level < 6; level++) {
    const next: XY[] = [line[0]]
    for (let i = 1; i < line.length; i++) {
      const p = line[i - 1]
      const q = line[i]
      const lengthM = distanceM(p, q)
      const off = random.between(-1, 1) * lengthM * (level < 2 ? 0.13 : 0.19)
      const m = between(p, q, random.between(0.4, 0.6))
      next.push(pointToCm([m[0] - ((q[1] - p[1]) / lengthM) * off, m[1] + ((q[0] - p[0]) / lengthM) * off]), q)
    }
    line = next
  }
  return line
}
