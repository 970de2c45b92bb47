import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { areaFactor, LATTICE_M, makeLandFrame, toLngLat } from '@/core/land-frame'
import type { Land } from '@/core/land'
import type { PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext, type PlanLand } from '@/core/plan-context'
import type { Compound, GridAttributes, GridSettings, OrgUnit } from '@/core/scope'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/**
 * A land of crooked quadrilaterals for tests and benches: communities side by side, each a block of cells, cut into grids
 * by halving. Nothing real, everything exact: neighbours share arcs, all corners are lattice points.
 *
 *     nodes move about by up to a fifth of the spacing:   +--+---+--+
 *                                                         |  |  /   |
 *                                                         +-+--+--+-+
 */
export interface SyntheticLandOptions {
  readonly seed: number
  /** Communities in a row, and rows of them. */
  readonly communities: readonly [across: number, down: number]
  /** Cells of a community. */
  readonly cells: readonly [across: number, down: number]
  /** Grids by community, in order; the last number holds for the rest. */
  readonly grids: readonly number[]
  readonly householdsPerCell?: number
  readonly settings?: GridSettings
  readonly rural?: boolean
  /** Side of the square house around each cell's label point, metres; without it houses have no outline. */
  readonly houseM?: number
  /** Corners stay on the square net. */
  readonly isStraight?: boolean
}

export interface SyntheticLand {
  readonly context: PlanContext
  /** A fresh copy of the first plan. */
  document(): PlanDocument
}

const FRAME = makeLandFrame([117.65, 36.2])
const SPACING = 8000 // lattice steps: 40 m
const DEFAULT_SETTINGS: GridSettings = {
  urban: { lower: 300, upper: 500, target: 400 },
  rural: { lower: 80, upper: 250, target: 150 },
  minMembers: 3,
}

export function makeSyntheticLand(options: SyntheticLandOptions): SyntheticLand {
  const random = seededRandom(options.seed)
  const plot = makePlot(options)
  const communityCount = options.communities[0] * options.communities[1]
  const cellCommunity = Int32Array.from({ length: plot.across * plot.down }, (_, cell) =>
    Math.floor(cell / (options.cells[0] * options.cells[1])),
  )
  const land = makeLand(plot, cellCommunity, options.isStraight ? () => 0.5 : random)
  const communities = Array.from({ length: communityCount }, (_, index) => makeCommunity(index, options.rural ?? false))
  const people = makePeople(plot, cellCommunity, land, options, random)
  const ground: PlanLand = {
    landId: 1,
    communities,
    land,
    adjacency: buildCellAdjacency(land),
    ...people,
    settings: options.settings ?? DEFAULT_SETTINGS,
  }
  const context = makePlanContext(ground)
  const { grids, cellGrid } = cutIntoGrids(context, plot, options.grids)
  return {
    context,
    document: () => ({ planId: 'plan-1', landId: 1, revision: 7, grids: [...grids], cellGrid: cellGrid.slice() }),
  }
}

/** Where cells are: those of a community follow one another, row by row, as a land cut community by community has them. */
interface Plot {
  readonly across: number
  readonly down: number
  /** Cell by column and row, −1 beyond the land. */
  cellAt(column: number, row: number): number
  columnOf(cell: number): number
  rowOf(cell: number): number
}

function makePlot({ communities, cells }: SyntheticLandOptions): Plot {
  const across = communities[0] * cells[0]
  const down = communities[1] * cells[1]
  const size = cells[0] * cells[1]
  return {
    across,
    down,
    cellAt(column, row) {
      if (column < 0 || row < 0 || column >= across || row >= down) return -1
      const community = Math.floor(row / cells[1]) * communities[0] + Math.floor(column / cells[0])
      return community * size + (row % cells[1]) * cells[0] + (column % cells[0])
    },
    columnOf: (cell) => (Math.floor(cell / size) % communities[0]) * cells[0] + ((cell % size) % cells[0]),
    rowOf: (cell) => Math.floor(Math.floor(cell / size) / communities[0]) * cells[1] + Math.floor((cell % size) / cells[0]),
  }
}

function makeCommunity(index: number, rural: boolean): OrgUnit {
  return {
    id: 100 + index,
    parentId: 1,
    level: 'community',
    code: `370116001${String(index + 1).padStart(3, '0')}`,
    name: `Community ${index + 1}`,
    initials: `c${index + 1}`,
    kind: rural ? 'rural' : 'urban',
  }
}

function makeLand(plot: Plot, cellCommunity: Int32Array, random: () => number): Land {
  const { across, down, cellAt } = plot
  const nodeAt = (column: number, row: number) => row * (across + 1) + column
  const nodeXY = new Int32Array((across + 1) * (down + 1) * 2)
  const jitter = () => Math.round((random() - 0.5) * 0.4 * SPACING)
  for (let row = 0; row <= down; row++) {
    for (let column = 0; column <= across; column++) {
      const node = nodeAt(column, row)
      nodeXY[2 * node] = column * SPACING + jitter()
      nodeXY[2 * node + 1] = row * SPACING + jitter()
    }
  }
  const arcNodes: number[] = []
  const arcLeft: number[] = []
  const arcRight: number[] = []
  for (let row = 0; row <= down; row++) {
    for (let column = 0; column <= across; column++) {
      if (column < across) {
        arcNodes.push(nodeAt(column, row), nodeAt(column + 1, row))
        arcLeft.push(cellAt(column, row))
        arcRight.push(cellAt(column, row - 1))
      }
      if (row < down) {
        arcNodes.push(nodeAt(column, row), nodeAt(column, row + 1))
        arcLeft.push(cellAt(column - 1, row))
        arcRight.push(cellAt(column, row))
      }
    }
  }
  const arcCount = arcLeft.length
  const cellCount = across * down
  const cellAreaM2 = new Float64Array(cellCount)
  const cellLabelXY = new Int32Array(cellCount * 2)
  for (let cell = 0; cell < cellCount; cell++) {
    const column = plot.columnOf(cell)
    const row = plot.rowOf(cell)
    const corners = [nodeAt(column, row), nodeAt(column + 1, row), nodeAt(column + 1, row + 1), nodeAt(column, row + 1)]
    let twice = 0
    corners.forEach((a, k) => {
      const b = corners[(k + 1) % 4]
      twice += nodeXY[2 * a] * nodeXY[2 * b + 1] - nodeXY[2 * b] * nodeXY[2 * a + 1]
    })
    cellLabelXY[2 * cell] = Math.round(corners.reduce((sum, n) => sum + nodeXY[2 * n], 0) / 4)
    cellLabelXY[2 * cell + 1] = Math.round(corners.reduce((sum, n) => sum + nodeXY[2 * n + 1], 0) / 4)
    cellAreaM2[cell] = (twice / 2) * LATTICE_M * LATTICE_M * areaFactor(FRAME, cellLabelXY[2 * cell + 1])
  }
  return {
    frame: FRAME,
    nodeIds: Int32Array.from({ length: nodeXY.length / 2 }, (_, index) => index + 1),
    arcIds: Int32Array.from({ length: arcCount }, (_, index) => index + 1),
    cellIds: Int32Array.from({ length: cellCount }, (_, index) => 1000 + index),
    nodeXY,
    arcNodes: Int32Array.from(arcNodes),
    arcStart: Uint32Array.from({ length: arcCount + 1 }, (_, index) => 2 * index),
    arcXY: Int32Array.from(arcNodes.flatMap((node) => [nodeXY[2 * node], nodeXY[2 * node + 1]])),
    arcLeft: Int32Array.from(arcLeft),
    arcRight: Int32Array.from(arcRight),
    arcKind: Uint8Array.from(arcLeft, (left, arc) => (left < 0 || arcRight[arc] < 0 ? 6 : 0)),
    cellCommunity,
    cellAreaM2,
    cellLabelXY,
  }
}

/** One building a cell (the last one has none, so that a cell without people is there); compounds are blocks of 2 × 2. */
function makePeople(
  { across, down, cellAt }: Plot,
  cellCommunity: Int32Array,
  land: Land,
  { householdsPerCell = 4, houseM = 0 }: SyntheticLandOptions,
  random: () => number,
): Pick<PlanLand, 'cellStats' | 'buildings' | 'compounds'> {
  const cellCount = across * down
  const count = cellCount - 1
  const cells = Int32Array.from({ length: count }, (_, building) => building)
  const households = cells.map(() => Math.floor(random() * (2 * householdsPerCell + 1)))
  const residents = households.map((h) => Math.round(h * (2 + random() * 2)))
  const members = households.map((h) => (random() < h / 12 ? 1 : 0))
  const byCategory = new Int32Array(count * 8)
  households.forEach((h, building) => {
    for (let k = 0; k < h; k++) byCategory[building * 8 + Math.floor(random() ** 3 * 8)]++
  })
  const compounds: Compound[] = []
  const compound = new Int32Array(count).fill(-1)
  for (let row = 0; row + 1 < down; row += 3) {
    for (let column = 0; column + 1 < across; column += 3) {
      const cell = cellAt(column, row)
      const block = [cell, cellAt(column + 1, row), cellAt(column, row + 1), cellAt(column + 1, row + 1)]
      if (random() < 0.5 || block.some((c) => c >= count || cellCommunity[c] !== cellCommunity[cell])) continue
      for (const c of block) compound[c] = compounds.length
      const id = 500 + compounds.length
      const community = cellCommunity[cell]
      compounds.push({ id, name: `Compound ${id}`, initials: '', status: 'managed', note: null, community, ring: [] })
    }
  }
  const special = households.map((_, b) => [1, 2, 3, 4, 7].reduce((sum, code) => sum + byCategory[b * 8 + code], 0))
  const padded = (column: Int32Array, size: number) => {
    const wide = new Int32Array(size)
    wide.set(column)
    return wide
  }
  return {
    compounds,
    cellStats: {
      households: padded(households, cellCount),
      residents: padded(residents, cellCount),
      members: padded(members, cellCount),
      special: padded(special, cellCount),
      buildings: padded(new Int32Array(count).fill(1), cellCount),
      areaM2: land.cellAreaM2,
      byCategory: padded(byCategory, cellCount * 8),
    },
    buildings: {
      count,
      ids: cells.map((cell) => 9000 + cell),
      cell: cells,
      community: cellCommunity.slice(0, count),
      compound,
      names: [],
      addresses: [],
      floors: new Uint8Array(count).fill(3),
      households,
      residents,
      members,
      byCategory,
      ...makeHouses(land, count, houseM),
    },
  }
}

function makeHouses(land: Land, count: number, houseM: number): Pick<PlanLand['buildings'], 'outlineStart' | 'outline'> {
  if (houseM === 0) return { outlineStart: new Uint32Array(count + 1), outline: new Float64Array(0) }
  const half = houseM / 2 / LATTICE_M
  const outline: number[] = []
  for (let house = 0; house < count; house++) {
    const [x, y] = [land.cellLabelXY[2 * house], land.cellLabelXY[2 * house + 1]]
    for (const [dx, dy] of [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) outline.push(...toLngLat(FRAME, x + dx * half, y + dy * half))
  }
  return { outlineStart: Uint32Array.from({ length: count + 1 }, (_, house) => 5 * house), outline: Float64Array.from(outline) }
}

/** Halve each community's block across its longer side, in proportion to the grids still to be made. */
function cutIntoGrids(context: PlanContext, { columnOf: column, rowOf: row }: Plot, gridCounts: readonly number[]) {
  const cellGrid = new Int32Array(context.land.cellIds.length).fill(-1)
  const grids: GridAttributes[] = []
  context.communities.forEach((community, index) => {
    const cells = [...cellGrid.keys()].filter((cell) => context.land.cellCommunity[cell] === index)
    halve(cells, gridCounts[Math.min(index, gridCounts.length - 1)], (part) => {
      const number = String(grids.filter((grid) => grid.community === index).length + 1).padStart(3, '0')
      for (const cell of part) cellGrid[cell] = grids.length
      grids.push({
        id: `00000000-0000-4000-8000-${String(grids.length).padStart(12, '0')}`,
        code: community.code + number,
        name: number,
        community: index,
        kind: 'basic',
        locked: false,
      })
    })
  })
  return { grids, cellGrid }

  function halve(cells: number[], count: number, make: (part: number[]) => void): void {
    if (count === 0) return
    if (count === 1) return make(cells)
    const extent = (of: (cell: number) => number) =>
      cells.reduce((most, cell) => Math.max(most, of(cell)), 0) - cells.reduce((least, cell) => Math.min(least, of(cell)), Infinity)
    const [first, second] = extent(column) >= extent(row) ? [column, row] : [row, column]
    const sorted = [...cells].sort((a, b) => first(a) - first(b) || second(a) - second(b))
    const half = Math.floor(count / 2)
    const at = Math.round((sorted.length * half) / count)
    halve(sorted.slice(0, at), half, make)
    halve(sorted.slice(at), count - half, make)
  }
}
