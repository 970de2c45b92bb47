import type { ToolMode } from '../model'

/** A gesture in which a drag with Ctrl held draws a box instead. */
export function boxWithCtrl(mode: ToolMode, box: ToolMode): ToolMode {
  let inHand = mode
  return {
    ...mode,
    enter(map) {
      mode.enter?.(map)
      box.enter?.(map)
    },
    leave(map) {
      mode.leave?.(map)
      box.leave?.(map)
      inHand = mode
    },
    down(event) {
      inHand = event.ctrl && !event.alt ? box : mode
      inHand.down?.(event)
    },
    move: (event) => inHand.move?.(event),
    up(event) {
      inHand.up?.(event)
      inHand = mode
    },
    cancel() {
      const cancelled = inHand.cancel?.() ?? false
      inHand = mode
      return cancelled
    },
  }
}
