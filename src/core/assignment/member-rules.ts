import type { AssignmentContext } from './assignment-context'
import type { AssignmentDocument } from './assignment-plan'
import type { AssignmentMode, AssignmentSettings, MemberTerms } from './assignment-scope'

/** What of a plan decides who may carry how much. */
export type AssignmentRules = Pick<AssignmentDocument, 'terms' | 'modes' | 'aims'>

/** What one member can carry, all settings taken in. */
export interface MemberLimits {
  /** Neither frail nor exempt. */
  readonly isAble: boolean
  /** Households, by the member's own terms, else by community or kind of community. */
  readonly min: number
  readonly max: number
  /** The own terms name a least or most. */
  readonly hasOwnMin: boolean
  readonly hasOwnMax: boolean
  /** Farthest walk, metres; null: no limit. */
  readonly reachM: number | null
  readonly mode: AssignmentMode
}

/** What the plan goes by: its aims, else the street's settings. */
export const settingsOf = ({ scope }: AssignmentContext, { aims }: Pick<AssignmentRules, 'aims'>): AssignmentSettings => aims ?? scope.settings

/** Terms in force in the plan; null: none but the settings. */
export const termsOf = ({ scope }: AssignmentContext, { terms }: Pick<AssignmentRules, 'terms'>, member: number): MemberTerms | null =>
  terms.get(scope.members.ids[member]) ?? scope.members.terms[member]

export function isAble(context: AssignmentContext, rules: Pick<AssignmentRules, 'terms'>, member: number): boolean {
  return context.scope.members.frail[member] === 0 && (termsOf(context, rules, member)?.exempt ?? null) === null
}

/** Least and most households a member of a community, before terms. */
export function communityLimits(
  context: AssignmentContext,
  rules: Pick<AssignmentRules, 'aims'>,
  community: number,
): { readonly min: number; readonly max: number } {
  const settings = settingsOf(context, rules)
  const { id, kind } = context.communities[community]
  return settings.communityLimits?.find(({ communityId }) => communityId === id) ?? (kind === 'rural' ? settings.rural : settings.urban)
}

export const modeOf = (context: AssignmentContext, { modes }: Pick<AssignmentRules, 'modes'>, community: number): AssignmentMode =>
  modes.get(context.communities[community].id) ?? 'household'

export function memberLimits(context: AssignmentContext, rules: AssignmentRules, member: number): MemberLimits {
  const community = context.scope.members.community[member]
  const terms = termsOf(context, rules, member)
  const limits = communityLimits(context, rules, community)
  return {
    isAble: isAble(context, rules, member),
    min: terms?.minHouseholds ?? limits.min,
    max: terms?.maxHouseholds ?? limits.max,
    hasOwnMin: terms?.minHouseholds != null,
    hasOwnMax: terms?.maxHouseholds != null,
    reachM: terms?.reachM ?? null,
    mode: modeOf(context, rules, community),
  }
}
