import type { Scope } from '@/core/scope'
import type { Selection } from '@/core/workspace'

/** Where a selected thing lies on the land. */
export interface SelectionPlace {
  /** Cell index; −1 where it is more than a cell, or not placed. */
  readonly cell: number
  /** Community index; null where it lies in none or in several, or is a grid, whose community the plan says. */
  readonly community: number | null
}

const NOWHERE: SelectionPlace = { cell: -1, community: null }

/** The cell and the community that a selection speaks of. O(communities). */
export function placeSelection({ buildings, communities, compounds, land, stations }: Scope, selection: Selection): SelectionPlace {
  const ofBuilding = (index: number): SelectionPlace => (index < 0 ? NOWHERE : { cell: buildings.cell[index], community: buildings.community[index] })
  switch (selection.kind) {
    case 'building':
      return ofBuilding(selection.index)
    case 'household':
    case 'member':
      return ofBuilding(selection.buildingIndex)
    case 'cell':
      return { cell: selection.index, community: land.cellCommunity[selection.index] }
    case 'compound':
      return { cell: -1, community: compounds[selection.index]?.community ?? null }
    case 'station':
      return { cell: -1, community: stations[selection.index]?.community ?? null }
    case 'community': {
      const community = communities.findIndex((unit) => unit.id === selection.orgUnitId)
      return { cell: -1, community: community < 0 ? null : community }
    }
    case 'grid':
    case 'street':
    case 'issue':
      return NOWHERE
  }
}
