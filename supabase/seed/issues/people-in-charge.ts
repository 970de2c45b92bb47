import type { IssueLevel } from '@/core/issues/issue'
import type { GridPlan } from '../draw-grids'
import type { Staff } from '../people/posts'

/** Who answers for slips where: positions in the staff. */
export interface PeopleInCharge {
  readonly admin: number
  readonly officers: readonly number[]
  /** By community. */
  readonly secretary: readonly number[]
  readonly cadres: readonly (readonly number[])[]
  readonly members: readonly (readonly number[])[]
  /** By grid. */
  readonly leader: readonly number[]
  readonly workers: readonly (readonly number[])[]
}

/** @param groupCommunity community by party group */
export function findPeopleInCharge(staff: Staff, plan: GridPlan, communities: number, groupCommunity: readonly number[]): PeopleInCharge {
  const lists = (count: number): number[][] => Array.from({ length: count }, () => [])
  const [cadres, members, workers] = [lists(communities), lists(communities), lists(plan.grids.length)]
  const secretary = new Array<number>(communities).fill(-1)
  const leader = new Array<number>(plan.grids.length).fill(-1)
  const officers: number[] = []
  let admin = -1
  for (const { role, person, unit, grid } of staff.posts) {
    if (role === 'district_admin') admin = person
    else if (role === 'street_officer') officers.push(person)
    else if (role === 'grid_leader') leader[grid] = person
    else if (role === 'grid_worker') workers[grid].push(person)
    else if ('index' in unit) {
      if (role === 'community_secretary') secretary[unit.index] = person
      else if (role === 'cadre') cadres[unit.index].push(person)
      else if (role === 'member') members[groupCommunity[unit.index]].push(person)
    }
  }
  return { admin, officers, secretary, cadres, members, leader, workers }
}

/** Who supervises, closes and publishes at a level, and as what. */
export function chiefOf({ admin, officers, secretary }: PeopleInCharge, level: IssueLevel, community: number): { person: number; role: string } {
  if (level === 'district') return { person: admin, role: 'district_admin' }
  if (level === 'street') return { person: officers[community % officers.length], role: 'street_officer' }
  return { person: secretary[community], role: 'community_secretary' }
}
