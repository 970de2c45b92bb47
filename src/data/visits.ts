import type { VisitKind, VisitOutcome, VisitPurpose } from '@/core/coverage/visit'
import { callRpc } from './call-rpc'
import { callWrite } from './call-write'

/** A visit to enter, under an id made up here, so that one sent twice stands once. */
export interface VisitInput {
  /** uuid. */
  readonly id: string
  readonly householdId: number
  readonly kind: VisitKind
  readonly purpose: VisitPurpose
  readonly outcome: VisitOutcome
  /** 1 to 5; null where nobody said. */
  readonly satisfaction: number | null
  /** Day in Shanghai, ISO. */
  readonly visitedOn: string
  /** Member who went, where somebody in office enters it; null: the caller. */
  readonly memberId: number | null
}

/** A visit as it stands. Who is not near, as an auditor, reads no purpose and nobody's name. */
export interface LoggedVisit {
  readonly id: string
  readonly householdId: number
  readonly kind: VisitKind
  readonly purpose: VisitPurpose | null
  readonly outcome: VisitOutcome
  readonly satisfaction: number | null
  readonly visitedOn: string
  /** Who logged it, and the member who went, masked. */
  readonly by: string | null
  readonly member: string | null
  /** Whether the caller can take it back today. */
  readonly isUndoable: boolean
}

/** All throw `DataError`. Enter visits, at most 200, all or none. `not_allowed`, `visit_invalid` {field}. */
export const logVisits = (visits: readonly VisitInput[]) => callWrite<{ readonly ids: readonly string[]; readonly tasks: readonly number[] }>('log_visits', { p_visits: visits })

/** Take back a visit one logged oneself today. `visit_settled` {at}. */
export const undoVisit = (visitId: string) => callWrite<{ readonly id: string; readonly taskId: number | null }>('undo_visit', { p_visit: visitId })

/** Visits to a household, the newest first. `not_allowed`. */
export const loadVisitsOf = (householdId: number) => callRpc<{ readonly householdId: number; readonly visits: readonly LoggedVisit[] }>('visits_of', { p_household: householdId })

/** The workbook of a member; see `public.my_visits`. */
export interface MyVisits {
  /** Day in Shanghai, ISO. */
  readonly today: string
  /** Households one carries, in natural order. */
  readonly households: readonly {
    readonly householdId: number
    /** Last visit that counts; null for none. */
    readonly lastVisitOn: string | null
    /** Last day the next one is in time; null where nobody has to visit. */
    readonly dueOn: string | null
    readonly isOverdue: boolean
    /** Planned one; null for none. */
    readonly taskId: number | null
    readonly taskDueOn: string | null
  }[]
  /** Logged there by oneself in the last 60 days, the newest first. */
  readonly visits: readonly LoggedVisit[]
}

/** Null for somebody who is no member. */
export const loadMyVisits = () => callRpc<MyVisits | null>('my_visits')
