import type { AssignmentContext } from './assignment-context'

/**
 * Walks of one community from the doors of its members to the doors of its buildings. Row-major: entry i · buildings + j is
 * from the i-th member to the j-th building.
 */
export interface CommunityWalks {
  readonly community: number
  /** Member indices, ascending. */
  readonly members: Int32Array
  /** Building indices, ascending. */
  readonly buildings: Int32Array
  /** Decimetres. */
  readonly walkDm: Int32Array
  /** 1 where measured in a straight line: no way leads there along streets. */
  readonly straight: Uint8Array
}

/** Metres on foot between a member's door and a household's. */
export interface WalkLookup {
  /** Metres; NaN where nobody measured. */
  walkM(member: number, household: number): number
  isStraight(member: number, household: number): boolean
}

export const NO_WALKS: WalkLookup = { walkM: () => NaN, isStraight: () => false }

/** Look walks up by member and household. A lookup costs O(1), making it O(members + buildings). */
export function createWalkLookup({ scope }: AssignmentContext, tables: readonly CommunityWalks[]): WalkLookup {
  const { households, members } = scope
  const byCommunity = new Map(tables.map((table) => [table.community, table]))
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  for (const table of tables) {
    table.members.forEach((member, row) => rows.set(member, row))
    table.buildings.forEach((building, column) => columns.set(building, column))
  }
  const placeOf = (member: number, household: number): [CommunityWalks, number] | null => {
    const community = households.community[household]
    const table = members.community[member] === community ? byCommunity.get(community) : undefined
    const row = rows.get(member)
    const column = columns.get(households.building[household])
    return table && row !== undefined && column !== undefined ? [table, row * table.buildings.length + column] : null
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
  }
}
