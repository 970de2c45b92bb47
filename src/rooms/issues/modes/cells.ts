import type { GestureEvent, GestureMode } from '@/map/contracts'

/** Choose hexagons by pressing them, or by dragging over them; with Shift beside those chosen before. */
export function cellsMode(hand: {
  at(lng: number, lat: number): number
  /** Hexagons chosen when the pointer went down. */
  before(): ReadonlySet<number>
  show(cells: ReadonlySet<number>): void
  keep(cells: ReadonlySet<number>): void
}): GestureMode {
  let taken: Set<number> | null = null
  let before: ReadonlySet<number> = new Set()

  function take(event: GestureEvent): void {
    const cell = hand.at(event.at[0], event.at[1])
    if (!taken || cell < 0 || taken.has(cell)) return
    taken.add(cell)
    hand.show(new Set(taken))
  }

  return {
    id: 'issues:cells',
    cursor: 'pointer',
    leave() {
      taken = null
    },
    down(event) {
      before = hand.before()
      const cell = hand.at(event.at[0], event.at[1])
      taken = new Set(event.shift ? before : [])
      // Pressed once more, the only one chosen is let go.
      if (before.size === 1 && before.has(cell) && !event.shift) {
        taken = null
        return hand.keep(new Set())
      }
      hand.show(new Set(taken))
      take(event)
    },
    move: take,
    up() {
      if (taken) hand.keep(taken)
      taken = null
    },
    cancel() {
      if (!taken) return false
      taken = null
      hand.show(before)
      return true
    },
  }
}
