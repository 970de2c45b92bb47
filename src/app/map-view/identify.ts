import type { Scope } from '@/core/scope'
import type { Selection, ShownGrids } from '@/core/workspace'
import { LAYER, SOURCE, type MapEngine, type ScreenPoint } from '@/map/contracts'

const SLOP_PX = 4

/** What lies under a point, the smallest thing first: slip, household or member where a room draws them, station, building, street, compound; else the grid or the cell. */
export function identify(map: MapEngine, scope: Scope, shown: ShownGrids | null, at: ScreenPoint): Selection | null {
  const box = [
    { x: at.x - SLOP_PX, y: at.y - SLOP_PX },
    { x: at.x + SLOP_PX, y: at.y + SLOP_PX },
  ] as const
  const slip = map.query(box, [LAYER.issuePins])[0]?.properties.issue
  if (typeof slip === 'number') return { kind: 'issue', issueId: slip }
  const door = map.query(at, [LAYER.memberHomes, LAYER.tiedHouseholds])[0]?.properties
  if (typeof door?.building === 'number') {
    if (typeof door.household === 'number') return { kind: 'household', householdId: door.household, buildingIndex: door.building }
    if (typeof door.member === 'number') return { kind: 'member', memberId: door.member, buildingIndex: door.building }
  }
  const station = map.query(box, [LAYER.stations])[0]
  if (station) return { kind: 'station', index: station.featureIndex }
  const building = map.query(at, [LAYER.buildingsFill]).find((hit) => hit.source === SOURCE.buildings)
  if (building) return { kind: 'building', index: building.featureIndex }
  // What a draft redrew lies over what it was drawn from, which is hidden but still found.
  const cell = map.query(at, [LAYER.redrawnFill, 'land:redrawn:none'])[0] ?? map.query(at, [LAYER.cellsFill, 'land:cells:none'])[0]
  if (!cell) return null
  const grid = shown?.cellGrid[cell.featureIndex] ?? -1
  const found = grid >= 0 ? shown?.grids[grid] : null
  if (found) return { kind: 'grid', gridId: found.id }
  return cell.featureIndex < (shown?.ground ?? scope).land.cellIds.length ? { kind: 'cell', index: cell.featureIndex } : null
}
