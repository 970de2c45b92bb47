import { labelComponents, type UnitGraph } from './unit-graph'

/**
 * Give every piece of a part that does not hang together, but for its heaviest, to the part beside it with the longest
 * border; locked parts neither give nor take. A piece with no open part beside it stays.
 *
 * @returns part by unit
 * Complexity O(parts × (units + borders)).
 */
export function mendPieces(graph: UnitGraph, label: Int32Array, isLocked: (part: number) => boolean): Int32Array {
  const mended = label.slice()
  const parts = label.reduce((most, part) => Math.max(most, part + 1), 0)
  for (let part = 0; part < parts; part++) {
    if (isLocked(part)) continue
    const pieces = labelComponents(graph, (unit) => label[unit] === part)
    if (pieces.count < 2) continue
    const weight = new Float64Array(pieces.count)
    // Of pieces without people the largest counts as the heaviest.
    pieces.label.forEach((piece, unit) => piece >= 0 && (weight[piece] += graph.weight[unit] + 1e-3))
    const main = weight.indexOf(Math.max(...weight))
    for (let piece = 0; piece < pieces.count; piece++) {
      const to = piece === main ? -1 : longestBorder(graph, mended, pieces.label, piece, part, isLocked)
      if (to >= 0) pieces.label.forEach((own, unit) => own === piece && (mended[unit] = to))
    }
  }
  return mended
}

function longestBorder(
  graph: UnitGraph,
  label: Int32Array,
  pieceOf: Int32Array,
  piece: number,
  part: number,
  isLocked: (part: number) => boolean,
): number {
  const border = new Map<number, number>()
  pieceOf.forEach((own, unit) => {
    if (own !== piece) return
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      const other = label[graph.neighbour[k]]
      if (other !== part && !isLocked(other)) border.set(other, (border.get(other) ?? 0) + graph.edgeCost[k])
    }
  })
  let best = -1
  let most = 0
  for (const [other, cost] of border) {
    if (cost < most || (cost === most && other > best)) continue
    most = cost
    best = other
  }
  return best
}
