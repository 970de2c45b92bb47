import { flowMoves } from './bound-moves'
import { choosePartCount } from './choose-part-count'
import { subGround, type DivisionGround } from './division-ground'
import { induceGraph } from './induce-graph'
import { labelComponents } from './unit-graph'

/** A setting that cannot be kept, with the least relaxation that would do. Households and numbers of grids. */
export type Impossible =
  /** Fewer members than grids need: so many grids at most, or so many members a grid. */
  | { readonly code: 'members_short'; readonly grids: number; readonly members: number; readonly mostGrids: number; readonly leastMembers: number }
  /** Households do not fit into so many grids: the nearest number that does, or the limit that would. */
  | { readonly code: 'count_too_low'; readonly grids: number; readonly households: number; readonly nearest: number; readonly upper: number }
  | { readonly code: 'count_too_high'; readonly grids: number; readonly households: number; readonly nearest: number; readonly lower: number }
  /** No number of grids fits the band: either limit, moved this far, would do. */
  | { readonly code: 'band_too_narrow'; readonly households: number; readonly lower: number; readonly upper: number }
  /** A grid that may not change lies out of band: the limit that would hold it. */
  | { readonly code: 'fixed_above' | 'fixed_below'; readonly grid: number; readonly households: number; readonly limit: number }
  /** Land with too few households and no open neighbour. */
  | { readonly code: 'land_apart'; readonly cells: readonly number[]; readonly households: number; readonly lower: number }
  /** A cell above the upper limit: it cannot be divided. */
  | { readonly code: 'cell_above'; readonly cell: number; readonly households: number; readonly upper: number }
  /** A compound above the upper limit: it must be divided, or the limit raised. */
  | { readonly code: 'compound_above'; readonly compound: number; readonly households: number; readonly upper: number }
  /** All households of the community are fewer than one grid asks. */
  | { readonly code: 'community_below'; readonly households: number; readonly lower: number }
  /** No moves over borders bring all grids into band: limits this far apart would do. */
  | { readonly code: 'no_way'; readonly lower: number; readonly upper: number }

export interface AskedOfGround {
  /** Grids to be drawn in all; null: as many as the band asks, or as there are when repaired. */
  readonly count: number | null
  readonly minMembers: number
  readonly wholeCompounds: boolean
  /** A repair keeps the grids there are. */
  readonly isRepair: boolean
}

/**
 * Settings that cannot be kept in a community, computed from sums, connected parts and, for a repair, the flow of
 * households between grids. An empty list does not promise that a plan exists: whole units may still not fit.
 * Complexity O(cells + borders), and some twenty flows for a repair without a way.
 */
export function nameImpossible(ground: DivisionGround, asked: AskedOfGround): Impossible[] {
  const { graph, limits, grid, fixed, counted } = ground
  const found: Impossible[] = []
  const weightOf = (cells: readonly number[]) => cells.reduce((sum, cell) => sum + graph.weight[cell], 0)
  const cellsOf = (isOwn: (number: number) => boolean) => [...grid.keys()].filter((cell) => isOwn(grid[cell]))

  for (const number of fixed.keys()) {
    if (fixed[number] === 0 || counted[number] === 0) continue
    const households = weightOf(cellsOf((own) => own === number))
    if (households > limits.upper) found.push({ code: 'fixed_above', grid: number, households, limit: households })
    if (households < limits.lower) found.push({ code: 'fixed_below', grid: number, households, limit: households })
  }

  const free = cellsOf((number) => (number < 0 ? !asked.isRepair : fixed[number] === 0))
  const total = weightOf(free)
  for (const cell of free) {
    if (graph.weight[cell] > limits.upper) found.push({ code: 'cell_above', cell, households: graph.weight[cell], upper: graph.weight[cell] })
  }
  if (asked.wholeCompounds) found.push(...compoundsAbove(ground, free))
  const openGrids = new Set(free.map((cell) => grid[cell])).size
  const grids = asked.isRepair ? openGrids : (asked.count ?? choosePartCount(total, limits, Math.max(1, free.length)))

  if (free.length > 0 && total < limits.lower) {
    if (openGrids > 1 || !asked.isRepair) found.push({ code: 'community_below', households: total, lower: total })
  } else {
    found.push(...partsApart(ground, free))
    found.push(...countsOut(total, grids, limits))
  }

  const members = free.reduce((sum, cell) => sum + ground.members[cell], 0)
  if (grids * asked.minMembers > members) {
    found.push({
      code: 'members_short',
      grids,
      members,
      mostGrids: Math.floor(members / asked.minMembers),
      leastMembers: Math.floor(members / grids),
    })
  }
  if (asked.isRepair && found.length === 0) found.push(...waysMissing(ground, free))
  return found
}

function countsOut(households: number, grids: number, { lower, upper }: DivisionGround['limits']): Impossible[] {
  const fewest = Math.ceil(households / upper)
  const most = Math.floor(households / Math.max(1, lower))
  if (fewest > most) {
    // One grid fewer needs a higher limit, one more a lower one.
    return [{ code: 'band_too_narrow', households, lower: Math.floor(households / (most + 1)), upper: Math.ceil(households / Math.max(1, most)) }]
  }
  if (grids < fewest) return [{ code: 'count_too_low', grids, households, nearest: fewest, upper: Math.ceil(households / grids) }]
  if (grids > most) return [{ code: 'count_too_high', grids, households, nearest: most, lower: Math.floor(households / grids) }]
  return []
}

function partsApart(ground: DivisionGround, free: readonly number[]): Impossible[] {
  const { graph } = subGround(ground, free, 0, null)
  const { label, count } = labelComponents(graph, () => true)
  if (count < 2) return []
  const cells: number[][] = Array.from({ length: count }, () => [])
  free.forEach((cell, unit) => cells[label[unit]].push(cell))
  return cells.flatMap((list): Impossible[] => {
    const households = list.reduce((sum, cell) => sum + ground.graph.weight[cell], 0)
    return households < ground.limits.lower ? [{ code: 'land_apart', cells: list, households, lower: households }] : []
  })
}

function compoundsAbove({ compound, graph, limits }: DivisionGround, free: readonly number[]): Impossible[] {
  const held = new Map<number, number[]>()
  for (const cell of free) if (compound[cell] >= 0) held.set(compound[cell], [...(held.get(compound[cell]) ?? []), cell])
  return [...held].flatMap(([number, cells]): Impossible[] => {
    const households = cells.reduce((sum, cell) => sum + graph.weight[cell], 0)
    return cells.length > 1 && households > limits.upper ? [{ code: 'compound_above', compound: number, households, upper: households }] : []
  })
}

/** The least widening of the band, the same on both sides, with which a flow exists. */
function waysMissing({ graph, grid, fixed, limits }: DivisionGround, free: readonly number[]): Impossible[] {
  const numbers = [...new Set(free.map((cell) => grid[cell]))].sort((a, b) => a - b)
  if (numbers.length < 2) return []
  const place = new Map(numbers.map((number, part) => [number, part]))
  const own = induceGraph(graph, free)
  const label = Int32Array.from(free, (cell) => place.get(grid[cell])!)
  const hasWay = (wider: number) =>
    flowMoves(own, label, {
      lower: new Float64Array(numbers.length).fill(Math.max(0, limits.lower - wider)),
      upper: new Float64Array(numbers.length).fill(limits.upper + wider),
    }, (part) => fixed[numbers[part]] === 1).households < Infinity
  if (hasWay(0)) return []
  let low = 0
  let high = own.weight.reduce((sum, weight) => sum + weight, 0)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (hasWay(middle)) high = middle
    else low = middle
  }
  return [{ code: 'no_way', lower: Math.max(0, limits.lower - high), upper: limits.upper + high }]
}
