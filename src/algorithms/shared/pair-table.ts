/**
 * Open-addressing table from a pair of 32-bit integers to a dense index, in order of first insertion. A `Map` keyed by a
 * product of the two took four times the memory and three times the time at a million entries.
 */
export class PairTable {
  a: Int32Array
  b: Int32Array
  size = 0
  private slots: Int32Array
  private mask: number

  constructor(expected = 1024) {
    let capacity = 16
    while (capacity < expected * 2) capacity *= 2
    this.slots = new Int32Array(capacity).fill(-1)
    this.mask = capacity - 1
    this.a = new Int32Array(Math.max(16, expected))
    this.b = new Int32Array(Math.max(16, expected))
  }

  /** Index of the pair, adding it when new. */
  add(a: number, b: number): number {
    let slot = hashPair(a, b) & this.mask
    for (;;) {
      const i = this.slots[slot]
      if (i < 0) break
      if (this.a[i] === a && this.b[i] === b) return i
      slot = (slot + 1) & this.mask
    }
    const index = this.size++
    if (index === this.a.length) this.growPairs()
    this.a[index] = a
    this.b[index] = b
    this.slots[slot] = index
    if (this.size * 2 > this.slots.length) this.growSlots()
    return index
  }

  /** Index of the pair, or −1. */
  get(a: number, b: number): number {
    let slot = hashPair(a, b) & this.mask
    for (;;) {
      const i = this.slots[slot]
      if (i < 0) return -1
      if (this.a[i] === a && this.b[i] === b) return i
      slot = (slot + 1) & this.mask
    }
  }

  private growPairs(): void {
    const next = this.a.length * 2
    const a = new Int32Array(next)
    const b = new Int32Array(next)
    a.set(this.a)
    b.set(this.b)
    this.a = a
    this.b = b
  }

  private growSlots(): void {
    const capacity = this.slots.length * 2
    this.slots = new Int32Array(capacity).fill(-1)
    this.mask = capacity - 1
    for (let i = 0; i < this.size; i++) {
      let slot = hashPair(this.a[i], this.b[i]) & this.mask
      while (this.slots[slot] >= 0) slot = (slot + 1) & this.mask
      this.slots[slot] = i
    }
  }
}

function hashPair(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
