import { shareAlong } from '../routing/near-edges'
import type { LineColumns, StreetGraph } from '../routing/street-graph'

/** Nodes lie this near the line they are on: what touches is moved together by less. Metres. */
const NEAR_M = 0.1

/**
 * Where the edges of a street graph lie along their lines: centimetres from a line's first point, rounded, ends that meet at one
 * node alike. A path, of line −1, lies along itself.
 *
 * An edge lies within one straight of its line, and the edges of a line come in its order; so each is sought from where the last
 * ended, and a line that crosses itself is no trouble.
 */
export function locateEdges(
  { nodeXYM, edgeFrom, edgeTo, edgeLine, edgeLengthM }: Pick<StreetGraph, 'nodeXYM' | 'edgeFrom' | 'edgeTo' | 'edgeLine' | 'edgeLengthM'>,
  { xyM, start }: LineColumns,
): { fromCm: Int32Array; toCm: Int32Array } {
  const fromCm = new Int32Array(edgeFrom.length)
  const toCm = new Int32Array(edgeFrom.length)
  /** Metres along its line by point. */
  const alongM = new Float64Array(xyM.length / 2)
  for (let line = 0; line + 1 < start.length; line++) {
    for (let p = start[line] + 1; p < start[line + 1]; p++) {
      alongM[p] = alongM[p - 1] + Math.hypot(xyM[2 * p] - xyM[2 * p - 2], xyM[2 * p + 1] - xyM[2 * p - 1])
    }
  }
  /** By line the straight the last edge lay on, the edge, and where it ended. */
  const straightOf = new Map<number, number>()
  const lastOf = new Map<number, number>()
  edgeLine.forEach((line, edge) => {
    if (line < 0) {
      toCm[edge] = Math.max(1, Math.round(100 * edgeLengthM[edge]))
      return
    }
    const last = lastOf.get(line)
    const place = seek(line, edge, straightOf.get(line) ?? start[line], last === undefined ? 0 : toCm[last] / 100)
    fromCm[edge] = Math.round(100 * place.fromM)
    if (last !== undefined && (edgeTo[last] === edgeFrom[edge] || fromCm[edge] < toCm[last])) fromCm[edge] = toCm[last]
    toCm[edge] = Math.max(fromCm[edge] + 1, Math.round(100 * place.toM))
    straightOf.set(line, place.straight)
    lastOf.set(line, edge)
  })
  return { fromCm, toCm }

  /** The first straight from `begin` on that both ends lie on, one after the other and not before `sinceM`; else the nearest. */
  function seek(line: number, edge: number, begin: number, sinceM: number): { straight: number; fromM: number; toM: number } {
    let nearest = { straight: begin, fromM: sinceM, toM: sinceM + edgeLengthM[edge] }
    let nearestM = Infinity
    for (let p = begin; p + 1 < start[line + 1]; p++) {
      const a = footOn(p, edgeFrom[edge])
      const b = footOn(p, edgeTo[edge])
      const awayM = Math.max(a.awayM, b.awayM, sinceM - a.alongM, Math.abs(b.alongM - a.alongM - edgeLengthM[edge]))
      if (awayM >= nearestM) continue
      nearest = { straight: p, fromM: a.alongM, toM: b.alongM }
      nearestM = awayM
      if (awayM <= NEAR_M) break
    }
    return nearest
  }

  function footOn(p: number, node: number): { alongM: number; awayM: number } {
    const [x, y] = [nodeXYM[2 * node], nodeXYM[2 * node + 1]]
    const [ax, ay, bx, by] = [xyM[2 * p], xyM[2 * p + 1], xyM[2 * p + 2], xyM[2 * p + 3]]
    const share = shareAlong(x, y, ax, ay, bx, by)
    return { alongM: alongM[p] + share * (alongM[p + 1] - alongM[p]), awayM: Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y) }
  }
}
