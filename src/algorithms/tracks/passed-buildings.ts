import Flatbush from 'flatbush'
import { shareAlong } from '../routing/near-edges'
import type { LineColumns } from '../routing/street-graph'
import type { WallTest } from '../routing/wall-test'

/** Ways walked, and when. */
export interface WalkedWays extends LineColumns {
  /** By way, any unit that rises with time. */
  readonly at: ArrayLike<number>
}

/**
 * When each building was passed last: a way lies within the limit of its outline, inclusive, and nothing that parts people stands
 * between.
 *
 * @param outlines one line by building: its ring, closed, or its point
 * @param limitM metres
 * @returns by building the time of the latest way that passes it; −Infinity where none does
 * Complexity: O((buildings + segments) log segments) expected.
 */
export function passedBuildings(outlines: LineColumns, ways: WalkedWays, limitM: number, meetsWall: WallTest): Float64Array {
  const latest = new Float64Array(outlines.start.length - 1).fill(-Infinity)
  const segments: { point: number; at: number }[] = []
  for (let way = 0; way + 1 < ways.start.length; way++) {
    for (let point = ways.start[way]; point + 1 < ways.start[way + 1]; point++) segments.push({ point, at: ways.at[way] })
  }
  if (segments.length === 0) return latest
  const boxes = new Flatbush(segments.length)
  for (const { point } of segments) {
    const [ax, ay, bx, by] = ways.xyM.subarray(2 * point, 2 * point + 4)
    boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  boxes.finish()
  for (let building = 0; building < latest.length; building++) {
    const ring = outlines.xyM.subarray(2 * outlines.start[building], 2 * outlines.start[building + 1])
    if (ring.length === 0) continue
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let k = 0; k < ring.length; k += 2) {
      ;[west, south, east, north] = [Math.min(west, ring[k]), Math.min(south, ring[k + 1]), Math.max(east, ring[k]), Math.max(north, ring[k + 1])]
    }
    const near = boxes.search(west - limitM, south - limitM, east + limitM, north + limitM)
    // The latest first, so that the first that passes is the answer.
    near.sort((a, b) => segments[b].at - segments[a].at || a - b)
    const passing = near.find((segment) => {
      const { point } = segments[segment]
      const leg = shortestLeg(ring, ways.xyM.subarray(2 * point, 2 * point + 4))
      return Math.hypot(leg[2] - leg[0], leg[3] - leg[1]) <= limitM && !meetsWall(...leg)
    })
    if (passing !== undefined) latest[building] = segments[passing].at
  }
  return latest
}

type Leg = [fromX: number, fromY: number, toX: number, toY: number]

/** From a ring to a segment the shortest way; of no length where the segment runs through the building. */
function shortestLeg(ring: Float64Array, [ax, ay, bx, by]: Float64Array): Leg {
  let best: Leg = [0, 0, Infinity, Infinity]
  let bestM = Infinity
  const consider = (fromX: number, fromY: number, toX: number, toY: number): void => {
    const metres = Math.hypot(toX - fromX, toY - fromY)
    if (metres < bestM) [best, bestM] = [[fromX, fromY, toX, toY], metres]
  }
  for (let k = 0; k < ring.length; k += 2) {
    const [px, py] = [ring[k], ring[k + 1]]
    const onWay = shareAlong(px, py, ax, ay, bx, by)
    consider(px, py, ax + onWay * (bx - ax), ay + onWay * (by - ay))
    if (k + 3 >= ring.length) continue
    const [qx, qy] = [ring[k + 2], ring[k + 3]]
    for (const [x, y] of [[ax, ay], [bx, by]]) {
      const onRing = shareAlong(x, y, px, py, qx, qy)
      consider(px + onRing * (qx - px), py + onRing * (qy - py), x, y)
    }
    const turn = (bx - ax) * (qy - py) - (by - ay) * (qx - px)
    if (turn === 0) continue
    const onA = ((px - ax) * (qy - py) - (py - ay) * (qx - px)) / turn
    const onP = ((px - ax) * (by - ay) - (py - ay) * (bx - ax)) / turn
    if (onA >= 0 && onA <= 1 && onP >= 0 && onP <= 1) consider(ax + onA * (bx - ax), ay + onA * (by - ay), ax + onA * (bx - ax), ay + onA * (by - ay))
  }
  return best
}
