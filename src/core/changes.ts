/** What a thing was and what it became. */
export interface Change<T> {
  readonly before: T
  readonly after: T
}

/** Changes of things by key, one upon the other: what went there and back is none. */
export interface Changes<K, T> {
  /** `before` must be what the thing became last. */
  add(key: K, before: T, after: T): void
  /** O(1). */
  readonly isEmpty: boolean
  /** In the order of first appearance. */
  list(): [key: K, change: Change<T>][]
}

export function createChanges<K, T>(isSame: (a: T, b: T) => boolean): Changes<K, T> {
  const byKey = new Map<K, { before: T; after: T }>()
  let differing = 0
  return {
    add(key, before, after) {
      const known = byKey.get(key)
      if (!known) {
        byKey.set(key, { before, after })
        differing += Number(!isSame(before, after))
        return
      }
      differing += Number(!isSame(known.before, after)) - Number(!isSame(known.before, known.after))
      known.after = after
    },
    get isEmpty() {
      return differing === 0
    },
    list: () => [...byKey].filter(([, { before, after }]) => !isSame(before, after)).map(([key, change]) => [key, { ...change }]),
  }
}

/** Whether two plain values (numbers, texts, lists, records) say the same; order of names does not matter. */
export function isSamePlain(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((entry, k) => isSamePlain(entry, b[k]))
  }
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => isSamePlain(a[name as keyof typeof a], (b as Record<string, unknown>)[name]))
  )
}
