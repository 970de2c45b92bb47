import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createAssignmentContext, type AssignmentContext } from '@/core/assignment/assignment-context'
import type { AssignmentDelta, AssignmentDocument } from '@/core/assignment/assignment-plan'
import type { AssignmentState } from '@/core/assignment/assignment-index'
import { ASSIGNMENT_DEFAULTS, EXEMPT_REASONS, type AssignmentScope, type AssignmentSettings, type MemberTerms } from '@/core/assignment/assignment-scope'
import { createWalkLookup, type CommunityWalks, type WalkLookup } from '@/core/assignment/walks'
import { makeLandFrame } from '@/core/land-frame'
import type { OrgUnit, Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/**
 * A made-up street for assignments: communities side by side, houses on a square net 40 m wide, households behind stairwells,
 * members among them, everything drawn by the seed.
 *
 *     community 0        community 1
 *     b b b b | b b b b
 *     b b b b | b b b b
 */
export interface ContactWorldOptions {
  readonly seed: number
  readonly communities?: number
  readonly buildings?: number
  readonly householdsPerBuilding?: number
  readonly members?: number
  readonly settings?: Partial<AssignmentSettings>
  /** Nobody is frail or exempt, nobody has terms. */
  readonly isPlain?: boolean
}

export interface ContactWorld {
  readonly communities: readonly OrgUnit[]
  readonly orgUnits: readonly OrgUnit[]
  readonly scope: AssignmentScope
  readonly buildingXY: Float64Array
  readonly buildingCommunity: Int32Array
  context(orgUnitId?: number): AssignmentContext
}

/** Id of the street, and of its k-th community. */
export const STREET_ID = 10
export const communityId = (k: number) => 20 + k

const NET_M = 40

export function makeContactWorld(options: ContactWorldOptions): ContactWorld {
  const random = seededRandom(options.seed)
  const below = (most: number) => Math.floor(random() * most)
  const communityCount = options.communities ?? 2
  const perCommunity = options.buildings ?? 6
  const unit = (id: number, parentId: number | null, level: OrgUnit['level'], kind: OrgUnit['kind'] = null): OrgUnit => ({
    id, parentId, level, kind, code: String(id).padStart(12, '9'), name: `unit ${id}`, initials: `u${id}`,
  })
  const communities = Array.from({ length: communityCount }, (_, k) => unit(communityId(k), 15, 'community', k % 2 === 0 ? 'urban' : 'rural'))
  const orgUnits = [unit(1, null, 'district'), unit(STREET_ID, 1, 'street'), unit(15, STREET_ID, 'work_zone'), ...communities]

  const across = Math.ceil(Math.sqrt(perCommunity))
  const buildingCount = communityCount * perCommunity
  const buildingCommunity = Int32Array.from({ length: buildingCount }, (_, b) => Math.floor(b / perCommunity))
  const buildingXY = new Float64Array(2 * buildingCount)
  for (let b = 0; b < buildingCount; b++) {
    const place = b % perCommunity
    buildingXY[2 * b] = (buildingCommunity[b] * (across + 1) + (place % across)) * NET_M
    buildingXY[2 * b + 1] = Math.floor(place / across) * NET_M
  }
  const stairwells: { building: number; name: string }[] = []
  const homes: { building: number; stairwell: number; category: number; interests: number }[] = []
  for (let building = 0; building < buildingCount; building++) {
    const first = stairwells.length
    const doors = below(3)
    for (let k = 0; k < doors; k++) stairwells.push({ building, name: `${k + 1}单元` })
    const count = 1 + below(2 * (options.householdsPerBuilding ?? 5) - 1)
    for (let k = 0; k < count; k++) {
      homes.push({
        building,
        stairwell: doors > 0 ? first + (k % doors) : -1,
        category: random() < 0.25 ? 1 + below(7) : 0,
        interests: random() < 0.3 ? 1 << below(3) : 0,
      })
    }
  }
  const householdCommunity = Int32Array.from(homes, ({ building }) => buildingCommunity[building])
  const homesOf = (community: number) => [...homes.keys()].filter((k) => householdCommunity[k] === community)
  const people = communities.flatMap((_, community) => {
    const among = homesOf(community)
    return Array.from({ length: options.members ?? 4 }, () => {
      const household = among[below(among.length)]
      const { building, stairwell } = homes[household]
      const draw = options.isPlain ? 1 : random()
      const terms: MemberTerms | null =
        draw < 0.1
          ? { exempt: EXEMPT_REASONS[below(4)], minHouseholds: null, maxHouseholds: null, reachM: null }
          : draw < 0.2
            ? { exempt: null, minHouseholds: 1 + below(2), maxHouseholds: 3 + below(5), reachM: random() < 0.5 ? 40 * (1 + below(4)) : null }
            : null
      return {
        community, household, building, stairwell, terms,
        frail: Number(!options.isPlain && random() < 0.15),
        committee: Number(random() < 0.3),
        interests: random() < 0.5 ? 1 << below(3) : 0,
      }
    })
  })
  const memberOf = (community: number) => {
    const among = [...people.keys()].filter((k) => people[k].community === community)
    return among[below(among.length)]
  }
  const kinships = [...people.keys()].flatMap((member) => {
    if (random() > 0.4) return []
    const among = homesOf(people[member].community)
    return [{ member, household: among[below(among.length)] }]
  })
  const scope: AssignmentScope = {
    landId: 1,
    households: {
      count: homes.length,
      ids: Int32Array.from(homes, (_, k) => 1000 + 3 * k),
      building: Int32Array.from(homes, ({ building }) => building),
      stairwell: Int32Array.from(homes, ({ stairwell }) => stairwell),
      community: householdCommunity,
      category: Uint8Array.from(homes, ({ category }) => category),
      interests: Uint32Array.from(homes, ({ interests }) => interests),
      rooms: homes.map((_, k) => String(101 + k)),
    },
    stairwells: {
      count: stairwells.length,
      ids: Int32Array.from(stairwells, (_, k) => 500 + k),
      building: Int32Array.from(stairwells, ({ building }) => building),
      names: stairwells.map(({ name }) => name),
    },
    members: {
      count: people.length,
      ids: Int32Array.from(people, (_, k) => 7000 + 2 * k),
      community: Int32Array.from(people, ({ community }) => community),
      building: Int32Array.from(people, ({ building }) => building),
      stairwell: Int32Array.from(people, ({ stairwell }) => stairwell),
      household: Int32Array.from(people, ({ household }) => household),
      partyGroupId: new Int32Array(people.length),
      frail: Uint8Array.from(people, ({ frail }) => frail),
      committee: Uint8Array.from(people, ({ committee }) => committee),
      leader: new Uint8Array(people.length),
      terms: people.map(({ terms }) => terms),
      interests: Uint32Array.from(people, ({ interests }) => interests),
    },
    kinships: {
      count: kinships.length,
      member: Int32Array.from(kinships, ({ member }) => member),
      household: Int32Array.from(kinships, ({ household }) => household),
    },
    current: {
      editions: new Int32Array(communityCount).fill(1),
      // Today some households have nobody, and some somebody of another community.
      householdMember: Int32Array.from(homes, (_, k) => {
        const draw = random()
        return draw < 0.15 ? -1 : draw < 0.2 ? below(people.length) : memberOf(householdCommunity[k])
      }),
      carer: Int32Array.from(people, ({ frail, community }) => (frail && random() < 0.5 ? memberOf(community) : -1)),
    },
    settings: { ...ASSIGNMENT_DEFAULTS, urban: { min: 2, max: 8 }, rural: { min: 3, max: 9 }, farM: 100, interests: ['a', 'b', 'c'], ...options.settings },
  }
  return {
    communities, orgUnits, scope, buildingXY, buildingCommunity,
    context: (orgUnitId = STREET_ID) => createAssignmentContext({ communities, orgUnits }, scope, orgUnitId),
  }
}

/**
 * The street as a snapshot would have it, as far as the solving of assignments looks: houses 10 m wide on their net, a street
 * along every row and every column of it.
 */
export function contactScope({ communities, orgUnits, buildingXY, buildingCommunity }: ContactWorld): Scope {
  const frame = makeLandFrame([117.6, 36.2])
  const degrees = (x: number, y: number): LngLat => [frame.lng0 + x / frame.mPerDegLng, frame.lat0 + y / frame.mPerDegLat]
  const rings = Array.from(buildingCommunity, (_, b) => {
    const [x, y] = [buildingXY[2 * b], buildingXY[2 * b + 1]]
    return [[-5, -5], [5, -5], [5, 5], [-5, 5], [-5, -5]].map(([dx, dy]) => degrees(x + dx, y + dy))
  })
  const [xs, ys] = [0, 1].map((axis) => [...new Set(buildingXY.filter((_, k) => k % 2 === axis))].sort((a, b) => a - b))
  const [east, north] = [xs[xs.length - 1] + NET_M, ys[ys.length - 1] + NET_M]
  const lines = [
    ...ys.map((y) => [degrees(-NET_M, y + 10), degrees(east, y + 10)]),
    ...xs.map((x) => [degrees(x + 10, -NET_M), degrees(x + 10, north)]),
  ]
  return {
    landId: 1,
    communities,
    orgUnits,
    land: { frame },
    streets: lines.map((line, id) => ({ id, name: `way ${id}`, class: 'residential', line })),
    compounds: [],
    features: [],
    buildings: {
      count: rings.length,
      community: buildingCommunity,
      names: rings.map((_, b) => `building ${b}`),
      addresses: rings.map(() => ''),
      outlineStart: Uint32Array.from({ length: rings.length + 1 }, (_, k) => 5 * k),
      outline: Float64Array.from(rings.flat(2)),
    },
  } as unknown as Scope
}

/** Walks as the net of houses has them: along both axes. */
export const netWalks = (world: ContactWorld, context: AssignmentContext): WalkLookup => createWalkLookup(context, netTables(world))

export function netTables(world: ContactWorld): CommunityWalks[] {
  return world.communities.map((_, community) => {
    const buildings = Int32Array.from([...world.buildingCommunity.keys()].filter((b) => world.buildingCommunity[b] === community))
    const walkDm = Int32Array.from([...buildings].flatMap((a) => Array.from(buildings, (b) => 10 * netWalkM(world, a, b))))
    return { community, from: buildings, to: buildings, walkDm, straight: new Uint8Array(walkDm.length) }
  })
}

export const netWalkM = ({ buildingXY }: ContactWorld, a: number, b: number): number =>
  Math.abs(buildingXY[2 * a] - buildingXY[2 * b]) + Math.abs(buildingXY[2 * a + 1] - buildingXY[2 * b + 1])

/** The whole of a plan as one text, for comparing to the byte; tables in the order of their ids. */
export function assignmentBytes(document: AssignmentDocument): string {
  const sorted = <V>(map: ReadonlyMap<number, V>) => [...map].sort(([a], [b]) => a - b)
  const { householdMember, pinned, carer, exclusions, terms, modes, ...rest } = document
  return JSON.stringify([
    rest, Array.from(householdMember), Array.from(pinned), Array.from(carer),
    sorted(exclusions).map(([household, ofHousehold]) => [household, sorted(ofHousehold)]), sorted(terms), sorted(modes),
  ])
}

/** Any change of a plan, valid, of a few things at random. */
export function randomAssignmentDelta({ context, document }: AssignmentState, random: () => number): AssignmentDelta {
  const { households, members } = context.scope
  const below = (most: number) => Math.floor(random() * most)
  const some = (list: readonly number[], most: number) => [...new Set(Array.from({ length: 1 + below(most) }, () => list[below(list.length)]))]
  const covered = [...Array(households.count).keys()].filter((k) => context.covered[households.community[k]] === 1)
  const own = [...Array(members.count).keys()].filter((k) => context.covered[members.community[k]] === 1)
  const idOf = (member: number) => (member < 0 ? null : members.ids[member])
  const anybody = () => (random() < 0.15 ? null : members.ids[below(members.count)])
  const ties = some(covered, 6).map((k) => ({ household: households.ids[k], from: idOf(document.householdMember[k]), to: anybody() }))
  const draw = random()
  if (draw < 0.5) return { ties }
  if (draw < 0.6) {
    const pins = some(covered, 4).map((k) => ({ household: households.ids[k], from: document.pinned[k] === 1, to: document.pinned[k] === 0 }))
    return { ties: random() < 0.5 ? ties : [], pins }
  }
  if (draw < 0.7) return { ties: [], care: some(own, 3).map((k) => ({ member: members.ids[k], from: idOf(document.carer[k]), to: anybody() })) }
  if (draw < 0.8) {
    const exclusions = some(covered, 3).map((k) => {
      const [household, member] = [households.ids[k], members.ids[below(members.count)]]
      const before = document.exclusions.get(household)?.get(member) ?? null
      return { household, member, before, after: before === null ? `reason ${below(9)}` : null }
    })
    return { ties: [], exclusions }
  }
  if (draw < 0.9) {
    const terms = some(own, 3).map((k) => {
      const after = random() < 0.3 ? null : { exempt: random() < 0.4 ? EXEMPT_REASONS[below(4)] : null, minHouseholds: random() < 0.5 ? below(4) : null, maxHouseholds: random() < 0.5 ? 4 + below(4) : null, reachM: null }
      return { member: members.ids[k], before: document.terms.get(members.ids[k]) ?? null, after }
    })
    return { ties: [], terms }
  }
  if (draw < 0.95) {
    const community = context.communities.find((_, k) => context.covered[k] === 1)!.id
    const before = document.modes.get(community) ?? 'household'
    return { ties: [], modes: [{ community, before, after: before === 'household' ? 'building' : 'household' }] }
  }
  const after = random() < 0.3 ? null : { ...context.scope.settings, urban: { min: below(3), max: 4 + below(6) }, communityLimits: [{ communityId: communityId(0), min: 1, max: 3 + below(9) }] }
  return { ties, aims: { before: document.aims, after } }
}
