import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { LandCut } from '@/algorithms/topology/land-input'
import { gridCode } from '@/core/grid-codes'
import { Random } from './random'
import { GRID_LIMITS } from './settings'
import type { StreetData } from './street-data'

export interface GridData {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly community: number
  readonly kind: 'basic' | 'dedicated'
  readonly households: number
}

export interface GridPlan {
  readonly grids: readonly GridData[]
  /** Grid index by cell. */
  readonly cellGrid: Int32Array
}

/**
 * Today's grids: drawn years ago by hand and since outgrown. Every cell is in one contiguous grid of its own community,
 * but the sizes are far apart: some grids hold twice what others do, some villages were split for no reason, and
 * compounds lie in two grids. A community below its limit is one grid, as the rules ask.
 */
export function drawTodaysGrids(street: StreetData, cut: LandCut, seed: string): GridPlan {
  const random = new Random(`${seed}/${street.settings.code}/grids`)
  const cellCount = cut.land.cellCommunity.length
  const adjacency = buildCellAdjacency(cut.land)
  const cellGrid = new Int32Array(cellCount).fill(-1)
  const cellsOf: number[][] = street.communities.map(() => [])
  for (let cell = 0; cell < cellCount; cell++) cellsOf[cut.land.cellCommunity[cell]].push(cell)
  const grids: GridData[] = []
  street.communities.forEach(({ code, name, kind }, community) => {
    const cells = cellsOf[community]
    const households = cells.reduce((sum, cell) => sum + cut.cellHouseholds[cell], 0)
    const weights = wantedShares(kind, households, random)
    const parts = growParts(cells, weights.map((weight) => weight * households), cut, adjacency, random)
    for (const [k, part] of inReadingOrder(parts, cut).entries()) {
      const stem = name.replace(/(社区|村)$/, '')
      for (const cell of part) cellGrid[cell] = grids.length
      grids.push({
        id: random.uuid(),
        code: gridCode(code, k + 1),
        name: `${stem} ${String(k + 1).padStart(3, '0')}`,
        community,
        kind: 'basic',
        households: part.reduce((sum, cell) => sum + cut.cellHouseholds[cell], 0),
      })
    }
  })
  return { grids, cellGrid }
}

/** Shares of a community's households, uneven on purpose: up to two and a half times apart. */
function wantedShares(kind: 'urban' | 'rural', households: number, random: Random): number[] {
  const limits = GRID_LIMITS[kind]
  const wish = kind === 'urban' ? Math.max(2, Math.round(households / limits.target)) : households >= 150 && random.chance(0.45) ? 2 : 1
  const weights = Array.from({ length: wish }, (_, k) => (k === 0 ? random.between(1.35, 1.75) : k === 1 ? random.between(0.5, 0.72) : random.between(0.75, 1.2)))
  const sum = weights.reduce((a, b) => a + b, 0)
  return random.shuffled(weights.map((weight) => weight / sum))
}

type Adjacency = ReturnType<typeof buildCellAdjacency>

/**
 * Grow parts from far seeds, the one that lacks most taking the nearest free cell at its border. Then cells left behind
 * walls of other parts join the part with the longest shared border, so that nothing stays without a grid.
 */
function growParts(cells: readonly number[], wanted: readonly number[], cut: LandCut, adjacency: Adjacency, random: Random): number[][] {
  if (wanted.length === 1) return [[...cells]]
  const own = new Set(cells)
  const part = new Map<number, number>()
  const at = (cell: number): [number, number] => [cut.land.cellLabelXY[2 * cell], cut.land.cellLabelXY[2 * cell + 1]]
  const gap = (a: number, b: number): number => Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1])
  const lived = cells.filter((cell) => cut.cellHouseholds[cell] > 0)
  const seeds = [random.pick(lived)]
  while (seeds.length < wanted.length) {
    const score = (cell: number): number => Math.min(...seeds.map((seed) => gap(cell, seed)))
    seeds.push(lived.filter((cell) => !seeds.includes(cell)).reduce((a, b) => (score(b) > score(a) ? b : a)))
  }
  const load = seeds.map((cell, k) => {
    part.set(cell, k)
    return cut.cellHouseholds[cell]
  })
  const stuck = new Set<number>()
  const border = (cell: number, k: number): number => {
    let total = 0
    for (let i = adjacency.start[cell]; i < adjacency.start[cell + 1]; i++) {
      if (part.get(adjacency.neighbour[i]) === k) total += adjacency.borderM[i]
    }
    return total
  }
  while (stuck.size < wanted.length) {
    const k = [...seeds.keys()].filter((i) => !stuck.has(i)).reduce((a, b) => (load[b] / wanted[b] < load[a] / wanted[a] ? b : a))
    let best = -1
    let bestCost = Infinity
    for (const cell of own) {
      if (part.has(cell)) continue
      const shared = border(cell, k)
      if (shared === 0) continue
      const cost = gap(cell, seeds[k]) - Math.min(shared, 80) * 100
      if (cost < bestCost) [best, bestCost] = [cell, cost]
    }
    if (best < 0) {
      stuck.add(k)
      continue
    }
    part.set(best, k)
    load[k] += cut.cellHouseholds[best]
  }
  const out: number[][] = wanted.map(() => [])
  for (const cell of cells) {
    const k = part.get(cell)
    if (k === undefined) throw new Error(`cell ${cell} hangs on no other cell of its community`)
    out[k].push(cell)
  }
  return out
}

/** Rows from north to south, in each from west to east, as grids are numbered. */
function inReadingOrder(parts: readonly number[][], cut: LandCut): number[][] {
  const placed = parts.map((part) => {
    let area = 0
    let x = 0
    let y = 0
    for (const cell of part) {
      const weight = cut.land.cellAreaM2[cell]
      area += weight
      x += weight * cut.land.cellLabelXY[2 * cell]
      y += weight * cut.land.cellLabelXY[2 * cell + 1]
    }
    return { part, area, x: x / area, y: y / area }
  })
  const mean = placed.reduce((sum, { area }) => sum + area, 0) / placed.length
  const height = Math.sqrt(mean) * 200
  const north = Math.max(...placed.map(({ y }) => y))
  const row = (y: number): number => Math.floor((north - y) / height)
  return placed.sort((a, b) => row(a.y) - row(b.y) || a.x - b.x).map(({ part }) => part)
}
