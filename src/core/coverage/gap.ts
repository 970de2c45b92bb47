/** The words of unserved places (服务盲区), the same in SQL, in TypeScript and in the interface. */

/**
 * Why a household is not served, in the order in which it is mended: the first that holds is its main reason, so that each household
 * counts once. Position k is bit k of a mask of reasons.
 */
export const GAP_REASONS = [
  'no_grid',
  'no_worker',
  'compound_unmanaged',
  'no_member',
  'member_overloaded',
  'visit_overdue',
  'station_too_far',
  'not_patrolled',
] as const
export type GapReason = (typeof GAP_REASONS)[number]

export const reasonBit = (reason: GapReason): number => 1 << GAP_REASONS.indexOf(reason)

/** Reasons of a mask, the main one first. */
export const reasonsOf = (mask: number): GapReason[] => GAP_REASONS.filter((_, k) => (mask & (1 << k)) !== 0)

/** The reason a household is counted under; null where it is served. */
export const mainReason = (mask: number): GapReason | null => GAP_REASONS.find((_, k) => (mask & (1 << k)) !== 0) ?? null
