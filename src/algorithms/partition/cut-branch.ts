import type { UnitGraph } from './unit-graph'

/**
 * Cut connected units in two where no straight cut will do (a star, a comb): hang them on a tree, breadth first, and cut
 * off the branch whose weight comes nearest to a whole number of parts. Each side keeps at least as many units as parts,
 * so this always succeeds where there are at least as many units as parts.
 *
 * @returns the units of the branch and the number of parts it is to make
 * Complexity O(units + borders).
 */
export function cutBranch(
  graph: UnitGraph,
  units: readonly number[],
  isMember: (unit: number) => boolean,
  parts: number,
): { units: number[]; parts: number } {
  const order: number[] = [units[0]]
  const parent = new Map<number, number>([[units[0], -1]])
  for (let at = 0; at < order.length; at++) {
    for (let k = graph.start[order[at]]; k < graph.start[order[at] + 1]; k++) {
      const next = graph.neighbour[k]
      if (!isMember(next) || parent.has(next)) continue
      parent.set(next, order[at])
      order.push(next)
    }
  }
  const size = new Map(order.map((unit) => [unit, 1]))
  const weight = new Map(order.map((unit) => [unit, graph.weight[unit]]))
  for (const unit of [...order].reverse()) {
    const above = parent.get(unit)!
    if (above < 0) continue
    size.set(above, size.get(above)! + size.get(unit)!)
    weight.set(above, weight.get(above)! + weight.get(unit)!)
  }
  const total = weight.get(order[0])!
  const share = total / parts
  let best = { root: order[1], parts: 1, missed: Infinity }
  for (const unit of order.slice(1)) {
    const branch = size.get(unit)!
    const fewest = Math.max(1, parts - (order.length - branch))
    const most = Math.min(branch, parts - 1)
    const wanted = Math.min(most, Math.max(fewest, Math.round(weight.get(unit)! / Math.max(share, 1e-9))))
    const missed = Math.abs(weight.get(unit)! - wanted * share)
    if (missed < best.missed) best = { root: unit, parts: wanted, missed }
  }
  const inside = new Set([best.root])
  for (const unit of order) if (inside.has(parent.get(unit)!)) inside.add(unit)
  return { units: [...inside], parts: best.parts }
}
