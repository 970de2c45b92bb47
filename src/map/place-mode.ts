import type { LngLat } from '@/core/units'
import type { GestureMode } from './contracts'

/** Say a place by pressing the map. */
export const placeMode = (id: string, take: (at: LngLat) => void): GestureMode => ({
  id,
  cursor: 'crosshair',
  down: ({ at }) => take(at),
})
