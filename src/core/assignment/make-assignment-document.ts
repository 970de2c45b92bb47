import type { AssignmentDocument } from './assignment-plan'
import type { AssignmentScope } from './assignment-scope'

/** A plan that changes nothing yet: the ties and the care in force, household by household. */
export function makeAssignmentDocument(
  scope: AssignmentScope,
  plan: Pick<AssignmentDocument, 'planId' | 'orgUnitId' | 'revision'>,
): AssignmentDocument {
  return {
    ...plan,
    landId: scope.landId,
    householdMember: scope.current.householdMember.slice(),
    pinned: new Uint8Array(scope.households.count),
    carer: scope.current.carer.slice(),
    exclusions: new Map(),
    terms: new Map(),
    modes: new Map(),
    aims: null,
  }
}
