import { householdsOfCommunity, membersOfCommunity, type AssignmentContext } from '@/core/assignment/assignment-context'
import type { Buildings, Scope } from '@/core/scope'
import type { LandFrame } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import type { MeasureWalksInput } from './measure-walks-job'

/**
 * What is to be measured of one street: its ways, a door for each building (the middle of its outline), and by covered community
 * who lives where. A building named beside them is a door to walk from too, as for somebody who might move in.
 * Complexity O(points + households + members).
 */
export function encodeWalks(
  { buildings, streets, land }: Pick<Scope, 'buildings' | 'streets' | 'land'>,
  context: AssignmentContext,
  wish: { readonly only?: readonly number[]; readonly alsoFrom?: readonly number[] } = {},
): MeasureWalksInput {
  const { households, members } = context.scope
  const points = streets.reduce((sum, { line }) => sum + line.length, 0)
  const xyM = new Float64Array(2 * points)
  const start = new Uint32Array(streets.length + 1)
  let at = 0
  streets.forEach(({ line }, k) => {
    for (const position of line) xyM.set(toMetres(land.frame, position), 2 * at++)
    start[k + 1] = at
  })
  const communities = [...context.communities.keys()].filter(
    (community) => context.covered[community] === 1 && (wish.only === undefined || wish.only.includes(community)),
  )
  return {
    streets: { xyM, start, classes: streets.map((street) => street.class) },
    doorXYM: doorsOf(buildings, land.frame),
    communities: communities.map((community) => {
      const homes = Array.from(membersOfCommunity(context, community), (member) => members.building[member]).filter((building) => building >= 0)
      const also = (wish.alsoFrom ?? []).filter((building) => buildings.community[building] === community)
      const to = Array.from(householdsOfCommunity(context, community), (household) => households.building[household])
      return { community, from: distinct([...homes, ...also]), to: distinct([...to, ...homes]) }
    }),
  }
}

const distinct = (buildings: readonly number[]): Int32Array => Int32Array.from(new Set(buildings)).sort()

const toMetres = ({ lng0, lat0, mPerDegLng, mPerDegLat }: LandFrame, [lng, lat]: LngLat): [number, number] => [
  (lng - lng0) * mPerDegLng,
  (lat - lat0) * mPerDegLat,
]

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
