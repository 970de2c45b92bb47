import { describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import type { LandFrame } from '@/core/land-frame'
import { spotClass } from '@/rooms/issues/heat-classes'
import { EXPORT_COLUMNS, slipCollection, slipRows, slipSheet } from '@/rooms/issues/operations/export-slips'
import { heldOutWeeks } from '@/rooms/issues/operations/encode-hotspots'
import { clusterSlips } from '@/rooms/issues/operations/cluster-slips'
import { joinCells, makeHeatCells, outlineOf } from '@/rooms/issues/operations/heat-cells'
import { slipsWithin } from '@/rooms/issues/operations/slips-within'
import { countBefore, stepBars, timeSteps } from '@/rooms/issues/operations/time-steps'
import { createPlayback } from '@/rooms/issues/playback'
import type { IssueFilter } from '@/rooms/issues/model'
import { DAY_S, makeIssueScope, NOON_S } from './make-issue-scope'

const frame: LandFrame = { lng0: 117, lat0: 36, mPerDegLng: 90_000, mPerDegLat: 111_000 }
const placesM = (...xy: number[]): Float64Array => Float64Array.from(xy, (m, k) => (k % 2 === 0 ? frame.lng0 + m / frame.mPerDegLng : frame.lat0 + m / frame.mPerDegLat))

/** Small and steady: the same places in every run. */
function scattered(n: number): Float64Array {
  let state = 7
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return placesM(...Array.from({ length: 2 * n }, () => next() * 4000))
}

describe('clusters of slips', () => {
  it('hold every slip once, and no two signs are nearer than 40 px', () => {
    const lngLat = scattered(800)
    const slips = Int32Array.from({ length: 800 }, (_, k) => k)
    for (const zoom of [12, 14.5, 17]) {
      const clusters = clusterSlips(lngLat, slips, zoom)
      expect(clusters.flatMap((one) => one.slips).sort((a, b) => a - b)).toEqual([...slips])
      const px = (512 * 2 ** zoom) / 360
      const squeeze = 1 / Math.cos((36 * Math.PI) / 180)
      const apart = clusters.flatMap((a, k) => clusters.slice(k + 1).map((b) => Math.hypot((a.lng - b.lng) * px, (a.lat - b.lat) * px * squeeze)))
      expect(apart.reduce((least, one) => Math.min(least, one), Infinity)).toBeGreaterThan(39.5)
    }
  })

  it('leave a slip alone where it stands', () => {
    const [one, ...others] = clusterSlips(placesM(0, 0, 3000, 3000), [0, 1], 16)
    expect(others).toHaveLength(1)
    expect([one.lng, one.lat]).toEqual(one.slips[0] === 0 ? [117, 36] : [placesM(3000, 3000)[0], placesM(3000, 3000)[1]])
  })
})

describe('days and weeks of a period', () => {
  const at = (iso: string) => Date.parse(`${iso}+08:00`) / 1000

  it('are weeks from Monday on, cut off where the period begins and ends', () => {
    // 22 November 2026 is a Sunday.
    const { unit, steps } = timeSteps({ fromS: at('2026-08-24T15:00:00'), toS: at('2026-11-22T15:00:00') })
    expect(unit).toBe('week')
    expect(steps).toHaveLength(13)
    expect(steps[0]).toEqual({ fromS: at('2026-08-24T15:00:00'), toS: at('2026-08-31T00:00:00') })
    expect(steps[12]).toEqual({ fromS: at('2026-11-16T00:00:00'), toS: at('2026-11-22T15:00:00') })
  })

  it('are days of a short period, and bars add up to the whole', () => {
    const fromS = at('2026-11-15T15:00:00')
    const toS = at('2026-11-22T15:00:00')
    const steps = timeSteps({ fromS, toS })
    expect([steps.unit, steps.steps.length]).toEqual(['day', 8])
    const reportedS = Uint32Array.from([fromS - 1, fromS, fromS + 40_000, toS - 1, toS])
    const bars = stepBars({ reportedS, state: Uint8Array.from([3, 3, 0, 1, 3]) }, [1, 2, 3], steps)
    expect(bars.reduce((sum, bar) => sum + bar.open + bar.published, 0)).toBe(3)
    expect(bars[0]).toMatchObject({ open: 0, published: 1 })
    expect(countBefore(reportedS, toS)).toBe(4)
  })
})

describe('the slider of time', () => {
  function made(days: number) {
    const span = shallowRef<IssueFilter['span']>(null)
    const { steps, unit } = timeSteps({ fromS: 0, toS: days * 86_400 - 8 * 3600 })
    const playback = createPlayback({ steps: () => ({ steps, unit }), span: () => span.value, setSpan: (next) => (span.value = next) })
    return { playback, steps, span }
  }

  it('keeps to steps; all of them are the whole period', () => {
    const { playback, steps, span } = made(28)
    playback.setRange(3, 5)
    expect(span.value).toEqual({ fromS: steps[3].fromS, toS: steps[4].toS })
    playback.setRange(-5, 99)
    expect(span.value).toBeNull()
  })

  it('walks through time: a window that moves, or one that grows, and stops at the end', () => {
    vi.useFakeTimers()
    try {
      for (const cumulative of [false, true]) {
        const { playback, steps, span } = made(4)
        playback.cumulative.value = cumulative
        playback.setRange(0, 1)
        playback.play()
        vi.advanceTimersByTime(1000)
        expect(span.value).toEqual(cumulative ? { fromS: steps[0].fromS, toS: steps[1].toS } : steps[1])
        vi.advanceTimersByTime(10_000)
        expect(playback.playing.value).toBe(false)
        expect(span.value).toEqual(cumulative ? null : steps[3])
      }
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('hexagons of a street', () => {
  // Three slips in one hexagon, one in the next to the east (100 m side: 173 m from middle to middle), one far off.
  const lngLat = placesM(0, 0, 10, 10, -10, 5, 173, 0, 2000, 2000)
  const ground = { buildings: { count: 0, outlineStart: Uint32Array.of(0), outline: new Float64Array(0), households: new Int32Array(0) }, land: { frame } }
  const cells = makeHeatCells(ground as never, { lngLat }, 100)

  it('hold each slip where it lies, and answer for places', () => {
    expect(cells.count).toBe(3)
    const [home] = cells.slipCell
    expect([...cells.slipCell.slice(0, 3)]).toEqual([home, home, home])
    expect(cells.at(lngLat[6], lngLat[7])).toBe(cells.slipCell[3])
    expect(cells.at(118, 37)).toBe(-1)
  })

  it('are outlined together: shared sides fall away', () => {
    const [home, , , east, far] = cells.slipCell
    expect(outlineOf(cells, new Set([home]))).toHaveLength(6)
    const lines = outlineOf(cells, new Set([home, east]))
    expect(lines).toHaveLength(10)
    // Every corner is met by two sides: the outline is closed.
    const ends = new Map<string, number>()
    for (const [lng, lat] of lines.flat()) ends.set(`${lng.toFixed(9)},${lat.toFixed(9)}`, (ends.get(`${lng.toFixed(9)},${lat.toFixed(9)}`) ?? 0) + 1)
    expect([...ends.values()].every((n) => n === 2)).toBe(true)
    expect(joinCells(cells, new Set([far, home, east])).map((part) => part.length)).toEqual([2, 1])
  })
})

describe('a ring drawn on the map', () => {
  it('holds those inside and on its line, of those that may be chosen', () => {
    const lngLat = placesM(50, 50, 150, 50, 100, 50, 20, 20)
    const ring = [[0, 0], [100, 0], [100, 100], [0, 100]].map(([x, y]) => [...placesM(x, y)] as unknown as readonly [number, number])
    expect(slipsWithin(lngLat, [0, 1, 2], ring)).toEqual([0, 2])
  })
})

describe('slips as a file', () => {
  const { issues } = makeIssueScope([{ title: '=1+1', state: 'published', outcome: 'solved', handler: 0, reportedS: NOON_S, dueS: 0 }, { handler: -1 }])
  issues.lngLat.set([117.123456789, 36.1], 0)
  const rows = slipRows({ communities: [{ name: '文昌社区' }] as never }, issues, [1, 0], { say: (key) => key, gridName: () => '', isOverdue: (slip) => slip === 1 })

  it('are rows in the order given, times by the clock of the street, nothing of who reported', () => {
    expect(rows.map(({ number }) => number)).toEqual(['GZ-2026-1002', 'GZ-2026-1001'])
    expect(rows[1]).toMatchObject({ title: '=1+1', state: 'state.published', outcome: 'outcome.solved', community: '文昌社区', grid: null, reported: '2026-11-21 12:00', due: null, handler: '李*', lng: 117.123457 })
    expect(rows[0]).toMatchObject({ overdue: 'export.yes', outcome: null, handler: null })
    expect(Object.keys(rows[0])).toEqual([...EXPORT_COLUMNS])
  })

  it('bear the watermark and their number in the sheet and beside the points', () => {
    const sheet = slipSheet(rows, (key) => key, '周* 12')
    expect(sheet.rows.slice(-2).map((row) => row.slice(0, 2))).toEqual([['export.watermark', '周* 12'], ['export.rows', 2]])
    expect(sheet.rows.every((row) => row.length === sheet.heads.length)).toBe(true)
    const written = slipCollection(rows, '周* 12')
    expect(written.export).toEqual({ watermark: '周* 12', rows: 2 })
    expect(written.features[1].geometry).toEqual({ type: 'Point', coordinates: [117.123457, 36.1] })
  })
})

it('classes a cell by q and by its neighbours, never by Gi* itself', () => {
  expect([0.005, 0.03, 0.1, 0.2].map((q) => spotClass(q, 1))).toEqual(['hot3', 'hot2', 'hot1', 'none'])
  expect([0.005, 0.1, 0.2].map((q) => spotClass(q, -1))).toEqual(['cold', 'cold', 'none'])
})

it('holds weeks out of periods that are long enough to try forecasts on', () => {
  expect([30, 83, 84, 90, 272, 273, 365].map((days) => heldOutWeeks(0, days * DAY_S))).toEqual([0, 0, 4, 4, 4, 13, 13])
})
