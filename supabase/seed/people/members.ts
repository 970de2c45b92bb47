import { shareOut, type Random } from '../random'
import { DATA_YEAR, type Resident } from './households'

export interface PartyGroup {
  readonly community: number
  /** Community code and two digits. */
  readonly code: string
  readonly name: string
}

export interface Member {
  readonly group: number
  readonly community: number
  readonly household: number
  readonly name: string
  readonly phone: string
  readonly birthYear: number
  readonly frail: boolean
  readonly exemptReason: 'aged_70' | 'seriously_ill' | 'long_away' | null
  /** Leads the group. */
  readonly leader: boolean
}

const NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五']

/** Groups by community, in proportion to its households, at least two each. */
export function formPartyGroups(codes: readonly string[], names: readonly string[], households: readonly number[], total: number): PartyGroup[] {
  const counts = shareOut(total, households.map((count) => 30 + count), 2, 15)
  return counts.flatMap((count, community) =>
    Array.from({ length: count }, (_, k) => ({
      community,
      code: `${codes[community]}${String(k + 1).padStart(2, '0')}`,
      name: `${names[community].replace(/(社区|村)$/, '')}第${NUMBERS[k]}党小组`,
    })),
  )
}

/**
 * Party members among the adult residents, one a household, neighbours in the same group. `homesOf` gives the
 * households of a community in the order of their places. Where nobody is registered, `invent` makes the person.
 */
export function enlistMembers(
  groups: readonly PartyGroup[],
  total: number,
  homesOf: (community: number) => readonly number[],
  adultsOf: (household: number) => readonly Resident[],
  random: Random,
): Member[] {
  const sizes = shareOut(total, groups.map(() => random.between(4.5, 8)), 3, 12)
  const out: Member[] = []
  const byCommunity = new Map<number, number[]>()
  groups.forEach(({ community }, group) => byCommunity.set(community, [...(byCommunity.get(community) ?? []), group]))
  for (const [community, own] of byCommunity) {
    const all = homesOf(community)
    const wanted = own.reduce((sum, group) => sum + sizes[group], 0)
    const homes = withoutThinStretches(all, wanted, random)
    if (wanted > homes.length) throw new Error(`${wanted} members in ${homes.length} households`)
    const chosen = random.shuffled([...homes.keys()]).slice(0, wanted).sort((a, b) => a - b).map((k) => homes[k])
    let next = 0
    for (const group of own) {
      for (let k = 0; k < sizes[group]; k++) {
        const household = chosen[next++]
        const person = random.pick(adultsOf(household))
        out.push(memberOf(person, group, community, household, random))
      }
    }
  }
  return withLeaders(out)
}

/** Stretches of neighbours among whom nobody is a member, as in new estates: some grids are short of members. */
function withoutThinStretches(homes: readonly number[], wanted: number, random: Random): readonly number[] {
  const thin = new Set<number>()
  const lastStretch = Math.floor((homes.length - 1) / STRETCH_HOMES)
  for (let stretch = 0; stretch <= lastStretch; stretch++) if (random.chance(0.24)) thin.add(stretch)
  const kept = homes.filter((_, k) => !thin.has(Math.floor(k / STRETCH_HOMES)))
  return kept.length > wanted * 1.5 ? kept : homes
}

const STRETCH_HOMES = 100

function memberOf(person: Resident, group: number, community: number, household: number, random: Random): Member {
  const age = DATA_YEAR - person.birthYear
  const frail = random.chance(age >= 80 ? 0.6 : age >= 70 ? 0.28 : 0.03)
  const exemptReason = age >= 70 ? 'aged_70' : frail ? 'seriously_ill' : random.chance(0.045) ? 'long_away' : null
  return { group, community, household, name: person.name, phone: person.phone ?? '', birthYear: person.birthYear, frail, exemptReason, leader: false }
}

/** Each group is led by its first member who carries households. */
function withLeaders(members: readonly Member[]): Member[] {
  const led = new Set<number>()
  const leaders = new Set<number>()
  members.forEach(({ group, exemptReason }, k) => {
    if (led.has(group) || exemptReason !== null) return
    led.add(group)
    leaders.add(k)
  })
  members.forEach(({ group }, k) => {
    if (led.has(group)) return
    led.add(group)
    leaders.add(k)
  })
  return members.map((member, k) => (leaders.has(k) ? { ...member, leader: true } : member))
}
