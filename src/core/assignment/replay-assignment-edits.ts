import { isSamePlain } from '../changes'
import type { Edit } from '../pending-edits'
import type { EditNote } from '../plan'
import type { Result } from '../result'
import type { AssignmentDelta } from './assignment-plan'
import type { AssignmentState } from './assignment-index'

/** What of an edit did not go through as it was made. */
export interface AssignmentConflict {
  /** Position in the list of my edits. */
  readonly edit: number
  readonly note: EditNote
  /** Both changed the same: a tie, a pin, care, an exclusion, terms, a mode, the aims. `refused`: the edit did not fit at all. */
  readonly reason:
    | 'tie_taken'
    | 'pin_changed'
    | 'care_changed'
    | 'exclusion_changed'
    | 'terms_changed'
    | 'mode_changed'
    | 'aims_changed'
    | 'refused'
  readonly why?: string
  readonly kept: 'mine' | 'theirs'
  readonly householdIds: readonly number[]
  readonly memberIds: readonly number[]
}

type Conflict = Omit<AssignmentConflict, 'edit' | 'note'>

/**
 * Replay edits on a plan that changed beneath them: each is fitted to the plan as it is and handed to `run`.
 * Complexity O(entries of the edits).
 */
export function replayAssignmentEdits(
  state: AssignmentState,
  edits: readonly Edit<AssignmentDelta>[],
  prefer: 'mine' | 'theirs',
  run: (delta: AssignmentDelta, note: EditNote) => Result<unknown>,
): AssignmentConflict[] {
  const conflicts: AssignmentConflict[] = []
  edits.forEach(({ delta, note }, edit) => {
    const fitted = fitDelta(state, delta, prefer)
    const done = run(fitted.delta, note)
    const found: Conflict[] = done.ok
      ? fitted.conflicts
      : [{ reason: 'refused', why: done.code, kept: 'theirs', householdIds: delta.ties.map(({ household }) => household), memberIds: [] }]
    for (const conflict of found) conflicts.push({ edit, note, ...conflict })
  })
  return conflicts
}

/** How one kind of entries is read, and written with what the plan has now. */
interface Fitting<E, T> {
  before(entry: E): T
  after(entry: E): T
  current(entry: E): T
  put(entry: E, now: T): E
  households?(entry: E): number[]
  members?(entry: E): number[]
}

/** The delta with its `from` and `before` as the plan has them, less what is so already or is left to them. */
function fitDelta({ context, document }: AssignmentState, delta: AssignmentDelta, prefer: 'mine' | 'theirs') {
  const conflicts: Conflict[] = []
  const memberId = (member: number): number | null => (member < 0 ? null : context.scope.members.ids[member])

  /** Entries whose wish still stands, with what the plan has now; those that both changed make one conflict together. */
  const fit = <E>(reason: Conflict['reason'], entries: readonly E[] = []) => <T>({ before, after, current, put, households = () => [], members = () => [] }: Fitting<E, T>): E[] => {
    const clashing: E[] = []
    const kept = entries.flatMap((entry) => {
      const now = current(entry)
      if (isSamePlain(after(entry), now)) return []
      if (!isSamePlain(before(entry), now)) {
        clashing.push(entry)
        if (prefer === 'theirs') return []
      }
      return [put(entry, now)]
    })
    if (clashing.length > 0) {
      conflicts.push({ reason, kept: prefer, householdIds: clashing.flatMap(households), memberIds: clashing.flatMap(members) })
    }
    return kept
  }

  const household = (entry: { readonly household: number }) => [entry.household]
  const member = (entry: { readonly member: number }) => [entry.member]
  const householdAt = (id: number) => context.householdIndex.get(id) ?? -1
  const ties = fit('tie_taken', delta.ties)({
    before: ({ from }) => from,
    after: ({ to }) => to,
    current: (entry) => memberId(document.householdMember[householdAt(entry.household)]),
    put: (entry, from) => ({ ...entry, from }),
    households: household,
  })
  const pins = fit('pin_changed', delta.pins)({
    before: ({ from }) => from,
    after: ({ to }) => to,
    current: (entry) => document.pinned[householdAt(entry.household)] === 1,
    put: (entry, from) => ({ ...entry, from }),
    households: household,
  })
  const care = fit('care_changed', delta.care)({
    before: ({ from }) => from,
    after: ({ to }) => to,
    current: (entry) => memberId(document.carer[context.memberIndex.get(entry.member) ?? -1]),
    put: (entry, from) => ({ ...entry, from }),
    members: member,
  })
  const exclusions = fit('exclusion_changed', delta.exclusions)({
    before: ({ before }) => before,
    after: ({ after }) => after,
    current: (entry) => document.exclusions.get(entry.household)?.get(entry.member) ?? null,
    put: (entry, before) => ({ ...entry, before }),
    households: household,
    members: member,
  })
  const terms = fit('terms_changed', delta.terms)({
    before: ({ before }) => before,
    after: ({ after }) => after,
    current: (entry) => document.terms.get(entry.member) ?? null,
    put: (entry, before) => ({ ...entry, before }),
    members: member,
  })
  const modes = fit('mode_changed', delta.modes)({
    before: ({ before }) => before,
    after: ({ after }) => after,
    current: (entry) => document.modes.get(entry.community) ?? 'household',
    put: (entry, before) => ({ ...entry, before }),
  })
  const [aims] = fit('aims_changed', delta.aims ? [delta.aims] : [])({
    before: ({ before }) => before,
    after: ({ after }) => after,
    current: () => document.aims,
    put: (entry, before) => ({ ...entry, before }),
  })
  const fitted: AssignmentDelta = {
    ties,
    ...(pins.length > 0 && { pins }),
    ...(care.length > 0 && { care }),
    ...(exclusions.length > 0 && { exclusions }),
    ...(terms.length > 0 && { terms }),
    ...(modes.length > 0 && { modes }),
    ...(aims && { aims }),
  }
  return { delta: fitted, conflicts }
}
