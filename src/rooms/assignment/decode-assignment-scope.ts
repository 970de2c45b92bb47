import { makeIdIndex, type IdIndex } from '@/core/id-index'
import type { AssignmentMode, AssignmentScope, AssignmentSettings, ExemptReason, MemberTerms } from '@/core/assignment/assignment-scope'
import type { Scope } from '@/core/scope'

/** A member's terms on their way: member id, why exempt, least, most, farthest walk in metres. */
export type TermsRow = readonly [number, ExemptReason | null, number | null, number | null, number | null]

/** The columns as they arrive, in ids, 0 for none; see `public.assignment_scope`. */
export interface AssignmentScopeJson {
  readonly version: 1
  readonly landId: number
  readonly settings: AssignmentSettings
  readonly households: {
    readonly [K in 'id' | 'building' | 'stairwell' | 'community' | 'category' | 'interests' | 'member']: readonly number[]
  } & { readonly room: readonly string[] }
  readonly stairwells: { readonly id: readonly number[]; readonly building: readonly number[]; readonly name: readonly string[] }
  readonly members: {
    readonly [K in
      | 'id' | 'community' | 'building' | 'household' | 'partyGroup' | 'frail' | 'committee' | 'leader' | 'interests' | 'carer']: readonly number[]
  }
  readonly terms: readonly TermsRow[]
  readonly kinships: { readonly member: readonly number[]; readonly household: readonly number[] }
  readonly editions: readonly (readonly [community: number, number: number, mode: AssignmentMode])[]
}

export const toTerms = ([, exempt, minHouseholds, maxHouseholds, reachM]: TermsRow): MemberTerms => ({
  exempt,
  minHouseholds,
  maxHouseholds,
  reachM,
})

/**
 * Ids → positions in the street of the same land. Households in buildings the street does not show, and members of
 * communities it does not show, are left out. Linear in the size of the answer.
 */
export function decodeAssignmentScope(json: AssignmentScopeJson, scope: Pick<Scope, 'landId' | 'buildings' | 'communities'>): AssignmentScope {
  const buildingAt = makeIdIndex(scope.buildings.ids)
  const communityAt = makeIdIndex(Int32Array.from(scope.communities, ({ id }) => id))
  const { households, stairwells, members, kinships } = json

  const shown = rows(households.id, (k) => buildingAt.get(households.building[k]) !== undefined && communityAt.get(households.community[k]) !== undefined)
  const stairs = rows(stairwells.id, (k) => buildingAt.get(stairwells.building[k]) !== undefined)
  const people = rows(members.id, (k) => communityAt.get(members.community[k]) !== undefined)
  const pick = (column: readonly number[], at: readonly number[]): Int32Array => Int32Array.from(at, (k) => column[k])
  const householdIds = pick(households.id, shown)
  const memberIds = pick(members.id, people)
  const stairwellIds = pick(stairwells.id, stairs)
  const householdAt = makeIdIndex(householdIds)
  const memberAt = makeIdIndex(memberIds)
  const stairwellAt = makeIdIndex(stairwellIds)
  const householdStairwell = positions(households.stairwell, shown, stairwellAt)
  const memberHousehold = positions(members.household, people, householdAt)

  const terms: (MemberTerms | null)[] = new Array<MemberTerms | null>(memberIds.length).fill(null)
  for (const row of json.terms) {
    const member = memberAt.get(row[0])
    if (member !== undefined) terms[member] = toTerms(row)
  }
  const kin = rows(kinships.member, (k) => memberAt.get(kinships.member[k]) !== undefined && householdAt.get(kinships.household[k]) !== undefined)
  const editions = new Int32Array(scope.communities.length)
  for (const [community, number] of json.editions) {
    const at = communityAt.get(community)
    if (at !== undefined) editions[at] = number
  }

  return {
    landId: json.landId,
    households: {
      count: householdIds.length,
      ids: householdIds,
      building: positions(households.building, shown, buildingAt),
      stairwell: householdStairwell,
      community: positions(households.community, shown, communityAt),
      category: Uint8Array.from(shown, (k) => households.category[k]),
      interests: Uint32Array.from(shown, (k) => households.interests[k]),
      rooms: shown.map((k) => households.room[k]),
    },
    stairwells: {
      count: stairwellIds.length,
      ids: stairwellIds,
      building: positions(stairwells.building, stairs, buildingAt),
      names: stairs.map((k) => stairwells.name[k]),
    },
    members: {
      count: memberIds.length,
      ids: memberIds,
      community: positions(members.community, people, communityAt),
      building: positions(members.building, people, buildingAt),
      stairwell: memberHousehold.map((household) => (household < 0 ? -1 : householdStairwell[household])),
      household: memberHousehold,
      partyGroupId: pick(members.partyGroup, people),
      frail: Uint8Array.from(people, (k) => members.frail[k]),
      committee: Uint8Array.from(people, (k) => members.committee[k]),
      leader: Uint8Array.from(people, (k) => members.leader[k]),
      terms,
      interests: Uint32Array.from(people, (k) => members.interests[k]),
    },
    kinships: {
      count: kin.length,
      member: positions(kinships.member, kin, memberAt),
      household: positions(kinships.household, kin, householdAt),
    },
    current: {
      editions,
      householdMember: positions(households.member, shown, memberAt),
      carer: positions(members.carer, people, memberAt),
    },
    settings: json.settings,
  }
}

/** Rows of a column that are kept. */
const rows = (column: readonly number[], isKept: (row: number) => boolean): number[] => column.flatMap((_, row) => (isKept(row) ? [row] : []))

/** Positions of ids, −1 for those that are none or not here. */
const positions = (column: readonly number[], kept: readonly number[], index: IdIndex): Int32Array =>
  Int32Array.from(kept, (row) => index.get(column[row]) ?? -1)
