import { communityLimits, modeOf, settingsOf, termsOf } from '@/core/assignment/member-rules'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { AssignmentMode, AssignmentSettings, MemberTerms } from '@/core/assignment/assignment-scope'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import type { EditNote } from '@/core/plan'
import { swapMembers } from './operations/swap-members'

export interface ActsHost {
  /** The draft, where it may be changed now. */
  session(): AssignmentSession | null
  /** Words below `refusal`. */
  refuse(code: string): void
}

export const NO_TERMS: MemberTerms = { exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null }

/**
 * Acts of a person on the draft, by index; each is one step of history and says its reason in the note. Each returns
 * whether something changed.
 */
export function createActs(host: ActsHost) {
  function run(build: (session: AssignmentSession) => { delta: AssignmentDelta; note: EditNote } | null): boolean {
    const session = host.session()
    const made = session && build(session)
    if (!session || !made) return false
    const done = session.apply(made.delta, made.note)
    if (!done.ok) host.refuse(done.code)
    return done.ok
  }

  const idOf = (session: AssignmentSession, member: number): number | null => (member < 0 ? null : session.context.scope.members.ids[member])

  /** Ties of households that are not there yet. */
  function tiesTo(session: AssignmentSession, households: readonly number[], member: number): AssignmentDelta['ties'] {
    const { document, context } = session
    return households
      .filter((household) => document.householdMember[household] !== member)
      .map((household) => ({
        household: context.scope.households.ids[household],
        from: idOf(session, document.householdMember[household]),
        to: idOf(session, member),
      }))
  }

  function pinsOf({ document, context }: AssignmentSession, households: readonly number[], to: boolean): NonNullable<AssignmentDelta['pins']> {
    return households
      .filter((household) => (document.pinned[household] === 1) !== to)
      .map((household) => ({ household: context.scope.households.ids[household], from: !to, to }))
  }

  return {
    /** Give households to a member, −1 to nobody; what is pinned stays. */
    assign: (households: readonly number[], member: number) =>
      run((session) => {
        const ties = tiesTo(session, households.filter((household) => session.document.pinned[household] === 0), member)
        return ties.length === 0 ? null : { delta: { ties }, note: { key: `assignment.note.${member < 0 ? 'release' : 'give'}`, values: { n: ties.length } } }
      }),

    /** Pin households where they are, or let them go. */
    pin: (households: readonly number[], to: boolean, reason: string) =>
      run((session) => {
        const pins = pinsOf(session, households, to)
        return pins.length === 0 ? null : { delta: { ties: [], pins }, note: { key: `assignment.note.${to ? 'pin' : 'unpin'}`, values: { n: pins.length, reason } } }
      }),

    /** A pair that may not be; where it is, the household is left to the next solving. */
    exclude: (member: number, household: number, reason: string) =>
      run((session) => {
        const { document, context } = session
        const householdId = context.scope.households.ids[household]
        const memberId = context.scope.members.ids[member]
        const before = document.exclusions.get(householdId)?.get(memberId) ?? null
        if (before === reason) return null
        const isHere = document.householdMember[household] === member
        return {
          delta: {
            ties: isHere ? tiesTo(session, [household], -1) : [],
            ...(isHere && { pins: pinsOf(session, [household], false) }),
            exclusions: [{ member: memberId, household: householdId, before, after: reason }],
          },
          note: { key: 'assignment.note.exclude', values: { reason } },
        }
      }),

    /** An exclusion is taken back. */
    allow: (member: number, household: number) =>
      run(({ document, context }) => {
        const householdId = context.scope.households.ids[household]
        const memberId = context.scope.members.ids[member]
        const before = document.exclusions.get(householdId)?.get(memberId) ?? null
        return before === null
          ? null
          : { delta: { ties: [], exclusions: [{ member: memberId, household: householdId, before, after: null }] }, note: { key: 'assignment.note.allow' } }
      }),

    /** Two members exchange their households. */
    swap: (a: number, b: number, reason: string) =>
      run((session) => {
        const made = swapMembers(session, a, b)
        if (made.ok) return { delta: made.value, note: { key: 'assignment.note.swap', values: { n: made.value.ties.length, reason } } }
        host.refuse(made.code)
        return null
      }),

    /** What a member can carry from now on. Who is exempt gives up all households, pinned ones too. */
    setTerms: (member: number, terms: MemberTerms, reason: string) =>
      run((session) => {
        const { context, document, index } = session
        const memberId = context.scope.members.ids[member]
        const before = document.terms.get(memberId) ?? null
        if (JSON.stringify(termsOf(context, document, member) ?? NO_TERMS) === JSON.stringify(terms)) return null
        const given = terms.exempt === null ? [] : [...index.householdsOf(member)]
        return {
          delta: {
            ties: tiesTo(session, given, -1),
            ...(given.length > 0 && { pins: pinsOf(session, given, false) }),
            terms: [{ member: memberId, before, after: terms }],
          },
          note: { key: `assignment.note.${terms.exempt === null ? 'terms' : 'exempt'}`, values: { reason } },
        }
      }),

    /** Share out by household or by whole building. */
    setMode: (communities: readonly number[], mode: AssignmentMode) =>
      run(({ context, document }) => {
        const modes = communities
          .filter((community) => modeOf(context, document, community) !== mode)
          .map((community) => ({ community: context.communities[community].id, before: modeOf(context, document, community), after: mode }))
        return modes.length === 0 ? null : { delta: { ties: [], modes }, note: { key: `assignment.note.mode_${mode}`, values: { n: modes.length } } }
      }),

    /** Limits and weights of this plan; null: those of the street. */
    setAims: (aims: AssignmentSettings | null) =>
      run(({ document }) =>
        JSON.stringify(aims) === JSON.stringify(document.aims)
          ? null
          : { delta: { ties: [], aims: { before: document.aims, after: aims } }, note: { key: `assignment.note.${aims ? 'aims' : 'aimsBack'}` } },
      ),

    /** Limits of one community, whatever its kind. */
    setLimits: (community: number, limits: { readonly min: number; readonly max: number }) =>
      run(({ context, document }) => {
        const now = communityLimits(context, document, community)
        if (now.min === limits.min && now.max === limits.max) return null
        return {
          delta: { ties: [], aims: { before: document.aims, after: withLimits(settingsOf(context, document), context.communities[community].id, limits) } },
          note: { key: 'assignment.note.limits', values: { community: context.communities[community].name, ...limits } },
        }
      }),

    /** Who cares for a frail member; −1: nobody. */
    setCarer: (frail: number, carer: number) =>
      run((session) => {
        const { document, context } = session
        if (document.carer[frail] === carer) return null
        const care = [{ member: context.scope.members.ids[frail], from: idOf(session, document.carer[frail]), to: idOf(session, carer) }]
        return { delta: { ties: [], care }, note: { key: `assignment.note.${carer < 0 ? 'noCarer' : 'carer'}` } }
      }),

    /** A delta found by solving, taken by a person. */
    take: (delta: AssignmentDelta, note: EditNote) => run(() => ({ delta, note })),
  }
}

/** Settings with the limits of one community set, in ascending order of community. */
export function withLimits(settings: AssignmentSettings, communityId: number, limits: { readonly min: number; readonly max: number }): AssignmentSettings {
  const others = (settings.communityLimits ?? []).filter((one) => one.communityId !== communityId)
  return { ...settings, communityLimits: [...others, { communityId, ...limits }].sort((a, b) => a.communityId - b.communityId) }
}
