import type { RouteStep } from '@/core/patrol/patrol'
import type { Checkpoint, PatrolPlan, PatrolRoute } from '@/core/patrol/patrol-scope'
import { toMetres } from '@/core/places-in-metres'
import type { LandFrame } from '@/core/land-frame'
import type { MeasuredStreet } from './cut-stretch'
import { checkpointsAlong, routeLine } from './route-line'

/** A line of a route's list: steps one after the other along one street, all looked at or all passed. */
export interface RouteRow {
  readonly streetId: number
  readonly served: boolean
  readonly metres: number
  /** Seconds after the route began. */
  readonly fromS: number
  readonly seconds: number
  readonly steps: readonly RouteStep[]
  /** Checkpoints come by on it, in order. */
  readonly checkpoints: readonly Checkpoint[]
}

/**
 * The list of a route, from its start to its end. A checkpoint stands on a step in any case, see `checkpointsAlong`;
 * its dwelling is part of the time there. O(steps × points + checkpoints × steps).
 */
export function routeRows(
  { steps, checkpoints }: Pick<PatrolRoute, 'steps' | 'checkpoints'>,
  { serveMPerS, walkMPerS }: Pick<PatrolPlan, 'serveMPerS' | 'walkMPerS'>,
  all: readonly Checkpoint[],
  streets: ReadonlyMap<number, MeasuredStreet>,
  frame: LandFrame,
): RouteRow[] {
  const own = checkpoints.flatMap((id) => all.find((one) => one.id === id) ?? [])
  const stands = checkpointsAlong(routeLine({ steps }, streets), own.map(({ lngLat }) => toMetres(frame, lngLat)))
  const rows: RouteRow[] = []
  let fromS = 0
  steps.forEach((step, k) => {
    const metres = (step.toCm - step.fromCm) / 100
    const here = own.filter((_, one) => stands[one].step === k)
    const seconds = metres / (step.served ? serveMPerS : walkMPerS) + here.reduce((sum, { dwellS }) => sum + dwellS, 0)
    const last = rows.at(-1)
    if (last && last.streetId === step.streetId && last.served === step.served && last.steps.at(-1)!.reversed === step.reversed) {
      rows[rows.length - 1] = { ...last, metres: last.metres + metres, seconds: last.seconds + seconds, steps: [...last.steps, step], checkpoints: [...last.checkpoints, ...here] }
    } else rows.push({ streetId: step.streetId, served: step.served, metres, fromS, seconds, steps: [step], checkpoints: here })
    fromS += seconds
  })
  return rows
}
