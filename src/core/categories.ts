/**
 * Household groups of the seven-colour map (七彩图), in the order of their codes in the database, in snapshots and in
 * colour tables. `several` marks a household with two or more tags.
 */
export const HOUSEHOLD_CATEGORIES = [
  'general',
  'hardship',
  'lone_elderly',
  'left_behind_children',
  'disabled',
  'veteran',
  'tenant',
  'several',
] as const
export type HouseholdCategory = (typeof HOUSEHOLD_CATEGORIES)[number]

/** Codes that count as a special group (重点户): they go first to a committee member and are visited more often. */
export const SPECIAL_CATEGORY_CODES: readonly number[] = [1, 2, 3, 4, 7]
