/** What the database asks of a password; here only so that it is said while one types. The database decides. */
export interface PasswordRules {
  /** At least `LEAST` characters. */
  readonly isLong: boolean
  /** Three kinds of characters, or a passphrase of at least `PASSPHRASE`. */
  readonly isMixed: boolean
  /** No more than what the hash takes in. */
  readonly fits: boolean
}

export const LEAST = 10
export const PASSPHRASE = 16
/** bcrypt reads no further. */
const MOST_BYTES = 72

/** Which of the rules a password keeps; length counts characters, not code units. */
export function checkPassword(password: string): PasswordRules {
  const length = [...password].length
  return {
    isLong: length >= LEAST,
    isMixed: length >= PASSPHRASE || kindsOf(password) >= 3,
    fits: new TextEncoder().encode(password).length <= MOST_BYTES,
  }
}

const KINDS: readonly [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^a-zA-Z\d]/, 33]]
const kindsOf = (password: string): number => KINDS.filter(([kind]) => kind.test(password)).length

export type Strength = 'weak' | 'fair' | 'good' | 'strong'

/** Bits of guessing below which a password is only so strong. */
const STEPS: readonly [Strength, number][] = [['weak', 45], ['fair', 60], ['good', 75]]

/**
 * How hard a password is to guess, roughly: bits a character of its kinds, of which one that repeats or continues its
 * neighbour counts a quarter. A guide while typing, no promise.
 */
export function strengthOf(password: string): Strength {
  const pool = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0)
  const letters = [...password].map((letter) => letter.codePointAt(0) ?? 0)
  const counted = letters.reduce((sum, letter, k) => sum + (k > 0 && Math.abs(letter - letters[k - 1]) <= 1 ? 0.25 : 1), 0)
  const bits = Math.min(counted, new Set(letters).size * 1.5) * Math.log2(Math.max(2, pool))
  return STEPS.find(([, least]) => bits < least)?.[0] ?? 'strong'
}
