import type { GestureEvent, GestureMode } from '@/map/contracts'

/** Choose segments by pressing them or dragging along them, with Shift beside those chosen before. */
export function segmentsMode(hand: {
  readonly id: string
  /** What a press takes: the segment there, or all of its street; none: empty. */
  at(event: GestureEvent): readonly number[]
  /** Segments chosen when the pointer went down. */
  before(): ReadonlySet<number>
  show(segments: ReadonlySet<number>): void
}): GestureMode {
  let taken: Set<number> | null = null
  let before: ReadonlySet<number> = new Set()

  function take(event: GestureEvent): void {
    const found = hand.at(event)
    if (!taken || found.every((segment) => taken!.has(segment))) return
    for (const segment of found) taken.add(segment)
    hand.show(new Set(taken))
  }

  return {
    id: hand.id,
    cursor: 'pointer',
    leave() {
      taken = null
    },
    down(event) {
      before = hand.before()
      const found = hand.at(event)
      // Pressed once more, what is chosen is let go; with Shift the rest stays.
      if (found.length > 0 && found.every((segment) => before.has(segment)) && (event.shift || found.length === before.size)) {
        taken = null
        return hand.show(new Set(event.shift ? [...before].filter((segment) => !found.includes(segment)) : []))
      }
      taken = new Set(event.shift ? before : [])
      hand.show(new Set(taken))
      take(event)
    },
    move: take,
    up() {
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
