import type { AssignmentFindingCode } from '@/core/assignment/assignment-plan'
import { walkBetween, type Picture } from '../picture'

/** Kinds of exceptions in their order: what findings say, and walks beyond the settings' limit. */
export const EXCEPTION_KINDS = [
  'household_unserved',
  'member_above_max',
  'member_below_min',
  'too_far',
  'special_without_committee',
  'member_exempt_carries',
  'tie_excluded',
  'tie_other_community',
  'frail_without_carer',
  'care_above_max',
] as const
export type ExceptionKind = AssignmentFindingCode | 'too_far'

/** Shape of each kind on the map and in lists; the colour comes second. */
export const EXCEPTION_SIGNS: Readonly<Record<ExceptionKind, string>> = {
  household_unserved: '✕',
  member_above_max: '▲',
  member_below_min: '▽',
  too_far: '↔',
  special_without_committee: '◇',
  member_exempt_carries: '⊘',
  tie_excluded: '⊗',
  tie_other_community: '⇄',
  frail_without_carer: '♡',
  care_above_max: '△',
}

/** One line of the list: about a member, or about a building or a frail member of a community. Indices, not ids. */
export interface ExceptionRow {
  readonly kind: ExceptionKind
  readonly isError: boolean
  readonly waived: boolean
  readonly community: number
  /** −1: not about what one member carries. */
  readonly member: number
  /** Building of the households; −1: of no single one. */
  readonly building: number
  readonly households: readonly number[]
  /** Frail members, where it is about them. */
  readonly frail: readonly number[]
  readonly values: Readonly<Record<string, number | string>>
}

/** What the number of a kind counts. */
export const countsMembers = (kind: ExceptionKind): boolean => ['member_above_max', 'member_below_min', 'frail_without_carer', 'care_above_max', 'member_exempt_carries'].includes(kind)

/** How many households or members rows are about. */
export const countOf = (kind: ExceptionKind, rows: readonly ExceptionRow[]): number =>
  rows.reduce((sum, row) => sum + (kind === 'frail_without_carer' ? row.frail.length : countsMembers(kind) ? 1 : row.households.length), 0)

/**
 * Exceptions of a plan by kind, as its findings say, with the households beyond the farthest walk by member. Walks nobody
 * measured count as straight lines. O(findings + households).
 */
export function listExceptions(picture: Picture): Map<ExceptionKind, ExceptionRow[]> {
  const { session, assignment } = picture
  const { context } = session
  const byKind = new Map<ExceptionKind, ExceptionRow[]>(EXCEPTION_KINDS.map((kind) => [kind, []]))
  for (const finding of session.findings()) {
    const isAboutCommunity = 'communityId' in finding.values
    const members = finding.memberIds.flatMap((id) => context.memberIndex.get(id) ?? [])
    const member = isAboutCommunity ? -1 : (members[0] ?? -1)
    const households = finding.householdIds.flatMap((id) => context.householdIndex.get(id) ?? [])
    const row: ExceptionRow = {
      kind: finding.code,
      isError: finding.severity === 'error',
      waived: finding.waived ?? false,
      community: isAboutCommunity ? (context.communityIndex.get(Number(finding.values.communityId)) ?? -1) : (assignment.members.community[member] ?? -1),
      member,
      building: -1,
      households,
      frail: [],
      values: finding.values,
    }
    if (!isAboutCommunity) byKind.get(finding.code)?.push(row)
    else if (members.length > 0) byKind.get(finding.code)?.push(...members.map((frail) => ({ ...row, frail: [frail], values: { members: 1 } })))
    else byKind.get(finding.code)?.push(...splitByBuilding(row, assignment.households.building))
  }
  byKind.set('too_far', listFar(picture))
  return byKind
}

/** A row of a community as one for each building, those with most households first. */
function splitByBuilding(row: ExceptionRow, building: Int32Array): ExceptionRow[] {
  const byBuilding = new Map<number, number[]>()
  for (const household of row.households) byBuilding.set(building[household], [...(byBuilding.get(building[household]) ?? []), household])
  return [...byBuilding]
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([at, households]) => ({ ...row, building: at, households, values: { households: households.length } }))
}

function listFar(picture: Picture): ExceptionRow[] {
  const { session, assignment } = picture
  const { covered } = session.context
  const rows: ExceptionRow[] = []
  for (let member = 0; member < assignment.members.count; member++) {
    if (!covered[assignment.members.community[member]]) continue
    const limit = session.limits(member).reachM ?? session.settings.farM
    let longest = 0
    const far = [...session.index.householdsOf(member)].filter((household) => {
      const m = walkBetween(picture, member, household)?.m ?? 0
      longest = Math.max(longest, m)
      return m > limit
    })
    if (far.length > 0) {
      rows.push({
        kind: 'too_far', isError: false, waived: false, community: assignment.members.community[member], member, building: -1, households: far, frail: [],
        values: { households: far.length, longest: Math.round(longest), limit },
      })
    }
  }
  return rows.sort((a, b) => Number(b.values.longest) - Number(a.values.longest))
}
