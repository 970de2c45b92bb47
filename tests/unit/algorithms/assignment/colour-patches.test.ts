import { describe, expect, it } from 'vitest'
import { colourPatches, mendPatchColours, nearBuildings, type PatchGround } from '@/algorithms/assignment/colour-patches'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/**
 * Houses of 1 … 4 households on a net, 30 m apart; each household goes to the member whose home is nearest.
 *
 *     b b b b b      M carries what lies around M
 *     b M b b b
 *     b b b M b
 */
function makePatches(seed: number, across: number, members: number): PatchGround & { householdMember: Int32Array; householdBuilding: Int32Array } {
  const random = seededRandom(seed)
  const count = across * across
  const xyM = Float64Array.from({ length: 2 * count }, (_, k) => 30 * (k % 2 === 0 ? (k / 2) % across : Math.floor((k - 1) / 2 / across)))
  const homes = Array.from({ length: members }, () => [random() * across * 30, random() * across * 30])
  const start = new Uint32Array(count + 1)
  const building: number[] = []
  for (let b = 0; b < count; b++) {
    const households = 1 + Math.floor(random() * 4)
    start[b + 1] = start[b] + households
    for (let k = 0; k < households; k++) building.push(b)
  }
  const nearest = (b: number) => {
    const gaps = homes.map(([x, y]) => Math.hypot(x - xyM[2 * b], y - xyM[2 * b + 1]))
    return gaps.indexOf(Math.min(...gaps))
  }
  return {
    near: nearBuildings(xyM, 4, 45),
    byBuilding: { start, item: Int32Array.from(building.keys()) },
    householdBuilding: Int32Array.from(building),
    householdMember: Int32Array.from(building, nearest),
    memberCount: members,
    colours: 7,
  }
}

/** Pairs of one colour in one building or in two neighbouring ones. */
function clashes({ near, byBuilding, householdMember }: PatchGround, colours: Int32Array): number {
  let found = 0
  const membersOf = (b: number) => [...new Set(byBuilding.item.subarray(byBuilding.start[b], byBuilding.start[b + 1]).map((k) => householdMember[k]))].filter((m) => m >= 0)
  for (let b = 0; b < byBuilding.start.length - 1; b++) {
    const others = [b, ...near.item.subarray(near.start[b], near.start[b + 1])].flatMap(membersOf)
    for (const a of membersOf(b)) for (const other of others) found += Number(a !== other && colours[a] === colours[other])
  }
  return found
}

describe('colours of patches', () => {
  it('differ wherever two patches meet, and are all used', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const ground = makePatches(seed, 30, 60)
      const colours = colourPatches(ground)
      expect(clashes(ground, colours)).toBe(0)
      expect(new Set(colours.filter((colour) => colour >= 0)).size).toBe(7)
      expect(colourPatches(ground)).toEqual(colours)
    }
  })

  it('stay after small edits but where two of one colour come to meet', () => {
    const ground = makePatches(3, 30, 60)
    const random = seededRandom(3)
    let colours = colourPatches(ground)
    let recoloured = 0
    for (let step = 0; step < 60; step++) {
      const b = Math.floor(random() * 900)
      const beside = ground.near.item[ground.near.start[b]]
      const [from, to] = [b, beside].map((one) => ground.byBuilding.item[ground.byBuilding.start[one]])
      ground.householdMember[from] = ground.householdMember[to]
      const next = mendPatchColours(ground, colours, [from])
      expect(clashes(ground, next)).toBe(0)
      recoloured += next.filter((colour, member) => colours[member] >= 0 && colour >= 0 && colour !== colours[member]).length
      colours = next
    }
    expect(recoloured).toBeLessThan(12)
  })

  it('stay where some must share one: nine members under one roof, seven colours', () => {
    const count = 9
    const members = Int32Array.from({ length: count }, (_, k) => k)
    const ground: PatchGround = {
      near: { start: Uint32Array.of(0, 0), item: new Int32Array(0) },
      byBuilding: { start: Uint32Array.of(0, count), item: members },
      householdBuilding: new Int32Array(count),
      householdMember: members,
      memberCount: count,
      colours: 7,
    }
    const colours = colourPatches(ground)
    expect(new Set(colours).size).toBe(7)
    for (const household of members) expect(mendPatchColours(ground, colours, [household])).toBe(colours)
    expect(colourPatches(ground, colours)).toEqual(colours)
  })

  it('are none for members without households; nearest buildings are those within the limit', () => {
    const ground = makePatches(1, 4, 3)
    const nobody = { ...ground, memberCount: 4 }
    expect(colourPatches(nobody)[3]).toBe(-1)
    expect(nearBuildings(Float64Array.of(0, 0, 10, 0, 200, 0, NaN, NaN), 3, 50)).toEqual({ start: Uint32Array.of(0, 1, 2, 2, 2), item: Int32Array.of(1, 0) })
  })
})
