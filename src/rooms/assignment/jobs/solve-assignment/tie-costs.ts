import type { CommunityTask } from './community-task'

/** What ties of one community cost, and which may be. Positions of households and members are those of the task. */
export interface TieCosts {
  /** Walk, decimetres; the longest of the community where nobody knows where the member or the household lives. */
  walkDm(household: number, member: number): number
  isStraight(household: number, member: number): boolean
  /** Walk less bonuses, plus the change of a tie: decimetres, may be below zero. */
  costDm(household: number, member: number): number
  isExcluded(household: number, member: number): boolean
  isWithinReach(household: number, member: number): boolean
  /** Members who are kin of a household, and who are excluded, as a key. */
  kinKey(household: number): string
  excludedKey(household: number): string
}

export function createTieCosts(task: CommunityTask): TieCosts {
  const { households, members, walks, weights } = task
  const kin = membersByHousehold(task.kin, households.ids.length)
  const excluded = membersByHousehold(task.excluded, households.ids.length)
  const longest = longestWalkDm(task)
  const entry = (household: number, member: number) => members.row[member] * walks.columns + households.building[household]
  const isMeasured = (household: number, member: number) => members.row[member] >= 0 && households.building[household] >= 0
  const walkDm = (household: number, member: number) => (isMeasured(household, member) ? walks.walkDm[entry(household, member)] : longest)
  const isSameBuilding = (household: number, member: number) =>
    households.building[household] >= 0 && households.building[household] === members.column[member]
  const key = (lists: MembersByHousehold, household: number) => {
    const among = lists[household]
    return among ? [...among].sort((a, b) => a - b).join() : ''
  }

  function bonusDm(household: number, member: number): number {
    const stairwell = households.stairwell[household]
    let bonus = 0
    if (stairwell >= 0 && stairwell === members.stairwell[member]) bonus += weights.sameStairwellDm
    else if (isSameBuilding(household, member)) bonus += weights.sameBuildingDm
    if (kin[household]?.has(member)) bonus += weights.kinshipDm
    if ((households.interests[household] & members.interests[member]) !== 0) bonus += weights.interestDm
    return bonus
  }

  return {
    walkDm,
    isStraight: (household, member) => !isMeasured(household, member) || walks.straight[entry(household, member)] === 1,
    costDm(household, member) {
      const today = households.today[household]
      return walkDm(household, member) - bonusDm(household, member) + (today !== -1 && today !== member ? weights.changeDm : 0)
    },
    isExcluded: (household, member) => excluded[household]?.has(member) === true,
    isWithinReach(household, member) {
      const reachM = members.reachM[member]
      if (reachM < 0 || isSameBuilding(household, member)) return true
      return reachM > 0 && isMeasured(household, member) && walkDm(household, member) <= 10 * reachM
    },
    kinKey: (household) => key(kin, household),
    excludedKey: (household) => key(excluded, household),
  }
}

/** Longest walk of a community, decimetres. */
export function longestWalkDm({ walks }: Pick<CommunityTask, 'walks'>): number {
  let longest = 0
  for (const walkDm of walks.walkDm) if (walkDm > longest) longest = walkDm
  return longest
}

type MembersByHousehold = readonly (ReadonlySet<number> | undefined)[]

function membersByHousehold(pairs: Int32Array, households: number): MembersByHousehold {
  const lists = new Array<Set<number> | undefined>(households).fill(undefined)
  for (let k = 0; k < pairs.length; k += 2) (lists[pairs[k + 1]] ??= new Set()).add(pairs[k])
  return lists
}
