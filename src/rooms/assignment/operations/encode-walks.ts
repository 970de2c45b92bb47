import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import { doorsInMetres, streetsInMetres, wallsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
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
    streets: streetsInMetres(land.frame, streets),
    walls: wallsInMetres({ land, compounds, features }),
    doorXYM: doorsInMetres(buildings, land.frame),
    communities: communities.map((community) => ({
      community,
      from: Int32Array.from(from.get(community)!).sort(),
      to: Int32Array.from(to.get(community)!).sort(),
    })),
  }
}
