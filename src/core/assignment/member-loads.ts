import type { AssignmentState } from './assignment-index'
import { settingsOf } from './member-rules'
import { NO_WALKS, type WalkLookup } from './walks'

/** What members carry, of the covered households; columns by member. */
export interface MemberLoads {
  readonly households: Int32Array
  /** Buildings with at least one of them. */
  readonly buildings: Int32Array
  /** Households of special groups. */
  readonly special: Int32Array
  /** Households whose walk is known, and of these the ones beyond `farM`. */
  readonly measured: Int32Array
  readonly far: Int32Array
  /** Sum of the known walks, decimetres, and the longest; divide by `measured` for the mean. */
  readonly walkSumDm: Float64Array
  readonly walkMaxDm: Float64Array
}

export interface LoadTracker {
  readonly loads: MemberLoads
  readonly walks: WalkLookup
  /** Count these members anew. O(their households). */
  update(members: Iterable<number>): void
  setWalks(walks: WalkLookup): void
}

/** Count what every member carries and keep it. Complexity O(households + members). */
export function createLoadTracker(state: AssignmentState): LoadTracker {
  const { context, document, index } = state
  const { households: homes, members } = context.scope
  const loads: MemberLoads = {
    households: new Int32Array(members.count),
    buildings: new Int32Array(members.count),
    special: new Int32Array(members.count),
    measured: new Int32Array(members.count),
    far: new Int32Array(members.count),
    walkSumDm: new Float64Array(members.count),
    walkMaxDm: new Float64Array(members.count),
  }
  let walks = NO_WALKS

  function update(list: Iterable<number>): void {
    const farDm = settingsOf(context, document).farM * 10
    for (const member of list) {
      const carried = index.householdsOf(member)
      const buildings = new Set<number>()
      let [special, measured, far, sumDm, maxDm] = [0, 0, 0, 0, 0]
      for (const household of carried) {
        buildings.add(homes.building[household])
        special += context.special[household]
        const walkDm = Math.round(walks.walkM(member, household) * 10)
        if (Number.isNaN(walkDm)) continue
        measured++
        sumDm += walkDm
        maxDm = Math.max(maxDm, walkDm)
        far += Number(walkDm > farDm)
      }
      loads.households[member] = carried.length
      loads.buildings[member] = buildings.size
      loads.special[member] = special
      loads.measured[member] = measured
      loads.far[member] = far
      loads.walkSumDm[member] = sumDm
      loads.walkMaxDm[member] = maxDm
    }
  }
  update(Array.from({ length: members.count }, (_, member) => member))

  return {
    loads,
    get walks() {
      return walks
    },
    update,
    setWalks(next) {
      walks = next
      update(Array.from({ length: members.count }, (_, member) => member))
    },
  }
}
