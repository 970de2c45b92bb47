import { describe, expect, it } from 'vitest'
import type { LngLat } from '@/core/units'
import { marksOf, placeKey } from '@/rooms/issues/visitor/board-marks'
import { groupedCode, isCode, plainCode } from '@/rooms/issues/visitor/follow-code'
import { isInRing, isInside, makePlaceFrame, middleOfRing, namesAt, panBy, toPixel, toPlace, viewAt, wholeView, zoomAt } from '@/rooms/issues/visitor/place-view'
import type { BoardSlip, VisitorMap } from '@/rooms/issues/visitor/repository'

const BOUNDS = [117.0, 36.6, 117.04, 36.63] as const
const [WIDTH, HEIGHT] = [358, 280]
const frame = makePlaceFrame(BOUNDS)
const far = (a: LngLat, b: LngLat): number => Math.hypot((a[0] - b[0]) * frame.mPerDegLng, (a[1] - b[1]) * frame.mPerDegLat)

describe('the small map', () => {
  it('shows the whole street at first, and tells the place under a pixel', () => {
    const view = wholeView(frame, WIDTH, HEIGHT)
    for (const corner of [[117.0, 36.6], [117.04, 36.63]] as LngLat[]) {
      const [x, y] = toPixel(frame, view, WIDTH, HEIGHT, corner)
      expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true)
      expect(far(toPlace(frame, view, WIDTH, HEIGHT, x, y), corner)).toBeLessThan(1e-6)
    }
  })

  it('keeps the place under the finger while it zooms, and stays between the street and a house', () => {
    const view = wholeView(frame, WIDTH, HEIGHT)
    const finger = [90, 200] as const
    const before = toPlace(frame, view, WIDTH, HEIGHT, ...finger)
    const closer = zoomAt(frame, view, WIDTH, HEIGHT, 2.5, ...finger)
    expect(closer.scale / view.scale).toBeCloseTo(2.5, 9)
    expect(far(toPlace(frame, closer, WIDTH, HEIGHT, ...finger), before)).toBeLessThan(1e-6)
    expect(zoomAt(frame, closer, WIDTH, HEIGHT, 1e-6).scale).toBe(view.scale)
    expect(zoomAt(frame, closer, WIDTH, HEIGHT, 1e6).scale).toBe(8)
  })

  it('follows the finger, and does not lose the street', () => {
    const view = viewAt(frame, [117.02, 36.615], 1)
    const [x, y] = toPixel(frame, panBy(frame, view, 30, -20), WIDTH, HEIGHT, [117.02, 36.615])
    expect([x, y]).toEqual([WIDTH / 2 + 30, HEIGHT / 2 - 20])
    expect(panBy(frame, view, 1e9, 0).x).toBe(-frame.widthM / 2)
  })
})

const square = (x: number, y: number, side: number): number[] => [x, y, x + side, y, x + side, y + side, x, y + side, x, y]

describe('places', () => {
  const map = {
    compounds: [{ id: 1, name: '杏园', community: 0, centre: [0.5, 0.5], ring: square(0, 0, 1) }, { id: 2, name: '桃园', community: 0, centre: [2.5, 0.5], ring: square(2, 0, 1) }],
    buildings: [{ id: 7, name: '3号楼', compound: 1, ring: square(2.2, 0.2, 0.2) }, { id: 8, name: '门卫', compound: -1, ring: square(0.1, 0.1, 0.1) }],
  } as unknown as VisitorMap

  it('are named by building and compound, the building knowing its compound best', () => {
    expect(namesAt(map, [2.3, 0.3])).toEqual({ compound: '桃园', building: '3号楼' })
    expect(namesAt(map, [0.15, 0.15])).toEqual({ compound: '杏园', building: '门卫' })
    expect(namesAt(map, [0.8, 0.8])).toEqual({ compound: '杏园', building: '' })
    expect(namesAt(map, [1.5, 0.5])).toEqual({ compound: '', building: '' })
  })

  it('of a building lie in it, whatever its shape', () => {
    const angle = [0, 0, 4, 0, 4, 1, 1, 1, 1, 4, 0, 4, 0, 0]
    expect(isInRing(angle, [2, 2])).toBe(false)
    expect(isInRing(angle, middleOfRing(angle))).toBe(true)
    expect(middleOfRing(square(0, 0, 2))).toEqual([1, 1])
  })

  it('beyond the street are not taken', () => {
    expect(isInside(BOUNDS, [117.02, 36.61])).toBe(true)
    expect(isInside(BOUNDS, [117.05, 36.61])).toBe(false)
  })
})

describe('a code', () => {
  it('is read however it is typed', () => {
    expect(plainCode(' 7f3k-9o2m il1x-abcd')).toBe('7F3K902M111XABCD')
    expect(plainCode('７Ｆ３Ｋ')).toBe('7F3K')
    expect(groupedCode('7F3K902M111XABCD')).toBe('7F3K-902M-111X-ABCD')
  })

  it('has sixteen letters and no others', () => {
    expect(isCode('7F3K902M111XABCD')).toBe(true)
    expect(isCode('7F3K902M111XABC')).toBe(false)
    expect(isCode('7F3K902M111XABCU')).toBe(false)
  })
})

it('the board has one disc for each place it tells, with how many were published there', () => {
  const slip = (community: string, compound: string | null, centre: LngLat) => ({ community, compound, centre }) as BoardSlip
  const slips = [slip('文昌', '杏园', [1, 1]), slip('文昌', null, [2, 2]), slip('文昌', '杏园', [1, 1]), slip('凤凰', null, [3, 3])]
  expect(marksOf(slips)).toEqual([
    { key: placeKey(slips[0]), centre: [1, 1], count: 2 },
    { key: placeKey(slips[1]), centre: [2, 2], count: 1 },
    { key: placeKey(slips[3]), centre: [3, 3], count: 1 },
  ])
})
