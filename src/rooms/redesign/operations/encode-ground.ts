import type { DivisionGround } from '@/algorithms/partition/division-ground'
import { measureBorders, type BorderLines } from '@/algorithms/partition/price-borders'
import { DisjointSets } from '@/algorithms/shared/disjoint-sets'
import { aimOf } from '@/core/band'
import { ArcKind } from '@/core/land'
import { LATTICE_M } from '@/core/land-frame'
import type { PlanState } from '@/core/plan-index'

/** Lines that grids do not lie across. */
export const BARRIERS = ['water', 'railway', 'street'] as const
export type Barrier = (typeof BARRIERS)[number]

/** A community as solvers take it, and what its numbers stand for. */
export interface EncodedGround {
  readonly community: number
  readonly ground: DivisionGround
  /** Cell index by unit, and cell id, which outlives changes of the land. */
  readonly cells: Int32Array
  readonly cellIds: Int32Array
  /** Grid id by number. */
  readonly gridIds: readonly string[]
}

/** A border follows a barrier when more than this share of it does. */
const BARRIER_SHARE = 0.5

/**
 * Put communities of a plan into the form of the solvers: cells that are there as units, borders with what they follow,
 * walls and hard barriers taken out and bridges put in, grids numbered by slot. O(cells + points of arcs + buildings).
 *
 * @param communities community indices
 * @param barriers lines that grids must not lie across
 */
export function encodeGrounds(plan: PlanState, communities: readonly number[], barriers: readonly Barrier[]): EncodedGround[] {
  const lines = measureBorders(plan.context.land, plan.context.adjacency)
  return communities.map((community) => encodeGround(plan, community, barriers, lines))
}

function encodeGround(plan: PlanState, community: number, barriers: readonly Barrier[], lines: BorderLines): EncodedGround {
  const { context, document, index } = plan
  const { land, cellStats } = context
  const cells = Int32Array.from(land.cellCommunity.keys()).filter((cell) => land.cellCommunity[cell] === community && land.cellIds[cell] !== 0)
  const slots = index.gridsOfCommunity(community)
  const numberOf = new Map(slots.map((slot, number) => [slot, number]))
  const grids = slots.map((slot) => document.grids[slot]!)
  const column = (values: ArrayLike<number>) => Float64Array.from(cells, (cell) => values[cell])
  const limits = aimOf(plan, community)
  return {
    community,
    cells,
    cellIds: Int32Array.from(cells, (cell) => land.cellIds[cell]),
    gridIds: grids.map((grid) => grid.id),
    ground: {
      ...encodeBorders(plan, cells, barriers, lines),
      compound: groupCompounds(plan, cells, limits.upper),
      residents: column(cellStats.residents),
      members: column(cellStats.members),
      special: column(cellStats.special),
      grid: Int32Array.from(cells, (cell) => numberOf.get(document.cellGrid[cell]) ?? -1),
      fixed: Uint8Array.from(grids, (grid) => (grid.locked || grid.kind !== 'basic' ? 1 : 0)),
      counted: Uint8Array.from(grids, (grid) => (grid.kind === 'basic' ? 1 : 0)),
      limits: { lower: limits.lower, upper: limits.upper, target: limits.target },
    },
  }
}

function encodeBorders(plan: PlanState, cells: Int32Array, barriers: readonly Barrier[], lines: BorderLines) {
  const { land, adjacency, cellStats, cellIndex } = plan.context
  const local = new Map(Array.from(cells, (cell, unit) => [cell, unit]))
  const unitOf = (cellId: number) => local.get(cellIndex.get(cellId) ?? -1)
  const bridges: [number, number][] = []
  const walls = new Set<string>()
  for (const { cells: [a, b], kind } of plan.document.links ?? []) {
    const [first, second] = [unitOf(a), unitOf(b)]
    if (first === undefined || second === undefined) continue
    if (kind === 'bridge') bridges.push([first, second], [second, first])
    else walls.add(`${first},${second}`).add(`${second},${first}`)
  }
  const entries = adjacency.neighbour.length
  const isBarred = (entry: number) =>
    barriers.some((kind) => lines.byKind[ArcKind[kind] * entries + entry] > BARRIER_SHARE * lines.metres[entry])
  const start = new Uint32Array(cells.length + 1)
  const neighbour: number[] = []
  const metres: number[] = []
  const saved: number[] = []
  const street: number[] = []
  cells.forEach((cell, unit) => {
    const seen = new Set<number>()
    for (let k = adjacency.start[cell]; k < adjacency.start[cell + 1]; k++) {
      const other = local.get(adjacency.neighbour[k])
      if (other === undefined || walls.has(`${unit},${other}`) || (isBarred(k) && !isBridged(unit, other))) continue
      seen.add(other)
      neighbour.push(other)
      metres.push(lines.metres[k])
      saved.push(lines.savedM[k])
      street.push(lines.streetM[k])
    }
    for (const [from, to] of bridges) {
      if (from !== unit || seen.has(to)) continue
      neighbour.push(to)
      metres.push(0)
      saved.push(0)
      street.push(0)
    }
    start[unit + 1] = neighbour.length
  })
  function isBridged(a: number, b: number): boolean {
    return bridges.some(([from, to]) => from === a && to === b)
  }
  return {
    graph: {
      start,
      neighbour: Int32Array.from(neighbour),
      edgeCost: Float64Array.from(metres),
      weight: Float64Array.from(cells, (cell) => cellStats.households[cell]),
      x: Float64Array.from(cells, (cell) => land.cellLabelXY[2 * cell] * LATTICE_M),
      y: Float64Array.from(cells, (cell) => land.cellLabelXY[2 * cell + 1] * LATTICE_M),
    },
    savedM: Float64Array.from(saved),
    streetM: Float64Array.from(street),
  }
}

/**
 * Compounds as groups of cells. Compounds that share a cell are one group where together they fit into a grid; else the
 * cell goes with the compound that has most buildings there.
 */
function groupCompounds({ context }: PlanState, cells: Int32Array, upper: number): Int32Array {
  const { cellCompoundStart, cellCompound, cellCompoundBuildings, compoundHouseholds } = context
  const sets = new DisjointSets(compoundHouseholds.length)
  const households = Float64Array.from(compoundHouseholds)
  for (const cell of cells) {
    for (let k = cellCompoundStart[cell] + 1; k < cellCompoundStart[cell + 1]; k++) {
      const a = sets.find(cellCompound[k - 1])
      const b = sets.find(cellCompound[k])
      if (a === b || households[a] + households[b] > upper) continue
      const sum = households[a] + households[b]
      households[sets.union(a, b)] = sum
    }
  }
  return cells.map((cell) => {
    let best = -1
    let most = 0
    for (let k = cellCompoundStart[cell]; k < cellCompoundStart[cell + 1]; k++) {
      if (cellCompoundBuildings[k] <= most) continue
      most = cellCompoundBuildings[k]
      best = sets.find(cellCompound[k])
    }
    return best
  })
}
