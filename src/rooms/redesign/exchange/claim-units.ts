import type { PlanState } from '@/core/plan-index'
import type { GridBook } from './grid-book'
import type { CellWishes } from './import-plan'
import type { FileFlag, FlagCode, UnitClaim } from './plan-file'

/** One row that could be followed: a cell, the grid it is given, and the weight of the row where others speak of the same cell. */
interface Vote {
  readonly row: number
  readonly cell: number
  readonly gridId: string
  readonly households: number
}

/** What rows of buildings and cells want; each row that cannot be followed is flagged. O(rows + buildings). */
export function claimUnits(plan: PlanState, claims: readonly UnitClaim[], book: GridBook): CellWishes {
  const { context, document, index } = plan
  const { buildings, land } = context
  const flags: FileFlag[] = []
  const find = buildingFinder(plan)
  const seen = new Map<string, number>()
  const votes: Vote[] = []
  let byAddress = 0
  for (const claim of claims) {
    const say = (code: FlagCode, values: FileFlag['values'] = {}) => void flags.push({ row: claim.row, code, severity: 'error', values })
    const building = find(claim)
    const cell = building === null ? cellOf(plan, claim) : buildings.cell[building.index]
    const shown = claim.address || claim.buildingId || claim.cellId
    if (cell === null || cell < 0) {
      say('building_unknown', { shown })
      continue
    }
    if (building?.isByAddress) byAddress++
    const key = building === null ? `cell ${cell}` : `building ${building.index}`
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      say('row_twice', { shown, other: earlier })
      continue
    }
    seen.set(key, claim.row)
    const grid = claim.gridName || claim.gridCode || claim.gridId
    if (grid === '') {
      // A cell without a grid is written so; it may stay so.
      if (document.cellGrid[cell] >= 0) say('grid_missing', { shown })
      continue
    }
    const found = book.find(claim, land.cellCommunity[cell])
    if (found === null) say('grid_unknown', { grid })
    else if (found === 'elsewhere') say('other_community', { grid, cells: 1 })
    else votes.push({ row: claim.row, cell, gridId: found.record.id, households: building === null ? 0 : buildings.households[building.index] })
  }
  if (byAddress > 0) flags.push({ row: null, code: 'building_address', severity: 'info', values: { rows: byAddress } })
  return { gridOf: settle(votes, land.cellIds.length, flags, (id) => document.grids[index.slotOf(id)]?.name ?? nameOf(book, id)), byArea: 0, flags }
}

const nameOf = (book: GridBook, id: string): string => book.changes().find(({ after }) => after.id === id)?.after.name ?? ''

/** The grid of each cell: of most households where its buildings disagree, and each row that is overruled is flagged. */
function settle(votes: readonly Vote[], cellCount: number, flags: FileFlag[], nameOfGrid: (id: string) => string): (string | null)[] {
  const gridOf: (string | null)[] = Array.from({ length: cellCount }, () => null)
  const byCell = new Map<number, Vote[]>()
  for (const vote of votes) byCell.set(vote.cell, [...(byCell.get(vote.cell) ?? []), vote])
  for (const [cell, told] of byCell) {
    const sums = new Map<string, number>()
    for (const { gridId, households } of told) sums.set(gridId, (sums.get(gridId) ?? 0) + households)
    const winner = [...sums].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
    gridOf[cell] = winner
    for (const { row, gridId } of told) {
      if (gridId !== winner) flags.push({ row, code: 'cell_conflict', severity: 'warning', values: { grid: nameOfGrid(gridId), kept: nameOfGrid(winner) } })
    }
  }
  return gridOf
}

/** Finds a building by its number, else by its address where only one has it. */
function buildingFinder({ context: { buildings } }: PlanState) {
  const byId = new Map<string, number>()
  const byAddress = new Map<string, number | null>()
  for (let k = 0; k < buildings.count; k++) {
    byId.set(String(buildings.ids[k]), k)
    const address = plain(buildings.addresses[k])
    byAddress.set(address, byAddress.has(address) ? null : k)
  }
  return ({ buildingId, address }: UnitClaim): { readonly index: number; readonly isByAddress: boolean } | null => {
    const index = byId.get(buildingId)
    if (index !== undefined) return { index, isByAddress: false }
    const other = address === '' ? null : byAddress.get(plain(address))
    return other === null || other === undefined ? null : { index: other, isByAddress: true }
  }
}

const plain = (address: string): string => address.normalize('NFKC').replace(/\s/g, '').toLowerCase()

function cellOf({ context }: PlanState, { cellId, buildingId, address }: UnitClaim): number | null {
  // A row that names a building speaks of it; only a row of a cell speaks of the cell.
  if (cellId === '' || buildingId !== '' || address !== '' || !/^-?\d{1,10}$/.test(cellId) || Number(cellId) === 0) return null
  return context.cellIndex.get(Number(cellId)) ?? null
}
