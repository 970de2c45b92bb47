/** The words of visits (走访), the same in SQL, in TypeScript and in the interface. */

/** In rhythm, upon an event in the household (五必到), or to a household that must be visited (六必访). */
export const VISIT_KINDS = ['routine', 'event', 'special'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/**
 * What is brought to the door (五到户): policies told, resolutions of the branch passed on, volunteers called for, opinions asked,
 * hardship eased; what one must be there for (五必到): weddings and funerals, disputes of neighbours, illness, errands, worries; or
 * another errand.
 */
export const VISIT_PURPOSES = [
  'policy', 'resolution', 'volunteering', 'opinion', 'hardship', 'family_event', 'dispute', 'illness', 'errand', 'worry', 'other',
] as const
export type VisitPurpose = (typeof VISIT_PURPOSES)[number]

const TO_THE_DOOR = ['policy', 'resolution', 'volunteering', 'opinion', 'hardship', 'other'] as const
/** Purposes a visit of a kind can have. */
export const VISIT_PURPOSES_OF: Readonly<Record<VisitKind, readonly VisitPurpose[]>> = {
  routine: TO_THE_DOOR,
  event: ['family_event', 'dispute', 'illness', 'errand', 'worry', 'other'],
  special: TO_THE_DOOR,
}

/** Only a visit where somebody was met (`met`, `follow_up`: met, and something is left to do) counts as a visit of the household. */
export const VISIT_OUTCOMES = ['met', 'follow_up', 'not_home', 'refused'] as const
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number]

export const isCounted = (outcome: VisitOutcome): boolean => outcome === 'met' || outcome === 'follow_up'

/** Days back that a visit can be entered for. */
export const MOST_VISIT_DAYS = 60

/** A visit somebody is asked to make. */
export const VISIT_TASK_STATES = ['open', 'done', 'dropped'] as const
export type VisitTaskState = (typeof VISIT_TASK_STATES)[number]
