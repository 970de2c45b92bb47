import type { PlanDelta } from '../plan'
import type { PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface FillLandInput {
  /** Community indices whose land is filled; all where left out. */
  readonly communities?: Iterable<number>
}

/**
 * Give land without a grid to grids beside it, ring by ring: a cell joins the neighbouring grid of its community with which
 * it shares the longest border (of equals, the one with fewer households). A part of a community where no grid lies at
 * all, as an exclave, goes whole to the nearest grid. Locked grids take nothing; land that borders on them alone stays.
 * @returns the delta, or `nothing_to_do` where all land has a grid, `grid_locked` or `community_without_grid` where nothing
 * could be given
 * Complexity O(cells without a grid × rings + borders).
 */
export function fillLand(plan: PlanState, input: FillLandInput = {}): Result<PlanDelta> {
  const { context, document, index } = plan
  const found = new Map<number, number>()
  let left: 'nothing_to_do' | 'grid_locked' | 'community_without_grid' = 'nothing_to_do'
  for (const community of new Set(input.communities ?? context.communities.keys())) {
    const waiting = Int32Array.from(index.cellsWithoutGrid(community)).sort()
    if (waiting.length === 0) continue
    const open = index.gridsOfCommunity(community).filter((slot) => !document.grids[slot]!.locked)
    if (open.length === 0) {
      left = index.gridsOfCommunity(community).length > 0 ? 'grid_locked' : 'community_without_grid'
      continue
    }
    left = 'grid_locked'
    fillLonelyParts(plan, waiting, open, found)
    fillByRings(plan, waiting, new Set(open), found)
  }
  if (found.size === 0) return refused(left)
  const cells = [...found]
    .sort(([a], [b]) => a - b)
    .map(([cell, slot]) => ({ cell: context.land.cellIds[cell], from: null, to: document.grids[slot]!.id }))
  return ok({ cells, grids: [] })
}

function fillByRings(
  { context, document, index }: PlanState,
  waiting: Int32Array,
  open: ReadonlySet<number>,
  found: Map<number, number>,
): void {
  const { start, neighbour } = context.adjacency
  const households = new Map<number, number>()
  for (const slot of open) {
    let sum = 0
    for (const cell of index.cellsOf(slot)) sum += context.cellStats.households[cell]
    households.set(slot, sum)
  }
  const slotAt = (cell: number) => found.get(cell) ?? document.cellGrid[cell]
  let rest = Array.from(waiting).filter((cell) => !found.has(cell))
  for (let before = -1; before !== rest.length; ) {
    before = rest.length
    const ring = new Map<number, number>()
    for (const cell of rest) {
      const borders = new Map<number, number>()
      for (let k = start[cell]; k < start[cell + 1]; k++) {
        const slot = slotAt(neighbour[k])
        if (open.has(slot)) borders.set(slot, (borders.get(slot) ?? 0) + context.borderMm[k])
      }
      const [best] = [...borders].sort(
        ([a, borderA], [b, borderB]) => borderB - borderA || households.get(a)! - households.get(b)! || a - b,
      )
      if (best) ring.set(cell, best[0])
    }
    for (const [cell, slot] of ring) {
      found.set(cell, slot)
      households.set(slot, households.get(slot)! + context.cellStats.households[cell])
    }
    rest = rest.filter((cell) => !found.has(cell))
  }
}

/** Parts of the community's land where no grid lies: growth cannot reach them, so the nearest grid takes each whole. */
function fillLonelyParts(
  { context, index }: PlanState,
  waiting: Int32Array,
  open: readonly number[],
  found: Map<number, number>,
): void {
  const community = context.land.cellCommunity[waiting[0]]
  const settled = new Set<number>()
  for (const slot of index.gridsOfCommunity(community)) {
    for (const cell of index.cellsOf(slot)) settled.add(context.cellPart[cell])
  }
  const lonely = new Map<number, number[]>()
  for (const cell of waiting) {
    const part = context.cellPart[cell]
    if (settled.has(part)) continue
    if (lonely.has(part)) lonely.get(part)!.push(cell)
    else lonely.set(part, [cell])
  }
  const { cellLabelXY } = context.land
  for (const cells of lonely.values()) {
    let nearest = open[0]
    let least = Infinity
    for (const slot of open) {
      for (const there of index.cellsOf(slot)) {
        for (const cell of cells) {
          const dx = cellLabelXY[2 * cell] - cellLabelXY[2 * there]
          const dy = cellLabelXY[2 * cell + 1] - cellLabelXY[2 * there + 1]
          const square = dx * dx + dy * dy
          if (square >= least) continue
          least = square
          nearest = slot
        }
      }
    }
    for (const cell of cells) found.set(cell, nearest)
  }
}
