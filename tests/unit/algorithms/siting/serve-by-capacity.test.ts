import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WalkRows } from '@/algorithms/routing/walks-within'
import { serveByCapacity } from '@/algorithms/siting/serve-by-capacity'

/** By door: centimetres to stations within the limit, by index. */
function rowsOf(doors: readonly (readonly (readonly [station: number, walkCm: number])[])[]): WalkRows {
  const rows = doors.map((row) => [...row].sort(([a, aCm], [b, bCm]) => aCm - bCm || a - b))
  return {
    start: Uint32Array.from([0, ...rows.map((_, k) => rows.slice(0, k + 1).flat().length)]),
    place: Int32Array.from(rows.flat(), ([station]) => station),
    walkCm: Int32Array.from(rows.flat(), ([, walkCm]) => walkCm),
  }
}
const serve = (doors: Parameters<typeof rowsOf>[0], households: readonly number[], capacity: readonly number[]) =>
  serveByCapacity(rowsOf(doors), Int32Array.from(households), Int32Array.from(capacity))

describe('who is served when stations are full', () => {
  it('everybody at the nearest where there is room, or where as many come as like', () => {
    const roomy = serve([[[0, 100], [1, 500]], [[1, 200]], []], [5, 3, 4], [5, 3])
    expect([...roomy.flow]).toEqual([5, 0, 3])
    expect([[...roomy.reached], [...roomy.served], [...roomy.load], [...roomy.within]]).toEqual([[5, 3, 0], [5, 3, 0], [5, 3], [5, 8]])
    expect([...serve([[[0, 100]], [[0, 900]]], [500, 700], [0]).served]).toEqual([500, 700])
  })

  it('a full station serves no further, and whom it has no room for is reached, not served', () => {
    const full = serve([[[0, 100]], [[0, 200]]], [4, 4], [5])
    expect([...full.load]).toEqual([5])
    // The near ones first: that is the least walking for as many.
    expect([...full.served]).toEqual([4, 1])
    expect([...full.reached]).toEqual([4, 4])
  })

  it('sends some farther where that leaves room for others who have no other', () => {
    const helped = serve([[[0, 100], [1, 700]], [[0, 300]]], [5, 5], [5, 5])
    expect([...helped.flow]).toEqual([0, 5, 5])
    expect([...helped.served]).toEqual([5, 5])
  })

  it('nobody is reached without stations, and doors without households ask for nothing', () => {
    expect([...serve([[], []], [3, 2], []).reached]).toEqual([0, 0])
    const empty = serve([[[0, 10]], [[0, 20]]], [0, 2], [1])
    expect([[...empty.served], [...empty.load]]).toEqual([[0, 1], [1]])
  })

  it('as many as can be, with the least walking, as the sums of parts tell, in any small case', () => {
    const place = fc.record({ station: fc.nat(2), walkCm: fc.nat(20) })
    fc.assert(
      fc.property(fc.array(fc.record({ households: fc.nat(3), near: fc.uniqueArray(place, { selector: ({ station }) => station, maxLength: 3 }) }), { maxLength: 4 }), fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), (doors, capacity) => {
        const walks = rowsOf(doors.map(({ near }) => near.map(({ station, walkCm }) => [station, walkCm] as const)))
        const households = Int32Array.from(doors, (door) => door.households)
        const { flow, reached, served, load, within } = serveByCapacity(walks, households, Int32Array.from(capacity))
        const sumOf = (column: ArrayLike<number>): number => Array.from(column).reduce((a, b) => a + b, 0)
        const loadOf = new Int32Array(3)
        doors.forEach(({ near, households: count }, door) => {
          const own = flow.subarray(walks.start[door], walks.start[door + 1])
          own.forEach((units, k) => (loadOf[walks.place[walks.start[door] + k]] += units))
          expect(sumOf(own)).toBe(served[door])
          expect(served[door]).toBeLessThanOrEqual(reached[door])
          expect(reached[door]).toBe(near.length > 0 ? count : 0)
        })
        expect([...load]).toEqual([...loadOf])
        load.forEach((units, station) => {
          if (capacity[station] > 0) expect(units).toBeLessThanOrEqual(capacity[station])
          expect(units).toBeLessThanOrEqual(within[station])
        })
        const best = bestOf(doors, capacity)
        expect(sumOf(served)).toBe(best.served)
        expect(flow.reduce((sum, units, k) => sum + units * walks.walkCm[k], 0)).toBe(best.walkCm)
      }),
      { numRuns: 200 },
    )
  })
})

/** Most served with the least walking, by trying every station for every household. */
function bestOf(doors: readonly { households: number; near: readonly { station: number; walkCm: number }[] }[], capacity: readonly number[]): { served: number; walkCm: number } {
  const people = doors.flatMap(({ households, near }) => Array.from({ length: households }, () => near))
  const known = new Map<string, { served: number; walkCm: number }>()
  const from = (person: number, left: readonly number[]): { served: number; walkCm: number } => {
    if (person === people.length) return { served: 0, walkCm: 0 }
    const key = `${person},${left.join()}`
    const before = known.get(key)
    if (before) return before
    let best = from(person + 1, left)
    for (const { station, walkCm } of people[person]) {
      if (left[station] === 0) continue
      const rest = from(person + 1, left.map((room, k) => (k === station ? room - 1 : room)))
      const here = { served: rest.served + 1, walkCm: rest.walkCm + walkCm }
      if (here.served > best.served || (here.served === best.served && here.walkCm < best.walkCm)) best = here
    }
    known.set(key, best)
    return best
  }
  return from(0, capacity.map((most) => (most === 0 ? Infinity : most)))
}
