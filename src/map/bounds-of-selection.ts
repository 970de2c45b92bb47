import type { Scope } from '@/core/scope'
import type { LngLatBounds } from '@/core/units'
import type { Selection, ShownGrids } from '@/core/workspace'
import { geometryOf } from './selection-shape'

/** West, south, east, north of a selectable thing; null where it has no place on this land. */
export function boundsOfSelection(scope: Scope, shown: ShownGrids | null, selection: Selection): LngLatBounds | null {
  const geometry = geometryOf(scope, shown, selection)
  if (!geometry || geometry.type === 'GeometryCollection') return null
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') {
      west = Math.min(west, part[0])
      east = Math.max(east, part[0])
      south = Math.min(south, part[1] as number)
      north = Math.max(north, part[1] as number)
    } else part.forEach(walk)
  }
  walk(geometry.coordinates)
  return west <= east ? [west, south, east, north] : null
}
