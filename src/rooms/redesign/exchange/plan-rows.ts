import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { toLngLat } from '@/core/land-frame'
import type { PlanState } from '@/core/plan-index'
import type { GridAttributes } from '@/core/scope'
import type { Pair } from '@/formats/source-geometry'

/** A grid on its way out: attributes, sums, and its polygons in degrees (outer ring counter-clockwise, then holes). */
export interface GridPlace {
  readonly slot: number
  readonly grid: GridAttributes
  readonly communityCode: string
  readonly communityName: string
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly polygons: readonly (readonly Pair[][])[]
}

/** A building, or a cell without one, and the grid it lies in. Together the rows are the whole plan. */
export interface UnitRow {
  readonly cellId: number
  /** Null for a cell without buildings. */
  readonly buildingId: number | null
  readonly address: string
  readonly building: string
  readonly community: string
  readonly households: number
  readonly gridId: string
  readonly gridCode: string
  readonly gridName: string
}

/** Grids of a plan by code. Neighbours have the very same vertices. O(arcs). */
export function gridPlaces({ context, document, index }: PlanState): GridPlace[] {
  const { frame } = context.land
  const degrees = (ring: Int32Array): Pair[] =>
    Array.from({ length: ring.length / 2 }, (_, k) => toLngLat(frame, ring[2 * k], ring[2 * k + 1]))
  const places: GridPlace[] = []
  document.grids.forEach((grid, slot) => {
    const cells = grid && index.cellsOf(slot).slice()
    if (!grid || !cells || cells.length === 0) return
    const sum = (column: ArrayLike<number>) => cells.reduce((total, cell) => total + column[cell], 0)
    places.push({
      slot,
      grid,
      communityCode: context.communities[grid.community].code,
      communityName: context.communities[grid.community].name,
      households: sum(context.cellStats.households),
      residents: sum(context.cellStats.residents),
      members: sum(context.cellStats.members),
      polygons: deriveGridOutline(context.land, document.cellGrid, slot, cells).polygons.map((rings) => rings.map(degrees)),
    })
  })
  return places.sort((a, b) => byText(a.grid.code, b.grid.code))
}

/** Buildings by grid and address, then the cells without buildings. O(cells + buildings). */
export function unitRows({ context, document }: PlanState): UnitRow[] {
  const { buildings, cellStats, communities, land } = context
  const row = (cell: number, rest: Pick<UnitRow, 'buildingId' | 'address' | 'building' | 'households'>): UnitRow => {
    const grid = document.grids[document.cellGrid[cell]] ?? null
    return {
      ...rest,
      cellId: land.cellIds[cell],
      community: communities[land.cellCommunity[cell]].name,
      gridId: grid?.id ?? '',
      gridCode: grid?.code ?? '',
      gridName: grid?.name ?? '',
    }
  }
  const rows: UnitRow[] = []
  const isBuilt = new Uint8Array(land.cellIds.length)
  for (let k = 0; k < buildings.count; k++) {
    const cell = buildings.cell[k]
    if (cell < 0) continue
    isBuilt[cell] = 1
    rows.push(row(cell, { buildingId: buildings.ids[k], address: buildings.addresses[k], building: buildings.names[k], households: buildings.households[k] }))
  }
  rows.sort((a, b) => byText(a.gridCode, b.gridCode) || a.address.localeCompare(b.address, 'zh', { numeric: true }) || a.buildingId! - b.buildingId!)
  const empty: UnitRow[] = []
  isBuilt.forEach((built, cell) => {
    // An id of 0 is a cell that the plan has no more.
    if (built || land.cellIds[cell] === 0) return
    empty.push(row(cell, { buildingId: null, address: '', building: '', households: cellStats.households[cell] }))
  })
  return [...rows, ...empty.sort((a, b) => byText(a.gridCode, b.gridCode) || a.cellId - b.cellId)]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
