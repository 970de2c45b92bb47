import type { GestureEvent } from '@/map/contracts'
import { segmentsMode } from '@/rooms/patrol/modes/segments'
import { describe, expect, it } from 'vitest'

/** A hand over a row of segments of 10 px each; every press takes the pair it is in where `isPaired`. */
function makeHand(isPaired = false) {
  let chosen: ReadonlySet<number> = new Set()
  const mode = segmentsMode({
    id: 'test',
    at: ({ screen: { x } }) => (x < 0 ? [] : isPaired ? [2 * Math.floor(x / 20), 2 * Math.floor(x / 20) + 1] : [Math.floor(x / 10)]),
    before: () => chosen,
    show: (next) => (chosen = next),
  })
  const event = (x: number, shift = false): GestureEvent => ({ screen: { x, y: 0 }, at: [0, 0], pressed: true, shift, alt: false, ctrl: false, taps: 1 })
  return {
    mode,
    chosen: () => [...chosen].sort((a, b) => a - b),
    press(x: number, shift = false) {
      mode.down?.(event(x, shift))
      mode.up?.(event(x, shift))
    },
    down: (x: number) => mode.down?.(event(x)),
    move: (x: number) => mode.move?.(event(x)),
  }
}

describe('choosing segments', () => {
  it('takes what is pressed in place of what was chosen, and lets go what is pressed once more', () => {
    const hand = makeHand()
    hand.press(5)
    hand.press(15)
    expect(hand.chosen()).toEqual([1])
    hand.press(15)
    expect(hand.chosen()).toEqual([])
  })

  it('adds and takes away with Shift, whole streets too', () => {
    const hand = makeHand(true)
    hand.press(5)
    hand.press(25, true)
    expect(hand.chosen()).toEqual([0, 1, 2, 3])
    hand.press(5, true)
    expect(hand.chosen()).toEqual([2, 3])
  })

  it('takes what it is dragged over; Esc brings back what was chosen before', () => {
    const hand = makeHand()
    hand.press(95)
    hand.down(5)
    hand.move(15)
    hand.move(25)
    expect(hand.chosen()).toEqual([0, 1, 2])
    expect(hand.mode.cancel?.()).toBe(true)
    expect(hand.chosen()).toEqual([9])
    expect(hand.mode.cancel?.()).toBe(false)
  })
})
