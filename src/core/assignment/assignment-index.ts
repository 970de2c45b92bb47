import type { AssignmentContext } from './assignment-context'
import type { AssignmentDocument } from './assignment-plan'

/** A plan with the ground it stands on and who carries whom. */
export interface AssignmentState {
  readonly context: AssignmentContext
  readonly document: AssignmentDocument
  readonly index: AssignmentIndex
}

/** Covered households by member, and those of nobody by community. Views are valid until the next edit, in no order. */
export interface AssignmentIndex {
  householdsOf(member: number): Int32Array
  load(member: number): number
  unserved(community: number): Int32Array
  /** Covered frail members whom a member cares for, ascending. */
  caredBy(member: number): readonly number[]
  readonly edit: {
    move(household: number, to: number): void
    care(frail: number, to: number): void
  }
}

/** Build the index of a document. Complexity O(households + members). */
export function createAssignmentIndex(context: AssignmentContext, document: AssignmentDocument): AssignmentIndex {
  const { households, members } = context.scope
  const communityCount = context.communities.length
  const rowCount = communityCount + members.count
  const lengths = new Int32Array(rowCount)
  const rowOf = (household: number, member: number) => (member < 0 ? households.community[household] : communityCount + member)
  const isCovered = (household: number) => context.covered[households.community[household]] === 1

  for (let household = 0; household < households.count; household++) {
    if (isCovered(household)) lengths[rowOf(household, document.householdMember[household])]++
  }
  const rows = Array.from(lengths, (length) => new Int32Array(length))
  const placeInRow = new Int32Array(households.count)
  lengths.fill(0)

  function append(row: number, household: number): void {
    if (lengths[row] === rows[row].length) {
      const wider = new Int32Array(Math.max(8, rows[row].length * 2))
      wider.set(rows[row])
      rows[row] = wider
    }
    placeInRow[household] = lengths[row]
    rows[row][lengths[row]++] = household
  }
  for (let household = 0; household < households.count; household++) {
    if (isCovered(household)) append(rowOf(household, document.householdMember[household]), household)
  }

  const cared = new Map<number, Set<number>>()
  const takeCare = (frail: number, carer: number): void => {
    if (carer < 0) return
    const known = cared.get(carer)
    if (known) known.add(frail)
    else cared.set(carer, new Set([frail]))
  }
  document.carer.forEach((carer, frail) => {
    if (context.covered[members.community[frail]]) takeCare(frail, carer)
  })

  return {
    householdsOf: (member) => rows[communityCount + member].subarray(0, lengths[communityCount + member]),
    load: (member) => lengths[communityCount + member],
    unserved: (community) => rows[community].subarray(0, lengths[community]),
    caredBy: (member) => [...(cared.get(member) ?? [])].sort((a, b) => a - b),
    edit: {
      move(household, to) {
        const row = rowOf(household, document.householdMember[household])
        const last = rows[row][--lengths[row]]
        rows[row][placeInRow[household]] = last
        placeInRow[last] = placeInRow[household]
        document.householdMember[household] = to
        append(rowOf(household, to), household)
      },
      care(frail, to) {
        cared.get(document.carer[frail])?.delete(frail)
        document.carer[frail] = to
        takeCare(frail, to)
      },
    },
  }
}
