import type { DoorSnaps } from './door-snaps'
import { NearEdges } from './near-edges'
import type { StreetGraph } from './street-graph'
import { createWallTest } from './wall-test'

/**
 * Bring doors onto the streets: each to the nearest place of a walkable edge that it sees past all walls.
 *
 * @param doorXYM x, y by door, metres in the frame of the graph
 * @param limitM longest access leg, of all doors or by door, inclusive; a door farther off is refused and listed, never put on
 *   something far away
 * @throws where a position is not finite
 * Complexity: O(d log e) expected.
 */
export function snapDoors(graph: StreetGraph, doorXYM: Float64Array, limitM: number | Float64Array): DoorSnaps {
  const bad = doorXYM.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw new Error(`expected finite metres, got ${doorXYM[bad]} at door ${bad >> 1}`)
  const near = new NearEdges(graph.nodeXYM, graph.edgeFrom, graph.edgeTo)
  const meetsWall = createWallTest(graph.walls)
  const count = doorXYM.length / 2
  const edge = new Int32Array(count).fill(-1)
  const alongM = new Float64Array(count)
  const accessM = new Float64Array(count)
  const refused: number[] = []
  for (let door = 0; door < count; door++) {
    const [x, y] = [doorXYM[2 * door], doorXYM[2 * door + 1]]
    const foot = near.nearest(x, y, typeof limitM === 'number' ? limitM : limitM[door], ({ xM, yM }) => !meetsWall(x, y, xM, yM))
    if (!foot) {
      refused.push(door)
      continue
    }
    edge[door] = foot.edge
    alongM[door] = foot.share * graph.edgeLengthM[foot.edge]
    accessM[door] = foot.awayM
  }
  return { xyM: doorXYM, edge, alongM, accessM, refused: Int32Array.from(refused) }
}
