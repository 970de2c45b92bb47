import { bandOf, bandState } from './band'
import type { CompoundSplit } from './compound-split'
import type { Contiguity } from './contiguity'
import type { MetricTable } from './metric-table'
import type { Finding, FindingCode } from './plan'
import type { PlanState } from './plan-index'

/** Severity of each code; the server agrees. */
export const FINDING_SEVERITY: Readonly<Record<FindingCode, Finding['severity']>> = {
  cell_without_grid: 'error',
  grid_empty: 'error',
  grid_in_pieces: 'error',
  grid_crosses_community: 'error',
  grid_above_upper: 'error',
  grid_below_lower: 'error',
  grid_members_few: 'warning',
  compound_split: 'error',
  grid_code_duplicate: 'error',
  building_unplaced: 'warning',
  coverage_broken: 'error',
}

/** What checks look at besides the plan itself. */
export interface PlanFacts {
  readonly metrics: MetricTable
  readonly contiguity: Contiguity
  readonly compoundSplit: CompoundSplit
}

export function makeFinding(code: FindingCode, what: Partial<Omit<Finding, 'code' | 'severity'>>): Finding {
  return { code, severity: FINDING_SEVERITY[code], gridIds: [], cellIds: [], buildingIds: [], values: {}, ...what }
}

/** True where the grid is the one basic grid of its community. */
export function isOnlyGrid({ document, index }: PlanState, slot: number): boolean {
  const { community, kind } = document.grids[slot]!
  return kind === 'basic' && index.basicGridCount(community) === 1
}

/**
 * Check one grid by itself: empty, in pieces, across communities, out of band, too few members.
 * Complexity O(cells of the grid).
 */
export function findGridFindings(plan: PlanState, facts: PlanFacts, slot: number): Finding[] {
  const { context, document, index } = plan
  const grid = document.grids[slot]!
  const gridIds = [grid.id]
  if (index.cellCount(slot) === 0) return [makeFinding('grid_empty', { gridIds })]

  const findings: Finding[] = []
  const ids = context.land.cellIds
  if (facts.contiguity.isInPieces(slot)) {
    const pieces = facts.contiguity.pieces(slot)
    findings.push(makeFinding('grid_in_pieces', { gridIds, cellIds: strayCells(plan, facts, slot), values: { pieces } }))
  }

  const strangers: number[] = []
  for (const cell of index.cellsOf(slot)) {
    if (context.land.cellCommunity[cell] !== grid.community) strangers.push(ids[cell])
  }
  if (strangers.length > 0) {
    const cellIds = strangers.sort((a, b) => a - b)
    findings.push(makeFinding('grid_crosses_community', { gridIds, cellIds, values: { cells: cellIds.length } }))
  }

  // A dedicated grid (a park, a hospital, a market) is not drawn by households, so limits do not apply to it.
  if (grid.kind === 'dedicated') return findings
  const households = facts.metrics.value('households', slot)
  const band = bandOf(context, grid.community)
  const state = bandState(band, households, isOnlyGrid(plan, slot))
  if (state === 'above') {
    findings.push(makeFinding('grid_above_upper', { gridIds, values: { households, upper: band.upper } }))
  } else if (state === 'below') {
    findings.push(makeFinding('grid_below_lower', { gridIds, values: { households, lower: band.lower } }))
  }
  const members = facts.metrics.value('members', slot)
  const minimum = context.settings.minMembers
  if (members < minimum) findings.push(makeFinding('grid_members_few', { gridIds, values: { members, minimum } }))
  return findings
}

/** Ids of the cells outside the main piece of each part of the community's land, ascending. */
function strayCells({ context }: PlanState, { contiguity }: PlanFacts, slot: number): number[] {
  const ids = context.land.cellIds
  const mainByPart = new Map<number, Int32Array>()
  const pieces = contiguity.listPieces(slot)
  for (const piece of pieces) {
    const part = context.cellPart[piece[0]]
    const main = mainByPart.get(part)
    if (!main || piece.length > main.length) mainByPart.set(part, piece)
  }
  return pieces
    .filter((piece) => mainByPart.get(context.cellPart[piece[0]]) !== piece)
    .flatMap((piece) => Array.from(piece, (cell) => ids[cell]))
    .sort((a, b) => a - b)
}
