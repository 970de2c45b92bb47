import type { LandFrame } from '@/core/land-frame'
import type { Buildings } from '@/core/scope'
import { splitFootprint } from '@/map/footprint'
import type { HouseholdLayout } from './lay-out-households'

/** Who carries which household, as the map shows it, and how it is coloured. */
export interface ShownTies {
  /** Member index by household, −1 nobody. */
  readonly householdMember: Int32Array
  /** Colour by member index; neighbours differ. */
  readonly colourOf: (member: number) => string
}

/** Households of one building that one member carries, or nobody. */
export interface BuildingPart {
  /** −1: nobody. */
  readonly member: number
  readonly households: readonly number[]
}

/** Households of a building by who carries them, in the order in which each first comes. */
export function partsOfBuilding(layout: HouseholdLayout, householdMember: ArrayLike<number>, building: number): BuildingPart[] {
  const parts = new Map<number, number[]>()
  const { start, item } = layout.byBuilding
  for (let k = start[building]; k < start[building + 1]; k++) {
    const member = householdMember[item[k]]
    const own = parts.get(member)
    if (own) own.push(item[k])
    else parts.set(member, [item[k]])
  }
  return [...parts].map(([member, households]) => ({ member, households }))
}

/**
 * The outline of a building cut into a strip for each member, as long as the member's share of its households. Ids count
 * from `firstId`.
 */
export function buildingFeatures(
  { buildings, frame }: { buildings: Buildings; frame: LandFrame },
  layout: HouseholdLayout,
  ties: ShownTies,
  building: number,
  firstId: number,
): GeoJSON.Feature[] {
  const [first, last] = [buildings.outlineStart[building], buildings.outlineStart[building + 1]]
  if (last - first < 4) return []
  const parts = partsOfBuilding(layout, ties.householdMember, building)
  if (parts.length === 0) return []
  const rings = splitFootprint(buildings.outline.subarray(2 * first, 2 * last), parts.map(({ households }) => households.length), frame)
  return parts.map(({ member, households }, k) => ({
    type: 'Feature',
    id: firstId + k,
    properties: { building, member, households: households.length, colour: member < 0 ? '#ffffff' : ties.colourOf(member) },
    geometry: { type: 'Polygon', coordinates: [rings[k]] },
  }))
}

/** Convex hull of points given as lng, lat pairs, closed; fewer than three points apart give nothing. O(n log n). */
export function hullOf(points: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly (readonly [number, number])[]): [number, number][] => {
    const out: [number, number][] = []
    for (const [x, y] of list) {
      while (out.length >= 2) {
        const [[ax, ay], [bx, by]] = out.slice(-2)
        if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0) break
        out.pop()
      }
      out.push([x, y])
    }
    return out
  }
  const ring = [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)]
  return ring.length < 3 ? [] : [...ring, ring[0]]
}
