import type { AssignmentSession } from '@/core/assignment/assignment-session'
import type { OrgUnit, Scope } from '@/core/scope'
import type { BreakCode, ChainBreak, GridStaff } from '../chain-repository'

/** What one unit of the chain holds below it. */
export interface ChainCount {
  readonly groups: number
  readonly members: number
  readonly households: number
  /** Breaks by code, those with none left out. */
  readonly breaks: ReadonlyMap<BreakCode, number>
}

export const sumBreaks = (breaks: ReadonlyMap<BreakCode, number>): number => [...breaks.values()].reduce((sum, n) => sum + n, 0)

/** Community in which something broken lies, by the ids of its level; null for what is not of this street. */
export function communityOfBreak({ scope, session, staffing }: ChainGround): (code: BreakCode, id: number | string) => number | null {
  const { context } = session
  const { households, members } = context.scope
  const communities = new Map(scope.communities.map((unit, index) => [unit.id, index]))
  const groups = new Map(scope.orgUnits.filter(({ level }) => level === 'party_group').map((unit) => [unit.id, communities.get(unit.parentId ?? 0)]))
  const grids = new Map(staffing.map((grid) => [grid.gridId, communities.get(grid.communityId)]))
  const buildings = new Map(Array.from(scope.buildings.ids, (id, index) => [id, scope.buildings.community[index]]))
  return (code, id) => {
    switch (code) {
      case 'community_without_cadre':
        return communities.get(Number(id)) ?? null
      case 'group_without_committee':
      case 'group_without_leader':
        return groups.get(Number(id)) ?? null
      case 'household_without_member': {
        const household = context.householdIndex.get(Number(id))
        return household === undefined ? null : households.community[household]
      }
      case 'building_without_leader':
        return buildings.get(Number(id)) ?? null
      case 'grid_without_worker':
        return grids.get(String(id)) ?? null
      default: {
        const member = context.memberIndex.get(Number(id))
        return member === undefined ? null : members.community[member]
      }
    }
  }
}

export interface ChainGround {
  readonly scope: Pick<Scope, 'communities' | 'orgUnits' | 'buildings'>
  readonly session: AssignmentSession
  readonly staffing: readonly GridStaff[]
}

/** Counts of every community, in their order. O(households + members + breaks). */
export function countCommunities(ground: ChainGround, breaks: readonly ChainBreak[]): ChainCount[] {
  const { scope, session } = ground
  const { households, members } = session.context.scope
  const n = scope.communities.length
  const [homes, people, groups] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)]
  for (const community of households.community) homes[community]++
  for (const community of members.community) people[community]++
  const indexOf = new Map(scope.communities.map((unit, index) => [unit.id, index]))
  for (const unit of scope.orgUnits) {
    const community = unit.level === 'party_group' ? indexOf.get(unit.parentId ?? 0) : undefined
    if (community !== undefined) groups[community]++
  }
  const broken = scope.communities.map(() => new Map<BreakCode, number>())
  const place = communityOfBreak(ground)
  for (const { code, ids } of breaks) {
    for (const id of ids) {
      const community = place(code, id)
      if (community !== null) broken[community].set(code, (broken[community].get(code) ?? 0) + 1)
    }
  }
  return scope.communities.map((_, k) => ({ groups: groups[k], members: people[k], households: homes[k], breaks: broken[k] }))
}

export interface GroupRow {
  /** Null: members without a group. */
  readonly unit: OrgUnit | null
  readonly members: readonly number[]
  readonly households: number
  readonly breaks: ReadonlyMap<BreakCode, number>
}

/** Party groups of a community with their members; those of none come last. O(members of the street). */
export function listGroups({ scope, session }: ChainGround, community: number, breaks: readonly ChainBreak[]): GroupRow[] {
  const { members } = session.context.scope
  const id = scope.communities[community].id
  const units = scope.orgUnits.filter((unit) => unit.level === 'party_group' && unit.parentId === id)
  const known = new Set(units.map((unit) => unit.id))
  const byGroup = new Map<number, number[]>()
  for (let member = 0; member < members.count; member++) {
    if (members.community[member] !== community) continue
    const group = known.has(members.partyGroupId[member]) ? members.partyGroupId[member] : 0
    byGroup.set(group, [...(byGroup.get(group) ?? []), member])
  }
  const idsOf = (code: BreakCode) => new Set(breaks.find((one) => one.code === code)?.ids ?? [])
  const [noCommittee, noLeader, noGroup, noCarer] = [idsOf('group_without_committee'), idsOf('group_without_leader'), idsOf('member_without_group'), idsOf('frail_without_carer')]
  const rowOf = (unit: OrgUnit | null): GroupRow => {
    const own = byGroup.get(unit?.id ?? 0) ?? []
    const found = new Map<BreakCode, number>()
    if (unit && noCommittee.has(unit.id)) found.set('group_without_committee', 1)
    if (unit && noLeader.has(unit.id)) found.set('group_without_leader', 1)
    const count = (code: BreakCode, ids: ReadonlySet<number | string>): void => {
      const n = own.filter((member) => ids.has(members.ids[member])).length
      if (n > 0) found.set(code, n)
    }
    count('member_without_group', noGroup)
    count('frail_without_carer', noCarer)
    return { unit, members: own, households: own.reduce((sum, member) => sum + session.loads.households[member], 0), breaks: found }
  }
  return [...units.map(rowOf), ...(byGroup.has(0) ? [rowOf(null)] : [])]
}
