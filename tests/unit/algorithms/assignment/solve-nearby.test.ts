import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearPairs, type Places } from '@/algorithms/assignment/near-pairs'
import { solveNearby } from '@/algorithms/assignment/solve-nearby'
import { solveTransport } from '@/algorithms/assignment/solve-transport'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** Places in a square of a kilometre: spread out, on a lattice with many at one place, in heaps far apart, or on a line. */
function drawPlaces(random: () => number, count: number, kind: string): Places {
  const draw = () => {
    const [x, y] = [1000 * random(), 1000 * random()]
    if (kind === 'lattice') return [Math.floor(x / 250) * 250, Math.floor(y / 250) * 250]
    if (kind === 'heaps') return [x / 100 + (x > 500 ? 900 : 0), y / 100 + (x < 100 ? 9000 : 0)]
    return [x, kind === 'line' ? 7 : y]
  }
  const places = Array.from({ length: count }, draw)
  return { x: Float64Array.from(places, ([x]) => x), y: Float64Array.from(places, ([, y]) => y) }
}

const kinds = fc.constantFrom('spread', 'lattice', 'heaps', 'line')

describe('pairs that lie near', () => {
  it('are those of sorting all distances', () => {
    fc.assert(
      fc.property(fc.integer(), kinds, fc.integer({ min: 1, max: 12 }), (seed, kind, each) => {
        const random = seededRandom(seed)
        const parts = drawPlaces(random, 30, kind)
        const members = drawPlaces(random, 45, kind)
        const metres = (part: number, member: number) => Math.sqrt((parts.x[part] - members.x[member]) ** 2 + (parts.y[part] - members.y[member]) ** 2)
        const expected = new Set<string>()
        for (let part = 0; part < 30; part++) {
          const order = [...members.x.keys()].sort((a, b) => metres(part, a) - metres(part, b) || a - b)
          for (const member of order.slice(0, each)) expected.add(`${part} ${member}`)
        }
        for (let member = 0; member < 45; member++) {
          const order = [...parts.x.keys()].sort((a, b) => metres(a, member) - metres(b, member) || a - b)
          for (const part of order.slice(0, each)) expected.add(`${part} ${member}`)
        }
        const pairs = nearPairs(parts, members, each)
        const found = [...pairs.part].map((part, at) => `${part} ${pairs.member[at]}`)
        expect(found.slice().sort()).toEqual([...expected].sort())
        pairs.lengthM.forEach((length, at) => expect(length).toBe(metres(pairs.part[at], pairs.member[at])))
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('are all there are where few are asked to have many, and none without places', () => {
    const [few, none] = [5, 0].map((count) => drawPlaces(seededRandom(1), count, 'spread'))
    expect(nearPairs(few, few, 60).part).toHaveLength(25)
    expect(nearPairs(few, none, 60).part).toHaveLength(0)
  })
})

describe('shares by straight ways', () => {
  it('are the best over all pairs, though few are listed', () => {
    fc.assert(
      fc.property(fc.integer(), kinds, fc.constantFrom(4, 9), (seed, kind, most) => {
        const random = seededRandom(seed)
        const task = {
          parts: drawPlaces(random, 50, kind),
          members: drawPlaces(random, 60, kind),
          supply: Int32Array.from({ length: 50 }, () => Math.floor(12 * random())),
          min: new Int32Array(60).fill(3),
          max: Int32Array.from({ length: 60 }, () => (random() < 0.1 ? 3 : most)),
          costsAMetre: 10,
        }
        const { part, member, lengthM } = nearPairs(task.parts, task.members, 60)
        const cost = Int32Array.from(lengthM, (metres) => Math.round(10 * metres))
        const whole = solveTransport({ ...task, arcs: { part, member, cost } })
        const { unservedUnits, shortUnits, objective, bound, isOptimal } = whole
        expect(solveNearby(task)).toMatchObject({ unservedUnits, shortUnits, objective, bound, isOptimal })
      }),
      { numRuns: 40, seed: 2 },
    )
  })
})
