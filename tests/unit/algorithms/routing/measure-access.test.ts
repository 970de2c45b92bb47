import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bringOnto, makeAccessGround, type AccessGround, type AccessInput } from '@/algorithms/routing/access-ground'
import { measureAccess, nearestStations } from '@/algorithms/routing/measure-access'
import { reachedPieces } from '@/algorithms/routing/service-areas'
import { walksWithin } from '@/algorithms/routing/walks-within'
import { lineColumns, points, randomNetwork, streetColumns, type Line } from '../../../helpers/street-drawings'

type Place = readonly [x: number, y: number]

interface Drawn {
  readonly streets: readonly Line[]
  readonly doors: readonly Place[]
  readonly stations: readonly Place[]
  readonly walls?: readonly Line[]
  readonly shut?: readonly Place[]
  readonly level?: readonly number[]
  readonly classes?: string[]
}

const places = (list: readonly Place[], limitM: number) => ({ xyM: points(list), limitM: new Float64Array(list.length).fill(limitM) })

function inputOf({ streets, doors, stations, walls = [], shut = [], level = stations.map(() => 0), classes }: Drawn, limitM = 50): AccessInput {
  return {
    streets: streetColumns(streets, classes),
    barriers: { lines: lineColumns(walls), closedXYM: points(shut) },
    doors: places(doors, limitM),
    stations: places(stations, limitM),
    stationLevel: Uint8Array.from(level),
    levels: 5,
  }
}

const measured = (drawn: Drawn, limitM?: number) => {
  const input = inputOf(drawn, limitM)
  const ground = makeAccessGround(input)
  return { ground, ...measureAccess(ground, input.stationLevel, input.levels) }
}
/** The nearest of level 0 by door. */
const firstLevel = <T extends Int32Array>(columns: T): number[] => [...columns].filter((_, k) => k % 5 === 0)

describe('walks to stations', () => {
  //  (0,0)––––––––––––––––––(1000,0)    doors at 100 (beside, 10 m), 900, and 5000 m away; stations at 0 (level 0) and 1000 (level 2)
  it('are those to the nearest of each level, with both access legs', () => {
    const { station, walkCm, accessCm } = measured({ streets: [[[0, 0], [1000, 0]]], doors: [[100, 10], [900, 0], [6000, 0]], stations: [[0, 5], [1000, 0], [500, 0]], level: [0, 2, 2] })
    expect([...station]).toEqual([0, -1, 2, -1, -1, 0, -1, 1, -1, -1, -1, -1, -1, -1, -1])
    expect([...walkCm]).toEqual([11_500, -1, 41_000, -1, -1, 90_500, -1, 10_000, -1, -1, -1, -1, -1, -1, -1])
    expect([...accessCm]).toEqual([1000, 0, -1])
  })

  it('lead nowhere without stations, nor to one that is on no street', () => {
    const street: Drawn = { streets: [[[0, 0], [1000, 0]]], doors: [[100, 0], [200, 0]], stations: [] }
    expect([...measured(street).walkCm]).toEqual(new Array(10).fill(-1))
    expect([...measured(street).station]).toEqual(new Array(10).fill(-1))
    const apart = measured({ ...street, stations: [[500, 60]] })
    expect([...apart.ground.stations.refused]).toEqual([0])
    expect(firstLevel(apart.walkCm)).toEqual([-1, -1])
    expect([...walksWithin(apart.ground.graph, apart.ground.stations, apart.ground.doors, 1e6).place]).toEqual([])
    // Nor where there is no street at all.
    expect([...measured({ streets: [], doors: [[0, 0]], stations: [[0, 0]] }).accessCm]).toEqual([-1])
  })

  it('count up to the limit, the last centimetre included', () => {
    // In tenths of metres, so that sums of doubles miss the limit by their last bits.
    const streets: Line[] = [Array.from({ length: 9 }, (_, k): Place => [100.1 * k, 0])]
    const { ground } = measured({ streets, doors: [[800, 0], [800.004, 0], [800.01, 0]], stations: [[0, 0]] })
    const within = walksWithin(ground.graph, ground.stations, ground.doors, 800)
    expect([...within.walkCm]).toEqual([80_000, 80_000])
    expect([...within.start]).toEqual([0, 1, 2, 2])
  })

  it('bring a door to the street up to its limit, the last centimetre included, and not beyond', () => {
    const { accessCm } = measured({ streets: [[[0, 0], [100, 0]]], doors: [[10, 50], [20, 50.004], [30, 50.01]], stations: [[0, 0]] })
    expect([...accessCm]).toEqual([5000, 5000, -1])
    const ownLimits = makeAccessGround({ ...inputOf({ streets: [[[0, 0], [100, 0]]], doors: [[10, 30], [20, 30]], stations: [] }), doors: { xyM: points([[10, 30], [20, 30]]), limitM: Float64Array.of(29.99, 30) } })
    expect([...ownLimits.doors.refused]).toEqual([0])
  })

  //   wall around the compound with a gate at (100,0) on its only lane
  //   ┌────────┐
  //   │  door  ╪══ lane ═══ station (300,0)
  //   └────────┘
  it('go by the gate, and not at all where it is shut', () => {
    const drawn: Drawn = {
      streets: [[[20, 0], [300, 0]], [[-60, 60], [300, 60]], [[300, 60], [300, 0]]],
      doors: [[20, 20]],
      stations: [[300, 0]],
      walls: [[[-40, -40], [100, -40], [100, 40], [-40, 40], [-40, -40]]],
    }
    // The street behind the wall is no nearer.
    expect(firstLevel(measured(drawn).walkCm)).toEqual([30_000])
    expect(firstLevel(measured({ ...drawn, shut: [[100, 0]] }).walkCm)).toEqual([-1])
  })

  it('put nobody on a barrier: not onto the bridge over the water, the railway, the motorway, nor through a wall', () => {
    const river: Line = [[-100, 20], [400, 20], [400, 60], [-100, 60], [-100, 20]]
    const bridge: Line = [[200, -50], [200, 130]]
    const { accessCm, ground } = measured({
      streets: [bridge, [[0, 130], [200, 130]], [[0, 90], [400, 90]]],
      classes: ['residential', 'residential', 'motorway'],
      // On the bank beside the bridge: the land end of it is as near as anybody gets. In the river beside its bank: to no bank.
      doors: [[210, 61], [10, 88], [10, 40], [200, 15]],
      stations: [[200, -50]],
      walls: [river],
    })
    expect(accessCm[0]).toBe(1000)
    expect(ground.doors.alongM[0]).toBeGreaterThan(109)
    // Past the motorway to the street behind it.
    expect(accessCm[1]).toBe(4200)
    // In the water, out of reach of the bridge without crossing its edge: told, not placed.
    expect(accessCm[2]).toBe(-1)
    expect(accessCm[3]).toBe(0)
  })

  it('name the station with the lower index of two as near', () => {
    const { station } = measured({ streets: [[[0, 0], [200, 0]]], doors: [[100, 0]], stations: [[0, 0], [200, 0], [0, 0]] })
    expect(station[0]).toBe(0)
  })

  it('are asked for again among some stations only, as among those open at an hour', () => {
    const { ground } = measured({ streets: [[[0, 0], [1000, 0]]], doors: [[100, 0], [900, 0]], stations: [[0, 0], [1000, 0]] })
    expect(nearestStations(ground, [1])).toEqual({ station: Int32Array.of(1, 1), walkCm: Int32Array.of(90_000, 10_000) })
    expect(nearestStations(ground, [])).toEqual({ station: Int32Array.of(-1, -1), walkCm: Int32Array.of(-1, -1) })
    expect([...nearestStations(ground, [1, 0]).station]).toEqual([0, 1])
  })

  it('refuse a position that is none', () => {
    expect(() => measured({ streets: [[[0, 0], [1, 0]]], doors: [[NaN, 0]], stations: [] })).toThrow('expected finite metres, got NaN at door 0')
  })

  it('are the shortest of all ways in any small network, by every question asked alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 60, max: 400 }), fc.integer({ min: 0, max: 5 }), (seed, streetCount, sideM, stationCount) => {
        const { streets, doorXYM } = randomNetwork(seed, streetCount, 9, sideM)
        const stationXYM = doorXYM.slice(0, 2 * stationCount)
        const limits = (count: number) => new Float64Array(count).fill(60)
        const ground = makeAccessGround({
          streets, barriers: {}, doors: { xyM: doorXYM, limitM: limits(9) }, stations: { xyM: stationXYM, limitM: limits(stationCount) },
          stationLevel: Uint8Array.from({ length: stationCount }, (_, k) => k % 2), levels: 2,
        })
        const ways = allWays(ground)
        const limitM = sideM / 2
        const rows = walksWithin(ground.graph, ground.stations, ground.doors, limitM)
        const levels = measureAccess(ground, Uint8Array.from({ length: stationCount }, (_, k) => k % 2), 2)
        ways.forEach((row, door) => {
          const near = row.flatMap((metres, station) => (Math.round(100 * metres) <= Math.round(100 * limitM) ? [[Math.round(100 * metres), station] as const] : []))
            .sort(([a, i], [b, j]) => a - b || i - j)
          const mine = Array.from(rows.place.subarray(rows.start[door], rows.start[door + 1]), (station, k) => [rows.walkCm[rows.start[door] + k], station] as const)
          // Within the rounding of a centimetre, which sums in another order may turn.
          expect(mine.length).toBe(near.length)
          mine.forEach(([cm], k) => expect(Math.abs(cm - near[k][0])).toBeLessThanOrEqual(1))
          for (const level of [0, 1]) {
            const best = Math.min(Infinity, ...row.filter((_, station) => station % 2 === level))
            const cm = levels.walkCm[2 * door + level]
            expect(cm === -1).toBe(best === Infinity)
            if (cm >= 0) expect(Math.abs(cm - 100 * best)).toBeLessThanOrEqual(1)
            if (cm >= 0) expect(Math.abs(100 * row[levels.station[2 * door + level]] - cm)).toBeLessThanOrEqual(1)
          }
        })
      }),
      { numRuns: 150 },
    )
  })
})

/** Metres from door to station over all nodes, as Floyd does it; Infinity where no way leads. */
function allWays({ graph, doors, stations }: AccessGround): number[][] {
  const nodes = graph.component.length
  const way = Array.from({ length: nodes }, (_, a) => Array.from({ length: nodes }, (__, b) => (a === b ? 0 : Infinity)))
  graph.edgeFrom.forEach((a, edge) => {
    const b = graph.edgeTo[edge]
    way[a][b] = way[b][a] = Math.min(way[a][b], graph.edgeLengthM[edge])
  })
  for (let via = 0; via < nodes; via++) {
    for (let a = 0; a < nodes; a++) for (let b = 0; b < nodes; b++) way[a][b] = Math.min(way[a][b], way[a][via] + way[via][b])
  }
  const ends = ({ edge, alongM }: AccessGround['doors'], k: number): [number, number][] =>
    edge[k] < 0 ? [] : [[graph.edgeFrom[edge[k]], alongM[k]], [graph.edgeTo[edge[k]], graph.edgeLengthM[edge[k]] - alongM[k]]]
  return Array.from(doors.edge, (edge, door) =>
    Array.from(stations.edge, (theirs, station) => {
      const byNodes = ends(doors, door).flatMap(([a, toA]) => ends(stations, station).map(([b, toB]) => toA + way[a][b] + toB))
      const along = edge >= 0 && edge === theirs ? [Math.abs(doors.alongM[door] - stations.alongM[station])] : []
      return doors.accessM[door] + stations.accessM[station] + Math.min(Infinity, ...byNodes, ...along)
    }))
}

describe('streets within reach', () => {
  const lengthsBy = (xyM: Float64Array, place: Int32Array): Map<number, number> => {
    const metres = new Map<number, number>()
    place.forEach((one, k) => metres.set(one, (metres.get(one) ?? 0) + Math.hypot(xyM[4 * k + 2] - xyM[4 * k], xyM[4 * k + 3] - xyM[4 * k + 1])))
    return metres
  }

  it('end at the exact limit and where another station comes nearer, also on one street between two junctions', () => {
    const { ground } = measured({ streets: [[[0, 0], [1000, 0]]], doors: [], stations: [[200, 10], [400, 0], [900, 0]] })
    const { xyM, place } = reachedPieces(ground.graph, ground.stations, 150)
    expect(lengthsBy(xyM, place)).toEqual(new Map([[0, 140 + 95], [1, 105 + 150], [2, 150 + 100]]))
    expect(reachedPieces(ground.graph, ground.stations, 9).place).toEqual(Int32Array.of(1, 2))
  })

  it('are every place nearer than the limit, and no other, in any small network', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 60, max: 400 }), (seed, streetCount, sideM) => {
        const { streets, doorXYM } = randomNetwork(seed, streetCount, 3, sideM)
        const ground = makeAccessGround({ streets, barriers: {}, doors: { xyM: doorXYM, limitM: new Float64Array(3).fill(60) }, stations: { xyM: doorXYM, limitM: new Float64Array(3).fill(60) }, stationLevel: new Uint8Array(3), levels: 1 })
        const limitM = sideM / 3
        const { xyM, place } = reachedPieces(ground.graph, ground.stations, limitM)
        // Each end and middle of a piece is within the limit of the station it is said to be of, which is the nearest there.
        const probes = Array.from(place, (_, k) => [0, 0.5, 1].map((share): Place => [xyM[4 * k] + share * (xyM[4 * k + 2] - xyM[4 * k]), xyM[4 * k + 1] + share * (xyM[4 * k + 3] - xyM[4 * k + 1])]))
        const there = bringOnto(ground.graph, places(probes.flat(), 0.01))
        allWays({ ...ground, doors: there }).forEach((row, k) => {
          expect(row[place[Math.floor(k / 3)]]).toBeLessThanOrEqual(limitM + 0.1)
          expect(row[place[Math.floor(k / 3)]]).toBeLessThanOrEqual(Math.min(...row) + 0.1)
        })
        // Nothing within the limit is left out: the metres are those of a fine walk along every street.
        const step = 0.5
        let withinM = 0
        ground.graph.edgeLengthM.forEach((lengthM, edge) => {
          const count = Math.max(1, Math.round(lengthM / step))
          const on = { xyM: new Float64Array(2 * count), edge: new Int32Array(count).fill(edge), alongM: Float64Array.from({ length: count }, (_, k) => ((k + 0.5) * lengthM) / count), accessM: new Float64Array(count), refused: new Int32Array() }
          for (const row of allWays({ ...ground, doors: on })) if (Math.min(Infinity, ...row) <= limitM) withinM += lengthM / count
        })
        const drawnM = [...lengthsBy(xyM, place).values()].reduce((sum, metres) => sum + metres, 0)
        expect(Math.abs(drawnM - withinM)).toBeLessThanOrEqual(step * (2 + 3 * ground.graph.edgeLengthM.length))
      }),
      { numRuns: 40 },
    )
  })
})
