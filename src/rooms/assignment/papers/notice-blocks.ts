import type { PaperHousehold, PaperMember, PaperRows } from './paper-rows'

/** Households that a paper is about: of one community, or of one compound in it. */
export interface PaperArea {
  readonly communityId: number
  /** Ids of the buildings; null: all of the community. */
  readonly buildingIds: ReadonlySet<number> | null
}

/** Households of one stairwell or building under one member. */
export interface NoticePlace {
  /** Address of building and stairwell, without the name of the village; empty where each household says its own. */
  readonly place: string
  readonly entries: readonly string[]
}

/** A member on the notice with all of his or her households in the area. Number 0: households without a member. */
export interface NoticeBlock {
  readonly number: number
  readonly member: PaperMember | null
  readonly households: readonly PaperHousehold[]
  readonly places: readonly NoticePlace[]
}

/** Households of an area in the order of the rows. */
export const householdsOf = (rows: PaperRows, { communityId, buildingIds }: PaperArea): PaperHousehold[] =>
  rows.households.filter((one) => one.communityId === communityId && (buildingIds === null || buildingIds.has(one.buildingId)))

/** Address of the building alone: that of the household ends in stairwell and room. */
export function placeOf({ address, stairwell, room }: Pick<PaperHousehold, 'address' | 'stairwell' | 'room'>): string {
  const end = stairwell + room
  return end !== '' && address.endsWith(end) ? address.slice(0, -end.length) : address
}

/**
 * Members of an area, numbered in the order of their first household, with their households by building; those nobody has
 * come last. Every household of the area stands in exactly one block. O(households).
 */
export function noticeBlocks(rows: PaperRows, area: PaperArea): NoticeBlock[] {
  const members = new Map(rows.members.map((member) => [member.id, member]))
  const village = (rows.communities.find(({ id }) => id === area.communityId)?.name ?? '').replace(/(村民委员会|居民委员会)$/, '')
  const byMember = new Map<number | null, PaperHousehold[]>()
  for (const household of householdsOf(rows, area)) {
    const key = household.memberId !== null && members.has(household.memberId) ? household.memberId : null
    const list = byMember.get(key)
    if (list) list.push(household)
    else byMember.set(key, [household])
  }
  const block = (number: number, member: PaperMember | null, households: PaperHousehold[]): NoticeBlock => ({
    number, member, households, places: placesOf(households, village),
  })
  const served = [...byMember].flatMap(([id, households]) => (id === null ? [] : [{ member: members.get(id)!, households }]))
  const blocks = served.map(({ member, households }, k) => block(k + 1, member, households))
  const alone = byMember.get(null)
  return alone ? [...blocks, block(0, null, alone)] : blocks
}

function placesOf(households: readonly PaperHousehold[], village: string): NoticePlace[] {
  const local = (address: string) => (village !== '' && address.startsWith(village) && address.length > village.length ? address.slice(village.length) : address)
  const byPlace = new Map<string, PaperHousehold[]>()
  for (const household of households) {
    const place = placeOf(household) + household.stairwell
    const list = byPlace.get(place)
    if (list) list.push(household)
    else byPlace.set(place, [household])
  }
  const places: { place: string; entries: string[]; isHouse: boolean }[] = []
  for (const [place, list] of byPlace) {
    const entry = (one: PaperHousehold, at: string) => `${at}${one.head ? ` ${one.head}` : ''}`
    if (list.length > 1) {
      places.push({ place: local(place), entries: list.map((one) => entry(one, one.room || one.address)), isHouse: false })
      continue
    }
    // A household alone says its whole address; houses of one household stand side by side, flats of other buildings each in a line.
    const [one] = list
    const isHouse = one.stairwell + one.room === ''
    const last = places.at(-1)
    if (last?.place === '' && last.isHouse === isHouse) last.entries.push(entry(one, local(one.address)))
    else places.push({ place: '', entries: [entry(one, local(one.address))], isHouse })
  }
  return places.map(({ place, entries }) => ({ place, entries }))
}
