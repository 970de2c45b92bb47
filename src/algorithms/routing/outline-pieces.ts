import { pointInRing, ringArea2 } from '@/core/rings'

/** Rings of one area, metres, closed: first what is around it, counter-clockwise, then its holes. */
export type AreaRings = readonly Float64Array[]

/** The outline stands so far off the streets, metres, and is drawn from squares this wide. */
const WIDTH_M = 40
const SQUARE_M = 10
/** Holes smaller than that, insides of blocks, are not drawn, m². */
const LEAST_HOLE_M2 = 40_000

/**
 * An outline around pieces of streets, for drawing alone: everything within `WIDTH_M` of one. By marching squares (Lorensen and
 * Cline 1987, in the plane) over the way to the nearest piece.
 *
 * @param xyM x, y of both ends, 4 a piece
 * O(pieces + squares).
 */
export function outlinePieces(xyM: Float64Array): AreaRings[] {
  if (xyM.length === 0) return []
  const field = stampPieces(xyM)
  const rings = traceRings(field)
  // The smallest first: a hole belongs to what is right around it.
  const areas = rings.filter((ring) => ringArea2(ring) > 0).sort((a, b) => ringArea2(a) - ringArea2(b)).map((ring): Float64Array[] => [ring])
  for (const hole of rings) {
    if (ringArea2(hole) > -2 * LEAST_HOLE_M2) continue
    areas.find(([outer]) => pointInRing(outer, hole[0], hole[1]) > 0)?.push(hole)
  }
  return areas
}

/** Corners of squares; below 0 within the width. */
interface Field {
  readonly westM: number
  readonly southM: number
  readonly columns: number
  readonly rows: number
  readonly value: Float64Array
}

function stampPieces(xyM: Float64Array): Field {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let k = 0; k < xyM.length; k += 2) {
    west = Math.min(west, xyM[k])
    east = Math.max(east, xyM[k])
    south = Math.min(south, xyM[k + 1])
    north = Math.max(north, xyM[k + 1])
  }
  const marginM = WIDTH_M + 2 * SQUARE_M
  const [westM, southM] = [west - marginM, south - marginM]
  const columns = Math.ceil((east + marginM - westM) / SQUARE_M) + 1
  const rows = Math.ceil((north + marginM - southM) / SQUARE_M) + 1
  // What no piece comes near is somewhere outside; how far does not matter.
  const square = new Float64Array(columns * rows).fill(marginM * marginM)
  for (let k = 0; k < xyM.length; k += 4) {
    const [ax, ay, bx, by] = [xyM[k], xyM[k + 1], xyM[k + 2], xyM[k + 3]]
    // In short strokes: the box around a long slanting one holds much that is far from it.
    const strokes = Math.ceil(Math.hypot(bx - ax, by - ay) / WIDTH_M)
    const [dx, dy] = [(bx - ax) / strokes, (by - ay) / strokes]
    for (let one = 0; one < strokes; one++) stamp(ax + one * dx - westM, ay + one * dy - southM, dx, dy)
  }
  return { westM, southM, columns, rows, value: fromSquares(square) }

  function stamp(ax: number, ay: number, dx: number, dy: number): void {
    const reachM = WIDTH_M + 1.5 * SQUARE_M
    const first = Math.ceil((Math.min(ax, ax + dx) - reachM) / SQUARE_M)
    const last = Math.floor((Math.max(ax, ax + dx) + reachM) / SQUARE_M)
    const high = Math.floor((Math.max(ay, ay + dy) + reachM) / SQUARE_M)
    const lengthM2 = dx * dx + dy * dy
    for (let row = Math.ceil((Math.min(ay, ay + dy) - reachM) / SQUARE_M); row <= high; row++) {
      for (let column = first; column <= last; column++) {
        const [x, y] = [column * SQUARE_M - ax, row * SQUARE_M - ay]
        const share = Math.max(0, Math.min(1, (x * dx + y * dy) / lengthM2))
        const away2 = (x - share * dx) ** 2 + (y - share * dy) ** 2
        const at = row * columns + column
        if (away2 < square[at]) square[at] = away2
      }
    }
  }
}

function fromSquares(squareM2: Float64Array): Float64Array {
  for (let at = 0; at < squareM2.length; at++) squareM2[at] = Math.sqrt(squareM2[at]) - WIDTH_M
  return squareM2
}

/** Sides of a square: south, east, north, west. By its corners that are inside (bit 0 south-west, then around): from side, to side, inside on the left. */
const SOUTH = 0
const EAST = 1
const NORTH = 2
const WEST = 3
const LINES: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [], [[SOUTH, WEST]], [[EAST, SOUTH]], [[EAST, WEST]], [[NORTH, EAST]], [[SOUTH, EAST], [NORTH, WEST]], [[NORTH, SOUTH]], [[NORTH, WEST]],
  [[WEST, NORTH]], [[SOUTH, NORTH]], [[WEST, SOUTH], [EAST, NORTH]], [[EAST, NORTH]], [[WEST, EAST]], [[SOUTH, EAST]], [[WEST, SOUTH]], [],
]

function traceRings({ westM, southM, columns, rows, value }: Field): Float64Array[] {
  // A side is named by its lower or left corner, twice, plus 1 where it runs north.
  const nextSide = new Map<number, number>()
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corner = row * columns + column
      const south = (value[corner] < 0 ? 1 : 0) | (value[corner + 1] < 0 ? 2 : 0)
      const shape = south | (value[corner + columns + 1] < 0 ? 4 : 0) | (value[corner + columns] < 0 ? 8 : 0)
      if (shape === 0 || shape === 15) continue
      const sides = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + columns), 2 * corner + 1]
      for (const [from, to] of LINES[shape]) nextSide.set(sides[from], sides[to])
    }
  }
  const crossing = (side: number): [number, number] => {
    const [corner, isNorthward] = [side >> 1, side & 1]
    const share = value[corner] / (value[corner] - value[corner + (isNorthward ? columns : 1)])
    const [column, row] = [corner % columns, Math.floor(corner / columns)]
    return [westM + (column + (isNorthward ? 0 : share)) * SQUARE_M, southM + (row + (isNorthward ? share : 0)) * SQUARE_M]
  }
  const rings: Float64Array[] = []
  for (const first of nextSide.keys()) {
    const ring: number[] = []
    for (let side: number | undefined = first; side !== undefined; ) {
      const after: number | undefined = nextSide.get(side)
      ring.push(...crossing(side))
      nextSide.delete(side)
      side = after
    }
    rings.push(Float64Array.from(ring))
  }
  return rings
}
