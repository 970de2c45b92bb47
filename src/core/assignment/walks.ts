import type { AssignmentContext } from './assignment-context'

/**
 * Walks of one community from the buildings its members live in to its buildings. Row-major: entry i · to + j is from the
 * i-th door to the j-th.
 */
export interface CommunityWalks {
  /** Community index. */
  readonly community: number
  /** Building indices, ascending. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Decimetres. */
  readonly walkDm: Int32Array
  /** 1 where measured in a straight line: no way leads there along streets. */
  readonly straight: Uint8Array
}

/** How far a member lives from a household on foot. */
export interface WalkLookup {
  /** Metres; NaN where nobody measured. */
  walkM(member: number, household: number): number
  isStraight(member: number, household: number): boolean
  /** Walks of a community; undefined where nobody measured. */
  table(community: number): CommunityWalks | undefined
}

export const NO_WALKS: WalkLookup = { walkM: () => NaN, isStraight: () => false, table: () => undefined }

/** Look walks up by member and household. A lookup costs O(1), making it O(buildings). */
export function createWalkLookup({ scope }: AssignmentContext, tables: readonly CommunityWalks[]): WalkLookup {
  const { households, members } = scope
  // By community: somebody may live in a building of another one, which has its own row there.
  const byCommunity = new Map(tables.map((table) => [table.community, { table, row: placesOf(table.from), column: placesOf(table.to) }]))
  const placeOf = (member: number, household: number): [CommunityWalks, number] | null => {
    const community = households.community[household]
    const known = members.community[member] === community ? byCommunity.get(community) : undefined
    const row = known?.row.get(members.building[member])
    const column = known?.column.get(households.building[household])
    return known && row !== undefined && column !== undefined ? [known.table, row * known.table.to.length + column] : null
  }
  return {
    walkM(member, household) {
      const place = placeOf(member, household)
      return place ? place[0].walkDm[place[1]] / 10 : NaN
    },
    isStraight(member, household) {
      const place = placeOf(member, household)
      return place !== null && place[0].straight[place[1]] === 1
    },
    table: (community) => byCommunity.get(community)?.table,
  }
}

const placesOf = (buildings: Int32Array): Map<number, number> => new Map(Array.from(buildings, (building, at) => [building, at]))
