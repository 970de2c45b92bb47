import type { Scope } from './scope'

/** Sums over cells by owner: grid, community, or anything that cells belong to. One column a figure, by owner index. */
export interface CellSums {
  readonly cells: Int32Array
  readonly buildings: Int32Array
  readonly households: Int32Array
  readonly residents: Int32Array
  readonly members: Int32Array
  readonly special: Int32Array
  readonly areaM2: Float64Array
}

/** False where the caller sees land but no buildings: its households are unknown then, not zero. */
export const seesHouseholds = ({ buildings }: Scope): boolean => buildings.count > 0

/** Sum the figures of cells by their owner, an index below `count`, or −1 for none. Linear in the cells. */
export function sumCells({ cellStats }: Scope, owner: ArrayLike<number>, count: number): CellSums {
  const column = (): Int32Array => new Int32Array(count)
  const sums: CellSums = {
    cells: column(),
    buildings: column(),
    households: column(),
    residents: column(),
    members: column(),
    special: column(),
    areaM2: new Float64Array(count),
  }
  for (let cell = 0; cell < owner.length; cell++) {
    const k = owner[cell]
    if (k < 0) continue
    sums.cells[k]++
    sums.buildings[k] += cellStats.buildings[cell]
    sums.households[k] += cellStats.households[cell]
    sums.residents[k] += cellStats.residents[cell]
    sums.members[k] += cellStats.members[cell]
    sums.special[k] += cellStats.special[cell]
    sums.areaM2[k] += cellStats.areaM2[cell]
  }
  return sums
}
