import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { Buildings, Scope } from '@/core/scope'
import type { LandFrame } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { MeasureWalksInput } from '../jobs/measure-walks/measure-walks-job'

/**
 * What is to be measured of one street: its ways, the walls between them (compounds, water, railways), a door for each
 * building (the middle of its outline), and by community who lives where. `alsoFrom`: buildings to walk from beside those
 * members live in, for somebody who might move in.
 * Complexity O(points + households + members).
 */
export function encodeWalks(
  { buildings, streets, compounds, features, land }: Pick<Scope, 'buildings' | 'streets' | 'compounds' | 'features' | 'land'>,
  { households, members }: Pick<AssignmentScope, 'households' | 'members'>,
  communities: readonly number[],
  alsoFrom: readonly number[] = [],
): MeasureWalksInput {
  const [from, to] = [alsoFrom, []].map((also: readonly number[]) => {
    const byCommunity = new Map(communities.map((community) => [community, new Set<number>()]))
    for (const building of also) byCommunity.get(buildings.community[building])?.add(building)
    return byCommunity
  })
  members.building.forEach((building, member) => {
    if (building < 0) return
    from.get(members.community[member])?.add(building)
    to.get(members.community[member])?.add(building)
  })
  households.building.forEach((building, household) => to.get(households.community[household])?.add(building))
  return {
    streets: { ...inMetres(land.frame, streets.map(({ line }) => line)), classes: streets.map((street) => street.class) },
    walls: inMetres(land.frame, [
      ...compounds.map(({ ring }) => [...ring, ring[0]]),
      ...features.filter(({ kind }) => kind !== 'green').map(({ line }) => line),
    ]),
    doorXYM: doorsOf(buildings, land.frame),
    communities: communities.map((community) => ({
      community,
      from: Int32Array.from(from.get(community)!).sort(),
      to: Int32Array.from(to.get(community)!).sort(),
    })),
  }
}

const toMetres = ({ lng0, lat0, mPerDegLng, mPerDegLat }: LandFrame, [lng, lat]: LngLat): [number, number] => [
  (lng - lng0) * mPerDegLng,
  (lat - lat0) * mPerDegLat,
]

function inMetres(frame: LandFrame, lines: readonly (readonly LngLat[])[]): MeasureWalksInput['walls'] {
  const start = new Uint32Array(lines.length + 1)
  lines.forEach((line, k) => (start[k + 1] = start[k] + line.length))
  return { xyM: Float64Array.from(lines.flatMap((line) => line.flatMap((position) => toMetres(frame, position)))), start }
}

/** Middle of the outline of each building, metres: the mean of its corners. */
function doorsOf({ count, outlineStart, outline }: Buildings, frame: LandFrame): Float64Array {
  const xyM = new Float64Array(2 * count)
  for (let building = 0; building < count; building++) {
    const [first, end] = [outlineStart[building], outlineStart[building + 1]]
    // The ring is closed: its last point is the first again.
    const corners = Math.max(1, end - first - 1)
    let [lng, lat] = [0, 0]
    for (let k = first; k < first + corners; k++) {
      lng += outline[2 * k] / corners
      lat += outline[2 * k + 1] / corners
    }
    xyM.set(toMetres(frame, [lng, lat]), 2 * building)
  }
  return xyM
}
