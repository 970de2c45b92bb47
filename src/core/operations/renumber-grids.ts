import { gridCode } from '../grid-codes'
import type { PlanDelta } from '../plan'
import { toGridRecord, type PlanState } from '../plan-index'
import { ok, refused, type Result } from '../result'

export interface RenumberGridsInput {
  /** Community indices; all where left out. */
  readonly communities?: Iterable<number>
  /** `rows`, as one reads, unless said otherwise; `columns`: from west to east, in each column from north to south. */
  readonly order?: 'rows' | 'columns'
  /** Name of the grid with a number, where names follow numbers; names stay where left out. */
  readonly nameOf?: (number: number, community: number, nameBefore: string) => string
}

/**
 * Number the grids of each community anew as one reads: rows from north to south, in each row from west to east; or by
 * columns. A row is as high, a column as wide as a grid of the community's mean area would be, were it square. Locked grids are numbered too: a
 * number is no border.
 * @returns the delta, or `nothing_to_do`
 */
export function renumberGrids(plan: PlanState, input: RenumberGridsInput = {}): Result<PlanDelta> {
  const { context, document, index } = plan
  const grids: PlanDelta['grids'][number][] = []
  for (const community of new Set(input.communities ?? context.communities.keys())) {
    orderGrids(plan, index.gridsOfCommunity(community), input.order ?? 'rows').forEach((slot, place) => {
      const before = toGridRecord(context, document.grids[slot]!)
      const code = gridCode(context.communities[community].code, place + 1)
      const name = input.nameOf?.(place + 1, community, before.name) ?? before.name
      if (before.code !== code || before.name !== name) grids.push({ before, after: { ...before, code, name } })
    })
  }
  return grids.length > 0 ? ok({ cells: [], grids }) : refused('nothing_to_do')
}

/** Slots in reading order of their centres (label points of cells weighted by area); empty grids come last. */
function orderGrids({ context, index }: PlanState, slots: readonly number[], order: 'rows' | 'columns'): number[] {
  const { cellLabelXY, cellAreaM2 } = context.land
  const places = slots.map((slot) => {
    let area = 0
    let x = 0
    let y = 0
    for (const cell of index.cellsOf(slot)) {
      area += cellAreaM2[cell]
      x += cellAreaM2[cell] * cellLabelXY[2 * cell]
      y += cellAreaM2[cell] * cellLabelXY[2 * cell + 1]
    }
    return { slot, area, x: x / area, y: y / area, band: 0 }
  })
  const filled = places.filter(({ area }) => area > 0)
  // Areas are in m² and positions on the lattice; the mean grid's side in lattice steps is the height of a row.
  const meanArea = filled.reduce((sum, { area }) => sum + area, 0) / filled.length
  const side = Math.sqrt(meanArea) * LATTICE_PER_M
  const north = Math.max(...filled.map(({ y }) => y))
  const west = Math.min(...filled.map(({ x }) => x))
  const byRows = order === 'rows'
  for (const place of filled) place.band = Math.floor((byRows ? north - place.y : place.x - west) / side)
  const eastward = (a: { x: number }, b: { x: number }) => a.x - b.x
  const southward = (a: { y: number }, b: { y: number }) => b.y - a.y
  filled.sort((a, b) => a.band - b.band || (byRows ? eastward(a, b) || southward(a, b) : southward(a, b) || eastward(a, b)) || a.slot - b.slot)
  return [...filled, ...places.filter(({ area }) => area === 0)].map(({ slot }) => slot)
}

const LATTICE_PER_M = 200
