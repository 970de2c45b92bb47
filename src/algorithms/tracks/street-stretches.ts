import Flatbush from 'flatbush'
import { shareAlong } from '../routing/near-edges'
import type { StreetColumns, StreetGraph } from '../routing/street-graph'
import type { WalkedPart } from './track-match'

/** An edge lies on a street whose line passes its ends within this: nodes are joined within 2 cm. Metres. */
const ON_LINE_M = 0.05
/** Parts of one street so near to one another are one stretch, metres. */
const JOIN_M = 0.1

/** Part of a street walked once in one direction. */
export interface StreetPart {
  /** Line of the streets. */
  readonly line: number
  /** Metres along the line, fromM < toM. */
  readonly fromM: number
  readonly toM: number
  /** Walked from `toM` to `fromM`. */
  readonly isReversed: boolean
  readonly fromMs: number
  readonly toMs: number
  readonly confidence: number
}

/** Where edges of a graph lie on the lines it was made from. */
export interface EdgeMeasures {
  /** Edge e lies on measures start[e] … start[e+1]−1, its own line first; none for a path assumed over a gap. */
  readonly start: Uint32Array
  readonly line: Int32Array
  /** Metres along the line at the edge's beginning and end; the end may lie before. */
  readonly fromM: Float64Array
  readonly toM: Float64Array
}

/**
 * Where each edge lies on the lines. What two lines share is one edge and counts for both.
 * @param streets what the graph was built from
 * Complexity: O(e log p) expected.
 */
export function measureEdges(graph: StreetGraph, streets: StreetColumns): EdgeMeasures {
  const { xyM, start: lineStart } = streets
  const segments: { line: number; point: number; fromM: number }[] = []
  for (let line = 0; line + 1 < lineStart.length; line++) {
    let fromM = 0
    for (let point = lineStart[line]; point + 1 < lineStart[line + 1]; point++) {
      segments.push({ line, point, fromM })
      fromM += Math.hypot(xyM[2 * point + 2] - xyM[2 * point], xyM[2 * point + 3] - xyM[2 * point + 1])
    }
  }
  const start = new Uint32Array(graph.edgeLine.length + 1)
  const [lines, fromsM, tosM]: number[][] = [[], [], []]
  if (segments.length > 0) {
    const boxes = new Flatbush(segments.length)
    for (const { point } of segments) {
      const [ax, ay, bx, by] = xyM.subarray(2 * point, 2 * point + 4)
      boxes.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
    boxes.finish()
    for (let edge = 0; edge < graph.edgeLine.length; edge++) {
      start[edge + 1] = start[edge]
      if (graph.edgeLine[edge] < 0) continue
      const [a, b] = [2 * graph.edgeFrom[edge], 2 * graph.edgeTo[edge]]
      const [ax, ay, bx, by] = [graph.nodeXYM[a], graph.nodeXYM[a + 1], graph.nodeXYM[b], graph.nodeXYM[b + 1]]
      const [middleX, middleY] = [(ax + bx) / 2, (ay + by) / 2]
      const found = boxes.search(middleX - ON_LINE_M, middleY - ON_LINE_M, middleX + ON_LINE_M, middleY + ON_LINE_M)
      const on = found.sort((p, q) => p - q).flatMap((segment) => {
        const { line, point, fromM } = segments[segment]
        const [beginM, endM] = [measureAt(xyM, point, ax, ay), measureAt(xyM, point, bx, by)]
        return beginM === null || endM === null || beginM === endM ? [] : [{ line, fromM: fromM + beginM, toM: fromM + endM }]
      })
      on.sort((p, q) => Number(q.line === graph.edgeLine[edge]) - Number(p.line === graph.edgeLine[edge]))
      for (const { line, fromM, toM } of on) {
        lines.push(line)
        fromsM.push(fromM)
        tosM.push(toM)
      }
      start[edge + 1] = lines.length
    }
  }
  return { start, line: Int32Array.from(lines), fromM: Float64Array.from(fromsM), toM: Float64Array.from(tosM) }
}

/** Metres from a point of a line to the place of its next segment that lies at x, y; null where it does not lie on it. */
function measureAt(xyM: Float64Array, point: number, x: number, y: number): number | null {
  const [ax, ay, bx, by] = xyM.subarray(2 * point, 2 * point + 4)
  const share = shareAlong(x, y, ax, ay, bx, by)
  if (Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y) > ON_LINE_M) return null
  return share * Math.hypot(bx - ax, by - ay)
}

/**
 * Edges walked as stretches of streets, in the order of time: parts that go on along one street in one direction are one, with the
 * stops on the way.
 * Nothing is said of paths assumed over gaps.
 */
export function streetParts(graph: StreetGraph, measures: EdgeMeasures, walked: readonly WalkedPart[]): StreetPart[] {
  const parts: StreetPart[] = []
  /** Last part by line, so that what two streets share goes on along both. */
  let open = new Map<number, number>()
  for (const { edge, fromM, toM, fromMs, toMs, confidence } of walked) {
    const next = new Map<number, number>()
    for (let k = measures.start[edge]; k < measures.start[edge + 1]; k++) {
      const at = (alongM: number): number =>
        measures.fromM[k] + (alongM / graph.edgeLengthM[edge]) * (measures.toM[k] - measures.fromM[k])
      const [beginM, endM] = [at(fromM), at(toM)]
      const part = {
        line: measures.line[k],
        fromM: Math.min(beginM, endM),
        toM: Math.max(beginM, endM),
        isReversed: endM < beginM,
        fromMs,
        toMs,
        confidence,
      }
      const last = open.get(part.line)
      if (last !== undefined && goesOn(parts[last], part)) {
        parts[last] = joinParts(parts[last], part)
        next.set(part.line, last)
      } else if (part.toM > part.fromM) next.set(part.line, parts.push(part) - 1)
    }
    open = next
  }
  return parts
}

const goesOn = (last: StreetPart, part: StreetPart): boolean =>
  last.isReversed === part.isReversed && Math.abs(last.isReversed ? last.fromM - part.toM : last.toM - part.fromM) <= JOIN_M

function joinParts(last: StreetPart, part: StreetPart): StreetPart {
  const [lastM, partM] = [last.toM - last.fromM, part.toM - part.fromM]
  return {
    ...last,
    fromM: Math.min(last.fromM, part.fromM),
    toM: Math.max(last.toM, part.toM),
    toMs: part.toMs,
    confidence: (lastM * last.confidence + partM * part.confidence) / (lastM + partM),
  }
}
