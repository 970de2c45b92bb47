/**
 * A first-come-first-served lock for the one connection PGlite has. Without it the statements of two callers interleave
 * inside each other's transactions and run with each other's role.
 */
export class SerialLock {
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0

  /** Callers holding or waiting for the lock. */
  get waiting(): number {
    return this.#waiting
  }

  /** Resolves with the function that releases; calling it again does nothing. */
  async acquire(): Promise<() => void> {
    let release!: () => void
    const before = this.#tail
    this.#tail = new Promise((resolve) => (release = resolve))
    this.#waiting += 1
    await before
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#waiting -= 1
      release()
    }
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire()
    try {
      return await work()
    } finally {
      release()
    }
  }
}
