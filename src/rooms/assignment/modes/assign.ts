import type { GestureMode } from '@/map/contracts'
import type { Hand } from './hand'

/**
 * Give the household under the pointer, with Shift or a double click its whole building; far away buildings are given
 * whole. Dragging goes on, as one step. Alt makes whoever carries it the one who gets the next.
 */
export function assignMode(hand: Hand): GestureMode {
  let taken: Set<number> | null = null
  let whole = false

  return {
    id: 'assignment:assign',
    cursor: 'pointer',
    leave() {
      taken = null
      hand.point([])
      hand.drop()
    },
    down(event) {
      const households = hand.under(event.screen, event.shift || event.taps === 2)
      if (event.alt) return hand.pick(households)
      if (households.length === 0 || !hand.begin()) return
      whole = event.shift || event.taps === 2
      taken = new Set(households)
      hand.show([...taken])
    },
    move(event) {
      const households = hand.under(event.screen, taken ? whole : event.shift)
      if (!taken) return hand.point(households)
      if (households.every((household) => taken!.has(household))) return
      for (const household of households) taken.add(household)
      hand.show([...taken])
    },
    up() {
      if (taken) hand.keep('assign')
      taken = null
    },
    cancel() {
      taken = null
      return hand.drop()
    },
  }
}
