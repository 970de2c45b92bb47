import { describe, expect, it } from 'vitest'
import { shiftIntoView } from '@/map/shift-into-view'

/*   a room of 100 × 80 at (10, 10); things of 20 × 20 and of 200 × 200 */
const ROOM = { left: 10, top: 10, right: 110, bottom: 90 }
const at = (left: number, top: number, size: number) => ({ left, top, right: left + size, bottom: top + size })

describe('bringing a thing into view', () => {
  it.each([
    ['lies within', at(40, 40, 20), { x: 0, y: 0 }],
    ['sticks out at the right and below', at(100, 80, 20), { x: 10, y: 10 }],
    ['lies beyond the left', at(-50, 40, 20), { x: -60, y: 0 }],
    ['is larger and partly in view', at(-150, -150, 200), { x: 0, y: 0 }],
    ['is larger and out of view', at(120, 0, 200), 'too_large'],
  ])('one that %s', (_name, thing, shift) => {
    expect(shiftIntoView(thing, ROOM)).toEqual(shift)
  })
})
