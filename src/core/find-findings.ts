import { bandOf } from './band'
import { createCompoundSplit } from './compound-split'
import { createContiguity } from './contiguity'
import { findGridFindings, hasCrossing, makeFinding, type PlanFacts } from './grid-findings'
import type { PlanFlow } from './metric'
import { createMetricTable } from './metric-table'
import { FINDING_CODES, WAIVABLE, type Finding, type FindingCode } from './plan'
import type { PlanState } from './plan-index'
import { PLAN_METRICS } from './plan-metrics'
import type { GridAttributes } from './scope'
import { createSortedFindings } from './sorted-findings'

/** A reason given for an error that may stand; `gridId` or `compoundId` says which. */
export interface PlanWaiver {
  readonly code: FindingCode
  readonly gridId: string | null
  readonly compoundId: number | null
  readonly reason: string
}

/** Findings of a plan, kept from edit to edit; the rules are in the README of this floor. */
export interface FindingTracker {
  /** All findings, in the order of `FINDING_CODES`, then of slots, compounds and communities; never changed once given. */
  list(): readonly Finding[]
  ofGrid(slot: number): readonly Finding[]
  /** @param compounds with buildings on the cells of the flow, before or after it */
  onFlow(flow: PlanFlow, compounds: Iterable<number>): void
  setWaivers(waivers: readonly PlanWaiver[]): void
}

/**
 * Check a plan and keep checking what edits touch: the grids of the flow, the compounds on its cells, and, where grids
 * came or went, the other grids of their community.
 */
export function createFindingTracker(plan: PlanState, facts: PlanFacts): FindingTracker {
  const { document, index } = plan
  const list = createSortedFindings<Finding>(FINDING_CODES)
  const findingsOfSlot = new Map<number, readonly Finding[]>()
  /** Findings of codes that several grids carry, by code: few, if any, so they are put in order when listed. */
  const duplicates = new Map<string, Finding>()
  /** Grids as they were when last examined. */
  const known = new Map<number, GridAttributes>()
  const staleCommunities = new Set(plan.context.communities.keys())
  let waived = new Set<string>()

  const idsOf = (cells: Iterable<number>) => Array.from(cells, (cell) => plan.context.land.cellIds[cell]).sort((a, b) => a - b)

  function checkGrid(slot: number): void {
    for (const { code } of findingsOfSlot.get(slot) ?? []) list.put(code, slot, null)
    const found = document.grids[slot] ? findGridFindings(plan, facts, slot) : []
    for (const finding of found) list.put(finding.code, slot, finding)
    if (found.length > 0) findingsOfSlot.set(slot, found)
    else findingsOfSlot.delete(slot)
  }

  function checkCode(code: string): void {
    const slots = [...index.slotsWithCode(code)]
    if (slots.length < 2) {
      duplicates.delete(code)
      return
    }
    const gridIds = slots.map((slot) => document.grids[slot]!.id).sort()
    duplicates.set(code, makeFinding('grid_code_duplicate', { gridIds, values: { code, grids: slots.length } }))
  }

  /** Note what became of a grid's attributes; true where the number of basic grids of its community may differ. */
  function noteAttributes(slot: number): boolean {
    const former = known.get(slot)
    const grid = document.grids[slot]
    if (grid) known.set(slot, grid)
    else known.delete(slot)
    if (former && former.code !== grid?.code) checkCode(former.code)
    if (grid && grid.code !== former?.code) checkCode(grid.code)
    return former?.id !== grid?.id || former?.kind !== grid?.kind
  }

  function checkCompound(compound: number): void {
    const { id, community } = plan.context.compounds[compound]
    const households = plan.context.compoundHouseholds[compound]
    const split = facts.compoundSplit.isSplit(compound) && households <= bandOf(plan.context, community).upper
    const gridIds = split ? facts.compoundSplit.gridsOf(compound).map((slot) => document.grids[slot]!.id).sort() : []
    list.put(
      'compound_split',
      compound,
      split
        ? makeFinding('compound_split', {
            gridIds,
            cellIds: idsOf(plan.context.compoundCells[compound]),
            values: { compoundId: id, grids: gridIds.length, households },
          })
        : null,
    )
  }

  function checkWithoutGrid(community: number): void {
    const cells = index.cellsWithoutGrid(community)
    const communityId = plan.context.communities[community].id
    let households = 0
    for (const cell of cells) households += plan.context.cellStats.households[cell]
    list.put(
      'cell_without_grid',
      community,
      cells.length > 0
        ? makeFinding('cell_without_grid', {
            cellIds: idsOf(cells),
            values: { cells: cells.length, households, communityId },
          })
        : null,
    )
  }

  function checkUnplaced(): void {
    const { unplacedBuildings, buildings } = plan.context
    if (unplacedBuildings.length === 0) return
    let households = 0
    for (const building of unplacedBuildings) households += buildings.households[building]
    const finding = makeFinding('building_unplaced', {
      buildingIds: Array.from(unplacedBuildings, (building) => buildings.ids[building]).sort((a, b) => a - b),
      values: { buildings: unplacedBuildings.length, households },
    })
    list.put('building_unplaced', 0, finding)
  }

  document.grids.forEach((grid, slot) => {
    if (!grid) return
    noteAttributes(slot)
    checkGrid(slot)
  })
  plan.context.compounds.forEach((_, compound) => checkCompound(compound))
  checkUnplaced()

  const waiverKey = (code: string, gridId: string | null, compoundId: number | null) => `${code}|${gridId}|${compoundId}`
  const isWaived = ({ code, gridIds, values }: Finding) =>
    waived.has(
      code === 'compound_split'
        ? waiverKey(code, null, Number(values.compoundId))
        : waiverKey(code, gridIds[0] ?? null, null),
    )
  const withWaiver = (finding: Finding): Finding => (isWaived(finding) ? { ...finding, waived: true } : finding)

  return {
    list() {
      for (const community of staleCommunities) checkWithoutGrid(community)
      staleCommunities.clear()
      const findings = withDuplicates(list.values(), duplicates)
      return waived.size > 0 ? findings.map(withWaiver) : findings
    },
    ofGrid: (slot) => (findingsOfSlot.get(slot) ?? []).map(withWaiver),
    onFlow(flow, compounds) {
      const touched = new Set(flow.grids)
      for (const slot of flow.grids) {
        const communities = [known.get(slot)?.community, document.grids[slot]?.community]
        if (!noteAttributes(slot)) continue
        // Whether a grid is the only one of its community is a matter of its siblings too.
        for (const community of new Set(communities)) {
          if (community === undefined) continue
          for (const sibling of index.gridsOfCommunity(community)) touched.add(sibling)
        }
      }
      for (const slot of touched) checkGrid(slot)
      for (const compound of compounds) checkCompound(compound)
      for (const cell of flow.cells) staleCommunities.add(plan.context.land.cellCommunity[cell])
    },
    setWaivers(waivers) {
      waived = new Set(
        waivers
          .filter(({ code }) => WAIVABLE.includes(code))
          .map(({ code, gridId, compoundId }) => waiverKey(code, gridId, compoundId)),
      )
    },
  }
}

/**
 * Check a whole plan once. Findings in the server's order: by code, then by grid code and id, compound or community code.
 * Complexity O(metrics × cells + borders).
 */
export function findFindings(plan: PlanState, waivers: readonly PlanWaiver[] = []): readonly Finding[] {
  const tracker = createFindingTracker(plan, {
    metrics: createMetricTable(PLAN_METRICS, plan),
    contiguity: createContiguity(plan),
    compoundSplit: createCompoundSplit(plan),
    mayCross: hasCrossing(plan),
  })
  tracker.setWaivers(waivers)
  const keyed = tracker.list().map((finding) => ({ finding, key: serverKey(plan, finding) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ finding }) => finding)
}

function serverKey({ context, document, index }: PlanState, { code, gridIds, values }: Finding): string {
  const rank = String(RANK.get(code)).padStart(2, '0')
  if (code === 'cell_without_grid') return `${rank} ${context.communities[context.communityIndex.get(Number(values.communityId))!].code}`
  if (code === 'compound_split') return `${rank} ${String(values.compoundId).padStart(12, '0')}`
  const gridCode = document.grids[index.slotOf(gridIds[0] ?? null)]?.code ?? ''
  return `${rank} ${gridCode} ${gridIds[0] ?? ''}`
}

function withDuplicates(findings: readonly Finding[], duplicates: ReadonlyMap<string, Finding>): readonly Finding[] {
  if (duplicates.size === 0) return findings
  const inOrder = [...duplicates.keys()].sort().map((code) => duplicates.get(code)!)
  const after = findings.findIndex(({ code }) => RANK.get(code)! > RANK.get('grid_code_duplicate')!)
  const at = after < 0 ? findings.length : after
  return [...findings.slice(0, at), ...inOrder, ...findings.slice(at)]
}

const RANK = new Map(FINDING_CODES.map((code, rank) => [code, rank]))
