import { createChanges, isSamePlain, type Change } from '../changes'
import type { AssignmentDelta } from './assignment-plan'

type Entry<Name extends keyof AssignmentDelta> = Extract<NonNullable<AssignmentDelta[Name]>, readonly unknown[]>[number]
type Before<Name extends keyof AssignmentDelta> = Entry<Name> extends { readonly before: infer T } ? T : never

export const isEmptyAssignmentDelta = (delta: AssignmentDelta): boolean =>
  delta.ties.length === 0 &&
  [delta.pins, delta.care, delta.exclusions, delta.terms, delta.modes].every((list) => (list?.length ?? 0) === 0) &&
  delta.aims === undefined

const swap = <C extends Change<unknown>>(change: C): C => ({ ...change, before: change.after, after: change.before })
const turn = <C extends { readonly from: unknown; readonly to: unknown }>(change: C): C => ({ ...change, from: change.to, to: change.from })

/** The delta that takes back what `delta` does. Inverting twice gives the same delta. */
export function invertAssignmentDelta(delta: AssignmentDelta): AssignmentDelta {
  return {
    ties: delta.ties.map(turn),
    ...(delta.pins && { pins: delta.pins.map(turn) }),
    ...(delta.care && { care: delta.care.map(turn) }),
    ...(delta.exclusions && { exclusions: delta.exclusions.map(swap) }),
    ...(delta.terms && { terms: delta.terms.map(swap) }),
    ...(delta.modes && { modes: delta.modes.map(swap) }),
    ...(delta.aims && { aims: swap(delta.aims) }),
  }
}

/**
 * One delta that does what the given ones do one after the other; what cancels out is left out. Each must follow the one
 * before it. Complexity O(total entries).
 */
export function composeAssignmentDeltas(deltas: readonly AssignmentDelta[]): AssignmentDelta {
  const ties = createChanges<number, number | null>(Object.is)
  const pins = createChanges<number, boolean>(Object.is)
  const care = createChanges<number, number | null>(Object.is)
  const exclusions = createChanges<string, Before<'exclusions'>>(Object.is)
  const terms = createChanges<number, Before<'terms'>>(isSamePlain)
  const modes = createChanges<number, Before<'modes'>>(Object.is)
  const aims = createChanges<'aims', NonNullable<AssignmentDelta['aims']>['before']>(isSamePlain)
  for (const delta of deltas) {
    for (const { household, from, to } of delta.ties) ties.add(household, from, to)
    for (const { household, from, to } of delta.pins ?? []) pins.add(household, from, to)
    for (const { member, from, to } of delta.care ?? []) care.add(member, from, to)
    for (const { member, household, before, after } of delta.exclusions ?? []) exclusions.add(`${member} ${household}`, before, after)
    for (const { member, before, after } of delta.terms ?? []) terms.add(member, before, after)
    for (const { community, before, after } of delta.modes ?? []) modes.add(community, before, after)
    if (delta.aims) aims.add('aims', delta.aims.before, delta.aims.after)
  }
  return {
    ties: ties.list().map(([household, { before, after }]) => ({ household, from: before, to: after })),
    ...(!pins.isEmpty && { pins: pins.list().map(([household, { before, after }]) => ({ household, from: before, to: after })) }),
    ...(!care.isEmpty && { care: care.list().map(([member, { before, after }]) => ({ member, from: before, to: after })) }),
    ...(!exclusions.isEmpty && {
      exclusions: exclusions.list().map(([pair, change]) => {
        const [member, household] = pair.split(' ').map(Number)
        return { member, household, ...change }
      }),
    }),
    ...(!terms.isEmpty && { terms: terms.list().map(([member, change]) => ({ member, ...change })) }),
    ...(!modes.isEmpty && { modes: modes.list().map(([community, change]) => ({ community, ...change })) }),
    ...(!aims.isEmpty && { aims: aims.list()[0][1] }),
  }
}
