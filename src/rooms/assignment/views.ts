import { createAssignmentContext } from '@/core/assignment/assignment-context'
import type { AssignmentDelta, AssignmentDocument } from '@/core/assignment/assignment-plan'
import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { AssignmentChange, AssignmentSession } from '@/core/assignment/assignment-session'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import type { WalkLookup } from '@/core/assignment/walks'
import type { Scope } from '@/core/scope'

/** The street and its ties; what sessions stand on. */
export interface Ground {
  readonly scope: Scope
  readonly assignmentScope: AssignmentScope
  /** Unit of organisation of the street. */
  readonly streetId: number
  /** Ties in force, to be looked at. */
  readonly today: AssignmentSession
}

export function makeGround(scope: Scope, assignmentScope: AssignmentScope): Ground {
  const streetId = scope.orgUnits.find((unit) => unit.level === 'street')?.id ?? scope.communities[0]?.parentId ?? 0
  const document = makeAssignmentDocument(assignmentScope, { planId: 'today', orgUnitId: streetId, revision: 0 })
  return { scope, assignmentScope, streetId, today: openSession({ scope, assignmentScope }, document) }
}

/** A session of a document on this street. */
export function openSession({ scope, assignmentScope }: Pick<Ground, 'scope' | 'assignmentScope'>, document: AssignmentDocument): AssignmentSession {
  return createAssignmentSession({ context: createAssignmentContext(scope, assignmentScope, document.orgUnitId), document })
}

/** The plan as it would be with a delta, to be looked at; the session it comes from stays as it is. Null where it does not fit. */
export function previewOf({ context, document, walks }: AssignmentSession, delta: AssignmentDelta): AssignmentSession | null {
  const copy: AssignmentDocument = {
    ...document,
    householdMember: document.householdMember.slice(),
    pinned: document.pinned.slice(),
    carer: document.carer.slice(),
    exclusions: new Map([...document.exclusions].map(([household, members]) => [household, new Map(members)])),
    terms: new Map(document.terms),
    modes: new Map(document.modes),
  }
  const session = createAssignmentSession({ context, document: copy })
  session.setWalks(walks)
  return session.apply(delta, { key: 'assignment.note.preview' }).ok ? session : null
}

/** Watches one session at a time and counts walks that became known into every session that is opened. */
export function createSessionWatch(onChange: (of: AssignmentSession, change: AssignmentChange) => void) {
  const ends = new Map<AssignmentSession, () => void>()
  return {
    watch(session: AssignmentSession): void {
      if (!ends.has(session)) ends.set(session, session.subscribe((change) => onChange(session, change)))
    },
    leave(session: AssignmentSession | null): void {
      if (!session) return
      ends.get(session)?.()
      ends.delete(session)
    },
    setWalks(walks: WalkLookup): void {
      for (const session of ends.keys()) session.setWalks(walks)
    },
  }
}
