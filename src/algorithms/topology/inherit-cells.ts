import type { Land } from '@/core/land'
import type { LandInput } from './land-input'
import { locatePoints } from './locate-points'

/**
 * Hand the ids of former cells on to the cells that took their place: the pair that shares the most households (buildings
 * where there are none) first, each id once. A cell without former buildings takes the id of the land it lies on, if free.
 * Cells that were not cut again keep theirs.
 */
export function inheritCells(
  former: Land,
  after: { readonly land: Land; readonly newCells: Int32Array; readonly cellOfFormer: Int32Array },
  formerIds: readonly string[],
  formerCell: Int32Array,
  input: LandInput,
  buildingCell: Int32Array,
): { land: Land; formerCellOf: Int32Array } {
  const { land, newCells, cellOfFormer } = after
  const formerCellOf = new Int32Array(land.cellCommunity.length).fill(-1)
  const taken = new Uint8Array(former.cellCommunity.length)
  for (let c = 0; c < cellOfFormer.length; c++) {
    if (cellOfFormer[c] < 0) continue
    formerCellOf[cellOfFormer[c]] = c
    taken[c] = 1
  }
  const isNew = new Uint8Array(land.cellCommunity.length)
  for (const c of newCells) isNew[c] = 1
  const before = new Map(formerIds.map((id, i) => [id, formerCell[i]]))
  const shared = new Map<string, { cell: number; from: number; weight: number }>()
  input.buildings.forEach((b, i) => {
    const cell = buildingCell[i]
    const from = before.get(b.id) ?? -1
    if (cell < 0 || from < 0 || !isNew[cell]) return
    const key = `${cell},${from}`
    const known = shared.get(key)
    if (known) known.weight += b.households + 0.001
    else shared.set(key, { cell, from, weight: b.households + 0.001 })
  })
  const labels = locatePoints(former, land.cellLabelXY)
  for (const cell of newCells) if (labels[cell] >= 0) shared.set(`${cell}~`, { cell, from: labels[cell], weight: 0 })
  for (const { cell, from } of [...shared.values()].sort((p, q) => q.weight - p.weight || p.cell - q.cell || p.from - q.from)) {
    if (taken[from] || formerCellOf[cell] >= 0) continue
    if (former.cellCommunity[from] !== land.cellCommunity[cell]) continue
    taken[from] = 1
    formerCellOf[cell] = from
  }
  const cellIds = land.cellIds.map((id, c) => (formerCellOf[c] >= 0 ? former.cellIds[formerCellOf[c]] : id))
  return { land: { ...land, cellIds }, formerCellOf }
}
