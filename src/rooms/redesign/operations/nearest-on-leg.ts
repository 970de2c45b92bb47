import type { LatticePoint } from './pick-cells'

export interface OnLeg {
  readonly at: LatticePoint
  readonly away: number
}

/** The place on a straight leg that is nearest to a point, and its distance. */
export function nearestOnLeg({ x, y }: LatticePoint, x0: number, y0: number, x1: number, y1: number): OnLeg {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const share = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)))
  const at = { x: x0 + share * dx, y: y0 + share * dy }
  return { at, away: Math.hypot(at.x - x, at.y - y) }
}
