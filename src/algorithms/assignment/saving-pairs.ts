import type { Places } from './near-pairs'
import { PointGrid } from './point-grid'

/** Pairs that would save, with the cost of a unit. Columns of one length. */
export interface SavingPairs {
  readonly part: number[]
  readonly member: number[]
  readonly cost: number[]
}

/** A level of ever larger squares: each covers 2 × 2 of the level before and holds the lowest price in it. */
interface Level {
  readonly columns: number
  readonly rows: number
  readonly side: number
  readonly lowest: Float64Array
}

/**
 * Finds pairs of a part and a member that would save something by their prices: worth of the part, less the price of the
 * member, less the cost of the straight way. Large squares where even the lowest price would not do are passed over, as are those
 * where it would do no better than what was found.
 */
export class SavingSearch {
  private readonly grid: PointGrid
  private levels: Level[] = []
  private price: Float64Array = new Float64Array(0)
  /** Members that would save most for the part in hand, best first, with what they save and cost. */
  private readonly members: Int32Array
  private readonly saved: Float64Array
  private readonly costs: Int32Array

  /**
   * @param costsAMetre costs are the metres times this, rounded
   * @param each pairs for a part at most
   */
  constructor(
    private readonly parts: Places,
    members: Places,
    private readonly costsAMetre: number,
    private readonly each: number,
  ) {
    this.grid = new PointGrid(members.x, members.y)
    this.members = new Int32Array(each)
    this.saved = new Float64Array(each)
    this.costs = new Int32Array(each)
  }

  /**
   * For each part the pairs that would save most.
   *
   * @param worth by part: what serving a unit may cost; −Infinity where nothing is asked
   * @param price by member, in the same unit; Infinity where a member takes nothing
   */
  find(worth: Float64Array, price: Float64Array): SavingPairs {
    this.price = price
    this.levels = this.raise()
    const pairs: SavingPairs = { part: [], member: [], cost: [] }
    for (let part = 0; part < worth.length; part++) {
      if (worth[part] === -Infinity) continue
      this.saved.fill(0)
      this.visit(this.levels.length - 1, 0, 0, worth[part], this.parts.x[part], this.parts.y[part])
      for (let at = 0; at < this.each && this.saved[at] > 0; at++) {
        pairs.part.push(part)
        pairs.member.push(this.members[at])
        pairs.cost.push(this.costs[at])
      }
    }
    return pairs
  }

  private raise(): Level[] {
    const { columns, rows, start, index, side } = this.grid
    const lowest = new Float64Array(columns * rows).fill(Infinity)
    for (let square = 0; square < lowest.length; square++) {
      for (let at = start[square]; at < start[square + 1]; at++) lowest[square] = Math.min(lowest[square], this.price[index[at]])
    }
    const levels: Level[] = [{ columns, rows, side, lowest }]
    for (let below = levels[0]; below.columns > 1 || below.rows > 1; below = levels[levels.length - 1]) {
      const above = { columns: (below.columns + 1) >> 1, rows: (below.rows + 1) >> 1, side: 2 * below.side }
      const held = new Float64Array(above.columns * above.rows).fill(Infinity)
      for (let row = 0; row < below.rows; row++) {
        for (let column = 0; column < below.columns; column++) {
          const at = (row >> 1) * above.columns + (column >> 1)
          held[at] = Math.min(held[at], below.lowest[row * below.columns + column])
        }
      }
      levels.push({ ...above, lowest: held })
    }
    return levels
  }

  private visit(height: number, row: number, column: number, worth: number, x: number, y: number): void {
    const { columns, rows, side, lowest } = this.levels[height]
    if (row >= rows || column >= columns) return
    const left = this.grid.left + column * side
    const bottom = this.grid.bottom + row * side
    const aside = Math.max(0, left - x, x - left - side)
    const away = Math.max(0, bottom - y, y - bottom - side)
    // Rounding takes half a unit of cost at most; the rest is for points on an edge.
    const most = worth - lowest[row * columns + column] - Math.sqrt(aside * aside + away * away) * this.costsAMetre + 1
    if (!(most > this.saved[this.each - 1])) return
    if (height === 0) return this.take(row * columns + column, worth, x, y)
    // The quarter the place lies in or nearest to comes first.
    const nearRow = 2 * row + (y < bottom + side / 2 ? 0 : 1)
    const nearColumn = 2 * column + (x < left + side / 2 ? 0 : 1)
    this.visit(height - 1, nearRow, nearColumn, worth, x, y)
    this.visit(height - 1, nearRow, nearColumn ^ 1, worth, x, y)
    this.visit(height - 1, nearRow ^ 1, nearColumn, worth, x, y)
    this.visit(height - 1, nearRow ^ 1, nearColumn ^ 1, worth, x, y)
  }

  private take(square: number, worth: number, x: number, y: number): void {
    const { start, index } = this.grid
    const { saved, members, costs, each } = this
    for (let at = start[square]; at < start[square + 1]; at++) {
      const dx = this.grid.x[at] - x
      const dy = this.grid.y[at] - y
      const cost = Math.round(Math.sqrt(dx * dx + dy * dy) * this.costsAMetre)
      const saves = worth - this.price[index[at]] - cost
      if (!(saves > saved[each - 1])) continue
      let place = each - 1
      for (; place > 0 && saved[place - 1] < saves; place--) {
        saved[place] = saved[place - 1]
        members[place] = members[place - 1]
        costs[place] = costs[place - 1]
      }
      saved[place] = saves
      members[place] = index[at]
      costs[place] = cost
    }
  }
}
