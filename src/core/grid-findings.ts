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
  /** False where no cell lies in a grid of another community; deltas never put one there, so it stays false. */
  readonly mayCross: boolean
}

/** True where some cell lies in a grid of another community. Complexity O(cells). */
export function hasCrossing({ context, document }: PlanState): boolean {
  return document.cellGrid.some(
    (slot, cell) => slot >= 0 && document.grids[slot]!.community !== context.land.cellCommunity[cell],
  )
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
  if (facts.contiguity.isInPieces(slot)) {
    const pieces = facts.contiguity.pieces(slot)
    findings.push(makeFinding('grid_in_pieces', { gridIds, cellIds: facts.contiguity.listStrays(slot), values: { pieces } }))
  }

  const strangers = facts.mayCross ? listStrangers(plan, slot) : []
  if (strangers.length > 0) {
    findings.push(makeFinding('grid_crosses_community', { gridIds, cellIds: strangers, values: { cells: strangers.length } }))
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

function listStrangers({ context, document, index }: PlanState, slot: number): number[] {
  const { cellCommunity, cellIds } = context.land
  const { community } = document.grids[slot]!
  return Array.from(index.cellsOf(slot))
    .filter((cell) => cellCommunity[cell] !== community)
    .map((cell) => cellIds[cell])
    .sort((a, b) => a - b)
}
