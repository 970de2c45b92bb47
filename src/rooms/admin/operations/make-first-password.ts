/** Without letters and digits that look alike on paper: 0 O o, 1 l I, 2 Z, 5 S. */
const KINDS = ['ABCDEFGHJKLMNPQRTUVWXY', 'abcdefghijkmnpqrstuvwxyz', '346789'] as const
const GROUPS = 4
const GROUP_LENGTH = 4

/**
 * A first password that can be read out and typed: four groups of four, every kind in it, no letter that repeats or
 * continues its neighbour. About 89 bits.
 */
export function makeFirstPassword(random: (below: number) => number = secureBelow): string {
  const all = KINDS.join('')
  const letters: string[] = []
  while (letters.length < GROUPS * GROUP_LENGTH) {
    // The first letters are one of each kind; where they stand does not matter, they are for this one sign-in.
    const kind = KINDS[letters.length] ?? all
    const letter = kind[random(kind.length)]
    const before = letters[letters.length - 1]
    const isRun = before !== undefined && Math.abs(before.toLowerCase().charCodeAt(0) - letter.toLowerCase().charCodeAt(0)) <= 1
    if (!isRun) letters.push(letter)
  }
  return Array.from({ length: GROUPS }, (_, k) => letters.slice(k * GROUP_LENGTH, (k + 1) * GROUP_LENGTH).join('')).join('-')
}

/** Whole number below a bound, each as likely: what would favour the low ones is drawn again. */
function secureBelow(below: number): number {
  const limit = Math.floor(256 / below) * below
  const drawn = new Uint8Array(1)
  do crypto.getRandomValues(drawn)
  while (drawn[0] >= limit)
  return drawn[0] % below
}
