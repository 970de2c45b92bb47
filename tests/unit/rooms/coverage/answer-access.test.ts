import { makeAccessGround, type AccessInput } from '@/algorithms/routing/access-ground'
import { answerAccessJob } from '@/rooms/coverage/jobs/answer-access/answer-access-job'
import { accessFigures, buildingRows, stationRows } from '@/rooms/coverage/operations/access-figures'
import { REACH } from '@/rooms/coverage/operations/compare-circle'
import { areaFeatures, circleFeature, wayFeatures } from '@/rooms/coverage/operations/reach-features'
import { stationsAsked } from '@/rooms/coverage/operations/stations-asked'
import { makeLandFrame } from '@/core/land-frame'
import { toMetres } from '@/core/places-in-metres'
import type { Station } from '@/core/scope'
import { describe, expect, it } from 'vitest'

/*
 *  A street along y = 0 from x = 0 to 1000, and one along y = 200 that meets it at x = 1000 only. Doors stand on the streets.
 *
 *   y=200  d2────────────────────────────── (400, 200) d3 ────────┐      d4 stands at (0, 900), on no street
 *                                                                 │
 *   y=0    s0 d0───────── d1 (300, 0) ────────────────── s1 (900) ┘
 */
const DOORS = [[0, 0], [300, 0], [0, 200], [400, 200], [0, 900]] as const
const HOUSEHOLDS = Int32Array.of(10, 20, 5, 8, 3)
const STATIONS = [[0, 0], [900, 0]] as const
const columns = (places: readonly (readonly [number, number])[]) => Float64Array.from(places.flat())
const input: AccessInput = {
  streets: { xyM: columns([[0, 0], [1000, 0], [1000, 200], [0, 200]]), start: Uint32Array.of(0, 4), classes: ['residential'] },
  barriers: {},
  doors: { xyM: columns(DOORS), limitM: new Float64Array(DOORS.length).fill(100) },
  stations: { xyM: columns(STATIONS), limitM: new Float64Array(2).fill(100) },
  stationLevel: Uint8Array.of(0, 1),
  levels: 5,
}
const ground = makeAccessGround(input)
const all = () => true
const ask = (asked: readonly number[], limitM: number, capacity: readonly number[] = [0, 0]) =>
  answerAccessJob({ ground, asked, limitM, households: HOUSEHOLDS, capacity: Int32Array.from(capacity) }, { onProgress: () => undefined })

describe('who reaches a station', () => {
  it('tells the walk and the circle apart, and who is on no street; the parts add up', () => {
    const answer = ask([0], 300)
    // d1 walks exactly 300 m; d2 is 200 m off and walks 2,200 m.
    expect([...answer.comparison.reach]).toEqual([REACH.foot, REACH.foot, REACH.circle, REACH.far, REACH.refused])
    expect(accessFigures(answer, HOUSEHOLDS, all)).toEqual({ households: 46, foot: 30, circleOnly: 5, far: 8, refused: 3, served: 30, full: 0 })
    expect(accessFigures(answer, HOUSEHOLDS, (building) => building === 2)).toEqual({ households: 5, foot: 0, circleOnly: 5, far: 0, refused: 0, served: 0, full: 0 })
    expect(buildingRows(answer.comparison.reach, REACH.circle, HOUSEHOLDS, all)).toEqual([{ building: 2, households: 5 }])
    expect(answer.nearest.walkCm[2]).toBe(220_000)
  })

  it('counts the limit in, to the centimetre', () => {
    expect(ask([0], 299.99).comparison.reach[1]).toBe(REACH.far)
    expect(ask([0], 300).comparison.reach[1]).toBe(REACH.foot)
    expect(ask([0], 199.99).comparison.reach[2]).toBe(REACH.far)
    expect(ask([0], 200).comparison.reach[2]).toBe(REACH.circle)
  })

  it('reaches nobody without stations: 0 of all, and no area', () => {
    const answer = ask([], 800)
    expect(accessFigures(answer, HOUSEHOLDS, all)).toMatchObject({ households: 46, foot: 0, circleOnly: 0, far: 43, refused: 3, served: 0 })
    expect([answer.areas, stationRows(answer, [], [])]).toEqual([[], []])
  })

  it('does not serve on where a station is full, and says so by station', () => {
    const answer = ask([0, 1], 600, [12, 0])
    // Both reach d1 (300 m and 600 m); the first has room for 12, so 18 of d1 go to the second.
    expect(accessFigures(answer, HOUSEHOLDS, all)).toMatchObject({ foot: 30, served: 30, full: 0 })
    const alone = ask([0], 600, [12, 0])
    expect(accessFigures(alone, HOUSEHOLDS, all)).toMatchObject({ foot: 30, served: 12, full: 18 })
    expect(stationRows(alone, [0], [{ capacity: 12 }, { capacity: 0 }])).toEqual([{ station: 0, within: 30, circleOnly: 13, load: 12, capacity: 12, isFull: true }])
    // As many as there is room for is not full.
    expect(stationRows(ask([0], 600, [30, 0]), [0], [{ capacity: 30 }])[0]).toMatchObject({ load: 30, isFull: false })
  })
})

describe('stations asked about', () => {
  const station = (id: number, level: Station['level']): Station => ({ id, name: '', level, capacity: 0, community: 0, at: [0, 0] })
  const stations = [station(7, 'street_centre'), station(8, 'grid_home'), station(9, 'grid_home')]
  const records = [{ id: 7, hours: '周一至周五 9:00–17:00' }, { id: 8, hours: '每日 8:00–20:00' }, { id: 9, hours: '看情况' }]

  it('are those of the levels; at an hour those open then, the others apart', () => {
    expect(stationsAsked(stations, records, { levels: ['grid_home'], at: null })).toEqual({ open: [1, 2], shut: [], unknown: [] })
    const levels = ['street_centre', 'grid_home'] as const
    expect(stationsAsked(stations, records, { levels, at: { weekday: 5, minute: 600 } })).toEqual({ open: [1], shut: [0], unknown: [2] })
    // The last minute is no longer in it.
    expect(stationsAsked(stations, records, { levels, at: { weekday: 0, minute: 17 * 60 } }).open).toEqual([1])
  })
})

describe('what is drawn of it', () => {
  const frame = makeLandFrame([117.65, 36.2])

  it('is an outline around the streets within the limit, closed, and a circle of the limit', () => {
    const [feature] = areaFeatures(frame, ask([0], 300).areas)
    const [ring] = (feature.geometry as GeoJSON.Polygon).coordinates
    expect(ring[0]).toEqual(ring.at(-1))
    const [east] = ring.map(([lng, lat]) => toMetres(frame, [lng, lat])[0]).sort((a, b) => b - a)
    expect(east).toBeGreaterThan(300)
    expect(east).toBeLessThan(360)
    const circle = (circleFeature(frame, 100, 50, 300).geometry as GeoJSON.LineString).coordinates
    expect(circle[0]).toEqual(circle.at(-1))
    for (const [lng, lat] of circle) {
      const [x, y] = toMetres(frame, [lng, lat])
      expect(Math.hypot(x - 100, y - 50)).toBeCloseTo(300, 3)
    }
  })

  it('marks the streets that are nearest to one station', () => {
    const { pieces } = ask([0, 1], 1000)
    const lengthM = (station: number): number => (wayFeatures(frame, pieces, station)[0].geometry as GeoJSON.MultiLineString).coordinates.reduce((sum, part) => {
      const [[ax, ay], [bx, by]] = [part[0], part.at(-1)!].map(([lng, lat]) => toMetres(frame, [lng, lat]))
      return sum + Math.hypot(bx - ax, by - ay)
    }, 0)
    // They meet in the middle, 450 m off; the second goes on around the corner up to its 1,000 m.
    expect(lengthM(0)).toBeCloseTo(450, 0)
    expect(lengthM(1)).toBeCloseTo(450 + 1000, 0)
    expect(wayFeatures(frame, ask([0], 100).pieces, 1)).toEqual([])
  })
})
