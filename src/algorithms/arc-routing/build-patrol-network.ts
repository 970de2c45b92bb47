import { CLOSED_REACH_M } from '../routing/close-streets'
import { numberComponents } from '../routing/number-components'
import type { LineColumns, StreetGraph } from '../routing/street-graph'
import { locateEdges } from './patrol-locate-edges'
import type { PatrolNetwork } from './patrol-problem'

/** Further places where segments end: centimetres along lines, as where a duty begins. */
export interface SegmentBreaks {
  readonly line: ArrayLike<number>
  readonly atCm: ArrayLike<number>
}

/** Part of a line between two nodes of the graph, or a path assumed over a gap. */
interface Piece {
  readonly line: number
  from: number
  to: number
  fromCm: number
  toCm: number
  readonly xyM: number[]
}

/**
 * Segments from junction to junction: the edges of one line joined where nothing else meets them, and parted again at breaks.
 * Those of a line follow one another along it without gap or overlap, but for what another line has already, where two lie one
 * upon the other; what a closed gate took is shared by the segments beside it. Dead ends and islands are kept.
 *
 * @param graph of `buildStreetGraph`
 * @param lines the same lines the graph was built from
 * @param breaks further ends of segments, in any order; what lies outside a line or at an end of a segment adds nothing
 * @returns segments by line and along it, paths last: the same input gives the same numbers
 * Complexity: O(e + breaks log breaks).
 */
export function buildPatrolNetwork(graph: StreetGraph, lines: LineColumns, breaks: SegmentBreaks = { line: [], atCm: [] }): PatrolNetwork {
  const nodeXYM = Array.from(graph.nodeXYM)
  const pieces = breakPieces(closeGates(joinPieces(graph, piecesOf(graph, lines)), lines), breaks, nodeXYM)
  return assemble(pieces, nodeXYM)
}

/** Edges with their place along their line, by line and along it. */
function piecesOf({ nodeXYM, edgeFrom, edgeTo, edgeLine, edgeLengthM }: StreetGraph, lines: LineColumns): Piece[] {
  const { fromCm, toCm } = locateEdges({ nodeXYM, edgeFrom, edgeTo, edgeLine, edgeLengthM }, lines)
  const pieces = [...edgeFrom].map((from, edge): Piece => {
    const to = edgeTo[edge]
    const line = edgeLine[edge]
    return {
      line, from, to,
      fromCm: fromCm[edge],
      toCm: toCm[edge],
      xyM: [nodeXYM[2 * from], nodeXYM[2 * from + 1], nodeXYM[2 * to], nodeXYM[2 * to + 1]],
    }
  })
  return pieces.sort((a, b) => Number(a.line < 0) - Number(b.line < 0) || a.line - b.line || a.fromCm - b.fromCm)
}

function joinPieces({ component, edgeFrom, edgeTo }: StreetGraph, pieces: readonly Piece[]): Piece[] {
  const meeting = new Int32Array(component.length)
  for (const ends of [edgeFrom, edgeTo]) for (const node of ends) meeting[node]++
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    const goesOn = last && last.line === piece.line && piece.line >= 0 && last.to === piece.from && last.toCm === piece.fromCm
    if (!goesOn || meeting[piece.from] !== 2) {
      joined.push(piece)
      continue
    }
    last.to = piece.to
    last.toCm = piece.toCm
    last.xyM.push(...piece.xyM.slice(2))
  }
  return joined
}

/** Where a gate took a little of a line the segments beside it each go to its middle; so do the ends of a line to its ends. */
function closeGates(pieces: Piece[], { xyM, start }: LineColumns): Piece[] {
  const mostCm = Math.ceil(400 * CLOSED_REACH_M)
  pieces.forEach((piece, k) => {
    if (piece.line < 0) return
    const last = k > 0 && pieces[k - 1].line === piece.line ? pieces[k - 1] : null
    const gapCm = piece.fromCm - (last?.toCm ?? 0)
    if (gapCm > 0 && gapCm <= mostCm) {
      if (last) last.toCm += Math.floor(gapCm / 2)
      piece.fromCm = last?.toCm ?? 0
    }
    if (k + 1 < pieces.length && pieces[k + 1].line === piece.line) return
    let lengthM = 0
    for (let p = start[piece.line]; p + 1 < start[piece.line + 1]; p++) {
      lengthM += Math.hypot(xyM[2 * p + 2] - xyM[2 * p], xyM[2 * p + 3] - xyM[2 * p + 1])
    }
    const endCm = Math.round(100 * lengthM)
    if (endCm - piece.toCm <= mostCm) piece.toCm = endCm
  })
  return pieces
}

function breakPieces(pieces: readonly Piece[], { line, atCm }: SegmentBreaks, nodeXYM: number[]): Piece[] {
  const breaksOf = new Map<number, number[]>()
  for (let k = 0; k < line.length; k++) breaksOf.set(line[k], [...(breaksOf.get(line[k]) ?? []), atCm[k]])
  return pieces.flatMap((piece) => {
    const within = [...new Set(breaksOf.get(piece.line) ?? [])].filter((cm) => cm > piece.fromCm && cm < piece.toCm).sort((a, b) => a - b)
    const parts: Piece[] = []
    let rest = piece
    for (const cm of within) {
      const [head, tail] = breakPiece(rest, cm, nodeXYM)
      parts.push(head)
      rest = tail
    }
    return [...parts, rest]
  })
}

/** A piece parted at centimetres along its line, with a new node there. */
function breakPiece(piece: Piece, cm: number, nodeXYM: number[]): [Piece, Piece] {
  const { xyM } = piece
  let leftM = ((cm - piece.fromCm) / (piece.toCm - piece.fromCm)) * lengthOf(xyM)
  let at = 0
  const stepM = (): number => Math.hypot(xyM[at + 2] - xyM[at], xyM[at + 3] - xyM[at + 1])
  while (at + 4 < xyM.length && leftM > stepM()) {
    leftM -= stepM()
    at += 2
  }
  const share = Math.min(1, leftM / stepM())
  const [x, y] = [xyM[at] + share * (xyM[at + 2] - xyM[at]), xyM[at + 1] + share * (xyM[at + 3] - xyM[at + 1])]
  const node = nodeXYM.push(x, y) / 2 - 1
  return [
    { ...piece, to: node, toCm: cm, xyM: [...xyM.slice(0, at + 2), x, y] },
    { ...piece, from: node, fromCm: cm, xyM: [x, y, ...xyM.slice(at + 2)] },
  ]
}

function lengthOf(xyM: readonly number[]): number {
  let lengthM = 0
  for (let p = 0; p + 3 < xyM.length; p += 2) lengthM += Math.hypot(xyM[p + 2] - xyM[p], xyM[p + 3] - xyM[p + 1])
  return lengthM
}

/** Columns of the pieces; nodes that bends were joined over fall away. */
function assemble(pieces: readonly Piece[], xyM: readonly number[]): PatrolNetwork {
  const numberOf = new Int32Array(xyM.length / 2).fill(-1)
  for (const { from, to } of pieces) numberOf[from] = numberOf[to] = 0
  let nodes = 0
  numberOf.forEach((used, node) => used === 0 && (numberOf[node] = nodes++))
  const nodeXYM = new Float64Array(2 * nodes)
  numberOf.forEach((number, node) => number >= 0 && nodeXYM.set([xyM[2 * node], xyM[2 * node + 1]], 2 * number))
  const pathStart = new Uint32Array(pieces.length + 1)
  pieces.forEach((piece, k) => (pathStart[k + 1] = pathStart[k] + piece.xyM.length / 2))
  const segmentFrom = Int32Array.from(pieces, ({ from }) => numberOf[from])
  const segmentTo = Int32Array.from(pieces, ({ to }) => numberOf[to])
  const segmentLengthM = Float64Array.from(pieces, (piece) => lengthOf(piece.xyM))
  return {
    nodeXYM,
    segmentFrom,
    segmentTo,
    segmentLengthM,
    segmentLine: Int32Array.from(pieces, ({ line }) => line),
    segmentFromCm: Int32Array.from(pieces, ({ fromCm }) => fromCm),
    segmentToCm: Int32Array.from(pieces, ({ toCm }) => toCm),
    pathStart,
    pathXYM: Float64Array.from(pieces.flatMap((piece) => piece.xyM)),
    ...numberComponents(nodes, segmentFrom, segmentTo, segmentLengthM),
  }
}
