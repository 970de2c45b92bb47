import type { JudgedHouseholds } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, mainReason } from '@/core/coverage/gap'

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
 * @param shown indices of the households in gap that are counted, as the room has them chosen
 * Complexity: O(households + buildings).
 */
export function tallyGaps({ count, building, reasons, unjudged }: Pick<JudgedHouseholds, 'count' | 'building' | 'reasons' | 'unjudged'>, buildingCount: number, shown: readonly number[]): GapTally {
  const tally = { byMain: new Int32Array(REASONS * buildingCount), inGap: new Int32Array(buildingCount), households: new Int32Array(buildingCount), unjudged: new Int32Array(buildingCount) }
  for (let household = 0; household < count; household++) {
    tally.households[building[household]]++
    if (reasons[household] === 0 && unjudged[household] !== 0) tally.unjudged[building[household]]++
  }
  for (const household of shown) {
    const main = mainReason(reasons[household])
    if (main === null) continue
    tally.byMain[REASONS * building[household] + GAP_REASONS.indexOf(main)]++
    tally.inGap[building[household]]++
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
