/** A part of one street, centimetres along its line, from < to. */
export interface Span {
  readonly fromCm: number
  readonly toCm: number
}

/** The union: in order, apart from each other, touching ones as one; empty ones are left out. O(n log n). */
export function joinSpans(spans: Iterable<Span>): Span[] {
  const joined: Span[] = []
  for (const { fromCm, toCm } of [...spans].filter((span) => span.toCm > span.fromCm).sort((a, b) => a.fromCm - b.fromCm)) {
    const last = joined.at(-1)
    if (last && fromCm <= last.toCm) joined[joined.length - 1] = { fromCm: last.fromCm, toCm: Math.max(last.toCm, toCm) }
    else joined.push({ fromCm, toCm })
  }
  return joined
}

/** What of a span lies in none of `joined`, which are in order and apart. */
export function leftOf({ fromCm, toCm }: Span, joined: readonly Span[]): Span[] {
  const left: Span[] = []
  let atCm = fromCm
  for (const taken of joined) {
    if (taken.toCm <= atCm) continue
    if (taken.fromCm >= toCm) break
    if (taken.fromCm > atCm) left.push({ fromCm: atCm, toCm: taken.fromCm })
    atCm = taken.toCm
  }
  if (atCm < toCm) left.push({ fromCm: atCm, toCm })
  return left
}

/** Centimetres of a span that lie in `joined`, which are in order and apart. */
export const sharedCm = (span: Span, joined: readonly Span[]): number =>
  joined.reduce((sum, { fromCm, toCm }) => sum + Math.max(0, Math.min(toCm, span.toCm) - Math.max(fromCm, span.fromCm)), 0)

export const lengthCm = (spans: readonly Span[]): number => spans.reduce((sum, { fromCm, toCm }) => sum + toCm - fromCm, 0)
