import { expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { toDegrees } from '@/core/places-in-metres'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { measureStreets } from '@/rooms/patrol/operations/cut-stretch'
import { alongLine, comeBy, metresTo, noProgress, sampleLine } from '@/rooms/patrol/operations/follow-route'
import { checkpointsAlong, routeLine } from '@/rooms/patrol/operations/route-line'
import { routeRows } from '@/rooms/patrol/operations/route-rows'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

const BASE = decodeSnapshot(makeSnapshot(), buildCellAdjacency)
const at = (x: number, y: number) => toDegrees(BASE.land.frame, x, y)

/**
 *  y
 * 35   D ──────────── C     street 2, 200 m, looked at westwards
 *                     │     street 3, 35 m, only passed
 *  0   A ──────────── B     street 1, 200 m, looked at eastwards
 *      0             200  x
 */
const SCOPE = {
  land: BASE.land,
  streets: [
    { id: 1, name: '', class: 'residential', line: [at(0, 0), at(200, 0)] },
    { id: 2, name: '', class: 'residential', line: [at(0, 35), at(200, 35)] },
    { id: 3, name: '', class: 'service', line: [at(200, 0), at(200, 35)] },
  ],
}
const STEPS = [
  { streetId: 1, fromCm: 0, toCm: 20_000, reversed: false, served: true },
  { streetId: 3, fromCm: 0, toCm: 3_500, reversed: false, served: false },
  { streetId: 2, fromCm: 0, toCm: 20_000, reversed: true, served: true },
]
const STREETS = measureStreets(SCOPE)
const LINE = routeLine({ steps: STEPS }, STREETS)
const STANDS = checkpointsAlong(LINE, [[100, 5], [100, 30], [900, 900]])
const SAMPLES = sampleLine(LINE)
const place = (x: number, y: number) => {
  const [lng, lat] = at(x, y)
  return { lng, lat }
}
const walked = (places: [number, number][], accuracyM = 8) => places.reduce((progress, [x, y]) => comeBy(SAMPLES, progress, x, y, accuracyM), noProgress(SAMPLES))
const along = (y: number, fromX: number, toX: number): [number, number][] => Array.from({ length: Math.abs(toX - fromX) / 5 + 1 }, (_, k) => [fromX + (toX > fromX ? 5 : -5) * k, y])

it('strings steps together in the direction they are walked, and finds the checkpoints along them', () => {
  expect(LINE.alongM.at(-1)).toBeCloseTo(435, 2)
  expect(LINE.servedM).toBeCloseTo(400, 2)
  expect([...LINE.step]).toEqual([0, 1, 2])
  expect(STANDS.slice(0, 2).map(({ alongM, step }) => [Math.round(alongM), step])).toEqual([[100, 0], [335, 2]])
  // 400 m, but for the sample half of which lies on the street passed.
  expect([40, 41]).toContain(SAMPLES.served.filter((one) => one === 1).length)
})

it('leaves out a street that is gone, and passes over gaps', () => {
  const line = routeLine({ steps: [STEPS[0], { ...STEPS[1], streetId: 99 }, { streetId: 0, fromCm: 0, toCm: 100, reversed: false, served: false }, STEPS[2]] }, STREETS)
  expect(line.alongM.at(-1)).toBeCloseTo(435, 2)
  expect(line.servedM).toBeCloseTo(400, 2)
})

it('has every checkpoint on the list and on the line alike: at the distance the planner goes, beyond it, and behind the one before', () => {
  const checkpoint = (id: number, x: number, y: number) => ({ id, name: '', note: '', lngLat: at(x, y), community: 0, radiusM: 20, dwellS: 60, everyDays: 1, lastAt: null })
  const places: [number, number][] = [[150, -120], [50, -5], [100, 330], [20, -400]]
  const all = places.map(([x, y], id) => checkpoint(id, x, y))
  const rows = routeRows({ steps: STEPS, checkpoints: [0, 1, 2, 3] }, { serveMPerS: 1, walkMPerS: 1 }, all, STREETS, SCOPE.land.frame)
  const listed = rows.flatMap((row, step) => row.checkpoints.map(({ id }) => [id, step]))
  expect(listed.sort(([a], [b]) => a - b)).toEqual([[0, 0], [1, 0], [2, 2], [3, 0]])
  const stands = checkpointsAlong(LINE, places)
  expect(stands.map(({ step }) => step)).toEqual([0, 0, 2, 0])
  expect(stands.map(({ alongM }) => Math.round(alongM))).toEqual([150, 50, 335, 20])
  expect(rows.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(435 + 4 * 60, 1)
})

it('counts each place once, in whatever order and however often it is walked', () => {
  expect(walked(along(2, 0, 200)).servedM).toBe(200)
  expect(walked([...along(2, 0, 200), ...along(2, 200, 0)]).servedM).toBe(200)
  expect(walked(along(2, 100, 200)).servedM).toBe(110)
  expect(walked([...along(0, 0, 200), ...along(35, 200, 0)]).servedM).toBe(10 * SAMPLES.served.filter((one) => one === 1).length)
})

it('does not take the lane beside for the one walked, however bad the position', () => {
  expect(walked(along(3, 40, 160), 60).servedM).toBeLessThanOrEqual(160)
  const { done } = walked(along(3, 40, 160), 60)
  expect(Array.from(done.subarray(24)).some((one) => one === 1)).toBe(false)
})

it('tells the way to a checkpoint along the route while one is on it, straight where it was passed or lies off it', () => {
  const onWay = walked(along(0, 0, 50))
  expect(metresTo(STANDS[0].alongM, onWay, place(100, 5), place(50, 0))).toBeGreaterThan(40)
  expect(metresTo(STANDS[1].alongM, onWay, place(100, 30), place(50, 0))).toBeGreaterThan(270)
  expect(metresTo(STANDS[2].alongM, onWay, place(900, 900), place(50, 0))).toBeCloseTo(Math.hypot(850, 900), -1)
  const past = walked(along(0, 0, 200))
  expect(metresTo(STANDS[0].alongM, past, place(100, 5), place(200, 0))).toBeCloseTo(100, 0)
})

it('an empty route has nothing to follow', () => {
  const line = routeLine({ steps: [] }, STREETS)
  const [stand] = checkpointsAlong(line, [[100, 5]])
  const samples = sampleLine(line)
  expect([line.servedM, samples.served.length]).toEqual([0, 0])
  expect(metresTo(stand.alongM, comeBy(samples, noProgress(samples), 0, 0, 5), place(100, 5), place(0, 0))).toBeCloseTo(100, 0)
})

it('places along a line are no farther apart than asked, ends among them', () => {
  expect(alongLine([0, 0, 12, 0, 12, 4], 5)).toEqual([0, 0, 4, 0, 8, 0, 12, 0, 12, 4])
  expect(alongLine([3, 4], 5)).toEqual([3, 4])
})
