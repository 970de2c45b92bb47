import type { PatrolRoute } from '@/core/patrol/patrol-scope'
import type { RouteJson } from './decode-patrol-scope'

/** Flags of a step as kept: 1 walked backwards, 2 served. */
const REVERSED = 1
const SERVED = 2

/** A route with its steps as columns, as `public.save_patrol_plan` takes it; `decodeRoute` reads it back. */
export function encodeRoute({ steps, ...route }: PatrolRoute): RouteJson {
  return {
    ...route,
    steps: {
      streetId: steps.map(({ streetId }) => streetId),
      fromCm: steps.map(({ fromCm }) => fromCm),
      toCm: steps.map(({ toCm }) => toCm),
      flags: steps.map(({ reversed, served }) => (reversed ? REVERSED : 0) + (served ? SERVED : 0)),
    },
  }
}

/** The inverse of `encodeRoute`. Linear. */
export function decodeRoute({ steps, ...route }: RouteJson): PatrolRoute {
  return {
    ...route,
    steps: steps.streetId.map((streetId, k) => ({
      streetId,
      fromCm: steps.fromCm[k],
      toCm: steps.toCm[k],
      reversed: (steps.flags[k] & REVERSED) !== 0,
      served: (steps.flags[k] & SERVED) !== 0,
    })),
  }
}
