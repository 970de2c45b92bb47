import { MOST_VISIT_DAYS, type VisitKind, type VisitOutcome, type VisitPurpose } from '@/core/coverage/visit'

/** What `VisitFields` lets one tell of a visit. */
export interface VisitWords {
  readonly kind: VisitKind
  readonly purpose: VisitPurpose
  readonly outcome: VisitOutcome
  /** 1 to 5; null where nobody said. */
  readonly satisfaction: number | null
  /** Day in Shanghai, ISO; empty while none is chosen. */
  readonly visitedOn: string
}

/** What a form begins with: the visit of today that is made most often. */
export const newVisitWords = (today: string): VisitWords => ({ kind: 'routine', purpose: 'policy', outcome: 'met', satisfaction: null, visitedOn: today })

const DAY_MS = 86_400_000
/** Whether a visit of that day can be entered today. */
export const isVisitDay = (day: string, today: string): boolean => {
  const ago = (Date.parse(today) - Date.parse(day)) / DAY_MS
  return ago >= 0 && ago <= MOST_VISIT_DAYS
}
