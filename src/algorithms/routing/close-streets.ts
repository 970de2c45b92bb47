import { cutEdges, type EdgeCut } from './cut-edges'
import { NearEdges } from './near-edges'
import type { EdgeList } from './node-streets'

/** A closed gate cuts the streets that pass it this near. Metres. */
export const CLOSED_REACH_M = 1

/**
 * Streets parted at closed gates: what passes within `CLOSED_REACH_M` of one is cut there, and each stump ends in a place of
 * its own. Metres are kept, but for edges that lie by the gate from end to end, which are gone.
 *
 * @param closedXYM x, y by gate, metres
 */
export function closeStreets(edges: EdgeList, closedXYM: Float64Array): EdgeList {
  if (closedXYM.length === 0) return edges
  const xyM = edges.xyM.slice()
  const copy = (x: number, y: number): number => xyM.push(x, y) / 2 - 1
  const near = new NearEdges(edges.xyM, edges.from, edges.to)
  const closedPlaces = new Set<number>()
  const cuts = new Map<number, EdgeCut[]>()
  for (let gate = 0; gate < closedXYM.length; gate += 2) {
    const [x, y] = [closedXYM[gate], closedXYM[gate + 1]]
    for (const foot of near.within(x, y, CLOSED_REACH_M)) {
      const ends = [edges.from[foot.edge], edges.to[foot.edge]]
      const closed = ends.filter((place) => Math.hypot(xyM[2 * place] - x, xyM[2 * place + 1] - y) <= CLOSED_REACH_M)
      for (const place of closed) closedPlaces.add(place)
      if (closed.length > 0) continue
      const cut = { share: foot.share, before: copy(foot.xM, foot.yM), after: copy(foot.xM, foot.yM) }
      cuts.set(foot.edge, [...(cuts.get(foot.edge) ?? []), cut])
    }
  }
  const parted = cutEdges({ ...edges, xyM }, cuts)
  const out: EdgeList = { xyM, from: [], to: [], line: [] }
  const stump = (place: number): number => (closedPlaces.has(place) ? copy(xyM[2 * place], xyM[2 * place + 1]) : place)
  parted.from.forEach((from, edge) => {
    const to = parted.to[edge]
    const lengthM = Math.hypot(xyM[2 * to] - xyM[2 * from], xyM[2 * to + 1] - xyM[2 * from + 1])
    if (closedPlaces.has(from) && closedPlaces.has(to) && lengthM <= 2 * CLOSED_REACH_M) return
    out.from.push(stump(from))
    out.to.push(stump(to))
    out.line.push(parted.line[edge])
  })
  return out
}
