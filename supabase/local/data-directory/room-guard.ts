import { statfsSync } from 'node:fs'

/** Kept free for what is under way: a large import writes as much again as it brings, and the log beside it. */
const RESERVED_BYTES = 150_000_000
const LOOK_EVERY_MS = 1_000

/**
 * Tells when the disk of the database is nearly full. The embedded engine stops altogether when its log cannot be
 * written, and cannot open again on a full disk; refusing writes while there is still room keeps everything readable.
 */
export class RoomGuard {
  #isFull = false
  #lookedAt = -Infinity

  constructor(
    readonly folder: string,
    readonly freeBytes: () => number = () => {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    },
    readonly nowMs: () => number = () => performance.now(),
  ) {}

  get isFull(): boolean {
    if (this.nowMs() - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = this.nowMs()
      this.#isFull = this.freeBytes() < RESERVED_BYTES
    }
    return this.#isFull
  }
}
