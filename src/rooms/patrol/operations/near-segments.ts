import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { NearEdges } from '@/algorithms/routing/near-edges'

/** Segments of a network in space. */
export interface NearSegments {
  /** The nearest segment within a limit (metres, inclusive) that is allowed; −1: none. */
  nearest(xM: number, yM: number, limitM: number, isAllowed?: (segment: number) => boolean): number
}

/** O(points log points) once; each question O(log points + what lies near). */
export function nearSegments({ pathStart, pathXYM }: Pick<PatrolNetwork, 'pathStart' | 'pathXYM'>): NearSegments {
  const from: number[] = []
  const segmentOf: number[] = []
  for (let segment = 0; segment + 1 < pathStart.length; segment++) {
    for (let point = pathStart[segment]; point + 1 < pathStart[segment + 1]; point++) {
      from.push(point)
      segmentOf.push(segment)
    }
  }
  const edges = new NearEdges(pathXYM, from, from.map((point) => point + 1))
  return {
    nearest(xM, yM, limitM, isAllowed = () => true) {
      const foot = edges.nearest(xM, yM, limitM, ({ edge }) => isAllowed(segmentOf[edge]))
      return foot ? segmentOf[foot.edge] : -1
    },
  }
}
