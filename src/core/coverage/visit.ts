/** The words of visits (走访), the same in SQL, in TypeScript and in the interface. */

/** In rhythm, upon an event in the household (五必到), or to a household that must be visited (六必访). */
export const VISIT_KINDS = ['routine', 'event', 'special'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/** What is brought to the door (五到户): policy, information, service, care, settling of disputes; or an errand of another kind. */
export const VISIT_PURPOSES = ['policy', 'information', 'service', 'care', 'dispute', 'other'] as const
export type VisitPurpose = (typeof VISIT_PURPOSES)[number]

/** Only a visit where somebody was met (`met`, `follow_up`: met, and something is left to do) counts as a visit of the household. */
export const VISIT_OUTCOMES = ['met', 'follow_up', 'not_home', 'refused'] as const
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number]

/** A visit somebody is asked to make. */
export const VISIT_TASK_STATES = ['open', 'done', 'dropped'] as const
export type VisitTaskState = (typeof VISIT_TASK_STATES)[number]
