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
 * about equally.
 *
 * @param previous colours to keep: a member changes colour only where two that meet now share it. Null: none
 * Complexity O(households + near pairs + members × neighbours). Deterministic.
 * Source: Brélaz, New methods to color the vertices of a graph, 1979 (whoever has least choice is next).
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
  // Of two that clash the one that meets fewer others gives way.
  beside.forEach((others, member) => {
    for (const other of others?.keys() ?? []) {
      if (other < member || colours[member] < 0 || colours[other] !== colours[member]) continue
      const loser = beside[member]!.size < beside[other]!.size ? member : other
      used[colours[loser]]--
      colours[loser] = -1
    }
  })
  const waiting = new Set([...beside.keys()].filter((member) => beside[member] !== null && colours[member] < 0))
  const choice = [...beside.keys()].map((member) => (waiting.has(member) ? countColours(beside[member]!, colours) : 0))
  while (waiting.size > 0) {
    let next = -1
    for (const member of waiting) {
      if (next < 0 || choice[member] > choice[next] || (choice[member] === choice[next] && beside[member]!.size > beside[next]!.size)) next = member
    }
    waiting.delete(next)
    colours[next] = leastClash(beside[next]!, colours, used)
    used[colours[next]]++
    for (const other of beside[next]!.keys()) if (waiting.has(other)) choice[other] = countColours(beside[other]!, colours)
  }
  return colours
}

/**
 * Colours after some households changed hands. Where nobody comes to meet a member of the same colour they are the very same.
 * Complexity O(changed households × what lies beside them) there, else as `colourPatches`.
 */
export function mendPatchColours(ground: PatchGround, colours: Int32Array, changedHouseholds: ArrayLike<number>): Int32Array {
  const { near, byBuilding, householdBuilding, householdMember } = ground
  const clashes = (member: number, building: number): boolean => {
    for (let k = byBuilding.start[building]; k < byBuilding.start[building + 1]; k++) {
      const other = householdMember[byBuilding.item[k]]
      if (other >= 0 && other !== member && colours[other] === colours[member]) return true
    }
    return false
  }
  for (let k = 0; k < changedHouseholds.length; k++) {
    const household = changedHouseholds[k]
    const [member, building] = [householdMember[household], householdBuilding[household]]
    if (member < 0 || building < 0) continue
    if (colours[member] < 0 || clashes(member, building)) return colourPatches(ground, colours)
    for (let n = near.start[building]; n < near.start[building + 1]; n++) if (clashes(member, near.item[n])) return colourPatches(ground, colours)
  }
  return colours
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

/** The colour that clashes least with those beside; of equals the one used least, then the first. */
function leastClash(others: ReadonlyMap<number, number>, colours: Int32Array, used: Int32Array): number {
  const clash = new Float64Array(used.length)
  for (const [other, weight] of others) if (colours[other] >= 0) clash[colours[other]] += weight
  let best = 0
  for (let colour = 1; colour < used.length; colour++) {
    if (clash[colour] < clash[best] || (clash[colour] === clash[best] && used[colour] < used[best])) best = colour
  }
  return best
}
