import type { CommunityTask } from '../jobs/solve-assignment/community-task'

/** Id of somebody who does not exist yet. */
export const SUPPOSED_MEMBER_ID = 2_147_483_646

/** A task with one more able member, who lives in a building of the community and goes by its limits. O(members). */
export function withSupposedMember(task: CommunityTask, place: { readonly row: number; readonly column: number }): CommunityTask {
  const { members } = task
  const wider = <T extends Int32Array | Uint8Array | Uint32Array>(list: T, value: number): T => {
    const made = new (list.constructor as new (length: number) => T)(list.length + 1)
    made.set(list)
    made[list.length] = value
    return made
  }
  return {
    ...task,
    members: {
      ids: wider(members.ids, SUPPOSED_MEMBER_ID),
      able: wider(members.able, 1),
      frail: wider(members.frail, 0),
      exempt: [...members.exempt, null],
      min: wider(members.min, Math.min(task.limits.min, task.limits.max)),
      max: wider(members.max, task.limits.max),
      ownMin: wider(members.ownMin, 0),
      ownMax: wider(members.ownMax, 0),
      pinnedElsewhere: wider(members.pinnedElsewhere, 0),
      reachM: wider(members.reachM, -1),
      committee: wider(members.committee, 0),
      interests: wider(members.interests, 0),
      stairwell: wider(members.stairwell, -1),
      row: wider(members.row, place.row),
      column: wider(members.column, place.column),
    },
  }
}

/** A task without the households of one building, by its column of the walks; members who live there stay. O(households). */
export function withoutBuilding(task: CommunityTask, column: number): CommunityTask {
  const { households, kin, excluded } = task
  const kept = [...households.building.keys()].filter((household) => households.building[household] !== column)
  const placeOf = new Map(kept.map((household, place) => [household, place]))
  const pick = <T extends Int32Array | Uint8Array | Uint32Array>(list: T): T => {
    const made = new (list.constructor as new (length: number) => T)(kept.length)
    kept.forEach((household, place) => (made[place] = list[household]))
    return made
  }
  const pairs = (list: Int32Array) => {
    const left: number[] = []
    for (let k = 0; k < list.length; k += 2) {
      const place = placeOf.get(list[k + 1])
      if (place !== undefined) left.push(list[k], place)
    }
    return Int32Array.from(left)
  }
  return {
    ...task,
    households: {
      ids: pick(households.ids),
      building: pick(households.building),
      stairwell: pick(households.stairwell),
      special: pick(households.special),
      interests: pick(households.interests),
      today: pick(households.today),
      now: pick(households.now),
      pinned: pick(households.pinned),
    },
    kin: pairs(kin),
    excluded: pairs(excluded),
  }
}
