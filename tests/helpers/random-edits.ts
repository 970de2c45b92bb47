import type { PlanDelta } from '@/core/plan'
import type { PlanState } from '@/core/plan-index'
import { assignCells } from '@/core/operations/assign-cells'
import { createGrid } from '@/core/operations/create-grid'
import { fillLand } from '@/core/operations/fill-land'
import { lockGrid } from '@/core/operations/lock-grid'
import { removeGrid } from '@/core/operations/remove-grid'
import { renameGrid } from '@/core/operations/rename-grid'
import { renumberGrids } from '@/core/operations/renumber-grids'
import { refused, type Result } from '@/core/result'

/** Cells around a seed cell inside its community, as a brush takes them: nearest by steps first. */
export function brushCells({ context }: PlanState, seed: number, count: number): number[] {
  const { start, neighbour } = context.adjacency
  const seen = new Set([seed])
  const cells = [seed]
  for (let at = 0; at < cells.length && cells.length < count; at++) {
    for (let k = start[cells[at]]; k < start[cells[at] + 1] && cells.length < count; k++) {
      const next = neighbour[k]
      if (seen.has(next) || context.land.cellCommunity[next] !== context.land.cellCommunity[seed]) continue
      seen.add(next)
      cells.push(next)
    }
  }
  return cells
}

/** Any of the operations of a plan, on something at random; may be refused. */
export function randomEdit(plan: PlanState, random: () => number): Result<PlanDelta> {
  const { context, document, index } = plan
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const cell = Math.floor(random() * document.cellGrid.length)
  const community = context.land.cellCommunity[cell]
  const slots = index.gridsOfCommunity(community)
  const gridId = slots.length > 0 ? document.grids[pick(slots)]!.id : null
  const what = random()
  if (what < 0.4) return assignCells(plan, { cells: brushCells(plan, cell, 1 + Math.floor(random() * 12)), gridId })
  if (what < 0.5) {
    const cells = Array.from({ length: 6 }, () => Math.floor(random() * document.cellGrid.length))
    return assignCells(plan, { cells, gridId })
  }
  if (what < 0.58) return assignCells(plan, { cells: brushCells(plan, cell, 6), gridId: null })
  if (what < 0.68) return createGrid(plan, { community, cells: brushCells(plan, cell, Math.floor(random() * 8)) })
  if (gridId === null) return refused('nothing_to_do')
  if (what < 0.76) {
    const heir = random() < 0.5 ? null : document.grids[pick(slots)]!.id
    return removeGrid(plan, { gridId, heirId: heir })
  }
  if (what < 0.82) {
    return renameGrid(plan, { gridId, name: `n${Math.floor(random() * 9)}`, kind: random() < 0.5 ? 'basic' : 'dedicated' })
  }
  if (what < 0.88) return lockGrid(plan, { gridIds: [gridId], locked: random() < 0.3 })
  if (what < 0.94) return renumberGrids(plan, { communities: [community] })
  return fillLand(plan, { communities: [community] })
}
