import { isSamePlain } from '../changes'
import { ok, refused, type Result } from '../result'
import type { AssignmentDelta } from './assignment-plan'
import { EXEMPT_REASONS, type AssignmentSettings, type MemberTerms } from './assignment-scope'
import type { AssignmentState } from './assignment-index'

/** Why a delta does not fit an assignment plan: the server's `delta_invalid` uses the same words; README of this floor. */
export const ASSIGNMENT_DELTA_REASONS = [
  'household_unknown',
  'household_outside',
  'household_repeated',
  'member_unknown',
  'member_outside',
  'member_repeated',
  'tie_from_mismatch',
  'pin_from_mismatch',
  'care_from_mismatch',
  'exclusion_repeated',
  'exclusion_before_mismatch',
  'exclusion_invalid',
  'terms_before_mismatch',
  'terms_invalid',
  'community_unknown',
  'community_outside',
  'community_repeated',
  'mode_before_mismatch',
  'mode_invalid',
  'aims_before_mismatch',
  'aims_invalid',
] as const
export type AssignmentDeltaReason = (typeof ASSIGNMENT_DELTA_REASONS)[number]

const no = (reason: AssignmentDeltaReason, details: Record<string, unknown>): Result<never> => refused(reason, details)

const MOST_HOUSEHOLDS = 10_000
const MOST_INTERESTS = 32

/** Check a delta against a plan: the first fault in the order of the lists, or nothing. O(entries of the delta). */
export function checkAssignmentDelta(state: AssignmentState, delta: AssignmentDelta): Result<null> {
  const { context, document } = state
  const { households, members } = context.scope
  const idOf = (member: number): number | null => (member < 0 ? null : members.ids[member])

  const household = (id: number, seen: Set<number> | null): Result<number> => {
    const at = context.householdIndex.get(id)
    if (at === undefined) return no('household_unknown', { householdId: id })
    if (context.covered[households.community[at]] === 0) return no('household_outside', { householdId: id })
    if (seen?.has(id)) return no('household_repeated', { householdId: id })
    seen?.add(id)
    return ok(at)
  }
  const member = (id: number, seen: Set<number>): Result<number> => {
    const at = context.memberIndex.get(id)
    if (at === undefined) return no('member_unknown', { memberId: id })
    if (context.covered[members.community[at]] === 0) return no('member_outside', { memberId: id })
    if (seen.has(id)) return no('member_repeated', { memberId: id })
    seen.add(id)
    return ok(at)
  }

  const tied = new Set<number>()
  for (const { household: id, from, to } of delta.ties) {
    const at = household(id, tied)
    if (!at.ok) return at
    if (to !== null && context.memberIndex.get(to) === undefined) return no('member_unknown', { memberId: to, householdId: id })
    const current = idOf(document.householdMember[at.value])
    if (from !== current) return no('tie_from_mismatch', { householdId: id, expected: current, from })
  }
  const pinned = new Set<number>()
  for (const { household: id, from } of delta.pins ?? []) {
    const at = household(id, pinned)
    if (!at.ok) return at
    if (from !== (document.pinned[at.value] === 1)) return no('pin_from_mismatch', { householdId: id })
  }
  const cared = new Set<number>()
  for (const { member: id, from, to } of delta.care ?? []) {
    const at = member(id, cared)
    if (!at.ok) return at
    if (to !== null && context.memberIndex.get(to) === undefined) return no('member_unknown', { memberId: to })
    if (from !== idOf(document.carer[at.value])) return no('care_from_mismatch', { memberId: id })
  }
  const excluded = new Set<string>()
  for (const { member: memberId, household: id, before, after } of delta.exclusions ?? []) {
    const at = household(id, null)
    if (!at.ok) return at
    if (context.memberIndex.get(memberId) === undefined) return no('member_unknown', { memberId })
    const pair = `${memberId} ${id}`
    if (excluded.has(pair)) return no('exclusion_repeated', { memberId, householdId: id })
    excluded.add(pair)
    const current = document.exclusions.get(id)?.get(memberId) ?? null
    if (before !== current) return no('exclusion_before_mismatch', { memberId, householdId: id })
    if (after !== null && after.trim() === '') return no('exclusion_invalid', { memberId, householdId: id })
  }
  const termed = new Set<number>()
  for (const { member: id, before, after } of delta.terms ?? []) {
    const at = member(id, termed)
    if (!at.ok) return at
    if (!isSamePlain(before, document.terms.get(id) ?? null)) return no('terms_before_mismatch', { memberId: id })
    if (after !== null && !areTerms(after)) return no('terms_invalid', { memberId: id })
  }
  const changed = new Set<number>()
  for (const { community: id, before, after } of delta.modes ?? []) {
    const at = context.communityIndex.get(id)
    if (at === undefined) return no('community_unknown', { communityId: id })
    if (context.covered[at] === 0) return no('community_outside', { communityId: id })
    if (changed.has(id)) return no('community_repeated', { communityId: id })
    changed.add(id)
    if (before !== (document.modes.get(id) ?? 'household')) return no('mode_before_mismatch', { communityId: id })
    if (after !== 'household' && after !== 'building') return no('mode_invalid', { communityId: id })
  }
  if (delta.aims) {
    if (!isSamePlain(delta.aims.before, document.aims)) return no('aims_before_mismatch', {})
    if (delta.aims.after !== null && !areSettings(delta.aims.after)) return no('aims_invalid', {})
  }
  return ok(null)
}

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most

/** @returns whether terms are such as a plan can hold */
export function areTerms({ exempt, minHouseholds, maxHouseholds, reachM }: MemberTerms): boolean {
  const isLimit = (value: number | null) => value === null || isCount(value, MOST_HOUSEHOLDS)
  return (
    (exempt === null || EXEMPT_REASONS.includes(exempt)) &&
    isLimit(minHouseholds) &&
    isLimit(maxHouseholds) &&
    (minHouseholds === null || maxHouseholds === null || minHouseholds <= maxHouseholds) &&
    (reachM === null || isCount(reachM))
  )
}

/** @returns whether settings are whole, with limits in order */
export function areSettings(settings: AssignmentSettings): boolean {
  const areLimits = (limits: { readonly min: number; readonly max: number } | undefined): boolean =>
    limits !== undefined && isCount(limits.min, MOST_HOUSEHOLDS) && isCount(limits.max, MOST_HOUSEHOLDS) && limits.min <= limits.max
  const { minBuildings, farM, sameStairwellM, sameBuildingM, kinshipM, interestM, changeM, interests } = settings
  return (
    [settings.urban, settings.rural, settings.care].every(areLimits) &&
    [minBuildings, farM, sameStairwellM, sameBuildingM, kinshipM, interestM, changeM].every((value) => isCount(value)) &&
    Array.isArray(interests) &&
    interests.length <= MOST_INTERESTS &&
    (settings.communityLimits ?? []).every((limits) => isCount(limits.communityId) && areLimits(limits))
  )
}
