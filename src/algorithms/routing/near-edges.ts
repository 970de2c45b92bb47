import Flatbush from 'flatbush'

/** Nearest place of the segment a–b to p, as a share of its length from a. */
export function shareAlong(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const square = dx * dx + dy * dy
  if (square === 0) return 0
  return Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square))
}

/** Where a point comes onto an edge. */
export interface Foot {
  readonly edge: number
  /** Share of the edge's length from its beginning. */
  readonly share: number
  readonly xM: number
  readonly yM: number
  readonly awayM: number
}

/** First radius looked in, metres; doubled until something is found. */
const FIRST_REACH_M = 32

/** Edges of a net in space. Edge k runs from place from[k] to place to[k]. */
export class NearEdges {
  private readonly boxes: Flatbush | null

  constructor(
    private readonly xyM: ArrayLike<number>,
    private readonly from: ArrayLike<number>,
    private readonly to: ArrayLike<number>,
  ) {
    this.boxes = from.length > 0 ? new Flatbush(from.length) : null
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [2 * from[k], 2 * to[k]]
      this.boxes!.add(Math.min(xyM[a], xyM[b]), Math.min(xyM[a + 1], xyM[b + 1]), Math.max(xyM[a], xyM[b]), Math.max(xyM[a + 1], xyM[b + 1]))
    }
    this.boxes?.finish()
  }

  /** Feet of a point on all edges within reach, inclusive, nearest first, then by edge. */
  within(x: number, y: number, reachM: number): Foot[] {
    const found = this.boxes?.search(x - reachM, y - reachM, x + reachM, y + reachM) ?? []
    const feet = found.map((edge) => this.footOn(edge, x, y)).filter(({ awayM }) => awayM <= reachM)
    return feet.sort((a, b) => a.awayM - b.awayM || a.edge - b.edge)
  }

  private footOn(edge: number, x: number, y: number): Foot {
    const { xyM } = this
    const [a, b] = [2 * this.from[edge], 2 * this.to[edge]]
    const share = shareAlong(x, y, xyM[a], xyM[a + 1], xyM[b], xyM[b + 1])
    const xM = xyM[a] + share * (xyM[b] - xyM[a])
    const yM = xyM[a + 1] + share * (xyM[b + 1] - xyM[a + 1])
    return { edge, share, xM, yM, awayM: Math.hypot(xM - x, yM - y) }
  }

  /**
   * The nearest place within a limit, inclusive, on an edge that is allowed; of several as near the edge with the lowest
   * index. Null where there is none. O(log e + edges within twice the distance).
   */
  nearest(x: number, y: number, limitM: number, isAllowed: (foot: Foot) => boolean): Foot | null {
    for (let reachM = Math.min(FIRST_REACH_M, limitM); ; reachM = Math.min(2 * reachM, limitM)) {
      const best = this.within(x, y, reachM).find(isAllowed)
      if (best) return best
      if (reachM >= limitM) return null
    }
  }
}
