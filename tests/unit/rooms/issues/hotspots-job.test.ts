import { describe, expect, it } from 'vitest'
import { TREND } from '@/algorithms/density/trend-classes'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { hotspotsJob } from '@/rooms/issues/jobs/hotspots/hotspots-job'
import { TRENDS, type HotspotsInput } from '@/rooms/issues/jobs/hotspots/hotspots-model'

const DAY_S = 86_400
const WEEKS = 12
const quiet = { onProgress: () => undefined }

/**
 * A town of 600 × 600 m, a building every 30 m with 20 households. Issues: 240 anywhere at any time; 120 around (150, 150) in
 * all weeks; 80 around (450, 450) in the last three weeks alone.
 */
function town(): HotspotsInput {
  const random = seededRandom(11)
  const groundXYM = Float64Array.from({ length: 800 }, (_, k) => 30 * (k % 2 === 0 ? (k >> 1) % 20 : Math.floor((k >> 1) / 20)))
  const xyM: number[] = []
  const reportedS: number[] = []
  const put = (x: number, y: number, spread: number, fromDay: number, toDay: number) => {
    xyM.push(x + spread * (random() - 0.5), y + spread * (random() - 0.5))
    reportedS.push((fromDay + (toDay - fromDay) * random()) * DAY_S)
  }
  const days = 7 * WEEKS
  for (let k = 0; k < 240; k++) put(285, 285, 570, 0, days)
  for (let k = 0; k < 120; k++) put(150, 150, 130, 0, days)
  for (let k = 0; k < 80; k++) put(450, 450, 130, days - 21, days)
  return {
    xyM: Float64Array.from(xyM),
    reportedS: Float64Array.from(reportedS),
    fromS: 0,
    toS: days * DAY_S,
    lattice: { shape: 'hexagon', sideM: 30, anchorXM: 0, anchorYM: 0 },
    groundXYM,
    households: new Float64Array(400).fill(20),
    value: 'counts',
    reachM: 95,
    permutations: 999,
    furtherPermutations: 19_000,
    seed: 1,
    correction: 'benjamini-hochberg',
    level: 0.05,
    maskBelow: 3,
    kernelM: 60,
    rasterPixels: 300,
    streets: { xyM: Float64Array.of(0, 150, 600, 150, 150, 0, 150, 600), start: Uint32Array.of(0, 2, 4), classes: ['residential', 'residential'] },
    streetKernelM: 100,
    lixelM: 20,
    heldOutWeeks: 3,
  }
}

describe('the job of hot spots', () => {
  const input = town()
  const answer = hotspotsJob(input, quiet)
  const { cells } = answer
  const cellNear = (x: number, y: number) => answer.cellOf[input.xyM.findIndex((_, k) => k % 2 === 0 && Math.hypot(input.xyM[k] - x, input.xyM[k + 1] - y) < 20) >> 1]

  it('counts every issue and household of the period once', () => {
    expect(cells.counts.reduce((sum, count) => sum + count, 0)).toBe(440)
    expect(cells.households.reduce((sum, count) => sum + count, 0)).toBe(8000)
    answer.cellOf.forEach((cell) => expect(cells.counts[cell]).toBeGreaterThan(0))
    cells.rates.forEach((rate, k) => expect(Number.isNaN(rate)).toBe(cells.households[k] === 0 || (cells.counts[k] > 0 && cells.counts[k] < 3)))
  })

  it('finds what stays and what is new, and nothing in open country', () => {
    const [stays, fresh] = [cellNear(150, 150), cellNear(450, 450)]
    expect([cells.hot[stays], cells.hot[fresh]]).toEqual([1, 1])
    expect(TRENDS[cells.trend[stays]]).not.toBe('new')
    expect(TRENDS[cells.trend[fresh]]).toBe('new')
    expect(TRENDS.map((trend) => TREND[trend])).toEqual([0, 1, 2, 3, 4])
    const hot = cells.hot.reduce((sum, kind) => sum + Number(kind === 1), 0)
    expect(hot).toBeGreaterThan(4)
    expect(hot).toBeLessThan(50)
    expect([answer.weeks, answer.recentWeeks]).toEqual([WEEKS, 3])
  })

  it('has classes, density, streets and forecasts of the same issues', () => {
    expect(answer.countBounds[0]).toBe(1)
    for (const bounds of [answer.countBounds, answer.densityBounds, answer.streetBounds]) expect(bounds).toHaveLength(5)
    const { density, streets, heldOut } = answer
    expect(density.perHa.reduce((sum, one) => sum + one, 0) * density.pixelM ** 2 / 10_000).toBeCloseTo(440, 1)
    const along = streets!.per100M.reduce((sum, one, k) =>
      sum + (one / 100) * Math.hypot(streets!.endsXYM[4 * k + 2] - streets!.endsXYM[4 * k], streets!.endsXYM[4 * k + 3] - streets!.endsXYM[4 * k + 1]), 0)
    expect(along).toBeCloseTo(440 - streets!.offStreets, 2)
    expect(heldOut!.issues).toBe(input.reportedS.filter((s) => s >= 63 * DAY_S).length)
    for (const { cells: named, hits, pai, pei } of heldOut!.scores) {
      expect(named).toBe(Math.round(heldOut!.areaShare * cells.row.length))
      expect(pai).toBeCloseTo(hits / heldOut!.issues / heldOut!.areaShare, 12)
      expect(pei).toBeLessThanOrEqual(1)
    }
  })

  it('tries forecasts in cells that were known before the weeks held out', () => {
    const far = Array.from({ length: 40 }, (_, k) => [3000 + 60 * k, 3000]).flat()
    const { heldOut } = hotspotsJob({
      ...input, xyM: Float64Array.of(...input.xyM, ...far), reportedS: Float64Array.of(...input.reportedS, ...new Float64Array(40).fill(80 * DAY_S)),
    }, quiet)
    expect(heldOut!.issues).toBe(answer.heldOut!.issues + 40)
    expect(heldOut!.areaShare).toBe(answer.heldOut!.areaShare)
    expect(heldOut!.scores.map(({ cells: named, hits }) => [named, hits])).toEqual(answer.heldOut!.scores.map(({ cells: named, hits }) => [named, hits]))
  })

  it('takes an uneven spread of households for none in rates', () => {
    // Issues go with households: many people are not many problems.
    const households = input.households.map((_, k) => (Math.hypot(input.groundXYM[2 * k] - 150, input.groundXYM[2 * k + 1] - 150) < 90 ? 200 : 20))
    const rates = hotspotsJob({ ...input, households, value: 'rates' }, quiet)
    expect(rates.cells.hot[cellNear(150, 150)]).not.toBe(1)
    expect(rates.cells.hot[cellNear(450, 450)]).toBe(1)
  })

  it('answers for no issues and for a short period', () => {
    const none = hotspotsJob({ ...input, xyM: new Float64Array(0), reportedS: new Float64Array(0), streets: null }, quiet)
    expect(none.cells.hot.every((kind) => kind === 0)).toBe(true)
    expect([none.countBounds, none.rateBounds, none.densityBounds, none.heldOut, none.streets]).toEqual([[], [], [], null, null])
    const short = hotspotsJob({ ...input, toS: 10 * DAY_S }, quiet)
    expect(short.cells.trend.every((trend) => trend === TREND.none)).toBe(true)
    expect(short.heldOut).toBeNull()
    expect(short.cellOf.filter((cell) => cell >= 0)).toHaveLength(input.reportedS.filter((s) => s < 10 * DAY_S).length)
  })

  it('tells its passes in order and ends when it is stopped', () => {
    const passes: string[] = []
    const shares: number[] = []
    hotspotsJob(input, { onProgress: (share, pass) => { shares.push(share); passes.push(pass) } })
    expect([...new Set(passes)]).toEqual(['permutations', 'trend', 'density', 'streets', 'held'])
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(() => hotspotsJob(input, { ...quiet, signal: { aborted: true } })).toThrow('aborted')
  })
})
