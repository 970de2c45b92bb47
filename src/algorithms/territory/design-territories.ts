import { labelComponents } from '../partition/unit-graph'
import { growParts } from '../shared/grow-parts'
import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealTerritories, isBetterTerritoryPlan, type TerritoryPlan, type TerritorySchedule } from './anneal-territories'
import { createTerritoryState } from './territory-state'
import { activityLimits, distancesBetween, type TerritoryTask } from './territory-task'

export interface TerritoryRun {
  readonly seed: number
  /** Walks in all; more find better plans. */
  readonly rounds?: number
  /** Steps of a walk for each unit. */
  readonly stepsAUnit?: number
}

const ROUNDS = 12
const STEPS_A_UNIT = 6000

/** Temperatures, in mean distances of a unit to its centre, and prices of a mean unit out of tolerance in the same. */
const HEAT = [1, 0.02] as const
const PRICE = [1, 20] as const
/** Every other walk begins from one of the best plans, as many as this, at this share of the heat. */
const PLANS = 4
const REHEAT = 0.3

/**
 * Divide units into connected territories alike in every activity, with the least sum of distances from the units to the
 * centre units of their territories: walks of annealing from divisions drawn by lot, and from the best found so far.
 * Problem: p-median territory design of Salazar-Aguilar, Ríos-Mercado and Cabrera-Ríos (2011, "New models for commercial
 * territory design") with the activities of Ríos-Mercado and Fernández (2009): the centre is a unit of its territory, distances
 * are straight, each activity of a territory lies within (1 ± tolerance) of the mean over territories. Departs from the GRASP
 * of the literature: annealing over flips and swaps in which every move is priced with its centres.
 *
 * @returns the best plan met; `breach` > 0 where none was within tolerance
 * @throws Error where the units do not hang together or are fewer than the territories
 * Complexity O(rounds × steps a unit × units × units of two territories). Deterministic for a seed unless cancelled.
 */
export function designTerritories(
  task: TerritoryTask,
  { seed, rounds = ROUNDS, stepsAUnit = STEPS_A_UNIT }: TerritoryRun,
  control: SolverControl = {},
): TerritoryPlan {
  const size = task.graph.x.length
  const { territories } = task
  if (territories < 1 || territories > size) throw new Error(`1 … ${size} territories expected, got ${territories}`)
  const pieces = labelComponents(task.graph, () => true).count
  if (pieces !== 1) throw new Error(`units expected to hang together, got ${pieces} pieces`)
  const random = seededRandom(seed)
  const distance = distancesBetween(task.graph)
  const weight = meanShares(task)
  const plans: TerritoryPlan[] = []
  for (let round = 0; round < rounds && !(plans.length > 0 && control.signal?.aborted); round++) {
    control.onProgress?.(round / rounds, 'anneal')
    const isFresh = round < PLANS || round % 2 === 0
    const first = isFresh ? growParts(task.graph, weight, territories, random) : plans[Math.floor(random() * plans.length)].label
    const state = createTerritoryState(task, first, distance)
    keep(annealTerritories(state, schedule(state.cost(), isFresh ? 1 : REHEAT), random))
  }
  return plans[0]

  function schedule(cost: number, share: number): TerritorySchedule {
    return {
      steps: stepsAUnit * size,
      heat: [HEAT[0] * share, HEAT[1]],
      breachPrice: PRICE,
      scale: cost / size,
      isCancelled: () => control.signal?.aborted === true,
    }
  }

  function keep(plan: TerritoryPlan): void {
    if (plans.some((kept) => Math.abs(kept.distance - plan.distance) < 1e-6)) return
    plans.push(plan)
    plans.sort((a, b) => (isBetterTerritoryPlan(a, b) ? -1 : 1))
    plans.length = Math.min(plans.length, PLANS)
  }
}

/** Weight of a unit: its shares of all activities, so that none counts more than another. */
function meanShares(task: TerritoryTask): Float64Array {
  const weight = new Float64Array(task.graph.x.length)
  activityLimits(task).forEach(({ mean }, activity) => {
    if (mean > 0) task.activities[activity].forEach((amount, unit) => (weight[unit] += amount / mean))
  })
  return weight
}
