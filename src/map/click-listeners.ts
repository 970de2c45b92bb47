import type { ScreenPoint } from './contracts'

type ClickListener = (at: ScreenPoint) => boolean

/** Who wants to know of a click on the map. Each click goes to one: the latest that deals with it. */
export function createClickListeners() {
  const listeners = new Set<ClickListener>()
  return {
    /** Returns the end of listening. */
    add(listener: ClickListener): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Whether any dealt with it. */
    offer: (at: ScreenPoint): boolean => [...listeners].reverse().some((listener) => listener(at)),
  }
}
