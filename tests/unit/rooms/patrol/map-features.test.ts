import { dutyPieces } from '@/core/patrol/duty-pieces'
import type { RouteStep } from '@/core/patrol/patrol'
import { PATROL_SETTINGS, type DutyRule } from '@/core/patrol/patrol-scope'
import { toDegrees } from '@/core/places-in-metres'
import { checkpointStands } from '@/rooms/patrol/operations/checkpoint-stands'
import { measureStreets } from '@/rooms/patrol/operations/cut-stretch'
import { dutiesBefore } from '@/rooms/patrol/operations/duties-before'
import { findBreaks } from '@/rooms/patrol/operations/find-breaks'
import { routeFeatures } from '@/rooms/patrol/operations/route-features'
import { coverageFeatures, dutyFeatures, recencyFeatures } from '@/rooms/patrol/operations/street-features'
import { matchedFeatures, traceFeatures } from '@/rooms/patrol/operations/walk-features'
import { lookOfAge } from '@/rooms/patrol/street-looks'
import { describe, expect, it } from 'vitest'
import { makeNetwork, makeStreet } from './make-patrols'

const street = makeStreet()
const ground = { streets: measureStreets(street), frame: street.land.frame }
const rule = (parts: Partial<DutyRule>): DutyRule => ({ id: 1, streetId: 11, fromCm: 0, toCm: 10_000, duty: 'none', bothSides: false, reason: '施工', by: '李*', at: '2026-11-20T08:00:00+08:00', ...parts })
const looks = (features: readonly GeoJSON.Feature[]) => features.map(({ properties }) => properties!.look as string)
const lengthM = ({ geometry }: GeoJSON.Feature): number => {
  const [[ax, ay], [bx, by]] = [(geometry as GeoJSON.LineString).coordinates[0], (geometry as GeoJSON.LineString).coordinates.at(-1)!]
  return Math.hypot((bx - ax) * street.land.frame.mPerDegLng, (by - ay) * street.land.frame.mPerDegLat)
}

describe('streets by what is asked of them', () => {
  it('draws every street once, parted where a rule set by hand begins, and says so', () => {
    const pieces = dutyPieces(street, [rule({}), rule({ id: 2, streetId: 12, duty: 'weekly', bothSides: true, toCm: 40_000 })], PATROL_SETTINGS)
    const features = dutyFeatures(ground, pieces)
    expect(features).toHaveLength(10)
    expect(features[0].properties).toEqual({ look: 'off', both: false, hand: true })
    expect(lengthM(features[0])).toBeCloseTo(100, 1)
    expect(features[1].properties).toEqual({ look: 'daily', both: false, hand: false })
    expect(features[2].properties).toEqual({ look: 'weekly', both: true, hand: true })
  })

  it('gives back what was set before: rules that held, and none where none did', () => {
    const pieces = dutyPieces(street, [rule({ toCm: 5_000 })], PATROL_SETTINGS)
    expect(dutiesBefore([{ streetId: 11, fromCm: 2_000, toCm: 10_000 }], pieces)).toEqual([
      { streetId: 11, fromCm: 2_000, toCm: 5_000, duty: 'none', bothSides: false, reason: '施工' },
      { streetId: 11, fromCm: 5_000, toCm: 10_000, duty: null, bothSides: false, reason: '' },
    ])
  })
})

describe('streets by what became of them', () => {
  const covered = (['covered', 'partial', 'missed', 'none'] as const).map((coverage, k) => ({ streetId: 11 + k, fromCm: 0, toCm: 10_000, coverage, share: 0, walked: k === 1 ? [{ fromCm: 2_000, toCm: 5_000 }] : [], daysSince: [0, 3, null, null][k] }))

  it('tells the four apart, and what need not be walked from what nobody walked', () => {
    expect(looks(coverageFeatures(ground, covered))).toEqual(['covered', 'missed', 'partial', 'missed', 'missed', 'off'])
    expect(looks(recencyFeatures(ground, covered))).toEqual(['age0', 'age1', 'never', 'off'])
  })

  it('draws what was partly walked as far as it was walked, and the rest as missed', () => {
    expect(coverageFeatures(ground, covered.slice(1, 2)).map((feature) => Math.round(lengthM(feature)))).toEqual([20, 30, 50])
  })

  it('joins stretches of a street that go on one another and look the same', () => {
    const next = { ...covered[0], fromCm: 10_000, toCm: 20_000 }
    expect(coverageFeatures(ground, [covered[0], next, { ...next, streetId: 12 }]).map((feature) => Math.round(lengthM(feature)))).toEqual([200, 100])
    expect(looks(recencyFeatures(ground, [covered[0], { ...next, daysSince: 9 }]))).toEqual(['age0', 'age3'])
  })

  it('has five fixed classes of days, their ends inclusive', () => {
    expect([0, 1, 3, 4, 7, 8, 14, 15, 400].map(lookOfAge)).toEqual(['age0', 'age1', 'age1', 'age2', 'age2', 'age3', 'age3', 'age4', 'age4'])
  })

  it('leaves out streets that are no more', () => {
    expect(coverageFeatures(ground, [{ ...covered[0], streetId: 999 }])).toEqual([])
  })
})

describe('routes', () => {
  const step = (streetId: number, k: number, parts: Partial<RouteStep> = {}): RouteStep => ({ streetId, fromCm: 10_000 * k, toCm: 10_000 * (k + 1), reversed: false, served: true, ...parts })

  it('draws a stretch once a route, served before passed, and routes on one street beside one another', () => {
    const { lines } = routeFeatures([
      { number: 1, steps: [step(11, 0), step(11, 0, { served: false, reversed: true }), step(0, 0)] },
      { number: 2, steps: [step(11, 0, { served: false }), step(12, 0)] },
    ], ground)
    expect(lines.map(({ properties }) => [properties!.route, properties!.served, properties!.lane])).toEqual([[1, true, 0], [2, true, 0], [2, false, 1]])
  })

  it('points arrows the way it is walked, over steps that follow one another', () => {
    const { ways, numbers } = routeFeatures([{ number: 1, steps: [step(11, 1, { reversed: true }), step(11, 0, { reversed: true }), step(14, 0)] }], ground)
    expect(ways).toHaveLength(2)
    const back = (ways[0].geometry as GeoJSON.LineString).coordinates
    expect(back).toHaveLength(3)
    expect(back[0][0]).toBeGreaterThan(back[2][0])
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers[0].properties!.icon).toBe('route:1/0072B2')
  })
})

describe('a walk', () => {
  it('shows its own matched stretches and no others, and raw fixes only where they were read', () => {
    const walked = { count: 2, track: Int32Array.of(0, -1), streetId: Int32Array.of(11, 12), fromCm: Int32Array.of(0, 0), toCm: Int32Array.of(10_000, 10_000), fromS: Uint32Array.of(1, 1), toS: Uint32Array.of(2, 2), confidence: Uint8Array.of(90, 90) }
    expect(matchedFeatures(ground, walked, 0).map(({ properties }) => properties)).toEqual([{ kind: 'matched', confidence: 90 }])
    expect(traceFeatures({ trackId: 'a', raw: [], yards: [] })).toEqual([])
    const at = (k: number) => ({ lngLat: toDegrees(street.land.frame, k, 0), accuracyM: 5, isDropped: k === 1 })
    const kinds = traceFeatures({ trackId: 'a', raw: [at(0), at(1), at(2)], yards: [] }).map(({ properties }) => properties!.kind as string)
    expect(kinds).toEqual(['raw', 'fix', 'dropped', 'fix'])
  })
})

describe('where streets do not hang together', () => {
  /*
   *  The ways of the made-up street with two more segments: an island of 40 m far off, and a path of 20 m over a gap.
   */
  it('tells islands with their length and the gaps a path is assumed over', () => {
    const network = makeNetwork(street)
    const nodes = network.nodeXYM.length / 2
    const segments = network.segmentLine.length
    const add = (column: Int32Array, ...values: number[]) => Int32Array.from([...column, ...values])
    const found = findBreaks({
      ...network,
      nodeXYM: Float64Array.from([...network.nodeXYM, 900, 0, 940, 0]),
      segmentFrom: add(network.segmentFrom, nodes, 0), segmentTo: add(network.segmentTo, nodes + 1, 1), segmentLine: add(network.segmentLine, 0, -1),
      segmentLengthM: Float64Array.from([...network.segmentLengthM, 40, 20]),
      pathStart: Uint32Array.from([...network.pathStart, network.pathStart[segments] + 2, network.pathStart[segments] + 4]),
      pathXYM: Float64Array.from([...network.pathXYM, 900, 0, 940, 0, 0, 0, 20, 0]),
      component: add(network.component, 1, 1), componentLengthM: Float64Array.of(3100, 40),
    }, street.land.frame)
    expect(found.islands.map(({ segments: own, metres }) => [own, metres])).toEqual([[[segments], 40]])
    expect(found.islands[0].bounds[0]).toBeGreaterThan(found.gaps[0].bounds[2])
    expect(found.gaps.map(({ segment, metres }) => [segment, metres])).toEqual([[segments + 1, 20]])
  })
})

describe('checkpoints', () => {
  const dayEndMs = Date.parse('2026-11-23T00:00:00+08:00')
  const one = (id: number, lastAt: string | null, everyDays: number) => ({ id, name: '', note: '', lngLat: [0, 0] as const, community: 0, radiusM: 30, dwellS: 60, everyDays, lastAt })

  it('are due once their days are over, and visited or probable while their mark is good', () => {
    const stands = checkpointStands(
      [one(1, null, 1), one(2, '2026-11-22T09:00:00+08:00', 1), one(3, null, 7), one(4, '2026-11-15T09:00:00+08:00', 7), one(5, '2026-11-16T09:00:00+08:00', 7)],
      [
        { checkpointId: 2, track: 0, mark: 'visited', at: '2026-11-22T09:00:00+08:00' },
        { checkpointId: 3, track: 0, mark: 'probable', at: '2026-11-20T09:00:00+08:00' },
        { checkpointId: 1, track: 0, mark: 'visited', at: '2026-11-21T23:59:00+08:00' },
      ],
      dayEndMs,
    )
    expect(Object.fromEntries(stands)).toEqual({ 1: 'due', 2: 'visited', 3: 'probable', 4: 'due', 5: 'idle' })
  })
})
