import type { Scope } from '@/core/scope'
import type { Selection, ShownGrids } from '@/core/workspace'

/** Database id of the community a selected thing lies in; null where it lies in none or in several. */
export function communityOf(scope: Scope, shown: ShownGrids | null, selection: Selection): number | null {
  const at = (index: number | undefined): number | null => (index === undefined ? null : (scope.communities[index]?.id ?? null))
  switch (selection.kind) {
    case 'community':
      return selection.orgUnitId
    case 'grid':
      return at(shown?.grids.find((grid) => grid?.id === selection.gridId)?.community)
    case 'building':
      return at(scope.buildings.community[selection.index])
    case 'household':
    case 'member':
      return selection.buildingIndex < 0 ? null : at(scope.buildings.community[selection.buildingIndex])
    case 'cell':
      return at((shown?.ground ?? scope).land.cellCommunity[selection.index])
    case 'compound':
      return at(scope.compounds[selection.index]?.community)
    case 'station':
      return at(scope.stations[selection.index]?.community)
    case 'street':
    case 'issue':
      return null
  }
}
