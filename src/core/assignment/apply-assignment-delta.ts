import { ok, type Result } from '../result'
import { invertAssignmentDelta } from './assignment-delta'
import type { AssignmentState } from './assignment-index'
import type { AssignmentDelta } from './assignment-plan'
import { checkAssignmentDelta } from './check-assignment-delta'

/** A household that changed hands, by index; −1 is nobody. */
export interface TieMove {
  readonly household: number
  readonly from: number
  readonly to: number
}

export interface AppliedAssignmentDelta {
  /** Takes the delta back. */
  readonly inverse: AssignmentDelta
  readonly moves: readonly TieMove[]
  /** Indices of households with another member, pin or exclusion. */
  readonly households: ReadonlySet<number>
  /** Indices of members, −1 left out, whose households, exclusions, terms or care changed. */
  readonly members: ReadonlySet<number>
  /** Indices of communities some of whose members, households or care changed. */
  readonly communities: ReadonlySet<number>
  /** Aims or modes changed. */
  readonly rulesChanged: boolean
}

/**
 * Apply a delta to an assignment plan, all of it or nothing: everything is checked before anything is changed.
 * @returns the inverse and what was touched, or an `AssignmentDeltaReason` with the id at fault
 * Complexity: O(entries of the delta), whatever the size of the plan.
 */
export function applyAssignmentDelta(state: AssignmentState, delta: AssignmentDelta): Result<AppliedAssignmentDelta> {
  const checked = checkAssignmentDelta(state, delta)
  if (!checked.ok) return checked
  const { context, document, index } = state
  const { households: homes, members: people } = context.scope
  const households = new Set<number>()
  const members = new Set<number>()
  const communities = new Set<number>()
  const touchMember = (member: number): void => {
    if (member < 0) return
    members.add(member)
    communities.add(people.community[member])
  }
  const touchHousehold = (household: number): void => {
    households.add(household)
    communities.add(homes.community[household])
  }
  const householdAt = (id: number) => context.householdIndex.get(id)!
  const memberAt = (id: number | null) => (id === null ? -1 : context.memberIndex.get(id)!)

  const moves: TieMove[] = []
  for (const { household: id, from, to } of delta.ties) {
    const move = { household: householdAt(id), from: memberAt(from), to: memberAt(to) }
    index.edit.move(move.household, move.to)
    moves.push(move)
    touchHousehold(move.household)
    touchMember(move.from)
    touchMember(move.to)
  }
  for (const { household: id, to } of delta.pins ?? []) {
    document.pinned[householdAt(id)] = Number(to)
    touchHousehold(householdAt(id))
  }
  for (const { member: id, from, to } of delta.care ?? []) {
    index.edit.care(memberAt(id), memberAt(to))
    for (const member of [id, from, to]) touchMember(memberAt(member))
  }
  for (const { member: memberId, household: id, after } of delta.exclusions ?? []) {
    const ofHousehold = document.exclusions.get(id) ?? new Map<number, string>()
    if (after === null) ofHousehold.delete(memberId)
    else ofHousehold.set(memberId, after)
    if (ofHousehold.size === 0) document.exclusions.delete(id)
    else document.exclusions.set(id, ofHousehold)
    touchHousehold(householdAt(id))
    touchMember(memberAt(memberId))
  }
  for (const { member: id, after } of delta.terms ?? []) {
    if (after === null) document.terms.delete(id)
    else document.terms.set(id, after)
    touchMember(memberAt(id))
    // Whether a carer is able decides who is without one.
    for (const frail of index.caredBy(memberAt(id))) communities.add(people.community[frail])
  }
  for (const { community: id, after } of delta.modes ?? []) {
    if (after === 'household') document.modes.delete(id)
    else document.modes.set(id, after)
  }
  if (delta.aims) document.aims = delta.aims.after
  return ok({
    inverse: invertAssignmentDelta(delta),
    moves,
    households,
    members,
    communities,
    rulesChanged: delta.aims !== undefined || (delta.modes?.length ?? 0) > 0,
  })
}
