import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import type { Land } from '@/core/land'
import { LATTICE_M, areaFactor } from '@/core/land-frame'
import { linksByCell, relabelParts } from '@/core/links'
import type { PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext } from '@/core/plan-context'
import { createPlanIndex, type PlanState } from '@/core/plan-index'
import { traceCell, isFault } from '@/core/land-faults'
import { borderOf } from '@/core/check-land-edit'

/**
 * A plan on redrawn land, made anew without its gaps: every column of the land packed, and all that follows from it computed
 * from the very beginning. Cells, arcs and nodes keep their order.
 */
export function compactPlan({ context, document }: PlanState): PlanState {
  const { land } = context
  const cells = Array.from(land.cellIds.keys()).filter((cell) => land.cellIds[cell] !== 0)
  const nodes = Array.from(land.nodeIds.keys()).filter((node) => land.nodeIds[node] !== 0)
  const arcs = Array.from(land.arcIds.keys()).filter((arc) => land.arcIds[arc] !== 0)
  const cellAt = new Map(cells.map((cell, k) => [cell, k]))
  const nodeAt = new Map(nodes.map((node, k) => [node, k]))
  const placeOf = (cell: number) => (cell < 0 ? -1 : cellAt.get(cell)!)
  const lines = arcs.map((arc) => Array.from(land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1])))
  const arcStart = new Uint32Array(arcs.length + 1)
  lines.forEach((line, k) => (arcStart[k + 1] = arcStart[k] + line.length / 2))
  const packed: Land = {
    frame: land.frame,
    nodeIds: Int32Array.from(nodes, (node) => land.nodeIds[node]),
    arcIds: Int32Array.from(arcs, (arc) => land.arcIds[arc]),
    cellIds: Int32Array.from(cells, (cell) => land.cellIds[cell]),
    nodeXY: Int32Array.from(nodes.flatMap((node) => [land.nodeXY[2 * node], land.nodeXY[2 * node + 1]])),
    arcNodes: Int32Array.from(arcs.flatMap((arc) => [nodeAt.get(land.arcNodes[2 * arc])!, nodeAt.get(land.arcNodes[2 * arc + 1])!])),
    arcStart,
    arcXY: Int32Array.from(lines.flat()),
    arcLeft: Int32Array.from(arcs, (arc) => placeOf(land.arcLeft[arc])),
    arcRight: Int32Array.from(arcs, (arc) => placeOf(land.arcRight[arc])),
    arcKind: Uint8Array.from(arcs, (arc) => land.arcKind[arc]),
    cellCommunity: Int32Array.from(cells, (cell) => land.cellCommunity[cell]),
    cellAreaM2: Float64Array.from(cells, (cell) => areaOf(land, cell)),
    cellLabelXY: Int32Array.from(cells.flatMap((cell) => [land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1]])),
  }
  const { buildings } = context
  const cell = Int32Array.from(buildings.cell, placeOf)
  const stats = {
    households: new Int32Array(cells.length), residents: new Int32Array(cells.length), members: new Int32Array(cells.length),
    special: new Int32Array(cells.length), buildings: new Int32Array(cells.length), areaM2: packed.cellAreaM2,
    byCategory: new Int32Array(8 * cells.length),
  }
  for (let b = 0; b < buildings.count; b++) {
    const at = cell[b]
    if (at < 0) continue
    stats.households[at] += buildings.households[b]
    stats.residents[at] += buildings.residents[b]
    stats.members[at] += buildings.members[b]
    stats.buildings[at]++
    for (let code = 0; code < 8; code++) stats.byCategory[8 * at + code] += buildings.byCategory[8 * b + code]
    for (const code of SPECIAL_CATEGORY_CODES) stats.special[at] += buildings.byCategory[8 * b + code]
  }
  const fresh: PlanContext = makePlanContext({
    ...context, land: packed, adjacency: buildCellAdjacency(packed), cellStats: stats, buildings: { ...buildings, cell },
  })
  const linked = { ...fresh, links: linksByCell(fresh.cellIndex, document.links ?? []) }
  if (linked.links.size > 0) relabelParts(linked, new Set(context.communities.keys()), linked.cellPart)
  const plan: PlanDocument = {
    planId: document.planId, landId: document.landId, revision: document.revision, grids: [...document.grids], links: document.links,
    cellGrid: Int32Array.from(cells, (at) => document.cellGrid[at]),
  }
  return { context: linked, document: plan, index: createPlanIndex(linked, plan) }
}

/** Area of a cell from its rings, as a land computes it when it is cut. */
function areaOf(land: Land, cell: number): number {
  const borders = Array.from(land.arcLeft.keys())
    .filter((arc) => land.arcLeft[arc] === cell || land.arcRight[arc] === cell)
    .map((arc) => borderOf(land, arc))
  const shape = traceCell(borders, land.cellIds[cell])
  if (isFault(shape)) throw new Error(`cell ${land.cellIds[cell]}: ${shape.problem}`)
  return (shape.area2 / 2) * LATTICE_M * LATTICE_M * areaFactor(land.frame, land.cellLabelXY[2 * cell + 1])
}
