import type { StreetGraph } from '../routing/street-graph'
import type { CleanTrack } from './clean-track'
import type { DecodedStates } from './decode-states'
import type { StepRoutes } from './step-routes'
import type { StreetCandidates } from './street-candidates'
import type { OffPart, TrackMatch, WalkedPart } from './track-match'

/** Candidates so near to the chosen one are the same place: at a crossing streets share it. Metres. */
const SAME_PLACE_M = 10

type Span = Pick<WalkedPart, 'edge' | 'fromM' | 'toM'>
type Path = Pick<TrackMatch, 'walked' | 'off'>

/** The likeliest states as edges walked and ways off the streets, with times and confidence. */
export function readPath(
  graph: StreetGraph, routes: StepRoutes, track: CleanTrack, candidates: StreetCandidates, pieces: readonly DecodedStates[],
): Path {
  const path = { walked: [] as WalkedPart[], off: [] as OffPart[] }
  pieces.forEach((states, piece) => readPiece(new PieceReader(graph, routes, track, candidates, states, track.pieceStart[piece]), path))
  return { walked: joinParts(path.walked), off: path.off }
}

function readPiece(reader: PieceReader, path: { walked: WalkedPart[]; off: OffPart[] }): void {
  let offBegin = -1
  for (let fix = reader.begin; fix < reader.end; fix++) {
    if (reader.isOff(fix)) {
      if (offBegin < 0) offBegin = fix
    } else {
      if (offBegin >= 0) path.off.push(reader.offPart(offBegin, fix - 1))
      offBegin = -1
      if (fix > reader.begin && !reader.isOff(fix - 1)) path.walked.push(...reader.stepParts(fix - 1))
    }
  }
  // Away from streets all the time and in one place is no way.
  if (offBegin > reader.begin || (offBegin >= 0 && offBegin + 1 < reader.end)) path.off.push(reader.offPart(offBegin, reader.end - 1))
}

/** One piece of a track with its states. */
class PieceReader {
  readonly end: number
  /** Place on the edge got to so far, against fixes that fall back behind it. */
  private held: { readonly edge: number; readonly isAlong: boolean; readonly alongM: number } | null = null

  constructor(
    private readonly graph: StreetGraph,
    private readonly routes: StepRoutes,
    private readonly track: CleanTrack,
    private readonly candidates: StreetCandidates,
    private readonly states: DecodedStates,
    readonly begin: number,
  ) {
    this.end = begin + states.best.length
  }

  isOff(fix: number): boolean {
    const { start } = this.candidates
    return this.states.best[fix - this.begin] === 2 * (start[fix + 1] - start[fix])
  }

  /** State of a fix on streets, by candidate of all. */
  private state(fix: number): number {
    return 2 * this.candidates.start[fix] + this.states.best[fix - this.begin]
  }

  private confidence(fix: number): number {
    const { start } = this.candidates
    const probability = this.states.probability[fix - this.begin]
    if (this.isOff(fix)) return probability[probability.length - 1]
    const [x, y] = this.place(this.state(fix) >> 1)
    let sum = 0
    for (let c = start[fix]; c < start[fix + 1]; c++) {
      const [otherX, otherY] = this.place(c)
      if (Math.hypot(otherX - x, otherY - y) <= SAME_PLACE_M) sum += probability[2 * (c - start[fix])] + probability[2 * (c - start[fix]) + 1]
    }
    return Math.min(1, sum)
  }

  private place(candidate: number): readonly [x: number, y: number] {
    const { edgeFrom, edgeTo, edgeLengthM, nodeXYM } = this.graph
    const edge = this.candidates.edge[candidate]
    const share = this.candidates.alongM[candidate] / edgeLengthM[edge]
    const [a, b] = [2 * edgeFrom[edge], 2 * edgeTo[edge]]
    return [nodeXYM[a] + share * (nodeXYM[b] - nodeXYM[a]), nodeXYM[a + 1] + share * (nodeXYM[b + 1] - nodeXYM[a + 1])]
  }

  /** What was walked between a fix on streets and the next. */
  stepParts(fix: number): WalkedPart[] {
    const { atMs, untilMs, xyM } = this.track
    const straightM = Math.hypot(xyM[2 * fix + 2] - xyM[2 * fix], xyM[2 * fix + 3] - xyM[2 * fix + 1])
    const spans = this.spans(this.state(fix), this.state(fix + 1), straightM)
    const totalM = spans.reduce((sum, span) => sum + Math.abs(span.toM - span.fromM), 0)
    const confidence = (this.confidence(fix) + this.confidence(fix + 1)) / 2
    const [beginMs, lastMs] = [untilMs[fix], Math.max(untilMs[fix], atMs[fix + 1])]
    let doneM = 0
    return spans.map(({ edge: onEdge, fromM, toM }) => {
      const fromMs = beginMs + ((lastMs - beginMs) * doneM) / totalM
      doneM += Math.abs(toM - fromM)
      const toMs = beginMs + ((lastMs - beginMs) * doneM) / totalM
      return { edge: onEdge, fromM, toM, fromFix: fix, toFix: fix + 1, fromMs, toMs, confidence }
    })
  }

  private spans(from: number, to: number, straightM: number): Span[] {
    const { edge, alongM } = this.candidates
    const { edgeFrom, edgeTo, edgeLengthM } = this.graph
    const { routes } = this
    const [edgeA, edgeB, fromM, toM] = [edge[from >> 1], edge[to >> 1], alongM[from >> 1], alongM[to >> 1]]
    const entersAlong = (to & 1) === 0
    routes.prepare([edgeA], [edgeB], straightM)
    const way = routes.way(this.candidates, from, to, straightM)
    if (!way) throw new Error(`expected a way between states ${from} and ${to}`)
    // Only what lies beyond the farthest place got to, while one heads on: fixes fall back, people do not.
    const isOn = this.held?.edge === edgeA && this.held.isAlong === ((from & 1) === 0) && way.turns === 0
    const beginM = isOn ? this.held!.alongM : fromM
    if (way.exit < 0) {
      const aheadM = entersAlong ? toM - beginM : beginM - toM
      this.held = { edge: edgeA, isAlong: entersAlong, alongM: aheadM > 0 ? toM : beginM }
      return aheadM > 0 ? [{ edge: edgeA, fromM: beginM, toM }] : []
    }
    const entry = entersAlong ? edgeFrom[edgeB] : edgeTo[edgeB]
    const endM = (onEdge: number, node: number): number => (edgeTo[onEdge] === node ? edgeLengthM[onEdge] : 0)
    const spans: Span[] = [{ edge: edgeA, fromM: beginM, toM: endM(edgeA, way.exit) }]
    const nodes = routes.nodesBetween(way.exit, entry)
    for (let k = 0; k + 1 < nodes.length; k++) {
      const between = this.edgeBetween(nodes[k], nodes[k + 1])
      spans.push({ edge: between, fromM: endM(between, nodes[k]), toM: endM(between, nodes[k + 1]) })
    }
    spans.push({ edge: edgeB, fromM: endM(edgeB, entry), toM })
    this.held = { edge: edgeB, isAlong: entersAlong, alongM: toM }
    return spans.filter((span) => span.fromM !== span.toM)
  }

  private edgeBetween(a: number, b: number): number {
    const { arcStart, arcNode, arcEdge } = this.graph
    for (let arc = arcStart[a]; arc < arcStart[a + 1]; arc++) if (arcNode[arc] === b) return arcEdge[arc]
    throw new Error(`expected an edge between nodes ${a} and ${b}`)
  }

  /** From the street left before the first of some fixes to the one come back to after the last. */
  offPart(first: number, last: number): OffPart {
    const { atMs, untilMs, xyM } = this.track
    const [before, after] = [first > this.begin, last + 1 < this.end]
    const points: number[] = []
    let sum = 0
    if (before) points.push(...this.place(this.state(first - 1) >> 1))
    for (let fix = first; fix <= last; fix++) {
      points.push(xyM[2 * fix], xyM[2 * fix + 1])
      sum += this.confidence(fix)
    }
    if (after) points.push(...this.place(this.state(last + 1) >> 1))
    this.held = null
    const [fromFix, toFix] = [before ? first - 1 : first, after ? last + 1 : last]
    return {
      xyM: Float64Array.from(points),
      fromFix,
      toFix,
      fromMs: before ? untilMs[first - 1] : atMs[first],
      toMs: after ? atMs[last + 1] : untilMs[last],
      confidence: sum / (last - first + 1),
    }
  }
}

/** Parts that go on along one edge, as one; confidence by length. */
function joinParts(parts: readonly WalkedPart[]): WalkedPart[] {
  const joined: WalkedPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    const goesOn = last && last.edge === part.edge && last.toM === part.fromM && last.toFix === part.fromFix
      && Math.sign(last.toM - last.fromM) === Math.sign(part.toM - part.fromM)
    if (!goesOn) {
      joined.push(part)
      continue
    }
    const [lastM, partM] = [Math.abs(last.toM - last.fromM), Math.abs(part.toM - part.fromM)]
    const confidence = (last.confidence * lastM + part.confidence * partM) / (lastM + partM)
    joined[joined.length - 1] = { ...last, toM: part.toM, toFix: part.toFix, toMs: part.toMs, confidence }
  }
  return joined
}
