import type { PlaceMark } from './draw-place-map'
import type { BoardSlip } from './repository'

/** Place of a slip as the board tells it: compound, else community. */
export const placeKey = ({ community, compound }: Pick<BoardSlip, 'community' | 'compound'>): string => `${community}\n${compound ?? ''}`

/** Slips by the place they are told at, one disc each. O(n). */
export function marksOf(slips: readonly BoardSlip[]): PlaceMark[] {
  const byPlace = new Map<string, PlaceMark>()
  for (const slip of slips) {
    const key = placeKey(slip)
    byPlace.set(key, { key, centre: slip.centre, count: (byPlace.get(key)?.count ?? 0) + 1 })
  }
  return [...byPlace.values()]
}
