/** A line between two communities (ids; 0 is outside the land). */
export interface OfficialLine {
  readonly left: number
  readonly right: number
  readonly kind: number
  /** x, y by point. */
  readonly xy: ArrayLike<number>
}

type Segment = [ax: number, ay: number, bx: number, by: number]

/**
 * Whether two sets of lines are the same to the lattice point, however divided into arcs: a line may gain or lose points that
 * lie exactly on it. Kinds and sides count. Complexity O(segments).
 */
export function isSameOutline(one: readonly OfficialLine[], other: readonly OfficialLine[]): boolean {
  const [a, b] = [straightened(one), straightened(other)]
  return a.size === b.size && [...a].every((stretch) => b.has(stretch))
}

/** The longest straight stretches, written out. */
function straightened(lines: readonly OfficialLine[]): Set<string> {
  const bySide = new Map<string, Map<string, Segment[]>>()
  for (const { left, right, kind, xy } of lines) {
    for (let p = 0; p + 3 < xy.length; p += 2) {
      const [ax, ay, bx, by] = [xy[p], xy[p + 1], xy[p + 2], xy[p + 3]]
      const forward = ax < bx || (ax === bx && ay < by)
      const side = forward ? `${left}|${right}|${kind}` : `${right}|${left}|${kind}`
      const segment: Segment = forward ? [ax, ay, bx, by] : [bx, by, ax, ay]
      let starts = bySide.get(side)
      if (!starts) bySide.set(side, (starts = new Map()))
      const key = `${segment[0]},${segment[1]}`
      const others = starts.get(key)
      if (others) others.push(segment)
      else starts.set(key, [segment])
    }
  }
  const stretches = new Set<string>()
  for (const [side, starts] of bySide) {
    const inOrder = [...starts.values()].flat().sort((a, b) => a[0] - b[0] || a[1] - b[1])
    const used = new Set<Segment>()
    for (const first of inOrder) {
      if (used.has(first)) continue
      const whole: Segment = [...first]
      for (let next: Segment | undefined = first; next; ) {
        used.add(next)
        whole[2] = next[2]
        whole[3] = next[3]
        next = starts.get(`${next[2]},${next[3]}`)?.find((segment) => !used.has(segment) && isInLine(first, segment))
      }
      stretches.add(`${side} ${whole.join()}`)
    }
  }
  return stretches
}

const isInLine = ([ax, ay, bx, by]: Segment, [cx, cy, dx, dy]: Segment): boolean =>
  (bx - ax) * (dy - cy) === (by - ay) * (dx - cx)
