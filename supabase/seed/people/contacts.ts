import type { XY } from '@/core/units'
import { shareOut, Random } from '../random'
import type { StreetData } from '../street-data'

/** Who answers for whom today, as positions in the lists of the street. */
export interface Contacts {
  /** Committee member by party group: one a group, nobody twice. */
  readonly committee: readonly number[]
  /** Leader by party group. */
  readonly leaders: readonly number[]
  readonly ties: readonly { readonly household: number; readonly member: number }[]
  readonly care: readonly { readonly frail: number; readonly carer: number }[]
  readonly buildingLeaders: readonly { readonly building: number; readonly member: number }[]
  readonly kinships: readonly { readonly member: number; readonly household: number; readonly relation: string }[]
  /** Interest: position in the list of the settings. */
  readonly householdInterests: readonly { readonly household: number; readonly interest: number }[]
  readonly memberInterests: readonly { readonly member: number; readonly interest: number }[]
  readonly terms: readonly Terms[]
  /** Communities of the town with more households than fifteen a member: these allow more. */
  readonly crowded: readonly number[]
}

/** What a member of one's own accord carries. Null: as the settings say. */
interface Terms {
  readonly member: number
  readonly note: string
  readonly min: number | null
  readonly max: number | null
  /** Metres. */
  readonly reachM: number | null
}

/** Households a member at most, unless a community allows more. */
const USUAL_MAX = 15
/** Share of ties with somebody who does not live near: neighbours moved, the tie did not. */
const MISPLACED = 0.07
const TIED_TO_EXEMPT = 0.015
const UNSERVED = [0.06, 0.13] as const
const FRAIL_WITHOUT_CARER = 0.2
const BUILDINGS_WITHOUT_LEADER = 0.12
const FRAIL_A_CARER = 3
/** A building with fewer households needs no leader. */
const LED_HOUSEHOLDS = 2

/** One community as lists of positions. */
interface Place {
  readonly index: number
  readonly homes: number[]
  readonly members: number[]
  /** Members who carry households. */
  readonly able: number[]
  readonly buildings: number[]
}

/**
 * The contact ties of today: grown by habit, and in need of an assignment. About a tenth of the households have nobody, a
 * third of the able members carry fewer than 6 or more than 15, some ties reach across the community, some are with members
 * who are exempt by now. Committee, leaders of groups and what people have in common are as they should be.
 * @param interests how many interests the settings list
 */
export function tieContacts(street: StreetData, seed: string, interests: number): Contacts {
  const random = new Random(`${seed}/${street.settings.code}/contacts`)
  const places = placesOf(street)
  const leaders = street.partyGroups.map(() => -1)
  street.members.forEach(({ group, leader }, k) => {
    if (leader) leaders[group] = k
  })
  return {
    committee: electCommittee(street, places, random.fork('committee')),
    leaders,
    ties: places.flatMap((place) => tieHouseholds(street, place, leaders[0], random.fork(`ties ${place.index}`))),
    care: places.flatMap((place) => careForFrail(street, place, random.fork(`care ${place.index}`))),
    buildingLeaders: places.flatMap((place) => leadBuildings(street, place, random.fork(`buildings ${place.index}`))),
    kinships: places.flatMap((place) => findKin(street, place, random.fork(`kin ${place.index}`))),
    householdInterests: drawInterests(street.households.length, 0.22, interests, random.fork('interests of households'))
      .map(([household, interest]) => ({ household, interest })),
    memberInterests: drawInterests(street.members.length, 0.6, interests, random.fork('interests of members'))
      .map(([member, interest]) => ({ member, interest })),
    terms: places.flatMap((place) => setTerms(place, random.fork(`terms ${place.index}`))),
    crowded: places.flatMap(({ index, homes, able }) => (street.communities[index].kind === 'urban' && homes.length > USUAL_MAX * able.length ? [index] : [])),
  }
}

function placesOf(street: StreetData): Place[] {
  const places = street.communities.map((_, index): Place => ({ index, homes: [], members: [], able: [], buildings: [] }))
  street.households.forEach(({ building }, k) => places[street.buildings[building].community].homes.push(k))
  street.buildings.forEach(({ community, households }, k) => {
    if (households > 0) places[community].buildings.push(k)
  })
  street.members.forEach(({ community, exemptReason, frail }, k) => {
    places[community].members.push(k)
    if (exemptReason === null && !frail) places[community].able.push(k)
  })
  return places
}

const homeOf = (street: StreetData, household: number): XY => street.buildings[street.households[household].building].point
const memberHome = (street: StreetData, member: number): XY => homeOf(street, street.members[member].household)
const gapM = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** The one of the list that lives nearest; −1 of an empty list. Of equals the first. */
function nearest(street: StreetData, at: XY, members: readonly number[]): number {
  let best = -1
  let bestM = Infinity
  for (const member of members) {
    const distance = gapM(at, memberHome(street, member))
    if (distance < bestM) [best, bestM] = [member, distance]
  }
  return best
}

/** One committee member a group, from its own members where it can be: able, no leader of a group, nobody for two. */
function electCommittee(street: StreetData, places: readonly Place[], random: Random): number[] {
  const out = street.partyGroups.map(() => -1)
  const taken = new Set<number>()
  const elect = (group: number, from: readonly number[]): void => {
    const free = from.filter((member) => !taken.has(member))
    if (out[group] >= 0 || free.length === 0) return
    out[group] = random.pick(free)
    taken.add(out[group])
  }
  for (const { index, able } of places) {
    const groups = street.partyGroups.flatMap(({ community }, group) => (community === index ? [group] : []))
    const others = able.filter((member) => !street.members[member].leader)
    for (const group of groups) elect(group, others.filter((member) => street.members[member].group === group))
    for (const group of groups) elect(group, others)
    // A community with fewer: leaders sit on the committee too.
    for (const group of groups) elect(group, able)
  }
  const without = out.findIndex((member) => member < 0)
  if (without >= 0) throw new Error(`nobody of the community can sit on the committee for group ${without}`)
  return out
}

/** @param shown member whose share is neither empty nor absurd: the one who signs in */
function tieHouseholds(street: StreetData, place: Place, shown: number, random: Random): { household: number; member: number }[] {
  const { able, homes } = place
  if (able.length === 0) return []
  const left = new Set(homes)
  for (const household of leaveUnserved(street, place, random)) left.delete(household)
  const out: { household: number; member: number }[] = []
  const tie = (household: number, member: number): void => {
    out.push({ household, member })
    left.delete(household)
  }
  const exempt = place.members.filter((member) => !able.includes(member))
  if (exempt.length > 0) {
    for (const household of left) if (random.chance(TIED_TO_EXEMPT)) tie(household, random.pick(exempt))
  }
  const loads = drawLoads(able, left.size, shown, random)
  const free = new Map(able.map((member, k) => [member, loads[k]]))
  for (const household of random.shuffled([...left])) {
    const open = able.filter((member) => free.get(member)! > 0)
    const member = random.chance(MISPLACED) ? farther(street, household, open, random) : nearest(street, homeOf(street, household), open)
    free.set(member, free.get(member)! - 1)
    tie(household, member)
  }
  return out.sort((a, b) => a.household - b.household)
}

/** The farthest of three by chance. */
function farther(street: StreetData, household: number, members: readonly number[], random: Random): number {
  const at = homeOf(street, household)
  return [1, 2].reduce((far) => {
    const other = random.pick(members)
    return gapM(at, memberHome(street, other)) > gapM(at, memberHome(street, far)) ? other : far
  }, random.pick(members))
}

/** Whole buildings to which nobody ever went; of the last as many homes as are missing. */
function leaveUnserved(street: StreetData, { homes, buildings }: Place, random: Random): number[] {
  const wanted = Math.round(homes.length * random.between(...UNSERVED))
  const byBuilding = new Map<number, number[]>()
  for (const household of homes) {
    const { building } = street.households[household]
    byBuilding.set(building, [...(byBuilding.get(building) ?? []), household])
  }
  return random.shuffled(buildings).flatMap((building) => byBuilding.get(building) ?? []).slice(0, wanted)
}

/** How many households each carries: most about the same, some next to none, some far too many. */
function drawLoads(able: readonly number[], total: number, shown: number, random: Random): number[] {
  const weights = able.map((member) => {
    const draw = random.unit()
    if (member === shown) return 1
    return draw < 0.17 ? random.between(0, 0.4) : draw < 0.25 ? random.between(1.5, 2.1) : random.between(0.9, 1.1)
  })
  return shareOut(total, weights, 0, total)
}

function careForFrail(street: StreetData, { members, able }: Place, random: Random): { frail: number; carer: number }[] {
  const load = new Map<number, number>()
  return members.filter((member) => street.members[member].frail).flatMap((frail) => {
    if (random.chance(FRAIL_WITHOUT_CARER)) return []
    const carer = nearest(street, memberHome(street, frail), able.filter((member) => (load.get(member) ?? 0) < FRAIL_A_CARER))
    load.set(carer, (load.get(carer) ?? 0) + 1)
    return carer < 0 ? [] : [{ frail, carer }]
  })
}

/** Who lives in the building leads it, else the nearest. */
function leadBuildings(street: StreetData, { buildings, able }: Place, random: Random): { building: number; member: number }[] {
  return buildings.filter((building) => street.buildings[building].households >= LED_HOUSEHOLDS).flatMap((building) => {
    if (random.chance(BUILDINGS_WITHOUT_LEADER)) return []
    const member = nearest(street, street.buildings[building].point, able)
    return member < 0 ? [] : [{ building, member }]
  })
}

const RELATIONS = ['兄弟姐妹', '父母', '子女', '叔伯', '姻亲'] as const

/** In the villages people of one surname are kin as often as not; in the town few have kin next door. */
function findKin(street: StreetData, { index, homes, members }: Place, random: Random): { member: number; household: number; relation: string }[] {
  const rural = street.communities[index].kind === 'rural'
  return members.flatMap((member) => {
    const { household: own, name } = street.members[member]
    if (!random.chance(rural ? 0.55 : 0.12)) return []
    const alike = homes.filter((household) => household !== own && street.households[household].headName[0] === name[0])
    const many = Math.min(alike.length, rural ? random.integer(1, 4) : 1)
    return random.shuffled(alike).slice(0, many).sort((a, b) => a - b).map((household) => ({ member, household, relation: random.pick(RELATIONS) }))
  })
}

/** Pairs of owner and interest, sorted: a share has one interest, every third of these a second. */
function drawInterests(owners: number, share: number, interests: number, random: Random): [number, number][] {
  const out: [number, number][] = []
  for (let owner = 0; owner < owners; owner++) {
    if (!random.chance(share)) continue
    const first = random.integer(0, interests - 1)
    out.push([owner, first])
    if (random.chance(1 / 3)) out.push([owner, (first + random.integer(1, interests - 1)) % interests])
  }
  return out
}

const TERMS: readonly (Omit<Terms, 'member'>)[] = [
  { note: '家有病人，少联系几户', min: 4, max: 8, reachM: null },
  { note: '上班早出晚归，少联系几户', min: null, max: 10, reachM: null },
  { note: '腿脚不便，只走近处', min: 3, max: 8, reachM: 300 },
  { note: '照看小孩，只走近处', min: null, max: null, reachM: 400 },
]

/** Some carry less, where there are enough others. */
function setTerms({ homes, able }: Place, random: Random): Terms[] {
  if (homes.length > 12 * able.length) return []
  return able.flatMap((member) => (random.chance(0.07) ? [{ member, ...random.pick(TERMS) }] : []))
}
