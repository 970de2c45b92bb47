/** Paths of the picture on the sign-in page, in a 900 × 960 field. */
export interface ArtShapes {
  readonly width: number
  readonly height: number
  readonly water: string
  readonly green: string
  readonly streets: string
  readonly lanes: string
  readonly buildings: string
  readonly grids: readonly { readonly d: string; readonly opacity: number }[]
  readonly gridLines: string
  readonly communityLines: string
}

type Point = readonly [x: number, y: number]

const COLUMNS = 12
const ROWS = 12
/** Blocks along the side of a community. */
const COMMUNITY = 3
const WIDTH = 900
const HEIGHT = 960

/** A bent town of blocks, the same every time: lattice, slanted and warped, three by three blocks a community. */
export function artShapes(): ArtShapes {
  const random = generator(20260)
  const node: Point[][] = []
  for (let row = 0; row <= ROWS; row++) {
    node.push([])
    for (let column = 0; column <= COLUMNS; column++) {
      const u = column * 96 + (random() - 0.5) * 26
      const v = row * 92 + (random() - 0.5) * 26 + 40 * Math.sin(column / 2.3)
      node[row].push([u * 0.82 - v * 0.5 + 300, u * 0.42 + v * 0.82 - 190])
    }
  }
  const at = (row: number, column: number, x: number, y: number): Point => {
    const [a, b, c, d] = [node[row][column], node[row][column + 1], node[row + 1][column], node[row + 1][column + 1]]
    const mix = (k: 0 | 1): number => (a[k] * (1 - x) + b[k] * x) * (1 - y) + (c[k] * (1 - x) + d[k] * x) * y
    return [mix(0), mix(1)]
  }
  // Three grids a community: by rows or by columns, in turn; one block goes over to the neighbour, as in life.
  const gridOf = (row: number, column: number): number => {
    const community = Math.floor(row / COMMUNITY) * 10 + Math.floor(column / COMMUNITY)
    const across = community % 2 === 0
    const strip = across ? row % COMMUNITY : column % COMMUNITY
    const moved = (across ? column : row) % COMMUNITY === 2 && strip === 0 ? 1 : strip
    return community * 3 + moved
  }
  const isPark = (row: number, column: number): boolean => (row * 7 + column * 5) % 23 === 4
  const buildings: string[] = []
  const green: string[] = []
  const fills = new Map<number, string[]>()
  const gridLines: string[] = []
  const communityLines: string[] = []
  const streets: string[] = []
  const lanes: string[] = []

  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const corner = [at(row, column, 0, 0), at(row, column, 1, 0), at(row, column, 1, 1), at(row, column, 0, 1)]
      const grid = gridOf(row, column)
      fills.set(grid, [...(fills.get(grid) ?? []), ring(corner)])
      if (isPark(row, column)) green.push(ring(corner))
      else {
        const across = 2 + Math.floor(random() * 3)
        const down = 2 + Math.floor(random() * 2)
        for (let i = 0; i < across; i++) {
          for (let j = 0; j < down; j++) {
            if (random() < 0.08) continue
            const [x0, x1] = [(i + 0.16) / across + 0.02, (i + 0.7 + random() * 0.18) / across]
            const [y0, y1] = [(j + 0.18) / down + 0.02, (j + 0.6 + random() * 0.25) / down]
            buildings.push(ring([at(row, column, x0, y0), at(row, column, x1, y0), at(row, column, x1, y1), at(row, column, x0, y1)]))
          }
        }
        if (random() < 0.45) lanes.push(line([at(row, column, 0.5, 0), at(row, column, 0.5, 1)]))
      }
      const border = (other: number | null, same: boolean, from: Point, to: Point): void => {
        if (!same) communityLines.push(line([from, to]))
        else if (other !== grid) gridLines.push(line([from, to]))
      }
      if (column > 0) border(gridOf(row, column - 1), column % COMMUNITY !== 0, corner[0], corner[3])
      if (row > 0) border(gridOf(row - 1, column), row % COMMUNITY !== 0, corner[0], corner[1])
    }
  }
  for (let k = 0; k <= ROWS; k++) streets.push(line(node[k]))
  for (let k = 0; k <= COLUMNS; k++) streets.push(line(node.map((row) => row[k])))
  return {
    width: WIDTH,
    height: HEIGHT,
    water: `M${WIDTH} 560C${WIDTH - 90} 640 ${WIDTH - 60} 720 ${WIDTH - 170} 800S${WIDTH - 250} 900 ${WIDTH - 330} ${HEIGHT}H${WIDTH}Z`,
    green: green.join(''),
    streets: streets.join(''),
    lanes: lanes.join(''),
    buildings: buildings.join(''),
    grids: [...fills].map(([grid, parts]) => ({ d: parts.join(''), opacity: [0.08, 0.19, 0.03, 0.14, 0.23][(grid * 3 + Math.floor(grid / 7)) % 5] })),
    gridLines: gridLines.join(''),
    communityLines: communityLines.join(''),
  }
}

const line = (points: readonly Point[]): string => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`
const ring = (points: readonly Point[]): string => `${line(points)}Z`

/** Small generator of even numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
