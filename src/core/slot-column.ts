/**
 * Numbers by slot, −1 (no grid) included, that grow with the slots. Whole numbers, so that adding and taking away is exact.
 * `width` numbers a slot, side by side.
 */
export interface SlotColumns {
  get(slot: number, column: number): number
  /** Position of a slot's first number in `values()`; makes room for it. */
  reach(slot: number): number
  /** The numbers as they are now: valid until the next `reach`. */
  values(): Float64Array
}

export function createSlotColumns(width: number): SlotColumns {
  let values = new Float64Array(64 * width)
  return {
    get: (slot, column) => values[(slot + 1) * width + column] ?? 0,
    reach(slot) {
      const from = (slot + 1) * width
      if (from + width > values.length) {
        const wider = new Float64Array(Math.max(values.length * 2, from + width))
        wider.set(values)
        values = wider
      }
      return from
    },
    values: () => values,
  }
}
