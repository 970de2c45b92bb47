import { DisjointSets } from '../shared/disjoint-sets'
import { cutEdges, type EdgeCut } from './cut-edges'
import { NearEdges, type Foot } from './near-edges'
import { TOUCH_M, type EdgeList } from './node-streets'
import type { WallTest } from './wall-test'

/** An end that stops this short of another street was meant to reach it. Metres. */
export const JOIN_M = 1
/**
 * People get from the end of a way that hangs together with nothing else to the next one over open ground this far, where no
 * wall stands between: half the way between two rows of slabs or two farm lanes. Metres.
 */
export const LINK_M = 60

/**
 * Streets with the gaps between them closed by short straight edges of line −1: first ends that miss a street by less than
 * `JOIN_M`, then what hangs together with nothing else, from each of its ends to the nearest other part, round after round
 * until nothing more is within `LINK_M`. Parts farther off stay islands.
 *
 * @param levelOf level of an input line; paths join streets of one level only
 * Complexity: O(ends · log e · rounds); every round at least halves the parts that still have a neighbour.
 */
export function bridgeGaps(noded: EdgeList, levelOf: (line: number) => number, meetsWall: WallTest): EdgeList {
  const joined = addPaths(noded, joinEnds(noded, levelOf, meetsWall))
  let edges = joined
  const ends = endsOf(joined)
  for (;;) {
    const paths = linkParts(edges, ends, levelOf, meetsWall)
    if (paths.length === 0) return edges
    edges = addPaths(edges, paths)
  }
}

interface Path {
  readonly from: number
  readonly foot: Foot
}

/** Places where one edge only ends, with that edge's line. */
function endsOf({ from, to, line }: EdgeList): Map<number, number> {
  const lineAt = new Map<number, number>()
  const isInner = new Set<number>()
  for (const places of [from, to]) {
    places.forEach((place, edge) => {
      if (lineAt.has(place)) isInner.add(place)
      else lineAt.set(place, line[edge])
    })
  }
  return new Map([...lineAt].filter(([place]) => !isInner.has(place)).sort(([a], [b]) => a - b))
}

function joinEnds(edges: EdgeList, levelOf: (line: number) => number, meetsWall: WallTest): Path[] {
  const near = new NearEdges(edges.xyM, edges.from, edges.to)
  return [...endsOf(edges)].flatMap(([place, line]): Path[] => {
    const [x, y] = [edges.xyM[2 * place], edges.xyM[2 * place + 1]]
    const foot = near.nearest(x, y, JOIN_M, ({ edge, xM, yM }) =>
      edges.line[edge] !== line && levelOf(edges.line[edge]) === levelOf(line) && !meetsWall(x, y, xM, yM))
    return foot ? [{ from: place, foot }] : []
  })
}

function linkParts(edges: EdgeList, ends: ReadonlyMap<number, number>, levelOf: (line: number) => number, meetsWall: WallTest): Path[] {
  const { xyM, from, to, line } = edges
  const parts = new DisjointSets(xyM.length / 2)
  from.forEach((place, edge) => parts.union(place, to[edge]))
  const lengthM = new Map<number, number>()
  from.forEach((place, edge) => {
    const part = parts.find(place)
    lengthM.set(part, (lengthM.get(part) ?? 0) + Math.hypot(xyM[2 * to[edge]] - xyM[2 * place], xyM[2 * to[edge] + 1] - xyM[2 * place + 1]))
  })
  if (lengthM.size < 2) return []
  const near = new NearEdges(xyM, from, to)
  const pathFrom = (place: number, ownLine: number): Path | null => {
    const [x, y] = [xyM[2 * place], xyM[2 * place + 1]]
    const part = parts.find(place)
    const foot = near.nearest(x, y, LINK_M, ({ edge, xM, yM }) =>
      parts.find(from[edge]) !== part && (line[edge] < 0 || levelOf(line[edge]) === levelOf(ownLine)) && !meetsWall(x, y, xM, yM))
    return foot && { from: place, foot }
  }
  // The longest part is what others reach: its own ends, and corners of parts without ends, only where those found nothing.
  const main = [...lengthM].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
  const paths: Path[] = []
  const isLinked = new Set<number>()
  for (const isMain of [false, true]) {
    for (const [place, ownLine] of ends) {
      if ((parts.find(place) === main) !== isMain) continue
      const path = pathFrom(place, ownLine)
      if (!path) continue
      const other = parts.find(from[path.foot.edge])
      if (isMain && isLinked.has(other)) continue
      paths.push(path)
      isLinked.add(parts.find(place)).add(other)
    }
  }
  const shortest = new Map<number, Path>()
  from.forEach((begin, edge) => {
    const part = parts.find(begin)
    if (part === main || isLinked.has(part) || line[edge] < 0) return
    for (const place of [begin, to[edge]]) {
      const path = pathFrom(place, line[edge])
      if (path && path.foot.awayM < (shortest.get(part)?.foot.awayM ?? Infinity)) shortest.set(part, path)
    }
  })
  return [...paths, ...shortest.values()]
}

/** The edges cut at the feet, with the paths behind them, each once. */
function addPaths(edges: EdgeList, paths: readonly Path[]): EdgeList {
  const { xyM, from, to } = edges
  const cuts = new Map<number, EdgeCut[]>()
  const known = new Set<string>()
  const ways: [number, number][] = []
  for (const { from: begin, foot } of paths) {
    const [a, b] = [from[foot.edge], to[foot.edge]]
    let end = [a, b].find((place) => Math.hypot(xyM[2 * place] - foot.xM, xyM[2 * place + 1] - foot.yM) <= TOUCH_M)
    if (end === undefined) {
      end = xyM.length / 2
      xyM.push(foot.xM, foot.yM)
      cuts.set(foot.edge, [...(cuts.get(foot.edge) ?? []), { share: foot.share, before: end, after: end }])
    }
    const key = `${Math.min(begin, end)},${Math.max(begin, end)}`
    if (known.has(key)) continue
    known.add(key)
    ways.push([begin, end])
  }
  const out = cutEdges(edges, cuts)
  for (const [begin, end] of ways) {
    out.from.push(begin)
    out.to.push(end)
    out.line.push(-1)
  }
  return out
}
