import type { SolverControl } from '../shared/solver-control'
import { flowMoves, type PartBands } from './bound-moves'
import { contractGroups } from './contract-groups'
import { pricedGraph, type DivisionGround, type DivisionWishes } from './division-ground'
import { linkComponents } from './link-components'
import { mendPieces } from './mend-pieces'
import { orderSteps, type RepairStep, type StepInput } from './order-steps'
import { repairPartition } from './repair-partition'
import type { UnitGraph } from './unit-graph'

export interface DivisionRepair {
  /** Grid by cell. */
  readonly grid: Int32Array
  /**
   * Households that must move at least, whatever is done, so that every grid that may change lies in its band; where some
   * stay out of it, so that they come as near as here.
   */
  readonly bound: number
  /** Households out of band in the end, in grids that may change. */
  readonly breach: number
  /** The way there, in cells; see `orderSteps`. */
  readonly steps: readonly RepairStep[]
}

/** Price of a member too few, in households out of band: a grid is put in band first. */
const MEMBER_PRICE = 2

/**
 * The least change that brings the grids of a community into their band: pieces first go to the grid they lie in
 * (`mendPieces`), then households move over borders (`repairPartition`); what was found is told as steps. Land without a
 * grid stays without. Of a compound that lies in several grids each share moves as one.
 *
 * Deterministic for a seed.
 */
export function repairDivision(ground: DivisionGround, wishes: DivisionWishes, control: SolverControl = {}): DivisionRepair {
  const cells = [...ground.grid.keys()].filter((cell) => ground.grid[cell] >= 0)
  const numbers = [...new Set(cells.map((cell) => ground.grid[cell]))].sort((a, b) => a - b)
  if (numbers.length < 2) return { grid: ground.grid, bound: 0, breach: 0, steps: [] }
  const place = new Map(numbers.map((grid, part) => [grid, part]))
  const isLocked = (part: number) => ground.fixed[numbers[part]] === 1
  const graph = linkedGraph(ground, cells)
  const today = Int32Array.from(cells, (cell) => place.get(ground.grid[cell])!)
  const whole = mendPieces(graph, today, isLocked)

  const group = groupsWithin(ground, wishes, cells, whole)
  const { graph: joined, unitOf } = contractGroups(graph, group, ground.limits.upper)
  const own = new Int32Array(joined.weight.length)
  whole.forEach((part, at) => (own[unitOf[at]] = part))
  const members = new Float64Array(own.length)
  cells.forEach((cell, at) => (members[unitOf[at]] += ground.members[cell]))

  const bands = bandsOf(ground, numbers, joined, own)
  const { label, breach } = repairPartition(
    {
      graph: joined,
      today: own,
      bands,
      isLocked,
      floor: wishes.minMembers > 0 ? { amount: members, least: wishes.minMembers, price: MEMBER_PRICE } : undefined,
      seed: wishes.seed,
    },
    control,
  )
  const end = unitOf.map((unit) => label[unit])
  const steps = orderSteps({ graph, from: today, to: end, bands, floor: { amount: Float64Array.from(cells, (cell) => ground.members[cell]), least: wishes.minMembers, price: MEMBER_PRICE }, isLocked })
  const grid = ground.grid.slice()
  for (const step of steps) for (const move of step.moves) for (const unit of move.units) grid[cells[unit]] = numbers[move.to]
  return {
    grid,
    bound: flowMoves(graph, today, reachedBands(graph, end, bands), isLocked).households,
    breach,
    steps: steps.map((step) => ({
      ...step,
      moves: step.moves.map(({ units, from, to }) => ({ units: units.map((unit) => cells[unit]), from: numbers[from], to: numbers[to] })),
    })),
  }
}

/**
 * The ground as steps are judged on it, with the grids as they are given. Land without a grid is one more part that neither
 * gives nor takes.
 */
export function stepInputOf(ground: DivisionGround, grid: Int32Array, minMembers: number): StepInput {
  const outside = ground.fixed.length
  const numbers = [...ground.fixed.keys()]
  const bands = bandsOf(ground, numbers, ground.graph, grid)
  const label = grid.map((number) => (number < 0 ? outside : number))
  return {
    graph: ground.graph,
    from: label,
    to: label,
    bands: { lower: Float64Array.of(...bands.lower, 0), upper: Float64Array.of(...bands.upper, Infinity) },
    floor: { amount: ground.members, least: minMembers, price: MEMBER_PRICE },
    isLocked: (part) => part === outside || ground.fixed[part] === 1,
  }
}

/** Bands by part: none for dedicated grids, no upper one where a unit alone is above it, no lower one for a single grid. */
function bandsOf({ limits, counted }: DivisionGround, numbers: readonly number[], graph: UnitGraph, own: Int32Array): PartBands {
  const isOnly = numbers.filter((grid) => counted[grid] === 1).length === 1
  const bands = {
    lower: Float64Array.from(numbers, (grid) => (counted[grid] === 1 && !isOnly ? limits.lower : 0)),
    upper: Float64Array.from(numbers, (grid) => (counted[grid] === 1 ? limits.upper : Infinity)),
  }
  own.forEach((part, unit) => part >= 0 && graph.weight[unit] > limits.upper && (bands.upper[part] = Infinity))
  return bands
}

/** The bands, each as wide as it must be to hold what was reached. */
function reachedBands(graph: UnitGraph, end: Int32Array, { lower, upper }: PartBands): PartBands {
  const reached = new Float64Array(lower.length)
  end.forEach((part, unit) => (reached[part] += graph.weight[unit]))
  return { lower: lower.map((limit, part) => Math.min(limit, reached[part])), upper: upper.map((limit, part) => Math.max(limit, reached[part])) }
}

/** Cells with a grid and the borders among them; parts of the land that lie apart are tied, so that all hangs together. */
const linkedGraph = (ground: DivisionGround, cells: readonly number[]): UnitGraph =>
  linkComponents(pricedGraph(ground, cells, 1), Infinity)[0].graph

/** Compounds that stay together, each share of one that several grids have by itself; −1 none. */
function groupsWithin(ground: DivisionGround, wishes: DivisionWishes, cells: readonly number[], part: Int32Array): Int32Array {
  if (!wishes.wholeCompounds) return new Int32Array(cells.length).fill(-1)
  const ids = new Map<string, number>()
  return Int32Array.from(cells, (cell, at) => {
    if (ground.compound[cell] < 0) return -1
    const key = `${ground.compound[cell]},${part[at]}`
    if (!ids.has(key)) ids.set(key, ids.size)
    return ids.get(key)!
  })
}
