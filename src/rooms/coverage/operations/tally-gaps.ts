import { GAP_REASONS, mainReason, type GapReason } from '@/core/coverage/gap'
import type { JudgedHouseholds } from '@/core/coverage/coverage-scope'

const REASONS = GAP_REASONS.length

/** Households by building; each household stands in one building and under one reason, so that all sums over buildings are exact. */
export interface GapTally {
  /** Households in gap by main reason; building-major, 8 a building. */
  readonly byMain: Int32Array
  /** Their sum by building. */
  readonly inGap: Int32Array
  readonly households: Int32Array
  /** Households for which no reason holds and some could not be judged; not in gap. */
  readonly unjudged: Int32Array
}

/**
 * Count households in gap by building and main reason.
 *
 * @param only the one main reason counted; null: all
 * Complexity: O(households + buildings).
 */
export function tallyGaps({ count, building, reasons, unjudged }: Pick<JudgedHouseholds, 'count' | 'building' | 'reasons' | 'unjudged'>, buildingCount: number, only: GapReason | null): GapTally {
  const tally = { byMain: new Int32Array(REASONS * buildingCount), inGap: new Int32Array(buildingCount), households: new Int32Array(buildingCount), unjudged: new Int32Array(buildingCount) }
  for (let household = 0; household < count; household++) {
    const at = building[household]
    if (at < 0) continue
    tally.households[at]++
    const main = mainReason(reasons[household])
    if (main === null) {
      if (unjudged[household] !== 0) tally.unjudged[at]++
    } else if (only === null || main === only) {
      tally.byMain[REASONS * at + GAP_REASONS.indexOf(main)]++
      tally.inGap[at]++
    }
  }
  return tally
}

/** Share of households in gap is told in three fixed classes: below a third, below two thirds, the rest; 0: nobody is. */
export type GapShade = 0 | 1 | 2 | 3

export function shadeOf(inGap: number, households: number): GapShade {
  if (inGap <= 0) return 0
  const thirds = (3 * inGap) / Math.max(inGap, households)
  return thirds < 1 ? 1 : thirds < 2 ? 2 : 3
}

/** Shades of buildings and of compounds by index. A compound is shaded by its buildings. Complexity: O(buildings + compounds). */
export function gapShades({ inGap, households }: GapTally, compoundOf: Int32Array, compoundCount: number): { readonly buildings: Uint8Array; readonly compounds: Uint8Array } {
  const [own, all] = [new Int32Array(compoundCount), new Int32Array(compoundCount)]
  compoundOf.forEach((compound, building) => {
    if (compound < 0) return
    own[compound] += inGap[building]
    all[compound] += households[building]
  })
  return { buildings: Uint8Array.from(inGap, (n, building) => shadeOf(n, households[building])), compounds: Uint8Array.from(own, (n, compound) => shadeOf(n, all[compound])) }
}
