import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Land } from '@/core/land'
import { checkLand } from '@/algorithms/topology/check-land'
import { cutLand } from '@/algorithms/topology/cut-land'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import type { LandBuilding, LandInput } from '@/algorithms/topology/land-input'
import { recutLand } from '@/algorithms/topology/recut-land'
import type { LandRecut } from '@/algorithms/topology/recut-land'
import { box, randomQuarter } from './random-quarter'
import { strayM2 } from './cut-share'

/** A cut whose cells and arcs have database ids. */
function savedCut(input: LandInput) {
  const cut = cutLand(input)
  const ids = (n: number) => Int32Array.from({ length: n }, (_, i) => 1000 + i)
  const land: Land = {
    ...cut.land, cellIds: ids(cut.land.cellIds.length), arcIds: ids(cut.land.arcIds.length), nodeIds: ids(cut.land.nodeIds.length),
  }
  return { land, formerIds: input.buildings.map((b) => b.id), formerCell: cut.buildingCell }
}

/** Area by cell id, square lattice steps. */
function areas(land: Land): Map<number, number> {
  const own = Int32Array.from(land.cellIds.keys())
  return new Map([...own].map((c) => [land.cellIds[c], deriveGridOutline(land, own, c, [c]).area2]))
}

function expectSound(before: Land, after: LandRecut, input: LandInput): void {
  expect(checkLand(after.land).problems).toEqual([])
  const saved = [...after.land.cellIds].filter((id) => id > 0)
  expect(new Set(saved).size).toBe(saved.length)
  const changed = new Set(after.changedCells)
  const then = areas(before)
  const own = Int32Array.from(after.land.cellIds.keys())
  for (const c of own) {
    if (changed.has(c)) continue
    // A new node on an old border is rounded to the lattice: at most a centimetre over one segment, below 0.05 m².
    const difference = deriveGridOutline(after.land, own, c, [c]).area2 - (then.get(after.land.cellIds[c]) as number)
    expect(Math.abs(difference)).toBeLessThan(2000)
  }
  input.buildings.forEach((b, i) => {
    expect(after.buildingCell[i]).toBeGreaterThanOrEqual(0)
    expect(strayM2(input, after, i), b.id).toBeLessThanOrEqual(0.5)
  })
}

describe('recutting', () => {
  const input = randomQuarter(5)
  const former = savedCut(input)

  it('changes no cell when buildings go', () => {
    const left = { ...input, buildings: input.buildings.filter((_, i) => ![3, 17, 40, 41, 60].includes(i)) }
    const after = recutLand({ ...former, input: left, changedBuildings: [], changedBoxes: [] })
    expect([...after.land.cellIds]).toEqual([...former.land.cellIds])
    expect([...after.land.arcXY]).toEqual([...former.land.arcXY])
    expect(after.changedCells.length).toBe(0)
    expectSound(former.land, after, left)
  })

  it('lets a new house join the cell it stands in', () => {
    const at = former.land.cellLabelXY
    const cell = [...former.land.cellIds.keys()].find((c) => former.land.cellAreaM2[c] > 1500) as number
    const ring = box(at[2 * cell] / 200, at[2 * cell + 1] / 200, 1.5, 1.5)
    const more = { ...input, buildings: [...input.buildings, { id: 'new', rings: [ring], households: 0 }] }
    const after = recutLand({ ...former, input: more, changedBuildings: ['new'], changedBoxes: [] })
    expect(after.changedCells.length).toBe(0)
    expect(after.land.cellIds[after.buildingCell[more.buildings.length - 1]]).toBe(former.land.cellIds[cell])
  })

  it('cuts again only what a new house lies across, whatever place it is given', () => {
    fc.assert(fc.property(fc.integer({ min: 20, max: 220 }), fc.integer({ min: 20, max: 220 }), fc.integer({ min: 0, max: 90 }), (x, y, turn) => {
      const extra: LandBuilding = { id: 'new', rings: [box(x, y, 14, 9, turn)], households: 3 }
      const more = { ...input, buildings: [...input.buildings, extra] }
      const after = recutLand({ ...former, input: more, changedBuildings: ['new'], changedBoxes: [] })
      expect(checkLand(after.land).problems).toEqual([])
      expect(after.changedCells.length).toBeLessThanOrEqual(8)
      expect(strayM2(more, after, more.buildings.length - 1)).toBeLessThanOrEqual(0.5)
      const kept = [...after.land.cellIds].filter((id) => id > 0).length
      expect(former.land.cellIds.length - kept).toBeLessThanOrEqual(2)
    }), { numRuns: 30, verbose: true })
  })

  it('divides a cell that has grown too large, and one part keeps its id', () => {
    const cell = [...former.land.cellIds.keys()].find((c) => {
      const own = input.buildings.filter((_, i) => former.formerCell[i] === c)
      return own.length >= 5 && own.every((b) => b.households < 14)
    }) as number
    const grown = input.buildings.map((b, i) => (former.formerCell[i] === cell ? { ...b, households: 18 } : b))
    const names = grown.filter((_, i) => former.formerCell[i] === cell).map((b) => b.id)
    const after = recutLand({ ...former, input: { ...input, buildings: grown }, changedBuildings: names, changedBoxes: [] })
    expect(after.changedCells.length).toBeGreaterThanOrEqual(2)
    expect([...after.changedCells].filter((c) => after.land.cellIds[c] === former.land.cellIds[cell]).length).toBe(1)
    expectSound(former.land, after, { ...input, buildings: grown })
  })

  it('cuts again where a street is new, within the old outer borders', () => {
    const streets = [...input.streets, { id: 'new', line: Int32Array.of(60 * 200, 10 * 200, 66 * 200, 110 * 200), highway: 'residential' }]
    const after = recutLand({
      ...former, input: { ...input, streets }, changedBuildings: [], changedBoxes: [[59 * 200, 10 * 200, 67 * 200, 110 * 200]],
    })
    expect(after.changedCells.length).toBeGreaterThan(0)
    expect(after.changedCells.length).toBeLessThan(former.land.cellIds.length)
    expectSound(former.land, after, { ...input, streets })
  })
})
