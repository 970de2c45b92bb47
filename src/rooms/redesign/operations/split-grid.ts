import { partitionUnits } from '@/algorithms/partition/partition-units'
import { labelComponents, type UnitGraph } from '@/algorithms/partition/unit-graph'
import { buildingIndexOf } from '@/core/cell-contents'
import { nextGridCode } from '@/core/grid-codes'
import { newUuid } from '@/core/ids'
import { LATTICE_M } from '@/core/land-frame'
import { joinedAdjacency } from '@/core/links'
import type { GridRecord, PlanDelta } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'
import { toGridRecord, type PlanState } from '@/core/plan-index'
import { ok, type Result } from '@/core/result'
import { gridsOfParts, layCut } from './cut-cells'
import type { LatticePoint } from './pick-cells'
import { no, settleLand } from './settle-land'

export interface SplitGridByLineInput {
  readonly gridId: string
  /** Leads across the grid; cells it crosses are cut. */
  readonly line: readonly LatticePoint[]
}

/** A new grid beside another: next free code of the community, named by its last digits, of the same kind. */
function newGridBeside({ context, document, index }: PlanState, slot: number, taken: Set<string>): GridRecord {
  const beside = document.grids[slot]!
  const code = nextGridCode({ context, document, index }, beside.community, taken)
  taken.add(code)
  return {
    ...toGridRecord(context, beside), id: newUuid(), code, locked: false,
    name: code.slice(context.communities[beside.community].code.length),
  }
}

/**
 * Part a grid along a line into two: the side with more households keeps the grid. Land of the grid that the line does not
 * part from either side stays with it.
 * @returns the delta, or a `ReshapeRefusal`: `line_divides_nothing` where both sides hang together around the line
 */
export function splitGridByLine(plan: PlanState, { gridId, line }: SplitGridByLineInput): Result<PlanDelta> {
  const { context, document, index } = plan
  const slot = index.slotOf(gridId)
  const grid = document.grids[slot]
  if (!grid) return no('grid_unknown')
  if (grid.locked) return no('grid_locked', { gridId })
  const cut = layCut(plan, { line, cells: index.cellsOf(slot) })
  if (!cut.ok) return cut
  const { sketch, laid, parts } = cut.value
  const ids = new Set([...index.cellsOf(slot)].map((cell) => context.land.cellIds[cell]))
  for (const [, [, ...others]] of parts) for (const id of others) ids.add(id)

  // The line has a cell of the grid on its left and right at every stretch that parts two; all else hangs together.
  const barrier = new Set([...laid.laid, ...laid.alongArc.map(({ arcId }) => arcId)])
  const lefts = new Set<number>()
  const rights = new Set<number>()
  for (const { arcId, forward } of [...laid.laid.map((id) => ({ arcId: id, forward: true })), ...laid.alongArc]) {
    const arc = sketch.arc(arcId)
    if (!arc || arc.left === null || arc.right === null || !ids.has(arc.left) || !ids.has(arc.right)) continue
    lefts.add(forward ? arc.left : arc.right)
    rights.add(forward ? arc.right : arc.left)
  }
  const reach = (seeds: ReadonlySet<number>): Set<number> => {
    const reached = new Set(seeds)
    for (const id of reached) {
      for (const arcId of sketch.arcsOf(id)) {
        if (barrier.has(arcId)) continue
        const { left, right } = sketch.peek(arcId)
        for (const side of [left, right]) if (side !== null && ids.has(side)) reached.add(side)
      }
    }
    return reached
  }
  const [left, right] = [reach(lefts), reach(rights)]
  if (left.size === 0 || right.size === 0 || [...left].some((id) => right.has(id))) return no('line_divides_nothing')

  let delta: PlanDelta = { cells: [], grids: [] }
  if (parts.size > 0) {
    const settled = settleLand({ plan, sketch, heirOf: new Map([...parts.keys()].map((id) => [id, id])), gridOf: gridsOfParts(plan, parts) })
    if (!settled.ok) return settled
    delta = settled.value
  }
  const leaving = householdsOf(plan, delta, left) < householdsOf(plan, delta, right) ? left : right
  const record = newGridBeside(plan, slot, new Set())
  const isNew = new Set(delta.cells.map(({ cell }) => cell))
  return ok({
    ...delta,
    cells: [
      ...delta.cells.map((move) => (leaving.has(move.cell) ? { ...move, to: record.id } : move)),
      ...[...leaving].filter((id) => !isNew.has(id)).map((cell) => ({ cell, from: gridId, to: record.id })),
    ],
    grids: [{ before: null, after: record }],
  })
}

/** Households on cells as a delta leaves them. */
function householdsOf({ context }: PlanState, { land }: PlanDelta, cells: ReadonlySet<number>): number {
  let sum = 0
  for (const id of cells) {
    const cell = context.cellIndex.get(id)
    if (cell !== undefined) sum += context.cellStats.households[cell]
  }
  const count = (side: readonly { readonly id: number; readonly cell: number }[] | undefined, sign: 1 | -1) => {
    for (const { id, cell } of side ?? []) if (cells.has(cell)) sum += sign * context.buildings.households[buildingIndexOf(context).get(id)!]
  }
  count(land?.before.buildings, -1)
  count(land?.after.buildings, 1)
  return sum
}

/** Parts hold this share of the mean more or less, if they can. */
const EVEN_SHARE = 0.05
const SEED = 20261122

/**
 * Part a grid into several of about as many households each, every one hanging together as far as the grid does, with short
 * borders; cells stay whole. The part with most households keeps the grid.
 * @param input.parts 2 or more
 * @returns the delta, or `grid_unknown`, `grid_locked`, `parts_impossible`
 */
export function splitGridEvenly(plan: PlanState, { gridId, parts }: { readonly gridId: string; readonly parts: number }): Result<PlanDelta> {
  const { context, document, index } = plan
  const slot = index.slotOf(gridId)
  const grid = document.grids[slot]
  if (!grid) return no('grid_unknown')
  if (grid.locked) return no('grid_locked', { gridId })
  const cells = Int32Array.from(index.cellsOf(slot)).sort()
  const graph = graphOf(context, cells)
  const isWhole = labelComponents(graph, () => true).count === 1
  if (!Number.isInteger(parts) || parts < 2 || parts > cells.length || !isWhole) return no('parts_impossible', { cells: cells.length })

  const target = graph.weight.reduce((sum, weight) => sum + weight, 0) / parts
  const partOf = partitionUnits(graph, parts, { target, lower: target * (1 - EVEN_SHARE), upper: target * (1 + EVEN_SHARE) }, SEED)
  const households = new Float64Array(parts)
  partOf.forEach((part, unit) => (households[part] += graph.weight[unit]))
  const staying = households.indexOf(Math.max(...households))
  const taken = new Set<string>()
  const records = Array.from({ length: parts }, (_, part) => (part === staying ? null : newGridBeside(plan, slot, taken)))
  const moves = Array.from(cells, (cell, unit) => ({ cell: context.land.cellIds[cell], from: gridId, record: records[partOf[unit]] }))
  return ok({
    cells: moves.flatMap(({ cell, from, record }) => (record ? [{ cell, from, to: record.id }] : [])),
    grids: records.flatMap((after) => (after ? [{ before: null, after }] : [])),
  })
}

/** Some cells as units of a solver, with the neighbours they have among themselves. */
function graphOf(context: PlanContext, cells: Int32Array): UnitGraph {
  const { start, neighbour, borderM } = joinedAdjacency(context)
  const unitOf = new Map(Array.from(cells, (cell, unit) => [cell, unit]))
  const rows = new Uint32Array(cells.length + 1)
  const neighbours: number[] = []
  const costs: number[] = []
  cells.forEach((cell, unit) => {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = unitOf.get(neighbour[k])
      if (other === undefined) continue
      neighbours.push(other)
      costs.push(Math.max(1, borderM[k]))
    }
    rows[unit + 1] = neighbours.length
  })
  const { cellLabelXY } = context.land
  return {
    start: rows,
    neighbour: Int32Array.from(neighbours),
    edgeCost: Float64Array.from(costs),
    weight: Float64Array.from(cells, (cell) => context.cellStats.households[cell]),
    x: Float64Array.from(cells, (cell) => cellLabelXY[2 * cell] * LATTICE_M),
    y: Float64Array.from(cells, (cell) => cellLabelXY[2 * cell + 1] * LATTICE_M),
  }
}
