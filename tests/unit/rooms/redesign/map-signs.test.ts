import { describe, expect, it } from 'vitest'
import { tickStep } from '@/ui/bin-figures'
import { riseOfSigns } from '@/rooms/redesign/operations/rise-of-signs'
import { zoomWithRoom } from '@/rooms/redesign/operations/zoom-with-room'

describe('room for signs on the map', () => {
  /** Degrees of longitude that are so many pixels at a zoom. */
  const degrees = (px: number, zoom: number) => (px / 512 / 2 ** zoom) * 360

  it('comes at the zoom that parts a place from the next', () => {
    const [near, next, far] = zoomWithRoom([[117, 0], [117 + degrees(16, 14), 0], [117 + degrees(16, 14) + degrees(16, 11), 0]], 16, 20)
    expect(near).toBeCloseTo(14, 6)
    expect(next).toBeCloseTo(14, 6)
    expect(far).toBeCloseTo(11, 6)
  })

  it('takes what is one place for one, and does not wait for ever where places nearly touch', () => {
    expect(zoomWithRoom([[117, 36], [117, 36]], 16, 17)).toEqual([0, 0])
    expect(zoomWithRoom([[117, 36], [117, 36.0000001]], 16, 17)).toEqual([17, 17])
  })

  it('agrees with looking at every pair', () => {
    const places = Array.from({ length: 80 }, (_, k): [number, number] => [117 + ((k * 37) % 80) / 1000, 36 + ((k * 61) % 97) / 1000])
    const world = ([lng, lat]: [number, number]) => [lng / 360, Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)]
    const slow = places.map((own, i) => {
      const [x, y] = world(own)
      const away = places.flatMap((other, j) => (i === j ? [] : [Math.hypot(world(other)[0] - x, world(other)[1] - y)]))
      return Math.log2(16 / 512 / Math.min(...away))
    })
    zoomWithRoom(places, 16, 20).forEach((zoom, k) => expect(zoom).toBeCloseTo(slow[k], 6))
  })
})

describe('the sign of a finding', () => {
  const at = [117, 0] as const
  const north = (px: number, zoom: number) => [117, (px / 512 / 2 ** zoom) * 360] as const

  it('lies on its place, above its label, and above a station that is shown there', () => {
    const [plain, labelled] = riseOfSigns([{ at, labelZoom: 99 }, { at, labelZoom: 16 }], [])
    expect([plain[17], labelled[15], labelled[16]]).toEqual(['0', '0', '1'])
    const [lifted] = riseOfSigns([{ at, labelZoom: 99 }], [{ at, fromZoom: 15 }])
    expect([lifted[14], lifted[15], lifted[20]]).toEqual(['0', '1', '1'])
  })

  it('makes way for a station north of it only at the zooms at which one lies beneath', () => {
    const [rises] = riseOfSigns([{ at, labelZoom: 12 }], [{ at: north(28, 16), fromZoom: 15 }])
    expect([rises[15], rises[16], rises[18], rises[14]]).toEqual(['2', '3', '1', '1'])
    const far = [[118, 0], [117, 1], [116, 0]].map(([lng, lat]) => ({ at: [lng, lat] as const, fromZoom: 12 }))
    expect(riseOfSigns([{ at, labelZoom: 99 }], far)[0][16]).toBe('0')
  })
})

describe('steps of an axis', () => {
  it('are round, and few', () => {
    expect([1, 3, 6, 7, 20, 295, 1000].map(tickStep)).toEqual([1, 1, 2, 5, 10, 100, 500])
  })
})
