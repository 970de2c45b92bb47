import type { Rows } from '@/core/land'
import { PointGrid } from './point-grid'

/** Who carries which household, and which buildings lie beside which. */
export interface PatchGround {
  /** Buildings that lie near each building; see `nearBuildings`. */
  readonly near: Rows
  /** Households of each building. */
  readonly byBuilding: Rows
  /** Building by household, −1 where unknown. */
  readonly householdBuilding: ArrayLike<number>
  /** Member by household, −1 nobody. */
  readonly householdMember: ArrayLike<number>
  readonly memberCount: number
  /** How many colours there are. */
  readonly colours: number
}

/** Two patches in one building are told apart before two in neighbouring ones, where colours do not suffice. */
const SAME_BUILDING = 8
/** Rounds in which colours are bettered at most; a few are enough. */
const MOST_ROUNDS = 30

/**
 * The buildings nearest to each: what is beside what on the map.
 * @param xyM x, y by building, metres; NaN where a building has no place
 * @param limitM a building farther away than this is no neighbour
 * Complexity O(buildings × each) where they are spread out.
 */
export function nearBuildings(xyM: Float64Array, each: number, limitM: number): Rows {
  const placed = [...Array(xyM.length / 2).keys()].filter((building) => !Number.isNaN(xyM[2 * building]))
  const grid = new PointGrid(Float64Array.from(placed, (building) => xyM[2 * building]), Float64Array.from(placed, (building) => xyM[2 * building + 1]))
  const count = Math.min(each + 1, placed.length)
  const start = new Uint32Array(xyM.length / 2 + 1)
  const rows = placed.map((building) => {
    const { points, squares } = grid.nearest(xyM[2 * building], xyM[2 * building + 1], count)
    const row = Array.from(points.subarray(0, count), (at) => placed[at]).filter((other, k) => other !== building && squares[k] <= limitM ** 2)
    start[building + 1] = row.length
    return row
  })
  for (let building = 1; building < start.length; building++) start[building] += start[building - 1]
  return { start, item: Int32Array.from(rows.flat()) }
}

/**
 * A colour for each member who carries somebody, 0 … colours − 1, such that members with households in one building, or in
 * neighbouring ones, have different ones as far as the colours reach; −1 for members without households. All colours are used
 * about equally. Where one building has more members than there are colours some have to share one.
 *
 * @param previous colours to keep: a member gets another only where that leaves less of a clash. Null: none
 * Complexity O(households + near pairs + rounds × members × neighbours). Deterministic.
 * Source: Brélaz, New methods to color the vertices of a graph, 1979 (whoever has least choice is next); then each is
 * bettered by itself until none can be.
 */
export function colourPatches(ground: PatchGround, previous: Int32Array | null = null): Int32Array {
  const { memberCount, colours: colourCount } = ground
  const beside = meetingMembers(ground)
  const colours = new Int32Array(memberCount).fill(-1)
  const used = new Int32Array(colourCount)
  beside.forEach((others, member) => {
    const kept = previous?.[member] ?? -1
    if (others && kept >= 0) used[(colours[member] = kept)]++
  })
  const waiting = new Set([...beside.keys()].filter((member) => beside[member] !== null && colours[member] < 0))
  const choice = [...beside.keys()].map((member) => (waiting.has(member) ? countColours(beside[member]!, colours) : 0))
  while (waiting.size > 0) {
    let next = -1
    for (const member of waiting) {
      if (next < 0 || choice[member] > choice[next] || (choice[member] === choice[next] && beside[member]!.size > beside[next]!.size)) next = member
    }
    waiting.delete(next)
    colours[next] = leastClash(clashOf(beside[next]!, colours, colourCount), used, -1)
    used[colours[next]]++
    for (const other of beside[next]!.keys()) if (waiting.has(other)) choice[other] = countColours(beside[other]!, colours)
  }
  for (let round = 0, isMoving = true; isMoving && round < MOST_ROUNDS; round++) {
    isMoving = false
    beside.forEach((others, member) => {
      if (!others) return
      const better = leastClash(clashOf(others, colours, colourCount), used, colours[member])
      if (better === colours[member]) return
      used[colours[member]]--
      used[(colours[member] = better)]++
      isMoving = true
    })
  }
  return colours
}

/**
 * Colours after some households changed hands: the very same but for members who got one of them and now meet somebody of
 * their colour, where another would be less of a clash.
 * Complexity O(households of the land, looked through once, and what lies beside those of the members concerned).
 */
export function mendPatchColours(ground: PatchGround, colours: Int32Array, changedHouseholds: ArrayLike<number>): Int32Array {
  const { near, byBuilding, householdBuilding, householdMember, colours: colourCount } = ground
  const buildingsOf = new Map<number, Set<number>>()
  for (let k = 0; k < changedHouseholds.length; k++) {
    const member = householdMember[changedHouseholds[k]]
    if (member >= 0) buildingsOf.set(member, new Set())
  }
  for (let household = 0; household < householdMember.length; household++) {
    if (householdBuilding[household] >= 0) buildingsOf.get(householdMember[household])?.add(householdBuilding[household])
  }
  let mended = colours
  const used = new Int32Array(colourCount)
  for (const colour of colours) if (colour >= 0) used[colour]++
  for (const [member, buildings] of buildingsOf) {
    const others = new Map<number, number>()
    const meet = (building: number, weight: number): void => {
      for (let k = byBuilding.start[building]; k < byBuilding.start[building + 1]; k++) {
        const other = householdMember[byBuilding.item[k]]
        if (other >= 0 && other !== member) others.set(other, (others.get(other) ?? 0) + weight)
      }
    }
    for (const building of buildings) {
      meet(building, SAME_BUILDING)
      for (let n = near.start[building]; n < near.start[building + 1]; n++) meet(near.item[n], 1)
    }
    const better = leastClash(clashOf(others, mended, colourCount), used, mended[member])
    if (better === mended[member]) continue
    if (mended === colours) mended = colours.slice()
    if (mended[member] >= 0) used[mended[member]]--
    used[(mended[member] = better)]++
  }
  return mended
}

/** By member: whom the member meets, and how much it would matter if they were of one colour; null where he or she carries nobody. */
function meetingMembers({ near, byBuilding, householdMember, memberCount }: PatchGround): (Map<number, number> | null)[] {
  const beside = new Array<Map<number, number> | null>(memberCount).fill(null)
  const meet = (a: number, b: number, weight: number): void => {
    if (a === b) return
    beside[a]!.set(b, (beside[a]!.get(b) ?? 0) + weight)
    beside[b]!.set(a, (beside[b]!.get(a) ?? 0) + weight)
  }
  const membersIn = Array.from({ length: byBuilding.start.length - 1 }, (_, building) => {
    const members = new Set<number>()
    for (let k = byBuilding.start[building]; k < byBuilding.start[building + 1]; k++) {
      const member = householdMember[byBuilding.item[k]]
      if (member < 0) continue
      members.add(member)
      beside[member] ??= new Map()
    }
    return [...members]
  })
  membersIn.forEach((members, building) => {
    members.forEach((a, k) => {
      for (const b of members.slice(k + 1)) meet(a, b, SAME_BUILDING)
      for (let n = near.start[building]; n < near.start[building + 1]; n++) for (const b of membersIn[near.item[n]]) meet(a, b, 1)
    })
  })
  return beside
}

const countColours = (others: ReadonlyMap<number, number>, colours: Int32Array): number => {
  const seen = new Set<number>()
  for (const other of others.keys()) if (colours[other] >= 0) seen.add(colours[other])
  return seen.size
}

/** How much a member would clash in each colour. */
function clashOf(others: ReadonlyMap<number, number>, colours: Int32Array, colourCount: number): Float64Array {
  const clash = new Float64Array(colourCount)
  for (const [other, weight] of others) if (colours[other] >= 0) clash[colours[other]] += weight
  return clash
}

/** The colour that clashes least: the present one where none is better, else the one used least, then the first. */
function leastClash(clash: Float64Array, used: Int32Array, present: number): number {
  let best = Math.max(present, 0)
  for (let colour = 0; colour < clash.length; colour++) {
    if (clash[colour] < clash[best] || (best !== present && clash[colour] === clash[best] && used[colour] < used[best])) best = colour
  }
  return best
}
