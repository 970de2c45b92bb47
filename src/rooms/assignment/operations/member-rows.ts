import { walkBetween, type Picture } from '../picture'

/** What a member is beside one who carries households. */
export type MemberPost = 'committee' | 'leader' | 'frail' | 'exempt'
/** Where a load lies against its limits; `none`: carries nothing and need not. */
export type LoadBand = 'in' | 'below' | 'above' | 'none'

/** One member in tables and histograms. */
export interface MemberRow {
  readonly member: number
  readonly community: number
  readonly posts: readonly MemberPost[]
  readonly households: number
  readonly buildings: number
  readonly min: number
  readonly max: number
  /** The community shares out whole buildings: `min` is buildings, and there is no upper limit. */
  readonly byBuilding: boolean
  readonly band: LoadBand
  /** Metres; NaN without households. */
  readonly meanWalkM: number
  readonly longestWalkM: number
  /** Some walk is a straight line. */
  readonly isStraight: boolean
  readonly special: number
  /** Households of kin among them. */
  readonly kin: number
  /** Frail members cared for. */
  readonly cared: number
  /** Against the ties in force. */
  readonly received: number
  readonly given: number
}

/** Read one member of a plan. O(households of the member). */
export function readMember(picture: Picture, member: number, comparison = picture.session.comparison()): MemberRow {
  const { assignment, session } = picture
  const { members } = assignment
  const { loads } = session
  const limits = session.limits(member)
  const own = session.index.householdsOf(member)
  let [sum, longest, walked, kin, isStraight] = [0, 0, 0, 0, false]
  for (const household of own) {
    if (session.context.isKin(member, household)) kin++
    const walk = walkBetween(picture, member, household)
    if (!walk) continue
    sum += walk.m
    longest = Math.max(longest, walk.m)
    walked++
    isStraight ||= walk.isStraight
  }
  const posts: MemberPost[] = []
  if (members.committee[member]) posts.push('committee')
  if (members.leader[member]) posts.push('leader')
  if (members.frail[member]) posts.push('frail')
  else if (!limits.isAble) posts.push('exempt')
  const byBuilding = limits.mode === 'building' && !limits.hasOwnMin
  const min = byBuilding ? session.settings.minBuildings : limits.min
  const carried = byBuilding ? loads.buildings[member] : own.length
  const isUnlimited = limits.mode === 'building' && !limits.hasOwnMax
  return {
    member,
    community: members.community[member],
    posts,
    households: own.length,
    buildings: loads.buildings[member],
    min,
    max: isUnlimited ? Infinity : limits.max,
    byBuilding,
    band: !limits.isAble ? (own.length > 0 ? 'above' : 'none') : carried < min ? 'below' : !isUnlimited && own.length > limits.max ? 'above' : 'in',
    meanWalkM: walked ? sum / walked : NaN,
    longestWalkM: walked ? longest : NaN,
    isStraight,
    special: loads.special[member],
    kin,
    cared: session.index.caredBy(member).length,
    received: comparison.received[member],
    given: comparison.given[member],
  }
}

/** Rows of the covered members, kept from edit to edit. */
export interface MemberRows {
  list(): readonly MemberRow[]
  of(member: number): MemberRow
  /** Read these anew when next asked for; null: all. */
  touch(members: Iterable<number> | null): void
}

/** Rows by member, by community and then by id, as the columns are. */
export function createMemberRows(picture: Picture): MemberRows {
  const { members } = picture.assignment
  const { covered } = picture.session.context
  const shown = [...members.ids.keys()].filter((member) => covered[members.community[member]] === 1)
  const rows = new Map<number, MemberRow>()
  let listed: readonly MemberRow[] | null = null
  /** Read once for many: the comparison sums up the communities each time. */
  const read = (member: number, comparison = picture.session.comparison()): MemberRow => {
    let row = rows.get(member)
    if (!row) rows.set(member, (row = readMember(picture, member, comparison)))
    return row
  }
  return {
    of: (member) => read(member),
    list() {
      const comparison = picture.session.comparison()
      return (listed ??= shown.map((member) => read(member, comparison)))
    },
    touch(changed) {
      if (changed) for (const member of changed) rows.delete(member)
      else rows.clear()
      listed = null
    },
  }
}
