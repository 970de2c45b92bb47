import type { LatticePoint } from './operations/pick-cells'
import type { StreetLines } from './operations/street-lines'

/** Leans points that are moved or drawn on streets. */
export interface Snapper {
  /** The place on a street that is meant; null where none is near, snapping is off, or the key is held that switches it off. */
  snap(at: LatticePoint, latticePerPx: number, isHeldOff: boolean): LatticePoint | null
  readonly streets: StreetLines
}

const REACH_PX = 10

export function createSnapper(host: { isOn(): boolean; streets(): StreetLines }): Snapper {
  return {
    get streets() {
      return host.streets()
    },
    snap: (at, latticePerPx, isHeldOff) => (isHeldOff || !host.isOn() ? null : host.streets().snap(at, REACH_PX * latticePerPx)),
  }
}
