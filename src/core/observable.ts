/**
 * A value with subscribers. The shared documents of the console live in such cells, so that `core` needs no
 * interface library and a room can be tested without one; `ui/use-observable.ts` turns a cell into a shallow ref.
 */
export interface ReadableCell<T> {
  get(): T
  /** Calls `listener` after each change; returns the function that ends it. */
  subscribe(listener: (value: T, previous: T) => void): () => void
}

export interface Cell<T> extends ReadableCell<T> {
  set(value: T): void
}

/** Make a cell. Setting the identical value (`Object.is`) notifies nobody. */
export function createCell<T>(initial: T): Cell<T> {
  let value = initial
  const listeners = new Set<(value: T, previous: T) => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      const previous = value
      value = next
      for (const listener of [...listeners]) listener(next, previous)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
