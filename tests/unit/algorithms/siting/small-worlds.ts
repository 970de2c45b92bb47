import fc from 'fast-check'
import { SITE, type SitingProblem } from '@/algorithms/siting/siting-problem'
import type { SitingAim } from '@/core/coverage/siting'

export const SITES = 6
export const FAR = 100

export interface World {
  readonly demands: number
  readonly numbers: readonly number[]
  readonly units: readonly number[]
  readonly weights: readonly number[]
  readonly state: readonly number[]
  readonly capacity: readonly number[]
  readonly count: number
  readonly limitCm: number
}

export const world: fc.Arbitrary<World> = fc.record({
  demands: fc.integer({ min: 1, max: 7 }),
  numbers: fc.array(fc.integer({ min: 0, max: 79 }), { minLength: 42, maxLength: 42 }),
  units: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 7, maxLength: 7 }),
  weights: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 7, maxLength: 7 }),
  state: fc.array(fc.constantFrom(SITE.candidate, SITE.candidate, SITE.candidate, SITE.kept, SITE.forced), { minLength: SITES, maxLength: SITES }),
  capacity: fc.oneof(fc.constant(Array.from({ length: SITES }, () => 0)), fc.array(fc.integer({ min: 0, max: 7 }), { minLength: SITES, maxLength: SITES })),
  count: fc.integer({ min: 0, max: 5 }),
  limitCm: fc.integer({ min: 0, max: 60 }),
})

/** Walks above 55 do not lead anywhere. */
export const walkOf = ({ numbers }: World, demand: number, site: number): number => (numbers[demand * SITES + site] > 55 ? Infinity : numbers[demand * SITES + site])

export function problemOf(aim: SitingAim, given: World): SitingProblem {
  const start = [0]
  const place: number[] = []
  const walkCm: number[] = []
  for (let demand = 0; demand < given.demands; demand++) {
    const row = Array.from({ length: SITES }, (_, site) => [walkOf(given, demand, site), site] as const).filter(([walk]) => walk < Infinity).sort(([a, s], [b, t]) => a - b || s - t)
    for (const [walk, site] of row) {
      place.push(site)
      walkCm.push(walk)
    }
    start.push(place.length)
  }
  const forced = given.state.filter((kind) => kind === SITE.forced).length
  return {
    aim,
    walks: { start: Uint32Array.from(start), place: Int32Array.from(place), walkCm: Int32Array.from(walkCm) },
    units: Int32Array.from(given.units.slice(0, given.demands)),
    weight: Int32Array.from(given.weights.slice(0, given.demands)),
    limitCm: given.limitCm,
    farCm: FAR,
    state: Uint8Array.from(given.state),
    capacity: Int32Array.from(given.capacity),
    count: Math.max(given.count, forced),
  }
}
