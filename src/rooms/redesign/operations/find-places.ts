import { bandState, type Band } from '@/core/band'
import { isOnlyGrid } from '@/core/grid-findings'
import type { PlanSession } from '@/core/plan-session'
import { findCutBuildings } from './find-cut-buildings'

/** What can be looked for in a plan, in the order of the menu. */
export const PLACE_KINDS = ['unassigned', 'pieces', 'above', 'below', 'holes', 'compounds', 'buildings', 'members', 'review'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** A place that was looked for: cells to show, and what to call it. */
export interface FoundPlace {
  readonly cells: readonly number[]
  readonly gridIds: readonly string[]
  /** Index of the compound or the building; −1 where the place is none. */
  readonly thing: number
  /** Why a cell needs a person's eye. */
  readonly why?: string
}

export interface PlacesQuestion {
  readonly session: PlanSession
  /** What grids of a community aim at. */
  bandOf(community: number): Band
  readonly minMembers: number
  /** Why cells need a person's eye, by cell id. */
  readonly review: ReadonlyMap<number, string>
}

/** All places of one kind, in the order of grids, compounds, buildings or cells. */
export function findPlaces(question: PlacesQuestion, kind: PlaceKind): FoundPlace[] {
  const { session } = question
  const { context, document, index } = session
  const slots = [...document.grids.keys()].filter((slot) => document.grids[slot] !== null)
  const ofGrid = (slot: number): FoundPlace => ({ cells: [...index.cellsOf(slot)], gridIds: [document.grids[slot]!.id], thing: -1 })
  switch (kind) {
    case 'unassigned':
      return listPatches(session, session.cellsWithoutGrid()).map((cells) => ({ cells, gridIds: [], thing: -1 }))
    case 'pieces':
      return slots
        .filter((slot) => session.contiguity.isInPieces(slot))
        .flatMap((slot) => session.contiguity.listPieces(slot).slice(1).map((cells) => ({ ...ofGrid(slot), cells: [...cells] })))
    case 'above':
    case 'below':
      return slots.filter((slot) => {
        const { kind: gridKind, community } = document.grids[slot]!
        if (gridKind !== 'basic' || index.cellCount(slot) === 0) return false
        return bandState(question.bandOf(community), session.metrics.value('households', slot), isOnlyGrid(session, slot)) === kind
      }).map(ofGrid)
    case 'holes':
      return slots.filter((slot) => isEnclosed(session, slot)).map(ofGrid)
    case 'compounds':
      return context.compounds.flatMap((_, compound) => {
        const cells = [...context.compoundCells[compound]]
        const gridIds = [...new Set(cells.map((cell) => document.cellGrid[cell]))].filter((slot) => slot >= 0).map((slot) => document.grids[slot]!.id)
        return gridIds.length > 1 ? [{ cells, gridIds, thing: compound }] : []
      })
    case 'buildings':
      return findCutBuildings(session).map((building) => {
        const cell = context.buildings.cell[building]
        const slot = document.cellGrid[cell]
        return { cells: [cell], gridIds: slot < 0 ? [] : [document.grids[slot]!.id], thing: building }
      })
    case 'members':
      return slots
        .filter((slot) => document.grids[slot]!.kind === 'basic' && index.cellCount(slot) > 0 && session.metrics.value('members', slot) < question.minMembers)
        .map(ofGrid)
    case 'review':
      return [...question.review].flatMap(([id, why]) => {
        const cell = context.cellIndex.get(id)
        return cell === undefined ? [] : [{ cells: [cell], gridIds: [], thing: -1, why }]
      })
  }
}

/** A grid that has one other grid all around it, and no edge of the land. O(borders of its cells). */
function isEnclosed({ context, document, index }: PlanSession, slot: number): boolean {
  const { start, neighbour } = context.adjacency
  let around = -1
  for (const cell of index.cellsOf(slot)) {
    if (context.outsideMm[cell] > 0) return false
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = document.cellGrid[neighbour[k]]
      if (other === slot) continue
      if (other < 0 || (around >= 0 && other !== around)) return false
      around = other
    }
  }
  return around >= 0
}

/** Cells in patches that hang together, by their first cell. O(cells and their borders). */
export function listPatches({ context: { adjacency } }: Pick<PlanSession, 'context'>, cells: Iterable<number>): number[][] {
  const open = new Set(cells)
  const patches: number[][] = []
  for (const seed of [...open]) {
    if (!open.delete(seed)) continue
    const patch = [seed]
    for (let at = 0; at < patch.length; at++) {
      for (let k = adjacency.start[patch[at]]; k < adjacency.start[patch[at] + 1]; k++) {
        if (open.delete(adjacency.neighbour[k])) patch.push(adjacency.neighbour[k])
      }
    }
    patches.push(patch)
  }
  return patches
}
