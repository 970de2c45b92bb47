import { createConnectivityWalk } from './connectivity-walk'
import { changeByMove, moveUnit, type PartitionState } from './partition-state'

/**
 * Move single units over borders as long as that makes weights and borders cheaper and leaves the part they come from
 * connected and not empty. Returns the number of moves.
 * Complexity O(units × passes × units of a part).
 */
export function flipUnits(state: PartitionState, maxPasses: number): number {
  const { graph, label, meanEdgeCost } = state
  const staysConnected = createConnectivityWalk(graph, label)
  let moves = 0
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = moves
    for (let unit = 0; unit < label.length; unit++) {
      const to = bestTarget(unit)
      if (to < 0 || !staysConnected(unit)) continue
      moveUnit(state, unit, to)
      moves++
    }
    if (moves === before) break
  }
  return moves

  /** Neighbouring part to which the move is cheapest, −1 where none is cheaper than staying. */
  function bestTarget(unit: number): number {
    const from = label[unit]
    let best = -1
    let least = -1e-9
    let own = 0
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      if (label[graph.neighbour[k]] === from) own += graph.edgeCost[k]
    }
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
      const to = label[graph.neighbour[k]]
      if (to === from || to === best) continue
      let there = 0
      for (let m = graph.start[unit]; m < graph.start[unit + 1]; m++) {
        if (label[graph.neighbour[m]] === to) there += graph.edgeCost[m]
      }
      const change = changeByMove(state, unit, to) + (own - there) / meanEdgeCost
      if (change >= least) continue
      least = change
      best = to
    }
    return best
  }
}
