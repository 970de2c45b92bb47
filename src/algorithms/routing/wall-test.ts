import Flatbush from 'flatbush'
import type { LineColumns } from './street-graph'

/** Both ends of a leg may stand on a wall: this much of it is not looked at. Metres. */
const END_M = 0.02

/** Tells whether a straight leg (metres) meets a wall; touching one is meeting it, but for the ends of the leg. */
export type WallTest = (fromX: number, fromY: number, toX: number, toY: number) => boolean

/** Walls in space. O(w log w), a leg O(log w + walls near). */
export function createWallTest(walls: LineColumns | null): WallTest {
  const segments: number[] = []
  if (walls) {
    for (let line = 0; line + 1 < walls.start.length; line++) {
      for (let p = walls.start[line]; p + 1 < walls.start[line + 1]; p++) segments.push(p)
    }
  }
  if (!walls || segments.length === 0) return () => false
  const { xyM } = walls
  const boxes = new Flatbush(segments.length)
  for (const p of segments) {
    boxes.add(
      Math.min(xyM[2 * p], xyM[2 * p + 2]), Math.min(xyM[2 * p + 1], xyM[2 * p + 3]),
      Math.max(xyM[2 * p], xyM[2 * p + 2]), Math.max(xyM[2 * p + 1], xyM[2 * p + 3]),
    )
  }
  boxes.finish()
  return (fromX, fromY, toX, toY) => {
    const lengthM = Math.hypot(toX - fromX, toY - fromY)
    if (lengthM <= 2 * END_M) return false
    const [endX, endY] = [((toX - fromX) * END_M) / lengthM, ((toY - fromY) * END_M) / lengthM]
    const [ax, ay, bx, by] = [fromX + endX, fromY + endY, toX - endX, toY - endY]
    const near = boxes.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    return near.some((k) => {
      const p = 2 * segments[k]
      return meet(ax, ay, bx, by, xyM[p], xyM[p + 1], xyM[p + 2], xyM[p + 3])
    })
  }
}

const side = (ax: number, ay: number, bx: number, by: number, x: number, y: number): number =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))

/** Whether two segments whose boxes meet share a point. */
function meet(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) <= 0 && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) <= 0
}
