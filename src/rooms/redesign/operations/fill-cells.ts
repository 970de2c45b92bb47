import type { CellAdjacency } from '@/core/land'

/**
 * Cells reached from a start cell without leaving its grid (or the land without one) and its community: the piece that
 * a fill hands over. Ascending cell indices. O(cells of the piece and their borders).
 */
export function fillCells(
  start: number,
  cellGrid: Int32Array,
  cellCommunity: Int32Array,
  adjacency: CellAdjacency,
): number[] {
  const grid = cellGrid[start]!
  const community = cellCommunity[start]!
  const seen = new Set([start])
  const queue = [start]
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    for (let k = adjacency.start[cell]!; k < adjacency.start[cell + 1]!; k++) {
      const next = adjacency.neighbour[k]!
      if (seen.has(next) || cellGrid[next] !== grid || cellCommunity[next] !== community) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return [...seen].sort((first, second) => first - second)
}
