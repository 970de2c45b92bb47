import type { PartBands } from '../partition/bound-moves'
import { labelComponents, type UnitGraph } from '../partition/unit-graph'
import { growParts } from '../shared/grow-parts'
import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { annealCuts, isBetterPlan, type CutPlan, type CutSchedule } from './anneal-cuts'
import { recombinePlans } from './recombine-plans'
import { redrawZone } from './redraw-zone'

export interface CutTask {
  /** Connected. */
  readonly graph: UnitGraph
  /** Band of each part; as many parts as bands. */
  readonly bands: PartBands
  readonly seed: number
  /** Rounds after the first plans; more find better plans. */
  readonly rounds?: number
  /** Steps of a walk for each unit; more of them make better plans of large graphs. */
  readonly stepsAUnit?: number
}

/** Plans kept beside each other, and plans drawn by lot to choose the first of them from. */
const PLANS = 8
const DRAWS = 24
const ROUNDS = 80
/** Share of the work that is done when the first plans are drawn. */
const FIRST_SHARE = 0.1

const STEPS_A_UNIT = 1000
/** Share of these steps for a plan drawn by lot, and plans drawn in a round that begins with the best of them. */
const DRAW_SHARE = 0.1
const DRAWS_A_ROUND = 6
/** A walk takes as many steps as for this many units at least. */
const FEWEST_UNITS = 16

/** Temperatures and prices of a walk from a plan drawn by lot; the last ones are cold enough to stay in band. */
const FIRST_HEAT = 2
const LAST_HEAT = 0.2
const FIRST_PRICE = 0.5
const LAST_PRICE = 20
/** Where a walk found no plan in band the next one is hotter, up to this factor: it passes more plans, if worse ones. */
const MOST_HOTTER = 5
/** Temperature at which a walk from a plan that is kept begins. */
const REHEAT = 0.6
/** Parts of a zone at most, share of the steps for each of its units, and zones redrawn in vain before a plan is left. */
const LARGEST_ZONE = 4
const ZONE_SHARE = 0.5
const ZONES_IN_VAIN = 4

/**
 * Divide connected units into connected parts, each in its band, that cut the fewest borders (the least cost of borders,
 * where they differ): the best of many short walks of annealing are kept; then round after round a fresh plan,
 * a child of two or one annealed again is improved zone by zone, and the worst gives way.
 * Problem and instances: Validi and Buchanan (2022), "Political districting to minimize cut edges". Method: annealing with
 * the evolutionary scheme of Sanders and Schulz (2012), "Distributed evolutionary graph partitioning".
 *
 * @returns the best plan met; `breach` > 0 where none was in band
 * @throws Error where the graph does not hang together or has fewer units than parts
 * Complexity O((plans + rounds) × steps a unit × units × borders of a unit). Deterministic for a seed unless cancelled.
 */
export function minimizeCuts(task: CutTask, control: SolverControl = {}): CutPlan {
  const { graph, bands, seed, rounds = ROUNDS, stepsAUnit = STEPS_A_UNIT } = task
  const parts = bands.lower.length
  const size = graph.weight.length
  if (parts < 1 || parts > size) throw new Error(`1 … ${size} parts expected, got ${parts}`)
  const pieces = labelComponents(graph, () => true).count
  if (pieces !== 1) throw new Error(`units expected to hang together, got ${pieces} pieces`)
  const random = seededRandom(seed)
  const isCancelled = () => control.signal?.aborted === true
  let hotter = 1
  const plans: CutPlan[] = []
  let best: CutPlan | null = null

  for (let drawn = 0; drawn < DRAWS && !(best && isCancelled()); drawn++) {
    control.onProgress?.((FIRST_SHARE * drawn) / DRAWS, 'draw')
    keep(drawPlan())
  }
  for (let round = 0; round < rounds && !isCancelled(); round++) {
    control.onProgress?.(FIRST_SHARE + ((1 - FIRST_SHARE) * round) / rounds, 'recombine')
    keep(rezone(nextPlan(random())))
  }
  return best!

  function schedule(units: number, heat = FIRST_HEAT, share = 1): CutSchedule {
    return {
      steps: Math.ceil(share * stepsAUnit * Math.max(FEWEST_UNITS, units)),
      heat: [heat * hotter, LAST_HEAT * hotter],
      breachPrice: [FIRST_PRICE * hotter, LAST_PRICE * Math.sqrt(hotter)],
      isCancelled,
    }
  }

  /** A short walk: what comes of it depends on where it begins more than on its length. */
  function drawPlan(): CutPlan {
    const first = growParts(graph, graph.weight, parts, random)
    const plan = annealCuts(graph, bands, first, schedule(size, FIRST_HEAT, DRAW_SHARE), random)
    hotter = plan.breach > 0 ? Math.min(MOST_HOTTER, hotter * 1.5) : Math.max(1, hotter)
    return plan
  }

  function drawBest(): CutPlan {
    let plan = drawPlan()
    for (let drawn = 1; drawn < DRAWS_A_ROUND && !isCancelled(); drawn++) {
      const other = drawPlan()
      if (isBetterPlan(other, plan)) plan = other
    }
    return plan
  }

  /** A third of the rounds each begin from a plan drawn by lot, from two that are kept, and from one. */
  function nextPlan(kind: number): CutPlan {
    if (kind < 0.35) return reheat(drawBest())
    if (kind < 0.65) return recombine()
    return kind < 0.75 || parts < 3 ? reheat(draw()) : draw()
  }

  function draw(): CutPlan {
    return plans[Math.floor(random() * plans.length)]
  }

  function reheat(plan: CutPlan): CutPlan {
    return annealCuts(graph, bands, plan.label, schedule(size, REHEAT), random)
  }

  function recombine(): CutPlan {
    const [one, two] = [draw(), draw()]
    const [better, other] = isBetterPlan(two, one) ? [two, one] : [one, two]
    const child = recombinePlans(graph, bands, better.label, other.label, (units) => schedule(units), random)
    return child ? (parts < 3 ? reheat(child) : child) : reheat(better)
  }

  /** One zone after another, as long as that helps. */
  function rezone(plan: CutPlan): CutPlan {
    let now = plan
    for (let failed = 0; failed < ZONES_IN_VAIN && parts > 2 && !isCancelled(); failed++) {
      const count = 2 + Math.floor(random() * Math.min(LARGEST_ZONE - 1, parts - 2))
      const { label, cutBy, breachBy } = redrawZone(graph, bands, now.label, count, (units) => schedule(units, FIRST_HEAT, ZONE_SHARE), random)
      const next = { label, cut: now.cut + cutBy, breach: now.breach + breachBy }
      if (!isBetterPlan(next, now)) continue
      now = next
      failed = -1
    }
    return now
  }

  function keep(plan: CutPlan): void {
    if (!best || isBetterPlan(plan, best)) best = plan
    if (plans.some((kept) => kept.cut === plan.cut && kept.label.every((part, unit) => part === plan.label[unit]))) return
    plans.push(plan)
    if (plans.length > PLANS) plans.splice(plans.reduce((worst, kept, i) => (isBetterPlan(plans[worst], kept) ? i : worst), 0), 1)
  }
}
