import type { Picture } from '../picture'
import type { MemberRow } from './member-rows'

/** Figures of a member that a histogram can show; words stand below `load.figure` in the messages. */
export const LOAD_FIGURE_IDS = ['households', 'mean', 'longest', 'special', 'cared'] as const
export type LoadFigure = (typeof LOAD_FIGURE_IDS)[number]

export const LOAD_FIGURES: Readonly<Record<LoadFigure, { readonly of: (row: MemberRow) => number }>> = {
  households: { of: (row) => row.households },
  mean: { of: (row) => row.meanWalkM },
  longest: { of: (row) => row.longestWalkM },
  special: { of: (row) => row.special },
  cared: { of: (row) => row.cared },
}

/** Households of these members by the ties in force. O(households). */
export function todayFigures({ assignment }: Picture, rows: readonly MemberRow[]): number[] {
  const carried = new Int32Array(assignment.members.count)
  for (const member of assignment.current.householdMember) if (member >= 0) carried[member]++
  return rows.map(({ member }) => carried[member])
}
