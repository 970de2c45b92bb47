import { buildPatrolNetwork } from '@/algorithms/arc-routing/build-patrol-network'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { dutyPieces, lineLengthCm } from '@/core/patrol/duty-pieces'
import { STREET_COVERAGES } from '@/core/patrol/patrol'
import { PATROL_SETTINGS, type DutyRule, type PatrolScope, type WalkedColumns } from '@/core/patrol/patrol-scope'
import { linesInMetres, toDegrees } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { coverageBasis, coverageOfPeriod, walkedOfPeriod, walkedParts, type CoverageSum } from '@/rooms/patrol/operations/coverage-of-period'
import { missedOfDay, namesAtNodes } from '@/rooms/patrol/operations/missed-of-day'
import { segmentPlaces } from '@/rooms/patrol/operations/segment-places'
import { shareStreets } from '@/rooms/patrol/operations/share-streets'
import { streetGround } from '@/rooms/patrol/operations/street-ground'
import { describe, expect, it } from 'vitest'
import { makeNetwork, makePatrols, makeStreet, NOW_MS } from './make-patrols'

const DAY_S = 86_400
const TODAY_S = Date.parse('2026-11-22T00:00:00+08:00') / 1000
const END_S = TODAY_S + DAY_S

/** Stretches walked: street, from and to in metres, days before today. */
function walkedOf(rows: readonly (readonly [streetId: number, fromM: number, toM: number, daysAgo: number])[]): WalkedColumns {
  const atS = rows.map(([, , , daysAgo]) => NOW_MS / 1000 - 3600 - daysAgo * DAY_S)
  return {
    count: rows.length,
    track: new Int32Array(rows.length).fill(-1),
    streetId: Int32Array.from(rows, ([streetId]) => streetId),
    fromCm: Int32Array.from(rows, ([, fromM]) => Math.round(100 * fromM)),
    toCm: Int32Array.from(rows, ([, , toM]) => Math.round(100 * toM)),
    fromS: Uint32Array.from(atS),
    toS: Uint32Array.from(atS, (s) => s + 60),
    confidence: new Uint8Array(rows.length).fill(90),
  }
}

function cover(scope: Scope, patrols: PatrolScope, days: number, network = makeNetwork(scope)) {
  const ground = streetGround(scope, shareStreets(scope), dutyPieces(scope, patrols.duties, patrols.settings), network)
  const span = { fromS: END_S - days * DAY_S, toS: END_S }
  const basis = coverageBasis(scope, patrols, ground, network.segmentFrom.length)
  return { ground, network, basis, of: coverageOfPeriod(basis, span, END_S) }
}

const rule = (streetId: number, fromM: number, toM: number, duty: DutyRule['duty']): DutyRule => ({
  id: 1, streetId, fromCm: 100 * fromM, toCm: 100 * toM, duty, bothSides: false, reason: '施工', by: '赵*', at: '2026-11-01T00:00:00Z',
})

function add(sums: readonly CoverageSum[]): CoverageSum {
  const of = (key: Exclude<keyof CoverageSum, 'recencyCm'>): number => sums.reduce((sum, one) => sum + one[key], 0)
  return {
    totalCm: of('totalCm'), noneCm: of('noneCm'), coveredCm: of('coveredCm'), partialCm: of('partialCm'), missedCm: of('missedCm'), walkedCm: of('walkedCm'),
    recencyCm: sums[0].recencyCm.map((_, k) => sums.reduce((sum, one) => sum + one.recencyCm[k], 0)),
  }
}

describe('coverage of a period', () => {
  const scope = makeStreet()

  /*
   * Way 12 (y = 100) was walked from 0 to 100 m today, from 95 to 100 m three days ago, and from 100 to 150 m; way 13 ten days ago.
   */
  const walked = walkedOf([[12, 0, 100, 0], [12, 95, 100, 3], [12, 100, 150, 0], [13, 0, 400, 10]])

  it('counts a street walked twice once, and tells covered, partial and missed apart', () => {
    const { of, network } = cover(scope, makePatrols({ walked }), 7)
    expect(of.total.walkedCm).toBe(15_000)
    const stateAt = (line: number, k: number) => STREET_COVERAGES[of.state[network.segmentLine.findIndex((one, s) => one === line && network.segmentFromCm[s] === k * 10_000)]]
    expect([0, 1, 2].map((k) => stateAt(1, k))).toEqual(['covered', 'partial', 'missed'])
    expect(stateAt(2, 0)).toBe('missed')
    expect([of.total.coveredCm, of.total.partialCm]).toEqual([10_000, 10_000])
    expect(of.total.recencyCm).toEqual([15_000, 0, 0, 0, 0])
  })

  it('tells which parts of a stretch were walked, walks that overlap as one', () => {
    const { of } = cover(scope, makePatrols({ walked: walkedOf([[12, 100, 130, 0], [12, 120, 150, 2], [12, 180, 260, 1]]) }), 7)
    expect(walkedParts(of.parts, 1, 10_000, 20_000)).toEqual([{ fromCm: 10_000, toCm: 15_000 }, { fromCm: 18_000, toCm: 20_000 }])
  })

  it('tells the days since by the latest walk, over the whole period', () => {
    const { of } = cover(scope, makePatrols({ walked }), 28)
    expect(of.total.recencyCm).toEqual([15_000, 0, 0, 40_000, 0])
  })

  it('counts what nobody need patrol as done, and never as walked', () => {
    const { of } = cover(scope, makePatrols({ walked, duties: [rule(12, 0, 100, 'none')] }), 7)
    expect(of.total.noneCm).toBe(10_000)
    expect(of.total.walkedCm).toBe(5_000)
  })

  it('gives a street on the border of two grids to one of them', () => {
    const shares = shareStreets(scope).filter(({ streetId }) => streetId === 23)
    expect(shares).toHaveLength(1)
    expect(shares[0]).toMatchObject({ fromCm: 0, toCm: 30_000 })
    expect(shares[0].grid).toBeGreaterThanOrEqual(0)
  })

  it('cuts a street where two grids meet, to the centimetre', () => {
    const shares = shareStreets(scope).filter(({ streetId }) => streetId === 12)
    expect(shares.map(({ fromCm, toCm, community }) => ({ fromCm, toCm, community }))).toEqual([
      { fromCm: 0, toCm: 20_000, community: 0 }, { fromCm: 20_000, toCm: 40_000, community: 1 },
    ])
  })

  it('adds up to the centimetre over grids and communities, whatever the streets, duties and walks', () => {
    let seed = 20_261_122
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 12; round++) {
      const streets = Array.from({ length: 25 }, (_, k) => ({
        id: 100 + k, name: '', class: random() < 0.8 ? 'residential' : 'motorway',
        line: Array.from({ length: 2 + Math.floor(4 * random()) }, () => toDegrees(scope.land.frame, 440 * random() - 20, 340 * random() - 20)),
      }))
      const made = { ...scope, streets }
      const lines = linesInMetres(scope.land.frame, streets.map(({ line }) => line))
      const network = buildPatrolNetwork(buildStreetGraph({ ...lines, classes: streets.map((street) => street.class) }), lines)
      const lengthOf = (k: number): number => lineLengthCm(scope.land.frame, streets[k].line)
      const rows = Array.from({ length: 60 }, (): [number, number, number, number] => {
        const k = Math.floor(25 * random())
        const [a, b] = [random(), random()].sort((x, y) => x - y).map((share) => Math.floor(share * lengthOf(k)) / 100)
        return [100 + k, a, b + 0.01, Math.floor(30 * random())]
      })
      const { of, ground, basis } = cover(made, makePatrols({ walked: walkedOf(rows), duties: [rule(103, 10, 40, 'none')] }), 28, network)
      const note = `round ${round}`
      expect(of.total.totalCm, note).toBe(streets.reduce((sum, _, k) => sum + lengthOf(k), 0))
      expect(add(of.byGrid), note).toEqual(of.total)
      expect(add(of.byCommunity), note).toEqual(of.total)
      expect(of.total.noneCm + of.total.coveredCm + of.total.partialCm + of.total.missedCm, note).toBe(of.total.totalCm)
      expect(of.total.recencyCm.reduce((sum, cm) => sum + cm, 0), note).toBe(of.total.walkedCm)
      expect(of.walkedCm.reduce((sum, cm) => sum + cm, 0), note).toBe(of.total.walkedCm)
      expect(ground.count, note).toBeGreaterThan(25)
      for (const daysAgo of [0, 3, 17]) {
        const day = { fromS: END_S - (daysAgo + 1) * DAY_S, toS: END_S - daysAgo * DAY_S }
        const one = coverageOfPeriod(basis, day, day.toS)
        expect([null, 0, 1].map((community) => walkedOfPeriod(basis, day, null, community)), note).toEqual([one.total, one.byCommunity[0], one.byCommunity[1]].map(({ walkedCm }) => walkedCm))
      }
    }
  })
})

describe('what was missed', () => {
  const scope = makeStreet()
  const settings = { ...PATROL_SETTINGS, otherwise: 'daily' as const }

  it('asks of each street what its duty asks, and joins neighbours', () => {
    // Way 12 is weekly and was walked to its middle three days ago; way 11 is daily and was walked yesterday; the rest today.
    const rest = [13, 14, 21, 22, 23, 24, 25].map((id): [number, number, number, number] => [id, 0, id < 20 ? 400 : 300, 0])
    const patrols = makePatrols({ settings, duties: [rule(12, 0, 400, 'weekly')], walked: walkedOf([[12, 0, 200, 3], [11, 0, 400, 1], ...rest]) })
    const [daily, weekly, long] = [1, 7, 28].map((days) => cover(scope, patrols, days))
    const rows = missedOfDay(scope.streets.map(({ id }) => id), daily.network, daily.ground, { daily: daily.of, weekly: weekly.of, long: long.of }, segmentPlaces(daily.network, scope))
    expect(rows.map(({ line, duty, coverage, leftCm, community, stretches }) => [scope.streets[line].id, duty, coverage, leftCm, community, stretches.length])).toEqual([
      [11, 'daily', 'missed', 20_000, 0, 2],
      [11, 'daily', 'missed', 20_000, 1, 2],
      [12, 'weekly', 'missed', 20_000, 1, 2],
    ])
    expect(rows[0].coveredS).toBeGreaterThan(TODAY_S - DAY_S)
    expect(rows[2].coveredS).toBe(0)
    const names = namesAtNodes(daily.network, scope.streets.map(({ name }) => name))
    expect([...names[rows[2].toNode]].sort()).toEqual(['12路', '25路'])
  })
})
