import { toMetres } from '@/core/places-in-metres'
import { useIssuesMap } from '../map-store'
import { useRoom } from './use-room'

/** What components of the map and of heat begin with: the room, the map's store, and names of cells. */
export function useHeat() {
  const room = useRoom()
  const view = useIssuesMap()
  /** By what a cell is known: the compound, the address or the community of the building nearest to its middle. */
  function placeOf(cell: number): string {
    const { scope } = room.store
    if (!scope || !view.cells) return ''
    const [lng, lat] = view.cells.centre(cell)
    const [xM, yM] = toMetres(scope.land.frame, [lng, lat])
    const { buildingXYM } = view.cells
    let [nearest, leastM] = [-1, Infinity]
    for (let building = 0; building < scope.buildings.count; building++) {
      const m = Math.hypot(buildingXYM[2 * building] - xM, buildingXYM[2 * building + 1] - yM)
      if (m < leastM) [nearest, leastM] = [building, m]
    }
    if (nearest < 0) return ''
    const { compound, community, addresses } = scope.buildings
    return scope.compounds[compound[nearest]]?.name || addresses[nearest] || room.communityName(community[nearest])
  }
  return { ...room, view, placeOf }
}
