/**
 * Seeded random numbers. Each part of the generator forks its own stream by name, so that adding a draw in one part
 * leaves every other part as it was.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d = 1

  constructor(private readonly name: string) {
    const hash = hashText(name)
    this.a = hash ^ 0x9e3779b9
    this.b = Math.imul(hash, 0x85ebca6b) ^ 0x243f6a88
    this.c = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ 0xb7e15162
    for (let i = 0; i < 12; i++) this.uint32()
  }

  /** Independent stream of the same seed. */
  fork(part: string): Random {
    return new Random(`${this.name}/${part}`)
  }

  /** 32 random bits: sfc32 of PractRand by Chris Doty-Humphrey. */
  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return t >>> 0
  }

  /** In [0, 1). */
  unit(): number {
    return this.uint32() / 4294967296
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** Integer in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.unit() * items.length)]
  }

  /** Index drawn in proportion to its weight. */
  weighted(weights: readonly number[]): number {
    let left = this.unit() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i]
      if (left < 0) return i
    }
    return weights.length - 1
  }

  /** Shuffled copy (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const out = [...items]
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(this.unit() * (i + 1))
      const held = out[i]
      out[i] = out[j]
      out[j] = held
    }
    return out
  }

  /** Version 4 uuid, the same for the same seed. */
  uuid(): string {
    const hex = [0, 0, 0, 0].map(() => this.uint32().toString(16).padStart(8, '0')).join('')
    const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/**
 * Whole numbers that sum to exactly `total`, in proportion to the weights and each within [low, high].
 * Throws when the limits make that impossible.
 */
export function shareOut(total: number, weights: readonly number[], low: number, high: number): number[] {
  if (total < low * weights.length || total > high * weights.length) {
    throw new Error(`cannot share ${total} over ${weights.length} parts of ${low} to ${high}`)
  }
  const sum = weights.reduce((a, b) => a + b, 0)
  const shares = weights.map((weight) => Math.min(high, Math.max(low, Math.round((total * weight) / sum))))
  let rest = total - shares.reduce((a, b) => a + b, 0)
  for (let i = 0; rest !== 0; i = (i + 1) % shares.length) {
    const step = Math.sign(rest)
    if (shares[i] + step < low || shares[i] + step > high) continue
    shares[i] += step
    rest -= step
  }
  return shares
}
